import { CommandError, ConflictError, ForgeError, InputError, ProviderError, RefusedError } from '../../src/errors.js'
import { cleanup } from '../../src/lifecycle/cleanup.js'
import { connect } from '../../src/lifecycle/connect.js'
import { renewGolden } from '../../src/lifecycle/golden.js'
import { buildState } from '../../src/lifecycle/ports.js'
import { provision } from '../../src/lifecycle/provision.js'
import { refresh } from '../../src/lifecycle/refresh.js'
import { teardown } from '../../src/lifecycle/teardown.js'
import { undoBuild } from '../../src/lifecycle/undo-build.js'
import type { DataPolicy } from '../../src/domain/data-policy.js'
import { type Outside, portsFor } from './ports.js'
import type { Making } from './provider.js'
import { type Gate, Run } from './run.js'
import { repository, type World } from './world.js'

/** What one run of the action does. */
export type Act =
  | {
      readonly do: 'open' | 'reset'
      readonly policy?: DataPolicy
      readonly parent?: string
      readonly migration?: 'fails'
    }
  | { readonly do: 'close' | 'connect' | 'golden' | 'refresh' | 'cleanup' }

/** How a run ended: without an error, with this one, or not at all. */
export type End = 'done' | 'died' | Error

const guardOf = (number: number) => ({
  repository,
  pullRequest: number,
  branch: `pr-${number}`,
  parent: 'main',
  byName: true,
})
const sweepOrder = { repository, parent: 'main', exemptLabels: [], onlyPullRequest: undefined }

/** Does what the action would do, for pull request 7 unless it is a sweep. */
export async function perform(outside: Omit<Outside, 'migration'>, act: Act): Promise<End> {
  const { run } = outside
  const work = start({ ...outside, migration: migrationOf(act) }, act).then(
    () => 'done' as const,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  )
  const end = await Promise.race([work, run.death.then(() => 'died' as const)])
  run.ended = true
  if (end instanceof Error && !run.dead)
    outside.world.check(isSentence(end, run), `${run.id} ended with ${end.name}: ${end.message}`)
  return end
}

function migrationOf(act: Act): Outside['migration'] {
  return act.do === 'open' || act.do === 'reset' ? (act.migration ?? 'works') : undefined
}

async function start(outside: Outside, act: Act): Promise<void> {
  const { run } = outside
  const ports = portsFor(outside, 7)
  const identity = { run: run.id, random: run.random }
  switch (act.do) {
    case 'open':
    case 'reset': {
      const { policy = 'schema_only', parent = 'main' } = act
      const existing = act.do === 'reset' ? 'reset' : 'reuse'
      const order = { ...guardOf(7), parent, dataPolicy: policy, existing, approval: undefined, ...identity } as const
      await provision(ports, order)
      return
    }
    case 'close':
      await teardown(ports, { ...guardOf(7), onClose: true })
      return
    case 'connect':
      run.connects = true
      await connect(ports, guardOf(7))
      return
    case 'golden':
      await renewGolden(ports, { repository, branch: 'golden', parent: 'main', ...identity })
      return
    case 'refresh':
      await refresh(ports.sweep, { ...sweepOrder, staleDays: 3, refreshBusy: true, ...identity })
      return
    case 'cleanup':
      await cleanup(ports.sweep, {
        ...sweepOrder,
        strategy: 'activity',
        ttlDays: 7,
        idleDays: undefined,
        maxDeletions: 10,
        concurrency: 2,
      })
  }
}

interface PostOrder {
  readonly making: Making
  readonly act: Act
  readonly gate?: Gate
}

/** The post step of a run that failed or was cancelled; a dead machine has none. */
export async function performPost(world: World, run: Run, { making, act, gate }: PostOrder): Promise<void> {
  const state = run.saved.get(buildState) ?? ''
  if (state === '' || run.dead) return
  const post = new Run(run.id, { gate })
  const guard = act.do === 'golden' ? { ...guardOf(7), pullRequest: null, branch: 'golden' } : guardOf(7)
  // A guard may refuse, because another run came between: the branch is that run's then.
  await undoBuild(portsFor({ world, run: post, making }, 7), guard, state).catch((error: Error) => {
    world.check(isSentence(error, post), `${run.id}'s post step ended with ${error.name}: ${error.message}`)
  })
  post.ended = true
}

const classes = [InputError, RefusedError, ProviderError, ConflictError, ForgeError, CommandError]

/** One line of our own that begins like a sentence and ends like one; a cancelled run has a sentence of the entry's. */
function isSentence(error: Error, run: Run): boolean {
  if (error.name === 'CancelledError') return run.struck
  return classes.some((one) => error instanceof one) && /^[A-Z][^\n]+\.$/.test(error.message)
}
