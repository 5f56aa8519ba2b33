import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitLab, startGitLab } from '../../../sim/gitlab/index.js'
import type { Variable } from '../../../sim/gitlab/state.js'
import type { Connection, Sink } from '../../../src/ports.js'
import { Secret } from '../../../src/secret.js'
import { endOf, faults, gitlabAccess, type GitLabSetting } from '../../fixtures/gitlab.js'

let gitlab: GitLab

beforeAll(async () => {
  gitlab = await startGitLab()
})
beforeEach(() => void gitlab.variables.splice(0))
afterAll(() => endOf(gitlab))

const url = "postgresql://u:p%20a!'()*$HOME@host:5432/pr-7?sslmode=require"
const scope = 'review/pr-7'
const description = `db-branch-action: made for the merge request of ${scope}`

function connection(text = url, pooled?: string): Connection {
  return {
    url: new Secret(text),
    ...(pooled !== undefined && { pooledUrl: new Secret(pooled) }),
    host: 'host',
    port: 5432,
    database: 'pr-7',
    username: 'u',
    password: new Secret('p'),
  }
}

const foreign: Variable = {
  key: 'DATABASE_URL',
  value: 'theirs',
  variable_type: 'env_var',
  environment_scope: scope,
  masked: false,
  hidden: false,
  protected: false,
  raw: false,
  description: null,
}

function sink(setting: GitLabSetting = {}): Sink {
  const [only] = gitlabAccess(gitlab, setting).sinksFor(7)
  return only!
}

const withdraw = (setting: GitLabSetting = {}) => sink(setting).withdraw!()
const writes = () => gitlab.journal.filter(({ method }) => method !== 'GET').length

describe('the variable with the URL', () => {
  it('is masked, not expanded, for one environment only, and unprotected as merge requests are', async () => {
    await sink().publish(connection(url, 'postgresql://u:p@pooler/pr-7'))
    const common = { variable_type: 'env_var', environment_scope: scope, masked: true, raw: true, description }
    expect(gitlab.variables).toEqual([
      expect.objectContaining({ key: 'DATABASE_URL', value: url, protected: false, ...common }),
      expect.objectContaining({ key: 'DATABASE_URL_POOLED', value: 'postgresql://u:p@pooler/pr-7', ...common }),
    ])
  })

  it('is protected where the job is', async () => {
    await sink({ isProtected: true }).publish(connection())
    expect(gitlab.variables).toMatchObject([{ protected: true }])
  })

  it('is written again only when it changes', async () => {
    await sink().publish(connection())
    const before = writes()
    await sink().publish(connection())
    expect(writes()).toBe(before)
    await sink().publish(connection('postgresql://u:other@host/pr-7'))
    expect(writes()).toBe(before + 1)
    expect(gitlab.variables).toMatchObject([{ value: 'postgresql://u:other@host/pr-7', masked: true }])
  })

  it('leaves those of other environments alone', async () => {
    const others = ['*', 'production', 'review/pr-70', 'review/*'].map((environment_scope) => ({
      ...foreign,
      environment_scope,
    }))
    gitlab.variables.push(...others)
    await sink().publish(connection())
    expect(await withdraw()).toBe('removed')
    expect(gitlab.variables).toEqual(others)
  })

  it('never takes the place of what somebody else made, and never takes that away', async () => {
    gitlab.variables.push({ ...foreign })
    await expect(sink().publish(connection())).rejects.toThrow('this action did not make it')
    expect(await withdraw()).toBe('absent')
    expect(gitlab.variables).toEqual([foreign])
  })

  it('is not left behind unmasked by a server that stores it so', async () => {
    const off = gitlab.before('POST /projects/{project}/variables', ({ body }) => {
      Object.assign(body as object, { masked: false })
    })
    await expect(sink().publish(connection())).rejects.toThrow('without a mask')
    off()
    expect(gitlab.variables).toEqual([])
  })

  it('is refused where GitLab could not mask it', async () => {
    const before = writes()
    await expect(sink().publish(connection('postgresql://u:a b@h/d'))).rejects.toThrow('GitLab masks no value')
    expect([writes(), gitlab.variables]).toEqual([before, []])
  })

  it('goes with its pooled twin, whether or not there is one any more', async () => {
    await sink().publish(connection(url, 'postgresql://u:p@pooler/pr-7'))
    gitlab.variables.shift()
    expect(await withdraw()).toBe('removed')
    expect(gitlab.variables).toEqual([])
    expect(await withdraw()).toBe('absent')
  })
})

describe('a failure', () => {
  it.each(['developer', 'reporter'] as const)('of a %s names the role and the scope, and no URL', async (role) => {
    const failed = sink({ token: { role } }).publish(connection())
    await expect(failed).rejects.toThrow(/^Writing variable DATABASE_URL of environment review\/pr-7 failed: .*403/)
    await expect(failed).rejects.toThrow('role Maintainer and the scope api')
    await expect(failed).rejects.not.toThrow('sslmode')
  })

  const operations = ['GET', 'POST', 'DELETE'].map((method) =>
    method === 'POST' ? `POST /projects/{project}/variables` : `${method} /projects/{project}/variables/{key}`,
  )
  it.each(operations.flatMap((operation) => faults.map(([what, fault]) => [operation, what, fault] as const)))(
    'of %s by %s is told, or done',
    async (operation, _what, fault) => {
      const scheduled = gitlab.fault({ operation, times: 99, ...fault })
      const published = await sink()
        .publish(connection())
        .then(
          () => true,
          () => false,
        )
      if (published) expect(gitlab.variables).toMatchObject([{ value: url, masked: true }])
      const withdrawn = await withdraw().catch(() => 'failed')
      scheduled.remove()
      if (withdrawn !== 'failed') expect(gitlab.variables).toEqual([])
      expect(scheduled.hits).toBeGreaterThan(0)
    },
  )

  it('to see the project is no absence', async () => {
    await sink().publish(connection())
    const withdrawn = withdraw({ project: 43 })
    await expect(withdrawn).rejects.toThrow('Removing variable DATABASE_URL of environment review/pr-7 failed')
    expect(gitlab.variables).toHaveLength(1)
  })
})

describe('environments of merge requests', () => {
  it('are those that hold a variable of ours, over all pages', async () => {
    for (let number = 1; number <= 120; number++) {
      gitlab.variables.push({ ...foreign, key: `OTHER_${number}`, environment_scope: '*' })
    }
    await sink().publish(connection(url, 'postgresql://u:p@pooler/pr-7'))
    gitlab.variables.push({ ...foreign, environment_scope: 'review/pr-8' })
    gitlab.variables.push({ ...foreign, environment_scope: 'review/pr-9', description })
    const { environments } = gitlabAccess(gitlab)
    expect(await environments!.list()).toEqual({ known: true, value: [{ name: scope, pullRequest: 7 }] })
    expect(await environments!.claimed({ name: scope, pullRequest: 7 })).toBe(true)
    expect(await environments!.claimed({ name: 'review/pr-8', pullRequest: 8 })).toBe(false)
  })

  it.each(faults)('are unknown after %s', async (_what, fault) => {
    const scheduled = gitlab.fault({ operation: 'GET /projects/{project}/variables', times: 99, ...fault })
    expect(await gitlabAccess(gitlab).environments!.list()).toMatchObject({ known: false })
    scheduled.remove()
  })
})
