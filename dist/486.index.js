export const id = 486;
export const ids = [486];
export const modules = {

/***/ 193:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ serverWords)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);

/** Undefined where the failure is not the server's word on a statement: a lost connection, a cancelled run. */
function serverWords(error) {
    const said = (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ProviderError */ .mZ ? error.cause : error);
    const text = (field) => {
        const value = said?.[field];
        return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const state = text('code');
    // 57014 is our own cancellation or a timeout, 57P… and 08… are the server going away.
    if (state === undefined || !/^[0-9A-Z]{5}$/.test(state) || /^(57P|08)/.test(state))
        return undefined;
    const context = text('where');
    const line = /^COPY .*?, line (\d+)/.exec(context ?? '')?.[1];
    return {
        state,
        sentence: `${plainMessage({ state, message: text('message') ?? '', raised: text('routine') === 'exec_stmt_raise', within: context !== undefined })} (${state})`,
        position: text('position') === undefined ? undefined : Number(text('position')),
        copyLine: line === undefined ? undefined : Number(line),
        table: text('table'),
        column: text('column'),
        constraint: text('constraint'),
    };
}
/**
 * Messages of data errors (class 22) quote the value, and so can all that a function says: its statements are made from
 * rows. Other messages quote words of the statement, which stands in the file for everyone to read.
 */
function plainMessage(said) {
    if (said.raised)
        return 'a function or trigger refused it; its words are left out, because they can quote rows';
    const line = said.message.replace(/\p{C}/gu, ' ');
    // From the first quote to the last: a value can hold quotes, too.
    return said.state.startsWith('22') || said.within ? line.replace(/"[\s\S]*"/, '"…"') : line;
}


/***/ }),

/***/ 1486:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runSqlFiles: () => (/* binding */ runSqlFiles)
/* harmony export */ });
/* harmony import */ var pg_copy_streams__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6901);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(452);
/* harmony import */ var _sql_statements_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3328);
/* harmony import */ var _server_words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(193);




const mostProblems = 20;
/**
 * Runs the files in their order, in one transaction: all of them or nothing. Every file begins with the settings of the
 * database and of the role, whatever the one before has set.
 * @throws InputError for what is no SQL or would end the transaction, before anything is sent; RefusedError with file, line
 * and column for a statement that the server turns down.
 */
async function runSqlFiles(sql, files) {
    const parsed = [];
    const problems = [];
    for (const file of files)
        parsed.push(await parseFile(file, problems));
    if (problems.length > 0) {
        const more = problems.length > mostProblems ? ` And ${problems.length - mostProblems} more.` : '';
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(`The seed cannot be run. ${problems.slice(0, mostProblems).join(' ')}${more} Nothing was changed.`);
    }
    await sql.query('BEGIN');
    try {
        for (const { path, parts } of parsed) {
            await sql.query('RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; SET standard_conforming_strings = on');
            await runParts(sql, path, parts);
        }
        await sql.query('SET CONSTRAINTS ALL IMMEDIATE; COMMIT').catch((error) => {
            const said = (0,_server_words_js__WEBPACK_IMPORTED_MODULE_3__/* .serverWords */ .l)(error);
            if (!said)
                throw error;
            throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .RefusedError */ .fk(`Seeding failed at the end of the transaction: ${said.sentence}. Change the files; nothing was changed in the branch.`, { cause: error });
        });
    }
    catch (error) {
        await sql.query('ROLLBACK').catch(() => undefined);
        throw error;
    }
    return { files: parsed.map(({ path, parts }) => ({ path, statements: parts.length })) };
}
async function parseFile({ path, text }, problems) {
    const { statements, problems: found } = await (0,_sql_statements_js__WEBPACK_IMPORTED_MODULE_2__/* .splitStatements */ .X)(text);
    const lines = text.split('\n');
    for (const { line, message } of found) {
        const start = /^\s*(\\\S*)/.exec(lines[line - 1] ?? '')?.[1];
        problems.push(`${path}:${line}: ${start === undefined ? `${message}.` : commandAdvice(start)}`);
    }
    const blocks = (0,_sql_statements_js__WEBPACK_IMPORTED_MODULE_2__/* .copyBlocks */ .M)(text);
    const parts = wrapped(statements).map((statement) => {
        const copies = readsRows(statement.node);
        const block = copies ? blocks.find(({ line }) => line === statement.line) : undefined;
        const fault = copies && !block
            ? 'COPY … FROM STDIN must be followed by its rows and a line with "\\." alone'
            : faultOf(statement.node);
        if (fault !== undefined)
            problems.push(`${path}:${statement.line}: ${fault}.`);
        return { ...statement, block };
    });
    for (const block of blocks)
        if (found.length === 0 && !parts.some((part) => part.block === block))
            problems.push(`${path}:${block.line}: a COPY with rows inside a text or comment, which would be lost; indent its first line.`);
    return { path, parts };
}
function commandAdvice(command) {
    const advice = {
        '\\i': 'name that file in "seed", too',
        '\\ir': 'name that file in "seed", too',
        '\\copy': 'write COPY … FROM STDIN with the rows below it',
    }[command] ?? 'leave it out, or seed with a command that starts psql';
    return `${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .show */ .WU)(command)} is a command of psql, not SQL; ${advice}.`;
}
/** BEGIN at the very beginning and COMMIT at the very end say what we do anyway. */
function wrapped(statements) {
    const kind = (statement) => statement &&
        'TransactionStmt' in statement.node &&
        !statement.node.TransactionStmt.options &&
        !statement.node.TransactionStmt.chain
        ? statement.node.TransactionStmt.kind
        : undefined;
    const begins = ['TRANS_STMT_BEGIN', 'TRANS_STMT_START'].includes(kind(statements[0]) ?? '');
    return begins && kind(statements.at(-1)) === 'TRANS_STMT_COMMIT' ? statements.slice(1, -1) : statements;
}
function readsRows(node) {
    return 'CopyStmt' in node && node.CopyStmt.is_from === true && !node.CopyStmt.filename && !node.CopyStmt.is_program;
}
/** What would break the promise of one transaction, or be read otherwise than it is split. */
function faultOf(node) {
    if ('TransactionStmt' in node && !/SAVEPOINT|RELEASE|ROLLBACK_TO/.test(node.TransactionStmt.kind ?? '')) {
        return 'the files run in one transaction; leave out BEGIN, COMMIT and ROLLBACK, unless BEGIN is the first statement of the file and COMMIT the last';
    }
    if (!('VariableSetStmt' in node))
        return undefined;
    const { name = '', args = [] } = node.VariableSetStmt;
    const [value] = args;
    const text = value && 'A_Const' in value ? (value.A_Const.sval?.sval ?? '').toLowerCase() : '';
    if (name === 'standard_conforming_strings' && /^(off|false|no|0)$/.test(text)) {
        return "standard_conforming_strings must stay on; write texts with backslashes as E'…'";
    }
    if (name === 'client_encoding' && !/^utf-?8$|^unicode$/.test(text))
        return 'the files are read as UTF-8; convert this one';
    return undefined;
}
/** Statements sent at once, where they are INSERTs: a round trip for each row of a dump takes minutes on a far server. */
const mostAtOnce = 500;
const mostCharacters = 256 * 1024;
async function runParts(sql, path, parts) {
    for (let from = 0; from < parts.length;) {
        let to = from;
        let size = 0;
        for (; to < parts.length && to - from < mostAtOnce && size < mostCharacters; to++) {
            const part = parts[to];
            if (!part || !('InsertStmt' in part.node))
                break;
            size += part.text.length;
        }
        if (to - from > 1)
            await runTogether(sql, path, parts.slice(from, to));
        else
            await runOne(sql, path, parts[(to = from + 1) - 1]);
        from = to;
    }
}
/** Where one of them fails, all are undone and run one by one, which tells which one it was. */
async function runTogether(sql, path, parts) {
    await sql.query('SAVEPOINT db_branch_action_seed');
    try {
        await sql.query(parts.map(({ text }) => text).join(';\n'));
    }
    catch (error) {
        if (!(0,_server_words_js__WEBPACK_IMPORTED_MODULE_3__/* .serverWords */ .l)(error))
            throw error;
        await sql.query('ROLLBACK TO SAVEPOINT db_branch_action_seed');
        for (const part of parts)
            await runOne(sql, path, part);
    }
    await sql.query('RELEASE SAVEPOINT db_branch_action_seed');
}
async function runOne(sql, path, part) {
    if (!part)
        return;
    try {
        if (part.block)
            await copy(sql, part.text, part.block.rows);
        else
            await sql.query(part.text);
    }
    catch (error) {
        const said = (0,_server_words_js__WEBPACK_IMPORTED_MODULE_3__/* .serverWords */ .l)(error);
        if (!said)
            throw error;
        const place = placeOf(part, said);
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .RefusedError */ .fk(`Seeding failed at ${path}:${place}: ${said.sentence} in ${firstWords(part.text)}${whereOf(said)}. Change the file; nothing was changed in the branch.`, { cause: error });
    }
}
/** @throws ProviderError as `query` does. */
async function copy(sql, text, rows) {
    const writing = sql.stream((0,pg_copy_streams__WEBPACK_IMPORTED_MODULE_0__/* .from */ .H)(text));
    await new Promise((resolve, reject) => {
        writing.once('error', (cause) => reject(new _errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ProviderError */ .mZ('COPY failed.', { cause })));
        writing.once('finish', resolve);
        writing.end(rows);
    });
}
/** `12:8`: where the server points, or else where the statement begins. */
function placeOf({ text, line, column, block }, { position, copyLine }) {
    if (block && copyLine !== undefined)
        return String(block.firstRow + copyLine - 1);
    const before = Array.from(text)
        .slice(0, Math.max(0, (position ?? 1) - 1))
        .join('')
        .split('\n');
    const last = Array.from(before.at(-1) ?? '').length;
    return before.length === 1 ? `${line}:${column + last}` : `${line + before.length - 1}:${last + 1}`;
}
/** `INSERT INTO orders`: words until something could be a value. */
function firstWords(text) {
    const words = /^[\p{L}_][\p{L}\d_."]*(?:\s+[\p{L}_"][\p{L}\d_."]*){0,3}/u.exec(text)?.[0].replace(/\s+/g, ' ');
    return `"${(0,_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .show */ .WU)(words ?? 'this statement')} …"`;
}
function whereOf({ table, column, constraint }) {
    const found = [
        constraint && `constraint ${constraint}`,
        table && `table ${table}`,
        column && `column ${column}`,
    ].filter(Boolean);
    return found.length > 0 ? ` (${found.join(', ')})` : '';
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
