export const id = 625;
export const ids = [625];
export const modules = {

/***/ 4625:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  capabilities: () => (/* binding */ capabilities),
  createPostgresProvider: () => (/* binding */ createPostgresProvider)
});

// EXTERNAL MODULE: ./node_modules/pg/esm/index.mjs
var esm = __webpack_require__(3849);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/providers/postgres/names.js
/** Nothing under this prefix is ever a branch that was handed out: only what is being built or taken apart. */
const reserved = 'db-branch~';
/** For LIKE. */
const asidePattern = `${reserved}%`;
/** The name under which a build stands, database and role alike, while it is not (or no longer) a branch. */
function asideName(build) {
    return `${reserved}${build}`;
}
function isAside(name) {
    return name.startsWith(reserved);
}
/** The application_name of the session that works on a build: as long as one is there, the build is alive. */
function applicationName(build) {
    return `db-branch-action ${build}`;
}
/** SQL: the schema `n` of pg_namespace is one that people made, not the system's own. */
const userSchema = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

;// CONCATENATED MODULE: ./lib/providers/postgres/aside.js



const { escapeIdentifier: aside_name } = esm/* default */.Ay;
/**
 * Renames a branch's database and role out of the way, within the caller's transaction; the role can no longer log in.
 * Names are looked up again by every statement, so only the renamed database tells whether it was the one that is meant.
 * @throws ConflictError when another database has that name by now.
 */
async function moveAway(admin, branch, build) {
    const aside = aside_name(asideName(build));
    await admin.query(`ALTER DATABASE ${aside_name(branch.name)} RENAME TO ${aside}`);
    const [moved] = await admin.query('SELECT oid::text AS id FROM pg_database WHERE datname = $1', [
        asideName(build),
    ]);
    if (moved?.id !== branch.id)
        throw new errors/* ConflictError */.fK(`"${branch.name}" was made anew since it was read`);
    await admin.query(`ALTER ROLE ${aside_name(branch.name)} RENAME TO ${aside}; ALTER ROLE ${aside} NOLOGIN`);
}
/** Drops what stands aside under this build's name: first the database, then the role that owns it. */
async function discard(admin, build) {
    const aside = aside_name(asideName(build));
    await admin.query(`DROP DATABASE IF EXISTS ${aside} WITH (FORCE)`);
    await admin.query(`DROP ROLE IF EXISTS ${aside}`);
}
/**
 * Ends the sessions of a build and waits until they are gone, at most 5 s: a copy that is being cancelled removes its
 * own files first. Only the sessions of this very build carry its random id.
 */
async function endBuild(admin, build, clock) {
    const application = [applicationName(build)];
    const others = 'FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()';
    await admin.query(`SELECT pg_terminate_backend(pid) ${others}`, application);
    for (let attempt = 0; attempt < 50; attempt++) {
        if ((await admin.query(`SELECT pid ${others}`, application)).length === 0)
            return;
        await clock.sleep(100);
    }
}

// EXTERNAL MODULE: ./lib/domain/claim.js
var domain_claim = __webpack_require__(6768);
// EXTERNAL MODULE: ./lib/sql/session.js
var sql_session = __webpack_require__(3480);
;// CONCATENATED MODULE: ./lib/providers/postgres/carry-over.js



const { escapeIdentifier: carry_over_name } = esm/* default */.Ay;
/**
 * CREATE DATABASE copies neither grants on the database nor its settings. PUBLIC's grants stay behind on purpose, and
 * those of the parent's own role where the parent is a branch: the role goes with it.
 */
async function carryOver(admin, parent, aside) {
    const grants = await admin.query(`SELECT format('GRANT %s ON DATABASE %I TO %I', string_agg(a.privilege_type, ', '), $2::text, pg_get_userbyid(a.grantee)) AS statement
       FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = $1 AND a.grantee <> 0 AND a.grantee <> d.datdba
        AND NOT (pg_get_userbyid(a.grantee) = d.datname AND coalesce(shobj_description(d.oid, 'pg_database') LIKE 'db-branch-action/%', false))
      GROUP BY a.grantee`, [parent, aside]);
    for (const grant of grants)
        await admin.query(grant.statement);
    const settings = await admin.query(`SELECT split_part(setting, '=', 1) AS name, substr(setting, strpos(setting, '=') + 1) AS value
       FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) setting
      WHERE d.datname = $1 AND s.setrole = 0`, [parent]);
    const notes = [];
    for (const setting of settings) {
        try {
            // FROM CURRENT takes the value as the server parsed it: quoting lists such as search_path by hand goes wrong.
            await admin.query('BEGIN');
            await admin.query('SELECT set_config($1, $2, true)', [setting.name, setting.value]);
            await admin.query(`ALTER DATABASE ${carry_over_name(aside)} SET ${settingName(setting.name)} FROM CURRENT`);
            await admin.query('COMMIT');
        }
        catch {
            await admin.query('ROLLBACK');
            notes.push(`The parent's setting ${setting.name} was not carried over: the server does not let this admin set it.`);
        }
    }
    return notes;
}
/** `auto_explain.log_min_duration` is two identifiers. */
function settingName(setting) {
    return setting.split('.').map(carry_over_name).join('.');
}
/**
 * User mappings hold passwords of other servers in clear, possibly the parent's own. Foreign tables stay, and reach
 * nothing without them; those of a wrapper that asks for no login, such as file_fdw, still read what they read before.
 */
async function dropUserMappings(inside) {
    const mappings = await inside.query(`SELECT format('DROP USER MAPPING FOR %s SERVER %I', CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname) AS statement
       FROM pg_user_mappings`);
    try {
        for (const mapping of mappings)
            await inside.query(mapping.statement);
    }
    catch (error) {
        if ((0,sql_session/* sqlState */.cn)(error) !== '42501')
            throw error;
        throw new errors/* RefusedError */.fk('Copying the parent refused: it holds user mappings with logins of other servers, and this admin may not drop them in the copy. Use a superuser in "admin_url".', { cause: error });
    }
    return mappings.length === 0 ? [] : [`Dropped ${mappings.length} user mapping(s) with logins of other servers.`];
}

;// CONCATENATED MODULE: ./lib/providers/postgres/copy-strategy.js
/** Below this size the blocks go through WAL faster than a checkpoint takes. In bytes. */
const tiny = 16 * 1024 * 1024;
/**
 * Copies files where that is faster than logging every block, and clones them where the file system can.
 * FILE_COPY forces checkpoints, which is the dearer part on a tiny database and on a server busy with writes.
 * Sources: https://www.postgresql.org/docs/18/sql-createdatabase.html (STRATEGY, from 15) and
 * https://www.postgresql.org/docs/18/runtime-config-resource.html#GUC-FILE-COPY-METHOD (from 18; falls back to a copy).
 */
function chooseCopyStrategy({ version, parentBytes, unflushedBytes }) {
    if (version < 150000)
        return { settings: [], clause: '', label: 'file copy' };
    if (parentBytes <= tiny) {
        return { settings: [], clause: 'STRATEGY WAL_LOG', label: 'write-ahead log (tiny parent)' };
    }
    if (unflushedBytes !== undefined && unflushedBytes > parentBytes) {
        return { settings: [], clause: 'STRATEGY WAL_LOG', label: 'write-ahead log (server busy with writes)' };
    }
    if (version < 180000)
        return { settings: [], clause: 'STRATEGY FILE_COPY', label: 'file copy' };
    return {
        settings: ['SET file_copy_method = clone'],
        clause: 'STRATEGY FILE_COPY',
        label: 'file clone (instant on XFS, btrfs, APFS; elsewhere a copy inside the kernel)',
    };
}

;// CONCATENATED MODULE: ./lib/providers/postgres/fingerprint.js

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
];
/** The same for the same schema, in every database of the server and on every run. */
async function fingerprint(sql) {
    await sql.query('BEGIN READ ONLY');
    try {
        // With no search path every name is written with its schema.
        await sql.query(`SET LOCAL search_path = ''`);
        const [row] = await sql.query(`SELECT md5(string_agg(line COLLATE "C", E'\\n' ORDER BY line COLLATE "C")) AS sum FROM (${lines.join(' UNION ALL ')}) AS l(line)`);
        return row?.sum ?? '';
    }
    finally {
        await sql.query('ROLLBACK');
    }
}

;// CONCATENATED MODULE: ./lib/providers/postgres/ownership.js



function notOfExtension(catalog) {
    return `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = o.oid AND e.deptype = 'e')`;
}
/** `kind name` of everything that has an owner, per catalog. The server quotes every name. */
const owned = [
    // Before 15, "public" belongs to the superuser, and an admin who is none leaves it there.
    `SELECT format('SCHEMA %I', n.nspname) FROM pg_namespace n, LATERAL (SELECT n.oid) o
    WHERE (n.nspname <> 'public' OR pg_has_role(n.nspowner, 'USAGE')) AND ${userSchema} AND ${notOfExtension('pg_namespace')}`,
    // A sequence that belongs to a column follows its table, and refuses to be changed alone.
    `SELECT format('%s %s', CASE o.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                                         WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, o.oid::regclass)
     FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
    WHERE o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND ${userSchema} AND ${notOfExtension('pg_class')}
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE o.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = o.oid
                         AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))`,
    `SELECT format('TYPE %s', o.oid::regtype) FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace
    LEFT JOIN pg_class c ON c.oid = o.typrelid
    WHERE (o.typtype IN ('e', 'd', 'r') OR o.typtype = 'c' AND c.relkind = 'c' OR o.typtype = 'b' AND o.typelem = 0)
      AND ${userSchema} AND ${notOfExtension('pg_type')}`,
    // A function behind an event trigger runs for everybody, the admin included: whoever owns it could become the admin.
    `SELECT format('ROUTINE %s', o.oid::regprocedure) FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace
    WHERE ${userSchema} AND ${notOfExtension('pg_proc')} AND o.oid NOT IN (SELECT evtfoid FROM pg_event_trigger)`,
    `SELECT format('OPERATOR %s', o.oid::regoperator) FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
    WHERE ${userSchema} AND ${notOfExtension('pg_operator')}`,
    `SELECT format('OPERATOR CLASS %I.%I USING %I', n.nspname, o.opcname, a.amname)
     FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace JOIN pg_am a ON a.oid = o.opcmethod
    WHERE ${userSchema} AND ${notOfExtension('pg_opclass')}`,
    `SELECT format('OPERATOR FAMILY %I.%I USING %I', n.nspname, o.opfname, a.amname)
     FROM pg_opfamily o JOIN pg_namespace n ON n.oid = o.opfnamespace JOIN pg_am a ON a.oid = o.opfmethod
    WHERE ${userSchema} AND ${notOfExtension('pg_opfamily')}`,
    ...[
        ['COLLATION', 'pg_collation', 'coll'],
        ['CONVERSION', 'pg_conversion', 'con'],
        ['TEXT SEARCH DICTIONARY', 'pg_ts_dict', 'dict'],
        ['TEXT SEARCH CONFIGURATION', 'pg_ts_config', 'cfg'],
        ['STATISTICS', 'pg_statistic_ext', 'stx'],
    ].map(([kind, catalog, prefix]) => `SELECT format('${kind} %I.%I', n.nspname, o.${prefix}name) FROM ${catalog} o JOIN pg_namespace n ON n.oid = o.${prefix}namespace
        WHERE ${userSchema} AND ${notOfExtension(catalog)}`),
    `SELECT format('LARGE OBJECT %s', o.oid) FROM pg_largeobject_metadata o`,
];
/** Objects per transaction: each holds locks until its end, and the server's table of locks is small. */
const atOnce = 200;
/**
 * Makes `role` the owner of everything people made in this database, so that it can use and migrate all of it.
 * REASSIGN OWNED would do it in one statement, but also hand over shared objects: the parent database itself.
 * Source: https://www.postgresql.org/docs/current/sql-reassign-owned.html
 */
async function handOver(sql, role) {
    const statements = await sql.query(`SELECT format('ALTER %s OWNER TO %I', what, $1::text) AS statement FROM (${owned.join(' UNION ALL ')}) AS o(what)`, [role]);
    for (let from = 0; from < statements.length; from += atOnce) {
        const part = statements.slice(from, from + atOnce).map((row) => row.statement);
        await sql.query(['BEGIN', ...part, 'COMMIT'].join(';\n')).catch((error) => {
            if ((0,sql_session/* sqlState */.cn)(error) !== '42501')
                throw error;
            throw new errors/* RefusedError */.fk(`Giving the branch to its own role refused: ${reason(error)}. The admin must be a superuser or own the parent and everything in it, before PostgreSQL 15 schema "public" too.`, { cause: error });
        });
    }
}
/** The server's own words, such as `must be owner of table orders`. */
function reason(error) {
    return error.cause.message;
}

;// CONCATENATED MODULE: ./lib/providers/postgres/parent.js



/** @throws RefusedError when there is no such database, or when it is itself a pull request's branch. */
async function readParent(sql, name) {
    if (isAside(name)) {
        throw new errors/* RefusedError */.fk(`Copying "${name}" refused: it is half-built, or has been replaced. Set "parent_branch" to a database of your own.`);
    }
    const [row] = await sql.query(`SELECT oid::text AS id, pg_database_size(oid)::text AS bytes, datallowconn AS connectable, shobj_description(oid, 'pg_database') AS comment,
            has_database_privilege('public', oid, 'CONNECT') AS public_connects
       FROM pg_database WHERE datname = $1`, [name]);
    if (!row)
        throw new errors/* RefusedError */.fk(`Copying "${name}" failed: there is no such database. Set "parent_branch" to an existing one.`);
    const claim = (0,domain_claim/* readClaim */.jw)(row.comment);
    if (claim.kind === 'claim' && claim.claim.pullRequest !== null) {
        throw new errors/* RefusedError */.fk(`Copying "${name}" refused: it is itself the branch of pull request #${claim.claim.pullRequest}. Set "parent_branch" to its parent, "${claim.claim.parent}".`);
    }
    return {
        id: row.id,
        name,
        bytes: Number(row.bytes),
        connectable: row.connectable,
        publicConnects: row.public_connects,
        claim,
        comment: (0,domain_claim/* textBelowClaim */.fJ)(row.comment),
    };
}
/**
 * Rows that come masked already come from the very golden parent that was read, never from another database of its name.
 * @throws ConflictError when it was replaced since it was read, RefusedError when it is none.
 */
async function proveGolden(sql, { parent, parentId, dataPolicy, masking }) {
    const trusts = dataPolicy === 'masked' && !masking;
    if (!trusts && parentId === undefined)
        return;
    const { id, claim } = await readParent(sql, parent);
    if (parentId !== undefined && id !== parentId)
        throw new errors/* ConflictError */.fK(`"${parent}" was built anew meanwhile`);
    if (trusts && (parentId === undefined || !(0,domain_claim/* claimsGolden */.$r)(claim))) {
        throw new errors/* RefusedError */.fk(`Copying "${parent}" refused: its rows are not masked. Run the job again.`);
    }
}
const parent_notOfExtension = (catalog, oid) => `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
/**
 * What every role that can log in to this database may read or plant in it, because PUBLIC may. A branch's role holds
 * no grant of its own on the parent, so this is exactly what it could do there.
 */
async function publicAccess(parentSql) {
    const rows = await parentSql.query(`
    SELECT p.verb || ' ' || c.oid::regclass AS what
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
           (VALUES ('read', 'SELECT', 'SELECT'),
                   ('write to', 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER', 'INSERT, UPDATE')) AS p(verb, rights, column_rights)
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND ${userSchema} AND has_schema_privilege('public', n.oid, 'USAGE')
       AND (has_table_privilege('public', c.oid, p.rights) OR has_any_column_privilege('public', c.oid, p.column_rights))
       AND ${parent_notOfExtension('pg_class', 'c.oid')}
    UNION ALL
    SELECT 'call the SECURITY DEFINER function ' || p.oid::regprocedure
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE p.prosecdef AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype) AND ${userSchema}
       AND has_schema_privilege('public', n.oid, 'USAGE') AND has_function_privilege('public', p.oid, 'EXECUTE')
       AND ${parent_notOfExtension('pg_proc', 'p.oid')}
    UNION ALL
    SELECT 'read large object ' || l.oid FROM pg_largeobject_metadata l, aclexplode(l.lomacl) a
     WHERE a.grantee = 0 AND a.privilege_type = 'SELECT'
    UNION ALL
    SELECT 'create objects in schema ' || quote_ident(n.nspname)
      FROM pg_namespace n WHERE ${userSchema} AND has_schema_privilege('public', n.oid, 'CREATE')
    ORDER BY 1`);
    return rows.map((row) => row.what);
}

;// CONCATENATED MODULE: ./lib/providers/postgres/sessions.js

/** How often a database that is still in use is freed and tried again. */
const attempts = 5;
/**
 * Ends the sessions on a database, as far as this admin may. Autovacuum has no user and leaves by itself.
 * Source: https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL (who may signal whom;
 * one session that may not be ended would fail the whole statement).
 */
const endSessionsOn = `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
  WHERE a.datname = $1 AND a.pid <> pg_backend_pid()
    AND (pg_has_role(r.oid, 'USAGE') OR NOT r.rolsuper AND pg_has_role('pg_signal_backend', 'USAGE'))`;
/** A database in use cannot be renamed. The sessions ended here are those on our own branch, never the parent's. */
async function retryWithoutSessions(admin, database, body) {
    for (let attempt = 1;; attempt++) {
        await admin.query(endSessionsOn, [database]);
        try {
            return await body();
        }
        catch (error) {
            if ((0,sql_session/* sqlState */.cn)(error) !== '55006' || attempt === attempts)
                throw error;
        }
    }
}
/** Ends the parent's sessions while CREATE DATABASE holds off new ones. Only ever started when the user asked for it. */
function keepEndingSessions(site, parent) {
    let stopped = false;
    const work = (async () => {
        const session = await site.open();
        try {
            while (!stopped) {
                const ended = await session.query(endSessionsOn, [parent]);
                if (ended.length > 0)
                    site.info(`Ended ${ended.length} session(s) on "${parent}", as "busy_parent" asks.`);
                await site.clock.sleep(200);
            }
        }
        finally {
            await session.close();
        }
    })();
    work.catch(() => undefined);
    return {
        async stop() {
            stopped = true;
            await work.catch((error) => site.info(`Ending sessions failed: ${String(error)}`));
        },
    };
}
/** The sessions that keep a database from being copied, one line each. */
async function sessionsOn(sql, database) {
    const rows = await sql.query(`SELECT concat_ws(' ', pid::text, usename, quote_ident(nullif(application_name, '')), 'from ' || client_addr,
            '(' || coalesce(state, backend_type) || ' for ' || extract(epoch FROM now() - coalesce(state_change, backend_start))::int || ' s)') AS line
       FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid() ORDER BY backend_start`, [database]);
    return rows.map((row) => row.line);
}

;// CONCATENATED MODULE: ./lib/providers/postgres/empty-database.js

const { escapeIdentifier: empty_database_name, escapeLiteral: literal } = esm/* default */.Ay;
const providers = { c: 'libc', i: 'icu', b: 'builtin' };
/**
 * CREATE DATABASE for a database without a single object that sorts and stores texts as the parent does. Nobody can
 * connect to it yet. Sources: https://www.postgresql.org/docs/18/catalog-pg-database.html; the provider is named from
 * 15 on, rules from 16 on, and `daticulocale` became `datlocale` in 17.
 */
async function createEmptyLike(admin, { parent, aside }) {
    const [like] = await admin.query(`SELECT pg_encoding_to_char(encoding)::text AS encoding, datcollate::text AS collate, datctype::text AS ctype,
            to_jsonb(d) ->> 'datlocprovider' AS provider, coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale,
            to_jsonb(d) ->> 'daticurules' AS rules, (SELECT spcname::text FROM pg_tablespace t WHERE t.oid = dattablespace) AS tablespace
       FROM pg_database d WHERE datname = $1`, [parent]);
    if (!like)
        throw new Error(`The database "${parent}" is gone.`);
    await admin.query(`CREATE DATABASE ${empty_database_name(aside)} TEMPLATE template0 OWNER ${empty_database_name(aside)} ALLOW_CONNECTIONS false ${localeClauses(like)} TABLESPACE ${empty_database_name(like.tablespace)}`);
}
function localeClauses({ encoding, collate, ctype, provider, locale, rules }) {
    const named = provider === null ? undefined : providers[provider];
    return [
        `ENCODING ${literal(encoding)} LC_COLLATE ${literal(collate)} LC_CTYPE ${literal(ctype)}`,
        ...(named === undefined ? [] : [`LOCALE_PROVIDER ${named}`]),
        ...(named === 'icu' && locale !== null ? [`ICU_LOCALE ${literal(locale)}`] : []),
        ...(named === 'icu' && rules !== null ? [`ICU_RULES ${literal(rules)}`] : []),
        ...(named === 'builtin' && locale !== null ? [`BUILTIN_LOCALE ${literal(locale)}`] : []),
    ].join(' ');
}

;// CONCATENATED MODULE: ./lib/providers/postgres/stream.js




const { escapeIdentifier: stream_name } = esm/* default */.Ay;
/**
 * Builds a masked branch without ever copying an original: an empty database gets the parent's schema, and then the
 * masked rows in a stream. The parent may be in use.
 * @returns notes and the fingerprint of the parent's schema; or why this way is closed for this parent, with nothing
 * left behind.
 */
async function streamAside(site, work) {
    const { parent, aside, order, open } = work;
    if (!parent.connectable)
        return { closed: `"${parent.name}" lets nobody connect` };
    await createEmptyLike(site.admin, { parent: parent.name, aside });
    const notes = await work.claim();
    const source = await open(parent.name);
    try {
        const inside = await open(aside);
        let different;
        try {
            different = await site.cloneSchema(source, inside);
            if (different.length === 0)
                await handOver(inside, aside);
        }
        finally {
            await inside.close();
        }
        if (different.length > 0) {
            await site.admin.query(`DROP DATABASE ${stream_name(aside)} WITH (FORCE)`);
            return { closed: unlike(different) };
        }
        const parentSchema = await fingerprint(source);
        await source.close();
        const certificate = await site.streamRows(order, { source: () => open(parent.name), target: () => open(aside) });
        return {
            notes: [
                `Streamed masked rows of "${parent.name}" into an empty database; no original was ever in it.`,
                ...notes,
                ...certificate,
            ],
            parentSchema,
        };
    }
    finally {
        await source.close();
    }
}
function unlike(different) {
    const more = different.length > 5 ? ` and ${different.length - 5} more` : '';
    return `a copy of its schema would not be exact (${different.slice(0, 5).join(', ')}${more})`;
}

;// CONCATENATED MODULE: ./lib/providers/postgres/build.js













const { escapeIdentifier: build_name, escapeLiteral: build_literal } = esm/* default */.Ay;
/**
 * Builds a complete branch aside, under a reserved name, with a role of the same name that cannot log in yet.
 * It carries its claim from the first moment: the role and its claim are one transaction, and the database belongs to
 * that role from CREATE DATABASE on.
 * @returns what is worth telling, one line each, and the claim as it is known only now: with the parent's schema.
 */
async function buildAside(site, spec) {
    const { admin } = site;
    await proveGolden(admin, spec);
    const parent = await readParent(admin, spec.parent);
    const notes = await refuseOpenParent(site, parent);
    const aside = asideName(spec.claim.build);
    const claim = build_literal((0,domain_claim/* encodeClaim */.l)(spec.claim));
    await admin.query(`BEGIN; CREATE ROLE ${build_name(aside)} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
     COMMENT ON ROLE ${build_name(aside)} IS ${claim}; ${site.superuser ? '' : grantToAdmin(site, aside)} COMMIT`);
    const open = (database) => openUndisturbed(site, database);
    if (spec.masking) {
        const order = spec.masking;
        const streamed = await streamAside(site, {
            parent,
            aside,
            order,
            open,
            claim: () => claimAside(site, { spec, parent }),
        });
        if ('parentSchema' in streamed) {
            const { parentSchema } = streamed;
            return { notes: [...streamed.notes, ...notes], claimText: claimText(parent, { ...spec.claim, parentSchema }) };
        }
        notes.push(`Masked a copy in place and not by a stream, because ${streamed.closed}.`);
    }
    const strategy = await copyStrategy(site, parent);
    const start = site.clock.elapsed();
    await copyParent(site, { parent: parent.name, aside, strategy });
    // Copied by name: the name may have changed hands since the claim was read.
    await proveGolden(admin, spec);
    notes.unshift(`Copied ${megabytes(parent.bytes)} by ${strategy.label} in ${((site.clock.elapsed() - start) / 1000).toFixed(2)} s.`);
    notes.push(...(await claimAside(site, { spec, parent })));
    const inside = await open(aside);
    try {
        const parentSchema = await fingerprint(inside);
        notes.push(...(await dropUserMappings(inside)));
        // First the owner, then the data: what an event trigger wrote down meanwhile is emptied too.
        await handOver(inside, aside);
        if (spec.dataPolicy === 'schema_only')
            notes.push(...(await site.empty(inside)));
        if (spec.masking)
            notes.push(...(await site.maskRows(spec.masking, () => open(aside))));
        return { notes, claimText: claimText(parent, { ...spec.claim, parentSchema }) };
    }
    finally {
        await inside.close();
    }
}
/** Above what people wrote on the parent. */
const claimText = (parent, claim) => parent.comment === '' ? (0,domain_claim/* encodeClaim */.l)(claim) : `${(0,domain_claim/* encodeClaim */.l)(claim)}\n${parent.comment}`;
/** Closed to PUBLIC before anybody can connect: the new database starts with ALLOW_CONNECTIONS false. */
async function claimAside(site, { spec, parent }) {
    const aside = asideName(spec.claim.build);
    await site.admin.query(`BEGIN; REVOKE ALL ON DATABASE ${build_name(aside)} FROM PUBLIC; COMMENT ON DATABASE ${build_name(aside)} IS ${build_literal(claimText(parent, spec.claim))};
     ALTER DATABASE ${build_name(aside)} ALLOW_CONNECTIONS true; COMMIT`);
    return carryOver(site.admin, parent.name, aside);
}
async function openUndisturbed(site, database) {
    const session = await site.open(database);
    try {
        await (0,sql_session/* workUndisturbed */.xf)(session, site);
        return session;
    }
    catch (error) {
        await session.close();
        throw error;
    }
}
/** A member of the role may make it the owner; from 16 on that takes the SET and INHERIT options. */
function grantToAdmin(site, role) {
    return `GRANT ${build_name(role)} TO CURRENT_USER${site.version >= 160000 ? ' WITH INHERIT TRUE, SET TRUE' : ''};`;
}
/**
 * A branch's role may log in to the parent when PUBLIC may. Then nothing there may be readable or writable for PUBLIC.
 */
async function refuseOpenParent(site, parent) {
    if (!parent.publicConnects || !parent.connectable)
        return [];
    const session = await site.open(parent.name);
    const open = await (0,sql_session/* workUndisturbed */.xf)(session, site)
        .then(() => publicAccess(session))
        .finally(() => session.close());
    const close = `REVOKE CONNECT ON DATABASE ${build_name(parent.name)} FROM PUBLIC (after GRANT CONNECT to the roles that need it)`;
    if (open.length > 0) {
        const more = open.length > 3 ? ` and ${open.length - 3} more` : '';
        throw new errors/* RefusedError */.fk(`Copying "${parent.name}" refused: every role of the server, a branch's too, may ${open.slice(0, 3).join(', ')}${more} in it. Run ${close}, or revoke that from PUBLIC.`);
    }
    return [
        `Roles of branches may log in to "${parent.name}" and see the names of its tables, but no row. To shut that too: ${close}.`,
    ];
}
async function copyStrategy(site, parent) {
    const [row] = await site.admin
        .query('SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::text AS bytes FROM pg_control_checkpoint()')
        // Not every managed server lets it be read.
        .catch(() => []);
    const unflushedBytes = row ? Number(row.bytes) : undefined;
    return chooseCopyStrategy({ version: site.version, parentBytes: parent.bytes, unflushedBytes });
}
/** 55006 comes after PostgreSQL itself has waited 5 s for the parent's sessions to end. */
async function copyParent(site, copy) {
    for (const setting of copy.strategy.settings)
        await site.admin.query(setting);
    const statement = `CREATE DATABASE ${build_name(copy.aside)} TEMPLATE ${build_name(copy.parent)} OWNER ${build_name(copy.aside)} ALLOW_CONNECTIONS false ${copy.strategy.clause}`;
    const started = site.clock.elapsed();
    const progress = setInterval(() => {
        site.info(`Still copying "${copy.parent}": ${Math.round((site.clock.elapsed() - started) / 1000)} s.`);
    }, 5_000);
    const ending = site.busyParent === 'terminate' ? keepEndingSessions(site, copy.parent) : undefined;
    try {
        await site.admin.query(statement);
    }
    catch (error) {
        throw await explainCopy(site, copy.parent, error);
    }
    finally {
        clearInterval(progress);
        await ending?.stop();
    }
}
async function explainCopy(site, parent, error) {
    const state = (0,sql_session/* sqlState */.cn)(error);
    if (state === '55006') {
        const sessions = await sessionsOn(site.admin, parent);
        const who = sessions.length === 0 ? 'a session' : `${sessions.length} session(s), ${sessions.slice(0, 5).join('; ')},`;
        return new errors/* ProviderError */.mZ(`Copying "${parent}" failed: PostgreSQL copies only a database that nobody uses, and ${who} held it. ` +
            'Make branches from a copy that nobody connects to, end these sessions, or set "busy_parent" to "terminate" to have them ended.', { cause: error });
    }
    if (state === '42501') {
        return new errors/* ProviderError */.mZ(`Copying "${parent}" failed: the admin may not. Use a superuser, or a role with CREATEDB and CREATEROLE that owns "${parent}".`, { cause: error });
    }
    return error;
}
/**
 * Gives the finished build its name, login and owner in one transaction: the branch exists completely or not at all.
 * With `replaced`, the database of that build is moved aside in the same transaction, so the name is never free.
 * @throws ConflictError when the name was taken meanwhile.
 */
async function moveIn(admin, spec, options) {
    const aside = build_name(asideName(spec.claim.build));
    const branch = build_name(spec.name);
    try {
        await admin.query('BEGIN');
        if (options.replaced)
            await moveAway(admin, options.replaced.branch, options.replaced.build);
        await admin.query(`ALTER DATABASE ${aside} RENAME TO ${branch}; ALTER DATABASE ${branch} OWNER TO CURRENT_USER;
       ALTER ROLE ${aside} RENAME TO ${branch}; ${spec.claim.golden ? '' : loginFor(spec.name, options.verifier)}
       COMMENT ON DATABASE ${branch} IS ${build_literal(options.claimText)}; COMMIT`);
    }
    catch (error) {
        await admin.query('ROLLBACK');
        const state = (0,sql_session/* sqlState */.cn)(error);
        // 23505 instead of 42P04: both runs saw the name free, and the index of pg_database decided.
        if (state === '42P04' || state === '3D000' || state === '23505')
            throw new errors/* ConflictError */.fK(`"${spec.name}" changed while it was built`, { cause: error });
        if (state === '42710') {
            throw new errors/* RefusedError */.fk(`Creating "${spec.name}" refused: the server has a role of that name which is not this branch's. Drop that role or set another "branch_name".`, { cause: error });
        }
        throw error;
    }
}
/** Not for a golden parent, which is copied and never logged in to. */
function loginFor(branch, verifier) {
    return `ALTER ROLE ${build_name(branch)} LOGIN PASSWORD ${build_literal(verifier)};
    GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${build_name(branch)} TO ${build_name(branch)};`;
}
function megabytes(bytes) {
    return `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`;
}

// EXTERNAL MODULE: ./lib/domain/known.js
var known = __webpack_require__(1255);
;// CONCATENATED MODULE: ./lib/providers/postgres/catalog.js



const branchColumns = `d.oid::text AS id, d.datname::text AS name, shobj_description(d.oid, 'pg_database') AS comment,
  shobj_description(d.datdba, 'pg_authid') AS owner_comment, d.datistemplate AS template`;
/** Every database of the server, and the roles that a dead run left without one. */
async function listBranches(sql) {
    const databases = await sql.query(`SELECT ${branchColumns} FROM pg_database d ORDER BY d.datname`);
    const branches = [...databases.map(branchOf), ...(await lonelyRoles(sql))];
    if (!branches.some((branch) => branch.leftover))
        return branches;
    const sessions = await sql.query('SELECT application_name AS application FROM pg_stat_activity');
    const working = new Set(sessions.map((session) => session.application));
    return branches.map((branch) => {
        const builds = branch.leftover && branch.claim.kind === 'claim' && working.has(applicationName(branch.claim.claim.build));
        return builds ? { ...branch, alive: true } : branch;
    });
}
async function findBranch(sql, name) {
    const [row] = await sql.query(`SELECT ${branchColumns} FROM pg_database d WHERE d.datname = $1`, [name]);
    if (row)
        return branchOf(row);
    return isAside(name) ? (await lonelyRoles(sql)).find((role) => role.name === name) : undefined;
}
/** What stands aside for this branch name with no session working on it. */
async function deadLeftovers(sql, name) {
    return (await listBranches(sql)).filter(({ leftover, alive, claim }) => leftover && !alive && claim.kind === 'claim' && claim.claim.branch === name);
}
/** How many people and programs are logged in to each database, by its id. Autovacuum has no user. */
async function sessionCounts(sql) {
    const rows = await sql.query(`SELECT d.oid::text AS id, count(a.pid)::int AS sessions FROM pg_database d
       LEFT JOIN pg_stat_activity a ON a.datid = d.oid AND a.usesysid IS NOT NULL AND a.pid <> pg_backend_pid()
      GROUP BY d.oid`);
    return new Map(rows.map((row) => [row.id, (0,known/* known */.e)(row.sessions)]));
}
/** Claimed roles under a reserved name whose database is gone or never came. */
async function lonelyRoles(sql) {
    const roles = await sql.query(`SELECT r.oid::text AS id, r.rolname::text AS name, shobj_description(r.oid, 'pg_authid') AS comment
       FROM pg_roles r WHERE r.rolname LIKE $1 AND NOT EXISTS (SELECT FROM pg_database d WHERE d.datname = r.rolname)`, [asidePattern]);
    return roles.map((role) => ({
        id: `role:${role.id}`,
        name: role.name,
        claim: (0,domain_claim/* readClaim */.jw)(role.comment),
        leftover: true,
    }));
}
function branchOf(row) {
    const aside = isAside(row.name);
    const own = (0,domain_claim/* readClaim */.jw)(row.comment);
    return {
        id: row.id,
        name: row.name,
        // Between CREATE DATABASE and its comment, the claim stands on the role that owns the database.
        claim: aside && own.kind === 'none' ? (0,domain_claim/* readClaim */.jw)(row.owner_comment) : own,
        ...(row.template && { protection: 'it is a template database' }),
        ...(aside && { leftover: true }),
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/secret.js
var secret = __webpack_require__(3251);
;// CONCATENATED MODULE: ./lib/providers/postgres/credentials.js


/**
 * The password of a branch's own role: the same for every run that knows the admin password, so nothing has to be
 * stored. scrypt makes guessing a weak admin password from a branch password expensive (about 40 ms a guess).
 */
function derivePassword(adminPassword, scope) {
    const salt = `db-branch-action/1\0${scope.repository}\0${scope.branch}`;
    return new secret/* Secret */.zh((0,external_node_crypto_.scryptSync)(adminPassword.reveal(), salt, 24, { N: 16384, r: 8, p: 1 }).toString('base64url'));
}

// EXTERNAL MODULE: ./lib/sql/scram.js
var scram = __webpack_require__(9406);
// EXTERNAL MODULE: ./lib/sql/target.js
var sql_target = __webpack_require__(4011);
;// CONCATENATED MODULE: ./lib/providers/postgres/index.js












const { escapeIdentifier: postgres_name, escapeLiteral: postgres_literal } = esm/* default */.Ay;
const capabilities = {
    engine: 'postgresql',
    claims: 'branch',
    schemaOnly: 'sql',
    masked: 'stream',
    copy: true,
    golden: true,
    reset: 'in_place',
    pointInTime: false,
    expiry: false,
    pooledUrl: false,
    urlReadableLater: true,
    sessions: true,
};
/**
 * A team's own PostgreSQL server, 13 to 18: a branch is a database, with a login role of the same name that can use
 * everything in it and nothing else on the server.
 */
function createPostgresProvider(options) {
    return new PostgresProvider(options);
}
class PostgresProvider {
    capabilities = capabilities;
    #options;
    #target;
    #opening;
    constructor(options) {
        this.#options = options;
        const target = (0,sql_target/* parseTarget */.h)(options.adminUrl);
        const elsewhere = options.parent === 'postgres' ? 'template1' : 'postgres';
        this.#target = target.database === options.parent ? { ...target, database: elsewhere } : target;
    }
    async list() {
        return { items: await listBranches(await this.#admin()), complete: true };
    }
    async find(branch) {
        return findBranch(await this.#admin(), branch);
    }
    async create(spec) {
        return this.#build(spec, undefined);
    }
    async reset(branch, spec) {
        return this.#build(spec, { branch, build: buildOf(branch) });
    }
    async delete(branch) {
        const build = buildOf(branch);
        return this.#working(build, async (admin) => {
            if (!isAside(branch.name)) {
                const fresh = await findBranch(admin, branch.name);
                if (fresh?.id !== branch.id)
                    return 'absent';
                const moved = await retryWithoutSessions(admin, branch.name, () => moveAwayAlone(admin, branch, build));
                if (!moved)
                    return 'absent';
            }
            await discard(admin, build);
            return 'deleted';
        });
    }
    async leftovers(branch) {
        return deadLeftovers(await this.#admin(), branch);
    }
    async abandon(build) {
        const session = await this.#open({ application: 'db-branch-action' });
        try {
            await endBuild(session, build, this.#options.clock);
            await discard(session, build);
        }
        finally {
            await session.close();
        }
    }
    async sessions() {
        return sessionCounts(await this.#admin());
    }
    async schemaFingerprint(database) {
        const session = await this.#open({ database, application: 'db-branch-action' });
        return fingerprint(session).finally(() => session.close());
    }
    openParent(database) {
        return this.#open({ database, application: 'db-branch-action' });
    }
    async connection(branch) {
        const target = this.#branchTarget(branch.name);
        this.#options.mask(target.password);
        this.#options.mask((0,sql_target/* urlOf */.r)(target));
        await this.#proveLogin(target).catch(async (error) => {
            if ((0,sql_session/* sqlState */.cn)(error) !== '28P01')
                throw error;
            // The admin password was changed since the branch was made, and the derived password with it.
            const admin = await this.#admin();
            await admin.query(`ALTER ROLE ${postgres_name(branch.name)} PASSWORD ${postgres_literal(this.#verifier(target.password))}`);
            await this.#proveLogin(target);
        });
        const { host, port, database, user: username, password } = target;
        return { url: (0,sql_target/* urlOf */.r)(target), host, port, database, username, password };
    }
    async close() {
        const opening = this.#opening;
        this.#opening = undefined;
        await opening?.then((session) => session.close()).catch(() => undefined);
    }
    /** The session for reading. What changes something has a session of its own, which tells what it works on. */
    #admin() {
        this.#opening ??= this.#open({ application: 'db-branch-action' });
        return this.#opening;
    }
    #open({ database, application }) {
        const target = { ...this.#target, database: database ?? this.#target.database };
        return (0,sql_session/* openSession */.fA)(target, { application, signal: this.#options.signal });
    }
    async #working(build, body) {
        const session = await this.#open({ application: applicationName(build) });
        return body(session).finally(() => session.close());
    }
    #verifier(password) {
        return (0,scram/* scramVerifier */.v)(password, Buffer.from(this.#options.random(16), 'hex'));
    }
    #branchTarget(branch) {
        const password = derivePassword(this.#target.password, { repository: this.#options.repository, branch });
        return { ...this.#target, user: branch, password, database: branch };
    }
    async #build(spec, replaced) {
        return this.#working(spec.claim.build, async (admin) => {
            try {
                const { notes, claimText } = await buildAside(await this.#site(admin, spec), spec);
                const { password } = this.#branchTarget(spec.name);
                this.#options.mask(password);
                const verifier = this.#verifier(password);
                const move = () => moveIn(admin, spec, { verifier, claimText, replaced });
                await (replaced ? retryWithoutSessions(admin, spec.name, move) : move());
                if (replaced)
                    await this.#clearUp(admin, replaced.build);
                const branch = await findBranch(admin, spec.name);
                if (branch)
                    return { branch, notes };
                throw new errors/* ConflictError */.fK(`"${spec.name}" went right after it was made`);
            }
            catch (error) {
                // Cancelled: the session is gone, and the post step has the time to clear up.
                if (!this.#options.signal.aborted)
                    await this.#clearUp(admin, spec.claim.build);
                throw error;
            }
        });
    }
    /** What was done, or the failure that is being told, matters more than a failing clean-up: the next run finds the rest. */
    async #clearUp(admin, build) {
        try {
            await admin.query('ROLLBACK');
            await discard(admin, build);
        }
        catch {
            this.#options.info(`"${asideName(build)}" could not be removed now; the next run removes it.`);
        }
    }
    async #site(admin, spec) {
        const application = applicationName(spec.claim.build);
        const [server] = await admin.query(`SELECT current_setting('server_version_num')::int AS version, rolsuper AS superuser FROM pg_roles WHERE rolname = current_user`);
        if (!server)
            throw new errors/* ProviderError */.mZ('Reading the server version failed: the admin role does not see itself. Check "admin_url".');
        const { busyParent, empty, maskRows, cloneSchema, streamRows, info, clock } = this.#options;
        return {
            ...server,
            admin,
            busyParent,
            empty,
            maskRows,
            cloneSchema,
            streamRows,
            info,
            clock,
            open: (database) => this.#open({ database, application }),
        };
    }
    async #proveLogin(target) {
        const session = await (0,sql_session/* openSession */.fA)(target, { application: 'db-branch-action login', signal: this.#options.signal });
        try {
            const [row] = await session.query('SELECT current_database()::text AS database');
            if (row?.database !== target.database || target.database === this.#options.parent) {
                throw new errors/* ProviderError */.mZ(`Logging in to "${target.database}" failed: the server answered from "${row?.database}". Check "admin_url" for a pooler.`);
            }
        }
        finally {
            await session.close();
        }
    }
}
/** Only a claimed branch is ever given to reset or delete: the guards see to that before. */
function buildOf(branch) {
    if (branch.claim.kind !== 'claim')
        throw new errors/* ProviderError */.mZ(`"${branch.name}" carries no claim.`);
    return branch.claim.claim.build;
}
/** False when the branch went, or was made anew, since it was read. */
async function moveAwayAlone(admin, branch, build) {
    await admin.query('BEGIN');
    try {
        await moveAway(admin, branch, build);
        await admin.query('COMMIT');
        return true;
    }
    catch (error) {
        await admin.query('ROLLBACK');
        if (error instanceof errors/* ConflictError */.fK || (0,sql_session/* sqlState */.cn)(error) === '3D000')
            return false;
        throw error;
    }
}


/***/ }),

/***/ 9406:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   v: () => (/* binding */ scramVerifier)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

const iterations = 4096;
/**
 * What PostgreSQL stores for a SCRAM password. Sent in place of the password, so that the password itself never
 * reaches the server's log or pg_stat_activity. `salt`: 16 random bytes.
 * Source: https://www.postgresql.org/docs/current/catalog-pg-authid.html and RFC 5802, section 3. The passwords here
 * are plain ASCII, on which SASLprep changes nothing.
 */
function scramVerifier(password, salt) {
    const salted = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.pbkdf2Sync)(password.reveal(), salt, iterations, 32, 'sha256');
    const stored = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(hmac(salted, 'Client Key')).digest();
    return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored.toString('base64')}:${hmac(salted, 'Server Key').toString('base64')}`;
}
function hmac(key, text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', key).update(text).digest();
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
