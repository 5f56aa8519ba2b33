export const id = 1;
export const ids = [1];
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


const claim_text_form = /^dbba1 ([1-9]\d*) ([1-9]\d*|hand) ([smc])([fu]) ([0-9a-z]{1,13}) ([0-9a-z]{5})$/;
const anyVersion = /^dbba\d+ /;
const letters = { schema_only: 's', masked: 'm', copy: 'c' };
const longest = 50;
/** @throws ProviderError when the claim is too long, which a repository id of more than 12 digits can make it. */
function describeClaim(claim, { finished }) {
    const { repository, pullRequest, dataPolicy, build, branch } = claim;
    const state = `${letters[dataPolicy]}${finished ? 'f' : 'u'}`;
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
    const dataPolicy = Object.keys(letters).find((policy) => letters[policy] === letter);
    const id = [...build].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
    if (!dataPolicy || id >= 1n << 64n)
        return 'unknown';
    return {
        repository: Number(repository),
        pullRequest: number === 'hand' ? null : Number(number),
        dataPolicy,
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
    const protection = protectionOf(listed, relatives);
    const base = { id, name, claim: { kind: 'none' }, createdAt, ...(protection !== undefined && { protection }) };
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
    const { repository, pullRequest, dataPolicy, build } = known.described;
    const { parentId = 'none', createdAt } = listed;
    const parent = relatives.find(({ id }) => id === parentId)?.name ?? `${parentId}, which is gone`;
    // A description has no room for the run.
    return {
        kind: 'claim',
        claim: { repository, pullRequest, branch, parent, dataPolicy, run: 'unknown', build, createdAt },
    };
}
/** Xata itself deletes a branch although others were made from it. */
function protectionOf({ id, parentId }, relatives) {
    if (parentId === undefined)
        return 'it is a root branch of its project';
    const child = relatives.find((one) => 'parentId' in one && one.parentId === id);
    return child && `"${child.name}" was made from it`;
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
    masked: 'none',
    copy: true,
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
        return described && branchOf(described, listing);
    }
    async create(spec) {
        const finished = spec.dataPolicy !== 'schema_only';
        const made = await this.#make(spec, { name: spec.name, finished });
        const notes = await this.#empty(made, spec);
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
        const made = await this.#make(spec, { name: fresh, finished: spec.dataPolicy !== 'schema_only' });
        const notes = await this.#empty(made, spec);
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
        const asides = listing.filter((one) => {
            const aside = (0,domain_aside/* asideOf */.KN)(one.name);
            return aside?.branch === name && !(aside.kind === 'new' && this.#isYoung(one));
        });
        const described = await (0,in_parallel/* inParallel */.H)(asides, describedAtOnce, (one) => this.#withDescription(one));
        return described
            .filter((one) => one !== undefined)
            .map((one) => branchOf(one, listing))
            .filter((branch) => branch.leftover);
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
    #isYoung({ createdAt }) {
        const age = this.#ports.clock.now().getTime() - Date.parse(createdAt);
        return !(age >= domain_aside/* buildPatience */.Kq);
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
    async #idOfParent({ name, parent }) {
        const inListing = (listing) => listing?.find((one) => one.name === parent);
        const found = inListing(this.#listing) ?? inListing(await this.#list());
        if (found)
            return found.id;
        throw noParent({ name, parent }, this.#account.project);
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
    async #empty(made, spec) {
        if (spec.dataPolicy !== 'schema_only')
            return [];
        const connection = await this.connection(branchOf(made, []));
        return this.#ports.database.empty(connection, spec.claim);
    }
    async #change(one, change, doing) {
        this.#listing = undefined;
        return this.#patience.change(one, change, doing);
    }
}


/***/ })

};
