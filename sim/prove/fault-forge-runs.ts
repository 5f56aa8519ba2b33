import { provision } from '../../src/lifecycle/provision.js'
import { teardown } from '../../src/lifecycle/teardown.js'
import type { Forge } from '../../src/ports.js'
import type { ForgeRun, ForgeStand } from './fault-forge-stand.js'
import type { Work } from './fault-subject.js'
import { type Outside, portsFor } from './ports.js'
import { Run } from './run.js'
import { claimOf, repository, World } from './world.js'

type ForgeWork = Work<ForgeRun, ForgeStand>

const order = { repository, pullRequest: 7, branch: 'pr-7', parent: 'main', byName: true }

/** A platform in memory, which holds every deletion and every URL against what the run has read of the pull request. */
function outsideOf({ withBranch }: { withBranch: boolean }): Outside {
  const world = new World()
  world.addForeign()
  const progress = { state: 'done', seed: 'seed-1' } as const
  if (withBranch) world.add({ name: 'pr-7', claim: claimOf(), rows: 'none', seeds: 1, progress })
  return { world, run: new Run('the run'), making: 'in view', migration: 'works' }
}

function portsOf(outside: Outside, { forge, sinksFor, law }: ForgeRun) {
  const { run } = outside
  const watched: Forge = {
    async pullRequest(number) {
      const reading = await forge.pullRequest(number)
      if (reading.known) run.lastRead.set(number, reading.value.state)
      return reading
    },
  }
  return { ...portsFor(outside, 7), forge: watched, sinks: sinksFor(7, { branch: 'pr-7', head: undefined }), law }
}

interface Doing {
  readonly name: string
  readonly does: 'open' | 'close'
  readonly state: 'open' | 'closed'
  /** Whether an earlier run has made everything. */
  readonly again: boolean
}

/** A whole run with its forge under fault. */
function runOf({ name, does, state, again }: Doing): ForgeWork {
  const played = new WeakMap<ForgeStand, Outside>()
  const open = (outside: Outside, ports: ForgeRun) =>
    provision(portsOf(outside, ports), {
      ...order,
      // Whatever is asked, the law allows no rows.
      dataPolicy: 'copy',
      existing: 'reuse',
      approval: 'nobody',
      run: '2.1',
      random: outside.run.random,
      pointInTime: undefined,
      idleDays: undefined,
      maxGoldenAge: undefined,
    })
  return {
    name,
    async before(place) {
      if (again) await open(outsideOf({ withBranch: true }), place.open().ports)
      place.setState(state)
      played.set(place, outsideOf({ withBranch: again || state === 'closed' }))
    },
    run: (ports, place) => {
      const outside = played.get(place)!
      return does === 'open' ? open(outside, ports) : teardown(portsOf(outside, ports), { ...order, onClose: true })
    },
    // Without a fault the whole way is gone, or nothing would be proven.
    wrong(_result, { struck, place }) {
      const { world } = played.get(place)!
      const out = world.exposed.length > 0 && place.url() !== undefined
      const wanted = does === 'open' && state === 'open'
      if (struck === undefined && out !== wanted) return 'without a fault the URL is not where it should be'
      const gone = world.byName('pr-7') === undefined
      return struck === undefined && gone !== (state === 'closed')
        ? 'without a fault the branch is not right'
        : undefined
    },
    broken: (place) => [faultOf(played.get(place)!, { place, state, again })],
  }
}

function faultOf(
  { world }: Outside,
  { place, state, again }: { place: ForgeStand } & Pick<Doing, 'state' | 'again'>,
): string | undefined {
  world.expectForeignUntouched()
  const [first] = world.violations
  if (first !== undefined) return first
  const there = world.byName('pr-7') !== undefined
  if (state === 'open' && again && !there) return 'the branch of an open pull request is gone'
  if (state === 'closed' && world.exposed.length > 0) return 'a URL of a closed pull request was handed out'
  const stored = place.url() !== undefined
  return stored && !again && world.exposed.length === 0 ? 'the forge holds a URL that was not handed out' : undefined
}

export const runs = {
  first: [
    runOf({ name: 'opened', does: 'open', state: 'open', again: false }),
    runOf({ name: 'opened, and closed at once', does: 'open', state: 'closed', again: false }),
  ],
  later: [
    runOf({ name: 'pushed', does: 'open', state: 'open', again: true }),
    runOf({ name: 'closed', does: 'close', state: 'closed', again: true }),
    runOf({ name: 'closed, and reopened at once', does: 'close', state: 'open', again: true }),
  ],
} as const
