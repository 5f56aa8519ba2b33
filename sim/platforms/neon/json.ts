/** The forms in which Neon writes its objects, with every field that its description calls required. */
import { type Json, timestamp } from '../../http/json.js'
import type { NeonBranch, NeonProject, Operation } from './project.js'

export function branchJson(project: NeonProject, branch: NeonBranch): Json {
  return {
    id: branch.id,
    project_id: project.id,
    ...(branch.parentId !== undefined && { parent_id: branch.parentId, parent_lsn: '0/1DE2850' }),
    name: branch.name,
    current_state: branch.state,
    ...(branch.state === 'init' && { pending_state: 'ready' }),
    state_changed_at: timestamp(branch.createdAt),
    creation_source: 'console',
    init_source: branch.initSource,
    default: branch.isDefault,
    primary: branch.isDefault,
    protected: branch.protected,
    ...(branch.expiresAt !== undefined && { expires_at: branch.expiresAt }),
    cpu_used_sec: 0,
    active_time_seconds: 0,
    compute_time_seconds: 0,
    written_data_bytes: 0,
    data_transfer_bytes: 0,
    ...timesOf(branch),
  }
}

export function annotationJson({ id, annotation }: NeonBranch): Json {
  return { object: { type: 'console/branch', id }, value: annotation ?? {} }
}

export function endpointsJson(project: NeonProject, branch: NeonBranch): Json[] {
  if (!branch.endpoint) return []
  const endpoint = {
    host: hostOf(project, branch),
    id: branch.endpoint.id,
    project_id: project.id,
    branch_id: branch.id,
    autoscaling_limit_min_cu: 0.25,
    autoscaling_limit_max_cu: 2,
    region_id: 'aws-us-east-2',
    type: 'read_write',
    current_state: branch.endpoint.state,
    settings: {},
    pooler_enabled: false,
    pooler_mode: 'transaction',
    disabled: false,
    passwordless_access: true,
    creation_source: 'console',
    proxy_host: 'us-east-2.aws.neon.tech',
    suspend_timeout_seconds: 0,
    provisioner: 'k8s-neonvm',
    ...timesOf(branch),
  }
  return [endpoint]
}

export function databasesJson({ owners }: NeonProject, branch: NeonBranch): Json[] {
  return Object.entries(owners).map(([name, owner], index) => {
    return { ...timesOf(branch), id: index + 1, branch_id: branch.id, name, owner_name: owner }
  })
}

export function roleJson(branch: NeonBranch, name: string, password?: string): Json {
  return { ...timesOf(branch), branch_id: branch.id, name, ...(password !== undefined && { password }) }
}

export function operationJson(project: NeonProject, operation: Operation): Json {
  const at = timestamp(operation.createdAt)
  return {
    id: operation.id,
    project_id: project.id,
    branch_id: operation.branch,
    action: operation.action,
    status: operation.status,
    failures_count: 0,
    created_at: at,
    updated_at: at,
    total_duration_ms: 100,
  }
}

/** Only a parent with one role and one database makes the answer bring a URI. */
export function urisJson(project: NeonProject, branch: NeonBranch): Json {
  const [only, ...more] = Object.entries(project.owners)
  if (!only || more.length > 0 || project.options.storesPasswords === false || !branch.endpoint) return {}
  const [database, role] = only
  const host = hostOf(project, branch)
  const parameters = { database, role, password: branch.passwords.get(role) ?? '', host, pooler_host: host }
  const uri = { connection_uri: uriOf(project, branch, { database, role }), connection_parameters: parameters }
  return { connection_uris: [uri] }
}

/** Without `sslmode`, which the real ones have: the server here speaks no TLS. */
export function uriOf(project: NeonProject, branch: NeonBranch, login: { database: string; role: string }): string {
  const password = encodeURIComponent(branch.passwords.get(login.role) ?? '')
  return `postgresql://${login.role}:${password}@${hostOf(project, branch)}/${login.database}`
}

function hostOf({ databases }: NeonProject, { endpoint }: NeonBranch): string {
  return `${databases.host}:${endpoint?.wire.port ?? 0}`
}

function timesOf({ createdAt, updatedAt }: NeonBranch): Json {
  return { created_at: timestamp(createdAt), updated_at: timestamp(updatedAt) }
}
