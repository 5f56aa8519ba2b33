/** What all jobs of one run share, and the `github` and `runner` contexts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dispatchInputs, eventRef, field, trustOf, type Trust } from './event.js'
import { RunLog } from './log.js'
import { TIMES, type RunOptions, type Times } from './model.js'
import type { Raw, WorkflowFile } from './workflow-file.js'

export interface RunContext {
  readonly options: RunOptions
  readonly file: WorkflowFile
  readonly times: Times
  readonly log: RunLog
  readonly trust: Trust
  readonly node: string
  /** Where the run keeps its files; gone when it ends. */
  readonly root: string
  readonly github: Readonly<Record<string, unknown>>
  readonly inputs: Raw
  /** Repository and organization secrets as they were when the run was queued. */
  readonly secrets: Readonly<Record<string, string>>
  readonly vars: Readonly<Record<string, string>>
  readonly cancel: AbortSignal
  readonly force: AbortSignal
}

/** Keys of the github context that become GITHUB_ variables (`GitHubContext.cs` 9-49). The token is not among them. */
const GITHUB_VARIABLES = [
  ...['action', 'action_path', 'action_ref', 'action_repository', 'actor', 'actor_id', 'api_url', 'base_ref', 'env'],
  ...['event_name', 'event_path', 'graphql_url', 'head_ref', 'job', 'output', 'path', 'ref', 'ref_name'],
  ...['ref_protected', 'ref_type', 'repository', 'repository_id', 'repository_owner', 'repository_owner_id'],
  ...['retention_days', 'run_attempt', 'run_id', 'run_number', 'server_url', 'sha', 'state', 'step_summary'],
  ...['triggering_actor', 'workflow', 'workflow_ref', 'workflow_sha', 'workspace'],
]

export type Basis = Pick<RunContext, 'options' | 'file' | 'root' | 'cancel' | 'force'>

export function runContext(basis: Basis): RunContext {
  const { options, file, root } = basis
  const trust = trustOf({ ...options, actor: actorOf(options) })
  const eventPath = join(root, '_temp', '_github_workflow', 'event.json')
  mkdirSync(dirname(eventPath), { recursive: true })
  writeFileSync(eventPath, JSON.stringify(options.payload, null, 2))
  const secrets = { full: options.secrets, dependabot: options.dependabotSecrets, fork: undefined }[trust]
  return {
    ...basis,
    times: { ...TIMES, ...options.times },
    log: new RunLog(options.onLine),
    trust,
    node: options.node ?? process.execPath,
    github: { ...githubContext(options, file), event: options.payload, event_path: eventPath },
    inputs: dispatchInputs(file, options),
    secrets: { ...secrets },
    vars: { ...options.vars },
  }
}

function senderOf(options: RunOptions): { readonly login?: unknown; readonly id?: unknown } {
  return field(options, 'sender') ?? {}
}

function actorOf(options: RunOptions): string {
  const { login } = senderOf(options)
  return options.actor ?? (typeof login === 'string' ? login : options.forge.repository.owner)
}

function githubContext(options: RunOptions, file: WorkflowFile): Record<string, unknown> {
  const { forge } = options
  const { ref, sha, headRef, baseRef } = eventRef(options)
  const repository = `${forge.repository.owner}/${forge.repository.name}`
  const actor = actorOf(options)
  const owner = (field(options, 'repository') as { owner?: { id?: unknown } } | undefined)?.owner
  const { id: senderId } = senderOf(options)
  return {
    actor,
    ...(typeof senderId === 'number' ? { actor_id: String(senderId) } : {}),
    triggering_actor: options.triggeringActor ?? actor,
    api_url: forge.apiUrl,
    graphql_url: forge.graphqlUrl ?? `${forge.apiUrl}/graphql`,
    server_url: forge.serverUrl,
    event_name: options.event,
    ref,
    ref_name: ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: 'false',
    sha,
    head_ref: headRef,
    base_ref: baseRef,
    repository,
    repository_id: String(forge.repository.id),
    repository_owner: forge.repository.owner,
    ...(typeof owner?.id === 'number' ? { repository_owner_id: String(owner.id) } : {}),
    repositoryUrl: `git://${new URL(forge.serverUrl).host}/${repository}.git`,
    retention_days: '90',
    run_id: String(options.runId ?? 1),
    run_number: String(options.runNumber ?? 1),
    run_attempt: String(options.runAttempt ?? 1),
    workflow: file.name,
    workflow_ref: `${repository}/${file.path}@${ref}`,
    workflow_sha: sha,
  }
}

/** GITHUB_ and RUNNER_ variables stand above everything a workflow sets (`NodeScriptActionHandler.cs` 42-52). */
export function contextVariables(
  github: Readonly<Record<string, unknown>>,
  runner: Readonly<Record<string, string>>,
): Record<string, string> {
  const variables: Record<string, string> = {}
  for (const key of GITHUB_VARIABLES) {
    const value = github[key]
    if (typeof value === 'string') variables[`GITHUB_${key.toUpperCase()}`] = value
  }
  for (const [key, value] of Object.entries(runner)) variables[`RUNNER_${key.toUpperCase()}`] = value
  return variables
}

/** RUNNER_ variables (`JobRunner.cs` 160-176). */
export function runnerContext(run: RunContext, job: string): Record<string, string> {
  const temp = join(run.root, job, '_temp')
  const toolCache = join(run.root, 'tools')
  mkdirSync(temp, { recursive: true })
  mkdirSync(toolCache, { recursive: true })
  return {
    os: { darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? 'Linux',
    arch: { arm64: 'ARM64', arm: 'ARM', ia32: 'X86' }[process.arch as string] ?? 'X64',
    name: 'db-branch-runner',
    environment: 'github-hosted',
    tool_cache: toolCache,
    temp,
    workspace: join(run.root, job),
    ...(run.options.debug ? { debug: '1' } : {}),
  }
}
