/**
 * Runs in the process of an action before its own code: writes down the arguments of every child that it starts and the
 * text of every file that it writes, so that both can be searched for secrets afterwards.
 */
import { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

type Anything = (...values: unknown[]) => unknown

/** Where to: whoever starts the process puts it in front of this text. */
declare const recordFile: string

const append = fs.appendFileSync
const record = (entry: { sink: string; where: string; text: string }): void =>
  append(recordFile, `${JSON.stringify(entry)}\n`)

const child = ChildProcess.prototype as unknown as { spawn: Anything }
const spawn = child.spawn
child.spawn = function (this: unknown, options: unknown) {
  const { file, args = [] } = options as { file: string; args?: string[] }
  record({ sink: 'child-argv', where: file, text: args.join('\0') })
  return spawn.call(this, options)
}

/** The files of workflow commands are searched by their names and values. */
const others = ['OUTPUT', 'ENV', 'STATE', 'PATH', 'STEP_SUMMARY'].map((name) => process.env[`GITHUB_${name}`])
const ignored = new Set<unknown>([...others, recordFile])

function watch(owner: object, names: readonly string[]): void {
  const functions = owner as Record<string, Anything>
  for (const name of names) {
    const write = functions[name]
    if (!write) continue
    functions[name] = function (this: unknown, ...values: unknown[]) {
      const [path, data] = values
      const readable = typeof data === 'string' || data instanceof Uint8Array
      if (readable && !ignored.has(path)) {
        record({ sink: 'file', where: String(path), text: Buffer.from(data as string).toString() })
      }
      return write.apply(this, values)
    }
  }
}

watch(fs, ['writeFile', 'writeFileSync', 'appendFile', 'appendFileSync'])
watch(fs.promises, ['writeFile', 'appendFile'])
syncBuiltinESMExports()
