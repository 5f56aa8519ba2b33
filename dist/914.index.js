export const id = 914;
export const ids = [914];
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

/***/ 6914:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  capabilities: () => (/* binding */ capabilities),
  createSupabaseProvider: () => (/* binding */ createSupabaseProvider)
});

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/http/api.js + 1 modules
var api = __webpack_require__(7352);
// EXTERNAL MODULE: ./lib/http/wait.js
var wait = __webpack_require__(911);
// EXTERNAL MODULE: ./lib/secret.js
var lib_secret = __webpack_require__(3251);
// EXTERNAL MODULE: ./lib/sql/target.js
var target = __webpack_require__(4011);
;// CONCATENATED MODULE: ./lib/providers/supabase/row.js
function rowOf(answer) {
    const pullRequest = answer.at('pr_number');
    return {
        id: answer.at('id').text,
        name: answer.at('name').text,
        ref: answer.at('project_ref').text,
        isDefault: answer.at('is_default').flag,
        persistent: answer.at('persistent').flag,
        withData: answer.at('with_data').flag,
        createdAt: answer.at('created_at').text,
        stage: answer.at('status').text,
        project: answer.at('preview_project_status').maybeText,
        pullRequest: pullRequest.exists ? pullRequest.number : undefined,
        deletionAt: answer.at('deletion_scheduled_at').maybeText,
    };
}
const passed = ['MIGRATIONS_PASSED', 'FUNCTIONS_DEPLOYED'];
const failed = ['MIGRATIONS_FAILED', 'FUNCTIONS_FAILED'];
const broken = ['INIT_FAILED', 'RESTORE_FAILED', 'PAUSE_FAILED', 'REMOVED', 'GOING_DOWN'];
const neverCameUp = ['INIT_FAILED', 'RESTORE_FAILED'];
const running = 'ACTIVE_HEALTHY';
const asleep = 'INACTIVE';
function conditionOfStage(stage) {
    if (includes(passed, stage))
        return { kind: 'fine' };
    return { kind: includes(failed, stage) ? 'failed' : 'pending', state: stage };
}
/** A preview branch falls asleep when nobody uses it, and must be woken. */
function conditionOfProject(state) {
    if (state === running)
        return { kind: 'fine' };
    if (state === asleep)
        return { kind: 'asleep' };
    return { kind: includes(broken, state) ? 'failed' : 'pending', state };
}
/**
 * Supabase has no place for a claim, so there is only the name. A failed migration alone does not make a branch
 * half-built: it may be an old branch, with data in it, that somebody pushed a bad migration to.
 */
function branchOf(row, parent) {
    const protection = protectionOf(row);
    return {
        id: row.id,
        name: row.name,
        claim: {
            kind: 'name',
            ...(parent !== undefined && !row.isDefault && { parent }),
            ...(!row.isDefault && { dataPolicy: row.withData ? 'copy' : 'schema_only' }),
        },
        createdAt: row.createdAt,
        ...(protection !== undefined && { protection }),
        ...(!row.isDefault && isHalfBuilt(row) && { unfinished: true }),
    };
}
function isHalfBuilt({ stage, project, withData }) {
    const creating = 'CREATING_PROJECT';
    const migrating = 'RUNNING_MIGRATIONS';
    if (stage === creating || (withData && stage === migrating))
        return true;
    return project !== undefined && includes(neverCameUp, project);
}
function protectionOf({ isDefault, persistent, pullRequest }) {
    if (isDefault)
        return 'it is the default branch of the project';
    if (persistent)
        return 'it is a persistent branch';
    if (pullRequest !== undefined)
        return `it belongs to Supabase's GitHub integration (pull request #${pullRequest})`;
    return undefined;
}
function includes(states, state) {
    return states.includes(state);
}

;// CONCATENATED MODULE: ./lib/providers/supabase/requests.js




/** The requests that this adapter makes, one method each. Source: https://supabase.com/docs/reference/api/introduction */
class Requests {
    #api;
    #project;
    #ports;
    constructor({ apiUrl, apiKey, project }, ports) {
        if (!/^[a-z]{20}$/.test(project)) {
            throw new errors/* InputError */.dz(`Input "project" is "${(0,errors/* show */.WU)(project)}". Use the reference of the Supabase project, 20 small letters: it stands in the project's address, https://supabase.com/dashboard/project/<reference>.`);
        }
        this.#project = project;
        this.#ports = ports;
        const { clock, signal, fetch } = ports;
        this.#api = (0,api/* openApi */.Nd)({
            platform: 'Supabase',
            baseUrl: apiUrl,
            fetch,
            clock,
            signal,
            headers: { authorization: new lib_secret/* Secret */.zh(`Bearer ${apiKey.reveal()}`) },
            // 120 requests a minute and user; the reset header counts from now.
            policy: { longestWait: 90_000, rateLimitReset: 'from_now' },
            explain: (failure) => explain(failure, project),
        });
    }
    /** The whole list: this listing has no pages. */
    async branches(doing) {
        const { body } = await this.#api.send('GET', (0,api/* path */.Ae) `/v1/projects/${this.#project}/branches`, { doing });
        return body.items.map(rowOf);
    }
    /** Undefined when Supabase does not show it, which is also so for some seconds after it was made. */
    async branch(name, doing) {
        const place = (0,api/* path */.Ae) `/v1/projects/${this.#project}/branches/${name}`;
        const { status, body } = await this.#api.send('GET', place, { doing, accept: [404] });
        return status === 404 ? undefined : rowOf(body);
    }
    async create({ name, dataPolicy }, { doing, region }) {
        const { body } = await this.#api.send('POST', (0,api/* path */.Ae) `/v1/projects/${this.#project}/branches`, {
            doing,
            body: {
                branch_name: name,
                persistent: false,
                with_data: dataPolicy === 'copy',
                ...(region !== '' && { region }),
            },
            explain: explainLimit,
        });
        return rowOf(body);
    }
    /** `true` also when it is only seen to be gone by then; a scheduled deletion is never asked for. */
    async delete(id, doing) {
        // The same place takes the reference of any project, the parent's included.
        if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
            throw new errors/* ProviderError */.mZ(`${doing} failed: its id is not one of a branch. Look at it on Supabase.`);
        }
        const request = { doing, query: { force: true }, accept: [404], explain: explainPersistent };
        return (await this.#api.send('DELETE', (0,api/* path */.Ae) `/v1/branches/${id}`, request)).status !== 404;
    }
    async config(id, doing) {
        const { status, body } = await this.#api.send('GET', (0,api/* path */.Ae) `/v1/branches/${id}`, { doing, accept: [404] });
        if (status === 404)
            return undefined;
        const password = this.#secret(body.at('db_pass'));
        this.#secret(body.at('jwt_secret'));
        return {
            ref: body.at('ref').text,
            state: body.at('status').text,
            host: body.at('db_host').text,
            port: body.at('db_port').number,
            user: body.at('db_user').maybeText ?? 'postgres',
            password,
        };
    }
    /** Of the primary database; undefined where there is none. */
    async pooler(ref, doing) {
        const place = (0,api/* path */.Ae) `/v1/projects/${ref}/config/database/pooler`;
        const { status, body } = await this.#api.send('GET', place, { doing, accept: [404] });
        const entries = status === 404 ? [] : body.items;
        const primary = entries.find((entry) => entry.at('database_type').text === 'PRIMARY');
        return (primary && {
            host: primary.at('db_host').text,
            port: primary.at('db_port').number,
            user: primary.at('db_user').text,
            database: primary.at('db_name').text,
        });
    }
    async setPassword(ref, { doing, password }) {
        const body = { password: password.reveal() };
        await this.#api.send('PATCH', (0,api/* path */.Ae) `/v1/projects/${ref}/database/password`, { doing, body });
    }
    async wake(ref, doing) {
        await this.#api.send('POST', (0,api/* path */.Ae) `/v1/projects/${ref}/restore`, { doing });
    }
    /** Gives the id of the run that does it. */
    async reset(id, doing) {
        const { body } = await this.#api.send('POST', (0,api/* path */.Ae) `/v1/branches/${id}/reset`, { doing, body: {} });
        return body.at('workflow_run_id').text;
    }
    /** Undefined while Supabase does not know the run. */
    async steps(ref, { doing, run }) {
        const place = (0,api/* path */.Ae) `/v1/projects/${ref}/actions/${run}`;
        const { status, body } = await this.#api.send('GET', place, { doing, accept: [404] });
        if (status === 404)
            return undefined;
        return body
            .at('run_steps')
            .items.map((step) => ({ name: step.at('name').text, status: step.at('status').text }));
    }
    /**
     * A refused creation, told by the plan where that forbids it: the status of such a refusal is not documented, so the
     * vendor's own command line looks at the organization's entitlements too.
     */
    async refusedByPlan(error, doing) {
        try {
            const { body: project } = await this.#api.send('GET', (0,api/* path */.Ae) `/v1/projects/${this.#project}`, { doing });
            const slug = project.at('organization_slug').text;
            const { body } = await this.#api.send('GET', (0,api/* path */.Ae) `/v1/organizations/${slug}/entitlements`, { doing });
            const entitlement = body
                .at('entitlements')
                .items.find((one) => one.at('feature').at('key').text === 'branching_limit');
            if (!entitlement || entitlement.at('hasAccess').flag)
                return undefined;
        }
        catch (unreadable) {
            if (unreadable instanceof errors/* ProviderError */.mZ)
                return undefined;
            throw unreadable;
        }
        const why = `the plan of the organization has no branches (${error.failure.trace})`;
        return new api/* ApiError */.hD(`${doing} failed: ${why}. Change the plan on Supabase and run the job again.`, error.failure);
    }
    #secret(field) {
        const text = field.maybeText;
        if (text === undefined)
            return undefined;
        const secret = new lib_secret/* Secret */.zh(text);
        this.#ports.mask(secret);
        return secret;
    }
}
function explain({ status }, project) {
    if (status === 401) {
        return {
            why: 'Supabase does not know the key',
            advice: 'Check "api_key": it is an access token of an account (sbp_…), not a key of the project.',
        };
    }
    if (status === 403) {
        return {
            why: 'the account of the key may not do this on Supabase',
            advice: `Check that it may manage the branches of project "${project}".`,
        };
    }
    if (status === 404) {
        return {
            why: `Supabase shows this key no project "${project}"`,
            advice: 'Check "project", and whose key "api_key" is.',
        };
    }
    return undefined;
}
function explainLimit({ status, said }) {
    if (status >= 500 || !/limit|maximum|quota|exceed/i.test(said) || status === 429)
        return undefined;
    return {
        why: 'the limit of branches is reached on Supabase',
        advice: 'Delete branches that nobody needs, or raise the limit.',
    };
}
function explainPersistent({ status, said }) {
    return status === 422 && /persistent/i.test(said)
        ? { why: 'it is a persistent branch', advice: 'Delete it on Supabase, if nobody needs it.' }
        : undefined;
}

;// CONCATENATED MODULE: ./lib/providers/supabase.js







const capabilities = {
    engine: 'postgresql',
    claims: 'name',
    schemaOnly: 'native',
    masked: 'none',
    copy: true,
    golden: false,
    reset: 'in_place',
    pointInTime: false,
    expiry: false,
    pooledUrl: true,
    urlReadableLater: true,
    sessions: false,
};
/** Milliseconds between two looks; 120 requests a minute are all that an account has. */
const lookEvery = 5_000;
/** Milliseconds that a branch may take: it is a new project, with the migrations of its parent or a restored copy. */
const patience = 15 * 60_000;
/** Milliseconds that a reading may lag behind a writing. Seen in the wild: some seconds of 404 after a creation. */
const lag = 60_000;
/** The parent's name as long as the project has no branch: Supabase registers it with the first one. */
const firstDefault = 'main';
/**
 * Supabase: a preview branch is a project of its own, made from the parent project's migrations or, with data, from its
 * backup. The parent is always the project itself.
 * Source: https://supabase.com/docs/guides/deployment/branching
 */
function createSupabaseProvider(account, ports) {
    return new SupabaseProvider(account, ports);
}
class SupabaseProvider {
    capabilities = capabilities;
    #account;
    #ports;
    #requests;
    /** What this run read last of each branch, by its id. */
    #rows = new Map();
    /** Of branches that were found ready and not listed anew since. */
    #configs = new Map();
    /** What this run had to set. */
    #passwords = new Map();
    /** The default branch's name. */
    #parent;
    constructor(account, ports) {
        this.#account = account;
        this.#ports = ports;
        this.#requests = new Requests(account, ports);
    }
    async list() {
        const rows = await this.#readAll('Listing the branches');
        return { items: rows.map((row) => branchOf(row, this.#parent)), complete: true };
    }
    /** By the listing: what a search for a name answers when there is none is not documented. */
    async find(name) {
        const doing = `Looking for "${name}"`;
        const [row, second] = (await this.#readAll(doing)).filter((one) => one.name === name);
        if (second)
            throw new errors/* ProviderError */.mZ(`${doing} failed: two branches have that name. Rename one on Supabase.`);
        return row && branchOf(row, this.#parent);
    }
    async create(spec) {
        const doing = `Creating "${spec.name}"`;
        await this.#requireParent(spec, doing);
        const { id } = await this.#make(spec, doing);
        spec.onMade?.(id);
        const row = await this.#untilReady({ id, name: spec.name }, doing);
        return { branch: branchOf(row, spec.parent), notes: [] };
    }
    /** Replays the parent's migrations. @throws RefusedError for a branch with data: its rows would not come back. */
    async reset(branch, spec) {
        const doing = `Resetting "${branch.name}"`;
        const holds = branch.claim.kind === 'name' ? branch.claim.dataPolicy : undefined;
        if (spec.dataPolicy !== 'schema_only' || holds !== 'schema_only') {
            throw new errors/* RefusedError */.fk(`${doing} refused: Supabase resets a branch to its migrations, and rows copied from the parent would not come back. Delete the branch and run the job again, or use on_synchronize "reuse". Nothing was changed.`);
        }
        await this.#requireParent(spec, doing);
        const old = this.#rows.get(branch.id) ?? (await this.#requests.branch(branch.name, doing));
        if (!old)
            throw gone(doing);
        // Whatever its migrations came to, a reset is the way out; only a sleeping project cannot be reset.
        const ref = this.#notTheParent(old.ref, doing);
        if (conditionOfProject(old.project ?? '').kind === 'asleep')
            await this.#untilReady(branch, doing, old);
        const run = await this.#requests.reset(branch.id, doing);
        await this.#untilRunEnds(branch, { doing, ref, run });
        const row = await this.#untilReady(branch, doing);
        return { branch: branchOf(row, spec.parent), notes: [] };
    }
    async delete(branch) {
        const doing = `Deleting "${branch.name}"`;
        this.#notTheParent(this.#rows.get(branch.id)?.ref ?? '', doing);
        let outcome = 'absent';
        return (0,wait/* waitFor */.f)({ ...this.#waiting(`The deletion of "${branch.name}"`), every: 2_000, deadline: lag }, async () => {
            // A branch that was made a moment ago can be "not found" and come to light later.
            if (outcome === 'absent' && (await this.#requests.delete(branch.id, doing)))
                outcome = 'deleted';
            const listed = (await this.#readAll(doing)).some(({ id }) => id === branch.id);
            return listed ? { waitingFor: 'Supabase still lists it' } : { ready: outcome };
        });
    }
    async connection(branch) {
        const doing = `Connecting to "${branch.name}"`;
        if (!this.#configs.has(branch.id))
            await this.#untilReady(branch, doing, this.#rows.get(branch.id));
        const config = this.#configs.get(branch.id);
        const ref = this.#notTheParent(config.ref, doing);
        const password = config.password ?? this.#passwords.get(ref) ?? (await this.#newPassword(ref, doing));
        const pooler = await this.#requests.pooler(ref, doing);
        const plain = { sslMode: 'prefer', sslRootCert: undefined, password };
        const { host, port, user } = config;
        const url = (0,target/* urlOf */.r)({ ...plain, host, port, user, database: 'postgres' });
        const pooledUrl = pooler && (0,target/* urlOf */.r)({ ...plain, ...pooler });
        this.#ports.mask(url);
        if (pooledUrl)
            this.#ports.mask(pooledUrl);
        return { url, ...(pooledUrl && { pooledUrl }), host, port, database: 'postgres', username: user, password };
    }
    async close() { }
    async #readAll(doing) {
        const rows = await this.#requests.branches(doing);
        this.#configs.clear();
        for (const row of rows)
            this.#rows.set(row.id, row);
        this.#parent = rows.find((row) => row.isDefault)?.name ?? firstDefault;
        return rows;
    }
    async #requireParent({ name, parent }, doing) {
        if (this.#parent === undefined)
            await this.#readAll(doing);
        if (parent === this.#parent)
            return;
        throw new errors/* ProviderError */.mZ(`${doing} from "${parent}" failed: there is no such branch to start from; on Supabase "${name}" can only start from "${this.#parent}", the default branch of the project. Check "parent_branch".`);
    }
    /**
     * @throws ConflictError when the name is taken, also when only the answer was lost: Supabase keeps no claims, so that
     * nobody can tell whose branch it is that stands there now.
     */
    async #make(spec, doing) {
        try {
            return await this.#requests.create(spec, { doing, region: this.#account.region });
        }
        catch (error) {
            if (!(error instanceof errors/* ProviderError */.mZ))
                throw error;
            const status = error instanceof api/* ApiError */.hD ? error.failure.status : undefined;
            const doubtful = status === undefined || status === 400 || status === 409 || status === 422;
            if (doubtful && (await this.#appears(spec.name, { doing, looks: status === 400 || status === 422 ? 1 : 4 }))) {
                throw new errors/* ConflictError */.fK(`${doing} failed: a branch of that name exists. Run the job again.`, { cause: error });
            }
            const refused = error instanceof api/* ApiError */.hD && [400, 402, 403, 409, 422].includes(error.failure.status);
            throw (refused ? await this.#requests.refusedByPlan(error, doing) : undefined) ?? error;
        }
    }
    async #appears(name, { doing, looks }) {
        for (let look = 1;; look++) {
            if ((await this.#readAll(doing)).some((row) => row.name === name))
                return true;
            if (look === looks)
                return false;
            await this.#ports.clock.sleep(lookEvery);
        }
    }
    /** Waits until the branch is migrated and its project answers, and wakes it where it sleeps. `first`: read just now. */
    async #untilReady({ id, name }, doing, first) {
        const { clock } = this.#ports;
        const started = clock.elapsed();
        let known = first;
        let woken = false;
        return (0,wait/* waitFor */.f)(this.#waiting(`Branch "${name}"`), async () => {
            const row = known ?? (await this.#requests.branch(name, doing));
            known = undefined;
            const seemsReady = row !== undefined && readyAsListed(row);
            const config = seemsReady ? await this.#requests.config(id, doing) : undefined;
            if (!row || (seemsReady && !config)) {
                if (clock.elapsed() - started > lag)
                    throw gone(doing);
                return { waitingFor: 'Supabase does not show it yet' };
            }
            requireSame(row, { id, doing });
            this.#rows.set(id, row);
            const conditions = [conditionOfStage(row.stage), conditionOfProject(config?.state ?? row.project ?? 'UNKNOWN')];
            requireUnbroken(conditions, doing);
            const pending = conditions.find((one) => one.kind === 'pending');
            if (pending && 'state' in pending)
                return { waitingFor: `its state is ${pending.state}` };
            if (config && conditions.every((one) => one.kind === 'fine')) {
                this.#configs.set(id, config);
                return { ready: row };
            }
            if (!woken)
                await this.#requests.wake(this.#notTheParent(row.ref, doing), doing);
            woken = true;
            return { waitingFor: 'it slept and was woken' };
        });
    }
    async #untilRunEnds(branch, at) {
        const { clock, info } = this.#ports;
        const started = clock.elapsed();
        await (0,wait/* waitFor */.f)(this.#waiting(`The reset of "${branch.name}"`), async () => {
            const steps = await this.#requests.steps(at.ref, at);
            if (!steps && clock.elapsed() - started > lag) {
                info(`Supabase does not show the run of the reset; going by the state of "${branch.name}" alone.`);
                return { ready: true };
            }
            const dead = steps?.find(({ status }) => status === 'DEAD');
            if (dead) {
                throw new errors/* ProviderError */.mZ(`${at.doing} failed: its step "${dead.name}" failed. Read the log of the branch on Supabase and run the job again.`);
            }
            const open = steps?.find(({ status }) => status !== 'EXITED');
            if (steps && steps.length > 0 && !open)
                return { ready: true };
            return { waitingFor: open ? `its step "${open.name}" is ${open.status}` : 'its run has not begun' };
        });
    }
    /** The vendor may leave the password out, and then the only way in is a new one. */
    async #newPassword(ref, doing) {
        const password = new lib_secret/* Secret */.zh(this.#ports.random(24));
        this.#ports.mask(password);
        await this.#requests.setPassword(ref, { doing, password });
        this.#passwords.set(ref, password);
        return password;
    }
    /** What is done to a project must never be done to the parent, which the default branch stands for. */
    #notTheParent(ref, doing) {
        if (ref !== this.#account.project)
            return ref;
        throw new errors/* RefusedError */.fk(`${doing} refused: it is the project itself, not a branch of it. Nothing was changed.`);
    }
    #waiting(what) {
        const { clock, info } = this.#ports;
        return { what, every: lookEvery, deadline: patience, clock, info };
    }
}
/** The configuration is asked for only where it can be the last thing to know. */
function readyAsListed({ stage, project }) {
    return (conditionOfStage(stage).kind === 'fine' && (project === undefined || conditionOfProject(project).kind === 'fine'));
}
function gone(doing) {
    return new errors/* ProviderError */.mZ(`${doing} failed: the branch is gone. Run the job again.`);
}
function requireSame(row, { id, doing }) {
    if (row.id !== id)
        throw new errors/* ConflictError */.fK(`${doing} failed: the branch was made anew meanwhile. Run the job again.`);
    if (row.deletionAt === undefined)
        return;
    throw new errors/* ProviderError */.mZ(`${doing} failed: its deletion is scheduled on Supabase for ${row.deletionAt}. Cancel the deletion there, or wait for it, and run the job again.`);
}
function requireUnbroken(conditions, doing) {
    const bad = conditions.find((one) => one.kind === 'failed');
    if (!bad || !('state' in bad))
        return;
    throw new errors/* ProviderError */.mZ(`${doing} failed: its state on Supabase is ${bad.state}. Read the log of the branch there, repair what it names and run the job again.`);
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
