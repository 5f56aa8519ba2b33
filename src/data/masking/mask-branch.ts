import { counted } from '../../domain/amounts.js'
import { planInPlace } from '../../domain/masking/in-place-plan.js'
import { type MaskingPlan, type Planned, planMasking } from '../../domain/masking/plan.js'
import type { MaskingRules } from '../../domain/masking/rules.js'
import { RefusedError } from '../../errors.js'
import type { MaskingOrder } from '../../ports.js'
import { readSchema } from './catalogue.js'
import { finishMasking, maskInPlace, refuseHalfMasked } from './in-place.js'
import { labelNotes } from './labels.js'
import { unitsOf } from './originals.js'
import type { MaskingSession } from './sessions.js'
import { type Progress, type Telling, startProgress } from './progress.js'
import { ruleFaults } from './rule-faults.js'
import { verifyMasked } from './verify.js'
import type { Check } from './verify-surroundings.js'

export interface MaskBranch extends Telling {
  readonly order: MaskingOrder
  /**
   * Opens a session on the branch as the role that may change it, prepared by `workUndisturbed`. Each one that is
   * opened is closed.
   */
  readonly open: () => Promise<MaskingSession>
  /** Sessions that mask tables at the same time. */
  readonly parallel: number
}

/** What a masked branch can show for itself. Holds no value of any row and nothing of the key but its id. */
export interface Certificate {
  /** SHA-256 of the rules, however they were written. */
  readonly rules: string
  readonly key: { readonly id: string; readonly random: boolean }
  readonly counts: MaskingPlan['counts'] & { readonly tables: number; readonly rows: number; readonly emptied: number }
  readonly checks: readonly Check[]
  /** What could not be done or proven, in words. */
  readonly notes: readonly string[]
  /** `originals`: digests for the verification. `statistics`: the planner's, and the old ones gone. */
  readonly milliseconds: Readonly<Record<'originals' | 'masking' | 'statistics' | 'verification', number>>
}

/**
 * Masks the rows of a branch in place and proves it. A branch on which this did not return must not be exposed: parts of
 * it may be in clear.
 * @throws RefusedError where rules are missing, PostgreSQL refuses, or a check fails.
 */
export async function maskBranch(work: MaskBranch): Promise<Certificate> {
  const progress = startProgress(work)
  return maskAndProve(work, progress).finally(() => progress.end())
}

async function maskAndProve({ order, open, parallel, elapsed }: MaskBranch, progress: Progress): Promise<Certificate> {
  const { rules, key } = order
  const sql = await open()
  try {
    await sql.query('SET search_path = pg_catalog')
    await refuseHalfMasked(sql)
    const schema = await readSchema(sql)
    const { plan, classification } = decided(planMasking(schema, rules), rules)
    const { inPlace } = possible(planInPlace(schema, { plan, classification }), rules)
    const units = unitsOf(plan)
    const { rows, notes, files, milliseconds } = await maskInPlace({
      plan,
      inPlace,
      units,
      server: schema.server,
      key,
      sql,
      open,
      parallel,
      elapsed,
      progress,
    })
    const masked = elapsed()
    progress.begin('proving that no original is left', [])
    const checks = await verifyMasked({ sql, plan, units, key, rows, files })
    await finishMasking({ sql, plan, server: schema.server })
    const total = [...rows.values()].reduce((sum, each) => sum + each, 0)
    return {
      rules: order.hash,
      key: { id: key.id, random: key.random },
      counts: { ...plan.counts, tables: rows.size, rows: total, emptied: plan.emptied.length },
      checks,
      notes: [...labelNotes(plan), ...notes],
      milliseconds: { ...milliseconds, verification: elapsed() - masked },
    }
  } finally {
    await sql.close()
  }
}

/** The certificate in words, one line each, for the log and the summary. */
export function certificateLines({ rules, key, counts, checks, notes, milliseconds }: Certificate): string[] {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
  return [
    `Masked ${counted(counts.rows, 'row')} of ${counted(counts.tables, 'table')} in ${seconds(milliseconds.masking + milliseconds.statistics)} and verified them in ${seconds(milliseconds.originals + milliseconds.verification)}.`,
    `Masking rules ${rules.slice(0, 16)}, ${key.random ? 'a random key that nobody learns' : 'the given key'} (${key.id}).`,
    ...checks.map((check) => `Checked: ${check.name} (${check.covered}).`),
    ...notes,
  ]
}

/** @throws RefusedError with the lines of the policy file that must change. */
export function decided(planned: Planned, rules: MaskingRules) {
  if ('plan' in planned) return planned
  const { refusals, suggestions } = planned
  const draft = suggestions.length > 0 ? ` A draft to begin with:\n${suggestions.join('\n')}` : ''
  throw new RefusedError(`Masking the branch refused: ${refusals.join(' ')} Complete the masking rules.${draft}`, {
    faults: ruleFaults(planned, rules),
  })
}

function possible(planned: ReturnType<typeof planInPlace>, rules: MaskingRules) {
  if ('inPlace' in planned) return planned
  throw new RefusedError(`Masking the branch refused: ${planned.refusals.join(' ')}`, {
    faults: ruleFaults(planned, rules),
  })
}
