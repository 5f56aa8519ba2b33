export const id = 253;
export const ids = [253];
export const modules = {

/***/ 5253:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  capabilities: () => (/* binding */ capabilities),
  createPlanetScaleProvider: () => (/* binding */ createPlanetScaleProvider)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/http/wait.js
var wait = __webpack_require__(911);
// EXTERNAL MODULE: ./lib/in-parallel.js
var in_parallel = __webpack_require__(6938);
// EXTERNAL MODULE: ./lib/secret.js
var lib_secret = __webpack_require__(3251);
// EXTERNAL MODULE: ./lib/sql/rows.js
var rows = __webpack_require__(2699);
// EXTERNAL MODULE: ./lib/http/api.js + 1 modules
var api = __webpack_require__(7352);
// EXTERNAL MODULE: ./lib/sql/session.js
var session = __webpack_require__(3480);
// EXTERNAL MODULE: ./lib/sql/target.js
var sql_target = __webpack_require__(4011);
;// CONCATENATED MODULE: ./lib/providers/planetscale/logins.js






/**
 * What a login may do, by the words PlanetScale has for MySQL, and the PostgreSQL roles that its own command line
 * takes for the same word.
 */
const accesses = {
    reader: ['pg_read_all_data'],
    writer: ['pg_write_all_data'],
    readwriter: ['pg_read_all_data', 'pg_write_all_data'],
    admin: ['postgres'],
};
/** @throws InputError */
function accessOf(role) {
    if (role === '')
        return 'admin';
    if (Object.hasOwn(accesses, role))
        return role;
    throw new errors/* InputError */.dz(`Input "role" is not one that PlanetScale has. Use "admin" (the default), "readwriter", "writer" or "reader".`);
}
/** Milliseconds after which a login of ours is taken away, once there is a newer one. */
const loginLife = 24 * 60 * 60_000;
/** Milliseconds. */
const roleDeadline = 2 * 60_000;
/** Its database for connections through PgBouncer is reached on another port: https://planetscale.com/docs/postgres/connecting */
const pooledPort = 6432;
const advice = 'Check that the IP restrictions of the database on PlanetScale let this runner in, and run the job again.';
/**
 * Logins are told once, when they are made, so each hand-over makes one. Their display names are all that is ours:
 * `db-branch-action-<repository>-login-<random>`.
 */
class Logins {
    #site;
    #account;
    #ports;
    constructor(site, account, ports) {
        this.#site = site;
        this.#account = account;
        this.#ports = ports;
    }
    get #prefix() {
        return `db-branch-action-${this.#ports.repository}`;
    }
    /** The name of the login by which a PostgreSQL branch was emptied or masked. It stays, as a mark that it was. */
    markOf(work) {
        return `${this.#prefix}-${work}`;
    }
    /** What such a login tells. A branch with both was not made by us. */
    workBy(logins) {
        const done = ['emptied', 'masked'].filter((work) => logins.some(({ name }) => name === this.markOf(work)));
        return (done.length === 1 && done[0]) || 'none';
    }
    /** A fresh name for a login that is handed out. */
    freshName() {
        return `${this.#prefix}-login-${this.#ports.random(4)}`;
    }
    /** Ours only: what others made on the branch is none of our business. */
    async list(branch, kind) {
        const logins = [];
        const asked = { doing: `Reading the logins of "${branch}"`, query: { q: this.#prefix } };
        await this.#site.pages(this.#place(branch, kind), asked, (item) => {
            const name = item.at('name').maybeText ?? '';
            if (!name.startsWith(`${this.#prefix}-`))
                return;
            logins.push({ id: item.at('id').text, name, createdAt: item.at('created_at').text });
        });
        return logins;
    }
    /** Makes a login and gives the way in. Every part that lets somebody in is masked before it goes anywhere. */
    async open(row, name, access) {
        return row.kind === 'mysql' ? this.#openMysql(row, name, access) : this.#openPostgres(row, name, access);
    }
    /** Takes old logins of ours away. Whatever fails here is told and left to the next run: the new login works. */
    async clear(row, logins) {
        const oldest = this.#ports.clock.now().getTime() - loginLife;
        const marks = [this.markOf('emptied'), this.markOf('masked')];
        const due = logins.filter(({ name, createdAt }) => !marks.includes(name) && Date.parse(createdAt) < oldest);
        for (const { id, name } of due) {
            const place = this.#place(row.name, row.kind) + (0,api/* path */.Ae) `/${id}`;
            // What a login made in PostgreSQL is the branch's, and must not keep the login from going.
            const query = row.kind === 'postgresql' ? { successor: 'postgres' } : {};
            const doing = `Removing the login "${name}" of "${row.name}"`;
            await this.#site.api.send('DELETE', place, { doing, query, accept: [404] }).catch((error) => {
                if (!(error instanceof errors/* ProviderError */.mZ))
                    throw error;
                this.#ports.info(error.message);
            });
        }
    }
    #place(branch, kind) {
        return `${this.#site.at(branch)}/${kind === 'mysql' ? 'passwords' : 'roles'}`;
    }
    async #openMysql(row, name, access) {
        const doing = `Making a password for "${row.name}"`;
        const body = { name, role: access };
        const made = (await this.#site.api.send('POST', this.#place(row.name, row.kind), { doing, body })).body;
        const password = this.#masked(made.at('plain_text').text);
        const username = made.at('username').text;
        const { host, port } = addressOf(made.at('access_host_url'), doing);
        const { database } = this.#account;
        const login = `${encodeURIComponent(username)}:${encodeURIComponent(password.reveal())}`;
        // The form that PlanetScale shows for Node: https://planetscale.com/docs/vitess/tutorials/connect-nodejs-app
        const tls = encodeURIComponent('{"rejectUnauthorized":true}');
        const place = `${host}${port === undefined ? '' : `:${port}`}/${encodeURIComponent(database)}`;
        const url = this.#masked(`mysql://${login}@${place}?ssl=${tls}`);
        return { url, host, port: port ?? 3306, database, username, password };
    }
    async #openPostgres(row, name, access) {
        const doing = `Making a role for "${row.name}"`;
        const body = { name, inherited_roles: accesses[access] };
        const made = (await this.#site.api.send('POST', this.#place(row.name, row.kind), { doing, body })).body;
        const password = this.#masked(made.at('password').text);
        const { host, port } = addressOf(made.at('access_host_url'), doing);
        const username = made.at('username').text;
        const database = made.at('database_name').text;
        const target = {
            host,
            user: username,
            password,
            database,
            sslMode: isLoopback(host) ? 'prefer' : 'verify-full',
            sslRootCert: undefined,
        };
        const url = this.#masked((0,sql_target/* urlOf */.r)({ ...target, port: port ?? 5432 }).reveal());
        const direct = { url, host, port: port ?? 5432, database, username, password };
        const pooled = port === undefined && { pooledUrl: this.#masked((0,sql_target/* urlOf */.r)({ ...target, port: pooledPort }).reveal()) };
        await this.#untilReady(row, made);
        await this.#settle(url, access);
        return { ...direct, ...pooled };
    }
    async #untilReady(row, made) {
        if (made.at('ready').flag)
            return;
        const { clock, info } = this.#ports;
        const what = `The role for "${row.name}"`;
        const place = this.#place(row.name, row.kind) + (0,api/* path */.Ae) `/${made.at('id').text}`;
        await (0,wait/* waitFor */.f)({ what, every: 2000, deadline: roleDeadline, clock, info }, async () => {
            const { body } = await this.#site.api.send('GET', place, { doing: `Waiting for the role of "${row.name}"` });
            return body.at('ready').flag ? { ready: true } : { waitingFor: 'PlanetScale is making it' };
        });
    }
    /**
     * Logs in once, and lets what this login makes belong to `postgres`: the next hand-over has another login, whose
     * migrations could not change this one's tables otherwise.
     */
    async #settle(url, access) {
        const { signal, info } = this.#ports;
        const sql = await (0,session/* openSession */.fA)((0,sql_target/* parseTarget */.h)(url), { application: 'db-branch-action login', signal, advice });
        try {
            if (access !== 'admin')
                return;
            await sql.query(`ALTER ROLE CURRENT_USER SET role = 'postgres'`).catch((error) => {
                if (!(error instanceof errors/* ProviderError */.mZ))
                    throw error;
                info(`Tables that this login makes will be its own, and later logins cannot change them. ${error.message}`);
            });
        }
        finally {
            await sql.close();
        }
    }
    #masked(text) {
        const secret = new lib_secret/* Secret */.zh(text);
        this.#ports.mask(secret);
        return secret;
    }
}
/** `host` or `host:port`. */
function addressOf(shape, doing) {
    const [, host, port] = /^([A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(shape.text) ?? [];
    if (host === undefined) {
        throw new errors/* ProviderError */.mZ(`${doing} failed: PlanetScale's answer names no host. Run the job again.`);
    }
    return { host, port: port === undefined ? undefined : Number(port) };
}
/** What never leaves the machine has no certificate to verify, as with "api_url". */
function isLoopback(host) {
    return host === 'localhost' || /^127(\.\d{1,3}){3}$/.test(host);
}

;// CONCATENATED MODULE: ./lib/providers/planetscale/row.js
/** Source: https://planetscale.com/docs/api/reference/get_branch */
function rowOf(shape) {
    const restoredFrom = shape.at('restored_from_branch');
    return {
        id: shape.at('id').text,
        name: shape.at('name').text,
        kind: kindOf(shape),
        ready: shape.at('ready').flag,
        schemaReady: shape.at('schema_ready').maybeFlag,
        pending: shape.at('state').maybeText === 'pending',
        production: shape.at('production').flag,
        deletionProtected: shape.at('deletion_protected').maybeFlag,
        parent: shape.at('parent_branch').maybeText ?? (restoredFrom.exists ? restoredFrom.at('name').maybeText : undefined),
        restored: restoredFrom.exists,
        createdAt: shape.at('created_at').text,
        deleted: shape.at('deleted_at').exists,
    };
}
function kindOf(shape) {
    return shape.at('kind').maybeText === 'postgresql' ? 'postgresql' : 'mysql';
}
function branchOf(row, known) {
    const protection = protectionOf(row, known);
    const dataPolicy = dataPolicyOf(row, known);
    const aside = asideOf(row.name);
    return {
        id: row.id,
        name: row.name,
        claim: {
            kind: 'name',
            ...(aside && { branch: aside.branch }),
            ...(row.parent !== undefined && { parent: row.parent }),
            ...(dataPolicy && { dataPolicy }),
        },
        ...(protection !== undefined && { protection }),
        ...(row.pending && !row.ready && { unfinished: true }),
        createdAt: row.createdAt,
        ...(aside && { leftover: true }),
    };
}
function protectionOf(row, { defaultBranch, hasChildren }) {
    if (row.production)
        return 'it is a production branch';
    if (row.name === defaultBranch)
        return 'it is the default branch';
    if (row.deletionProtected)
        return 'PlanetScale protects it from deletion';
    return hasChildren ? 'other branches were made from it' : undefined;
}
/** A PostgreSQL branch that was made without a backup is empty by nature, which is nobody's policy. */
function dataPolicyOf({ kind, restored }, { work }) {
    if (restored)
        return { emptied: 'schema_only', masked: 'masked', none: 'copy' }[work];
    return kind === 'mysql' ? 'schema_only' : undefined;
}
/** Names under which a branch stands beside the one it will be or has been. PlanetScale takes small letters, digits and "-". */
const asideName = /^(.+)-dbbranch-(new|old)-([0-9a-f]{8})$/;
function asideFor(name, stage, build) {
    return `${name}-dbbranch-${stage}-${build.slice(0, 8)}`;
}
/** Which branch it stands aside of, undefined for a branch that stands for itself. */
function asideOf(name) {
    const [, branch, stage, build] = asideName.exec(name) ?? [];
    return branch === undefined || build === undefined
        ? undefined
        : { branch, stage: stage === 'new' ? 'new' : 'old', build };
}

// EXTERNAL MODULE: ./lib/http.js
var http = __webpack_require__(4247);
;// CONCATENATED MODULE: ./lib/providers/planetscale/site.js




/** Source: https://planetscale.com/docs/api/reference/pagination */
const largestPage = 100;
/** The branches of one database on PlanetScale, addressed by name as its API has it. */
class Site {
    api;
    #account;
    #database;
    #kind;
    constructor(account, { fetch, clock, signal }) {
        this.#account = account;
        this.api = (0,api/* openApi */.Nd)({
            platform: 'PlanetScale',
            baseUrl: account.apiUrl,
            fetch,
            clock,
            signal,
            headers: { authorization: account.apiKey },
            explain,
        });
    }
    get #place() {
        return (0,api/* path */.Ae) `/organizations/${this.#account.organization}/databases/${this.#account.database}`;
    }
    at(branch) {
        return this.#place + (0,api/* path */.Ae) `/branches/${branch}`;
    }
    /** Read once in a run. */
    database() {
        this.#database ??= this.#readDatabase().then((shape) => ({
            kind: kindOf(shape),
            defaultBranch: shape.at('default_branch').maybeText,
        }));
        return this.#database;
    }
    /** All branches of a database are of one kind, so any that was seen tells. */
    async kind() {
        return this.#kind ?? (await this.database()).kind;
    }
    /** One request. Undefined when PlanetScale does not find it, which proves nothing: it says so of what a key may not see. */
    async peek(name, doing = `Reading "${name}"`) {
        const { status, body } = await this.api.send('GET', this.at(name), { doing, accept: [404] });
        return status === 404 ? undefined : this.#named(name, rowOf(body));
    }
    /** Undefined only if provably absent: the list of branches, which asks for the same access, was shown and lacks it. */
    async find(name) {
        const row = await this.peek(name);
        if (row)
            return row;
        const { rows, complete } = await this.all(`Looking for "${name}"`);
        const listed = rows.find((one) => one.name === name);
        if (listed || complete)
            return listed;
        throw new errors/* ProviderError */.mZ(`Looking for "${name}" failed: the list of branches changed while it was read. Run the job again.`);
    }
    async all(doing = 'Listing the branches') {
        const seen = new Map();
        const { steady } = await this.pages(`${this.#place}/branches`, { doing, query: { order: 'asc' } }, (item) => {
            const row = rowOf(item);
            seen.set(row.id, row);
        });
        const rows = [...seen.values()].filter((row) => !row.deleted);
        this.#kind ??= rows[0]?.kind;
        return { rows, complete: steady };
    }
    /** `steady: false` when something came or went meanwhile, which moves items to pages that were read before. */
    async pages(place, { doing, query }, take) {
        const totals = [];
        let seen = 0;
        for (let page = 1;;) {
            const { body } = await this.api.send('GET', place, { doing, query: { ...query, page, per_page: largestPage } });
            const items = body.at('data').items;
            items.forEach(take);
            seen += items.length;
            totals.push(body.at('total_count').number);
            const next = body.at('next_page');
            if (!next.exists)
                return { steady: totals.every((total) => total === seen) };
            if (next.number <= page)
                throw new errors/* ProviderError */.mZ(`${doing} failed: PlanetScale's pages go in a circle.`);
            page = next.number;
        }
    }
    /**
     * Orders a branch. `ours` says whether the name alone proves who ordered it, so that an answer that was lost costs
     * nothing.
     * @throws ConflictError when the name is taken.
     */
    async order(body, doing, ours) {
        const { name, parent_branch: parent } = body;
        try {
            return this.#seen(rowOf((await this.api.send('POST', `${this.#place}/branches`, { doing, body })).body));
        }
        catch (error) {
            if (!(error instanceof api/* ApiError */.hD || error instanceof api/* LostAnswerError */.nD) || isRefusal(error, 401))
                throw error;
            const there = await this.peek(name);
            if (there && ours && error instanceof api/* LostAnswerError */.nD)
                return there;
            // PlanetScale documents no status for a name that is taken, so every refusal is held against what is there.
            if (there)
                throw new errors/* ConflictError */.fK(`"${name}" exists on PlanetScale already`, { cause: error });
            if (error instanceof api/* LostAnswerError */.nD)
                throw error;
            await this.requireParent(parent, doing);
            throw (await this.#limit(doing, error)) ?? error;
        }
    }
    /** @throws ProviderError when there is no such branch to make another one from. */
    async requireParent(parent, doing) {
        if (await this.find(parent))
            return;
        const call = `GET ${(0,http/* placeOf */.$t)(this.#account.apiUrl + this.at(parent))} → 404`;
        const why = `there is no such branch in "${this.#account.database}"`;
        throw new errors/* ProviderError */.mZ(`${doing} failed: ${why} (${call}). Check "parent_branch".`);
    }
    /**
     * Gives a branch another name; its id and its logins stay.
     * @throws ConflictError when the name is taken, or the branch is no longer the one that was meant.
     */
    async rename({ id, name }, to) {
        if ((await this.peek(name))?.id !== id)
            throw new errors/* ConflictError */.fK(`"${name}" was made anew meanwhile`);
        const doing = `Renaming "${name}" to "${to}"`;
        try {
            return rowOf((await this.api.send('PATCH', this.at(name), { doing, body: { new_name: to } })).body);
        }
        catch (error) {
            if (!(error instanceof api/* ApiError */.hD || error instanceof api/* LostAnswerError */.nD))
                throw error;
            const there = await this.peek(to);
            if (there?.id === id)
                return there;
            if (there)
                throw new errors/* ConflictError */.fK(`"${to}" exists on PlanetScale already`, { cause: error });
            throw error;
        }
    }
    /** One request; the status says whether PlanetScale took it (204) or does not find the branch (404). */
    async remove(name, doing) {
        return (await this.api.send('DELETE', this.at(name), { doing, accept: [404] })).status;
    }
    /** @throws ProviderError when other branches were made from this one. */
    async requireChildless(name, doing) {
        const { rows } = await this.all(doing);
        const children = rows.filter((row) => row.parent === name).map((row) => `"${row.name}"`);
        if (children.length === 0)
            return;
        throw new errors/* ProviderError */.mZ(`${doing} failed: ${children.slice(0, 3).join(', ')} was made from it. Delete that first.`);
    }
    /** For a deletion that found nothing although the branch is there. */
    hidden(doing) {
        return new errors/* ProviderError */.mZ(`${doing} failed: PlanetScale hides it from this key, although it shows the branch. Give the service token the access "delete_branch" to this database.`);
    }
    #named(name, row) {
        // A server that ignores case, or answers what it has deleted, must not pass another branch off as this one.
        return row.name === name && !row.deleted ? this.#seen(row) : undefined;
    }
    #seen(row) {
        this.#kind = row.kind;
        return row;
    }
    async #readDatabase() {
        const doing = `Reading the database "${this.#account.database}"`;
        return (await this.api.send('GET', this.#place, { doing })).body;
    }
    /** Whether the database has reached a limit of its plan, which an error of PlanetScale's need not say. */
    async #limit(doing, { message, failure }) {
        if (failure.status === 404)
            return undefined;
        const database = await this.#readDatabase().catch(() => undefined);
        if (!database)
            return undefined;
        const full = [
            database.at('at_development_branch_usage_limit').maybeFlag && 'development branches',
            database.at('at_backup_restore_branches_limit').maybeFlag && 'branches restored from backups',
        ].filter((limit) => limit !== false);
        if (full.length === 0)
            return undefined;
        const call = /\((?:POST) [^()]*\)/.exec(message)?.[0] ?? '';
        const why = `the limit of ${full.join(' and of ')} of this database is reached`;
        return new errors/* ProviderError */.mZ(`${doing} failed: ${why} ${call}. Delete branches that nobody needs, or change the plan.`);
    }
}
function isRefusal(error, status) {
    return error instanceof api/* ApiError */.hD && error.failure.status === status;
}
function explain({ status }) {
    if (status === 401) {
        return {
            why: 'PlanetScale does not know the key',
            advice: 'Check "api_key": ID and TOKEN of a service token, joined by ":".',
        };
    }
    if (status === 403) {
        return { why: 'the service token may not do this', advice: 'Give it the accesses that docs/planetscale.md lists.' };
    }
    if (status === 404) {
        return {
            why: 'PlanetScale does not find it, or does not show it to this key',
            advice: 'Check "organization" and "database", and the accesses of the service token to this database.',
        };
    }
    if (status === 400 || status === 422) {
        return {
            why: 'PlanetScale refused',
            advice: 'Look at the database on PlanetScale, and check the inputs of the step.',
        };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/providers/planetscale/order.js


/** What PlanetScale's own command line asks for when a branch is made from a backup. */
const restoredSize = 'PS_10';
/**
 * How to order a branch. On MySQL a branch has the schema alone unless it is seeded. On PostgreSQL a plain branch would
 * have not even a table, so every branch of ours starts from a backup.
 * @throws RefusedError for what this kind of database cannot do. Nothing was changed then.
 */
async function orderOf(site, { name, spec, kind, region, doing, now }) {
    const base = { name, parent_branch: spec.parent, ...(region !== '' && { region }) };
    const { pointInTime } = spec;
    if (kind === 'mysql') {
        if (pointInTime !== undefined) {
            throw new errors/* RefusedError */.fk(`${doing} refused: PlanetScale goes back to a point in time for PostgreSQL databases only. Remove "point_in_time". Nothing was changed.`);
        }
        if (spec.dataPolicy === 'schema_only')
            return base;
        if (spec.dataPolicy === 'masked') {
            throw new errors/* RefusedError */.fk(`${doing} refused: rows are masked in PostgreSQL databases only, and this one is MySQL. Use data_policy "schema_only". Nothing was changed.`);
        }
        return { ...base, seed_data: 'last_successful_backup', cluster_size: restoredSize };
    }
    const until = pointInTime === undefined ? now : new Date(pointInTime);
    if (Number.isNaN(until.getTime())) {
        throw new errors/* RefusedError */.fk(`${doing} refused: "point_in_time" is not a time such as 2026-01-31T12:00:00Z, which PlanetScale wants. Nothing was changed.`);
    }
    return {
        ...base,
        backup_id: await lastBackup(site, { parent: spec.parent, until, doing }),
        ...(pointInTime !== undefined && { restore_point: until.toISOString() }),
        cluster_size: restoredSize,
    };
}
/** The id of the backup that was complete last before a moment; a later moment is reached from it. */
async function lastBackup(site, { parent, until, doing }) {
    let last;
    const asked = { doing, query: { state: 'success' } };
    await site
        .pages(`${site.at(parent)}/backups`, asked, (item) => {
        const completedAt = item.at('completed_at').maybeText;
        if (completedAt === undefined || item.at('deleted_at').exists || item.at('state').text !== 'success')
            return;
        const at = Date.parse(completedAt);
        if (at <= until.getTime() && at > (last?.at ?? -Infinity))
            last = { id: item.at('id').text, at };
    })
        .catch(async (error) => {
        if (isRefusal(error, 404))
            await site.requireParent(parent, doing);
        throw error;
    });
    if (last)
        return last.id;
    throw new errors/* ProviderError */.mZ(`${doing} failed: "${parent}" has no finished backup of before ${until.toISOString()}, and PlanetScale makes PostgreSQL branches with content from backups only. Make a backup of "${parent}" and run the job again.`);
}

;// CONCATENATED MODULE: ./lib/providers/planetscale.js









/**
 * What holds for both kinds of databases. MySQL makes schema-only branches itself, PostgreSQL starts from an earlier
 * moment, can be masked and has a pooler; which kind a database is, the first answer tells, and `create` refuses the rest
 * by it.
 */
const capabilities = {
    engine: 'other',
    claims: 'name',
    schemaOnly: 'sql',
    masked: 'in_place',
    copy: true,
    golden: false,
    reset: 'swap',
    pointInTime: true,
    expiry: false,
    pooledUrl: true,
    urlReadableLater: false,
    sessions: false,
};
/** Requests at a time; PlanetScale counts 600 a minute. */
const atOnce = 8;
/** Milliseconds: PlanetScale's own command line waits as long. */
const readyDeadline = 10 * 60_000;
/** Milliseconds between two looks at a branch that is being made. */
const lookEvery = 5000;
/** Milliseconds that a branch which takes queries is given to get its schema, should PlanetScale ever say so. */
const schemaGrace = 60_000;
/** Milliseconds after which whoever built a branch aside is taken for dead. */
const buildPatience = 15 * 60_000;
/** How often a deletion is sent while PlanetScale still works on the branch. */
const deleteAttempts = 12;
/** PlanetScale, for databases of MySQL (Vitess) and of PostgreSQL. */
function createPlanetScaleProvider(account, ports) {
    for (const part of [account.apiKey.reveal(), ...account.apiKey.reveal().split(':')])
        ports.mask(new lib_secret/* Secret */.zh(part));
    return new PlanetScaleProvider(account, ports);
}
class PlanetScaleProvider {
    capabilities = capabilities;
    #account;
    #ports;
    #access;
    #site;
    #logins;
    /** Rows of branches that were seen ready in this run, by id. */
    #ready = new Map();
    /** Our logins on a branch as they were last read, by its id. A branch made in this run has none that is old. */
    #known = new Map();
    /** Asides whose build ended in this run. */
    #ended = new Set();
    constructor(account, ports) {
        this.#account = account;
        this.#ports = ports;
        this.#access = accessOf(account.role);
        this.#site = new Site(account, ports);
        this.#logins = new Logins(this.#site, account, ports);
    }
    async list() {
        const [{ rows, complete }, { defaultBranch }] = await Promise.all([this.#site.all(), this.#site.database()]);
        const parents = new Set(rows.map(({ parent }) => parent));
        const items = await (0,in_parallel/* inParallel */.H)(rows, atOnce, async (row) => branchOf(row, { work: await this.#workOn(row), defaultBranch, hasChildren: parents.has(row.name) }));
        return { items, complete };
    }
    async find(name) {
        const row = await this.#site.find(name);
        if (!row)
            return undefined;
        if (row.ready)
            this.#ready.set(row.id, row);
        const [{ defaultBranch }, work] = await Promise.all([this.#site.database(), this.#workOn(row)]);
        return branchOf(row, { work, defaultBranch });
    }
    async create(spec) {
        const kind = await this.#site.kind();
        if (needsMark(kind, spec) === undefined) {
            const row = await this.#make(spec.name, spec, kind);
            return { branch: branchOf(row, { work: 'none' }), notes: [] };
        }
        // The restore takes minutes, and the name is taken at its end only.
        if (await this.#site.peek(spec.name))
            throw new errors/* ConflictError */.fK(`"${spec.name}" exists on PlanetScale already`);
        const aside = await this.#makeAside(spec, kind);
        try {
            return this.#made(await this.#site.rename(aside.row, spec.name), aside);
        }
        catch (error) {
            if (!this.#ports.signal.aborted)
                await this.#discard(aside.row);
            throw error;
        }
    }
    async reset(branch, spec) {
        const aside = await this.#makeAside(spec, await this.#site.kind());
        let old;
        try {
            old = await this.#site.rename(branch, asideFor(spec.name, 'old', spec.claim.build));
            return this.#made(await this.#site.rename(aside.row, spec.name), aside);
        }
        catch (error) {
            this.#ended.add(aside.row.name);
            // The old data are the user's only copy until the new have the name.
            if (old && !this.#ports.signal.aborted)
                await this.#site.rename(old, branch.name).catch(() => undefined);
            throw error;
        }
    }
    async delete(branch) {
        const row = await this.#site.find(branch.name);
        if (row?.id !== branch.id)
            return 'absent';
        await this.#remove(row);
        return 'deleted';
    }
    async leftovers(name) {
        const { rows } = await this.#site.all(`Looking for what is left of "${name}"`);
        const now = this.#ports.clock.now().getTime();
        const dead = rows.filter((row) => {
            const aside = asideOf(row.name);
            if (aside?.branch !== name)
                return false;
            const old = now - Date.parse(row.createdAt) > buildPatience;
            return aside.stage === 'old' || old || this.#ended.has(row.name);
        });
        const { defaultBranch } = dead.length > 0 ? await this.#site.database() : { defaultBranch: undefined };
        return (0,in_parallel/* inParallel */.H)(dead, atOnce, async (row) => branchOf(row, { work: await this.#workOn(row), defaultBranch }));
    }
    async abandon(build) {
        if (build === '')
            return;
        const { rows } = await this.#site.all('Looking for a build that was given up');
        for (const row of rows) {
            const aside = asideOf(row.name);
            if (aside?.stage === 'new' && aside.build === build.slice(0, 8))
                await this.#discard(row);
        }
    }
    async connection(branch) {
        const row = this.#ready.get(branch.id) ?? (await this.#untilReady(branch));
        const connection = await this.#logins.open(row, this.#logins.freshName(), this.#access);
        const logins = this.#known.get(row.id) ?? (await this.#logins.list(row.name, row.kind));
        await this.#logins.clear(row, logins);
        return connection;
    }
    async close() { }
    /** A branch aside, under a name that tells what it is for until it is complete. */
    async #makeAside(spec, kind) {
        const name = asideFor(spec.name, 'new', spec.claim.build);
        let row;
        try {
            row = await this.#make(name, spec, kind);
            const work = needsMark(kind, spec);
            if (work === undefined)
                return { row, circumstances: { work: 'none' }, notes: [] };
            const connection = await this.#logins.open(row, this.#logins.markOf(work), 'admin');
            const notes = await (0,rows/* finishRows */.n0)(this.#ports.database, connection, spec);
            return { row, circumstances: { work }, notes };
        }
        catch (error) {
            this.#ended.add(name);
            throw error;
        }
    }
    #made(row, { circumstances, notes }) {
        this.#ready.set(row.id, row);
        return { branch: branchOf(row, circumstances), notes };
    }
    /** Orders a branch and waits for it. */
    async #make(name, spec, kind) {
        const doing = `Creating "${spec.name}" from "${spec.parent}"`;
        const order = await orderOf(this.#site, {
            name,
            spec,
            kind,
            region: this.#account.region,
            doing,
            now: this.#ports.clock.now(),
        });
        const row = await this.#site.order(order, doing, name !== spec.name);
        spec.onMade?.(row.id);
        this.#known.set(row.id, []);
        const made = row.production ? row : await this.#untilReady(row);
        if (!made.production)
            return made;
        await this.#remove(made);
        throw new errors/* ProviderError */.mZ(`${doing} failed: PlanetScale made a production branch, which this action would never delete again, so it was removed at once. Use data_policy "schema_only", or ask PlanetScale for development branches.`);
    }
    async #untilReady({ id, name }) {
        const { clock, info } = this.#ports;
        let readySince;
        const what = `Branch "${name}"`;
        const row = await (0,wait/* waitFor */.f)({ what, every: lookEvery, deadline: readyDeadline, clock, info }, async () => {
            const seen = await this.#site.peek(name);
            if (!seen)
                return { waitingFor: 'PlanetScale does not show it' };
            if (seen.id !== id)
                throw new errors/* ConflictError */.fK(`"${name}" was made anew meanwhile`);
            if (!seen.ready)
                return { waitingFor: 'PlanetScale is making it' };
            readySince ??= clock.elapsed();
            const patient = seen.kind === 'mysql' && clock.elapsed() - readySince < schemaGrace;
            return seen.schemaReady || !patient ? { ready: seen } : { waitingFor: 'its schema is not ready' };
        });
        this.#ready.set(id, row);
        return row;
    }
    /** The mark is the login by which it was done: PlanetScale has no other place on a branch for a word of ours. */
    async #workOn(row) {
        if (row.kind === 'mysql' || !row.restored || row.production || row.deletionProtected)
            return 'none';
        const logins = await this.#logins.list(row.name, row.kind);
        this.#known.set(row.id, logins);
        return this.#logins.workBy(logins);
    }
    /** Removes what this run, or a dead one, built aside; never fails. */
    async #discard(row) {
        this.#ended.add(row.name);
        await this.#remove(row).catch((error) => {
            if (!(error instanceof errors/* ProviderError */.mZ))
                throw error;
            this.#ports.info(`"${row.name}" could not be removed now; the next run removes it. ${error.message}`);
        });
    }
    /** Deletes by name, as PlanetScale has it; the id was compared right before. Descendants are never asked to go along. */
    async #remove({ id, name }) {
        const { clock, info } = this.#ports;
        const doing = `Deleting "${name}"`;
        let refusals = 0;
        let status = 0;
        const what = `The deletion of "${name}"`;
        await (0,wait/* waitFor */.f)({ what, every: lookEvery, deadline: readyDeadline, clock, info }, async () => {
            if (status !== 204) {
                status = await this.#site.remove(name, doing).catch(async (error) => {
                    // `unprocessable` is PlanetScale's word for "try again", and for "never" as well.
                    if (!isRefusal(error, 422) || (refusals += 1) >= deleteAttempts)
                        throw error;
                    if (refusals === 1)
                        await this.#site.requireChildless(name, doing);
                    return 422;
                });
            }
            const seen = await this.#site.peek(name);
            if (seen?.id !== id)
                return { ready: true };
            if (status === 404)
                throw this.#site.hidden(doing);
            return { waitingFor: status === 204 ? 'PlanetScale still shows it' : 'PlanetScale is busy with it' };
        });
        this.#ready.delete(id);
    }
}
/** A PostgreSQL branch of PlanetScale is empty, without any table, or restored with every row. */
function needsMark(kind, spec) {
    if (kind === 'mysql')
        return undefined;
    return { empty: 'emptied', mask: 'masked', nothing: undefined }[(0,rows/* workOnRows */._4)(spec)];
}


/***/ })

};
