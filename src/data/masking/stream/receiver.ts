import { differences } from '../../../domain/masking/copy-plan.js'
import type { MaskingPlan } from '../../../domain/masking/plan.js'
import type { Schema } from '../../../domain/masking/schema.js'
import { RefusedError } from '../../../errors.js'
import type { Sql } from '../../../ports.js'
import { readSchema, userSchema } from '../catalogue.js'
import type { Definition } from '../definitions.js'
import { refuseHalfMasked } from '../in-place.js'
import { guarded } from '../statements.js'
import { createOriginals, workSchema } from '../originals.js'

/** What is taken out of the branch while rows come in, and how it comes back. */
export interface Relieved {
  readonly indexes: readonly RelievedIndex[]
  readonly foreignKeys: readonly Definition[]
  readonly triggers: readonly Definition[]
}

export interface RelievedIndex extends Definition {
  /** OID of its table. */
  readonly table: string
  /** What makes it the index of a constraint again, after all indexes: it locks out who builds another on the table. */
  readonly attach: readonly string[]
}

/** @throws RefusedError when the branch is not what the rows of this parent fit into. */
export async function readReceiver(sql: Sql, parent: Schema): Promise<Schema> {
  await refuseHalfMasked(sql)
  const branch = await readSchema(sql)
  const different = differences(parent, branch)
  if (different.length > 0) {
    throw new RefusedError(
      `Filling the branch refused: ${different.slice(0, 10).join('; ')}${different.length > 10 ? `; and ${different.length - 10} more` : ''}. The parent changed meanwhile, or the platform made no true copy of its schema; make the branch again.`,
    )
  }
  const tables = branch.tables.filter(({ kind }) => kind === 'table').map((table) => table.sql)
  const filled: string[] = []
  for (const table of tables) {
    const [row] = await sql.query<{ filled: boolean }>(`SELECT EXISTS (SELECT FROM ONLY ${table}) AS filled`)
    if (row?.filled) filled.push(table)
  }
  if (filled.length === 0) return branch
  throw new RefusedError(
    `Filling the branch refused: ${filled.slice(0, 10).join(', ')} ${filled.length === 1 ? 'has' : 'have'} rows already, and nobody knows whose. Make the branch again.`,
  )
}

/** Makes the mark of an unfinished masking, and takes out what slows rows down or would act on them. */
export async function relieve(sql: Sql, plan: MaskingPlan, branch: Schema): Promise<Relieved> {
  await sql.query(`CREATE SCHEMA ${workSchema}; ${createOriginals}`)
  const relieved = {
    foreignKeys: await sql.query<Definition & { drop: string[] }>(foreignKeys),
    indexes: await sql.query<RelievedIndex & { drop: string[] }>(indexes),
    triggers: await sql.query<Definition & { drop: string[] }>(triggers),
  }
  for (const { drop } of [...relieved.foreignKeys, ...relieved.indexes, ...relieved.triggers])
    for (const statement of drop) await guarded('an index, foreign key or trigger', () => sql.query(statement))
  const forced = branch.server.superuser ? [] : plan.stored.filter(({ table }) => table.forcesRowSecurity)
  for (const { table } of forced) await sql.query(`ALTER TABLE ${table.sql} NO FORCE ROW LEVEL SECURITY`)
  return relieved
}

/** Everything that was taken out, and what hangs on it, to compare before and after. */
export async function belongings(sql: Sql): Promise<string> {
  const rows = await sql.query<{ line: string }>(
    `SELECT pg_get_indexdef(i.indexrelid) || i.indisvalid || coalesce(obj_description(i.indexrelid, 'pg_class'), '') AS line
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${userSchema} AND n.nspname <> '${workSchema}'
     UNION ALL SELECT concat_ws(' ', o.conrelid::regclass, o.conname, pg_get_constraintdef(o.oid), o.convalidated, obj_description(o.oid, 'pg_constraint'))
       FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE ${userSchema} AND n.nspname <> '${workSchema}'
     UNION ALL SELECT concat_ws(' ', t.tgrelid::regclass, t.tgname, t.tgenabled) FROM pg_trigger t WHERE NOT t.tgisinternal
     ORDER BY 1`,
  )
  return rows.map((row) => row.line).join('\n')
}

const table = 'c.oid::regclass'
const commented = (what: string, text: string) =>
  `CASE WHEN ${text} IS NOT NULL THEN ${what} || quote_literal(${text}) END`

/** A partition's copies come and go with those of the parent. */
const foreignKeys = `
  SELECT ARRAY[format('ALTER TABLE %s DROP CONSTRAINT %I', ${table}, o.conname)] AS drop,
         array_remove(ARRAY[format('ALTER TABLE %s ADD CONSTRAINT %I %s', ${table}, o.conname, pg_get_constraintdef(o.oid)),
           ${commented(`format('COMMENT ON CONSTRAINT %I ON %s IS ', o.conname, ${table})`, `obj_description(o.oid, 'pg_constraint')`)}], NULL) AS restore
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE o.contype = 'f' AND o.conparentid = 0 AND ${userSchema} ORDER BY o.oid`

const bareIndex = (id: string) =>
  `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = ${id} AND d.deptype IN ('e', 'x'))
     AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = ${id} AND to_jsonb(a) ->> 'attstattarget' NOT IN ('-1'))`

/**
 * Those that nothing else stands on, and that a definition brings back whole; with primary keys and unique constraints,
 * unless a view (GROUP BY) or a rule (ON CONFLICT) depends on them. An index that is built over all rows at once takes a
 * fraction of the time.
 */
const indexes = `
  SELECT c.oid::text AS table,
         ARRAY[CASE WHEN o.oid IS NULL THEN 'DROP INDEX ' || x.oid::regclass ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', ${table}, o.conname) END] AS drop,
         array_remove(ARRAY[pg_get_indexdef(x.oid), ${commented(`'COMMENT ON INDEX ' || x.oid::regclass || ' IS '`, `obj_description(x.oid, 'pg_class')`)}], NULL) AS restore,
         CASE WHEN o.oid IS NULL THEN '{}' ELSE array_remove(ARRAY[
           format('ALTER TABLE %s ADD CONSTRAINT %I %s USING INDEX %I', ${table}, o.conname, CASE o.contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END, x.relname)
             || CASE WHEN o.condeferrable THEN ' DEFERRABLE' ELSE '' END || CASE WHEN o.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END,
           ${commented(`format('COMMENT ON CONSTRAINT %I ON %s IS ', o.conname, ${table})`, `obj_description(o.oid, 'pg_constraint')`)}], NULL) END AS attach
    FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_constraint o ON o.conindid = x.oid AND o.contype <> 'f'
   WHERE x.relkind = 'i' AND c.relkind = 'r' AND NOT x.relispartition AND i.indisvalid AND NOT i.indisreplident AND NOT i.indisclustered
     AND x.reltablespace = 0 AND ${userSchema} AND ${bareIndex('x.oid')}
     AND (o.oid IS NULL OR o.contype IN ('p', 'u') AND o.conparentid = 0 AND o.conislocal AND o.coninhcount = 0 AND o.conname = x.relname
       AND NOT i.indisexclusion AND x.relam = (SELECT oid FROM pg_am WHERE amname = 'btree')
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_constraint'::regclass AND d.refobjid = o.oid AND d.deptype IN ('n', 'a')))
   ORDER BY x.oid`

/** Of partitioned tables first, whose change reaches down; each one below then gets its own state back. */
const triggers = `
  SELECT ARRAY[format('ALTER TABLE %s DISABLE TRIGGER %I', ${table}, t.tgname)] AS drop,
         ARRAY[format('ALTER TABLE %s %s TRIGGER %I', ${table},
           CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, t.tgname)] AS restore
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE NOT t.tgisinternal AND c.relkind IN ('r', 'p') AND ${userSchema} ORDER BY c.relkind = 'r', c.oid, t.oid`
