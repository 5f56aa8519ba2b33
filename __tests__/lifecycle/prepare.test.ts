import { describe, expect, it } from '@jest/globals'
import { parseFailOn } from '../../src/domain/fail-on.js'
import { known } from '../../src/domain/known.js'
import { CancelledError, CommandError, RefusedError } from '../../src/errors.js'
import { report } from '../../src/lifecycle/connect.js'
import type { Learned, Preparation, PublishReport } from '../../src/lifecycle/prepare.js'
import { provision } from '../../src/lifecycle/provision.js'
import type { Progress, Workplace } from '../../src/ports.js'
import {
  branchOf,
  closed,
  eventsOf,
  isExposed,
  open,
  orderOf,
  type Setting,
  type Stage,
  stageOf,
} from '../fixtures/lifecycle.js'

interface Scene extends Setting {
  readonly progress?: Progress
  readonly records?: boolean
  readonly keep?: boolean
  readonly migrate?: () => Promise<void>
  readonly seed?: { readonly hash: string; readonly run?: () => Promise<void> } | undefined
  readonly learned?: Partial<Learned>
  readonly failOn?: string
  readonly publish?: PublishReport
  /** What the watch saw last. */
  readonly statement?: string
}

const failed = (exit: number | undefined) => () =>
  Promise.reject(new CommandError('The command of "migrate" failed.', { ms: 5, exit, failure: 'It is in the log.' }))

/** The stage of provision.test.ts with a branch that can be worked in. */
function sceneOf(scene: Scene = {}): Stage {
  const stage = stageOf(scene)
  const did = (event: string) => void stage.events.push(event)
  const parsed = parseFailOn(scene.failOn ?? '')
  let progress = scene.progress
  const preparation: Preparation = {
    enter: async () => {
      did('enter')
      return {
        progress: progress ?? { state: 'none' },
        records: scene.records ?? true,
        begin: async () => did('begin'),
        finish: async (seed) => did(`finish ${seed ?? 'unseeded'}`),
        endOthers: async () => 2,
        close: async () => {
          // Whoever comes next finds a branch that was made anew.
          progress = undefined
          did('leave')
        },
      }
    },
    migrate: async () => {
      did('migrate')
      await scene.migrate?.()
      return { report: { ms: 5, exit: 0 }, notes: [] }
    },
    ...(scene.seed && {
      seed: {
        hash: scene.seed.hash,
        run: async () => {
          did('seed')
          await scene.seed?.run?.()
          return { report: { ms: 5, exit: 0 }, notes: ['Seeded.'] }
        },
      },
    }),
    look: () => ({
      watch: async () => ({ end: async () => (did('watched'), scene.statement) }),
      learn: async () => (did('learn'), { findings: [], problems: [], unread: {}, ...scene.learned }),
    }),
    failOn: 'conditions' in parsed ? parsed.conditions : [],
    keep: scene.keep ?? false,
  }
  const publish: PublishReport = async (told) => {
    did(`tell report ${told.migrate?.failure ?? told.seed?.failure ?? 'fine'} ${told.migrate?.statement ?? ''}`.trim())
    return scene.publish?.(told)
  }
  return { ...stage, ports: { ...stage.ports, preparation, publish } }
}

const steps = [
  'find',
  'create',
  'reset',
  'enter',
  'begin',
  'migrate',
  'watched',
  'seed',
  'finish',
  'learn',
  'tell',
  'leave',
  'delete',
  'output conn',
]
const told = (stage: Stage) => eventsOf(stage, ...steps).map((event) => event.replace(/=.*/, ''))
const reused = { branches: [branchOf()] }
const thrown = (stage: Stage) =>
  provision(stage.ports, orderOf()).then(
    () => new Error('It succeeded.'),
    (error: unknown) => error as Error,
  )

describe('a branch', () => {
  it('is migrated, seeded and looked at between its gates and its URL', async () => {
    const stage = sceneOf({ seed: { hash: 'h' } })
    const outcome = await provision(stage.ports, orderOf())
    expect(told(stage)).toEqual([
      'find pr-7',
      'create',
      'enter',
      'begin',
      'migrate',
      'watched',
      'seed',
      'finish h',
      'learn',
      'tell report fine',
      'leave',
      'output connection_string',
    ])
    expect(outcome).toMatchObject({
      status: 'created',
      report: { migrate: { exit: 0 }, seed: { exit: 0 } },
      notes: ['made', 'Seeded.'],
    })
  })

  it('whose pull request was closed meanwhile goes, migrated or not', async () => {
    const stage = sceneOf({ states: [open, closed] })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'deleted' })
    expect(isExposed(stage)).toBe(false)
  })

  it.each<[string, Progress, boolean, readonly string[], RegExp | undefined]>([
    ['seeded with the same is not seeded again', { state: 'done', seed: 'h' }, true, ['finish h'], undefined],
    [
      'seeded with something else is told so',
      { state: 'done', seed: 'i' },
      true,
      ['finish i'],
      /on_synchronize: reset brings it in/,
    ],
    ['never seeded is seeded', { state: 'done' }, true, ['seed', 'finish h'], undefined],
    ['that cannot say is not seeded', { state: 'none' }, false, ['finish unseeded'], /may not write down in it/],
  ])('in use %s', async (_name, progress, records, events, note) => {
    const stage = sceneOf({ ...reused, progress, records, seed: { hash: 'h' } })
    const outcome = await provision(stage.ports, orderOf())
    expect(eventsOf(stage, 'seed', 'finish')).toEqual(events)
    expect(outcome.status).toBe('reused')
    expect(outcome.notes.filter((each) => each.includes('seed')).join()).toMatch(note ?? /^$/)
  })

  it('without a seed in the workflow keeps in mind what it was seeded with', async () => {
    const stage = sceneOf({ ...reused, progress: { state: 'done', seed: 'i' } })
    await provision(stage.ports, orderOf())
    expect(eventsOf(stage, 'finish')).toEqual(['finish i'])
  })
})

describe('a branch in the middle of a migration', () => {
  it('that this run made is taken away and made once more', async () => {
    const stage = sceneOf({ progress: { state: 'begun' } })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'created' })
    expect(stage.events).toContain(
      'info Another run was faster (Preparing "pr-7" failed: another run was in it and ended in the middle.); reading again.',
    )
    expect(eventsOf(stage, 'create', 'delete', 'migrate')).toEqual(['create', 'delete pr-7', 'create', 'migrate'])
  })

  it('is rebuilt, migrated and handed out', async () => {
    const stage = sceneOf({ ...reused, progress: { state: 'begun', seed: 'h' }, seed: { hash: 'h' } })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'reset' })
    expect(told(stage)).toEqual([
      'find pr-7',
      'enter',
      'leave',
      'reset',
      'enter',
      'begin',
      'migrate',
      'watched',
      'seed',
      'finish h',
      'learn',
      'tell report fine',
      'leave',
      'output connection_string',
    ])
  })

  it('is deleted and made anew where the platform cannot rebuild', async () => {
    const stage = sceneOf({ ...reused, can: { reset: 'none' }, progress: { state: 'begun' } })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'created' })
    expect(stage.deleted.map(({ id }) => id)).toEqual(['1'])
  })
})

describe('a command that fails', () => {
  it('costs the branch that this run made, and the reviewer is told', async () => {
    const stage = sceneOf({ migrate: failed(1), statement: 'ALTER TABLE seen' })
    const error = await thrown(stage)
    expect(error).toBeInstanceOf(CommandError)
    expect(error.message).toBe('The command of "migrate" failed. No URL was handed out; "pr-7" was deleted again.')
    // The last statement that was seen is not told as the one that failed.
    expect(told(stage)).toEqual([
      'find pr-7',
      'create',
      'enter',
      'begin',
      'migrate',
      'watched',
      'tell report It is in the log.',
      'leave',
      'find pr-7',
      'find pr-7',
      'delete pr-7',
    ])
    expect(stage.state()).toBe('')
    expect(isExposed(stage)).toBe(false)
    expect(eventsOf(stage, 'info Ended')).toEqual(['info Ended 2 sessions that the command left in the branch.'])
  })

  it('that was ended is told with the statement that it was at', async () => {
    const stage = sceneOf({ migrate: failed(undefined), statement: 'ALTER TABLE seen' })
    await thrown(stage)
    expect(eventsOf(stage, 'tell')).toEqual(['tell report It is in the log. ALTER TABLE seen'])
  })

  it.each<[string, Scene]>([
    ['to be looked at, where that is wanted', { keep: true }],
    ['which was there before', reused],
  ])('leaves the branch %s', async (_name, setting) => {
    const stage = sceneOf({ ...setting, migrate: failed(2) })
    const error = await thrown(stage)
    expect(error.message).toContain('"pr-7" stays as the command left it, and the next run makes it anew.')
    expect([stage.names(), stage.deleted, stage.state()]).toEqual([['pr-7'], [], ''])
    expect(eventsOf(stage, 'begin', 'finish')).toEqual(['begin'])
    expect(isExposed(stage)).toBe(false)
  })

  it('in the seed does the same', async () => {
    const stage = sceneOf({ seed: { hash: 'h', run: failed(1) } })
    expect((await thrown(stage)).message).toContain('was deleted again')
    expect(eventsOf(stage, 'finish', 'tell')).toEqual(['tell report It is in the log.'])
    expect(stage.names()).toEqual([])
  })

  it('is still the reason when the comment fails, too', async () => {
    const stage = sceneOf({ migrate: failed(1), publish: () => Promise.reject(new Error('GitHub is down.')) })
    expect((await thrown(stage)).message).toContain('The command of "migrate" failed.')
  })
})

it('a cancelled migration is left to the post step, comments nothing and waits for nobody', async () => {
  const stage = sceneOf({ migrate: () => Promise.reject(new CancelledError('cancelled')), keep: true })
  expect(await thrown(stage)).toBeInstanceOf(CancelledError)
  expect(eventsOf(stage, 'tell', 'delete', 'info Ended')).toEqual([])
  expect(stage.state()).not.toBe('')
  expect(stage.events).toContain('leave')
})

it('a failure of ours takes the branch away, also where a failed command would leave it', async () => {
  const stage = sceneOf({ keep: true, migrate: () => Promise.reject(new RefusedError('No.')) })
  expect((await thrown(stage)).message).toBe('No.')
  expect(stage.names()).toEqual([])
})

describe('the report', () => {
  it('that cannot be shown is a note, and the branch is handed out', async () => {
    const stage = sceneOf({ publish: () => Promise.reject(new Error('GitHub is down.')) })
    expect((await provision(stage.ports, orderOf())).notes).toContain('GitHub is down.')
    expect(isExposed(stage)).toBe(true)
  })

  it('judges what was found, and what could not be read', async () => {
    const stage = sceneOf({ failOn: 'seq_scan, data_loss', learned: { unread: { plan: 'the parent is closed' } } })
    const { report: made } = await provision(stage.ports, orderOf())
    expect(made?.failOn?.violations).toMatchObject([{ detail: 'seq_scan could not be judged: the parent is closed' }])
    expect(isExposed(stage)).toBe(true)
  })

  it('of its own runs and writes nothing, and hands nothing out', async () => {
    const stage = sceneOf({ ...reused, seed: { hash: 'h' } })
    const outcome = await report(stage.ports, orderOf())
    expect(outcome).toMatchObject({ status: 'reported', exposed: [], report: { branch: 'pr-7', findings: [] } })
    expect(told(stage)).toEqual(['find pr-7', 'learn', 'tell report fine'])
    expect(isExposed(stage)).toBe(false)
  })

  it.each<[string, Setting]>([
    ['that is not there', {}],
    ["of another pull request's", { branches: [branchOf({ pullRequest: 8 })] }],
    ['that is half-built', { branches: [branchOf({}, { unfinished: true })] }],
  ])('is refused for a branch %s', async (_name, setting) => {
    const stage = sceneOf({ ...setting, states: [known({ number: 7, state: 'open' })] })
    await expect(report(stage.ports, orderOf())).rejects.toThrow(RefusedError)
    expect(eventsOf(stage, 'learn', 'connection')).toEqual([])
  })
})

describe('what is told of it', () => {
  const rebuilt = (stage: Stage, change: Partial<Preparation>, place: Partial<Workplace> = {}): Stage => {
    const { preparation, ...ports } = stage.ports
    const enter: Preparation['enter'] = async (...at) => ({ ...(await preparation!.enter(...at)), ...place })
    return { ...stage, ports: { ...ports, preparation: { ...preparation!, enter, ...change } } }
  }

  it('names each step, and no note that nobody wrote', async () => {
    const outcome = await provision(sceneOf({ seed: { hash: 'h' } }).ports, orderOf())
    expect(outcome.notes).toEqual(['made', 'Seeded.'])
    expect(outcome.steps.map(({ name }) => name)).toEqual([
      'Read branch and pull request',
      'Create from "main"',
      'Get the URL',
      'Migrate',
      'Seed',
      'Look at what changed',
      'Show the report on the pull request',
      'Read the pull request again',
    ])
    const again = await provision(
      sceneOf({ ...reused, progress: { state: 'done', seed: 'h' }, seed: { hash: 'h' } }).ports,
      orderOf(),
    )
    expect(again.notes).toEqual([])
  })

  it('writes nothing down where there was nothing to do, and nothing is shown to nobody', async () => {
    const scene = sceneOf()
    const { enter, failOn, keep } = scene.ports.preparation!
    const { publish, ...ports } = scene.ports
    expect(publish).toBeDefined()
    const outcome = await provision({ ...ports, preparation: { enter, failOn, keep } }, orderOf())
    expect(told(scene)).toEqual(['find pr-7', 'create', 'enter', 'leave', 'output connection_string'])
    expect(outcome.notes).toEqual(['made'])
    expect(outcome.report).toMatchObject({ findings: [], problems: [] })
  })

  it('writes a seed down that came without migrations', async () => {
    const scene = sceneOf({ seed: { hash: 'h' } })
    const { migrate, look, ...rest } = scene.ports.preparation!
    expect([migrate, look]).not.toContain(undefined)
    await provision({ ...scene.ports, preparation: rest }, orderOf())
    expect(eventsOf(scene, 'begin', 'migrate', 'seed', 'finish')).toEqual(['begin', 'seed', 'finish h'])
  })

  it('fails with the command where nobody watches', async () => {
    const scene = sceneOf({ migrate: failed(undefined) })
    const { look, ...rest } = scene.ports.preparation!
    expect(look).toBeDefined()
    const shown: unknown[] = []
    const publish: PublishReport = async (seen) => void shown.push(seen)
    await expect(provision({ ...scene.ports, preparation: rest, publish }, orderOf())).rejects.toThrow(CommandError)
    const createdAt = '2026-11-22T08:00:00.000Z'
    const head = { branch: 'pr-7', parent: 'main', dataPolicy: 'schema_only', createdAt, reportedAt: createdAt }
    const migrate = { ms: 5, exit: undefined, failure: 'It is in the log.' }
    expect(shown).toEqual([{ ...head, migrate, findings: [], problems: [] }])
  })

  it.each<[string, () => Promise<number>, string[]]>([
    ['two', async () => 2, ['info Ended 2 sessions that the command left in the branch.']],
    ['one', async () => 1, ['info Ended 1 session that the command left in the branch.']],
    ['none', async () => 0, []],
    ['nobody knows how many', () => Promise.reject(new Error('lost')), []],
  ])('of sessions that a failed command left: %s', async (_what, endOthers, says) => {
    const stage = rebuilt(sceneOf({ migrate: failed(1) }), {}, { endOthers })
    await thrown(stage)
    expect(eventsOf(stage, 'info Ended')).toEqual(says)
  })

  it('ends with a run that is cancelled while it is shown', async () => {
    const publish: PublishReport = () => Promise.reject(new CancelledError('cancelled'))
    expect(await thrown(sceneOf({ publish }))).toBeInstanceOf(CancelledError)
  })

  it('shows no comment for a failure that is not the command’s', async () => {
    const stage = sceneOf({ migrate: () => Promise.reject(new TypeError('Unforeseen.')) })
    expect(await thrown(stage)).toBeInstanceOf(TypeError)
    expect(eventsOf(stage, 'tell')).toEqual([])
  })
})
