import type { Dependent } from '../../domain/masking/schema.js'
import type { ColumnAt } from '../../domain/masking/tree-plan.js'
import type { Sql } from '../../ports.js'

/** Statements that take an object away and bring it back as it was: owner, grants, comments and state included. */
export interface Definition {
  readonly drop: readonly string[]
  readonly restore: readonly string[]
  /** A materialized view that had rows. */
  readonly refresh?: string
}

/** `search_path` must be `pg_catalog`: definitions then name every schema. */
export async function readDefinition(sql: Sql, { kind, id }: Dependent): Promise<Definition> {
  const [row] = await sql.query<{ drop: string; restore: (string | null)[]; refresh: string | null }>(queries[kind], [
    id,
  ])
  if (!row) throw new Error(`The ${kind} ${id} is gone.`)
  const restore = row.restore.filter((statement) => statement !== null)
  return { drop: [row.drop], restore, ...(row.refresh === null ? {} : { refresh: row.refresh }) }
}

const comment = (what: string, text: string) => `'COMMENT ON ${what} IS ' || quote_literal(${text})`
const rolesOf = `CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END`
const option = `CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`

/** Default privileges would give a new view rights that the old one did not have, so those go first. */
const grantsOf = `ARRAY(SELECT format($do$DO $x$ DECLARE who text; BEGIN FOR who IN SELECT DISTINCT ${rolesOf}
    FROM pg_class c, aclexplode(c.relacl) g WHERE c.oid = %L::regclass AND (%L OR g.grantee <> c.relowner) LOOP
    EXECUTE 'REVOKE ALL ON ' || %L || ' FROM ' || who; END LOOP; END $x$$do$, c.oid::regclass, c.relacl IS NOT NULL, c.oid::regclass))
  || ARRAY(SELECT format('GRANT %s ON %s TO %s%s', string_agg(g.privilege_type, ', '), c.oid::regclass, ${rolesOf}, ${option})
             FROM aclexplode(c.relacl) g GROUP BY g.grantee, g.is_grantable ORDER BY g.grantee)
  || ARRAY(SELECT format('GRANT %s (%I) ON %s TO %s%s', g.privilege_type, a.attname, c.oid::regclass, ${rolesOf}, ${option})
             FROM pg_attribute a, aclexplode(a.attacl) g WHERE a.attrelid = c.oid AND NOT a.attisdropped)`

const commentsOf = (
  word: string,
) => `ARRAY(SELECT ${comment(`${word} ' || c.oid::regclass || '`, 'd.description')} FROM pg_description d
    WHERE d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0)
  || ARRAY(SELECT ${comment(`COLUMN ' || c.oid::regclass || '.' || quote_ident(a.attname) || '`, 'd.description')} FROM pg_description d
    JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
    WHERE d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid > 0)`

const columnsOf = `(SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)`
const optionsOf = `coalesce(' WITH (' || (SELECT string_agg(split_part(o, '=', 1) || '=' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ') FROM unnest(c.reloptions) o) || ')', '')`
const bodyOf = `rtrim(pg_get_viewdef(c.oid), ';')`
const ownerOf = (word: string) =>
  `CASE WHEN pg_get_userbyid(c.relowner) <> current_user THEN format('ALTER ${word} %s OWNER TO %I', c.oid::regclass, pg_get_userbyid(c.relowner)) END`

const indexesOf = (condition: string) => `ARRAY(SELECT s FROM (
    SELECT i.indexrelid, pg_get_indexdef(i.indexrelid) AS s FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE ${condition}
    UNION ALL SELECT i.indexrelid, ${comment(`INDEX ' || i.indexrelid::regclass || '`, 'd.description')} FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      JOIN pg_description d ON d.objoid = i.indexrelid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0 WHERE ${condition}) AS parts(indexrelid, s)
    ORDER BY indexrelid, s NOT LIKE 'CREATE%')`

const stateOf = (what: string, state: string, thing: string) =>
  `CASE ${state} WHEN 'D' THEN format('ALTER TABLE %s DISABLE ${what} %I', ${thing}) WHEN 'R' THEN format('ALTER TABLE %s ENABLE REPLICA ${what} %I', ${thing})
     WHEN 'A' THEN format('ALTER TABLE %s ENABLE ALWAYS ${what} %I', ${thing}) END`

const queries: Readonly<Record<Dependent['kind'], string>> = {
  view: `SELECT 'DROP VIEW ' || c.oid::regclass AS drop, NULL AS refresh,
      ARRAY['CREATE VIEW ' || c.oid::regclass || ' (' || ${columnsOf} || ')' || ${optionsOf} || ' AS ' || ${bodyOf}, ${ownerOf('VIEW')}]
      || ARRAY(SELECT format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', c.oid::regclass, a.attname, pg_get_expr(f.adbin, f.adrelid))
           FROM pg_attrdef f JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum WHERE f.adrelid = c.oid)
      || ${commentsOf('VIEW')} || ${grantsOf} AS restore
    FROM pg_class c WHERE c.oid = $1::oid`,
  'materialized view': `SELECT 'DROP MATERIALIZED VIEW ' || c.oid::regclass AS drop,
      CASE WHEN c.relispopulated THEN 'REFRESH MATERIALIZED VIEW ' || c.oid::regclass END AS refresh,
      ARRAY['CREATE MATERIALIZED VIEW ' || c.oid::regclass || ' (' || ${columnsOf} || ')' || coalesce(' USING ' || quote_ident(m.amname), '') || ${optionsOf}
        || coalesce(' TABLESPACE ' || quote_ident(s.spcname), '') || ' AS ' || ${bodyOf} || ' WITH NO DATA', ${ownerOf('MATERIALIZED VIEW')}]
      || ${indexesOf('i.indrelid = c.oid')}
      || ARRAY(SELECT pg_get_statisticsobjdef(e.oid) FROM pg_statistic_ext e WHERE e.stxrelid = c.oid)
      || ${commentsOf('MATERIALIZED VIEW')} || ${grantsOf} AS restore
    FROM pg_class c LEFT JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace WHERE c.oid = $1::oid`,
  rule: `SELECT format('DROP RULE %I ON %s', r.rulename, r.ev_class::regclass) AS drop, NULL AS refresh,
      ARRAY[pg_get_ruledef(r.oid), ${stateOf('RULE', 'r.ev_enabled', 'r.ev_class::regclass, r.rulename')},
        ${comment(`RULE ' || quote_ident(r.rulename) || ' ON ' || r.ev_class::regclass || '`, `obj_description(r.oid, 'pg_rewrite')`)}] AS restore
    FROM pg_rewrite r WHERE r.oid = $1::oid`,
  policy: `SELECT format('DROP POLICY %I ON %s', p.polname, p.polrelid::regclass) AS drop, NULL AS refresh,
      ARRAY[format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', p.polname, p.polrelid::regclass, CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
          CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
          (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END, ', ') FROM unnest(p.polroles) r))
        || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '') || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', ''),
        ${comment(`POLICY ' || quote_ident(p.polname) || ' ON ' || p.polrelid::regclass || '`, `obj_description(p.oid, 'pg_policy')`)}] AS restore
    FROM pg_policy p WHERE p.oid = $1::oid`,
  trigger: `SELECT format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass) AS drop, NULL AS refresh,
      ARRAY[pg_get_triggerdef(t.oid), ${stateOf('TRIGGER', 't.tgenabled', 't.tgrelid::regclass, t.tgname')},
        ${comment(`TRIGGER ' || quote_ident(t.tgname) || ' ON ' || t.tgrelid::regclass || '`, `obj_description(t.oid, 'pg_trigger')`)}] AS restore
    FROM pg_trigger t WHERE t.oid = $1::oid`,
  function: 'SELECT NULL',
  publication: 'SELECT NULL',
}

const ofConstraint = (index: string) =>
  `EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = ${index} AND o.contype IN ('p', 'u', 'x'))`
/** A constraint of a partitioned table makes its indexes on the partitions itself. A plain index comes back without them, by `ON ONLY`. */
const ofConstraintAbove = `EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = i.indexrelid AND ${ofConstraint('h.inhparent')})`
const onColumn = `i.indrelid = c.oid AND EXISTS (SELECT FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND d.refobjid = c.oid AND d.refobjsubid = $2::int)`

/**
 * What goes with a generated column that leaves its table for a moment: its indexes and constraints, statistics
 * objects, comment and grants. The column itself comes back in the ALTER that masks its sources.
 */
export async function readBelongings(sql: Sql, { table, column }: ColumnAt): Promise<Definition> {
  const [row] = await sql.query<{ restore: string[] }>(
    `SELECT ARRAY(SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.oid::regclass, o.conname, pg_get_constraintdef(o.oid)) FROM pg_constraint o
             WHERE o.conrelid = c.oid AND o.contype IN ('p', 'u', 'x', 'c') AND $2::int2 = ANY (o.conkey) AND o.conislocal ORDER BY o.contype <> 'p', o.oid)
         || ${indexesOf(`${onColumn} AND NOT ${ofConstraintAbove} AND NOT ${ofConstraint('i.indexrelid')}`)}
         || ARRAY(SELECT format('ALTER INDEX %s ATTACH PARTITION %s', a.inhparent::regclass, a.inhrelid::regclass) FROM pg_inherits a
              JOIN pg_index i ON i.indexrelid = a.inhrelid WHERE NOT ${ofConstraint('a.inhparent')}
               AND (${onColumn} OR i.indrelid = c.oid AND $2::int2 = ANY (i.indkey)) ORDER BY a.inhrelid)
         || ARRAY(SELECT pg_get_statisticsobjdef(e.oid) FROM pg_statistic_ext e WHERE e.stxrelid = c.oid AND EXISTS (SELECT FROM pg_depend d
              WHERE d.classid = 'pg_statistic_ext'::regclass AND d.objid = e.oid AND d.refobjid = c.oid AND d.refobjsubid = $2::int))
         || ARRAY(SELECT ${comment(`COLUMN ' || c.oid::regclass || '.' || quote_ident(a.attname) || '`, 'd.description')} FROM pg_description d
              WHERE d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = a.attnum)
         || ARRAY(SELECT format('GRANT %s (%I) ON %s TO %s%s', g.privilege_type, a.attname, c.oid::regclass, ${rolesOf}, ${option}) FROM aclexplode(a.attacl) g) AS restore
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = $2::int2 WHERE c.oid = $1::oid`,
    [table.id, column.number],
  )
  return { drop: [], restore: row?.restore ?? [] }
}
