/** The permissions of GITHUB_TOKEN, from the `permissions:` of the workflow and the job. */
import type { Trust } from './event.js'
import { WorkflowFileError } from './errors.js'
import type { Permissions } from './model.js'
import { mapping } from './workflow-file.js'

/** The keys of `workflow-v1.0.json` (`permissions-mapping`) that `read-all` and `write-all` stand for. */
const KEYS = [
  ...['actions', 'artifact-metadata', 'attestations', 'checks', 'contents', 'deployments', 'discussions', 'issues'],
  ...['packages', 'pages', 'pull-requests', 'repository-projects', 'security-events', 'statuses'],
]
const READ_ONLY_KEYS = ['models', 'vulnerability-alerts']

/** The restricted default of new repositories. */
export const RESTRICTED: Permissions = { contents: 'read', packages: 'read' }

const all = (keys: readonly string[], access: 'read' | 'write'): Permissions =>
  Object.fromEntries(keys.map((key) => [key, access]))

function parse(value: unknown): Permissions {
  if (value === 'read-all') return all([...KEYS, ...READ_ONLY_KEYS], 'read')
  if (value === 'write-all') return { ...all([...KEYS, 'id-token'], 'write'), ...all(READ_ONLY_KEYS, 'read') }
  const granted: Record<string, 'read' | 'write'> = {}
  for (const [key, access] of Object.entries(mapping(value, 'permissions'))) {
    if (access === 'read' || access === 'write') granted[key] = access
    else if (access !== 'none') throw new WorkflowFileError(`permissions: ${key} cannot be ${String(access)}`)
  }
  return granted
}

/** A job's block replaces the workflow's; what a block does not name is not granted. Metadata can always be read. */
export function permissionsOf(
  blocks: { readonly workflow: unknown; readonly job: unknown; readonly fallback: Permissions },
  trust: Trust,
): Permissions {
  const block = blocks.job === undefined ? blocks.workflow : blocks.job
  const granted = block === undefined ? blocks.fallback : parse(block)
  if (trust === 'full') return granted
  const names = Object.keys(granted).filter((key) => key !== 'id-token')
  return all(names, 'read')
}
