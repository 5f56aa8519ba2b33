import { type Known, known, unknown } from '../../domain/known.js'
import { CancelledError, ForgeError, RedirectError } from '../../errors.js'
import type { ClaimedEnvironment, Connection, Job, LastingSink, UrlMark } from '../../ports.js'
import type { Secret } from '../../secret.js'
import { explain, type GitHubClient } from './client.js'
import { type KeptMark, keptMark } from './kept-mark.js'
import { requireStatus, unless404 } from './status.js'

const claimVariable = 'DB_BRANCH_ACTION'

function claimText(environment: string): string {
  return `made for the pull request of ${environment}`
}

/**
 * The URL as a secret of an environment of its own, for later jobs that name this environment.
 * https://docs.github.com/rest/deployments/environments and https://docs.github.com/rest/actions/secrets
 */
export function environmentSink(
  { rest, repo }: GitHubClient,
  target: {
    environment: string
    secret: string
    /** Undefined: nobody can tell whether the secret holds the URL already, and it is written each time. */
    mark?: UrlMark | undefined
  },
  job: Pick<Job, 'debug'>,
): LastingSink {
  const { environment, secret, mark } = target
  const environmentName = { ...repo, environment_name: environment }
  const name = `secret ${secret} of environment ${environment}`

  /**
   * The public key, of an environment made for it when missing. Only made when missing, because PUT replaces the
   * protection rules of an environment that exists. Asking for the key tells whether it does, with the permission we
   * need anyway; reading the environment itself would take a third one (Actions: read).
   */
  async function publicKey(): Promise<{ key_id: string; key: string }> {
    const read = async () => (await rest.actions.getEnvironmentPublicKey(environmentName)).data
    let answer: unknown = await unless404(read)
    if (answer === undefined) {
      await rest.repos.createOrUpdateEnvironment(environmentName)
      // A sweep that finds this environment without its branch knows by the variable that it is ours.
      const variable = { ...environmentName, name: claimVariable, value: claimText(environment) }
      requireStatus(await rest.actions.createEnvironmentVariable(variable), [201])
      job.debug(`Created environment ${environment}.`)
      answer = await read()
    }
    const { key, key_id } = answer as { key?: unknown; key_id?: unknown }
    if (typeof key !== 'string' || typeof key_id !== 'string') throw new ForgeError('GitHub sent no public key')
    return { key, key_id }
  }

  return {
    name,
    async publish(connection: Connection) {
      try {
        const due: { secret_name: string; url: Secret; kept: KeptMark | undefined }[] = []
        for (const [secret_name, url] of secretsOf(secret, connection)) {
          const kept =
            mark && keptMark({ rest, repo }, { environment, secret: secret_name, text: mark(url, environment) })
          if (!(await kept?.holds())) due.push({ secret_name, url, kept })
        }
        if (due.length === 0) return job.debug(`${name} holds this URL already.`)
        // Loaded on demand: most runs write no secret.
        const [{ key, key_id }, { sealedBox }] = await Promise.all([publicKey(), import('./sealed-box.js')])
        for (const { secret_name, url, kept } of due) {
          const encrypted_value = sealedBox(url.reveal(), key)
          const call = { ...environmentName, secret_name, key_id, encrypted_value }
          requireStatus(await rest.actions.createOrUpdateEnvironmentSecret(call), [201, 204])
          await kept?.write()
        }
      } catch (error) {
        throw failure(`Writing ${name} failed`, error)
      }
    },
    async withdraw() {
      try {
        const secretGone = await unless404(async () =>
          requireStatus(await rest.actions.deleteEnvironmentSecret({ ...environmentName, secret_name: secret }), [204]),
        )
        const environmentGone = await unless404(async () =>
          requireStatus(await rest.repos.deleteAnEnvironment(environmentName), [204]),
        )
        if (secretGone ?? environmentGone) return 'removed'
        // 404 also means that the token does not reach the repository: only one that does proves absence.
        await rest.repos.get(repo)
        return 'absent'
      } catch (error) {
        throw failure(`Removing ${name} failed`, error)
      }
    },
  }
}

/**
 * The environments of pull requests that this action made: those whose name fits the template and that carry our
 * variable. Unknown when one page or one variable cannot be read.
 * https://docs.github.com/rest/deployments/environments#list-environments (needs Actions: read)
 */
export async function claimedEnvironments(
  { rest, repo }: GitHubClient,
  numberOf: (environment: string) => number | undefined,
): Promise<Known<readonly ClaimedEnvironment[]>> {
  const found: ClaimedEnvironment[] = []
  const names = new Set<unknown>()
  try {
    for (let page = 1; ; page++) {
      const { data } = await rest.repos.getAllEnvironments({ ...repo, per_page: 100, page })
      const { environments, total_count } = data as { environments?: { name?: unknown }[]; total_count?: unknown }
      if (!Array.isArray(environments) || typeof total_count !== 'number')
        return unknown('GitHub sent a page that is none')
      for (const { name } of environments) {
        // A page that comes twice stands where another one should.
        if (names.has(name)) return unknown('GitHub sent the same page of environments twice')
        names.add(name)
        const pullRequest = typeof name === 'string' ? numberOf(name) : undefined
        if (typeof name === 'string' && pullRequest !== undefined) found.push({ name, pullRequest })
      }
      if (environments.length === 0 || names.size >= total_count) return known(found)
    }
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return unknown(`${explain(error).text}; "environment_token" needs "Actions: read" for this`)
  }
}

/** Whether this action made the environment. */
export async function isClaimed({ rest, repo }: GitHubClient, environment: string): Promise<boolean> {
  const call = { ...repo, environment_name: environment, name: claimVariable }
  const answer: unknown = await unless404(async () => (await rest.actions.getEnvironmentVariable(call)).data)
  return (answer as { value?: unknown } | undefined)?.value === claimText(environment)
}

/** Both URLs of a branch, where its platform has a pooler. The second goes with the environment when that is deleted. */
function secretsOf(secret: string, { url, pooledUrl }: Connection): [name: string, url: Secret][] {
  return [[secret, url], ...(pooledUrl ? [[`${secret}_POOLED`, pooledUrl] as [string, Secret]] : [])]
}

function failure(what: string, error: unknown): Error {
  if (error instanceof CancelledError) return error
  if (error instanceof ForgeError || error instanceof RedirectError)
    return new ForgeError(`${what}: ${error.message}`, { cause: error })
  const { status, text, acceptedPermissions } = explain(error)
  const denied = status === 401 || status === 403 || status === 404
  const accepted = acceptedPermissions ? ` (GitHub accepts: ${acceptedPermissions})` : ''
  const advice = denied
    ? `Give "environment_token" the repository permissions "Administration: write" and "Environments: write"${accepted}; GITHUB_TOKEN can never have them; on GitHub Free, private repositories have no environment secrets.`
    : 'Run the job again.'
  return new ForgeError(`${what}: ${text}. ${advice}`, { cause: error })
}
