/** `run:` steps (`Handlers/ScriptHandler.cs`, `Handlers/ScriptHandlerHelpers.cs`). */
import { randomUUID } from 'node:crypto'
import { accessSync, constants, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { UnsupportedError } from './errors.js'

/** `_defaultArguments` 13-21. Without `shell:` it is bash with the arguments of sh: no pipefail. */
const SHELLS: Readonly<Record<string, { readonly command: string; readonly args: readonly string[] }>> = {
  '': { command: 'bash', args: ['-e'] },
  bash: { command: 'bash', args: ['--noprofile', '--norc', '-e', '-o', 'pipefail'] },
  sh: { command: 'sh', args: ['-e'] },
}

export function assertShell(shell: string): void {
  if (!(shell in SHELLS)) throw new UnsupportedError(`'shell: ${shell}'`)
}

function which(command: string, path: string): string {
  for (const directory of path.split(delimiter)) {
    const file = resolve(directory, command)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // not in this one
    }
  }
  throw new Error(`${command}: command not found. Make sure '${command}' is installed and in the path.`)
}

export interface Script {
  readonly argv: [string, ...string[]]
  /** What `PrintActionDetails` 27-131 puts before the `env:` block. */
  readonly heading: readonly string[]
}

export function prepareScript(text: string, at: { shell: string; path: string; temp: string }): Script {
  assertShell(at.shell)
  const shell = SHELLS[at.shell] as (typeof SHELLS)[string]
  const command = which(shell.command, at.path)
  const file = join(at.temp, `${randomUUID()}.sh`)
  writeFileSync(file, text)
  const lines = text.replaceAll('\r\n', '\n').replace(/\n+$/, '').split('\n')
  return {
    argv: [command, ...shell.args, file],
    heading: [
      `##[group]Run ${firstLine(text)}`,
      ...lines.map((line) => `\u001b[36;1m${line}\u001b[0m`),
      `shell: ${[command, ...shell.args].join(' ')} {0}`,
    ],
  }
}

export function firstLine(text: string): string {
  return text.replace(/^[ \t\r\n]+/, '').split(/[\r\n]/)[0] ?? ''
}
