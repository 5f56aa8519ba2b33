/**
 * The proofs under fault, as figures: `npm run prove`, on all processors. `--breaks` tries the deliberate breaks instead.
 * `--write` puts the table into docs/reliability.md. Any violation is printed with what to play again, and the exit code is 1.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { openCrew } from '../sim/prove/crew.js'
import { type Outcome, proofsOf } from '../sim/prove/proofs.js'
import { tryBreaks } from '../sim/prove/try-breaks.js'
import { inParallel } from '../src/in-parallel.js'
import { between, table } from './markdown.js'

const page = join(import.meta.dirname, '../docs/reliability.md')
const seed = Number(process.env['PROVE_SEED'] ?? 20261122)

/** One proof after the other, so that the minutes of each are its own; the parts of each on all processors. */
async function prove(): Promise<string[][]> {
  const crew = openCrew(seed, join(import.meta.dirname, 'prove-player.ts'))
  const rows: string[][] = []
  for (const [proof, { what, parts, figures }] of proofsOf(seed).entries()) {
    const began = performance.now()
    const outcomes = await inParallel([...parts.keys()], availableParallelism(), async (part) => {
      const outcome = await crew.play({ proof, part })
      console.log(`  ${parts[part]?.name}: ${outcome.violations.length} violations`)
      return outcome
    })
    const minutes = ((performance.now() - began) / 60_000).toFixed(1)
    const violations = outcomes.flatMap((outcome) => outcome.violations)
    const row = [what, figures(sumOf(outcomes)), String(violations.length), minutes]
    rows.push(row)
    console.log(`${what}: ${row[1]}; ${violations.length} violations; ${minutes} minutes`)
    for (const { play, broken } of violations.slice(0, 20)) console.log(`  ${broken}\n    ${play}`)
    if (violations.length > 0) process.exitCode = 1
  }
  crew.close()
  return rows
}

function sumOf(outcomes: readonly Outcome[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const { counts } of outcomes)
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count
  return sum
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
