import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Octokit } from '@octokit/rest'
import sodium from 'libsodium-wrappers'
import { startGitHub, type GitHub } from '../../../sim/github/index.js'
import { closeClean, failureOf, here, octokitFor } from './client.js'

let github: GitHub
let octokit: Octokit

beforeEach(async () => {
  github = await startGitHub()
  octokit = octokitFor(github)
})

// Whatever a real Octokit asked for in this file was well formed, and so was every answer.
afterEach(() => closeClean(github))

/** As any client of the API does it: fetch the key, seal, upload. */
async function upload(name: string, secret: { name: string; value: string; keyId?: string }): Promise<number> {
  const at = { ...here(github), environment_name: name }
  const { data } = await octokit.actions.getEnvironmentPublicKey(at)
  const sealed = sodium.crypto_box_seal(secret.value, sodium.from_base64(data.key, sodium.base64_variants.ORIGINAL))
  const { status } = await octokit.actions.createOrUpdateEnvironmentSecret({
    ...at,
    secret_name: secret.name,
    encrypted_value: sodium.to_base64(sealed, sodium.base64_variants.ORIGINAL),
    key_id: secret.keyId ?? data.key_id,
  })
  return status
}

describe('an environment', () => {
  it('is created, updated, listed and deleted, whatever the case and the slashes of its name', async () => {
    const at = { ...here(github), environment_name: 'preview/PR-7' }
    const created = await octokit.repos.createOrUpdateEnvironment({
      ...at,
      wait_timer: 5,
      reviewers: [{ type: 'User', id: 99 }],
    })
    expect(created.data.name).toBe('preview/PR-7')
    expect(github.environments.get('preview/PR-7')?.protectionRules.map(({ type }) => type)).toEqual([
      'wait_timer',
      'required_reviewers',
    ])
    expect((await octokit.repos.getEnvironment({ ...at, environment_name: 'PREVIEW/pr-7' })).data.id).toBe(
      created.data.id,
    )
    await octokit.repos.createOrUpdateEnvironment({
      ...at,
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    })
    expect(github.environments.get('preview/PR-7')?.protectionRules.map(({ type }) => type)).toEqual(['branch_policy'])
    expect((await octokit.repos.getAllEnvironments(here(github))).data).toMatchObject({
      total_count: 1,
      environments: [{ name: 'preview/PR-7' }],
    })
    expect((await octokit.repos.deleteAnEnvironment(at)).status).toBe(204)
    expect((await failureOf(octokit.repos.deleteAnEnvironment(at))).status).toBe(404)
    expect((await failureOf(octokit.repos.getEnvironment(at))).status).toBe(404)
  })

  it.each([true, false])('refuses both branch policies being %s', async (flag) => {
    const deployment_branch_policy = { protected_branches: flag, custom_branch_policies: flag }
    const call = octokit.repos.createOrUpdateEnvironment({
      ...here(github),
      environment_name: 'x',
      deployment_branch_policy,
    })
    expect((await failureOf(call)).status).toBe(422)
    expect(github.environments.size).toBe(0)
  })

  it('appears without rules when a job names it', () => {
    github.ensureEnvironment('pr-7')
    expect(github.ensureEnvironment('PR-7')).toBe(github.environments.get('pr-7'))
    expect(github.environments.get('pr-7')).toMatchObject({ protectionRules: [], branchPolicy: null })
  })
})

describe('a secret', () => {
  it('arrives decrypted, is overwritten, and its value is never read back', async () => {
    github.ensureEnvironment('pr-7')
    const url = 'postgresql://u:p%40ss@host/db?sslmode=require&ä'
    expect(await upload('pr-7', { name: 'database_url', value: 'old' })).toBe(201)
    expect(await upload('pr-7', { name: 'DATABASE_URL', value: url })).toBe(204)
    expect(github.environmentSecrets('PR-7')).toEqual({ DATABASE_URL: url })
    const { data } = await octokit.actions.listEnvironmentSecrets({ ...here(github), environment_name: 'pr-7' })
    expect(data.secrets.map(({ name }) => name)).toEqual(['DATABASE_URL'])
    expect(JSON.stringify([data, github.journal])).not.toContain('sslmode')
    const at = { ...here(github), environment_name: 'pr-7', secret_name: 'DATABASE_URL' }
    await octokit.actions.deleteEnvironmentSecret(at)
    expect(github.environmentSecrets('pr-7')).toEqual({})
    expect((await failureOf(octokit.actions.deleteEnvironmentSecret(at))).status).toBe(404)
  })

  it('goes with its environment', async () => {
    github.ensureEnvironment('pr-7')
    await upload('pr-7', { name: 'X', value: 'x' })
    await octokit.repos.deleteAnEnvironment({ ...here(github), environment_name: 'pr-7' })
    github.ensureEnvironment('pr-7')
    expect(github.environmentSecrets('pr-7')).toEqual({})
  })

  it('is refused: wrong key, not sealed for it, too large, bad name, no environment', async () => {
    github.ensureEnvironment('pr-7')
    github.ensureEnvironment('pr-8')
    expect((await failureOf(upload('pr-7', { name: 'X', value: 'x', keyId: '1' }))).status).toBe(422)
    expect((await upload('pr-7', { name: 'X', value: 'x'.repeat(48 * 1024) })).toString()).toBe('201')
    expect((await failureOf(upload('pr-7', { name: 'Y', value: 'x'.repeat(48 * 1024 + 1) }))).status).toBe(422)
    expect((await failureOf(upload('pr-7', { name: '1X', value: 'x' }))).status).toBe(422)
    expect((await failureOf(upload('pr-7', { name: 'GITHUB_X', value: 'x' }))).status).toBe(422)
    expect((await failureOf(upload('pr-9', { name: 'X', value: 'x' }))).status).toBe(404)
    const at = { ...here(github), environment_name: 'pr-7', secret_name: 'Z' }
    const { data: other } = await octokit.actions.getEnvironmentPublicKey({ ...here(github), environment_name: 'pr-8' })
    const { data: own } = await octokit.actions.getEnvironmentPublicKey({ ...here(github), environment_name: 'pr-7' })
    const sealed = sodium.crypto_box_seal('x', sodium.from_base64(other.key, sodium.base64_variants.ORIGINAL))
    const encrypted_value = sodium.to_base64(sealed, sodium.base64_variants.ORIGINAL)
    expect(
      (await failureOf(octokit.actions.createOrUpdateEnvironmentSecret({ ...at, encrypted_value, key_id: own.key_id })))
        .status,
    ).toBe(422)
    expect(Object.keys(github.environmentSecrets('pr-7'))).toEqual(['X'])
  })

  it('number 101 is refused, and number 100 can still be replaced', async () => {
    const { secrets } = github.ensureEnvironment('pr-7')
    const at = new Date()
    for (let n = 1; n <= 100; n += 1) secrets.set(`S${n}`, { name: `S${n}`, value: 'v', createdAt: at, updatedAt: at })
    expect((await failureOf(upload('pr-7', { name: 'S101', value: 'x' }))).status).toBe(422)
    expect(await upload('pr-7', { name: 'S100', value: 'x' })).toBe(204)
  })
})

it('variables are created, changed, listed and deleted', async () => {
  github.ensureEnvironment('pr-7')
  const at = { ...here(github), environment_name: 'pr-7' }
  await octokit.actions.createEnvironmentVariable({ ...at, name: 'branch', value: 'a' })
  expect(
    (await failureOf(octokit.actions.createEnvironmentVariable({ ...at, name: 'BRANCH', value: 'a' }))).status,
  ).toBe(409)
  await octokit.actions.updateEnvironmentVariable({ ...at, name: 'BRANCH', value: 'b' })
  expect(github.environmentVariables('pr-7')).toEqual({ BRANCH: 'b' })
  expect((await octokit.actions.getEnvironmentVariable({ ...at, name: 'BRANCH' })).data.value).toBe('b')
  expect((await octokit.actions.listEnvironmentVariables(at)).data.total_count).toBe(1)
  await octokit.actions.deleteEnvironmentVariable({ ...at, name: 'BRANCH' })
  expect(github.environmentVariables('pr-7')).toEqual({})
})

describe('a deployment', () => {
  const careful = {
    auto_merge: false,
    required_contexts: [],
    transient_environment: true,
    production_environment: false,
  }

  it('of a head commit gets statuses, and makes its environment appear', async () => {
    const { head } = github.openPullRequest({ number: 7, head: 'fork' })
    const { data } = await octokit.repos.createDeployment({
      ...here(github),
      ...careful,
      ref: head.sha,
      environment: 'pr-7',
    })
    const deployment = data as { id: number; sha: string }
    expect(deployment.sha).toBe(head.sha)
    expect(github.environments.has('pr-7')).toBe(true)
    const at = { ...here(github), deployment_id: deployment.id }
    await octokit.repos.createDeploymentStatus({ ...at, state: 'in_progress' })
    await octokit.repos.createDeploymentStatus({ ...at, state: 'success', environment_url: 'https://example.com' })
    expect((await octokit.repos.listDeploymentStatuses(at)).data.map(({ state }) => state)).toEqual([
      'success',
      'in_progress',
    ])
    expect((await octokit.repos.listDeployments({ ...here(github), environment: 'pr-7' })).data).toHaveLength(1)
    expect((await octokit.repos.listDeployments({ ...here(github), environment: 'pr-8' })).data).toHaveLength(0)
    expect((await octokit.repos.getDeployment(at)).data.transient_environment).toBe(true)
  })

  it('punishes the defaults: 202 merges the base, 409 waits for checks, 422 knows no such ref', async () => {
    github.openPullRequest({ number: 7, behindBase: true })
    github.openPullRequest({ number: 8, checksPending: true })
    const before = github.pullRequests.get(7)?.head.sha
    expect((await octokit.repos.createDeployment({ ...here(github), ref: 'feature-7' })).status).toBe(202)
    expect(github.pullRequests.get(7)?.head.sha).not.toBe(before)
    expect((await failureOf(octokit.repos.createDeployment({ ...here(github), ref: 'feature-8' }))).status).toBe(409)
    expect((await failureOf(octokit.repos.createDeployment({ ...here(github), ...careful, ref: 'gone' }))).status).toBe(
      422,
    )
    const description = 'x'.repeat(141)
    expect(
      (await failureOf(octokit.repos.createDeployment({ ...here(github), ...careful, ref: 'main', description })))
        .status,
    ).toBe(422)
    expect(github.deployments.size).toBe(0)
  })

  it('is deleted once inactive, or if it is the only one', async () => {
    const create = async (options: object) => {
      const { data } = await octokit.repos.createDeployment({
        ...here(github),
        ...careful,
        ...options,
        ref: 'main',
        environment: 'pr-7',
      })
      const at = { ...here(github), deployment_id: (data as { id: number }).id }
      await octokit.repos.createDeploymentStatus({ ...at, state: 'success' })
      return at
    }
    const first = await create({ transient_environment: false })
    const second = await create({})
    expect(github.deployments.get(first.deployment_id)?.statuses.at(-1)?.state).toBe('inactive')
    expect((await failureOf(octokit.repos.deleteDeployment(second))).status).toBe(422)
    await octokit.repos.deleteDeployment(first)
    await octokit.repos.deleteDeployment(second)
    expect(github.deployments.size).toBe(0)
  })
})
