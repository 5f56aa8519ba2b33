export const id = 316;
export const ids = [316,101];
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

/***/ 1893:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nj: () => (/* binding */ guarded),
/* harmony export */   cB: () => (/* binding */ withOwnSearchPath),
/* harmony export */   sA: () => (/* binding */ inTransaction)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _sql_session_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3480);


async function inTransaction(sql, body) {
    await sql.query('BEGIN; SET LOCAL search_path = pg_catalog');
    try {
        const result = await body();
        await guarded('the branch', () => sql.query('COMMIT'));
        return result;
    }
    catch (error) {
        await sql.query('ROLLBACK').catch(() => undefined);
        throw error;
    }
}
/** PostgreSQL's own words quote values (`invalid input syntax for type date: "…"`), so only names and codes go on. */
async function guarded(what, body) {
    try {
        return await body();
    }
    catch (error) {
        const state = (0,_sql_session_js__WEBPACK_IMPORTED_MODULE_1__/* .sqlState */ .cn)(error);
        if (state === undefined || !/^[0-9A-Z]{5}$/.test(state))
            throw error;
        const { constraint, column, message = '', } = error.cause;
        const where = constraint === undefined ? (column === undefined ? '' : ` in column ${column}`) : ` by constraint ${constraint}`;
        const quotes = state.startsWith('22') || state.startsWith('23') || state.startsWith('P');
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk(`Masking the branch refused: PostgreSQL rejected the change of ${what}${where} (${state}${quotes ? '' : `, ${message}`}). ${adviceFor(state)}`);
    }
}
function adviceFor(state) {
    if (state === '23505')
        return 'Masked values met on a unique index: use hash, email or uuid there.';
    if (state === '23503')
        return 'A foreign key no longer finds its target: mask both ends by one rule.';
    if (state === '23514')
        return 'Write a rule whose values pass the check.';
    if (state === '42501')
        return 'The role that masks must own the tables or be a superuser.';
    return 'Change the rule, or leave the table out.';
}
/** Checks and indexes may call functions that count on the database's own path; built-in ones still come first. */
async function withOwnSearchPath(sql, body) {
    await sql.query('SET LOCAL search_path TO DEFAULT');
    const [row] = await sql.query(`SELECT 'pg_catalog' || coalesce(string_agg(', ' || quote_ident(s), '' ORDER BY n), '') AS path
       FROM unnest(current_schemas(false)) WITH ORDINALITY AS p(s, n) WHERE s <> 'pg_catalog'`);
    await sql.query(`SET LOCAL search_path = ${row?.path ?? 'pg_catalog'}`);
    await body();
    await sql.query('SET LOCAL search_path = pg_catalog');
}


/***/ }),

/***/ 1316:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fillSynthetic: () => (/* binding */ fillSynthetic)
});

// EXTERNAL MODULE: ./lib/domain/masking/sql-text.js
var sql_text = __webpack_require__(4599);
// EXTERNAL MODULE: ./lib/domain/masking/schema.js
var masking_schema = __webpack_require__(8460);
// EXTERNAL MODULE: ./lib/domain/masking/rules-reader.js
var rules_reader = __webpack_require__(2662);
;// CONCATENATED MODULE: ./lib/domain/synthetic/row-counts.js


/** The tables that the rules name, and the least of those that they cannot do without. */
function countRows(schema, rules) {
    const problems = [];
    const notes = [];
    const filled = new Map();
    for (const [name, entry] of rules.tables) {
        const table = findTable(schema, name);
        if (typeof table === 'string')
            problems.push(table);
        else if (filled.has(table.id))
            problems.push(`"${name}" is the table ${(0,masking_schema/* tableName */.C)(table)}, which is named twice.`);
        else {
            const fault = faultOf(table, entry);
            if (fault !== undefined)
                problems.push(fault);
            if (entry.rows > 0)
                filled.set(table.id, { table, rows: entry.rows, rules: entry });
        }
    }
    // A map that grows while it is walked gives its new members, too.
    for (const { table, rows } of filled.values()) {
        for (const reference of schema.references.filter((each) => each.table === table.id)) {
            const target = schema.tables.find(({ id }) => id === reference.target);
            if (!target || target.rows > 0 || filled.has(target.id) || !isRequired(reference, table))
                continue;
            const least = leastRows({ schema, table, rows, reference, filled });
            const none = { rows: least, columns: new Map() };
            const fault = faultOf(target, none);
            if (fault !== undefined)
                problems.push(fault);
            filled.set(target.id, { table: target, rows: least, rules: none });
            notes.push(`${(0,masking_schema/* tableName */.C)(target)} is not named and gets ${least} ${least === 1 ? 'row' : 'rows'}, the least that ${(0,masking_schema/* tableName */.C)(table)} needs (${reference.name}).`);
        }
    }
    return { filled, notes, problems };
}
function findTable(schema, name) {
    const exact = schema.tables.filter((table) => (0,masking_schema/* tableName */.C)(table) === name);
    const named = exact.length > 0 ? exact : schema.tables.filter((table) => table.name === name);
    const [found] = named.length > 1 ? named.filter((table) => table.schema === 'public') : named;
    if (found)
        return found;
    const places = named.map(masking_schema/* tableName */.C).join(', ');
    if (named.length > 1)
        return `"${name}" is the name of several tables; write one of ${places}.`;
    const near = (0,rules_reader/* hint */.a)(name, [...schema.tables.map((table) => table.name), ...schema.tables.map(masking_schema/* tableName */.C)]);
    return `There is no table "${name}"${near}; a partition is filled through its parent.`;
}
function faultOf(table, { rows, columns }) {
    const strange = [...columns.keys()].filter((name) => !table.columns.some((column) => column.name === name));
    if (strange.length > 0) {
        const near = (0,rules_reader/* hint */.a)(strange[0] ?? '', table.columns.map(({ name }) => name));
        return `${(0,masking_schema/* tableName */.C)(table)} has no column "${strange.join('", "')}"${near}.`;
    }
    if (rows === 0)
        return undefined;
    if (table.ledger !== undefined)
        return `${(0,masking_schema/* tableName */.C)(table)} is the ledger of ${table.ledger}; its rows are not made up.`;
    if (table.rows > 0)
        return `${(0,masking_schema/* tableName */.C)(table)} holds rows already; a synthetic seed fills empty tables, leave this one out.`;
    return undefined;
}
/** A foreign key with a NULL in it asks for nothing. */
function isRequired({ columns }, table) {
    return columns.every((number) => table.columns.some((column) => column.number === number && column.notNull));
}
/** One, unless a unique key consists of references alone: then so many that they make enough different pairs. */
function leastRows({ schema, table, rows, reference, filled }) {
    const references = schema.references.filter((each) => each.table === table.id);
    let least = 1;
    for (const key of schema.keys.filter((each) => each.table === table.id)) {
        const within = references.filter(({ columns }) => columns.every((number) => key.columns.includes(number)));
        const covered = new Set(within.flatMap(({ columns }) => columns));
        if (!within.includes(reference) || key.columns.some((number) => !covered.has(number)))
            continue;
        const counts = within.map(({ target }) => {
            const rowsThere = schema.tables.find(({ id }) => id === target)?.rows ?? 0;
            return filled.get(target)?.rows ?? rowsThere;
        });
        const known = counts.filter((count) => count > 0).reduce((product, count) => product * count, 1);
        const open = counts.filter((count) => count === 0).length;
        // The tiny subtraction keeps the root of 1000 from being 10.000000000000002.
        least = Math.max(least, Math.ceil((rows / known) ** (1 / open) - 1e-9));
    }
    return least;
}

;// CONCATENATED MODULE: ./lib/domain/synthetic/by-name.js
/** What the name of a text column stands for; the first that fits. Names come in snake case. */
const texts = [
    [/(^|_)e?mail(_address)?$/, 'email'],
    [/(^|_)(first|given|fore)_?name$/, 'first_name'],
    [/(^|_)(last|family|sur)_?name$/, 'last_name'],
    [/(^|_)(full|display|contact|customer|user|author|owner|billing|shipping|recipient)_?name$/, 'full_name'],
    [/(^|_)(user_?name|login|nick|nickname|handle)$/, 'username'],
    [/(^|_)(phone|mobile|tel|telephone|fax)(_number)?$/, 'phone'],
    [/(^|_)(company|organi[sz]ation|employer|vendor|supplier|brand|manufacturer)(_name)?$/, 'company'],
    [/(^|_)(job|job_title|position|occupation|profession)$/, 'job'],
    [/(^|_)(street|address|address_?line_?[12]|line_?[12]|addr)$/, 'street'],
    [/(^|_)(city|town)$/, 'city'],
    [/(^|_)(province|region|county)$/, 'state'],
    [/(^|_)country_?(code|iso)$/, 'country_code'],
    [/(^|_)country(_name)?$/, 'country'],
    [/(^|_)(zip|zip_?code|postcode|postal_?code|plz)$/, 'postcode'],
    [/(^|_)(url|uri|website|homepage|link|avatar|image|photo|picture|thumbnail)(_url)?$/, 'url'],
    [/(^|_)(host|hostname|domain)$/, 'host'],
    [/(^|_)ip(_address)?$/, 'ip'],
    [/(^|_)(department|category|genre|section)(_name)?$/, 'department'],
    [/(^|_)colou?r$/, 'colour'],
    [/(^|_)currency(_code)?$/, 'currency'],
    [/(^|_)(locale|language|lang)$/, 'locale'],
    [/(^|_)slug$/, 'slug'],
    [/(^|_)(sku|code|reference|ref|number|barcode|serial|external_id)$/, 'code'],
    [/(token|hash|digest|password|secret|api_?key|checksum|fingerprint|etag)/, 'token'],
    [/(^|_)(product)(_name)?$/, 'product'],
    [/(^|_)(title|subject|headline|label|caption)$/, 'title'],
    [/(^|_)(body|content|text|article|biography)$/, 'paragraph'],
    [/(^|_)(note|notes|comment|comments|description|summary|message|bio|remark|remarks|reason|details?)$/, 'lorem'],
    [/(^|_)(kind|type|tag|topic|key|group|status|state|role|level)$/, 'word'],
];
/** What the name of a table's rows is, by what the table is called. */
const names = [
    [
        /(person|people|user|customer|employee|contact|member|author|student|teacher|patient|client|driver|guest)s?$/,
        'full_name',
    ],
    [
        /(compan(y|ies)|organi[sz]ations?|tenants?|vendors?|suppliers?|brands?|accounts?|teams?|stores?|shops?)$/,
        'company',
    ],
    [/(cit(y|ies)|towns?)$/, 'city'],
    [/countr(y|ies)$/, 'country'],
    [/(categor(y|ies)|departments?)$/, 'department'],
    [/(tags?|roles?|labels?|topics?|types?|permissions?)$/, 'word'],
];
/** `firstName` and `first-name` as `first_name`. */
function snake(name) {
    return name
        .replace(/([a-z\d])([A-Z])/g, '$1_$2')
        .replace(/[^\p{L}\d]+/gu, '_')
        .toLowerCase();
}
/** Undefined where the name says nothing. */
function wordsByName(table, column) {
    const name = snake(column);
    if (name === 'name')
        return names.find(([pattern]) => pattern.test(snake(table)))?.[1] ?? 'product';
    if (name === 'title' && /(product|item|article|good)s?$/.test(snake(table)))
        return 'product';
    return texts.find(([pattern]) => pattern.test(name))?.[1] ?? (name.endsWith('_name') ? 'title' : undefined);
}
/** What is left of a column's name without the part about the person: `billing` of `billing_email`. */
function personOf(column) {
    return snake(column).replace(/_?(e?mail(_address)?|(first|last|full|family|given|sur|display|fore|user)?_?name|login|nick(name)?|handle)$/, '');
}
const numbers = [
    [/(^|_)(quantity|qty|amount_of|pieces)$/, { from: 1, to: 10, scale: 0 }],
    [/(^|_)(rating|stars|priority)$/, { from: 1, to: 5, scale: 0 }],
    [/(^|_)age$/, { from: 18, to: 90, scale: 0 }],
    [/(^|_)year$/, { from: 1990, to: 2025, scale: 0 }],
    [/(^|_)month$/, { from: 1, to: 12, scale: 0 }],
    [/(^|_)day$/, { from: 1, to: 28, scale: 0 }],
    [/(^|_)(percent|percentage|discount|score|progress)$/, { from: 0, to: 100, scale: 0 }],
    [/(^|_)(rate|ratio|tax|vat|probability)$/, { from: 0, to: 1, scale: 2 }],
    [/(^|_)lat(itude)?$/, { from: -90, to: 90, scale: 6 }],
    [/(^|_)(lon|lng|long|longitude)$/, { from: -180, to: 180, scale: 6 }],
    [/(price|amount|total|cost|fee|balance|salary|sum|net|gross)(_cents)?$/, { from: 1, to: 500, scale: 2 }],
    [/(^|_)(position|line|ordinal|rank|sort|sort_order|seq|no)$/, { from: 1, to: 100, scale: 0 }],
];
function numbersByName(column) {
    return numbers.find(([pattern]) => pattern.test(snake(column)))?.[1] ?? { from: 1, to: 1000, scale: 2 };
}
/** The column that a date should lie behind, of those the table has: `updated_at` follows `created_at`. */
function precedingName(column, all) {
    const pairs = [
        [/updated|modified|changed|deleted|archived/, 'created'],
        [/end(s|ed)?(?=_|$|A)/, 'start'],
        [/(_to|until|till)$/, '_from'],
        [/shipped|delivered|paid|cancell?ed/, 'ordered'],
    ];
    const later = snake(column);
    const [pattern, earlier] = pairs.find(([each]) => each.test(later)) ?? [];
    if (!pattern || earlier === undefined)
        return undefined;
    const stem = later.replace(pattern, '');
    return all.find((name) => {
        const other = snake(name);
        if (other === later || !other.includes(earlier))
            return false;
        const rest = other.replace(new RegExp(`${earlier}(s|ed)?`), '');
        return rest === stem || rest === stem.replace(/_at$/, '');
    });
}

// EXTERNAL MODULE: ./lib/domain/synthetic/draw.js
var draw = __webpack_require__(3548);
;// CONCATENATED MODULE: ./lib/domain/synthetic/windows.js

function measuredSource({ allowed, plausible, render, key }) {
    const span = plausible.hi - plausible.lo;
    const meeting = allowed
        .map(({ lo, hi }) => ({ lo: Math.max(lo, plausible.lo), hi: Math.min(hi, plausible.hi) }))
        .filter(({ lo, hi }) => lo <= hi);
    const near = ({ lo, hi }) => lo > plausible.hi ? { lo, hi: Math.min(hi, lo + span) } : { lo: Math.max(lo, hi - span), hi };
    const likely = meeting.length > 0 ? meeting : allowed.map(near);
    // Unique values begin where the plausible ones do and go as far as they may.
    const whole = allowed.map(({ lo, hi }) => ({ lo: plausible.lo >= lo && plausible.lo <= hi ? plausible.lo : lo, hi }));
    return {
        capacity: sizeOf(whole),
        at: (index) => render(place(whole, index)),
        free: (row) => render(place(likely, (0,draw/* drawBelow */.AL)(sizeOf(likely), key, row))),
    };
}
function sizeOf(windows) {
    return windows.reduce((sum, { lo, hi }) => sum + (hi - lo + 1), 0);
}
function place([first, ...others], index) {
    if (!first)
        return 'NULL';
    const value = `(${first.lo} + ${index})`;
    if (others.length === 0)
        return value;
    const size = first.hi - first.lo + 1;
    return `CASE WHEN ${index} < ${size} THEN ${value} ELSE ${place(others, `(${index} - ${size})`)} END`;
}

;// CONCATENATED MODULE: ./lib/domain/synthetic/measures.js


const integers = { int2: 32767, int4: 2147483647, int8: 1e15 };
const decimals = ['numeric', 'float4', 'float8', 'money'];
/** Undefined where the type is no number. */
function numberSource(column, key) {
    const whole = integers[column.base];
    if (whole === undefined && !decimals.includes(column.base))
        return undefined;
    const named = numbersByName(column.name);
    const scale = whole === undefined ? Math.max(0, Math.min(column.scale ?? named.scale, 6)) : 0;
    const unit = 10 ** scale;
    const most = whole ?? Math.min(column.precision === null ? 1e9 : 10 ** (column.precision - (column.scale ?? 0)) - 1 / unit, 1e9);
    const toUnits = (text) => Number(text) * unit;
    return measuredSource({
        allowed: windowsOf(column.limits, { lo: -most * unit, hi: most * unit }, toUnits),
        plausible: { lo: Math.ceil(named.from * unit), hi: Math.floor(Math.min(named.to, most) * unit) },
        render: (number) => cast(scale === 0 ? number : `round((${number})::numeric / ${unit}, ${scale})`, column),
        key,
    });
}
/** Money comes from numeric alone. */
function cast(number, { base }) {
    return base === 'money' ? `(${number})::numeric::money` : number;
}
const second = 1;
const minute = 60;
const day = 24 * 60 * minute;
const steps = { date: day, timestamp: minute, timestamptz: minute };
/** The two years in which everything happens, whenever the seed runs, and those in which people were born. */
const epoch = ['2024-01-01', '2025-12-31'];
const births = ['1950-01-01', '2004-12-31'];
/** Undefined where the type is no point in time. */
function timeSource(column, key) {
    const step = steps[column.base];
    if (step === undefined)
        return undefined;
    const unit = step === day ? day : second;
    const toUnits = (text) => secondsOf(text) / unit;
    const [from, to] = /birth|dob|born/i.test(column.name) ? births : epoch;
    const number = (seconds) => column.base === 'date'
        ? `(date '1970-01-01' + (${seconds})::integer)`
        : `(${column.base} '1970-01-01 00:00:00${column.base === 'timestamptz' ? '+00' : ''}' + (${seconds}) * interval '1 second')`;
    const furthest = { lo: toUnits('1900-01-01'), hi: toUnits('2999-12-31') };
    return measuredSource({
        allowed: windowsOf(column.limits, furthest, toUnits),
        plausible: { lo: toUnits(from), hi: toUnits(to) },
        render: number,
        key,
    });
}
/** Behind another date, by at most a month, or a number behind another. */
function later(earlier, column, amount) {
    return column.base === 'date'
        ? `((${earlier})::date + 1 + (mod(${amount}, 30))::integer)`
        : steps[column.base] === undefined
            ? `((${earlier}) + 1 + mod(${amount}, 10))`
            : `((${earlier})::${column.base} + (1 + mod(${amount}, 43200)) * interval '1 minute')`;
}
/** A date, or a date and a time, which is UTC unless it names its zone. */
function secondsOf(text) {
    const [, date = '', time, zone] = /^(\d{4}-\d\d-\d\d)(?:[ T]([\d:.]+)(Z|[+-]\d\d(?::?\d\d)?)?)?$/.exec(text.trim()) ?? [];
    const offset = zone === undefined || zone === 'Z' ? 'Z' : zone.length === 3 ? `${zone}:00` : zone;
    return Date.parse(`${date}T${time ?? '00:00:00'}${offset}`) / 1000;
}
/** What the limits leave of everything, in whole units. A limit that is no such value reads as none: the server judges. */
function windowsOf({ min, max, ranges }, all, toUnits) {
    const units = (text) => {
        const value = text === undefined ? Number.NaN : toUnits(text);
        return Number.isFinite(value) ? value : undefined;
    };
    const least = units(min?.value);
    const most = units(max?.value);
    const lo = least === undefined ? all.lo : min?.included ? Math.ceil(least) : Math.floor(least) + 1;
    const hi = most === undefined ? all.hi : max?.included ? Math.floor(most) : Math.ceil(most) - 1;
    const parts = (ranges ?? [{ from: undefined, to: undefined }]).map(({ from, to }) => ({
        lo: Math.max(lo, all.lo, Math.ceil(units(from) ?? all.lo)),
        hi: Math.min(hi, all.hi, Math.ceil((units(to) ?? all.hi + 1) - 1)),
    }));
    return parts.filter((part) => part.lo <= part.hi).sort((a, b) => a.lo - b.lo);
}

;// CONCATENATED MODULE: ./lib/domain/synthetic/schema.js
/**
 * What the plan of a synthetic seed needs to know of a database. Names are as the catalogs hold them; `sql` texts are
 * quoted and carry their schema.
 */
/** How many rows of a table that is filled already are taken as targets of foreign keys. */
const mostKnownRows = 1000;

;// CONCATENATED MODULE: ./lib/domain/synthetic/slots.js


const ownIndex = (row) => `(${row} - 1)`;
/**
 * Chooses by the row's number, so that no unique key meets a value twice: either one slot has another value in every row, or
 * several are the digits of the number. Slots without an index are free.
 */
function chooseIndexes({ table, rows, slots, keys }) {
    const indexes = new Map();
    const different = new Set();
    const problems = [];
    const settled = [];
    const own = (slot) => {
        indexes.set(slot, ownIndex);
        different.add(slot);
    };
    slots.filter(({ counted }) => counted).forEach(own);
    for (const key of [...keys].sort((a, b) => a.columns.length - b.columns.length)) {
        const inside = slots.filter(({ columns }) => columns.every((number) => key.columns.includes(number)));
        const done = inside.some((slot) => different.has(slot)) ||
            settled.some((columns) => columns.every((number) => key.columns.includes(number)));
        settled.push(key.columns);
        if (done)
            continue;
        const open = inside.filter((slot) => !indexes.has(slot));
        const single = open.find((slot) => !slot.reference && slot.capacity >= rows && !(isOrdinal(slot) && open.length > 1));
        if (single) {
            own(single);
            continue;
        }
        const digits = [...open].sort((a, b) => rank(a) - rank(b) || b.capacity - a.capacity);
        const room = digits.reduce((product, { capacity }) => product * capacity, 1);
        if (room < rows || digits.length === 0)
            problems.push(crowded(table, { key, room: digits.length === 0 ? 0 : room, rows }));
        else
            asDigits(digits, rows).forEach((index, at) => indexes.set(digits[at], index));
        if (digits.length === 1 && digits[0])
            different.add(digits[0]);
    }
    return { indexes, problems };
}
/** The place of a row that need not be different: every choice once, as far as there are rows, and then any. */
function freeIndex(capacity, key) {
    return (row) => capacity <= 1
        ? '0'
        : `(CASE WHEN (${row}) <= ${capacity} THEN (${row}) - 1 ELSE ${(0,draw/* drawBelow */.AL)(capacity, key, row)} END)`;
}
/** References first, then what has few values, then the line number. */
function rank(slot) {
    return slot.reference ? 0 : isOrdinal(slot) ? 2 : 1;
}
function isOrdinal({ column, reference }) {
    return !reference && /^int/.test(column?.base ?? '') && !/(^|_)id$/i.test(column?.name ?? '');
}
function asDigits(digits, rows) {
    const first = digits[0];
    let weight = 1;
    return digits.map((slot, at) => {
        const before = weight;
        weight *= Math.min(slot.capacity, rows);
        if (at === 0)
            return (row) => `mod((${row}) - 1, ${slot.capacity})`;
        const digit = (row) => `((${row}) - 1) / ${before}`;
        if (isOrdinal(slot))
            return (row) => `(${digit(row)})`;
        // Shifted by the first digit: otherwise all the first rows had the same second value.
        return (row) => `mod(${digit(row)} + mod((${row}) - 1, ${first?.capacity ?? 1}), ${slot.capacity})`;
    });
}
function crowded(table, { key, room, rows }) {
    const columns = key.columns.map((number) => table.columns.find((column) => column.number === number)?.name ?? number);
    const most = room === 0 ? 'no value is known to fit' : `${room} different values are possible`;
    return `${(0,masking_schema/* tableName */.C)(table)} (${columns.join(', ')}) must be unique by ${key.name}: ${most}, and ${rows} rows are asked for. Ask for fewer, or give these columns a generator.`;
}

// EXTERNAL MODULE: ./lib/domain/synthetic/words.js + 1 modules
var synthetic_words = __webpack_require__(8851);
;// CONCATENATED MODULE: ./lib/domain/synthetic/sources.js





/** Where the values of a column come from. Undefined where nothing is known to fit its type. */
function sourceOf(ordered) {
    const { table, column, seed, wish } = ordered;
    const key = (0,draw/* drawKey */.av)(seed, table, column.name);
    if (wish?.kind === 'one_of')
        return sources_cast(listed(wish.values, key), column);
    if (wish?.kind === 'value')
        return always(wish.value === null ? 'NULL' : `${(0,sql_text/* literal */.eu)(wish.value)}::${column.type}`);
    if (wish?.kind === 'sql')
        return { capacity: 0, at: inRow(wish.expression), free: rowOf(wish.expression) };
    const limits = wish?.kind === 'range'
        ? { ...column.limits, min: { value: wish.from, included: true }, max: { value: wish.to, included: true } }
        : column.limits;
    const values = limits.oneOf ?? (column.labels.length > 0 ? column.labels : undefined);
    if (values && !column.array)
        return sources_cast(listed(values, key), column);
    const named = { ...ordered, column: { ...column, limits } };
    const element = values ? listed(values, key) : elementSource(named, key);
    if (!element)
        return undefined;
    return sources_cast(column.array ? arrayOf(element, key) : element, column);
}
function elementSource(ordered, key) {
    const { column } = ordered;
    return numberSource(column, key) ?? timeSource(column, key) ?? textSource(ordered, key) ?? otherSource(column, key);
}
/** A domain's own cast checks its constraints; casts to varchar(n) cut. */
function sources_cast(source, { type }) {
    return {
        capacity: source.capacity,
        at: (index) => `(${source.at(index)})::${type}`,
        free: (row) => `(${source.free(row)})::${type}`,
    };
}
function listed(values, key) {
    return {
        capacity: values.length,
        at: (index) => (0,draw.at)(values, index),
        free: (row) => (0,draw.at)(values, (0,draw/* drawBelow */.AL)(values.length, key, row)),
    };
}
function always(value) {
    return { capacity: 1, at: () => value, free: () => value };
}
const inRow = (expression) => (index) => rowOf(expression)(`${index} + 1`);
/** `n` in a user's expression is the row's number. */
const rowOf = (expression) => (row) => `(SELECT (${expression}) FROM (SELECT (${row})::bigint AS n) AS own_row)`;
function arrayOf(element, key) {
    return {
        capacity: element.capacity,
        at: (index) => `ARRAY[${element.at(index)}]`,
        free: (row) => `CASE WHEN mod(${(0,draw/* draw */.$2)(`${key}length:`, row)}, 2) = 0 THEN ARRAY[${element.free(row)}] ELSE ARRAY[${element.free(row)}, ${element.free(`${row} + 500000000`)}] END`,
    };
}
const textTypes = ['text', 'varchar', 'bpchar', 'char', 'name', 'citext'];
function textSource({ table, column, seed, wish }, key) {
    if (!textTypes.includes(column.base))
        return undefined;
    const { like, minLength = 0, maxLength, case: letters } = column.limits;
    const lengths = [column.length, maxLength, column.base === 'name' ? 63 : null, column.base === 'char' ? 1 : null];
    const room = lengths.filter((length) => length !== null && length !== undefined);
    const longest = room.length > 0 ? Math.min(...room) : undefined;
    const kind = wish?.kind === 'words'
        ? wish.words
        : (wordsByName(table.name, column.name) ?? (unsized(longest) ? 'lorem' : 'word'));
    const finish = (text) => {
        const cased = letters === undefined ? text : `${letters}(${text})`;
        return minLength > 0 ? `rpad(${cased}, greatest(${minLength}, length(${cased})), 'x')` : cased;
    };
    if (like !== undefined && !(kind === 'email' && /^[%_@.]*@[%_@.]*$/.test(like)))
        return likeSource(like, key, finish);
    const person = `${(0,draw/* drawKey */.av)(seed, table, personOf(column.name))}person:`;
    const words = { kind, key, person, longest };
    return {
        capacity: (0,synthetic_words/* wordCapacity */.Tb)(longest),
        at: (index) => finish((0,synthetic_words/* uniqueWords */.zG)(words, index)),
        free: (row) => finish((0,synthetic_words/* wordsOf */.Z9)(words, row)),
    };
}
/** Room for a sentence. */
const unsized = (longest) => longest === undefined || longest > 60;
function likeSource(pattern, key, finish) {
    const open = /(?<!\\)%/.exec(pattern);
    const [before, after] = open ? [pattern.slice(0, open.index), pattern.slice(open.index + 1)] : [pattern, ''];
    return {
        capacity: open ? 36 ** 8 : 1,
        at: (index) => finish(open
            ? `${(0,synthetic_words/* textLike */.r1)(before, `${key}a:`, index)} || ${(0,synthetic_words/* base36 */.dI)(index, 8)} || ${(0,synthetic_words/* textLike */.r1)(after, `${key}b:`, index)}`
            : (0,synthetic_words/* textLike */.r1)(pattern, key, index)),
        free: (row) => finish((0,synthetic_words/* textLike */.r1)(pattern, key, row)),
    };
}
const plenty = Number.MAX_SAFE_INTEGER;
/** Of subtypes of ranges, by the range's name: a beginning far enough from the next. */
const ranges = {
    int4range: (index) => `int4range((10 * (${index}) + 1)::integer, (10 * (${index}) + 6)::integer)`,
    int8range: (index) => `int8range(10 * (${index})::bigint + 1, 10 * (${index})::bigint + 6)`,
    numrange: (index) => `numrange(10 * (${index}) + 1, 10 * (${index}) + 6)`,
    daterange: (index) => `daterange(date '2024-01-01' + (2 * (${index}))::integer, date '2024-01-01' + (2 * (${index}) + 1)::integer)`,
    tsrange: (index) => hour('tsrange', `timestamp '2024-01-01' + (${index}) * interval '1 hour'`),
    tstzrange: (index) => hour('tstzrange', `timestamptz '2024-01-01 00:00+00' + (${index}) * interval '1 hour'`),
};
const hour = (type, from) => `${type}(${from}, ${from} + interval '30 minutes')`;
function otherSource(column, key) {
    const { base, length } = column;
    const range = ranges[base];
    if (range)
        return { capacity: 1_000_000, at: range, free: (row) => range((0,draw/* drawBelow */.AL)(10_000, key, row)) };
    const simple = (capacity, of) => ({
        capacity,
        at: of,
        free: (row) => of((0,draw/* drawBelow */.AL)(Math.min(capacity, 100_000), key, row)),
    });
    const drawn = (of) => ({ capacity: plenty, at: of, free: of });
    switch (base) {
        case 'bool':
            return simple(2, (index) => `(${index} = 1)`);
        case 'uuid':
            // The form of version 4 (RFC 9562): its digit, and the two bits of the variant.
            return drawn((row) => `overlay(overlay(${(0,draw/* digest */.br)(key, row)} PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid`);
        case 'bytea':
            return drawn((row) => `decode(${(0,draw/* digest */.br)(key, row)}, 'hex')`);
        case 'json':
        case 'jsonb':
            return drawn((row) => documentOf(column.name, key, row));
        case 'time':
        case 'timetz':
            return simple(86_400, (index) => `(time '00:00' + (${index}) * interval '1 second')`);
        case 'interval':
            return simple(plenty, (index) => `((${index}) + 1) * interval '1 minute'`);
        case 'inet':
        case 'cidr':
            return simple(2 ** 24, (index) => `(inet '10.0.0.0' + (${index}))`);
        case 'macaddr':
            return simple(plenty, (index) => `('02' || lpad(to_hex((${index})::bigint), 10, '0'))`);
        case 'macaddr8':
            return simple(plenty, (index) => `('02' || lpad(to_hex((${index})::bigint), 14, '0'))`);
        case 'bit':
        case 'varbit': {
            const bits = Math.min(length ?? (base === 'bit' ? 1 : 16), 32);
            return simple(2 ** bits, (index) => `(${index})::bigint::bit(${bits})::bit varying`);
        }
        case 'point':
            return simple(plenty, (index) => `point(mod(${index}, 180), mod((${index}) / 180, 90))`);
        case 'tsvector':
            return drawn((row) => `to_tsvector('simple', ${(0,draw/* digest */.br)(key, row)})`);
        case 'xml':
            return drawn((row) => `('<note>' || ${(0,draw/* digest */.br)(key, row)} || '</note>')::xml`);
        case 'oid':
            return simple(2_000_000_000, (index) => `((${index}) + 1)`);
        default:
            return undefined;
    }
}
function documentOf(name, key, row) {
    const words = (kind) => (0,synthetic_words/* wordsOf */.Z9)({ kind, key: `${key}${kind}:`, person: key, longest: undefined }, row);
    const fields = /address|location/.test(snake(name))
        ? ['street', 'postcode', 'city', 'country_code']
        : ['word', 'lorem'];
    return `jsonb_build_object(${fields.map((field) => `${(0,sql_text/* literal */.eu)(field)}, ${words(field)}`).join(', ')})`;
}

;// CONCATENATED MODULE: ./lib/domain/synthetic/table-rows.js








/** Every value is a function of the row's number alone, so that a foreign key finds its target without looking. */
function tableRows(filled, given) {
    const { schema, seed } = given;
    const { table, rows, rules } = filled;
    const notes = [];
    const problems = [];
    const values = new Map();
    const needs = [];
    const key = (column) => (0,draw/* drawKey */.av)(seed, table, column);
    const named = (number) => table.columns.find((column) => column.number === number);
    const allKeys = schema.keys.filter((each) => each.table === table.id);
    const avoided = new Map(allKeys.flatMap(({ avoidedBy: by }) => by && !rules.columns.has(by.column) ? [[by.column, by.value]] : []));
    const keys = allKeys.filter(({ avoidedBy: by }) => !by || !avoided.has(by.column));
    const slots = [];
    const claimed = new Set();
    const references = schema.references
        .filter((each) => each.table === table.id)
        .sort((a, b) => Number(isOwn(a)) - Number(isOwn(b)) || b.columns.length - a.columns.length);
    for (const reference of references) {
        // What the rules say of a column counts, whatever refers to it; the server judges.
        if (reference.columns.some((number) => rules.columns.has(named(number)?.name ?? '')))
            continue;
        const free = reference.columns.filter((number) => !claimed.has(number));
        if (free.length === 0)
            continue;
        if (isOwn(reference))
            ownReference(reference, free);
        else if (capacityOf(reference) === 0)
            emptyReference(reference, free);
        else if (free.length < reference.columns.length)
            sharedReference(reference, free);
        else
            slots.push({ columns: reference.columns, reference, capacity: capacityOf(reference), ...nothingOwn });
        free.forEach((number) => claimed.add(number));
        if (given.filled.has(reference.target))
            needs.push(reference.target);
    }
    for (const column of table.columns) {
        if (claimed.has(column.number) || column.generated)
            continue;
        const constant = avoided.get(column.name);
        if (constant !== undefined)
            values.set(column.number, () => String(constant));
        else
            ownColumn(column);
    }
    const { indexes, problems: crowded } = chooseIndexes({ table, rows, slots, keys });
    problems.push(...crowded);
    for (const slot of slots)
        slot.columns.forEach((number, at) => values.set(number, valueFrom(slot, at)));
    follow();
    return { filled, values, needs: [...new Set(needs)], notes, problems };
    function capacityOf({ target }) {
        const there = schema.tables.find(({ id }) => id === target)?.rows ?? 0;
        return given.filled.get(target)?.rows ?? Math.min(there, mostKnownRows);
    }
    function ownColumn(column) {
        const wish = rules.columns.get(column.name);
        const source = sourceOf({ table, column, seed, wish });
        const counted = column.sequence !== undefined && !wish;
        if (column.sequence && counted) {
            const { start, increment } = column.sequence;
            const at = (index) => `(${start} + ${increment} * (${index}))::${column.type}`;
            const steady = { capacity: Number.MAX_SAFE_INTEGER, at, free: (row) => at(`(${row}) - 1`) };
            slots.push({
                columns: [column.number],
                reference: undefined,
                capacity: steady.capacity,
                column,
                source: steady,
                counted,
            });
        }
        else if (source && !isBetterLeft(column, filled)) {
            slots.push({ columns: [column.number], reference: undefined, capacity: source.capacity, column, source, counted });
        }
        else if (column.fallback === 'none' && column.notNull) {
            problems.push(`${(0,masking_schema/* tableName */.C)(table)}.${column.name} has the type ${column.type}, for which no values are known; write { sql: … } for this column.`);
        }
    }
    function valueFrom(slot, at) {
        const { column, source, reference } = slot;
        const index = indexes.get(slot);
        if (reference) {
            const choose = index ?? freeIndex(slot.capacity, key(reference.name));
            return targetValue(reference, at, choose);
        }
        if (!column || !source)
            return () => 'NULL';
        if (index)
            return (row) => source.at(index(row));
        const often = nullsOf(column);
        if (often === 0)
            return (row) => source.free(row);
        return (row) => `CASE WHEN ${(0,draw/* drawBelow */.AL)(8, `${key(column.name)}null:`, row)} < ${often} THEN NULL ELSE ${source.free(row)} END`;
    }
    /** Of the rows that this seed makes, or of those that were there. */
    function targetValue({ target, targetColumns }, at, choose) {
        const number = targetColumns[at] ?? 0;
        if (given.filled.has(target))
            return (row) => given.valueOf(target, number)(`(${choose(row)} + 1)`);
        const there = schema.tables.find(({ id }) => id === target);
        const column = (each) => (0,sql_text/* identifier */.Cv)(there?.columns.find((one) => one.number === each)?.name ?? '');
        const list = `ARRAY(SELECT ${column(number)} FROM ${there?.sql ?? ''} ORDER BY ${targetColumns.map(column).join(', ')} LIMIT ${mostKnownRows})`;
        return (row) => `(${list})[1 + ${choose(row)}]`;
    }
    /** A tree of four: the first rows are roots. Where part of the key is another reference, a row stands for itself. */
    function ownReference(reference, free) {
        const open = free.length === reference.columns.length;
        const root = free.find((number) => !named(number)?.notNull);
        for (const number of free) {
            const target = reference.targetColumns[reference.columns.indexOf(number)] ?? 0;
            const parent = (row) => given.valueOf(table.id, target)(`greatest((${row}) / 4, 1)`);
            if (!open)
                values.set(number, root === undefined ? given.valueOf(table.id, target) : () => 'NULL');
            else if (root === undefined)
                values.set(number, parent);
            else
                values.set(number, (row) => `CASE WHEN (${row}) >= 4 THEN ${parent(row)} END`);
        }
    }
    function emptyReference(reference, free) {
        const open = free.filter((number) => !named(number)?.notNull);
        const target = schema.tables.find(({ id }) => id === reference.target);
        open.forEach((number) => values.set(number, () => 'NULL'));
        notes.push(`${(0,masking_schema/* tableName */.C)(table)} (${open.map((number) => named(number)?.name).join(', ')}) stays empty: ${target ? (0,masking_schema/* tableName */.C)(target) : 'its target'} has no rows and is not named.`);
        for (const column of table.columns)
            if (free.includes(column.number) && !open.includes(column.number))
                ownColumn(column);
    }
    /** Two references with a column in common: the second takes one of the rows that agree with the first. */
    function sharedReference(reference, free) {
        const target = schema.tables.find(({ id }) => id === reference.target);
        const column = (number) => `t.${(0,sql_text/* identifier */.Cv)(target?.columns.find((each) => each.number === number)?.name ?? '')}`;
        const pair = reference.columns.map((number, at) => [number, reference.targetColumns[at] ?? 0]);
        for (const [number, there] of pair.filter(([each]) => free.includes(each))) {
            values.set(number, (row) => {
                const agreeing = pair
                    .filter(([each]) => !free.includes(each))
                    .map(([each, other]) => `${column(other)} = ${values.get(each)?.(row) ?? 'NULL'}`);
                const order = `md5(${pair.map(([, other]) => `${column(other)}::text`).join(` || ':' || `)} || ${(0,draw/* draw */.$2)(key(reference.name), row)})`;
                return `(SELECT ${column(there)} FROM ${target?.sql ?? ''} t WHERE ${agreeing.join(' AND ')} ORDER BY ${order} COLLATE "C" LIMIT 1)`;
            });
        }
    }
    /** Eighths of the rows that hold NULL. */
    function nullsOf(column) {
        const held = column.notNull ||
            column.limits.notNull === true ||
            rules.columns.has(column.name) ||
            schema.keys.some((each) => each.table === table.id && each.columns.includes(column.number)) ||
            schema.references.some((each) => each.target === table.id && each.targetColumns.includes(column.number));
        if (held)
            return 0;
        return /(deleted|archived|cancell?ed|revoked|removed|disabled|expired)(_at|_on)?$/.test(snake(column.name)) ? 7 : 1;
    }
    /** Dates and numbers that lie behind others, by a CHECK or by their names. */
    function follow() {
        const plain = new Map(values);
        for (const slot of slots) {
            const { column, source } = slot;
            if (!column || !source || indexes.has(slot) || rules.columns.has(column.name) || column.array)
                continue;
            const names = table.columns.filter(({ base }) => base === column.base).map(({ name }) => name);
            const byName = /^(date|timestamp)/.test(column.base) ? precedingName(column.name, names) : undefined;
            const earlier = table.columns.find(({ name }) => name === (column.limits.after ?? byName));
            if (!earlier || earlier.limits.after === column.name)
                continue;
            const before = plain.get(earlier.number);
            const own = plain.get(column.number);
            if (!before || !own)
                continue;
            const often = nullsOf(column);
            values.set(column.number, (row) => {
                // Through `values`, so that a chain of three is in order, too.
                const base = (chained(earlier, column) ? before : (values.get(earlier.number) ?? before))(row);
                const value = `coalesce((${later(base, column, (0,draw/* draw */.$2)(`${key(column.name)}after:`, row))})::${column.type}, ${source.free(row)})`;
                return often === 0
                    ? value
                    : `CASE WHEN ${(0,draw/* drawBelow */.AL)(8, `${key(column.name)}null:`, row)} < ${often} THEN NULL ELSE ${value} END`;
            });
        }
    }
    /** Whether following the chain of earlier columns leads back. */
    function chained(from, back) {
        const seen = new Set();
        for (let at = from; at && !seen.has(at.name);) {
            if (at === back)
                return true;
            seen.add(at.name);
            const next = at.limits.after;
            at = table.columns.find(({ name }) => name === next);
        }
        return false;
    }
}
const nothingOwn = { column: undefined, source: undefined, counted: false };
function isOwn({ table, target }) {
    return table === target;
}
/** A constant default says more than made-up words, where neither name nor constraints say what the column holds. */
function isBetterLeft(column, { rules }) {
    if (column.fallback !== 'constant' || rules.columns.has(column.name))
        return false;
    const { oneOf, like } = column.limits;
    if (oneOf !== undefined || like !== undefined || column.labels.length > 0)
        return false;
    return column.array || /^(text|varchar|bpchar|citext|jsonb?)$/.test(column.base);
}

;// CONCATENATED MODULE: ./lib/domain/synthetic/plan.js




/** Decides every statement of a synthetic seed. The same schema and rules give the same statements. */
function planSynthetic(schema, rules) {
    const counts = countRows(schema, rules);
    const problems = [...counts.problems];
    const tables = new Map();
    const busy = new Set();
    const valueOf = (table, column) => (row) => {
        const value = tables.get(table)?.values.get(column);
        const name = `${table}.${column}`;
        const found = tables.get(table);
        if (!value || busy.has(name)) {
            const columnName = found?.filled.table.columns.find(({ number }) => number === column)?.name ?? column;
            const why = value ? 'which refers to itself' : 'whose values the server chooses';
            problems.push(`A foreign key needs ${found ? (0,masking_schema/* tableName */.C)(found.filled.table) : table}.${columnName}, ${why}; give this column a generator.`);
            return 'NULL';
        }
        busy.add(name);
        const text = value(row);
        busy.delete(name);
        return text;
    };
    for (const [id, filled] of counts.filled)
        tables.set(id, tableRows(filled, { schema, seed: rules.seed, filled: counts.filled, valueOf }));
    const all = [...tables.values()];
    const inserts = components(tables).map((group) => step(group));
    return {
        inserts,
        sequences: sequences(all),
        notes: [...counts.notes, ...all.flatMap(({ notes }) => notes)],
        problems: [...new Set([...problems, ...all.flatMap((each) => each.problems)])],
    };
}
/**
 * Tables in an order in which every target comes first; those that need each other together (Tarjan's strongly connected
 * components, which come out in just this order).
 */
function components(tables) {
    const found = [];
    const numbers = new Map();
    const stack = [];
    const visit = (id) => {
        const number = numbers.size;
        numbers.set(id, number);
        stack.push(id);
        let low = number;
        for (const need of tables.get(id)?.needs ?? []) {
            if (!numbers.has(need))
                low = Math.min(low, visit(need));
            else if (stack.includes(need))
                low = Math.min(low, numbers.get(need) ?? low);
        }
        if (low === number) {
            const group = stack.splice(stack.indexOf(id));
            found.push(group.flatMap((each) => tables.get(each) ?? []));
        }
        return low;
    };
    for (const id of tables.keys())
        if (!numbers.has(id))
            visit(id);
    return found;
}
/** Tables that need each other are filled by one statement: PostgreSQL checks foreign keys at its end. */
function step(group) {
    const statements = group.map(insert);
    const last = statements.at(-1) ?? '';
    const before = statements.slice(0, -1).map((sql, index) => `part${index} AS (${sql})`);
    return {
        sql: before.length > 0 ? `WITH ${before.join(', ')} ${last}` : last,
        tables: group.map(({ filled: { table, rows } }) => ({
            id: table.id,
            sql: table.sql,
            name: (0,masking_schema/* tableName */.C)(table),
            rows,
        })),
    };
}
function insert({ filled: { table, rows }, values }) {
    const columns = table.columns.flatMap((column) => {
        const value = values.get(column.number);
        return value ? [[(0,sql_text/* identifier */.Cv)(column.name), value]] : [];
    });
    const list = columns.length > 0 ? ` (${columns.map(([name]) => name).join(', ')}) OVERRIDING SYSTEM VALUE` : '';
    return `INSERT INTO ${table.sql}${list} SELECT ${columns.map(([, value]) => value('g.n')).join(', ')} FROM generate_series(1::bigint, ${rows}) AS g (n)`;
}
/** A sequence can be shared by several tables; it ends behind the furthest. */
function sequences(tables) {
    const ends = new Map();
    for (const { filled, values } of tables) {
        for (const { sequence, number, name } of filled.table.columns) {
            if (!sequence || !values.has(number) || filled.rules.columns.has(name))
                continue;
            const up = sequence.increment > 0;
            const end = sequence.start + sequence.increment * (filled.rows - 1);
            const known = ends.get(sequence.sql)?.end ?? end;
            ends.set(sequence.sql, { end: up ? Math.max(end, known) : Math.min(end, known), up });
        }
    }
    return [...ends].map(([sql, { end, up }]) => `SELECT setval(${(0,sql_text/* literal */.eu)(sql)}::regclass, ${up ? 'greatest' : 'least'}(${end}, last_value)) FROM ${sql}`);
}

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/sql/parser.js
var parser = __webpack_require__(9745);
// EXTERNAL MODULE: ./lib/data/masking/statements.js
var statements = __webpack_require__(1893);
// EXTERNAL MODULE: ./lib/data/ledgers.js
var data_ledgers = __webpack_require__(9798);
// EXTERNAL MODULE: ./lib/data/masking/catalogue.js
var catalogue = __webpack_require__(8770);
;// CONCATENATED MODULE: ./lib/data/seed/limits.js

/**
 * What an expression of a CHECK constraint, as the server writes it, says of single columns; `value` is the value of a
 * domain. What is not understood is left out: the server still judges the rows.
 */
async function limitsIn(expression) {
    const { parseSync } = await (0,parser/* loadParser */.q)();
    const found = new Map();
    try {
        const [statement] = parseSync(`SELECT ${expression}`).stmts ?? [];
        const select = statement?.stmt && 'SelectStmt' in statement.stmt ? statement.stmt.SelectStmt : undefined;
        const target = select?.targetList?.[0];
        if (target && 'ResTarget' in target && target.ResTarget.val)
            collect(target.ResTarget.val, found);
    }
    catch {
        // Syntax of a newer server than the grammar's.
    }
    return found;
}
/** Both hold: the narrower of two bounds, what two lists have in common. */
function both(a, b) {
    const oneOf = a.oneOf && b.oneOf ? a.oneOf.filter((value) => b.oneOf?.includes(value)) : (a.oneOf ?? b.oneOf);
    const lengths = (one, other, choose) => one === undefined ? other : other === undefined ? one : choose(one, other);
    const merged = {
        ...b,
        ...a,
        oneOf,
        min: narrower(a.min, b.min, 1),
        max: narrower(a.max, b.max, -1),
        minLength: lengths(a.minLength, b.minLength, Math.max),
        maxLength: lengths(a.maxLength, b.maxLength, Math.min),
    };
    return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}
function narrower(a, b, sign) {
    if (!a || !b)
        return a ?? b;
    const [x, y] = [Number(a.value), Number(b.value)];
    const order = Number.isNaN(x) || Number.isNaN(y) ? (a.value < b.value ? -1 : 1) : x - y;
    return order * sign >= 0 ? a : b;
}
/** From `FOR VALUES FROM ('…') TO ('…')` and `FOR VALUES IN ('…', …)`. */
function partitionLimits(bounds) {
    const ends = bounds.flatMap((bound) => {
        const [, from, to] = /FROM \((.+)\) TO \((.+)\)$/.exec(bound) ?? [];
        return from !== undefined && to !== undefined ? [{ from: endOf(from), to: endOf(to) }] : [];
    });
    if (ends.length > 0)
        return { ranges: ends };
    const values = bounds.flatMap((bound) => {
        const [, list = ''] = /IN \((.+)\)$/.exec(bound) ?? [];
        return [...list.matchAll(/'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?|true|false)/g)].map(([, text, plain]) => text?.replaceAll("''", "'") ?? plain ?? '');
    });
    return values.length > 0 ? { oneOf: values } : {};
}
function endOf(text) {
    return /^(MINVALUE|MAXVALUE)$/.test(text) ? undefined : text.replace(/^'|'$/g, '');
}
function collect(node, found) {
    const add = (column, limits) => found.set(column, both(found.get(column) ?? {}, limits));
    if ('BoolExpr' in node) {
        const { boolop, args = [] } = node.BoolExpr;
        if (boolop === 'AND_EXPR')
            args.forEach((each) => collect(each, found));
        // `x IS NULL OR …` asks the rest of every value that is there.
        const asking = args.filter((each) => !('NullTest' in each && each.NullTest.nulltesttype === 'IS_NULL'));
        if (boolop === 'OR_EXPR' && asking.length === 1 && asking[0])
            collect(asking[0], found);
        else if (boolop === 'OR_EXPR')
            collectEither(asking, add);
        return;
    }
    if ('NullTest' in node && node.NullTest.nulltesttype === 'IS_NOT_NULL') {
        const column = columnIn(node.NullTest.arg);
        if (column !== undefined)
            add(column, { notNull: true });
    }
    if (!('A_Expr' in node))
        return;
    const { kind, lexpr: left, rexpr: right } = node.A_Expr;
    const operator = operatorOf(node);
    const column = columnIn(left);
    const measured = callOn(left);
    if (kind === 'AEXPR_OP_ANY' && operator === '=' && column !== undefined) {
        const values = listIn(right);
        if (values)
            add(column, { oneOf: values });
    }
    else if (operator === '~~' && column !== undefined) {
        const pattern = constantIn(right);
        if (pattern !== undefined)
            add(column, { like: pattern });
    }
    else if (measured && operator === '=' && /^(lower|upper)$/.test(measured.name)) {
        if (columnIn(right) === measured.column)
            add(measured.column, { case: measured.name === 'lower' ? 'lower' : 'upper' });
    }
    else if (operator === '=' && /^(lower|upper)$/.test(callOn(right)?.name ?? '') && column !== undefined) {
        add(column, { case: callOn(right)?.name === 'lower' ? 'lower' : 'upper' });
    }
    else if (measured && /^(length|char_length|character_length)$/.test(measured.name)) {
        add(measured.column, lengthLimits(operator, Number(constantIn(right))));
    }
    else if (column !== undefined)
        compared({ column, operator, other: right }, add);
    else
        compared({ column: columnIn(right) ?? '', operator: mirrored(operator), other: left }, add);
}
/** `x = 'a' OR x = 'b'` is a list. */
function collectEither(parts, add) {
    const pairs = parts.map((part) => 'A_Expr' in part && operatorOf(part) === '='
        ? { column: columnIn(part.A_Expr.lexpr), value: constantIn(part.A_Expr.rexpr) }
        : undefined);
    const column = pairs[0]?.column;
    const values = pairs.flatMap((pair) => (pair?.column === column && pair?.value !== undefined ? [pair.value] : []));
    if (column !== undefined && values.length === parts.length)
        add(column, { oneOf: values });
}
function compared({ column, operator, other }, add) {
    const second = columnIn(other);
    if (second !== undefined) {
        if (operator === '>' || operator === '>=')
            add(column, { after: second });
        if (operator === '<' || operator === '<=')
            add(second, { after: column });
        return;
    }
    const value = constantIn(other);
    if (value === undefined)
        return;
    if (operator === '=')
        add(column, { oneOf: [value] });
    if (operator === '<>' && value === '')
        add(column, { minLength: 1 });
    if (operator === '>' || operator === '>=')
        add(column, { min: { value, included: operator === '>=' } });
    if (operator === '<' || operator === '<=')
        add(column, { max: { value, included: operator === '<=' } });
}
function mirrored(operator) {
    return { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }[operator] ?? operator;
}
function lengthLimits(operator, count) {
    if (!Number.isInteger(count))
        return {};
    const least = { '>': count + 1, '>=': count, '=': count }[operator];
    const most = { '<': count - 1, '<=': count, '=': count }[operator];
    return { ...(least !== undefined && { minLength: least }), ...(most !== undefined && { maxLength: most }) };
}
function operatorOf(node) {
    const name = 'A_Expr' in node ? node.A_Expr.name?.at(-1) : undefined;
    return name && 'String' in name ? (name.String.sval ?? '') : '';
}
/** Under casts, and under `btrim`, which changes nothing in what is written here. */
function columnIn(node) {
    if (!node)
        return undefined;
    if ('TypeCast' in node)
        return columnIn(node.TypeCast.arg);
    const call = callOn(node);
    if (call && /^(btrim|trim)$/.test(call.name))
        return call.column;
    const field = 'ColumnRef' in node ? node.ColumnRef.fields?.at(-1) : undefined;
    return field && 'String' in field ? field.String.sval : undefined;
}
function callOn(node) {
    if (!node)
        return undefined;
    if ('TypeCast' in node)
        return callOn(node.TypeCast.arg);
    if (!('FuncCall' in node))
        return undefined;
    const last = node.FuncCall.funcname?.at(-1);
    const [argument, ...others] = node.FuncCall.args ?? [];
    const column = columnIn(argument);
    return last && 'String' in last && column !== undefined && others.length === 0
        ? { name: last.String.sval ?? '', column }
        : undefined;
}
function constantIn(node) {
    if (!node)
        return undefined;
    if ('TypeCast' in node)
        return constantIn(node.TypeCast.arg);
    if ('A_Expr' in node && operatorOf(node) === '-' && !node.A_Expr.lexpr) {
        const value = constantIn(node.A_Expr.rexpr);
        return value === undefined ? undefined : `-${value}`;
    }
    if (!('A_Const' in node))
        return undefined;
    const { ival, fval, sval, boolval, isnull } = node.A_Const;
    if (isnull)
        return undefined;
    // The grammar's JSON leaves out what is 0, false or empty.
    if (ival)
        return String(ival.ival ?? 0);
    if (boolval)
        return String(boolval.boolval ?? false);
    return fval?.fval ?? (sval ? (sval.sval ?? '') : undefined);
}
function listIn(node) {
    if (!node)
        return undefined;
    if ('TypeCast' in node)
        return listIn(node.TypeCast.arg);
    if (!('A_ArrayExpr' in node))
        return undefined;
    const values = (node.A_ArrayExpr.elements ?? []).map(constantIn);
    return values.every((value) => value !== undefined) ? values : undefined;
}

;// CONCATENATED MODULE: ./lib/data/seed/catalogue.js




/** Tables that people can fill: partitions are filled through the table on top of them. */
const fillable = `c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND ${catalogue/* userSchema */.v}
  AND has_table_privilege(c.oid, 'SELECT')
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`;
/** Everything the plan of a synthetic seed needs. `search_path` must be `pg_catalog` alone and the time zone UTC. */
async function readSeedSchema(sql) {
    const ledgers = new Map((await (0,data_ledgers/* findLedgers */.O)(sql)).map((ledger) => [ledger.id, ledger.tool]));
    const tables = await sql.query(`SELECT c.oid::text AS id, n.nspname::text AS schema, c.relname::text AS name, c.oid::regclass::text AS sql
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${fillable} ORDER BY n.nspname, c.relname`);
    const rows = await catalogue_countRows(sql, tables);
    const columns = await readColumns(sql);
    return {
        tables: tables.map((table) => ({
            ...table,
            rows: rows.get(table.id) ?? 0,
            ledger: ledgers.get(table.id),
            columns: columns.get(table.id) ?? [],
        })),
        keys: await readKeys(sql),
        references: await readReferences(sql),
    };
}
const atOnce = 200;
async function catalogue_countRows(sql, tables) {
    const counts = new Map();
    for (let from = 0; from < tables.length; from += atOnce) {
        const queries = tables
            .slice(from, from + atOnce)
            .map((table) => `SELECT '${table.id}' AS id, (SELECT count(*)::int FROM (SELECT FROM ${table.sql} LIMIT ${mostKnownRows}) r) AS rows`);
        for (const { id, rows } of await sql.query(queries.join(' UNION ALL ')))
            counts.set(id, rows);
    }
    return counts;
}
/** A domain over a domain and an array of a domain are followed down to the type whose values are stored. */
async function readColumns(sql) {
    const rows = await sql.query(`WITH RECURSIVE down AS (
       SELECT oid AS start, oid AS at, typtypmod AS modifier, false AS array, 0 AS step, typnotnull AS filled, ARRAY[oid] AS passed FROM pg_type
       UNION ALL
       SELECT d.start, CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END,
              CASE WHEN t.typtype = 'd' AND t.typtypmod >= 0 THEN t.typtypmod ELSE d.modifier END, d.array OR t.typtype <> 'd', d.step + 1,
              d.filled OR (t.typnotnull AND NOT d.array), d.passed || t.oid
         FROM down d JOIN pg_type t ON t.oid = d.at
        WHERE t.typtype = 'd' OR (t.typelem <> 0 AND t.typcategory = 'A'))
     SELECT a.attrelid::text AS table, a.attnum::int AS number, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type,
            b.typname::text AS base, b.typtype::text AS "baseKind", d.array,
            CASE WHEN b.typname IN ('varchar', 'bpchar') THEN m.modifier - 4 WHEN b.typname IN ('bit', 'varbit') THEN m.modifier END AS length,
            CASE WHEN b.typname = 'numeric' THEN ((m.modifier - 4) >> 16) & 65535 END AS precision,
            CASE WHEN b.typname = 'numeric' THEN (m.modifier - 4) & 2047 END AS scale,
            ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = b.oid ORDER BY enumsortorder) AS labels,
            a.attnotnull OR d.filled AS "notNull", a.attgenerated <> '' AS generated,
            coalesce(pg_get_expr(f.adbin, f.adrelid), CASE WHEN a.attidentity <> '' THEN 'identity' END, t.typdefault) AS initial,
            (SELECT json_build_object('sql', s.seqrelid::regclass::text, 'start', s.seqstart, 'increment', s.seqincrement)
               FROM pg_depend p JOIN pg_sequence s ON s.seqrelid = CASE WHEN a.attidentity <> '' THEN p.objid ELSE p.refobjid END
              WHERE CASE WHEN a.attidentity <> ''
                    THEN p.classid = 'pg_class'::regclass AND p.deptype = 'i' AND p.refclassid = 'pg_class'::regclass AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum
                    ELSE p.classid = 'pg_attrdef'::regclass AND p.objid = f.oid AND p.refclassid = 'pg_class'::regclass END
              LIMIT 1) AS sequence,
            ARRAY(SELECT pg_get_expr(o.conbin, 0) FROM pg_constraint o WHERE o.contypid = ANY (d.passed) AND o.contype = 'c' ORDER BY o.oid) AS checks
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_type t ON t.oid = a.atttypid
       JOIN LATERAL (SELECT * FROM down WHERE start = a.atttypid ORDER BY step DESC LIMIT 1) d ON true
       JOIN pg_type b ON b.oid = d.at
       CROSS JOIN LATERAL (SELECT nullif(greatest(a.atttypmod, d.modifier), -1) AS modifier) m
       LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
      WHERE ${fillable} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum`);
    const limits = await readLimits(sql);
    const columns = new Map();
    for (const { table, initial, sequence, checks, ...column } of rows) {
        let own = limits.get(table)?.get(column.name) ?? {};
        for (const check of checks)
            own = both(own, (await limitsIn(check)).get('value') ?? {});
        const found = { ...column, fallback: fallbackOf(initial), sequence: sequence ?? undefined, limits: own };
        columns.set(table, [...(columns.get(table) ?? []), found]);
    }
    return columns;
}
function fallbackOf(initial) {
    if (initial === null || /^NULL\b/.test(initial))
        return 'none';
    return /^\(?(?:'|-?\d|true|false|ARRAY\[)/.test(initial) ? 'constant' : 'expression';
}
/** By table and column: from CHECK constraints and from partitions. */
async function readLimits(sql) {
    const found = new Map();
    const add = (table, column, limits) => {
        const own = found.get(table) ?? new Map();
        found.set(table, own.set(column, both(own.get(column) ?? {}, limits)));
    };
    const checks = await sql.query(`SELECT conrelid::text AS table, pg_get_expr(conbin, conrelid) AS expression FROM pg_constraint
      WHERE contype = 'c' AND conrelid <> 0 ORDER BY oid`);
    for (const { table, expression } of checks)
        for (const [column, limits] of await limitsIn(expression))
            add(table, column, limits);
    // A default partition takes whatever the others do not; hash partitions take everything together.
    const partitioned = await sql.query(`SELECT p.partrelid::text AS table, a.attname::text AS column,
            ARRAY(SELECT pg_get_expr(k.relpartbound, k.oid) FROM pg_inherits i JOIN pg_class k ON k.oid = i.inhrelid
                   WHERE i.inhparent = p.partrelid ORDER BY k.relname) AS bounds
       FROM pg_partitioned_table p JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
      WHERE p.partnatts = 1 AND p.partstrat IN ('r', 'l') AND p.partdefid = 0`);
    for (const { table, column, bounds } of partitioned)
        add(table, column, partitionLimits(bounds));
    return found;
}
/** Unique and primary keys, unique indexes, exclusion constraints. */
async function readKeys(sql) {
    const rows = await sql.query(`SELECT x.relname::text AS name, i.indrelid::text AS table, pg_get_expr(i.indpred, i.indrelid) AS held,
            ARRAY(SELECT DISTINCT k FROM (SELECT unnest((i.indkey::int2[])[0:i.indnkeyatts - 1])::int UNION
              SELECT d.refobjsubid FROM pg_depend d WHERE i.indexprs IS NOT NULL AND d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid > 0) AS all_of(k) WHERE k > 0 ORDER BY k) AS columns
       FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE (i.indisunique OR i.indisexclusion) AND ${fillable} ORDER BY x.relname, i.indexrelid`);
    return rows.map(({ held, ...key }) => {
        const [, no, quoted, plain, value] = /^\(*(NOT )?(?:"([^"]+)"|(\w+))(?: (?:IS|=) (true|TRUE))?\)*$/.exec(held ?? '') ?? [];
        const column = quoted ?? plain;
        return {
            ...key,
            avoidedBy: column === undefined ? undefined : { column, value: no !== undefined && value === undefined },
        };
    });
}
/** Those that people declared between tables that can be filled. */
async function readReferences(sql) {
    return sql.query(`SELECT o.conname::text AS name, o.conrelid::text AS table, o.conkey::int[] AS columns, o.confrelid::text AS target,
            o.confkey::int[] AS "targetColumns"
       FROM pg_constraint o WHERE o.contype = 'f' AND o.conparentid = 0
        AND EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = o.conrelid AND ${fillable})
        AND EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = o.confrelid AND ${fillable})
      ORDER BY o.conname, o.oid`);
}

// EXTERNAL MODULE: ./lib/data/seed/server-words.js
var server_words = __webpack_require__(193);
;// CONCATENATED MODULE: ./lib/data/seed/fill-synthetic.js






/** How many problems are told at once. */
const mostProblems = 20;
/**
 * Fills empty tables with made-up rows, in one transaction of its own. `sql` is a session of the role that owns the tables,
 * with triggers and foreign keys at work.
 * @throws InputError for rules that do not fit the schema; RefusedError where the server turns rows down, never with a
 * value. Nothing is changed then.
 */
async function fillSynthetic(sql, rules) {
    await checkExpressions(rules);
    await sql.query('BEGIN');
    try {
        // Plain settings: texts that stand for values must mean the same in every database.
        await sql.query(`SET LOCAL search_path = pg_catalog; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, MDY'; SET LOCAL IntervalStyle = 'postgres';
       SET LOCAL standard_conforming_strings = on; SET LOCAL bytea_output = 'hex'; SET LOCAL jit = off`);
        const schema = await readSeedSchema(sql);
        const plan = planSynthetic(schema, rules);
        if (plan.problems.length > 0)
            throw new errors/* InputError */.dz(`The synthetic seed does not fit. ${told(plan.problems)}`);
        // Constraints, defaults and triggers may count on the path of the database.
        await (0,statements/* withOwnSearchPath */.cB)(sql, async () => {
            for (const step of plan.inserts)
                await fill_synthetic_insert(sql, step, schema);
        });
        for (const sequence of plan.sequences)
            await sql.query(sequence);
        const tables = plan.inserts.flatMap((step) => step.tables);
        const rows = [];
        for (const table of tables) {
            const [row] = await sql.query(`SELECT count(*) AS rows FROM ${table.sql}`);
            rows.push({ table: table.name, rows: Number(row?.rows) });
            await sql.query(`ANALYZE ${table.sql}`);
        }
        await guarded(schema, 'the rows', () => sql.query('COMMIT'));
        const short = tables.flatMap((table, at) => {
            const found = rows[at]?.rows ?? 0;
            return found < table.rows
                ? [
                    `${table.name} holds ${found} of the ${table.rows} rows that were written: a trigger or a rule took the others.`,
                ]
                : [];
        });
        return { rows, notes: [...plan.notes, ...short] };
    }
    catch (error) {
        await sql.query('ROLLBACK').catch(() => undefined);
        throw error;
    }
}
function told(problems) {
    const more = problems.length > mostProblems ? ` And ${problems.length - mostProblems} more.` : '';
    return `${problems.slice(0, mostProblems).join(' ')}${more}`;
}
/** An expression stands inside a larger statement and must not end it. */
async function checkExpressions(rules) {
    const { parseSync } = await (0,parser/* loadParser */.q)();
    const isExpression = (text) => {
        try {
            // Alone, so that a parenthesis cannot close ours; in parentheses, so that nothing follows it.
            return [`SELECT ${text}`, `SELECT (${text})`].every((sql) => {
                const [statement, ...others] = parseSync(sql).stmts ?? [];
                const node = statement?.stmt;
                if (!node || !('SelectStmt' in node) || others.length > 0)
                    return false;
                return (Object.keys(node.SelectStmt).every((field) => ['targetList', 'limitOption', 'op'].includes(field)) &&
                    node.SelectStmt.targetList?.length === 1);
            });
        }
        catch {
            return false;
        }
    };
    for (const [table, { columns }] of rules.tables) {
        for (const [column, generator] of columns) {
            if (generator.kind !== 'sql' || isExpression(generator.expression))
                continue;
            throw new errors/* InputError */.dz(`The synthetic seed of ${table}.${column} has no single SQL expression under "sql". Write one, such as "n * 10"; n is the number of the row.`);
        }
    }
}
async function fill_synthetic_insert(sql, step, schema) {
    await guarded(schema, step.tables.map(({ name }) => name).join(' and '), () => sql.query(step.sql));
}
/** A sentence that names what refused the rows and the columns that need a generator. */
async function guarded(schema, what, body) {
    try {
        return await body();
    }
    catch (error) {
        const said = (0,server_words/* serverWords */.l)(error);
        if (!said)
            throw error;
        const { state, constraint, column } = said;
        const by = constraint === undefined ? '' : ` by ${constraint}`;
        const at = column === undefined ? columnsOf(schema, constraint) : ` in column ${column}`;
        throw new errors/* RefusedError */.fk(`Filling ${what} failed${by}${at}: ${said.sentence}. ${adviceFor(state)} Nothing was changed.`, { cause: error });
    }
}
function columnsOf(schema, constraint) {
    const found = [...schema.keys, ...schema.references].find(({ name }) => name === constraint);
    const table = schema.tables.find(({ id }) => id === found?.table);
    const names = found?.columns.map((number) => table?.columns.find((each) => each.number === number)?.name);
    return names ? ` (${names.join(', ')})` : '';
}
function adviceFor(state) {
    if (state === '42501')
        return 'Seed with the role that owns the tables.';
    if (state.startsWith('23') || state.startsWith('22'))
        return 'Name what fits under "columns" of this table, for example { one_of: […] }, { from: 1, to: 9 } or { sql: … }.';
    return 'Leave the table out, or seed it with an .sql file.';
}


/***/ }),

/***/ 193:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ serverWords)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** Undefined where the failure is not the server's word on a statement: a lost connection, a cancelled run. */
function serverWords(error) {
    const said = (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ProviderError */ .mZ ? error.cause : error);
    const text = (field) => {
        const value = said?.[field];
        return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const state = text('code');
    // 57014 is our own cancellation or a timeout, 57P… and 08… are the server going away.
    if (state === undefined || !/^[0-9A-Z]{5}$/.test(state) || /^(57P|08)/.test(state))
        return undefined;
    const context = text('where');
    const line = /^COPY .*?, line (\d+)/.exec(context ?? '')?.[1];
    return {
        state,
        sentence: `${plainMessage({ state, message: text('message') ?? '', raised: text('routine') === 'exec_stmt_raise', within: context !== undefined })} (${state})`,
        position: text('position') === undefined ? undefined : Number(text('position')),
        copyLine: line === undefined ? undefined : Number(line),
        table: text('table'),
        column: text('column'),
        constraint: text('constraint'),
    };
}
/**
 * Messages of data errors (class 22) quote the value, and so can all that a function says: its statements are made from
 * rows. Other messages quote words of the statement, which stands in the file for everyone to read.
 */
function plainMessage(said) {
    if (said.raised)
        return 'a function or trigger refused it; its words are left out, because they can quote rows';
    const line = said.message.replace(/\p{C}/gu, ' ');
    // From the first quote to the last: a value can hold quotes, too.
    return said.state.startsWith('22') || said.within ? line.replace(/"[\s\S]*"/, '"…"') : line;
}


/***/ }),

/***/ 3548:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $2: () => (/* binding */ draw),
/* harmony export */   AL: () => (/* binding */ drawBelow),
/* harmony export */   Up: () => (/* binding */ pick),
/* harmony export */   at: () => (/* binding */ at),
/* harmony export */   av: () => (/* binding */ drawKey),
/* harmony export */   br: () => (/* binding */ digest)
/* harmony export */ });
/* harmony import */ var _masking_sql_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4599);

function drawKey(seed, table, column) {
    return `${seed}:${table.schema}.${table.name}:${column}:`;
}
/** 32 bits of the MD5 of key and row. MD5, because it is in every version, quick, and the same on every machine. */
function draw(key, row) {
    return `('x' || substr(${digest(key, row)}, 1, 8))::bit(32)::bigint`;
}
/** 32 hexadecimal digits. */
function digest(key, row) {
    return `md5(${(0,_masking_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .literal */ .eu)(key)} || (${row}))`;
}
/** A whole number from 0 to `below` - 1. */
function drawBelow(below, key, row) {
    if (below <= 1)
        return '0';
    // A range that 32 bits cannot fill gets 60 of them.
    const wide = below > 2 ** 31 ? `('x' || substr(${digest(key, row)}, 1, 15))::bit(60)::bigint` : draw(key, row);
    return `mod(${wide}, ${below})`;
}
function pick(words, key, row) {
    return at(words, drawBelow(words.length, key, row));
}
/** `index` counts from 0. */
function at(words, index) {
    return `(${(0,_masking_sql_text_js__WEBPACK_IMPORTED_MODULE_0__/* .textArray */ .TS)(words)})[1 + ${index}]`;
}


/***/ }),

/***/ 8851:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  dI: () => (/* binding */ base36),
  r1: () => (/* binding */ textLike),
  zG: () => (/* binding */ uniqueWords),
  Tb: () => (/* binding */ wordCapacity),
  q0: () => (/* binding */ wordKinds),
  Z9: () => (/* binding */ wordsOf)
});

// EXTERNAL MODULE: ./lib/domain/synthetic/draw.js
var draw = __webpack_require__(3548);
;// CONCATENATED MODULE: ./lib/domain/synthetic/vocabulary.js
/**
 * Words of @faker-js/faker, chosen by scripts/vocabulary.ts; do not edit.
 *
 * Faker - Copyright (c) 2022-2025
 *
 * This software consists of voluntary contributions made by many individuals.
 * For exact contribution history, see the revision history
 * available at https://github.com/faker-js/faker
 *
 * Permission is hereby granted, free of charge, to any person obtaining
 * a copy of this software and associated documentation files (the
 * "Software"), to deal in the Software without restriction, including
 * without limitation the rights to use, copy, modify, merge, publish,
 * distribute, sublicense, and/or sell copies of the Software, and to
 * permit persons to whom the Software is furnished to do so, subject to
 * the following conditions:
 *
 * The above copyright notice and this permission notice shall be
 * included in all copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,
 * EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
 * MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
 * NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
 * LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION
 * OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION
 * WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
 */
const firstNames = 'Aaliyah,Adam,Aglae,Alberta,Alexanne,Allie,Amanda,Anais,Aniya,Antonio,Arnaldo,Astrid,Bailee,Berenice,Bettye,Braden,Brendan,Brock,Caesar,Carissa,Carolyn,Cecil,Chasity,Ciara,Cletus,Conner,Courtney,Dale,Daphne,Darwin,Declan,Demond,Destini,Dock,Dorothea,Earnest,Effie,Eleonore,Ellis,Elvis,Emmet,Erling,Etha,Everardo,Felicia,Florencio,Frederick,Garret,Georgiana,Ginger,Grady,Gus,Harmony,Helene,Hilda,Hudson,Imogene,Isom,Jacques,Jamir,Jarrell,Jayson,Jennie,Jessica,Joaquin,Jonathan,Jovany,Junior,Kaitlyn,Karla,Katlynn,Keira,Kenyon,Kip,Kristy,Lance,Lavinia,Lena,Lessie,Lilliana,Lois,Louis,Luis,Mable,Maegan,Mamie,Marge,Mario,Marvin,Maurine,Meda,Meta,Miranda,Monty,Myrtis,Nayeli,Nicklaus,Nona,Ole,Orpha,Pam,Peggy,Price,Ramiro,Rebeca,Rey,Roberta,Ronaldo,Rosie,Rusty,Samantha,Savion,Shanelle,Sherri,Sofia,Stephen,Sylvia,Teresa,Thora,Tomasa,Trevion,Tyshawn,Vera,Vilma,Wade,Wilber,Winifred,Zachary'.split(',');
const lastNames = 'Abbott,Adams,Armstrong,Bahringer,Bartell,Bashirian,Bayer,Bechtelar,Beier,Bergstrom,Blanda,Boehm,Borer,Boyle,Braun,Buckridge,Cartwright,Cole,Conn,Corkery,Crist,Crooks,Daniel,Davis,Dickens,Dietrich,Doyle,Ebert,Erdman,Farrell,Feest,Flatley,Franey,Gerhold,Gislason,Goldner,Gottlieb,Grant,Gulgowski,Gutmann,Hahn,Hamill,Hansen,Hartmann,Heaney,Heller,Herzog,Hilll,Hintz,Homenick,Howell,Hyatt,Jacobson,Jenkins,Johnson,Kautzer,Kerluke,Kiehn,Kirlin,Klocko,Kohler,Kovacek,Kris,Kuhic,Kunde,Kuvalis,Lang,Larson,Ledner,Lemke,Lind,Lockman,Lueilwitz,Macejkovic,Marks,Mayer,McDermott,McLaughlin,Miller,Moen,Morar,Mraz,Murphy,Nienow,Nolan,Orn,Pacocha,Parker,Pollich,Price,Purdy,Ratke,Reichert,Rempel,Rippin,Roberts,Rolfson,Rosenbaum,Runte,Ryan,Schaden,Schinner,Schmitt,Schroeder,Schumm,Shanahan,Sipes,Spencer,Stamm,Steuber,Streich,Swaniawski,Thompson,Torphy,Tremblay,Turcotte,Vandervort,Von,Walsh,Watsica,Weimann,White,Wilkinson,Windler,Wisozk,Wolff,Wyman,Zemlak'.split(',');
const jobAreas = 'Accounts,Applications,Assurance,Brand,Creative,Data,Directives,Factors,Group,Identity,Integration,Intranet,Marketing,Markets,Mobility,Operations,Optimization,Paradigm,Quality,Research,Response,Solutions,Tactics,Usability'.split(',');
const jobTypes = 'Agent,Analyst,Architect,Assistant,Associate,Consultant,Coordinator,Developer,Director,Engineer,Executive,Facilitator,Liaison,Manager,Orchestrator,Planner,Producer,Specialist,Strategist,Supervisor'.split(',');
const cities = 'Abilene,Aliso Viejo,Ames,Antioch,Arlington,Auburn,Baton Rouge,Bedford,Berkeley,Bismarck,Bossier City,Brandon,Brownsville,Burleson,Canton,Carson City,Cedar Park,Charleston,Chico,Clearwater,Columbus,Corvallis,Dale City,DeKalb,Denver,Draper,East Lansing,El Cajon,Elmhurst,Euless,Fayetteville,Flower Mound,Fort Wayne,Frisco,Gastonia,Glenview,Green Bay,Haltom City,Hartford,Hesperia,Homestead,Idaho Falls,Irving,Jonesboro,Kendall,Kingsport,Lacey,Lancaster,Lawton,Lewisville,Logan,Lowell,Manchester,Marysville,Menifee,Methuen Town,Milpitas,Mobile,Mount Vernon,Nashua,Newport News,Norwalk,Oceanside,Orland Park,Palm Coast,Parker,Pearl City,Pharr,Placentia,Pomona,Portsmouth,Raleigh,Renton,Riverside,Rockwall,Rowlett,San Angelo,San Leandro,Santa Clara,Savannah,Sheboygan,Smyrna,Southfield,Stillwater,Sunrise,Taylor,The Villages,Topeka,Tulare,University,Vancouver,Walnut Creek,Waukegan,West Jordan,Whittier,Wyoming'.split(',');
const streets = 'A Street,Albert Road,Ash Grove,Baker Street,Bay Street,Beechwood Avenue,Birch Road,Bridge Street,Brook Lane,Canal Street,Cedar Close,Center Road,Chapel Street,Chestnut Drive,Church Path,Clarence Road,Clifton Road,Commercial Road,Cow Lane,Dark Lane,Division Street,E Center Street,E High Street,E Oak Street,E Union Street,Edward Street,Farm Close,Fore Street,Front Street,Glebe Close,Grange Road,Greenway,Harrison Avenue,Heath Road,High Street,Hillside,Howard Street,Jubilee Close,Kings Highway,Lake Street,Lee Street,Lincoln Street,Madison Avenue,Main Street E,Manor Gardens,Maple Road,Mary Street,Meadow Way,Milton Road,Mount Street,N Center Street,N Front Street,N Main Avenue,N Pearl Street,N Water Street,Norfolk Road,Oak Avenue,Oaklands,Orchard Street,Park Lane,Pine Close,Poplar Close,Priory Close,Quarry Lane,Richmond Close,Riverside Avenue,S Bridge Street,S East Street,S Lincoln Street,S Monroe Street,S Walnut Street,School Lane,Smith Street,South View,Stanley Street,Station Street,Tennyson Road,The Copse,The Grange,The Limes,The Oval,The Rise,Third Avenue,University Drive,Victoria Road,W Central Avenue,W Jackson Street,W North Street,W State Street,Warren Road,Waverley Road,West Road,William Street,Windermere Road,Wood Street,Woodlands Road'.split(',');
const states = 'Alabama,Alaska,Arkansas,California,Connecticut,Delaware,Georgia,Hawaii,Illinois,Iowa,Kansas,Louisiana,Maine,Massachusetts,Michigan,Mississippi,Montana,Nebraska,New Hampshire,New Jersey,New York,North Carolina,Ohio,Oklahoma,Pennsylvania,South Carolina,South Dakota,Texas,Utah,Virginia,Washington,Wisconsin'.split(',');
const countries = 'Afghanistan,Algeria,Andorra,Anguilla,Argentina,Aruba,Austria,Bahamas,Bangladesh,Belarus,Belize,Bhutan,Botswana,Brazil,Burkina Faso,Cambodia,Canada,Cayman Islands,Chile,Colombia,Congo,Costa Rica,Cyprus,Denmark,Dominica,Egypt,Eritrea,Eswatini,Faroe Islands,Finland,French Guiana,Gambia,Ghana,Greece,Grenada,Guam,Guernsey,Guinea-Bissau,Haiti,Hong Kong,Iceland,Indonesia,Iraq,Israel,Jamaica,Jersey,Kazakhstan,Kiribati,Latvia,Lesotho,Liechtenstein,Luxembourg,Madagascar,Malaysia,Malta,Mauritania,Mayotte,Micronesia,Monaco,Montenegro,Morocco,Myanmar,Nauru,Netherlands,Nicaragua,Nigeria,Norfolk Island,Oman,Palau,Panama,Peru,Poland,Puerto Rico,Romania,Saint Helena,Samoa,Saudi Arabia,Serbia,Sierra Leone,Sint Maarten,Slovenia,South Africa,Spain,Sudan,Sweden,Taiwan,Thailand,Togo,Tonga,Turkey,Tuvalu,Ukraine,Uruguay,Vanuatu,Vietnam,Yemen'.split(',');
const adjectives = 'abandoned,adolescent,alert,angelic,ashamed,awful,best,blue,brave,burdensome,cautious,classic,coarse,content,creative,curly,deafening,delectable,different,distant,dull,elderly,enchanting,exalted,fair,fatal,first,flustered,fragrant,frizzy,general,glittering,grandiose,grizzled,gummy,heavenly,honorable,icy,immediate,improbable,informal,jam-packed,jumbo,lasting,light,live,low,male,meaty,mindless,monthly,muted,negative,nippy,obvious,orange,outrageous,passionate,phony,pointless,powerless,private,pure,quiet,recent,rewarding,rotten,rusty,scented,serene,shiny,silky,slight,snarling,sorrowful,spherical,staid,stingy,sturdy,superb,tame,tepid,tidy,tragic,turbulent,unhealthy,unripe,unused,urban,velvety,warped,weighty,whispered,winding,worldly,wry'.split(',');
const nouns = 'CD,address,agreement,alb,amendment,apparatus,asset,backbone,barracks,behest,bin,bob,bowler,brochure,cake,carboxyl,cassava,ceramics,charm,cinder,coal,comestible,contractor,cornet,countess,crocodile,cutover,decision,density,descent,digestive,disk,doorpost,drive,e-mail,eggplant,epic,excess,extent,fax,festival,fireplace,flight,following,formamide,freezing,galoshes,giggle,goodwill,grandson,guard,halt,haversack,hepatitis,hope,hubris,hutch,icebreaker,impostor,instance,invite,joy,kick,knight,language,leading,lieu,longboat,lyre,mallard,marksman,meatloaf,metal,minor,monocle,mousse,nephew,noon,obesity,omelet,ostrich,overload,pantyhose,patroller,peony,phrase,pilot,platter,poetry,porter,pressure,promise,pupil,range,receptor,reporter,reward,roundabout,sailor,saw,scorpion,season,settler,siege,skyline,sock,sonnet,spring,stay,stock,stump,sundae,swath,synergy,tarragon,tennis,thorn,tomography,transom,trick,tuxedo,unique,vein,viability,vista,wasabi,widow,wriggler'.split(',');
const loremWords = 'a,absum,acerbitas,adduco,adicio,adopto,advoco,aestas,ago,alius,amicitia,amplus,antea,appositus,arbustum,armarium,aspernatur,atqui,audentia,auxilium,beatae,blandior,calcar,capio,carmen,causa,ceno,cibo,clamo,coerceo,colo,commemoro,conatus,conicio,constans,copiose,coruscus,creptio,cubitum,cunabula,curatio,curto,decens,deduco,degenero,delicate,demum,deporto,deserunt,dolore,eius,ex,hic,ipsam,libero,mollitia,nostrum,optio,pax,possimus,quidem,repellat,sodalitas,soluta,spargo,stabilis,stultus,subvenio,summa,suppono,synagoga,talis,tantum,tenax,terebro,terreo,theca,timidus,totam,trepide,tui,uberrime,umquam,usque,utpote,valens,velit,venustas,vero,vestigium,vigilo,vinum,vitae,volo,vomer,vulariter'.split(',');
const productAdjectives = 'Awesome,Bespoke,Electronic,Ergonomic,Fantastic,Fresh,Generic,Gorgeous,Handcrafted,Incredible,Intelligent,Licensed,Modern,Oriental,Practical,Refined,Rustic,Sleek,Soft,Tasty'.split(',');
const productMaterials = 'Aluminum,Bamboo,Bronze,Ceramic,Cotton,Gold,Granite,Marble,Plastic,Rubber,Silk,Steel'.split(',');
const products = 'Bacon,Ball,Bike,Car,Chair,Chicken,Chips,Computer,Fish,Gloves,Keyboard,Mouse,Pants,Pizza,Salad,Shirt,Shoes,Soap,Table,Towels'.split(',');
const departments = 'Automotive,Baby,Beauty,Books,Clothing,Computers,Electronics,Games,Garden,Grocery,Home,Industrial,Jewelry,Kids,Movies,Music,Outdoors,Shoes,Sports,Tools'.split(',');
const companyForms = 'Group,Inc,LLC,and Sons'.split(',');
const colours = 'azure,black,blue,cyan,gold,green,grey,ivory,lavender,lime,magenta,mint green,olive,orange,pink,plum,purple,red,silver,sky blue,tan,turquoise,violet,white'.split(',');
const fruits = 'apple,apricot,avocado,berry,blood orange,bush tomato,cavalo,coconut,cranberry,currant,dragonfruit,feijoa,fingerlime,grape,guava,kiwi fruit,lemon,lime,loquat,mandarin,mangosteen,mulberry,nectarine,orange,papaya,peach,persimmon,plum,prune,rockmelon,strawberry,tangelo'.split(',');

;// CONCATENATED MODULE: ./lib/domain/synthetic/words.js


const firstName = (person, row) => (0,draw/* pick */.Up)(firstNames, `${person}first:`, row);
const lastName = (person, row) => (0,draw/* pick */.Up)(lastNames, `${person}last:`, row);
const number = ([from, to], key, row) => `(${from} + ${(0,draw/* drawBelow */.AL)(to - from + 1, key, row)})`;
/** Words with a part of the key of their own, so that they are drawn apart. */
const joined = (words, key, row) => words.map((list, part) => (0,draw/* pick */.Up)(list, `${key}${part}:`, row)).join(` || ' ' || `);
// Three words are drawn at once: a draw costs more than all the rest of a text.
const phrases = loremWords.map((word, at) => [word, ...[7, 29].map((step) => loremWords[(at + step) % loremWords.length])].join(' '));
const openings = phrases.map((phrase) => phrase.slice(0, 1).toUpperCase() + phrase.slice(1));
const sentence = (key, row) => `${joined([openings, phrases], key, row)} || '.'`;
const account = (_, row, person) => `lower(${firstName(person, row)} || '.' || ${lastName(person, row)})`;
const kinds = {
    first_name: (_, row, person) => firstName(person, row),
    last_name: (_, row, person) => lastName(person, row),
    full_name: (_, row, person) => `${firstName(person, row)} || ' ' || ${lastName(person, row)}`,
    username: account,
    email: (key, row, person) => `${account(key, row, person)} || '@example.com'`,
    // 555-0100 to 555-0199 belong to nobody in every area of the North American plan.
    phone: (key, row) => `'+1-' || ${number([201, 989], key, row)} || '-555-01' || lpad((${(0,draw/* drawBelow */.AL)(100, `${key}line:`, row)})::text, 2, '0')`,
    company: (key, row) => `${(0,draw/* pick */.Up)(lastNames, key, row)} || ' ' || ${(0,draw/* pick */.Up)(companyForms, `${key}form:`, row)}`,
    job: (key, row) => joined([jobAreas, jobTypes], key, row),
    street: (key, row) => `${number([1, 299], key, row)} || ' ' || ${(0,draw/* pick */.Up)(streets, `${key}street:`, row)}`,
    city: (key, row) => (0,draw/* pick */.Up)(cities, key, row),
    state: (key, row) => (0,draw/* pick */.Up)(states, key, row),
    country: (key, row) => (0,draw/* pick */.Up)(countries, key, row),
    country_code: (key, row) => (0,draw/* pick */.Up)(['AT', 'AU', 'BR', 'CA', 'CH', 'DE', 'DK', 'ES', 'FR', 'GB', 'IE', 'IN', 'IT', 'JP', 'NL', 'US'], key, row),
    postcode: (key, row) => `lpad((${(0,draw/* drawBelow */.AL)(100_000, key, row)})::text, 5, '0')`,
    url: (key, row) => `'https://www.example.com/' || ${(0,draw/* pick */.Up)(nouns, key, row)}`,
    host: (key, row) => `${(0,draw/* pick */.Up)(nouns, key, row)} || '.example.com'`,
    // RFC 5737: addresses for documentation.
    ip: (key, row) => `'203.0.113.' || ${(0,draw/* drawBelow */.AL)(256, key, row)}`,
    product: (key, row) => joined([productAdjectives, productMaterials, products], key, row),
    department: (key, row) => (0,draw/* pick */.Up)(departments, key, row),
    colour: (key, row) => (0,draw/* pick */.Up)(colours, key, row),
    fruit: (key, row) => (0,draw/* pick */.Up)(fruits, key, row),
    currency: (key, row) => (0,draw/* pick */.Up)(['CHF', 'DKK', 'EUR', 'GBP', 'JPY', 'NOK', 'SEK', 'USD'], key, row),
    locale: (key, row) => (0,draw/* pick */.Up)(['de', 'en', 'es', 'fr', 'it', 'nl', 'pt', 'sv'], key, row),
    word: (key, row) => (0,draw/* pick */.Up)(nouns, key, row),
    slug: (key, row) => `${(0,draw/* pick */.Up)(adjectives, key, row)} || '-' || ${(0,draw/* pick */.Up)(nouns, `${key}noun:`, row)}`,
    code: (key, row) => `upper(substr(${(0,draw/* digest */.br)(key, row)}, 1, 8))`,
    token: (key, row) => (0,draw/* digest */.br)(key, row),
    title: (key, row) => `initcap(${(0,draw/* pick */.Up)(adjectives, key, row)} || ' ' || ${(0,draw/* pick */.Up)(nouns, `${key}noun:`, row)})`,
    lorem: sentence,
    paragraph: (key, row, person) => [0, 1, 2].map((part) => sentence(`${key}${part}-`, row, person)).join(` || ' ' || `),
};
const wordKinds = Object.keys(kinds);
/** A text that may come twice. */
function wordsOf({ kind, key, person, longest }, row) {
    const text = kinds[kind](key, row, person);
    return longest === undefined ? text : `left(${text}, ${longest})`;
}
/** How many different texts `uniqueWords` can give. */
function wordCapacity(longest) {
    return longest === undefined || longest >= 12 ? Number.MAX_SAFE_INTEGER : 36 ** longest;
}
/**
 * A text that holds the given number, so that another number is another text, also without regard to case. Where there is no
 * room for words it is the number alone, to the base of 36 and with all its places.
 */
function uniqueWords({ kind, key, person, longest }, index) {
    const row = `${index} + 1`;
    const places = 16;
    if (kind === 'email' && (longest === undefined || longest >= 40)) {
        return `left(${account(key, row, person)}, ${Math.min(longest ?? 64, 64) - places - 12}) || '.' || (${row}) || '@example.com'`;
    }
    if (kind === 'url')
        return `'https://www.example.com/' || ${base36(index, 8)}`;
    if (kind === 'token' && (longest ?? 32) >= 32)
        return `left(${(0,draw/* digest */.br)(key, row)}, 22) || ${base36(index, 10)}`;
    if (kind === 'phone' && (longest ?? 20) >= 16)
        return `'+1-555-' || lpad((${row})::text, 9, '0')`;
    if (longest !== undefined && longest < 32)
        return base36(index, Math.min(longest, 12));
    const between = /^(slug|code|username|host)$/.test(kind) ? '-' : ' ';
    const text = kinds[kind](key, row, person);
    return `${longest === undefined ? text : `left(${text}, ${longest - places})`} || '${between}' || (${row})`;
}
const figures = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** A number from 0 with a fixed count of places. */
function base36(index, places) {
    const place = (power) => (0,draw.at)(figures, `mod((${index})::bigint / ${36 ** power}, 36)`);
    return Array.from({ length: Math.min(places, 10) }, (_, step) => place(Math.min(places, 10) - 1 - step)).join(' || ');
}
/** A text that LIKE takes: `%` is a word, `_` a letter. */
function textLike(pattern, key, row) {
    const parts = [...pattern.matchAll(/\\(.)|%|_|[^%_\\]+/gs)].map(([part, escaped], index) => {
        if (part === '%')
            return (0,draw/* pick */.Up)(nouns, `${key}${index}:`, row);
        if (part === '_')
            return (0,draw.at)(figures, `mod(${(0,draw/* draw */.$2)(`${key}${index}:`, row)}, 36)`);
        return `'${(escaped ?? part).replaceAll("'", "''")}'`;
    });
    return parts.length > 0 ? parts.join(' || ') : `''`;
}


/***/ }),

/***/ 9745:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ loadParser)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);

// Named so that the bundler sees it: it puts the file beside the bundle, and this address becomes a path there. It reads
// no syntax newer than ES2020 (`??=`): with such in this file it would spoil the file without a word.
const wasm = __webpack_require__.ab + "libpg-query.wasm";
let loading;
/** Loads the parser at its first use, so that a run which parses nothing pays nothing; some 30 ms. */
function loadParser() {
    loading = loading ?? load();
    return loading;
}
async function load() {
    // The package looks for its file beside `__dirname`, which an ES module bundle lacks: there the global one answers.
    const scope = globalThis;
    scope.__dirname = node_path__WEBPACK_IMPORTED_MODULE_0__.dirname(String(wasm));
    try {
        const { loadModule, parseSync, scanSync, parsePlPgSQLSync } = await __webpack_require__.e(/* import() */ 627).then(__webpack_require__.t.bind(__webpack_require__, 2627, 19));
        await loadModule();
        return { parseSync, scanSync, parsePlPgSQLSync };
    }
    finally {
        delete scope.__dirname;
    }
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
