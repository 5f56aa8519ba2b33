/** What PlanetScale answers, in the words of its description. */
import type { Answer } from '../../http/answer.js'
import type { Json } from '../../http/json.js'
import type { Call } from '../simulator.js'

export type Kind = 'mysql' | 'postgresql'

export interface PlanetScaleBranch {
  readonly id: string
  name: string
  parent: string | null
  restoredFrom: PlanetScaleBranch | null
  readonly createdAt: Date
  state: 'pending' | 'sleeping' | 'ready'
  schemaReady: boolean
  production: boolean
  deletionProtected: boolean
  deletedAt: Date | null
  /** PostgreSQL: the name of its database on the server. */
  readonly database: string
  /** MySQL: rows of its table. */
  customers: number
  clusterSize: string
  readonly order: Json
  /** GETs by name that still show it although it is deleted. */
  shownAfterDeletion: number
}

export interface PlanetScaleLogin {
  readonly id: string
  readonly branch: PlanetScaleBranch
  readonly name: string
  readonly username: string
  readonly password: string
  readonly roles: readonly string[]
  createdAt: Date
  ready: boolean
}

export interface PlanetScaleBackup {
  readonly id: string
  readonly branch: PlanetScaleBranch
  readonly completedAt: Date | null
  readonly state: 'success' | 'running' | 'failed'
}

export const organization = 'acme'
export const database = 'shop'
export const key = 'srvtok0001id:pscale_tkn_0123456789abcdef'

export const largestPage = 100

const time = (date: Date) => date.toISOString()

function resource({ id, name, createdAt }: PlanetScaleBranch): Json {
  return { id, name, created_at: time(createdAt), updated_at: time(createdAt), deleted_at: null }
}

export function page<Item>({ query, operation }: Call, all: readonly Item[], show: (item: Item) => Json): Answer {
  const size = Math.min(Number(query['per_page'] ?? 25), largestPage)
  const current = Number(query['page'] ?? 1)
  const pages = Math.max(1, Math.ceil(all.length / size))
  const url = (number: number) => `https://api.planetscale.com/v1${operation.split(' ')[1]}?page=${number}`
  const next = current < pages ? current + 1 : null
  const previous = current > 1 ? current - 1 : null
  return {
    status: 200,
    body: {
      type: 'list',
      current_page: current,
      per_page: size,
      next_page: next,
      next_page_url: next && url(next),
      prev_page: previous,
      prev_page_url: previous && url(previous),
      total_count: all.length,
      total_pages: pages,
      data: all.slice((current - 1) * size, current * size).map(show),
    },
  }
}

export function shownBranch(one: PlanetScaleBranch, kind: Kind): Json {
  const { restoredFrom } = one
  return {
    id: one.id,
    name: one.name,
    created_at: time(one.createdAt),
    updated_at: time(one.createdAt),
    deleted_at: one.deletedAt && time(one.deletedAt),
    restore_checklist_completed_at: null,
    schema_last_updated_at: null,
    kind,
    mysql_address: '',
    mysql_edge_address: '',
    state: one.state,
    direct_vtgate: false,
    vtgate_size: '',
    vtgate_name: null,
    vtgate_count: 0,
    vtgate_autoscaling: false,
    vtgate_max_count: null,
    vtgate_target_cpu_utilization: 0,
    cluster_name: one.clusterSize,
    cluster_iops: null,
    ready: one.state === 'ready',
    schema_ready: one.schemaReady,
    metal: false,
    production: one.production,
    safe_migrations: false,
    deletion_protected: one.deletionProtected,
    sharded: false,
    shard_count: 1,
    keyspace_count: 1,
    stale_schema: false,
    actor,
    restored_from_branch: restoredFrom && resource(restoredFrom),
    private_edge_connectivity: false,
    has_replicas: false,
    has_read_only_replicas: false,
    html_url: `https://app.planetscale.com/${organization}/${database}/${one.name}`,
    url: `https://api.planetscale.com/v1/organizations/${organization}/databases/${database}/branches/${one.name}`,
    region,
    parent_branch: one.parent,
    vtgate_options: {},
  }
}

export function shownPassword(one: PlanetScaleLogin): Json {
  const { branch: of } = one
  return {
    id: one.id,
    name: one.name,
    role: one.roles[0],
    cidrs: null,
    created_at: time(one.createdAt),
    deleted_at: null,
    expires_at: null,
    last_used_at: null,
    expired: false,
    direct_vtgate: false,
    direct_vtgate_addresses: [],
    ttl_seconds: null,
    access_host_url: 'aws.connect.psdb.cloud',
    access_host_regional_url: 'us-east.connect.psdb.cloud',
    access_host_regional_urls: [],
    actor,
    region,
    username: one.username,
    plain_text: null,
    replica: false,
    renewable: false,
    database_branch: {
      name: of.name,
      id: of.id,
      production: of.production,
      mysql_edge_address: '',
      private_edge_connectivity: false,
    },
  }
}

export function shownRole(one: PlanetScaleLogin, host: string): Json {
  const { branch: of } = one
  return {
    id: one.id,
    name: one.name,
    access_host_url: host,
    private_access_host_url: '',
    private_connection_service_name: '',
    username: one.username,
    base_username: one.username.split('.')[0],
    password: '',
    database_name: of.database,
    created_at: time(one.createdAt),
    updated_at: time(one.createdAt),
    deleted_at: null,
    expires_at: null,
    dropped_at: null,
    disabled_at: null,
    drop_failed: '',
    ready: one.ready,
    expired: false,
    default: false,
    ttl: 0,
    inherited_roles: one.roles,
    with_replication: false,
    branch: resource(of),
    actor,
    query_safety_settings: { require_where_on_delete: 'off', require_where_on_update: 'off' },
  }
}

export function shownBackup(one: PlanetScaleBackup): Json {
  const at = time(one.completedAt ?? new Date())
  const { branch: of } = one
  return {
    ...backupForm,
    database_branch: resource(of),
    id: one.id,
    name: one.id,
    state: one.state,
    created_at: at,
    updated_at: at,
    started_at: at,
    completed_at: one.completedAt && time(one.completedAt),
  }
}

const actor = {
  id: 'actor0000001',
  display_name: 'ci',
  avatar_url: 'https://app.planetscale.com/gravatar-fallback.png',
}

const region = {
  id: 'region000001',
  provider: 'AWS',
  enabled: true,
  public_ip_addresses: [],
  display_name: 'AWS us-east-1',
  location: 'Ashburn, Virginia',
  slug: 'us-east',
  current_default: true,
  mysql_supported: true,
  postgresql_supported: true,
}

export const databaseForm = {
  id: 'database0001',
  url: `https://api.planetscale.com/v1/organizations/${organization}/databases/${database}`,
  branches_url: `https://api.planetscale.com/v1/organizations/${organization}/databases/${database}/branches`,
  open_schema_recommendations_count: 0,
  development_branches_count: 0,
  production_branches_count: 1,
  issues_count: 0,
  multiple_admins_required_for_deletion: false,
  ready: true,
  at_backup_restore_branches_limit: false,
  data_import: null,
  region,
  html_url: `https://app.planetscale.com/${organization}/${database}`,
  name: database,
  state: 'ready',
  sharded: false,
  default_branch_shard_count: 1,
  default_branch_read_only_regions_count: 0,
  default_branch_table_count: 5,
  require_approval_for_deploy: false,
  deletion_protected: false,
  resizing: false,
  resize_queued: false,
  config_changing: false,
  config_change_queued: false,
  foreign_keys_enabled: true,
  automatic_migrations: null,
  restrict_branch_region: false,
  insights_raw_queries: false,
  plan: 'scaler_pro',
  insights_enabled: true,
  production_branch_web_console: false,
  migration_table_name: null,
  migration_framework: null,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  schema_last_updated_at: null,
}

const backupForm = {
  size: 1,
  estimated_storage_cost: 0,
  expires_at: null,
  deleted_at: null,
  pvc_size: 1,
  uncompressed_size: 1,
  protected: false,
  required: false,
  restored_branches: [],
  actor: null,
  backup_policy: null,
}
