import type { BranchDetailResponse, BranchResponse } from 'supabase-management-js'
import type { Branch } from '../../domain/branch.js'
import type { Shape } from '../../http/shape.js'

/** How far the workflow of a branch is: the vendor's `status`, which also is of the last migration run. */
type Stage = BranchResponse['status']
/** Of the project that a branch is: the vendor's `preview_project_status`, and `status` of its configuration. */
type ProjectState = BranchDetailResponse['status']

/** A branch as Supabase lists it. */
export interface Row {
  readonly id: string
  readonly name: string
  /** Of the project that the branch is; for the default branch the parent project itself. */
  readonly ref: string
  readonly isDefault: boolean
  readonly persistent: boolean
  readonly withData: boolean
  readonly createdAt: string
  readonly stage: string
  readonly project: string | undefined
  /** Set by the vendor's GitHub integration on the branches it made or took over; never by us. */
  readonly pullRequest: number | undefined
  readonly deletionAt: string | undefined
}

export function rowOf(answer: Shape): Row {
  const pullRequest = answer.at('pr_number')
  return {
    id: answer.at('id').text,
    name: answer.at('name').text,
    ref: answer.at('project_ref').text,
    isDefault: answer.at('is_default').flag,
    persistent: answer.at('persistent').flag,
    withData: answer.at('with_data').flag,
    createdAt: answer.at('created_at').text,
    stage: answer.at('status').text,
    project: answer.at('preview_project_status').maybeText,
    pullRequest: pullRequest.exists ? pullRequest.number : undefined,
    deletionAt: answer.at('deletion_scheduled_at').maybeText,
  }
}

const passed: readonly Stage[] = ['MIGRATIONS_PASSED', 'FUNCTIONS_DEPLOYED']
const failed: readonly Stage[] = ['MIGRATIONS_FAILED', 'FUNCTIONS_FAILED']
const broken: readonly ProjectState[] = ['INIT_FAILED', 'RESTORE_FAILED', 'PAUSE_FAILED', 'REMOVED', 'GOING_DOWN']
const neverCameUp: readonly ProjectState[] = ['INIT_FAILED', 'RESTORE_FAILED']
const running: ProjectState = 'ACTIVE_HEALTHY'
const asleep: ProjectState = 'INACTIVE'

export type Condition = { kind: 'fine' | 'asleep' } | { kind: 'pending' | 'failed'; state: string }

export function conditionOfStage(stage: string): Condition {
  if (includes(passed, stage)) return { kind: 'fine' }
  return { kind: includes(failed, stage) ? 'failed' : 'pending', state: stage }
}

/** A preview branch falls asleep when nobody uses it, and must be woken. */
export function conditionOfProject(state: string): Condition {
  if (state === running) return { kind: 'fine' }
  if (state === asleep) return { kind: 'asleep' }
  return { kind: includes(broken, state) ? 'failed' : 'pending', state }
}

/**
 * Supabase has no place for a claim, so there is only the name. A failed migration alone does not make a branch
 * half-built: it may be an old branch, with data in it, that somebody pushed a bad migration to.
 */
export function branchOf(row: Row, parent: string | undefined): Branch {
  const protection = protectionOf(row)
  return {
    id: row.id,
    name: row.name,
    claim: {
      kind: 'name',
      ...(parent !== undefined && !row.isDefault && { parent }),
      ...(!row.isDefault && { dataPolicy: row.withData ? 'copy' : 'schema_only' }),
    },
    createdAt: row.createdAt,
    ...(protection !== undefined && { protection }),
    ...(!row.isDefault && isHalfBuilt(row) && { unfinished: true }),
  }
}

function isHalfBuilt({ stage, project, withData }: Row): boolean {
  const creating: Stage = 'CREATING_PROJECT'
  const migrating: Stage = 'RUNNING_MIGRATIONS'
  if (stage === creating || (withData && stage === migrating)) return true
  return project !== undefined && includes(neverCameUp, project)
}

function protectionOf({ isDefault, persistent, pullRequest }: Row): string | undefined {
  if (isDefault) return 'it is the default branch of the project'
  if (persistent) return 'it is a persistent branch'
  if (pullRequest !== undefined) return `it belongs to Supabase's GitHub integration (pull request #${pullRequest})`
  return undefined
}

function includes(states: readonly string[], state: string): boolean {
  return states.includes(state)
}
