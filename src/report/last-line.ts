import type { Outcome } from '../domain/outcome.js'
import { namesWith, type SweepOutcome } from '../domain/sweep-outcome.js'

const holds = { schema_only: 'schema only', masked: 'masked', copy: 'full copy' } as const

/** The one line that says what happened; the time is that of the steps, without the start of the program. */
export function lastLine(outcome: Outcome): string {
  const { branch, status, reason, steps, golden } = outcome
  const what = `${golden ? 'golden parent ' : ''}"${branch}"`
  if (status === 'planned') return `Done: ${what} planned, nothing changed: ${reason}.`
  const ms = steps.reduce((sum, step) => sum + step.ms, 0)
  return `Done: ${what} ${status}${origin(outcome)}${steps.length > 0 ? ` in ${duration(ms)}` : ''}, because ${reason}.`
}

/** Such as ` (from "main", schema only)`. */
function origin({ parent, dataPolicy, goldenAge }: Outcome): string {
  if (parent === undefined) return ''
  const facts = [
    `from "${parent}"`,
    ...(dataPolicy ? [holds[dataPolicy]] : []),
    ...(goldenAge === undefined ? [] : [`golden rows ${goldenAge} old`]),
  ]
  return ` (${facts.join(', ')})`
}

/** The one line about a sweep that went through. */
export function lastSweepLine({ mode, dryRun, results, steps }: SweepOutcome): string {
  const count = (status: 'deleted' | 'refreshed' | 'kept') => namesWith(results, status).length
  const change = mode === 'cleanup' ? count('deleted') : count('refreshed')
  const [verb, would] = mode === 'cleanup' ? ['deleted', 'delete'] : ['rebuilt', 'rebuild']
  if (dryRun) return `Done: ${mode} planned, nothing changed: it would ${would} ${change} and keep ${count('kept')}.`
  const ms = steps.reduce((sum, step) => sum + step.ms, 0)
  return `Done: ${mode} ${verb} ${change} and kept ${count('kept')} in ${duration(ms)}.`
}

/** Such as `0.21 s` or `3 min 20 s`. */
export function duration(ms: number): string {
  if (ms < 59_995) return `${(ms / 1000).toFixed(2)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
