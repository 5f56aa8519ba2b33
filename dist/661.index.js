export const id = 661;
export const ids = [661,101,824];
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

/***/ 3824:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fillMasked: () => (/* binding */ fillMasked)
});

// EXTERNAL MODULE: ./lib/domain/masking/compile.js + 1 modules
var compile = __webpack_require__(9085);
// EXTERNAL MODULE: ./lib/domain/masking/schema.js
var schema = __webpack_require__(8460);
// EXTERNAL MODULE: ./lib/domain/masking/sql-text.js
var sql_text = __webpack_require__(4599);
// EXTERNAL MODULE: ./lib/domain/masking/transformer.js
var transformer = __webpack_require__(3692);
// EXTERNAL MODULE: ./lib/domain/masking/value-kind.js
var value_kind = __webpack_require__(461);
;// CONCATENATED MODULE: ./lib/domain/masking/copy-plan.js





/** Larger tables are read in ranges of pages of this many bytes. */
const rangeBytes = 16 * 1024 * 1024;
const pageBytes = 8192;
/** From 14 on a range of pages is read without reading the others. */
const rangeScans = 140000;
/** How all rows get into a branch that has the same tables and no row: largest first. */
function copyTasks(plan, server, ordered) {
    const tasks = plan.stored.flatMap((stored) => {
        const { table } = stored;
        const columns = table.columns.filter((column) => column.generated === '');
        const names = columns.map((column) => (0,sql_text/* identifier */.Cv)(column.name)).join(', ');
        const inOrder = ordered.has(table.id);
        const values = columns.map((column) => copy_plan_valueOf(stored, column)).join(', ');
        const task = (bytes, range) => ({
            stored,
            select: `SELECT ${values} FROM ONLY ${table.sql} t${where(stored.keep, range)}${inOrder && stored.keep ? ' ORDER BY t.ctid' : ''}`,
            into: `${table.sql} (${names})`,
            format: columns.every(sameInBinary) ? 'binary' : 'text',
            inOrder,
            bytes,
        });
        const ranges = inOrder || server.version < rangeScans ? 1 : Math.max(1, Math.ceil(table.size / rangeBytes));
        if (ranges === 1)
            return [task(table.size)];
        return Array.from({ length: ranges }, (_, at) => task(rangeBytes, pageRange(at, at === ranges - 1)));
    });
    return tasks.toSorted((a, b) => b.bytes - a.bytes);
}
function pageRange(at, last) {
    const pages = rangeBytes / pageBytes;
    return `t.ctid >= '(${at * pages},0)'${last ? '' : ` AND t.ctid < '(${(at + 1) * pages},0)'`}`;
}
function where(...conditions) {
    const given = conditions.filter((condition) => condition !== undefined);
    return given.length === 0 ? '' : ` WHERE ${given.map((condition) => `(${condition})`).join(' AND ')}`;
}
function copy_plan_valueOf({ targets }, column) {
    const row = (name) => `t.${(0,sql_text/* identifier */.Cv)(name)}`;
    const masked = targets.find(({ target }) => target.column.name === column.name);
    if (!masked)
        return row(column.name);
    const made = (0,compile/* maskExpression */.lB)(masked.target, row, transformer/* padsOfQuery */.wy);
    // Texts of every kind are alike on the wire, and a cast to varchar(n) would cut one off without a word.
    return (0,value_kind/* kindOf */.I)(column) === 'text' && !column.array ? made : `(${made})::${withoutLength(column.type)}`;
}
/** `numeric(10,2)` → `numeric`: what does not fit must fail on the way in. `character` alone would mean one character. */
function withoutLength(type) {
    if (type.startsWith('"') || type.includes('.'))
        return type;
    return type.replace(/\([\d, -]+\)/, '').replace(/^character(?! varying)/, 'bpchar');
}
/** Built-in types with one binary form everywhere. Others hold numbers of their own database in it, such as OIDs. */
const sameEverywhere = new Set(`bool int2 int4 int8 float4 float8 numeric text varchar bpchar char name bytea date time timetz timestamp timestamptz
   interval uuid json jsonb inet cidr macaddr macaddr8 bit varbit money`.split(/\s+/));
function sameInBinary({ base, baseSchema, baseKind, array, type }) {
    if (array)
        return baseSchema === 'pg_catalog' && sameEverywhere.has(base) && !type.includes('.');
    return baseKind === 'e' || base === 'citext' || (baseSchema === 'pg_catalog' && sameEverywhere.has(base));
}
/** What the two databases do not have in common, in words; empty when rows of one fit into the other. */
function differences(parent, branch) {
    const there = new Map(branch.tables.map((table) => [(0,schema/* tableName */.C)(table), table]));
    const known = new Set(parent.tables.map(schema/* tableName */.C));
    return [
        ...parent.tables.flatMap((table) => {
            const other = there.get((0,schema/* tableName */.C)(table));
            return other ? tableDifferences(table, other) : [`${(0,schema/* tableName */.C)(table)} is missing in the branch`];
        }),
        ...branch.tables.flatMap((table) => known.has((0,schema/* tableName */.C)(table)) ? [] : [`${(0,schema/* tableName */.C)(table)} is only in the branch`]),
    ];
}
function tableDifferences(table, other) {
    const name = (0,schema/* tableName */.C)(table);
    if (table.kind !== other.kind)
        return [`${name} is not the same kind of table in the branch`];
    const shape = ({ type, generated }) => `${type} ${generated}`;
    const there = new Map(other.columns.map((column) => [column.name, shape(column)]));
    const changed = table.columns.filter((column) => there.get(column.name) !== shape(column));
    const known = new Set(table.columns.map((column) => column.name));
    const more = other.columns.filter((column) => !known.has(column.name));
    return [...changed, ...more].map((column) => `${name}.${column.name} differs in the branch`);
}

// EXTERNAL MODULE: ./lib/domain/masking/plan.js + 4 modules
var masking_plan = __webpack_require__(4669);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: ./node_modules/pg-copy-streams/index.js
var pg_copy_streams = __webpack_require__(6901);
// EXTERNAL MODULE: ./lib/sql/session.js
var session = __webpack_require__(3480);
;// CONCATENATED MODULE: ./lib/sql/copy.js




/**
 * Streams rows from one database into another; the slower side sets the pace. When either side fails, both connections
 * are cut: a COPY that lost its other end can be ended in no other way, and half a table is of no use.
 * @returns rows, as the source counted them.
 * @throws ProviderError with the server's message alone: DETAIL and CONTEXT of a failed COPY quote rows.
 */
async function copyRows({ source, out, target, into, what }) {
    const reading = source.stream((0,pg_copy_streams.to)(out));
    const writing = target.stream((0,pg_copy_streams/* from */.H)(into));
    await new Promise((resolve, reject) => {
        const fail = (side) => (cause) => {
            reject(new errors/* ProviderError */.mZ(`${side} ${what} failed: ${(0,session/* serverText */.Tn)(cause)}`, { cause }));
            source.cut();
            target.cut();
        };
        reading.once('error', fail('Reading'));
        writing.once('error', fail('Writing'));
        writing.once('finish', resolve);
        // Those after the first are the echo of cutting.
        reading.on('error', () => undefined);
        writing.on('error', () => undefined);
        reading.pipe(gathered()).pipe(writing);
    });
    return reading.rowCount;
}
const pieceBytes = 128 * 1024;
/** Passes few large pieces on: a server sends 8 kB at a time, and a write of each took half of this process's time. */
function gathered() {
    let pieces = [];
    let size = 0;
    const all = () => {
        const whole = Buffer.concat(pieces, size);
        pieces = [];
        size = 0;
        return whole;
    };
    return new external_node_stream_.Transform({
        transform(piece, _, done) {
            pieces.push(piece);
            size += piece.length;
            if (size < pieceBytes)
                done();
            else
                done(null, all());
        },
        flush: (done) => (size === 0 ? done() : done(null, all())),
    });
}

// EXTERNAL MODULE: ./lib/data/masking/in-place.js + 4 modules
var in_place = __webpack_require__(3857);
// EXTERNAL MODULE: ./lib/data/masking/statements.js
var masking_statements = __webpack_require__(1893);
// EXTERNAL MODULE: ./lib/data/masking/key.js
var masking_key = __webpack_require__(1708);
// EXTERNAL MODULE: ./lib/data/masking/labels.js
var labels = __webpack_require__(8924);
// EXTERNAL MODULE: ./lib/data/masking/mask-branch.js + 3 modules
var mask_branch = __webpack_require__(5350);
// EXTERNAL MODULE: ./lib/data/masking/originals.js
var originals = __webpack_require__(4883);
// EXTERNAL MODULE: ./lib/data/masking/room.js
var room = __webpack_require__(6912);
// EXTERNAL MODULE: ./lib/data/masking/subset.js
var subset = __webpack_require__(7533);
// EXTERNAL MODULE: ./lib/data/masking/verify.js + 2 modules
var verify = __webpack_require__(1459);
;// CONCATENATED MODULE: ./lib/data/masking/stream/lanes.js
/** Works through all items with several sessions at a time. The first failure cuts the other lanes short and is thrown. */
async function inLanes({ items, parallel, open, body }) {
    const waiting = [...items];
    const opened = [];
    const failures = [];
    const lane = async () => {
        try {
            const sessions = await open();
            opened.push(...sessions);
            for (let item = waiting.shift(); item !== undefined && failures.length === 0; item = waiting.shift())
                await body(sessions, item);
        }
        catch (error) {
            failures.push(error);
            for (const session of opened)
                session.cut();
        }
    };
    await Promise.all(Array.from({ length: Math.max(1, Math.min(parallel, items.length)) }, lane));
    await Promise.all(opened.map((session) => session.close()));
    if (failures.length > 0)
        throw failures[0];
}

// EXTERNAL MODULE: ./lib/data/masking/catalogue.js
var catalogue = __webpack_require__(8770);
;// CONCATENATED MODULE: ./lib/data/masking/stream/receiver.js






/** @throws RefusedError when the branch is not what the rows of this parent fit into. */
async function readReceiver(sql, parent) {
    await (0,in_place/* refuseHalfMasked */.l_)(sql);
    const branch = await (0,catalogue/* readSchema */.G)(sql);
    const different = differences(parent, branch);
    if (different.length > 0) {
        throw new errors/* RefusedError */.fk(`Filling the branch refused: ${different.slice(0, 10).join('; ')}${different.length > 10 ? `; and ${different.length - 10} more` : ''}. The parent changed meanwhile, or the platform made no true copy of its schema; make the branch again.`);
    }
    const tables = branch.tables.filter(({ kind }) => kind === 'table').map((table) => table.sql);
    const filled = [];
    for (const table of tables) {
        const [row] = await sql.query(`SELECT EXISTS (SELECT FROM ONLY ${table}) AS filled`);
        if (row?.filled)
            filled.push(table);
    }
    if (filled.length === 0)
        return branch;
    throw new errors/* RefusedError */.fk(`Filling the branch refused: ${filled.slice(0, 10).join(', ')} ${filled.length === 1 ? 'has' : 'have'} rows already, and nobody knows whose. Make the branch again.`);
}
/** Makes the mark of an unfinished masking, and takes out what slows rows down or would act on them. */
async function relieve(sql, plan, branch) {
    await sql.query(`CREATE SCHEMA ${originals/* workSchema */.fY}; ${originals/* createOriginals */.lr}`);
    const relieved = {
        foreignKeys: await sql.query(foreignKeys),
        indexes: await sql.query(indexes),
        triggers: await sql.query(triggers),
    };
    for (const { drop } of [...relieved.foreignKeys, ...relieved.indexes, ...relieved.triggers])
        for (const statement of drop)
            await (0,masking_statements/* guarded */.Nj)('an index, foreign key or trigger', () => sql.query(statement));
    const forced = branch.server.superuser ? [] : plan.stored.filter(({ table }) => table.forcesRowSecurity);
    for (const { table } of forced)
        await sql.query(`ALTER TABLE ${table.sql} NO FORCE ROW LEVEL SECURITY`);
    return relieved;
}
/** Everything that was taken out, and what hangs on it, to compare before and after. */
async function belongings(sql) {
    const rows = await sql.query(`SELECT pg_get_indexdef(i.indexrelid) || i.indisvalid || coalesce(obj_description(i.indexrelid, 'pg_class'), '') AS line
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${catalogue/* userSchema */.v} AND n.nspname <> '${originals/* workSchema */.fY}'
     UNION ALL SELECT concat_ws(' ', o.conrelid::regclass, o.conname, pg_get_constraintdef(o.oid), o.convalidated, obj_description(o.oid, 'pg_constraint'))
       FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE ${catalogue/* userSchema */.v} AND n.nspname <> '${originals/* workSchema */.fY}'
     UNION ALL SELECT concat_ws(' ', t.tgrelid::regclass, t.tgname, t.tgenabled) FROM pg_trigger t WHERE NOT t.tgisinternal
     ORDER BY 1`);
    return rows.map((row) => row.line).join('\n');
}
const table = 'c.oid::regclass';
const commented = (what, text) => `CASE WHEN ${text} IS NOT NULL THEN ${what} || quote_literal(${text}) END`;
/** A partition's copies come and go with those of the parent. */
const foreignKeys = `
  SELECT ARRAY[format('ALTER TABLE %s DROP CONSTRAINT %I', ${table}, o.conname)] AS drop,
         array_remove(ARRAY[format('ALTER TABLE %s ADD CONSTRAINT %I %s', ${table}, o.conname, pg_get_constraintdef(o.oid)),
           ${commented(`format('COMMENT ON CONSTRAINT %I ON %s IS ', o.conname, ${table})`, `obj_description(o.oid, 'pg_constraint')`)}], NULL) AS restore
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE o.contype = 'f' AND o.conparentid = 0 AND ${catalogue/* userSchema */.v} ORDER BY o.oid`;
const bareIndex = (id) => `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = ${id} AND d.deptype IN ('e', 'x'))
     AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = ${id} AND to_jsonb(a) ->> 'attstattarget' NOT IN ('-1'))`;
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
     AND x.reltablespace = 0 AND ${catalogue/* userSchema */.v} AND ${bareIndex('x.oid')}
     AND (o.oid IS NULL OR o.contype IN ('p', 'u') AND o.conparentid = 0 AND o.conislocal AND o.coninhcount = 0 AND o.conname = x.relname
       AND NOT i.indisexclusion AND x.relam = (SELECT oid FROM pg_am WHERE amname = 'btree')
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_constraint'::regclass AND d.refobjid = o.oid AND d.deptype IN ('n', 'a')))
   ORDER BY x.oid`;
/** Of partitioned tables first, whose change reaches down; each one below then gets its own state back. */
const triggers = `
  SELECT ARRAY[format('ALTER TABLE %s DISABLE TRIGGER %I', ${table}, t.tgname)] AS drop,
         ARRAY[format('ALTER TABLE %s %s TRIGGER %I', ${table},
           CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, t.tgname)] AS restore
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE NOT t.tgisinternal AND c.relkind IN ('r', 'p') AND ${catalogue/* userSchema */.v} ORDER BY c.relkind = 'r', c.oid, t.oid`;

;// CONCATENATED MODULE: ./lib/data/masking/stream/snapshot.js





/** How long a migration that runs on the parent is waited for. */
const lockTimeout = '60s';
const reading = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = pg_catalog';
/**
 * Opens the parent for reading. Its tables are locked against changes of their definition, as by pg_dump, and before the
 * snapshot is taken: a table that is written anew in between would look empty.
 */
async function openSnapshot(source, key) {
    const sql = await source();
    try {
        await sql.query('SET search_path = pg_catalog');
        await (0,in_place/* refuseHalfMasked */.l_)(sql);
        const tables = await sql.query(`SELECT c.oid::regclass::text AS sql FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND ${catalogue/* userSchema */.v} ORDER BY c.oid`);
        await sql.query(`${reading}; SET LOCAL lock_timeout = '${lockTimeout}'`);
        const names = tables.map((table) => `ONLY ${table.sql}`);
        if (names.length > 0)
            await sql.query(`LOCK TABLE ${names.join(', ')} IN ACCESS SHARE MODE`);
        const [row] = await sql.query('SELECT pg_export_snapshot() AS id');
        const schema = await (0,catalogue/* readSchema */.G)(sql);
        const populated = await sql.query(`SELECT c.oid::regclass::text AS sql FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'm' AND c.relispopulated AND ${catalogue/* userSchema */.v} ORDER BY c.oid`);
        return {
            schema,
            sequences: await readSequences(sql),
            populated: populated.map((view) => view.sql),
            open: () => openReader({ source, key, superuser: schema.server.superuser, snapshot: row?.id ?? '' }),
            close: () => sql.close(),
        };
    }
    catch (error) {
        await sql.close();
        throw error;
    }
}
async function openReader(from) {
    const sql = await from.source();
    try {
        await (0,masking_key/* silenceLog */.qV)(sql, from.superuser);
        await sql.query(`${reading}; SET TRANSACTION SNAPSHOT ${(0,sql_text/* literal */.eu)(from.snapshot)}`);
        await (0,originals/* scanInOrder */.Rq)(sql);
        // Several workers would bring rows out of their order, and take more of the parent's server than asked for.
        await sql.query('SET LOCAL max_parallel_workers_per_gather = 0');
        // Texts that mean the same wherever they are read; row security must fail rather than hide rows.
        await sql.query(`SET LOCAL row_security = off; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = postgres;
       SET LOCAL extra_float_digits = 3; SET LOCAL bytea_output = hex`);
        await (0,masking_key/* giveKey */.Lk)(sql, from.key);
        return sql;
    }
    catch (error) {
        await sql.close();
        throw error;
    }
}
/** Sequences know no snapshot: they are read after it was taken, so none is behind the rows. */
async function readSequences(sql) {
    const found = await sql.query(`SELECT c.oid::regclass::text AS sql FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND ${catalogue/* userSchema */.v} ORDER BY c.oid`);
    if (found.length === 0)
        return [];
    return sql.query(found
        .map((each) => `SELECT ${(0,sql_text/* literal */.eu)(each.sql)} AS sql, last_value::text AS last, is_called AS called FROM ${each.sql}`)
        .join(' UNION ALL '));
}

;// CONCATENATED MODULE: ./lib/data/masking/stream/fill.js

















/**
 * Streams the masked rows of a parent into a branch that has its schema and no row, and proves it: an original never
 * reaches the branch, nor this process. The parent is only read, in one snapshot. A branch on which this did not return
 * must not be exposed; a run that dies leaves the schema `db_branch_masking` in it.
 * @throws RefusedError where rules are missing, the branch does not fit, PostgreSQL refuses, or a check fails.
 */
async function fillMasked({ order, source, target, parallel, elapsed }) {
    const { rules, key } = order;
    const snapshot = await openSnapshot(source, key);
    try {
        const { plan } = (0,mask_branch.decided)((0,masking_plan/* planMasking */.G)(readable(snapshot.schema), rules));
        const units = (0,originals/* unitsOf */.$J)(plan);
        const sql = await target();
        try {
            await sql.query('SET search_path = pg_catalog');
            const branch = await readReceiver(sql, snapshot.schema);
            const start = elapsed();
            await (0,masking_key/* silenceLog */.qV)(sql, branch.server.superuser);
            await (0,room/* makeRoom */.m)(sql);
            const before = await belongings(sql);
            const relieved = await (0,masking_statements/* inTransaction */.sA)(sql, () => relieve(sql, plan, branch));
            const ordered = orderedTables(plan.stored, units);
            const copies = copyTasks(plan, snapshot.schema.server, ordered);
            const rows = await stream({ snapshot, target, parallel, copies, units, stored: plan.stored, ordered });
            await snapshot.close();
            await restore({ sql, target, parallel }, relieved);
            await bringState(sql, snapshot);
            if ((await belongings(sql)) !== before)
                throw new errors/* RefusedError */.fk('Filling the branch refused: its indexes, constraints or triggers are not what they were before. Make the branch again.');
            await sql.query('ANALYZE');
            const masked = elapsed();
            const checks = await (0,verify/* verifyMasked */.x)({ sql, plan, units, key, rows });
            await (0,in_place/* finishMasking */.aJ)({ sql, plan, server: branch.server });
            return {
                rules: order.hash,
                key: { id: key.id, random: key.random },
                counts: { ...plan.counts, tables: rows.size, rows: sum([...rows.values()]), emptied: plan.emptied.length },
                checks,
                notes: [...(0,labels/* labelNotes */.W)(plan), ...(0,subset/* sampleNotes */.a)(plan, rows)],
                milliseconds: { masking: Math.round(masked - start), verification: Math.round(elapsed() - masked) },
            };
        }
        finally {
            await sql.close();
        }
    }
    finally {
        await snapshot.close();
    }
}
/** Nothing of the parent is changed, so its tables may be another's. */
const readable = (schema) => ({
    ...schema,
    tables: schema.tables.map((table) => ({ ...table, ours: true })),
});
const sum = (numbers) => numbers.reduce((total, each) => total + each, 0);
/** Tables of which a value is known again by the number of its row. */
function orderedTables(stored, units) {
    const moved = stored.filter((each) => (0,originals/* unitsIn */.rC)(units, each).some(({ part }) => part.proof.kind === 'moved'));
    return new Set(moved.map(({ table }) => table.id));
}
/** @returns rows of each table in the parent's snapshot, by OID, counted apart from the copies. */
async function stream(work) {
    const { snapshot, target, copies, units, stored, ordered } = work;
    const rows = new Map();
    const digests = stored.map((each) => async ([from, to]) => {
        rows.set(each.table.id, await sendOriginals({ from: from, to: to }, each, { units, ordered }));
    });
    const copying = copies.map((task) => ([from, to]) => sendRows({ from: from, to: to }, task));
    await inLanes({
        items: [...copying, ...digests],
        parallel: work.parallel,
        open: async () => [await snapshot.open(), await target()],
        body: (sessions, send) => send(sessions),
    });
    return rows;
}
/** Masked on the parent's server, in the query that reads them. */
async function sendRows({ from, to }, { stored, select, into, format, inOrder }) {
    const what = stored.table.sql;
    await receiving(to, async () => {
        // Into a table that was emptied in the same transaction, PostgreSQL writes page after page.
        if (inOrder)
            await (0,masking_statements/* guarded */.Nj)(what, () => to.query(`TRUNCATE ONLY ${what}`));
        await (0,masking_statements/* withOwnSearchPath */.cB)(to, async () => {
            await (0,masking_statements/* guarded */.Nj)(what, () => copyRows({
                source: from,
                out: `COPY (${select}) TO STDOUT (FORMAT ${format})`,
                target: to,
                into: `COPY ${into} FROM STDIN (FORMAT ${format})`,
                what,
            }));
        });
    });
}
/** The digests of what is masked, by which originals are looked for afterwards. */
async function sendOriginals({ from, to }, stored, { units, ordered }) {
    const { table, keep } = stored;
    const condition = keep === undefined ? '' : ` WHERE ${keep}`;
    const number = `row_number() OVER (${keep === undefined ? '' : 'ORDER BY t.ctid'}) AS "row number"`;
    const numbered = `(SELECT t.*, ${number} FROM ONLY ${table.sql} t${condition}) t`;
    const plain = `(SELECT t.* FROM ONLY ${table.sql} t${condition}) t`;
    const query = (0,originals/* originalsQuery */.Dz)((0,originals/* unitsIn */.rC)(units, stored), ordered.has(table.id) ? numbered : plain);
    if (query !== undefined) {
        await receiving(to, () => (0,masking_statements/* guarded */.Nj)(table.sql, () => copyRows({
            source: from,
            out: `COPY (${query}) TO STDOUT (FORMAT binary)`,
            target: to,
            into: `COPY ${originals/* workSchema */.fY}.originals (pool, digest) FROM STDIN (FORMAT binary)`,
            what: `digests of ${table.sql}`,
        })));
    }
    const [row] = await from.query(`SELECT count(*)::text AS rows FROM ONLY ${table.sql} t${condition}`);
    return Number(row?.rows);
}
/** Nobody waits for these transactions to be safe on disk: the branch counts for nothing before its last one. */
async function receiving(to, body) {
    await (0,masking_statements/* inTransaction */.sA)(to, async () => {
        await to.query(`SET LOCAL synchronous_commit = off; SET LOCAL row_security = off; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = postgres`);
        await body();
    });
}
/** Indexes by several sessions; foreign keys one after the other, each of which locks two tables and reads them. */
async function restore({ sql, target, parallel }, relieved) {
    const bringBack = async (on, statements) => (0,masking_statements/* inTransaction */.sA)(on, () => (0,masking_statements/* withOwnSearchPath */.cB)(on, async () => {
        for (const statement of statements)
            await (0,masking_statements/* guarded */.Nj)(named(statement), () => on.query(statement));
    }));
    await inLanes({
        items: await largestFirst(sql, relieved.indexes),
        parallel,
        open: async () => {
            const session = await target();
            await (0,room/* makeRoom */.m)(session);
            return [session];
        },
        body: ([session], index) => bringBack(session, index.restore),
    });
    for (const { attach } of relieved.indexes)
        if (attach.length > 0)
            await bringBack(sql, attach);
    for (const foreign of relieved.foreignKeys)
        await bringBack(sql, foreign.restore);
    await bringBack(sql, relieved.triggers.flatMap((trigger) => trigger.restore));
}
/** So that no session is left with a large one at the end. */
async function largestFirst(sql, indexes) {
    const rows = await sql.query('SELECT oid::text AS id, pg_relation_size(oid)::float8 AS size FROM pg_class WHERE oid = ANY ($1::oid[])', [indexes.map(({ table }) => table)]);
    const sizes = new Map(rows.map(({ id, size }) => [id, size]));
    const size = ({ table }) => sizes.get(table) ?? 0;
    return indexes.toSorted((a, b) => size(b) - size(a));
}
/** What a statement that brings something back is about, without its expressions. */
function named(statement) {
    return statement.split(' ').slice(0, 6).join(' ').replace(/ ON$/, '');
}
/** Beside the rows: where sequences stand, and what materialized views hold. */
async function bringState(sql, { sequences, populated }) {
    for (const { sql: sequence, last, called } of sequences)
        await (0,masking_statements/* guarded */.Nj)(sequence, () => sql.query('SELECT setval($1::regclass, $2, $3)', [sequence, last, called]));
    // One may read another: those that come too early have another turn.
    for (let waiting = [...populated]; waiting.length > 0;) {
        const early = [];
        for (const view of waiting) {
            const outcome = await refresh(sql, view).then(() => 'done', (error) => error);
            if (outcome === 'done')
                continue;
            if ((0,session/* sqlState */.cn)(outcome) !== '55000')
                await (0,masking_statements/* guarded */.Nj)(view, () => Promise.reject(outcome));
            early.push(view);
        }
        if (early.length === waiting.length)
            await (0,masking_statements/* guarded */.Nj)(early[0], () => refresh(sql, early[0]));
        waiting = early;
    }
}
function refresh(sql, view) {
    return (0,masking_statements/* inTransaction */.sA)(sql, () => (0,masking_statements/* withOwnSearchPath */.cB)(sql, async () => {
        await sql.query(`REFRESH MATERIALIZED VIEW ${view}`);
    }));
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
