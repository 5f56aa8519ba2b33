export const id = 543;
export const ids = [543,101];
export const modules = {

/***/ 9798:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ findLedgers)
/* harmony export */ });
/**
 * Where migration tools write down what they have applied: tool, table, and columns that tell it from an
 * application's table of the same name. Names: each tool's documentation and default settings.
 */
const known = [
    ['Prisma', '_prisma_migrations', 'checksum', 'finished_at', 'migration_name'],
    ['Drizzle', '__drizzle_migrations', 'hash', 'created_at'],
    ['knex', 'knex_migrations', 'name', 'batch', 'migration_time'],
    ['knex', 'knex_migrations_lock', 'index', 'is_locked'],
    ['node-pg-migrate', 'pgmigrations', 'name', 'run_on'],
    ['TypeORM', 'migrations', 'timestamp', 'name'],
    ['postgres-migrations', 'migrations', 'name', 'hash', 'executed_at'],
    ['db-migrate', 'migrations', 'name', 'run_on'],
    ['Laravel', 'migrations', 'migration', 'batch'],
    ['Sequelize', 'SequelizeMeta', 'name'],
    ['MikroORM', 'mikro_orm_migrations', 'name', 'executed_at'],
    ['Kysely', 'kysely_migration', 'name', 'timestamp'],
    ['Kysely', 'kysely_migration_lock', 'id', 'is_locked'],
    ['dbmate, Rails, golang-migrate or Ecto', 'schema_migrations', 'version'],
    ['Rails', 'ar_internal_metadata', 'key', 'value'],
    ['Flyway', 'flyway_schema_history', 'installed_rank', 'script', 'checksum'],
    ['Flyway', 'schema_version', 'installed_rank', 'script', 'checksum'],
    ['Liquibase', 'databasechangelog', 'id', 'author', 'md5sum'],
    ['Liquibase', 'databasechangeloglock', 'id', 'locked'],
    ['Alembic', 'alembic_version', 'version_num'],
    ['Django', 'django_migrations', 'app', 'name', 'applied'],
    ['EF Core', '__EFMigrationsHistory', 'MigrationId', 'ProductVersion'],
    ['goose', 'goose_db_version', 'version_id', 'is_applied'],
    ['sql-migrate', 'gorp_migrations', 'id', 'applied_at'],
    ['sqlx', '_sqlx_migrations', 'version', 'checksum'],
    ['Diesel', '__diesel_schema_migrations', 'version', 'run_on'],
    ['Atlas', 'atlas_schema_revisions', 'version', 'executed_at'],
    ['Doctrine', 'doctrine_migration_versions', 'version', 'executed_at'],
    ['Phinx', 'phinxlog', 'version'],
    ['Postgrator', 'schemaversion', 'version', 'md5'],
    ['@databases', 'atdatabases_migrations_applied', 'script', 'applied_at'],
    ['@databases', 'atdatabases_migrations_version', 'version'],
    ['Payload', 'payload_migrations', 'name', 'batch'],
];
/** Tools that keep a whole schema to themselves. */
const schemas = [
    ['Sqitch', 'sqitch'],
    ['graphile-migrate', 'graphile_migrate'],
    ['pgroll', 'pgroll'],
];
/** Every ledger table of this database. */
async function findLedgers(sql) {
    const tables = await sql.query(`SELECT c.oid::text AS id, c.oid::regclass::text AS name, n.nspname::text AS schema, c.relname::text AS table,
            (SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND (lower(c.relname) = ANY ($1) OR n.nspname = ANY ($2)) ORDER BY 2`, [known.map(([, table]) => table.toLowerCase()), schemas.map(([, schema]) => schema)]);
    return tables.flatMap((row) => {
        const tool = toolOf(row);
        return tool === undefined ? [] : [{ id: row.id, name: row.name, tool }];
    });
}
function toolOf(row) {
    const owner = schemas.find(([, schema]) => schema === row.schema);
    if (owner)
        return owner[0];
    return known.find(([, table, ...columns]) => table.toLowerCase() === row.table.toLowerCase() && columns.every((column) => row.columns?.includes(column)))?.[0];
}


/***/ }),

/***/ 8770:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ readSchema),
/* harmony export */   v: () => (/* binding */ userSchema)
/* harmony export */ });
/* harmony import */ var _ledgers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9798);
/* harmony import */ var _labels_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8924);


/** Schemas of people, not of PostgreSQL and not of an extension; `n` is pg_namespace. */
const userSchema = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
const notOfExtension = (catalog, id) => `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${id} AND e.deptype = 'e')`;
/**
 * Everything a masking plan needs, in nine queries. `search_path` must be `pg_catalog` alone: names then come with
 * their schema, and nobody's functions stand in for the server's.
 */
async function readSchema(sql) {
    const server = await readServer(sql);
    const ledgers = new Map((await (0,_ledgers_js__WEBPACK_IMPORTED_MODULE_1__/* .findLedgers */ .O)(sql)).map((ledger) => [ledger.id, ledger.tool]));
    const columns = new Map();
    for (const { table, ...column } of await readColumns(sql))
        columns.set(table, [...(columns.get(table) ?? []), column]);
    const tables = (await readTables(sql)).map((row) => ({
        ...row,
        columns: columns.get(row.id) ?? [],
        ledger: ledgers.get(row.id),
    }));
    const [other] = await sql.query('SELECT count(*)::int AS objects FROM pg_largeobject_metadata');
    return {
        server,
        tables,
        uniques: await readUniques(sql),
        foreignKeys: await readForeignKeys(sql),
        dependents: await readDependents(sql),
        largeObjects: other?.objects ?? 0,
        userMappings: await sql.query('SELECT srvname::text AS server, usename::text AS user FROM pg_user_mappings'),
        labels: await (0,_labels_js__WEBPACK_IMPORTED_MODULE_0__/* .readLabels */ .k)(sql),
    };
}
async function readServer(sql) {
    const [row] = await sql.query(`SELECT current_setting('server_version_num')::int AS version, rolsuper AS superuser, rolname::text AS role
       FROM pg_roles WHERE rolname = current_user`);
    return row ?? { version: 0, superuser: false, role: '' };
}
/** A column of a partition key, in an expression too, depends on its own table. Without an estimate the size bounds the rows: none takes less than 28 bytes (tuple header and line pointer). */
function readTables(sql) {
    return sql.query(`SELECT c.oid::text AS id, n.nspname::text AS schema, c.relname::text AS name, c.oid::regclass::text AS sql,
            CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned' ELSE 'foreign' END AS kind,
            ARRAY(SELECT inhparent::text FROM pg_inherits WHERE inhrelid = c.oid ORDER BY inhseqno) AS parents,
            (CASE WHEN c.relkind <> 'r' THEN 0 WHEN c.reltuples > 0 THEN c.reltuples ELSE pg_relation_size(c.oid) / 28 END)::float8 AS rows,
            (CASE WHEN c.relkind = 'r' THEN pg_relation_size(c.oid) ELSE 0 END)::float8 AS size,
            (SELECT count(*)::int FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND attisdropped) AS "droppedColumns",
            ARRAY(SELECT a.attname::text FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.objid AND a.attnum = d.objsubid
                   WHERE c.relkind = 'p' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid > 0 AND d.deptype = 'i'
                     AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = 0) AS "partitionColumns",
            pg_has_role(c.relowner, 'USAGE') AS ours, c.reloftype <> 0 AS typed, c.relforcerowsecurity AS "forcesRowSecurity"
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND ${userSchema} AND ${notOfExtension('pg_class', 'c.oid')}
      ORDER BY c.oid`);
}
/** A domain over a domain and an array of a domain are followed down to the type whose values are stored. */
function readColumns(sql) {
    return sql.query(`WITH RECURSIVE down AS (
       SELECT oid AS start, oid AS at, typtypmod AS modifier, false AS array, 0 AS step FROM pg_type
       UNION ALL
       SELECT d.start, CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END,
              CASE WHEN t.typtype = 'd' AND t.typtypmod >= 0 THEN t.typtypmod ELSE d.modifier END, d.array OR t.typtype <> 'd', d.step + 1
         FROM down d JOIN pg_type t ON t.oid = d.at
        WHERE t.typtype = 'd' OR (t.typelem <> 0 AND t.typcategory = 'A'))
     SELECT a.attrelid::text AS table, a.attnum AS number, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type,
            b.typname::text AS base, bn.nspname::text AS "baseSchema", b.typtype::text AS "baseKind", d.array,
            CASE WHEN b.typname IN ('varchar', 'bpchar') THEN nullif(greatest(a.atttypmod, d.modifier), -1) - 4 END AS length,
            ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = b.oid ORDER BY enumsortorder) AS labels,
            a.attnotnull OR t.typnotnull AS "notNull", a.attgenerated::text AS generated,
            CASE WHEN a.attgenerated <> '' THEN pg_get_expr(f.adbin, f.adrelid) END AS expression,
            CASE WHEN a.attgenerated = '' THEN '{}'::int[] ELSE ARRAY(SELECT p.refobjsubid FROM pg_depend p
              WHERE p.refclassid = 'pg_class'::regclass AND p.refobjid = a.attrelid AND p.refobjsubid > 0
                AND (p.classid, p.objid, p.objsubid) IN (('pg_attrdef'::regclass, f.oid, 0), ('pg_class'::regclass, a.attrelid, a.attnum))
                AND p.refobjsubid <> a.attnum) END AS reads,
            CASE WHEN a.attcollation NOT IN (0, t.typcollation) THEN quote_ident(cn.nspname) || '.' || quote_ident(k.collname) END AS collation,
            NOT coalesce(k.collisdeterministic, true) AS nondeterministic,
            CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
              WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END AS storage,
            CASE to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
            a.attinhcount > 0 AS inherited
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_type t ON t.oid = a.atttypid
       JOIN LATERAL (SELECT * FROM down WHERE start = a.atttypid ORDER BY step DESC LIMIT 1) d ON true
       JOIN pg_type b ON b.oid = d.at JOIN pg_namespace bn ON bn.oid = b.typnamespace
       LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
       LEFT JOIN pg_collation k ON k.oid = a.attcollation LEFT JOIN pg_namespace cn ON cn.oid = k.collnamespace
      WHERE c.relkind IN ('r', 'p', 'f') AND ${userSchema} AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attrelid, a.attnum`);
}
/** Unique and primary keys, unique indexes and exclusion constraints, partial ones too. */
function readUniques(sql) {
    return sql.query(`SELECT i.indexrelid::regclass::text AS name, i.indisprimary AS primary, i.indrelid::text AS table,
            ARRAY(SELECT DISTINCT k FROM (SELECT unnest((i.indkey::int2[])[0:i.indnkeyatts - 1])::int UNION
              SELECT d.refobjsubid FROM pg_depend d WHERE i.indexprs IS NOT NULL AND d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid > 0) AS all_of(k) WHERE k > 0) AS columns,
            ARRAY(SELECT a.attnum::int FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum > 0 AND i.indnkeyatts = 1
              AND pg_get_indexdef(i.indexrelid, 1, true) ~ ('^lower\\(\\(?' || regexp_replace(quote_ident(a.attname), '[][(){}.*+?^$|\\\\]', '\\\\\\&', 'g') || '(\\)?::text)?\\)$')) AS lowered
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE (i.indisunique OR i.indisexclusion) AND c.relkind IN ('r', 'p') AND ${userSchema} ORDER BY i.indexrelid`);
}
/** Those that people declared; a partition's copies come and go with them. */
function readForeignKeys(sql) {
    return sql.query(`SELECT o.oid::text AS id, o.conname::text AS name, o.conrelid::text AS table, o.conkey::int[] AS columns,
            o.confrelid::text AS target, o.confkey::int[] AS "targetColumns",
            ARRAY(SELECT format('OPERATOR(%I.%s)', n.nspname, p.oprname) FROM unnest(o.conpfeqop) WITH ORDINALITY AS e(id, i)
                    JOIN pg_operator p ON p.oid = e.id JOIN pg_namespace n ON n.oid = p.oprnamespace ORDER BY e.i) AS operators, pg_get_constraintdef(o.oid) AS definition,
            obj_description(o.oid, 'pg_constraint') AS comment
       FROM pg_constraint o WHERE o.contype = 'f' AND o.conparentid = 0 ORDER BY o.oid`);
}
/** What refuses ALTER COLUMN … TYPE (facts 3.3), and the views, rules, policies and triggers on those views in turn. */
async function readDependents(sql) {
    const uses = (catalog, id) => `(SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('relation', d.refobjid::text, 'column', d.refobjsubid)), '[]') FROM pg_depend d
       WHERE d.classid = '${catalog}'::regclass AND d.objid = ${id} AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('n', 'a'))`;
    return sql.query(`SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END AS kind, c.oid::text AS id, c.oid::regclass::text AS name,
            c.oid::text AS relation, ${uses('pg_rewrite', 'r.oid')} AS uses
       FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('v', 'm') AND r.rulename = '_RETURN' AND ${userSchema}
     UNION ALL
     SELECT 'rule', r.oid::text, r.rulename || ' on ' || c.oid::regclass, c.oid::text, ${uses('pg_rewrite', 'r.oid')}
       FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE r.rulename <> '_RETURN' AND ${userSchema}
     UNION ALL
     SELECT 'policy', p.oid::text, p.polname || ' on ' || p.polrelid::regclass, p.polrelid::text, ${uses('pg_policy', 'p.oid')} FROM pg_policy p
     UNION ALL
     SELECT 'trigger', t.oid::text, t.tgname || ' on ' || t.tgrelid::regclass, t.tgrelid::text, ${uses('pg_trigger', 't.oid')}
       FROM pg_trigger t WHERE NOT t.tgisinternal AND t.tgparentid = 0
     UNION ALL
     SELECT 'function', p.oid::text, p.oid::regprocedure::text, '0', ${uses('pg_proc', 'p.oid')} FROM pg_proc p
      WHERE EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass)
     UNION ALL
     SELECT 'publication', p.oid::text, (SELECT pubname FROM pg_publication b WHERE b.oid = p.prpubid) || ' with ' || p.prrelid::regclass, '0',
            ${uses('pg_publication_rel', 'p.oid')} FROM pg_publication_rel p
      ORDER BY 1, 2`);
}


/***/ }),

/***/ 8924:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   W: () => (/* binding */ labelNotes),
/* harmony export */   k: () => (/* binding */ readLabels)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

/** Labels stay in the catalog whether or not the extension that reads them is there. */
function readLabels(sql) {
    return sql.query(`SELECT l.provider, l.objoid::text AS table, l.objsubid AS column, l.label FROM pg_seclabel l
      WHERE l.classoid = 'pg_class'::regclass AND l.provider IN ('anon', 'k_anonymity') ORDER BY l.objoid, l.objsubid, l.provider`);
}
/** Labels change what is masked and stand in no file, so they are told with a hash of their own; empty without any. */
function labelNotes({ labels }) {
    if (labels.length === 0)
        return [];
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(labels.join('\n')).digest('hex').slice(0, 16);
    return [`Security labels ruled ${labels.length} columns (${hash}).`];
}


/***/ }),

/***/ 6543:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  cloneSchema: () => (/* binding */ cloneSchema)
});

// EXTERNAL MODULE: ./lib/sql/pg-delta.js
var pg_delta = __webpack_require__(9144);
// EXTERNAL MODULE: ./lib/sql/session.js
var session = __webpack_require__(3480);
// EXTERNAL MODULE: ./lib/data/masking/catalogue.js
var catalogue = __webpack_require__(8770);
;// CONCATENATED MODULE: ./lib/data/schema-clone/compare.js

const notOfExtension = (catalog, id) => `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${id} AND e.deptype = 'e')`;
const own = (catalog, id) => `${catalogue/* userSchema */.v} AND ${notOfExtension(catalog, id)}`;
/** Grants in one order; where none was ever given or taken, those of a new object. */
const grants = (acl, kind, owner) => `ARRAY(SELECT a::text FROM unnest(coalesce(${acl}, acldefault(${kind}, ${owner}))) a ORDER BY 1)::text`;
const role = (id) => `pg_get_userbyid(${id})`;
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
    WHERE NOT (o.contype = 'n' AND c.relispartition) AND ${catalogue/* userSchema */.v} AND ${notOfExtension('pg_class', 'o.conrelid')} AND ${notOfExtension('pg_type', 'o.contypid')} AND o.contype <> 't'`,
    `SELECT 'index ' || i.indexrelid::regclass, json_build_array(pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisclustered, i.indisreplident, i.indimmediate,
          (SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = i.indexrelid), (SELECT spcname FROM pg_tablespace WHERE oid = x.reltablespace))
     FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own('pg_class', 'c.oid')}`,
    `SELECT 'routine ' || p.oid::regprocedure, json_build_array(CASE WHEN p.prokind = 'a' THEN json_build_array(g.aggtransfn, g.aggfinalfn, g.aggcombinefn, g.aggtranstype::regtype, g.agginitval, g.aggsortop::regoperator, g.aggkind)
            ELSE json_build_array(pg_get_functiondef(p.oid)) END, ${role('p.proowner')}, ${grants('p.proacl', `'f'`, 'p.proowner')})
     FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid
    WHERE ${own('pg_proc', 'p.oid')} AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND i.deptype = 'i')`,
    `SELECT 'trigger ' || t.tgname || ' on ' || t.tgrelid::regclass, json_build_array(pg_get_triggerdef(t.oid), t.tgenabled) FROM pg_trigger t WHERE NOT t.tgisinternal`,
    `SELECT 'rule ' || r.rulename || ' on ' || r.ev_class::regclass, json_build_array(pg_get_ruledef(r.oid), r.ev_enabled)
     FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND ${catalogue/* userSchema */.v}`,
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
    `SELECT 'statistics ' || n.nspname || '.' || e.stxname, json_build_array(pg_get_statisticsobjdef(e.oid), ${role('e.stxowner')}, coalesce((to_jsonb(e) ->> 'stxstattarget')::int, -1)) FROM pg_statistic_ext e JOIN pg_namespace n ON n.oid = e.stxnamespace WHERE ${catalogue/* userSchema */.v}`,
    `SELECT 'event trigger ' || evtname, json_build_array(evtevent, evtfoid::regprocedure, evtenabled, evttags::text, ${role('evtowner')}) FROM pg_event_trigger`,
    `SELECT 'publication ' || p.pubname, json_build_array(${role('p.pubowner')}, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, p.pubviaroot,
          (SELECT string_agg(r.prrelid::regclass || ' ' || coalesce((to_jsonb(r) ->> 'prattrs'), '') || coalesce(pg_get_expr((to_jsonb(r) ->> 'prqual')::pg_node_tree, r.prrelid), ''), ',' ORDER BY r.prrelid::regclass::text) FROM pg_publication_rel r WHERE r.prpubid = p.oid)) FROM pg_publication p`,
    `SELECT 'foreign data wrapper ' || w.fdwname, json_build_array(${role('w.fdwowner')}, w.fdwoptions::text, ${grants('w.fdwacl', `'F'`, 'w.fdwowner')}) FROM pg_foreign_data_wrapper w`,
    `SELECT 'server ' || s.srvname, json_build_array(${role('s.srvowner')}, s.srvtype, s.srvversion, s.srvoptions::text, ${grants('s.srvacl', `'S'`, 's.srvowner')}) FROM pg_foreign_server s`,
    `SELECT 'default privileges of ' || ${role('d.defaclrole')} || ' in ' || coalesce(nullif(d.defaclnamespace, 0)::regnamespace::text, 'all schemas') || ' on ' || d.defaclobjtype::text, json_build_array((SELECT array_agg(x::text ORDER BY x::text) FROM unnest(d.defaclacl) x)) FROM pg_default_acl d`,
    `SELECT 'comment on ' || pg_describe_object(d.classoid, d.objoid, d.objsubid), json_build_array(d.description) FROM pg_description d WHERE (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass AND d.objoid = (SELECT oid FROM pg_namespace WHERE nspname = 'public')) AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')
      AND d.classoid NOT IN ('pg_largeobject'::regclass, 'pg_subscription'::regclass)`,
    `SELECT 'label on ' || pg_describe_object(l.classoid, l.objoid, l.objsubid), json_build_array(l.provider, l.label) FROM pg_seclabel l WHERE l.classoid <> 'pg_largeobject'::regclass`,
    ...[
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
    ].map(
    // Made by hand only, and rarely: that they are there is enough to send the whole to another way.
    ([kind, catalog]) => `SELECT pg_describe_object('${catalog}'::regclass, o.oid, 0), json_build_array('${kind}') FROM ${catalog} o WHERE o.oid >= 16384 AND ${notOfExtension(catalog, 'o.oid')}
        AND NOT EXISTS (SELECT FROM pg_depend i WHERE i.classid = '${catalog}'::regclass AND i.objid = o.oid AND i.deptype = 'i')`),
];
/** Everything of a schema that people made: far more than what a migration tool would notice. */
async function readParts(sql) {
    await sql.query('BEGIN READ ONLY; SET LOCAL search_path = pg_catalog');
    try {
        return await sql.query(`SELECT what, definition::text FROM (${parts.join(' UNION ALL ')}) AS p(what, definition)`);
    }
    finally {
        await sql.query('ROLLBACK');
    }
}
/** What is not alike in the two schemas, by name: definitions may quote what nobody should read. Empty when they are equal. */
async function schemaDifferences(one, other) {
    const count = (list) => {
        const lines = new Map();
        for (const part of list) {
            const line = JSON.stringify([part.what, part.definition]);
            lines.set(line, (lines.get(line) ?? 0) + 1);
        }
        return lines;
    };
    const [here, there] = [count(await readParts(one)), count(await readParts(other))];
    const different = [...new Set([...here.keys(), ...there.keys()])].filter((line) => here.get(line) !== there.get(line));
    return [...new Set(different.map((line) => JSON.parse(line)[0]))].toSorted();
}

// EXTERNAL MODULE: ./lib/domain/masking/sql-text.js
var sql_text = __webpack_require__(4599);
;// CONCATENATED MODULE: ./lib/data/schema-clone/mend.js


/** Statements, read from the original, for what the planner of the copy does not know. Run in this order. */
async function mendings(source, version) {
    const statements = [];
    for (const query of queries)
        statements.push(...(await source.query(query)).map((row) => row.s));
    return [
        ...statements,
        ...(version >= 140000 ? (await source.query(compression)).map((row) => row.s) : []),
    ];
}
const columns = `pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'm') AND ${catalogue/* userSchema */.v}
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`;
const alter = `'ALTER ' || CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW ' ELSE 'TABLE ' END || CASE c.relkind WHEN 'm' THEN '' ELSE 'ONLY ' END || c.oid::regclass || ' ALTER COLUMN ' || quote_ident(a.attname)`;
const queries = [
    `SELECT ${alter} || ' SET STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END AS s FROM ${columns} AND a.attstorage <> t.typstorage`,
    `SELECT ${alter} || ' SET STATISTICS ' || (to_jsonb(a) ->> 'attstattarget') AS s FROM ${columns} AND coalesce((to_jsonb(a) ->> 'attstattarget')::int, -1) <> -1`,
    `SELECT ${alter} || ' SET (' || array_to_string(a.attoptions, ', ') || ')' AS s FROM ${columns} AND a.attoptions IS NOT NULL`,
    `SELECT pg_get_statisticsobjdef(e.oid) AS s FROM pg_statistic_ext e JOIN pg_namespace n ON n.oid = e.stxnamespace WHERE ${catalogue/* userSchema */.v} ORDER BY e.oid`,
    `SELECT format('ALTER STATISTICS %I.%I OWNER TO %I', n.nspname, e.stxname, pg_get_userbyid(e.stxowner)) AS s FROM pg_statistic_ext e JOIN pg_namespace n ON n.oid = e.stxnamespace WHERE ${catalogue/* userSchema */.v}`,
    `SELECT format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, e.stxname, to_jsonb(e) ->> 'stxstattarget') AS s FROM pg_statistic_ext e JOIN pg_namespace n ON n.oid = e.stxnamespace
    WHERE ${catalogue/* userSchema */.v} AND coalesce((to_jsonb(e) ->> 'stxstattarget')::int, -1) <> -1`,
    `SELECT 'ALTER TABLE ' || c.oid::regclass || ' CLUSTER ON ' || quote_ident(x.relname) AS s FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE i.indisclustered AND ${catalogue/* userSchema */.v}`,
    `SELECT 'ALTER TABLE ONLY ' || c.oid::regclass || ' REPLICA IDENTITY USING INDEX ' || quote_ident(x.relname) AS s FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE i.indisreplident AND c.relreplident = 'i' AND ${catalogue/* userSchema */.v}`,
    `SELECT format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', c.oid::regclass, a.attname, pg_get_expr(f.adbin, f.adrelid)) AS s
     FROM pg_attrdef f JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum JOIN pg_class c ON c.oid = f.adrelid WHERE c.relkind = 'v'`,
    // A partition's trigger has a state of its own.
    `SELECT format('ALTER TABLE ONLY %s %s TRIGGER %I', t.tgrelid::regclass, CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, t.tgname) AS s
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relispartition AND c.relkind IN ('r', 'p') ORDER BY c.relkind = 'r', c.oid`,
    // Comments that the planner leaves out: on columns of views, on indexes, on statistics.
    `SELECT format('COMMENT ON %s %s IS %L', CASE WHEN d.classoid = 'pg_statistic_ext'::regclass THEN 'STATISTICS' WHEN d.objsubid > 0 THEN 'COLUMN' ELSE 'INDEX' END, i.identity, d.description) AS s
     FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    WHERE d.objoid >= 16384 AND (d.classoid = 'pg_statistic_ext'::regclass OR d.classoid = 'pg_class'::regclass AND (d.objsubid > 0 OR i.type = 'index'))
      AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')`,
    `SELECT format('GRANT %s (%I) ON %s TO %s%s', g.privilege_type, a.attname, c.oid::regclass, CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
          CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS s
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(a.attacl) g
    WHERE NOT a.attisdropped AND ${catalogue/* userSchema */.v} AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`,
    // Without rows until they are refreshed: what they would read is not there yet.
    `SELECT 'REFRESH MATERIALIZED VIEW ' || c.oid::regclass || ' WITH NO DATA' AS s FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm' AND ${catalogue/* userSchema */.v}`,
];
const compression = `SELECT ${alter} || ' SET COMPRESSION ' || CASE a.attcompression WHEN 'p' THEN 'pglz' ELSE 'lz4' END AS s FROM ${columns} AND a.attcompression <> '' AND c.relkind <> 'm'`;
/** Indexes of partitions, and from 18 on the constraints that say NOT NULL. */
const chosen = [
    `SELECT concat_ws(' ', 'index', i.indrelid::regclass, p.inhparent::regclass) AS key, i.indexrelid::regclass::text AS object, x.relname::text AS name
     FROM pg_inherits p JOIN pg_index i ON i.indexrelid = p.inhrelid JOIN pg_class x ON x.oid = i.indexrelid ORDER BY p.inhseqno, 1`,
    `SELECT concat_ws(' ', 'not null', o.conrelid::regclass, a.attname) AS key, o.conrelid::regclass::text AS object, o.conname::text AS name
     FROM pg_constraint o JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = o.conkey[1] JOIN pg_namespace n ON n.oid = o.connamespace
    WHERE o.contype = 'n' AND o.coninhcount = 0 AND ${catalogue/* userSchema */.v}`,
];
/** Renames in the copy what has another name in the original. A partition's index is known again by its parent's. */
async function renamings(source, target) {
    const statements = [];
    for (const [at, query] of chosen.entries()) {
        const wanted = new Map((await source.query(query)).map((row) => [row.key, row.name]));
        for (const { key, object, name } of await target.query(query)) {
            const right = wanted.get(key);
            if (right === undefined || right === name)
                continue;
            statements.push(at === 0
                ? `ALTER INDEX ${object} RENAME TO ${(0,sql_text/* identifier */.Cv)(right)}`
                : `ALTER TABLE ${object} RENAME CONSTRAINT ${(0,sql_text/* identifier */.Cv)(name)} TO ${(0,sql_text/* identifier */.Cv)(right)}`);
        }
    }
    return statements;
}
/** Positions of columns in their tables, by name. */
async function columnPositions(source) {
    const rows = await source.query(`SELECT n.nspname::text AS schema, c.relname::text AS table, a.attname::text AS column, a.attnum::int AS position
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attnum > 0 AND NOT a.attisdropped`);
    const positions = new Map(rows.map((row) => [JSON.stringify([row.schema, row.table, row.column]), row.position]));
    return (schema, table, column) => positions.get(JSON.stringify([schema, table, column])) ?? 0;
}
/** Of schema public, which every database has from the start. */
const commentOnPublic = async (source) => {
    const [row] = await source.query(`SELECT obj_description(oid, 'pg_namespace') AS text FROM pg_namespace WHERE nspname = 'public'`);
    return row === undefined ? [] : [`COMMENT ON SCHEMA public IS ${row.text === null ? 'NULL' : (0,sql_text/* literal */.eu)(row.text)}`];
};

;// CONCATENATED MODULE: ./lib/data/schema-clone/order.js
/** What an empty database of the same server must not get or has already. */
const elsewhere = new Set(['role', 'membership', 'userMapping', 'subscription']);
/** Types and functions before tables, so that each table gets its columns in the order in which it has them. */
const ranks = {
    schema: 0,
    extension: 1,
    collation: 2,
    type: 3,
    typeAttribute: 3,
    domain: 3,
    sequence: 4,
    function: 5,
    aggregate: 5,
    procedure: 5,
    table: 6,
    column: 7,
};
const rest = 8;
/**
 * The steps that belong into the copy, in the order to try them. A step that comes too early fails and is tried again
 * after the others; `position` is where a column stands in its table.
 */
function inOrder(steps, position) {
    const own = steps.filter(({ produces, sql }) => !produces.some(({ kind }) => elsewhere.has(kind)) && !/ USER MAPPING /.test(sql));
    const tables = new Map();
    for (const { produces } of own) {
        const [table] = produces;
        if (table?.kind === 'table')
            tables.set(nameOf(table['schema'], table['name']), tables.size);
    }
    const key = ({ produces }) => {
        const [made] = produces;
        const rank = made ? (ranks[made.kind] ?? rest) : rest;
        if (made?.kind !== 'column')
            return [rank, 0, 0];
        const { schema, table, name } = made;
        return [rank, tables.get(nameOf(schema, table)) ?? 0, position(schema, table, name)];
    };
    return own
        .map((step) => ({ step, at: key(step) }))
        .toSorted((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1] || a.at[2] - b.at[2])
        .map(({ step }) => step);
}
/** Of a step that adds a column: its table. A later column of that table must not overtake it. */
function tableOfColumn({ produces: [made] }) {
    return made?.kind === 'column' ? nameOf(made['schema'], made['table']) : undefined;
}
const nameOf = (schema, name) => JSON.stringify([schema, name]);

;// CONCATENATED MODULE: ./lib/data/schema-clone/clone.js





/**
 * Gives an empty database of the same server the schema of another one, and proves that both are alike. Rows, large
 * objects, user mappings and subscriptions are no part of it.
 * @returns what is not alike, by name; empty when the copy is proven. The copy is then of no use.
 */
async function cloneSchema(source, target) {
    // Loaded on demand: few runs need it, and it is large.
    const [{ extract }, { plan }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(840), __webpack_require__.e(872)]).then(__webpack_require__.bind(__webpack_require__, 6872)),
        Promise.all(/* import() */[__webpack_require__.e(840), __webpack_require__.e(830)]).then(__webpack_require__.bind(__webpack_require__, 4830)),
    ]);
    await source.query('SET search_path = pg_catalog');
    const empty = await extract((0,pg_delta/* asPool */.$)(target));
    const wanted = await extract((0,pg_delta/* asPool */.$)(source));
    const { actions } = plan(empty.factBase, wanted.factBase, { compact: false });
    await target.query('BEGIN; SET LOCAL search_path = pg_catalog; SET LOCAL check_function_bodies = off');
    try {
        const steps = inOrder(actions, await columnPositions(source));
        const right = steps.map((step) => ({ ...step, sql: (0,pg_delta/* corrected */.Y)(step.sql, step.produces[0]?.kind) }));
        const failed = await runInTurns(target, right);
        if (failed.length > 0) {
            await target.query('ROLLBACK');
            return failed;
        }
        const [server] = await source.query(`SELECT current_setting('server_version_num')::int AS version`);
        const late = [
            ...(await renamings(source, target)),
            ...(await mendings(source, server?.version ?? 0)),
            ...(await commentOnPublic(source)),
        ];
        for (const statement of late)
            await attempt(target, statement);
        await target.query('COMMIT');
    }
    catch (error) {
        await target.query('ROLLBACK').catch(() => undefined);
        throw error;
    }
    return schemaDifferences(source, target);
}
/**
 * Tries every step in order, and those that came too early again after the others, until all are done or none of them
 * gets further. @returns what is left, in words.
 */
async function runInTurns(sql, steps) {
    for (let waiting = steps;;) {
        const left = [];
        const held = new Set();
        const why = [];
        for (const step of waiting) {
            const table = tableOfColumn(step);
            const error = table !== undefined && held.has(table) ? 'waits for the column before' : await attempt(sql, step.sql);
            if (error === undefined)
                continue;
            left.push(step);
            why.push(`${step.sql.split(/\s+/).slice(0, 3).join(' ')} (${error})`);
            if (table !== undefined)
                held.add(table);
        }
        if (left.length === 0)
            return [];
        if (left.length === waiting.length)
            return why;
        waiting = left;
    }
}
/** @returns SQLSTATE of a refusal, after which the transaction goes on as if nothing had been said. */
async function attempt(sql, statement) {
    await sql.query('SAVEPOINT step');
    try {
        await sql.query(statement);
    }
    catch (error) {
        const state = (0,session/* sqlState */.cn)(error);
        if (state === undefined || !/^[0-9A-Z]{5}$/.test(state))
            throw error;
        await sql.query('ROLLBACK TO SAVEPOINT step');
        return state;
    }
    await sql.query('RELEASE SAVEPOINT step');
    return undefined;
}


/***/ }),

/***/ 9144:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ asPool),
/* harmony export */   Y: () => (/* binding */ corrected)
/* harmony export */ });
/**
 * One session in the shape that pg-delta asks for: a pool that lends one connection at a time. It ends nothing.
 * `opening` is said right after a transaction begins.
 */
function asPool(sql, opening = '') {
    const client = {
        query: async (text, values) => ({
            rows: await sql.query(opening !== '' && text.startsWith('BEGIN') ? `${text}; ${opening}` : text, values),
        }),
        release: () => undefined,
    };
    return { connect: () => Promise.resolve(client) };
}
/**
 * Two things that pg-delta's planner gets wrong: the index of a partitioned table comes without those of its partitions,
 * which then belong to nobody, and from 18 on a domain says NOT NULL twice.
 * @param kind of what the statement makes.
 */
function corrected(sql, kind) {
    if (kind === 'index')
        return sql.replace(/^(CREATE (?:UNIQUE )?INDEX (?:"(?:[^"]|"")+"|[^" ]+)) ON ONLY /, '$1 ON ');
    if (kind === 'domain')
        return sql.replace(/ NOT NULL(?=.* CONSTRAINT "(?:[^"]|"")+" NOT NULL)/s, '');
    return sql;
}


/***/ }),

/***/ 3480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tn: () => (/* binding */ serverText),
/* harmony export */   cn: () => (/* binding */ sqlState),
/* harmony export */   fA: () => (/* binding */ openSession),
/* harmony export */   xf: () => (/* binding */ workUndisturbed)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var pg__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3849);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);



/** Milliseconds for the TCP and login part. */
const connectTimeout = 10_000;
/**
 * `advice` is what to do about a login that fails, where the URL is not the user's `admin_url`.
 * @throws ProviderError naming host, user and what to do; never the password.
 * @throws CancelledError when the signal fires, also in the middle of a statement.
 */
async function openSession(target, options) {
    const connect = async (ssl) => {
        const client = new pg__WEBPACK_IMPORTED_MODULE_1__/* ["default"].Client */ .Ay.Client({
            host: target.host,
            port: target.port,
            user: target.user,
            password: target.password.reveal(),
            database: target.database,
            ssl,
            application_name: options.application,
            connectionTimeoutMillis: connectTimeout,
            keepAlive: true,
        });
        // A connection lost between statements is told by the next statement; without a listener Node would crash.
        client.on('error', () => undefined);
        await client.connect();
        return client;
    };
    if (options.signal.aborted)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .CancelledError */ .cc('cancelled');
    const client = await connectBySslMode(target, connect).catch((cause) => {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ProviderError */ .mZ(connectSentence(target, cause, options.advice), { cause });
    });
    const cut = () => client.connection.stream.destroy();
    options.signal.addEventListener('abort', cut, { once: true });
    // One statement after the other, also when several callers share the session.
    let previous = Promise.resolve();
    const inTurn = (body) => {
        const turn = previous.then(body);
        previous = turn.catch(() => undefined);
        return turn;
    };
    return {
        async query(text, values = []) {
            try {
                // Without values the simple protocol is used, which also takes several statements at once.
                const result = await inTurn(() => (values.length > 0 ? client.query(text, [...values]) : client.query(text)));
                return result.rows;
            }
            catch (cause) {
                if (options.signal.aborted)
                    throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .CancelledError */ .cc('cancelled', { cause });
                throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ProviderError */ .mZ(`${firstWords(text)} failed on "${target.database}": ${serverText(cause)}`, { cause });
            }
        },
        stream: (statement) => client.query(statement),
        cut,
        async close() {
            options.signal.removeEventListener('abort', cut);
            await client.end().catch(() => undefined);
        },
    };
}
/**
 * Keeps what others wrote into a database from steering the admin's work in it: its own settings, functions that
 * shadow those of PostgreSQL (CVE-2018-1058), and event triggers, which run as whoever works there.
 * `event_triggers` is needed for those that are ENABLE ALWAYS.
 */
async function workUndisturbed(sql, server) {
    await sql.query(`SET ROLE NONE; SET search_path = pg_catalog; SET default_transaction_read_only = off; SET statement_timeout = 0;
     SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0`);
    if (server.superuser)
        await sql.query('SET session_replication_role = replica');
    if (server.superuser && server.version >= 170000)
        await sql.query('SET event_triggers = off');
}
/** SQLSTATE of a failed statement, or Node's code of a failed connection. */
function sqlState(error) {
    const cause = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .ProviderError */ .mZ ? error.cause : error;
    const code = cause?.code;
    return typeof code === 'string' ? code : undefined;
}
/**
 * libpq's meaning of sslmode: https://www.postgresql.org/docs/current/libpq-ssl.html. `prefer` and `allow` take TLS
 * when the server has it and go on without where it has none.
 */
async function connectBySslMode(target, connect) {
    const unverified = { rejectUnauthorized: false };
    switch (target.sslMode) {
        case 'disable':
            return connect(false);
        case 'require':
            return connect(unverified);
        case 'verify-ca':
            return connect({ ...(await authority(target)), checkServerIdentity: () => undefined });
        case 'verify-full':
            return connect(await authority(target));
        default:
            return connect(unverified).catch((error) => {
                if (!String(error.message).includes('does not support SSL'))
                    throw error;
                return connect(false);
            });
    }
}
async function authority({ sslRootCert }) {
    return sslRootCert === undefined || sslRootCert === 'system' ? {} : { ca: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(sslRootCert, 'utf8') };
}
function connectSentence(target, cause, advice) {
    const where = `Connecting to "${target.database}" on ${target.host}:${target.port} failed`;
    const code = sqlState(cause);
    if (code === '28P01' || code === '28000') {
        return `${where}: the server refused user "${target.user}". ${advice ?? 'Check user and password in "admin_url" and the server\'s pg_hba.conf.'}`;
    }
    if (code === '3D000')
        return `${where}: there is no such database. ${advice ?? 'Name an existing one in "admin_url".'}`;
    if (code === '53300')
        return `${where}: the server has no connection free. Run the job again or raise max_connections.`;
    if (code === '57P03')
        return `${where}: the server is starting up or shutting down. Wait for it to be ready, for example with a service health check.`;
    return `${where}: ${serverText(cause)}. ${advice ?? 'Check host, port and sslmode in "admin_url", and that the runner can reach the server.'}`;
}
/** The message without details: details can quote rows. */
function serverText(cause) {
    if (cause instanceof AggregateError)
        return cause.errors.map(serverText).join('; ');
    const { message, code } = cause;
    return message ? (code && /^[0-9A-Z]{5}$/.test(code) ? `${message} (${code})` : message) : (code ?? 'no reason given');
}
/** `CREATE DATABASE`, `ALTER ROLE`: enough to find the statement, without its values. */
function firstWords(text) {
    return /^\s*(\w+(?:\s+[A-Z]\w*)?)/.exec(text)?.[1] ?? 'Statement';
}


/***/ })

};
