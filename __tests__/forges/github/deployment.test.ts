import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitHub, startGitHub } from '../../../sim/github/index.js'
import { ForgeError } from '../../../src/errors.js'
import type { deploymentSign as Sign } from '../../../src/forges/github/deployment.js'
import { accessTo, endOf, type ForgeAccess } from '../../fixtures/forge.js'

let github: GitHub
let access: ForgeAccess
let deploymentSign: typeof Sign
let number = 100
let before = 0

beforeAll(async () => {
  delete process.env['GITHUB_API_URL']
  github = await startGitHub()
  access = await accessTo(github, { name: 'job', kind: 'workflow', permissions: { deployments: 'write' } })
  // The toolkit reads the API's address when it is imported.
  ;({ deploymentSign } = await import('../../../src/forges/github/deployment.js'))
})
beforeEach(() => {
  number += 1
  github.openPullRequest({ number })
  before = github.journal.length
})
afterAll(() => endOf(github))

const branch = () => `pr-${number}`
const head = () => github.pullRequests.get(number)!.head.sha
const sign = (change: { branch?: string; head?: string | undefined } = {}, { client } = access) =>
  deploymentSign(client, { branch: branch(), head: head(), ...change })

/** State of each deployment of this pull request's branches, oldest first. */
const shown = () =>
  [...github.deployments.values()]
    .filter(({ task }) => task.startsWith(`db-branch/${branch()}`))
    .map(({ task, statuses }) => `${task.split('/')[1]} ${statuses.at(-1)?.state}`)

describe('a deployment', () => {
  it('shows the branch at the head of the pull request, and says nothing but its name', async () => {
    await sign().publish({} as never)
    const made = [...github.deployments.values()].find(({ task }) => task === `db-branch/${branch()}`)
    expect(made).toMatchObject({
      sha: head(),
      environment: 'database branches',
      description: `Database branch ${branch()}`,
      payload: {},
      transient: true,
      production: false,
      statuses: [{ state: 'success', environmentUrl: '', logUrl: '', description: `Database branch ${branch()}` }],
    })
  })

  it('is made once for each commit, and the older ones end', async () => {
    await sign().publish({} as never)
    await sign().publish({} as never)
    expect(shown()).toEqual([`${branch()} success`])
    github.pushTo(number)
    await sign().publish({} as never)
    expect(shown()).toEqual([`${branch()} inactive`, `${branch()} success`])
  })

  it('never merges the base, nor waits for checks', async () => {
    Object.assign(github.pullRequests.get(number)!, { behindBase: true, checksPending: true })
    const sha = head()
    await sign().publish({} as never)
    expect([head(), shown()]).toEqual([sha, [`${branch()} success`]])
  })

  it('is inactive after the close, and comes back when the pull request is opened again', async () => {
    await sign().publish({} as never)
    expect(await sign({ head: undefined }).withdraw()).toBe('removed')
    expect(shown()).toEqual([`${branch()} inactive`])
    expect(await sign({ head: undefined }).withdraw()).toBe('absent')
    await sign().publish({} as never)
    expect(shown()).toEqual([`${branch()} inactive`, `${branch()} success`])
  })

  it('leaves those of other branches of the same pull request alone', async () => {
    await sign().publish({} as never)
    await sign({ branch: `${branch()}-orders` }).publish({} as never)
    await sign().withdraw()
    expect(shown()).toEqual([`${branch()} inactive`, `${branch()}-orders success`])
  })

  it('is not made where the head is not known', async () => {
    await sign({ head: undefined }).publish({} as never)
    expect(github.journal.length).toBe(before)
  })

  it('without permission fails with the one line that mends it', async () => {
    const weak = await accessTo(github, { name: 'read only', kind: 'workflow', permissions: { deployments: 'read' } })
    const failed = await sign({}, weak)
      .publish({} as never)
      .catch((error: unknown) => error as Error)
    expect(failed).toBeInstanceOf(ForgeError)
    expect((failed as Error).message).toMatch(
      /403 Resource not accessible by integration.*"permissions: deployments: write"/,
    )
    expect(sign().sign).toBe(true)
  })
})
