import { counted } from '../../domain/amounts.js'
import { detect, detectors } from '../../domain/masking/detectors.js'
import type { Sql } from '../../ports.js'
import { userSchema } from './catalogue.js'
import { digestOf, plainText, workSchema } from './originals.js'

/** One thing that was proven, in words and with what it covered. */
export interface Check {
  readonly name: string
  readonly covered: string
}

/** Problems found, as sentences without a value in them; none when the check passed. */
export interface Finding {
  readonly check: Check
  readonly problems: readonly string[]
}

export const article = (what: string) => (/^(email|I)/.test(what) ? `an ${what}` : `a ${what}`)

/** The planner's statistics quote values, to whoever may read the table. */
export async function statistics(sql: Sql): Promise<Finding> {
  const problems: string[] = []
  const rows = await sql.query<{ name: string }>(
    `SELECT DISTINCT s.schemaname || '.' || s.tablename || '.' || s.attname AS name FROM pg_stats s,
       LATERAL unnest(coalesce(s.most_common_vals::text::text[], '{}') || coalesce(s.histogram_bounds::text::text[], '{}')) v(value)
      WHERE s.schemaname !~ '^pg_' AND s.schemaname NOT IN ('information_schema', '${workSchema}')
        AND ${digestOf(plainText('v.value'))} IN (SELECT digest FROM ${workSchema}.originals WHERE pool = 0)`,
  )
  const extended = await sql.query<{ name: string }>(
    `SELECT DISTINCT s.schemaname || '.' || s.statistics_name AS name FROM pg_stats_ext s, LATERAL unnest(s.most_common_vals) v(value)
      WHERE v.value IS NOT NULL AND ${digestOf(plainText('v.value'))} IN (SELECT digest FROM ${workSchema}.originals WHERE pool = 0)`,
  )
  for (const { name } of [...rows, ...extended]) problems.push(`the statistics of ${name} quote originals`)
  return { check: { name: 'no original value in the statistics', covered: 'pg_stats and pg_stats_ext' }, problems }
}

export async function integrity(sql: Sql): Promise<Finding> {
  const rows = await sql.query<{ name: string }>(
    `SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND i.indisunique AND c.relkind <> 'p' AND ${userSchema}`,
  )
  const [keys] = await sql.query<{ keys: string }>(
    `SELECT count(*)::text AS keys FROM pg_constraint WHERE contype = 'f' AND convalidated`,
  )
  return {
    check: { name: 'foreign keys and unique indexes valid', covered: counted(Number(keys?.keys), 'foreign key') },
    problems: rows.map(({ name }) => `the unique index ${name} is not valid`),
  }
}

/** Subscriptions can be seen by all, their passwords by superusers alone. */
export async function loginsElsewhere(sql: Sql): Promise<Finding> {
  const rows = await sql.query<{ what: string }>(
    `SELECT 'a user mapping on ' || srvname AS what FROM pg_user_mappings
     UNION ALL SELECT 'a password in the foreign server ' || srvname FROM pg_foreign_server WHERE srvoptions::text ~* 'passw|secret|token|://[^ /:@]+:[^ /@]+@'
     UNION ALL SELECT 'the subscription ' || subname FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
     UNION ALL SELECT 'large objects' WHERE EXISTS (SELECT FROM pg_largeobject_metadata)`,
  )
  return {
    check: {
      name: 'no login on another server, no large object',
      covered: 'user mappings, foreign servers, subscriptions',
    },
    problems: rows.map(({ what }) => `the branch carries ${what}`),
  }
}

const credentials = detectors.filter(({ name }) =>
  ['email', 'URL with a password', 'private key', 'JSON web token'].includes(name),
)

/** What people wrote into the schema itself travels with every branch. */
export async function definitions(sql: Sql): Promise<Finding> {
  const rows = await sql.query<{ what: string; text: string }>(
    `SELECT 'the function ' || p.oid::regprocedure AS what, p.prosrc AS text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE ${userSchema} AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
     UNION ALL SELECT 'a comment on ' || pg_describe_object(d.classoid, d.objoid, d.objsubid), d.description FROM pg_description d WHERE d.objoid >= 16384
     UNION ALL SELECT 'the default of ' || pg_describe_object('pg_attrdef'::regclass, a.oid, 0), pg_get_expr(a.adbin, a.adrelid) FROM pg_attrdef a
     UNION ALL SELECT 'the constraint ' || o.conname, pg_get_constraintdef(o.oid) FROM pg_constraint o WHERE o.contype = 'c'
     UNION ALL SELECT 'the view ' || c.oid::regclass, pg_get_viewdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND ${userSchema}
     UNION ALL SELECT 'the policy ' || p.polname, concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) FROM pg_policy p`,
  )
  const problems = rows.flatMap(({ what, text }) =>
    detect(text, credentials).map((found) => `${what} holds what looks like ${article(found)}`),
  )
  return {
    check: {
      name: 'no address or password in functions, comments and other definitions',
      covered: counted(rows.length, 'text'),
    },
    problems,
  }
}
