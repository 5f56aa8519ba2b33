import { numberByName, renderTemplate } from '../../domain/names.js'
import type { Fetch } from '../../http.js'
import type { Clock, ForgePorts, Job, ReportComment, SinkPlace, UrlMark } from '../../ports.js'
import { Secret } from '../../secret.js'
import { changedFiles } from './changed-files.js'
import { githubClient, type GitHubClient } from './client.js'
import { type CommentOutcome, stickyComment, withdrawComment } from './comment.js'
import { deploymentSign } from './deployment.js'
import { claimedEnvironments, environmentSink, isClaimed } from './environment.js'
import { readFile } from './policy-file.js'
import { githubSweepForge } from './pull-request-lists.js'
import { githubForge } from './pull-requests.js'

export interface GitHubOptions {
  readonly repository: { readonly owner: string; readonly name: string }
  /** Reads pull requests; undefined where none is read. */
  readonly token: Secret | undefined
  readonly environment: { readonly template: string; readonly secretName: string; readonly token: Secret } | undefined
  /** Whether branches are shown among the deployments of their pull requests. */
  readonly deployment?: boolean
  /** Tells whether a secret has to be written; undefined: it is, each time. */
  readonly mark?: UrlMark | undefined
  /** `https://api.github.com`, or that of an enterprise server. */
  readonly apiUrl: string
  readonly fetch: Fetch
  readonly job: Job
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** GitHub, for one repository. Each token is only ever used for its own calls. */
export function openGitHub(options: GitHubOptions): ForgePorts {
  const { repository, apiUrl, fetch, clock, signal, job, environment, mark } = options
  const clientFor = (token: Secret) =>
    githubClient({ token, owner: repository.owner, repository: repository.name, apiUrl, fetch, clock, signal })
  // Where no token is needed, none is there; a call all the same is refused by GitHub and told.
  const reader = clientFor(options.token ?? new Secret('none'))
  const ports = {
    forge: githubForge(reader),
    sweepForge: githubSweepForge(reader),
    readFile: (file: { path: string; ref?: string }) => readFile(reader, file),
    changedFiles: (number: number) => changedFiles(reader, number),
    comment: commentOf(reader),
  }
  const signs = (at: SinkPlace | undefined) =>
    options.deployment && at ? [deploymentSign(reader, { branch: at.branch, head: at.head?.commit })] : []
  if (!environment) return { ...ports, sinksFor: (_number, at) => signs(at), environments: undefined }
  const client = clientFor(environment.token)
  const nameFor = (number: number) => renderTemplate(environment.template, { number, repository: repository.name })
  return {
    ...ports,
    sinksFor: (number, at) => [
      environmentSink(client, { environment: nameFor(number), secret: environment.secretName, mark }, job),
      ...signs(at),
    ],
    environments: {
      list: () => claimedEnvironments(client, (name) => numberByName(name, environment.template, repository.name)),
      claimed: ({ name }) => isClaimed(client, name),
    },
  }
}

function commentOf(client: GitHubClient): ReportComment {
  const problem = (outcome: CommentOutcome) => (outcome.status === 'not written' ? outcome.warning : undefined)
  return {
    write: async (place, body) => problem(await stickyComment(client, place, body)),
    withdraw: async (place) => problem(await withdrawComment(client, place)),
  }
}
