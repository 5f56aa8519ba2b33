export const id = 248;
export const ids = [248];
export const modules = {

/***/ 5248:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openGitLab: () => (/* binding */ openGitLab)
});

// EXTERNAL MODULE: ./lib/domain/names.js
var names = __webpack_require__(2720);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/http/api.js + 1 modules
var http_api = __webpack_require__(7352);
;// CONCATENATED MODULE: ./lib/forges/gitlab/api.js


/** A personal, group or project access token goes by this header; a job token has none of the rights that are needed. */
function gitlabClient({ apiUrl, project, token, fetch, clock, signal }) {
    const budget = { requests: 0, remaining: undefined };
    const counted = async (url, init) => {
        budget.requests += 1;
        const response = await fetch(url, init);
        const left = response.headers.get('ratelimit-remaining');
        if (left !== null && /^\d+$/.test(left))
            budget.remaining = Number(left);
        return response;
    };
    const api = (0,http_api/* openApi */.Nd)({
        platform: 'GitLab',
        baseUrl: apiUrl,
        fetch: counted,
        clock,
        signal,
        headers: { 'private-token': token },
        explain,
    });
    return { api, project: String(project), budget };
}
/** GitLab says 404 for what a token must not see, and 403 for what it may see and not do. */
function explain({ status }) {
    if (status === 401)
        return { why: 'GitLab does not know the token', advice: 'Check that it is not expired.' };
    if (status === 403 || status === 404) {
        const why = status === 403 ? 'the token may not do this on GitLab' : 'GitLab does not find it';
        return { why, advice: 'Check the role, the scopes and the project of the token.' };
    }
    if (status === 429)
        return { why: 'the rate limit of GitLab is used up', advice: 'Run the job again later.' };
    return status >= 500 ? { why: 'GitLab is out of order', advice: 'Run the job again later.' } : undefined;
}
/** Why a fact could not be read, as part of a sentence. @throws what ends the run. */
function whyNot(error) {
    if (error instanceof errors/* CancelledError */.cc)
        throw error;
    if (error instanceof errors/* RedirectError */.Lx)
        return error.message;
    if (error instanceof http_api/* ApiError */.hD)
        return error.failure.trace;
    return (0,errors/* messageOf */.bD)(error).replace(/\.$/, '');
}

// EXTERNAL MODULE: ./lib/domain/known.js
var known = __webpack_require__(1255);
;// CONCATENATED MODULE: ./lib/forges/gitlab/pages.js

/** GitLab's largest page: https://docs.gitlab.com/api/rest/#pagination */
const pageSize = 100;
/** More pages than any list has that we read; an end that never comes is a broken answer. */
const pageLimit = 1000;
/** All items of a list, whatever its length. @throws when a page fails or when nobody knows whether it is the last. */
async function everyItem({ api }, place, { doing, query = {} }) {
    const items = [];
    for (let page = 1; page <= pageLimit; page++) {
        const answer = await api.send('GET', place, { doing, query: { per_page: pageSize, ...query, page } });
        items.push(...answer.body.items.map((item) => item.object));
        const next = nextPage(answer);
        if (next === undefined)
            return items;
        if (next !== page + 1)
            break;
    }
    throw new errors/* ForgeError */.Q8('GitLab sent a page without an end');
}
/**
 * Undefined after the last page. Without the header nobody knows whether there is more: a proxy that drops it must not
 * make half a list whole.
 * @throws ForgeError then.
 */
function nextPage({ headers }) {
    const next = headers.get('x-next-page');
    if (next === '')
        return undefined;
    if (next !== null && /^[1-9]\d{0,8}$/.test(next))
        return Number(next);
    throw new errors/* ForgeError */.Q8('GitLab sent a page without saying whether it is the last');
}

;// CONCATENATED MODULE: ./lib/forges/gitlab/merge-requests.js




/** Merge requests in one request by number; all of them fit on one page. */
const batchSize = 50;
/**
 * Live states of merge requests. Anything but a well-formed answer is unknown: 404 also means "no access".
 * https://docs.gitlab.com/api/merge_requests/#get-single-mr
 */
function gitlabForge({ api, project }) {
    return {
        async pullRequest(number) {
            try {
                const place = (0,http_api/* path */.Ae) `/projects/${project}/merge_requests/${String(number)}`;
                const { body } = await api.send('GET', place, { doing: `Reading merge request !${number}` });
                const read = factsOf(body.object);
                if (read?.number !== number)
                    return (0,known/* unknown */.L)('GitLab sent an answer that is not this merge request');
                return (0,known/* known */.e)({ number, state: read.state });
            }
            catch (error) {
                return (0,known/* unknown */.L)(`${whyNot(error)}; "gitlab_token" needs the scope read_api or api`);
            }
        },
    };
}
/** What a sweep asks. https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests */
function gitlabSweepForge(client) {
    const { budget } = client;
    return {
        openPullRequests: () => openMergeRequests(client),
        pullRequestsByNumber: (numbers) => mergeRequestsByNumber(client, numbers),
        budget: () => budget.requests === 0
            ? undefined
            : `GitLab requests: ${budget.requests} sent${budget.remaining === undefined ? '' : `, ${budget.remaining} left of this minute's limit`}`,
    };
}
/** Every open merge request. Unknown when any page fails or is not what was asked for. */
async function openMergeRequests(client) {
    const found = new Map();
    try {
        const query = { scope: 'all', state: 'opened', order_by: 'created_at', sort: 'asc' };
        const place = (0,http_api/* path */.Ae) `/projects/${client.project}/merge_requests`;
        for (const item of await everyItem(client, place, { doing: 'Reading merge requests', query })) {
            const read = factsOf(item);
            if (!read)
                return (0,known/* unknown */.L)('GitLab sent a merge request without its facts');
            // One that says it is closed does not belong here: it is asked for by its number.
            if (read.state === 'open')
                found.set(read.number, read);
        }
        return (0,known/* known */.e)(found);
    }
    catch (error) {
        return (0,known/* unknown */.L)(whyNot(error));
    }
}
/**
 * Paths of the files that a merge request adds or changes. Unknown where GitLab lists fewer than it counts, as it does
 * with large ones. https://docs.gitlab.com/api/merge_requests/#list-merge-request-diffs
 */
async function changedFiles(client, number) {
    const place = (0,http_api/* path */.Ae) `/projects/${client.project}/merge_requests/${String(number)}`;
    const doing = `Reading the files of merge request !${number}`;
    try {
        const { body } = await client.api.send('GET', place, { doing });
        const files = await everyItem(client, `${place}/diffs`, { doing });
        // A text, such as `7` or `1000+`; null for none.
        if ((body.at('changes_count').maybeText ?? '0') !== String(files.length)) {
            return (0,known/* unknown */.L)('GitLab does not list all files of the merge request');
        }
        const kept = files.filter((file) => file['deleted_file'] === false);
        return (0,known/* known */.e)(kept.map((file) => file['new_path']).filter((name) => typeof name === 'string'));
    }
    catch (error) {
        return (0,known/* unknown */.L)(whyNot(error));
    }
}
/** The facts of these merge requests, one request per 50. A number without a clear answer is unknown. */
async function mergeRequestsByNumber(client, numbers) {
    const readings = new Map();
    for (let from = 0; from < numbers.length; from += batchSize) {
        const batch = numbers.slice(from, from + batchSize);
        const answer = await listed(client, batch);
        for (const number of batch)
            readings.set(number, readingOf(answer, number));
    }
    return readings;
}
async function listed({ api, project }, batch) {
    try {
        const numbers = batch.map((number) => `iids[]=${number}`).join('&');
        const answer = await api.send('GET', `${(0,http_api/* path */.Ae) `/projects/${project}/merge_requests`}?${numbers}`, {
            doing: 'Reading merge requests',
            query: { scope: 'all', state: 'all', per_page: pageSize },
        });
        if (nextPage(answer) !== undefined)
            return (0,known/* unknown */.L)('GitLab sent more merge requests than were asked for');
        return (0,known/* known */.e)(answer.body.items.map((item) => item.object));
    }
    catch (error) {
        return (0,known/* unknown */.L)(whyNot(error));
    }
}
function readingOf(answer, number) {
    if (!answer.known)
        return answer;
    const items = answer.value.filter((item) => item['iid'] === number);
    const [item] = items;
    if (item === undefined) {
        // An answer of others than those asked for proves no absence.
        const whole = answer.value.every((other) => factsOf(other) !== undefined);
        return whole ? { known: false, why: 'GitLab does not find it', missing: true } : (0,known/* unknown */.L)('GitLab sent no facts');
    }
    const read = items.length === 1 ? factsOf(item) : undefined;
    return read ? (0,known/* known */.e)(read) : (0,known/* unknown */.L)('GitLab sent no facts');
}
const states = { opened: 'open', locked: 'open', closed: 'closed', merged: 'closed' };
/** `locked` is a merge request that is being merged. One that is merged was perhaps closed before, which does not count. */
function factsOf(item) {
    const { iid, state, closed_at, merged_at, updated_at, labels } = item;
    if (typeof iid !== 'number' || typeof state !== 'string' || !Object.hasOwn(states, state))
        return undefined;
    if (typeof updated_at !== 'string' || !Array.isArray(labels))
        return undefined;
    if (!labels.every((label) => typeof label === 'string'))
        return undefined;
    if (!isDate(closed_at) || !isDate(merged_at))
        return undefined;
    const open = states[state] === 'open';
    const ended = state === 'merged' ? merged_at : closed_at;
    return {
        number: iid,
        state: open ? 'open' : 'closed',
        closedAt: open ? null : (ended ?? null),
        updatedAt: updated_at,
        labels,
    };
}
function isDate(value) {
    return value === undefined || value === null || typeof value === 'string';
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/forges/gitlab/notes.js





/** Over the last report of a branch that is gone: what the migration did is worth reading after the merge. */
const farewell = '🧹 **The merge request is closed and its database branch removed.** This was the last report.';
/**
 * The one note of ours about a database on the merge request: edited in place, made when there is none. Ours is whose
 * first line is our marker and whose author is the token's own user. When two runs make one at the same time, the older
 * note stays, with the newer run's text.
 * https://docs.gitlab.com/api/notes/#merge-requests (role Reporter, scope api)
 */
function reportNotes(client) {
    return {
        write: (place, body) => told(place, async () => {
            const text = `${markerOf(place)}\n${body}`;
            if ((await ourNotes(client, place)).length === 0)
                await post(client, place, text);
            await settle(client, place, text);
        }),
        withdraw: (place) => told(place, async () => {
            const [keep] = await ourNotes(client, place);
            if (!keep || contentOf(keep).startsWith(farewell))
                return;
            await settle(client, place, `${markerOf(place)}\n${farewell}\n\n${contentOf(keep)}`);
        }),
    };
}
function markerStart({ database: { repository, template } }) {
    // A hash, because a template may hold what would end an HTML comment.
    const key = (0,external_node_crypto_.createHash)('sha256').update(`${repository}\n${template}`).digest('hex').slice(0, 16);
    return `<!-- db-branch-action report=${key} run=`;
}
function markerOf(place) {
    return `${markerStart(place)}${/^\d+\.\d+$/.test(place.run) ? place.run : '0.0'} -->`;
}
function contentOf({ body }) {
    return body.slice(body.indexOf('\n') + 1);
}
/** The oldest stays and gets the text of the latest run; the others go. */
async function settle(client, place, text) {
    const found = await ourNotes(client, place);
    const [keep, ...others] = found;
    if (!keep)
        throw new errors/* ForgeError */.Q8('GitLab took the note and does not list it');
    const latest = [...found.map(({ body }) => body), text].reduce((one, other) => (isEarlier(other, one) ? one : other));
    if (contentOf(keep) !== contentOf({ body: latest })) {
        const body = { body: latest };
        await client.api.send('PUT', `${notesOf(client, place)}/${keep.id}`, { doing: 'Writing the note', body });
    }
    for (const { id } of others) {
        const doing = 'Deleting a second note';
        // The other run may be faster.
        await client.api.send('DELETE', `${notesOf(client, place)}/${id}`, { doing, accept: [404] });
    }
}
function isEarlier(one, other) {
    const [run, job] = runOf(one);
    const [otherRun, otherJob] = runOf(other);
    return run < otherRun || (run === otherRun && job < otherJob);
}
function runOf(body) {
    const [, run, job] = /^<!-- [^\n]* run=(\d+)\.(\d+) -->/.exec(body) ?? [];
    return [Number(run ?? 0), Number(job ?? 0)];
}
function notesOf({ project }, { pullRequest }) {
    return (0,http_api/* path */.Ae) `/projects/${project}/merge_requests/${String(pullRequest)}/notes`;
}
/** Oldest first. */
async function ourNotes(client, place) {
    const query = { sort: 'asc', order_by: 'created_at' };
    const items = await everyItem(client, notesOf(client, place), { doing: 'Reading the notes', query });
    const start = markerStart(place);
    const marked = items.filter(({ id, body }) => typeof id === 'number' && typeof body === 'string' && body.startsWith(start));
    if (marked.length === 0)
        return [];
    const { body: user } = await client.api.send('GET', '/user', { doing: 'Reading whose the token is' });
    const own = user.at('id').number;
    return marked
        .filter(({ author }) => author?.id === own)
        .map(({ id, body }) => ({ id: String(id), body: String(body) }));
}
async function post(client, place, body) {
    await client.api.send('POST', notesOf(client, place), { doing: 'Writing the note', body: { body } });
}
/** One sentence when it fails; a note never fails a run. */
async function told({ pullRequest }, work) {
    try {
        await work();
        return undefined;
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        return `The note on merge request !${pullRequest} was not written: ${whyNot(error)}. "gitlab_token" needs the scope api. The summary holds the report.`;
    }
}

;// CONCATENATED MODULE: ./lib/forges/gitlab/policy-file.js



/**
 * The text of a file of the default branch, or at the given commit; undefined when there is none. The merge request's
 * own tree is its author's to change: what stands there never counts.
 * https://docs.gitlab.com/api/repository_files/#get-file-from-repository
 */
async function readFile({ api, project }, { path, ref }) {
    try {
        const { body } = await api.send('GET', (0,http_api/* path */.Ae) `/projects/${project}/repository/files/${path}`, {
            doing: `Reading ${path}`,
            query: { ref: ref ?? 'HEAD' },
        });
        const { content, encoding, file_path } = body.object;
        if (typeof content !== 'string' || encoding !== 'base64' || file_path !== path) {
            return (0,known/* unknown */.L)(`GitLab sent an answer that is not ${path}`);
        }
        return (0,known/* known */.e)(Buffer.from(content, 'base64').toString());
    }
    catch (error) {
        if (isNoFile(error))
            return (0,known/* known */.e)(undefined);
        return (0,known/* unknown */.L)(`${whyNot(error)}; "gitlab_token" needs the scope read_api or api and the role Reporter`);
    }
}
/** A commit or a project that is not found is told in other words, and proves nothing. */
function isNoFile(error) {
    return error instanceof http_api/* ApiError */.hD && error.failure.status === 404 && error.failure.said === '404 File Not Found';
}

;// CONCATENATED MODULE: ./lib/forges/gitlab/variables.js





/** Stands in the variable's description: by this we know it as ours. */
function claimText(environment) {
    return `db-branch-action: made for the merge request of ${environment}`;
}
/**
 * The URL as a project variable, masked and not expanded, that only jobs of this environment get. The environment itself
 * is made and stopped by GitLab, with the jobs that name it.
 * https://docs.gitlab.com/api/project_level_variables/ (role Maintainer, scope api)
 */
function variableSink(client, target) {
    const { environment, secret } = target;
    const name = `variable ${secret} of environment ${environment}`;
    return {
        name,
        async publish(connection) {
            try {
                for (const [key, url] of variablesOf(secret, connection))
                    await write(client, target, { key, url });
            }
            catch (error) {
                throw failure(`Writing ${name} failed`, error);
            }
        },
        async withdraw() {
            try {
                let removed = false;
                for (const key of keysOf(secret))
                    removed = (await remove(client, environment, key)) || removed;
                return removed ? 'removed' : 'absent';
            }
            catch (error) {
                throw failure(`Removing ${name} failed`, error);
            }
        },
    };
}
/** The environments of merge requests that hold a variable of ours. Unknown when one page cannot be read. */
async function claimedEnvironments(client, secret, numberOf) {
    const found = new Map();
    try {
        const place = (0,http_api/* path */.Ae) `/projects/${client.project}/variables`;
        for (const variable of await everyItem(client, place, { doing: 'Reading variables' })) {
            const scope = variable['environment_scope'];
            if (typeof scope !== 'string' || !isOurs(variable, scope) || !keysOf(secret).includes(String(variable['key'])))
                continue;
            const number = numberOf(scope);
            if (number !== undefined)
                found.set(scope, { name: scope, pullRequest: number });
        }
        return (0,known/* known */.e)([...found.values()]);
    }
    catch (error) {
        return (0,known/* unknown */.L)(`${whyNot(error)}; variables need the role Maintainer and the scope api`);
    }
}
/** Whether the environment holds a variable of ours. */
async function isClaimed(client, environment, secret) {
    for (const key of keysOf(secret)) {
        const found = await read(client, environment, key);
        if (found && isOurs(found, environment))
            return true;
    }
    return false;
}
function keysOf(secret) {
    return [secret, `${secret}_POOLED`];
}
function variablesOf(secret, { url, pooledUrl }) {
    const [direct = secret, pooled = secret] = keysOf(secret);
    return [[direct, url], ...(pooledUrl ? [[pooled, pooledUrl]] : [])];
}
function isOurs({ description }, environment) {
    return description === claimText(environment);
}
/** Undefined when there is none. Without the filter, GitLab would pick among those of all environments. */
async function read({ api, project }, environment, key) {
    try {
        const { body } = await api.send('GET', (0,http_api/* path */.Ae) `/projects/${project}/variables/${key}`, {
            doing: `Reading variable ${key}`,
            query: scopedTo(environment),
        });
        requireVariable(body.object, environment, key);
        return body.object;
    }
    catch (error) {
        if (error instanceof http_api/* ApiError */.hD && saysAbsent(error.failure))
            return undefined;
        throw error;
    }
}
async function write(client, { environment, protected: isProtected }, { key, url }) {
    const { api, project } = client;
    const value = url.reveal();
    if (!/^\S{8,}$/.test(value)) {
        throw new errors/* ForgeError */.Q8(`GitLab masks no value with a space or of less than 8 characters, and the URL for ${key} is one`);
    }
    const found = await read(client, environment, key);
    if (found && !isOurs(found, environment)) {
        throw new errors/* ForgeError */.Q8(`${key} of environment ${environment} exists, and this action did not make it`);
    }
    const wanted = { value, masked: true, raw: true, protected: isProtected };
    if (found && Object.entries(wanted).every(([field, one]) => found[field] === one))
        return;
    const body = {
        ...wanted,
        variable_type: 'env_var',
        environment_scope: environment,
        description: claimText(environment),
    };
    const answer = found
        ? await api.send('PUT', (0,http_api/* path */.Ae) `/projects/${project}/variables/${key}`, {
            doing: `Writing variable ${key}`,
            query: scopedTo(environment),
            body,
        })
        : await api.send('POST', (0,http_api/* path */.Ae) `/projects/${project}/variables`, {
            doing: `Writing variable ${key}`,
            body: { key, ...body },
        });
    requireStatus(answer, found ? 200 : 201);
    requireVariable(answer.body.object, environment, key);
    // What GitLab leaves out silently, such as a field that an old server does not know, must not go unnoticed.
    if (answer.body.object['masked'] === true && isOurs(answer.body.object, environment))
        return;
    await drop(client, environment, key);
    throw new errors/* ForgeError */.Q8(`GitLab stored ${key} without a mask or a description, so it was taken away again`);
}
/** What somebody else made stays. */
async function remove(client, environment, key) {
    const found = await read(client, environment, key);
    return found !== undefined && isOurs(found, environment) && drop(client, environment, key);
}
async function drop({ api, project }, environment, key) {
    const answer = await api.send('DELETE', (0,http_api/* path */.Ae) `/projects/${project}/variables/${key}`, {
        doing: `Deleting variable ${key}`,
        query: scopedTo(environment),
        accept: saysAbsent,
    });
    if (answer.status === 404)
        return false;
    requireStatus(answer, 204);
    return true;
}
/** GitLab's own word for it: a project that the token does not reach, or a proxy, proves no absence. */
function saysAbsent({ status, said }) {
    return status === 404 && said === '404 Variable Not Found';
}
function scopedTo(environment) {
    return { 'filter[environment_scope]': environment };
}
/** A page of a proxy, or a query that got lost on the way, must not pass for an answer. */
function requireVariable(variable, environment, key) {
    if (variable['key'] === key && variable['environment_scope'] === environment)
        return;
    throw new errors/* ForgeError */.Q8('GitLab sent an answer that is not this variable');
}
function requireStatus({ status }, expected) {
    if (status !== expected)
        throw new errors/* ForgeError */.Q8(`GitLab answered ${status} instead of ${expected}`);
}
function failure(what, cause) {
    if (cause instanceof errors/* CancelledError */.cc)
        return cause;
    const advice = 'The token needs the role Maintainer and the scope api: give it as "environment_token" or "gitlab_token".';
    const why = cause instanceof errors/* ForgeError */.Q8 ? cause.message : (0,errors/* messageOf */.bD)(cause).replace(/\.$/, '');
    return new errors/* ForgeError */.Q8(`${what}: ${why}. ${advice}`, { cause });
}

;// CONCATENATED MODULE: ./lib/forges/gitlab/index.js






/** GitLab, for one project. Each token is only ever used for its own calls. */
function openGitLab(options) {
    const { environment, repository } = options;
    const reader = gitlabClient(options);
    const ports = {
        forge: gitlabForge(reader),
        sweepForge: gitlabSweepForge(reader),
        comment: reportNotes(reader),
        changedFiles: (number) => changedFiles(reader, number),
        readFile: (file) => readFile(reader, file),
    };
    if (!environment)
        return { ...ports, sinksFor: () => [], environments: undefined };
    const { template, secretName: secret, token } = environment;
    const writer = gitlabClient({ ...options, token });
    const nameFor = (number) => (0,names/* renderTemplate */.Xm)(template, { number, repository });
    return {
        ...ports,
        sinksFor: (number) => [
            variableSink(writer, { environment: nameFor(number), secret, protected: options.protected }),
        ],
        environments: {
            list: () => claimedEnvironments(writer, secret, (name) => (0,names/* numberByName */.Mo)(name, template, repository)),
            claimed: ({ name }) => isClaimed(writer, name, secret),
        },
    };
}


/***/ }),

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


/***/ })

};
