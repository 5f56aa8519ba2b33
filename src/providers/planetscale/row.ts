import type { Branch } from '../../domain/branch.js'
import type { DataPolicy } from '../../domain/data-policy.js'
import type { Shape } from '../../http/shape.js'

export type Kind = 'mysql' | 'postgresql'

/** A branch as PlanetScale tells it. */
export interface Row {
  /** Immutable; a name can be given to another branch. */
  readonly id: string
  readonly name: string
  readonly kind: Kind
  readonly ready: boolean
  readonly schemaReady: boolean
  /** Being made. A branch that sleeps is not ready either, but holds somebody's data. */
  readonly pending: boolean
  readonly production: boolean
  readonly deletionProtected: boolean
  readonly parent: string | undefined
  /** Made from a backup, so that it held the rows of its parent. */
  readonly restored: boolean
  /** ISO 8601. */
  readonly createdAt: string
  /** Answered although it is deleted. */
  readonly deleted: boolean
}

/** Source: https://planetscale.com/docs/api/reference/get_branch */
export function rowOf(shape: Shape): Row {
  const restoredFrom = shape.at('restored_from_branch')
  return {
    id: shape.at('id').text,
    name: shape.at('name').text,
    kind: kindOf(shape),
    ready: shape.at('ready').flag,
    schemaReady: shape.at('schema_ready').maybeFlag,
    pending: shape.at('state').maybeText === 'pending',
    production: shape.at('production').flag,
    deletionProtected: shape.at('deletion_protected').maybeFlag,
    parent:
      shape.at('parent_branch').maybeText ?? (restoredFrom.exists ? restoredFrom.at('name').maybeText : undefined),
    restored: restoredFrom.exists,
    createdAt: shape.at('created_at').text,
    deleted: shape.at('deleted_at').exists,
  }
}

export function kindOf(shape: Shape): Kind {
  return shape.at('kind').maybeText === 'postgresql' ? 'postgresql' : 'mysql'
}

export type Work = 'emptied' | 'masked' | 'none'

/** What is known of a branch beside its own row. */
export interface Circumstances {
  /** PostgreSQL: what we did to the rows that came with its backup. */
  readonly work: Work
  readonly defaultBranch?: string | undefined
  readonly hasChildren?: boolean
}

export function branchOf(row: Row, known: Circumstances): Branch {
  const protection = protectionOf(row, known)
  const dataPolicy = dataPolicyOf(row, known)
  const aside = asideOf(row.name)
  return {
    id: row.id,
    name: row.name,
    claim: {
      kind: 'name',
      ...(aside && { branch: aside.branch }),
      ...(row.parent !== undefined && { parent: row.parent }),
      ...(dataPolicy && { dataPolicy }),
    },
    ...(protection !== undefined && { protection }),
    ...(row.pending && !row.ready && { unfinished: true }),
    createdAt: row.createdAt,
    ...(aside && { leftover: true }),
  }
}

function protectionOf(row: Row, { defaultBranch, hasChildren }: Circumstances): string | undefined {
  if (row.production) return 'it is a production branch'
  if (row.name === defaultBranch) return 'it is the default branch'
  if (row.deletionProtected) return 'PlanetScale protects it from deletion'
  return hasChildren ? 'other branches were made from it' : undefined
}

/** A PostgreSQL branch that was made without a backup is empty by nature, which is nobody's policy. */
function dataPolicyOf({ kind, restored }: Row, { work }: Circumstances): DataPolicy | undefined {
  if (restored) return ({ emptied: 'schema_only', masked: 'masked', none: 'copy' } as const)[work]
  return kind === 'mysql' ? 'schema_only' : undefined
}

/** Names under which a branch stands beside the one it will be or has been. PlanetScale takes small letters, digits and "-". */
const asideName = /^(.+)-dbbranch-(new|old)-([0-9a-f]{8})$/

export function asideFor(name: string, stage: 'new' | 'old', build: string): string {
  return `${name}-dbbranch-${stage}-${build.slice(0, 8)}`
}

/** Which branch it stands aside of, undefined for a branch that stands for itself. */
export function asideOf(name: string): { branch: string; stage: 'new' | 'old'; build: string } | undefined {
  const [, branch, stage, build] = asideName.exec(name) ?? []
  return branch === undefined || build === undefined
    ? undefined
    : { branch, stage: stage === 'new' ? 'new' : 'old', build }
}
