/**
 * Figures that can be compared: each row is measured against its own baseline in turns (A B A B …) in this one run, so
 * that the machine's mood is in both. The medians and the ratio count, not single times. `npm run bench` measures all,
 * `npm run bench -- start providers` these parts; `--write` puts the figures of all into docs/performance.md.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { between } from '../scripts/markdown.js'
import { branchCreation, largeBranch } from './branch-creation.js'
import { peakMemory } from './memory.js'
import { branchLives } from './providers.js'
import { startToFirstRequest } from './start.js'
import { sweepGrowth } from './sweep.js'
import { type Comparison, report } from './table.js'

interface Measured {
  /** Of the table of ratios. */
  readonly rows?: readonly Comparison[]
  /** A table of its own. */
  readonly table?: string
  readonly plot?: string
}

/** The masking reads its size when it is loaded. */
async function masking(): Promise<Measured> {
  process.env['MASKING_ROWS'] ??= '300000'
  return { table: await (await import('./masking.js')).masking() }
}

const parts: Readonly<Record<string, () => Promise<Measured>>> = {
  start: async () => ({ rows: [await startToFirstRequest()] }),
  providers: async () => ({ rows: await branchLives() }),
  creation: async () => ({ rows: [...(await branchCreation()), await largeBranch()] }),
  memory: async () => ({ rows: await peakMemory() }),
  sweep: sweepGrowth,
  masking,
}

const root = join(import.meta.dirname, '..')
const page = join(root, 'docs/performance.md')
const plotFile = join(root, 'docs/img/sweep-growth.svg')
const asked = process.argv.slice(2)
const writes = asked.includes('--write')
const wanted = asked.filter((name) => name !== '--write')
const unknown = wanted.filter((name) => !(name in parts))
if (unknown.length > 0) fail(`No part of the bench is called ${unknown.join(', ')}: ${Object.keys(parts).join(', ')}.`)
if (writes && wanted.length > 0) fail('Only a whole run is written down: leave the names of parts out, or "--write".')

const measured: Record<string, Measured> = {}
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const start = performance.now()
  measured[name] = await measure()
  console.error(`${name}: ${((performance.now() - start) / 1000).toFixed(0)} s`)
}

const rows = Object.values(measured).flatMap((part) => part.rows ?? [])
const tables: Record<string, string> = {
  machine: machine(),
  ...(rows.length > 0 && { ratios: report(rows) }),
  ...Object.fromEntries(
    Object.entries(measured).flatMap(([name, { table }]) => (table === undefined ? [] : [[name, table]])),
  ),
}
console.log(Object.values(tables).join('\n\n'))
if (writes) write()

/** Where and when the figures come from. */
function machine(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  const commit = git('rev-parse', '--short=10', 'HEAD') + (git('status', '--porcelain') === '' ? '' : ' and changes')
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const day = new Date().toISOString().slice(0, 10)
  return `Measured on ${day}: ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GiB, Linux, Node ${process.version}, commit ${commit}.`
}

function write(): void {
  const text = Object.entries(tables).reduce(
    (text, [name, content]) => between(text, { name: `bench-${name}`, content }),
    readFileSync(page, 'utf8'),
  )
  writeFileSync(page, text)
  writeFileSync(plotFile, measured['sweep']?.plot ?? '')
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}
