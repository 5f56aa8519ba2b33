export const id = 492;
export const ids = [492];
export const modules = {

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

/***/ 4883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $J: () => (/* binding */ unitsOf),
/* harmony export */   BO: () => (/* binding */ countRows),
/* harmony export */   D8: () => (/* binding */ collectOriginals),
/* harmony export */   Dz: () => (/* binding */ originalsQuery),
/* harmony export */   RO: () => (/* binding */ rowsOf),
/* harmony export */   RP: () => (/* binding */ digestQueries),
/* harmony export */   Rq: () => (/* binding */ scanInOrder),
/* harmony export */   fY: () => (/* binding */ workSchema),
/* harmony export */   lr: () => (/* binding */ createOriginals),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   rC: () => (/* binding */ unitsIn),
/* harmony export */   uQ: () => (/* binding */ isCompared),
/* harmony export */   wh: () => (/* binding */ plainText)
/* harmony export */ });
/* harmony import */ var _domain_masking_compile_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9085);
/* harmony import */ var _domain_masking_schema_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8460);
/* harmony import */ var _domain_masking_sql_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4599);



/**
 * Where the digests of the originals stand while a branch is masked. Its presence also tells that masking did not end:
 * it is made first and dropped last.
 */
const workSchema = 'db_branch_masking';
function unitsOf(plan) {
    const parts = plan.targets.flatMap((masked) => (0,_domain_masking_compile_js__WEBPACK_IMPORTED_MODULE_0__/* .partsOf */ .CI)(masked.target, `${(0,_domain_masking_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .tableName */ .C)(masked.table)}.${masked.target.column.name}`).map((part) => ({ masked, part })));
    return parts.map(({ masked, part }, at) => ({
        masked,
        part,
        pool: part.proof.kind === 'shape' && !part.proof.small ? 0 : at + 1,
    }));
}
/** Units of a table's own columns and of those that it inherits. */
function unitsIn(units, { targets }) {
    return units.filter(({ masked }) => targets.includes(masked));
}
/**
 * Whether masked values are compared with the originals. Where the range of a transformer is small, an original that
 * obeyed the shape already may come back by chance, and any other would break the shape, which every value is held
 * against: there the comparison could find nothing more.
 */
function isCompared({ part: { proof } }) {
    return proof.kind === 'moved' || (proof.kind === 'shape' && !proof.small);
}
const plainText = (value) => `((${value})::text COLLATE pg_catalog."default")`;
/**
 * A digest of 64 bits, keyed by a number that is thrown away. Equal texts always have equal ones, so no original is
 * overlooked; that two different texts meet, which would refuse a masked branch for nothing, has the odds of (originals ×
 * masked values) / 2^64: one in two hundred thousand for ten million of each.
 */
const digestOf = (text) => `hashtextextended(${text} COLLATE "C", (SELECT current_setting('dbb.check')::int8))`;
/** Digest of a unit's value; NULL, which equals nothing, where it is NULL, empty or infinite. */
function digestOfValue({ part: { proof } }, value) {
    const text = plainText(value);
    // Rows keep their order in the file when a table is written anew, so a row is known again by its number.
    return proof.kind === 'moved'
        ? `CASE WHEN ${text} NOT LIKE '%infinity' THEN ${digestOf(`(t."row number"::text || ' ' || ${text})`)} END`
        : digestOf(`nullif(${text}, '')`);
}
const columnOf = ({ masked }) => `t.${(0,_domain_masking_sql_text_js__WEBPACK_IMPORTED_MODULE_2__/* .identifier */ .Cv)(masked.target.column.name)}`;
/**
 * Queries of rows `pool, unit, digest`; `unit` is the place in `units`, a digest may be NULL. `rows` is a `FROM` item `t`.
 * One scan per unit: a LATERAL list of values in one scan takes PostgreSQL several times longer.
 */
function digestQueries(units, rows) {
    return [...units.entries()].flatMap(([at, unit]) => {
        if (!isCompared(unit))
            return [];
        const { single, values } = unit.part;
        const column = columnOf(unit);
        const select = (digest, from) => `SELECT ${unit.pool} AS pool, ${at} AS unit, ${digest} AS digest FROM ${rows}${from}`;
        return [
            ...(single ? [select(digestOfValue(unit, single(column)), '')] : []),
            ...(values ? [select(digestOfValue(unit, 'u.value'), `, LATERAL ${values(column)}`)] : []),
        ];
    });
}
/** Rows `pool, digest` of every original that must not come back; undefined where there is none. */
function originalsQuery(units, 
/** `FROM` item `t`, with the row's number where a unit is proven by having moved. */
rows) {
    const queries = digestQueries(units, rows);
    if (queries.length === 0)
        return undefined;
    return queries.map((query) => `SELECT o.pool, o.digest FROM (${query}) o`).join(' UNION ALL ');
}
/** `FROM` item `t` of a table's own rows; numbered, where a unit needs it. */
function rowsOf(table, units) {
    return units.some(({ part }) => part.proof.kind === 'moved')
        ? `(SELECT *, row_number() OVER () AS "row number" FROM ONLY ${table.sql}) t`
        : `ONLY ${table.sql} t`;
}
/** A scan that numbers rows and the one that writes the table anew must both begin at its first page and go on in order. */
async function scanInOrder(sql) {
    await sql.query('SET LOCAL synchronize_seqscans = off; SET LOCAL max_parallel_workers_per_gather = 0');
}
/** Takes the digests of what is about to be masked, and counts the rows. In the transaction that then masks. */
async function collectOriginals(sql, table, units) {
    await scanInOrder(sql);
    const query = originalsQuery(units, rowsOf(table, units));
    if (query !== undefined)
        await sql.query(`INSERT INTO ${workSchema}.originals (pool, digest) ${query}`);
    return countRows(sql, table);
}
async function countRows(sql, table) {
    const [row] = await sql.query(`SELECT count(*)::text AS rows FROM ONLY ${table.sql}`);
    return Number(row?.rows);
}
/** Holds the digests. UNLOGGED: a branch whose server fell over is not exposed anyway. */
const createOriginals = `CREATE UNLOGGED TABLE ${workSchema}.originals (pool int NOT NULL, digest int8)`;


/***/ }),

/***/ 3492:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BG: () => (/* binding */ definitions),
/* harmony export */   f9: () => (/* binding */ loginsElsewhere),
/* harmony export */   jZ: () => (/* binding */ article),
/* harmony export */   me: () => (/* binding */ integrity),
/* harmony export */   oG: () => (/* binding */ statistics)
/* harmony export */ });
/* harmony import */ var _domain_masking_detectors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1416);
/* harmony import */ var _catalogue_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8770);
/* harmony import */ var _originals_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4883);



const article = (what) => (/^(email|I)/.test(what) ? `an ${what}` : `a ${what}`);
/** The planner's statistics quote values, to whoever may read the table. */
async function statistics(sql) {
    const problems = [];
    const rows = await sql.query(`SELECT DISTINCT s.schemaname || '.' || s.tablename || '.' || s.attname AS name FROM pg_stats s,
       LATERAL unnest(coalesce(s.most_common_vals::text::text[], '{}') || coalesce(s.histogram_bounds::text::text[], '{}')) v(value)
      WHERE s.schemaname !~ '^pg_' AND s.schemaname NOT IN ('information_schema', '${_originals_js__WEBPACK_IMPORTED_MODULE_2__/* .workSchema */ .fY}')
        AND ${(0,_originals_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)((0,_originals_js__WEBPACK_IMPORTED_MODULE_2__/* .plainText */ .wh)('v.value'))} IN (SELECT digest FROM ${_originals_js__WEBPACK_IMPORTED_MODULE_2__/* .workSchema */ .fY}.originals WHERE pool = 0)`);
    const extended = await sql.query(`SELECT DISTINCT s.schemaname || '.' || s.statistics_name AS name FROM pg_stats_ext s, LATERAL unnest(s.most_common_vals) v(value)
      WHERE v.value IS NOT NULL AND ${(0,_originals_js__WEBPACK_IMPORTED_MODULE_2__/* .digestOf */ .ol)((0,_originals_js__WEBPACK_IMPORTED_MODULE_2__/* .plainText */ .wh)('v.value'))} IN (SELECT digest FROM ${_originals_js__WEBPACK_IMPORTED_MODULE_2__/* .workSchema */ .fY}.originals WHERE pool = 0)`);
    for (const { name } of [...rows, ...extended])
        problems.push(`the statistics of ${name} quote originals`);
    return { check: { name: 'no original value in the statistics', covered: 'pg_stats and pg_stats_ext' }, problems };
}
async function integrity(sql) {
    const rows = await sql.query(`SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND i.indisunique AND c.relkind <> 'p' AND ${_catalogue_js__WEBPACK_IMPORTED_MODULE_1__/* .userSchema */ .v}`);
    const [keys] = await sql.query(`SELECT count(*)::text AS keys FROM pg_constraint WHERE contype = 'f' AND convalidated`);
    return {
        check: { name: 'foreign keys and unique indexes valid', covered: `${keys?.keys} foreign keys` },
        problems: rows.map(({ name }) => `the unique index ${name} is not valid`),
    };
}
/** Subscriptions can be seen by all, their passwords by superusers alone. */
async function loginsElsewhere(sql) {
    const rows = await sql.query(`SELECT 'a user mapping on ' || srvname AS what FROM pg_user_mappings
     UNION ALL SELECT 'a password in the foreign server ' || srvname FROM pg_foreign_server WHERE srvoptions::text ~* 'passw|secret|token|://[^ /:@]+:[^ /@]+@'
     UNION ALL SELECT 'the subscription ' || subname FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
     UNION ALL SELECT 'large objects' WHERE EXISTS (SELECT FROM pg_largeobject_metadata)`);
    return {
        check: {
            name: 'no login on another server, no large object',
            covered: 'user mappings, foreign servers, subscriptions',
        },
        problems: rows.map(({ what }) => `the branch carries ${what}`),
    };
}
const credentials = _domain_masking_detectors_js__WEBPACK_IMPORTED_MODULE_0__/* .detectors */ .mW.filter(({ name }) => ['email', 'URL with a password', 'private key', 'JSON web token'].includes(name));
/** What people wrote into the schema itself travels with every branch. */
async function definitions(sql) {
    const rows = await sql.query(`SELECT 'the function ' || p.oid::regprocedure AS what, p.prosrc AS text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE ${_catalogue_js__WEBPACK_IMPORTED_MODULE_1__/* .userSchema */ .v} AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
     UNION ALL SELECT 'a comment on ' || pg_describe_object(d.classoid, d.objoid, d.objsubid), d.description FROM pg_description d WHERE d.objoid >= 16384
     UNION ALL SELECT 'the default of ' || pg_describe_object('pg_attrdef'::regclass, a.oid, 0), pg_get_expr(a.adbin, a.adrelid) FROM pg_attrdef a
     UNION ALL SELECT 'the constraint ' || o.conname, pg_get_constraintdef(o.oid) FROM pg_constraint o WHERE o.contype = 'c'
     UNION ALL SELECT 'the view ' || c.oid::regclass, pg_get_viewdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND ${_catalogue_js__WEBPACK_IMPORTED_MODULE_1__/* .userSchema */ .v}
     UNION ALL SELECT 'the policy ' || p.polname, concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) FROM pg_policy p`);
    const problems = rows.flatMap(({ what, text }) => (0,_domain_masking_detectors_js__WEBPACK_IMPORTED_MODULE_0__/* .detect */ .o0)(text, credentials).map((found) => `${what} holds what looks like ${article(found)}`));
    return {
        check: {
            name: 'no address or password in functions, comments and other definitions',
            covered: `${rows.length} texts`,
        },
        problems,
    };
}


/***/ }),

/***/ 1416:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   aK: () => (/* binding */ hint),
/* harmony export */   mW: () => (/* binding */ detectors),
/* harmony export */   o0: () => (/* binding */ detect)
/* harmony export */ });
/* unused harmony export passesLuhn */
const alone = (pattern) => `(?<![A-Za-z0-9])(?:${pattern})(?![A-Za-z0-9])`;
const always = () => true;
const digitsOf = (text) => text.replace(/\D/g, '');
const mailbox = '[^\\s@,;:"\'<>()\\[\\]{}/\\\\]+';
/** Masked values are made so that none of these finds them: reserved domains, numbers and ranges. */
const detectors = [
    {
        name: 'email',
        pattern: `${mailbox}@(?!(?:[A-Za-z0-9-]+\\.)*example(?:\\.(?:com|org|net))?(?![A-Za-z0-9.-]))[^\\s@,;:"'<>()\\[\\]{}/\\\\]+\\.[^\\s@,;:"'<>()\\[\\]{}/\\\\.]{2,}`,
        confirms: always,
    },
    {
        name: 'phone number',
        pattern: alone('[+](?!999|1[ ().-]*555)[0-9](?:[ ()./-]{0,2}[0-9]){7,14}|[(]?(?!555|000)[2-9][0-9]{2}[)]?[ .-][0-9]{3}[ .-][0-9]{4}'),
        confirms: always,
    },
    { name: 'payment card', pattern: alone('[3-6][0-9](?:[ -]?[0-9]){11,17}'), confirms: isCard },
    { name: 'IBAN', pattern: alone('[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}'), confirms: isIban },
    {
        name: 'US social security number',
        pattern: alone('(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}'),
        confirms: always,
    },
    { name: 'IPv4 address', pattern: alone('[0-9]{1,3}(?:[.][0-9]{1,3}){3}(?![.][0-9])'), confirms: isPublicIpv4 },
    {
        name: 'IPv6 address',
        pattern: alone('[0-9A-Fa-f]{1,4}:(?:[0-9A-Fa-f]{0,4}:){1,6}[0-9A-Fa-f]{0,4}'),
        confirms: isIpv6,
    },
    { name: 'MAC address', pattern: alone('[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![:-])'), confirms: isMac },
    { name: 'JSON web token', pattern: 'eyJ[A-Za-z0-9_-]{8,}[.]eyJ[A-Za-z0-9_-]{8,}[.]', confirms: always },
    { name: 'private key', pattern: '-----BEGIN [A-Z ]*PRIVATE KEY', confirms: always },
    { name: 'URL with a password', pattern: '[A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@]+:[^\\s/@]+@', confirms: always },
];
/**
 * What every find contains, for PostgreSQL to spare most rows the way to us: without a look around, which makes its
 * regular expressions thirty times slower.
 */
const hint = '@|eyJ|BEGIN|[A-Z]{2}[0-9]{2}|[0-9A-Fa-f:.-]{6}|[0-9][0-9 ()./-]{6}';
/** Names of the detectors that find something in the text. */
function detect(text, among = detectors) {
    return among
        .filter(({ pattern, confirms }) => [...text.matchAll(new RegExp(pattern, 'gu'))].some(([found]) => confirms(found)))
        .map((detector) => detector.name);
}
/** The check digit of ISO/IEC 7812-1. */
function passesLuhn(digits) {
    const sum = [...digits].toReversed().reduce((total, digit, at) => {
        const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
        return total + (value > 9 ? value - 9 : value);
    }, 0);
    return sum % 10 === 0;
}
function isCard(found) {
    const digits = digitsOf(found);
    return digits.length >= 13 && digits.length <= 19 && !digits.startsWith('424242') && passesLuhn(digits);
}
/** Length of an IBAN by country: https://www.swift.com/resource/iban-registry-pdf */
const ibanLength = {
    AT: 20, BE: 16, BG: 22, BR: 29, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22,
    GR: 27, HR: 21, HU: 28, IE: 22, IL: 23, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18,
    NO: 15, PL: 28, PT: 25, RO: 24, SA: 24, SE: 24, SI: 19, SK: 24, SM: 27, TR: 26, UA: 29,
}; // prettier-ignore
function isIban(found) {
    const packed = found.replaceAll(' ', '');
    const length = ibanLength[packed.slice(0, 2)];
    return length !== undefined && packed.length >= length && isMod97(packed.slice(0, length));
}
/** ISO 7064 MOD 97-10, as IBANs have it. */
function isMod97(iban) {
    const moved = iban.slice(4) + iban.slice(0, 4);
    return [...moved].reduce((rest, letter) => Number(`${rest}${parseInt(letter, 36)}`) % 97, 0) === 1;
}
/** Neither a private network's (RFC 1918) nor one of the ranges for documentation and tests (RFC 5737, RFC 2544). */
function isPublicIpv4(found) {
    const bytes = found.split('.').map(Number);
    const [a = 0, b = 0] = bytes;
    if (bytes.some((byte) => byte > 255) || a === 0 || a >= 224)
        return false;
    const reserved = /^(10\.|127\.|169\.254\.|192\.168\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(found);
    return !reserved && !(a === 172 && b >= 16 && b < 32) && !(a === 198 && (b === 18 || b === 19));
}
function isIpv6(found) {
    const groups = found.split(':');
    if (/^2001:0?db8:/i.test(found) || found.split('::').length > 2)
        return false;
    const short = found.includes('::') && groups.filter((group) => group !== '').length >= 3;
    return short || (groups.length === 8 && groups.every((group) => group !== ''));
}
function isMac(found) {
    const plain = found.toLowerCase().replaceAll('-', ':');
    return !plain.startsWith('02:00:00:') && !/^(00:){5}00$|^(ff:){5}ff$/.test(plain);
}


/***/ })

};
