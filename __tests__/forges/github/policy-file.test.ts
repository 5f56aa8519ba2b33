import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type FaultKind, type GitHub, startGitHub } from '../../../sim/github/index.js'
import type { ForgePorts } from '../../../src/ports.js'
import { Secret } from '../../../src/secret.js'
import { testClock } from '../../fixtures/clock.js'
import { endOf } from '../../fixtures/forge.js'
import { stageOf } from '../../fixtures/lifecycle.js'

const path = '.github/db-branch.yml'
const text = 'version: 1 # é\n'

let github: GitHub

beforeAll(async () => {
  github = await startGitHub({ private: true, contents: { [path]: text } })
})
afterAll(() => endOf(github))

async function read(permissions: Record<string, 'read'> = { contents: 'read' }, file = path, ref?: string) {
  const { openGitHub } = await import('../../../src/forges/github/index.js')
  const token = new Secret(github.token({ name: 'job', kind: 'workflow', permissions }))
  const { readFile }: ForgePorts = openGitHub({
    repository: github.repository,
    token,
    environment: undefined,
    apiUrl: github.url,
    fetch,
    job: stageOf().ports.job,
    clock: testClock(),
    signal: new AbortController().signal,
  })
  return readFile({ path: file, ...(ref !== undefined && { ref }) })
}

describe('a file of the default branch', () => {
  it('is read whole', async () => {
    expect(await read()).toEqual({ known: true, value: text })
  })

  it('that is not there is known to be absent', async () => {
    expect(await read(undefined, 'nowhere.yml')).toEqual({ known: true, value: undefined })
  })

  it('at a commit is that of the commit, and unknown where there is no such commit', async () => {
    const { head } = github.openPullRequest({ number: 7 })
    expect(await read(undefined, path, head.sha)).toEqual({ known: true, value: text })
    github.writeFile(path, 'another', { ref: head.sha })
    expect(await read(undefined, path, head.sha)).toEqual({ known: true, value: 'another' })
    expect(await read(undefined, path, 'f'.repeat(40))).toMatchObject({ known: false })
  })

  it('is unknown without the permission, which is named', async () => {
    expect(await read({})).toMatchObject({ known: false, why: expect.stringMatching(/contents: read"$/) })
  })

  it('is none when it is a folder', async () => {
    expect(await read(undefined, '.github')).toMatchObject({ known: false })
  })

  it.each<[string, FaultKind]>([
    ['401', { kind: 'status', status: 401 }],
    ['403', { kind: 'status', status: 403 }],
    ['429', { kind: 'status', status: 429 }],
    ['500', { kind: 'status', status: 500 }],
    ['a reset connection', { kind: 'reset' }],
  ])('is unknown after %s, never absent', async (_name, fault) => {
    const scheduled = github.fault({ operation: 'repos/get-content', times: 99, ...fault })
    expect(await read()).toMatchObject({ known: false })
    scheduled.remove()
  })

  it('is unknown when neither it nor the repository is shown', async () => {
    const faults = ['repos/get-content', 'repos/get'].map((operation) =>
      github.fault({ operation, times: 99, kind: 'status', status: 404 }),
    )
    expect(await read()).toMatchObject({ known: false, why: expect.stringMatching(/404/) })
    for (const fault of faults) fault.remove()
  })
})
