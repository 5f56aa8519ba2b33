export const id = 528;
export const ids = [528];
export const modules = {

/***/ 4247:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   G0: () => (/* binding */ defaultHttpPolicy),
/* harmony export */   x2: () => (/* binding */ guardedFetch)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

const defaultHttpPolicy = {
    requestTimeout: 30_000,
    attempts: 4,
    longestWait: 60_000,
    runTimeout: 60 * 60_000,
    longestBody: 32 * 1024 * 1024,
};
/** Verbs that may be sent twice: doing them again changes nothing more. POST is not among them. */
const repeatable = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);
const retryableStatuses = new Set([408, 429, 500, 502, 503, 504]);
/**
 * A fetch that keeps credentials at home and gives up in time: no redirect is followed, every request has a deadline,
 * only repeatable verbs are repeated, and Retry-After is obeyed. A POST is sent again only after a rate limit, which
 * GitHub answers before it does anything.
 * Source: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
function guardedFetch(fetch, ports, policy = defaultHttpPolicy) {
    const { clock, signal } = ports;
    const started = clock.elapsed();
    return async (url, init = {}) => {
        const method = (init.method ?? 'GET').toUpperCase();
        const repeats = repeatable.has(method) || (policy.repeatsPost === true && method === 'POST');
        for (let attempt = 1;; attempt++) {
            const last = attempt >= policy.attempts;
            if (clock.elapsed() - started > policy.runTimeout)
                throw new Error('the time for all requests of this run is over');
            let wait;
            try {
                const guarded = { ...init, redirect: 'manual', signal: deadline(signal, policy) };
                const response = await send(fetch, { url, init: guarded, longestBody: policy.longestBody });
                if (response.status >= 300 && response.status < 400 && response.status !== 304)
                    throw redirected(method, url, response);
                const pause = retryAfter(response, { attempt, now: clock.now(), policy });
                const untouched = policy.untouched?.includes(response.status) === true;
                const again = isRateLimit(response) || untouched || (repeats && retryableStatuses.has(response.status));
                if (last || !again || pause > policy.longestWait)
                    return response;
                wait = pause;
            }
            catch (error) {
                if (signal.aborted)
                    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CancelledError */ .cc('cancelled', { cause: error });
                if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RedirectError */ .Lx || error instanceof TooLongError || last || !repeats)
                    throw error;
                wait = backoff(attempt);
            }
            await clock.sleep(wait);
        }
    };
}
/** The body is read here, so that a stalled body meets the deadline too. */
async function send(fetch, { url, init, longestBody }) {
    const response = await fetch(url, init);
    const empty = response.status === 204 || response.status === 205 || response.status === 304 || response.body === null;
    const body = empty ? null : await readBody(response.body, longestBody);
    const copy = new Response(body, {
        status: response.status,
        statusText: response.statusText,
        headers: response.headers,
    });
    Object.defineProperty(copy, 'url', { value: response.url });
    return copy;
}
class TooLongError extends Error {
}
async function readBody(body, longest) {
    const chunks = [];
    let length = 0;
    for await (const chunk of body) {
        length += chunk.length;
        if (length > longest)
            throw new TooLongError(`the answer is longer than ${longest} bytes`);
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
function deadline(signal, { requestTimeout }) {
    return AbortSignal.any([signal, AbortSignal.timeout(requestTimeout)]);
}
function redirected(method, url, response) {
    const location = response.headers.get('location') ?? '';
    const host = location !== '' && URL.canParse(location, url) ? new URL(location, url).host : '';
    return new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RedirectError */ .Lx(`${method} ${placeOf(url)} failed: the server redirects to ${host || 'another place'}, and a credential is never sent on. Set the API address to the final one.`, { host });
}
/** Host and path, without query and credentials. */
function placeOf(url) {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
}
function isRateLimit(response) {
    if (response.status === 429)
        return true;
    return (response.status === 403 &&
        (response.headers.has('retry-after') || response.headers.get('x-ratelimit-remaining') === '0'));
}
/** Milliseconds until the next attempt: what the server asks for, else 1, 4, 9 s. */
function retryAfter(response, { attempt, now, policy }) {
    const header = response.headers.get('retry-after');
    if (header !== null) {
        if (/^\d+$/.test(header))
            return Number(header) * 1000;
        // Date.parse alone would take "1.5" for a day in 2001 and the wait for over.
        const date = / GMT$/.test(header) ? Date.parse(header) : Number.NaN;
        if (!Number.isNaN(date))
            return Math.max(0, date - now.getTime());
    }
    const reset = response.headers.get('x-ratelimit-reset');
    if (response.headers.get('x-ratelimit-remaining') === '0' && reset !== null && /^\d+$/.test(reset)) {
        const start = policy.rateLimitReset === 'from_now' ? 0 : now.getTime();
        return Math.max(0, Number(reset) * 1000 - start);
    }
    return backoff(attempt);
}
function backoff(attempt) {
    return attempt * attempt * 1000;
}


/***/ }),

/***/ 7352:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  hD: () => (/* binding */ ApiError),
  nD: () => (/* binding */ LostAnswerError),
  Nd: () => (/* binding */ openApi),
  Ae: () => (/* binding */ path)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/http.js
var http = __webpack_require__(4247);
;// CONCATENATED MODULE: ./lib/http/shape.js

/**
 * Reads what a platform answered, field by field. An answer of another shape is told by the path of the field that is
 * wrong, never by its value: it can hold a password.
 */
class Shape {
    #value;
    #path;
    constructor(value, path) {
        this.#value = value;
        this.#path = path;
    }
    /** A field of this object; reading it fails when this is none. */
    at(field) {
        const { object } = this;
        return new Shape(object[field], `${this.#path}.${field}`);
    }
    /**
     * What a JSON pointer (RFC 6901), given as its parts, leads to. Where something on the way is missing or null there is
     * nothing; where it is neither an object nor a list, reading fails.
     */
    follow(parts) {
        const [part, ...rest] = parts;
        if (part === undefined)
            return this;
        const path = `${this.#path}.${part}`;
        if (!this.exists)
            return new Shape(undefined, path);
        const at = Array.isArray(this.#value) ? this.#value[elementAt(part)] : ownField(this.object, part);
        return new Shape(at, path).follow(rest);
    }
    get object() {
        const value = this.#value;
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            throw this.#fault('an object');
        return value;
    }
    get items() {
        if (!Array.isArray(this.#value))
            throw this.#fault('a list');
        return this.#value.map((item, index) => new Shape(item, `${this.#path}[${index}]`));
    }
    /** A text that is not empty. */
    get text() {
        if (typeof this.#value !== 'string' || this.#value === '')
            throw this.#fault('a text');
        return this.#value;
    }
    /** A text, or undefined where the field is missing, null or empty. */
    get maybeText() {
        return this.#value === undefined || this.#value === null || this.#value === '' ? undefined : this.text;
    }
    get flag() {
        if (typeof this.#value !== 'boolean')
            throw this.#fault('true or false');
        return this.#value;
    }
    /** An id: a text that is not empty, or a whole number, as text. */
    get identifier() {
        return Number.isSafeInteger(this.#value) ? String(this.#value) : this.text;
    }
    /** Text, number, true, false, or null where there is nothing. */
    get scalar() {
        const value = this.#value ?? null;
        if (value !== null && typeof value === 'object')
            throw this.#fault('a single value');
        return value;
    }
    /** True only where the field says so; false where it is missing or null. */
    get maybeFlag() {
        return this.#value === undefined || this.#value === null ? false : this.flag;
    }
    get number() {
        if (typeof this.#value !== 'number' || !Number.isFinite(this.#value))
            throw this.#fault('a number');
        return this.#value;
    }
    get exists() {
        return this.#value !== undefined && this.#value !== null;
    }
    #fault(wanted) {
        return new errors/* ProviderError */.mZ(`The platform's answer cannot be used: ${this.#path} is not ${wanted}. Run the job again.`);
    }
}
/** No part of a pointer but a plain number names an element; `-`, the place after the last, holds nothing. */
function elementAt(part) {
    return /^(0|[1-9]\d*)$/.test(part) ? Number(part) : -1;
}
function ownField(object, field) {
    return Object.hasOwn(object, field) ? object[field] : undefined;
}

;// CONCATENATED MODULE: ./lib/http/api.js



/** A platform refused or failed. The sentence holds neither body nor query. */
class ApiError extends errors/* ProviderError */.mZ {
    name = 'ApiError';
    failure;
    constructor(message, failure) {
        super(message);
        this.failure = failure;
    }
}
/** Nobody knows whether the request was carried out: the connection broke, or the platform failed in the middle. */
class LostAnswerError extends errors/* ProviderError */.mZ {
    name = 'LostAnswerError';
    /** What a failing platform said all the same; undefined when there was no answer. */
    failure;
    constructor(message, options = {}) {
        super(message, options);
        this.failure = options.failure;
    }
}
/** A platform's JSON interface: one place for credentials, deadlines, retries and sentences. */
function openApi(options) {
    const { clock, signal, platform } = options;
    const fetch = (0,http/* guardedFetch */.x2)(options.fetch, { clock, signal }, { ...http/* defaultHttpPolicy */.G0, ...options.policy });
    return {
        async send(method, place, request) {
            const url = urlOf(options.baseUrl + place, request.query);
            const call = `${method} ${(0,http/* placeOf */.$t)(url)}`;
            const response = await fetch(url, initOf(options, method, request)).catch((error) => {
                if (error instanceof errors/* CancelledError */.cc || error instanceof errors/* RedirectError */.Lx)
                    throw error;
                throw lost(request, { call, platform, error });
            });
            const json = bodyOf(await response.text());
            const failure = failureOf(response, json.value, call);
            if (!response.ok && !accepts(request, failure))
                throw refusal(options, request, failure);
            if (response.ok && !json.parsed) {
                const what = `${request.doing} failed: ${platform} answered something that is not JSON (${call} → ${response.status}).`;
                throw new LostAnswerError(`${what} Check "api_url" and run the job again.`);
            }
            return { status: response.status, body: failure.body, headers: response.headers, failure };
        },
    };
}
/**
 * Builds the path of a request; every value is encoded. An empty value would make another request of it, such as the
 * deletion of the whole collection.
 * @throws ProviderError when a value is empty, `.` or `..`.
 */
function path(parts, ...values) {
    const encoded = values.map((value) => {
        if (value === '' || value === '.' || value === '..') {
            throw new errors/* ProviderError */.mZ(`A request to ${parts[0]}… was not sent: a name or id in it is ${JSON.stringify(value)}.`);
        }
        return encodeURIComponent(value);
    });
    return String.raw({ raw: parts }, ...encoded);
}
function urlOf(base, query = {}) {
    const url = new URL(base);
    for (const [name, value] of Object.entries(query)) {
        if (value !== undefined)
            url.searchParams.set(name, String(value));
    }
    return url.href;
}
function initOf({ headers }, method, { body }) {
    const credentials = Object.entries(headers).map(([name, value]) => [name, value.reveal()]);
    return {
        method,
        headers: {
            accept: 'application/json',
            'user-agent': 'db-branch-action',
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...Object.fromEntries(credentials),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
    };
}
/** An empty body is fine: many platforms answer a deletion with nothing. */
function bodyOf(text) {
    if (text.trim() === '')
        return { parsed: true, value: undefined };
    try {
        return { parsed: true, value: JSON.parse(text) };
    }
    catch {
        return { parsed: false, value: undefined };
    }
}
function saidIn(value) {
    const body = typeof value === 'object' && value !== null ? value : {};
    const inner = typeof body['error'] === 'object' && body['error'] !== null ? body['error'] : body;
    const text = (field) => (typeof field === 'string' ? field : '');
    return { code: text(inner['code']), said: text(inner['message']) || text(body['error']) };
}
function requestId(response) {
    const id = response.headers.get('x-request-id') ?? response.headers.get('x-neon-ret-request-id') ?? '';
    return /^[\w.:-]{1,80}$/.test(id) ? id : '';
}
function lost({ doing }, { call, platform, error }) {
    // "fetch failed" says nothing; its cause does.
    const { cause: inner, message = String(error) } = error;
    const cause = inner?.message || message;
    const advice = 'Check "api_url" and that the runner can reach it, and run the job again.';
    return new LostAnswerError(`${doing} failed: ${platform} gave no answer (${call}: ${cause}). ${advice}`, {
        cause: error,
    });
}
function failureOf(response, value, call) {
    const { status } = response;
    const { code, said } = saidIn(value);
    const id = requestId(response);
    const shownCode = /^[A-Za-z0-9_.-]{1,60}$/.test(code) ? ` ${code}` : '';
    const trace = `${call} → ${status}${shownCode}${id === '' ? '' : `, request ${id}`}`;
    return { status, code, said, body: new Shape(value, 'answer'), trace };
}
function accepts({ accept }, failure) {
    return typeof accept === 'function' ? accept(failure) : accept?.includes(failure.status) === true;
}
function refusal(options, { doing, explain }, failure) {
    const { why, advice } = explain?.(failure) ?? options.explain?.(failure) ?? explainStatus(options.platform, failure);
    const sentence = `${doing} failed: ${why} (${failure.trace}). ${advice}`;
    return failure.status >= 500 && failure.status !== 503
        ? new LostAnswerError(sentence, { failure })
        : new ApiError(sentence, failure);
}
function explainStatus(platform, { status }) {
    if (status === 401)
        return { why: `${platform} does not know the key`, advice: 'Check "api_key".' };
    if (status === 403) {
        return { why: `the key may not do this on ${platform}`, advice: 'Check the permissions of "api_key".' };
    }
    if (status === 404) {
        return {
            why: `${platform} does not find it`,
            advice: 'Check "organization", "project" and "database", as far as they are set.',
        };
    }
    if (status === 402)
        return { why: `the plan on ${platform} does not allow it`, advice: 'Change the plan or delete branches.' };
    if (status === 423)
        return { why: `${platform} is busy with the same project`, advice: 'Run the job again later.' };
    if (status === 429)
        return { why: `the rate limit of ${platform} is used up`, advice: 'Run the job again later.' };
    if (status >= 500)
        return { why: `${platform} is out of order`, advice: 'Run the job again later.' };
    return { why: `${platform} refused`, advice: 'Check the inputs of the step.' };
}


/***/ }),

/***/ 911:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ waitFor)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** Milliseconds between two lines of progress in the log. */
const tellEvery = 15_000;
/**
 * Looks again until there is something to give, and tells in the log what it waits for.
 * @throws ProviderError when the deadline passes.
 */
async function waitFor({ what, every, deadline, clock, info }, look) {
    const started = clock.elapsed();
    let told = -Infinity;
    for (;;) {
        const seen = await look();
        if ('ready' in seen)
            return seen.ready;
        const waited = clock.elapsed() - started;
        const seconds = Math.round(waited / 1000);
        if (waited >= deadline) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ProviderError */ .mZ(`${what} was not ready after ${seconds} s: ${seen.waitingFor}. Look at it on the platform and run the job again.`);
        }
        if (waited - told >= tellEvery) {
            info(`${what} is not ready yet after ${seconds} s: ${seen.waitingFor}.`);
            told = waited;
        }
        await clock.sleep(every);
    }
}


/***/ }),

/***/ 5528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  capabilities: () => (/* binding */ capabilities),
  createXataLiteProvider: () => (/* binding */ createXataLiteProvider)
});

// EXTERNAL MODULE: ./lib/domain/claim.js
var domain_claim = __webpack_require__(6768);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/http/api.js + 1 modules
var api = __webpack_require__(7352);
// EXTERNAL MODULE: ./lib/in-parallel.js
var in_parallel = __webpack_require__(6938);
// EXTERNAL MODULE: ./lib/http/wait.js
var wait = __webpack_require__(911);
// EXTERNAL MODULE: ./lib/secret.js
var secret = __webpack_require__(3251);
;// CONCATENATED MODULE: ./lib/providers/xata-lite/api.js


/** The branches of one database, on the data plane of its workspace. */
class XataLiteBranches {
    #api;
    #database;
    constructor(account, ports) {
        this.#database = account.database;
        this.#api = (0,api/* openApi */.Nd)({
            platform: 'Xata Lite',
            baseUrl: account.apiUrl,
            fetch: ports.fetch,
            clock: ports.clock,
            signal: ports.signal,
            headers: { authorization: new secret/* Secret */.zh(`Bearer ${account.apiKey.reveal()}`) },
            policy: { untouched: [423] },
            explain: (failure) => explain(failure, account),
        });
    }
    /** The names of all: the endpoint has no pages. */
    async names() {
        const { body } = await this.#api.send('GET', (0,api/* path */.Ae) `/dbs/${this.#database}`, { doing: 'Listing branches' });
        return body.at('branches').items.map((branch) => branch.at('name').text);
    }
    /** Undefined for 404, which a database that is not there gives, too. */
    async details(name) {
        const accept = [404];
        const { status, body } = await this.#api.send('GET', this.#at(name), { doing: `Reading "${name}"`, accept });
        return status === 404 ? undefined : detailsOf(body);
    }
    /** The branch has its labels from the moment it exists. */
    async create(order) {
        const { name, parent, labels } = order;
        const request = { from: parent, metadata: { labels } };
        const doing = `Creating "${name}" from "${parent}"`;
        const { body } = await this.#api.send('PUT', this.#at(name), { doing, body: request });
        const status = body.at('status').text;
        return status === 'completed' || status === 'failed' ? status : 'pending';
    }
    async label(name, labels) {
        const metadata = { labels };
        const doing = `Marking "${name}" as finished`;
        await this.#api.send('PUT', `${this.#at(name)}/metadata`, { doing, body: metadata });
    }
    /** `locked` asks to come again. */
    async delete(name) {
        const accept = [404, 409];
        const { status } = await this.#api.send('DELETE', this.#at(name), { doing: `Deleting "${name}"`, accept });
        return status === 404 ? 'absent' : status === 409 ? 'locked' : 'deleted';
    }
    /** The vendor's own client leaves the colon as it is. */
    #at(branch) {
        return (0,api/* path */.Ae) `/db/${this.#database}:${branch}`;
    }
}
/** A refusal that can mean that the name is taken: which status that has is documented nowhere. */
function mayMeanTaken(error) {
    return error instanceof api/* ApiError */.hD && [400, 409, 422, 423].includes(error.failure.status);
}
/** A refusal that can mean that the parent is not there. */
function mayMeanNoParent(error) {
    return error instanceof api/* ApiError */.hD && [400, 404, 422].includes(error.failure.status);
}
function detailsOf(body) {
    const metadata = body.at('metadata');
    const labels = metadata.exists ? metadata.at('labels') : undefined;
    return {
        id: body.at('id').text,
        name: body.at('branchName').text,
        createdAt: body.at('createdAt').text,
        state: body.at('state').maybeText ?? 'active',
        labels: labels?.exists ? labels.items.flatMap((label) => label.maybeText ?? []) : [],
    };
}
function explain({ status }, { organization, database }) {
    if (status === 404) {
        return {
            why: `workspace "${organization}" has no database "${database}"`,
            advice: 'Check "organization", "region" and "database".',
        };
    }
    if (status === 423) {
        return {
            why: `database "${database}" is locked, or has as many branches as it may have`,
            advice: 'Delete branches, for example with mode "cleanup", or run the job again later.',
        };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/providers/xata-lite/connection.js

const port = 5432;
/**
 * The URL is built, not read, as the vendor's client builds it (`sql.connectionString` of npm `@xata.io/client`): the
 * user is the last part of the workspace's id, and the password is the API key itself.
 */
function connectionTo(branch, account) {
    const username = account.organization.split('-').at(-1) ?? '';
    const host = sqlHost(account);
    const login = `${encodeURIComponent(username)}:${encodeURIComponent(account.apiKey.reveal())}`;
    const database = `${account.database}:${branch}`;
    // The colon stays as it is: not every client decodes it.
    const name = `${encodeURIComponent(account.database)}:${encodeURIComponent(branch)}`;
    const url = new secret/* Secret */.zh(`postgresql://${login}@${host}/${name}?sslmode=require`);
    return { url, host, port, database, username, password: account.apiKey };
}
/**
 * `{workspace}.{region}.xata.sh` has its SQL at `{region}.sql.xata.sh`, and each of the vendor's other domains likewise.
 * An address of another form, such as that of a proxy, stands for the first.
 */
function sqlHost({ apiUrl, organization, region }) {
    const { hostname } = new URL(apiUrl);
    const prefix = `${organization}.${region}.`.toLowerCase();
    const domain = hostname.startsWith(prefix) ? hostname.slice(prefix.length) : 'xata.sh';
    return `${region}.sql.${domain}`;
}

;// CONCATENATED MODULE: ./lib/providers/xata-lite.js







const capabilities = {
    engine: 'postgresql',
    claims: 'branch',
    schemaOnly: 'native',
    // The platform copies some 10,000 rows at most, and nothing tells when it is done.
    masked: 'none',
    copy: false,
    golden: false,
    reset: 'none',
    pointInTime: false,
    expiry: false,
    pooledUrl: false,
    urlReadableLater: true,
    sessions: false,
};
/** How many branches are read at a time. */
const readAtOnce = 6;
/** Milliseconds. The schema is copied within seconds. */
const readyDeadline = 5 * 60_000;
const readyEvery = 2_000;
/** Milliseconds that a deletion is tried for while the branch is locked. */
const lockedDeadline = 2 * 60_000;
/** Label of a branch whose migration ledgers are not there yet. */
const unfinished = 'db-branch-action unfinished';
/** Xata Lite, the older workspaces of xata.sh: a branch is made with the schema of its parent, and without a row. */
function createXataLiteProvider(account, ports) {
    return new XataLiteProvider(account, ports);
}
class XataLiteProvider {
    capabilities = capabilities;
    #account;
    #ports;
    #branches;
    /** Names that this run found to be free. */
    #free = new Set();
    constructor(account, ports) {
        this.#account = account;
        this.#ports = ports;
        this.#branches = new XataLiteBranches(account, ports);
    }
    async list() {
        const names = await this.#branches.names();
        const details = await (0,in_parallel/* inParallel */.H)(names, readAtOnce, (name) => this.#read(name));
        return { items: details.filter((one) => one !== undefined).map(branchOf), complete: true };
    }
    async find(name) {
        const names = await this.#branches.names();
        const details = names.includes(name) ? await this.#read(name) : undefined;
        if (!details)
            this.#free.add(name);
        return details && branchOf(details);
    }
    async create(spec) {
        const { name, claim } = spec;
        // What the platform does to a branch that is there already is documented nowhere, so none is ever written over.
        if (!this.#free.delete(name) && (await this.find(name)))
            throw new errors/* ConflictError */.fK(`"${name}" exists already`);
        this.#free.delete(name);
        const label = (0,domain_claim/* encodeClaim */.l)(claim);
        const status = await this.#put(spec, [label, unfinished]);
        const made = await this.#waitFor(spec, status);
        spec.onMade?.(made.id);
        const from = connectionTo(spec.parent, this.#account);
        const notes = await this.#ports.database.copyLedgers(from, this.#connectionTo(name));
        await this.#branches.label(name, [label]);
        return { branch: branchOf({ ...made, labels: [label] }), notes };
    }
    /** The platform deletes by name, so the id is compared right before. */
    async delete({ id, name }) {
        const { clock, info } = this.#ports;
        const every = 5_000;
        return (0,wait/* waitFor */.f)({ what: `Branch "${name}"`, every, deadline: lockedDeadline, clock, info }, async () => {
            if ((await this.#read(name))?.id !== id)
                return { ready: 'absent' };
            const result = await this.#branches.delete(name);
            return result === 'locked' ? { waitingFor: 'Xata Lite has locked it' } : { ready: result };
        });
    }
    async connection({ name }) {
        this.#ports.info(`Warning: the URL of "${name}" holds the API key of the Xata account, because Xata Lite knows no other password: ` +
            'whoever has the URL can do with the account what the key can do.');
        return this.#connectionTo(name);
    }
    async close() { }
    #connectionTo(name) {
        const connection = connectionTo(name, this.#account);
        this.#ports.mask(connection.password);
        this.#ports.mask(connection.url);
        return connection;
    }
    /** Undefined only when the database is there and the branch is not. */
    async #read(name) {
        const details = await this.#branches.details(name);
        if (details || !(await this.#branches.names()).includes(name))
            return details;
        throw new errors/* ProviderError */.mZ(`Reading "${name}" failed: Xata Lite lists it, but does not find it. Run the job again later.`);
    }
    /** A creation that failed, or was sent again because its answer was lost, may have counted: the branch itself tells. */
    async #put(spec, labels) {
        try {
            return await this.#branches.create({ ...spec, labels });
        }
        catch (error) {
            if (error instanceof errors/* CancelledError */.cc || error instanceof errors/* RedirectError */.Lx)
                throw error;
            const lost = error instanceof errors/* ProviderError */.mZ && !(error instanceof api/* ApiError */.hD);
            if (lost || mayMeanTaken(error)) {
                const found = await this.#read(spec.name);
                if (found && isOf(found, spec))
                    return 'completed';
                if (found)
                    throw new errors/* ConflictError */.fK(`"${spec.name}" exists already`, { cause: error });
            }
            if (mayMeanNoParent(error) && !(await this.#read(spec.parent))) {
                throw new errors/* ProviderError */.mZ(`Creating "${spec.name}" from "${spec.parent}" failed: there is no such branch in database "${this.#account.database}". Check "parent_branch".`, { cause: error });
            }
            throw error;
        }
    }
    async #waitFor(spec, status) {
        const what = `Branch "${spec.name}"`;
        if (status === 'failed') {
            throw new errors/* ProviderError */.mZ(`Creating "${spec.name}" from "${spec.parent}" failed: Xata Lite says so and gives no reason. Look at it on Xata and run the job again.`);
        }
        const { clock, info } = this.#ports;
        return (0,wait/* waitFor */.f)({ what, every: readyEvery, deadline: readyDeadline, clock, info }, async () => {
            const details = await this.#branches.details(spec.name);
            if (!details)
                return { waitingFor: 'it is being made' };
            if (!isOf(details, spec))
                throw new errors/* ConflictError */.fK(`"${spec.name}" is another run's`);
            return { ready: details };
        });
    }
}
function isOf(details, { claim }) {
    const reading = branchOf(details).claim;
    return reading.kind === 'claim' && reading.claim.build === claim.build;
}
function branchOf({ id, name, createdAt, state, labels }) {
    const readings = labels.map(domain_claim/* readClaim */.jw).filter(({ kind }) => kind !== 'none');
    const [claim = { kind: 'none' }] = readings;
    return {
        id,
        name,
        claim: readings.length > 1 ? { kind: 'unreadable', why: 'it carries several claims' } : claim,
        createdAt,
        ...(labels.includes(unfinished) && { unfinished: true }),
        ...(state !== 'active' && { protection: 'it is being moved to another cluster' }),
    };
}


/***/ })

};
