import { type Act, type End, perform, performPost } from './acts.js'
import type { Making } from './provider.js'
import { type Fault, type Manner, manners, Run } from './run.js'
import { expectNoRemains, type Scenario, scenarios } from './scenarios.js'
import { day, repository, World } from './world.js'

export interface Violation {
  /** What was played, so that it can be played again. */
  readonly play: string
  readonly broken: string
}

export interface CrashFigures {
  readonly scenarios: number
  /** Calls of ports at which a run was made to fail, all scenarios together. */
  readonly calls: number
  /** Plays: each call, in each manner, with each sequel. */
  readonly plays: number
  readonly violations: readonly Violation[]
}

const makings: readonly Making[] = ['beside', 'in view']

/** `again`: the same run without the fault. `never again`: the pull request is closed, and only the sweep comes by. */
const sequels = ['again', 'never again'] as const

/** Every scenario, with every call of a port going wrong in every manner, and what comes after. */
export async function crashSweep(chosen: readonly Scenario[] = scenarios): Promise<CrashFigures> {
  const violations: Violation[] = []
  let calls = 0
  let plays = 0
  for (const making of makings) {
    for (const scenario of chosen) {
      const whole = await play({ scenario, making, fault: undefined, sequel: 'again' })
      violations.push(...whole.violations)
      calls += whole.calls
      for (const { fault, sequel } of faultsUpTo(whole.calls)) {
        const played = await play({ scenario, making, fault, sequel })
        plays += 1
        violations.push(...played.violations)
      }
    }
  }
  return { scenarios: chosen.length * makings.length, calls, plays, violations }
}

function faultsUpTo(calls: number): { fault: Fault; sequel: (typeof sequels)[number] }[] {
  const numbers = Array.from({ length: calls }, (_, index) => index + 1)
  return numbers.flatMap((at) =>
    manners.flatMap((manner) => sequels.map((sequel) => ({ fault: { at, manner }, sequel }))),
  )
}

interface Play {
  readonly scenario: Scenario
  readonly making: Making
  readonly fault: Fault | undefined
  readonly sequel: (typeof sequels)[number]
}

/** One play from the beginning. `calls` are those of the run that is made to fail. */
async function play({ scenario, making, fault, sequel }: Play): Promise<{ calls: number; violations: Violation[] }> {
  const world = new World()
  world.addForeign()
  scenario.setUp(world)
  const { act } = scenario
  const run = new Run('100.1', { fault })
  const end = await perform({ world, run, making }, act)
  if (!fault) expectEnd(world, scenario, end)
  else if (!run.struck && !isTell(fault.manner)) world.check(false, 'the fault did not strike')
  if (end !== 'done')
    await performPost(world, run, { making, act }).catch(() => world.check(false, 'the post step failed'))
  await (sequel === 'again' ? comeAgain(world, scenario, making) : neverAgain(world, making))
  world.expectForeignUntouched()
  const played = `${scenario.name}, ${making}, ${fault ? `call ${fault.at} ${fault.manner}` : 'no fault'}, ${sequel}`
  return { calls: run.calls, violations: world.violations.map((broken) => ({ play: played, broken })) }
}

/** A line for the runner cannot fail, only end with the process. */
function isTell(manner: Manner): boolean {
  return !manner.startsWith('dies')
}

function expectEnd(world: World, { ends }: Scenario, end: End): void {
  const name = end instanceof Error ? end.name : end
  world.check(name === (ends ?? 'done'), `it ended with ${name}: ${end instanceof Error ? end.message : ''}`)
}

async function comeAgain(world: World, scenario: Scenario, making: Making): Promise<void> {
  const end = await perform({ world, run: new Run('200.1'), making }, scenario.act)
  expectEnd(world, scenario, end)
  scenario.settled(world)
  world.now += day
  await sweep(world, making)
  scenario.settled(world)
  expectNoRemains(world)
}

/** What a run that died left is found by the sweep alone. */
async function neverAgain(world: World, making: Making): Promise<void> {
  for (const [number, { state }] of world.pulls) if (state === 'open') world.setPull(number, 'closed')
  world.now += 8 * day
  await sweep(world, making)
  const left = world.rows.filter(({ claim }) => claim?.repository === repository && claim.pullRequest !== null)
  for (const { name } of left.filter(({ name }) => name !== 'pr-8')) world.check(false, `"${name}" outlived the sweep`)
  for (const number of world.environments.keys()) world.check(false, `environment pr-${number} outlived the sweep`)
  expectNoRemains(world)
}

const cleanup: Act = { do: 'cleanup' }

async function sweep(world: World, making: Making): Promise<void> {
  const end = await perform({ world, run: new Run('300.1'), making }, cleanup)
  world.check(end === 'done', `the sweep ended with ${end instanceof Error ? end.message : end}`)
}
