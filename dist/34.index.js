export const id = 34;
export const ids = [34];
export const modules = {

/***/ 6034:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openGitHub: () => (/* binding */ openGitHub)
});

// EXTERNAL MODULE: ./lib/domain/names.js
var names = __webpack_require__(2720);
// EXTERNAL MODULE: ./lib/secret.js
var secret = __webpack_require__(3251);
// EXTERNAL MODULE: ./lib/domain/known.js
var known = __webpack_require__(1255);
// EXTERNAL MODULE: ./lib/errors.js
var lib_errors = __webpack_require__(452);
// EXTERNAL MODULE: ./node_modules/@actions/github/lib/utils.js + 2 modules
var utils = __webpack_require__(7176);
// EXTERNAL MODULE: ./node_modules/@octokit/rest/dist-src/index.js + 3 modules
var dist_src = __webpack_require__(1267);
// EXTERNAL MODULE: ./lib/http.js
var http = __webpack_require__(4247);
;// CONCATENATED MODULE: ./lib/forges/github/client.js




/** The toolkit knows API address and proxy of this runner; redirects, deadlines and retries are ours. */
function githubClient({ token, owner, repository, clock, signal }) {
    const viaProxy = utils/* defaults */.NT.request?.fetch;
    const fetch = (0,http/* guardedFetch */.x2)(viaProxy, { clock, signal });
    const quiet = { debug() { }, info() { }, warn() { }, error() { } };
    const octokit = new dist_src/* Octokit */.E({
        ...(0,utils/* getOctokitOptions */.EG)(token.reveal()),
        ...(utils/* defaults */.NT.baseUrl !== undefined && { baseUrl: utils/* defaults */.NT.baseUrl }),
        log: quiet,
        request: { fetch },
    });
    octokit.hook.before('request', (options) => {
        options.headers['x-github-api-version'] = '2022-11-28';
    });
    // Octokit wraps whatever fetch throws into an error of status 500, which nothing could tell from an answer.
    octokit.hook.error('request', (error) => {
        const { cause } = error;
        throw cause instanceof lib_errors/* CancelledError */.cc || cause instanceof lib_errors/* RedirectError */.Lx ? cause : error;
    });
    const repeat = (0,http/* guardedFetch */.x2)(viaProxy, { clock, signal }, { ...http/* defaultHttpPolicy */.G0, repeatsPost: true });
    const query = (text, variables) => octokit.graphql(text, { ...variables, request: { fetch: repeat } });
    return { rest: octokit.rest, query, repo: { owner, repo: repository } };
}
/** What GitHub said, without body and query: `GET host/path: 403 Resource not accessible by integration (request id)`. */
function explain(error) {
    const { status, message, request, response } = error;
    const answered = response !== undefined;
    const place = request?.url ? `${request.method ?? 'GET'} ${(0,http/* placeOf */.$t)(request.url)}` : 'request to GitHub';
    const said = answered ? `${status} ${saidBy(response.data)}`.trim() : (message ?? 'no answer');
    const id = response?.headers?.['x-github-request-id'];
    return {
        status: answered ? status : undefined,
        text: `${place}: ${said}${id ? ` (request ${id})` : ''}`,
        acceptedPermissions: response?.headers?.['x-accepted-github-permissions'],
    };
}
/** GitHub's own one-line message; anything else, such as an HTML page, is left out. */
function saidBy(data) {
    const message = typeof data === 'object' && data !== null ? data.message : undefined;
    return typeof message === 'string' ? message.slice(0, 200) : '';
}

;// CONCATENATED MODULE: ./lib/forges/github/changed-files.js



/** GitHub's largest page, and the most files that it lists: https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
const pageSize = 100;
const most = 3000;
/** Paths of the files that a pull request adds or changes; unknown where the list is not whole. */
async function changedFiles({ rest, repo }, number) {
    const paths = [];
    try {
        for (let page = 1;; page++) {
            const { data } = await rest.pulls.listFiles({ ...repo, pull_number: number, per_page: pageSize, page });
            if (!Array.isArray(data))
                return (0,known/* unknown */.L)('GitHub sent a page of files that is none');
            for (const { filename, status } of data) {
                if (typeof filename === 'string' && status !== 'removed')
                    paths.push(filename);
            }
            if (data.length < pageSize)
                return (0,known/* known */.e)(paths);
            if (page * pageSize >= most)
                return (0,known/* unknown */.L)(`GitHub lists no more than ${most} files of a pull request`);
        }
    }
    catch (error) {
        if (error instanceof lib_errors/* CancelledError */.cc)
            throw error;
        return (0,known/* unknown */.L)(error instanceof lib_errors/* RedirectError */.Lx ? (0,lib_errors/* messageOf */.bD)(error) : explain(error).text);
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./lib/forges/github/comment.js



/** GitHub's largest page. */
const comment_pageSize = 100;
/** Source: GitHub answers 422 "Body is too long (maximum is 65536 characters)". */
const longestBody = 65_536;
/** Over the last report of a branch that is gone: what the migration did is worth reading after the merge. */
const farewell = '🧹 **The pull request is closed and its database branch removed.** This was the last report.';
/**
 * Writes the one comment of this database on the pull request: edits ours in place, or makes it when there is none. Ours
 * is whose first line is our marker and whose author is the token's own account, on any page. When two runs make one at
 * the same time, the older comment stays, with the newer run's text.
 * https://docs.github.com/rest/issues/comments (needs Pull requests: write)
 */
async function stickyComment(client, order, body) {
    const text = `${markerOf(order)}\n${body}`;
    return warned(order, async () => {
        const found = await ourComments(client, order);
        if (found.length > 0)
            return settle(client, { found, text });
        const fault = await post(client, order, text);
        const made = await ourComments(client, order);
        if (made.length === 0 && fault !== undefined)
            throw fault;
        if (made.length > 0)
            await settle(client, { found: made, text });
        return 'created';
    });
}
/** Says in our comment, where there is one, that the branch is gone; the last report stays under it. */
async function withdrawComment(client, order) {
    return warned(order, async () => {
        const found = await ourComments(client, order);
        const [keep] = found;
        if (keep === undefined)
            return 'absent';
        const report = contentOf(keep);
        if (report.startsWith(farewell))
            return 'unchanged';
        const whole = `${markerOf(order)}\n${farewell}\n\n${report}`;
        const text = whole.length <= longestBody ? whole : `${markerOf(order)}\n${farewell}`;
        return settle(client, { found, text });
    });
}
/** A hash, because a template may hold what would end an HTML comment. */
function commentKey({ repository, template }) {
    return (0,external_node_crypto_.createHash)('sha256').update(`${repository}\n${template}`).digest('hex').slice(0, 16);
}
function markerStart({ database }) {
    return `<!-- db-branch-action report=${commentKey(database)} run=`;
}
function markerOf(order) {
    return `${markerStart(order)}${/^\d+\.\d+$/.test(order.run) ? order.run : '0.0'} -->`;
}
function contentOf({ body }) {
    return body.slice(body.indexOf('\n') + 1);
}
/** The oldest stays and gets the text of the latest run; the others go. */
async function settle(client, { found, text }) {
    const [keep, ...others] = found;
    if (keep === undefined)
        return 'unchanged';
    const latest = found.reduce((one, other) => (isLater(other.body, one.body) ? other : one));
    const superseded = isLater(latest.body, text);
    const wanted = superseded ? latest.body : text;
    const differs = contentOf(keep) !== contentOf({ body: wanted });
    if (differs)
        await update(client, keep.id, wanted);
    for (const { id } of others)
        await remove(client, id);
    if (superseded)
        return 'superseded';
    return differs ? 'updated' : 'unchanged';
}
function isLater(one, other) {
    const [run, attempt] = runOf(one);
    const [otherRun, otherAttempt] = runOf(other);
    return run > otherRun || (run === otherRun && attempt > otherAttempt);
}
function runOf(body) {
    const [, run, attempt] = /^<!-- [^\n]* run=(\d+)\.(\d+) -->/.exec(body) ?? [];
    return [Number(run ?? 0), Number(attempt ?? 0)];
}
/** Oldest first. */
async function ourComments(client, order) {
    const { rest, repo } = client;
    const start = markerStart(order);
    const marked = [];
    for (let page = 1;; page++) {
        const call = { ...repo, issue_number: order.pullRequest, per_page: comment_pageSize, page };
        const { data } = await rest.issues.listComments(call);
        if (!Array.isArray(data))
            throw new lib_errors/* ForgeError */.Q8('GitHub sent a page of comments that is none');
        for (const { id, body, user } of data) {
            if (typeof id !== 'number' || typeof body !== 'string' || !body.startsWith(start))
                continue;
            if (typeof user?.login === 'string')
                marked.push({ id, body: withoutReturns(body), author: user.login });
        }
        if (data.length < comment_pageSize)
            break;
    }
    if (marked.length === 0)
        return [];
    const login = await ownLogin(client);
    return marked.filter(({ author }) => author === login).sort((a, b) => a.id - b.id);
}
/** GitHub's web editor ends lines with both. */
function withoutReturns(body) {
    return body.replaceAll('\r\n', '\n');
}
/** Works for every kind of token, where GET /user refuses those of Apps and workflows. */
async function ownLogin({ query }) {
    const answer = (await query('query { viewer { login } }', {}));
    const login = answer?.viewer?.login;
    if (typeof login !== 'string' || login === '')
        throw new lib_errors/* ForgeError */.Q8('GitHub does not say whose the token is');
    return login;
}
/** A fault is told when nobody knows whether the comment was made; the next look at the list shows it. */
async function post({ rest, repo }, { pullRequest }, body) {
    try {
        await rest.issues.createComment({ ...repo, issue_number: pullRequest, body });
        return undefined;
    }
    catch (error) {
        if (!isLost(error))
            throw error;
        return error;
    }
}
/** The same text twice is the same comment, so an answer that was lost is asked for again. */
async function update({ rest, repo }, id, body) {
    const call = { ...repo, comment_id: id, body };
    try {
        await rest.issues.updateComment(call);
    }
    catch (error) {
        if (!isLost(error))
            throw error;
        await rest.issues.updateComment(call);
    }
}
async function remove({ rest, repo }, id) {
    try {
        await rest.issues.deleteComment({ ...repo, comment_id: id });
    }
    catch (error) {
        // The other run was faster.
        if (explain(error).status !== 404)
            throw error;
    }
}
function isLost(error) {
    if (error instanceof lib_errors/* CancelledError */.cc || error instanceof lib_errors/* RedirectError */.Lx)
        return false;
    const { status } = explain(error);
    return status === undefined || status >= 500;
}
async function warned(order, work) {
    try {
        return { status: await work() };
    }
    catch (error) {
        if (error instanceof lib_errors/* CancelledError */.cc)
            throw error;
        return { status: 'not written', warning: sentence(order, error) };
    }
}
function sentence({ pullRequest, untrusted }, error) {
    const ours = error instanceof lib_errors/* ForgeError */.Q8 || error instanceof lib_errors/* RedirectError */.Lx;
    const { status, text } = ours ? { status: undefined, text: (0,lib_errors/* messageOf */.bD)(error) } : explain(error);
    const what = `The comment on pull request #${pullRequest} was not written: ${text}.`;
    const where = 'The step summary holds the report.';
    const denied = status === 404 || (status === 403 && text.includes('Resource not accessible'));
    if (!denied)
        return `${what} ${where}`;
    return untrusted === undefined
        ? `${what} Give the job "permissions: pull-requests: write". ${where}`
        : `${what} A pull request from ${untrusted === 'fork' ? 'a fork' : 'Dependabot'} gets a token that may only read. ${where}`;
}

;// CONCATENATED MODULE: ./lib/forges/github/status.js


/** A page from a proxy comes with 200, which these calls never have when GitHub has done them. */
function requireStatus(answer, expected) {
    if (expected.includes(answer.status))
        return answer;
    throw new lib_errors/* ForgeError */.Q8(`GitHub answered ${answer.status} instead of ${expected.join(' or ')}`);
}
/** Undefined for 404, the error itself for everything else. */
async function unless404(call) {
    try {
        return await call();
    }
    catch (error) {
        if (explain(error).status === 404)
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/forges/github/deployment.js



/**
 * One environment for all: it is shown with every deployment, it holds nothing, and the job's own token, which makes it
 * with the first deployment, could never delete one of each pull request.
 */
const environment = 'database branches';
/** More than a pull request ever has at a time; each run leaves one. */
const mostAtOnce = 100;
/**
 * Shows the branch among the deployments of the pull request: active while there is a branch, destroyed afterwards.
 * Holds the name of the branch and nothing that lets anybody in.
 * Source: https://docs.github.com/rest/deployments/deployments and …/deployments/statuses
 */
function deploymentSign({ rest, repo }, { branch, head, }) {
    // Repositories with several databases have several branches per pull request.
    const task = `db-branch/${branch}`;
    const description = `Database branch ${branch}`;
    const name = `deployment that shows "${branch}"`;
    async function ours() {
        const { data } = await rest.repos.listDeployments({ ...repo, task, environment, per_page: mostAtOnce });
        if (!Array.isArray(data))
            throw new lib_errors/* ForgeError */.Q8('GitHub sent a list of deployments that is none');
        return data.map(({ id, sha }) => ({ id, sha }));
    }
    async function isActive({ id }) {
        const { data } = await rest.repos.listDeploymentStatuses({ ...repo, deployment_id: id, per_page: 1 });
        return !Array.isArray(data) || data[0]?.state !== 'inactive';
    }
    async function setState({ id }, state) {
        // Left on, `auto_inactive` would end the signs of other branches that are not transient.
        const status = { ...repo, deployment_id: id, state, description, auto_inactive: false };
        requireStatus(await rest.repos.createDeploymentStatus(status), [201]);
    }
    async function create(ref) {
        const answer = await rest.repos.createDeployment({
            ...repo,
            ref,
            task,
            environment,
            description,
            payload: {},
            // Both defaults surprise: one merges the base into the git branch, the other waits for every check.
            auto_merge: false,
            required_contexts: [],
            transient_environment: true,
            production_environment: false,
        });
        const { id } = requireStatus(answer, [201]).data;
        if (typeof id !== 'number')
            throw new lib_errors/* ForgeError */.Q8('GitHub sent a deployment without an id');
        await setState({ id }, 'success');
    }
    /** A transient deployment that is inactive is shown as destroyed. */
    async function end(deployments) {
        let ended = 0;
        for (const deployment of deployments) {
            if (!(await isActive(deployment)))
                continue;
            await setState(deployment, 'inactive');
            ended += 1;
        }
        return ended;
    }
    return {
        name,
        sign: true,
        async publish() {
            if (head === undefined)
                return;
            try {
                const seen = await ours();
                const current = seen.filter(({ sha }) => sha === head);
                const active = await firstActive(current, isActive);
                if (!active)
                    await create(head);
                await end(seen.filter((each) => each !== active));
            }
            catch (error) {
                throw failure(`Showing the ${name} failed`, error);
            }
        },
        async withdraw() {
            try {
                return (await end(await ours())) > 0 ? 'removed' : 'absent';
            }
            catch (error) {
                throw failure(`Ending the ${name} failed`, error);
            }
        },
    };
}
async function firstActive(deployments, isActive) {
    for (const deployment of deployments)
        if (await isActive(deployment))
            return deployment;
    return undefined;
}
function failure(what, error) {
    if (error instanceof lib_errors/* CancelledError */.cc)
        return error;
    if (error instanceof lib_errors/* ForgeError */.Q8 || error instanceof lib_errors/* RedirectError */.Lx)
        return new lib_errors/* ForgeError */.Q8(`${what}: ${error.message}.`, { cause: error });
    const { status, text } = explain(error);
    const denied = status === 401 || status === 403 || status === 404;
    const advice = denied
        ? 'Give the job "permissions: deployments: write"; runs of pull requests from forks and of Dependabot\'s never have it.'
        : 'The next run tries again.';
    return new lib_errors/* ForgeError */.Q8(`${what}: ${text}. ${advice}`, { cause: error });
}

;// CONCATENATED MODULE: ./lib/forges/github/kept-mark.js

/**
 * What tells whether a secret has to be written, in a variable beside it: a secret cannot be read, and rewriting it on
 * each push would make every change in the audit log look like a new URL.
 * Source: https://docs.github.com/rest/actions/variables (its permissions are those of the secrets).
 */
function keptMark({ rest, repo }, { environment, secret, text }) {
    const at = { ...repo, environment_name: environment };
    const name = `DB_BRANCH_ACTION_${secret.toUpperCase()}`;
    return {
        async holds() {
            const variable = await unless404(async () => (await rest.actions.getEnvironmentVariable({ ...at, name })).data);
            if (variable?.value !== text)
                return false;
            const call = { ...at, secret_name: secret };
            const written = await unless404(async () => (await rest.actions.getEnvironmentSecret(call)).data);
            return written !== undefined && Date.parse(written.updated_at) <= Date.parse(variable.updated_at);
        },
        async write() {
            const call = { ...at, name, value: text };
            const changed = await unless404(async () => requireStatus(await rest.actions.updateEnvironmentVariable(call), [204]));
            if (!changed)
                requireStatus(await rest.actions.createEnvironmentVariable(call), [201]);
        },
    };
}

;// CONCATENATED MODULE: ./lib/forges/github/environment.js





const claimVariable = 'DB_BRANCH_ACTION';
function claimText(environment) {
    return `made for the pull request of ${environment}`;
}
/**
 * The URL as a secret of an environment of its own, for later jobs that name this environment.
 * https://docs.github.com/rest/deployments/environments and https://docs.github.com/rest/actions/secrets
 */
function environmentSink({ rest, repo }, target, job) {
    const { environment, secret, mark } = target;
    const environmentName = { ...repo, environment_name: environment };
    const name = `secret ${secret} of environment ${environment}`;
    /**
     * The public key, of an environment made for it when missing. Only made when missing, because PUT replaces the
     * protection rules of an environment that exists. Asking for the key tells whether it does, with the permission we
     * need anyway; reading the environment itself would take a third one (Actions: read).
     */
    async function publicKey() {
        const read = async () => (await rest.actions.getEnvironmentPublicKey(environmentName)).data;
        let answer = await unless404(read);
        if (answer === undefined) {
            await rest.repos.createOrUpdateEnvironment(environmentName);
            // A sweep that finds this environment without its branch knows by the variable that it is ours.
            const variable = { ...environmentName, name: claimVariable, value: claimText(environment) };
            requireStatus(await rest.actions.createEnvironmentVariable(variable), [201]);
            job.debug(`Created environment ${environment}.`);
            answer = await read();
        }
        const { key, key_id } = answer;
        if (typeof key !== 'string' || typeof key_id !== 'string')
            throw new lib_errors/* ForgeError */.Q8('GitHub sent no public key');
        return { key, key_id };
    }
    return {
        name,
        async publish(connection) {
            try {
                const due = [];
                for (const [secret_name, url] of secretsOf(secret, connection)) {
                    const kept = mark && keptMark({ rest, repo }, { environment, secret: secret_name, text: mark(url, environment) });
                    if (!(await kept?.holds()))
                        due.push({ secret_name, url, kept });
                }
                if (due.length === 0)
                    return job.debug(`${name} holds this URL already.`);
                const { key, key_id } = await publicKey();
                for (const { secret_name, url, kept } of due) {
                    const encrypted_value = await seal(url.reveal(), key);
                    const call = { ...environmentName, secret_name, key_id, encrypted_value };
                    requireStatus(await rest.actions.createOrUpdateEnvironmentSecret(call), [201, 204]);
                    await kept?.write();
                }
            }
            catch (error) {
                throw environment_failure(`Writing ${name} failed`, error);
            }
        },
        async withdraw() {
            try {
                const secretGone = await unless404(async () => requireStatus(await rest.actions.deleteEnvironmentSecret({ ...environmentName, secret_name: secret }), [204]));
                const environmentGone = await unless404(async () => requireStatus(await rest.repos.deleteAnEnvironment(environmentName), [204]));
                if (secretGone ?? environmentGone)
                    return 'removed';
                // 404 also means that the token does not reach the repository: only one that does proves absence.
                await rest.repos.get(repo);
                return 'absent';
            }
            catch (error) {
                throw environment_failure(`Removing ${name} failed`, error);
            }
        },
    };
}
/**
 * The environments of pull requests that this action made: those whose name fits the template and that carry our
 * variable. Unknown when one page or one variable cannot be read.
 * https://docs.github.com/rest/deployments/environments#list-environments (needs Actions: read)
 */
async function claimedEnvironments({ rest, repo }, numberOf) {
    const found = [];
    try {
        for (let page = 1, seen = 0;; page++) {
            const { data } = await rest.repos.getAllEnvironments({ ...repo, per_page: 100, page });
            const { environments, total_count } = data;
            if (!Array.isArray(environments) || typeof total_count !== 'number')
                return (0,known/* unknown */.L)('GitHub sent a page that is none');
            for (const { name } of environments) {
                const pullRequest = typeof name === 'string' ? numberOf(name) : undefined;
                if (typeof name === 'string' && pullRequest !== undefined)
                    found.push({ name, pullRequest });
            }
            seen += environments.length;
            if (environments.length === 0 || seen >= total_count)
                return (0,known/* known */.e)(found);
        }
    }
    catch (error) {
        if (error instanceof lib_errors/* CancelledError */.cc)
            throw error;
        return (0,known/* unknown */.L)(`${explain(error).text}; "environment_token" needs "Actions: read" for this`);
    }
}
/** Whether this action made the environment. */
async function isClaimed({ rest, repo }, environment) {
    const call = { ...repo, environment_name: environment, name: claimVariable };
    const answer = await unless404(async () => (await rest.actions.getEnvironmentVariable(call)).data);
    return answer?.value === claimText(environment);
}
/** Both URLs of a branch, where its platform has a pooler. The second goes with the environment when that is deleted. */
function secretsOf(secret, { url, pooledUrl }) {
    return [[secret, url], ...(pooledUrl ? [[`${secret}_POOLED`, pooledUrl]] : [])];
}
function environment_failure(what, error) {
    if (error instanceof lib_errors/* CancelledError */.cc)
        return error;
    if (error instanceof lib_errors/* ForgeError */.Q8 || error instanceof lib_errors/* RedirectError */.Lx)
        return new lib_errors/* ForgeError */.Q8(`${what}: ${error.message}`, { cause: error });
    const { status, text, acceptedPermissions } = explain(error);
    const denied = status === 401 || status === 403 || status === 404;
    const accepted = acceptedPermissions ? ` (GitHub accepts: ${acceptedPermissions})` : '';
    const advice = denied
        ? `Give "environment_token" the repository permissions "Administration: write" and "Environments: write"${accepted}; GITHUB_TOKEN can never have them; on GitHub Free, private repositories have no environment secrets.`
        : 'Run the job again.';
    return new lib_errors/* ForgeError */.Q8(`${what}: ${text}. ${advice}`, { cause: error });
}
/** GitHub takes secrets only as a libsodium sealed box: https://docs.github.com/rest/guides/encrypting-secrets-for-the-rest-api */
async function seal(text, publicKey) {
    const { default: sodium } = await __webpack_require__.e(/* import() */ 768).then(__webpack_require__.bind(__webpack_require__, 4768));
    await sodium.ready;
    const box = sodium.crypto_box_seal(text, sodium.from_base64(publicKey, sodium.base64_variants.ORIGINAL));
    return sodium.to_base64(box, sodium.base64_variants.ORIGINAL);
}

;// CONCATENATED MODULE: ./lib/forges/github/policy-file.js



/**
 * The text of a file of the default branch, or at the given commit; undefined when there is none. The pull request's own
 * tree is its author's to change: what stands there never counts.
 * https://docs.github.com/rest/repos/contents#get-repository-content (needs Contents: read)
 */
async function readFile({ rest, repo }, { path, ref }) {
    try {
        const { data } = await rest.repos.getContent({
            ...repo,
            path,
            ...(ref !== undefined && { ref }),
            mediaType: { format: 'raw' },
        });
        // A page of a proxy would be a text, too; the policy file's own reader refuses what is none.
        return typeof data === 'string' ? (0,known/* known */.e)(data) : (0,known/* unknown */.L)(`${path} is no file`);
    }
    catch (error) {
        if (error instanceof lib_errors/* CancelledError */.cc)
            throw error;
        const { status, text } = explain(error);
        // Of a commit that is gone nobody knows what it held.
        if (status === 404 && !text.includes('No commit found'))
            return absent({ rest, repo }, text);
        const advice = status === 403 ? '; give the job "permissions: contents: read"' : '';
        return (0,known/* unknown */.L)(`${text}${advice}`);
    }
}
/** 404 also means that the token does not reach the repository: only one that does proves absence. */
async function absent({ rest, repo }, text) {
    try {
        await rest.repos.get(repo);
        return (0,known/* known */.e)(undefined);
    }
    catch (error) {
        if (error instanceof lib_errors/* CancelledError */.cc)
            throw error;
        return (0,known/* unknown */.L)(text);
    }
}

;// CONCATENATED MODULE: ./lib/forges/github/pull-request-lists.js



/** GitHub's largest page: https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api */
const pull_request_lists_pageSize = 100;
/** Aliases in one query. It costs one point whatever their number, but heavy queries meet resource limits. */
const batchSize = 50;
const facts = 'number state closedAt updatedAt labels(first: 50) { nodes { name } }';
/** What a sweep asks, of one repository. */
function githubSweepForge(client) {
    const limit = { cost: 0, remaining: undefined };
    return {
        openPullRequests: () => openPullRequests(client, limit),
        pullRequestsByNumber: (numbers) => pullRequestsByNumber(client, numbers, limit),
        budget: () => limit.remaining === undefined
            ? undefined
            : `GitHub requests: ${limit.cost} points of this hour's limit used, ${limit.remaining} left`,
    };
}
/**
 * Every open pull request, one request per 100. Unknown when any page fails or is not what was asked for: half a list
 * would make open pull requests look closed.
 */
async function openPullRequests({ query, repo }, limit) {
    const found = new Map();
    for (let after = null;;) {
        const answer = await ask(query, pageQuery, { variables: { ...repo, after }, limit });
        if (answer.fault !== undefined)
            return (0,known/* unknown */.L)(answer.fault);
        const page = object(object(answer.repository)?.['pullRequests']);
        const info = object(page?.['pageInfo']);
        const nodes = page?.['nodes'];
        if (!Array.isArray(nodes) || typeof info?.['hasNextPage'] !== 'boolean')
            return (0,known/* unknown */.L)('GitHub sent a page that is none');
        for (const node of nodes) {
            const read = factsOf(node);
            if (!read)
                return (0,known/* unknown */.L)('GitHub sent a pull request without its facts');
            // One that says it is closed does not belong here: it is asked for by its number.
            if (read.state === 'open')
                found.set(read.number, read);
        }
        if (!info['hasNextPage'])
            return (0,known/* known */.e)(found);
        if (typeof info['endCursor'] !== 'string' || info['endCursor'] === after)
            return (0,known/* unknown */.L)('GitHub sent a page without an end');
        after = info['endCursor'];
    }
}
/** The facts of these pull requests, one request per 50. A number without a clear answer is unknown. */
async function pullRequestsByNumber({ query, repo }, numbers, limit) {
    const readings = new Map();
    for (let from = 0; from < numbers.length; from += batchSize) {
        const batch = numbers.slice(from, from + batchSize);
        const aliases = batch.map((number) => `p${number}: pullRequest(number: ${number}) { ${facts} }`).join('\n');
        const answer = await ask(query, `query($owner: String!, $repo: String!) { ${budget} repository(owner: $owner, name: $repo) { ${aliases} } }`, { variables: repo, limit });
        for (const number of batch)
            readings.set(number, readingOf(answer, number));
    }
    return readings;
}
const budget = 'rateLimit { cost remaining }';
const pageQuery = `query($owner: String!, $repo: String!, $after: String) {
  ${budget}
  repository(owner: $owner, name: $repo) {
    pullRequests(states: OPEN, first: ${pull_request_lists_pageSize}, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      pageInfo { hasNextPage endCursor }
      nodes { ${facts} }
    }
  }
}`;
/** Errors come with status 200 and may stand beside data; Octokit throws them with the data attached. */
async function ask(query, text, { variables, limit }) {
    try {
        const data = object(await query(text, variables));
        note(limit, data);
        const repository = data?.['repository'];
        return {
            repository,
            errors: [],
            fault: object(repository) ? undefined : 'GitHub sent an answer without the repository',
        };
    }
    catch (error) {
        if (error instanceof lib_errors/* CancelledError */.cc)
            throw error;
        const { data, errors } = error;
        if (!Array.isArray(errors))
            return { repository: undefined, errors: [], fault: explain(error).text };
        note(limit, object(data));
        const first = object(errors[0]);
        const said = [first?.['type'], first?.['message']].filter((word) => typeof word === 'string').join(': ');
        return {
            repository: object(data)?.['repository'],
            errors,
            fault: `GitHub answered ${said.slice(0, 200) || 'an error'}`,
        };
    }
}
function note(limit, data) {
    const { cost, remaining } = object(data?.['rateLimit']) ?? {};
    if (typeof cost === 'number')
        limit.cost += cost;
    if (typeof remaining === 'number')
        limit.remaining = remaining;
}
function readingOf({ repository, errors, fault }, number) {
    const alias = `p${number}`;
    const read = factsOf(object(repository)?.[alias]);
    if (read?.number === number)
        return (0,known/* known */.e)(read);
    const own = errors.map(object).find((error) => Array.isArray(error?.['path']) && error['path'][1] === alias);
    if (own?.['type'] === 'NOT_FOUND')
        return { known: false, why: 'GitHub does not find it', missing: true };
    return (0,known/* unknown */.L)(fault ?? 'GitHub sent no facts');
}
function factsOf(node) {
    const { number, state, closedAt, updatedAt, labels } = object(node) ?? {};
    const names = object(labels)?.['nodes'];
    if (typeof number !== 'number' || typeof updatedAt !== 'string' || !Array.isArray(names))
        return undefined;
    if (state !== 'OPEN' && state !== 'CLOSED' && state !== 'MERGED')
        return undefined;
    if (closedAt !== null && typeof closedAt !== 'string')
        return undefined;
    const words = names.map((label) => object(label)?.['name']);
    if (!words.every((word) => typeof word === 'string'))
        return undefined;
    return { number, state: state === 'OPEN' ? 'open' : 'closed', closedAt, updatedAt, labels: words };
}
function object(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

;// CONCATENATED MODULE: ./lib/forges/github/pull-requests.js



/**
 * Live pull request states. Anything but a well-formed answer is unknown: 404 also means "no access", and Octokit
 * hands out a truncated or HTML answer of status 200 as text.
 * https://docs.github.com/rest/pulls/pulls#get-a-pull-request
 */
function githubForge({ rest, repo }) {
    return {
        async pullRequest(number) {
            try {
                const { data } = await rest.pulls.get({ ...repo, pull_number: number });
                const answer = data;
                if (typeof answer !== 'object' || answer?.number !== number)
                    return (0,known/* unknown */.L)('GitHub sent an answer that is not this pull request');
                if (answer.state !== 'open' && answer.state !== 'closed')
                    return (0,known/* unknown */.L)('GitHub sent an answer without a state');
                return (0,known/* known */.e)({ number, state: answer.state });
            }
            catch (error) {
                if (error instanceof lib_errors/* CancelledError */.cc)
                    throw error;
                if (error instanceof lib_errors/* RedirectError */.Lx)
                    return (0,known/* unknown */.L)(error.message);
                const { status, text } = explain(error);
                const advice = status === 403 || status === 404 ? '; give the job "permissions: pull-requests: read"' : '';
                return (0,known/* unknown */.L)(`${text}${advice}`);
            }
        },
    };
}

;// CONCATENATED MODULE: ./lib/forges/github/index.js










/** GitHub, for one repository. Each token is only ever used for its own calls. */
function openGitHub(options) {
    const { repository, clock, signal, job, environment, mark } = options;
    const clientFor = (token) => githubClient({ token, owner: repository.owner, repository: repository.name, clock, signal });
    // Where no token is needed, none is there; a call all the same is refused by GitHub and told.
    const reader = clientFor(options.token ?? new secret/* Secret */.zh('none'));
    const ports = {
        forge: githubForge(reader),
        sweepForge: githubSweepForge(reader),
        readFile: (file) => readFile(reader, file),
        changedFiles: (number) => changedFiles(reader, number),
        comment: commentOf(reader),
    };
    const signs = (at) => options.deployment && at ? [deploymentSign(reader, { branch: at.branch, head: at.head?.commit })] : [];
    if (!environment)
        return { ...ports, sinksFor: (_number, at) => signs(at), environments: undefined };
    const client = clientFor(environment.token);
    const nameFor = (number) => (0,names/* renderTemplate */.Xm)(environment.template, { number, repository: repository.name });
    return {
        ...ports,
        sinksFor: (number, at) => [
            environmentSink(client, { environment: nameFor(number), secret: environment.secretName, mark }, job),
            ...signs(at),
        ],
        environments: {
            list: () => claimedEnvironments(client, (name) => (0,names/* numberByName */.Mo)(name, environment.template, repository.name)),
            claimed: ({ name }) => isClaimed(client, name),
        },
    };
}
function commentOf(client) {
    const problem = (outcome) => (outcome.status === 'not written' ? outcome.warning : undefined);
    return {
        write: async (place, body) => problem(await stickyComment(client, place, body)),
        withdraw: async (place) => problem(await withdrawComment(client, place)),
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


/***/ })

};
