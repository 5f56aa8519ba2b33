export const id = 101;
export const ids = [101];
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
