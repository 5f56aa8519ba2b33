export const id = 879;
export const ids = [879];
export const modules = {

/***/ 4879:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lookAt: () => (/* binding */ lookAt)
});

// EXTERNAL MODULE: ./lib/domain/insight.js
var insight = __webpack_require__(1028);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
;// CONCATENATED MODULE: ./lib/insight/lint/facts.js
/** Ordinary and partitioned tables outside the system schemas. Ask the parent: a schema-only branch has no rows to count. */
async function readTableFacts(sql) {
    const rows = await sql.query(tablesStatement);
    return rows.map(({ rows: estimate, bytes, policies, ...table }) => ({
        ...table,
        policies: Number(policies),
        bytes: Number(bytes),
        ...(Number(estimate) >= 0 && { rows: Number(estimate) }),
    }));
}
/** An estimate of 0 with pages on disk is none: `reltuples` is -1 before the first ANALYZE since 14, and 0 before that. */
const tablesStatement = `
SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'p' AS partitioned,
       CASE WHEN c.reltuples = 0 AND pg_relation_size(c.oid) > 0 THEN -1 ELSE c.reltuples END::int8 AS rows,
       CASE c.relkind WHEN 'p' THEN (SELECT coalesce(sum(pg_total_relation_size(relid)), 0) FROM pg_partition_tree(c.oid))
                      ELSE pg_total_relation_size(c.oid) END::int8 AS bytes,
       EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.convalidated) AS "validCheck",
       (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
       (SELECT coalesce(json_agg(json_build_object(
                 'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
                 'checked', EXISTS (SELECT FROM pg_constraint k
                    WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)),
                 'neverNull', EXISTS (SELECT FROM pg_constraint k
                    WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.convalidated
                      AND pg_get_expr(k.conbin, k.conrelid) = format('(%I IS NOT NULL)', a.attname)))
                 ORDER BY a.attnum), '[]')
          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_t'
 ORDER BY 1, 2`;

// EXTERNAL MODULE: ./lib/sql/parser.js
var sql_parser = __webpack_require__(9745);
// EXTERNAL MODULE: ./lib/sql/statements.js
var sql_statements = __webpack_require__(3328);
;// CONCATENATED MODULE: ./lib/insight/lint/do-block.js
/**
 * The statement, or what the body of a DO block runs, as Drizzle and pg_dump wrap their DDL. Statements that the body
 * puts together as text (EXECUTE) are not seen.
 */
function unfold(parser, statement) {
    const body = bodyOf(statement.node);
    if (body === undefined)
        return [{ ...statement, inBody: false }];
    const first = statement.line + newlines(statement.text.slice(0, Math.max(0, statement.text.indexOf(body))));
    try {
        return [...queriesIn(parser.parsePlPgSQLSync(statement.text))].flatMap(({ query, line }) => (parser.parseSync(query).stmts ?? []).flatMap(({ stmt }) => stmt ? [{ node: stmt, text: query.trim(), line: first + line - 1, inBody: true }] : []));
    }
    catch {
        // Another language than PL/pgSQL, or one statement that needs the variables of the body to be read.
        return [];
    }
}
function bodyOf(node) {
    if (!('DoStmt' in node))
        return undefined;
    for (const option of node.DoStmt.args ?? []) {
        if ('DefElem' in option && option.DefElem.defname === 'as') {
            const { arg } = option.DefElem;
            return arg && 'String' in arg ? (arg.String.sval ?? '') : '';
        }
    }
    return '';
}
/** The SQL statements of a parsed body with their lines in it, which start at 1. */
function* queriesIn(tree) {
    if (typeof tree !== 'object' || tree === null)
        return;
    const { PLpgSQL_stmt_execsql: found } = tree;
    const query = found?.sqlstmt?.PLpgSQL_expr?.query;
    if (query !== undefined)
        yield { query, line: found?.lineno ?? 1 };
    for (const part of Object.values(tree))
        yield* queriesIn(part);
}
function newlines(text) {
    return text.split('\n').length - 1;
}

;// CONCATENATED MODULE: ./lib/insight/lint/names.js
function nameOf(relation) {
    return named(relation?.schemaname, relation?.relname);
}
/** A dotted name, as DROP and ALTER TYPE list it: a list, a type name or one word. */
function nameIn(node) {
    const words = node ? wordsOf(node) : [];
    return named(words.at(-2), words.at(-1));
}
/** A name given as its words, as an enum's and a domain's is. */
function nameFrom(words = []) {
    return nameIn({ List: { items: [...words] } });
}
function wordsOf(node) {
    if ('List' in node)
        return (node.List.items ?? []).flatMap(wordsOf);
    if ('TypeName' in node)
        return (node.TypeName.names ?? []).flatMap(wordsOf);
    if ('ObjectWithArgs' in node)
        return (node.ObjectWithArgs.objname ?? []).flatMap(wordsOf);
    if ('ColumnRef' in node)
        return (node.ColumnRef.fields ?? []).flatMap(wordsOf);
    return 'String' in node ? [node.String.sval ?? ''] : [];
}
function keyOf({ schema, name }) {
    return JSON.stringify([schema ?? 'public', name]);
}
/** As the database writes it: quoted where it must be, `public` left out. */
function written({ schema, name }) {
    return schema === undefined || schema === 'public' ? quoted(name) : `${quoted(schema)}.${quoted(name)}`;
}
function quoted(word) {
    return /^[a-z_][a-z0-9_$]*$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`;
}
function named(schema, name = '') {
    return schema === undefined || schema === '' ? { name } : { schema, name };
}

;// CONCATENATED MODULE: ./lib/insight/lint/history.js

/** What the migration did up to the statement at hand. */
class History {
    /** Number of the transaction the statement is in; undefined if it is one by itself. */
    transaction;
    lockTimeout = false;
    made = new Set();
    unproven = new Map();
    neverNull = new Set();
    checked = new Set();
    facts;
    ahead;
    constructor(facts, ahead) {
        this.facts = facts;
        this.ahead = ahead;
    }
    /** A later statement makes a view, function or type of that name: what was dropped or renamed has a stand-in. */
    isRemade(name) {
        return this.ahead.made.has(keyOf(name));
    }
    hasPolicy(table) {
        return (table.facts?.policies ?? 0) > 0 || this.ahead.policies.has(keyOf(table.name));
    }
    make(name) {
        this.made.add(keyOf(name));
    }
    rename(from, to) {
        if (this.isMade(from))
            this.make({ ...from, name: to });
    }
    /** Of a table, view, index, type or schema. What stood before is not made by IF NOT EXISTS. */
    isMade(name) {
        const stood = this.facts.some((table) => keyOf(table) === keyOf(name));
        return this.made.has(keyOf(name)) && !stood;
    }
    table(name) {
        const facts = this.factsOf(name);
        return { name, made: this.isMade(name), ...(facts && { facts }) };
    }
    addUnproven(table, constraint, unproven) {
        this.unproven.set(keyOf(table) + constraint, unproven);
    }
    /** Marks the constraint as proven. @returns how it was added, if this migration did. */
    validate(table, constraint) {
        const added = this.unproven.get(keyOf(table) + constraint);
        this.proveCheck(table, added?.neverNull);
        return added;
    }
    proveCheck(table, neverNull) {
        this.checked.add(keyOf(table));
        if (neverNull !== undefined)
            this.neverNull.add(keyOf(table) + neverNull);
    }
    isChecked(table) {
        return this.checked.has(keyOf(table.name)) || table.facts?.validCheck === true;
    }
    /** Known to hold no NULL: by a constraint of its own or by a CHECK that every row was tested against. */
    isNeverNull(table, column) {
        const facts = table.facts?.columns.find(({ name }) => name === column);
        return facts?.notNull === true || facts?.neverNull === true || this.neverNull.has(keyOf(table.name) + column);
    }
    /** A name without a schema is `public`'s, or the only table that is called so. */
    factsOf({ schema, name }) {
        const named = this.facts.filter((table) => table.name === name);
        const exact = named.find((table) => table.schema === (schema ?? 'public'));
        return exact ?? (schema === undefined && named.length === 1 ? named[0] : undefined);
    }
}

;// CONCATENATED MODULE: ./lib/insight/lint/hazard.js

/** The fields of a hazard that is about one table. */
function about(table) {
    return { object: written(table.name) };
}
/** The same, where a larger table makes it worse. */
function growing(table) {
    return { object: written(table.name), grows: table };
}
const ladder = ['low', 'medium', 'high'];
/** Small: done before anyone notices. Large: long enough for an outage at any rate a disk has. */
const small = { rows: 10_000, bytes: 8_000_000 };
const large = { rows: 1_000_000, bytes: 1_000_000_000 };
/**
 * One step down on a table known to be small, one up on a large one; an unknown size changes nothing. Lost rows are lost
 * on a small table too: only where there are none is there no loss.
 */
function weigh({ severity, kind, grows }) {
    const { rows, bytes } = grows?.facts ?? {};
    if (kind === 'data_loss')
        return rows === 0 ? 'low' : severity;
    const at = ladder.indexOf(severity);
    if ((rows ?? 0) >= large.rows || (bytes ?? 0) >= large.bytes)
        return ladder[Math.min(2, at + 1)] ?? severity;
    const isSmall = rows !== undefined && rows <= small.rows && (bytes ?? 0) <= small.bytes;
    return isSmall ? (ladder[Math.max(0, at - 1)] ?? severity) : severity;
}

;// CONCATENATED MODULE: ./lib/insight/lint/objects.js


const releaseFirst = 'Release code that no longer uses it first, and drop it in a later migration';
const gone = 'Running code that uses it fails.';
const drops = {
    OBJECT_TABLE: { rule: 'drop-table', kind: 'data_loss', severity: 'high', detail: `All its rows are gone. ${gone}` },
    OBJECT_FOREIGN_TABLE: { rule: 'drop-foreign-table', kind: 'break', severity: 'high', detail: gone },
    OBJECT_SCHEMA: {
        rule: 'drop-schema',
        kind: 'data_loss',
        severity: 'high',
        detail: `All that is in it is gone. ${gone}`,
    },
    OBJECT_VIEW: { rule: 'drop-view', kind: 'break', severity: 'high', detail: gone },
    OBJECT_MATVIEW: { rule: 'drop-materialized-view', kind: 'break', severity: 'high', detail: gone },
    OBJECT_SEQUENCE: { rule: 'drop-sequence', kind: 'break', severity: 'medium', detail: gone },
    OBJECT_FUNCTION: { rule: 'drop-function', kind: 'break', severity: 'medium', detail: gone },
    OBJECT_PROCEDURE: { rule: 'drop-function', kind: 'break', severity: 'medium', detail: gone },
    OBJECT_TYPE: { rule: 'drop-type', kind: 'data_loss', severity: 'low', detail: gone },
    OBJECT_DOMAIN: { rule: 'drop-type', kind: 'data_loss', severity: 'low', detail: gone },
    OBJECT_EXTENSION: { rule: 'drop-extension', kind: 'data_loss', severity: 'low', detail: gone },
};
/** What DROP takes away, object by object; DROP INDEX is with the indexes. */
function dropObjects({ removeType, objects = [], behavior }, { history }) {
    const found = removeType && drops[removeType];
    if (!found)
        return [];
    const { rule, kind, severity, detail } = found;
    const cascade = behavior === 'DROP_CASCADE';
    const standsIn = kind === 'break';
    return objects
        .map(nameIn)
        .filter((name) => !history.isMade(name) && !(standsIn && history.isRemade(name)))
        .map((name) => ({
        ...{ rule, kind },
        // CASCADE drops the columns of a type, and a table's foreign keys and views.
        severity: cascade ? 'high' : severity,
        ...(removeType === 'OBJECT_TABLE' ? growing(history.table(name)) : { object: written(name) }),
        detail: cascade
            ? `${detail} CASCADE takes with it all that depends on it, which the statement does not name.`
            : detail,
        advice: cascade
            ? `Drop without CASCADE what you mean to drop. ${releaseFirst}.`
            : `${releaseFirst}, with a copy kept.`,
    }));
}
function dropDatabase(database) {
    return {
        rule: 'drop-database',
        kind: 'data_loss',
        severity: 'high',
        object: quoted(database),
        detail: 'The whole database is gone.',
        advice: 'Not in a migration.',
    };
}
const renames = {
    OBJECT_TABLE: 'rename-table',
    OBJECT_FOREIGN_TABLE: 'rename-table',
    OBJECT_VIEW: 'rename-view',
    OBJECT_MATVIEW: 'rename-view',
    OBJECT_SCHEMA: 'rename-schema',
    OBJECT_SEQUENCE: 'rename-sequence',
    OBJECT_TYPE: 'rename-type',
    OBJECT_DOMAIN: 'rename-type',
    OBJECT_FUNCTION: 'rename-function',
    OBJECT_PROCEDURE: 'rename-function',
};
/** A new name for something that code calls by its old one. Indexes, constraints, triggers and policies have no callers. */
function rename(statement, { history }) {
    const { renameType, relation, object, subname, newname = '' } = statement;
    if (renameType === 'OBJECT_COLUMN' || renameType === 'OBJECT_ATTRIBUTE') {
        const owner = relation ? nameOf(relation) : nameIn(object);
        if (history.isMade(owner))
            return [];
        return [renamed('rename-column', owner, `Column ${quoted(subname ?? '')} is now ${quoted(newname)}`)];
    }
    const rule = renameType && renames[renameType];
    const name = relation ? nameOf(relation) : object ? nameIn(object) : { name: subname ?? '' };
    if (renameType === 'OBJECT_TABLE')
        history.rename(name, newname);
    if (!rule || history.isMade(name) || history.isRemade(name))
        return [];
    return [renamed(rule, name, `It is now ${quoted(newname)}`)];
}
/** ALTER … SET SCHEMA: the same as a new name. */
function setSchema(name, schema, { history }) {
    if (history.isMade(name) || history.isRemade(name))
        return [];
    return [renamed('set-schema', name, `It is now in schema ${quoted(schema)}`)];
}
function renamed(rule, name, what) {
    return {
        rule,
        kind: 'break',
        severity: 'high',
        object: written(name),
        detail: `${what}: running code that uses the old name fails at once.`,
        advice: rule === 'rename-column'
            ? 'Add a column of the new name, keep both in step with a trigger, let the code change over, drop the old one.'
            : 'Make a view or alias of the old name in the same transaction, until no code uses it.',
    };
}
/** Names that the statement makes: tables and all that may stand in for something dropped. */
function namesMade(node) {
    if ('CreateStmt' in node)
        return { tables: [nameOf(node.CreateStmt.relation)], others: [] };
    if ('CreateTableAsStmt' in node)
        return { tables: [nameOf(node.CreateTableAsStmt.into?.rel)], others: [nameOf(node.CreateTableAsStmt.into?.rel)] };
    if ('SelectStmt' in node && node.SelectStmt.intoClause)
        return { tables: [nameOf(node.SelectStmt.intoClause.rel)], others: [] };
    const other = (name) => ({ tables: [], others: [name] });
    if ('IndexStmt' in node && node.IndexStmt.idxname) {
        const { relation, idxname: name } = node.IndexStmt;
        return other({ ...nameOf(relation), name });
    }
    if ('ViewStmt' in node)
        return other(nameOf(node.ViewStmt.view));
    if ('CreateSeqStmt' in node)
        return other(nameOf(node.CreateSeqStmt.sequence));
    if ('CreateSchemaStmt' in node)
        return other({ name: node.CreateSchemaStmt.schemaname ?? '' });
    const named = (names = []) => other(nameFrom(names));
    if ('CreateEnumStmt' in node)
        return named(node.CreateEnumStmt.typeName);
    if ('CreateDomainStmt' in node)
        return named(node.CreateDomainStmt.domainname);
    if ('CompositeTypeStmt' in node)
        return other(nameOf(node.CompositeTypeStmt.typevar));
    if ('CreateFunctionStmt' in node)
        return named(node.CreateFunctionStmt.funcname);
    return { tables: [], others: [] };
}

;// CONCATENATED MODULE: ./lib/insight/lint/type-change.js

function typeOf(type) {
    const words = (type?.names ?? []).flatMap(wordsOf);
    const base = words.length === 2 && words[0] === 'pg_catalog' ? words[1] : words.join('.');
    return {
        base: base ?? '',
        modifiers: (type?.typmods ?? []).map(numberIn),
        array: (type?.arrayBounds ?? []).length > 0,
    };
}
/** Reads a type as the catalog writes it. */
function typeFrom({ parseSync }, text) {
    const { stmts = [] } = parseSync(`SELECT NULL::${text}`);
    return typeOf(castIn(stmts[0]?.stmt));
}
/** The type of `SELECT NULL::type`. */
function castIn(node) {
    const target = node && 'SelectStmt' in node ? node.SelectStmt.targetList?.[0] : undefined;
    const value = target && 'ResTarget' in target ? target.ResTarget.val : undefined;
    return value && 'TypeCast' in value ? value.TypeCast.typeName : undefined;
}
function judgeTypeChange(from, to) {
    const same = from.base === to.base && from.array === to.array;
    if (same && from.modifiers.join() === to.modifiers.join())
        return 'free';
    if (from.array || to.array)
        return same && to.modifiers.length === 0 ? 'free' : 'rewrite';
    if (same)
        return widens(from, to) ? 'free' : 'rewrite';
    const cut = to.modifiers.length > 0;
    if (!cut && relabels.has(`${from.base}>${to.base}`))
        return 'free';
    const keepsDigits = !cut || to.modifiers[0] === finest;
    return keepsDigits && zoned.includes(`${from.base}>${to.base}`) ? 'time_zone' : 'rewrite';
}
const zoned = ['timestamp>timestamptz', 'timestamptz>timestamp'];
/** Pairs that share their bytes on disk (`pg_cast.castmethod` is `b`), of the types people use. */
const relabels = new Set([
    'varchar>text',
    'varchar>bpchar',
    'text>varchar',
    'text>bpchar',
    'cidr>inet',
    'xml>text',
    'xml>varchar',
    'xml>bpchar',
    'bit>varbit',
    'varbit>bit',
    'int4>oid',
    'oid>int4',
]);
/** Whether every value of a type fits another of the same name, so that the server need not look. */
function widens({ base, modifiers: from }, { modifiers: to }) {
    const [had, hadScale = 0] = from;
    const [has, hasScale = 0] = to;
    if (base === 'bit' || base === 'bpchar')
        return has === undefined && base === 'bpchar';
    if (base === 'interval')
        return widensInterval(from, to);
    if (has === undefined)
        return true;
    if (base === 'varchar' || base === 'varbit')
        return had !== undefined && has >= had;
    if (base === 'numeric')
        return had !== undefined && has >= had && hasScale === hadScale;
    return ['time', 'timetz', 'timestamp', 'timestamptz'].includes(base) && has >= (had ?? finest);
}
/** Digits of a second that PostgreSQL keeps. */
const finest = 6;
/** The grammar's bits for the fields of an interval, finest first: second, minute, hour, day, month, year. */
const intervalFields = [12, 11, 10, 3, 1, 2];
/** An interval is cut to its finest field, and its seconds to their digits. */
function widensInterval([hadFields, hadDigits = finest], [fields, digits = finest]) {
    const finestOf = (mask = 1 << 12) => intervalFields.findIndex((bit) => (mask & (1 << bit)) !== 0);
    const had = finestOf(hadFields);
    return finestOf(fields) <= had && (had > 0 || digits >= hadDigits);
}
function numberIn(node) {
    return 'A_Const' in node ? (node.A_Const.ival?.ival ?? 0) : 0;
}

;// CONCATENATED MODULE: ./lib/insight/lint/expressions.js

/**
 * Functions of a default that the server evaluates once for all rows (STABLE or IMMUTABLE in pg_proc, as a test checks).
 * Every other function is taken to be volatile: that is what a function is unless it says otherwise.
 */
const steadyFunctions = [
    ...['now', 'transaction_timestamp', 'statement_timestamp', 'current_setting', 'current_schema', 'current_database'],
    ...['to_timestamp', 'to_date', 'to_char', 'timezone', 'date_trunc', 'date_part', 'make_date', 'make_interval', 'age'],
    ...['md5', 'sha256', 'lower', 'upper', 'length', 'concat', 'replace', 'encode', 'decode', 'convert_to', 'format'],
    ...[
        'abs',
        'round',
        'floor',
        'ceil',
        'power',
        'mod',
        'int4range',
        'tstzrange',
        'daterange',
        'to_tsvector',
        'string_to_array',
    ],
    ...['to_json', 'to_jsonb', 'json_build_object', 'jsonb_build_object', 'json_build_array', 'jsonb_build_array'],
];
/** The first function in an expression that is not known to give one value per statement. */
function volatileFunction(expression) {
    for (const node of nodesIn(expression)) {
        if (!('FuncCall' in node))
            continue;
        const name = (node.FuncCall.funcname ?? []).flatMap(wordsOf).filter((word) => word !== 'pg_catalog');
        if (name.length !== 1 || !steadyFunctions.includes(name[0] ?? ''))
            return name.join('.');
    }
    return undefined;
}
function isNull(expression) {
    if ('TypeCast' in expression)
        return expression.TypeCast.arg !== undefined && isNull(expression.TypeCast.arg);
    return 'A_Const' in expression && expression.A_Const.isnull === true;
}
/** The column of `column IS NOT NULL`; undefined for any other expression. */
function neverNullIn(expression) {
    if (!expression || !('NullTest' in expression) || expression.NullTest.nulltesttype !== 'IS_NOT_NULL')
        return undefined;
    const { arg } = expression.NullTest;
    return arg && 'ColumnRef' in arg ? wordsOf(arg).at(-1) : undefined;
}
/** Every node of a parse tree, outermost first. */
function* nodesIn(tree) {
    if (typeof tree !== 'object' || tree === null)
        return;
    if (!Array.isArray(tree))
        yield tree;
    for (const part of Object.values(tree))
        yield* nodesIn(part);
}

;// CONCATENATED MODULE: ./lib/insight/lint/constraints.js



/** A constraint added to a table that others use. */
function addConstraint(table, constraint, look) {
    const { history } = look;
    switch (constraint.contype) {
        case 'CONSTR_CHECK': {
            const neverNull = neverNullIn(constraint.raw_expr);
            if (!constraint.is_enforced)
                return [];
            if (constraint.skip_validation)
                return remember(table, { constraint, look, ...(neverNull && { neverNull }) });
            history.proveCheck(table.name, neverNull);
            return [scanned(table, 'add-check', constraint.conname)];
        }
        case 'CONSTR_NOTNULL': {
            const neverNull = (constraint.keys ?? []).flatMap(wordsOf)[0] ?? '';
            if (constraint.skip_validation)
                return remember(table, { constraint, look, neverNull });
            return setNotNull(table, neverNull, look);
        }
        case 'CONSTR_FOREIGN':
            if (!constraint.is_enforced)
                return [];
            if (constraint.skip_validation)
                return remember(table, { constraint, look });
            return addForeignKey(table, { constraint, scans: true, look });
        case 'CONSTR_UNIQUE':
        case 'CONSTR_PRIMARY':
        case 'CONSTR_EXCLUSION':
            return addKey(table, constraint);
        default:
            return [];
    }
}
function remember(table, { constraint, look, neverNull }) {
    const { history } = look;
    const how = { transaction: history.transaction, ...(neverNull !== undefined && { neverNull }) };
    history.addUnproven(table.name, constraint.conname ?? '', how);
    return [];
}
/** VALIDATE takes a weak lock, but the transaction still holds the strong one of ADD CONSTRAINT. */
function validateConstraint(table, name, { history }) {
    const added = history.validate(table.name, name);
    if (added?.transaction === undefined || added.transaction !== history.transaction)
        return [];
    return [
        {
            rule: 'validate-in-same-transaction',
            kind: 'scan',
            severity: 'high',
            ...growing(table),
            detail: `Constraint ${quoted(name)} is validated in the transaction that added it: every row is read under the strong lock that NOT VALID was to avoid.`,
            advice: 'Commit after ADD CONSTRAINT … NOT VALID; VALIDATE CONSTRAINT in a transaction of its own.',
        },
    ];
}
function setNotNull(table, column, { history }) {
    if (history.isNeverNull(table, column))
        return [];
    return [
        {
            rule: 'set-not-null',
            kind: 'scan',
            severity: 'high',
            ...growing(table),
            detail: `Every row is read to see that ${quoted(column)} is never NULL, while nobody can read or write the table; one NULL fails the statement.`,
            advice: `Add CHECK (${quoted(column)} IS NOT NULL) NOT VALID, validate it in a transaction of its own, then SET NOT NULL, which then reads nothing.`,
        },
    ];
}
/** `scans`: the rows are tested, which the server spares itself where the column is new and empty. */
function addForeignKey(table, { constraint, scans, look }) {
    const parent = look.history.table(nameOf(constraint.pktable));
    if (scans) {
        return [
            {
                rule: 'add-foreign-key',
                kind: 'scan',
                severity: 'medium',
                ...growing(table),
                detail: `Every row is tested against ${written(parent.name)} while nobody can write either table.`,
                advice: 'Add it as NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own.',
            },
        ];
    }
    if (parent.made)
        return [];
    return [
        {
            rule: 'add-column-references',
            kind: 'lock',
            severity: 'low',
            ...about(table),
            detail: `Nobody can write ${written(parent.name)} from here to the end of the transaction, and it waits for every writer there first.`,
            advice: 'Commit at once, under a lock_timeout; or add the column alone and the foreign key later as NOT VALID.',
        },
    ];
}
/** UNIQUE, PRIMARY KEY and EXCLUDE build an index, unless one that exists is taken over. */
function addKey(table, { contype, conname, indexname }) {
    if (indexname)
        return [];
    const [rule, words] = keyRules[contype];
    const advice = contype === 'CONSTR_EXCLUSION'
        ? 'There is no online way: add it while the table is small or nobody uses it, under a lock_timeout.'
        : `CREATE UNIQUE INDEX CONCURRENTLY outside a transaction, then ADD CONSTRAINT … ${words} USING INDEX.`;
    return [
        {
            rule,
            kind: 'lock',
            severity: 'high',
            ...growing(table),
            detail: `The index of ${conname ? quoted(conname) : `the ${words} constraint`} is built while nobody can read or write the table.`,
            advice,
        },
    ];
}
const keyRules = {
    CONSTR_UNIQUE: ['add-unique', 'UNIQUE'],
    CONSTR_PRIMARY: ['add-primary-key', 'PRIMARY KEY'],
    CONSTR_EXCLUSION: ['add-exclusion', 'EXCLUDE'],
};
function scanned(table, rule, name) {
    return {
        rule,
        kind: 'scan',
        severity: 'high',
        ...growing(table),
        detail: `Every row is tested against ${name ? quoted(name) : 'the constraint'} while nobody can read or write the table.`,
        advice: 'Add it as NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own.',
    };
}

;// CONCATENATED MODULE: ./lib/insight/lint/add-column.js





const serials = ['serial', 'bigserial', 'smallserial', 'serial2', 'serial4', 'serial8'];
const narrowTypes = ['int4', 'int2', 'serial', 'serial4', 'smallserial', 'serial2'];
/** A column added to a table that others use. */
function addColumn(table, column, look) {
    const constraints = constraintsOf(column);
    const has = (...types) => constraints.find(({ contype }) => types.includes(contype));
    const name = quoted(column.colname ?? '');
    const { base } = typeOf(column.typeName);
    const value = has('CONSTR_DEFAULT')?.raw_expr;
    const fallback = value && !isNull(value) ? value : undefined;
    const numbered = serials.includes(base) || has('CONSTR_IDENTITY') !== undefined;
    const generated = has('CONSTR_GENERATED');
    const hazards = [];
    if (numbered)
        hazards.push(numberedColumn(table, name));
    if (generated && generated.generated_kind !== 'v')
        hazards.push(generatedColumn(table, name));
    const unsteady = volatileFunction(fallback);
    if (unsteady !== undefined)
        hazards.push(volatileColumn(table, name, unsteady));
    if (has('CONSTR_NOTNULL', 'CONSTR_PRIMARY') && !fallback && !numbered && !generated) {
        hazards.push({
            rule: 'add-column-not-null',
            kind: 'break',
            severity: 'high',
            ...growing(table),
            detail: `Column ${name} is NOT NULL and has no default: the statement fails if the table has rows, and running code that does not fill it can no longer insert.`,
            advice: `Add it with a constant DEFAULT, or as nullable; fill it in batches and make it NOT NULL later.`,
        });
    }
    for (const constraint of constraints)
        hazards.push(...columnConstraint(table, constraint, { name, fallback, look }));
    if (base === 'json') {
        hazards.push({
            rule: 'add-column-json',
            kind: 'break',
            severity: 'low',
            ...about(table),
            detail: `Column ${name} is json, which has no equality: SELECT DISTINCT, GROUP BY and UNION over the row fail.`,
            advice: 'Use jsonb.',
        });
    }
    return [...hazards, ...narrowKey(table, column)];
}
/** A column that is the primary key by itself. */
function narrowKey(table, column) {
    return constraintsOf(column).some(({ contype }) => contype === 'CONSTR_PRIMARY') ? narrow(table, column) : [];
}
/** A new table whose primary key is one column, said with the column or by itself. */
function createTable({ relation, tableElts = [] }, { history }) {
    const table = history.table(nameOf(relation));
    const keys = tableElts.flatMap((node) => 'Constraint' in node && node.Constraint.contype === 'CONSTR_PRIMARY'
        ? [(node.Constraint.keys ?? []).flatMap(wordsOf)]
        : [])[0];
    return tableElts.flatMap((node) => {
        if (!('ColumnDef' in node))
            return [];
        const isKey = keys?.length === 1 && keys[0] === node.ColumnDef.colname;
        return isKey ? narrow(table, node.ColumnDef) : narrowKey(table, node.ColumnDef);
    });
}
/** A key that ends at two thousand million, or at 32767. */
function narrow(table, { colname = '', typeName }) {
    const { base } = typeOf(typeName);
    if (!narrowTypes.includes(base))
        return [];
    const last = base === 'int2' || base === 'smallserial' || base === 'serial2' ? '32767' : '2147483647';
    return [
        {
            rule: 'int-primary-key',
            kind: 'break',
            severity: 'low',
            ...about(table),
            detail: `Primary key ${quoted(colname)} ends at ${last}: then every insert fails, and a wider type rewrites the table.`,
            advice: 'Use bigint from the start: bigint GENERATED ALWAYS AS IDENTITY.',
        },
    ];
}
function columnConstraint(table, constraint, { name, fallback, look }) {
    switch (constraint.contype) {
        case 'CONSTR_UNIQUE':
        case 'CONSTR_PRIMARY':
            return addKey(table, constraint);
        case 'CONSTR_FOREIGN':
            return addForeignKey(table, { constraint, scans: fallback !== undefined, look });
        case 'CONSTR_CHECK':
            return [
                {
                    rule: 'add-column-check',
                    kind: 'scan',
                    severity: 'high',
                    ...growing(table),
                    detail: `The CHECK of the new column ${name} is tested against every row while nobody can read or write the table.`,
                    advice: 'Add the column alone, then the CHECK as NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own.',
                },
            ];
        default:
            return [];
    }
}
const rewrites = { kind: 'rewrite', severity: 'high' };
const inBatches = 'Add it as a plain nullable column, fill it in batches';
function numberedColumn(table, name) {
    return {
        rule: 'add-column-serial',
        ...rewrites,
        ...growing(table),
        detail: `Column ${name} gets a number for every row: the whole table is written anew while nobody can read or write it.`,
        advice: `${inBatches} from the sequence, then set its default or identity.`,
    };
}
function generatedColumn(table, name) {
    return {
        rule: 'add-column-generated',
        ...rewrites,
        ...growing(table),
        detail: `Column ${name} is GENERATED … STORED: the whole table is written anew while nobody can read or write it.`,
        advice: `${inBatches} and keep it with a trigger; or compute it in a view (from PostgreSQL 18 on as VIRTUAL).`,
    };
}
function volatileColumn(table, name, unsteady) {
    return {
        rule: 'add-column-volatile-default',
        ...rewrites,
        ...growing(table),
        detail: `The default of column ${name} calls ${unsteady}(), which gives each row its own value: the whole table is written anew while nobody can read or write it.`,
        advice: `${inBatches}; set the default in a statement of its own, which costs nothing for rows to come.`,
    };
}
function constraintsOf({ constraints = [] }) {
    return constraints.flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
}

;// CONCATENATED MODULE: ./lib/insight/lint/alter-column.js



function dropNotNull(table, column) {
    return {
        rule: 'drop-not-null',
        kind: 'break',
        severity: 'low',
        ...about(table),
        detail: `Code that relies on ${quoted(column)} meets NULL from now on.`,
        advice: 'Release the code that reads NULL before this.',
    };
}
function dropDefault(table, column) {
    return {
        rule: 'drop-default',
        kind: 'break',
        severity: 'low',
        ...about(table),
        detail: `Running code that leaves ${quoted(column)} out inserts NULL from now on, or fails where the column is NOT NULL.`,
        advice: 'Release the code that gives the value itself before this.',
    };
}
function setExpression(table, column) {
    return {
        rule: 'set-expression',
        kind: 'rewrite',
        severity: 'high',
        ...growing(table),
        detail: `Column ${quoted(column)} is computed anew for every row: the whole table is written while nobody can read or write it, if it is STORED.`,
        advice: 'Add a new column, fill it in batches, then let readers change over.',
    };
}
/** ALTER COLUMN … TYPE. What it costs depends on the old type, and on the expression behind USING. */
function changeType(table, { column, to }, look) {
    const facts = table.facts?.columns.find(({ name }) => name === column);
    const steps = castsOf(to.raw_default, typeOf(to.typeName));
    const change = { name: quoted(column), type: typeText(typeOf(to.typeName)), table };
    if (steps && !facts)
        return [unknownChange(change, steps)];
    const verdict = steps && facts ? judgeSteps(look.typeFrom(facts.type), steps) : 'rewrite';
    if (verdict === 'rewrite')
        return [rewriteChange({ ...change, from: facts?.type })];
    if (verdict === 'time_zone')
        return [timeZoneChange(change)];
    if (to.collClause)
        return [collationChange(change)];
    return facts?.checked ? [checkedChange(change)] : [];
}
/** Types the value passes through; undefined if USING computes something else than casts of one column. */
function castsOf(using, last) {
    if (!using || 'ColumnRef' in using)
        return [last];
    if (!('TypeCast' in using))
        return undefined;
    const before = castsOf(using.TypeCast.arg, typeOf(using.TypeCast.typeName));
    return before && [...before, last];
}
function judgeSteps(from, steps) {
    const changes = steps.map((to, index) => judgeTypeChange(steps[index - 1] ?? from, to));
    if (changes.includes('rewrite'))
        return 'rewrite';
    return changes.includes('time_zone') ? 'time_zone' : 'free';
}
const newColumn = 'Add a column of the new type, keep both in step with a trigger, fill it in batches, let readers change over, drop the old one.';
function rewriteChange({ table, name, type, from }) {
    return {
        rule: 'change-type',
        kind: 'rewrite',
        severity: 'high',
        ...growing(table),
        detail: `Changing ${name}${from ? ` from ${from}` : ''} to ${type} writes the whole table and its indexes anew while nobody can read or write it; a value that does not fit fails the statement.`,
        advice: newColumn,
    };
}
/** Without the old type a target that anything narrower widens to for free is the milder guess. */
function unknownChange({ table, name, type }, steps) {
    const mild = steps.every(({ base, modifiers }) => modifiers.length === 0 && ['text', 'varchar', 'numeric'].includes(base));
    return {
        rule: 'change-type',
        kind: 'rewrite',
        severity: mild ? 'medium' : 'high',
        ...growing(table),
        detail: `Changing ${name} to ${type} writes the whole table and its indexes anew while nobody can read or write it, unless the old type is a narrower form of the new one.`,
        advice: newColumn,
    };
}
function timeZoneChange({ table, name, type }) {
    return {
        rule: 'change-type-time-zone',
        kind: 'rewrite',
        severity: 'medium',
        ...growing(table),
        detail: `Changing ${name} to ${type} writes the whole table anew unless the time zone of the session is UTC, and shifts the values by that zone.`,
        advice: "SET timezone = 'UTC' right before, if the values are UTC; else fill a new column in batches.",
    };
}
function collationChange({ table, name }) {
    return {
        rule: 'change-collation',
        kind: 'lock',
        severity: 'medium',
        ...growing(table),
        detail: `The new collation of ${name} rebuilds its indexes while nobody can read or write the table.`,
        advice: 'Build the new indexes CONCURRENTLY with the collation named in them, and leave the column as it is.',
    };
}
function checkedChange({ table, name, type }) {
    return {
        rule: 'change-type-checked',
        kind: 'scan',
        severity: 'medium',
        ...growing(table),
        detail: `Changing ${name} to ${type} rewrites nothing, but tests the CHECK on it against every row while nobody can read or write the table.`,
        advice: 'Drop the CHECK first; add it again as NOT VALID and VALIDATE it in a transaction of its own.',
    };
}
function typeText({ base, modifiers, array }) {
    const shown = modifiers.filter((modifier) => modifier !== 0x7fff);
    return `${base.split('.').map(quoted).join('.')}${shown.length > 0 ? `(${shown.join(',')})` : ''}${array ? '[]' : ''}`;
}
/** The column an ALTER TABLE … command names in its definition. */
function columnIn(node) {
    return node && 'ColumnDef' in node ? node.ColumnDef : undefined;
}

;// CONCATENATED MODULE: ./lib/insight/lint/alter-table.js





/** One hazard or more for each command of ALTER TABLE; none on a table that this migration made. */
function alterTable({ relation, cmds = [], objtype }, look) {
    const table = look.history.table(nameOf(relation));
    if (objtype === 'OBJECT_MATVIEW')
        return commandsIn(cmds).flatMap((command) => moveStorage(table, command));
    if (objtype !== 'OBJECT_TABLE')
        return [];
    return commandsIn(cmds).flatMap((command) => {
        if (command.subtype === 'AT_AttachPartition')
            return attachPartition(table, partitionIn(command), look);
        return table.made ? [] : judge(table, command, look);
    });
}
function judge(table, command, look) {
    const { subtype, name = '', def } = command;
    const column = columnIn(def);
    switch (subtype) {
        case 'AT_AddColumn':
            return column ? addColumn(table, column, look) : [];
        case 'AT_AlterColumnType':
            return column ? changeType(table, { column: name, to: column }, look) : [];
        case 'AT_SetNotNull':
            return setNotNull(table, name, look);
        case 'AT_DropNotNull':
            return [dropNotNull(table, name)];
        case 'AT_ColumnDefault':
            return def ? [] : [dropDefault(table, name)];
        case 'AT_SetExpression':
            return [setExpression(table, name)];
        case 'AT_AddConstraint':
            return def && 'Constraint' in def ? addConstraint(table, def.Constraint, look) : [];
        case 'AT_ValidateConstraint':
            return validateConstraint(table, name, look);
        case 'AT_DropColumn':
            return [dropColumn(table, command)];
        case 'AT_DetachPartition':
            return detachPartition(table, partitionIn(command));
        case 'AT_EnableRowSecurity':
            return look.history.hasPolicy(table) ? [] : [enableRowSecurity(table)];
        case 'AT_DisableTrig':
        case 'AT_DisableTrigAll':
        case 'AT_DisableTrigUser':
            return [disableTrigger(table, command)];
        default:
            return moveStorage(table, command);
    }
}
function dropColumn(table, { name = '', behavior }) {
    const more = behavior === 'DROP_CASCADE' ? ', and every view and constraint that names it,' : '';
    return {
        rule: 'drop-column',
        kind: 'data_loss',
        severity: 'high',
        ...growing(table),
        detail: `The values of column ${quoted(name)}${more} are gone, and running code that names it fails.`,
        advice: 'Release code that no longer names the column first, keep a copy, and drop it in a later migration.',
    };
}
const moved = {
    AT_SetTableSpace: ['set-tablespace', 'Moving it to another tablespace copies the whole table'],
    AT_SetLogged: ['set-logged', 'SET LOGGED writes the whole table anew, and to the write-ahead log'],
    AT_SetUnLogged: ['set-unlogged', 'SET UNLOGGED writes the whole table anew, and a crash empties it from now on'],
    AT_SetAccessMethod: ['set-access-method', 'Another access method writes the whole table anew'],
};
/** Commands that copy the whole table as it is. */
function moveStorage(table, { subtype }) {
    const found = moved[subtype];
    if (!found || table.made)
        return [];
    const [rule, what] = found;
    return [
        {
            rule,
            kind: 'rewrite',
            severity: 'high',
            ...growing(table),
            detail: `${what}, while nobody can read or write it.`,
            advice: 'Fill a new table made that way in batches and let readers change over; or do it when nobody uses the table.',
        },
    ];
}
function attachPartition(parent, { name }, { history }) {
    const table = history.table(nameOf(name));
    if (table.made)
        return [];
    const checked = history.isChecked(table);
    return [
        {
            rule: 'attach-partition',
            kind: 'scan',
            severity: checked ? 'low' : 'medium',
            ...growing(table),
            detail: checked
                ? `Every row is read while nobody can read or write the table, unless its CHECK implies the bounds in ${written(parent.name)}.`
                : `Every row is tested against the bounds in ${written(parent.name)} while nobody can read or write the table.`,
            advice: 'Add a CHECK that implies the bounds as NOT VALID, validate it in a transaction of its own, then attach.',
        },
    ];
}
function detachPartition(parent, { name, concurrent }) {
    if (concurrent)
        return [];
    return [
        {
            rule: 'detach-partition',
            kind: 'lock',
            severity: 'medium',
            ...about(parent),
            detail: `Nobody can read or write any partition of the table while ${written(nameOf(name))} is detached, and it waits for every query first.`,
            advice: 'DETACH PARTITION … CONCURRENTLY, outside a transaction.',
        },
    ];
}
function enableRowSecurity(table) {
    return {
        rule: 'row-security-without-policy',
        kind: 'break',
        severity: 'high',
        ...about(table),
        detail: 'Row security without a policy hides every row from everyone but the owner.',
        advice: 'CREATE POLICY in the same transaction, before ENABLE ROW LEVEL SECURITY.',
    };
}
function disableTrigger(table, { name }) {
    return {
        rule: 'disable-trigger',
        kind: 'break',
        severity: 'medium',
        ...about(table),
        detail: `${name ? `Trigger ${quoted(name)} is` : 'The triggers are'} off for everyone who writes, and what they keep (also foreign keys, with ALL) is no longer kept.`,
        advice: 'SET LOCAL session_replication_role = replica switches them off for this transaction alone.',
    };
}
function partitionIn({ def }) {
    return def && 'PartitionCmd' in def ? def.PartitionCmd : {};
}
function commandsIn(cmds) {
    return (cmds ?? []).flatMap((node) => ('AlterTableCmd' in node ? [node.AlterTableCmd] : []));
}

;// CONCATENATED MODULE: ./lib/insight/lint/indexes.js


function createIndex({ relation, idxname, concurrent }, { history }) {
    const table = history.table(nameOf(relation));
    // ON ONLY a partitioned table reads no row: its partitions get their indexes one by one.
    const parentOnly = relation?.inh !== true && table.facts?.partitioned === true;
    if (concurrent || table.made || parentOnly)
        return [];
    return [
        {
            rule: 'create-index',
            kind: 'lock',
            severity: 'medium',
            ...growing(table),
            detail: `Nobody can write the table while index ${quoted(idxname ?? '')} is built.`.replace(' ""', ''),
            advice: table.facts?.partitioned
                ? 'CREATE INDEX ON ONLY the parent, CREATE INDEX CONCURRENTLY on each partition, then ALTER INDEX … ATTACH PARTITION.'
                : 'CREATE INDEX CONCURRENTLY, outside a transaction.',
        },
    ];
}
function dropIndex({ objects = [], concurrent }, { history }) {
    if (concurrent)
        return [];
    return objects
        .map(nameIn)
        .filter((name) => !history.isMade(name))
        .map((name) => ({
        rule: 'drop-index',
        kind: 'lock',
        severity: 'medium',
        object: written(name),
        detail: 'It waits for every query on the table, and all that come after wait behind it; then nobody can read or write the table to the end of the transaction.',
        advice: 'DROP INDEX CONCURRENTLY, outside a transaction.',
    }));
}
const wide = {
    REINDEX_OBJECT_SCHEMA: 'the schema',
    REINDEX_OBJECT_DATABASE: 'the database',
    REINDEX_OBJECT_SYSTEM: 'the catalog',
};
function reindex({ relation, name, kind, params = [] }, { history }) {
    if (params.some((param) => 'DefElem' in param && param.DefElem.defname === 'concurrently'))
        return [];
    const table = history.table(nameOf(relation));
    if (table.made)
        return [];
    const many = wide[kind];
    return [
        {
            rule: 'reindex',
            kind: 'lock',
            severity: many ? 'high' : 'medium',
            ...(many ? { object: quoted(name ?? '') } : growing(table)),
            detail: `Nobody can write ${many ? `any table of ${many}` : 'the table'} while its index is built anew, nor run a query that plans with the index.`,
            advice: 'REINDEX … CONCURRENTLY, outside a transaction.',
        },
    ];
}

;// CONCATENATED MODULE: ./lib/insight/lint/maintenance.js


const online = 'pg_repack or pg_squeeze do the same while the table is in use; plain VACUUM is often enough.';
function vacuum(statement, { history }) {
    if (!isFull(statement))
        return [];
    const rels = statement.rels ?? [];
    const tables = rels.flatMap((node) => 'VacuumRelation' in node ? [history.table(nameOf(node.VacuumRelation.relation))] : []);
    const detail = 'VACUUM FULL writes the whole table anew while nobody can read or write it.';
    const rule = { rule: 'vacuum-full', kind: 'rewrite', severity: 'high', advice: online };
    if (rels.length === 0)
        return [{ ...rule, object: 'database', detail: detail.replace('the whole table', 'every table') }];
    return tables.filter(({ made }) => !made).map((table) => ({ ...rule, ...growing(table), detail }));
}
function isFull({ options = [] }) {
    return options.some((option) => {
        if (!('DefElem' in option) || option.DefElem.defname !== 'full')
            return false;
        const { arg } = option.DefElem;
        return !(arg && 'String' in arg && ['false', 'off'].includes(arg.String.sval ?? ''));
    });
}
function cluster({ relation }, { history }) {
    const table = relation && history.table(nameOf(relation));
    if (table?.made)
        return [];
    return [
        {
            ...{ rule: 'cluster', kind: 'rewrite', severity: 'high' },
            ...(table ? growing(table) : { object: 'database' }),
            detail: 'CLUSTER writes the whole table anew while nobody can read or write it.',
            advice: online,
        },
    ];
}
/** The server's numbers of lock modes. */
const modes = {
    5: { name: 'SHARE', severity: 'medium', keeps: 'write' },
    6: { name: 'SHARE ROW EXCLUSIVE', severity: 'medium', keeps: 'write' },
    7: { name: 'EXCLUSIVE', severity: 'medium', keeps: 'write' },
    8: { name: 'ACCESS EXCLUSIVE', severity: 'high', keeps: 'read or write' },
};
function lockTable({ relations = [], mode = 0 }, { history }) {
    const found = modes[mode];
    if (!found)
        return [];
    return relations
        .flatMap((node) => ('RangeVar' in node ? [history.table(nameOf(node.RangeVar))] : []))
        .filter(({ made }) => !made)
        .map((table) => ({
        ...{ rule: 'lock-table', kind: 'lock', severity: found.severity },
        ...about(table),
        detail: `LOCK TABLE … ${found.name}: nobody else can ${found.keeps} the table from here to the end of the transaction.`,
        advice: 'Let each statement take the lock it needs; or lock last, under a lock_timeout.',
    }));
}
function refreshView({ relation, concurrent, skipData }, { history }) {
    const view = nameOf(relation);
    if (concurrent || history.isMade(view))
        return [];
    return [
        {
            ...{
                rule: 'refresh-materialized-view',
                kind: skipData ? 'break' : 'lock',
                severity: 'medium',
                object: written(view),
            },
            detail: skipData
                ? 'WITH NO DATA: every query on the view fails until it is filled again.'
                : 'Nobody can read the view while it is filled.',
            advice: 'REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view.',
        },
    ];
}
function createTrigger({ relation }, { history }) {
    const table = history.table(nameOf(relation));
    if (table.made)
        return [];
    return [
        {
            ...{ rule: 'create-trigger', kind: 'lock', severity: 'low' },
            ...about(table),
            detail: 'It waits for every writer, nobody can write the table to the end of the transaction, and every write runs the trigger from then on.',
            advice: 'Commit at once, under a lock_timeout.',
        },
    ];
}
function alterEnum({ typeName, oldVal, newVal }, { history }) {
    const name = nameFrom(typeName);
    if (history.isMade(name))
        return [];
    if (oldVal !== undefined && oldVal !== '') {
        return [
            {
                ...{ rule: 'rename-enum-value', kind: 'break', severity: 'high', object: written(name) },
                detail: 'Running code that writes or compares the old value fails at once.',
                advice: 'Add the new value, let code and rows change over, and leave the old one unused.',
            },
        ];
    }
    if (history.transaction === undefined || newVal === undefined)
        return [];
    return [
        {
            ...{ rule: 'enum-value-in-transaction', kind: 'break', severity: 'low', object: written(name) },
            detail: 'The new value cannot be used before this transaction ends: a later statement in it that does so fails.',
            advice: 'Add the value in a migration of its own.',
        },
    ];
}
/** A rule for a domain is tested in every table that has a column of it. */
function alterDomain({ subtype, typeName, def }, { history }) {
    const name = nameFrom(typeName);
    const lax = def && 'Constraint' in def && def.Constraint.skip_validation;
    if ((subtype !== 'C' && subtype !== 'O') || lax || history.isMade(name))
        return [];
    return [
        {
            ...{ rule: 'alter-domain-add-constraint', kind: 'scan', severity: 'medium', object: written(name) },
            detail: 'Every row of every table with a column of this domain is tested while nobody can write those tables.',
            advice: 'Add it as NOT VALID, then ALTER DOMAIN … VALIDATE CONSTRAINT in a transaction of its own.',
        },
    ];
}

;// CONCATENATED MODULE: ./lib/insight/lint/rows.js



/** UPDATE and DELETE of all rows, also where they stand inside WITH. */
function changesRows(statement, look) {
    return [...nodesIn(statement)].flatMap((node) => {
        if ('UpdateStmt' in node)
            return updateAll(node.UpdateStmt, look);
        return 'DeleteStmt' in node ? deleteAll(node.DeleteStmt, look) : [];
    });
}
function updateAll({ relation, whereClause }, { history }) {
    const table = history.table(nameOf(relation));
    if (whereClause || table.made)
        return [];
    return [
        {
            rule: 'update-all-rows',
            kind: 'lock',
            severity: 'medium',
            ...growing(table),
            detail: 'Every row is locked against other writers to the end of the transaction, and written a second time: the table doubles on disk.',
            advice: 'Update in batches of some thousand rows, each in a transaction of its own.',
        },
    ];
}
function deleteAll({ relation, whereClause }, { history }) {
    const table = history.table(nameOf(relation));
    if (whereClause || table.made)
        return [];
    return [
        {
            rule: 'delete-all-rows',
            kind: 'data_loss',
            severity: 'high',
            ...growing(table),
            detail: 'DELETE without WHERE: every row is gone.',
            advice: 'Say which rows with WHERE, keep a copy, and delete in batches.',
        },
    ];
}
function truncate({ relations = [], behavior }, { history }) {
    const tables = relations.flatMap((node) => ('RangeVar' in node ? [history.table(nameOf(node.RangeVar))] : []));
    const cascade = behavior === 'DROP_CASCADE' ? ', and of all tables that refer to it, which the statement does not name' : '';
    return tables
        .filter(({ made }) => !made)
        .map((table) => ({
        rule: 'truncate',
        kind: 'data_loss',
        severity: 'high',
        ...growing(table),
        detail: `Every row of the table${cascade} is gone, and nobody can read or write it to the end of the transaction.`,
        advice: 'Delete the rows you mean, in batches, with a copy kept.',
    }));
}
/** CREATE TABLE … AS and SELECT … INTO from tables that others use. */
function copyOfRows(statement, look) {
    const into = 'into' in statement ? statement.into : 'intoClause' in statement ? statement.intoClause : undefined;
    if (!into || into.skipData)
        return [];
    const read = [...nodesIn(statement)].flatMap((node) => 'RangeVar' in node ? [look.history.table(nameOf(node.RangeVar))] : []);
    const source = read.find(({ made, name }) => !made && name.name !== into.rel?.relname);
    if (!source)
        return [];
    return [
        {
            ...{ rule: 'create-table-as', kind: 'cost', severity: 'low', grows: source },
            ...about({ ...source, name: nameOf(into.rel) }),
            detail: `It copies rows of ${written(source.name)} in one long transaction, which keeps VACUUM from cleaning up; keys, constraints and defaults are not copied.`,
            advice: 'CREATE TABLE (LIKE … INCLUDING ALL), then INSERT … SELECT in batches.',
        },
    ];
}

;// CONCATENATED MODULE: ./lib/insight/lint/rules.js







/** What the statement does to those who use the database meanwhile, and after. */
function judgeStatement(node, look) {
    return [...refusedInTransaction(node, look), ...rulesFor(node, look)];
}
function rulesFor(node, look) {
    if ('AlterTableStmt' in node)
        return alterTable(node.AlterTableStmt, look);
    if ('IndexStmt' in node)
        return createIndex(node.IndexStmt, look);
    if ('ReindexStmt' in node)
        return reindex(node.ReindexStmt, look);
    if ('DropStmt' in node) {
        return node.DropStmt.removeType === 'OBJECT_INDEX'
            ? dropIndex(node.DropStmt, look)
            : dropObjects(node.DropStmt, look);
    }
    if ('DropdbStmt' in node)
        return [dropDatabase(node.DropdbStmt.dbname ?? '')];
    if ('RenameStmt' in node)
        return rename(node.RenameStmt, look);
    if ('AlterObjectSchemaStmt' in node) {
        const { relation, object, newschema = '' } = node.AlterObjectSchemaStmt;
        return setSchema(relation ? nameOf(relation) : nameIn(object), newschema, look);
    }
    if ('CreateStmt' in node)
        return createTable(node.CreateStmt, look);
    if ('CreateTableAsStmt' in node)
        return copyOfRows(node.CreateTableAsStmt, look);
    if ('TruncateStmt' in node)
        return truncate(node.TruncateStmt, look);
    if ('VacuumStmt' in node)
        return vacuum(node.VacuumStmt, look);
    if ('ClusterStmt' in node)
        return cluster(node.ClusterStmt, look);
    if ('LockStmt' in node)
        return lockTable(node.LockStmt, look);
    if ('RefreshMatViewStmt' in node)
        return refreshView(node.RefreshMatViewStmt, look);
    if ('CreateTrigStmt' in node)
        return createTrigger(node.CreateTrigStmt, look);
    if ('AlterEnumStmt' in node)
        return alterEnum(node.AlterEnumStmt, look);
    if ('AlterDomainStmt' in node)
        return alterDomain(node.AlterDomainStmt, look);
    if ('SelectStmt' in node)
        return [...copyOfRows(node.SelectStmt, look), ...changesRows(node, look)];
    if ('UpdateStmt' in node || 'DeleteStmt' in node || 'InsertStmt' in node)
        return changesRows(node, look);
    return [];
}
/** Statements that the server refuses inside a transaction. */
function refusedInTransaction(node, { history }) {
    const refused = history.transaction === undefined ? undefined : outsideOnly(node);
    if (!refused)
        return [];
    const { what, object } = refused;
    return [
        {
            rule: 'refused-in-transaction',
            kind: 'break',
            severity: 'high',
            object,
            detail: `PostgreSQL refuses ${what} inside a transaction: the migration fails here.`,
            advice: 'Put it into a migration of its own, and tell the tool to run that one without a transaction.',
        },
    ];
}
function outsideOnly(node) {
    if ('IndexStmt' in node && node.IndexStmt.concurrent) {
        return { what: 'CREATE INDEX CONCURRENTLY', object: written(nameOf(node.IndexStmt.relation)) };
    }
    if ('DropStmt' in node && node.DropStmt.concurrent) {
        return { what: 'DROP INDEX CONCURRENTLY', object: written(nameIn(node.DropStmt.objects?.[0])) };
    }
    if ('ReindexStmt' in node &&
        node.ReindexStmt.params?.some((param) => 'DefElem' in param && param.DefElem.defname === 'concurrently')) {
        return { what: 'REINDEX CONCURRENTLY', object: written(nameOf(node.ReindexStmt.relation)) };
    }
    if ('AlterTableStmt' in node) {
        const detach = commandsIn(node.AlterTableStmt.cmds).some(({ def }) => def && 'PartitionCmd' in def && def.PartitionCmd.concurrent);
        return detach
            ? { what: 'DETACH PARTITION CONCURRENTLY', object: written(nameOf(node.AlterTableStmt.relation)) }
            : undefined;
    }
    if ('VacuumStmt' in node && node.VacuumStmt.is_vacuumcmd)
        return { what: 'VACUUM', object: 'database' };
    return 'DropdbStmt' in node ? { what: 'DROP DATABASE', object: quoted(node.DropdbStmt.dbname ?? '') } : undefined;
}

;// CONCATENATED MODULE: ./lib/insight/lint/session.js

/** What the statement does to the transaction it is in. */
function transactionStep(node) {
    if (!('TransactionStmt' in node))
        return undefined;
    switch (node.TransactionStmt.kind) {
        case 'TRANS_STMT_BEGIN':
        case 'TRANS_STMT_START':
            return 'begin';
        case 'TRANS_STMT_COMMIT':
        case 'TRANS_STMT_ROLLBACK':
        case 'TRANS_STMT_PREPARE':
            return 'end';
        default:
            return undefined;
    }
}
/** Whether the statement sets a bound to waiting for locks, and for how long that holds. */
function lockTimeout(node) {
    if ('VariableSetStmt' in node)
        return fromSet(node.VariableSetStmt);
    if (!('SelectStmt' in node))
        return undefined;
    const call = node.SelectStmt.targetList?.flatMap((target) => {
        const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
        return value && 'FuncCall' in value ? [value.FuncCall] : [];
    })[0];
    const [name, value, local] = call?.args ?? [];
    if ((call?.funcname ?? []).flatMap(wordsOf).at(-1) !== 'set_config' || textOf(name) !== 'lock_timeout')
        return undefined;
    return {
        on: isSome(value),
        local: local !== undefined && 'A_Const' in local && local.A_Const.boolval?.boolval === true,
    };
}
function fromSet({ name, kind, args, is_local: local = false }) {
    if (kind === 'VAR_RESET_ALL')
        return { on: false, local: false };
    if (name !== 'lock_timeout')
        return undefined;
    return { on: kind === 'VAR_SET_VALUE' && isSome(args?.[0]), local };
}
/** `0`, with or without a unit, means: wait for ever. */
function isSome(value) {
    return !/^\s*0+\s*[a-z]*\s*$/i.test(textOf(value) ?? '0');
}
function textOf(node) {
    if (!node || !('A_Const' in node))
        return undefined;
    const { sval, ival, fval } = node.A_Const;
    return sval?.sval ?? (ival ? String(ival.ival ?? 0) : fval?.fval);
}

;// CONCATENATED MODULE: ./lib/insight/lint/strong-lock.js



/** Commands of ALTER TABLE that let others read and write meanwhile (SHARE UPDATE EXCLUSIVE). */
const mild = [
    'AT_SetStatistics',
    'AT_ValidateConstraint',
    'AT_ClusterOn',
    'AT_DropCluster',
    'AT_SetRelOptions',
    'AT_ResetRelOptions',
    'AT_AttachPartition',
];
const droppedTables = [
    'OBJECT_TABLE',
    'OBJECT_INDEX',
    'OBJECT_VIEW',
    'OBJECT_MATVIEW',
];
const renamedTables = [
    'OBJECT_COLUMN',
    'OBJECT_TABLE',
    'OBJECT_VIEW',
    'OBJECT_MATVIEW',
];
/** The first thing in use that the statement locks so that others must wait; undefined if there is none. */
function stronglyLocked(node, { history }) {
    return lockedBy(node).find((name) => !history.isMade(name));
}
function lockedBy(node) {
    if ('AlterTableStmt' in node) {
        const { relation, cmds, objtype } = node.AlterTableStmt;
        const strong = commandsIn(cmds).some(({ subtype, def }) => {
            const concurrent = def && 'PartitionCmd' in def && def.PartitionCmd.concurrent;
            return !mild.includes(subtype) && !concurrent;
        });
        return strong && (objtype === 'OBJECT_TABLE' || objtype === 'OBJECT_MATVIEW') ? [nameOf(relation)] : [];
    }
    if ('IndexStmt' in node)
        return node.IndexStmt.concurrent ? [] : [nameOf(node.IndexStmt.relation)];
    if ('DropStmt' in node)
        return droppedBy(node.DropStmt);
    if ('RenameStmt' in node) {
        const { renameType, relation } = node.RenameStmt;
        return renamedTables.includes(renameType) && relation ? [nameOf(relation)] : [];
    }
    if ('TruncateStmt' in node)
        return relationsIn(node.TruncateStmt.relations);
    if ('LockStmt' in node)
        return (node.LockStmt.mode ?? 0) >= 5 ? relationsIn(node.LockStmt.relations) : [];
    if ('ClusterStmt' in node)
        return [nameOf(node.ClusterStmt.relation)];
    if ('VacuumStmt' in node)
        return isFull(node.VacuumStmt) ? relationsIn(node.VacuumStmt.rels) : [];
    if ('RefreshMatViewStmt' in node)
        return node.RefreshMatViewStmt.concurrent ? [] : [nameOf(node.RefreshMatViewStmt.relation)];
    if ('CreateTrigStmt' in node)
        return [nameOf(node.CreateTrigStmt.relation)];
    if ('AlterObjectSchemaStmt' in node)
        return relationsIn([{ RangeVar: node.AlterObjectSchemaStmt.relation ?? {} }]);
    return [];
}
function droppedBy({ removeType, concurrent, objects = [] }) {
    return !concurrent && droppedTables.includes(removeType) ? objects.map(nameIn) : [];
}
function relationsIn(nodes = []) {
    return nodes.flatMap((node) => {
        if ('VacuumRelation' in node)
            return [nameOf(node.VacuumRelation.relation)];
        return 'RangeVar' in node && node.RangeVar.relname ? [nameOf(node.RangeVar)] : [];
    });
}

;// CONCATENATED MODULE: ./lib/insight/lint/walk.js







/** Judges every statement with what came before it in mind. The most dangerous first. */
function walk(scripts, look) {
    const state = { look, transactions: 0, local: false, warned: false, slow: new Map(), findings: [] };
    let file;
    for (const script of scripts) {
        enter(state, script, script.file === file);
        file = script.file;
        for (const step of script.steps)
            judgeStep(state, step, file);
    }
    return [...state.findings, ...longTransactions(state)].sort(insight/* byDanger */.d7);
}
/** Another file is another session; the same one goes on where it was. */
function enter(state, { inTransaction }, sameFile) {
    const { history } = state.look;
    if (!sameFile) {
        state.warned = false;
        history.lockTimeout = false;
    }
    if (sameFile && inTransaction && history.transaction !== undefined)
        return;
    history.transaction = inTransaction ? ++state.transactions : undefined;
}
function judgeStep(state, step, file) {
    const { look } = state;
    const { history } = look;
    followSession(state, step);
    const outside = history.transaction;
    // A body is one statement to the server, so its statements share a transaction.
    if (step.inBody)
        history.transaction ??= ++state.transactions;
    const place = { statement: step.text, line: step.line, ...(file !== undefined && { file }) };
    const hazards = judgeStatement(step.node, look);
    const findings = hazards.map((hazard) => findingOf(hazard, place));
    state.findings.push(...findings);
    const slow = findings.find((finding, index) => hazards[index]?.grows && isSlow(finding));
    if (slow && history.transaction !== undefined) {
        state.slow.set(history.transaction, [...(state.slow.get(history.transaction) ?? []), slow]);
    }
    const locked = history.lockTimeout || state.warned ? undefined : stronglyLocked(step.node, look);
    if (locked) {
        state.warned = true;
        state.findings.push(findingOf(noLockTimeout(written(locked)), place));
    }
    const { tables, others } = namesMade(step.node);
    for (const name of [...tables, ...others])
        history.make(name);
    if (step.inBody)
        history.transaction = outside;
}
function followSession(state, { node }) {
    const { history } = state.look;
    const step = transactionStep(node);
    if (step === 'begin')
        history.transaction ??= ++state.transactions;
    if (step === 'end') {
        history.transaction = undefined;
        if (state.local)
            history.lockTimeout = state.local = false;
    }
    const timeout = lockTimeout(node);
    if (!timeout || (timeout.local && history.transaction === undefined))
        return;
    history.lockTimeout = timeout.on;
    state.local = timeout.local;
}
function findingOf(hazard, place) {
    const { rule, kind, object, detail, advice } = hazard;
    const bytes = kind === 'rewrite' || kind === 'scan' ? hazard.grows?.facts?.bytes : undefined;
    return {
        ...{ kind, severity: weigh(hazard), rule, object, detail, advice, source: 'static' },
        ...place,
        ...(bytes !== undefined && { bytes }),
    };
}
function isSlow({ kind, severity }) {
    return severity !== 'low' && (kind === 'lock' || kind === 'rewrite' || kind === 'scan');
}
function longTransactions({ slow }) {
    return [...slow.values()].flatMap((findings) => {
        const [first, last] = [findings[0], findings.at(-1)];
        if (!first || !last || findings.length < 2)
            return [];
        const { statement, file, line } = last;
        const hazard = {
            rule: 'long-transaction',
            kind: 'lock',
            severity: 'medium',
            object: first.object,
            detail: `${findings.length} statements that take long share a transaction: the locks of the first (line ${first.line ?? 0}) are held until the last is done.`,
            advice: 'Give each statement a transaction, or a migration, of its own.',
        };
        return [
            findingOf(hazard, {
                ...(statement !== undefined && { statement }),
                ...(file !== undefined && { file }),
                ...(line !== undefined && { line }),
            }),
        ];
    });
}
function noLockTimeout(object) {
    return {
        rule: 'no-lock-timeout',
        kind: 'lock',
        severity: 'low',
        object,
        detail: 'No bound is set to waiting for locks: behind one long query this waits, and everyone else waits behind it.',
        advice: "SET lock_timeout = '2s' first, and try again when it fails.",
    };
}

;// CONCATENATED MODULE: ./lib/insight/lint/lint.js








/**
 * What a migration would do to a database in use, read from its text alone, file after file in the order of their run.
 * With `tables` as production has them, a type change is judged by the old type, a small table weighs less and a large
 * one more; without, every table is one of unknown size. Source of the claims: the server, which the tests ask.
 */
async function lintStatements(inputs, tables = []) {
    const parser = await (0,sql_parser/* loadParser */.q)();
    const files = await Promise.all(inputs.map(async (input) => ({ input, ...(await (0,sql_statements/* splitStatements */.X)(input.sql)) })));
    const scripts = files.map(({ input, statements }) => ({
        file: input.file,
        inTransaction: input.inTransaction === true,
        steps: statements.flatMap((statement) => unfold(parser, statement)),
    }));
    const ahead = aheadOf(scripts.flatMap(({ steps }) => steps.map(({ node }) => node)));
    return {
        findings: walk(scripts, { history: new History(tables, ahead), typeFrom: (text) => typeFrom(parser, text) }),
        problems: files.flatMap(({ input: { file }, problems }) => problems.map((problem) => ({ ...problem, ...(file !== undefined && { file }) }))),
    };
}
function aheadOf(nodes) {
    const policies = nodes.flatMap((node) => 'CreatePolicyStmt' in node ? [keyOf(nameOf(node.CreatePolicyStmt.table))] : []);
    return { made: new Set(nodes.flatMap((node) => namesMade(node).others.map(keyOf))), policies: new Set(policies) };
}

;// CONCATENATED MODULE: ./lib/insight/locks/modes.js
/**
 * Locks of a table that somebody else can come to wait for, weakest first. Weaker ones are those of every query.
 * Source: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
 */
const heavyModes = [
    'ShareUpdateExclusiveLock',
    'ShareLock',
    'ShareRowExclusiveLock',
    'ExclusiveLock',
    'AccessExclusiveLock',
];
/** The higher, the more it keeps others from doing. */
function strength(mode) {
    return heavyModes.indexOf(mode);
}

;// CONCATENATED MODULE: ./lib/insight/locks/safer.js
const lockWays = [
    [/^create\s+(unique\s+)?index\b/i, 'CREATE INDEX CONCURRENTLY, outside a transaction.'],
    [/^drop\s+index\b/i, 'DROP INDEX CONCURRENTLY, outside a transaction.'],
    [/^reindex\b/i, 'REINDEX … CONCURRENTLY, outside a transaction.'],
    [/^refresh\s+materialized\b/i, 'REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view.'],
    [/^(vacuum|cluster)\b/i, 'Plain VACUUM, or pg_repack where the disk must get its space back.'],
    [/^truncate\b/i, 'Delete in batches, or set lock_timeout and do it in a transaction of its own.'],
    [/^lock\b/i, 'Lock single rows with SELECT … FOR UPDATE, or keep the transaction as short as can be.'],
    [/\bdetach\s+partition\b/i, 'DETACH PARTITION … CONCURRENTLY, outside a transaction.'],
    [/\bforeign\s+key\b|\breferences\b/i, 'Add the constraint NOT VALID, and VALIDATE it in a transaction of its own.'],
];
/** The safer way for a statement that locks, in one line. */
function saferLock(statement, mode) {
    const known = wayFor(lockWays, statement) ?? wayFor(scanWays, statement);
    if (known !== undefined)
        return known;
    return mode === 'AccessExclusiveLock'
        ? 'Set lock_timeout, keep the transaction to this one statement, and do it when few use the table.'
        : 'Keep the transaction to this one statement, and do it when few write the table.';
}
const rewriteWays = [
    [
        /type of a column/,
        'Add a column of the new type, fill it in batches, keep both in step by a trigger, and then change over.',
    ],
    [/default/, 'Add the column without the default, set the default for new rows, and fill the old ones in batches.'],
];
/** The safer way for what wrote a table anew, in one line. */
function saferRewrite(reason, statement) {
    return (wayFor(rewriteWays, reason) ??
        wayFor(lockWays, statement) ??
        'Make a new table beside it, fill it in batches, and then change over.');
}
const scanWays = [
    [
        /\bset\s+not\s+null\b/i,
        'Add CHECK (… IS NOT NULL) NOT VALID, VALIDATE it in a transaction of its own, and then SET NOT NULL.',
    ],
    [/\b(primary\s+key|unique|exclude)\b/i, 'CREATE UNIQUE INDEX CONCURRENTLY, and then ADD CONSTRAINT … USING INDEX.'],
    [/\battach\s+partition\b/i, 'Give the partition a valid CHECK of its bounds before you attach it.'],
    [/\bcheck\b/i, 'Add the constraint NOT VALID, and VALIDATE it in a transaction of its own.'],
];
/** The safer way for what read a whole table, in one line. */
function saferScan(statement, constraint) {
    const notNull = constraint?.startsWith('NOT NULL') ? 'SET NOT NULL' : undefined;
    return (wayFor(scanWays, statement) ??
        wayFor(lockWays, statement) ??
        wayFor(scanWays, notNull) ??
        'Add the constraint NOT VALID, and VALIDATE it in a transaction of its own.');
}
function wayFor(ways, text = '') {
    return ways.find(([pattern]) => pattern.test(text.trim()))?.[1];
}

;// CONCATENATED MODULE: ./lib/insight/locks/findings.js




/** As in lint/hazard.ts: small is done before anyone notices, large is an outage at any rate a disk has. */
const findings_small = { rows: 10_000, bytes: 8_000_000 };
const findings_large = { rows: 1_000_000, bytes: 1_000_000_000 };
/** Milliseconds that users take for slow, and for an outage, whatever the size of the table. */
const slow = 200;
const outage = 2000;
/**
 * What of the report is a danger to production, worst first. A lock that only lasts as long as a change of the catalog is
 * none. Sizes are production's where `production` has the table, else the branch's, which may hold far less.
 */
function findingsOfLocks(report, production = []) {
    const known = new Map(production.map((table) => [written(table), table]));
    const sizeOf = (relation, branch) => known.get(relation) ?? branch;
    return [
        ...report.relations.flatMap((lock) => lockFinding(lock, { report, size: sizeOf(lock.relation, sizeOnBranch(lock)) })),
        ...report.rewrites.map((rewrite) => rewriteFinding(rewrite, sizeOf(rewrite.relation, rewrite))),
        ...report.scans.flatMap((scan) => scanFinding(scan, sizeOf(scan.relation, findings_scanned(scan)))),
    ].sort(insight/* byDanger */.d7);
}
function sizeOnBranch({ rows, sizeBytes }) {
    return { bytes: sizeBytes, ...(rows !== undefined && { rows }) };
}
function findings_scanned({ tuples, bytes }) {
    return { bytes, ...(tuples !== undefined && { rows: tuples }) };
}
const meanwhile = {
    ShareUpdateExclusiveLock: undefined,
    ShareLock: 'nobody could write the table',
    ShareRowExclusiveLock: 'nobody could write the table',
    ExclusiveLock: 'nobody could write the table',
    AccessExclusiveLock: 'nobody could read or write the table',
};
const rules = {
    ShareUpdateExclusiveLock: 'share-update-exclusive',
    ShareLock: 'share-lock',
    ShareRowExclusiveLock: 'share-row-exclusive',
    ExclusiveLock: 'exclusive-lock',
    AccessExclusiveLock: 'access-exclusive',
};
function lockFinding(lock, { report, size }) {
    const { relation, mode, ms, waited, statement, statementMs } = lock;
    const blocks = meanwhile[mode];
    if (!blocks)
        return [];
    const works = worksThrough(lock, report);
    // Who waits for the lock makes all that come after wait behind it.
    const total = ms + waited;
    if (!works && total < slow)
        return [];
    const dragged = statementMs !== undefined && ms - statementMs > Math.max(slow, statementMs);
    const reads = mode === 'AccessExclusiveLock';
    const base = total >= outage ? 'high' : reads || total >= outage / 2 ? 'medium' : 'low';
    const waiting = waited >= slow ? `, after it had waited for ${seconds(waited)} with everybody behind it` : '';
    const rest = dragged
        ? ': the statement itself was done long before, and the lock lasted to the end of its transaction'
        : '';
    const grows = works ? `; the time grows with the table${inProduction(size)}` : '';
    return [
        {
            kind: 'lock',
            rule: rules[mode],
            severity: works ? findings_weigh(reads ? 'high' : 'medium', size) : base,
            object: relation,
            detail: `For ${seconds(ms)} ${blocks}${waiting}${rest}${grows}.`,
            advice: dragged && !works ? 'End the transaction right after this statement.' : saferLock(statement, mode),
            ms: total,
            ...given(statement),
            source: 'observed',
        },
    ];
}
/** The statement did not only change the catalog: it wrote or read the whole table under this lock. */
function worksThrough({ relation, mode, statement }, { rewrites, scans }) {
    return (rewrites.some((one) => one.relation === relation && one.statement === statement) ||
        scans.some((one) => one.relation === relation && one.statement === statement && one.mode === mode));
}
function rewriteFinding({ relation, reason, bytes, ms, statement }, size) {
    return {
        kind: 'rewrite',
        rule: 'table-rewrite',
        severity: findings_weigh('high', size),
        object: relation,
        detail: `The whole table and its indexes were written anew: ${reason}${inProduction(size)}.`,
        advice: saferRewrite(reason, statement),
        ...(ms !== undefined && { ms }),
        bytes: size.bytes ?? bytes,
        ...given(statement),
        source: 'observed',
    };
}
/** Under a lock that lets others read and write, a scan is the safer way already; an index is built under the lock told of. */
function scanFinding({ relation, constraint, mode, bytes, ms, statement }, size) {
    if (mode === undefined || strength(mode) <= strength('ShareLock'))
        return [];
    return [
        {
            kind: 'scan',
            rule: 'full-scan',
            severity: findings_weigh(mode === 'AccessExclusiveLock' ? 'high' : 'medium', size),
            object: relation,
            detail: `Every row was read${constraint ? ` to prove ${constraint}` : ''} while ${meanwhile[mode]}${inProduction(size)}.`,
            advice: saferScan(statement, constraint),
            ...(ms !== undefined && { ms }),
            bytes: size.bytes ?? bytes,
            ...given(statement),
            source: 'observed',
        },
    ];
}
const findings_ladder = ['low', 'medium', 'high'];
/** One step down on a table known to be small, one up on a large one. */
function findings_weigh(severity, { rows, bytes }) {
    const at = findings_ladder.indexOf(severity);
    if ((rows ?? 0) >= findings_large.rows || (bytes ?? 0) >= findings_large.bytes)
        return findings_ladder[Math.min(2, at + 1)] ?? severity;
    const isSmall = rows !== undefined && rows <= findings_small.rows && (bytes ?? 0) <= findings_small.bytes;
    return isSmall ? (findings_ladder[Math.max(0, at - 1)] ?? severity) : severity;
}
function inProduction({ rows }) {
    return rows === undefined ? '' : ` (about ${rows.toLocaleString('en-US')} rows)`;
}
function seconds(ms) {
    return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
function given(statement) {
    return statement === undefined ? {} : { statement };
}

// EXTERNAL MODULE: ./lib/sql/session.js
var sql_session = __webpack_require__(3480);
;// CONCATENATED MODULE: ./lib/insight/locks/holds.js
/** Puts the samples of a whole watch together, one after the other. */
class Observations {
    holds = [];
    /** The longest time between two looks. */
    widestGap = 0;
    messages = new Map();
    open = new Map();
    last;
    add(sample) {
        const previous = this.last ?? sample.at;
        this.widestGap = Math.max(this.widestGap, sample.at - previous);
        const sessions = new Map(sample.sessions.map((session) => [session.pid, session]));
        const seen = new Set();
        for (const session of sample.sessions) {
            this.follow(session, sample.at);
            for (const lock of session.locks ?? []) {
                const key = `${session.pid} ${lock.relation} ${lock.mode}`;
                // The same lock twice, by the session and by its transaction, is one.
                if (!seen.has(key))
                    this.see(key, { lock, session, at: sample.at, previous });
                seen.add(key);
            }
        }
        for (const [key, open] of this.open) {
            if (seen.has(key))
                continue;
            this.close(key, { open, session: sessions.get(open.hold.pid), at: sample.at });
        }
        this.last = sample.at;
    }
    get statements() {
        return [...this.messages.values()];
    }
    follow({ pid, state, started, changed, query }, at) {
        if (started === null)
            return;
        const key = `${pid} ${started}`;
        const known = this.messages.get(key);
        // An idle session has its end to the microsecond; a working one has worked at least until now.
        const ended = state === 'active' ? at : (changed ?? at);
        if (known)
            known.ended = Math.max(known.ended, ended);
        else if (query)
            this.messages.set(key, { pid, started, ended: Math.max(started, ended), query });
    }
    see(key, seen) {
        const { lock, session, at } = seen;
        const known = this.open.get(key);
        const same = known && (known.transaction === lock.transaction || known.started === session.started);
        if (known && !same)
            this.close(key, { open: known, session, at });
        const open = (same ? known : undefined) ?? this.begin(key, seen);
        if (lock.granted && !open.granted) {
            // Granted at some time since the last look; what it waited until then is what was seen of the waiting.
            const grantedAt = (open.seen + at) / 2;
            open.hold.waited = Math.max(0, grantedAt - open.hold.from);
            open.hold.from = grantedAt;
        }
        open.granted = lock.granted || open.granted;
        open.transaction = lock.transaction;
        open.started = session.started;
        open.seen = at;
        open.hold.until = at;
        if (session.wait?.startsWith('Lock:'))
            open.hold.wait = session.wait;
    }
    begin(key, { lock, session, at, previous }) {
        const { pid, started, query } = session;
        // A statement takes its locks as it starts; one that started before the last look took this one in between.
        const from = started !== null && started > previous && started <= at ? started : (previous + at) / 2;
        const open = {
            hold: {
                ...{ pid, relation: lock.relation, mode: lock.mode, from, until: at, waited: 0 },
                query: query ?? undefined,
                wait: undefined,
            },
            ...{ transaction: lock.transaction, started, granted: lock.granted, seen: at },
        };
        this.holds.push(open.hold);
        this.open.set(key, open);
        return open;
    }
    close(key, { open, session, at }) {
        this.open.delete(key);
        const { hold, seen, granted } = open;
        if (!granted) {
            hold.waited = seen - hold.from;
            hold.until = hold.from;
            return;
        }
        const between = (seen + at) / 2;
        const { state, started, changed } = session ?? { state: 'gone', started: null, changed: null };
        const inside = (time) => time !== null && time >= seen && time <= at;
        if (state?.startsWith('idle') && inside(changed))
            hold.until = changed ?? between;
        else
            hold.until = inside(started) ? Math.min(started ?? between, between) : between;
    }
}

;// CONCATENATED MODULE: ./lib/insight/locks/recorder-sql.js

/** A schema of our own: migration tools refuse or report what they do not know in theirs. */
const recorderSchema = 'db_branch_locks';
/** Tells our schema from one that somebody else gave this name. */
const recorderMark = 'db-branch-action: lock recorder, there only while a migration runs';
const recorder_sql_modes = heavyModes.map((mode) => `'${mode}'`).join(', ');
/**
 * Scans of this transaction so far, and the rows they read, by table and by index. They are counted in the session itself, so they cost nothing and
 * are exact; sources: pgstat_count_heap_scan and pg_stat_get_xact_*.
 */
const scansNow = `SELECT c.oid::int8 AS relation, pg_stat_get_xact_numscans(c.oid) AS scans,
         pg_stat_get_xact_tuples_returned(c.oid) AS tuples
    FROM pg_class c WHERE c.relkind IN ('r', 'm', 'i') AND c.oid >= 16384`;
/**
 * Runs as its owner whatever the role of the migration, so nothing in it may be found along the path of that role.
 * It must never fail the migration: an error in it is swallowed and counted.
 */
const asOwner = 'LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp';
/**
 * Statements that install the recorder, as one transaction. Source: facts of the server, which the tests ask.
 *
 * What begins is kept in a setting of the session, not in a table: a write would give the transaction its id, and
 * DROP INDEX CONCURRENTLY refuses to run in a transaction that has one. The setting is a stack, because CREATE EXTENSION
 * runs statements inside a statement; it is rolled back with the transaction; it outlives the commits inside CREATE INDEX
 * CONCURRENTLY. Rows are only inserted, never looked up: under SERIALIZABLE a look-up could fail another transaction.
 */
const installRecorder = `
CREATE SCHEMA ${recorderSchema};
COMMENT ON SCHEMA ${recorderSchema} IS '${recorderMark}';
CREATE SEQUENCE ${recorderSchema}.missed;
CREATE UNLOGGED TABLE ${recorderSchema}.statements (id bigint GENERATED ALWAYS AS IDENTITY, xid text, pid int, tag text,
  query_at timestamptz, started timestamptz, ended timestamptz, sql text, context text);
CREATE UNLOGGED TABLE ${recorderSchema}.commits (statement bigint, at timestamptz);
CREATE UNLOGGED TABLE ${recorderSchema}.locks (xid text, relation oid, mode text, statement bigint, UNIQUE (xid, relation, mode));
CREATE UNLOGGED TABLE ${recorderSchema}.rewrites (statement bigint, relation oid, reason int, started timestamptz, bytes bigint);
CREATE UNLOGGED TABLE ${recorderSchema}.scans (statement bigint, relation oid, tuples bigint);

CREATE FUNCTION ${recorderSchema}.begins() RETURNS event_trigger ${asOwner} AS $f$
DECLARE
  outer_ones jsonb;
  counted jsonb;
BEGIN
  BEGIN
    outer_ones := coalesce(nullif(current_setting('${recorderSchema}.open', true), ''), '[]');
    SELECT jsonb_object_agg(relation, jsonb_build_array(scans, tuples)) INTO counted FROM (${scansNow}) n WHERE scans > 0;
    PERFORM set_config('${recorderSchema}.open', (jsonb_build_array(jsonb_build_object(
      'at', clock_timestamp(), 'scans', coalesce(counted, '{}'), 'rewrites', '[]'::jsonb)) || outer_ones)::text, false);
  EXCEPTION WHEN OTHERS THEN NULL;
  END;
END $f$;

CREATE FUNCTION ${recorderSchema}.rewrites() RETURNS event_trigger ${asOwner} AS $f$
DECLARE
  open_ones jsonb;
BEGIN
  BEGIN
    open_ones := coalesce(nullif(current_setting('${recorderSchema}.open', true), ''), '[]');
    PERFORM set_config('${recorderSchema}.open', jsonb_set(open_ones, '{0,rewrites}',
      (open_ones #> '{0,rewrites}') || jsonb_build_object('relation', pg_event_trigger_table_rewrite_oid()::int8,
        'reason', pg_event_trigger_table_rewrite_reason(), 'at', clock_timestamp()))::text, false);
  EXCEPTION WHEN OTHERS THEN NULL;
  END;
END $f$;

CREATE FUNCTION ${recorderSchema}.ends() RETURNS event_trigger ${asOwner} AS $f$
DECLARE
  ended timestamptz := clock_timestamp();
  transaction text;
  open_ones jsonb;
  mine jsonb;
  known_query text;
  place text;
  made bigint;
BEGIN
  BEGIN
    GET DIAGNOSTICS place = PG_CONTEXT;
    transaction := pg_current_xact_id()::text;
    open_ones := coalesce(nullif(current_setting('${recorderSchema}.open', true), ''), '[]');
    mine := coalesce(open_ones -> 0, '{}');
    known_query := current_setting('${recorderSchema}.told', true);
    PERFORM set_config('${recorderSchema}.open', (open_ones - 0)::text, false),
            set_config('${recorderSchema}.told', statement_timestamp()::text || transaction, false);
    INSERT INTO ${recorderSchema}.statements (xid, pid, tag, query_at, started, ended, sql, context)
    VALUES (transaction, pg_backend_pid(), tg_tag, statement_timestamp(),
            coalesce((mine ->> 'at')::timestamptz, statement_timestamp()), ended,
            CASE WHEN known_query IS DISTINCT FROM statement_timestamp()::text || transaction THEN left(current_query(), 500000) END,
            left(place, 20000))
    RETURNING id INTO made;
    INSERT INTO ${recorderSchema}.locks
    SELECT transaction, l.relation, l.mode, made FROM pg_locks l
     WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.relation >= 16384
       AND l.mode IN (${recorder_sql_modes})
    ON CONFLICT DO NOTHING;
    INSERT INTO ${recorderSchema}.rewrites
    SELECT made, (r ->> 'relation')::oid, (r ->> 'reason')::int, (r ->> 'at')::timestamptz,
           pg_total_relation_size((r ->> 'relation')::oid)
      FROM jsonb_array_elements(mine -> 'rewrites') r;
    INSERT INTO ${recorderSchema}.scans
    SELECT made, n.relation::oid, n.tuples - coalesce((mine #>> ARRAY['scans', n.relation::text, '1'])::int8, 0)
      FROM (${scansNow}) n
     WHERE n.scans > coalesce((mine #>> ARRAY['scans', n.relation::text, '0'])::int8, 0);
  EXCEPTION WHEN OTHERS THEN
    BEGIN
      PERFORM nextval('${recorderSchema}.missed');
    EXCEPTION WHEN OTHERS THEN NULL;
    END;
  END;
END $f$;

CREATE FUNCTION ${recorderSchema}.commits() RETURNS trigger ${asOwner} AS $f$
BEGIN
  BEGIN
    INSERT INTO ${recorderSchema}.commits VALUES (new.id, clock_timestamp());
  EXCEPTION WHEN OTHERS THEN NULL;
  END;
  RETURN NULL;
END $f$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${recorderSchema} FROM PUBLIC;
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON ${recorderSchema}.statements
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ${recorderSchema}.commits();
CREATE EVENT TRIGGER ${recorderSchema}_begins ON ddl_command_start EXECUTE FUNCTION ${recorderSchema}.begins();
CREATE EVENT TRIGGER ${recorderSchema}_rewrites ON table_rewrite EXECUTE FUNCTION ${recorderSchema}.rewrites();
CREATE EVENT TRIGGER ${recorderSchema}_ends ON ddl_command_end EXECUTE FUNCTION ${recorderSchema}.ends()`;

;// CONCATENATED MODULE: ./lib/insight/locks/inventory.js


/**
 * Reads the catalog. The sizes wait for nobody who holds a table longer than two seconds.
 * @throws ProviderError when the catalog cannot be read.
 */
async function takeInventory(sql) {
    await sql.query("SET lock_timeout = '2s'");
    const [row] = await sql.query(statement);
    if (!row)
        throw new Error('PostgreSQL answered without a row');
    const { relations, constraints } = row.inventory;
    return {
        relations: new Map(relations.map(({ oid, ...relation }) => [oid, relationOf(relation)])),
        constraints: new Map(constraints.map(({ key, ...constraint }) => [key, constraint])),
        walPosition: await walPosition(sql),
    };
}
function relationOf({ schema, name, table, file, rows, ...rest }) {
    return {
        ...rest,
        name: written({ schema, name }),
        table: table ?? undefined,
        file: file ?? undefined,
        rows: rows < 0 ? undefined : rows,
    };
}
/** Some platforms keep the log to themselves. */
async function walPosition(sql) {
    try {
        const [row] = await sql.query(`SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8 AS position`);
        return row?.position;
    }
    catch {
        return undefined;
    }
}
/**
 * An estimate of 0 with pages on disk is none, as in lint/facts.ts. A partitioned table is as large as its partitions. Since
 * 18 a column can be NOT NULL without a look at its rows: then a constraint that is not valid stands behind it.
 */
const statement = `
WITH seen AS MATERIALIZED (
  SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, i.indrelid AS "table",
         pg_relation_filenode(c.oid) AS file,
         CASE WHEN c.relkind IN ('r', 'm') THEN pg_relation_size(c.oid) ELSE 0 END AS "heapBytes",
         CASE WHEN c.relkind IN ('r', 'm') THEN pg_total_relation_size(c.oid)
              WHEN c.relkind = 'p' THEN (SELECT coalesce(sum(pg_total_relation_size(relid)), 0) FROM pg_partition_tree(c.oid))
              ELSE 0 END AS bytes,
         c.reltuples AS rows
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
   WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f', 'i', 'I') AND c.oid >= 16384
     AND n.nspname NOT IN ('pg_catalog', 'information_schema', '${recorderSchema}') AND n.nspname !~ '^pg_t')
SELECT json_build_object(
  'relations', (SELECT coalesce(json_agg(json_build_object('oid', s.oid::int8, 'schema', s.schema, 'name', s.name,
      'kind', s.kind, 'table', s.table::int8, 'file', s.file::int8, 'heapBytes', s."heapBytes", 'bytes', s.bytes,
      'rows', CASE WHEN s.rows = 0 AND s."heapBytes" > 0 THEN -1 ELSE s.rows END)), '[]') FROM seen s),
  'constraints', (SELECT coalesce(json_agg(x), '[]') FROM (
      SELECT 'c' || k.oid AS key, k.conrelid::int8 AS relation, k.conname AS name, k.convalidated AS validated
        FROM pg_constraint k JOIN seen s ON s.oid = k.conrelid WHERE k.contype IN ('c', 'f')
      UNION ALL
      SELECT 'n' || a.attrelid || '.' || a.attnum, a.attrelid::int8, 'NOT NULL ' || quote_ident(a.attname),
             a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = a.attrelid AND k.contype = 'n'
               AND k.conkey = ARRAY[a.attnum] AND NOT k.convalidated)
        FROM pg_attribute a JOIN seen s ON s.oid = a.attrelid AND s.kind IN ('r', 'p')
       WHERE a.attnum > 0 AND NOT a.attisdropped) x)) AS inventory`;

;// CONCATENATED MODULE: ./lib/insight/locks/recorder.js



/** Why there is no recorder; undefined when there is one. Leaves nothing behind when it fails. */
async function install(sql) {
    try {
        await removeRecorder(sql);
        await sql.query(installRecorder);
        return undefined;
    }
    catch (error) {
        if ((0,sql_session/* sqlState */.cn)(error) === '42501')
            return 'the role of the branch may not create event triggers';
        return (0,errors/* messageOf */.bD)(error);
    }
}
/**
 * Takes away what this watch or one that died left. The event triggers go first and apart, so that nothing is recorded any
 * more even where the rest has to wait for a transaction that still runs.
 * @throws ProviderError when the schema is somebody else's, or still in use after two seconds.
 */
async function removeRecorder(sql) {
    const [found] = await sql.query(`SELECT coalesce(obj_description(n.oid, 'pg_namespace') = $2, false) AS ours,
            ARRAY(SELECT quote_ident(t.evtname) FROM pg_event_trigger t JOIN pg_proc p ON p.oid = t.evtfoid
                   WHERE p.pronamespace = n.oid) AS triggers
       FROM pg_namespace n WHERE n.nspname = $1`, [recorderSchema, recorderMark]);
    if (!found?.ours)
        return;
    for (const trigger of found.triggers)
        await sql.query(`DROP EVENT TRIGGER IF EXISTS ${trigger}`);
    await sql.query(`SET LOCAL lock_timeout = '2s'; DROP SCHEMA IF EXISTS ${recorderSchema} CASCADE`);
}
const ms = (column) => `(extract(epoch FROM ${column}) * 1000)::float8`;
const readStatement = `
SELECT json_build_object(
  'statements', (SELECT coalesce(json_agg(s ORDER BY s.id), '[]') FROM (
     SELECT s.id, s.xid, s.pid, s.tag, ${ms('s.query_at')} AS "queryAt", ${ms('s.started')} AS started,
            ${ms('s.ended')} AS ended, s.sql, s.context,
            ${ms('coalesce((SELECT max(c.at) FROM mine c WHERE c.xid = s.xid), s.ended)')} AS committed
       FROM ${recorderSchema}.statements s) s),
  'locks', (SELECT coalesce(json_agg(json_build_object('xid', xid, 'relation', relation::int8, 'mode', mode,
       'statement', statement)), '[]') FROM ${recorderSchema}.locks),
  'rewrites', (SELECT coalesce(json_agg(json_build_object('statement', statement, 'relation', relation::int8,
       'reason', reason, 'started', ${ms('started')}, 'bytes', bytes) ORDER BY started), '[]') FROM ${recorderSchema}.rewrites),
  'scans', (SELECT coalesce(json_agg(json_build_object('statement', statement, 'relation', relation::int8,
       'tuples', tuples)), '[]') FROM ${recorderSchema}.scans),
  'missed', (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM ${recorderSchema}.missed)) AS recording`;
/** What was recorded of transactions that came to their end; of one that was rolled back nothing is left. */
async function readRecording(sql) {
    const [row] = await sql.query(`WITH mine AS MATERIALIZED (
       SELECT s.xid, max(c.at) AS at FROM ${recorderSchema}.commits c JOIN ${recorderSchema}.statements s ON s.id = c.statement
        GROUP BY s.xid) ${readStatement}`);
    if (!row)
        throw new Error('PostgreSQL answered without a row');
    return row.recording;
}

;// CONCATENATED MODULE: ./lib/insight/locks/recorded-holds.js
/**
 * The recorder knows each end to the COMMIT, and that a lock was taken in the course of a statement; the sampler knows the
 * waiting, and what was locked by other means than a change of the schema. Where both saw a lock, the recorder's times
 * count, unless the sampler saw it well before or after them.
 */
function holdsOf({ recording, texts, sampled, gap }) {
    const byId = new Map(recording?.statements.map((statement) => [statement.id, statement]));
    const matched = new Set();
    const recorded = (recording?.locks ?? []).flatMap((lock) => {
        const statement = byId.get(lock.statement);
        if (!statement)
            return [];
        const { pid, started: from, committed: until } = statement;
        const same = sampled.filter((hold) => hold.pid === pid &&
            hold.relation === lock.relation &&
            hold.mode === lock.mode &&
            hold.from - gap <= until &&
            hold.until + gap >= from);
        for (const hold of same)
            matched.add(hold);
        return [joined({ lock, statement, text: texts.get(statement.id), seen: same[0], gap })];
    });
    const alone = sampled
        .filter((hold) => !matched.has(hold))
        .map(({ query, ...hold }) => ({ ...hold, statement: query, statementMs: undefined, exact: false }));
    return [...recorded, ...alone];
}
function joined({ lock, statement, text, seen, gap }) {
    const { pid, started, ended, committed } = statement;
    // Seen well before: an earlier statement of the transaction took it, such as LOCK TABLE.
    const earlier = seen !== undefined && seen.from < started - gap;
    const waited = earlier ? 0 : (seen?.waited ?? 0);
    const from = earlier || waited > 0 ? (seen?.from ?? started) : started;
    const until = seen && seen.until > committed + gap ? seen.until : committed;
    return {
        ...{ pid, relation: lock.relation, mode: lock.mode, from, until: Math.max(from, until) },
        ...{ waited: seen?.waited ?? 0, wait: seen?.wait, exact: true },
        statement: earlier ? seen.query : text,
        statementMs: earlier ? undefined : ended - started,
    };
}

;// CONCATENATED MODULE: ./lib/insight/locks/texts.js

/** Characters of a statement that a report keeps. */
const longest = 2000;
function cutStatement(text) {
    const trimmed = text.trim();
    return trimmed.length > longest ? `${trimmed.slice(0, longest)}…` : trimmed;
}
/**
 * The text of each recorded statement, by id. The server knows the client's whole message, which is a whole file with
 * tools such as Prisma: it is split, and its statements are matched in their order by the names of their commands. A
 * statement inside a function or DO has its text in the call stack.
 */
async function textsOf(statements) {
    const texts = new Map();
    let message;
    for (const statement of statements) {
        const same = message?.pid === statement.pid && message.queryAt === statement.queryAt;
        if (!same || !message || statement.sql !== null) {
            message = { ...statement, whole: statement.sql ?? '', parts: await partsOf(statement.sql ?? ''), next: 0 };
        }
        texts.set(statement.id, cutStatement(innerText(statement.context) ?? partOf(message, statement.tag)));
    }
    return texts;
}
async function partsOf(whole) {
    // One statement needs no parser: a semicolon is at most at its end.
    if (!/;\s*\S/.test(whole))
        return [whole];
    const { statements } = await (0,sql_statements/* splitStatements */.X)(whole);
    return statements.map(({ text }) => text);
}
function partOf(message, tag) {
    const at = message.parts.findIndex((part, index) => index >= message.next && isCommand(part, tag));
    if (at < 0)
        return message.whole;
    message.next = at + 1;
    return message.parts[at] ?? message.whole;
}
/** `CREATE INDEX` is the command of `create unique index concurrently`, `SELECT INTO` that of `select … into`. */
function isCommand(text, tag) {
    const words = text.replace(/^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '').toUpperCase();
    const [first = '', ...rest] = tag.split(' ');
    if (!words.startsWith(first))
        return false;
    const head = words.slice(0, first === 'SELECT' ? undefined : 200);
    return new RegExp(`^${first}\\b[\\s\\S]*?${rest.map((word) => `\\b${word}\\b`).join('[\\s\\S]*?')}`).test(head);
}
/** Source: the stack that GET DIAGNOSTICS … PG_CONTEXT gives, innermost first. */
function innerText(context) {
    return /^SQL statement "([\s\S]*?)"(?=\n(?:PL\/pgSQL|SQL) function )/m.exec(context)?.[1];
}

;// CONCATENATED MODULE: ./lib/insight/locks/relations.js


/**
 * The locks that mean something to others: on what stood before the migration, and not covered by a stronger one on the
 * same table; the most dangerous first.
 */
function heldLocks(holds, { relations }) {
    const onOld = holds.filter(({ relation }) => relations.has(relation));
    const groups = new Map();
    for (const hold of onOld) {
        if (onOld.some((other) => covers(other, hold, relations)))
            continue;
        const lock = described(hold, relations);
        const key = JSON.stringify([lock.relation, lock.mode, lock.statement]);
        const known = groups.get(key);
        if (!known)
            groups.set(key, lock);
        else
            groups.set(key, { ...(lock.ms + lock.waited > known.ms + known.waited ? lock : known), times: known.times + 1 });
    }
    return [...groups.values()].sort((a, b) => strength(b.mode) - strength(a.mode) ||
        b.ms + b.waited - (a.ms + a.waited) ||
        a.relation.localeCompare(b.relation) ||
        (a.statement ?? '').localeCompare(b.statement ?? ''));
}
/** Milliseconds by which two looks at one moment may differ. */
const relations_blur = 50;
function covers(strong, weak, relations) {
    if (strong === weak || strong.pid !== weak.pid)
        return false;
    const ofIndex = relations.get(weak.relation)?.table === strong.relation;
    if (strong.relation !== weak.relation && !ofIndex)
        return false;
    const higher = strength(strong.mode) - strength(weak.mode);
    if (ofIndex ? higher < 0 : higher <= 0)
        return false;
    return strong.from <= weak.from + relations_blur && strong.until + relations_blur >= weak.until;
}
function described(hold, relations) {
    const own = relations.get(hold.relation);
    // A locked index holds up the queries of its table: the planner asks for every index.
    const sized = own?.table === undefined ? own : relations.get(own.table);
    return {
        relation: own?.name ?? String(hold.relation),
        mode: hold.mode,
        ms: Math.max(0, hold.until - hold.from),
        waited: hold.waited,
        ...(hold.wait !== undefined && { wait: hold.wait }),
        times: 1,
        ...(hold.statement !== undefined && { statement: cutStatement(hold.statement) }),
        ...(hold.statementMs !== undefined && { statementMs: hold.statementMs }),
        sizeBytes: sized?.bytes ?? 0,
        ...(sized?.rows !== undefined && { rows: sized.rows }),
        exact: hold.exact,
    };
}

;// CONCATENATED MODULE: ./lib/insight/locks/sampler.js


/** Milliseconds from one look to the next. */
const samplingInterval = 20;
const sampler_modes = heavyModes.map((mode) => `'${mode}'`).join(', ');
const sampler_ms = (column) => `(extract(epoch FROM ${column}) * 1000)::float8`;
/** Autovacuum and its kind are no part of a migration, and our own sessions neither. */
const sampler_statement = `
SELECT ${sampler_ms('clock_timestamp()')} AS at, coalesce(json_agg(s), '[]') AS sessions FROM (
  SELECT a.pid, a.state, ${sampler_ms('a.query_start')} AS started, ${sampler_ms('a.state_change')} AS changed,
         CASE WHEN a.state <> 'idle' THEN left(a.query, 4000) END AS query,
         CASE WHEN a.state = 'active' THEN a.wait_event_type || ':' || a.wait_event END AS wait, l.locks
    FROM pg_stat_activity a
    LEFT JOIN (SELECT k.pid, json_agg(json_build_object('relation', k.relation::int8, 'mode', k.mode,
                      'granted', k.granted, 'transaction', k.virtualtransaction)) AS locks
                 FROM pg_locks k
                WHERE k.locktype = 'relation' AND k.relation >= 16384 AND k.mode IN (${sampler_modes})
                  AND k.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                GROUP BY k.pid) l ON l.pid = a.pid
   WHERE a.datname = current_database() AND a.backend_type = 'client backend' AND a.pid <> ALL ($1)) s`;
/**
 * Looks on and on, each time in a transaction of its own: an open snapshot would hold up CREATE INDEX CONCURRENTLY. It
 * goes on until it is stopped or a look fails.
 */
function startSampler(sql, { clock, ours, take }) {
    let stopped = false;
    const look = async () => {
        const [sample] = await sql.query(sampler_statement, [ours]);
        if (sample)
            take(sample);
    };
    const sampling = (async () => {
        while (!stopped) {
            const began = clock.elapsed();
            await look();
            await clock.sleep(Math.max(1, samplingInterval - (clock.elapsed() - began)));
        }
        await look();
    })();
    const ended = sampling.then(() => undefined, (error) => (0,errors/* messageOf */.bD)(error));
    return {
        stop() {
            stopped = true;
            return ended;
        },
    };
}

;// CONCATENATED MODULE: ./lib/insight/locks/timed.js

/** Statements a report keeps: the longest. */
const most = 200;
/** The rest of a message is told apart from what was recorded of it when it is this many milliseconds, and this share. */
const rest = { ms: 20, share: 0.2 };
/**
 * Each change of the schema as recorded, and each message of a client that was seen and is more than what was recorded of
 * it; in the order of their start.
 */
function timedStatements(recording, texts, running) {
    const recorded = (recording?.statements ?? []).map(({ id, pid, queryAt, started, ended }) => ({
        ...{ pid, queryAt, started },
        sql: texts.get(id) ?? '',
        ms: ended - started,
    }));
    const messages = running.flatMap(({ pid, started, ended, query }) => {
        const inside = recorded.filter((one) => one.pid === pid && Math.abs(one.queryAt - started) < 1);
        const ms = ended - started;
        const more = ms - inside.reduce((sum, one) => sum + one.ms, 0);
        const known = inside.length > 0 && (more < rest.ms || more < rest.share * ms);
        return known ? [] : [{ started, sql: cutStatement(query), ms }];
    });
    const all = [...recorded, ...messages];
    const longest = new Set([...all].sort((a, b) => b.ms - a.ms).slice(0, most));
    const statements = all
        .filter((one) => longest.has(one))
        .sort((a, b) => a.started - b.started)
        .map(({ sql, ms }) => ({ sql, ms }));
    return { statements, leftOut: all.length - statements.length };
}

;// CONCATENATED MODULE: ./lib/insight/locks/work.js


const reasons = [
    [1, 'the table was made logged or unlogged'],
    [2, 'a new column has a default or a computed value that differs from row to row'],
    [4, 'the type of a column was changed'],
    [8, 'the access method was changed'],
];
/** Tables written anew: as the server told, and those that have a new file all the same (VACUUM FULL and its kind). */
function rewritesOf({ before, after, recording, texts, holds }) {
    const recorded = (recording?.rewrites ?? []).filter(({ relation }) => before.relations.has(relation));
    const told = recorded.map((rewrite, index) => {
        const next = recorded[index + 1];
        const ended = recording?.statements.find(({ id }) => id === rewrite.statement)?.ended ?? rewrite.started;
        const until = next?.statement === rewrite.statement ? next.started : ended;
        return {
            relation: before.relations.get(rewrite.relation)?.name ?? '',
            reason: reasons.flatMap(([bit, reason]) => (rewrite.reason & bit ? [reason] : [])).join(', and ') || 'written anew',
            bytes: rewrite.bytes,
            ms: Math.max(0, until - rewrite.started),
            ...work_textOf(texts.get(rewrite.statement)),
        };
    });
    const known = new Set(recorded.map(({ relation }) => relation));
    const found = [...before.relations].flatMap(([oid, old]) => {
        const now = after?.relations.get(oid);
        if (known.has(oid) || !now || now.file === old.file || old.file === undefined || !'rm'.includes(old.kind))
            return [];
        const hold = holds.filter(({ relation }) => relation === oid).sort((a, b) => strength(b.mode) - strength(a.mode))[0];
        // TRUNCATE takes a new file too, and writes nothing.
        const emptied = (old.heapBytes > 0 && now.heapBytes === 0) || /^\s*truncate\b/i.test(hold?.statement ?? '');
        if (emptied)
            return [];
        const reason = /\b(vacuum|cluster|refresh materialized view)\b/i.exec(hold?.statement ?? '')?.[1]?.toUpperCase();
        return [
            {
                relation: old.name,
                reason: reason ? `${reason} writes it anew` : 'it has a new file',
                bytes: now.bytes,
                ...(hold && { ms: hold.until - hold.from }),
                ...work_textOf(hold?.statement),
            },
        ];
    });
    return [...told, ...found];
}
/**
 * Tables read as a whole by a change of the schema. With the recorder these are the reads the server counted, by statement;
 * without, what the catalog calls validated now and did not before.
 */
function scansOf(traces) {
    const proven = newlyProven(traces);
    return traces.recording ? countedScans(traces, traces.recording, proven) : impliedScans(traces, proven);
}
/** Constraints that hold for all rows of an old table since the migration, by table. */
function newlyProven({ before, after }) {
    const proven = new Map();
    for (const [key, constraint] of after?.constraints ?? []) {
        const old = before.constraints.get(key);
        // A column that is new is NOT NULL without a look at the rows, or the table was rewritten.
        const isNew = constraint.validated && !(old ? old.validated : key.startsWith('n'));
        if (!isNew || !before.relations.has(constraint.relation))
            continue;
        proven.set(constraint.relation, [...(proven.get(constraint.relation) ?? []), constraint]);
    }
    return proven;
}
function countedScans(traces, recording, proven) {
    const { before, texts } = traces;
    const scans = new Map();
    for (const { statement: id, relation: oid, tuples } of recording.scans) {
        const statement = recording.statements.find((one) => one.id === id);
        const index = before.relations.get(oid)?.table;
        const table = before.relations.get(index ?? oid);
        // Through an index whole tables are read to prove a foreign key, and single rows for anything else.
        if (!statement || !table || (index !== undefined && !proven.has(index)))
            continue;
        const mode = strongest(recording.locks.filter((lock) => lock.xid === statement.xid && lock.relation === (index ?? oid) && lock.statement <= id));
        const rewritten = recording.rewrites.some((one) => one.statement === id && one.relation === (index ?? oid));
        // Without such a lock it was only read, as by CREATE TABLE … AS.
        if (!mode || rewritten)
            continue;
        const text = texts.get(id) ?? '';
        const constraint = namesIn(text, proven.get(index ?? oid) ?? [], [...texts.values()]);
        const key = `${id} ${index ?? oid}`;
        scans.set(key, {
            relation: table.name,
            ...(constraint !== '' && { constraint }),
            mode,
            tuples: Math.max(tuples, scans.get(key)?.tuples ?? 0),
            bytes: table.heapBytes,
            ms: statement.ended - statement.started,
            ...work_textOf(text),
        });
    }
    return [...scans.values()];
}
function impliedScans({ before, holds }, proven) {
    return [...proven].flatMap(([oid, constraints]) => {
        const table = before.relations.get(oid);
        // A partitioned table has no rows of its own; its partitions have the constraint too.
        if (!table || table.kind === 'p')
            return [];
        const onIt = holds.filter(({ relation }) => relation === oid);
        const mode = strongest(onIt);
        const statement = onIt.find((hold) => hold.mode === mode)?.statement;
        return [
            {
                relation: table.name,
                constraint: constraints.map(({ name }) => name).join(', '),
                ...(mode && { mode }),
                bytes: table.heapBytes,
                ...work_textOf(statement),
            },
        ];
    });
}
/** Those of the constraints that the statement speaks of, or that nobody speaks of where it makes some without a name. */
function namesIn(text, constraints, all) {
    const named = constraints.filter((constraint) => speaksOf(text, constraint));
    const nameless = /\b(check|references|not null)\b/i.test(text)
        ? constraints.filter((constraint) => !all.some((one) => speaksOf(one, constraint)))
        : [];
    return (named.length > 0 ? named : nameless).map(({ name }) => name).join(', ');
}
function speaksOf(text, { name }) {
    const column = /^NOT NULL (.*)$/.exec(name)?.[1];
    if (column !== undefined && !/\b(not null|primary key)\b/i.test(text))
        return false;
    const word = (column ?? name).replace(/^"|"$/g, '').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\p{N}_])${word}(?![\\p{L}\\p{N}_])`, 'iu').test(text);
}
function strongest(locks) {
    return [...locks].sort((a, b) => strength(b.mode) - strength(a.mode))[0]?.mode;
}
function work_textOf(text) {
    return text === undefined ? {} : { statement: cutStatement(text) };
}

;// CONCATENATED MODULE: ./lib/insight/locks/watch.js











/**
 * Watches what foreign processes do on a branch, from now to `stop`.
 * @throws ProviderError when the branch cannot be reached or its catalog not be read; nothing is left behind.
 */
async function watchLocks(options) {
    const { sampling, pid, before, refusal } = await begin(options);
    const observations = new Observations();
    const take = (sample) => observations.add(sample);
    const sampler = startSampler(sampling, { clock: options.clock, ours: [pid], take });
    return {
        async stop() {
            const problems = [];
            const failed = await sampler.stop();
            await sampling.close();
            if (failed !== undefined)
                problems.push(`The sampling of locks ended early: ${failed}.`);
            const end = await takeDown(options, { installed: refusal === undefined, problems });
            if (options.signal.aborted)
                throw new errors/* CancelledError */.cc('cancelled');
            return assemble({ before, observations, refusal, problems, ...end });
        },
    };
}
/** Installs the recorder last: what fails before leaves nothing behind. */
async function begin(options) {
    const sampling = await openUndisturbed(options);
    try {
        const [row] = await sampling.query('SELECT pg_backend_pid() AS pid');
        const control = await openUndisturbed(options);
        try {
            const before = await takeInventory(control);
            return { sampling, pid: row?.pid ?? 0, before, refusal: await install(control) };
        }
        finally {
            await control.close();
        }
    }
    catch (error) {
        await sampling.close();
        throw error;
    }
}
/** In a session of its own, as the first may be long gone. Reads before it removes, and removes whatever could be read. */
async function takeDown(options, { installed, problems }) {
    const attempt = async (what, body) => {
        try {
            return await body();
        }
        catch (error) {
            problems.push(`${what}: ${(0,errors/* messageOf */.bD)(error)}.`);
            return undefined;
        }
    };
    const sql = await attempt('The branch was not reached after the migration', () => openUndisturbed(options));
    if (!sql)
        return { after: undefined, recording: undefined };
    try {
        const recording = installed
            ? await attempt('What the recorder of locks wrote down could not be read', () => readRecording(sql))
            : undefined;
        if (installed) {
            await attempt('The recorder of locks is still in the branch, and the next watch removes it', () => removeRecorder(sql));
        }
        const after = await attempt('The catalog could not be read after the migration', () => takeInventory(sql));
        return { after, recording };
    }
    finally {
        await sql.close();
    }
}
async function assemble(seen) {
    const { before, after, recording, observations, refusal, problems } = seen;
    const texts = await textsOf(recording?.statements ?? []);
    const gap = Math.max(observations.widestGap, samplingInterval);
    const holds = holdsOf({ recording, texts, sampled: observations.holds, gap });
    const { statements, leftOut } = timedStatements(recording, texts, observations.statements);
    const traces = { before, after, recording, texts, holds };
    const wal = [before.walPosition, after?.walPosition];
    const limits = [
        `What was over between two looks (every ${Math.round(gap)} ms at the slowest) and changed no schema is not seen.`,
    ];
    if (refusal !== undefined) {
        limits.push(`No exact times, as ${refusal}: all that follows is from samples, and shorter locks are missing.`);
    }
    if (leftOut > 0)
        limits.push(`${leftOut} shorter statements are left out.`);
    if (recording && recording.missed > 0)
        problems.push(`The recorder of locks missed ${recording.missed} statements.`);
    return {
        exact: recording !== undefined,
        relations: heldLocks(holds, before),
        rewrites: rewritesOf(traces),
        scans: scansOf(traces),
        statements,
        ...(wal[0] !== undefined && wal[1] !== undefined && { walBytes: wal[1] - wal[0] }),
        limits,
        problems,
    };
}
async function openUndisturbed({ open }) {
    const session = await open();
    try {
        const [server] = await session.query(`SELECT pg_catalog.current_setting('server_version_num')::int AS version, rolsuper AS superuser
         FROM pg_catalog.pg_roles WHERE rolname = session_user`);
        await (0,sql_session/* workUndisturbed */.xf)(session, server ?? { version: 0, superuser: false });
        return session;
    }
    catch (error) {
        await session.close();
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/insight/plans/calls.js


/** Volatile in name only: they change nothing, take no lock and read nothing outside the session. */
const harmlessFunctions = [
    ...['random', 'random_normal', 'clock_timestamp', 'timeofday', 'gen_random_uuid', 'uuidv4', 'uuidv7'],
    ...['uuid_generate_v1', 'uuid_generate_v4'],
];
/**
 * Why a query is not even planned: the planner evaluates what is steady, and these read whatever table their text names,
 * so that the estimates would tell a pull request about rows of production that its branch must not hold.
 */
function reasonNotToPlan(node) {
    const name = functionsIn(node).find((each) => /_to_xml(schema|_and_xmlschema)?$/.test(each));
    return name === undefined ? undefined : `It calls ${name}(), which reads tables while it is planned.`;
}
/** Names of the functions that a query calls, without their schemas. */
function functionsIn(node) {
    const names = [...nodesIn(node)].flatMap((part) => 'FuncCall' in part ? (part.FuncCall.funcname ?? []).flatMap(wordsOf).slice(-1) : []);
    return [...new Set(names)].filter((name) => !harmlessFunctions.includes(name));
}

;// CONCATENATED MODULE: ./lib/insight/plans/read-only.js


/**
 * Runs `body` in a transaction that can write nothing and is rolled back. The text of a query that comes with a pull
 * request stands in no statement before backslashes mean the same to the server as to the parser that vouched for it
 * being one statement.
 */
async function inReadOnly(sql, settings, body) {
    const all = { ...settings, standard_conforming_strings: 'on' };
    await sql.query('BEGIN TRANSACTION READ ONLY');
    try {
        await sql.query('SELECT pg_catalog.set_config(name, value, true) FROM unnest($1::text[], $2::text[]) AS s (name, value)', [Object.keys(all), Object.values(all)]);
        return await body();
    }
    finally {
        await sql.query('ROLLBACK');
    }
}
/** What says nothing about the query: rights, cancelling, locks, resources, transactions, the connection. */
const circumstances = /^(42501|57|55P03|53|08|40|25|58|XX|0A)/;
const read_only_reasons = [
    [/^42501/, 'the login has no right to read one of its tables'],
    [/^57014/, 'no answer in time'],
    [/^55P03/, 'another session holds a lock on one of its tables'],
    [/^25006/, 'it writes'],
    [/^08P01/, 'the number of its values is not that of its parameters'],
    [/^22/, 'a value in it does not fit its column'],
];
/**
 * The server's own words are told only where it refused the text before it looked at a row: then it says at which word,
 * and can name nothing but what stands there. Planning evaluates functions, whose errors can quote rows.
 * @throws what is not the server's answer to the query, such as a lost connection.
 */
function failureOf(error) {
    const state = (0,sql_session/* sqlState */.cn)(error);
    if (error instanceof errors/* CancelledError */.cc || !(error instanceof errors/* ProviderError */.mZ))
        throw error;
    if (state === undefined || !/^(?=.*\d)[0-9A-Z]{5}$/.test(state))
        throw error;
    const { message = '', position } = error.cause;
    const told = position === undefined ? undefined : read_only_short(message);
    const why = told ?? read_only_reasons.find(([of]) => of.test(state))?.[1] ?? 'the server refused it';
    return { why: `${why} (${state})`, state, ofQuery: !circumstances.test(state) };
}
function read_only_short(message) {
    return message.length > 160 ? `${message.slice(0, 160)}…` : message;
}

;// CONCATENATED MODULE: ./lib/insight/plans/runnable.js

/**
 * Why a query must not be run, only planned; undefined if it reads and does nothing else as far as its text tells. What
 * the text calls is looked at by `functionsIn`; what stays hidden in a view meets the read-only transaction.
 */
function reasonNotToRun({ node, parameters, values }) {
    if (!('SelectStmt' in node))
        return 'It changes rows, so it was planned and not run.';
    for (const part of nodesIn(node)) {
        if (Object.keys(part).some((key) => /^(Insert|Update|Delete|Merge)Stmt$/.test(key))) {
            return 'It changes rows, so it was planned and not run.';
        }
        if ('lockingClause' in part)
            return 'It locks rows, so it was planned and not run.';
    }
    if (parameters > 0 && !values)
        return 'Its parameters have no values, so it was planned and not run.';
    return undefined;
}

;// CONCATENATED MODULE: ./lib/insight/plans/tree.js

function readPlan(root) {
    const nodes = [...tree_walk(root, 0)];
    return {
        cost: root['Total Cost'] ?? 0,
        lines: nodes.map(({ node, depth }) => `${'  '.repeat(depth)}${labelOf(node)}`),
        scans: nodes.flatMap(({ node }) => scanOf(node)),
        sorts: nodes.filter(({ node }) => /Sort$/.test(node['Node Type'])).length,
    };
}
function readMeasured(root, ms) {
    const { 'Shared Hit Blocks': hit = 0, 'Shared Read Blocks': read = 0 } = root;
    const { 'Temp Read Blocks': spilled = 0, 'Temp Written Blocks': written = 0 } = root;
    return { ms, buffers: hit + read + spilled + written };
}
function* tree_walk(node, depth) {
    yield { node, depth };
    for (const child of node.Plans ?? [])
        yield* tree_walk(child, depth + 1);
}
function labelOf(node) {
    const { 'Node Type': type, 'Join Type': join = 'Inner', Strategy: strategy = 'Plain' } = node;
    // `InitPlan 1 (returns $0)`: the number of the parameter says nothing.
    const subplan = node['Subplan Name']?.replace(/ \(returns .*/, '');
    const words = [
        ...(subplan === undefined ? [] : [`${subplan}:`]),
        ...(node['Parallel Aware'] ? ['Parallel'] : []),
        type === 'ModifyTable' ? (node.Operation ?? type) : type,
        ...(join === 'Inner' ? [] : [join]),
        ...(['Plain', 'Sorted'].includes(strategy) ? [] : [`(${strategy})`]),
        ...(node['Index Name'] === undefined ? [] : [`using ${quoted(node['Index Name'])}`]),
        ...subjectOf(node),
        ...(isOrderedScan(node) ? ['(all of it)'] : []),
    ];
    return words.join(' ');
}
function subjectOf(node) {
    const { 'Relation Name': table, Schema: schema, Alias: alias } = node;
    const name = table ?? node['CTE Name'] ?? node['Function Name'];
    if (name === undefined)
        return [];
    const subject = table === undefined || schema === undefined ? quoted(name) : written({ schema, name });
    return [`on ${subject}`, ...(alias === undefined || alias === name ? [] : [quoted(alias)])];
}
function isOrderedScan(node) {
    return /^Index (Only )?Scan$/.test(node['Node Type']) && !isSearch(node);
}
/** Nearest neighbours (`ORDER BY a <-> b`) are a search too. */
function isSearch(node) {
    return node['Index Cond'] !== undefined || node['Order By'] !== undefined;
}
function scanOf(node) {
    const { 'Node Type': type, 'Relation Name': table, Schema: schema = 'public', 'Index Name': index } = node;
    if (table === undefined)
        return [];
    if (type === 'Seq Scan')
        return [{ schema, table, indexes: [], access: 'seq' }];
    if (type === 'Bitmap Heap Scan') {
        const below = [...tree_walk(node, 0)]
            .map((each) => each.node)
            .filter(({ 'Relation Name': other }) => other === undefined);
        const indexes = below.flatMap(({ 'Index Name': name }) => name ?? []);
        return [{ schema, table, indexes, access: below.some(isSearch) ? 'search' : 'index' }];
    }
    if (index === undefined)
        return [];
    return [{ schema, table, indexes: [index], access: isSearch(node) ? 'search' : 'index' }];
}

;// CONCATENATED MODULE: ./lib/insight/plans/explain.js




/** Milliseconds. Planning reads the catalog and waits for no one else's long transaction. */
const planTimeouts = { statement_timeout: '10000', lock_timeout: '2000' };
/** @throws what is no answer to the query, such as a lost connection. */
async function explain(side, query) {
    const planned = await plan(side, query).catch(failureOf);
    if ('why' in planned || !side.run)
        return planned;
    const note = reasonNotToRun(query) ?? (await volatileNote(side.sql, query));
    if (note !== undefined)
        return { ...planned, note };
    const run = await measure(side, query).catch(failureOf);
    if (!('why' in run))
        return { ...planned, measured: run };
    if (run.state === '57014')
        return { ...planned, measured: 'late' };
    return { ...planned, note: `Running it failed: ${run.why}.` };
}
/** The plan with every way but the sequential one preferred, and joins that look rows up: it shows what indexes can do. */
async function probe(side, query) {
    const off = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'];
    const settings = { ...side.settings, ...Object.fromEntries(off.map((name) => [name, 'off'])) };
    return plan({ ...side, settings: { ...settings, max_parallel_workers_per_gather: '0' } }, query).catch(failureOf);
}
async function plan({ sql, version, settings }, query) {
    const { text, parameters, values } = query;
    const all = { ...settings, ...planTimeouts };
    if (parameters === 0 || values) {
        const ask = () => sql.query(`EXPLAIN (VERBOSE, FORMAT JSON) ${text}`, values);
        return { plan: readPlan(rootOf(await inReadOnly(sql, all, ask)).Plan) };
    }
    if (version >= 160000) {
        // Without a word of values: with them the driver would bind, and the server refuses to bind what has none.
        const ask = () => sql.query(`EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON) ${text}`);
        return { plan: readPlan(rootOf(await inReadOnly(sql, all, ask)).Plan) };
    }
    const nulls = Array.from({ length: parameters }, () => 'NULL').join(', ');
    const ask = async () => {
        await sql.query(`PREPARE db_branch_explain AS ${text}`);
        return sql.query(`EXPLAIN (VERBOSE, FORMAT JSON) EXECUTE db_branch_explain(${nulls})`);
    };
    try {
        return {
            plan: readPlan(rootOf(await inReadOnly(sql, { ...all, plan_cache_mode: 'force_generic_plan' }, ask)).Plan),
        };
    }
    finally {
        // A rollback leaves it, and there is none if it was refused.
        await sql.query('DEALLOCATE ALL');
    }
}
async function measure({ sql, settings, runTimeoutMs }, { text, values }) {
    const all = { ...settings, ...planTimeouts, statement_timeout: String(runTimeoutMs) };
    const ask = () => sql.query(`EXPLAIN (ANALYZE, TIMING OFF, BUFFERS, FORMAT JSON) ${text}`, values);
    const { Plan: root, 'Execution Time': ms = 0 } = rootOf(await inReadOnly(sql, all, ask));
    return readMeasured(root, ms);
}
/** A volatile function can do what no transaction takes back: end sessions, read files, take locks that outlive it. */
async function volatileNote(sql, { node }) {
    const names = functionsIn(node);
    if (names.length === 0)
        return undefined;
    const [found] = await sql.query(`SELECT proname AS name FROM pg_catalog.pg_proc WHERE proname = ANY ($1::text[]) AND provolatile = 'v' ORDER BY 1 LIMIT 1`, [names]);
    return found && `It calls ${found.name}(), which may do more than read, so it was planned and not run.`;
}
function rootOf(rows) {
    const root = rows[0]?.['QUERY PLAN'][0];
    if (!root)
        throw new TypeError('EXPLAIN gave no plan');
    return root;
}

;// CONCATENATED MODULE: ./lib/insight/plans/change.js
/**
 * What became of a query, the worst first. `fails`: on the branch alone; `new`: on the parent alone, which lacks what it
 * asks for; `unknown`: nobody can tell, and the notes say why.
 */
const changeKinds = [
    'fails',
    'index to seq scan',
    'costlier',
    'reads more',
    'new sort',
    'unknown',
    'plan changed',
    'new',
    'better',
    'same',
];

;// CONCATENATED MODULE: ./lib/insight/plans/tables.js
function tableKey({ schema, table }) {
    return JSON.stringify([schema, table]);
}
/** Size, statistics and indexes of the named tables, by `tableKey`. */
async function readTables(sql, names) {
    const rows = await sql.query(tables_tablesStatement, [
        names.map(({ schema }) => schema),
        names.map(({ table }) => table),
    ]);
    return new Map(rows.map(({ schema, table, bytes, columns, analysed, indexes }) => [
        tableKey({ schema, table }),
        { bytes: Number(bytes), columns, analysed, indexes: new Map(Object.entries(indexes)) },
    ]));
}
const tables_tablesStatement = `
SELECT n.nspname::text AS schema, c.relname::text AS table, pg_catalog.pg_relation_size(c.oid) AS bytes,
       ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
       ARRAY(SELECT DISTINCT s.attname::text FROM pg_catalog.pg_stats s
              WHERE s.schemaname = n.nspname AND s.tablename = c.relname) AS analysed,
       (SELECT coalesce(json_object_agg(i.relname, pg_catalog.pg_get_indexdef(i.oid) || ' of ' || (
                 SELECT string_agg(pg_catalog.format_type(a.atttypid, a.atttypmod) || a.attcollation::regcollation, ', '
                                   ORDER BY a.attnum)
                   FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.oid)), '{}')
          FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
         WHERE x.indrelid = c.oid AND x.indisvalid) AS indexes
  FROM unnest($1::text[], $2::text[]) AS wanted (nspname, relname)
  JOIN pg_catalog.pg_namespace n ON n.nspname = wanted.nspname
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.relname`;

;// CONCATENATED MODULE: ./lib/insight/plans/served.js


/** Bytes up to which a table is read whole as fast as through an index: ten blocks, what the planner takes an empty one for. */
const tiny = 10 * 8192;
/** Beyond this many times larger or smaller, a table is another table to the planner. */
const alike = 2;
/**
 * Whether the planner sees the same data on both sides, table for table: alike in size, and known from statistics where
 * the parent's is. A table that one side lacks is the migration's work, and no reason against.
 */
function sameData({ before, after }, names) {
    return names.map(tableKey).every((key) => {
        const [old, now] = [before.get(key), after.get(key)];
        if (!old || !now)
            return true;
        if (old.analysed.length > 0 && now.analysed.length === 0)
            return false;
        const [small, large] = [Math.min(old.bytes, now.bytes), Math.max(old.bytes, now.bytes)];
        return large <= Math.max(tiny, small * alike);
    });
}
/** Columns that the migration left without statistics, as `orders.status`: the planner guesses until ANALYZE. */
function unanalysed({ before, after }, names) {
    return names.flatMap((name) => {
        const [old, now] = [before.get(tableKey(name)), after.get(tableKey(name))];
        if (!old || !now || now.analysed.length === 0)
            return [];
        const lost = old.analysed.filter((column) => now.columns.includes(column) && !now.analysed.includes(column));
        return lost.map((column) => `${name.table}.${column}`);
    });
}
/** Tables that are read whole more often than before, and through an index less often. */
function lostByPlan(before, after) {
    return distinct(before.scans).filter((name) => {
        const [old, now] = [before, after].map((plan) => plan.scans.filter((scan) => tableKey(scan) === tableKey(name)));
        const count = (scans = [], seq) => scans.filter(({ access }) => (access === 'seq') === seq).length;
        return count(now, true) > count(old, true) && count(now, false) < count(old, false);
    });
}
/**
 * The comparison that needs no rows. `before` is the plan that production uses. `possible` is the branch's with
 * sequential scans switched off: a table that is still not searched through an index cannot be. Where several tables
 * are joined, the planner may begin at another one; so an index that stands unchanged is not called lost there.
 */
function compareServing(before, possible, tables) {
    const single = distinct(before.scans).length === 1;
    const [lost, gained, unclear] = [[], [], []];
    for (const name of distinct(before.scans)) {
        const key = tableKey(name);
        const of = (plan) => plan.scans.filter((scan) => tableKey(scan) === key);
        const [old, now] = [of(before), of(possible)];
        const used = old.filter(({ access }) => access !== 'seq');
        if (used.length === 0) {
            if (now.some(({ access, indexes }) => access === 'search' && indexes.some(isNew(tables, key))))
                gained.push(name);
            continue;
        }
        // A table that the query no longer needs is no loss.
        if (now.length === 0)
            continue;
        const missing = used.filter((scan) => !now.some(({ access }) => access === 'search' || access === scan.access));
        if (missing.length === 0)
            continue;
        const stands = missing.every(({ indexes }) => indexes.every(stays(tables, key)));
        const ordered = missing.every(({ access }) => access === 'index');
        if (stands && ordered)
            continue;
        if (stands && !single)
            unclear.push(name);
        else
            lost.push(name);
    }
    return { lost, gained, unclear };
}
/** Each table of the scans once. */
function distinct(names) {
    return [...new Map(names.map(({ schema, table }) => [tableKey({ schema, table }), { schema, table }])).values()];
}
function stays({ before, after }, key) {
    return (index) => {
        const definition = before.get(key)?.indexes.get(index);
        return definition !== undefined && definition === after.get(key)?.indexes.get(index);
    };
}
function isNew({ before }, key) {
    return (index) => before.get(key)?.indexes.has(index) !== true;
}

;// CONCATENATED MODULE: ./lib/insight/plans/tree-diff.js
/** Above this many pairs of lines the common ones are not looked for: both trees are shown. */
const mostPairs = 250_000;
/** Two plans as one: `- ` before what is gone, `+ ` before what is new, two blanks before the rest. Empty if they are equal. */
function diffLines(before, after) {
    if (before.length === after.length && before.every((line, at) => line === after[at]))
        return [];
    const gone = (line) => `- ${line}`;
    const come = (line) => `+ ${line}`;
    if (before.length * after.length > mostPairs)
        return [...before.map(gone), ...after.map(come)];
    const common = commonLengths(before, after);
    const lines = [];
    let [a, b] = [0, 0];
    while (a < before.length || b < after.length) {
        if (a < before.length && before[a] === after[b]) {
            lines.push(`  ${before[a]}`);
            a++;
            b++;
        }
        else if (b >= after.length || (a < before.length && common(a + 1, b) >= common(a, b + 1))) {
            lines.push(gone(before[a++] ?? ''));
        }
        else {
            lines.push(come(after[b++] ?? ''));
        }
    }
    return lines;
}
/** How many lines the rests have in common, in order. */
function commonLengths(before, after) {
    const width = after.length + 1;
    const lengths = new Uint32Array((before.length + 1) * width);
    const at = (a, b) => lengths[a * width + b] ?? 0;
    for (let a = before.length - 1; a >= 0; a--) {
        for (let b = after.length - 1; b >= 0; b--) {
            lengths[a * width + b] = before[a] === after[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
        }
    }
    return at;
}

;// CONCATENATED MODULE: ./lib/insight/plans/judge.js





/** Less than this is told as the same: estimates move that much when a statistic is gathered anew. */
const noticeable = 1.1;
function judgePair({ query, before, after, possible }, tables) {
    const { name, file, line, text } = query;
    const base = { query: name, file, line, statement: text, tables: [], nodes: [], notes: [] };
    if ('why' in before || 'why' in after)
        return { ...base, ...judgeFailure(before, after) };
    if (needsProbe({ before, after }, tables)) {
        return { ...base, ...judgeServing(before, possible, tables) };
    }
    return { ...base, ...judgeCosts(before, after, tables) };
}
/** Whether comparing the plans themselves would mislead, so that the branch must be asked what its indexes can do. */
function needsProbe({ before, after }, tables) {
    if ('why' in before || 'why' in after)
        return false;
    return !sameData(tables, distinct([...before.plan.scans, ...after.plan.scans]));
}
function judgeFailure(before, after) {
    const notes = [
        ...('why' in before ? [`On the parent: ${before.why}.`] : []),
        ...('why' in after ? [`On the branch: ${after.why}.`] : []),
    ];
    const [oldFault, newFault] = [before, after].map((side) => ('why' in side ? side : undefined));
    if (oldFault && newFault)
        return { change: 'unknown', notes };
    if (newFault)
        return { change: newFault.ofQuery ? 'fails' : 'unknown', notes };
    return { change: oldFault?.ofQuery ? 'new' : 'unknown', notes };
}
function judgeServing(before, possible, tables) {
    const basis = 'indexes';
    if (!possible)
        return { change: 'unknown', basis };
    if ('why' in possible)
        return { change: 'unknown', basis, notes: [`On the branch: ${possible.why}.`] };
    const { lost, gained, unclear } = compareServing(before.plan, possible.plan, tables);
    const nodes = lost.length > 0 ? diffLines(before.plan.lines, possible.plan.lines) : [];
    const notes = [
        'The tables of the branch hold other rows than the parent, or none: only the use of indexes was compared, not the cost.',
        ...(gained.length > 0 ? [`An index could serve ${listed(gained)} now, if production's planner takes it.`] : []),
        ...(unclear.length > 0
            ? [`Whether an index still serves ${listed(unclear)} cannot be told without the parent's rows.`]
            : []),
    ];
    if (lost.length > 0)
        return { change: 'index to seq scan', basis, notes, nodes, ...losing(lost, tables) };
    if (unclear.length > 0)
        return { change: 'unknown', basis, notes };
    return { change: gained.length > 0 ? 'better' : 'same', basis, notes };
}
function judgeCosts(before, after, tables) {
    const cost = { before: before.plan.cost, after: after.plan.cost };
    const lost = lostByPlan(before.plan, after.plan);
    const nodes = diffLines(before.plan.lines, after.plan.lines);
    const measured = measuredOf(before.measured, after.measured);
    const growth = Math.max(cost.after, 1) / Math.max(cost.before, 1);
    const reads = measured && Math.max(measured.buffers.after, 1) / Math.max(measured.buffers.before, 1);
    const verdict = { basis: 'costs', cost, nodes, ...measured, notes: notesOf(before, after, tables) };
    const worse = (change, ratio) => ({ ...verdict, change, ratio });
    if (lost.length > 0 && cost.after > cost.before) {
        return { ...worse('index to seq scan', growth), ...losing(lost, tables) };
    }
    if (after.measured === 'late' && before.measured !== 'late' && before.measured) {
        return { ...worse('reads more', growth), late: true };
    }
    if (growth >= noticeable)
        return worse('costlier', growth);
    // Estimates can be blind to what the run shows; a few blocks more are none of it.
    if (reads !== undefined && reads >= noticeable && measured && measured.buffers.after >= 100) {
        return worse('reads more', reads);
    }
    if (after.plan.sorts > before.plan.sorts)
        return worse('new sort', growth);
    if (growth <= 1 / noticeable)
        return worse('better', growth);
    return worse(nodes.length > 0 ? 'plan changed' : 'same', growth);
}
function notesOf(before, after, tables) {
    const guessed = unanalysed(tables, distinct([...before.plan.scans, ...after.plan.scans]));
    const late = [
        ...(before.measured === 'late' ? ['On the parent it did not end in time.'] : []),
        ...(after.measured === 'late' ? ['On the branch it did not end in time.'] : []),
    ];
    const measured = before.measured || after.measured === 'late' ? undefined : after.measured;
    const alone = measured && `On the branch it took ${measured.ms} ms and ${measured.buffers} blocks.`;
    const statistics = `The migration left no statistics on ${guessed.join(', ')}: until ANALYZE the planner guesses, in production too.`;
    return [...new Set([before.note, after.note, alone])]
        .flatMap((note) => note ?? [])
        .concat(late, guessed.length > 0 ? [statistics] : []);
}
function measuredOf(before, after) {
    if (!before || !after || before === 'late' || after === 'late')
        return undefined;
    return {
        ms: { before: before.ms, after: after.ms },
        buffers: { before: before.buffers, after: after.buffers },
    };
}
function losing(lost, { before }) {
    const bytes = lost.reduce((sum, name) => sum + (before.get(tableKey(name))?.bytes ?? 0), 0);
    return { tables: lost.map(judge_nameOf), bytes };
}
function listed(names) {
    return names.map(judge_nameOf).join(', ');
}
function judge_nameOf({ schema, table }) {
    return written({ schema, name: table });
}
/** Worst first: by kind, then by how much, then by place, so that two runs print alike. */
function byHarm(a, b) {
    return (changeKinds.indexOf(a.change) - changeKinds.indexOf(b.change) ||
        (b.ratio ?? 0) - (a.ratio ?? 0) ||
        (b.bytes ?? 0) - (a.bytes ?? 0) ||
        a.file.localeCompare(b.file) ||
        a.line - b.line);
}

;// CONCATENATED MODULE: ./lib/insight/plans/planner.js

/** Read-only; the session is left as it was. */
async function readPlanner(sql) {
    const rows = await sql.query(settingsStatement);
    const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    const [server] = await sql.query("SELECT pg_catalog.current_setting('server_version_num') AS version");
    return { version: Number(server?.version), settings };
}
/**
 * The schemas in which the branch's own login looks for names, for both sides: there a name of a query means what it
 * means to the program under test. The session's own path may be another, set by us for safety.
 */
async function readSearchPath(sql) {
    await sql.query('BEGIN TRANSACTION READ ONLY');
    try {
        await sql.query('SET LOCAL search_path TO DEFAULT');
        const [row] = await sql.query('SELECT pg_catalog.current_schemas(false)::text[] AS schemas');
        return (row?.schemas ?? []).map(quoted).join(', ');
    }
    finally {
        await sql.query('ROLLBACK');
    }
}
/**
 * What makes a branch plan as its parent does, which may be a larger machine: the parent's settings, where the branch
 * knows them and has other ones.
 */
function likeParent(parent, branch) {
    return Object.fromEntries(Object.entries(parent.settings).filter(([name, value]) => branch.settings[name] !== undefined && branch.settings[name] !== value));
}
const settingsStatement = `
SELECT name, setting FROM pg_catalog.pg_settings
 WHERE context = 'user'
   AND (category LIKE 'Query Tuning%'
        OR name IN ('work_mem', 'hash_mem_multiplier', 'effective_io_concurrency', 'max_parallel_workers_per_gather',
                    'max_parallel_workers'))
   AND name <> 'plan_cache_mode'`;

;// CONCATENATED MODULE: ./lib/insight/plans/queries.js





/** A file names no more than a person looks at; each costs production a few plans. */
const mostQueries = 200;
/**
 * The queries of `explain` files. Comments right before a statement may name it (`-- name: orders of a day`) and give the
 * values of `$1`, `$2` … as literals: `-- param: 42` one, `-- params: 'a', 7` several. What cannot be explained is a
 * problem, and takes nothing else with it.
 */
async function readQueries(files) {
    const parser = await (0,sql_parser/* loadParser */.q)();
    const queries = [];
    const problems = [];
    for (const { file, text } of files) {
        const split = await (0,sql_statements/* splitStatements */.X)(text);
        problems.push(...split.problems.map(({ line, message }) => ({ file, line, message: `${(0,errors/* show */.WU)(message)}.` })));
        const lines = text.split('\n');
        let last = 0;
        for (const statement of split.statements) {
            const comments = commentsAbove(lines, { after: last, before: statement.line });
            last = statement.line + statement.text.split('\n').length - 1;
            const query = readQuery(parser, { statement, comments, file });
            if (!('message' in query))
                queries.push(query);
            else
                problems.push({ file, line: statement.line, message: query.message });
        }
    }
    if (queries.length > mostQueries) {
        problems.push({ message: `Only the first ${mostQueries} of ${queries.length} queries were looked at.` });
    }
    return { queries: queries.slice(0, mostQueries), problems };
}
/** Comment lines between the statement before and this one, the nearest last. Lines count from 1. */
function commentsAbove(lines, { after, before }) {
    const above = lines.slice(after, before - 1).map((line) => line.trim());
    return above.slice(above.findLastIndex((line) => line !== '' && !line.startsWith('--')) + 1);
}
function readQuery(parser, { statement, comments, file }) {
    const { text, line, node } = statement;
    if (!isExplainable(node)) {
        return { message: 'Only SELECT, VALUES, INSERT, UPDATE, DELETE and MERGE have plans to compare.' };
    }
    const refused = reasonNotToPlan(node);
    if (refused !== undefined)
        return { message: refused };
    const named = directives(comments, 'name').at(-1);
    const lists = [...comments].flatMap((comment) => directives([comment], 'params?'));
    const parameters = Math.max(0, ...[...nodesIn(node)].flatMap(numberOf));
    const values = lists.map((list) => literalsIn(parser, list));
    if (values.includes(undefined)) {
        return { message: "Values of parameters must be literals, such as: -- params: 42, 'a', null, '{1,2}'." };
    }
    const given = values.flatMap((list) => list ?? []);
    if (lists.length > 0 && given.length !== parameters) {
        return { message: `It has ${parameters} parameters, and the comment before it gives ${given.length} values.` };
    }
    const name = named === undefined || named === '' ? `${file}:${line}` : named;
    return {
        name: (0,errors/* show */.WU)(name),
        file,
        line,
        text,
        node,
        parameters,
        ...(parameters > 0 && lists.length > 0 && { values: given }),
    };
}
/** What stands behind `-- word:`. The `:many` of sqlc is no part of a name. */
function directives(comments, word) {
    const directive = new RegExp(`^--\\s*${word}:\\s*(.*?)(?:\\s+:\\w+)?$`);
    return comments.flatMap((comment) => directive.exec(comment)?.[1] ?? []);
}
/** SELECT … INTO makes a table and has no plan that could be prepared. */
function isExplainable(node) {
    if ('SelectStmt' in node)
        return node.SelectStmt.intoClause === undefined;
    return ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'].some((kind) => kind in node);
}
function numberOf(node) {
    return 'ParamRef' in node ? [node.ParamRef.number ?? 0] : [];
}
/** Literals between commas as the server reads them as text; undefined if there is anything else. */
function literalsIn({ parseSync }, list) {
    let statements;
    try {
        statements = parseSync(`SELECT ${list}`).stmts ?? [];
    }
    catch {
        return undefined;
    }
    const [{ stmt } = {}] = statements;
    if (statements.length !== 1 || !stmt || !('SelectStmt' in stmt))
        return undefined;
    const { targetList = [], ...others } = stmt.SelectStmt;
    if ('fromClause' in others || 'valuesLists' in others || 'larg' in others)
        return undefined;
    const values = targetList.map((target) => literalOf('ResTarget' in target ? target.ResTarget.val : undefined));
    return values.every((value) => value !== undefined) ? values : undefined;
}
/** `date '2026-01-01'` and `'a'::citext` are literals too: the query says the type again. */
function literalOf(node) {
    if (node && 'TypeCast' in node)
        return literalOf(node.TypeCast.arg);
    if (!node || !('A_Const' in node))
        return undefined;
    const { isnull, ival, fval, sval, boolval } = node.A_Const;
    if (isnull)
        return null;
    if (boolval)
        return boolval.boolval === true ? 'true' : 'false';
    if (ival)
        return String(ival.ival ?? 0);
    return fval?.fval ?? (sval ? (sval.sval ?? '') : undefined);
}

;// CONCATENATED MODULE: ./lib/insight/plans/compare-plans.js







/**
 * Explains every query on the parent and on the branch, both planning by the parent's settings, and tells what the
 * migration changed. Everything happens in read-only transactions that are rolled back. Where a table of the query has
 * another size on the branch than on the parent, as on a branch with a schema and no rows, costs are not compared, and
 * the branch is asked for its indexes alone (`compareServing`). A query that fails is a result; a database that fails is
 * a problem, and then nothing is said about any query.
 * @throws CancelledError
 */
async function comparePlans(order) {
    const { queries, problems } = await readQueries(order.files);
    if (queries.length === 0)
        return withUnread([], problems);
    if (!order.parent.known)
        return withUnread([], [...problems, notCompared(order.parent.why)]);
    try {
        const changes = await compareAll(queries, order, order.parent.value);
        return withUnread(changes.sort(byHarm), problems);
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        return withUnread([], [...problems, notCompared((0,errors/* messageOf */.bD)(error))]);
    }
}
function notCompared(why) {
    return { message: `No plan was compared: ${why.replace(/\.?$/, '.')}` };
}
function withUnread(changes, problems) {
    const unclear = changes.filter(({ change }) => change === 'unknown').length + problems.length;
    const unread = `${unclear} ${unclear === 1 ? 'query or file' : 'queries or files'} of "explain" could not be compared.`;
    return { changes, problems, ...(unclear > 0 && { unread }) };
}
async function compareAll(queries, { analyze, branch, runTimeoutMs = 30_000 }, parent) {
    const [old, now] = [await readPlanner(parent), await readPlanner(branch)];
    const search_path = await readSearchPath(branch);
    const sides = {
        parent: { sql: parent, version: old.version, settings: { search_path }, run: analyze === 'both', runTimeoutMs },
        branch: {
            ...{ sql: branch, version: now.version, settings: { ...likeParent(old, now), search_path } },
            ...{ run: analyze !== undefined, runTimeoutMs },
        },
    };
    const pairs = [];
    // One side after the other: runs at once would take time from each other.
    for (const query of queries) {
        pairs.push({ query, before: await explain(sides.parent, query), after: await explain(sides.branch, query) });
    }
    const names = distinct(pairs.flatMap(({ before, after }) => [...compare_plans_scansOf(before), ...compare_plans_scansOf(after)]));
    const tables = { before: await readTables(parent, names), after: await readTables(branch, names) };
    const changes = [];
    for (const pair of pairs) {
        const possible = needsProbe(pair, tables) ? await probe(sides.branch, pair.query) : undefined;
        changes.push(judgePair({ ...pair, ...(possible && { possible }) }, tables));
    }
    return changes;
}
function compare_plans_scansOf(outcome) {
    return 'plan' in outcome ? outcome.plan.scans : [];
}

;// CONCATENATED MODULE: ./lib/insight/plans/findings.js

const usual = { ratio: 2, cost: 100 };
/** A table whose reading from end to end takes the better part of a second. */
const largeBytes = 100_000_000;
/** Times as costly: an outage rather than a slower page. */
const steep = 10;
/** What is worth a reviewer's attention: queries that no longer run, lost indexes, and cost above the thresholds. */
function findingsOfPlans(changes, thresholds = {}) {
    return changes.flatMap((change) => findings_findingOf(change, { ...usual, ...thresholds }) ?? []).sort(insight/* byDanger */.d7);
}
function findings_findingOf(change, thresholds) {
    const { query, statement, file, line, ratio, ms } = change;
    const place = { statement, file, line, source: 'plan', ...(ms && { ms: ms.after }) };
    const measure = ratio === undefined ? {} : { ratio: Math.round(ratio * 100) / 100 };
    switch (change.change) {
        case 'fails':
            return {
                ...{ kind: 'break', severity: 'high', rule: 'query-fails', object: query, ...place },
                detail: `The query runs on the parent and fails on the branch. ${change.notes.join(' ')}`,
                advice: 'Release code that does without what is gone first, and take it away in a later migration.',
            };
        case 'index to seq scan':
            return { ...place, ...measure, ...lostIndex(change, thresholds) };
        case 'costlier':
        case 'reads more':
        case 'new sort':
            return grewTooMuch(change, thresholds) ? { ...place, ...measure, ...growth(change) } : undefined;
        case 'unknown':
        case 'plan changed':
        case 'new':
        case 'better':
        case 'same':
            return undefined;
    }
}
function lostIndex(change, { cost }) {
    const { query, tables, bytes = 0, ratio = 1, basis } = change;
    const grave = bytes >= largeBytes || ratio >= steep ? 'high' : 'medium';
    const quick = basis === 'costs' && (change.cost?.after ?? 0) <= cost;
    const how = basis === 'costs'
        ? `the estimated cost is ${times(change)}`
        : 'judged by the indexes alone, because the branch does not hold the rows of the parent';
    return {
        ...{ kind: 'seq_scan', rule: 'index-to-seq-scan', severity: quick ? 'low' : grave, bytes },
        object: some(tables),
        detail: `"${query}" found its rows through an index on the parent and reads the whole table on the branch; ${how}.${measuredText(change)}`,
        advice: 'Keep an index that serves its condition as it is now, built CONCURRENTLY before the old one goes.',
    };
}
function growth(change) {
    const { query, ratio = 1, late } = change;
    const rules = { 'reads more': 'reads-more', 'new sort': 'new-sort' };
    const what = late
        ? 'ended in time on the parent and did not on the branch'
        : change.change === 'reads more'
            ? `reads ${round(ratio)} times as many blocks as on the parent`
            : `has an estimated cost ${times(change)}`;
    return {
        ...{ kind: 'cost', rule: rules[change.change] ?? 'costlier', object: query },
        severity: late || ratio >= steep ? 'high' : 'medium',
        detail: `"${query}" ${what}.${measuredText(change)}`,
        advice: 'Look at the plan: an index, fresh statistics (ANALYZE) or another query takes the new part away.',
    };
}
function grewTooMuch({ ratio = 1, cost, late, change }, thresholds) {
    if (late)
        return true;
    if (ratio < thresholds.ratio)
        return false;
    // Blocks that were really read need no estimate to count.
    return change === 'reads more' || (cost?.after ?? 0) > thresholds.cost;
}
function times({ cost, ratio = 1 }) {
    const [before, after] = [cost?.before ?? 0, cost?.after ?? 0].map((value) => Math.round(value));
    return `${round(ratio)} times that of the parent (${before} to ${after})`;
}
function measuredText({ ms, buffers }) {
    if (!ms || !buffers)
        return '';
    return ` It took ${round(ms.before)} ms and ${buffers.before} blocks there, ${round(ms.after)} ms and ${buffers.after} blocks here.`;
}
/** Partitions come by the hundred. */
function some(tables) {
    const more = tables.length - 3;
    return tables.slice(0, 3).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
function round(value) {
    return Math.round(value * 10) / 10;
}

// EXTERNAL MODULE: ./lib/sql/pg-delta.js
var pg_delta = __webpack_require__(9144);
;// CONCATENATED MODULE: ./lib/insight/schema-diff/alike.js
/** Of the whole server, or with a password, or taken away from every branch by the action itself. */
const alike_notCompared = new Set(['role', 'membership', 'userMapping', 'subscription']);
/** The action's own: the lock recorder lives here while a migration runs. */
const ours = new Set(['db_branch_action', 'db_branch_locks', 'db_branch_masking']);
/**
 * Takes away what differs between any branch and its parent: a branch belongs to a role of its own, and so does what a
 * migration makes in it. In the parent that would belong to the parent's owner.
 */
function alike_alike(parent, branch, encode) {
    const owners = ownersOf(parent.base, encode);
    const branchOwners = ownersOf(branch.base, encode);
    const own = new Set(branch.own);
    const isOwn = (role, target) => own.has(role) && branchOwners.get(encode(target)) === role;
    const facts = [];
    for (const fact of compared(branch.base, encode)) {
        const { id } = fact;
        if (id.kind === 'acl' && own.has(id.grantee)) {
            const owner = owners.get(encode(id.target));
            // What the branch's role is given on what is not its own, the parent's does not need.
            if (!isOwn(id.grantee, id.target) || owner === undefined)
                continue;
            const there = { ...id, grantee: owner };
            if (owner === id.grantee || !branch.base.has(there))
                facts.push({ ...fact, id: there });
        }
        else if (id.kind === 'defaultPrivilege' && own.has(id.role) && parent.databaseOwner !== id.role) {
            const there = { ...id, role: parent.databaseOwner };
            if (!branch.base.has(there))
                facts.push({ ...fact, id: there });
        }
        else
            facts.push(fact);
    }
    const edges = branch.base.edges.flatMap((edge) => {
        if (edge.kind !== 'owner' || edge.to.kind !== 'role' || !own.has(edge.to.name))
            return [edge];
        const owner = owners.get(encode(edge.from));
        // A reserved role is nobody's fact, and its ownership no edge.
        return owner === undefined || owner.startsWith('pg_')
            ? []
            : [{ ...edge, to: { kind: 'role', name: owner } }];
    });
    return {
        parent: { facts: compared(parent.base, encode), edges: parent.base.edges },
        branch: { facts, edges },
    };
}
/** Owners by object. Of a reserved role's property only the grants tell. */
function ownersOf(base, encode) {
    const owners = new Map();
    for (const { id, payload } of base.facts()) {
        if (id.kind === 'acl' && payload['_ownerDefault'] !== undefined)
            owners.set(encode(id.target), id.grantee);
    }
    for (const { from, to, kind } of base.edges) {
        if (kind === 'owner' && to.kind === 'role')
            owners.set(encode(from), to.name);
    }
    return owners;
}
function compared(base, encode) {
    const out = new Set();
    const isOut = (fact) => alike_notCompared.has(fact.id.kind) ||
        isOurs(fact.id) ||
        implied(fact) ||
        (fact.parent !== undefined && out.has(encode(fact.parent))) ||
        ('target' in fact.id && out.has(encode(fact.id.target)));
    const facts = base.facts();
    // Parents may come after their children.
    for (let before = -1; before < out.size;) {
        before = out.size;
        for (const fact of facts)
            if (isOut(fact))
                out.add(encode(fact.id));
    }
    return facts.filter(({ id }) => !out.has(encode(id)));
}
function isOurs(id) {
    if (id.kind === 'schema')
        return ours.has(id.name);
    if ('schema' in id && id.schema !== null)
        return ours.has(id.schema);
    return false;
}
/** What an owner may do anyway. */
function implied({ payload }) {
    const usual = payload['_ownerDefault'];
    return (usual !== undefined &&
        JSON.stringify(usual) === JSON.stringify(payload['privileges']) &&
        isEmpty(payload['grantable']));
}
function isEmpty(list) {
    return Array.isArray(list) && list.length === 0;
}

;// CONCATENATED MODULE: ./lib/insight/schema-diff/change.js
/** The locks that a change takes on what others use, weakest first. */
const lockClasses = [
    'none',
    'SHARE UPDATE EXCLUSIVE',
    'SHARE',
    'SHARE ROW EXCLUSIVE',
    'ACCESS EXCLUSIVE',
];

;// CONCATENATED MODULE: ./lib/insight/schema-diff/words.js
const kinds = {
    materializedView: 'materialized view',
    foreignTable: 'foreign table',
    eventTrigger: 'event trigger',
    fdw: 'foreign data wrapper',
    defaultPrivilege: 'default privileges',
};
/** The kind of object in the words of SQL. */
function objectOf({ id, payload }) {
    if (id.kind === 'extensionIntent')
        return id.intentKind;
    if (id.kind === 'type' && payload['variant'] !== undefined) {
        return payload['variant'] === 'enum' ? 'enum' : `${payload['variant']} type`;
    }
    return kinds[id.kind] ?? id.kind;
}
/** Quoted where a reader could take it for something else; `public` is left out, as people do. */
function words_nameOf(id) {
    if (id.kind === 'extensionIntent') {
        const parts = JSON.parse(id.key);
        return id.intentKind === 'statistics' ? String(parts[2]).replace(/^public\./, '') : parts.map(words_quoted).join('.');
    }
    if (id.kind === 'defaultPrivilege') {
        const where = id.schema === null ? 'every schema' : words_quoted(id.schema);
        return `${words_quoted(id.role)} in ${where} on ${objectTypes[id.objtype] ?? id.objtype} for ${grantee(id.grantee)}`;
    }
    if ('publication' in id)
        return words_quoted(id.publication);
    if (id.kind === 'typeAttribute')
        return path(id.schema, id.type, id.name);
    if ('args' in id)
        return `${path(id.schema, id.name)}(${id.args.join(', ')})`;
    if ('target' in id)
        return words_nameOf(id.target);
    if ('table' in id)
        return path(id.schema, id.table, id.name);
    if ('schema' in id)
        return path(id.schema, id.name);
    return 'name' in id ? words_quoted(id.name) : id.kind;
}
const objectTypes = {
    r: 'tables',
    S: 'sequences',
    f: 'functions',
    T: 'types',
    n: 'schemas',
    L: 'large objects',
};
function path(schema, ...names) {
    return [...(schema === 'public' ? [] : [schema]), ...names].map(words_quoted).join('.');
}
function words_quoted(word) {
    return /^[a-z_][a-z0-9_$]*$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`;
}
function grantee(name) {
    return name === 'PUBLIC' ? name : words_quoted(name);
}
const attributes = {
    def: 'definition',
    expr: 'default',
    notNull: 'not null',
    generatedExpr: 'generated as',
    rowSecurity: 'row level security',
    forceRowSecurity: 'force row level security',
    replicaIdentity: 'replica identity',
    replicaIdentityIndex: 'replica identity index',
    partitionKey: 'partition key',
    partitionBound: 'partition bound',
    parentTable: 'inherits',
    reloptions: 'options',
    usingExpr: 'using',
    checkExpr: 'with check',
    cmd: 'command',
    ownedBy: 'owned by',
    dataType: 'type',
    minValue: 'minimum',
    maxValue: 'maximum',
    baseType: 'type',
    text: 'comment',
};
/** The detail of one attribute of a fact. The fact tells whose it is where it has no entry of its own. */
function detailOf(fact, attribute, values) {
    const what = whatOf(fact, attribute);
    const [before, after] = [shown(values.before), shown(values.after)];
    return { what, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
function whatOf({ id, parent }, attribute) {
    if (id.kind === 'acl')
        return `${attribute === 'grantable' ? 'grant option' : 'grant'} to ${grantee(id.grantee)}`;
    if (id.kind === 'extensionIntent')
        return gapWord(id, parent);
    if (id.kind === 'securityLabel')
        return `security label of ${words_quoted(id.provider)}`;
    if (id.kind === 'typeAttribute')
        return `attribute ${words_quoted(id.name)}`;
    if (id.kind === 'publicationRel')
        return `table ${path(id.schema, id.table)}`;
    if (id.kind === 'publicationSchema')
        return `schema ${words_quoted(id.schema)}`;
    if (id.kind === 'constraint' && parent?.kind === 'domain')
        return `constraint ${words_quoted(id.name)}`;
    return attributes[attribute] ?? attribute.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
function gapWord({ intentKind, key }, parent) {
    if (intentKind === 'statistics')
        return 'definition';
    const word = intentKind.replace(/^column /, '');
    const [, , name] = JSON.parse(key);
    const alone = name === undefined ||
        parent?.kind === 'column' ||
        ['tablespace', 'clustered on', 'trigger state'].includes(intentKind);
    return alone ? word : `${word} of ${words_quoted(name)}`;
}
function shown(value) {
    if (value === undefined || value === null)
        return undefined;
    if (typeof value === 'boolean')
        return value ? 'yes' : 'no';
    if (Array.isArray(value))
        return value.length === 0
            ? undefined
            : value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(', ');
    if (typeof value === 'object') {
        const { generation, schema, name, table, column } = value;
        if (generation !== undefined)
            return identityText(value);
        if (schema !== undefined)
            return path(schema, ...[table, name, column].filter((part) => part !== undefined));
        return JSON.stringify(value);
    }
    return `${value}`.trim();
}
function identityText({ generation, options }) {
    const always = generation === 'a' ? 'ALWAYS' : 'BY DEFAULT';
    const { start, increment } = (options ?? {});
    return `GENERATED ${always} AS IDENTITY (START ${String(start)} INCREMENT ${String(increment)})`;
}
/** What is worth telling of an object as a whole: the attributes that say something. */
function detailsOf(fact, side) {
    const list = Object.entries(spoken(fact.id, fact.payload)).flatMap(([attribute, value]) => {
        const detail = detailOf(fact, attribute, { [side]: value });
        return detail[side] === undefined || detail[side] === 'no' ? [] : [detail];
    });
    return list.length > 0 || !inner.has(fact.id.kind) ? list : [{ what: whatOf(fact, ''), [side]: 'yes' }];
}
/** Facts that are told as a detail of another. */
const inner = new Set(['publicationRel', 'publicationSchema', 'acl']);
/** Leaves out what only repeats the defaults of a new object. */
function spoken(id, payload) {
    const { valid, type, persistence, replicaIdentity, privileges, ...rest } = payload;
    const kept = {
        ...(id.kind === 'constraint' ? {} : { type }),
        ...(id.kind === 'acl' && { privileges: isEmptyList(privileges) ? 'none' : privileges }),
        ...(id.kind === 'defaultPrivilege' && { privileges: isEmptyList(privileges) ? 'none' : privileges }),
        ...(persistence === 'u' && { persistence: 'unlogged' }),
        ...(replicaIdentity !== 'd' && { replicaIdentity }),
        ...(valid === false && { valid: 'no, its build failed' }),
        ...rest,
    };
    if (id.kind === 'extensionIntent')
        return { sql: payload['_shown'] };
    // The definition of a routine says all that the other attributes repeat.
    if (typeof kept['def'] === 'string')
        return { def: kept['def'], ...(kept['valid'] !== undefined && { valid: kept['valid'] }) };
    return Object.fromEntries(Object.entries(kept).filter(([name]) => !name.startsWith('_') && !silent.has(name)));
}
/** Told by other words already. */
const silent = new Set(['variant', 'validated']);
function isEmptyList(value) {
    return Array.isArray(value) && value.length === 0;
}

;// CONCATENATED MODULE: ./lib/insight/schema-diff/changes.js


/** What differs, object by object: what hangs on an object (default, comment, grants) is a detail of it. */
function changesOf(sides, { deltas, actions, renamings }) {
    const drafts = new Map();
    const draftOf = (id) => {
        const home = homeOf(sides, id);
        const key = sides.encode(home);
        const [before, after] = [sides.parent.get(home), sides.branch.get(home)];
        const fact = after ?? before;
        if (!fact || goesWith(sides, fact))
            return undefined;
        const change = !before ? 'added' : !after ? 'removed' : 'changed';
        const draft = drafts.get(key) ?? { fact, change, details: [], actions: [] };
        drafts.set(key, draft);
        return draft;
    };
    for (const renaming of renamings) {
        const draft = draftOf(renaming.to);
        if (!draft)
            continue;
        draft.details.push({ what: 'name', before: words_nameOf(renaming.from), after: words_nameOf(renaming.to) });
        drafts.set(sides.encode(renaming.to), { ...draft, renaming });
    }
    for (const delta of deltas)
        tell(sides, delta, draftOf);
    for (const action of actions) {
        const subject = action.produces[0] ?? action.destroys[0] ?? action.consumes[0];
        if (subject)
            drafts.get(sides.encode(homeOf(sides, subject)))?.actions.push(action);
    }
    return [...drafts.values()].map((draft) => changeOf(sides, draft)).toSorted(byPlace);
}
function tell(sides, delta, draftOf) {
    if (delta.verb === 'link' || delta.verb === 'unlink') {
        const { kind, from, to } = delta.edge;
        // The owner of what is new is whoever runs the migration, if it is not said.
        if (kind !== 'owner' || !sides.branch.has(from))
            return;
        const side = delta.verb === 'link' ? 'after' : 'before';
        const draft = draftOf(from);
        const known = draft?.details.findIndex(({ what }) => what === 'owner') ?? -1;
        const detail = { ...draft?.details[known], what: 'owner', [side]: words_nameOf(to) };
        if (known < 0)
            draft?.details.push(detail);
        else
            draft?.details.splice(known, 1, detail);
        return;
    }
    if (delta.verb === 'set') {
        const fact = sides.branch.get(delta.id);
        if (fact && !delta.attr.startsWith('_')) {
            const shown = fact.payload['_shown'];
            const values = shown === undefined
                ? { before: delta.from, after: delta.to }
                : { before: sides.parent.get(delta.id)?.payload['_shown'], after: shown };
            draftOf(delta.id)?.details.push(detailOf(fact, delta.attr, values));
        }
        return;
    }
    const draft = draftOf(delta.fact.id);
    if (draft?.change === 'added' && isUsual(delta.fact))
        return;
    draft?.details.push(...detailsOf(delta.fact, delta.verb === 'add' ? 'after' : 'before'));
}
/** What everybody may do with a new function or type unless it is taken away. */
function isUsual({ id, payload }) {
    if (id.kind !== 'acl' || id.grantee !== 'PUBLIC')
        return false;
    const usual = ['type', 'domain'].includes(id.target.kind) ? 'USAGE' : 'EXECUTE';
    const { privileges, grantable } = payload;
    const own = ['type', 'domain', 'function', 'procedure', 'aggregate'].includes(id.target.kind);
    return own && JSON.stringify([privileges, grantable]) === JSON.stringify([[usual], []]);
}
/** The object under whose name a fact is told. */
function homeOf(sides, id) {
    const fact = sides.branch.get(id) ?? sides.parent.get(id);
    const parent = fact?.parent;
    if ('target' in id) {
        if ('column' in id && id.column !== undefined && parent)
            return homeOf(sides, parent);
        return homeOf(sides, id.target);
    }
    const within = id.kind === 'default' ||
        id.kind === 'typeAttribute' ||
        id.kind === 'publicationRel' ||
        id.kind === 'publicationSchema' ||
        (id.kind === 'constraint' && parent?.kind === 'domain') ||
        (id.kind === 'extensionIntent' && id.intentKind !== 'statistics');
    return within && parent ? homeOf(sides, parent) : id;
}
/** What was part of something that is gone as a whole is not told again. */
function goesWith(sides, { id, parent }) {
    return parent !== undefined && parent.kind !== 'schema' && !sides.branch.has(id) && !sides.branch.has(parent);
}
function changeOf(sides, draft) {
    const { fact, change, details, actions, renaming } = draft;
    const container = fact.parent?.kind === 'schema' ? undefined : fact.parent;
    const fresh = container !== undefined && !sides.parent.has(container);
    const locks = [
        ...actions.map(({ lockClass }) => wordOf(lockClass)),
        ...(renaming ? ['ACCESS EXCLUSIVE'] : []),
    ];
    const strongest = lockClasses.findLast((lock) => locks.includes(lock));
    const stood = change !== 'added' || (container !== undefined && !fresh);
    const lossy = actions.some(({ dataLoss }) => dataLoss === 'destructive') && change !== 'added';
    return {
        object: objectOf(fact),
        name: words_nameOf(fact.id),
        ...(container && { within: words_nameOf(container) }),
        change,
        details: details.toSorted((a, b) => order(a) - order(b)),
        sql: [...(renaming ? [renaming.sql] : []), ...actions.map(({ sql }) => sql)],
        ...(stood && strongest !== undefined && strongest !== 'none' && { lockClass: strongest }),
        ...(stood && actions.some(({ rewriteRisk }) => rewriteRisk) && { rewrite: true }),
        ...(lossy && holdsRows(fact.id) && { dataLoss: true }),
    };
}
/** A view or an index can be made again from what it shows. */
function holdsRows({ kind }) {
    return !['view', 'materializedView', 'foreignTable', 'index'].includes(kind);
}
const firstWords = ['name', 'type', 'not null', 'default'];
function order({ what }) {
    const at = firstWords.indexOf(what);
    return at < 0 ? firstWords.length : at;
}
function wordOf(lock) {
    const words = {
        none: 'none',
        share: 'SHARE',
        shareRowExclusive: 'SHARE ROW EXCLUSIVE',
        shareUpdateExclusive: 'SHARE UPDATE EXCLUSIVE',
        accessExclusive: 'ACCESS EXCLUSIVE',
    };
    return words[lock];
}
const places = [
    ...['schema', 'extension', 'enum', 'domain', 'composite type', 'range type', 'collation', 'sequence', 'table'],
    ...['column', 'constraint', 'index', 'statistics', 'trigger', 'policy', 'rule', 'foreign table', 'view'],
    ...['materialized view', 'function', 'procedure', 'aggregate'],
];
/** By object with all that is within it right behind, in the order in which people look for things. */
function byPlace(a, b) {
    const rank = ({ object }) => (places.includes(object) ? places.indexOf(object) : places.length);
    const root = (change) => (change.within === undefined ? rank(change) : rootRank);
    const top = (change) => change.within ?? change.name;
    return (root(a) - root(b) ||
        compare(top(a), top(b)) ||
        Number(a.within !== undefined) - Number(b.within !== undefined) ||
        rank(a) - rank(b) ||
        compare(a.name, b.name));
}
/** Whatever is within something is mostly within a table. */
const rootRank = places.indexOf('table');
/** The same on every machine, whatever its language. */
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./lib/insight/schema-diff/gaps.js
/** The one way to add facts of one's own to pg-delta's planner; the word for the extension is ours. */
const ext = 'postgres';
const notOfExtension = `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`;
const relations = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND ${notOfExtension}`;
const columns = `${relations} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`;
const place = `n.nspname::text, c.relname::text, c.relkind::text`;
const one = (kind, name) => `SELECT '${kind}', ${place}, ${name}::text, NULL::text, NULL::text[]`;
const gaps_alterTable = `'ALTER ' || CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW ' WHEN 'f' THEN 'FOREIGN TABLE ' ELSE 'TABLE ' END || c.oid::regclass`;
const alterColumn = `${gaps_alterTable} || ' ALTER COLUMN ' || quote_ident(a.attname)`;
const storage = (letter) => `CASE ${letter} WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END`;
const state = (letter) => `CASE ${letter} WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END`;
const queries = [
    `${one('column storage', 'a.attname')}, ${alterColumn} || ' SET STORAGE ', ${storage('a.attstorage')}, ${alterColumn} || ' SET STORAGE ' || ${storage('t.typstorage')}
     FROM ${columns} JOIN pg_type t ON t.oid = a.atttypid WHERE c.relkind IN ('r', 'p', 'm') AND a.attstorage <> t.typstorage`,
    `${one('column statistics target', 'a.attname')}, ${alterColumn} || ' SET STATISTICS ', to_jsonb(a) ->> 'attstattarget', ${alterColumn} || ' SET STATISTICS -1'
     FROM ${columns} WHERE c.relkind IN ('r', 'p', 'm', 'f') AND coalesce((to_jsonb(a) ->> 'attstattarget')::int, -1) <> -1`,
    `${one('column options', 'a.attname')}, ${alterColumn} || ' SET ', '(' || array_to_string(a.attoptions, ', ') || ')',
          ${alterColumn} || ' RESET (' || (SELECT string_agg(split_part(o, '=', 1), ', ') FROM unnest(a.attoptions) o) || ')'
     FROM ${columns} WHERE c.relkind IN ('r', 'p', 'm', 'f') AND a.attoptions IS NOT NULL`,
    `${one('column compression', 'a.attname')}, ${alterColumn} || ' SET COMPRESSION ', CASE a.attcompression WHEN 'p' THEN 'pglz' ELSE 'lz4' END, ${alterColumn} || ' SET COMPRESSION DEFAULT'
     FROM ${columns} WHERE c.relkind IN ('r', 'p') AND a.attcompression <> ''`,
    `${one('column default', 'a.attname')}, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT ', c.oid::regclass, a.attname), pg_get_expr(f.adbin, f.adrelid),
          format('ALTER VIEW %s ALTER COLUMN %I DROP DEFAULT', c.oid::regclass, a.attname)
     FROM ${columns} JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum WHERE c.relkind = 'v'`,
    `${one('tablespace', 'c.relname')}, ${gaps_alterTable} || ' SET TABLESPACE ', quote_ident(s.spcname), ${gaps_alterTable} || ' SET TABLESPACE pg_default'
     FROM ${relations} JOIN pg_tablespace s ON s.oid = c.reltablespace WHERE c.relkind IN ('r', 'p', 'm')`,
    `${one('trigger state', 't.tgname')}, format('ALTER TABLE ONLY %s ', c.oid::regclass), ${state('t.tgenabled')} || ' TRIGGER ' || quote_ident(t.tgname),
          format('ALTER TABLE ONLY %s %s TRIGGER %I', c.oid::regclass, ${state('u.tgenabled')}, t.tgname)
     FROM ${relations} JOIN pg_trigger t ON t.tgrelid = c.oid JOIN pg_trigger u ON u.oid = t.tgparentid WHERE NOT t.tgisinternal AND t.tgenabled <> u.tgenabled`,
    `SELECT 'clustered on', ${place}, x.relname::text, o.conname::text, NULL::text[], ${gaps_alterTable} || ' CLUSTER ON ', quote_ident(x.relname), ${gaps_alterTable} || ' SET WITHOUT CLUSTER'
     FROM ${relations} JOIN pg_index i ON i.indrelid = c.oid AND i.indisclustered JOIN pg_class x ON x.oid = i.indexrelid
     LEFT JOIN pg_constraint o ON o.conindid = x.oid AND o.contype IN ('p', 'u', 'x')`,
    `${one('comment', 'a.attname')}, format('COMMENT ON COLUMN %s.%I IS ', c.oid::regclass, a.attname), quote_literal(d.description), format('COMMENT ON COLUMN %s.%I IS NULL', c.oid::regclass, a.attname)
     FROM ${columns} JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = a.attnum WHERE c.relkind IN ('v', 'm')`,
    `SELECT 'comment', ${place}, x.relname::text, o.conname::text, NULL::text[], format('COMMENT ON INDEX %s IS ', x.oid::regclass), quote_literal(d.description), format('COMMENT ON INDEX %s IS NULL', x.oid::regclass)
     FROM ${relations} JOIN pg_constraint o ON o.conrelid = c.oid AND o.contype IN ('p', 'u', 'x') JOIN pg_class x ON x.oid = o.conindid
     JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = x.oid AND d.objsubid = 0`,
].map((query) => `SELECT *, NULL::text[] FROM (${query}) AS q`);
const statistics = `SELECT 'statistics', ${place}, quote_ident(s.nspname) || '.' || quote_ident(e.stxname), NULL::text,
          ARRAY(SELECT a.attname::text FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                 WHERE d.classid = 'pg_statistic_ext'::regclass AND d.objid = e.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 ORDER BY 1),
          '', pg_get_statisticsobjdef(e.oid), format('DROP STATISTICS %I.%I', s.nspname, e.stxname),
          ARRAY(SELECT format('ALTER STATISTICS %I.%I SET STATISTICS %s', s.nspname, e.stxname, to_jsonb(e) ->> 'stxstattarget') WHERE coalesce((to_jsonb(e) ->> 'stxstattarget')::int, -1) <> -1)
            || ARRAY(SELECT format('COMMENT ON STATISTICS %I.%I IS %L', s.nspname, e.stxname, d.description) FROM pg_description d WHERE d.classoid = 'pg_statistic_ext'::regclass AND d.objoid = e.oid)
     FROM ${relations} JOIN pg_statistic_ext e ON e.stxrelid = c.oid JOIN pg_namespace s ON s.oid = e.stxnamespace`;
/** The version of an extension only where it is not the one that CREATE EXTENSION gives. */
const versions = `SELECT e.extname::text AS name, e.extversion AS version, format('ALTER EXTENSION %I UPDATE TO %L', e.extname, e.extversion) AS sql, format('ALTER EXTENSION %I UPDATE', e.extname) AS undo
  FROM pg_extension e JOIN pg_available_extensions v ON v.name = e.extname WHERE e.extversion <> v.default_version AND e.extname <> 'plpgsql'`;
/** Facts of the gaps, each below the fact that it goes away with. */
async function readGaps(query, base) {
    const facts = [];
    const edges = [];
    const [server] = await query(`SELECT current_setting('server_version_num')::int AS version`);
    for (const text of [...queries, statistics]) {
        if (Number(server?.['version']) < 140000 && text.includes('attcompression'))
            continue;
        for (const gap of (await query(`SELECT * FROM (${text}) AS g(kind, schema, relation, relkind, name, owner, columns, prefix, value, undo, more)`))) {
            const parent = [...parentsOf(gap)].find((id) => base.has(id));
            if (!parent)
                continue;
            const id = idOf(gap.kind, [gap.schema, gap.relation, gap.name]);
            const sql = [`${gap.prefix}${gap.value}`, ...(gap.more ?? [])];
            facts.push({ id, parent, payload: { sql, _undo: gap.undo, _shown: [gap.value, ...(gap.more ?? [])].join('; ') } });
            for (const name of gap.columns ?? []) {
                edges.push({ from: id, to: { kind: 'column', schema: gap.schema, table: gap.relation, name }, kind: 'depends' });
            }
        }
    }
    for (const row of (await query(versions))) {
        const parent = { kind: 'extension', name: row.name };
        const id = idOf('version', [row.name]);
        if (base.has(parent))
            facts.push({ id, parent, payload: { sql: [row.sql], _undo: row.undo, _shown: row.version } });
    }
    return { facts, edges };
}
function idOf(intentKind, key) {
    return { kind: 'extensionIntent', ext, intentKind, key: JSON.stringify(key) };
}
const relationKinds = {
    r: 'table',
    p: 'table',
    v: 'view',
    m: 'materializedView',
    f: 'foreignTable',
};
/** The nearest first: the first one that is a fact is the parent. */
function* parentsOf({ kind, schema, relation, relkind, name, owner }) {
    if (owner !== null)
        yield { kind: 'constraint', schema, table: relation, name: owner };
    if (kind === 'clustered on')
        yield { kind: 'index', schema, name };
    if (kind.startsWith('column '))
        yield { kind: 'column', schema, table: relation, name };
    const relationKind = relationKinds[relkind];
    if (relationKind)
        yield { kind: relationKind, schema, name: relation };
}
const statements = (payload) => payload['sql'];
/** What the planner does with them. Statistics are made anew, everything else is set again. */
function gapRules() {
    const rule = (kind) => ({
        weight: 30,
        // It goes away with its parent, whatever that is.
        metadata: true,
        create: ({ payload }) => statements(payload).map((sql) => ({ sql, ...costs(kind) })),
        drop: ({ payload }) => ({ sql: payload['_undo'], ...costs(kind) }),
        attributes: {
            sql: kind === 'statistics'
                ? 'replace'
                : { alter: (_fact, _from, to) => to.map((sql) => ({ sql, ...costs(kind) })) },
        },
    });
    return new Map(gapKinds.map((kind) => [`${ext}\0${kind}`, rule(kind)]));
}
const gapKinds = [
    ...['column storage', 'column statistics target', 'column options', 'column compression', 'column default'],
    ...['tablespace', 'trigger state', 'clustered on', 'statistics', 'comment', 'version'],
];
/** Locks: https://www.postgresql.org/docs/current/sql-altertable.html */
function costs(kind) {
    if (kind === 'tablespace')
        return { lockClass: 'accessExclusive', rewriteRisk: true };
    if (kind === 'comment' || kind === 'version')
        return { lockClass: 'none' };
    if (['statistics', 'column statistics target', 'column options', 'clustered on'].includes(kind)) {
        return { lockClass: 'shareUpdateExclusive' };
    }
    return { lockClass: 'accessExclusive' };
}

;// CONCATENATED MODULE: ./lib/insight/schema-diff/judge.js


/**
 * pg-delta takes every change of a type and every default for a rewrite, and none of them for a loss. The grammar tells
 * which of them are.
 */
function judge_judge(parser, changes) {
    return changes.map((change) => (change.object === 'column' ? judgeColumn(parser, change) : change));
}
function judgeColumn(parser, change) {
    const { rewrite, ...rest } = change;
    const types = change.details.find(({ what }) => what === 'type');
    if (change.change === 'added')
        return rewrite && addRewrites(parser, change) ? change : rest;
    if (types?.before === undefined || types.after === undefined)
        return change;
    const [from, to] = [typeFrom(parser, types.before), typeFrom(parser, types.after)];
    return {
        ...rest,
        ...(judgeTypeChange(from, to) !== 'free' && { rewrite: true }),
        ...(narrows(from, to) && { dataLoss: true }),
    };
}
/** A default that is one value for all rows is kept in the catalog. */
function addRewrites(parser, { details }) {
    const generated = details.find(({ what }) => what === 'generated as')?.after;
    if (generated !== undefined)
        return !generated.endsWith('/* virtual */');
    const text = details.find(({ what }) => what === 'default')?.after;
    if (text === undefined)
        return true;
    const { stmts = [] } = parser.parseSync(`SELECT ${text}`);
    const statement = stmts[0]?.stmt;
    return volatileFunction(statement) !== undefined;
}
/** From the narrowest on: each holds every value of those before it. */
const widening = [
    ['int2', 'int4', 'int8', 'numeric', 'text'],
    ['float4', 'float8', 'text'],
    ['date', 'timestamp', 'timestamptz', 'text'],
    ['bpchar', 'varchar', 'text'],
    ['cidr', 'inet', 'text'],
    ['bit', 'varbit', 'text'],
];
/** Whether a value of the old type may not fit the new one as it is. What is not known to fit does not. */
function narrows(from, to) {
    if (from.array !== to.array)
        return true;
    if (from.base === to.base)
        return narrowsWithin(from, to);
    if (to.base === 'text' || (to.base === 'varchar' && to.modifiers.length === 0))
        return false;
    if (to.base === 'jsonb' && from.base === 'json')
        return false;
    const cut = to.modifiers.length > 0;
    return cut || !widening.some((list) => list.includes(from.base) && list.indexOf(from.base) < list.indexOf(to.base));
}
function narrowsWithin({ modifiers: from }, { modifiers: to }) {
    if (to.length === 0 || from.join() === to.join())
        return false;
    if (from.length === 0)
        return true;
    const [had = 0, hadScale = 0] = from;
    const [has = 0, hasScale = 0] = to;
    // Digits before and after the point are both kept.
    return has < had || hasScale < hadScale || has - hasScale < had - hadScale;
}

;// CONCATENATED MODULE: ./lib/insight/schema-diff/read-side.js


/** The longest that a catalog query may take, and wait for another session's DDL, in milliseconds. */
const patience = { statement: 30_000, lock: 5_000 };
const read_side_notOfExtension = (catalog) => `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = o.oid AND e.deptype IN ('e', 'i'))`;
const unmodelled = [
    ...['pg_cast', 'pg_operator', 'pg_opclass', 'pg_opfamily', 'pg_ts_config', 'pg_ts_dict', 'pg_ts_parser'],
    ...['pg_ts_template', 'pg_conversion', 'pg_language', 'pg_transform', 'pg_am'],
]
    // Whatever initdb makes has a number below 16384 (FirstNormalObjectId).
    .map((catalog) => `SELECT pg_describe_object('${catalog}'::regclass, o.oid, 0) AS name FROM ${catalog} o WHERE o.oid >= 16384 AND ${read_side_notOfExtension(catalog)}`)
    // The constraint is known, that no row was tested against it is not.
    .concat(`SELECT format('NOT NULL of column %I of table %s, not valid', a.attname, o.conrelid::regclass) FROM pg_constraint o JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = o.conkey[1]
      WHERE o.contype = 'n' AND NOT o.convalidated`)
    .join(' UNION ALL ');
const user = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;
/** Both catalogs in one map: an OID of the one may be one of the other too, so it comes with a letter. */
const oids = `SELECT 'r' || c.oid AS oid, json_build_array(n.nspname, c.relname)::jsonb AS key FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'i', 'I', 'f') AND ${user}
  UNION ALL SELECT 'c' || o.oid, json_build_array(n.nspname, c.relname, o.conname)::jsonb FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${user}`;
const virtual = `SELECT json_build_array(n.nspname, c.relname, a.attname)::jsonb AS key FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attgenerated = 'v' AND ${user}`;
const owners = `SELECT pg_get_userbyid(datdba)::text AS owner, current_user::text AS reader FROM pg_database WHERE datname = current_database()`;
/** Reads in one READ ONLY snapshot, with the locks of `pg_dump -s` and none for long: it may be production. */
async function readSide(sql) {
    const [{ extract }, { buildFactBase }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(840), __webpack_require__.e(872)]).then(__webpack_require__.bind(__webpack_require__, 6872)),
        Promise.all(/* import() */[__webpack_require__.e(840), __webpack_require__.e(839)]).then(__webpack_require__.bind(__webpack_require__, 9839)),
    ]);
    const more = { unmodelled: [], oids: new Map(), owners: [] };
    const virtualColumns = new Set();
    const { factBase } = await extract((0,pg_delta/* asPool */.$)(sql, `SET LOCAL lock_timeout = ${patience.lock}; SET LOCAL search_path = pg_catalog`), {
        statementTimeoutMs: patience.statement,
        handlers: [
            {
                extension: ext,
                async capture(snapshot, base) {
                    const query = (text) => snapshot.query(text);
                    more.unmodelled.push(...(await query(unmodelled)).map((row) => String(row['name'])));
                    for (const row of await query(virtual))
                        virtualColumns.add(JSON.stringify(row['key']));
                    const [row] = await query(owners);
                    more.owners.push(String(row?.['owner']), String(row?.['reader']));
                    for (const row of await query(oids)) {
                        more.oids.set(JSON.stringify(row['key']), String(row['oid']));
                    }
                    return readGaps(query, base);
                },
            },
        ],
    });
    const { owners: own, ...rest } = more;
    const facts = factBase.facts().map((fact) => (isVirtual(fact, virtualColumns) ? marked(fact) : tested(fact)));
    return { base: buildFactBase(facts, [...factBase.edges]), own, databaseOwner: own[0] ?? '', ...rest };
}
/** pg-delta takes every generated column for a stored one: the expression carries the word until the SQL is written. */
const mark = ' /* virtual */';
function isVirtual({ id }, virtual) {
    return id.kind === 'column' && virtual.has(JSON.stringify([id.schema, id.table, id.name]));
}
function marked(fact) {
    return { ...fact, payload: { ...fact.payload, generatedExpr: `${fact.payload['generatedExpr']}${mark}` } };
}
/** The statement as the server wants it. */
function withVirtual(sql) {
    return sql.replaceAll(`${mark}) STORED`, ') VIRTUAL');
}
/** That no row was tested is an attribute of its own: with it in the definition too, VALIDATE would be a new constraint. */
function tested(fact) {
    const { def } = fact.payload;
    if (fact.id.kind !== 'constraint' || typeof def !== 'string' || fact.payload['validated'] === true)
        return fact;
    return { ...fact, payload: { ...fact.payload, def: def.replace(/ NOT VALID$/, '') } };
}

// EXTERNAL MODULE: ./lib/domain/masking/sql-text.js
var sql_text = __webpack_require__(4599);
;// CONCATENATED MODULE: ./lib/insight/schema-diff/renamings.js

const renamings_relationKinds = new Set(['table', 'view', 'materializedView', 'foreignTable', 'sequence', 'index']);
/**
 * What has another name in the branch. A copy of the parent's files keeps OIDs, and what is made later gets a new one;
 * without OIDs a column is known by its position, where no column was ever dropped before.
 */
function findRenamings(parent, branch) {
    const copied = isCopy(parent, branch);
    const relations = [];
    if (copied) {
        const there = new Map([...branch.oids].map(([key, oid]) => [oid, key]));
        for (const { id } of parent.base.facts()) {
            if (!renamings_relationKinds.has(id.kind) && id.kind !== 'constraint')
                continue;
            const from = id;
            const key = there.get(parent.oids.get(renamings_keyOf(from)) ?? '');
            if (key === undefined || key === renamings_keyOf(from))
                continue;
            const to = branch.base.facts().find((fact) => fact.id.kind === id.kind && renamings_keyOf(fact.id) === key)?.id;
            if (!to || parent.base.has(to) || branch.base.has(id))
                continue;
            // A constraint moves with its table; only another name of its own is a renaming.
            if (id.kind === 'constraint' && to.name === from.name)
                continue;
            relations.push({ from, to, sql: renameSql(from, to) });
        }
    }
    const tables = new Map(relations.map(({ from, to }) => [renamings_keyOf(from), to]));
    return [
        ...relations.filter(({ from }) => from.kind !== 'constraint'),
        ...renamedColumns({ parent, branch, tables, copied }),
        ...relations.filter(({ from }) => from.kind === 'constraint'),
    ];
}
/** Whether the branch is a copy of the parent's files: then most things of one name have one OID. */
function isCopy(parent, branch) {
    const both = [...parent.oids].filter(([key]) => branch.oids.has(key));
    return both.filter(([key, oid]) => branch.oids.get(key) === oid).length * 2 > both.length;
}
function renamedColumns({ parent, branch, tables, copied, }) {
    const found = [];
    for (const { id } of parent.base.facts()) {
        if (id.kind !== 'table')
            continue;
        const there = tables.get(renamings_keyOf(id)) ?? id;
        const columns = columnsOf(parent.base, id);
        const candidates = columnsOf(branch.base, there);
        const proven = copied
            ? parent.oids.get(renamings_keyOf(id)) === branch.oids.get(renamings_keyOf(there))
            : Math.max(...columns.map(positionOf)) === columns.length;
        if (!proven)
            continue;
        for (const column of columns) {
            const match = candidates.find((other) => positionOf(other) === positionOf(column));
            const [from, to] = [column.id, match?.id];
            if (!to || from.name === to.name)
                continue;
            const stays = candidates.some((other) => other.id.name === from.name);
            const stood = columns.some((other) => other.id.name === to.name);
            if (stays || stood)
                continue;
            found.push({
                from,
                to,
                sql: `ALTER TABLE ${(0,sql_text/* identifier */.Cv)(there.schema)}.${(0,sql_text/* identifier */.Cv)(there.name)} RENAME COLUMN ${(0,sql_text/* identifier */.Cv)(from.name)} TO ${(0,sql_text/* identifier */.Cv)(to.name)}`,
            });
        }
    }
    return found;
}
function columnsOf(base, table) {
    return base.childrenOf(table).filter(({ id }) => id.kind === 'column');
}
const positionOf = ({ payload }) => Number(payload['_position']);
const words = {
    table: 'TABLE',
    view: 'VIEW',
    materializedView: 'MATERIALIZED VIEW',
    foreignTable: 'FOREIGN TABLE',
    sequence: 'SEQUENCE',
    index: 'INDEX',
};
function renameSql(from, to) {
    if ('table' in from && 'table' in to) {
        return `ALTER TABLE ${(0,sql_text/* identifier */.Cv)(to.schema)}.${(0,sql_text/* identifier */.Cv)(String(to.table))} RENAME CONSTRAINT ${(0,sql_text/* identifier */.Cv)(from.name)} TO ${(0,sql_text/* identifier */.Cv)(to.name)}`;
    }
    const word = `ALTER ${words[from.kind]}`;
    const steps = [
        ...(from.name === to.name
            ? []
            : [`${word} ${(0,sql_text/* identifier */.Cv)(from.schema)}.${(0,sql_text/* identifier */.Cv)(from.name)} RENAME TO ${(0,sql_text/* identifier */.Cv)(to.name)}`]),
        ...(from.schema === to.schema
            ? []
            : [`${word} ${(0,sql_text/* identifier */.Cv)(from.schema)}.${(0,sql_text/* identifier */.Cv)(to.name)} SET SCHEMA ${(0,sql_text/* identifier */.Cv)(to.schema)}`]),
    ];
    return steps.join('; ');
}
/** How an object with an OID is looked up. */
function renamings_keyOf(id) {
    return JSON.stringify([id.schema, ...('table' in id ? [id.table] : []), id.name]);
}
/**
 * The parent as it is once the renamings are done: names in ids, and in the definitions of what depends on them, where the
 * branch has just that text.
 */
function renamings_renamed({ facts, edges }, { renamings, branch, encode, }) {
    if (renamings.length === 0)
        return { facts, edges };
    const map = idMap(renamings, encode);
    const there = new Map(branch.map((fact) => [encode(fact.id), fact]));
    const touched = new Set(renamings.map(({ from }) => encode(from)));
    const hanging = new Map();
    for (const { from, to } of edges)
        hanging.set(encode(from), [...(hanging.get(encode(from)) ?? []), to]);
    const isTouched = (fact) => {
        const near = [fact.id, ...(fact.parent ? [fact.parent] : []), ...(hanging.get(encode(fact.id)) ?? [])];
        return near.some((id) => touched.has(encode(id)) || encode(map(id)) !== encode(id));
    };
    const names = new Map(renamings.map(({ from, to }) => [from.name, to.name]));
    return {
        facts: facts.map((fact) => {
            const id = map(fact.id);
            const moved = { ...fact, id, ...(fact.parent && { parent: map(fact.parent) }) };
            const goal = there.get(encode(id));
            const same = goal && isTouched(fact) && plain(fact.payload, names) === plain(goal.payload, new Map());
            return same ? { ...moved, payload: goal.payload } : moved;
        }),
        edges: edges.map((edge) => ({ ...edge, from: map(edge.from), to: map(edge.to) })),
    };
}
function idMap(renamings, encode) {
    const direct = new Map(renamings.map(({ from, to }) => [encode(from), to]));
    const tables = new Map(renamings.flatMap(({ from, to }) => (renamings_relationKinds.has(from.kind) ? [[renamings_keyOf(from), to]] : [])));
    const columns = new Map(renamings.flatMap(({ from, to }) => (from.kind === 'column' ? [[renamings_keyOf(from), to]] : [])));
    const map = (id) => {
        const moved = direct.get(encode(id));
        if (moved)
            return moved;
        if ('target' in id) {
            const column = 'column' in id && id.column !== undefined ? columnIn(id.target, id.column) : undefined;
            return { ...id, target: map(id.target), ...(column !== undefined && { column }) };
        }
        if (id.kind === 'extensionIntent') {
            const [schema = '', relation = '', name = ''] = JSON.parse(id.key);
            if (relation === '')
                return id;
            const table = tables.get(JSON.stringify([schema, relation]));
            const other = columnIn({ schema, name: relation }, name);
            return { ...id, key: JSON.stringify([table?.schema ?? schema, table?.name ?? relation, other]) };
        }
        if (!('table' in id))
            return id;
        const table = tables.get(JSON.stringify([id.schema, id.table]));
        const name = id.kind === 'default' ? columnIn({ schema: id.schema, name: id.table }, id.name) : undefined;
        return {
            ...id,
            ...(table && { schema: table.schema, table: table.name }),
            ...(name !== undefined && { name }),
        };
    };
    const columnIn = (table, column) => columns.get(JSON.stringify([table.schema, table.name, column]))?.name ?? column;
    return map;
}
/** Definitions with identifiers exchanged and unquoted, to compare them. Texts in single quotes stay. */
function plain(payload, names) {
    return JSON.stringify(payload, (key, value) => {
        if (key.startsWith('_'))
            return undefined;
        if (typeof value !== 'string')
            return value;
        return value.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*/gu, (word) => {
            if (word.startsWith("'"))
                return word;
            const name = word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word;
            return names.get(name) ?? name;
        });
    });
}

;// CONCATENATED MODULE: ./lib/insight/schema-diff/diff.js








/**
 * Compares two databases object by object, whatever the order and the OIDs in which they were made, and whoever owns
 * them. Both are only read, each in one READ ONLY snapshot with the locks of `pg_dump -s`: the parent may be production.
 * Not compared: rows, owners that a branch has for being one, roles, subscriptions, user mappings, the order of columns,
 * names of NOT NULL constraints, and indexes that a partition has from its parent.
 * @throws ProviderError when a database cannot be read within the time limits.
 */
async function diffSchemas({ parent, branch }) {
    const [{ plan }, { buildFactBase, encodeId }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(840), __webpack_require__.e(830)]).then(__webpack_require__.bind(__webpack_require__, 4830)),
        Promise.all(/* import() */[__webpack_require__.e(840), __webpack_require__.e(839)]).then(__webpack_require__.bind(__webpack_require__, 9839)),
    ]);
    const [one, other] = await Promise.all([readSide(parent), readSide(branch)]);
    const base = ({ facts, edges }) => buildFactBase([...facts], [...edges], 'liveDb', new Set(), { allowDangling: ({ kind }) => kind === 'owner' });
    const renamings = findRenamings(one, other);
    const moved = renamings_renamed({ facts: one.base.facts(), edges: one.base.edges }, { renamings, branch: other.base.facts(), encode: encodeId });
    const pair = alike_alike({ ...one, base: base(moved) }, other, encodeId);
    const sides = { parent: base(pair.parent), branch: base(pair.branch), encode: encodeId };
    const roles = [one, other].flatMap((side) => side.base.facts().flatMap(({ id }) => (id.kind === 'role' ? [id.name] : [])));
    const planned = plan(sides.parent, sides.branch, { intentRules: gapRules(), assumedRoles: [...new Set(roles)] });
    const actions = planned.actions.map((action) => ({
        ...action,
        sql: withVirtual((0,pg_delta/* corrected */.Y)(action.sql, action.produces[0]?.kind)),
    }));
    const changes = changesOf(sides, { deltas: planned.deltas, actions, renamings });
    const without = unwritten(one, other);
    return {
        changes: [...judge_judge(await (0,sql_parser/* loadParser */.q)(), changes), ...without],
        sql: script(renamings.map(({ sql }) => sql), actions),
        problems: without.map(({ change, name }) => `There is no SQL in the diff for this, which was ${change}: ${name}.`),
    };
}
function script(renamings, actions) {
    const lines = renamings.map(ended);
    for (const { sql, newSegmentBefore, transactionality } of actions) {
        if (newSegmentBefore)
            lines.push('-- COMMIT here: what follows uses what is new above.');
        if (transactionality === 'nonTransactional')
            lines.push('-- Not inside a transaction:');
        lines.push(ended(sql));
    }
    const routines = actions.some(({ produces }) => produces.some(({ kind }) => kind === 'function' || kind === 'procedure'));
    return [...(routines ? ['SET check_function_bodies = off;'] : []), ...lines].join('\n');
}
function ended(sql) {
    return `${sql.trim().replace(/;$/, '')};`;
}
/** What is there or not, and nothing else is known of it. */
function unwritten(parent, branch) {
    const only = (here, there, change) => here.unmodelled
        .filter((name) => !there.unmodelled.includes(name))
        .map((name) => ({ object: 'other', name, change, details: [], sql: [] }));
    return [...only(parent, branch, 'removed'), ...only(branch, parent, 'added')];
}

;// CONCATENATED MODULE: ./lib/insight/schema-diff/findings.js

/**
 * What the difference means for production and for code that runs there: lost values, tables written anew, names that
 * code may use and that are gone. Rules have the names that the look at statements gives them.
 */
function findingsOfDiff({ changes }) {
    return changes
        .flatMap((change) => findings_judge(change).map((told) => ({
        ...told,
        object: change.object === 'column' ? (change.within ?? change.name) : change.name,
        ...(change.sql.length > 0 && { statement: change.sql.join('; ') }),
        source: 'diff',
    })))
        .toSorted(insight/* byDanger */.d7);
}
function findings_judge(change) {
    const name = change.details.find(({ what }) => what === 'name');
    if (name)
        return hasCallers.has(change.object) ? [renamedTold(change, name)] : [];
    if (change.change === 'removed')
        return removed(change);
    return [...(change.object === 'column' ? columnTold(change) : []), ...rewritten(change)];
}
/** What code calls by its name. */
const hasCallers = new Set([
    ...[
        'table',
        'column',
        'view',
        'materialized view',
        'foreign table',
        'sequence',
        'function',
        'procedure',
        'aggregate',
    ],
    ...['schema', 'enum', 'domain', 'composite type', 'range type', 'extension'],
]);
function renamedTold({ object }, { before, after }) {
    return {
        rule: `rename-${object.replaceAll(' ', '-')}`,
        kind: 'break',
        severity: 'high',
        detail: `The ${object} ${before ?? ''} is now ${after ?? ''}: running code that uses the old name fails at once.`,
        advice: object === 'column'
            ? 'Add a column of the new name, keep both in step with a trigger, let the code change over, drop the old one.'
            : 'Make a view or alias of the old name in the same transaction, until no code uses it.',
    };
}
function removed({ object, name, dataLoss }) {
    const rule = `drop-${object.replaceAll(' ', '-')}`;
    if (dataLoss && (object === 'table' || object === 'column')) {
        return [
            {
                rule,
                kind: 'data_loss',
                severity: 'high',
                detail: `The ${object} ${name} is gone, and all that it holds.`,
                advice: 'Release code that no longer uses it first, keep a copy, and drop it in a later migration.',
            },
        ];
    }
    if (!hasCallers.has(object))
        return [];
    return [
        {
            rule,
            kind: 'break',
            severity: 'medium',
            detail: `The ${object} ${name} is gone: running code that uses it fails.`,
            advice: 'Release code that no longer uses it before this.',
        },
    ];
}
function columnTold({ change, name, details, dataLoss }) {
    const detail = (word) => details.find(({ what }) => what === word);
    const type = detail('type');
    const told = [];
    if (change === 'changed' && dataLoss) {
        told.push({
            rule: 'narrow-type',
            kind: 'data_loss',
            severity: 'high',
            detail: type
                ? `Column ${name} goes from ${type.before ?? ''} to ${type.after ?? ''}: a value that does not fit fails the migration or is cut.`
                : `Column ${name} is dropped and made anew: its values are lost.`,
            advice: 'Add a column of the new kind, fill it in batches, look at what does not fit, then let readers change over.',
        });
    }
    const must = detail('not null');
    if (change === 'changed' && must?.after === 'yes') {
        told.push({
            rule: 'set-not-null',
            kind: 'scan',
            severity: 'medium',
            detail: `Column ${name} becomes NOT NULL: every row is looked at while nobody can read or write the table.`,
            advice: 'Add CHECK (… IS NOT NULL) NOT VALID, VALIDATE it in a transaction of its own, then SET NOT NULL.',
        });
    }
    const fills = detail('default')?.after ?? detail('identity')?.after ?? detail('generated as')?.after;
    if (change === 'added' && must?.after === 'yes' && fills === undefined) {
        told.push({
            rule: 'add-column-not-null',
            kind: 'break',
            severity: 'high',
            detail: `Column ${name} is NOT NULL and has no default: adding it fails if the table has rows, and running code that does not fill it can no longer insert.`,
            advice: 'Add it with a constant DEFAULT, or as nullable; fill it in batches and make it NOT NULL later.',
        });
    }
    return told;
}
function rewritten({ object, name, rewrite, within }) {
    if (!rewrite)
        return [];
    return [
        {
            rule: `rewrite-${object.replaceAll(' ', '-')}`,
            kind: 'rewrite',
            severity: 'high',
            detail: `For the ${object} ${name} the whole table${within === undefined ? '' : ` ${within}`} is written anew while nobody can read or write it.`,
            advice: 'Add a plain nullable column, fill it in batches, then let readers change over.',
        },
    ];
}

;// CONCATENATED MODULE: ./lib/insight/schema-diff/render.js
const signs = { added: '+', removed: '-', changed: '~' };
/**
 * A tree to read, one line per object or property: `+` only in the branch, `-` only in the parent, `~` in both and not
 * alike. What is part of something stands below it, two blanks further in. Empty where nothing differs.
 */
function diffTree({ changes }) {
    const tops = new Set(changes.filter(({ within }) => within === undefined).map(({ name }) => name));
    const opened = new Set();
    return changes
        .flatMap((change) => {
        const { within } = change;
        if (within === undefined)
            return lines(change, '');
        // What it is part of did not change itself, and is named once.
        const open = tops.has(within) || opened.has(within) ? [] : [`  ${within}`];
        opened.add(within);
        return [...open, ...lines(change, '  ')];
    })
        .join('\n');
}
function lines(change, indent) {
    const { object, details } = change;
    const name = change.within === undefined ? change.name : ownName(change);
    const head = `${indent}${signs[change.change]} ${object} ${name}`;
    if (change.change === 'removed')
        return [head];
    if (change.change === 'added') {
        const short = object === 'column' ? columnText(details) : details.map(({ what, after }) => addedText(what, after)).join(', ');
        return short.includes('\n')
            ? [head, ...block(short, `${indent}    `)]
            : [`${head}${short === '' ? '' : ` ${short}`}`];
    }
    return [head, ...details.flatMap((detail) => changedText(detail, `${indent}    `))];
}
/** The last part of the name: the rest stands above it. */
function ownName({ name, within = '' }) {
    return name.startsWith(`${within}.`) ? name.slice(within.length + 1) : name;
}
function columnText(details) {
    const words = details.map(({ what, after = '' }) => {
        if (what === 'type')
            return after;
        if (what === 'not null')
            return 'NOT NULL';
        if (what === 'default')
            return `DEFAULT ${after}`;
        if (what === 'identity')
            return after;
        return what === 'generated as' ? `GENERATED AS (${after})` : `${what} ${after}`;
    });
    return words.join(' ');
}
function addedText(what, after) {
    return what === 'definition' ? (after ?? '') : `${what}${after === 'yes' ? '' : `: ${after ?? ''}`}`;
}
function changedText({ what, before, after }, indent) {
    const long = [before, after].some((text) => (text ?? '').includes('\n') || (text ?? '').length > 60);
    if (!long)
        return [`${indent}${what}: ${before ?? '(none)'} → ${after ?? '(none)'}`];
    return [`${indent}${what}:`, ...differing(before, after).map(([sign, line]) => `${indent}  ${sign} ${line}`)];
}
function block(text, indent) {
    return text.split('\n').map((line) => `${indent}${line}`);
}
/** The lines of two texts between those that they begin and end with in common. */
function differing(before = '', after = '') {
    const [old, now] = [before.split('\n'), after.split('\n')];
    let start = 0;
    while (start < Math.min(old.length, now.length) && old[start] === now[start])
        start++;
    let end = 0;
    while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end))
        end++;
    const part = (sign, list) => list
        .slice(start, list.length - end)
        .filter((line) => line !== '')
        .map((line) => [sign, line]);
    return [...part('-', old), ...part('+', now)];
}

;// CONCATENATED MODULE: ./lib/insight/look.js











/**
 * Looks at a branch from all sides that were asked for. What goes wrong in one of them is told as a problem and hides
 * nothing of the others. Reads the parent only; in the branch, only the recorder of locks writes, and takes itself away.
 */
function lookAt(order) {
    let seen;
    let unwatched;
    return {
        async watch() {
            const { clock, signal, openBranch: open } = order;
            const watch = await orProblem('The locks were not watched', () => watchLocks({ open, clock, signal }));
            if (typeof watch === 'string')
                unwatched = watch;
            return {
                async end() {
                    if (typeof watch === 'string')
                        return undefined;
                    const report = await orProblem('What the locks were is not known', () => watch.stop());
                    if (typeof report === 'string')
                        unwatched = report;
                    else
                        seen = report;
                    return seen?.statements.at(-1)?.sql;
                },
            };
        },
        async learn() {
            const parent = await openedParent(order);
            try {
                const tables = parent.known
                    ? await orProblem('How large the tables of the parent are is not known', () => readTableFacts(parent.value))
                    : [];
                const facts = typeof tables === 'string' ? [] : tables;
                const learned = combine({
                    observed: order.locks ? observedPart(seen, { unwatched, facts }) : {},
                    static: await staticPart(order, { seen, facts }),
                    diff: order.diff ? await diffPart(order, parent) : {},
                    plan: order.queries.length > 0 ? await planPart(order, parent) : {},
                });
                return typeof tables === 'string' ? { ...learned, problems: [tables, ...learned.problems] } : learned;
            }
            finally {
                if (parent.known)
                    await parent.value.close();
            }
        },
    };
}
async function openedParent({ openParent, ...order }) {
    if (!openParent.known)
        return openParent;
    // Nothing of it is asked for: a session on production is opened for a reason only.
    if (!order.locks && !order.diff && order.queries.length === 0 && order.migrations.length === 0) {
        return { known: false, why: 'nobody asked for it' };
    }
    const session = await orProblem('The parent cannot be read', openParent.value);
    return typeof session === 'string' ? { known: false, why: session } : { known: true, value: session };
}
function observedPart(seen, { unwatched, facts }) {
    if (!seen)
        return unwatched === undefined ? {} : { problems: [unwatched], unread: unwatched };
    const { problems, ...locks } = seen;
    const [broken] = problems;
    return {
        locks,
        findings: findingsOfLocks(seen, facts),
        problems: [...(unwatched === undefined ? [] : [unwatched]), ...problems],
        ...(broken !== undefined && { unread: broken }),
    };
}
/** By the files where there are some, as they have places; else by the statements that ran, where all were recorded. */
async function staticPart({ migrations }, { seen, facts }) {
    const inputs = migrations.length > 0 ? migrations : recorded(seen);
    if (inputs.length === 0)
        return {};
    const lint = await orProblem('The statements could not be looked at', () => lintStatements(inputs, facts));
    if (typeof lint === 'string')
        return { problems: [lint], unread: lint };
    const problems = lint.problems.map(({ file, line, message }) => `${file === undefined ? '' : `${file}:${line}: `}not understood: ${message}.`);
    const [first] = problems;
    return { findings: lint.findings, problems, ...(first !== undefined && { unread: first }) };
}
function recorded(seen) {
    if (!seen?.exact)
        return [];
    return [{ sql: seen.statements.map(({ sql }) => `${sql.replace(/;\s*$/, '')};`).join('\n') }];
}
async function diffPart({ openBranch }, parent) {
    const why = 'The schemas were not compared';
    if (!parent.known)
        return { problems: [`${why}: ${parent.why}.`], unread: parent.why };
    const diff = await orProblem(why, () => within(openBranch, (branch) => diffSchemas({ parent: parent.value, branch })));
    if (typeof diff === 'string')
        return { problems: [diff], unread: diff };
    const count = (kind) => diff.changes.filter(({ change }) => change === kind).length;
    const counts = { added: count('added'), removed: count('removed'), changed: count('changed') };
    return {
        diff: { counts, tree: diffTree(diff), sql: diff.sql },
        findings: findingsOfDiff(diff),
        problems: diff.problems,
    };
}
async function planPart({ openBranch, queries: files, analyze }, parent) {
    const compared = await orProblem('The plans were not compared', () => within(openBranch, (branch) => comparePlans({ files, parent, branch, ...(analyze !== 'off' && { analyze }) })));
    if (typeof compared === 'string')
        return { problems: [compared], unread: compared };
    const { changes, problems, unread } = compared;
    return {
        plans: { queries: changes.length, changes: changes.filter(({ change }) => change !== 'same') },
        findings: findingsOfPlans(changes),
        problems: problems.map(({ file, line, message }) => `${file === undefined ? '' : `${file}:${line ?? 1}: `}${message}`),
        ...(unread !== undefined && { unread }),
    };
}
function combine(parts) {
    const { observed, static: read, diff, plan } = parts;
    const all = Object.entries(parts);
    return {
        ...(observed.locks && { locks: observed.locks }),
        ...(diff.diff && { diff: diff.diff }),
        ...(plan.plans && { plans: plan.plans }),
        findings: withoutEchoes([observed, read, diff, plan].flatMap(({ findings = [] }) => findings)).toSorted(insight/* byDanger */.d7),
        problems: all.flatMap(([, { problems = [] }]) => problems),
        unread: Object.fromEntries(all.flatMap(([source, { unread }]) => (unread === undefined ? [] : [[source, unread]]))),
    };
}
/** One danger of one object is told once: by who measured it, else by who knows the statement, else by the difference. */
function withoutEchoes(findings) {
    const kept = [];
    for (const finding of findings) {
        const told = kept.some((other) => other.source !== finding.source &&
            other.kind === finding.kind &&
            other.object === finding.object &&
            insight/* severities */.gO.indexOf(other.severity) <= insight/* severities */.gO.indexOf(finding.severity));
        if (!told)
            kept.push(finding);
    }
    return kept;
}
async function within(open, body) {
    const sql = await open();
    return body(sql).finally(() => sql.close());
}
/** @throws CancelledError */
async function orProblem(what, body) {
    try {
        return await body();
    }
    catch (error) {
        if (error instanceof errors/* CancelledError */.cc)
            throw error;
        return `${what}: ${(0,errors/* messageOf */.bD)(error)}`;
    }
}


/***/ }),

/***/ 9745:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ loadParser)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);

// Named so that the bundler sees it: it puts the file beside the bundle, and this address becomes a path there. It reads
// no syntax newer than ES2020 (`??=`): with such in this file it would spoil the file without a word.
const wasm = __webpack_require__.ab + "libpg-query.wasm";
let loading;
/** Loads the parser at its first use, so that a run which parses nothing pays nothing; some 30 ms. */
function loadParser() {
    loading = loading ?? load();
    return loading;
}
async function load() {
    // The package looks for its file beside `__dirname`, which an ES module bundle lacks: there the global one answers.
    const scope = globalThis;
    scope.__dirname = node_path__WEBPACK_IMPORTED_MODULE_0__.dirname(String(wasm));
    try {
        const { loadModule, parseSync, scanSync, parsePlPgSQLSync } = await __webpack_require__.e(/* import() */ 627).then(__webpack_require__.t.bind(__webpack_require__, 2627, 19));
        await loadModule();
        return { parseSync, scanSync, parsePlPgSQLSync };
    }
    finally {
        delete scope.__dirname;
    }
}


/***/ }),

/***/ 9144:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ asPool),
/* harmony export */   Y: () => (/* binding */ corrected)
/* harmony export */ });
/**
 * One session in the shape that pg-delta asks for: a pool that lends one connection at a time. It ends nothing.
 * `opening` is said right after a transaction begins.
 */
function asPool(sql, opening = '') {
    const client = {
        query: async (text, values) => ({
            rows: await sql.query(opening !== '' && text.startsWith('BEGIN') ? `${text}; ${opening}` : text, values),
        }),
        release: () => undefined,
    };
    return { connect: () => Promise.resolve(client) };
}
/**
 * Two things that pg-delta's planner gets wrong: the index of a partitioned table comes without those of its partitions,
 * which then belong to nobody, and from 18 on a domain says NOT NULL twice.
 * @param kind of what the statement makes.
 */
function corrected(sql, kind) {
    if (kind === 'index')
        return sql.replace(/^(CREATE (?:UNIQUE )?INDEX (?:"(?:[^"]|"")+"|[^" ]+)) ON ONLY /, '$1 ON ');
    if (kind === 'domain')
        return sql.replace(/ NOT NULL(?=.* CONSTRAINT "(?:[^"]|"")+" NOT NULL)/s, '');
    return sql;
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

/***/ 3328:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ copyBlocks),
/* harmony export */   X: () => (/* binding */ splitStatements)
/* harmony export */ });
/* harmony import */ var _parser_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9745);

/** Statements of a file in their order, by PostgreSQL's own grammar: dollar quotes, nested comments and bodies are exact. */
async function splitStatements(text) {
    const parser = await (0,_parser_js__WEBPACK_IMPORTED_MODULE_0__/* .loadParser */ .q)();
    const file = Buffer.from(withoutDump(text));
    const commands = [];
    for (;;) {
        const whole = parse(parser, file);
        if ('nodes' in whole) {
            return { statements: whole.nodes.map((found) => locate(file, 0, found)), problems: commands };
        }
        if (file[whole.at] !== backslash) {
            const split = splitBroken(parser, file, whole);
            return { ...split, problems: [...commands, ...split.problems] };
        }
        commands.push({ line: lineAt(file, whole.at), message: 'a command of psql, not SQL' });
        const newline = file.indexOf('\n', whole.at);
        file.fill(' ', whole.at, newline < 0 ? file.length : newline);
    }
}
const backslash = 0x5c;
function parse({ parseSync }, text) {
    const sql = text.toString();
    if (sql.trim() === '')
        return { nodes: [] };
    try {
        const nodes = (parseSync(sql).stmts ?? []).flatMap(({ stmt, stmt_location: start = 0, stmt_len: length }) => stmt ? [{ node: stmt, start, end: length ? start + length : text.length }] : []);
        return { nodes };
    }
    catch (error) {
        const { message, sqlDetails } = error;
        const before = Array.from(sql).slice(0, sqlDetails?.cursorPosition ?? 0);
        return { message, at: Buffer.byteLength(before.join('')) };
    }
}
/** One piece after the other, so that one mistake hides nothing else. */
function splitBroken(parser, file, first) {
    const statements = [];
    const problems = [];
    const { ends, lexical } = pieceEnds(parser, file, first);
    let from = 0;
    for (let index = 0; index < ends.length; index++) {
        let last = index;
        let piece = parse(parser, file.subarray(from, ends[last]));
        // A body BEGIN ATOMIC … END holds semicolons of its own: the piece may need the next ones.
        if (!('nodes' in piece) && /\batomic\b/i.test(file.toString('utf8', from, ends[index]))) {
            const whole = ends.findIndex((end, at) => at > index && 'nodes' in parse(parser, file.subarray(from, end)));
            if (whole > 0)
                piece = parse(parser, file.subarray(from, ends[(last = whole)]));
        }
        if ('nodes' in piece)
            for (const found of piece.nodes)
                statements.push(locate(file, from, found));
        else
            problems.push({ line: lineAt(file, from + piece.at), message: piece.message });
        index = last;
        from = ends[last] ?? file.length;
    }
    if (lexical)
        problems.push({ line: lineAt(file, lexical.at), message: lexical.message });
    return { statements, problems };
}
/** Ends of the pieces between semicolons; what follows a text or comment that never ends is not looked at. */
function pieceEnds(parser, file, refusal) {
    const unended = refusal.message.startsWith('unterminated');
    const readable = unended ? file.subarray(0, refusal.at) : file;
    let tokens;
    try {
        tokens = parser.scanSync(readable.toString()).tokens;
    }
    catch {
        // Not even words: an unended text further down. Its place is told by what the grammar says without the mistake before it.
        const next = afterSemicolon(file, refusal.at);
        if (next === undefined || unended)
            return { ends: [], lexical: refusal };
        const rest = parse(parser, Buffer.concat([Buffer.alloc(next, ' '), file.subarray(next)]));
        if ('nodes' in rest)
            return { ends: [next, file.length] };
        return pieceEnds(parser, file, rest);
    }
    const ends = tokens.filter(({ text }) => text === ';').map(({ end }) => end);
    return unended ? { ends, lexical: refusal } : { ends: [...ends, file.length] };
}
function afterSemicolon(file, from) {
    const at = file.indexOf(';', from);
    return at < 0 ? undefined : at + 1;
}
function locate(file, offset, { node, start, end }) {
    const raw = file.toString('utf8', offset + start, offset + end);
    const lead = leading(raw);
    const first = offset + start + Buffer.byteLength(raw.slice(0, lead));
    const line = lineAt(file, first);
    const column = Array.from(file.toString('utf8', lineStarts(file)[line - 1] ?? 0, first)).length + 1;
    return { text: raw.slice(lead).trim(), line, column, node };
}
/** Length of the blanks and comments before the first word. Comments nest, as PostgreSQL's do. */
function leading(text) {
    let at = 0;
    for (;;) {
        at += /^\s*(?:--[^\n]*(?:\n|$)\s*)*/.exec(text.slice(at))?.[0].length ?? 0;
        if (!text.startsWith('/*', at))
            return at;
        let depth = 0;
        do {
            const mark = /\/\*|\*\//g;
            mark.lastIndex = at;
            const found = mark.exec(text);
            if (!found)
                return at;
            depth += found[0] === '/*' ? 1 : -1;
            at = mark.lastIndex;
        } while (depth > 0);
    }
}
/** The last line that begins at or before the offset. */
function lineAt(file, offset) {
    const starts = lineStarts(file);
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}
/** Looked for once in each file: a dump has a line for every statement. */
const knownStarts = new WeakMap();
function lineStarts(file) {
    const known = knownStarts.get(file);
    if (known)
        return known;
    const starts = [0];
    for (let at = file.indexOf(10); at >= 0; at = file.indexOf(10, at + 1))
        starts.push(at + 1);
    knownStarts.set(file, starts);
    return starts;
}
const copyBlock = /^(copy\b[^;]*\bfrom\s+stdin\b[^;]*;[^\n]*\n)([\s\S]*?)^(\\\.[ \t\r]*)$/gim;
/** What `splitStatements` takes for rows and leaves out. */
function copyBlocks(text) {
    const file = Buffer.from(text);
    return [...text.matchAll(copyBlock)].map(({ index, 1: copy = '', 2: rows = '' }) => {
        const start = Buffer.byteLength(text.slice(0, index));
        return { line: lineAt(file, start), firstRow: lineAt(file, start + Buffer.byteLength(copy)), rows };
    });
}
/** Blanks what `pg_dump` writes that is not SQL: two commands that say nothing to the server, and rows after COPY. */
function withoutDump(text) {
    const blank = (lines) => lines.replace(/[^\n]/g, ' ');
    return text
        .replace(/^\\(?:un)?restrict\b.*$/gm, blank)
        .replace(copyBlock, (block, copy) => copy + blank(block.slice(copy.length)));
}


/***/ })

};
