import type { Act } from './acts.js'
import { mark } from './ports.js'
import { urlOf } from './provider.js'
import { claimOf, repository, type Row, type World } from './world.js'

/** One run from a state of the world, and what the world is like once it, or a second one after it, got through. */
export interface Scenario {
  readonly name: string
  readonly act: Act
  readonly setUp: (world: World) => void
  readonly settled: (world: World) => void
  /** Name of the error that it ends with when nothing goes wrong. */
  readonly ends?: string
}

type RowChange = Partial<Row>

/** The branch of pull request 7 as an earlier run left it: migrated, seeded, its URL in the environment. */
export function addBranch(world: World, change: RowChange = {}): Row {
  world.setPull(7, 'open', 1)
  world.environments.set(7, { ours: true, url: urlOf('pr-7') })
  return world.add({
    name: 'pr-7',
    claim: claimOf(),
    rows: 'none',
    progress: { state: 'done', seed: 'seed-1' },
    seeds: 1,
    ...change,
  })
}

export function addGolden(world: World): void {
  const golden = { pullRequest: null, branch: 'golden', dataPolicy: 'masked', masked: mark, golden: true } as const
  world.add({ name: 'golden', claim: claimOf(golden), rows: 'masked' })
}

/** Remains of a run that died ten days ago. */
function addRemains(world: World): void {
  world.add({ name: 'pr-7.new-dead', claim: claimOf({ build: 'dead' }), aside: true })
}

function close(world: World, daysAgo: number): void {
  world.setPull(7, 'closed', daysAgo)
}

export function expectServed(world: World, rows: Row['rows']): void {
  const row = world.byName('pr-7')
  world.check(row !== undefined && !row.aside && !row.unfinished, 'the branch is not there, or not finished')
  world.check(row?.rows === rows, `the branch holds ${row?.rows} rows, not ${rows}`)
  world.check(row?.progress.state === 'done' && row.seeds === 1, 'the branch is not migrated and seeded once')
  world.check(world.environments.get(7)?.url === urlOf('pr-7'), 'the environment does not hold the URL')
}

export function expectGone(world: World): void {
  world.check(world.byName('pr-7') === undefined, 'the branch is still there')
  world.check(!world.environments.has(7), 'the environment is still there')
}

/** Gone again; or, made by an earlier run that died, there for the next run to make anew. Nobody has its URL. */
function expectUnhanded(world: World): void {
  world.check(world.byName('pr-7')?.progress.state !== 'done', 'the branch counts as migrated')
  world.check(world.environments.get(7)?.url === undefined, 'the environment holds the URL')
}

export function expectGolden(world: World): void {
  const golden = world.byName('golden')
  world.check(golden?.rows === 'masked' && !golden.unfinished && !golden.aside, 'the golden parent is not whole')
}

/** Nothing half-built of ours, whoever left it. */
export function expectNoRemains(world: World): void {
  const ours = world.rows.filter(({ claim }) => claim?.repository === repository)
  for (const { name } of ours.filter((row) => row.aside || row.unfinished)) world.check(false, `"${name}" is left over`)
}

const opened = (world: World) => world.setPull(7, 'open', 1)
const expectPlain = (world: World) => expectServed(world, 'none')
const expectMasked = (world: World) => expectServed(world, 'masked')

export const scenarios: readonly Scenario[] = [
  { name: 'create', act: { do: 'open' }, setUp: opened, settled: expectPlain },
  {
    name: 'create after a run that died',
    act: { do: 'open' },
    setUp: (world) => (opened(world), addRemains(world)),
    settled: expectPlain,
  },
  { name: 'masked create', act: { do: 'open', policy: 'masked' }, setUp: opened, settled: expectMasked },
  { name: 'reuse', act: { do: 'open' }, setUp: (world) => void addBranch(world), settled: expectPlain },
  {
    name: 'reuse, migration half done',
    act: { do: 'open' },
    setUp: (world) => void addBranch(world, { progress: { state: 'begun' } }),
    settled: expectPlain,
  },
  { name: 'reset', act: { do: 'reset' }, setUp: (world) => void addBranch(world), settled: expectPlain },
  {
    name: 'masked reset',
    act: { do: 'reset', policy: 'masked' },
    setUp: (world) => void addBranch(world, { claim: claimOf({ dataPolicy: 'masked', masked: mark }), rows: 'masked' }),
    settled: expectMasked,
  },
  {
    name: 'create from a golden parent',
    act: { do: 'open', policy: 'masked', parent: 'golden' },
    setUp: (world) => (opened(world), addGolden(world)),
    settled: (world) => (expectMasked(world), expectGolden(world)),
  },
  { name: 'golden, the first time', act: { do: 'golden' }, setUp: opened, settled: expectGolden },
  {
    name: 'golden, renewed',
    act: { do: 'golden' },
    setUp: (world) => (opened(world), addGolden(world)),
    settled: expectGolden,
  },
  {
    name: 'migration that fails',
    act: { do: 'open', migration: 'fails' },
    setUp: opened,
    settled: expectUnhanded,
    ends: 'CommandError',
  },
  {
    name: 'delete',
    act: { do: 'close' },
    setUp: (world) => (addBranch(world), addRemains(world), close(world, 0)),
    settled: expectGone,
  },
  { name: 'connect', act: { do: 'connect' }, setUp: (world) => void addBranch(world), settled: expectPlain },
  { name: 'refresh', act: { do: 'refresh' }, setUp: (world) => void addBranch(world), settled: expectRefreshed },
  {
    name: 'cleanup',
    act: { do: 'cleanup' },
    setUp: (world) => {
      addBranch(world)
      addRemains(world)
      close(world, 8)
      world.setPull(6, 'closed', 8)
      world.environments.set(6, { ours: true, url: urlOf('pr-6') })
      world.setPull(5, 'open', 1)
      world.add({ name: 'pr-5', claim: claimOf({ pullRequest: 5, branch: 'pr-5' }), rows: 'none' })
      world.environments.set(5, { ours: true, url: urlOf('pr-5') })
    },
    settled(world) {
      expectGone(world)
      world.check(!world.environments.has(6), 'the environment without a branch is still there')
      world.check(world.byName('pr-5') !== undefined, 'the branch of an open pull request is gone')
      world.check(world.environments.get(5)?.url === urlOf('pr-5'), 'the secret of an open pull request is gone')
    },
  },
]

/** Rebuilt, its URL as before; what the next push will migrate and seed. */
function expectRefreshed(world: World): void {
  const row = world.byName('pr-7')
  world.check(row?.claim?.build !== 'old-pr-7' && row?.rows === 'none', 'the branch was not rebuilt')
  world.check(row?.aside === false && !row.unfinished, 'the branch is not finished')
  world.check(world.environments.get(7)?.url === urlOf('pr-7'), 'the environment does not hold the URL')
}
