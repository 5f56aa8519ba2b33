import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** What the runner runs. */
export const bundle = join(import.meta.dirname, '../dist/index.js')

export interface Program {
  readonly script: string
  readonly args?: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export interface Ran {
  /** From starting the process to its end. */
  readonly ms: number
  /** Megabytes of memory that it held at most: its largest resident set. */
  readonly peak: number
}

/** Told by the process itself when it ends. */
const tellPeak = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))`,
)}`

/** Runs a script on this Node, with nothing in its environment but `env`, to its end. @throws Error when it fails. */
export async function run({ script, args = [], env }: Program, look: 'time' | 'peak' = 'time'): Promise<Ran> {
  const options = look === 'peak' ? ['--import', tellPeak] : []
  const start = performance.now()
  const child = spawn(process.execPath, [...options, script, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const [output, peak] = [collect(child.stdio[1], child.stdio[2]), collect(child.stdio[3])]
  const code = await new Promise((resolve) => child.once('close', resolve))
  const ms = performance.now() - start
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}:\n${output()}`)
  return { ms, peak: Number(peak()) / 2 ** 10 }
}

function collect(...streams: readonly unknown[]): () => string {
  const chunks: Buffer[] = []
  for (const stream of streams as NodeJS.ReadableStream[]) stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
  return () => Buffer.concat(chunks).toString()
}
