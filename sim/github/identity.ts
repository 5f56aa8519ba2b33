/**
 * Who is calling. A token is known only to its holder; everything the simulator records names the identity instead.
 */
import { randomBytes } from 'node:crypto'
import { account, type Account } from './state.js'

export type TokenKind = 'workflow' | 'app' | 'fine-grained'
export type Level = 'read' | 'write'

export interface TokenRequest {
  /** How the journal names it. */
  name: string
  kind: TokenKind
  /** As in a workflow's `permissions:` block or an App's grant list; `-` and `_` mean the same. */
  permissions?: Readonly<Record<string, Level | 'none'>> | 'read-all' | 'write-all'
  /** Whether the repository is among those the token was granted for; otherwise a private one is 404. Default true. */
  reachesRepository?: boolean
  /** Login of the person behind a fine-grained token; Apps and workflows act as their bot. */
  login?: string
  /** Requests per hour; default as documented for the kind. */
  rateLimit?: number
}

export interface Identity {
  name: string
  kind: TokenKind
  account: Account
  permissions: ReadonlyMap<string, Level>
  reachesRepository: boolean
  limit: number
  used: { core: number; graphql: number }
}

/** Keys a workflow may put under `permissions:`. Administration, environments and secrets are not among them. */
const WORKFLOW_KEYS = new Set(
  `actions artifact_metadata attestations checks contents deployments discussions id_token issues models packages pages
  pull_requests repository_projects security_events statuses`.split(/\s+/),
)

const GRANT_KEYS = new Set([
  ...WORKFLOW_KEYS,
  ...`actions_variables administration environments members metadata organization_secrets secrets workflows`.split(' '),
])

/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const HOURLY_LIMIT: Record<TokenKind, number> = { workflow: 1000, app: 5000, 'fine-grained': 5000 }

function granted({ kind, permissions = {} }: TokenRequest): Map<string, Level> {
  // Every token may read metadata; a workflow cannot say so, and its runner says it of itself.
  const known = kind === 'workflow' ? new Set([...WORKFLOW_KEYS, 'metadata']) : GRANT_KEYS
  if (typeof permissions === 'string') {
    return new Map([...known].map((key) => [key, permissions === 'read-all' ? 'read' : 'write']))
  }
  const grants = new Map<string, Level>()
  for (const [key, level] of Object.entries(permissions)) {
    const name = key.replaceAll('-', '_')
    if (!known.has(name)) throw new Error(`A ${kind} token cannot be granted "${key}".`)
    if (level !== 'none') grants.set(name, level)
  }
  return grants
}

function actingAccount({ kind, name, login }: TokenRequest): Account {
  if (kind === 'workflow') return { id: 41898282, login: 'github-actions[bot]', type: 'Bot' }
  if (kind === 'app') return account(`${login ?? name}[bot]`, 'Bot')
  return account(login ?? name, 'User')
}

export function identityFor(request: TokenRequest): Identity {
  return {
    name: request.name,
    kind: request.kind,
    account: actingAccount(request),
    permissions: granted(request),
    reachesRepository: request.reachesRepository ?? true,
    limit: request.rateLimit ?? HOURLY_LIMIT[request.kind],
    used: { core: 0, graphql: 0 },
  }
}

export function tokenText(kind: TokenKind): string {
  const random = randomBytes(40).toString('hex')
  if (kind === 'fine-grained') return `github_pat_${random.slice(0, 22).toUpperCase()}_${random.slice(0, 59)}`
  return `ghs_${random.slice(0, 36)}`
}
