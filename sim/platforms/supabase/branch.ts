/** What the simulated Supabase knows of a branch, and what it tells of it. */
import { randomBytes, randomUUID } from 'node:crypto'
import type { ActionRunResponse, BranchDetailResponse, BranchResponse } from 'supabase-management-js'
import type { Front } from './front.js'

export type Stage = BranchResponse['status']
export type ProjectState = BranchDetailResponse['status']
export type StepName = ActionRunResponse['run_steps'][number]['name']

export interface SupabaseBranch {
  readonly id: string
  readonly ref: string
  name: string
  readonly parentRef: string
  readonly isDefault: boolean
  persistent: boolean
  readonly withData: boolean
  stage: Stage
  state: ProjectState
  readonly createdAt: string
  updatedAt: string
  prNumber?: number
  deletionAt?: string
  /** Of the database; with signs in it that a URL must encode. */
  password: string
  readonly jwtSecret: string
  /** Undefined while there is no database. */
  front: Front | undefined
  /** Made, but not readable yet. */
  hidden: boolean
  gone: boolean
  readonly region: string | undefined
}

export interface Run {
  readonly id: string
  readonly branch: SupabaseBranch
  readonly createdAt: string
  hidden: boolean
  readonly steps: { name: StepName; status: ActionRunResponse['run_steps'][number]['status'] }[]
}

export function newRef(): string {
  return Array.from(randomBytes(20), (byte) => String.fromCharCode(97 + (byte % 26))).join('')
}

function newPassword(): string {
  return `P/${randomBytes(9).toString('hex')}+@%`
}

export function newBranch(
  change: Pick<SupabaseBranch, 'name' | 'parentRef'> & Partial<SupabaseBranch>,
): SupabaseBranch {
  const now = new Date().toISOString()
  return {
    id: randomUUID(),
    ref: newRef(),
    isDefault: false,
    persistent: false,
    withData: false,
    stage: 'CREATING_PROJECT',
    state: 'COMING_UP',
    createdAt: now,
    updatedAt: now,
    password: newPassword(),
    jwtSecret: randomBytes(20).toString('base64'),
    front: undefined,
    hidden: false,
    gone: false,
    region: undefined,
    ...change,
  }
}

export function branchAnswer(branch: SupabaseBranch): BranchResponse {
  return {
    id: branch.id,
    name: branch.name,
    project_ref: branch.ref,
    parent_project_ref: branch.parentRef,
    is_default: branch.isDefault,
    persistent: branch.persistent,
    status: branch.stage,
    created_at: branch.createdAt,
    updated_at: branch.updatedAt,
    with_data: branch.withData,
    preview_project_status: branch.state,
    ...(branch.prNumber !== undefined && { pr_number: branch.prNumber }),
    ...(branch.deletionAt !== undefined && { deletion_scheduled_at: branch.deletionAt }),
  }
}

export function runAnswer({ id, branch, createdAt, steps }: Run): ActionRunResponse {
  const times = { created_at: createdAt, updated_at: createdAt }
  return {
    id,
    branch_id: branch.id,
    run_steps: steps.map((step) => ({ ...step, ...times })),
    git_config: null,
    workdir: null,
    check_run_id: null,
    ...times,
  }
}
