import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { setTimeout as sleep } from 'node:timers/promises'
import { Concurrency, type Entrant } from '../../../sim/runner/index.js'
import { jobOf, messages, Stage } from './stage.js'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.end())

const entrant = (changes: Partial<Entrant> = {}): Entrant => ({
  group: 'db-7',
  owner: {},
  cancelInProgress: false,
  queue: 'single',
  cancel: () => undefined,
  ...changes,
})

test('one runs, one waits, and a newcomer takes the place of the one that waits', async () => {
  const groups = new Concurrency()
  const first = await groups.enter(entrant())
  const second = groups.enter(entrant({ group: 'DB-7' }))
  const third = groups.enter(entrant())
  expect(await second).toEqual({
    admitted: false,
    reason: "Canceling since a higher priority waiting request for 'db-7' exists",
  })
  expect(groups.pending('db-7')).toBe(1)
  if (first.admitted) first.release()
  expect(await third).toMatchObject({ admitted: true })
})

test('queue: max keeps them all, in order', async () => {
  const groups = new Concurrency()
  const order: number[] = []
  const enter = async (index: number): Promise<void> => {
    const admission = await groups.enter(entrant({ queue: 'max' }))
    order.push(index)
    await sleep(1)
    if (admission.admitted) admission.release()
  }
  await Promise.all([1, 2, 3, 4].map(enter))
  expect(order).toEqual([1, 2, 3, 4])
})

test('cancel-in-progress asks the running one to stop; the newcomer starts when it has', async () => {
  const groups = new Concurrency()
  let cancelled = ''
  const first = await groups.enter(entrant({ cancel: (reason) => (cancelled = reason) }))
  const second = groups.enter(entrant({ cancelInProgress: true }))
  expect(cancelled).toContain('higher priority')
  if (first.admitted) first.release()
  expect(await second).toMatchObject({ admitted: true })
})

test('a workflow and its own job in one group are a deadlock', async () => {
  const groups = new Concurrency()
  const owner = {}
  await groups.enter(entrant({ owner }))
  expect(await groups.enter(entrant({ owner }))).toMatchObject({ admitted: false })
})

test('a name of 400 characters is refused, and queue: max with cancel-in-progress', async () => {
  const groups = new Concurrency()
  await expect(groups.enter(entrant({ group: 'x'.repeat(400) }))).rejects.toThrow('fewer than 400')
  await expect(groups.enter(entrant({ queue: 'max', cancelInProgress: true }))).rejects.toThrow('queue: max')
})

const workflow = (concurrency: string): string => `
on: pull_request
concurrency: ${concurrency}
jobs: { job: { runs-on: x, steps: [{ run: echo ready; exec sleep 0.5 }] } }
`

test('runs: of three in a group the first and the last finish', async () => {
  const concurrency = new Concurrency()
  const text = workflow('"pr-${{ github.event.number }}"')
  const runs = await Promise.all([1, 2, 3].map((runId) => stage.run(text, { concurrency, runId })))
  expect(runs.map(({ conclusion }) => conclusion)).toEqual(['success', 'cancelled', 'success'])
  expect(runs[1]?.jobs).toEqual([])
  expect(runs[2]?.jobs[0]?.startedAt).toBeGreaterThanOrEqual(
    (runs[0]?.startedAt ?? 0) + (runs[0]?.durationMs ?? 0) - 50,
  )
})

test('runs: cancel-in-progress cancels the first', async () => {
  const concurrency = new Concurrency()
  const text = workflow('{ group: x, cancel-in-progress: true }')
  let second: ReturnType<Stage['run']> | undefined
  const first = await stage.run(text, {
    concurrency,
    onLine: ({ text: line }) => {
      if (line === 'ready') second = stage.run(text, { concurrency })
    },
  })
  expect(first.conclusion).toBe('cancelled')
  expect(first.reason).toContain('higher priority')
  expect((await second)?.conclusion).toBe('success')
})

test('jobs: two workflows share the groups of their jobs', async () => {
  const concurrency = new Concurrency()
  const text = `
on: pull_request
jobs: { job: { runs-on: x, concurrency: { group: same }, steps: [{ run: sleep 0.3 }] } }
`
  const runs = await Promise.all([1, 2, 3].map((runId) => stage.run(text, { concurrency, runId })))
  expect(runs.map(({ conclusion }) => conclusion)).toEqual(['success', 'cancelled', 'success'])
  const cancelled = runs[1]
  expect(cancelled && messages(jobOf(cancelled).annotations)).toEqual([
    "Canceling since a higher priority waiting request for 'same' exists",
  ])
})
