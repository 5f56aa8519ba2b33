import { counted } from './amounts.js'
import type { Branch } from './branch.js'
import type { SweepObservation } from './cleanup-plan.js'
import type { Known } from './known.js'
import {
  type Admission,
  admitToSweep,
  ageOf,
  days,
  keep,
  showAge,
  type SweepPlan,
  tooYoung,
  type Verdict,
} from './verdict.js'

export interface RefreshPolicy extends Admission {
  readonly staleDays: number
  readonly exemptLabels: readonly string[]
  /** Rebuild even what is in use. */
  readonly refreshBusy: boolean
}

export interface RefreshObservation extends SweepObservation {
  /** Whether the platform can rebuild a branch in place. */
  readonly canRebuild: boolean
  /** By branch id: how many sessions are on it. A branch that is missing here was not looked at. */
  readonly sessions: ReadonlyMap<string, Known<number>>
  /** By parent name: the fingerprint of its schema now. */
  readonly parentSchemas: ReadonlyMap<string, Known<string>>
  /** By name of a golden parent: its build. One that is missing here is not golden, or not known to be. */
  readonly goldenBuilds: ReadonlyMap<string, string>
}

/** Which branches of open pull requests lie about their parent: too old, or the parent's schema has moved on. */
export function decideRefresh(seen: RefreshObservation, policy: RefreshPolicy): SweepPlan {
  const verdicts = seen.branches.items.map((branch) => judge(branch, seen, policy))
  if (!seen.branches.complete) return { verdicts, refused: 'the listing of branches is not complete' }
  if (!seen.canRebuild && verdicts.some((verdict) => verdict.action === 'refresh'))
    return { verdicts, refused: 'this platform cannot rebuild a branch in place' }
  return { verdicts }
}

function judge(branch: Branch, seen: RefreshObservation, policy: RefreshPolicy): Verdict {
  const admitted = admitToSweep(branch, policy)
  if (!('claim' in admitted)) return admitted
  const { claim, age } = admitted
  if (branch.leftover || branch.unfinished) return keep(branch, 'leftover', 'half-built; mode "cleanup" removes it')
  if (claim.pullRequest === null) return keep(branch, 'by hand', 'made by hand, for no pull request')
  const it = `pull request #${claim.pullRequest}`
  const reading = seen.pullRequests.get(claim.pullRequest) ?? { known: false as const, why: 'it was not read' }
  if (!reading.known) return keep(branch, 'unknown', `the state of ${it} is unknown (${reading.why})`)
  const { state, labels, updatedAt } = reading.value
  if (state !== 'open') return keep(branch, 'closed', `${it} is closed; mode "cleanup" takes the branch away`)
  const exempt = labels.find((label) => policy.exemptLabels.some((word) => word.toLowerCase() === label.toLowerCase()))
  if (exempt !== undefined) return keep(branch, 'exempt', `${it} has the label "${exempt}"`)
  if (claim.parent === undefined || claim.dataPolicy === undefined)
    return keep(branch, 'unknown', 'the platform does not tell what it was made from, nor the claim')
  const made = { age, parent: claim.parent, schema: claim.parentSchema, build: claim.parentBuild }
  const cause = causeOf(made, seen, policy)
  if (!cause) return keep(branch, 'fresh', `made ${showAge(age)} ago from "${claim.parent}", whose schema is the same`)
  const busy = policy.refreshBusy ? undefined : busyReason(branch, { updatedAt, it }, { seen, now: policy.now })
  return busy ? keep(branch, 'in use', `${cause.reason}, but ${busy}`) : { branch, action: 'refresh', ...cause }
}

function causeOf(
  made: { age: number; parent: string; schema: string | undefined; build: string | undefined },
  { parentSchemas, goldenBuilds }: RefreshObservation,
  { staleDays }: RefreshPolicy,
): Pick<Verdict, 'kind' | 'reason'> | undefined {
  if (made.age >= days(staleDays)) {
    return { kind: 'stale', reason: `made ${showAge(made.age)} ago, longer than stale_days (${staleDays})` }
  }
  const golden = goldenBuilds.get(made.parent)
  if (golden !== undefined && made.build !== undefined && golden !== made.build) {
    return { kind: 'parent changed', reason: `the golden parent "${made.parent}" was built anew since it was made` }
  }
  const now = parentSchemas.get(made.parent)
  if (made.schema === undefined || !now?.known || now.value === made.schema) return undefined
  return { kind: 'parent changed', reason: `the schema of "${made.parent}" has changed since it was made` }
}

function busyReason(
  branch: Branch,
  { updatedAt, it }: { updatedAt: string; it: string },
  { seen, now }: { seen: RefreshObservation; now: Date },
): string | undefined {
  const sessions = seen.sessions.get(branch.id)
  if (!sessions?.known) return `whether it is in use is unknown (${sessions ? sessions.why : 'it was not looked at'})`
  if (sessions.value > 0) return `${counted(sessions.value, 'session')} ${sessions.value === 1 ? 'is' : 'are'} on it`
  const quiet = ageOf(updatedAt, now)
  if (quiet === undefined) return `${it} says it was updated at ${JSON.stringify(updatedAt)}`
  return quiet < tooYoung ? `${it} was active within the last hour` : undefined
}
