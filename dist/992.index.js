export const id = 992;
export const ids = [992];
export const modules = {

/***/ 1992:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  capabilities: () => (/* binding */ capabilities),
  createDblabProvider: () => (/* binding */ createDblabProvider)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/http/api.js + 1 modules
var http_api = __webpack_require__(7352);
// EXTERNAL MODULE: ./lib/http/wait.js
var wait = __webpack_require__(911);
// EXTERNAL MODULE: ./lib/sql/rows.js
var rows = __webpack_require__(2699);
// EXTERNAL MODULE: ./lib/sql/session.js
var sql_session = __webpack_require__(3480);
// EXTERNAL MODULE: ./lib/domain/claim.js
var domain_claim = __webpack_require__(6768);
;// CONCATENATED MODULE: ./lib/providers/dblab/claims.js


const refusesUs = 'it refuses our password, so another repository or another "api_key" made it';
/** Whether a login failed by its user or password. */
function isRefused(error) {
    const state = (0,sql_session/* sqlState */.cn)(error);
    return state === '28P01' || state === '28000';
}
/** What the engine alone tells. */
function byName({ parent }) {
    return { kind: 'name', ...(parent !== '' && { parent }) };
}
/** Why a clone cannot be one of ours, as far as the engine tells; undefined when it can. */
function strangeTo(user, { username }) {
    if (username === user)
        return undefined;
    return { kind: 'unreadable', why: `its user is "${username}", and this action makes "${user}"` };
}
/** Whether the claim came with the snapshot: one that was taken of a branch of ours holds the branch's comment. */
function isInherited({ branch, createdAt }, { name, snapshotAt }) {
    return branch !== name || (snapshotAt !== undefined && Date.parse(createdAt) < snapshotAt);
}
/** The claim as later readings give it. */
function signed({ claim }) {
    return (0,domain_claim/* readClaim */.jw)((0,domain_claim/* encodeClaim */.l)(claim));
}

;// CONCATENATED MODULE: ./lib/providers/dblab/clone.js
/** Source: engine/pkg/models/clone.go of https://github.com/postgres-ai/database-lab-engine */
function readClone(answer) {
    const [status, db, snapshot] = [answer.at('status'), answer.at('db'), answer.at('snapshot')];
    return {
        name: answer.at('id').text,
        createdAt: timeOf(answer.at('createdAt')),
        status: status.at('code').text,
        said: status.at('message').maybeText ?? '',
        protected: answer.at('protected').flag,
        parent: answer.at('branch').maybeText ?? '',
        snapshot: snapshot.exists ? snapshot.at('id').text : '',
        snapshotAt: snapshot.exists ? milliseconds(snapshot.at('createdAt')) : undefined,
        host: db.at('host').maybeText ?? '',
        port: Number(db.at('port').maybeText ?? 0),
        username: db.at('username').text,
        database: db.at('dbName').maybeText ?? '',
    };
}
/** Tells a clone from the one that had the name before: to make and to delete one takes longer than a second. */
function idOf({ name, createdAt }) {
    return `${name}@${createdAt ?? ''}`;
}
/** Whether the engine works on it no more. A status that we do not know counts as work: nothing is done to it. */
function isSettled({ status }) {
    return status === 'OK' || status === 'WARNING' || status === 'FATAL';
}
/** The engine writes its own time zone, and `""` for no time. */
function timeOf(field) {
    const time = milliseconds(field);
    return time === undefined ? undefined : new Date(time).toISOString();
}
function milliseconds(field) {
    const time = Date.parse(field.maybeText ?? '');
    return Number.isNaN(time) ? undefined : time;
}

;// CONCATENATED MODULE: ./lib/providers/dblab/engine.js



/** A setting of the clone's server that tells which build made the clone; the engine writes it before the server starts. */
const buildSetting = 'db_branch_action.build';
/**
 * Source: https://github.com/postgres-ai/database-lab-engine, engine/api/swagger-spec/dblab_openapi.yaml, and where that
 * is silent engine/internal/srv/routes.go.
 */
function openEngine({ apiUrl, apiKey }, { fetch, clock, signal }) {
    const common = { platform: 'DBLab', baseUrl: apiUrl, headers: { 'Verification-Token': apiKey }, explain };
    const api = (0,http_api/* openApi */.Nd)({ ...common, fetch, clock, signal });
    // A clone that is absent or protected answers 500, which would be waited for as if the engine had failed.
    const once = (0,http_api/* openApi */.Nd)({ ...common, fetch, clock, signal, policy: { attempts: 1 } });
    return {
        async clones(doing) {
            const { body } = await api.send('GET', (0,http_api/* path */.Ae) `/clones`, { doing });
            return body.items.map(readClone);
        },
        async clone(name, doing) {
            const { status, body } = await api.send('GET', (0,http_api/* path */.Ae) `/clone/${name}`, { doing, accept: [404] });
            return status === 404 ? undefined : readClone(body);
        },
        async start({ name, parent, pointInTime, claim }, { doing, username, password, database }) {
            const body = {
                id: name,
                branch: parent,
                ...(pointInTime !== undefined && { snapshot: { id: pointInTime } }),
                db: { username, password: password.reveal(), ...(database !== '' && { db_name: database }) },
                extra_conf: { [buildSetting]: claim.build },
            };
            return readClone((await api.send('POST', (0,http_api/* path */.Ae) `/clone`, { doing, body })).body);
        },
        async reset(name, { snapshot, doing }) {
            await api.send('POST', (0,http_api/* path */.Ae) `/clone/${name}/reset`, { doing, body: { snapshotID: snapshot } });
        },
        async remove(name, doing) {
            await once.send('DELETE', (0,http_api/* path */.Ae) `/clone/${name}`, { doing });
        },
        async snapshotOf(branch, doing) {
            const { body } = await api.send('GET', (0,http_api/* path */.Ae) `/branches`, { doing });
            const found = body.items.find((item) => item.at('name').text === branch);
            if (!found)
                throw new errors/* ProviderError */.mZ(`${doing} failed: ${noBranch.why}. ${noBranch.advice}`);
            return found.at('snapshotID').text;
        },
    };
}
const noBranch = {
    why: 'there is no such branch on this DBLab instance',
    advice: 'Check "parent_branch".',
};
/** The messages of the engine that mean something to the user. Most failures of it are status 400 or 500. */
const meanings = [
    [/^branch not found$|dataset of the branch/, noBranch],
    [
        /^no snapshot found$|pool name for the snapshot|^pool manager not available/,
        {
            why: 'there is no such snapshot on this DBLab instance',
            advice: 'Check "point_in_time", and that the instance has finished its first snapshot.',
        },
    ],
    [
        /^no pool manager found$|^no available pools$/,
        {
            why: 'the DBLab instance has no data to make clones from yet',
            advice: 'Run the job again when its first snapshot is there.',
        },
    ],
    [
        /^clone is protected$/,
        {
            why: 'DBLab protects the clone from deletion',
            advice: 'Run "dblab clone update --protected false" for it and then the job again.',
        },
    ],
    [/^(the )?clone not found$/, { why: 'there is no such clone', advice: 'Run the job again.' }],
    [
        /^billing is not active$/,
        { why: 'the subscription of this DBLab instance is not active', advice: 'Renew it and run the job again.' },
    ],
];
function explain({ status, said }) {
    if (status === 404) {
        return {
            why: 'there is no DBLab Engine at this address',
            advice: 'Check "api_url": it ends with "/api" at the port of the user interface (2346), and with the port of the API (2345).',
        };
    }
    return meanings.find(([pattern]) => pattern.test(said))?.[1];
}

;// CONCATENATED MODULE: ./lib/providers/dblab/failures.js

const protectedClone = 'DBLab protects the clone from deletion';
/** The engine's own words are not repeated: they can hold commands and paths of its machine. */
function startFailure({ name, said }, doing) {
    // The engine forgets a clone before its files are gone.
    if (said.includes('already exists'))
        return new errors/* ConflictError */.fK(`what is left of the former "${name}" is being removed`);
    if (/free port|available ports/.test(said)) {
        return new errors/* ProviderError */.mZ(`${doing} failed: the DBLab instance has no port left for another clone. Delete clones, or widen "provision.portPool" of the instance, and run the job again.`);
    }
    return new errors/* ProviderError */.mZ(`${doing} failed: DBLab could not start the clone. ${lookAtLog}`);
}
function removalFailure(doing) {
    return new errors/* ProviderError */.mZ(`${doing} failed: DBLab could not remove the clone. ${lookAtLog}`);
}
function protectionFailure(doing, name) {
    const advice = `Run "dblab clone update --protected false ${name}" and then the job again.`;
    return new errors/* ProviderError */.mZ(`${doing} failed: ${protectedClone}. ${advice}`);
}
const lookAtLog = 'Look at the log of the engine ("docker logs dblab_server") and run the job again.';

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/secret.js
var secret = __webpack_require__(3251);
// EXTERNAL MODULE: ./lib/sql/scram.js
var scram = __webpack_require__(9406);
// EXTERNAL MODULE: ./lib/sql/target.js
var target = __webpack_require__(4011);
;// CONCATENATED MODULE: ./lib/providers/dblab/login.js








/** It holds the repository, so that a clone of another repository is told apart by a listing alone. */
function userOf({ role }, repository) {
    return role || `db_branch_${repository}`;
}
/** The same for every job that has the key, because the engine never tells a password again. */
function loginOf(stage, name, { account, repository }) {
    const password = derivePassword(account.apiKey, { repository, name: stage === 'build' ? `${name}\0build` : name });
    return { username: userOf(account, repository), password, database: account.database };
}
/**
 * 192 bits, of which the engine asks 60. scrypt makes guessing a weak key from a password expensive (about 40 ms a
 * guess).
 */
function derivePassword(apiKey, { repository, name }) {
    const salt = `db-branch-action/dblab/1\0${repository}\0${name}`;
    return new secret/* Secret */.zh((0,external_node_crypto_.scryptSync)(apiKey.reveal(), salt, 24, { N: 16384, r: 8, p: 1 }).toString('base64url'));
}
/** The way into a clone that is ready. Password and URL are masked before anybody has them. */
function connectionTo(clone, { password, username }, { apiUrl, mask }) {
    const { port, database } = clone;
    if (port === 0 || database === '') {
        throw new errors/* ProviderError */.mZ(`Connecting to "${clone.name}" failed: DBLab calls it ready and gives no ${port === 0 ? 'port' : 'database'}. Look at it on the instance and run the job again.`);
    }
    const host = hostOf(clone, apiUrl);
    const url = (0,target/* urlOf */.r)({ host, port, user: username, password, database, sslMode: 'prefer', sslRootCert: undefined });
    mask(password);
    mask(url);
    return { url, host, port, database, username, password };
}
/** What the engine is not told (`accessHost`) it calls `localhost`: the clones are where its API is. */
function hostOf({ host }, apiUrl) {
    const local = host === '' || host === 'localhost' || host === '::1' || host === '0.0.0.0' || host.startsWith('127.');
    return local ? new URL(apiUrl).hostname.replace(/^\[(.*)\]$/, '$1') : host;
}
const advice = 'Check that the runner may reach the ports of the clones ("provision.portPool"), and run the job again.';
/** Lets in whoever has the branch's URL, and the builder no more. The last step of all. */
async function openDoor(build, branch, { signal, random }) {
    const session = await (0,sql_session/* openSession */.fA)((0,target/* parseTarget */.h)(build.url), { application: 'db-branch-action', signal, advice });
    try {
        const verifier = (0,scram/* scramVerifier */.v)(branch.password, Buffer.from(random(16), 'hex'));
        await session.query(`ALTER ROLE CURRENT_USER PASSWORD '${verifier}'`);
    }
    finally {
        await session.close();
    }
}
/** What only the clone's own server knows: which build made it (empty: not told), and what databases it has besides. */
async function survey(connection, { signal }) {
    const session = await (0,sql_session/* openSession */.fA)((0,target/* parseTarget */.h)(connection.url), { application: 'db-branch-action', signal, advice });
    try {
        const [row] = await session.query(`SELECT pg_catalog.current_setting('${buildSetting}', true) AS build,
              ARRAY(SELECT datname::text FROM pg_catalog.pg_database
                     WHERE datname <> pg_catalog.current_database() AND datname <> 'template0' ORDER BY 1) AS others`);
        return { build: row?.build ?? '', others: row?.others ?? [] };
    }
    finally {
        await session.close();
    }
}
/**
 * Does what the data policy asks for to the whole server: a clone holds every database of the source, and its user may
 * enter all of them. Rules speak of the branch's own database, so the others are emptied even where that one is masked.
 * It comes last, because its claim says that all is done.
 */
async function finishClone(connection, databases, { ports, spec }) {
    const others = (0,rows/* workOnRows */._4)(spec) === 'nothing' ? [] : databases;
    for (const database of others) {
        const url = (0,target/* urlOf */.r)({ ...(0,target/* parseTarget */.h)(connection.url), database });
        ports.mask(url);
        await ports.database.empty({ ...connection, database, url }, spec.claim);
    }
    const notes = await (0,rows/* finishRows */.n0)(ports.database, connection, spec);
    const named = others.map((database) => JSON.stringify(database)).join(', ');
    return others.length === 0 ? notes : [...notes, `Emptied the other databases of the clone as well: ${named}.`];
}

;// CONCATENATED MODULE: ./lib/providers/dblab.js










const capabilities = {
    engine: 'postgresql',
    claims: 'database',
    schemaOnly: 'sql',
    masked: 'in_place',
    copy: true,
    golden: false,
    reset: 'in_place',
    pointInTime: true,
    expiry: false,
    pooledUrl: false,
    urlReadableLater: true,
    sessions: false,
};
/** Milliseconds between two looks at a clone: it is made in a second or two. */
const lookEvery = 1_000;
/** Milliseconds for the engine to make, reset or remove a clone. */
const patience = 5 * 60_000;
/** How often a deletion is asked for when nobody knows whether the engine heard it. */
const deletionAttempts = 3;
/**
 * A DBLab Engine of one's own, 4.0 or later: a branch is a clone, its parent a DBLab branch. The engine keeps no claims,
 * so ours is the comment of the clone's database. It is written when all is done, and only then is the branch's password
 * set: without both a clone is half-built.
 */
function createDblabProvider(account, ports) {
    return new DblabProvider(account, ports);
}
class DblabProvider {
    capabilities = capabilities;
    #engine;
    #account;
    #ports;
    /** By branch id: a clone keeps its port as long as it lives. */
    #ways = new Map();
    constructor(account, ports) {
        this.#engine = openEngine(account, ports);
        this.#account = account;
        this.#ports = ports;
    }
    async list() {
        const clones = await this.#engine.clones('Listing the branches');
        const items = clones.map((clone) => {
            const strange = this.#strange(clone);
            return this.#branch(clone, strange ?? byName(clone), !strange && clone.status === 'FATAL');
        });
        return { items, complete: true };
    }
    /** Waits while the engine works on the clone: what will become of it cannot be told before. */
    async find(name) {
        const doing = `Reading "${name}"`;
        const seen = await this.#named(name, doing);
        const clone = seen && (await this.#settled(seen, doing));
        return clone && this.#recognise(clone);
    }
    async create(spec) {
        const doing = `Creating "${spec.name}" from "${spec.parent}"`;
        (0,rows/* refuseUnruled */.y4)(spec);
        const { clone: made, heard } = await this.#start(spec, doing);
        if (heard)
            spec.onMade?.(idOf(made));
        const clone = await this.#ready(made, doing);
        if (clone.parent !== '' && clone.parent !== spec.parent) {
            throw new errors/* ProviderError */.mZ(`${doing} failed: the snapshot of "point_in_time" is one of the branch "${clone.parent}". Check "parent_branch" and "point_in_time".`);
        }
        const notes = await this.#finish(clone, spec, (build) => {
            if (build === spec.claim.build)
                spec.onMade?.(idOf(clone));
            // An engine that does not tell is believed only where it has answered us.
            else if (build !== '' || !heard)
                throw new errors/* ConflictError */.fK(`another run made "${spec.name}"`);
        });
        return { branch: this.#branch(clone, signed(spec)), notes };
    }
    /**
     * The engine brings the parent's data back and takes our claim along with the old ones. So the branch is as it was
     * until the engine begins, half-built until the new claim stands, and found as such whatever happens in between.
     */
    async reset(branch, spec) {
        const { name, parent, pointInTime } = spec;
        const doing = `Rebuilding "${name}" from "${parent}"`;
        (0,rows/* refuseUnruled */.y4)(spec);
        const snapshot = pointInTime ?? (await this.#engine.snapshotOf(parent, doing));
        const seen = await this.#named(name, doing);
        const old = seen && (await this.#settled(seen, doing));
        if (!old || idOf(old) !== branch.id)
            throw new errors/* ConflictError */.fK(`"${name}" was made anew or removed`);
        await this.#engine.reset(name, { snapshot, doing }).catch(async (error) => {
            if (!(error instanceof http_api/* LostAnswerError */.nD))
                throw error;
            const now = await this.#engine.clone(name, doing);
            // Still whole: the engine did not hear us, or refused.
            if (!now || (isSettled(now) && now.status !== 'FATAL' && !(await this.#recognise(now)).unfinished))
                throw error;
        });
        // What was read before says nothing any more.
        const clone = await this.#ready({ ...old, status: 'RESETTING' }, doing);
        return { branch: this.#branch(clone, signed(spec)), notes: await this.#finish(clone, spec, () => undefined) };
    }
    async delete(branch) {
        const { name, id } = branch;
        const doing = `Deleting "${name}"`;
        let asked = 0;
        let heard = false;
        return (0,wait/* waitFor */.f)(this.#waiting(branch), async () => {
            const clone = asked === 0 ? await this.#named(name, doing) : await this.#engine.clone(name, doing);
            if (!clone || idOf(clone) !== id)
                return { ready: asked === 0 ? 'absent' : 'deleted' };
            // Its server would go on without its clone if it were deleted while it is being made.
            if (!isSettled(clone))
                return { waitingFor: `DBLab says ${clone.status}` };
            if (heard && clone.status === 'FATAL')
                throw removalFailure(doing);
            if (clone.protected)
                throw protectionFailure(doing, name);
            asked += 1;
            heard = await this.#remove(name, { doing, last: asked === deletionAttempts });
            return { waitingFor: 'DBLab removes it' };
        });
    }
    async connection(branch) {
        const known = this.#ways.get(branch.id);
        if (known)
            return known;
        const doing = `Connecting to "${branch.name}"`;
        const clone = await this.#named(branch.name, doing);
        if (!clone || idOf(clone) !== branch.id) {
            throw new errors/* ProviderError */.mZ(`${doing} failed: the branch was removed or made anew. Run the job again.`);
        }
        return this.#way(await this.#ready(clone, doing));
    }
    async close() { }
    /** `heard`: the engine has answered that it makes this very clone; else one of that name is there all the same. */
    async #start(spec, doing) {
        try {
            return { clone: await this.#engine.start(spec, { ...this.#login(spec, 'build'), doing }), heard: true };
        }
        catch (error) {
            const lost = error instanceof http_api/* LostAnswerError */.nD;
            if (!lost && !(error instanceof http_api/* ApiError */.hD && error.failure.status === 400))
                throw error;
            const clone = await this.#named(spec.name, doing);
            if (!clone)
                throw error;
            // What was made by the same key and under the same name tells in the end which build made it.
            if (lost && !this.#strange(clone))
                return { clone, heard: false };
            throw new errors/* ConflictError */.fK(`"${spec.name}" exists already`, { cause: error });
        }
    }
    /** Does what the data policy asks for and signs. `check` is told which build made the clone, before anything is written. */
    async #finish(clone, spec, check) {
        const inside = this.#way(clone, 'build');
        const { build, others } = await survey(inside, this.#ports).catch((error) => {
            throw isRefused(error) ? new errors/* ConflictError */.fK(`another run made "${clone.name}"`, { cause: error }) : error;
        });
        check(build);
        const notes = await finishClone(inside, others, { ports: this.#ports, spec });
        const way = this.#way(clone);
        await openDoor(inside, way, this.#ports);
        this.#ways.set(idOf(clone), way);
        return notes;
    }
    /** Whether the engine has heard it; a lost answer is an error only the `last` time. */
    async #remove(name, { doing, last }) {
        try {
            await this.#engine.remove(name, doing);
            return true;
        }
        catch (error) {
            if (error instanceof http_api/* LostAnswerError */.nD && error.failure?.said === 'clone not found')
                return true;
            if (!(error instanceof http_api/* LostAnswerError */.nD) || error.failure?.said === 'clone is protected' || last)
                throw error;
            return false;
        }
    }
    /**
     * Reads the claim by logging in. Who gets in has made the clone, because nobody else knows its passwords; a clone
     * without a claim of its own, or with the password of its build, is then a half-built one.
     */
    async #recognise(clone) {
        const strange = this.#strange(clone);
        if (strange)
            return this.#branch(clone, strange);
        if (clone.status === 'FATAL')
            return this.#branch(clone, byName(clone), true);
        const reading = await this.#readClaim(clone);
        return reading.kind === 'none' ? this.#branch(clone, byName(clone), true) : this.#branch(clone, reading);
    }
    async #readClaim(clone) {
        const way = this.#way(clone);
        try {
            const reading = await this.#ports.database.readClaim(way);
            this.#ways.set(idOf(clone), way);
            return reading.kind === 'claim' && isInherited(reading.claim, clone) ? { kind: 'none' } : reading;
        }
        catch (error) {
            // Its user dropped the database. The password was right, or the server would not have told.
            if ((0,sql_session/* sqlState */.cn)(error) === '3D000')
                return { kind: 'none' };
            if (!isRefused(error))
                throw error;
            return (await this.#takesBuilder(clone)) ? { kind: 'none' } : { kind: 'unreadable', why: refusesUs };
        }
    }
    /** Of ours, and no run has opened it yet. */
    async #takesBuilder(clone) {
        try {
            await survey(this.#way(clone, 'build'), this.#ports);
            return true;
        }
        catch (error) {
            if (isRefused(error))
                return false;
            if ((0,sql_session/* sqlState */.cn)(error) === '3D000')
                return true;
            throw error;
        }
    }
    /** The whole list is asked, because a single clone is "not found" at a wrong address, too. */
    async #named(name, doing) {
        return (await this.#engine.clones(doing)).find((clone) => clone.name === name);
    }
    /** The clone once the engine is done with it; undefined when it went. */
    async #settled(clone, doing) {
        let looks = 0;
        let seen = clone;
        return (0,wait/* waitFor */.f)(this.#waiting(clone), async () => {
            if (looks > 0)
                seen = await this.#engine.clone(clone.name, doing);
            looks += 1;
            return !seen || isSettled(seen) ? { ready: seen } : { waitingFor: `DBLab says ${seen.status}` };
        });
    }
    /** The same clone, ready to be logged in to. */
    async #ready(made, doing) {
        const clone = await this.#settled(made, doing);
        if (!clone || idOf(clone) !== idOf(made))
            throw new errors/* ConflictError */.fK(`"${made.name}" was made anew or removed meanwhile`);
        if (clone.status === 'FATAL')
            throw startFailure(clone, doing);
        return clone;
    }
    #waiting({ name }) {
        const { clock, info } = this.#ports;
        return { what: `Clone "${name}"`, every: lookEvery, deadline: patience, clock, info };
    }
    #login({ name }, stage) {
        return loginOf(stage, name, { account: this.#account, repository: this.#ports.repository });
    }
    #way(clone, stage = 'branch') {
        const { apiUrl } = this.#account;
        return connectionTo(clone, this.#login(clone, stage), { apiUrl, mask: this.#ports.mask });
    }
    #branch(clone, claim, unfinished = false) {
        return {
            id: idOf(clone),
            name: clone.name,
            claim,
            ...(clone.createdAt !== undefined && { createdAt: clone.createdAt }),
            ...(clone.protected && { protection: protectedClone }),
            ...(unfinished && { unfinished }),
        };
    }
    #strange(clone) {
        return strangeTo(userOf(this.#account, this.#ports.repository), clone);
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


/***/ })

};
