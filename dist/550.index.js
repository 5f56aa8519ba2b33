export const id = 550;
export const ids = [550,320,101];
export const modules = {

/***/ 7550:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   branchDatabase: () => (/* binding */ branchDatabase)
/* harmony export */ });
/* harmony import */ var pg__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3849);
/* harmony import */ var _domain_claim_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6768);
/* harmony import */ var _sql_session_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3480);
/* harmony import */ var _sql_target_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4011);
/* harmony import */ var _ledgers_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9798);
/* harmony import */ var _schema_only_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6320);






const { escapeIdentifier: name, escapeLiteral: literal } = pg__WEBPACK_IMPORTED_MODULE_0__/* ["default"] */ .Ay;
const advice = 'Check that the platform lets this runner reach its branches (IP allow list, private network), and run the job again.';
/** Works in the databases of branches that a platform made. */
function branchDatabase({ signal, clock }) {
    const open = ({ url }) => (0,_sql_session_js__WEBPACK_IMPORTED_MODULE_1__/* .openSession */ .fA)((0,_sql_target_js__WEBPACK_IMPORTED_MODULE_2__/* .parseTarget */ .h)(url), { application: 'db-branch-action', signal, advice });
    const within = async (connection, body) => {
        const session = await open(connection);
        return body(session).finally(() => session.close());
    };
    const sign = async (sql, claim) => {
        const [row] = await sql.query('SELECT pg_catalog.current_database()::text AS database');
        await sql.query(`COMMENT ON DATABASE ${name(row?.database ?? '')} IS ${literal((0,_domain_claim_js__WEBPACK_IMPORTED_MODULE_4__/* .encodeClaim */ .l)(claim))}`);
    };
    return {
        empty: (connection, claim) => within(connection, async (sql) => {
            const notes = await (0,_schema_only_js__WEBPACK_IMPORTED_MODULE_3__.emptyTables)(sql);
            await sign(sql, claim);
            return notes;
        }),
        sign: (connection, claim) => within(connection, (sql) => sign(sql, claim)),
        readClaim: (connection) => within(connection, async (sql) => {
            const [row] = await sql.query(`SELECT pg_catalog.shobj_description(oid, 'pg_database') AS comment
             FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()`);
            return (0,_domain_claim_js__WEBPACK_IMPORTED_MODULE_4__/* .readClaim */ .jw)(row?.comment);
        }),
        maskInPlace: (connection, order) => maskInPlace(order, { open: () => openUndisturbed(open, connection), clock }),
        fillMasked: (from, to, order) => fillMasked(order, {
            source: () => openUndisturbed(open, from),
            target: () => openUndisturbed(open, to),
            clock,
        }),
        copyLedgers: (from, to) => within(from, (source) => within(to, (target) => copyLedgers(source, target))),
    };
}
/** Loaded on demand: few runs mask. */
async function maskInPlace(order, { open, clock }) {
    const { certificateLines, maskBranch } = await Promise.all(/* import() */[__webpack_require__.e(492), __webpack_require__.e(350)]).then(__webpack_require__.bind(__webpack_require__, 5350));
    return certificateLines(await maskBranch({ order, open, parallel: 2, elapsed: () => clock.elapsed() }));
}
async function fillMasked(order, { source, target, clock }) {
    const [{ fillMasked: fill }, { certificateLines }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(901), __webpack_require__.e(492), __webpack_require__.e(350), __webpack_require__.e(824)]).then(__webpack_require__.bind(__webpack_require__, 3824)),
        Promise.all(/* import() */[__webpack_require__.e(492), __webpack_require__.e(350)]).then(__webpack_require__.bind(__webpack_require__, 5350)),
    ]);
    return certificateLines(await fill({ order, source, target, parallel: 2, elapsed: () => clock.elapsed() }));
}
/** Its own settings and functions must not steer the work in it. */
async function openUndisturbed(open, to) {
    const session = await open(to);
    try {
        const [server] = await session.query(`SELECT pg_catalog.current_setting('server_version_num')::int AS version, rolsuper AS superuser
         FROM pg_catalog.pg_roles WHERE rolname = session_user`);
        await (0,_sql_session_js__WEBPACK_IMPORTED_MODULE_1__/* .workUndisturbed */ .xf)(session, server ?? { version: 0, superuser: false });
        return session;
    }
    catch (error) {
        await session.close();
        throw error;
    }
}
/** In one transaction: a ledger that is copied in part would make a migration tool run half of its work again. */
async function copyLedgers(source, target) {
    await source.query('BEGIN READ ONLY; SET LOCAL search_path = pg_catalog');
    await target.query('BEGIN; SET LOCAL search_path = pg_catalog');
    const ledgers = await (0,_ledgers_js__WEBPACK_IMPORTED_MODULE_5__/* .findLedgers */ .O)(source);
    for (const ledger of ledgers) {
        const [rows] = await source.query(`SELECT coalesce(json_agg(t), '[]')::text AS rows FROM ${ledger.name} t`);
        const columns = await writableColumns(target, ledger.name);
        await target.query(`INSERT INTO ${ledger.name} (${columns}) OVERRIDING SYSTEM VALUE
       SELECT ${columns} FROM json_populate_recordset(NULL::${ledger.name}, $1)`, [rows?.rows ?? '[]']);
        await advanceSequences(target, ledger.name);
    }
    await target.query('COMMIT');
    await source.query('COMMIT');
    const names = ledgers.map((ledger) => `${ledger.name} (${ledger.tool})`);
    return names.length > 0 ? [`Copied the migration ledger ${names.join(', ')}.`] : ['No migration ledger was found.'];
}
async function writableColumns(sql, table) {
    const [row] = await sql.query(`SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`, [table]);
    return row?.columns ?? '';
}
/** The next migration's number must follow the copied ones. */
async function advanceSequences(sql, table) {
    const owned = await sql.query(`SELECT d.objid::regclass::text AS sequence, quote_ident(a.attname) AS column
       FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
       JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
      WHERE d.classid = 'pg_class'::regclass AND d.refobjid = $1::regclass AND d.deptype IN ('a', 'i')`, [table]);
    for (const { sequence, column } of owned) {
        await sql.query(`SELECT setval(${literal(sequence)}::regclass, m) FROM (SELECT max(${column}) AS m FROM ${table}) t WHERE m IS NOT NULL`);
    }
}


/***/ }),

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

/***/ 6320:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   emptyTables: () => (/* binding */ emptyTables)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _ledgers_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9798);


const userSchema = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
const notOfExtension = `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`;
/**
 * Empties every table of this database in one transaction and proves it; migration ledgers stay, so that `deploy`
 * goes on where the parent stands. Sequences start anew, materialized views are rebuilt empty, large objects go, and
 * so do the planner's statistics, which quote original values.
 * @returns what is worth telling, one line each.
 * @throws RefusedError when a row or a quoted value would remain.
 */
async function emptyTables(sql) {
    // Names are read with their schema, and nothing that the parent's people made can stand in for a built-in function.
    await sql.query('BEGIN; SET LOCAL search_path = pg_catalog');
    const server = await readServer(sql);
    const { superuser } = server;
    // Triggers of the parent must not run: an audit trigger would write rows while we empty.
    if (superuser)
        await sql.query('SET LOCAL session_replication_role = replica');
    const ledgers = await (0,_ledgers_js__WEBPACK_IMPORTED_MODULE_1__/* .findLedgers */ .O)(sql);
    const kept = ledgers.map((ledger) => ledger.id);
    await refuseTiedLedgers(sql, kept);
    const tables = await tablesBut(sql, kept);
    if (tables.length > 0)
        await truncate(sql, tables);
    await restartSequences(sql, kept);
    await sql.query('SELECT lo_unlink(oid) FROM pg_largeobject_metadata');
    const unpopulated = await rebuildViews(sql);
    await forgetStatistics(sql, server);
    await proveEmpty(sql, tables);
    await sql.query('COMMIT');
    // The deleted statistics rows would otherwise stay in the catalogs' files.
    if (superuser)
        await sql.query('VACUUM FULL pg_statistic, pg_statistic_ext_data');
    const names = ledgers.map((ledger) => `${ledger.name} (${ledger.tool})`);
    return [
        `Emptied ${tables.length} tables and checked that each is empty.`,
        names.length > 0 ? `Kept the migration ledger ${names.join(', ')}.` : 'No migration ledger was found.',
        ...unpopulated.map((view) => `Emptied ${view.name}, which could not be refreshed: ${view.why}.`),
    ];
}
async function readServer(sql) {
    const [row] = await sql.query(`SELECT current_setting('server_version_num')::int AS version, rolsuper AS superuser FROM pg_roles WHERE rolname = current_user`);
    return row ?? { version: 0, superuser: false };
}
async function refuseTiedLedgers(sql, kept) {
    const [tie] = await sql.query(`SELECT conrelid::regclass::text AS ledger, confrelid::regclass::text AS table FROM pg_constraint
      WHERE contype = 'f' AND conrelid = ANY ($1::oid[]) AND confrelid <> ALL ($1::oid[]) ORDER BY 1, 2`, [kept]);
    if (!tie)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk(`Emptying the branch refused: the migration ledger ${tie.ledger} must keep its rows, and a foreign key ties them to ${tie.table}, which must lose its own. Drop that foreign key in the parent or use another "data_policy".`);
}
/**
 * A partitioned table with a foreign partition is left out: emptying it would reach into the other server. Its local
 * partitions stand in the list by themselves.
 */
async function tablesBut(sql, kept) {
    return sql.query(`SELECT c.oid::text AS id, c.oid::regclass::text AS name, c.relkind = 'p' AS partitioned
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND ${userSchema} AND ${notOfExtension} AND c.oid <> ALL ($1::oid[])
        AND NOT EXISTS (SELECT FROM pg_partition_tree(c.oid) t JOIN pg_class f ON f.oid = t.relid WHERE f.relkind = 'f')
      ORDER BY 2`, [kept]);
}
/** ONLY, because an inheriting table can be a foreign one. A partitioned table holds nothing itself and takes no ONLY. */
const itself = (table) => (table.partitioned ? table.name : `ONLY ${table.name}`);
/** One statement without CASCADE: all tables together need none, and CASCADE would sweep a ledger along unseen. */
async function truncate(sql, tables) {
    try {
        await withOwnSearchPath(sql, () => sql.query(`TRUNCATE ${tables.map(itself).join(', ')}`));
    }
    catch (cause) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk(`Emptying the branch refused: ${cause.message}. Remove what stands in the way from the parent or use another "data_policy".`, { cause });
    }
}
/** Triggers and views may count on the database's own search_path. The statements themselves name every schema. */
async function withOwnSearchPath(sql, body) {
    await sql.query('SET LOCAL search_path TO DEFAULT');
    const result = await body();
    await sql.query('SET LOCAL search_path = pg_catalog');
    return result;
}
/** A kept ledger's sequence goes on where it stands, whether the ledger owns it or only takes its default from it. */
async function restartSequences(sql, kept) {
    await sql.query(`SELECT setval(c.oid::regclass, s.seqstart, false) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_sequence s ON s.seqrelid = c.oid
      WHERE ${userSchema} AND ${notOfExtension}
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                           AND d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY ($1::oid[]))
        AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_attrdef a ON a.oid = d.objid
                         WHERE d.classid = 'pg_attrdef'::regclass AND a.adrelid = ANY ($1::oid[])
                           AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid)`, [kept]);
}
/**
 * First all of them lose their rows, because a view that is rebuilt may read one that is not: from one without rows,
 * PostgreSQL refuses to read. Then they are rebuilt, each as soon as those it reads are.
 * @returns those that cannot be rebuilt, such as over a foreign table; they stay without rows.
 */
async function rebuildViews(sql) {
    const views = await sql.query(`SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'm' AND c.relispopulated AND ${userSchema} ORDER BY c.oid`);
    for (const view of views)
        await sql.query(`REFRESH MATERIALIZED VIEW ${view.name} WITH NO DATA`);
    return withOwnSearchPath(sql, () => refreshUntilStuck(sql, views));
}
async function refreshUntilStuck(sql, views) {
    const failed = [];
    for (const { name } of views) {
        const why = await attempt(sql, `REFRESH MATERIALIZED VIEW ${name}`);
        if (why !== undefined)
            failed.push({ name, why });
    }
    return failed.length === 0 || failed.length === views.length ? failed : refreshUntilStuck(sql, failed);
}
/** Runs a statement that may fail within the transaction; gives the server's words if it did. */
async function attempt(sql, statement) {
    await sql.query('SAVEPOINT attempt');
    try {
        await sql.query(statement);
        await sql.query('RELEASE attempt');
        return undefined;
    }
    catch (error) {
        await sql.query('ROLLBACK TO attempt');
        return (0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error.cause ?? error);
    }
}
/**
 * TRUNCATE and ANALYZE both leave the statistics of an emptied table as they were, and its owner can read them in
 * pg_stats. Only a superuser may delete them before PostgreSQL 18, whose pg_clear_attribute_stats is for owners:
 * https://www.postgresql.org/docs/18/functions-admin.html#FUNCTIONS-ADMIN-STATSMOD. There is none for those of
 * CREATE STATISTICS.
 */
async function forgetStatistics(sql, { version, superuser }) {
    if (superuser) {
        await sql.query('DELETE FROM pg_statistic WHERE starelid >= 16384');
        await sql.query(forgetExtendedStatistics(version));
        return;
    }
    const clears = version >= 180000;
    // Not only what pg_stats shows: it hides columns under forced row security, which the branch's role can lift.
    if (clears) {
        await sql.query(`SELECT pg_clear_attribute_stats(n.nspname::text, c.relname::text, a.attname::text, inherited)
         FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
              (VALUES (false), (true)) AS kind(inherited)
        WHERE c.relkind IN ('r', 'p', 'm', 'f', 'i', 'I') AND a.attnum > 0 AND NOT a.attisdropped
          AND ${userSchema} AND ${notOfExtension}`);
    }
    const hidden = clears ? '0' : `(SELECT count(*) FROM pg_class WHERE relforcerowsecurity)`;
    const [left] = await sql.query(`SELECT ((SELECT count(*) FROM pg_stats WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema')
           + (SELECT count(*) FROM pg_statistic_ext) + ${hidden})::text AS sets`);
    if (left && left.sets !== '0') {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk(`Emptying the branch refused: the planner's statistics (${left.sets} sets) still quote original values, and this role may not delete them. It takes a superuser, or ${clears ? 'a parent without objects of CREATE STATISTICS' : 'PostgreSQL 18'}.`);
    }
}
/** Before 15 a statistics object must have its row, and every query on its table fails without. */
function forgetExtendedStatistics(version) {
    if (version >= 150000)
        return 'DELETE FROM pg_statistic_ext_data';
    const expressions = version >= 140000 ? ', stxdexpr = NULL' : '';
    return `UPDATE pg_statistic_ext_data SET stxdndistinct = NULL, stxddependencies = NULL, stxdmcv = NULL${expressions}`;
}
/** A table without a page holds no row, whoever asks. Any other is read, and fails where row security would hide rows. */
async function proveEmpty(sql, tables) {
    const sized = await sql.query(`SELECT oid::text AS id, oid::regclass::text AS name, false AS partitioned FROM pg_class
      WHERE oid = ANY ($1::oid[]) AND relkind = 'r' AND pg_relation_size(oid) > 0 ORDER BY 2`, [tables.map((table) => table.id)]);
    if (sized.length === 0)
        return;
    await sql.query('SET LOCAL row_security = off');
    const checks = sized.map((table) => `SELECT '${table.id}'::regclass::text AS name WHERE EXISTS (SELECT FROM ${itself(table)})`);
    const full = await sql.query(checks.join(' UNION ALL '));
    if (full.length > 0) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk(`Emptying the branch refused: ${full.map((row) => row.name).join(', ')} still held rows afterwards, as a trigger writes there. It takes a superuser, and in the parent no trigger that is ENABLE ALWAYS.`);
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


/***/ }),

/***/ 4011:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ parseTarget),
/* harmony export */   r: () => (/* binding */ urlOf)
/* harmony export */ });
/* harmony import */ var _secret_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3251);

/** Reads an admin URL that inputs.ts has validated. */
function parseTarget(url) {
    const parsed = new URL(url.reveal());
    return {
        host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
        port: Number(parsed.port || 5432),
        user: decodeURIComponent(parsed.username),
        password: new _secret_js__WEBPACK_IMPORTED_MODULE_0__/* .Secret */ .zh(decodeURIComponent(parsed.password)),
        database: decodeURIComponent(parsed.pathname.slice(1)) || 'postgres',
        sslMode: parsed.searchParams.get('sslmode') ?? 'prefer',
        sslRootCert: parsed.searchParams.get('sslrootcert') ?? undefined,
    };
}
/** The connection URL in the form every PostgreSQL client reads. */
function urlOf(target) {
    const host = target.host.includes(':') ? `[${target.host}]` : target.host;
    const login = `${encodeURIComponent(target.user)}:${encodeURIComponent(target.password.reveal())}`;
    const query = target.sslMode === 'prefer' ? '' : `?sslmode=${target.sslMode}`;
    return new _secret_js__WEBPACK_IMPORTED_MODULE_0__/* .Secret */ .zh(`postgresql://${login}@${host}:${target.port}/${encodeURIComponent(target.database)}${query}`);
}


/***/ })

};
