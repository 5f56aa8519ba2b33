export const id = 727;
export const ids = [727];
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

/***/ 2699:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _4: () => (/* binding */ workOnRows),
/* harmony export */   is: () => (/* binding */ requireParent),
/* harmony export */   n0: () => (/* binding */ finishRows),
/* harmony export */   y4: () => (/* binding */ refuseUnruled)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/**
 * What is left to us where a platform copies every row of the parent. Nothing is left of a copy, and of a masked branch
 * whose parent is golden: those rows are masked already, and the claim says by which rules.
 * @throws RefusedError for rows that are to be masked by rules that nobody gave.
 */
function workOnRows({ name, dataPolicy, masking, claim }) {
    if (dataPolicy === 'schema_only')
        return 'empty';
    if (dataPolicy === 'copy')
        return 'nothing';
    if (masking)
        return 'mask';
    if (claim.masked)
        return 'nothing';
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk(`Creating "${name}" refused: its rows are to be masked, and no rule says how. Report this to the maintainers of the action. Nothing was changed.`);
}
/** Before a platform is asked for anything. @throws RefusedError as `workOnRows` does. */
function refuseUnruled(spec) {
    workOnRows(spec);
}
/** @throws ConflictError where the parent is no longer the golden one that the order is for. */
function requireParent({ parent, parentId }, found) {
    if (parentId === undefined || parentId === found)
        return;
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ConflictError */ .fK(`"${parent}" was built anew meanwhile`);
}
/**
 * Does that work over the branch's own URL; its last step leaves the claim as the comment of the database.
 * @returns what is worth telling.
 */
async function finishRows(database, to, spec) {
    const work = workOnRows(spec);
    if (work === 'empty')
        return database.empty(to, spec.claim);
    const notes = spec.masking && work === 'mask' ? await database.maskInPlace(to, spec.masking) : [];
    await database.sign(to, spec.claim);
    return notes;
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
