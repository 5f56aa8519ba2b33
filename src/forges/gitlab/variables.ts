import { type Known, known, unknown } from '../../domain/known.js'
import { CancelledError, ForgeError, messageOf } from '../../errors.js'
import { type Answer, ApiError, type Failure, path } from '../../http/api.js'
import type { ClaimedEnvironment, Connection, Sink } from '../../ports.js'
import type { Secret } from '../../secret.js'
import { type GitLabClient, whyNot } from './api.js'
import { everyItem, type Json } from './pages.js'

export interface VariableTarget {
  /** The one environment whose jobs get the variable. */
  readonly environment: string
  readonly secret: string
  /** Whether only jobs of protected git branches get it. */
  readonly protected: boolean
}

/** Stands in the variable's description: by this we know it as ours. */
function claimText(environment: string): string {
  return `db-branch-action: made for the merge request of ${environment}`
}

/**
 * The URL as a project variable, masked and not expanded, that only jobs of this environment get. The environment itself
 * is made and stopped by GitLab, with the jobs that name it.
 * https://docs.gitlab.com/api/project_level_variables/ (role Maintainer, scope api)
 */
export function variableSink(client: GitLabClient, target: VariableTarget): Sink {
  const { environment, secret } = target
  const name = `variable ${secret} of environment ${environment}`
  return {
    name,
    async publish(connection) {
      try {
        for (const [key, url] of variablesOf(secret, connection)) await write(client, target, { key, url })
      } catch (error) {
        throw failure(`Writing ${name} failed`, error)
      }
    },
    async withdraw() {
      try {
        let removed = false
        for (const key of keysOf(secret)) removed = (await remove(client, environment, key)) || removed
        return removed ? 'removed' : 'absent'
      } catch (error) {
        throw failure(`Removing ${name} failed`, error)
      }
    },
  }
}

/** The environments of merge requests that hold a variable of ours. Unknown when one page cannot be read. */
export async function claimedEnvironments(
  client: GitLabClient,
  secret: string,
  numberOf: (environment: string) => number | undefined,
): Promise<Known<readonly ClaimedEnvironment[]>> {
  const found = new Map<string, ClaimedEnvironment>()
  try {
    const place = path`/projects/${client.project}/variables`
    for (const variable of await everyItem(client, place, { doing: 'Reading variables' })) {
      const scope = variable['environment_scope']
      if (typeof scope !== 'string' || !isOurs(variable, scope) || !keysOf(secret).includes(String(variable['key'])))
        continue
      const number = numberOf(scope)
      if (number !== undefined) found.set(scope, { name: scope, pullRequest: number })
    }
    return known([...found.values()])
  } catch (error) {
    return unknown(`${whyNot(error)}; variables need the role Maintainer and the scope api`)
  }
}

/** Whether the environment holds a variable of ours. */
export async function isClaimed(client: GitLabClient, environment: string, secret: string): Promise<boolean> {
  for (const key of keysOf(secret)) {
    const found = await read(client, environment, key)
    if (found && isOurs(found, environment)) return true
  }
  return false
}

function keysOf(secret: string): string[] {
  return [secret, `${secret}_POOLED`]
}

function variablesOf(secret: string, { url, pooledUrl }: Connection): [key: string, url: Secret][] {
  const [direct = secret, pooled = secret] = keysOf(secret)
  return [[direct, url], ...(pooledUrl ? [[pooled, pooledUrl] as [string, Secret]] : [])]
}

function isOurs({ description }: Json, environment: string): boolean {
  return description === claimText(environment)
}

/** Undefined when there is none. Without the filter, GitLab would pick among those of all environments. */
async function read({ api, project }: GitLabClient, environment: string, key: string): Promise<Json | undefined> {
  try {
    const { body } = await api.send('GET', path`/projects/${project}/variables/${key}`, {
      doing: `Reading variable ${key}`,
      query: scopedTo(environment),
    })
    requireVariable(body.object, environment, key)
    return body.object
  } catch (error) {
    if (error instanceof ApiError && saysAbsent(error.failure)) return undefined
    throw error
  }
}

async function write(
  client: GitLabClient,
  { environment, protected: isProtected }: VariableTarget,
  { key, url }: { key: string; url: Secret },
): Promise<void> {
  const { api, project } = client
  const value = url.reveal()
  if (!/^\S{8,}$/.test(value)) {
    throw new ForgeError(
      `GitLab masks no value with a space or of less than 8 characters, and the URL for ${key} is one`,
    )
  }
  const found = await read(client, environment, key)
  if (found && !isOurs(found, environment)) {
    throw new ForgeError(`${key} of environment ${environment} exists, and this action did not make it`)
  }
  const wanted = { value, masked: true, raw: true, protected: isProtected }
  if (found && Object.entries(wanted).every(([field, one]) => found[field] === one)) return
  const body = {
    ...wanted,
    variable_type: 'env_var',
    environment_scope: environment,
    description: claimText(environment),
  }
  const answer = found
    ? await api.send('PUT', path`/projects/${project}/variables/${key}`, {
        doing: `Writing variable ${key}`,
        query: scopedTo(environment),
        body,
      })
    : await api.send('POST', path`/projects/${project}/variables`, {
        doing: `Writing variable ${key}`,
        body: { key, ...body },
      })
  requireStatus(answer, found ? 200 : 201)
  requireVariable(answer.body.object, environment, key)
  // What GitLab leaves out silently, such as a field that an old server does not know, must not go unnoticed.
  if (answer.body.object['masked'] === true && isOurs(answer.body.object, environment)) return
  await drop(client, environment, key)
  throw new ForgeError(`GitLab stored ${key} without a mask or a description, so it was taken away again`)
}

/** What somebody else made stays. */
async function remove(client: GitLabClient, environment: string, key: string): Promise<boolean> {
  const found = await read(client, environment, key)
  return found !== undefined && isOurs(found, environment) && drop(client, environment, key)
}

async function drop({ api, project }: GitLabClient, environment: string, key: string): Promise<boolean> {
  const answer = await api.send('DELETE', path`/projects/${project}/variables/${key}`, {
    doing: `Deleting variable ${key}`,
    query: scopedTo(environment),
    accept: saysAbsent,
  })
  if (answer.status === 404) return false
  requireStatus(answer, 204)
  return true
}

/** GitLab's own word for it: a project that the token does not reach, or a proxy, proves no absence. */
function saysAbsent({ status, said }: Failure): boolean {
  return status === 404 && said === '404 Variable Not Found'
}

function scopedTo(environment: string): Record<string, string> {
  return { 'filter[environment_scope]': environment }
}

/** A page of a proxy, or a query that got lost on the way, must not pass for an answer. */
function requireVariable(variable: Json, environment: string, key: string): void {
  if (variable['key'] === key && variable['environment_scope'] === environment) return
  throw new ForgeError('GitLab sent an answer that is not this variable')
}

function requireStatus({ status }: Answer, expected: number): void {
  if (status !== expected) throw new ForgeError(`GitLab answered ${status} instead of ${expected}`)
}

function failure(what: string, cause: unknown): Error {
  if (cause instanceof CancelledError) return cause
  const advice =
    'The token needs the role Maintainer and the scope api: give it as "environment_token" or "gitlab_token".'
  const why = cause instanceof ForgeError ? cause.message : messageOf(cause).replace(/\.$/, '')
  return new ForgeError(`${what}: ${why}. ${advice}`, { cause })
}
