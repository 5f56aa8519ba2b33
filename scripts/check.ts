import { spawn } from 'node:child_process'

/** A command that must end with exit code 0. Commands do not depend on each other and change nothing in the project. */
export interface Part {
  readonly name: string
  readonly command: string
}

/** Longest first: the others fit beside it. */
const parts: readonly Part[] = [
  { name: 'eslint', command: 'eslint .' },
  { name: 'tsc', command: 'tsc' },
  { name: 'dist', command: 'npm run --silent check:dist' },
  { name: 'prettier', command: 'prettier --check .' },
  { name: 'workflows', command: 'npm run --silent lint:workflows' },
  { name: 'knip', command: 'knip' },
  { name: 'depcruise', command: 'npm run --silent check:imports' },
  { name: 'docs', command: 'npm run --silent docs -- --check' },
]

/** As many as the processors of the smallest runner: most parts keep one busy and take a gigabyte of memory. */
const lanes = 2

interface End {
  readonly good: boolean
  /** Standard output and error in the order of arrival. */
  readonly output: string
}

function run(command: string): Promise<End> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const take = (chunk: Buffer): void => void (output += chunk.toString())
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => resolve({ good: false, output: `${output}${error.message}\n` }))
    child.on('close', (code) => resolve({ good: code === 0, output }))
  })
}

/**
 * Runs every part, `lanes` at a time in their order, and prints each one's output in one piece when it ends. A part that
 * fails stops no other.
 * @returns The names of the parts that failed, in the order of `all`.
 */
export async function runParts(all: readonly Part[], print: (text: string) => void): Promise<string[]> {
  const failed = new Set<string>()
  const waiting = [...all]
  const lane = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
      const began = performance.now()
      const { good, output } = await run(part.command)
      if (!good) failed.add(part.name)
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      const ending = output === '' || output.endsWith('\n') ? '' : '\n'
      print(`\n--- ${part.name}: ${good ? 'ok' : 'FAILED'} after ${seconds} s\n${output}${ending}`)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return all.map(({ name }) => name).filter((name) => failed.has(name))
}

if (process.argv[1] === import.meta.filename) {
  const failed = await runParts(parts, (text) => process.stdout.write(text))
  console.log(failed.length === 0 ? `\n${parts.length} parts, all ok.` : `\nFailed: ${failed.join(', ')}.`)
  process.exitCode = failed.length === 0 ? 0 : 1
}
