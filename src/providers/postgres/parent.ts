import type { ClaimReading } from '../../domain/claim.js'
import { claimsGolden, readClaim, textBelowClaim } from '../../domain/claim.js'
import { ConflictError, RefusedError } from '../../errors.js'
import type { BranchSpec, Sql } from '../../ports.js'
import { isAside, userSchema } from './names.js'

export interface Parent {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly connectable: boolean
  /** Whether any role at all may log in to it, because PUBLIC holds CONNECT (the default of CREATE DATABASE). */
  readonly publicConnects: boolean
  readonly claim: ClaimReading
  /** The comment that people wrote on it. */
  readonly comment: string
}

/** @throws RefusedError when there is no such database, or when it is itself a pull request's branch. */
export async function readParent(sql: Sql, name: string): Promise<Parent> {
  if (isAside(name)) {
    throw new RefusedError(
      `Copying "${name}" refused: it is half-built, or has been replaced. Set "parent_branch" to a database of your own.`,
    )
  }
  const [row] = await sql.query<{
    id: string
    bytes: string
    connectable: boolean
    public_connects: boolean
    comment: string | null
  }>(
    `SELECT oid::text AS id, pg_database_size(oid)::text AS bytes, datallowconn AS connectable, shobj_description(oid, 'pg_database') AS comment,
            has_database_privilege('public', oid, 'CONNECT') AS public_connects
       FROM pg_database WHERE datname = $1`,
    [name],
  )
  if (!row)
    throw new RefusedError(
      `Copying "${name}" failed: there is no such database. Set "parent_branch" to an existing one.`,
    )
  const claim = readClaim(row.comment)
  if (claim.kind === 'claim' && claim.claim.pullRequest !== null) {
    throw new RefusedError(
      `Copying "${name}" refused: it is itself the branch of pull request #${claim.claim.pullRequest}. Set "parent_branch" to its parent, "${claim.claim.parent}".`,
    )
  }
  return {
    id: row.id,
    name,
    bytes: Number(row.bytes),
    connectable: row.connectable,
    publicConnects: row.public_connects,
    claim,
    comment: textBelowClaim(row.comment),
  }
}

/**
 * Rows that come masked already come from the very golden parent that was read, never from another database of its name.
 * @throws ConflictError when it was replaced since it was read, RefusedError when it is none.
 */
export async function proveGolden(sql: Sql, { parent, parentId, dataPolicy, masking }: BranchSpec): Promise<void> {
  const trusts = dataPolicy === 'masked' && !masking
  if (!trusts && parentId === undefined) return
  const { id, claim } = await readParent(sql, parent)
  if (parentId !== undefined && id !== parentId) throw new ConflictError(`"${parent}" was built anew meanwhile`)
  if (trusts && (parentId === undefined || !claimsGolden(claim))) {
    throw new RefusedError(`Copying "${parent}" refused: its rows are not masked. Run the job again.`)
  }
}

const notOfExtension = (catalog: string, oid: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`

/**
 * What every role that can log in to this database may read or plant in it, because PUBLIC may. A branch's role holds
 * no grant of its own on the parent, so this is exactly what it could do there.
 */
export async function publicAccess(parentSql: Sql): Promise<string[]> {
  const rows = await parentSql.query<{ what: string }>(`
    SELECT p.verb || ' ' || c.oid::regclass AS what
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
           (VALUES ('read', 'SELECT', 'SELECT'),
                   ('write to', 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER', 'INSERT, UPDATE')) AS p(verb, rights, column_rights)
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${userSchema} AND has_schema_privilege('public', n.oid, 'USAGE')
       AND (has_table_privilege('public', c.oid, p.rights) OR has_any_column_privilege('public', c.oid, p.column_rights))
       AND ${notOfExtension('pg_class', 'c.oid')}
    UNION ALL
    SELECT 'call the SECURITY DEFINER function ' || p.oid::regprocedure
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE p.prosecdef AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype) AND ${userSchema}
       AND has_schema_privilege('public', n.oid, 'USAGE') AND has_function_privilege('public', p.oid, 'EXECUTE')
       AND ${notOfExtension('pg_proc', 'p.oid')}
    UNION ALL
    SELECT 'read large object ' || l.oid FROM pg_largeobject_metadata l, aclexplode(l.lomacl) a
     WHERE a.grantee = 0 AND a.privilege_type = 'SELECT'
    UNION ALL
    SELECT 'create objects in schema ' || quote_ident(n.nspname)
      FROM pg_namespace n WHERE ${userSchema} AND has_schema_privilege('public', n.oid, 'CREATE')
    ORDER BY 1`)
  return rows.map((row) => row.what)
}
