import type { Sql } from '../../ports.js'
import { userSchema } from './names.js'

/** Every part of a schema that a migration could change, one line each. Owners, grants, comments and data are no part. */
const lines = [
  `SELECT 'schema ' || n.nspname FROM pg_namespace n WHERE ${userSchema}`,
  `SELECT concat_ws(' ', 'column', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
          a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND ${userSchema}`,
  `SELECT concat_ws(' ', 'constraint', o.conrelid::regclass, o.conname, pg_get_constraintdef(o.oid))
     FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE ${userSchema}`,
  `SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${userSchema}`,
  `SELECT concat_ws(' ', 'view', c.oid::regclass, pg_get_viewdef(c.oid)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('v', 'm') AND ${userSchema}`,
  `SELECT concat_ws(' ', 'routine', p.oid::regprocedure, p.prorettype::regtype, p.prokind, p.prosecdef, md5(p.prosrc))
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${userSchema}`,
  `SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t WHERE NOT t.tgisinternal`,
  `SELECT concat_ws(' ', 'label', e.enumtypid::regtype, e.enumsortorder, e.enumlabel) FROM pg_enum e`,
  `SELECT concat_ws(' ', 'policy', p.polrelid::regclass, p.polname, p.polcmd, pg_get_expr(p.polqual, p.polrelid),
          pg_get_expr(p.polwithcheck, p.polrelid)) FROM pg_policy p`,
  `SELECT concat_ws(' ', 'extension', e.extname, e.extversion) FROM pg_extension e`,
]

/** The same for the same schema, in every database of the server and on every run. */
export async function fingerprint(sql: Sql): Promise<string> {
  await sql.query('BEGIN READ ONLY')
  try {
    // With no search path every name is written with its schema.
    await sql.query(`SET LOCAL search_path = ''`)
    const [row] = await sql.query<{ sum: string }>(
      `SELECT md5(string_agg(line COLLATE "C", E'\\n' ORDER BY line COLLATE "C")) AS sum FROM (${lines.join(' UNION ALL ')}) AS l(line)`,
    )
    return row?.sum ?? ''
  } finally {
    await sql.query('ROLLBACK')
  }
}
