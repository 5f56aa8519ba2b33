import type { Act } from './acts.js'
import { addBranch, addGolden, expectGolden } from './scenarios.js'
import type { World } from './world.js'

/** What somebody does on the forge while runs are at work. */
export interface Event {
  readonly event: 'closes' | 'reopens'
}

/** What one actor does, one after the other. A run may begin at any moment after what stands before it. */
export type Line = readonly (Act | Event)[]

/** Several actors at once. */
export interface Race {
  readonly name: string
  readonly setUp: (world: World) => void
  readonly lines: readonly Line[]
  readonly settled?: (world: World) => void
}

const opened = (world: World) => world.setPull(7, 'open', 1)
const standing = (world: World) => void addBranch(world)
const closedLongAgo = (world: World) => (addBranch(world), world.setPull(7, 'closed', 8))

const open: Act = { do: 'open' }
const reset: Act = { do: 'reset' }
const closeRun: Act = { do: 'close' }
const refresh: Act = { do: 'refresh' }
const cleanup: Act = { do: 'cleanup' }
const golden: Act = { do: 'golden' }
const fromGolden: Act = { do: 'open', policy: 'masked', parent: 'golden' }
const closes: Event = { event: 'closes' }
const reopens: Event = { event: 'reopens' }

export const races: readonly Race[] = [
  { name: 'open, open', setUp: opened, lines: [[open], [open]] },
  { name: 'open, closed', setUp: opened, lines: [[open], [closes, closeRun]] },
  {
    name: 'closed, reopened',
    setUp: standing,
    lines: [
      [closes, closeRun],
      [reopens, open],
    ],
  },
  { name: 'reset, reset', setUp: standing, lines: [[reset], [reset]] },
  { name: 'reset, closed', setUp: standing, lines: [[reset], [closes, closeRun]] },
  { name: 'reuse, reset', setUp: standing, lines: [[open], [reset]] },
  { name: 'reset, refresh', setUp: standing, lines: [[reset], [refresh]] },
  { name: 'refresh, closed', setUp: standing, lines: [[refresh], [closes, closeRun]] },
  { name: 'refresh, refresh', setUp: standing, lines: [[refresh], [refresh]] },
  { name: 'open, cleanup', setUp: opened, lines: [[open], [cleanup]] },
  { name: 'cleanup, reopened', setUp: closedLongAgo, lines: [[cleanup], [reopens, open]] },
  { name: 'cleanup, cleanup', setUp: closedLongAgo, lines: [[cleanup], [cleanup]] },
  { name: 'cleanup, closed', setUp: closedLongAgo, lines: [[cleanup], [closeRun]] },
  {
    name: 'golden, golden',
    setUp: (world) => (opened(world), addGolden(world)),
    lines: [[golden], [golden]],
    settled: expectGolden,
  },
  {
    name: 'golden, branch of it',
    setUp: (world) => (opened(world), addGolden(world)),
    lines: [[golden], [fromGolden]],
    settled: expectGolden,
  },
  { name: 'open, closed, cleanup', setUp: opened, lines: [[open], [closes, closeRun], [cleanup]] },
  { name: 'reset, refresh, closed', setUp: standing, lines: [[reset], [refresh], [closes, closeRun]] },
]
