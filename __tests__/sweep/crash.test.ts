import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type GitHub, startGitHub } from '../../sim/github/index.js'
import { CancelledError, ProviderError } from '../../src/errors.js'
import { endOf } from '../fixtures/forge.js'
import {
  addBranch,
  addEnvironment,
  addPullRequest,
  clear,
  emptyPlatform,
  namesOf,
  now,
  type Platform,
  type SweepSetting,
  sweep,
} from './scene.js'
import { atWrite } from './writes.js'

let github: GitHub

beforeAll(async () => {
  delete process.env['GITHUB_API_URL']
  github = await startGitHub({ now: () => now, repositoryId: 42 })
})
afterAll(() => endOf(github))

const sinkWrites = ['actions/delete-environment-secret', 'repos/delete-an-environment']

/** Three due branches with their environments, one without, one environment without branch; the rest is to stay. */
function build(): Platform {
  clear(github)
  const platform = emptyPlatform()
  for (const number of [1, 2, 3, 4]) {
    addPullRequest(github, number, { closed: 8 })
    addBranch(platform, number)
    if (number < 4) addEnvironment(github, `pr-${number}`)
  }
  addPullRequest(github, 5, { closed: 8 })
  addEnvironment(github, 'pr-5')
  addPullRequest(github, 6)
  addBranch(platform, 6)
  addEnvironment(github, 'pr-6')
  addPullRequest(github, 7, { closed: 8 })
  addEnvironment(github, 'pr-7', false)
  addBranch(platform, 8, { repository: 43 })
  platform.branches.set('main', { id: 'm', name: 'main', claim: { kind: 'none' } })
  return platform
}

const standing = (platform: Platform) => [...platform.branches.keys(), ...github.environments.keys()].sort()
const final = ['main', 'pr-6', 'pr-6', 'pr-7', 'pr-8']

const writing = (platform: Platform) => ({ github, platform, sinkWrites, platformWrites: /^delete / })
const environments: SweepSetting = { environments: true }

it('without a fault everything due goes, in 14 writes', async () => {
  const platform = build()
  const writes = atWrite(0, { ...writing(platform), moment: 'before' }, () => undefined)
  await sweep(github, platform, environments)
  writes.off()
  expect([writes.count(), standing(platform)]).toEqual([14, final])
})

describe.each([1, 3])('%i at a time', (concurrency) => {
  const setting = { ...environments, change: { concurrency } }
  // One after the other every write is met; with several at a time the first, the middle and the last are enough.
  const all = concurrency === 1 ? Array.from({ length: 14 }, (_, index) => index + 1) : [1, 2, 3, 5, 8, 14]

  it.each(all)('write %i fails for good: the rest is done, and the next run does it all', async (k) => {
    const platform = build()
    const faults: { remove(): void; hits: number }[] = []
    const writes = atWrite(k, { ...writing(platform), moment: 'before' }, (operation) => {
      if (operation === undefined) throw new ProviderError('DROP DATABASE failed: no.')
      faults.push(github.fault({ operation, kind: 'status', status: 500, times: 4 * concurrency }))
    })
    const done = await sweep(github, platform, setting)
    writes.off()
    for (const fault of faults) fault.remove()
    const told = done.outcome.results.filter((result) => result.status === 'failed' || result.fault !== undefined)
    expect(told.length).toBeGreaterThan(0)
    expect(namesOf(done, 'deleted').length).toBeGreaterThanOrEqual(4)
    expect(standing(platform)).toEqual(expect.arrayContaining(final))

    const next = await sweep(github, platform, setting)
    expect(standing(platform)).toEqual(final)
    expect(next.outcome.results.filter((result) => result.status === 'failed' || result.fault)).toEqual([])
  })

  describe.each(['before', 'after'] as const)('the run dies right %s', (moment) => {
    it.each(all)('write %i, and the next run does the rest', async (k) => {
      const platform = build()
      const abort = new AbortController()
      const writes = atWrite(k, { ...writing(platform), moment }, () => abort.abort())
      await sweep(github, platform, { ...setting, abort }).then(
        // The very last write may be done before anybody notices.
        () => expect([moment, k]).toEqual([moment, 14]),
        (error: unknown) => expect(error).toBeInstanceOf(CancelledError),
      )
      const started = writes.count()
      writes.off()
      expect(started - k).toBeLessThan(concurrency)
      const left = standing(platform)
      expect(left).toEqual(expect.arrayContaining(final))
      // No secret outlives its branch unseen: the branch, or the variable, is there for the next run.
      for (const name of github.environments.keys()) {
        if (!platform.branches.has(name) && name !== 'pr-7')
          expect(github.environmentVariables(name)).toHaveProperty('DB_BRANCH_ACTION')
      }
      const next = await sweep(github, platform, setting)
      expect(standing(platform)).toEqual(final)
      expect(next.outcome.results.filter((result) => result.status === 'failed' || result.fault)).toEqual([])
    })
  })
})
