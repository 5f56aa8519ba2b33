/**
 * The proofs under fault, as figures: `npm run prove`. `--breaks` tries the deliberate breaks instead. `--write` puts the
 * table into docs/reliability.md. Any violation is printed with what to play again, and the exit code is 1.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crashSweep, type Violation } from '../sim/prove/crash-sweep.js'
import { faultMatrix } from '../sim/prove/fault-matrix.js'
import { tryGarbage } from '../sim/prove/garbage.js'
import { interleave } from '../sim/prove/interleave.js'
import { tryBreaks } from '../sim/prove/try-breaks.js'
import { between, table } from './markdown.js'

const page = join(import.meta.dirname, '../docs/reliability.md')
const seed = Number(process.env['PROVE_SEED'] ?? 20261122)

interface Proof {
  readonly what: string
  readonly figures: string
  readonly violations: readonly Violation[]
}

const proofs: readonly (() => Promise<Proof>)[] = [
  async () => {
    const { scenarios, calls, plays, violations } = await crashSweep()
    const figures = `${scenarios} scenarios, ${calls} crash points, ${plays} plays`
    return { what: 'Crash at every call of a port, in six manners, with two sequels', figures, violations }
  },
  async () => {
    const { races, systematic, random, violations } = await interleave({ switches: 2, random: 300, seed })
    const figures = `${races} races, ${systematic} orders with up to two switches, ${random} at random with faults (seed ${seed})`
    return { what: 'Runs against each other', figures, violations }
  },
  async () => {
    const { subjects, requests, faults, violations } = await faultMatrix()
    const figures = `${subjects} servers, ${requests} requests, ${faults} faults`
    return { what: 'Each request with each fault, once and for good', figures, violations }
  },
  async () => {
    const { subjects, tries, violations } = await tryGarbage({ tries: 3000, seed })
    return { what: 'Garbage', figures: `${subjects} readers, ${tries} inputs (seed ${seed})`, violations }
  },
]

async function prove(): Promise<string[][]> {
  const rows: string[][] = []
  for (const proof of proofs) {
    const began = performance.now()
    const { what, figures, violations } = await proof()
    const minutes = ((performance.now() - began) / 60_000).toFixed(1)
    rows.push([what, figures, String(violations.length), minutes])
    console.log(`${what}: ${figures}; ${violations.length} violations; ${minutes} minutes`)
    for (const { play, broken } of violations.slice(0, 20)) console.log(`  ${broken}\n    ${play}`)
    if (violations.length > 0) process.exitCode = 1
  }
  return rows
}

async function proveBreaks(): Promise<string[][]> {
  const tried = await tryBreaks((line) => console.log(line))
  if (tried.some(({ result }) => result !== 'caught')) process.exitCode = 1
  return tried.map(({ promise, says, file, test, result }) => [
    String(promise),
    says,
    `\`${file}\``,
    `\`${test}\``,
    result,
  ])
}

function write(name: 'figures' | 'breaks', content: string): void {
  writeFileSync(page, between(readFileSync(page, 'utf8'), { name, content }))
}

const breaksOnly = process.argv.includes('--breaks')
const rows = breaksOnly ? await proveBreaks() : await prove()
if (process.argv.includes('--write')) {
  if (breaksOnly) write('breaks', table(['Promise', 'What it says', 'Broken in', 'Test', 'Result'], rows))
  else write('figures', table(['Proof', 'Figures', 'Violations', 'Minutes'], rows))
}
