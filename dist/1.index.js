export const id = 1;
export const ids = [1];
export const modules = {

/***/ 2001:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  capabilities: () => (/* binding */ capabilities),
  createXataProvider: () => (/* binding */ createXataProvider)
});

// EXTERNAL MODULE: ./lib/domain/aside.js
var domain_aside = __webpack_require__(4552);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/in-parallel.js
var in_parallel = __webpack_require__(6938);
// EXTERNAL MODULE: ./lib/sql/parent.js
var sql_parent = __webpack_require__(4898);
// EXTERNAL MODULE: ./lib/sql/rows.js
var rows = __webpack_require__(2699);
// EXTERNAL MODULE: ./lib/http/api.js + 1 modules
var api = __webpack_require__(7352);
// EXTERNAL MODULE: ./lib/secret.js
var secret = __webpack_require__(3251);
;// CONCATENATED MODULE: ./lib/providers/xata/api.js



/**
 * The branches of one project. Requests and answers: https://xata.io/docs/api and `openapi/gen/openapi.json` of
 * https://github.com/xataio/xata, whose server's source tells the rest.
 */
class XataBranches {
    #api;
    #place;
    #mask;
    constructor(account, ports) {
        this.#mask = ports.mask;
        this.#place = (0,api/* path */.Ae) `/organizations/${account.organization}/projects/${account.project}/branches`;
        this.#api = (0,api/* openApi */.Nd)({
            platform: 'Xata',
            baseUrl: account.apiUrl,
            fetch: ports.fetch,
            clock: ports.clock,
            signal: ports.signal,
            headers: { authorization: new secret/* Secret */.zh(`Bearer ${account.apiKey.reveal()}`) },
            // With 503 the server refuses before it does anything; with a POST whose first try did count, the name is taken.
            policy: { untouched: [503] },
            explain: (failure) => explain(failure, account),
        });
    }
    /** All of them: the endpoint has no pages. */
    async list() {
        const { body } = await this.#api.send('GET', this.#place, { doing: 'Listing branches' });
        return body.at('branches').items.map(listed);
    }
    /** Undefined when it is gone. */
    async describe({ id, name }) {
        const body = await unlessGone(async () => {
            return (await this.#api.send('GET', this.#at(id), { doing: `Reading "${name}"` })).body;
        });
        if (!body)
            return undefined;
        const state = body.at('status').at('statusType').text.replace('STATUS_TYPE_', '');
        const text = body.at('connectionString').maybeText;
        const connectionString = text === undefined ? undefined : new secret/* Secret */.zh(text);
        return { ...listed(body), state, connectionString };
    }
    async create(order) {
        const { name, parentId, description, doing } = order;
        const body = { name, mode: 'inherit', parentID: parentId, description };
        return listed((await this.#api.send('POST', this.#place, { doing, body })).body);
    }
    async change(id, change, doing) {
        return listed((await this.#api.send('PATCH', this.#at(id), { doing, body: change })).body);
    }
    async delete({ id, name }) {
        const gone = await unlessGone(() => this.#api.send('DELETE', this.#at(id), { doing: `Deleting "${name}"` }));
        return gone ? 'deleted' : 'absent';
    }
    /** Undefined as long as the branch has none. */
    async login({ id, name }) {
        const query = { username: 'xata' };
        const doing = `Reading the login of "${name}"`;
        const body = await unlessGone(async () => (await this.#api.send('GET', `${this.#at(id)}/credentials`, { doing, query })).body);
        if (!body)
            return undefined;
        const password = new secret/* Secret */.zh(body.at('password').text);
        this.#mask(password);
        const host = body.at('hostname').maybeText;
        const place = host === undefined ? undefined : { host, port: body.at('port').number, database: body.at('dbname').text };
        return { username: body.at('username').text, password, place };
    }
    #at(id) {
        return this.#place + (0,api/* path */.Ae) `/${id}`;
    }
}
/** `Branch [id]: not found`, `branch [id] not found`, `Credentials for username [xata] on branch [id]: not found`. */
function saysGone(error) {
    return (error instanceof api/* ApiError */.hD && error.failure.status === 404 && /\bbranch \[.*\]:? not found/i.test(error.failure.said));
}
/** A name that is taken; the other conflict of the same status asks to try again. */
function saysTaken(error) {
    return error instanceof api/* ApiError */.hD && error.failure.status === 409 && /already exists/.test(error.failure.said);
}
/** A change that is refused for the moment: somebody else changes the branch, or the platform holds all changes back. */
function saysLater(error) {
    if (!(error instanceof api/* ApiError */.hD))
        return false;
    const { status, said } = error.failure;
    return (status === 409 && /modified concurrently/.test(said)) || (status === 403 && /temporarily/.test(said));
}
/** Nobody knows whether it was carried out: no answer came, or one that cannot be used. */
function saysNothing(error) {
    return error instanceof errors/* ProviderError */.mZ && !(error instanceof api/* ApiError */.hD);
}
function saysParentUnhealthy(error) {
    return error instanceof api/* ApiError */.hD && error.failure.status === 412;
}
async function unlessGone(send) {
    try {
        return await send();
    }
    catch (error) {
        if (saysGone(error))
            return undefined;
        throw error;
    }
}
function listed(branch) {
    return {
        id: branch.at('id').text,
        name: branch.at('name').text,
        parentId: branch.at('parentID').maybeText,
        createdAt: branch.at('createdAt').text,
        description: branch.at('description').maybeText,
    };
}
function explain({ status, said }, { organization, project }) {
    if (status === 401 && said.includes('organization')) {
        return {
            why: `the key has no access to organization "${organization}"`,
            advice: 'Check "organization" and "api_key".',
        };
    }
    if (status === 404 && /^project \[/i.test(said)) {
        return { why: `organization "${organization}" has no project "${project}"`, advice: 'Check "project".' };
    }
    if (status === 400 && said.includes('too many branches')) {
        return {
            why: `project "${project}" has as many branches as it may have`,
            advice: 'Delete branches, for example with mode "cleanup", and run the job again.',
        };
    }
    if (status === 400 && /maximum (depth|children)/.test(said)) {
        return { why: 'its parent may have no further child', advice: 'Delete branches or set another "parent_branch".' };
    }
    if (status === 403 && said.includes('disabled')) {
        return { why: `Xata has disabled organization "${organization}"`, advice: 'Check its billing on Xata.' };
    }
    if (status === 403 && said.includes('branch limit')) {
        return {
            why: `organization "${organization}" is new and has as many branches as it may have for now`,
            advice: 'Delete branches, or run the job again in half a day.',
        };
    }
    if (status === 403 && !said.includes('temporarily')) {
        return {
            why: 'the key lacks a scope',
            advice: 'Give "api_key" the scopes branch:read, branch:write and credentials:read.',
        };
    }
    return undefined;
}
/** The sentence of a parent that is not there. */
function noParent({ name, parent }, project) {
    return new errors/* ProviderError */.mZ(`Creating "${name}" from "${parent}" failed: there is no such branch in project "${project}". Check "parent_branch".`);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/providers/xata/claim-text.js


const claim_text_form = /^dbba1 ([1-9]\d*) ([1-9]\d*|hand) ([smcg])([fu]) ([0-9a-z]{1,13}) ([0-9a-z]{5})$/;
const anyVersion = /^dbba\d+ /;
const letters = { schema_only: 's', masked: 'm', copy: 'c' };
/** Of a golden parent, which is masked. */
const golden = 'g';
const longest = 50;
/** @throws ProviderError when the claim is too long, which a repository id of more than 12 digits can make it. */
function describeClaim(claim, { finished }) {
    const { repository, pullRequest, dataPolicy, build, branch } = claim;
    const state = `${claim.golden ? golden : letters[dataPolicy]}${finished ? 'f' : 'u'}`;
    const text = `dbba1 ${repository} ${pullRequest ?? 'hand'} ${state} ${BigInt(`0x${build}`).toString(36)} ${checksumOf(branch)}`;
    if (text.length <= longest)
        return text;
    throw new errors/* ProviderError */.mZ(`Creating "${branch}" failed: its claim is longer than the ${longest} characters that Xata lets a description have. Report this to the maintainers of the action.`);
}
/** Never throws. `other`: a description that is no claim; `unknown`: one of a version or form that we do not know. */
function readDescription(text) {
    const match = claim_text_form.exec(text ?? '');
    if (!match)
        return anyVersion.test(text ?? '') ? 'unknown' : 'other';
    const [, repository = '', number = '', letter = '', state, build = '', checksum = ''] = match;
    const numbers = [repository, number].filter((digits) => digits !== 'hand').map(Number);
    if (!numbers.every(Number.isSafeInteger))
        return 'unknown';
    const policies = Object.keys(letters);
    const dataPolicy = letter === golden ? 'masked' : policies.find((policy) => letters[policy] === letter);
    const id = [...build].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
    if (!dataPolicy || id >= 1n << 64n)
        return 'unknown';
    return {
        repository: Number(repository),
        pullRequest: number === 'hand' ? null : Number(number),
        dataPolicy,
        ...(letter === golden && { golden: true }),
        finished: state === 'f',
        build: id.toString(16).padStart(16, '0'),
        checksum,
    };
}
/** Five characters that tell one branch name from another. */
function checksumOf(name) {
    const digest = (0,external_node_crypto_.createHash)('sha256').update(name).digest('hex');
    return BigInt(`0x${digest}`).toString(36).slice(-5);
}

;// CONCATENATED MODULE: ./lib/providers/xata/branch.js


/** A branch as we know it: with the claim of its description, and the parent by its id. */
function branchOf(listed, relatives) {
    const { id, name, createdAt } = listed;
    const described = readDescription(listed.description);
    const aside = (0,domain_aside/* asideOf */.KN)(name);
    const base = { id, name, claim: { kind: 'none' }, createdAt, ...protectionOf(listed, relatives) };
    if (described === 'other')
        return base;
    if (described === 'unknown')
        return { ...base, claim: unreadable('its claim has a form that is not known') };
    const leftover = aside !== undefined && checksumOf(aside.branch) === described.checksum;
    const branch = leftover ? aside.branch : name;
    if (checksumOf(branch) !== described.checksum) {
        return { ...base, claim: unreadable('its claim was written for another name') };
    }
    return {
        ...base,
        claim: claimOf({ listed, described, branch, relatives }),
        ...(leftover ? { leftover: true } : !described.finished && { unfinished: true }),
    };
}
function unreadable(why) {
    return { kind: 'unreadable', why };
}
function claimOf(known) {
    const { listed, branch, relatives } = known;
    const { repository, pullRequest, dataPolicy, build, golden } = known.described;
    const { parentId = 'none', createdAt } = listed;
    const found = relatives.find(({ id }) => id === parentId)?.name;
    const origin = found === undefined ? { parent: `${parentId}, which is gone` } : originOf(found);
    // A description has no room for the run, and none for what a branch was masked by.
    const claim = { repository, pullRequest, branch, ...origin, dataPolicy, run: 'unknown', build, createdAt };
    return { kind: 'claim', claim: { ...claim, ...(golden && { golden }) } };
}
/**
 * A golden parent that was rebuilt stands aside as long as there are branches of it. Its build cannot be told from here,
 * but that it is another one than that of the golden parent of today.
 */
function originOf(parent) {
    const aside = (0,domain_aside/* asideOf */.KN)(parent);
    return aside?.kind === 'old' ? { parent: aside.branch, parentBuild: `that of ${parent}` } : { parent };
}
/** Xata itself deletes a branch although others were made from it. */
function protectionOf({ id, parentId }, relatives) {
    if (parentId === undefined)
        return { protection: 'it is a root branch of its project' };
    const child = relatives.find((one) => 'parentId' in one && one.parentId === id);
    return child ? { protection: `"${child.name}" was made from it`, hasChildren: true } : {};
}

;// CONCATENATED MODULE: ./lib/providers/xata/connection.js

/**
 * The newer API says with the login where to log in; before, only the connection string of the branch told, whose own
 * login may be another one. Undefined as long as neither does.
 */
function connectionOf(from) {
    const { described, login } = from;
    const place = login.place ?? placeOf(described.connectionString);
    if (!place)
        return undefined;
    const { host, port } = place;
    const { username, password } = login;
    const database = from.database || place.database;
    const urlAt = (at) => new secret/* Secret */.zh(`postgresql://${encodeURIComponent(username)}:${encodeURIComponent(password.reveal())}@${at}:${port}/${encodeURIComponent(database)}?sslmode=require`);
    const pooler = poolerOf(host, described.id);
    return {
        url: urlAt(host),
        ...(pooler !== undefined && { pooledUrl: urlAt(pooler) }),
        host,
        port,
        database,
        username,
        password,
    };
}
function placeOf(connectionString) {
    const text = connectionString?.reveal() ?? '';
    if (!URL.canParse(text))
        return undefined;
    const { hostname, port, pathname } = new URL(text);
    return { host: hostname, port: Number(port || 5432), database: decodeURIComponent(pathname.slice(1)) };
}
/** The gateway tells the endpoints of a branch apart by the first label of their host: `{id}`, `{id}-pooler`. */
function poolerOf(host, id) {
    return host.startsWith(`${id}.`) ? `${id}-pooler${host.slice(id.length)}` : undefined;
}

// EXTERNAL MODULE: ./lib/http/wait.js
var wait = __webpack_require__(911);
;// CONCATENATED MODULE: ./lib/providers/xata/patience.js



/** Milliseconds. A copy is there in seconds; a branch that slept takes longer to wake. */
const readyDeadline = 10 * 60_000;
/** Milliseconds that a change is tried for while the platform refuses it for the moment. */
const changeDeadline = 60_000;
const every = 2_000;
/** What takes more than one request: changes that are refused for the moment, and branches that are not ready yet. */
class XataPatience {
    #branches;
    #ports;
    /** What this run saw healthy, by id. */
    #healthy = new Map();
    constructor(branches, { clock, info }) {
        this.#branches = branches;
        this.#ports = { clock, info };
    }
    async describe(one) {
        const described = await this.#branches.describe(one);
        if (described?.state === 'HEALTHY')
            this.#healthy.set(one.id, described);
        return described;
    }
    /**
     * Changes go by id and come to the same when they are made twice, so a lost answer is asked for again.
     * @throws ConflictError when the name is taken or the branch is gone.
     */
    async change({ id, name }, change, doing) {
        let lost = 0;
        return (0,wait/* waitFor */.f)({ ...this.#ports, what: `"${name}"`, every, deadline: changeDeadline }, async () => {
            try {
                return { ready: await this.#branches.change(id, change, doing) };
            }
            catch (error) {
                if (saysTaken(error))
                    throw new errors/* ConflictError */.fK(`"${change.name}" exists already`, { cause: error });
                if (saysGone(error))
                    throw new errors/* ConflictError */.fK(`"${name}" went meanwhile`, { cause: error });
                if (!saysLater(error) && !(saysNothing(error) && lost++ < 2))
                    throw error;
                return { waitingFor: 'Xata takes no changes of it for the moment' };
            }
        });
    }
    /** Waits until the branch is healthy, and then for what is wanted of it. A branch that sleeps is woken. */
    async ready({ id, name }, look) {
        let woken = false;
        const what = `Branch "${name}"`;
        return (0,wait/* waitFor */.f)({ ...this.#ports, what, every, deadline: readyDeadline }, async () => {
            const described = this.#healthy.get(id) ?? (await this.describe({ id, name }));
            if (!described)
                throw new errors/* ProviderError */.mZ(`Waiting for "${name}" failed: it went meanwhile. Run the job again.`);
            if (described.state === 'HEALTHY') {
                const seen = await look(described);
                if (!('ready' in seen))
                    this.#healthy.delete(id);
                return seen;
            }
            if (described.state === 'FAULT') {
                throw new errors/* ProviderError */.mZ(`Waiting for "${name}" failed: Xata says that it is faulty. Look at it on Xata and run the job again.`);
            }
            if (described.state === 'HIBERNATED' && !woken) {
                await this.#wake({ id, name });
                woken = true;
            }
            return { waitingFor: `its state is ${described.state.toLowerCase()}` };
        });
    }
    /** Makes a child of the parent, which must be healthy for that, and is woken when it sleeps. */
    async fromParent(parent, make) {
        let woken = false;
        const what = `Parent "${parent.name}"`;
        return (0,wait/* waitFor */.f)({ ...this.#ports, what, every: 5_000, deadline: readyDeadline }, async () => {
            try {
                return { ready: await make() };
            }
            catch (error) {
                if (!saysParentUnhealthy(error))
                    throw error;
                if (!woken && (await this.describe(parent))?.state === 'HIBERNATED') {
                    await this.#wake(parent);
                    woken = true;
                }
                return { waitingFor: 'it is not healthy, and Xata copies nothing else' };
            }
        });
    }
    async #wake({ id, name }) {
        this.#ports.info(`Waking "${name}", which sleeps.`);
        await this.change({ id, name }, { hibernate: false }, `Waking "${name}"`);
    }
}

;// CONCATENATED MODULE: ./lib/providers/xata.js










const capabilities = {
    engine: 'postgresql',
    claims: 'branch',
    schemaOnly: 'sql',
    masked: 'in_place',
    copy: true,
    golden: true,
    reset: 'swap',
    pointInTime: false,
    expiry: false,
    pooledUrl: true,
    urlReadableLater: true,
    sessions: false,
};
/** How many branches are described at a time. The gateway lets 5000 requests pass in an hour. */
const describedAtOnce = 6;
/** Xata's platform API: a branch is a copy-on-write child of its parent, with a server and a host of its own. */
function createXataProvider(account, ports) {
    return new XataProvider(account, ports);
}
class XataProvider {
    capabilities = capabilities;
    #account;
    #ports;
    #branches;
    #patience;
    /** As last listed in this run; dropped by everything that changes a branch. */
    #listing;
    #connections = new Map();
    constructor(account, ports) {
        this.#account = account;
        this.#ports = ports;
        this.#branches = new XataBranches(account, ports);
        this.#patience = new XataPatience(this.#branches, ports);
    }
    async list() {
        const listing = await this.#list();
        const described = await (0,in_parallel/* inParallel */.H)(listing, describedAtOnce, (one) => this.#withDescription(one));
        const items = described.filter((one) => one !== undefined).map((one) => branchOf(one, listing));
        return { items, complete: true };
    }
    async find(name) {
        const listing = await this.#list();
        const found = listing.find((one) => one.name === name);
        const described = found && (await this.#patience.describe(found));
        return described && this.#withMark(branchOf(described, listing));
    }
    async create(spec) {
        const finished = (0,rows/* workOnRows */._4)(spec) === 'nothing';
        const made = await this.#make(spec, { name: spec.name, finished });
        const notes = await this.#finishRows(made, spec);
        if (finished)
            return { branch: this.#branch(made, spec), notes };
        const description = describeClaim(spec.claim, { finished: true });
        const signed = await this.#change(made, { description }, `Marking "${spec.name}" as finished`);
        return { branch: this.#branch(signed, spec), notes };
    }
    async reset(branch, spec) {
        const { build } = spec.claim;
        const fresh = (0,domain_aside/* asideName */.o1)({ branch: spec.name, kind: 'new' }, build);
        const old = (0,domain_aside/* asideName */.o1)({ branch: spec.name, kind: 'old' }, build);
        const made = await this.#make(spec, { name: fresh, finished: (0,rows/* workOnRows */._4)(spec) === 'nothing' });
        const notes = await this.#finishRows(made, spec);
        await this.#change(branch, { name: old }, `Renaming the old "${spec.name}"`);
        const change = { name: spec.name, description: describeClaim(spec.claim, { finished: true }) };
        const moved = await this.#change(made, change, `Renaming "${fresh}"`);
        return { branch: this.#branch(moved, spec), notes };
    }
    async delete({ id, name }) {
        this.#listing = undefined;
        return this.#branches.delete({ id, name });
    }
    async leftovers(name) {
        const listing = this.#listing ?? (await this.#list());
        const asides = listing.filter((one) => (0,domain_aside/* asideOf */.KN)(one.name)?.branch === name);
        const described = await (0,in_parallel/* inParallel */.H)(asides, describedAtOnce, (one) => this.#withDescription(one));
        return described
            .filter((one) => one !== undefined)
            .map((one) => branchOf(one, listing))
            .filter((branch) => branch.leftover && !branch.hasChildren && !this.#isBeingBuilt(branch));
    }
    async openParent(name) {
        const found = (await this.#list()).find((one) => one.name === name);
        if (!found) {
            throw new errors/* ProviderError */.mZ(`Opening "${name}" failed: there is no such branch in project "${this.#account.project}". Check "parent_branch".`);
        }
        return (0,sql_parent.openOnParent)(await this.connection(branchOf(found, [])), this.#ports.signal);
    }
    async connection({ id, name }) {
        const known = this.#connections.get(id);
        if (known)
            return known;
        const connection = await this.#patience.ready({ id, name }, async (described) => {
            const login = await this.#branches.login(described);
            const ready = login && connectionOf({ described, login, database: this.#account.database });
            return ready ? { ready } : { waitingFor: 'it has no connection string' };
        });
        this.#ports.mask(connection.url);
        if (connection.pooledUrl)
            this.#ports.mask(connection.pooledUrl);
        this.#connections.set(id, connection);
        return connection;
    }
    async close() { }
    async #list() {
        return (this.#listing = await this.#branches.list());
    }
    /** Undefined when it went since it was listed. */
    async #withDescription(one) {
        return one.description === undefined ? this.#branches.describe(one) : one;
    }
    #branch(made, { parent }) {
        return branchOf(made, [{ id: made.parentId ?? '', name: parent }]);
    }
    #isBeingBuilt({ name, createdAt = '', claim }) {
        if ((0,domain_aside/* asideOf */.KN)(name)?.kind !== 'new')
            return false;
        const age = this.#ports.clock.now().getTime() - Date.parse(createdAt);
        return !(age >= (0,domain_aside/* buildPatience */.Kq)(claim.kind === 'claim' ? claim.claim.dataPolicy : undefined));
    }
    async #make(spec, as) {
        const parentId = await this.#idOfParent(spec);
        const parent = { id: parentId, name: spec.parent };
        const made = await this.#patience.fromParent(parent, () => this.#post(spec, { ...as, parentId }));
        this.#listing = undefined;
        spec.onMade?.(made.id);
        await this.#patience.ready(made, async () => ({ ready: true }));
        return made;
    }
    async #idOfParent(spec) {
        const { name, parent } = spec;
        const inListing = (listing) => listing?.find((one) => one.name === parent);
        const found = inListing(this.#listing) ?? inListing(await this.#list());
        if (!found)
            throw noParent({ name, parent }, this.#account.project);
        if (spec.parentId !== undefined && found.id !== spec.parentId)
            this.#listing = undefined;
        (0,rows/* requireParent */.is)(spec, found.id);
        return found.id;
    }
    /** Never sends it twice: whether an answer that was lost, or a name that is taken, is this very build, is read. */
    async #post(spec, as) {
        const doing = `Creating "${spec.name}" from "${spec.parent}"`;
        const description = describeClaim(spec.claim, as);
        try {
            return await this.#branches.create({ ...as, description, doing });
        }
        catch (error) {
            if (saysGone(error))
                throw noParent(spec, this.#account.project);
            const taken = saysTaken(error);
            if (!taken && !saysNothing(error))
                throw error;
            const found = (await this.#list()).find((one) => one.name === as.name);
            const described = found && (await this.#patience.describe(found));
            if (described?.description === description)
                return described;
            if (taken || described)
                throw new errors/* ConflictError */.fK(`"${as.name}" exists already`, { cause: error });
            throw error;
        }
    }
    /** What Xata copied is emptied or masked by us. */
    async #finishRows(made, spec) {
        if ((0,rows/* workOnRows */._4)(spec) === 'nothing')
            return [];
        return (0,rows/* finishRows */.n0)(this.#ports.database, await this.connection(branchOf(made, [])), spec);
    }
    /** Of a golden parent, its whole claim is the comment of its database: rules that changed since must be noticed. */
    async #withMark(branch) {
        const { claim, unfinished, leftover } = branch;
        if (claim.kind !== 'claim' || !claim.claim.golden || unfinished || leftover)
            return branch;
        const written = await this.#ports.database.readClaim(await this.connection(branch));
        if (written.kind !== 'claim' || written.claim.build !== claim.claim.build || !written.claim.masked)
            return branch;
        return { ...branch, claim: { kind: 'claim', claim: { ...claim.claim, masked: written.claim.masked } } };
    }
    async #change(one, change, doing) {
        this.#listing = undefined;
        return this.#patience.change(one, change, doing);
    }
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
