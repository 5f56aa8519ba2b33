import type { Fact, FactBase } from '@supabase/pg-delta'
import type { Sql } from '../../ports.js'
import { asPool } from '../../sql/pg-delta.js'
import { ext, readGaps } from './gaps.js'

/** One of the two databases, as it was at one moment. */
export interface Side {
  readonly base: FactBase
  /** Everything of a kind that neither pg-delta nor we can write as SQL, as `pg_describe_object` names it. */
  readonly unmodelled: readonly string[]
  /** OIDs of relations by schema and name, and of constraints by schema, table and name, as JSON. */
  readonly oids: ReadonlyMap<string, string>
  readonly databaseOwner: string
  /** The owner of the database, and whoever reads: they own what a migration makes. */
  readonly own: readonly string[]
}

/** The longest that a catalog query may take, and wait for another session's DDL, in milliseconds. */
const patience = { statement: 30_000, lock: 5_000 }

const notOfExtension = (catalog: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = o.oid AND e.deptype IN ('e', 'i'))`

const unmodelled = [
  ...['pg_cast', 'pg_operator', 'pg_opclass', 'pg_opfamily', 'pg_ts_config', 'pg_ts_dict', 'pg_ts_parser'],
  ...['pg_ts_template', 'pg_conversion', 'pg_language', 'pg_transform', 'pg_am'],
]
  // Whatever initdb makes has a number below 16384 (FirstNormalObjectId).
  .map(
    (catalog) =>
      `SELECT pg_describe_object('${catalog}'::regclass, o.oid, 0) AS name FROM ${catalog} o WHERE o.oid >= 16384 AND ${notOfExtension(catalog)}`,
  )
  // The constraint is known, that no row was tested against it is not.
  .concat(
    `SELECT format('NOT NULL of column %I of table %s, not valid', a.attname, o.conrelid::regclass) FROM pg_constraint o JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = o.conkey[1]
      WHERE o.contype = 'n' AND NOT o.convalidated`,
  )
  .join(' UNION ALL ')

const user = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`
/** Both catalogs in one map: an OID of the one may be one of the other too, so it comes with a letter. */
const oids = `SELECT 'r' || c.oid AS oid, json_build_array(n.nspname, c.relname)::jsonb AS key FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'i', 'I', 'f') AND ${user}
  UNION ALL SELECT 'c' || o.oid, json_build_array(n.nspname, c.relname, o.conname)::jsonb FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${user}`

const virtual = `SELECT json_build_array(n.nspname, c.relname, a.attname)::jsonb AS key FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attgenerated = 'v' AND ${user}`

const owners = `SELECT pg_get_userbyid(datdba)::text AS owner, current_user::text AS reader FROM pg_database WHERE datname = current_database()`

/** Reads in one READ ONLY snapshot, with the locks of `pg_dump -s` and none for long: it may be production. */
export async function readSide(sql: Sql): Promise<Side> {
  const [{ extract }, { buildFactBase }] = await Promise.all([
    import('@supabase/pg-delta/extract'),
    import('@supabase/pg-delta/core'),
  ])
  const more = { unmodelled: [] as string[], oids: new Map<string, string>(), owners: [] as string[] }
  const virtualColumns = new Set<string>()
  const { factBase } = await extract(
    asPool(sql, `SET LOCAL lock_timeout = ${patience.lock}; SET LOCAL search_path = pg_catalog`),
    {
      statementTimeoutMs: patience.statement,
      handlers: [
        {
          extension: ext,
          async capture(snapshot, base) {
            const query = (text: string) => snapshot.query(text)
            more.unmodelled.push(...(await query(unmodelled)).map((row) => String(row['name'])))
            for (const row of await query(virtual)) virtualColumns.add(JSON.stringify(row['key']))
            const [row] = await query(owners)
            more.owners.push(String(row?.['owner']), String(row?.['reader']))
            for (const row of await query(oids)) {
              more.oids.set(JSON.stringify(row['key']), String(row['oid']))
            }
            return readGaps(query, base)
          },
        },
      ],
    },
  )
  const { owners: own, ...rest } = more
  const facts = factBase.facts().map((fact) => (isVirtual(fact, virtualColumns) ? marked(fact) : tested(fact)))
  return { base: buildFactBase(facts, [...factBase.edges]), own, databaseOwner: own[0] ?? '', ...rest }
}

/** pg-delta takes every generated column for a stored one: the expression carries the word until the SQL is written. */
const mark = ' /* virtual */'

function isVirtual({ id }: Fact, virtual: ReadonlySet<string>): boolean {
  return id.kind === 'column' && virtual.has(JSON.stringify([id.schema, id.table, id.name]))
}

function marked(fact: Fact): Fact {
  return { ...fact, payload: { ...fact.payload, generatedExpr: `${fact.payload['generatedExpr'] as string}${mark}` } }
}

/** The statement as the server wants it. */
export function withVirtual(sql: string): string {
  return sql.replaceAll(`${mark}) STORED`, ') VIRTUAL')
}

/** That no row was tested is an attribute of its own: with it in the definition too, VALIDATE would be a new constraint. */
function tested(fact: Fact): Fact {
  const { def } = fact.payload
  if (fact.id.kind !== 'constraint' || typeof def !== 'string' || fact.payload['validated'] === true) return fact
  return { ...fact, payload: { ...fact.payload, def: def.replace(/ NOT VALID$/, '') } }
}
