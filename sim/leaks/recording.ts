/** Starts a process of ours with the recorder in it, and reads what the recorder wrote down. */
import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import type { Searched } from './oracle.js'

let recorder: string | undefined

/** Options of node. The recorder is plain JavaScript in an address: to load it costs the process next to nothing. */
export function recording(file: string): string[] {
  recorder ??= transformSync(readFileSync(new URL('./recorder.ts', import.meta.url), 'utf8'), {
    loader: 'ts',
    minifyWhitespace: true,
  }).code
  const text = `const recordFile = ${JSON.stringify(file)}\n${recorder}`
  return ['--import', `data:text/javascript,${encodeURIComponent(text)}`]
}

/** Empty when nothing was started or written. */
export function recorded(file: string): Searched[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n')
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Searched)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
