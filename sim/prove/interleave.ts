import { perform, performPost } from './acts.js'
import type { Making } from './provider.js'
import { type Event, type Line, type Race, races } from './races.js'
import { type Fault, manners, Run } from './run.js'
import { expectGone, expectNoRemains, expectServed } from './scenarios.js'
import { type Choose, randomFrom, Schedule, withSwitches } from './schedule.js'
import type { Violation } from './crash-sweep.js'
import { day, World } from './world.js'

export interface RaceFigures {
  readonly races: number
  /** Orders that were played through systematically, and at random. */
  readonly systematic: number
  readonly random: number
  /** URLs handed out on the way: without any, nothing was proven. */
  readonly exposed: number
  readonly violations: readonly Violation[]
}

export interface RaceOptions {
  /** How often a run is interrupted by another at most, in the systematic part. */
  readonly switches: number
  /** Orders of each race that are drawn at random, with this seed. */
  readonly random: number
  readonly seed: number
}

const makings: readonly Making[] = ['beside', 'in view']

/** Every race in every order with so many switches, then in orders drawn at random. */
export async function interleave(options: RaceOptions, chosen: readonly Race[] = races): Promise<RaceFigures> {
  const violations: Violation[] = []
  const counts = { systematic: 0, random: 0, exposed: 0 }
  for (const making of makings) {
    for (const race of chosen) {
      const played = async (choose: Choose, how: string, faults?: () => Fault | undefined) => {
        const { world, order } = await playRace(race, { making, choose, faults })
        counts.exposed += world.exposed.length
        const play = `${race.name}, ${making}, ${how}: ${order.join(' · ')}`
        violations.push(...world.violations.map((broken) => ({ play, broken })))
      }
      for (const at of ordersOf(options.switches)) {
        const { choose, offered } = withSwitches(at.map)
        await played(choose, `switches ${[...at.map].join(' ')}`)
        counts.systematic += 1
        at.learn(offered)
      }
      for (let nth = 0; nth < options.random; nth++) {
        const seed = options.seed + nth
        const random = randomFrom(seed)
        await played(
          (able) => Math.floor(random() * able.length),
          `seed ${seed}`,
          () => drawFault(random),
        )
        counts.random += 1
      }
    }
  }
  return { races: chosen.length * makings.length, ...counts, violations }
}

interface Order {
  readonly map: ReadonlyMap<number, number>
  /** Told how many calls there were to choose from, choice by choice. */
  readonly learn: (offered: readonly number[]) => void
}

/** All orders with at most so many switches: each that was played tells where the next one can begin. */
function* ordersOf(switches: number): Generator<Order> {
  const open: ReadonlyMap<number, number>[] = [new Map()]
  for (let map = open.pop(); map !== undefined; map = open.pop()) {
    const current = map
    const learn = (offered: readonly number[]) => {
      if (current.size === switches) return
      const first = Math.max(-1, ...current.keys()) + 1
      for (let at = first; at < offered.length; at++) {
        for (let other = 1; other < offered[at]!; other++) open.push(new Map([...current, [at, other]]))
      }
    }
    yield { map: current, learn }
  }
}

/** One run in three meets with something. */
function drawFault(random: () => number): Fault | undefined {
  if (random() > 1 / 3) return undefined
  return { at: 1 + Math.floor(random() * 20), manner: manners[Math.floor(random() * manners.length)]! }
}

/** One play from the beginning, and what comes after it. */
async function playRace(
  { lines, setUp, settled }: Race,
  { making, choose, faults }: { making: Making; choose: Choose; faults: (() => Fault | undefined) | undefined },
): Promise<{ world: World; order: readonly string[] }> {
  const world = new World()
  world.addForeign()
  setUp(world)
  const schedule = new Schedule(choose)
  const play = { world, making, schedule, faults }
  await schedule.run(lines.map((line, index) => follow(line, { ...play, actor: index + 1 })))
  await settle(world, making)
  settled?.(world)
  world.expectForeignUntouched()
  return { world, order: schedule.order }
}

interface Following {
  readonly world: World
  readonly making: Making
  readonly schedule: Schedule
  readonly actor: number
  readonly faults: (() => Fault | undefined) | undefined
}

async function follow(line: Line, { world, making, schedule, actor, faults }: Following): Promise<void> {
  const { gate } = schedule
  for (const [index, step] of line.entries()) {
    const id = `${actor}${index}.1`
    if ('event' in step) {
      await happen(step, { world, run: new Run(id, { gate }) })
      continue
    }
    const run = new Run(id, { gate, fault: faults?.() })
    const end = await perform({ world, run, making }, step)
    if (end !== 'done') await performPost(world, run, { making, act: step, gate })
  }
}

async function happen({ event }: Event, { world, run }: { world: World; run: Run }): Promise<void> {
  const state = event === 'closes' ? 'closed' : 'open'
  // Only what is closed is reopened.
  const ready = () => world.pulls.get(7)?.state !== state
  await run.call(event, () => world.setPull(7, state), ready)
}

/** The next push, or the next sweep: from wherever the runs left it, the world comes to what the pull request asks for. */
async function settle(world: World, making: Making): Promise<void> {
  const pull = world.pulls.get(7)
  if (pull?.state === 'open') {
    const branch = world.byName('pr-7')
    const policy = branch?.claim?.dataPolicy ?? 'schema_only'
    const act = { do: 'open', policy, parent: branch?.claim?.parent ?? 'main' } as const
    const end = await perform({ world, run: new Run('800.1'), making }, act)
    world.check(end === 'done', `the next push ended with ${end instanceof Error ? end.message : end}`)
    expectServed(world, policy === 'masked' ? 'masked' : 'none')
  }
  world.now += 8 * day
  const end = await perform({ world, run: new Run('900.1'), making }, { do: 'cleanup' })
  world.check(end === 'done', `the sweep ended with ${end instanceof Error ? end.message : end}`)
  expectNoRemains(world)
  if (pull?.state === 'closed') expectGone(world)
}
