export const id = 189;
export const ids = [189];
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

/***/ 4189:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   vercelSink: () => (/* binding */ vercelSink)
/* harmony export */ });
/* harmony import */ var _http_api_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7352);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _secret_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3251);



/**
 * The URL as a preview variable of the pull request's git branch, for what Vercel builds of it. The comment of a variable
 * says that this action made it, and for which branch; no other variable is ever touched.
 * Source: Vercel's published description, operations filterProjectEnvs, createProjectEnv, editProjectEnv and
 * removeProjectEnv; https://vercel.com/docs/rest-api/reference/endpoints/projects
 */
function vercelSink(at, target, ports) {
    const api = openVercel(at, ports);
    const query = at.team === '' ? {} : { teamId: at.team };
    const variables = (0,_http_api_js__WEBPACK_IMPORTED_MODULE_0__/* .path */ .Ae) `/v10/projects/${at.project}/env`;
    const claim = claimText(target);
    async function ours() {
        const { body } = await api.send('GET', variables, {
            doing: `Reading the variables of Vercel project "${at.project}"`,
            query,
        });
        if (body.follow(['pagination', 'next']).exists) {
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ProviderError */ .mZ('Vercel listed only some of the variables of the project. Nothing was changed there.');
        }
        return body
            .at('envs')
            .items.map(variableOf)
            .filter(({ comment }) => isClaim(comment, claim));
    }
    async function write(seen, { key, url }) {
        const { gitBranch, mark } = target;
        const known = seen.find((variable) => variable.key === key && (gitBranch ?? variable.gitBranch) === variable.gitBranch);
        const place = JSON.stringify([at.project, key, known?.gitBranch ?? gitBranch]);
        const comment = mark ? `${claim} url ${mark(url, place)}` : claim;
        const doing = `Writing Vercel variable "${key}"`;
        const value = url.reveal();
        if (known) {
            if (mark && known.comment === comment)
                return;
            const one = (0,_http_api_js__WEBPACK_IMPORTED_MODULE_0__/* .path */ .Ae) `/v9/projects/${at.project}/env/${known.id}`;
            await api.send('PATCH', one, { doing, query, body: { value, comment } });
        }
        else if (gitBranch !== undefined) {
            const body = { key, value, type: 'sensitive', target: ['preview'], gitBranch, comment };
            const call = { doing, query, body, explain: explainConflict(key, gitBranch) };
            const { body: answer } = await api.send('POST', variables, call);
            // Several at once would be told one by one; of one, too, a success may hold the failure.
            const failed = answer.follow(['failed']);
            if (!failed.exists || failed.items.length === 0)
                return;
            const { why, advice } = explainRefusal(failed.items[0].follow(['error', 'code']).maybeText, { key, gitBranch });
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ProviderError */ .mZ(`${doing} failed: ${why}. ${advice}`);
        }
    }
    return {
        name: `preview variable ${target.variable} of Vercel project ${at.project}`,
        async publish(connection) {
            await twice(async () => {
                const seen = await ours();
                for (const each of urlsOf(target.variable, connection))
                    await write(seen, each);
                // The pull request may have moved to another git branch, or the pooler may be gone.
                const names = new Set(urlsOf(target.variable, connection).map(({ key }) => key));
                for (const variable of seen)
                    if (isStale(variable, target, names))
                        await remove(variable);
            });
        },
        async withdraw() {
            const found = await ours();
            for (const variable of found)
                await remove(variable);
            return found.length === 0 ? 'absent' : 'removed';
        },
    };
    async function remove({ id, key }) {
        const doing = `Removing Vercel variable "${key}"`;
        await api.send('DELETE', (0,_http_api_js__WEBPACK_IMPORTED_MODULE_0__/* .path */ .Ae) `/v9/projects/${at.project}/env/${id}`, { doing, query, accept: [404] });
    }
}
/** Reads everything again after an answer was lost: what had been done all the same is then found. */
async function twice(body) {
    try {
        await body();
    }
    catch (error) {
        if (!(error instanceof _http_api_js__WEBPACK_IMPORTED_MODULE_0__/* .LostAnswerError */ .nD))
            throw error;
        await body();
    }
}
function isStale({ key, gitBranch }, target, names) {
    return !names.has(key) || (target.gitBranch !== undefined && gitBranch !== target.gitBranch);
}
/** Both URLs of a branch, where its platform has a pooler. */
function urlsOf(variable, { url, pooledUrl }) {
    return [{ key: variable, url }, ...(pooledUrl ? [{ key: `${variable}_POOLED`, url: pooledUrl }] : [])];
}
/** At most 500 characters go into a comment; a branch name has at most 63. */
function claimText({ repository, pullRequest, branch, variable }) {
    return `db-branch-action/1 repository ${repository} pull request ${pullRequest} branch ${branch} as ${variable}`;
}
function isClaim(comment, claim) {
    return (comment === claim || (comment.startsWith(`${claim} url `) && /^[0-9a-f]{32}$/.test(comment.slice(claim.length + 5))));
}
function variableOf(shape) {
    return {
        id: shape.at('id').maybeText ?? '',
        key: shape.at('key').text,
        gitBranch: shape.at('gitBranch').maybeText,
        comment: shape.at('comment').maybeText ?? '',
    };
}
function openVercel({ token, apiUrl }, { fetch, clock, signal }) {
    return (0,_http_api_js__WEBPACK_IMPORTED_MODULE_0__/* .openApi */ .Nd)({
        platform: 'Vercel',
        baseUrl: apiUrl,
        fetch,
        clock,
        signal,
        headers: { authorization: new _secret_js__WEBPACK_IMPORTED_MODULE_2__/* .Secret */ .zh(`Bearer ${token.reveal()}`) },
        explain,
    });
}
function explain({ status }) {
    if (status === 401 || status === 403) {
        return {
            why: 'Vercel does not let this token at the project',
            advice: 'Check "vercel_token", that it may write the project\'s environment variables, and "vercel_team".',
        };
    }
    if (status === 404) {
        return { why: 'Vercel does not find the project', advice: 'Check "vercel_project" and "vercel_team".' };
    }
    return status < 500 && status !== 429 ? { why: 'Vercel refused', advice: 'Check the "vercel_" inputs.' } : undefined;
}
function explainConflict(key, gitBranch) {
    return ({ code }) => (code === 'ENV_CONFLICT' ? explainRefusal(code, { key, gitBranch }) : undefined);
}
/** A variable of somebody else is never overwritten: it was set for a reason. */
function explainRefusal(code, { key, gitBranch }) {
    if (code !== 'ENV_CONFLICT')
        return { why: 'Vercel refused', advice: 'Check the "vercel_" inputs.' };
    return {
        why: `the project has a variable "${key}" for previews of "${gitBranch}" that this action did not make`,
        advice: 'Remove it, or choose another "secret_name".',
    };
}


/***/ })

};
