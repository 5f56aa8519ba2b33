import { type Known, known, unknown } from '../../src/domain/known.js'
import { noRules } from '../../src/domain/masking/rules.js'
import type { PullRequestReading } from '../../src/domain/cleanup-plan.js'
import { CommandError, ProviderError } from '../../src/errors.js'
import type { Ports } from '../../src/lifecycle/ports.js'
import type { Preparation } from '../../src/lifecycle/prepare.js'
import type { SweepPorts } from '../../src/lifecycle/sweep.js'
import type { Clock, Job, Law, LastingSink, SealMasking, Workplace } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { type Making, providerFor } from './provider.js'
import type { Run } from './run.js'
import type { Row, World } from './world.js'

export interface Outside {
  readonly world: World
  readonly run: Run
  readonly making: Making
  /** Whether the team's command fails; undefined: none is asked for. */
  readonly migration?: 'works' | 'fails' | undefined
}

/** What a run of one pull request is given, and what a sweep is. */
export function portsFor(outside: Outside, pullRequest: number): Ports & { sweep: SweepPorts } {
  const { world, run, making } = outside
  const provider = providerFor(world, run, making)
  const job = jobFor(outside, provider.loggedIn)
  const shared = { provider, job, clock: clockFor(world, run), law, sealMasking }
  const sinksFor = (number: number) => [environmentSink(world, run, number)]
  return {
    ...shared,
    forge: { pullRequest: (number) => run.call(`read #${number}`, () => readPull(world, run, number)) },
    sinks: sinksFor(pullRequest),
    ...(outside.migration && { preparation: preparationFor(outside, provider.loggedIn) }),
    sweep: { ...shared, forge: sweepForgeFor(world, run), sinksFor, environments: environmentsFor(world, run) },
  }
}

/** Masking is asked for and never copied: its rules are those of nobody. */
const law: Law = async ({ dataPolicy = 'schema_only' }) => ({
  dataPolicy,
  ...(dataPolicy === 'masked' && { masking: noRules }),
  notes: [],
})

export const mark = { rules: 'f00df00df00df00d', key: '0123456789abcdef' }

const sealMasking: SealMasking = async (rules) => {
  const nothing = new Secret('')
  return {
    rules,
    hash: 'f00d'.repeat(16),
    key: { ipad: nothing, opad: nothing, check: nothing, id: mark.key, random: true },
  }
}

function readPull(world: World, run: Run, number: number) {
  const facts = world.pulls.get(number)
  if (!facts) return unknown('404 Not Found')
  run.lastRead.set(number, facts.state)
  return known(facts)
}

function sweepForgeFor(world: World, run: Run): SweepPorts['forge'] {
  return {
    openPullRequests: () =>
      run.call('read open pull requests', () =>
        known(new Map([...world.pulls].filter(([number]) => readPull(world, run, number).known))),
      ),
    pullRequestsByNumber: (numbers) =>
      run.call(`read #${numbers.join(' #')}`, () => {
        const readings = new Map<number, PullRequestReading>()
        for (const number of numbers) readings.set(number, readPull(world, run, number))
        return readings
      }),
    budget: () => undefined,
  }
}

/** As GitHub's: the environment with the mark first, the secret last; on the way out the other way round. */
function environmentSink(world: World, run: Run, number: number): LastingSink {
  const { environments } = world
  return {
    name: `secret DATABASE_URL of environment pr-${number}`,
    async publish({ url }) {
      await run.call(`environment pr-${number}`, () => {
        if (!environments.has(number)) environments.set(number, { ours: true, url: undefined })
      })
      await run.call(`secret of pr-${number}`, () => {
        const environment = environments.get(number)
        if (environment) environment.url = url.reveal()
      })
    },
    async withdraw() {
      await run.call(`secret of pr-${number} goes`, () => {
        const environment = environments.get(number)
        if (environment) environment.url = undefined
      })
      return run.call(`environment pr-${number} goes`, () => (environments.delete(number) ? 'removed' : 'absent'))
    },
  }
}

function environmentsFor(world: World, run: Run): NonNullable<SweepPorts['environments']> {
  const all = () => [...world.environments.keys()].map((pullRequest) => ({ name: `pr-${pullRequest}`, pullRequest }))
  return {
    list: () => run.call('environments', (): Known<ReturnType<typeof all>> => known(all())),
    claimed: ({ pullRequest }) =>
      run.call(`environment pr-${pullRequest}, whose`, () => world.environments.get(pullRequest)?.ours === true),
  }
}

function jobFor({ world, run }: Outside, loggedIn: () => Row | undefined): Job {
  const line = (text: string) => void run.told.push(text)
  return {
    mask: (secret) => run.tell('mask', () => void run.masked.add(secret.reveal())),
    info: line,
    debug: line,
    notice: line,
    warning: line,
    error: line,
    group: async (_title, body) => body(),
    progress: () => undefined,
    output(name, value) {
      if (name === 'connection_string') {
        run.tell(`output ${name}`, () => world.expose(run, { row: loggedIn(), url: value }))
      }
    },
    exportVariable: () => undefined,
    secrets: () => [],
    hides: () => false,
    saveState: (name, value) => run.tell(`state ${name}`, () => void run.saved.set(name, value)),
    summary: async () => undefined,
  }
}

function clockFor(world: World, run: Run): Clock {
  return {
    now: () => new Date(world.now),
    elapsed: () => world.now,
    sleep: (ms) => run.call('sleep', () => void (world.now += ms)),
  }
}

/** One place of work in a branch at a time, as the advisory lock sees to. */
function preparationFor({ world, run, migration }: Outside, loggedIn: () => Row | undefined): Preparation {
  const within = (effect: (row: Row) => void) => () => {
    const row = loggedIn()
    if (!row || !world.rows.includes(row)) throw new ProviderError('Working in the branch failed: it is gone.')
    effect(row)
  }
  const report = { ms: 1, exit: 0 }
  return {
    async enter(): Promise<Workplace> {
      const row = loggedIn()!
      const free = () => !row.workplace?.alive || row.workplace === run
      await run.call(
        'enter',
        within((at) => (at.workplace = run)),
        free,
      )
      return {
        progress: row.progress,
        records: true,
        begin: () =>
          run.call(
            'begin',
            within((at) => (at.progress = { ...at.progress, state: 'begun' })),
          ),
        finish: (seed) =>
          run.call(
            'finish work',
            within((at) => {
              at.progress = { state: 'done', ...(seed !== undefined && { seed }) }
              run.prepared = at.id
            }),
          ),
        endOthers: () => run.call('end others', () => 0),
        close: async () => void (row.workplace = undefined),
      }
    },
    migrate: () =>
      run
        .call(
          'migrate',
          within((row) => {
            world.check(row.workplace === run, `${run.id} migrated outside its workplace`)
            if (migration === 'fails') throw new CommandError('Migrating failed: no such column.', { ms: 1, exit: 1 })
          }),
        )
        .then(() => ({ report, notes: [] })),
    seed: {
      hash: 'seed-1',
      run: () =>
        run
          .call(
            'seed',
            within((row) => (row.seeds += 1)),
          )
          .then(() => ({ report, notes: [] })),
    },
    failOn: [],
    keep: false,
  }
}
