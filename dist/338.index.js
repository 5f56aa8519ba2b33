export const id = 338;
export const ids = [338];
export const modules = {

/***/ 7338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  capabilities: () => (/* binding */ capabilities),
  createNeonProvider: () => (/* binding */ createNeonProvider)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./lib/domain/aside.js
var domain_aside = __webpack_require__(4552);
// EXTERNAL MODULE: ./lib/domain/known.js
var known = __webpack_require__(1255);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/http/api.js + 1 modules
var http_api = __webpack_require__(7352);
// EXTERNAL MODULE: ./lib/sql/parent.js
var sql_parent = __webpack_require__(4898);
// EXTERNAL MODULE: ./lib/sql/rows.js
var rows = __webpack_require__(2699);
// EXTERNAL MODULE: ./lib/secret.js
var secret = __webpack_require__(3251);
;// CONCATENATED MODULE: ./lib/providers/neon/api.js


/**
 * 423 (another operation is running) and 503 are always safe to repeat, by the words of the API's description.
 * Source: https://api-docs.neon.tech/reference/createprojectbranch
 */
function openProject(account, ports) {
    const { fetch, clock, signal } = ports;
    const api = (0,http_api/* openApi */.Nd)({
        platform: 'Neon',
        baseUrl: account.apiUrl,
        fetch,
        clock,
        signal,
        headers: { authorization: new secret/* Secret */.zh(`Bearer ${account.apiKey.reveal()}`) },
        policy: { untouched: [423, 503], attempts: 6 },
        explain,
    });
    return { api, place: (0,http_api/* path */.Ae) `/projects/${account.project}`, account, ports };
}
/** Codes: https://neon.com/docs/introduction/plans has the limits that they stand for. */
function explain({ status, code }) {
    switch (code) {
        case 'ROOT_BRANCHES_LIMIT_EXCEEDED':
            return {
                why: 'the project has as many root branches as its plan allows, and every branch that is made without data, to be masked too, is one',
                advice: 'Delete branches (mode "cleanup" does), change the plan, or make branches from a golden parent, which are no root branches.',
            };
        case 'BRANCHES_LIMIT_EXCEEDED':
            return {
                why: 'the project has as many branches as its plan allows',
                advice: 'Delete branches (mode "cleanup" does) or change the plan.',
            };
        case 'COMPUTE_TIME_EXCEEDED':
            return { why: 'the compute time of the plan is used up', advice: 'Change the plan or wait for the next month.' };
    }
    if (/_LIMIT_EXCEEDED/.test(code)) {
        return { why: 'the project has reached a limit of its plan', advice: 'Delete branches or change the plan.' };
    }
    if (status === 404) {
        return {
            why: 'Neon has no such project or branch, or does not show it to this key',
            advice: 'Check "project" and "api_key".',
        };
    }
    return undefined;
}

// EXTERNAL MODULE: ./lib/domain/claim.js
var domain_claim = __webpack_require__(6768);
;// CONCATENATED MODULE: ./lib/providers/neon/claim.js

/**
 * The claim as the branch's annotation: at most 50 keys with texts. It can be written only together with the branch
 * and never changed, which the API's description has no operation for.
 * Source: https://api-docs.neon.tech/reference/createprojectbranch (`annotation_value`)
 */
const prefix = 'db-branch-action-';
/** Numbers among the fields; an annotation holds texts only. */
const numbers = ['repository', 'pull_request'];
/** `github-pr-number` is the key of Neon's own action, by which its console shows the pull request. */
function annotationOf(claim) {
    const [signature, json] = splitClaim((0,domain_claim/* encodeClaim */.l)(claim));
    const { masked, ...fields } = JSON.parse(json);
    const flat = { ...fields, ...(masked && { masked_rules: masked.rules, masked_key: masked.key }) };
    const texts = Object.entries(flat).flatMap(([name, value]) => (value === null ? [] : [[keyOf(name), String(value)]]));
    return {
        [`${prefix}version`]: signature.split('/')[1] ?? '',
        ...Object.fromEntries(texts),
        ...(claim.pullRequest !== null && { 'github-pr-number': String(claim.pullRequest) }),
    };
}
/** Never throws: what cannot be read is nobody's to touch. */
function readAnnotation(value) {
    const entries = Object.entries(value ?? {}).filter(([key]) => key.startsWith(prefix));
    if (entries.length === 0)
        return { kind: 'none' };
    const fields = Object.fromEntries(entries.map(([key, text]) => [nameOf(key), text]));
    const { version, masked_rules: rules, masked_key: key, ...rest } = fields;
    if (rules !== undefined || key !== undefined)
        rest['masked'] = { rules, key };
    if (rest['golden'] === 'true')
        rest['golden'] = true;
    for (const name of numbers) {
        if (typeof rest[name] === 'string' && /^[1-9]\d*$/.test(rest[name]))
            rest[name] = Number(rest[name]);
    }
    const known = typeof version === 'string' && /^\d+$/.test(version) ? version : '0';
    return (0,domain_claim/* readClaim */.jw)(`db-branch-action/${known} ${JSON.stringify({ pull_request: null, ...rest })}`);
}
function keyOf(field) {
    return prefix + field.replaceAll('_', '-');
}
function nameOf(key) {
    return key.slice(prefix.length).replaceAll('-', '_');
}
/** `db-branch-action/1 {…}` into its two parts. */
function splitClaim(line) {
    const space = line.indexOf(' ');
    return [line.slice(0, space), line.slice(space + 1)];
}

;// CONCATENATED MODULE: ./lib/providers/neon/branches.js



/** The longest page that the API gives. Source: https://api-docs.neon.tech/reference/listprojectbranches */
const pageSize = 10_000;
/**
 * Every branch of the project, with its claim, in one request per 10,000.
 * @throws ProviderError when any page fails.
 */
async function readBranches({ api, place, ports }, doing) {
    const items = [];
    const annotations = new Map();
    const cursors = new Set();
    for (let cursor;;) {
        const { body } = await api.send('GET', `${place}/branches`, { doing, query: { limit: pageSize, cursor } });
        const page = body.at('branches').items;
        items.push(...page);
        const marks = body.at('annotations');
        for (const id of Object.keys(marks.object))
            annotations.set(id, marks.at(id).at('value').object);
        cursor = body.at('pagination').exists ? body.at('pagination').at('next').maybeText : undefined;
        if (cursor === undefined || page.length === 0)
            break;
        if (cursors.has(cursor))
            throw new errors/* ProviderError */.mZ(`${doing} failed: Neon gave the same page twice. Run the job again.`);
        cursors.add(cursor);
    }
    const parents = new Set(items.flatMap((item) => item.at('parent_id').maybeText ?? []));
    const now = ports.clock.now();
    const branches = items.map((item) => branchOf(item, { annotations, parents, now }));
    return [...new Map(branches.map((branch) => [branch.id, branch])).values()];
}
function branchOf(item, { annotations, parents, now }) {
    const id = item.at('id').text;
    const name = item.at('name').text;
    const claim = readAnnotation(annotations.get(id));
    const state = item.at('current_state').text;
    const own = item.at('default').flag
        ? 'it is the default branch of the project'
        : item.at('protected').flag
            ? 'it is protected on Neon'
            : undefined;
    const hasChildren = own === undefined && parents.has(id);
    const protection = hasChildren ? 'other branches are made from it' : own;
    return {
        id,
        name,
        claim,
        ...(protection !== undefined && { protection }),
        ...(hasChildren && { hasChildren }),
        ...(state === 'init' && { unfinished: true }),
        ...(claim.kind !== 'claim' && { createdAt: item.at('created_at').text }),
        ...asideMarks(name, claim, now),
    };
}
/** An aside is one by its name and its claim: a user's branch can have any name. */
function asideMarks(name, claim, now) {
    const aside = (0,domain_aside/* asideOf */.KN)(name);
    if (claim.kind !== 'claim' || claim.claim.branch !== aside?.branch)
        return {};
    const age = now.getTime() - Date.parse(claim.claim.createdAt);
    return { leftover: true, ...(aside.kind === 'new' && age < (0,domain_aside/* buildPatience */.Kq)(claim.claim.dataPolicy) && { alive: true }) };
}

// EXTERNAL MODULE: ./lib/http/wait.js
var wait = __webpack_require__(911);
;// CONCATENATED MODULE: ./lib/providers/neon/operations.js



/** Operations of one page; those of this run are among the newest. */
const operations_pageSize = 100;
/** Milliseconds: most branches are ready about a second after they were ordered. */
const firstLook = 1000;
const every = 2000;
const deadline = 10 * 60_000;
/**
 * Waits until the operations that an answer named are over.
 * Source: https://neon.com/docs/manage/operations
 * @throws ProviderError when one of them failed, or the time is over.
 */
async function settle(project, doing, named) {
    const { clock, info } = project.ports;
    let open = unfinished(doing, named);
    if (open.length === 0)
        return;
    await clock.sleep(firstLook);
    await (0,wait/* waitFor */.f)({ what: doing, every, deadline, clock, info }, async () => {
        open = unfinished(doing, await read(project, doing, open));
        const [next] = open;
        return next ? { waitingFor: `Neon's operation ${next.at('action').text} is not over` } : { ready: true };
    });
}
/** The operations of a branch whose order got no answer. */
async function operationsOf({ api, place }, doing, branch) {
    const { body } = await api.send('GET', `${place}/operations`, { doing, query: { limit: operations_pageSize } });
    return body.at('operations').items.filter((operation) => operation.at('branch_id').maybeText === branch);
}
/** All in one request; the order of that list is not documented, so what is not in it is asked for by itself. */
async function read({ api, place }, doing, open) {
    const { body } = await api.send('GET', `${place}/operations`, { doing, query: { limit: operations_pageSize } });
    const listed = new Map(body.at('operations').items.map((operation) => [operation.at('id').text, operation]));
    return Promise.all(open.map(async (operation) => {
        const id = operation.at('id').text;
        return listed.get(id) ?? (await api.send('GET', place + (0,http_api/* path */.Ae) `/operations/${id}`, { doing })).body.at('operation');
    }));
}
function unfinished(doing, operations) {
    return operations.filter((operation) => {
        const status = operation.at('status').text;
        if (['failed', 'error', 'cancelled'].includes(status)) {
            const what = `Neon's operation ${operation.at('action').text} ended as "${status}"`;
            throw new errors/* ProviderError */.mZ(`${doing} failed: ${what}. Look at the operations of the project and run the job again.`);
        }
        return status !== 'finished' && status !== 'skipped';
    });
}

;// CONCATENATED MODULE: ./lib/providers/neon/login.js




/** What a project starts with. Source: https://neon.com/docs/manage/databases#default-database */
const usual = { database: 'neondb', role: 'neondb_owner' };
/**
 * The URL of a branch. Without "database" and "role" it is that of Neon's usual ones, else of the only database.
 * @throws ProviderError, also when there are several databases to choose from.
 */
async function readLogin(project, branch) {
    const { database, role } = project.account;
    const given = database !== '' && role !== '' ? { database, role } : undefined;
    const guess = given ?? (database === '' && role === '' ? usual : await chooseLogin(project, branch));
    const first = await askUri(project, branch, guess);
    if (first !== 'absent')
        return first;
    const second = guess === usual ? await askUri(project, branch, await chooseLogin(project, branch)) : first;
    if (second !== 'absent')
        return second;
    throw new errors/* ProviderError */.mZ(`${doing(branch)} failed: the branch has no such database or role, or no compute. Check "database" and "role".`);
}
/** Of the answer to an order, which brings the URL where the parent has one database and one role. */
function loginIn(project, answer) {
    const { database, role } = project.account;
    const uris = answer.at('connection_uris').exists ? answer.at('connection_uris').items : [];
    const fits = uris.find((uri) => {
        const parameters = uri.at('connection_parameters');
        const differs = (wanted, field) => wanted !== '' && parameters.at(field).text !== wanted;
        return !differs(database, 'database') && !differs(role, 'role');
    });
    if (uris.length !== 1 || !fits)
        return undefined;
    return connectionOf(project, fits.at('connection_uri').text, fits.at('connection_parameters').at('pooler_host').text);
}
/** The database that is meant on this branch. */
async function chooseDatabase(project, branch) {
    return (await chooseLogin(project, branch)).database;
}
async function chooseLogin({ api, place, account }, branch) {
    const request = { doing: `Reading the databases of "${branch.name}"` };
    const { body } = await api.send('GET', place + (0,http_api/* path */.Ae) `/branches/${branch.id}/databases`, request);
    const databases = body.at('databases').items.map((item) => ({
        database: item.at('name').text,
        owner: item.at('owner_name').text,
    }));
    const wanted = account.database || usual.database;
    const named = databases.find(({ database }) => database === wanted);
    const chosen = named ?? (account.database === '' && databases.length === 1 ? databases[0] : undefined);
    if (chosen)
        return { database: chosen.database, role: account.role || chosen.owner };
    const there = databases.map(({ database }) => `"${database}"`).join(', ') || 'none';
    const fault = account.database === '' ? 'which database is meant is not clear' : `there is no "${account.database}"`;
    throw new errors/* ProviderError */.mZ(`${request.doing} failed: ${fault}; there are: ${there}. Set "database" to one of them.`);
}
async function askUri(project, branch, login) {
    const { api, place } = project;
    const query = { branch_id: branch.id, database_name: login.database, role_name: login.role };
    const request = { doing: doing(branch), query, accept: [404, 412] };
    const { status, body } = await api.send('GET', `${place}/connection_uri`, request);
    if (status === 404)
        return 'absent';
    return status === 412 ? newPassword(project, branch, login) : connectionOf(project, body.at('uri').text);
}
/**
 * A project that stores no passwords cannot tell the one of a branch, so a new one is made; on our own branch only.
 * Source: https://api-docs.neon.tech/reference/getprojectbranchrolepassword (412)
 */
async function newPassword(project, branch, { database, role }) {
    const { api, place } = project;
    const request = { doing: `Making a password for "${role}" of "${branch.name}"` };
    if (!branch.own) {
        throw new errors/* ProviderError */.mZ(`${doing(branch)} failed: the project stores no passwords, and the one of a parent is not changed. Use data_policy "copy", or a project that stores passwords.`);
    }
    const reset = place + (0,http_api/* path */.Ae) `/branches/${branch.id}/roles/${role}/reset_password`;
    const { body } = await api.send('POST', reset, request);
    const password = new secret/* Secret */.zh(body.at('role').at('password').text);
    project.ports.mask(password);
    await settle(project, request.doing, body.at('operations').items);
    const endpoints = await api.send('GET', place + (0,http_api/* path */.Ae) `/branches/${branch.id}/endpoints`, { doing: doing(branch) });
    const door = endpoints.body.at('endpoints').items.find((endpoint) => endpoint.at('type').text === 'read_write');
    if (!door)
        throw new errors/* ProviderError */.mZ(`${doing(branch)} failed: the branch has no compute. Delete it and run the job again.`);
    const login = `${encodeURIComponent(role)}:${encodeURIComponent(password.reveal())}`;
    const uri = `postgresql://${login}@${door.at('host').text}/${encodeURIComponent(database)}?sslmode=require`;
    return connectionOf(project, uri);
}
function connectionOf({ ports }, uri, poolerHost) {
    const url = new secret/* Secret */.zh(uri);
    ports.mask(url);
    const parsed = URL.canParse(uri) ? new URL(uri) : undefined;
    if (!parsed || parsed.password === '') {
        throw new errors/* ProviderError */.mZ("The platform's answer cannot be used: the URL in it has no password. Run the job again.");
    }
    const password = new secret/* Secret */.zh(decodeURIComponent(parsed.password));
    ports.mask(password);
    const pooled = poolerHost ?? poolerOf(parsed.host);
    const pooledUrl = pooled === undefined ? undefined : new secret/* Secret */.zh(uri.replace(`@${parsed.host}/`, () => `@${pooled}/`));
    if (pooledUrl)
        ports.mask(pooledUrl);
    return {
        url,
        ...(pooledUrl && { pooledUrl }),
        host: parsed.hostname,
        port: Number(parsed.port || 5432),
        database: decodeURIComponent(parsed.pathname.slice(1)),
        username: decodeURIComponent(parsed.username),
        password,
    };
}
/**
 * The pooler stands beside the endpoint, with `-pooler` after the endpoint's id.
 * Source: https://neon.com/docs/connect/connection-pooling#how-to-use-connection-pooling
 */
function poolerOf(host) {
    return /^ep-[a-z0-9-]+\./.test(host) ? host.replace('.', '-pooler.') : undefined;
}
function doing({ name }) {
    return `Reading the URL of "${name}"`;
}

;// CONCATENATED MODULE: ./lib/providers/neon/orders.js







/** Statuses that can mean that the name is taken: 409 by the platform's word, the others to be sure. */
const conflicts = [400, 409, 422];
/**
 * Orders a branch with a compute. A lost answer, or a name that is taken, is looked into; without `answer` the branch
 * was found to be there.
 * @throws ConflictError when the name is another build's.
 */
async function orderBranch(project, order) {
    const { doing, spec, name } = order;
    try {
        const answer = await send(project, order);
        return { id: answer.at('branch').at('id').text, answer };
    }
    catch (error) {
        if (error instanceof http_api/* ApiError */.hD && error.failure.status === 404)
            throw noParent(doing);
        if (!(error instanceof http_api/* LostAnswerError */.nD) && !isConflict(error))
            throw error;
        const there = (await readBranches(project, doing)).find((branch) => branch.name === name);
        if (!there)
            throw error;
        if (isOfBuild(there, spec.claim.build))
            return { id: there.id };
        throw taken(name, error);
    }
}
/** A parent that was made a moment ago is not ready to be copied, which is told by 422. */
async function send({ api, place, ports }, { doing, spec, name, parent }) {
    const body = {
        branch: {
            name,
            parent_id: parent,
            ...startOf(doing, spec),
            ...((0,rows/* workOnRows */._4)(spec) !== 'nothing' && { init_source: 'schema-only' }),
            ...(spec.expiresAt && { expires_at: inSeconds(spec.expiresAt) }),
        },
        endpoints: [{ type: 'read_write' }],
        annotation_value: annotationOf(spec.claim),
    };
    const { clock, info } = ports;
    return (0,wait/* waitFor */.f)({ what: doing, every: 2000, deadline: 2 * 60_000, clock, info }, async () => {
        try {
            return { ready: (await api.send('POST', `${place}/branches`, { doing, body })).body };
        }
        catch (error) {
            const { status, said } = error instanceof http_api/* ApiError */.hD ? error.failure : { status: 0, said: '' };
            if (status === 422 && /not ready/i.test(said))
                return { waitingFor: 'the parent is not ready' };
            throw error;
        }
    });
}
/** Gives a branch another name; doing it twice is harmless, so a lost answer is looked into and sent again. */
async function renameBranch(project, { id, name: old }, name) {
    const { api, place } = project;
    const doing = `Renaming "${old}" to "${name}"`;
    const here = place + (0,http_api/* path */.Ae) `/branches/${id}`;
    const send = () => api.send('PATCH', here, { doing, body: { branch: { name } } });
    try {
        const answer = await send().catch(async (error) => {
            if (!(error instanceof http_api/* LostAnswerError */.nD))
                throw error;
            const { body } = await api.send('GET', here, { doing });
            return body.at('branch').at('name').text === name ? undefined : send();
        });
        if (answer)
            await settle(project, doing, answer.body.at('operations').items);
    }
    catch (error) {
        if (!isConflict(error))
            throw error;
        const there = (await readBranches(project, doing)).find((branch) => branch.name === name);
        if (!there)
            throw error;
        if (there.id !== id)
            throw taken(name, error);
    }
}
/** The earlier state of the parent that is asked for, which Neon takes as a time or as a log position. */
function startOf(doing, spec) {
    const { pointInTime } = spec;
    if (pointInTime === undefined)
        return {};
    const work = (0,rows/* workOnRows */._4)(spec);
    if (work !== 'nothing') {
        const what = work === 'mask' ? 'the rows of a masked branch are' : 'the migration ledger of a branch without data is';
        throw new errors/* ProviderError */.mZ(`${doing} failed: ${what} copied from the parent as it is now, not as it was. Remove "point_in_time" or use another data_policy.`);
    }
    if (/^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i.test(pointInTime))
        return { parent_lsn: pointInTime };
    // Date.parse alone would read "snapshot-3" as a day in 2001.
    const time = /^\d{4}-\d\d-\d\dT/.test(pointInTime) ? Date.parse(pointInTime) : Number.NaN;
    if (!Number.isNaN(time))
        return { parent_timestamp: new Date(time).toISOString() };
    throw new errors/* ProviderError */.mZ(`${doing} failed: Neon takes a time (2026-11-22T08:00:00Z) or a log position (0/1E88EE0). Check "point_in_time".`);
}
/** Neon takes times in whole seconds. Source: https://neon.com/docs/guides/branch-expiration */
function inSeconds(time) {
    return `${time.toISOString().slice(0, 19)}Z`;
}
function noParent(doing) {
    return new errors/* ProviderError */.mZ(`${doing} failed: there is no such branch in the project on Neon. Check "parent_branch".`);
}
function taken(name, cause) {
    return new errors/* ConflictError */.fK(`there is already a branch "${name}" on Neon`, { cause });
}
function isConflict(error) {
    return error instanceof http_api/* ApiError */.hD && conflicts.includes(error.failure.status);
}
function isOfBuild({ claim }, build) {
    return claim.kind === 'claim' && claim.claim.build === build;
}

;// CONCATENATED MODULE: ./lib/providers/neon.js













/**
 * `reset` is `swap` although Neon can restore a branch in place: annotations cannot be changed, so a restored branch
 * would go on claiming the run, the date and the parent's schema of its first build; and a branch without data, which a
 * masked one begins as, is a root branch, which cannot be reset.
 */
const capabilities = {
    engine: 'postgresql',
    claims: 'branch',
    schemaOnly: 'native',
    masked: 'stream',
    copy: true,
    golden: true,
    reset: 'swap',
    pointInTime: true,
    expiry: true,
    pooledUrl: true,
    urlReadableLater: true,
    sessions: true,
};
/** Branches of one Neon project. API: https://api-docs.neon.tech/reference/getting-started-with-neon-api */
function createNeonProvider(account, ports) {
    return new NeonProvider(openProject(account, ports));
}
class NeonProvider {
    capabilities = capabilities;
    #project;
    /** What was listed last, until this provider changes anything. What is deleted is always read again before. */
    #listing;
    /** By branch id: what the answer to the order told, which needs no second request. */
    #connections = new Map();
    constructor(project) {
        this.#project = project;
    }
    async list() {
        return { items: await this.#read('Listing branches'), complete: true };
    }
    /** By the whole list: the platform's search finds parts of names, and the list tells a parent's id as well. */
    async find(name) {
        return (await this.#read(`Looking for "${name}"`)).find((branch) => branch.name === name);
    }
    async create(spec) {
        const branches = await this.#recent(creating(spec));
        if (branches.some(({ name }) => name === spec.name))
            throw taken(spec.name);
        if ((0,rows/* workOnRows */._4)(spec) === 'nothing')
            return this.#build(spec, spec.name);
        const name = (0,domain_aside/* asideName */.o1)({ branch: spec.name, kind: 'new' }, spec.claim.build);
        const { branch, notes } = await this.#build(spec, name);
        try {
            return { branch: await this.#rename(branch, spec.name), notes };
        }
        catch (error) {
            // The other run's branch is the one that counts; a dead root branch would take a place of few.
            if (error instanceof errors/* ConflictError */.fK)
                await this.delete(branch);
            throw error;
        }
    }
    /**
     * Builds aside and exchanges the names. The old branch is left aside, for the caller to delete; one that others were
     * made from stays there until they are gone.
     */
    async reset(branch, spec) {
        const { build } = spec.claim;
        const { branch: fresh, notes } = await this.#build(spec, (0,domain_aside/* asideName */.o1)({ branch: spec.name, kind: 'new' }, build));
        const old = await this.#rename(branch, (0,domain_aside/* asideName */.o1)({ branch: spec.name, kind: 'old' }, build));
        try {
            return { branch: await this.#rename(fresh, spec.name), notes };
        }
        catch (error) {
            if (!(error instanceof errors/* ConflictError */.fK))
                await this.#rename(old, spec.name).catch(() => undefined);
            throw error;
        }
    }
    /**
     * For good where the branch held the parent's rows: the default would keep them restorable for seven days.
     * Source: https://api-docs.neon.tech/reference/deleteprojectbranch
     */
    async delete(branch) {
        const { api, place } = this.#project;
        const doing = `Deleting "${branch.name}"`;
        const rowless = branch.claim.kind === 'claim' && branch.claim.claim.dataPolicy === 'schema_only';
        const query = rowless ? {} : { hard_delete: true };
        this.#listing = undefined;
        const answer = await api.send('DELETE', place + (0,http_api/* path */.Ae) `/branches/${branch.id}`, { doing, query, accept: [404] });
        if (answer.status === 204 || answer.status === 404)
            return 'absent';
        await settle(this.#project, doing, answer.body.at('operations').items);
        return 'deleted';
    }
    async leftovers(name) {
        const branches = await this.#recent(`Looking for what was left of "${name}"`);
        return branches.filter(({ leftover, alive, hasChildren, claim }) => {
            return leftover && !alive && !hasChildren && claim.kind === 'claim' && claim.claim.branch === name;
        });
    }
    /** Nobody else can stop a run's build; what it left goes, and a branch that it had put aside gets its name back. */
    async abandon(build) {
        const branches = await this.#read('Looking for half-built branches');
        for (const branch of branches) {
            if (!branch.leftover || branch.claim.kind !== 'claim')
                continue;
            const { claim } = branch.claim;
            if (claim.build === build)
                await this.delete(branch);
            else if (branch.name === (0,domain_aside/* asideName */.o1)({ branch: claim.branch, kind: 'old' }, build)) {
                if (!branches.some(({ name }) => name === claim.branch))
                    await this.#rename(branch, claim.branch);
            }
        }
    }
    async extend(branch, expiresAt) {
        const { api, place } = this.#project;
        const doing = `Moving the expiry of "${branch.name}"`;
        const body = { branch: { expires_at: inSeconds(expiresAt) } };
        await api.send('PATCH', place + (0,http_api/* path */.Ae) `/branches/${branch.id}`, { doing, body });
    }
    /** Of a suspended compute it is known that nobody is on it; of a running one Neon does not tell. */
    async sessions() {
        const { api, place } = this.#project;
        const { body } = await api.send('GET', `${place}/endpoints`, { doing: 'Listing computes' });
        const sessions = new Map();
        for (const endpoint of body.at('endpoints').items) {
            const branch = endpoint.at('branch_id').text;
            const idle = endpoint.at('current_state').text === 'idle' && !endpoint.at('pending_state').exists;
            if (!idle)
                sessions.set(branch, (0,known/* unknown */.L)('its compute is running, and Neon does not tell who uses it'));
            else if (!sessions.has(branch))
                sessions.set(branch, (0,known/* known */.e)(0));
        }
        return sessions;
    }
    /** Of the SQL that Neon writes; the lines in which pg_dump puts something new each time are left out. */
    async schemaFingerprint(name) {
        const { api, place } = this.#project;
        const doing = `Reading the schema of "${name}"`;
        const branch = (await this.#recent(doing)).find((one) => one.name === name);
        if (!branch)
            throw new errors/* ProviderError */.mZ(`${doing} failed: there is no such branch. Check "parent_branch".`);
        const query = { db_name: await chooseDatabase(this.#project, branch), format: 'sql' };
        const { body } = await api.send('GET', place + (0,http_api/* path */.Ae) `/branches/${branch.id}/schema`, { doing, query });
        const lasting = body.at('sql').text.replace(/^(\\(un)?restrict |-- Dumped ).*$/gm, '');
        return (0,external_node_crypto_.createHash)('sha256').update(lasting).digest('hex');
    }
    async openParent(name) {
        const doing = `Opening "${name}"`;
        const parent = (await this.#recent(doing)).find((branch) => branch.name === name);
        if (!parent)
            throw noParent(doing);
        return (0,sql_parent.openOnParent)(await readLogin(this.#project, { ...parent, own: false }), this.#project.ports.signal);
    }
    async connection(branch) {
        return this.#connections.get(branch.id) ?? readLogin(this.#project, { ...branch, own: true });
    }
    async close() { }
    async #read(doing) {
        this.#listing = undefined;
        return (this.#listing = await readBranches(this.#project, doing));
    }
    async #recent(doing) {
        return this.#listing ?? this.#read(doing);
    }
    /** Makes a branch of this name and waits until it can be used, masked rows or ledgers in a branch without data included. */
    async #build(spec, name) {
        const doing = creating(spec);
        startOf(doing, spec);
        const parent = (await this.#recent(doing)).find((branch) => branch.name === spec.parent);
        if (!parent)
            throw noParent(doing);
        this.#listing = undefined;
        (0,rows/* requireParent */.is)(spec, parent.id);
        const { id, answer } = await orderBranch(this.#project, { doing, spec, name, parent: parent.id });
        spec.onMade?.(id);
        const operations = answer?.at('operations').items ?? (await operationsOf(this.#project, doing, id));
        await settle(this.#project, doing, operations);
        const connection = answer && loginIn(this.#project, answer);
        if (connection)
            this.#connections.set(id, connection);
        const branch = { id, name, claim: readAnnotation(annotationOf(spec.claim)) };
        return { branch, notes: await this.#fill(branch, parent, spec) };
    }
    /**
     * Into a branch without data: the rows as the rules mask them, or those of the migration ledgers. Which migrations were
     * applied is data, too: without these rows every tool would run its first one again.
     */
    async #fill(branch, parent, spec) {
        if ((0,rows/* workOnRows */._4)(spec) === 'nothing')
            return [];
        const { database } = this.#project.ports;
        const from = await readLogin(this.#project, { ...parent, own: false });
        const to = await this.connection(branch);
        return spec.masking ? database.fillMasked(from, to, spec.masking) : database.copyLedgers(from, to);
    }
    async #rename(branch, name) {
        this.#listing = undefined;
        await renameBranch(this.#project, branch, name);
        return { id: branch.id, name, claim: branch.claim };
    }
}
function creating({ name, parent }) {
    return `Creating "${name}" from "${parent}"`;
}


/***/ }),

/***/ 4898:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openOnParent: () => (/* binding */ openOnParent)
/* harmony export */ });
/* harmony import */ var _session_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3480);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4011);


const advice = 'Check that the platform lets this runner reach its branches (IP allow list, private network), and run the job again.';
/** A session on a parent, over the URL that its platform tells. */
function openOnParent({ url }, signal) {
    return (0,_session_js__WEBPACK_IMPORTED_MODULE_0__/* .openSession */ .fA)((0,_target_js__WEBPACK_IMPORTED_MODULE_1__/* .parseTarget */ .h)(url), { application: 'db-branch-action', signal, advice });
}


/***/ })

};
