import type { Sql } from '../../ports.js'
import { userSchema } from '../masking/catalogue.js'

/** One part of a schema: what it is, and everything that could differ. */
interface Part {
  readonly what: string
  readonly definition: string
}

const notOfExtension = (catalog: string, id: string) =>
  `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${id} AND e.deptype = 'e')`
const own = (catalog: string, id: string) => `${userSchema} AND ${notOfExtension(catalog, id)}`
/** Grants in one order; where none was ever given or taken, those of a new object. */
const grants = (acl: string, kind: string, owner: string) =>
  `ARRAY(SELECT a::text FROM unnest(coalesce(${acl}, acldefault(${kind}, ${owner}))) a ORDER BY 1)::text`
const role = (id: string) => `pg_get_userbyid(${id})`

/**
 * By names, never by OIDs, which differ. A partition may have the columns of its parent in another order, and names of
 * its own for what it inherits: rows go through the parent, so that is let pass.
 */
const parts = [
  `SELECT 'schema ' || n.nspname, json_build_array(${role('n.nspowner')}, ${grants('n.nspacl', `'n'`, 'n.nspowner')}) FROM pg_namespace n WHERE ${own('pg_namespace', 'n.oid')}`,
  `SELECT 'extension ' || extname, json_build_array(extversion, extnamespace::regnamespace) FROM pg_extension`,
  `SELECT 'relation ' || c.oid::regclass, json_build_array(c.relkind, c.relpersistence, ${role('c.relowner')}, ${grants('c.relacl', `CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END`, 'c.relowner')}, ARRAY(SELECT o FROM unnest(c.reloptions) o ORDER BY 1)::text,
          (SELECT amname FROM pg_am WHERE oid = c.relam), (SELECT spcname FROM pg_tablespace WHERE oid = c.reltablespace), c.relrowsecurity, c.relforcerowsecurity,
          c.relreplident, pg_get_expr(c.relpartbound, c.oid), pg_get_partkeydef(c.oid), nullif(c.reloftype, 0)::regtype,
          ARRAY(SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = c.oid ORDER BY inhseqno)::text, CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END,
          (SELECT fs.srvname || ' ' || coalesce(ft.ftoptions::text, '') FROM pg_foreign_table ft JOIN pg_foreign_server fs ON fs.oid = ft.ftserver WHERE ft.ftrelid = c.oid))
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c') AND c.relpersistence <> 't' AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'column ' || c.oid::regclass || '.' || a.attname, json_build_array(CASE WHEN NOT c.relispartition THEN row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) END, format_type(a.atttypid, a.atttypmod), a.attnotnull,
          nullif(a.attidentity, ''), nullif(a.attgenerated, ''), pg_get_expr(d.adbin, d.adrelid), a.attcollation::regcollation, a.attstorage, to_jsonb(a) ->> 'attcompression',
          coalesce((to_jsonb(a) ->> 'attstattarget')::int, -1), a.attoptions::text, a.attfdwoptions::text, a.attislocal OR c.relispartition, (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(a.attacl) x)::text)
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND c.relpersistence <> 't' AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'constraint ' || o.conname || ' on ' || coalesce(o.conrelid::regclass::text, '') || coalesce(nullif(o.contypid, 0)::regtype::text, ''),
          json_build_array(pg_get_constraintdef(o.oid), o.convalidated, o.conislocal OR c.relispartition, o.connoinherit)
     FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace LEFT JOIN pg_class c ON c.oid = o.conrelid
    WHERE NOT (o.contype = 'n' AND c.relispartition) AND ${userSchema} AND ${notOfExtension('pg_class', 'o.conrelid')} AND ${notOfExtension('pg_type', 'o.contypid')} AND o.contype <> 't'`,
  `SELECT 'index ' || i.indexrelid::regclass, json_build_array(pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered, i.indisreplident, i.indimmediate,
          (SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = i.indexrelid), (SELECT spcname FROM pg_tablespace WHERE oid = x.reltablespace))
     FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own('pg_class', 'c.oid')}`,
  `SELECT 'routine ' || p.oid::regprocedure, json_build_array(CASE WHEN p.prokind = 'a' THEN json_build_array(g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggtranstype::regtype, g.agginitval, g.aggsortop::regoperator, g.aggkind)
            ELSE json_build_array(pg_get_functiondef(p.oid)) END, ${role('p.proowner')}, ${grants('p.proacl', `'f'`, 'p.proowner')})
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid
    WHERE ${own('pg_proc', 'p.oid')} AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')`,
  `SELECT 'trigger ' || t.tgname || ' on ' || t.tgrelid::regclass, json_build_array(pg_get_triggerdef(t.oid), t.tgenabled) FROM pg_trigger t WHERE NOT t.tgisinternal`,
  `SELECT 'rule ' || r.rulename || ' on ' || r.ev_class::regclass, json_build_array(pg_get_ruledef(r.oid), r.ev_enabled)
     FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND ${userSchema}`,
  `SELECT 'policy ' || p.polname || ' on ' || p.polrelid::regclass, json_build_array(p.polcmd, p.polpermissive, ARRAY(SELECT CASE r WHEN 0 THEN 'public' ELSE ${role('r')}::text END FROM unnest(p.polroles) r ORDER BY 1)::text,
          pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) FROM pg_policy p`,
  `SELECT 'type ' || t.oid::regtype, json_build_array(t.typtype, ${role('t.typowner')}, ${grants('t.typacl', `'T'`, 't.typowner')}, CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END, t.typnotnull,
          t.typdefault, t.typcollation::regcollation, ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder)::text,
          (SELECT json_build_array(rngsubtype::regtype, rngcollation::regcollation, rngcanonical, rngsubdiff) FROM pg_range WHERE rngtypid = t.oid))
     FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typelem = 0 AND ${own('pg_type', 't.oid')} AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c')`,
  `SELECT 'sequence ' || c.oid::regclass, json_build_array(s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
          (SELECT d.deptype::text || d.refobjid::regclass || d.refobjsubid FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')))
     FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relpersistence <> 't' AND ${own('pg_class', 'c.oid')}`,
  `SELECT 'collation ' || k.oid::regcollation, json_build_array(k.collprovider, k.collisdeterministic, k.collencoding, to_jsonb(k) ->> 'collcollate', to_jsonb(k) ->> 'collctype', to_jsonb(k) ->> 'colliculocale',
          to_jsonb(k) ->> 'colllocale', to_jsonb(k) ->> 'collicurules', ${role('k.collowner')}) FROM pg_collation k JOIN pg_namespace n ON n.oid = k.collnamespace WHERE ${own('pg_collation', 'k.oid')}`,
  `SELECT 'statistics ' || n.nspname || '.' || e.stxname, json_build_array(pg_get_statisticsobjdef(e.oid), ${role('e.stxowner')}, coalesce((to_jsonb(e) ->> 'stxstattarget')::int, -1)) FROM pg_statistic_ext e JOIN pg_namespace n ON n.oid = e.stxnamespace WHERE ${userSchema}`,
  `SELECT 'event trigger ' || evtname, json_build_array(evtevent, evtfoid::regprocedure, evtenabled, evttags::text, ${role('evtowner')}) FROM pg_event_trigger`,
  `SELECT 'publication ' || p.pubname, json_build_array(${role('p.pubowner')}, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot,
          (SELECT string_agg(r.prrelid::regclass || ' ' || coalesce((to_jsonb(r) ->> 'prattrs'), '') || coalesce(pg_get_expr((to_jsonb(r) ->> 'prqual')::pg_node_tree, r.prrelid), ''), ',' ORDER BY r.prrelid::regclass::text) FROM pg_publication_rel r WHERE r.prpubid = p.oid)) FROM pg_publication p`,
  `SELECT 'foreign data wrapper ' || w.fdwname, json_build_array(${role('w.fdwowner')}, w.fdwoptions::text, ${grants('w.fdwacl', `'F'`, 'w.fdwowner')}) FROM pg_foreign_data_wrapper w`,
  `SELECT 'server ' || s.srvname, json_build_array(${role('s.srvowner')}, s.srvtype, s.srvversion, s.srvoptions::text, ${grants('s.srvacl', `'S'`, 's.srvowner')}) FROM pg_foreign_server s`,
  `SELECT 'default privileges of ' || ${role('d.defaclrole')} || ' in ' || coalesce(nullif(d.defaclnamespace, 0)::regnamespace::text, 'all schemas') || ' on ' || d.defaclobjtype::text, json_build_array((SELECT array_agg(x::text ORDER BY x::text) FROM unnest(d.defaclacl) x)) FROM pg_default_acl d`,
  `SELECT 'comment on ' || pg_describe_object(d.classoid, d.objoid, d.objsubid), json_build_array(d.description) FROM pg_description d WHERE (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass AND d.objoid = (SELECT oid FROM pg_namespace WHERE nspname = 'public')) AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')
      AND d.classoid NOT IN ('pg_largeobject'::regclass, 'pg_subscription'::regclass)`,
  `SELECT 'label on ' || pg_describe_object(l.classoid, l.objoid, l.objsubid), json_build_array(l.provider, l.label) FROM pg_seclabel l WHERE l.classoid <> 'pg_largeobject'::regclass`,
  ...(
    [
      ['cast', 'pg_cast'],
      ['operator', 'pg_operator'],
      ['operator class', 'pg_opclass'],
      ['operator family', 'pg_opfamily'],
      ['text search configuration', 'pg_ts_config'],
      ['text search dictionary', 'pg_ts_dict'],
      ['text search parser', 'pg_ts_parser'],
      ['text search template', 'pg_ts_template'],
      ['conversion', 'pg_conversion'],
      ['language', 'pg_language'],
      ['transform', 'pg_transform'],
      ['access method', 'pg_am'],
    ] as const
  ).map(
    // Made by hand only, and rarely: that they are there is enough to send the whole to another way.
    ([kind, catalog]) =>
      `SELECT pg_describe_object('${catalog}'::regclass, o.oid, 0), json_build_array('${kind}') FROM ${catalog} o WHERE o.oid >= 16384 AND ${notOfExtension(catalog, 'o.oid')}
        AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = '${catalog}'::regclass AND i.objid = o.oid AND i.deptype = 'i')`,
  ),
]

/** Everything of a schema that people made: far more than what a migration tool would notice. */
async function readParts(sql: Sql): Promise<Part[]> {
  await sql.query('BEGIN READ ONLY; SET LOCAL search_path = pg_catalog')
  try {
    return await sql.query<Part>(
      `SELECT what, definition::text FROM (${parts.join(' UNION ALL ')}) AS p(what, definition)`,
    )
  } finally {
    await sql.query('ROLLBACK')
  }
}

/** What is not alike in the two schemas, by name: definitions may quote what nobody should read. Empty when they are equal. */
export async function schemaDifferences(one: Sql, other: Sql): Promise<string[]> {
  const count = (list: readonly Part[]) => {
    const lines = new Map<string, number>()
    for (const part of list) {
      const line = JSON.stringify([part.what, part.definition])
      lines.set(line, (lines.get(line) ?? 0) + 1)
    }
    return lines
  }
  const [here, there] = [count(await readParts(one)), count(await readParts(other))]
  const different = [...new Set([...here.keys(), ...there.keys()])].filter((line) => here.get(line) !== there.get(line))
  return [...new Set(different.map((line) => (JSON.parse(line) as [string])[0]))].toSorted()
}
