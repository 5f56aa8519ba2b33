import type { Known } from '../../domain/known.js'
import { numberByName, renderTemplate } from '../../domain/names.js'
import type { Clock, Environments, Forge, Job, Sink, SweepForge } from '../../ports.js'
import { Secret } from '../../secret.js'
import { githubClient } from './client.js'
import { claimedEnvironments, environmentSink, isClaimed } from './environment.js'
import { readFile } from './policy-file.js'
import { githubSweepForge } from './pull-request-lists.js'
import { githubForge } from './pull-requests.js'

export interface GitHubOptions {
  readonly repository: { readonly owner: string; readonly name: string }
  /** Reads pull requests; undefined where none is read. */
  readonly token: Secret | undefined
  readonly environment: { readonly template: string; readonly secretName: string; readonly token: Secret } | undefined
  readonly job: Job
  readonly clock: Clock
  readonly signal: AbortSignal
}

export interface GitHubPorts {
  readonly forge: Forge
  readonly sweepForge: SweepForge
  readonly sinksFor: (pullRequest: number) => readonly Sink[]
  readonly environments: Environments | undefined
  /** The text of a file of the default branch, or at a commit; undefined when there is none. */
  readonly readFile: (file: { path: string; ref?: string }) => Promise<Known<string | undefined>>
}

/** GitHub, for one repository. Each token is only ever used for its own calls. */
export function openGitHub(options: GitHubOptions): GitHubPorts {
  const { repository, clock, signal, job, environment } = options
  const clientFor = (token: Secret) =>
    githubClient({ token, owner: repository.owner, repository: repository.name, clock, signal })
  // Where no token is needed, none is there; a call all the same is refused by GitHub and told.
  const reader = clientFor(options.token ?? new Secret('none'))
  const ports = {
    forge: githubForge(reader),
    sweepForge: githubSweepForge(reader),
    readFile: (file: { path: string; ref?: string }) => readFile(reader, file),
  }
  if (!environment) return { ...ports, sinksFor: () => [], environments: undefined }
  const client = clientFor(environment.token)
  const nameFor = (number: number) => renderTemplate(environment.template, { number, repository: repository.name })
  return {
    ...ports,
    sinksFor: (number) => [
      environmentSink(client, { environment: nameFor(number), secret: environment.secretName }, job),
    ],
    environments: {
      list: () => claimedEnvironments(client, (name) => numberByName(name, environment.template, repository.name)),
      claimed: ({ name }) => isClaimed(client, name),
    },
  }
}
