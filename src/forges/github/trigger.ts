import type { ForgeWords, Head, Trigger } from '../../domain/trigger.js'
import { InputError } from '../../errors.js'

const createActions = ['opened', 'reopened', 'synchronize', 'ready_for_review']

const github: ForgeWords = {
  name: 'GitHub',
  tokenInput: 'github_token',
  tokenAdvice: "Leave it out to use the job's own token.",
  autoKnows: `pull_request and pull_request_target (${createActions.join(', ')}, closed)`,
  policyFolder: '.github',
  environmentTokenAdvice:
    'GITHUB_TOKEN can never write environment secrets. Give a token of a GitHub App or a fine-grained token with the repository permissions "Administration: write" and "Environments: write".',
  reservedPrefix: 'GITHUB_',
  lacks: {},
}

type Environment = Readonly<Record<string, string | undefined>>
type Json = Record<string, unknown>

/**
 * Reads the trigger from the runner's variables and the event payload.
 * Pull requests are found in `pull_request` and, for comments on one, in `issue`.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/variables and the webhook payload pages.
 * @throws InputError when the runner's variables or the payload lack what every run has.
 */
export function parseTrigger(env: Environment, payloadText: string | undefined): Trigger {
  const payload = parsePayload(payloadText)
  const [owner = '', name = ''] = (env['GITHUB_REPOSITORY'] ?? '').split('/')
  const id = positive(env['GITHUB_REPOSITORY_ID']) ?? positive(field(payload, 'repository', 'id'))
  if (!owner || !name || id === undefined) {
    throw new InputError(
      'Reading the event failed: GITHUB_REPOSITORY or GITHUB_REPOSITORY_ID is missing. Run this action on a GitHub Actions runner of version 2.327.1 or newer.',
    )
  }
  const pullRequest = pullRequestOf(payload, env['GITHUB_ACTOR'])
  return {
    event: env['GITHUB_EVENT_NAME'] ?? '',
    action: text(payload['action']),
    auto: autoOf(env['GITHUB_EVENT_NAME'], text(payload['action'])),
    repository: { id, owner, name },
    pullRequest,
    foreign: pullRequest?.untrusted ?? foreignOf(payload),
    ...mergeCommitOf(env),
    run: `${env['GITHUB_RUN_ID'] ?? '0'}.${env['GITHUB_RUN_ATTEMPT'] ?? '1'}`,
    forge: github,
  }
}

function autoOf(event: string | undefined, action: string): Trigger['auto'] {
  if (event !== 'pull_request' && event !== 'pull_request_target') return undefined
  if (createActions.includes(action)) return 'create'
  return action === 'closed' ? 'delete' : undefined
}

function mergeCommitOf(env: Environment): Pick<Trigger, 'mergeCommit'> {
  const commit = env['GITHUB_EVENT_NAME'] === 'pull_request' ? env['GITHUB_SHA'] : undefined
  return commit === undefined ? {} : { mergeCommit: commit }
}

function pullRequestOf(payload: Json, actor: string | undefined): Trigger['pullRequest'] {
  const pullRequest = object(payload['pull_request'])
  const issue = object(payload['issue'])
  const source = pullRequest ?? (object(issue?.['pull_request']) ? issue : undefined)
  const number = source?.['number']
  if (typeof number !== 'number' || positive(number) === undefined) return undefined
  const dependabot = actor === 'dependabot[bot]' || field(source, 'user', 'login') === 'dependabot[bot]'
  const fork = pullRequest !== undefined && isFork(pullRequest)
  const untrusted = fork ? 'fork' : dependabot ? 'dependabot' : undefined
  return { number, untrusted, ...(pullRequest && !fork && headOf(pullRequest)) }
}

/** A comment names a pull request without its head; a run that followed another one names where that was from. */
function foreignOf(payload: Json): Trigger['foreign'] {
  if (object(payload['pull_request'])) return undefined
  if (object(field(payload, 'issue', 'pull_request'))) return 'unknown'
  if (!object(payload['workflow_run'])) return undefined
  const head = field(payload, 'workflow_run', 'head_repository', 'id')
  return typeof head === 'number' && head === field(payload, 'repository', 'id') ? undefined : 'fork'
}

function headOf(pullRequest: Json): { head: Head } | undefined {
  const [commit, gitBranch] = [text(field(pullRequest, 'head', 'sha')), text(field(pullRequest, 'head', 'ref'))]
  return /^[0-9a-f]{40,64}$/.test(commit) && gitBranch !== '' ? { head: { commit, gitBranch } } : undefined
}

/** A deleted fork has a null head repository, and a missing id proves nothing: both count as a fork. */
function isFork(pullRequest: Json): boolean {
  const head = field(pullRequest, 'head', 'repo', 'id')
  const base = field(pullRequest, 'base', 'repo', 'id')
  return typeof head !== 'number' || head !== base
}

function parsePayload(payloadText: string | undefined): Json {
  if (payloadText === undefined) return {}
  try {
    return object(JSON.parse(payloadText)) ?? {}
  } catch (cause) {
    throw new InputError('Reading the event failed: the file named by GITHUB_EVENT_PATH is not JSON.', { cause })
  }
}

function field(from: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((value, key) => object(value)?.[key], from)
}

function object(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}

/** A number, or its digits; nothing that Number() would make one of. */
function positive(value: unknown): number | undefined {
  const digits = typeof value === 'string' && /^\d+$/.test(value)
  const number = digits ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
