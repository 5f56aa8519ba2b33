export const id = 794;
export const ids = [794];
export const modules = {

/***/ 8794:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createRestProvider: () => (/* binding */ createRestProvider)
});

// UNUSED EXPORTS: capabilities

// EXTERNAL MODULE: ./lib/domain/claim.js
var domain_claim = __webpack_require__(6768);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/http/api.js + 1 modules
var api = __webpack_require__(7352);
// EXTERNAL MODULE: ./lib/sql/parent.js
var sql_parent = __webpack_require__(4898);
// EXTERNAL MODULE: ./lib/http/address.js
var http_address = __webpack_require__(1368);
// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./lib/providers/rest/document.js
var _a;


/** Longest description, in characters: each of its values is copied and searched many times. */
const longestText = 64 * 1024;
/**
 * One value of the description, with the line it stands on. Each reading checks the form of the value.
 * Every method throws InputError: `Input "rest_config" line 12: …. Use …`
 */
class Entry {
    #node;
    #line;
    #lines;
    /** Where it stands, as `create.exists[0]`; empty for the whole. */
    path;
    constructor(at) {
        this.#node = at.node;
        this.#line = at.line;
        this.#lines = at.lines;
        this.path = at.path;
    }
    /** The sentence's subject is this value, unless `what` names another. */
    fail(problem, use, what = `"${this.path}"`) {
        throw new errors/* InputError */.dz(`${this.where}: ${what} ${problem}. Use ${use}.`);
    }
    /** The beginning of a sentence about this line. */
    get where() {
        return `Input "rest_config" line ${this.#line}`;
    }
    /** The fields of a map; a key that is not allowed is refused, because whoever wrote it meant something by it. */
    fields(allowed) {
        const node = this.#node;
        if (!(0,dist/* isMap */.jh)(node))
            return this.fail('is not a map', `the keys ${quoted(allowed)} below it`, this.path === '' ? 'the whole' : undefined);
        const found = new Map();
        for (const pair of node.items) {
            const key = (0,dist/* isScalar */.jn)(pair.key) ? String(pair.key.value) : '';
            const entry = this.#child(pair.value, this.path === '' ? key : `${this.path}.${key}`, pair.key);
            if (!allowed.includes(key)) {
                const place = this.path === '' ? '' : ` in "${this.path}"`;
                entry.fail('is not known', quoted(allowed), `the key "${(0,errors/* show */.WU)(key)}"${place}`);
            }
            found.set(key, entry);
        }
        return {
            has: (key) => found.has(key),
            get: (key) => found.get(key),
            need: (key, what) => found.get(key) ?? this.fail(`lacks the key "${key}"`, what, this.path === '' ? 'it' : undefined),
        };
    }
    list(what, read) {
        const node = this.#node;
        if (!(0,dist/* isSeq */.oP)(node) || node.items.length === 0)
            return this.fail('is not a list', what);
        return node.items.map((item, index) => read(this.#child(item, `${this.path}[${index}]`, item)));
    }
    /** One line of text that fits the grammar. The value is not repeated where it could hold what is secret. */
    text(grammar, use, secret = false) {
        const value = this.#value();
        if (typeof value === 'string' && grammar.test(value))
            return value;
        const seen = secret || (typeof value === 'object' && value !== null) ? 'has a wrong form' : `is "${(0,errors/* show */.WU)(String(value))}"`;
        return this.fail(seen, use);
    }
    oneOf(allowed) {
        const value = this.#value();
        if (allowed.includes(value))
            return value;
        return this.fail(`is "${(0,errors/* show */.WU)(String(value))}"`, allowed.map((one) => `"${one}"`).join(' or '));
    }
    integer({ from, to }) {
        const value = this.#value();
        if (Number.isInteger(value) && value >= from && value <= to)
            return value;
        return this.fail('is not such a number', from === to ? String(from) : `a whole number from ${from} to ${to}`);
    }
    get isMap() {
        return (0,dist/* isMap */.jh)(this.#node);
    }
    /** A text, number, true, false or null. */
    scalar() {
        const value = this.#value();
        if (value === null || typeof value === 'string' || typeof value === 'boolean')
            return value;
        if (typeof value === 'number' && Number.isFinite(value))
            return value;
        return this.fail('is not a single value', 'a text, a finite number, true, false or null');
    }
    /** Any value, built of what JSON knows; `read` sees each text. */
    json(read) {
        const node = this.#node;
        if ((0,dist/* isMap */.jh)(node)) {
            const fields = node.items.map((pair) => {
                const key = (0,dist/* isScalar */.jn)(pair.key) ? String(pair.key.value) : '';
                return [key, this.#child(pair.value, `${this.path}.${key}`, pair.key).json(read)];
            });
            return Object.fromEntries(fields);
        }
        if ((0,dist/* isSeq */.oP)(node))
            return node.items.map((item, at) => this.#child(item, `${this.path}[${at}]`, item).json(read));
        const value = this.scalar();
        if (typeof value === 'string')
            read(value, this);
        return value;
    }
    #value() {
        return this.#node === null ? null : (0,dist/* isScalar */.jn)(this.#node) ? this.#node.value : this.#node;
    }
    #child(node, path, beside) {
        const offset = (node?.range ?? beside.range)?.[0] ?? 0;
        return new _a({ node, line: this.#lines.linePos(offset).line, lines: this.#lines, path });
    }
}
_a = Entry;
/**
 * Reads the text as one YAML 1.2 document of plain values: no tags, anchors or aliases, no key twice.
 * @throws InputError with the line that is wrong.
 */
function openDocument(text) {
    if (text.length > longestText) {
        throw new errors/* InputError */.dz(`Input "rest_config" is longer than ${longestText} characters. Use a description of this one platform.`);
    }
    const lines = new dist/* LineCounter */.HN();
    const document = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, prettyErrors: false, version: '1.2', logLevel: 'error' });
    const [fault] = [...document.errors, ...document.warnings];
    const fail = (offset, problem, use) => {
        throw new errors/* InputError */.dz(`Input "rest_config" line ${lines.linePos(offset).line || 1}: ${problem}. Use ${use}.`);
    };
    if (fault)
        return fail(fault.pos[0], yamlFault(fault), 'valid YAML');
    if (document.directives?.yaml.explicit)
        return fail(0, 'directives are not read', 'a document without them');
    (0,dist/* visit */.YR)(document, {
        Node(_key, node) {
            const offset = node.range?.[0] ?? 0;
            if ((0,dist/* isAlias */.Vj)(node) || node.anchor !== undefined)
                fail(offset, 'anchors and aliases are not read', 'the value itself in each place');
            if (node.tag !== undefined)
                fail(offset, 'tags are not read', 'the plain value');
        },
        Pair(_key, { key }) {
            if (!(0,dist/* isScalar */.jn)(key))
                fail(key?.range?.[0] ?? 0, 'a key is not a text', 'a plain word as key');
        },
    });
    return new Entry({ node: document.contents, line: 1, lines, path: '' });
}
/** The parser's own words, without the excerpts of the text that some of them hold. */
function yamlFault({ code, message }) {
    if (code === 'DUPLICATE_KEY')
        return 'a key stands there twice';
    if (code === 'MULTIPLE_DOCS')
        return 'a second document begins';
    if (code === 'TAG_RESOLVE_FAILED')
        return 'tags are not read';
    if (code === 'RESOURCE_EXHAUSTION')
        return 'it is nested too deeply';
    return `it is no valid YAML (${message.split(/[:\n]/, 1)[0] ?? code})`;
}
function quoted(keys) {
    return keys.map((key) => `"${key}"`).join(', ');
}

;// CONCATENATED MODULE: ./lib/providers/rest/fields.js
const pointerGrammar = /^(\/([^/~]|~[01])*)*$/;
/** Source: https://www.rfc-editor.org/rfc/rfc6901 */
function readPointer(entry) {
    const text = entry.text(pointerGrammar, 'a JSON pointer such as "/branches", or "" for the whole answer');
    return text
        .split('/')
        .slice(1)
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
function readScalars(entry) {
    return entry.list('a list of values, such as [ready]', (item) => item.scalar());
}
/** Statuses of a kind: `from` and `to` say which make sense in that place. */
function readMeanings(entry, from, to) {
    return entry.list(`a list of status codes, such as [${from}]`, (item) => {
        if (!item.isMap)
            return { status: item.integer({ from, to }) };
        const fields = item.fields(['status', 'at', 'in']);
        const status = fields.need('status', 'a status code').integer({ from, to });
        const at = readPointer(fields.need('at', 'a JSON pointer to the field that tells'));
        return { status, at, in: readScalars(fields.need('in', 'a list of the values that tell')) };
    });
}
function readStatuses(entry, from, to) {
    return entry.list(`a list of status codes, such as [${from}]`, (item) => item.integer({ from, to }));
}
function readProtection(entry) {
    const fields = entry.fields(['at', 'in', 'not_in', 'because']);
    const at = readPointer(fields.need('at', 'a JSON pointer to the field that tells'));
    const because = fields
        .need('because', 'the reason, such as "it is protected"')
        .text(/^\S.{0,99}$/, 'one short line of text');
    if (fields.has('in') === fields.has('not_in'))
        entry.fail('needs one of "in" and "not_in"', 'exactly one of them');
    const protects = fields.has('in') ? 'in' : 'not_in';
    return { at, values: readScalars(fields.need(protects, 'a list of values')), protects, because };
}
/** Whether an answer has one of these meanings. A field that is no single value has none. */
function means(meanings, answer) {
    return meanings.some(({ status, at, in: values = [] }) => {
        if (status !== answer.status)
            return false;
        return at === undefined || holds(answer.body, at, values);
    });
}
/** An answer that refuses can be of any form, an HTML page too: what cannot be read has no meaning. */
function holds(body, at, values) {
    try {
        return values.includes(body.follow(at).scalar);
    }
    catch {
        return false;
    }
}
/** A pointer that may be left out. */
function pointer(fields, key) {
    const entry = fields.get(key);
    return entry && readPointer(entry);
}

;// CONCATENATED MODULE: ./lib/providers/rest/model.js
const sqlWorks = ['empty', 'mask', 'ledgers'];
/** The account: known before the first request. */
const accountPlaceholders = ['organization', 'project', 'database', 'role', 'region', 'repository'];
/** A branch that exists. */
const branchPlaceholders = ['name', 'id'];
/** A branch that is to be made, and what it is made from. */
const orderPlaceholders = ['name', 'parent', 'parent_id', 'pull_request', 'claim', 'data_policy'];

;// CONCATENATED MODULE: ./lib/providers/rest/template.js

const placeholder = /\{(\w+)\}/g;
const segment = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|\\{\\w+\\})+";
/** The verb, then a path that stays below the address: no query, no `..`, nothing encoded. */
const requestLine = new RegExp(`^(GET|POST|PUT|PATCH|DELETE) ((?:/${segment})+)$`);
/**
 * Reads `request`, `query` and `body` of a request.
 * @throws InputError
 */
function readRequest(at, allowed) {
    const { request, query, body } = at;
    const uses = new Set();
    const take = (text, entry) => {
        for (const name of namesIn(text, entry, allowed.placeholders))
            uses.add(name);
    };
    const example = `a verb and a path such as "${allowed.methods[0]} /branches"`;
    const [, method = '', path = ''] = requestLine.exec(request.text(requestLine, example)) ?? [];
    if (!allowed.methods.includes(method)) {
        request.fail(`has the verb ${method}`, allowed.methods.join(' or '));
    }
    if (path.split('/').some((part) => part === '.' || part === '..')) {
        request.fail('leads out of the address', 'a path without "." and ".." as its parts');
    }
    take(path, request);
    if (body && method === 'GET')
        body.fail('goes with no GET', '"query" for what a GET asks');
    const filled = body?.json((text, entry) => take(text, entry));
    return { method: method, path, query: readQuery(query, take), body: filled, uses, where: request.where };
}
function readQuery(query, take) {
    const map = query?.json(take) ?? {};
    if (!query ||
        (query.isMap && Object.values(map).every((value) => ['string', 'number', 'boolean'].includes(typeof value))))
        return map;
    return query.fail('is not a map of single values', 'names with a text, a number, true or false');
}
function namesIn(text, entry, allowed) {
    return [...text.matchAll(placeholder)].map(([word, name]) => {
        if (name === 'api_key')
            entry.fail('holds {api_key}', 'the key in "auth.value" only');
        if (allowed.includes(name))
            return name;
        return entry.fail(`holds ${word}`, allowed.map((one) => `{${one}}`).join(', '));
    });
}
/** The request that a section of the description holds. @throws InputError */
function requestIn(fields, methods, placeholders) {
    const all = fields;
    const request = all.need('request', `a verb and a path, such as "${methods[0]} /branches"`);
    return readRequest({ request, query: all.get('query'), body: all.get('body') }, { methods, placeholders });
}
/**
 * Puts the values in: percent-encoded in the path, as they are in query and body, whose texts are parsed already. A
 * value never changes what the rest of a request means.
 * @throws ProviderError when a value is missing or would make another path of it.
 */
function fill(template, values) {
    const valueOf = (name) => {
        const value = values[name];
        if (value === undefined || value === '')
            throw notSent(template, `{${name}} has no value`);
        return value;
    };
    const inText = (text) => text.replace(placeholder, (_word, name) => String(valueOf(name) ?? ''));
    const inPath = (text) => text.replace(placeholder, (_word, name) => encodeURIComponent(String(valueOf(name) ?? '')));
    const parts = template.path.split('/').slice(1).map(inPath);
    if (parts.some((part) => part === '' || part === '.' || part === '..')) {
        throw notSent(template, 'a value in it leads to another path');
    }
    const query = Object.entries(template.query).map(([name, value]) => [name, inText(String(value))]);
    return {
        path: `/${parts.join('/')}`,
        query: Object.fromEntries(query),
        body: template.body === undefined ? undefined : fillJson(template.body, { inText, valueOf }),
    };
}
/** A text that is one placeholder and nothing else takes the value with its type: numbers stay numbers. */
function fillJson(value, filling) {
    if (typeof value === 'string') {
        const [, alone] = /^\{(\w+)\}$/.exec(value) ?? [];
        return alone === undefined ? filling.inText(value) : filling.valueOf(alone);
    }
    if (Array.isArray(value))
        return value.map((item) => fillJson(item, filling));
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillJson(inner, filling)]));
}
function notSent({ method, path }, why) {
    return new errors/* ProviderError */.mZ(`The request ${method} ${path} was not sent: ${why}. Check "rest_config".`);
}

;// CONCATENATED MODULE: ./lib/providers/rest/listing.js



function readListing(entry, placeholders) {
    const fields = entry.fields(['request', 'query', 'items', 'paging']);
    return {
        request: requestIn(fields, ['GET'], placeholders),
        items: readPointer(fields.need('items', 'a JSON pointer to the list of branches')),
        paging: readPaging(fields.need('paging', '"kind": none, page, cursor, next_url or link')),
    };
}
const parameter = /^[A-Za-z][\w.[\]-]{0,59}$/;
function readPaging(entry) {
    const fields = entry.fields(['kind', 'parameter', 'first', 'more', 'next']);
    const kind = fields
        .need('kind', 'none, page, cursor, next_url or link')
        .oneOf(['none', 'page', 'cursor', 'next_url', 'link']);
    const takes = {
        none: [],
        link: [],
        page: ['parameter', 'first', 'more'],
        cursor: ['parameter', 'next'],
        next_url: ['next'],
    };
    for (const key of ['parameter', 'first', 'more', 'next']) {
        if (!takes[kind].includes(key))
            fields.get(key)?.fail(`has no meaning for kind "${kind}"`, 'the other keys only');
    }
    if (kind === 'none' || kind === 'link')
        return { kind };
    const next = () => readPointer(fields.need('next', 'a JSON pointer to what leads to the next page'));
    if (kind === 'next_url')
        return { kind, next: next() };
    const name = fields
        .need('parameter', 'the name of the query parameter')
        .text(parameter, 'the name of a query parameter');
    if (kind === 'cursor')
        return { kind, parameter: name, next: next() };
    const first = fields.get('first')?.integer({ from: 0, to: 1 }) ?? 1;
    return { kind, parameter: name, first, more: pointer(fields, 'more') };
}
function readFinding(entry) {
    const placeholders = [...accountPlaceholders, 'name'];
    const fields = entry.fields(['request', 'query', 'branch', 'absent', 'items', 'paging']);
    if (fields.has('branch') === fields.has('items')) {
        entry.fail('needs one of "branch" and "items"', '"branch" for an answer with one branch, "items" for a list');
    }
    if (fields.has('items')) {
        fields.get('absent')?.fail('has no meaning for a list', '"items" and "paging" only');
        return readListing(entry, placeholders);
    }
    fields.get('paging')?.fail('has no meaning for one branch', '"branch" and "absent" only');
    const absent = fields.get('absent');
    return {
        request: requestIn(fields, ['GET'], placeholders),
        branch: readPointer(fields.need('branch', 'a JSON pointer')),
        absent: absent ? readMeanings(absent, 400, 599) : [{ status: 404 }],
    };
}

;// CONCATENATED MODULE: ./lib/providers/rest/sections.js



const ofBranch = [...accountPlaceholders, ...branchPlaceholders];
/** Headers that the HTTP layer sets, or that decide where a request goes. */
const header = /^(?!(?:host|connection|content-.*|transfer-.*|accept|user-agent|cookie|proxy-.*|upgrade|te|trailer)$)[a-z0-9][a-z0-9-]*$/i;
function readAuth(entry) {
    if (!entry)
        return undefined;
    const fields = entry.fields(['header', 'value']);
    const once = /^(?!.*\{api_key\}.*\{api_key\})[\x20-\x7e]*\{api_key\}[\x20-\x7e]*$/;
    return {
        header: fields
            .need('header', 'the name of a header, such as Authorization')
            .text(header, 'the name of a header, such as Authorization'),
        value: fields
            .need('value', 'a text with {api_key} in it')
            .text(once, 'a text with {api_key} once in it, such as "Bearer {api_key}"', true),
        where: entry.where,
    };
}
function readBranch(entry) {
    const fields = entry.fields(['name', 'id', 'created_at', 'parent', 'claim', 'protected']);
    if (!fields.has('id') && !fields.has('created_at')) {
        entry.fail('has neither "id" nor "created_at", so a branch made anew under the same name would look the same', 'one of them');
    }
    const protection = fields.get('protected')?.list('a list of fields that protect', readProtection);
    return {
        name: readPointer(fields.need('name', 'a JSON pointer to the name')),
        id: pointer(fields, 'id'),
        createdAt: pointer(fields, 'created_at'),
        parent: pointer(fields, 'parent'),
        claim: pointer(fields, 'claim'),
        protected: protection ?? [],
    };
}
function readCreation(entry) {
    const fields = entry.fields([
        'request',
        'query',
        'body',
        'created',
        'exists',
        'full',
        'branch',
        'url',
        'data',
        ...sqlWorks,
    ]);
    const request = requestIn(fields, ['POST', 'PUT'], [...accountPlaceholders, ...orderPlaceholders]);
    if (request.method === 'PUT') {
        fields.need('exists', "the answer by which a PUT tells that the branch was there, since it could take over somebody else's");
    }
    const statuses = (key, from) => {
        const list = fields.get(key);
        return list && readMeanings(list, from, 599);
    };
    const exists = statuses('exists', 200) ?? [{ status: 409 }];
    const created = statuses('created', 200) ??
        [200, 201, 202].map((status) => ({ status })).filter((one) => !exists.some(({ status }) => status === one.status));
    if (created.some(({ status }) => exists.some((other) => other.status === status && !other.at))) {
        entry.fail('has a status in both "created" and "exists"', 'different statuses, or "at" and "in" to tell them apart');
    }
    for (const work of sqlWorks)
        fields.get(work)?.oneOf(['sql']);
    const data = fields
        .need('data', 'schema_only or copy: what the platform puts into a new branch')
        .oneOf(['schema_only', 'copy']);
    for (const work of data === 'schema_only' ? ['empty', 'mask'] : [])
        fields.get(work)?.fail('has no meaning where the platform copies no rows', `"${work}" with data: copy`);
    if (data === 'copy')
        fields.get('ledgers')?.fail('has no meaning where the platform copies all rows', '"ledgers" with data: schema_only');
    return {
        request,
        created,
        exists,
        full: statuses('full', 400) ?? [],
        branch: pointer(fields, 'branch'),
        url: pointer(fields, 'url'),
        data,
        sql: new Set(sqlWorks.filter((work) => fields.has(work))),
    };
}
function readReadiness(entry) {
    const fields = entry.fields(['request', 'query', 'at', 'in', 'failed', 'every', 'timeout']);
    if (!fields.has('request'))
        fields.get('query')?.fail('goes with a "request"', '"query" below one');
    const failed = fields.get('failed');
    return {
        request: fields.has('request') ? requestIn(fields, ['GET'], ofBranch) : undefined,
        at: readPointer(fields.need('at', 'a JSON pointer to the state')),
        in: readScalars(fields.need('in', 'a list of the states in which a branch can be used')),
        failed: failed ? readScalars(failed) : [],
        every: fields.get('every')?.integer({ from: 1, to: 60 }) ?? 5,
        timeout: fields.get('timeout')?.integer({ from: 1, to: 3600 }) ?? 600,
    };
}
function readConnection(entry) {
    const fields = entry.fields(['request', 'query', 'body', 'url', 'pooled_url']);
    if (!fields.has('request')) {
        for (const key of ['query', 'body'])
            fields.get(key)?.fail('goes with a "request"', `"${key}" below one`);
    }
    return {
        request: fields.has('request') ? requestIn(fields, ['GET', 'POST'], ofBranch) : undefined,
        url: readPointer(fields.need('url', 'a JSON pointer to the connection string')),
        pooledUrl: pointer(fields, 'pooled_url'),
    };
}
function readReset(entry) {
    const fields = entry.fields(['request', 'query', 'body', 'done']);
    const done = fields.get('done');
    return {
        request: requestIn(fields, ['POST', 'PUT', 'PATCH'], [...ofBranch, ...orderPlaceholders]),
        done: done ? readMeanings(done, 200, 299) : [200, 201, 202, 204].map((status) => ({ status })),
    };
}
function readDeletion(entry) {
    const fields = entry.fields(['request', 'query', 'body', 'deleted', 'deleting', 'absent']);
    const statuses = (key, from, to) => {
        const list = fields.get(key);
        return list && readMeanings(list, from, to);
    };
    const request = requestIn(fields, ['DELETE', 'POST'], ofBranch);
    // A server that does not know a query parameter would delete them all.
    if (request.method === 'DELETE' && !/\{(name|id)\}/.test(request.path)) {
        fields.need('request', '').fail('names no branch in its path', '{name} or {id} in the path of a DELETE');
    }
    return {
        request,
        deleted: statuses('deleted', 200, 299) ?? [{ status: 200 }, { status: 204 }],
        deleting: statuses('deleting', 200, 299) ?? [{ status: 202 }],
        absent: statuses('absent', 400, 599) ?? [{ status: 404 }],
    };
}

;// CONCATENATED MODULE: ./lib/providers/rest/description.js







/**
 * Reads and checks the whole description before anything is asked of the platform.
 * @throws InputError with the line, the rule and what to write instead.
 */
function readDescription(text, account) {
    const top = openDocument(text);
    const fields = top.fields([
        'version',
        'platform',
        'address',
        'engine',
        'auth',
        'locked',
        'branch',
        'list',
        'find',
        'create',
        'ready',
        'connection',
        'reset',
        'delete',
    ]);
    fields.need('version', '1').integer({ from: 1, to: 1 });
    const engine = fields.get('engine')?.oneOf(['postgresql', 'mysql', 'other']) ?? 'postgresql';
    const map = (key, read) => {
        const entry = fields.get(key);
        return entry && read(entry);
    };
    const description = {
        platform: fields.get('platform')?.text(/^[A-Za-z0-9][\w .-]{0,39}$/, 'a short name, such as Example') ?? 'the platform',
        address: readAddress(fields.get('address'), account),
        engine,
        auth: readAuth(fields.get('auth')),
        locked: fields.has('locked') ? readStatuses(fields.need('locked', ''), 400, 599) : [],
        branch: readBranch(fields.need('branch', 'JSON pointers to "name", and "id" or "created_at"')),
        list: readListing(fields.need('list', '"request", "items" and "paging"'), accountPlaceholders),
        find: map('find', readFinding),
        create: readCreation(fields.need('create', '"request" and "data"')),
        ready: map('ready', readReadiness),
        connection: map('connection', readConnection),
        reset: map('reset', readReset),
        delete: readDeletion(fields.need('delete', '"request"')),
    };
    checkTogether(description, (key) => fields.need(key, ''));
    checkAccount(description, account);
    return description;
}
function readAddress(entry, { apiUrl, allowHttp }) {
    const written = entry &&
        (0,http_address/* checkedUrl */.l)(`${entry.where}: "address"`, entry.text(/./s, 'an address that starts with https://'), allowHttp);
    const address = apiUrl || written;
    if (address)
        return address;
    throw new errors/* InputError */.dz('Input "rest_config" names no "address", and "api_url" is empty. Set one of them.');
}
const requestsAboutOne = ({ find, create, ready, connection, reset, delete: deletion, }) => [find?.request, create.request, ready?.request, connection?.request, reset?.request, deletion.request].filter((request) => request !== undefined);
const requestsOf = (description) => [
    description.list.request,
    ...requestsAboutOne(description),
];
/** The rules about more than one key. */
function checkTogether(description, section) {
    const { branch, create, connection, reset, engine, locked } = description;
    for (const request of requestsAboutOne(description)) {
        if (request.uses.has('name') || request.uses.has('id'))
            continue;
        throw new errors/* InputError */.dz(`${request.where}: it names no branch, so it is about all of them. Use {name} or {id} in it.`);
    }
    for (const { uses, where } of requestsOf(description)) {
        if (!branch.id && (uses.has('id') || uses.has('parent_id'))) {
            throw new errors/* InputError */.dz(`${where}: it holds the id of a branch, and "branch" has no "id". Use {name}, or add "branch.id".`);
        }
        if (!branch.claim && uses.has('claim')) {
            throw new errors/* InputError */.dz(`${where}: it sends {claim}, which is found nowhere. Use "branch.claim" to say where it stands.`);
        }
    }
    if (branch.claim && !create.request.uses.has('claim')) {
        section('create').fail('sends no {claim}, which "branch.claim" reads', '{claim} in "create.body"');
    }
    if (branch.claim && reset && !reset.request.uses.has('claim')) {
        section('reset').fail('sends no {claim}, so the branch would keep the claim of its first build', '{claim} in "reset.body"');
    }
    if (!connection && !create.url)
        section('create').fail('gives no "url", and there is no "connection"', 'one of them');
    if (create.sql.size > 0)
        checkSql(description, section);
    const meant = [...create.exists, ...create.full, ...description.delete.absent];
    if (meant.some(({ status }) => locked.includes(status))) {
        section('locked').fail('has a status that means something else, too', 'statuses of no other list');
    }
    if (create.sql.size > 0 && engine !== 'postgresql') {
        section('create').fail('wants work in SQL, which is done on PostgreSQL only', 'engine: postgresql, or remove "empty", "mask" and "ledgers"');
    }
}
/** Work of ours leaves its mark in the branch's database, where every later run must be able to look for it. */
function checkSql({ branch, connection, reset }, section) {
    if (!connection || connection.request?.method === 'POST') {
        section('create').fail('wants work in SQL, and later runs cannot read the URL again', '"connection" with a GET');
    }
    if (!branch.claim && !branch.createdAt) {
        section('branch').fail('tells neither "claim" nor "created_at", by which a half-built branch is known', 'one of them');
    }
    if (!branch.claim && reset) {
        section('reset').fail('would keep the mark of the first build', '"branch.claim", or remove "reset" or the work in SQL');
    }
}
/** What the description asks of the inputs. */
function checkAccount(description, account) {
    for (const { uses, where } of requestsOf(description)) {
        for (const name of accountPlaceholders) {
            if (name === 'repository' || !uses.has(name) || account[name] !== '')
                continue;
            throw new errors/* InputError */.dz(`${where}: it holds {${name}}, and the input "${name}" is empty. Set it in the step.`);
        }
    }
    const { auth } = description;
    const key = account.apiKey.length > 0;
    if (auth && !key) {
        throw new errors/* InputError */.dz(`${auth.where}: "auth" needs the input "api_key", which is empty. Set it; when it comes from a secret, check that the secret exists and that this event may read it.`);
    }
    if (!auth && key) {
        throw new errors/* InputError */.dz('Input "api_key" is not used: "rest_config" has no "auth". Add it, or remove the key.');
    }
}

// EXTERNAL MODULE: ./lib/http/wait.js
var wait = __webpack_require__(911);
// EXTERNAL MODULE: ./lib/secret.js
var secret = __webpack_require__(3251);
;// CONCATENATED MODULE: ./lib/providers/rest/seen.js



const isReady = { kind: 'ready', shown: 'it is ready' };
/** @throws ProviderError when the pointers lead to something else than a branch. */
function readSeen({ branch: fields, create, ready }, item) {
    const name = item.follow(fields.name).text;
    const createdAt = fields.createdAt && readDate(item.follow(fields.createdAt));
    const parent = fields.parent && item.follow(fields.parent).maybeText;
    const protection = protectionOf(fields.protected, item);
    // What we made of a copy, only its own database tells.
    const dataPolicy = create.data === 'copy' && create.sql.size > 0 ? undefined : create.data;
    return {
        item,
        state: !ready ? isReady : ready.request ? undefined : readState(ready, item),
        branch: {
            // Without an id, two branches of one name are told apart by when they were made.
            id: fields.id
                ? item.follow(fields.id).identifier
                : `${name}@${createdAt ?? item.follow(fields.createdAt ?? []).text}`,
            name,
            claim: fields.claim
                ? (0,domain_claim/* readClaim */.jw)(item.follow(fields.claim).maybeText)
                : { kind: 'name', ...(parent !== undefined && { parent }), ...(dataPolicy && { dataPolicy }) },
            ...(protection !== undefined && { protection }),
            ...(createdAt !== undefined && { createdAt }),
        },
    };
}
function protectionOf(protections, item) {
    return protections.find(({ at, values, protects }) => values.includes(item.follow(at).scalar) === (protects === 'in'))
        ?.because;
}
/** ISO 8601 as the platform writes it, or Unix time in seconds or milliseconds. */
function readDate(field) {
    if (!field.exists)
        return undefined;
    const value = field.scalar;
    if (typeof value !== 'number')
        return field.text;
    const date = new Date(value < 1e11 ? value * 1000 : value);
    return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}
function readState({ at, in: good, failed }, answer) {
    const value = answer.follow(at).scalar;
    if (good.includes(value))
        return isReady;
    const shown = value === null ? 'it tells no state yet' : `its state is "${(0,errors/* show */.WU)(String(value))}"`;
    return { kind: failed.includes(value) ? 'failed' : 'waiting', shown };
}
const schemes = {
    postgresql: { grammar: /^postgres(ql)?:\/\//, port: 5432 },
    mysql: { grammar: /^mysql2?:\/\//, port: 3306 },
    other: { grammar: /^[a-z][a-z0-9+.-]*:\/\//, port: 0 },
};
/**
 * The URL that a pointer leads to, masked; undefined while there is none.
 * @throws ProviderError when it is no URL of the engine. The sentence does not hold it.
 */
function readUrl(answer, { engine }, { at, doing, mask }) {
    const text = answer.follow(at).maybeText;
    if (text === undefined)
        return undefined;
    const url = new secret/* Secret */.zh(text);
    mask(url);
    if (schemes[engine].grammar.test(text) && URL.canParse(text) && new URL(text).hostname !== '') {
        const { password } = new URL(text);
        for (const form of [password, decoded(password)])
            if (form !== '')
                mask(new secret/* Secret */.zh(form));
        return url;
    }
    throw new errors/* ProviderError */.mZ(`${doing} failed: the pointer "/${at.join('/')}" leads to no connection URL of the engine "${engine}". Check "connection", "create.url" and "engine" in "rest_config".`);
}
function connectionOf(url, pooledUrl, { engine }) {
    const parsed = new URL(url.reveal());
    return {
        url,
        ...(pooledUrl && { pooledUrl }),
        host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
        port: Number(parsed.port || schemes[engine].port),
        database: decoded(parsed.pathname.slice(1)),
        username: decoded(parsed.username),
        password: new secret/* Secret */.zh(decoded(parsed.password)),
    };
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}

;// CONCATENATED MODULE: ./lib/providers/rest/pages.js


/** More pages than any account has branches; a platform that never ends its list ends here. */
const mostPages = 1000;
/**
 * The branches of a list, page by page, until the platform tells that there is no further page.
 * @throws ProviderError when a page is no list, leads to another server, or brings nothing new.
 */
async function* pages(requests, reading) {
    const { description, listing, doing, values } = reading;
    const { request, items, paging } = listing;
    const known = new Set();
    let place = requests.firstPlace(request, values);
    let answer = await requests.send(request, { doing, values, more: firstParameters(paging) });
    for (let count = 1;; count++) {
        const page = answer.body.follow(items).items.map((item) => readSeen(description, item));
        const before = known.size;
        for (const { branch } of page)
            known.add(branch.id);
        if (page.length > 0 && known.size === before)
            throw endless(doing, count);
        yield page;
        const next = nextPage(paging, answer, { length: page.length, count });
        if (next === undefined)
            return;
        if (count === mostPages)
            throw endless(doing, count);
        if ('place' in next) {
            place = requests.placeOf(next.place, { after: place, doing });
            answer = await requests.follow(place, doing);
        }
        else
            answer = await requests.send(request, { doing, values, more: next.parameters });
    }
}
/** A platform that does not know the parameter for pages gives the first one again and again. */
function endless(doing, page) {
    return new errors/* ProviderError */.mZ(`${doing} failed: page ${page} of the list brings no new branch. Check "paging" in "rest_config".`);
}
function firstParameters(paging) {
    return paging.kind === 'page' ? { [paging.parameter]: String(paging.first) } : {};
}
function nextPage(paging, { body, headers }, at) {
    switch (paging.kind) {
        case 'none':
            return undefined;
        case 'page': {
            const more = paging.more ? body.follow(paging.more).flag : at.length > 0;
            return more ? { parameters: { [paging.parameter]: String(paging.first + at.count) } } : undefined;
        }
        case 'cursor': {
            const cursor = body.follow(paging.next);
            const end = !cursor.exists || cursor.scalar === '';
            return end ? undefined : { parameters: { [paging.parameter]: cursor.identifier } };
        }
        case 'next_url': {
            const place = body.follow(paging.next).maybeText;
            return place === undefined ? undefined : { place };
        }
        case 'link': {
            const place = nextLink(headers.get('link') ?? '');
            return place === undefined ? undefined : { place };
        }
    }
}
/** Source: https://www.rfc-editor.org/rfc/rfc8288#section-3 */
function nextLink(header) {
    for (const [, place, parameters = ''] of header.matchAll(/<([^>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^",;\s]+))*)/g)) {
        const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^",;\s]+))/i.exec(parameters);
        if ((relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/).includes('next'))
            return place;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/providers/rest/reader.js





/** How a wait looks where the description names no "ready". Seconds. */
const patience = { every: 5, timeout: 600 };
/** Everything that asks the platform and changes nothing. */
class Reader {
    #description;
    #requests;
    #ports;
    /** As last shown, by branch id. */
    #seen = new Map();
    /** What the answers to creations told, by branch id. */
    #toldUrls = new Map();
    /** Whether an answer has shown that the account's place exists, so that "not found" speaks of a branch. */
    #placeProven = false;
    constructor(description, requests, ports) {
        this.#description = description;
        this.#requests = requests;
        this.#ports = ports;
    }
    async list() {
        const items = [];
        for await (const page of this.#pages())
            items.push(...page.map(({ branch }) => branch));
        return items;
    }
    /** By exact name. @throws ProviderError when the platform does not provably say that there is none. */
    async lookUp(name) {
        const { find } = this.#description;
        const seen = find && 'absent' in find ? await this.#ask(name) : await this.#search(name);
        return seen && this.note(seen);
    }
    /** @throws ProviderError when the parent does not exist; `doing` begins the sentence. */
    async parent(name, doing) {
        const seen = await this.lookUp(name);
        if (seen)
            return seen.branch;
        throw new errors/* ProviderError */.mZ(`${doing} failed: there is no such branch on ${this.#description.platform}. Check "parent_branch".`);
    }
    /** Remembers a branch that an answer showed, so that it need not be asked for again. */
    note(seen, toldUrl) {
        this.#placeProven = true;
        this.#seen.set(seen.branch.id, seen);
        if (toldUrl)
            this.#toldUrls.set(seen.branch.id, toldUrl);
        return seen;
    }
    forget({ id }) {
        this.#seen.delete(id);
        this.#toldUrls.delete(id);
    }
    /** Looks again until there is something to give. */
    wait(what, look) {
        const { every, timeout } = this.#description.ready ?? patience;
        const { clock, info } = this.#ports;
        return (0,wait/* waitFor */.f)({ what, every: every * 1000, deadline: timeout * 1000, clock, info }, look);
    }
    /** @throws ProviderError when the branch failed, or is not ready in time. */
    async untilReady(seen) {
        const { name, id } = seen.branch;
        let now = seen;
        return this.wait(`Branch "${name}"`, async () => {
            const state = now && (await this.#stateOf(now));
            if (now && state?.kind === 'ready')
                return { ready: this.note({ ...now, state }) };
            if (state?.kind === 'failed') {
                throw new errors/* ProviderError */.mZ(`Branch "${name}" failed on ${this.#description.platform}: ${state.shown}. Look at it on the platform, delete it there and run the job again.`);
            }
            if (!this.#description.ready?.request) {
                const fresh = await this.lookUp(name);
                now = fresh?.branch.id === id ? fresh : undefined;
                if (now?.state?.kind === 'ready')
                    return { ready: now };
            }
            return { waitingFor: state?.shown ?? 'the platform does not show it' };
        });
    }
    /** Waits for readiness and for the URL. */
    async connection(branch) {
        const known = this.#seen.get(branch.id) ?? (await this.lookUp(branch.name));
        const doing = `Reading the URL of "${branch.name}"`;
        if (known?.branch.id !== branch.id) {
            throw new errors/* ProviderError */.mZ(`${doing} failed: it is gone, or was made anew. Run the job again.`);
        }
        let seen = await this.untilReady(known);
        return this.wait(doing, async () => {
            const connection = await this.#connect(seen, doing);
            if (connection)
                return { ready: connection };
            if (!this.#description.connection?.request)
                seen = (await this.lookUp(branch.name)) ?? seen;
            return { waitingFor: 'there is no URL yet' };
        });
    }
    /** With what the mark in its database tells, where the description leaves work to us. */
    async marked(seen) {
        const { create, branch: fields } = this.#description;
        const { branch } = seen;
        if (create.sql.size === 0)
            return branch;
        if (branch.claim.kind === 'claim' && !needsMark(this.#description, branch.claim.claim.dataPolicy))
            return branch;
        if (fields.claim && branch.claim.kind !== 'claim')
            return branch;
        const ready = (await this.#stateOf(seen)).kind === 'ready';
        const connection = ready ? await this.#connect(seen, `Reading the URL of "${branch.name}"`) : undefined;
        const mark = connection ? await this.#ports.database.readClaim(connection) : { kind: 'none' };
        if (mark.kind === 'none')
            return { ...branch, unfinished: true };
        if (!fields.claim)
            return { ...branch, claim: mark };
        const same = mark.kind === 'claim' && branch.claim.kind === 'claim' && mark.claim.build === branch.claim.claim.build;
        return same ? branch : { ...branch, unfinished: true };
    }
    /** "Not found" can speak of the project or of the key, too: only beside a list that can be read it means the branch. */
    async #ask(name) {
        const { find } = this.#description;
        if (!find || !('absent' in find))
            return undefined;
        const answer = await this.#requests.send(find.request, {
            doing: `Looking for "${name}"`,
            values: { name },
            accept: find.absent,
        });
        const absent = find.absent.filter(({ status }) => status === answer.status);
        if (absent.length === 0) {
            const seen = readSeen(this.#description, answer.body.follow(find.branch));
            return seen.branch.name === name ? seen : undefined;
        }
        const certain = means(absent.filter(({ at }) => at !== undefined), answer.failure);
        if (!certain && !this.#placeProven)
            await this.#pages().next();
        return undefined;
    }
    async #search(name) {
        const { find } = this.#description;
        const listing = find && 'items' in find ? find : undefined;
        for await (const page of this.#pages(listing, name)) {
            const same = page.filter(({ branch }) => branch.name === name);
            if (same.length > 1) {
                throw new errors/* ProviderError */.mZ(`Looking for "${name}" failed: ${same.length} branches have this name. Delete all but one on the platform.`);
            }
            if (same[0])
                return same[0];
        }
        return undefined;
    }
    async *#pages(listing = this.#description.list, name) {
        const description = this.#description;
        const doing = name === undefined || listing === description.list ? 'Listing branches' : `Looking for "${name}"`;
        const values = name === undefined ? {} : { name };
        for await (const page of pages(this.#requests, { description, listing, doing, values })) {
            this.#placeProven = true;
            yield page;
        }
    }
    async #stateOf({ branch: { id, name }, state }) {
        const { ready } = this.#description;
        if (state)
            return state;
        if (!ready?.request)
            return isReady;
        const doing = `Looking at "${name}"`;
        // A branch that was just made need not be shown everywhere at once.
        const answer = await this.#requests.send(ready.request, { doing, values: { id, name }, accept: [{ status: 404 }] });
        if (answer.status === 404)
            return { kind: 'waiting', shown: 'the platform does not show it' };
        return readState(ready, answer.body);
    }
    /** Undefined while the platform tells no URL. */
    async #connect({ branch: { id, name }, item }, doing) {
        const { connection, platform } = this.#description;
        const told = this.#toldUrls.get(id);
        if (told)
            return connectionOf(told, undefined, this.#description);
        if (!connection) {
            throw new errors/* ProviderError */.mZ(`${doing} failed: ${platform} tells it only to the run that makes the branch. Describe "connection" in "rest_config", or close and reopen the pull request.`);
        }
        const { request } = connection;
        const answer = request ? (await this.#requests.send(request, { doing, values: { id, name } })).body : item;
        const read = (at) => readUrl(answer, this.#description, { at, doing, mask: this.#ports.mask });
        const url = read(connection.url);
        const pooledUrl = connection.pooledUrl && read(connection.pooledUrl);
        return url && connectionOf(url, pooledUrl, this.#description);
    }
}
/** Whether a branch of this policy is complete only with our mark in its database. */
function needsMark({ create, branch }, dataPolicy) {
    if (create.sql.size === 0)
        return false;
    return !branch.claim || create.sql.has('ledgers') || dataPolicy !== 'copy';
}

;// CONCATENATED MODULE: ./lib/providers/rest/requests.js






/** Milliseconds between two tries while the platform is busy, and until they are given up. */
const tryAgain = 5000;
const busyFor = 10 * 60_000;
/** Sends the requests of one description, each to its address and no other. */
class Requests {
    #api;
    #origin;
    #base;
    #values;
    #description;
    #ports;
    constructor(description, account, ports) {
        const { origin, pathname } = new URL(description.address);
        const { organization, project, database, role, region } = account;
        const { auth, locked, platform } = description;
        this.#origin = origin;
        this.#base = pathname.replace(/\/$/, '');
        this.#description = description;
        this.#ports = ports;
        this.#values = { organization, project, database, role, region, repository: ports.repository };
        // A function as replacement: a key with `$&` in it stays what it is.
        const header = auth && new secret/* Secret */.zh(auth.value.replace('{api_key}', () => account.apiKey.reveal()));
        if (header)
            ports.mask(header);
        this.#api = (0,api/* openApi */.Nd)({
            platform,
            baseUrl: origin,
            fetch: ports.fetch,
            clock: ports.clock,
            signal: ports.signal,
            headers: auth && header ? { [auth.header]: header } : {},
            policy: { untouched: locked },
        });
    }
    /** Waits as long as the platform says that it is busy and did nothing. */
    async send(template, order) {
        const { path, query, body } = fill(template, { ...this.#values, ...order.values });
        const { locked, platform } = this.#description;
        const busy = locked.map((status) => ({ status }));
        const request = {
            doing: order.doing,
            query: { ...query, ...order.more },
            body,
            accept: (failure) => means([...busy, ...(order.accept ?? [])], failure),
            ...(order.explain && { explain: order.explain }),
        };
        const { clock, info } = this.#ports;
        return (0,wait/* waitFor */.f)({ what: order.doing, every: tryAgain, deadline: busyFor, clock, info }, async () => {
            const answer = await this.#api.send(template.method, this.#base + path, request);
            const waits = locked.includes(answer.status);
            return waits ? { waitingFor: `${platform} is busy (${answer.failure.trace})` } : { ready: answer };
        });
    }
    /** Path and query of a page that an answer names. @throws ProviderError when it is on another server. */
    placeOf(next, { after, doing }) {
        const from = new URL(after, this.#origin);
        const url = URL.canParse(next, from.href) ? new URL(next, from) : undefined;
        if (url?.origin === this.#origin && url.username === '' && url.password === '')
            return url.pathname + url.search;
        const { platform } = this.#description;
        throw new errors/* ProviderError */.mZ(`${doing} failed: ${platform} names a next page at ${url ? url.host || 'another place' : 'no address'}, and a key is never sent elsewhere. Check "paging" in "rest_config".`);
    }
    /** A page by the place that the page before it named. */
    follow(place, doing) {
        return this.#api.send('GET', place, { doing });
    }
    /** Path and query of the first page, for what later pages are relative to. */
    firstPlace(template, values) {
        const { path, query } = fill(template, { ...this.#values, ...values });
        const search = new URLSearchParams(query).toString();
        return `${this.#base}${path}${search === '' ? '' : `?${search}`}`;
    }
}

// EXTERNAL MODULE: ./lib/sql/rows.js
var rows = __webpack_require__(2699);
;// CONCATENATED MODULE: ./lib/providers/rest/work-in-sql.js



/**
 * What the platform leaves to us, over the branch's URL. The claim in its database is the mark that all was done.
 * @returns what is worth telling.
 */
async function workInSql(database, reader, { branch, spec, ledgers }) {
    const connection = await reader.connection(branch);
    if (ledgers) {
        const notes = await copyLedgers(database, reader, { spec, to: connection });
        await database.sign(connection, spec.claim);
        return notes;
    }
    if ((0,rows/* workOnRows */._4)(spec) !== 'nothing')
        await refuseParentsUrl(reader, spec, connection);
    return (0,rows/* finishRows */.n0)(database, connection, spec);
}
async function copyLedgers(database, reader, { spec, to }) {
    const parent = await reader.parent(spec.parent, `Copying the migration ledgers from "${spec.parent}"`);
    return database.copyLedgers(await reader.connection(parent), to);
}
/** A description that leads to the parent's URL would make us empty or mask the parent. */
async function refuseParentsUrl(reader, { name, parent }, url) {
    const doing = `Working on the rows of "${name}"`;
    const theirs = await reader.connection(await reader.parent(parent, doing)).catch((error) => {
        // A key that may not read the parent's URL has not led us to it.
        if (error instanceof api/* ApiError */.hD)
            return undefined;
        throw error;
    });
    const same = theirs && placeOf(theirs) === placeOf(url);
    if (!same)
        return;
    throw new errors/* RefusedError */.fk(`${doing} refused: its URL is that of its parent "${parent}". Check "connection" and "create.url" in "rest_config". Nothing was changed.`);
}
function placeOf({ host, port, database, username }) {
    return JSON.stringify([host, port, database, username]);
}

;// CONCATENATED MODULE: ./lib/providers/rest.js











/** What every description gives at least; its keys add to it (docs/rest.md). */
const capabilities = {
    engine: 'other',
    claims: 'name',
    schemaOnly: 'none',
    masked: 'none',
    copy: false,
    golden: false,
    reset: 'none',
    pointInTime: false,
    expiry: false,
    pooledUrl: false,
    urlReadableLater: false,
    sessions: false,
};
/**
 * Any platform with a JSON interface, as a YAML document describes it.
 * @throws InputError when the document is wrong, before any request.
 */
function createRestProvider(account, text, ports) {
    const description = readDescription(text, account);
    return new RestProvider(description, new Requests(description, account, ports), ports);
}
/** What this description makes possible. */
function capabilitiesOf({ engine, branch, create, connection, reset }) {
    return {
        ...capabilities,
        engine,
        claims: branch.claim ? 'branch' : create.sql.size > 0 ? 'database' : 'name',
        schemaOnly: create.data === 'schema_only' ? 'native' : create.sql.has('empty') ? 'sql' : 'none',
        masked: create.sql.has('mask') ? 'in_place' : 'none',
        copy: create.data === 'copy',
        reset: reset ? 'in_place' : 'none',
        pooledUrl: connection?.pooledUrl !== undefined,
        urlReadableLater: connection !== undefined && connection.request?.method !== 'POST',
    };
}
class RestProvider {
    capabilities;
    reset;
    openParent;
    #description;
    #requests;
    #reader;
    #ports;
    constructor(description, requests, ports) {
        this.#description = description;
        this.#requests = requests;
        this.#reader = new Reader(description, requests, ports);
        this.#ports = ports;
        this.capabilities = capabilitiesOf(description);
        if (description.reset)
            this.reset = (branch, spec) => this.#reset(branch, spec);
        // Where each reading of a URL makes a new login, none is made on a parent.
        if (this.capabilities.engine === 'postgresql' && this.capabilities.urlReadableLater) {
            this.openParent = (name) => this.#openParent(name);
        }
    }
    async list() {
        return { items: await this.#reader.list(), complete: true };
    }
    async find(name) {
        const seen = await this.#reader.lookUp(name);
        return seen && this.#reader.marked(seen);
    }
    async create(spec) {
        const { create } = this.#description;
        const doing = `Creating "${spec.name}" from "${spec.parent}"`;
        (0,rows/* refuseUnruled */.y4)(spec);
        const order = { doing, values: await this.#valuesOf(spec, doing), accept: create.exists };
        let answer;
        try {
            answer = await this.#requests.send(create.request, { ...order, explain: (failure) => this.#full(failure) });
        }
        catch (error) {
            if (error instanceof api/* LostAnswerError */.nD)
                return this.#finish(await this.#ownBuild(spec, error), spec);
            throw await this.#parentFault(spec, { doing, error });
        }
        if (means(create.exists, answer.failure)) {
            return this.#finish(await this.#ownBuild(spec, taken(doing, answer)), spec);
        }
        if (!means(create.created, answer.failure))
            throw unnamed(doing, 'create.created', answer);
        return this.#finish(await this.#madeBy(answer, spec, doing), spec);
    }
    async delete(branch) {
        const { delete: deletion } = this.#description;
        const { id, name } = branch;
        const doing = `Deleting "${name}"`;
        const isThere = async () => (await this.#reader.lookUp(name))?.branch.id === id;
        // By its name it could be another one by now.
        if (!deletion.request.uses.has('id') && !(await isThere()))
            return 'absent';
        const answer = await this.#requests.send(deletion.request, { doing, values: { id, name }, accept: deletion.absent });
        this.#reader.forget(branch);
        if (means(deletion.absent, answer.failure))
            return 'absent';
        if (means(deletion.deleting, answer.failure)) {
            await this.#reader.wait(doing, async () => (await isThere()) ? { waitingFor: 'the platform still shows it' } : { ready: true });
        }
        else if (!means(deletion.deleted, answer.failure))
            throw unnamed(doing, 'delete.deleted', answer);
        return 'deleted';
    }
    connection(branch) {
        return this.#reader.connection(branch);
    }
    async close() { }
    async #openParent(name) {
        const parent = await this.#reader.parent(name, `Opening "${name}"`);
        return (0,sql_parent.openOnParent)(await this.#reader.connection(parent), this.#ports.signal);
    }
    async #reset(branch, spec) {
        const { create, reset, branch: fields } = this.#description;
        if (!reset)
            throw new errors/* ProviderError */.mZ('This platform cannot rebuild a branch.');
        const doing = `Rebuilding "${branch.name}" from "${spec.parent}"`;
        if (create.data === 'copy')
            refuseVisibleRows(doing, spec);
        const values = { ...(await this.#valuesOf(spec, doing)), id: branch.id };
        try {
            const answer = await this.#requests.send(reset.request, { doing, values });
            if (!means(reset.done, answer.failure))
                throw unnamed(doing, 'reset.done', answer);
        }
        catch (error) {
            // With a claim the branch itself tells below whether the request arrived.
            if (!(error instanceof api/* LostAnswerError */.nD && fields.claim))
                throw await this.#parentFault(spec, { doing, error });
        }
        this.#reader.forget(branch);
        const seen = await this.#reader.wait(doing, async () => {
            const fresh = await this.#reader.lookUp(branch.name);
            const stale = fields.claim && fresh && !isOfBuild(fresh.branch, spec);
            return !fresh || stale ? { waitingFor: 'the platform still shows what was before' } : { ready: fresh };
        });
        return this.#finish(seen, spec);
    }
    /** Waits until the branch can be used, and does what is ours to do in it. */
    async #finish(made, spec) {
        const { branch: fields, create, platform } = this.#description;
        spec.onMade?.(made.branch.id);
        const { branch } = await this.#reader.untilReady(made);
        if (fields.claim && !isOfBuild(branch, spec)) {
            throw new errors/* ProviderError */.mZ(`Claiming "${spec.name}" failed: what "branch.claim" reads on ${platform} is not what {claim} wrote. Use a field that keeps 500 characters, and delete the branch on the platform.`);
        }
        if (!needsMark(this.#description, spec.dataPolicy))
            return { branch, notes: [] };
        const work = { branch, spec, ledgers: create.sql.has('ledgers') };
        const notes = await workInSql(this.#ports.database, this.#reader, work);
        return { branch: fields.claim ? branch : { ...branch, claim: { kind: 'claim', claim: spec.claim } }, notes };
    }
    async #valuesOf({ name, parent, claim, dataPolicy }, doing) {
        const { create, reset } = this.#description;
        const byId = create.request.uses.has('parent_id') || reset?.request.uses.has('parent_id') === true;
        const parentId = byId ? (await this.#reader.parent(parent, doing)).id : undefined;
        return {
            name,
            parent,
            pull_request: claim.pullRequest,
            claim: (0,domain_claim/* encodeClaim */.l)(claim),
            data_policy: dataPolicy,
            ...(parentId !== undefined && { parent_id: parentId }),
        };
    }
    /** The branch that a successful answer speaks of. */
    async #madeBy({ body, failure: { trace } }, spec, doing) {
        const { create } = this.#description;
        const told = create.url && readUrl(body, this.#description, { at: create.url, doing, mask: this.#ports.mask });
        const seen = create.branch
            ? readSeen(this.#description, body.follow(create.branch))
            : await this.#reader.wait(doing, async () => {
                const visible = await this.#reader.lookUp(spec.name);
                return visible ? { ready: visible } : { waitingFor: 'the platform does not show it yet' };
            });
        if (seen.branch.name === spec.name)
            return this.#reader.note(seen, told);
        throw new errors/* ProviderError */.mZ(`${doing} failed: the platform gave it another name (${trace}). Check "branch_name".`);
    }
    /**
     * What stands under the name after an answer that leaves open who made it: our own build, or
     * @throws ConflictError when it is another's, and the given error when there is none.
     */
    async #ownBuild(spec, otherwise) {
        const seen = await this.#reader.lookUp(spec.name);
        if (!seen)
            throw otherwise;
        if (isOfBuild(seen.branch, spec))
            return seen;
        throw new errors/* ConflictError */.fK(`"${spec.name}" exists already`);
    }
    /** Many platforms say 400, 404 or 422 of a missing parent: looked at only once something was refused. */
    async #parentFault({ parent }, { doing, error }) {
        if (!(error instanceof api/* ApiError */.hD) || ![400, 404, 422].includes(error.failure.status))
            return error;
        if (means(this.#description.create.full, error.failure))
            return error;
        const seen = await this.#reader.lookUp(parent).catch(() => 'unknown');
        if (seen !== undefined)
            return error;
        const { platform } = this.#description;
        return new errors/* ProviderError */.mZ(`${doing} failed: there is no such branch on ${platform} (${error.failure.trace}). Check "parent_branch".`);
    }
    #full(failure) {
        if (!means(this.#description.create.full, failure))
            return undefined;
        const why = `the quota of branches on ${this.#description.platform} is used up`;
        return { why, advice: 'Delete branches there, or run this action with mode "cleanup".' };
    }
}
/** Whoever has the URL would see the rows that come back until we are done with them. */
function refuseVisibleRows(doing, spec) {
    if ((0,rows/* workOnRows */._4)(spec) === 'nothing')
        return;
    throw new errors/* RefusedError */.fk(`${doing} refused: the platform would bring the parent's rows back under the URL that was handed out, before they could be removed or masked. Close and reopen the pull request, or use on_synchronize "reuse". Nothing was changed.`);
}
function isOfBuild({ claim }, spec) {
    return claim.kind === 'claim' && claim.claim.build === spec.claim.build && claim.claim.branch === spec.name;
}
function taken(doing, { failure }) {
    return new errors/* ConflictError */.fK(`${doing} failed: the platform says that the name is taken, but shows no such branch (${failure.trace}). Look at it on the platform and run the job again.`);
}
/** A success that the description does not know may mean anything. */
function unnamed(doing, key, { failure }) {
    return new errors/* ProviderError */.mZ(`${doing} failed: nobody knows what the answer means (${failure.trace}). Add its status to "${key}" in "rest_config".`);
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
