export const id = 312;
export const ids = [312,708];
export const modules = {

/***/ 1708:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ giveKey),
/* harmony export */   maskingKey: () => (/* binding */ maskingKey),
/* harmony export */   maskingOrder: () => (/* binding */ maskingOrder),
/* harmony export */   q: () => (/* binding */ silenceLog)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _secret_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3251);



const blockBytes = 64;
const shortestKey = 32;
/**
 * From the user's key, or from a random one that nobody ever learns.
 * @throws InputError for a key that is short enough to be guessed.
 */
function maskingKey(given, random) {
    const bytes = given ? Buffer.from(given.reveal(), 'utf8') : Buffer.from(random(shortestKey), 'hex');
    if (bytes.length < shortestKey || new Set(bytes).size < 8) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(`"masking_key" is too weak: it must have at least ${shortestKey} bytes of random text. Make one with "openssl rand -hex 32", or leave it out for a random key per build.`);
    }
    const block = Buffer.alloc(blockBytes);
    (bytes.length > blockBytes ? (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest() : bytes).copy(block);
    const pad = (byte) => new _secret_js__WEBPACK_IMPORTED_MODULE_2__/* .Secret */ .zh(`\\x${Buffer.from(block.map((each) => each ^ byte)).toString('hex')}`);
    return {
        ipad: pad(0x36),
        opad: pad(0x5c),
        check: new _secret_js__WEBPACK_IMPORTED_MODULE_2__/* .Secret */ .zh(`\\x${random(32)}`),
        id: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', bytes).update('db-branch-action key id').digest('hex').slice(0, 16),
        random: given === undefined,
    };
}
function maskingOrder(rules, key) {
    return { rules, hash: hashOf(rules), key };
}
/** Places are where a rule stands in its file, not what it says. */
function hashOf(rules) {
    const plain = JSON.stringify(rules, (name, value) => name === 'place' ? undefined : value instanceof Map ? [...value] : value);
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(plain).digest('hex');
}
/** Until the end of the transaction. DDL and COPY take no parameters, so the key travels as a setting (facts 6.2). */
async function giveKey(sql, key) {
    await sql.query(`SELECT set_config('dbb.ipad', $1, true) IS NULL, set_config('dbb.opad', $2, true) IS NULL, set_config('dbb.check', $3, true) IS NULL`, [key.ipad.reveal(), key.opad.reveal(), key.check.reveal()]);
}
/** Settings by which a server writes statements with their parameters, or values out of failed ones, into its log. */
const quiet = {
    log_statement: 'none',
    log_min_duration_statement: '-1',
    log_min_duration_sample: '-1',
    log_transaction_sample_rate: '0',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_min_messages: 'panic',
    log_min_error_statement: 'panic',
};
/**
 * Keeps the key out of the server's log. Only a superuser can silence a log; for others a log that takes parameters
 * down is a reason to refuse.
 */
async function silenceLog(sql, superuser) {
    if (superuser) {
        const known = await sql.query('SELECT name FROM pg_settings WHERE name = ANY ($1)', [
            Object.keys(quiet),
        ]);
        await sql.query(known.map(({ name }) => `SET ${name} = '${quiet[name]}'`).join('; '));
        return;
    }
    const [log] = await sql.query(`SELECT coalesce(current_setting('log_parameter_max_length', true), '-1') <> '0'
        AND (current_setting('log_statement') = 'all' OR current_setting('log_transaction_sample_rate', true) <> '0'
          OR (SELECT setting::int BETWEEN 0 AND 250 FROM pg_settings WHERE name = 'log_min_duration_statement')) AS speaks`);
    if (log?.speaks) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .RefusedError */ .fk(`Masking the branch refused: the server's log takes down every statement with its values, so the masking key would stand in it. Set log_parameter_max_length = 0 on the server, or use a superuser in "admin_url".`);
    }
}


/***/ }),

/***/ 5312:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  certificateLines: () => (/* binding */ certificateLines),
  maskBranch: () => (/* binding */ maskBranch)
});

// EXTERNAL MODULE: ./lib/domain/masking/rules.js
var masking_rules = __webpack_require__(2272);
;// CONCATENATED MODULE: ./lib/domain/masking/schema.js
/**
 * What the plan needs to know of a database. Names are as the catalogs hold them; `sql` texts are quoted and carry
 * their schema, so that they mean the same under any search_path.
 */
function tableName(table) {
    return `${table.schema}.${table.name}`;
}

;// CONCATENATED MODULE: ./lib/domain/masking/value-kind.js
const kinds = {
    text: 'text',
    varchar: 'text',
    bpchar: 'text',
    name: 'text',
    char: 'text',
    citext: 'text',
    uuid: 'uuid',
    date: 'date',
    timestamp: 'timestamp',
    timestamptz: 'timestamp',
    int2: 'number',
    int4: 'number',
    int8: 'number',
    numeric: 'number',
    float4: 'number',
    float8: 'number',
    inet: 'inet',
    cidr: 'inet',
    macaddr: 'mac',
    macaddr8: 'mac',
    json: 'json',
    jsonb: 'json',
    bytea: 'bytes',
    bool: 'boolean',
};
/** Numbers, switches and times of day: they need no rule, though they may have one. Any type not known here needs one. */
const free = new Set(`int2 int4 int8 numeric float4 float8 money bool uuid oid interval time timetz bit varbit int4range int8range numrange
   int4multirange int8multirange nummultirange pg_lsn xid xid8 cid tid regclass regtype regproc regprocedure`.split(/\s+/));
/** citext is the one type outside pg_catalog that is known; another schema's `text` is not text. */
function kindOf(column) {
    if (column.baseKind === 'e')
        return 'enum';
    if (column.baseSchema !== 'pg_catalog' && column.base !== 'citext')
        return 'other';
    return Object.hasOwn(kinds, column.base) ? (kinds[column.base] ?? 'other') : 'other';
}
/** Whether a column may hold personal data by its type and must therefore be classified. Fails closed. */
function needsRule(column) {
    if (column.baseKind === 'e')
        return false;
    return column.baseSchema !== 'pg_catalog' || !free.has(column.base);
}

;// CONCATENATED MODULE: ./lib/domain/masking/classify.js



/** Identity of a column across the plan. */
const key = (table, column) => `${table}.${column}`;
/** Finds each column's rule: its own, by column name, by type, as harmless, in this order. */
function classify(schema, rules) {
    const emptied = schema.tables.filter((table) => table.kind !== 'foreign' && rules.leaveOut.some((pattern) => (0,masking_rules/* coversTable */.Xu)(pattern, table)));
    const { own, problems } = ownRules(schema, rules);
    const columns = new Map();
    for (const table of schema.tables) {
        if (table.kind === 'foreign' || emptied.includes(table))
            continue;
        for (const column of table.columns) {
            const id = key(table.id, column.number);
            const rule = own.get(id);
            if (column.inherited && rule) {
                problems.push(`${rule.place}: ${tableName(table)}.${column.name} comes from a parent table; write the rule there.`);
            }
            if (!column.inherited)
                columns.set(id, { table, column, class: rule ?? classOf(rules, table, column) });
        }
    }
    return { columns, emptied, problems: [...problems, ...uselessPatterns(schema, rules)] };
}
function classOf(rules, table, column) {
    // A generated column holds nothing that its sources do not.
    if (column.generated !== '')
        return { kind: 'derived' };
    if (table.ledger !== undefined)
        return { kind: 'harmless', because: `migration ledger of ${table.ledger}` };
    const named = rules.columns.find(({ pattern }) => (0,masking_rules/* covers */.hU)(pattern, column.name));
    // A pattern such as *_name must not rename the enum city_name: masks reach what needs one.
    if (named && (named.rule.kind === 'keep' || needsRule(column)))
        return named.rule;
    if (!needsRule(column))
        return { kind: 'free' };
    const typed = rules.types.find(({ pattern }) => coversType(pattern, column));
    if (typed)
        return typed.rule;
    const harmless = rules.harmless.find((rule) => (rule.tables.length === 0 || rule.tables.some((pattern) => (0,masking_rules/* coversTable */.Xu)(pattern, table))) &&
        (rule.columns.length === 0 || rule.columns.some((pattern) => (0,masking_rules/* covers */.hU)(pattern, column.name))) &&
        (rule.types.length === 0 || rule.types.some((pattern) => coversType(pattern, column))));
    return harmless ? { kind: 'harmless', because: harmless.because } : { kind: 'unclassified' };
}
/** `varchar`, `character varying(20)`, `text[]`, `timestamptz`. */
function coversType(pattern, column) {
    const array = column.array ? '[]' : '';
    return [`${column.base}${array}`, column.type, column.type.replace(/\(\d+\)/, '')].some((name) => (0,masking_rules/* covers */.hU)(pattern, name));
}
function ownRules(schema, rules) {
    const own = new Map();
    const problems = [];
    for (const { table: written, columns, place } of rules.tables) {
        const found = findTable(schema, written);
        if (typeof found === 'string') {
            problems.push(`${place}: ${found}.`);
            continue;
        }
        for (const [name, rule] of columns) {
            const column = found.columns.find((candidate) => candidate.name === name);
            if (!column)
                problems.push(`${rule.place}: ${tableName(found)} has no column "${name}".`);
            else if (column.generated !== '')
                problems.push(`${rule.place}: ${tableName(found)}.${name} is generated; rule over what it is made of.`);
            else
                own.set(key(found.id, column.number), rule);
        }
    }
    return { own, problems };
}
/** By `schema.table` or, where only one schema has it, by `table`. @returns the reason where there is none. */
function findTable(schema, written) {
    const qualified = schema.tables.filter((table) => tableName(table) === written);
    const found = qualified.length > 0 ? qualified : schema.tables.filter((table) => table.name === written);
    if (found.length > 1)
        return `"${written}" is in more than one schema (${found.map(tableName).join(', ')}); write the schema, too`;
    return found[0] ?? `there is no table "${written}"`;
}
/** A table to leave out that is not there is a misspelt one, and its rows would stay. */
function uselessPatterns(schema, rules) {
    return rules.leaveOut
        .filter((pattern) => !schema.tables.some((table) => (0,masking_rules/* coversTable */.Xu)(pattern, table)))
        .map((pattern) => `"leave_out" names "${pattern}", and no table is called so.`);
}

;// CONCATENATED MODULE: ./lib/domain/masking/dependents.js

const isView = ({ kind }) => kind === 'view' || kind === 'materialized view';
/**
 * What must go while the touched columns change: what stands on one of them, and what stands on such a view, however
 * far up.
 */
function dependentsOf(schema, touched) {
    const found = new Set();
    const goneViews = new Set();
    const stands = ({ relation, uses }) => uses.some((use) => touched.has(key(use.relation, use.column)) || (goneViews.has(use.relation) && use.relation !== relation));
    for (let before = -1; before !== found.size;) {
        before = found.size;
        for (const dependent of schema.dependents) {
            // Triggers and rules of a view that goes are part of it, and so are remembered with it.
            if (found.has(dependent) || !(stands(dependent) || (!isView(dependent) && goneViews.has(dependent.relation))))
                continue;
            found.add(dependent);
            if (isView(dependent))
                goneViews.add(dependent.relation);
        }
    }
    const all = [...found];
    const blocking = all.filter(({ kind }) => kind === 'function' || kind === 'publication');
    const views = inOrder(all.filter(isView));
    const rest = all.filter((each) => !isView(each) && !blocking.includes(each));
    return { dependents: [...views, ...rest], blocking };
}
/** Each view after those it reads. */
function inOrder(views) {
    const done = [];
    const visit = (view) => {
        if (done.includes(view))
            return;
        for (const below of views) {
            if (below !== view && view.uses.some((use) => use.relation === below.relation))
                visit(below);
        }
        done.push(view);
    };
    views.forEach(visit);
    return done;
}

// EXTERNAL MODULE: ./lib/domain/masking/sql-text.js
var sql_text = __webpack_require__(4599);
;// CONCATENATED MODULE: ./lib/domain/masking/json-mask.js

/** What replaces a text of a document that no path rule covers. */
const redacted = 'redacted';
/**
 * Every text of a document becomes `redacted` and every number 0; keys, true, false, null and structure stay.
 * jsonb prints control characters escaped, so the characters 1 and 2 are free to mark where a string begins and ends.
 */
function redactJson(document) {
    const marked = `regexp_replace((${document})::jsonb::text, '"((?:[^"\\\\]|\\\\.)*)"', E'\\x01\\\\1\\x02', 'g')`;
    const texts = `regexp_replace(${marked}, E'\\x01[^\\x02]*\\x02(?!:)', E'\\x01${redacted}\\x02', 'g')`;
    // A number inside a key is followed by the end of a string before the beginning of one.
    const numbers = `regexp_replace(${texts}, E'-?[0-9][0-9.eE+-]*(?![^\\x01\\x02]*\\x02)', '0', 'g')`;
    return `translate(${numbers}, E'\\x01\\x02', '""')::jsonb`;
}
/**
 * A document in which the values at the given paths are masked and the rest is redacted or kept. A path that leads to
 * an object or array where a value was expected redacts all of it. Elements (`*`) need a subquery.
 */
function maskJson(document, rules, mask) {
    const start = rules.rest === 'redact' ? redactJson(document) : `(${document})::jsonb`;
    return rules.paths.reduce((target, rule) => setAt({ target, source: `(${document})::jsonb`, path: rule.path, depth: 0 }, (text) => mask(rule, text)), start);
}
function setAt({ target, source, path, depth }, mask) {
    const star = path.indexOf('*');
    const keys = (0,sql_text/* textArray */.TS)(star === -1 ? path : path.slice(0, star));
    const found = path.length === 0 || star === 0 ? source : `(${source} #> ${keys})`;
    const masked = star === -1
        ? `CASE jsonb_typeof(${found}) WHEN 'string' THEN to_jsonb(${mask(`(${found} #>> '{}')`)})
           WHEN 'number' THEN to_jsonb(${mask(`(${found} #>> '{}')`)}) ELSE ${redactJson(found)} END`
        : json_mask_elements({ target: star === 0 ? target : `(${target} #> ${keys})`, source: found, path: path.slice(star + 1), depth }, mask);
    if (path.length === 0 || star === 0)
        return masked;
    // jsonb_set gives NULL for a NULL value, so an absent path must not be set at all. IS NULL would be shorter, but
    // ALTER TABLE on a partitioned table transforms its operand once per partition and stumbles over the second time.
    return `CASE coalesce(jsonb_typeof(${found}), '') WHEN '' THEN ${target} ELSE jsonb_set(${target}, ${keys}, ${masked}, false) END`;
}
function json_mask_elements({ target, source, path, depth }, mask) {
    const [from, at] = [`e${depth}`, `n${depth}`];
    const one = setAt({ target: `(t${depth}.v -> (${at} - 1)::int)`, source: from, path, depth: depth + 1 }, mask);
    return `CASE WHEN jsonb_typeof(${source}) = 'array' THEN
    (SELECT coalesce(jsonb_agg(${one} ORDER BY ${at}), '[]') FROM (SELECT ${target} AS v) t${depth},
       LATERAL jsonb_array_elements(${source}) WITH ORDINALITY AS u${depth}(${from}, ${at})) ELSE ${redactJson(source)} END`;
}
/** Values at a path, as texts: `FROM`-clause item `j(value)`. */
function valuesAt(document, path) {
    const steps = path.map((key) => (key === '*' ? '[*]' : `."${key.replace(/["\\]/g, '\\$&')}"`)).join('');
    // Strict would refuse documents of another shape; lax looks into arrays by itself and so finds more, not less.
    return `(SELECT v #>> '{}' AS value FROM jsonb_path_query((${document})::jsonb, ${quotedPath(`lax $${steps}`)}) q(v) WHERE jsonb_typeof(v) IN ('string', 'number'))`;
}
/** Every text and number of a document. */
function leavesOf(document) {
    return `(SELECT v #>> '{}' AS value FROM jsonb_path_query((${document})::jsonb, 'strict $.**') q(v) WHERE jsonb_typeof(v) IN ('string', 'number'))`;
}
function quotedPath(path) {
    const quoted = path.replaceAll("'", "''");
    return path.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}

// EXTERNAL MODULE: ./lib/domain/masking/transformer.js
var transformer = __webpack_require__(3692);
// EXTERNAL MODULE: ./lib/domain/masking/transformers.js + 3 modules
var transformers = __webpack_require__(2415);
;// CONCATENATED MODULE: ./lib/domain/masking/compile.js




/**
 * The masked value of one column as an inline expression. NULL stays NULL and an empty text stays empty.
 * For a SELECT always; for ALTER … USING, which takes no subquery, only where `needsQuery` says no.
 */
function maskExpression(target, row) {
    const { column, mask } = target;
    const raw = row(column.name);
    if (column.array) {
        const element = scalar(target, 'u.e', row);
        return `CASE WHEN ${raw} IS NULL THEN NULL ELSE
      (SELECT coalesce(array_agg(${element} ORDER BY u.i), '{}') FROM unnest(${raw}) WITH ORDINALITY AS u(e, i)) END`;
    }
    if (kindOf(column) === 'json' && mask.transformer === 'json') {
        const made = maskJson(raw, mask, (rule, text) => jsonValue(rule, text, row));
        return `CASE WHEN ${raw} IS NULL THEN NULL ELSE (${made})::${column.type} END`;
    }
    return scalar(target, raw, row);
}
/** Whether the expression holds a subquery. */
function needsQuery({ column, mask }) {
    return column.array || mask.paths.some((rule) => rule.path.includes('*'));
}
/** Columns of the row that the expression reads, its own first. */
function columnsRead({ column, mask }) {
    const all = [mask, ...mask.paths.map((rule) => rule.mask)];
    const others = all.flatMap((rule) => known(rule).reads?.(rule.parameters) ?? []);
    return [...new Set([column.name, ...others])];
}
function shapeOf({ column, mask, length }) {
    return { kind: kindOf(column), type: elementType(column), length, parameters: mask.parameters };
}
/** A path's value is a text whatever it was. */
function jsonShape({ mask }) {
    return { kind: 'text', type: 'text', length: undefined, parameters: mask.parameters };
}
/** What there is to prove about a masked column. */
function partsOf(target, name) {
    const { column, mask } = target;
    const proof = known(mask).proof(shapeOf(target));
    const value = kindOf(column) === 'text' ? normalised('u.value', 'none') : 'u.value';
    const values = column.array
        ? (sql) => `unnest(${sql}) AS u(value)`
        : (sql) => `(SELECT ${sql} AS value) u`;
    if (mask.transformer !== 'json')
        return [{ name, values, value, proof }];
    const paths = mask.paths.map((rule) => ({
        name: `${name}: ${rule.path.join('.')}`,
        values: (sql) => `${valuesAt(sql, rule.path)} u`,
        value: 'u.value',
        proof: orRedacted(known(rule.mask).proof(jsonShape(rule))),
    }));
    return mask.rest === 'redact' ? [...paths, restOf(name, paths)] : paths;
}
/** Every text and number of the document is one of the paths' or was redacted. */
function restOf(name, paths) {
    const shapes = paths.flatMap(({ proof }) => (proof.kind === 'shape' ? [proof.holds] : []));
    const holds = (value) => [plainRest(value), ...shapes.map((shape) => shape(value))].join(' OR ');
    return {
        name: `${name}: everything else`,
        values: (sql) => `${leavesOf(sql)} u`,
        value: 'u.value',
        proof: { kind: 'shape', small: true, holds: (value) => `(${holds(value)})` },
    };
}
const plainRest = (value) => `${value} IN ('${redacted}', '0')`;
function orRedacted(proof) {
    if (proof.kind !== 'shape')
        return proof;
    return { ...proof, holds: (value) => `(${plainRest(value)} OR ${proof.holds(value)})` };
}
function scalar(target, raw, row) {
    const kind = kindOf(target.column);
    const shape = shapeOf(target);
    const { mask, normalise } = target;
    const value = kind === 'text' ? normalised(raw, normalise) : raw;
    const text = kind === 'text' ? value : `(${raw})::text`;
    return guarded({ raw, kind, mask }, known(mask).make({ ...shape, value, hmac: digestOf(mask, text), column: row }));
}
function jsonValue(rule, text, row) {
    const { mask } = rule;
    const value = normalised(text, mask.normalise ?? 'none');
    const made = known(mask).make({ ...jsonShape(rule), value, hmac: digestOf(mask, value), column: row });
    // Never NULL: only texts and numbers of a document come here.
    return `(CASE WHEN ${text} = '' THEN ''::text ELSE ${made} END)::text`;
}
/** The value takes part in the digest by group, never by table and column: both ends of a key must map alike. */
function digestOf(mask, text) {
    return (part = '', of = text) => (0,transformer/* hmac */.w8)(`${mask.group ?? mask.transformer}${part && `/${part}`}`, of);
}
function guarded(of, made) {
    if (known(of.mask).empties)
        return made;
    const empty = of.kind === 'text' ? ` WHEN (${of.raw})::text = '' THEN ''::text` : '';
    return `CASE WHEN ${of.raw} IS NULL THEN NULL${empty} ELSE ${made} END`;
}
/** The cast to text comes first: citext and nondeterministic collations know no regular expressions. */
function normalised(raw, how) {
    const text = `((${raw})::text COLLATE pg_catalog."default")`;
    const trimmed = how === 'trim' || how === 'lower_trim' ? `btrim(${text})` : text;
    return how === 'lower' || how === 'lower_trim' ? `lower(${trimmed})` : trimmed;
}
/** @throws Error for a transformer that the parser would have refused. */
function known(mask) {
    const transformer = (0,transformers/* transformerOf */.Fk)(mask.transformer);
    if (!transformer)
        throw new Error(`There is no transformer ${mask.transformer}.`);
    return transformer;
}
function elementType(column) {
    return column.array ? column.type.replace(/\[\]$/, '') : column.type;
}

;// CONCATENATED MODULE: ./lib/domain/masking/check-masks.js




/** Chance of one collision that is let through: of 1,000 builds one would fail on its unique index. */
const bearableChance = 1e-3;
/** What stands against masking a column so, one sentence each. */
function objectionsTo(schema, { table, target }, columns) {
    const where = `${target.mask.place}: ${tableName(table)}.${target.column.name}`;
    return [
        ...ofTable(table, target),
        ...ofValue(target),
        ...ofRow({ table, target }, columns),
        ...ofUniques(schema, table, target),
    ].map((why) => `${where} ${why}.`);
}
function* ofTable(table, { column }) {
    if (table.partitionColumns.includes(column.name))
        yield 'is part of a partition key, whose values cannot change in place';
    if (table.typed)
        yield 'belongs to a typed table, whose columns cannot be changed';
    if (table.parents.length > 1)
        yield 'belongs to a table with several parents, which is not supported';
    if (!table.ours)
        yield `belongs to a table that the role at work may not change`;
}
function* ofValue(target) {
    const { column, mask } = target;
    const transformer = known(mask);
    const shape = shapeOf(target);
    if (!transformer.kinds.includes(shape.kind)) {
        yield `is ${column.type}, which "${mask.transformer}" cannot make`;
        return;
    }
    if (transformer.empties && column.notNull)
        yield 'is NOT NULL and cannot become NULL';
    if (column.array && shape.kind === 'json')
        yield 'is an array of documents, which only null can mask';
    const objection = transformer.objection?.(shape);
    if (objection !== undefined)
        yield `has the transformer "${mask.transformer}", which ${objection}`;
    const longest = transformer.longest?.(shape) ?? 0;
    if (shape.length !== undefined && longest > shape.length) {
        yield `holds ${shape.length} characters, and "${mask.transformer}" needs ${longest}; write a shorter one, such as constant`;
    }
    if (kindOf(column) === 'enum' && !column.labels.includes(String(mask.parameters['value'] ?? ''))) {
        yield `is an enum without the label "${String(mask.parameters['value'] ?? '')}"`;
    }
    for (const rule of mask.paths) {
        const why = known(rule.mask).objection?.(jsonShape(rule));
        if (why !== undefined)
            yield `has at ${rule.path.join('.')} the transformer "${rule.mask.transformer}", which ${why}`;
    }
}
/** A template shows the column that it names, so that must be one that may be seen. */
function* ofRow({ table, target }, columns) {
    for (const mask of [target.mask, ...target.mask.paths.map((rule) => rule.mask)]) {
        for (const name of known(mask).reads?.(mask.parameters) ?? []) {
            const column = table.columns.find((candidate) => candidate.name === name);
            const found = column && columns.get(key(table.id, column.number));
            if (!found)
                yield `names the column "${name}", which its table does not have`;
            else if (mask.transformer === 'template' && !['free', 'keep', 'harmless'].includes(found.class.kind)) {
                yield `names the column "${name}" in its template, and that column's values must not be seen`;
            }
        }
    }
}
function* ofUniques(schema, table, { column, mask, ...rest }) {
    if (mask.allowUniquenessLoss)
        return;
    const uniqueness = known(mask).uniqueness(shapeOf({ column, mask, ...rest }));
    for (const unique of schema.uniques.filter((each) => touches(schema, each, { table, column: column.number }))) {
        if (uniqueness.kind === 'lossy') {
            yield `is in the unique index ${unique.name}, and "${mask.transformer}" makes different values equal; write hash, email or uuid`;
            continue;
        }
        const rows = rowsOf(schema, table);
        // The birthday bound: https://en.wikipedia.org/wiki/Birthday_problem
        if (rows ** 2 / 2 ** (uniqueness.bits + 1) > bearableChance) {
            yield `is in the unique index ${unique.name}, and ${uniqueness.bits} bits of "${mask.transformer}" are too few for ${Math.round(rows)} rows; write hash, email or uuid`;
        }
    }
}
/** A partition's own index counts as well. */
function touches(schema, unique, { table, column }) {
    if (unique.table === table.id)
        return unique.columns.includes(column);
    const child = descendantsOf(schema, table.id).find((candidate) => candidate.id === unique.table);
    const name = table.columns.find((candidate) => candidate.number === column)?.name;
    return (child?.columns.some((candidate) => candidate.name === name && unique.columns.includes(candidate.number)) ?? false);
}
/** Children and partitions at any depth. */
function descendantsOf(schema, id) {
    const children = schema.tables.filter((table) => table.parents.includes(id));
    return children.flatMap((child) => [child, ...descendantsOf(schema, child.id)]);
}
function rowsOf(schema, table) {
    return [table, ...descendantsOf(schema, table.id)].reduce((rows, each) => rows + each.rows, 0);
}

;// CONCATENATED MODULE: ./lib/domain/masking/tree-plan.js






/** Generated columns that read a masked one: ALTER refuses to change a column under them (facts 3.3). */
function generatedOf(schema, masked) {
    const numbers = new Set(masked.map(({ table, target }) => key(table.id, target.column.number)));
    return schema.tables.flatMap((table) => table.columns
        .filter((column) => !column.inherited && column.reads.some((number) => numbers.has(key(table.id, number))))
        .map((column) => ({ table, column })));
}
/**
 * One ALTER TABLE per table, so that it is written anew once. Tables that keep their values are written anew as well
 * where dropped columns or dead rows could still hold some: a branch's files are a copy of the parent's (facts 4.1).
 * @returns also the touched columns by `key`, under which nothing may stand meanwhile.
 */
function treesOf(work) {
    const { schema, classification } = work;
    const trees = [];
    const touched = new Set();
    const refusals = [];
    for (const root of schema.tables.filter((table) => table.parents.length === 0 && table.kind !== 'foreign')) {
        const below = descendantsOf(schema, root.id);
        const tables = [root, ...below.filter((table, at) => below.indexOf(table) === at)];
        const functions = [];
        const parts = tables.map((table) => ({ table, actions: actionsOf(work, table, functions) }));
        if (parts[0]?.actions.length === 0 && keepsSomething(tables, classification)) {
            const column = rewriteBy(schema, root);
            if (column) {
                parts[0].actions.push(`ALTER COLUMN ${typed(column)} USING coalesce(${(0,sql_text/* identifier */.Cv)(column.name)}, ${(0,sql_text/* identifier */.Cv)(column.name)})`, ...restated(column));
                touchAll(touched, { tables, name: column.name });
            }
            else if (tables.some((table) => table.droppedColumns > 0))
                refusals.push(`${tableName(root)} has dropped columns, whose values are still in its files, and no column by which it could be written anew.`);
        }
        const foreign = tables.find((table) => table.kind === 'foreign');
        if (foreign && parts.some(({ actions }) => actions.length > 0))
            refusals.push(`${tableName(foreign)} lies on another server and below ${tableName(root)}, which is to be masked. Detach it in the parent.`);
        if (!root.ours && parts.some(({ actions }) => actions.length > 0))
            refusals.push(`${tableName(root)} must be written anew, and the role ${schema.server.role} may not change it.`);
        const alters = parts
            .filter(({ actions }) => actions.length > 0)
            .map(({ table, actions }) => `ALTER TABLE ${table.sql} ${actions.join(', ')}`);
        if (alters.length > 0)
            trees.push({ root, tables, rows: rowsOf(schema, root), functions, alters });
    }
    for (const { table, target } of work.masked)
        touchAll(touched, { tables: [table, ...descendantsOf(schema, table.id)], name: target.column.name });
    for (const { table, column } of work.generated)
        touchAll(touched, { tables: [table, ...descendantsOf(schema, table.id)], name: column.name });
    return { trees, touched, refusals };
}
function touchAll(touched, { tables, name }) {
    for (const table of tables) {
        const column = table.columns.find((candidate) => candidate.name === name);
        if (column)
            touched.add(key(table.id, column.number));
    }
}
/** What may hold a person's data in dead rows, or anything in columns that were dropped. An empty file holds nothing. */
function keepsSomething(tables, { emptied }) {
    return tables.some((table) => !emptied.includes(table) && table.size > 0 && (table.droppedColumns > 0 || table.columns.some(needsRule)));
}
/** The column under which least would have to be dropped and made again. */
function rewriteBy(schema, table) {
    const weight = ({ number, base }) => schema.dependents.filter((each) => each.uses.some((use) => use.relation === table.id && use.column === number))
        .length +
        100 *
            schema.foreignKeys.filter((each) => (each.table === table.id && each.columns.includes(number)) ||
                (each.target === table.id && each.targetColumns.includes(number))).length +
        (base === 'int4' || base === 'int8' ? 0 : 0.5);
    return table.columns
        .filter((column) => column.generated === '' &&
        !table.partitionColumns.includes(column.name) &&
        !table.columns.some((each) => each.reads.includes(column.number)))
        .toSorted((a, b) => weight(a) - weight(b))[0];
}
function actionsOf({ masked, generated }, table, functions) {
    const targets = masked.filter((each) => each.table.id === table.id).map((each) => each.target);
    const derived = generated.filter((each) => each.table.id === table.id).map((each) => each.column);
    return [
        ...derived.map((column) => `DROP COLUMN ${(0,sql_text/* identifier */.Cv)(column.name)}`),
        ...targets.flatMap((target) => [
            `ALTER COLUMN ${typed(target.column)} USING ${usingOf(table, target, functions)}`,
            ...restated(target.column),
        ]),
        ...derived.map((column) => `ADD COLUMN ${(0,sql_text/* identifier */.Cv)(column.name)} ${column.type}${collated(column)} GENERATED ALWAYS AS (${column.expression ?? ''}) ${column.generated === 's' ? 'STORED' : 'VIRTUAL'}${column.notNull ? ' NOT NULL' : ''}`),
    ];
}
const collated = ({ collation }) => (collation === null ? '' : ` COLLATE ${collation}`);
/** ALTER … TYPE falls back to the type's own collation, storage and compression unless told again (facts 3.3). */
const typed = (column) => `${(0,sql_text/* identifier */.Cv)(column.name)} TYPE ${column.type}${collated(column)}`;
function restated({ name, storage, compression }) {
    return [
        ...(storage === null ? [] : [`ALTER COLUMN ${(0,sql_text/* identifier */.Cv)(name)} SET STORAGE ${storage}`]),
        ...(compression === null ? [] : [`ALTER COLUMN ${(0,sql_text/* identifier */.Cv)(name)} SET COMPRESSION ${compression}`]),
    ];
}
/** The body names settings, never the key: it stands in pg_proc until the session ends. */
function usingOf(table, target, functions) {
    if (!needsQuery(target))
        return maskExpression(target, sql_text/* identifier */.Cv);
    const reads = columnsRead(target);
    const types = reads.map((name) => table.columns.find((column) => column.name === name)?.type ?? 'text');
    const body = `SELECT ${maskExpression(target, (name) => `$${reads.indexOf(name) + 1}`)}`;
    const name = `pg_temp.mask_${table.id}_${target.column.number}`;
    functions.push(`CREATE FUNCTION ${name}(${types.join(', ')}) RETURNS ${target.column.type} LANGUAGE sql STABLE AS ${(0,sql_text/* literal */.eu)(body)}`);
    return `${name}(${reads.map(sql_text/* identifier */.Cv).join(', ')})`;
}

;// CONCATENATED MODULE: ./lib/domain/masking/in-place-plan.js



/** What PostgreSQL must be relieved of before it changes the masked columns (facts 3.3). `refusals` are sentences. */
function planInPlace(schema, { plan, classification }) {
    const masked = plan.targets;
    const generated = generatedOf(schema, masked);
    const { trees, touched, refusals } = treesOf({ schema, classification, masked, generated });
    const { dependents, blocking } = dependentsOf(schema, touched);
    const all = [
        ...refusals,
        ...blocking.map((each) => `The ${each.kind} ${each.name} stands on a masked column, and PostgreSQL changes none under it. Drop it in the parent, or leave the table out.`),
    ];
    if (all.length > 0)
        return { refusals: all };
    const foreignKeys = schema.foreignKeys.filter((foreign) => touchesKey(foreign, touched) || plan.emptied.some((table) => [foreign.table, foreign.target].includes(table.id)));
    return { inPlace: { trees, foreignKeys, dependents, generated } };
}
function touchesKey({ table, columns, target, targetColumns }, touched) {
    return (columns.some((column) => touched.has(key(table, column))) ||
        targetColumns.some((column) => touched.has(key(target, column))));
}

;// CONCATENATED MODULE: ./lib/domain/masking/key-groups.js


/**
 * Columns that foreign keys or links tie together are masked by one rule (facts 5): found by union-find over the pairs
 * of columns. A column without a rule of its own takes that of its group; two different rules are a problem.
 */
function groupKeys(schema, rules, columns) {
    const problems = [];
    const targets = new Map();
    for (const { table, column, class: rule } of columns.values()) {
        if (rule.kind !== 'mask')
            continue;
        const id = key(table.id, column.number);
        targets.set(id, {
            column,
            mask: rule,
            normalise: normalisationOf({ schema, columns, mask: rule }, [id]),
            length: column.length ?? undefined,
        });
    }
    for (const group of groupsOf(pairsOf(schema, rules, problems))) {
        const members = group.filter((member) => columns.has(member.id));
        const masks = members.flatMap((member) => maskOf(member, columns) ?? []);
        const [first] = masks;
        if (!first)
            continue;
        const odd = members.filter((member) => conflicts(member, { columns, masks, first }));
        if (odd.length > 0) {
            problems.push(`${members.map((member) => member.name).join(', ')} refer to each other and must be masked by one rule.`);
            continue;
        }
        apply({ schema, columns, targets, members, mask: first });
    }
    return { targets, problems };
}
function apply({ schema, columns, targets, members, mask }) {
    const ids = members.filter((member) => !member.path).map((member) => member.id);
    const normalise = normalisationOf({ schema, columns, mask }, ids);
    const lengths = ids.flatMap((id) => columns.get(id)?.column.length ?? []);
    const length = lengths.length > 0 ? Math.min(...lengths) : undefined;
    for (const { id, path } of members) {
        const column = columns.get(id)?.column;
        if (!column)
            continue;
        if (!path)
            targets.set(id, { column, mask, normalise, length });
        else
            targets.set(id, withPath(targets.get(id), path, normalise));
    }
}
function withPath(target, path, normalise) {
    if (!target)
        throw new Error('A path stands in a column that is not masked.');
    const paths = target.mask.paths.map((rule) => same(rule.path, path) ? { ...rule, mask: { ...rule.mask, normalise } } : rule);
    return { ...target, mask: { ...target.mask, paths } };
}
function conflicts(member, { columns, masks, first }) {
    const mask = maskOf(member, columns);
    if (mask)
        return !same(sayings(mask), sayings(first)) || (masks.length > 1 && mask.normalise !== first.normalise);
    // A path needs its own rule; a column that is kept on purpose must not be masked unasked.
    return member.path !== undefined || columns.get(member.id)?.class.kind === 'keep';
}
const sayings = (mask) => [mask.transformer, mask.parameters, mask.group, mask.paths.map((rule) => rule.path)];
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
function maskOf({ id, path }, columns) {
    const rule = columns.get(id)?.class;
    if (rule?.kind !== 'mask')
        return undefined;
    return path ? rule.paths.find((candidate) => same(candidate.path, path))?.mask : rule;
}
/**
 * As the columns' own equality has it: citext ignores case, and where an index keeps lower(column) unique, no two
 * values differ in case alone, so that ignoring it merges none and lets joins over lower() meet.
 */
function normalisationOf({ schema, columns, mask }, ids) {
    if (mask.normalise)
        return mask.normalise;
    const ignoresCase = ids.some((id) => {
        const found = columns.get(id);
        if (!found)
            return false;
        const { table, column } = found;
        const lowered = schema.uniques.some((unique) => unique.table === table.id && unique.lowered.includes(column.number));
        return column.base === 'citext' || column.nondeterministic || lowered;
    });
    return ignoresCase ? 'lower' : 'none';
}
function pairsOf(schema, rules, problems) {
    const tables = new Map(schema.tables.map((table) => [table.id, table]));
    const keys = schema.foreignKeys.flatMap((foreign) => foreign.columns.flatMap((number, at) => {
        const ends = [
            member(tables, foreign.table, number),
            member(tables, foreign.target, foreign.targetColumns[at] ?? 0),
        ];
        return ends[0] && ends[1] ? [[ends[0], ends[1]]] : [];
    }));
    const links = rules.links.flatMap((link) => {
        const members = link.flatMap((reference) => linked(schema, reference, problems) ?? []);
        return members.slice(1).flatMap((other) => (members[0] ? [[members[0], other]] : []));
    });
    return [...keys, ...links];
}
/** A column of a partition or a child is that of the table it comes from. */
function member(tables, id, number) {
    const table = tables.get(id);
    const column = table?.columns.find((candidate) => candidate.number === number);
    if (!table || !column)
        return undefined;
    const parent = column.inherited ? tables.get(table.parents[0] ?? '') : undefined;
    const above = parent?.columns.find((candidate) => candidate.name === column.name);
    if (parent && above)
        return member(tables, parent.id, above.number);
    return { id: key(id, number), path: undefined, name: `${tableName(table)}.${column.name}` };
}
function linked(schema, { table: written, column: name, path, place }, problems) {
    const table = findTable(schema, written);
    if (typeof table === 'string')
        return void problems.push(`${place}: ${table}.`);
    const column = table.columns.find((candidate) => candidate.name === name);
    if (!column)
        return void problems.push(`${place}: ${tableName(table)} has no column "${name}".`);
    const inside = path ? `:${path.join('.')}` : '';
    return { id: key(table.id, column.number), path, name: `${tableName(table)}.${name}${inside}` };
}
function groupsOf(pairs) {
    const members = new Map();
    const leader = new Map();
    const nameOf = ({ id, path }) => (path ? `${id}:${JSON.stringify(path)}` : id);
    const find = (name) => {
        const above = leader.get(name) ?? name;
        return above === name ? name : find(above);
    };
    for (const pair of pairs) {
        const [a, b] = pair.map((each) => {
            members.set(nameOf(each), each);
            return find(nameOf(each));
        });
        if (a !== undefined && b !== undefined)
            leader.set(a, b);
    }
    const groups = new Map();
    for (const [name, each] of members)
        groups.set(find(name), [...(groups.get(find(name)) ?? []), each]);
    return [...groups.values()];
}

;// CONCATENATED MODULE: ./lib/domain/masking/suggestions.js

/** Column names and what they usually hold; the first that fits wins. In English, German, French and Spanish. */
const byName = [
    [/e.?mail|courriel|correo/, 'email'],
    [/first.?name|given.?name|vorname|prenom|forename/, 'first_name'],
    [/last.?name|sur.?name|family.?name|nachname|apellido/, 'last_name'],
    [/phone|mobile|cell|tel$|^tel|fax|telefon|handy/, 'phone'],
    [/card.?(no|num|nr)|credit.?card|^pan$/, 'credit_card'],
    [/zip|post.?(al)?.?code|plz|postleitzahl/, 'postcode'],
    [/city|town|ort$|ville|ciudad/, 'city'],
    [/address|street|strasse|adresse|direccion|^addr/, 'address'],
    [/company|organi[sz]ation|employer|firma/, 'company'],
    [/(^|_)ip(_|$|addr)|remote.?addr|client.?ip/, 'ip'],
    [/mac.?addr/, 'mac'],
    [/url|website|link|avatar|photo|image/, 'url'],
    [/password|passwd|secret|token|api.?key|hash|salt|session/, 'hash'],
    [/ssn|iban|tax|passport|licen[cs]e|national.?id|account.?(no|num)/, 'hash'],
    [/name/, 'name'],
    [/note|comment|message|body|description|text|bio|remark/, 'redact_text'],
];
const byKind = {
    date: 'date_shift',
    timestamp: 'date_shift',
    inet: 'ip',
    mac: 'mac',
    bytes: 'hash',
    json: '{ mask: json }',
    other: 'null',
};
/** A rule to begin with, as it would be written; a person decides. */
function suggestionFor(column) {
    const kind = kindOf(column);
    if (kind !== 'text')
        return byKind[kind] ?? 'constant';
    const name = column.name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
    return byName.find(([pattern]) => pattern.test(name))?.[1] ?? '{ keep: <why it is harmless> }';
}

;// CONCATENATED MODULE: ./lib/domain/masking/plan.js





/** Decides how each column is masked. Fails closed: one column without a rule refuses the whole. */
function planMasking(schema, rules) {
    const classification = classify(schema, rules);
    const { targets, problems } = groupKeys(schema, rules, classification.columns);
    const masked = [...targets].flatMap(([id, target]) => {
        const table = classification.columns.get(id)?.table;
        return table ? [{ table, target }] : [];
    });
    const unclassified = [...classification.columns].flatMap(([id, found]) => found.class.kind === 'unclassified' && !targets.has(id) ? [found] : []);
    const quasi = quasiIdentifiers(schema, rules);
    const refusals = [
        ...classification.problems,
        ...problems,
        ...unclassified.map(({ table, column }) => `${tableName(table)}.${column.name} (${column.type}) has no rule.`),
        ...masked.flatMap((each) => objectionsTo(schema, each, classification.columns)),
        ...emptiedReferences(schema, classification.emptied),
        ...unloggedLosses(schema, rules),
        ...quasi.problems,
    ];
    if (refusals.length > 0)
        return { refusals, suggestions: suggestionsFor(unclassified) };
    return {
        classification,
        plan: {
            targets: masked,
            stored: storedOf(schema, classification, masked),
            emptied: classification.emptied,
            scanned: scannedOf(classification),
            quasiIdentifiers: quasi.found,
            largeObjects: schema.largeObjects > 0 ? 'remove' : 'none',
            definitionsMayQuote: rules.definitions !== undefined,
            counts: countsOf(classification, targets),
        },
    };
}
function storedOf(schema, { emptied }, masked) {
    const heirs = new Map(masked.map(({ table }) => [table.id, new Set(descendantsOf(schema, table.id))]));
    return schema.tables
        .filter((table) => table.kind === 'table' && !emptied.includes(table))
        .map((table) => ({
        table,
        targets: masked.filter((each) => each.table.id === table.id || heirs.get(each.table.id)?.has(table)),
    }));
}
/** Rows that refer to a table without rows would refer to nothing. */
function emptiedReferences(schema, emptied) {
    const gone = new Map(emptied.map((table) => [table.id, table]));
    return schema.foreignKeys.flatMap((foreign) => {
        const target = gone.get(foreign.target);
        const from = schema.tables.find((table) => table.id === foreign.table);
        if (!target || !from || gone.has(from.id))
            return [];
        return [
            `"leave_out" empties ${tableName(target)}, to which ${tableName(from)} refers by ${foreign.name}. Leave both out, or neither.`,
        ];
    });
}
function unloggedLosses(schema, rules) {
    if (schema.largeObjects === 0 || rules.largeObjects === 'remove')
        return [];
    return [
        `The database holds ${schema.largeObjects} large objects, which no column rule covers. Write "large_objects: remove".`,
    ];
}
function quasiIdentifiers(schema, rules) {
    const problems = [];
    const found = rules.kAnonymity.flatMap((wanted) => {
        const table = findTable(schema, wanted.table);
        if (typeof table === 'string') {
            problems.push(`${wanted.place}: ${table}.`);
            return [];
        }
        const absent = wanted.columns.filter((name) => !table.columns.some((column) => column.name === name));
        problems.push(...absent.map((name) => `${wanted.place}: ${tableName(table)} has no column "${name}".`));
        return [{ ...wanted, sql: table.sql }];
    });
    return { found, problems };
}
/** Kept columns were decided by a person with a reason; all others must hold what was said of them. */
function scannedOf({ columns }) {
    return [...columns.values()].filter(({ table, class: { kind } }) => kind !== 'keep' && kind !== 'free' && table.ledger === undefined);
}
function countsOf({ columns }, targets) {
    const counts = { masked: 0, kept: 0, harmless: 0, derived: 0, free: 0 };
    for (const [id, { class: found }] of columns) {
        if (targets.has(id))
            counts.masked++;
        else if (found.kind === 'keep')
            counts.kept++;
        else if (found.kind === 'harmless' || found.kind === 'derived' || found.kind === 'free')
            counts[found.kind]++;
    }
    return counts;
}
function suggestionsFor(unclassified) {
    const tables = new Map();
    for (const { table, column } of unclassified) {
        const lines = tables.get(tableName(table)) ?? [];
        tables.set(tableName(table), [...lines, `    ${column.name}: ${suggestionFor(column)}`]);
    }
    return tables.size === 0 ? [] : ['tables:', ...[...tables].flatMap(([name, lines]) => [`  ${name}:`, ...lines])];
}

// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/data/ledgers.js
var data_ledgers = __webpack_require__(9798);
;// CONCATENATED MODULE: ./lib/data/masking/catalogue.js

/** Schemas of people, not of PostgreSQL and not of an extension; `n` is pg_namespace. */
const userSchema = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
const notOfExtension = (catalog, id) => `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${id} AND e.deptype = 'e')`;
/**
 * Everything a masking plan needs, in eight queries. `search_path` must be `pg_catalog` alone: names then come with
 * their schema, and nobody's functions stand in for the server's.
 */
async function readSchema(sql) {
    const server = await readServer(sql);
    const ledgers = new Map((await (0,data_ledgers/* findLedgers */.O)(sql)).map((ledger) => [ledger.id, ledger.tool]));
    const columns = new Map();
    for (const { table, ...column } of await readColumns(sql))
        columns.set(table, [...(columns.get(table) ?? []), column]);
    const tables = (await readTables(sql)).map((row) => ({
        ...row,
        columns: columns.get(row.id) ?? [],
        ledger: ledgers.get(row.id),
    }));
    const [other] = await sql.query('SELECT count(*)::int AS objects FROM pg_largeobject_metadata');
    return {
        server,
        tables,
        uniques: await readUniques(sql),
        foreignKeys: await readForeignKeys(sql),
        dependents: await readDependents(sql),
        largeObjects: other?.objects ?? 0,
        userMappings: await sql.query('SELECT srvname::text AS server, usename::text AS user FROM pg_user_mappings'),
    };
}
async function readServer(sql) {
    const [row] = await sql.query(`SELECT current_setting('server_version_num')::int AS version, rolsuper AS superuser, rolname::text AS role
       FROM pg_roles WHERE rolname = current_user`);
    return row ?? { version: 0, superuser: false, role: '' };
}
/** A column of a partition key, in an expression too, depends on its own table. Without an estimate the size bounds the rows: none takes less than 28 bytes (tuple header and line pointer). */
function readTables(sql) {
    return sql.query(`SELECT c.oid::text AS id, n.nspname::text AS schema, c.relname::text AS name, c.oid::regclass::text AS sql,
            CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned' ELSE 'foreign' END AS kind,
            ARRAY(SELECT inhparent::text FROM pg_inherits WHERE inhrelid = c.oid ORDER BY inhseqno) AS parents,
            (CASE WHEN c.relkind <> 'r' THEN 0 WHEN c.reltuples > 0 THEN c.reltuples ELSE pg_relation_size(c.oid) / 28 END)::float8 AS rows,
            (CASE WHEN c.relkind = 'r' THEN pg_relation_size(c.oid) ELSE 0 END)::float8 AS size,
            (SELECT count(*)::int FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND attisdropped) AS "droppedColumns",
            ARRAY(SELECT a.attname::text FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.objid AND a.attnum = d.objsubid
                   WHERE c.relkind = 'p' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid > 0 AND d.deptype = 'i'
                     AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.refobjsubid = 0) AS "partitionColumns",
            pg_has_role(c.relowner, 'USAGE') AS ours, c.reloftype <> 0 AS typed, c.relforcerowsecurity AS "forcesRowSecurity"
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND ${userSchema} AND ${notOfExtension('pg_class', 'c.oid')}
      ORDER BY c.oid`);
}
/** A domain over a domain and an array of a domain are followed down to the type whose values are stored. */
function readColumns(sql) {
    return sql.query(`WITH RECURSIVE down AS (
       SELECT oid AS start, oid AS at, typtypmod AS modifier, false AS array, 0 AS step FROM pg_type
       UNION ALL
       SELECT d.start, CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END,
              CASE WHEN t.typtype = 'd' AND t.typtypmod >= 0 THEN t.typtypmod ELSE d.modifier END, d.array OR t.typtype <> 'd', d.step + 1
         FROM down d JOIN pg_type t ON t.oid = d.at
        WHERE t.typtype = 'd' OR (t.typelem <> 0 AND t.typcategory = 'A'))
     SELECT a.attrelid::text AS table, a.attnum AS number, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type,
            b.typname::text AS base, bn.nspname::text AS "baseSchema", b.typtype::text AS "baseKind", d.array,
            CASE WHEN b.typname IN ('varchar', 'bpchar') THEN nullif(greatest(a.atttypmod, d.modifier), -1) - 4 END AS length,
            ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = b.oid ORDER BY enumsortorder) AS labels,
            a.attnotnull OR t.typnotnull AS "notNull", a.attgenerated::text AS generated,
            CASE WHEN a.attgenerated <> '' THEN pg_get_expr(f.adbin, f.adrelid) END AS expression,
            CASE WHEN a.attgenerated = '' THEN '{}'::int[] ELSE ARRAY(SELECT p.refobjsubid FROM pg_depend p
              WHERE p.refclassid = 'pg_class'::regclass AND p.refobjid = a.attrelid AND p.refobjsubid > 0
                AND (p.classid, p.objid, p.objsubid) IN (('pg_attrdef'::regclass, f.oid, 0), ('pg_class'::regclass, a.attrelid, a.attnum))
                AND p.refobjsubid <> a.attnum) END AS reads,
            CASE WHEN a.attcollation NOT IN (0, t.typcollation) THEN quote_ident(cn.nspname) || '.' || quote_ident(k.collname) END AS collation,
            NOT coalesce(k.collisdeterministic, true) AS nondeterministic,
            CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
              WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END AS storage,
            CASE to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
            a.attinhcount > 0 AS inherited
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_type t ON t.oid = a.atttypid
       JOIN LATERAL (SELECT * FROM down WHERE start = a.atttypid ORDER BY step DESC LIMIT 1) d ON true
       JOIN pg_type b ON b.oid = d.at JOIN pg_namespace bn ON bn.oid = b.typnamespace
       LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
       LEFT JOIN pg_collation k ON k.oid = a.attcollation LEFT JOIN pg_namespace cn ON cn.oid = k.collnamespace
      WHERE c.relkind IN ('r', 'p', 'f') AND ${userSchema} AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attrelid, a.attnum`);
}
/** Unique and primary keys, unique indexes and exclusion constraints, partial ones too. */
function readUniques(sql) {
    return sql.query(`SELECT i.indexrelid::regclass::text AS name, i.indrelid::text AS table,
            ARRAY(SELECT DISTINCT k FROM (SELECT unnest((i.indkey::int2[])[0:i.indnkeyatts - 1])::int UNION
              SELECT d.refobjsubid FROM pg_depend d WHERE i.indexprs IS NOT NULL AND d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid > 0) AS all_of(k) WHERE k > 0) AS columns,
            ARRAY(SELECT a.attnum::int FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum > 0 AND i.indnkeyatts = 1
              AND pg_get_indexdef(i.indexrelid, 1, true) ~ ('^lower\\(\\(?' || regexp_replace(quote_ident(a.attname), '[][(){}.*+?^$|\\\\]', '\\\\\\&', 'g') || '(\\)?::text)?\\)$')) AS lowered
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE (i.indisunique OR i.indisexclusion) AND c.relkind IN ('r', 'p') AND ${userSchema} ORDER BY i.indexrelid`);
}
/** Those that people declared; a partition's copies come and go with them. */
function readForeignKeys(sql) {
    return sql.query(`SELECT o.oid::text AS id, o.conname::text AS name, o.conrelid::text AS table, o.conkey::int[] AS columns,
            o.confrelid::text AS target, o.confkey::int[] AS "targetColumns", pg_get_constraintdef(o.oid) AS definition,
            obj_description(o.oid, 'pg_constraint') AS comment
       FROM pg_constraint o WHERE o.contype = 'f' AND o.conparentid = 0 ORDER BY o.oid`);
}
/** What refuses ALTER COLUMN … TYPE (facts 3.3), and the views, rules, policies and triggers on those views in turn. */
async function readDependents(sql) {
    const uses = (catalog, id) => `(SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('relation', d.refobjid::text, 'column', d.refobjsubid)), '[]') FROM pg_depend d
       WHERE d.classid = '${catalog}'::regclass AND d.objid = ${id} AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('n', 'a'))`;
    return sql.query(`SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END AS kind, c.oid::text AS id, c.oid::regclass::text AS name,
            c.oid::text AS relation, ${uses('pg_rewrite', 'r.oid')} AS uses
       FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('v', 'm') AND r.rulename = '_RETURN' AND ${userSchema}
     UNION ALL
     SELECT 'rule', r.oid::text, r.rulename || ' on ' || c.oid::regclass, c.oid::text, ${uses('pg_rewrite', 'r.oid')}
       FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE r.rulename <> '_RETURN' AND ${userSchema}
     UNION ALL
     SELECT 'policy', p.oid::text, p.polname || ' on ' || p.polrelid::regclass, p.polrelid::text, ${uses('pg_policy', 'p.oid')} FROM pg_policy p
     UNION ALL
     SELECT 'trigger', t.oid::text, t.tgname || ' on ' || t.tgrelid::regclass, t.tgrelid::text, ${uses('pg_trigger', 't.oid')}
       FROM pg_trigger t WHERE NOT t.tgisinternal AND t.tgparentid = 0
     UNION ALL
     SELECT 'function', p.oid::text, p.oid::regprocedure::text, '0', ${uses('pg_proc', 'p.oid')} FROM pg_proc p
      WHERE EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass)
     UNION ALL
     SELECT 'publication', p.oid::text, (SELECT pubname FROM pg_publication b WHERE b.oid = p.prpubid) || ' with ' || p.prrelid::regclass, '0',
            ${uses('pg_publication_rel', 'p.oid')} FROM pg_publication_rel p
      ORDER BY 1, 2`);
}

// EXTERNAL MODULE: ./lib/sql/session.js
var session = __webpack_require__(3480);
;// CONCATENATED MODULE: ./lib/data/masking/definitions.js
/** `search_path` must be `pg_catalog`: definitions then name every schema. */
async function readDefinition(sql, { kind, id }) {
    const [row] = await sql.query(queries[kind], [
        id,
    ]);
    if (!row)
        throw new Error(`The ${kind} ${id} is gone.`);
    const restore = row.restore.filter((statement) => statement !== null);
    return { drop: [row.drop], restore, ...(row.refresh === null ? {} : { refresh: row.refresh }) };
}
const comment = (what, text) => `'COMMENT ON ${what} IS ' || quote_literal(${text})`;
const rolesOf = `CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END`;
const definitions_option = `CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`;
/** Default privileges would give a new view rights that the old one did not have, so those go first. */
const grantsOf = `ARRAY(SELECT format($do$DO $x$ DECLARE who text; BEGIN FOR who IN SELECT DISTINCT ${rolesOf}
    FROM pg_class c, aclexplode(c.relacl) g WHERE c.oid = %L::regclass AND (%L OR g.grantee <> c.relowner) LOOP
    EXECUTE 'REVOKE ALL ON ' || %L || ' FROM ' || who; END LOOP; END $x$$do$, c.oid::regclass, c.relacl IS NOT NULL, c.oid::regclass))
  || ARRAY(SELECT format('GRANT %s ON %s TO %s%s', string_agg(g.privilege_type, ', '), c.oid::regclass, ${rolesOf}, ${definitions_option})
             FROM aclexplode(c.relacl) g GROUP BY g.grantee, g.is_grantable ORDER BY g.grantee)
  || ARRAY(SELECT format('GRANT %s (%I) ON %s TO %s%s', g.privilege_type, a.attname, c.oid::regclass, ${rolesOf}, ${definitions_option})
             FROM pg_attribute a, aclexplode(a.attacl) g WHERE a.attrelid = c.oid AND NOT a.attisdropped)`;
const commentsOf = (word) => `ARRAY(SELECT ${comment(`${word} ' || c.oid::regclass || '`, 'd.description')} FROM pg_description d
    WHERE d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0)
  || ARRAY(SELECT ${comment(`COLUMN ' || c.oid::regclass || '.' || quote_ident(a.attname) || '`, 'd.description')} FROM pg_description d
    JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
    WHERE d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid > 0)`;
const columnsOf = `(SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped)`;
const optionsOf = `coalesce(' WITH (' || (SELECT string_agg(split_part(o, '=', 1) || '=' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ') FROM unnest(c.reloptions) o) || ')', '')`;
const bodyOf = `rtrim(pg_get_viewdef(c.oid), ';')`;
const ownerOf = (word) => `CASE WHEN pg_get_userbyid(c.relowner) <> current_user THEN format('ALTER ${word} %s OWNER TO %I', c.oid::regclass, pg_get_userbyid(c.relowner)) END`;
const indexesOf = (condition) => `ARRAY(SELECT s FROM (
    SELECT i.indexrelid, pg_get_indexdef(i.indexrelid) AS s FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE ${condition}
    UNION ALL SELECT i.indexrelid, ${comment(`INDEX ' || i.indexrelid::regclass || '`, 'd.description')} FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      JOIN pg_description d ON d.objoid = i.indexrelid AND d.classoid = 'pg_class'::regclass AND d.objsubid = 0 WHERE ${condition}) AS parts(indexrelid, s)
    ORDER BY indexrelid, s NOT LIKE 'CREATE%')`;
const stateOf = (what, state, thing) => `CASE ${state} WHEN 'D' THEN format('ALTER TABLE %s DISABLE ${what} %I', ${thing}) WHEN 'R' THEN format('ALTER TABLE %s ENABLE REPLICA ${what} %I', ${thing})
     WHEN 'A' THEN format('ALTER TABLE %s ENABLE ALWAYS ${what} %I', ${thing}) END`;
const queries = {
    view: `SELECT 'DROP VIEW ' || c.oid::regclass AS drop, NULL AS refresh,
      ARRAY['CREATE VIEW ' || c.oid::regclass || ' (' || ${columnsOf} || ')' || ${optionsOf} || ' AS ' || ${bodyOf}, ${ownerOf('VIEW')}]
      || ARRAY(SELECT format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', c.oid::regclass, a.attname, pg_get_expr(f.adbin, f.adrelid))
           FROM pg_attrdef f JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum WHERE f.adrelid = c.oid)
      || ${commentsOf('VIEW')} || ${grantsOf} AS restore
    FROM pg_class c WHERE c.oid = $1::oid`,
    'materialized view': `SELECT 'DROP MATERIALIZED VIEW ' || c.oid::regclass AS drop,
      CASE WHEN c.relispopulated THEN 'REFRESH MATERIALIZED VIEW ' || c.oid::regclass END AS refresh,
      ARRAY['CREATE MATERIALIZED VIEW ' || c.oid::regclass || ' (' || ${columnsOf} || ')' || coalesce(' USING ' || quote_ident(m.amname), '') || ${optionsOf}
        || coalesce(' TABLESPACE ' || quote_ident(s.spcname), '') || ' AS ' || ${bodyOf} || ' WITH NO DATA', ${ownerOf('MATERIALIZED VIEW')}]
      || ${indexesOf('i.indrelid = c.oid')}
      || ARRAY(SELECT pg_get_statisticsobjdef(e.oid) FROM pg_statistic_ext e WHERE e.stxrelid = c.oid)
      || ${commentsOf('MATERIALIZED VIEW')} || ${grantsOf} AS restore
    FROM pg_class c LEFT JOIN pg_am m ON m.oid = c.relam LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace WHERE c.oid = $1::oid`,
    rule: `SELECT format('DROP RULE %I ON %s', r.rulename, r.ev_class::regclass) AS drop, NULL AS refresh,
      ARRAY[pg_get_ruledef(r.oid), ${stateOf('RULE', 'r.ev_enabled', 'r.ev_class::regclass, r.rulename')},
        ${comment(`RULE ' || quote_ident(r.rulename) || ' ON ' || r.ev_class::regclass || '`, `obj_description(r.oid, 'pg_rewrite')`)}] AS restore
    FROM pg_rewrite r WHERE r.oid = $1::oid`,
    policy: `SELECT format('DROP POLICY %I ON %s', p.polname, p.polrelid::regclass) AS drop, NULL AS refresh,
      ARRAY[format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', p.polname, p.polrelid::regclass, CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
          CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
          (SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r)) END, ', ') FROM unnest(p.polroles) r))
        || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '') || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', ''),
        ${comment(`POLICY ' || quote_ident(p.polname) || ' ON ' || p.polrelid::regclass || '`, `obj_description(p.oid, 'pg_policy')`)}] AS restore
    FROM pg_policy p WHERE p.oid = $1::oid`,
    trigger: `SELECT format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass) AS drop, NULL AS refresh,
      ARRAY[pg_get_triggerdef(t.oid), ${stateOf('TRIGGER', 't.tgenabled', 't.tgrelid::regclass, t.tgname')},
        ${comment(`TRIGGER ' || quote_ident(t.tgname) || ' ON ' || t.tgrelid::regclass || '`, `obj_description(t.oid, 'pg_trigger')`)}] AS restore
    FROM pg_trigger t WHERE t.oid = $1::oid`,
    function: 'SELECT NULL',
    publication: 'SELECT NULL',
};
/**
 * What goes with a generated column that leaves its table for a moment: its indexes and constraints, statistics
 * objects, comment and grants. The column itself comes back in the ALTER that masks its sources.
 */
async function readBelongings(sql, { table, column }) {
    const [row] = await sql.query(`SELECT ARRAY(SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.oid::regclass, o.conname, pg_get_constraintdef(o.oid)) FROM pg_constraint o
             WHERE o.conrelid = c.oid AND o.contype IN ('p', 'u', 'x', 'c') AND $2::int2 = ANY (o.conkey) AND o.conislocal ORDER BY o.contype <> 'p', o.oid)
         || ${indexesOf(`i.indrelid = c.oid AND NOT x.relispartition AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.contype IN ('p', 'u', 'x'))
              AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid AND d.refobjid = c.oid AND d.refobjsubid = $2::int)`)}
         || ARRAY(SELECT pg_get_statisticsobjdef(e.oid) FROM pg_statistic_ext e WHERE e.stxrelid = c.oid AND EXISTS (SELECT FROM pg_depend d
              WHERE d.classid = 'pg_statistic_ext'::regclass AND d.objid = e.oid AND d.refobjid = c.oid AND d.refobjsubid = $2::int))
         || ARRAY(SELECT ${comment(`COLUMN ' || c.oid::regclass || '.' || quote_ident(a.attname) || '`, 'd.description')} FROM pg_description d
              WHERE d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = a.attnum)
         || ARRAY(SELECT format('GRANT %s (%I) ON %s TO %s%s', g.privilege_type, a.attname, c.oid::regclass, ${rolesOf}, ${definitions_option}) FROM aclexplode(a.attacl) g) AS restore
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = $2::int2 WHERE c.oid = $1::oid`, [table.id, column.number]);
    return { drop: [], restore: row?.restore ?? [] };
}

// EXTERNAL MODULE: ./lib/data/masking/key.js
var masking_key = __webpack_require__(1708);
;// CONCATENATED MODULE: ./lib/data/masking/originals.js



/**
 * Where the digests of the originals stand while a branch is masked. Its presence also tells that masking did not end:
 * it is made first and dropped last.
 */
const workSchema = 'db_branch_masking';
function unitsOf(plan) {
    const parts = plan.targets.flatMap((masked) => partsOf(masked.target, `${tableName(masked.table)}.${masked.target.column.name}`).map((part) => ({ masked, part })));
    return parts.map(({ masked, part }, at) => ({
        masked,
        part,
        pool: part.proof.kind === 'shape' && !part.proof.small ? 0 : at + 1,
    }));
}
/** Units of a table's own columns and of those that it inherits. */
function unitsIn(units, { targets }) {
    return units.filter(({ masked }) => targets.includes(masked));
}
/** Keyed by a number that is thrown away: 16 bytes, so that two of a billion values never meet by chance. */
const digest = (text) => `substr(sha256(current_setting('dbb.check')::bytea || convert_to(${text}, 'UTF8')), 1, 16)`;
const plainText = (value) => `((${value})::text COLLATE pg_catalog."default")`;
/** Rows of a unit: `pool, digest, holds, unit` for each value that is neither NULL nor empty. */
function valuesOf({ part, pool, masked }, at) {
    const column = `t.${(0,sql_text/* identifier */.Cv)(masked.target.column.name)}`;
    const { proof, value } = part;
    // Rows keep their order in the file when a table is written anew, so a row is known again by its number.
    const text = proof.kind === 'moved' ? `t."row number"::text || ' ' || ${plainText('u.value')}` : plainText('u.value');
    const holds = proof.kind === 'shape' ? proof.holds(value) : 'true';
    const infinite = proof.kind === 'moved' ? ` AND (u.value)::text NOT LIKE '%infinity'` : '';
    return `SELECT ${at} AS unit, ${pool} AS pool, ${digest(text)} AS digest, (${holds}) AS holds
    FROM ${part.values(column)} WHERE (u.value)::text <> ''${infinite}`;
}
const numberedRows = (table) => `(SELECT *, row_number() OVER () AS "row number" FROM ONLY ${table.sql}) t`;
/**
 * A scan that numbers rows and the one that writes the table anew must both begin at its first page. Digests by the
 * million are hashed in memory, and their long expressions are run sooner than compiled.
 */
async function scanInOrder(sql) {
    await sql.query(`SET LOCAL synchronize_seqscans = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL work_mem = '128MB'; SET LOCAL jit = off`);
}
/** Takes the digests of what is about to be masked, and counts the rows. In the transaction that then masks. */
async function collectOriginals(sql, table, units) {
    await scanInOrder(sql);
    const proven = units.filter(({ part }) => part.proof.kind !== 'unproven');
    if (proven.length > 0) {
        // Values that obeyed the shape beforehand may come back by chance where the range is small.
        const parts = proven.map((unit, at) => {
            const { proof } = unit.part;
            const chance = proof.kind === 'shape' && proof.small ? ' WHERE NOT coalesce(v.holds, false)' : '';
            return `SELECT v.pool, v.digest FROM (${valuesOf(unit, at)}) v${chance}`;
        });
        await sql.query(`INSERT INTO ${workSchema}.originals (pool, digest) SELECT DISTINCT p.pool, p.digest FROM ${numberedRows(table)}, LATERAL (${parts.join(' UNION ALL ')}) p`);
    }
    return countRows(sql, table);
}
async function countRows(sql, table) {
    const [row] = await sql.query(`SELECT count(*)::text AS rows FROM ONLY ${table.sql}`);
    return Number(row?.rows);
}

;// CONCATENATED MODULE: ./lib/data/masking/statistics.js

/** Seconds to wait for other transactions, which keep deleted rows of a catalog in its file. */
const patience = 30;
/**
 * Replaces the planner's statistics, which quote originals, by those of the masked rows. A superuser also has the
 * catalogs' files written anew: a deleted row stays in its page (facts 4.1).
 * @returns what could not be done, in words; undefined when nothing is left.
 */
async function renewStatistics(sql, { superuser, version }) {
    if (!superuser) {
        if (version >= 180000)
            await clearOwnStatistics(sql);
        await sql.query('ANALYZE');
        return 'The files of the catalogs pg_statistic and pg_statistic_ext_data were not written anew, which takes a superuser; deleted statistics may still be in them, out of reach of SQL for roles that are none.';
    }
    await sql.query('DELETE FROM pg_statistic WHERE starelid >= 16384');
    if (version >= 150000)
        await sql.query('DELETE FROM pg_statistic_ext_data');
    else {
        const expressions = version >= 140000 ? ', stxdexpr = NULL' : '';
        await sql.query(`UPDATE pg_statistic_ext_data SET stxdndistinct = NULL, stxddependencies = NULL, stxdmcv = NULL${expressions}`);
    }
    const held = !(await othersAreGone(sql));
    await sql.query('VACUUM FULL pg_statistic');
    await sql.query('VACUUM FULL pg_statistic_ext_data');
    await sql.query('VACUUM FULL pg_largeobject');
    await sql.query('ANALYZE');
    return held
        ? `Another transaction on the server stayed open for ${patience} s, so deleted statistics may still be in the files of the catalogs.`
        : undefined;
}
/** As schema_only does: https://www.postgresql.org/docs/18/functions-admin.html#FUNCTIONS-ADMIN-STATSMOD */
async function clearOwnStatistics(sql) {
    await sql.query(`SELECT count(pg_clear_attribute_stats(n.nspname::text, c.relname::text, a.attname::text, inherited)::text)
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
            (VALUES (false), (true)) AS kind(inherited)
      WHERE c.relkind IN ('r', 'p', 'm', 'i', 'I') AND a.attnum > 0 AND NOT a.attisdropped AND ${userSchema}
        AND pg_has_role(c.relowner, 'USAGE')`);
}
/** Deleted rows leave a file only when no transaction began before their deletion, in whatever database (facts 4.1). */
async function othersAreGone(sql) {
    const [now] = await sql.query('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next');
    for (let waited = 0; waited < patience * 5; waited++) {
        const [row] = await sql.query('SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 AS gone', [now?.next]);
        if (row?.gone)
            return true;
        await sql.query('SELECT pg_sleep(0.2)');
    }
    return false;
}

;// CONCATENATED MODULE: ./lib/data/masking/in-place.js








/**
 * Masks a branch that already holds the rows: what refuses a change of columns is dropped, each table is written anew
 * once, several at the same time, and everything comes back, foreign keys by being checked against the masked rows.
 * Triggers never fire: nothing here is an INSERT, UPDATE or DELETE. Several sessions cannot share a transaction, so a
 * run that dies leaves the schema `db_branch_masking` behind: such a branch must be thrown away, and a second run on it
 * is refused.
 * @throws RefusedError when PostgreSQL does not let it; no value of any row is in the message.
 */
async function maskInPlace(work) {
    const { inPlace, sql, server } = work;
    await (0,masking_key/* silenceLog */.q)(sql, server.superuser);
    const before = await definitionsOf(sql, inPlace);
    await inTransaction(sql, () => prepare(work, before));
    const rows = await maskTrees(work);
    await inTransaction(sql, () => restore(work, before));
    await refreshViews(sql, before);
    const left = await renewStatistics(sql, server);
    return { rows, notes: [...movedColumns(inPlace), ...(left === undefined ? [] : [left])] };
}
/** A column that leaves and comes back is the last one; where it was not, an INSERT without column names breaks. */
function movedColumns({ generated }) {
    const moved = generated.filter(({ table, column }) => table.columns.some((other) => other.number > column.number && !generated.some((each) => each.column === other)));
    return moved.map(({ table, column }) => `The generated column ${tableName(table)}.${column.name} now stands at the end of its table: PostgreSQL changes no column under one.`);
}
/**
 * Puts forced row security back, which hid rows from a verification by the owner, and takes the mark away. Only now may
 * a caller treat the branch as masked.
 */
async function finishMasking({ sql, plan, server, }) {
    await inTransaction(sql, async () => {
        if (!server.superuser)
            await forceRowSecurity({ sql, plan }, 'FORCE');
        await sql.query(`DROP TABLE ${workSchema}.originals; DROP SCHEMA ${workSchema}`);
    });
}
/** @throws RefusedError where an earlier run did not come to its end. */
async function refuseHalfMasked(sql) {
    const found = await sql.query('SELECT FROM pg_namespace WHERE nspname = $1', [workSchema]);
    if (found.length === 0)
        return;
    throw new errors/* RefusedError */.fk(`Masking the branch refused: an earlier masking of it ended in the middle (schema ${workSchema}). Make the branch again.`);
}
async function definitionsOf(sql, plan) {
    const definitions = [];
    for (const generated of plan.generated)
        definitions.push(await readBelongings(sql, generated));
    for (const dependent of plan.dependents)
        definitions.push(await readDefinition(sql, dependent));
    for (const { id, name, definition, comment } of plan.foreignKeys) {
        const [row] = await sql.query('SELECT conrelid::regclass::text AS table FROM pg_constraint WHERE oid = $1::oid', [id]);
        const table = row?.table ?? '';
        definitions.push({
            drop: [`ALTER TABLE ${table} DROP CONSTRAINT ${(0,sql_text/* identifier */.Cv)(name)}`],
            restore: [
                `ALTER TABLE ${table} ADD CONSTRAINT ${(0,sql_text/* identifier */.Cv)(name)} ${definition}`,
                ...(comment === null ? [] : [`COMMENT ON CONSTRAINT ${(0,sql_text/* identifier */.Cv)(name)} ON ${table} IS ${(0,sql_text/* literal */.eu)(comment)}`]),
            ],
        });
    }
    return definitions;
}
async function prepare({ sql, plan, server }, definitions) {
    await refuseHalfMasked(sql);
    await sql.query(`CREATE SCHEMA ${workSchema}; CREATE UNLOGGED TABLE ${workSchema}.originals (pool int NOT NULL, digest bytea NOT NULL)`);
    for (const { drop } of definitions.toReversed()) {
        for (const statement of drop)
            await in_place_guarded('an object that stands on a masked column', () => sql.query(statement));
    }
    if (!server.superuser)
        await forceRowSecurity({ sql, plan }, 'NO FORCE');
    const emptied = plan.emptied.map((table) => table.sql);
    if (emptied.length > 0)
        await in_place_guarded(emptied.join(', '), () => sql.query(`TRUNCATE ${emptied.join(', ')}`));
    if (plan.largeObjects === 'remove')
        await in_place_guarded('large objects', () => sql.query('SELECT lo_unlink(oid) FROM pg_largeobject_metadata'));
    await dropUserMappings(sql);
}
/** They hold passwords of other servers in clear; foreign tables stay and reach nothing. */
async function dropUserMappings(sql) {
    const mappings = await sql.query(`SELECT format('DROP USER MAPPING FOR %s SERVER %I', CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname) AS statement FROM pg_user_mappings`);
    for (const { statement } of mappings)
        await in_place_guarded('a user mapping', () => sql.query(statement));
}
/** The owner must see all rows, or the digests of some originals would be missing. */
async function forceRowSecurity({ sql, plan }, how) {
    const tables = plan.stored.map(({ table }) => table).filter((table) => table.forcesRowSecurity);
    for (const table of tables)
        await sql.query(`ALTER TABLE ${table.sql} ${how} ROW LEVEL SECURITY`);
}
/** The largest first, so that no session is left with it at the end. */
async function maskTrees(work) {
    const waiting = work.inPlace.trees.toSorted((a, b) => b.rows - a.rows);
    const rows = new Map();
    const failures = [];
    const lane = async () => {
        const sql = await work.open();
        try {
            await (0,masking_key/* silenceLog */.q)(sql, work.server.superuser);
            // One failure ends the whole: the others finish their table and take no other.
            for (let tree = waiting.shift(); tree && failures.length === 0; tree = waiting.shift()) {
                for (const [id, count] of await maskTree(work, sql, tree))
                    rows.set(id, count);
            }
        }
        catch (error) {
            failures.push(error);
        }
        finally {
            await sql.close();
        }
    };
    await Promise.all(Array.from({ length: Math.max(1, Math.min(work.parallel, waiting.length)) }, lane));
    if (failures.length > 0)
        throw failures[0];
    return rows;
}
async function maskTree({ plan, units, key }, sql, tree) {
    return inTransaction(sql, async () => {
        await (0,masking_key/* giveKey */.L)(sql, key);
        await sql.query(`LOCK TABLE ${tree.root.sql} IN ACCESS EXCLUSIVE MODE`);
        await sql.query('SET LOCAL row_security = off');
        const rows = new Map();
        for (const stored of plan.stored.filter(({ table }) => tree.tables.includes(table))) {
            const { id, sql: name } = stored.table;
            rows.set(id, await in_place_guarded(name, () => collectOriginals(sql, stored.table, unitsIn(units, stored))));
        }
        for (const statement of tree.functions)
            await sql.query(statement);
        await withOwnSearchPath(sql, async () => {
            for (const statement of tree.alters)
                await in_place_guarded(tree.root.sql, () => sql.query(statement));
        });
        return rows;
    });
}
/** Checks and indexes may call functions that count on the database's own path; built-in ones still come first. */
async function withOwnSearchPath(sql, body) {
    await sql.query('SET LOCAL search_path TO DEFAULT');
    const [row] = await sql.query(`SELECT 'pg_catalog' || coalesce(string_agg(', ' || quote_ident(s), '' ORDER BY n), '') AS path
       FROM unnest(current_schemas(false)) WITH ORDINALITY AS p(s, n) WHERE s <> 'pg_catalog'`);
    await sql.query(`SET LOCAL search_path = ${row?.path ?? 'pg_catalog'}`);
    await body();
    await sql.query('SET LOCAL search_path = pg_catalog');
}
async function restore({ sql }, definitions) {
    for (const statement of definitions.flatMap((each) => each.restore)) {
        await in_place_guarded('an object that stands on a masked column', () => sql.query(statement));
    }
}
/**
 * All that held rows, not only those that stood on masked columns: a function can read a table unseen. The others
 * first: none of them reads one that was dropped, or it would have been dropped as well.
 */
async function refreshViews(sql, definitions) {
    const others = await sql.query(`SELECT 'REFRESH MATERIALIZED VIEW ' || c.oid::regclass AS refresh FROM pg_class c WHERE c.relkind = 'm' AND c.relispopulated ORDER BY c.oid`);
    const dropped = definitions.flatMap(({ refresh }) => refresh ?? []);
    for (const refresh of [...others.map((row) => row.refresh), ...dropped]) {
        await in_place_guarded(refresh.toLowerCase(), () => sql.query(refresh));
    }
}
async function inTransaction(sql, body) {
    await sql.query('BEGIN; SET LOCAL search_path = pg_catalog');
    try {
        const result = await body();
        await in_place_guarded('the branch', () => sql.query('COMMIT'));
        return result;
    }
    catch (error) {
        await sql.query('ROLLBACK').catch(() => undefined);
        throw error;
    }
}
/** PostgreSQL's own words quote values (`invalid input syntax for type date: "…"`), so only names and codes go on. */
async function in_place_guarded(what, body) {
    try {
        return await body();
    }
    catch (error) {
        const state = (0,session/* sqlState */.cn)(error);
        if (state === undefined || !/^[0-9A-Z]{5}$/.test(state))
            throw error;
        const { constraint, column, message = '', } = error.cause;
        const where = constraint === undefined ? (column === undefined ? '' : ` in column ${column}`) : ` by constraint ${constraint}`;
        const quotes = state.startsWith('22') || state.startsWith('23') || state.startsWith('P');
        throw new errors/* RefusedError */.fk(`Masking the branch refused: PostgreSQL rejected the change of ${what}${where} (${state}${quotes ? '' : `, ${message}`}). ${adviceFor(state)}`);
    }
}
function adviceFor(state) {
    if (state === '23505')
        return 'Masked values met on a unique index: use hash, email or uuid there.';
    if (state === '23503')
        return 'A foreign key no longer finds its target: mask both ends by one rule.';
    if (state === '23514')
        return 'Write a rule whose values pass the check.';
    if (state === '42501')
        return 'Use the owner of the tables or a superuser in "admin_url".';
    return 'Change the rule, or leave the table out.';
}

;// CONCATENATED MODULE: ./lib/domain/masking/detectors.js
const alone = (pattern) => `(?<![A-Za-z0-9])(?:${pattern})(?![A-Za-z0-9])`;
const always = () => true;
const digitsOf = (text) => text.replace(/\D/g, '');
const mailbox = '[^\\s@,;:"\'<>()\\[\\]{}/\\\\]+';
/** Masked values are made so that none of these finds them: reserved domains, numbers and ranges. */
const detectors = [
    {
        name: 'email',
        pattern: `${mailbox}@(?!(?:[A-Za-z0-9-]+\\.)*example(?:\\.(?:com|org|net))?(?![A-Za-z0-9.-]))[^\\s@,;:"'<>()\\[\\]{}/\\\\]+\\.[^\\s@,;:"'<>()\\[\\]{}/\\\\.]{2,}`,
        confirms: always,
    },
    {
        name: 'phone number',
        pattern: alone('[+](?!999|1[ ().-]*555)[0-9](?:[ ()./-]{0,2}[0-9]){7,14}|[(]?(?!555|000)[2-9][0-9]{2}[)]?[ .-][0-9]{3}[ .-][0-9]{4}'),
        confirms: always,
    },
    { name: 'payment card', pattern: alone('[3-6][0-9](?:[ -]?[0-9]){11,17}'), confirms: isCard },
    { name: 'IBAN', pattern: alone('[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}'), confirms: isIban },
    {
        name: 'US social security number',
        pattern: alone('(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}'),
        confirms: always,
    },
    { name: 'IPv4 address', pattern: alone('[0-9]{1,3}(?:[.][0-9]{1,3}){3}(?![.][0-9])'), confirms: isPublicIpv4 },
    {
        name: 'IPv6 address',
        pattern: alone('[0-9A-Fa-f]{1,4}:(?:[0-9A-Fa-f]{0,4}:){1,6}[0-9A-Fa-f]{0,4}'),
        confirms: isIpv6,
    },
    { name: 'MAC address', pattern: alone('[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![:-])'), confirms: isMac },
    { name: 'JSON web token', pattern: 'eyJ[A-Za-z0-9_-]{8,}[.]eyJ[A-Za-z0-9_-]{8,}[.]', confirms: always },
    { name: 'private key', pattern: '-----BEGIN [A-Z ]*PRIVATE KEY', confirms: always },
    { name: 'URL with a password', pattern: '[A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@]+:[^\\s/@]+@', confirms: always },
];
/**
 * What every find contains, for PostgreSQL to spare most rows the way to us: without a look around, which makes its
 * regular expressions thirty times slower.
 */
const hint = '@|eyJ|BEGIN|[A-Z]{2}[0-9]{2}|[0-9A-Fa-f:.-]{6}|[0-9][0-9 ()./-]{6}';
/** Names of the detectors that find something in the text. */
function detect(text, among = detectors) {
    return among
        .filter(({ pattern, confirms }) => [...text.matchAll(new RegExp(pattern, 'gu'))].some(([found]) => confirms(found)))
        .map((detector) => detector.name);
}
/** The check digit of ISO/IEC 7812-1. */
function passesLuhn(digits) {
    const sum = [...digits].toReversed().reduce((total, digit, at) => {
        const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
        return total + (value > 9 ? value - 9 : value);
    }, 0);
    return sum % 10 === 0;
}
function isCard(found) {
    const digits = digitsOf(found);
    return digits.length >= 13 && digits.length <= 19 && !digits.startsWith('424242') && passesLuhn(digits);
}
/** Length of an IBAN by country: https://www.swift.com/resource/iban-registry-pdf */
const ibanLength = {
    AT: 20, BE: 16, BG: 22, BR: 29, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22,
    GR: 27, HR: 21, HU: 28, IE: 22, IL: 23, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18,
    NO: 15, PL: 28, PT: 25, RO: 24, SA: 24, SE: 24, SI: 19, SK: 24, SM: 27, TR: 26, UA: 29,
}; // prettier-ignore
function isIban(found) {
    const packed = found.replaceAll(' ', '');
    const length = ibanLength[packed.slice(0, 2)];
    return length !== undefined && packed.length >= length && isMod97(packed.slice(0, length));
}
/** ISO 7064 MOD 97-10, as IBANs have it. */
function isMod97(iban) {
    const moved = iban.slice(4) + iban.slice(0, 4);
    return [...moved].reduce((rest, letter) => Number(`${rest}${parseInt(letter, 36)}`) % 97, 0) === 1;
}
/** Neither a private network's (RFC 1918) nor one of the ranges for documentation and tests (RFC 5737, RFC 2544). */
function isPublicIpv4(found) {
    const bytes = found.split('.').map(Number);
    const [a = 0, b = 0] = bytes;
    if (bytes.some((byte) => byte > 255) || a === 0 || a >= 224)
        return false;
    const reserved = /^(10\.|127\.|169\.254\.|192\.168\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(found);
    return !reserved && !(a === 172 && b >= 16 && b < 32) && !(a === 198 && (b === 18 || b === 19));
}
function isIpv6(found) {
    const groups = found.split(':');
    if (/^2001:0?db8:/i.test(found) || found.split('::').length > 2)
        return false;
    const short = found.includes('::') && groups.filter((group) => group !== '').length >= 3;
    return short || (groups.length === 8 && groups.every((group) => group !== ''));
}
function isMac(found) {
    const plain = found.toLowerCase().replaceAll('-', ':');
    return !plain.startsWith('02:00:00:') && !/^(00:){5}00$|^(ff:){5}ff$/.test(plain);
}

;// CONCATENATED MODULE: ./lib/data/masking/scan-column.js



/** Rows per journey to the server. */
const batch = 2_000;
/** How many rows of a column each detector finds something in. The values go no further than this function. */
async function scanColumn(sql, { from, column, among = detectors }) {
    const value = plainText(`t.${(0,sql_text/* identifier */.Cv)(column)}`);
    await sql.query(`DECLARE suspects NO SCROLL CURSOR FOR SELECT ${value} AS value FROM ${from} t WHERE ${value} ~ ${(0,sql_text/* literal */.eu)(hint)}`);
    const found = new Map();
    for (;;) {
        const rows = await sql.query(`FETCH ${batch} FROM suspects`);
        for (const row of rows)
            for (const name of detect(row.value, among))
                found.set(name, (found.get(name) ?? 0) + 1);
        if (rows.length < batch)
            break;
    }
    await sql.query('CLOSE suspects');
    return found;
}

;// CONCATENATED MODULE: ./lib/data/masking/verify-surroundings.js



const verify_surroundings_digestOf = (value) => `substr(sha256(current_setting('dbb.check')::bytea || convert_to(${plainText(value)}, 'UTF8')), 1, 16)`;
const article = (what) => (/^(email|I)/.test(what) ? `an ${what}` : `a ${what}`);
/** The planner's statistics quote values, to whoever may read the table. */
async function statistics(sql) {
    const problems = [];
    const rows = await sql.query(`SELECT DISTINCT s.schemaname || '.' || s.tablename || '.' || s.attname AS name FROM pg_stats s,
       LATERAL unnest(coalesce(s.most_common_vals::text::text[], '{}') || coalesce(s.histogram_bounds::text::text[], '{}')) v(value)
      WHERE s.schemaname !~ '^pg_' AND s.schemaname NOT IN ('information_schema', '${workSchema}')
        AND ${verify_surroundings_digestOf('v.value')} IN (SELECT digest FROM ${workSchema}.originals WHERE pool = 0)`);
    const extended = await sql.query(`SELECT DISTINCT s.schemaname || '.' || s.statistics_name AS name FROM pg_stats_ext s, LATERAL unnest(s.most_common_vals) v(value)
      WHERE v.value IS NOT NULL AND ${verify_surroundings_digestOf('v.value')} IN (SELECT digest FROM ${workSchema}.originals WHERE pool = 0)`);
    for (const { name } of [...rows, ...extended])
        problems.push(`the statistics of ${name} quote originals`);
    return { check: { name: 'no original value in the statistics', covered: 'pg_stats and pg_stats_ext' }, problems };
}
async function integrity(sql) {
    const rows = await sql.query(`SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND i.indisunique AND c.relkind <> 'p' AND ${userSchema}`);
    const [keys] = await sql.query(`SELECT count(*)::text AS keys FROM pg_constraint WHERE contype = 'f' AND convalidated`);
    return {
        check: { name: 'foreign keys and unique indexes valid', covered: `${keys?.keys} foreign keys` },
        problems: rows.map(({ name }) => `the unique index ${name} is not valid`),
    };
}
/** Subscriptions can be seen by all, their passwords by superusers alone. */
async function loginsElsewhere(sql) {
    const rows = await sql.query(`SELECT 'a user mapping on ' || srvname AS what FROM pg_user_mappings
     UNION ALL SELECT 'a password in the foreign server ' || srvname FROM pg_foreign_server WHERE srvoptions::text ~* 'passw|secret|token|://[^ /:@]+:[^ /@]+@'
     UNION ALL SELECT 'the subscription ' || subname FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
     UNION ALL SELECT 'large objects' WHERE EXISTS (SELECT FROM pg_largeobject_metadata)`);
    return {
        check: {
            name: 'no login on another server, no large object',
            covered: 'user mappings, foreign servers, subscriptions',
        },
        problems: rows.map(({ what }) => `the branch carries ${what}`),
    };
}
const credentials = detectors.filter(({ name }) => ['email', 'URL with a password', 'private key', 'JSON web token'].includes(name));
/** What people wrote into the schema itself travels with every branch. */
async function definitions(sql) {
    const rows = await sql.query(`SELECT 'the function ' || p.oid::regprocedure AS what, p.prosrc AS text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE ${userSchema} AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
     UNION ALL SELECT 'a comment on ' || pg_describe_object(d.classoid, d.objoid, d.objsubid), d.description FROM pg_description d WHERE d.objoid >= 16384
     UNION ALL SELECT 'the default of ' || pg_describe_object('pg_attrdef'::regclass, a.oid, 0), pg_get_expr(a.adbin, a.adrelid) FROM pg_attrdef a
     UNION ALL SELECT 'the constraint ' || o.conname, pg_get_constraintdef(o.oid) FROM pg_constraint o WHERE o.contype = 'c'
     UNION ALL SELECT 'the view ' || c.oid::regclass, pg_get_viewdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND ${userSchema}
     UNION ALL SELECT 'the policy ' || p.polname, concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) FROM pg_policy p`);
    const problems = rows.flatMap(({ what, text }) => detect(text, credentials).map((found) => `${what} holds what looks like ${article(found)}`));
    return {
        check: {
            name: 'no address or password in functions, comments and other definitions',
            covered: `${rows.length} texts`,
        },
        problems,
    };
}

;// CONCATENATED MODULE: ./lib/data/masking/verify.js










/**
 * Proves that a masked branch holds no original: nothing here trusts the step that masked it.
 * @throws RefusedError that lists every problem by table and column, and no value.
 */
async function verifyMasked(work) {
    const { sql } = work;
    await sql.query('BEGIN; SET LOCAL search_path = pg_catalog; SET LOCAL row_security = off');
    await (0,masking_key/* giveKey */.L)(sql, work.key);
    const findings = [
        await everyMaskedValue(work),
        await rowCounts(work),
        await noOriginalElsewhere(work),
        await leftovers(work),
        await statistics(sql),
        await integrity(sql),
        await loginsElsewhere(sql),
        ...(work.plan.definitionsMayQuote ? [] : [await definitions(sql)]),
        ...(await groups(work)),
    ];
    await sql.query('COMMIT');
    const problems = findings.flatMap((finding) => finding.problems);
    if (problems.length === 0)
        return findings.map((finding) => finding.check);
    throw new errors/* RefusedError */.fk(`Verifying the masked branch refused: ${problems.slice(0, 20).join('; ')}${problems.length > 20 ? `; and ${problems.length - 20} more` : ''}. Correct the masking rules; nothing was handed out.`);
}
/** Each value obeys the shape of its transformer, and none is the digest of an original of the same pool. */
async function everyMaskedValue({ sql, plan, units }) {
    await scanInOrder(sql);
    await sql.query(`ANALYZE ${workSchema}.originals`);
    const problems = [];
    let values = 0;
    for (const stored of plan.stored) {
        const { table } = stored;
        const proven = unitsIn(units, stored).filter(({ part }) => part.proof.kind !== 'unproven');
        if (proven.length === 0)
            continue;
        const found = await sql.query(`SELECT p.unit, count(*)::text AS values, (count(*) FILTER (WHERE p.holds IS NOT TRUE))::text AS odd,
              (count(*) FILTER (WHERE o.digest IS NOT NULL))::text AS originals
         FROM (SELECT v.* FROM ${numberedRows(table)}, LATERAL (${proven.map(valuesOf).join(' UNION ALL ')}) v OFFSET 0) p
         LEFT JOIN (SELECT DISTINCT pool, digest FROM ${workSchema}.originals) o ON o.pool = p.pool AND o.digest = p.digest
        GROUP BY p.unit`);
        for (const row of found) {
            const name = proven[row.unit]?.part.name ?? '';
            values += Number(row.values);
            if (row.odd !== '0')
                problems.push(`${name} has ${row.odd} values that its transformer does not make`);
            if (row.originals !== '0')
                problems.push(`${name} still holds ${row.originals} original values`);
        }
    }
    const unproven = units.filter(({ part }) => part.proof.kind === 'unproven' && part.name.includes(':') === false).length;
    const covered = `${values} values of ${units.length - unproven} masked columns and paths${unproven > 0 ? `; ${unproven} with noise cannot be proven` : ''}`;
    return {
        check: { name: "no original value in a masked column, and every value of its transformer's making", covered },
        problems,
    };
}
async function rowCounts({ sql, plan, rows }) {
    const problems = [];
    const tables = plan.stored.map(({ table }) => table).filter((table) => rows.has(table.id));
    for (const table of tables) {
        const now = await countRows(sql, table);
        const wanted = rows.get(table.id);
        if (now !== wanted)
            problems.push(`${tableName(table)} has ${now} rows instead of ${wanted}`);
    }
    for (const table of plan.emptied) {
        const [row] = await sql.query(`SELECT count(*)::text AS rows FROM ${table.sql}`);
        if (row?.rows !== '0')
            problems.push(`${tableName(table)} was left out and holds rows`);
    }
    return { check: { name: 'row counts as before', covered: `${tables.length} tables` }, problems };
}
/** Whole values of columns called harmless and of materialized views, which no shape proves. */
async function noOriginalElsewhere({ sql, plan }) {
    const places = [...harmlessPlaces(plan), ...(await viewPlaces(sql))];
    const problems = [];
    for (const { name, from, columns } of places) {
        const values = columns.map((column) => `(${plainText(`t.${(0,sql_text/* identifier */.Cv)(column)}`)})`).join(', ');
        const [row] = await sql.query(`SELECT count(*)::text AS found FROM ${from} t, LATERAL (VALUES ${values}) v(value)
        WHERE v.value <> '' AND ${verify_surroundings_digestOf('v.value')} IN (SELECT digest FROM ${workSchema}.originals WHERE pool = 0)`);
        if (row?.found !== '0')
            problems.push(`${name} holds ${row?.found} values that stood in masked columns`);
    }
    return {
        check: { name: 'no original value in other columns or materialized views', covered: `${places.length} relations` },
        problems,
    };
}
function harmlessPlaces(plan) {
    const tables = new Map();
    for (const { table, column, class: rule } of plan.scanned) {
        if (rule.kind === 'mask' || !needsRule(column) || plan.targets.some(({ target }) => target.column === column))
            continue;
        tables.set(table, [...(tables.get(table) ?? []), column.name]);
    }
    return [...tables].map(([table, columns]) => ({ name: tableName(table), from: table.sql, columns }));
}
async function viewPlaces(sql) {
    return sql.query(`SELECT n.nspname || '.' || c.relname AS name, c.oid::regclass::text AS from, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind = 'm' AND c.relispopulated AND ${userSchema} GROUP BY 1, 2, c.oid ORDER BY c.oid`);
}
/**
 * The detectors look into every column but those that a person kept with a reason and those whose every value was just
 * proven to be made by a transformer.
 */
async function leftovers({ sql, plan }) {
    const places = [...harmlessPlaces(plan), ...documentPlaces(plan)];
    const problems = [];
    for (const { name, from, columns } of places) {
        for (const column of columns) {
            const found = await scanColumn(sql, { from, column });
            for (const [what, rows] of found)
                problems.push(`${name}.${column} holds what looks like ${article(what)} in ${rows} rows`);
        }
    }
    const covered = `${places.reduce((sum, place) => sum + place.columns.length, 0)} columns, ${detectors.length} detectors`;
    return { check: { name: 'nothing left that looks like personal data', covered }, problems };
}
/** Documents of which a part was kept. */
function documentPlaces(plan) {
    return plan.targets
        .filter(({ target }) => target.mask.transformer === 'json')
        .map(({ table, target }) => ({ name: tableName(table), from: table.sql, columns: [target.column.name] }));
}
/** k-anonymity: every combination of the named columns is that of at least k rows. */
async function groups({ sql, plan }) {
    const findings = [];
    for (const { table, sql: from, columns, k } of plan.quasiIdentifiers) {
        const [row] = await sql.query(`SELECT min(c)::text AS smallest, (count(*) FILTER (WHERE c < ${k}))::text AS groups, coalesce(sum(c) FILTER (WHERE c < ${k}), 0)::text AS rows
         FROM (SELECT count(*) AS c FROM ${from} GROUP BY ${columns.map(sql_text/* identifier */.Cv).join(', ')}) g`);
        const problems = row && row.groups !== '0'
            ? [`${row.rows} rows of ${table} stand in ${row.groups} groups of fewer than ${k} by ${columns.join(', ')}`]
            : [];
        findings.push({
            check: { name: `groups of at least ${k} in ${table}`, covered: `the smallest has ${row?.smallest ?? 0} rows` },
            problems,
        });
    }
    return findings;
}

;// CONCATENATED MODULE: ./lib/data/masking/mask-branch.js







/**
 * Masks the rows of a branch in place and proves it. A branch on which this did not return must not be exposed: parts of
 * it may be in clear.
 * @throws RefusedError where rules are missing, PostgreSQL refuses, or a check fails.
 */
async function maskBranch({ order, open, parallel, elapsed }) {
    const { rules, key } = order;
    const sql = await open();
    try {
        await sql.query('SET search_path = pg_catalog');
        await refuseHalfMasked(sql);
        const schema = await readSchema(sql);
        const { plan, classification } = decided(planMasking(schema, rules));
        const { inPlace } = possible(planInPlace(schema, { plan, classification }));
        const units = unitsOf(plan);
        const start = elapsed();
        const { rows, notes } = await maskInPlace({ plan, inPlace, units, server: schema.server, key, sql, open, parallel });
        const masked = elapsed();
        const checks = await verifyMasked({ sql, plan, units, key, rows });
        await finishMasking({ sql, plan, server: schema.server });
        const total = [...rows.values()].reduce((sum, each) => sum + each, 0);
        return {
            rules: order.hash,
            key: { id: key.id, random: key.random },
            counts: { ...plan.counts, tables: rows.size, rows: total, emptied: plan.emptied.length },
            checks,
            notes,
            milliseconds: { masking: Math.round(masked - start), verification: Math.round(elapsed() - masked) },
        };
    }
    finally {
        await sql.close();
    }
}
/** The certificate in words, one line each, for the log and the summary. */
function certificateLines({ rules, key, counts, checks, notes, milliseconds }) {
    const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
    return [
        `Masked ${counts.rows} rows of ${counts.tables} tables in ${seconds(milliseconds.masking)} and verified them in ${seconds(milliseconds.verification)}.`,
        `Masking rules ${rules.slice(0, 16)}, ${key.random ? 'a random key that nobody learns' : 'the given key'} (${key.id}).`,
        ...checks.map((check) => `Checked: ${check.name} (${check.covered}).`),
        ...notes,
    ];
}
function decided(planned) {
    if ('plan' in planned)
        return planned;
    const { refusals, suggestions } = planned;
    const draft = suggestions.length > 0 ? ` A draft to begin with:\n${suggestions.join('\n')}` : '';
    throw new errors/* RefusedError */.fk(`Masking the branch refused: ${refusals.join(' ')} Complete the masking rules.${draft}`);
}
function possible(planned) {
    if ('inPlace' in planned)
        return planned;
    throw new errors/* RefusedError */.fk(`Masking the branch refused: ${planned.refusals.join(' ')}`);
}


/***/ })

};
