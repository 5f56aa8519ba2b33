export const id = 253;
export const ids = [253];
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
    /** The name of the login by which a PostgreSQL branch was emptied. It stays, as a mark that it was. */
    get emptier() {
        return `${this.#prefix}-emptied`;
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
        const due = logins.filter(({ name, createdAt }) => name !== this.emptier && Date.parse(createdAt) < oldest);
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
function dataPolicyOf({ kind, restored }, { emptied }) {
    if (restored)
        return emptied ? 'schema_only' : 'copy';
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
 * moment and has a pooler; which kind a database is, the first answer tells, and `create` refuses the rest by it.
 */
const capabilities = {
    engine: 'other',
    claims: 'name',
    schemaOnly: 'sql',
    masked: 'none',
    copy: true,
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
        const items = await (0,in_parallel/* inParallel */.H)(rows, atOnce, async (row) => branchOf(row, { emptied: await this.#emptied(row), defaultBranch, hasChildren: parents.has(row.name) }));
        return { items, complete };
    }
    async find(name) {
        const row = await this.#site.find(name);
        if (!row)
            return undefined;
        if (row.ready)
            this.#ready.set(row.id, row);
        const [{ defaultBranch }, emptied] = await Promise.all([this.#site.database(), this.#emptied(row)]);
        return branchOf(row, { emptied, defaultBranch });
    }
    async create(spec) {
        const kind = await this.#site.kind();
        if (!needsEmptying(kind, spec)) {
            const row = await this.#make(spec.name, spec, kind);
            return { branch: branchOf(row, { emptied: false }), notes: [] };
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
        return (0,in_parallel/* inParallel */.H)(dead, atOnce, async (row) => branchOf(row, { emptied: await this.#emptied(row), defaultBranch }));
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
            if (!needsEmptying(kind, spec))
                return { row, circumstances: { emptied: false }, notes: [] };
            const connection = await this.#logins.open(row, this.#logins.emptier, 'admin');
            const notes = await this.#ports.database.empty(connection, spec.claim);
            return { row, circumstances: { emptied: true }, notes };
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
    async #emptied(row) {
        if (row.kind === 'mysql' || !row.restored || row.production || row.deletionProtected)
            return false;
        const logins = await this.#logins.list(row.name, row.kind);
        this.#known.set(row.id, logins);
        return logins.some(({ name }) => name === this.#logins.emptier);
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
function needsEmptying(kind, { dataPolicy }) {
    return kind === 'postgresql' && dataPolicy === 'schema_only';
}


/***/ }),

/***/ 3480:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
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
