export const id = 992;
export const ids = [992];
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
// EXTERNAL MODULE: ./lib/sql/session.js
var sql_session = __webpack_require__(3480);
// EXTERNAL MODULE: ./lib/domain/claim.js
var domain_claim = __webpack_require__(6768);
;// CONCATENATED MODULE: ./lib/providers/dblab/claims.js

const refusesUs = 'it refuses our password, so another repository or another "api_key" made it';
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
// EXTERNAL MODULE: ./lib/sql/target.js
var target = __webpack_require__(4011);
;// CONCATENATED MODULE: ./lib/providers/dblab/login.js






/** It holds the repository, so that a clone of another repository is told apart by a listing alone. */
function userOf({ role }, repository) {
    return role || `db_branch_${repository}`;
}
/** The same for every job that has the key, because the engine never tells a password again. */
function loginOf(name, account, repository) {
    const password = derivePassword(account.apiKey, { repository, name });
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
 * Empties the whole server: a clone holds every database of the source, and its user may enter all of them. The
 * branch's own comes last, because emptying it leaves the claim that says that all is done.
 */
async function emptyAll(connection, others, { ports, claim }) {
    for (const database of others) {
        const url = (0,target/* urlOf */.r)({ ...(0,target/* parseTarget */.h)(connection.url), database });
        ports.mask(url);
        await ports.database.empty({ ...connection, database, url }, claim);
    }
    const notes = await ports.database.empty(connection, claim);
    const named = others.map((database) => JSON.stringify(database)).join(', ');
    return others.length === 0 ? notes : [...notes, `Emptied the other databases of the clone as well: ${named}.`];
}

;// CONCATENATED MODULE: ./lib/providers/dblab.js









const capabilities = {
    engine: 'postgresql',
    claims: 'database',
    schemaOnly: 'sql',
    masked: 'none',
    copy: true,
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
 * so ours is the comment of the clone's database. It is written last of all: without it a clone is half-built.
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
            return { clone: await this.#engine.start(spec, { ...this.#login(spec), doing }), heard: true };
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
    async #finish(clone, { dataPolicy, claim }, check) {
        const way = this.#way(clone);
        const { build, others } = await survey(way, this.#ports);
        check(build);
        let notes = [];
        if (dataPolicy === 'schema_only')
            notes = await emptyAll(way, others, { ports: this.#ports, claim });
        else
            await this.#ports.database.sign(way, claim);
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
     * Reads the claim by logging in. Who gets in has made the clone, because nobody else knows its password; a clone
     * without a claim of its own is then a half-built one.
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
            const state = (0,sql_session/* sqlState */.cn)(error);
            // Its user dropped the database. The password was right, or the server would not have told.
            if (state === '3D000')
                return { kind: 'none' };
            if (state === '28P01' || state === '28000')
                return { kind: 'unreadable', why: refusesUs };
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
    #login({ name }) {
        return loginOf(name, this.#account, this.#ports.repository);
    }
    #way(clone) {
        const { apiUrl } = this.#account;
        return connectionTo(clone, this.#login(clone), { apiUrl, mask: this.#ports.mask });
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
