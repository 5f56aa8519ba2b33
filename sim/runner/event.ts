/** What an event means for a run: its ref and commit, whether a workflow answers it, and how far it is trusted. */
import { UnsupportedError, WorkflowFileError } from './errors.js'
import type { RunOptions } from './model.js'
import { allowOnly, list, type Raw, type WorkflowFile } from './workflow-file.js'

export interface EventRef {
  readonly ref: string
  readonly sha: string
  readonly headRef: string
  readonly baseRef: string
}

interface PullRequest {
  readonly number: number
  readonly merged?: boolean
  readonly mergeable?: boolean | null
  readonly merge_commit_sha?: string | null
  readonly head: { readonly ref: string; readonly sha: string; readonly repo: { readonly id: number } | null }
  readonly base: { readonly ref: string; readonly sha: string; readonly repo?: { readonly id: number } | null }
}

type EventInput = Pick<RunOptions, 'event' | 'payload' | 'sha'> & {
  readonly forge: { readonly repository: { readonly id: number; readonly defaultBranch: string } }
}

const ZERO_SHA = '0'.repeat(40)
const ON_DEFAULT_BRANCH = new Set([
  'schedule',
  'repository_dispatch',
  'delete',
  'issue_comment',
  'issues',
  'workflow_run',
])
const PULL_REQUEST_TYPES = ['opened', 'synchronize', 'reopened']

/** A top-level field of the webhook payload. */
export const field = (input: { readonly payload: object }, key: string): unknown => (input.payload as Raw)[key]

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

function pullRequestOf(input: Pick<EventInput, 'payload'>): PullRequest {
  return field(input, 'pull_request') as PullRequest
}

/**
 * GITHUB_REF and GITHUB_SHA per event (github/docs, events-that-trigger-workflows): a merged `closed` is on the base
 * branch, every other `pull_request` on the merge ref, `pull_request_target` on the default branch (since 2025-12-08).
 */
export function eventRef(input: EventInput): EventRef {
  const defaultBranch = `refs/heads/${input.forge.repository.defaultBranch}`
  const onDefault = { ref: defaultBranch, sha: input.sha ?? ZERO_SHA, headRef: '', baseRef: '' }
  if (input.event === 'pull_request' || input.event === 'pull_request_target') {
    const pull = pullRequestOf(input)
    const refs = { headRef: pull.head.ref, baseRef: pull.base.ref }
    if (input.event === 'pull_request_target') return { ...onDefault, sha: input.sha ?? pull.base.sha, ...refs }
    const merged = field(input, 'action') === 'closed' && pull.merged === true
    const ref = merged ? `refs/heads/${pull.base.ref}` : `refs/pull/${pull.number}/merge`
    return { ref, sha: pull.merge_commit_sha ?? pull.head.sha, ...refs }
  }
  if (input.event === 'push') {
    return {
      ...onDefault,
      ref: text(field(input, 'ref')) ?? defaultBranch,
      sha: text(field(input, 'after')) ?? ZERO_SHA,
    }
  }
  if (input.event === 'workflow_dispatch') return { ...onDefault, ref: text(field(input, 'ref')) ?? defaultBranch }
  if (ON_DEFAULT_BRANCH.has(input.event)) return onDefault
  throw new UnsupportedError(`the event '${input.event}'`)
}

/** Why a workflow does not answer an event; undefined when it does. */
export function notTriggered(file: WorkflowFile, input: EventInput): string | undefined {
  const filter = file.events.get(input.event)
  if (filter === undefined) return `'${input.event}' is not in its on:`
  const keys = { schedule: ['cron'], workflow_dispatch: ['inputs'] }[input.event] ?? [
    'types',
    'branches',
    'branches-ignore',
  ]
  allowOnly(filter, keys, `on.${input.event}`)
  const reason = wrongType(filter, input) ?? wrongBranch(filter, input)
  if (reason !== undefined) return reason
  const crons = list(filter['cron'])
  const cron = text(field(input, 'schedule'))
  if (cron !== undefined && crons.length > 0 && !crons.includes(cron)) return `it has no schedule '${cron}'`
  if (input.event === 'pull_request' && pullRequestOf(input).mergeable === false) {
    return 'a pull request with a merge conflict runs no pull_request workflow'
  }
  return undefined
}

function wrongType(filter: Raw, input: EventInput): string | undefined {
  const pull = input.event === 'pull_request' || input.event === 'pull_request_target'
  const types = filter['types'] === undefined ? (pull ? PULL_REQUEST_TYPES : undefined) : list(filter['types'])
  const action = field(input, 'action')
  if (types === undefined || types.includes(action)) return undefined
  return `the type '${String(action)}' is not among ${types.join(', ')}`
}

function wrongBranch(filter: Raw, input: EventInput): string | undefined {
  const wanted = list(filter['branches']).map(String)
  const ignored = list(filter['branches-ignore']).map(String)
  if (wanted.length + ignored.length === 0) return undefined
  const { ref, baseRef } = eventRef(input)
  const name = baseRef === '' ? ref.replace(/^refs\/heads\//, '') : baseRef
  const matched = matchesBranch(name, wanted.length > 0 ? wanted : ignored)
  return matched === wanted.length > 0 ? undefined : `the git branch '${name}' is filtered out`
}

/** The last pattern that matches decides; `!` excludes. `*` stays within one path segment, `**` does not. */
function matchesBranch(name: string, patterns: readonly string[]): boolean {
  let matched = false
  for (const pattern of patterns) {
    const bare = pattern.replace(/^!/, '')
    if (/[?+[\]]/.test(bare)) throw new UnsupportedError(`the branch pattern '${pattern}'`)
    const source = bare
      .split(/(\*\*|\*)/)
      .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.^${}()|\\]/g, '\\$&')))
      .join('')
    if (new RegExp(`^${source}$`).test(name)) matched = !pattern.startsWith('!')
  }
  return matched
}

/** `inputs` of a `workflow_dispatch`: given values over defaults, with the declared types. */
export function dispatchInputs(file: WorkflowFile, input: EventInput): Readonly<Record<string, unknown>> {
  if (input.event !== 'workflow_dispatch') return {}
  const declared = (file.events.get('workflow_dispatch')?.['inputs'] ?? {}) as Readonly<Record<string, Raw | null>>
  const given = (field(input, 'inputs') ?? {}) as Raw
  for (const name of Object.keys(given)) {
    if (!(name in declared)) throw new WorkflowFileError(`Unexpected inputs provided: '${name}'`)
  }
  return Object.fromEntries(
    Object.entries(declared).map(([name, definition]) => {
      const value = given[name] ?? definition?.['default'] ?? ''
      if (definition?.['type'] === 'boolean') return [name, value === true || value === 'true']
      return [name, definition?.['type'] === 'number' ? Number(value) : value]
    }),
  )
}

export type Trust = 'full' | 'fork' | 'dependabot'

/** A fork's or Dependabot's `pull_request` gets a read-only token and no secrets. A deleted fork has no `head.repo`. */
export function trustOf(input: EventInput & { readonly actor?: string | undefined }): Trust {
  if (input.actor === 'dependabot[bot]' && (input.event === 'pull_request' || input.event === 'push'))
    return 'dependabot'
  if (input.event !== 'pull_request') return 'full'
  return pullRequestOf(input).head.repo?.id === input.forge.repository.id ? 'full' : 'fork'
}
