import { CancelledError, ForgeError, RedirectError } from '../../errors.js'
import type { LastingSink } from '../../ports.js'
import { explain, type GitHubClient } from './client.js'
import { requireStatus } from './status.js'

/**
 * One environment for all: it is shown with every deployment, it holds nothing, and the job's own token, which makes it
 * with the first deployment, could never delete one of each pull request.
 */
const environment = 'database branches'

/** More than a pull request ever has at a time; each run leaves one. */
const mostAtOnce = 100

interface Deployment {
  readonly id: number
  readonly sha: string
}

/**
 * Shows the branch among the deployments of the pull request: active while there is a branch, destroyed afterwards.
 * Holds the name of the branch and nothing that lets anybody in.
 * Source: https://docs.github.com/rest/deployments/deployments and …/deployments/statuses
 */
export function deploymentSign(
  { rest, repo }: GitHubClient,
  {
    branch,
    head,
  }: { branch: string; /** Commit; undefined where the run does not know it. */ head: string | undefined },
): LastingSink {
  // Repositories with several databases have several branches per pull request.
  const task = `db-branch/${branch}`
  const description = `Database branch ${branch}`
  const name = `deployment that shows "${branch}"`

  async function ours(): Promise<Deployment[]> {
    const { data } = await rest.repos.listDeployments({ ...repo, task, environment, per_page: mostAtOnce })
    if (!Array.isArray(data)) throw new ForgeError('GitHub sent a list of deployments that is none')
    return data.map(({ id, sha }) => ({ id, sha }))
  }

  async function isActive({ id }: Deployment): Promise<boolean> {
    const { data } = await rest.repos.listDeploymentStatuses({ ...repo, deployment_id: id, per_page: 1 })
    return !Array.isArray(data) || data[0]?.state !== 'inactive'
  }

  async function setState({ id }: Pick<Deployment, 'id'>, state: 'success' | 'inactive'): Promise<void> {
    // Left on, `auto_inactive` would end the signs of other branches that are not transient.
    const status = { ...repo, deployment_id: id, state, description, auto_inactive: false } as const
    requireStatus(await rest.repos.createDeploymentStatus(status), [201])
  }

  async function create(ref: string): Promise<void> {
    const answer = await rest.repos.createDeployment({
      ...repo,
      ref,
      task,
      environment,
      description,
      payload: {},
      // Both defaults surprise: one merges the base into the git branch, the other waits for every check.
      auto_merge: false,
      required_contexts: [],
      transient_environment: true,
      production_environment: false,
    })
    const { id } = requireStatus(answer, [201]).data as { id?: unknown }
    if (typeof id !== 'number') throw new ForgeError('GitHub sent a deployment without an id')
    await setState({ id }, 'success')
  }

  /** A transient deployment that is inactive is shown as destroyed. */
  async function end(deployments: readonly Deployment[]): Promise<number> {
    let ended = 0
    for (const deployment of deployments) {
      if (!(await isActive(deployment))) continue
      await setState(deployment, 'inactive')
      ended += 1
    }
    return ended
  }

  return {
    name,
    sign: true,
    async publish() {
      if (head === undefined) return
      try {
        const seen = await ours()
        const current = seen.filter(({ sha }) => sha === head)
        const active = await firstActive(current, isActive)
        if (!active) await create(head)
        await end(seen.filter((each) => each !== active))
      } catch (error) {
        throw failure(`Showing the ${name} failed`, error)
      }
    },
    async withdraw() {
      try {
        return (await end(await ours())) > 0 ? 'removed' : 'absent'
      } catch (error) {
        throw failure(`Ending the ${name} failed`, error)
      }
    },
  }
}

async function firstActive(
  deployments: readonly Deployment[],
  isActive: (deployment: Deployment) => Promise<boolean>,
): Promise<Deployment | undefined> {
  for (const deployment of deployments) if (await isActive(deployment)) return deployment
  return undefined
}

function failure(what: string, error: unknown): Error {
  if (error instanceof CancelledError) return error
  if (error instanceof ForgeError || error instanceof RedirectError)
    return new ForgeError(`${what}: ${error.message}.`, { cause: error })
  const { status, text } = explain(error)
  const denied = status === 401 || status === 403 || status === 404
  const advice = denied
    ? 'Give the job "permissions: deployments: write"; runs of pull requests from forks and of Dependabot\'s never have it.'
    : 'The next run tries again.'
  return new ForgeError(`${what}: ${text}. ${advice}`, { cause: error })
}
