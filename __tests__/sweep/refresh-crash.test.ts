import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type GitHub, startGitHub } from '../../sim/github/index.js'
import { CancelledError, ProviderError } from '../../src/errors.js'
import { endOf } from '../fixtures/forge.js'
import {
  addBranch,
  addEnvironment,
  addPullRequest,
  ago,
  clear,
  emptyPlatform,
  now,
  type Platform,
  sweep,
  sweepRefresh,
  urlOf,
} from './scene.js'
import { atWrite } from './writes.js'

let github: GitHub

beforeAll(async () => {
  delete process.env['GITHUB_API_URL']
  github = await startGitHub({ now: () => now, repositoryId: 42 })
})
afterAll(() => endOf(github))

const due = [1, 2]

/** Two due branches with their environments, one that is fresh, one of a closed pull request, one of somebody else. */
function build(): Platform {
  clear(github)
  const platform = emptyPlatform()
  for (const number of [1, 2, 3]) {
    addPullRequest(github, number)
    addBranch(platform, number, number === 3 ? { createdAt: ago(1).toISOString() } : {})
    addEnvironment(github, `pr-${number}`, true, urlOf(`pr-${number}`))
  }
  addPullRequest(github, 4, { closed: 1 })
  addBranch(platform, 4)
  addBranch(platform, 5, { repository: 43 })
  platform.branches.set('main', { id: 'm', name: 'main', claim: { kind: 'none' } })
  return platform
}

const settled = ['main', 'pr-1', 'pr-2', 'pr-3', 'pr-4', 'pr-5']
const setting = { environments: true }
const writing = (platform: Platform) => ({
  github,
  platform,
  sinkWrites: ['actions/create-or-update-environment-secret'],
  platformWrites: /^(build|swap|drop|delete) /,
})

/** At any moment: each branch is there, complete, with the old or the new data, and the secret is the URL it always was. */
function expectServed(platform: Platform): void {
  expect([...platform.branches.keys()]).toEqual(expect.arrayContaining(settled))
  for (const name of settled) expect(platform.branches.get(name)?.leftover).toBeUndefined()
  for (const number of [3, 4, 5]) expect(platform.branches.get(`pr-${number}`)?.id).toBe(`id-${number}`)
  for (const name of ['pr-1', 'pr-2', 'pr-3'])
    expect(github.environmentSecrets(name)).toEqual({ DATABASE_URL: urlOf(name) })
}

/** The next refresh and the next cleanup: every due branch is new, and nothing half-built is left. */
async function expectConverged(platform: Platform): Promise<void> {
  const again = await sweepRefresh(github, platform, setting)
  expect(again.outcome.results.filter(({ status, fault }) => status === 'failed' || fault !== undefined)).toEqual([])
  for (const number of due) expect(platform.branches.get(`pr-${number}`)?.id).not.toBe(`id-${number}`)
  expectServed(platform)
  await sweep(github, platform, setting)
  expect([...platform.branches.keys()].sort()).toEqual(settled)
  expectServed(platform)
}

it('without a fault the two due ones are rebuilt, in 8 writes', async () => {
  const platform = build()
  const writes = atWrite(0, { ...writing(platform), moment: 'before' }, () => undefined)
  await sweepRefresh(github, platform, setting)
  writes.off()
  expect([writes.count(), platform.replaced]).toEqual([8, ['id-1', 'id-2']])
  await expectConverged(platform)
})

const every = [1, 2, 3, 4, 5, 6, 7, 8]

describe.each(['before', 'after'] as const)('right %s', (moment) => {
  it.each(every)('write %i the platform fails or GitHub does: the other branch is rebuilt all the same', async (k) => {
    const platform = build()
    const faults: { remove(): void }[] = []
    const writes = atWrite(k, { ...writing(platform), moment }, (operation) => {
      if (operation === undefined) throw new ProviderError('ALTER DATABASE failed: no.')
      faults.push(github.fault({ operation, kind: 'status', status: 500, times: 4 }))
    })
    await sweepRefresh(github, platform, setting)
    writes.off()
    for (const fault of faults) fault.remove()
    const other = k <= 4 ? 2 : 1
    expect(platform.branches.get(`pr-${other}`)?.id).not.toBe(`id-${other}`)
    expectServed(platform)
    await expectConverged(platform)
  })

  it.each(every)('write %i the run dies, and the next one does the rest', async (k) => {
    const platform = build()
    const abort = new AbortController()
    const writes = atWrite(k, { ...writing(platform), moment }, () => abort.abort())
    await sweepRefresh(github, platform, { ...setting, abort }).then(
      // The very last write may be done before anybody notices.
      () => expect(k).toBe(8),
      (error: unknown) => expect(error).toBeInstanceOf(CancelledError),
    )
    const started = writes.count()
    writes.off()
    expect(started).toBe(k)
    expectServed(platform)
    await expectConverged(platform)
  })
})
