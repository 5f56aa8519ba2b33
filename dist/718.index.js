export const id = 718;
export const ids = [718];
export const modules = {

/***/ 718:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  renderReport: () => (/* binding */ renderReport)
});

// EXTERNAL MODULE: ./lib/domain/verdict.js
var verdict = __webpack_require__(5141);
// EXTERNAL MODULE: ./lib/secret.js
var secret = __webpack_require__(3251);
// EXTERNAL MODULE: ./lib/domain/insight.js
var insight = __webpack_require__(1028);
// EXTERNAL MODULE: ./lib/report/markdown.js
var markdown = __webpack_require__(3021);
;// CONCATENATED MODULE: ./lib/report/insight-text.js

/** Stands for whatever a reader cannot see or what turns a line around. */
const replacement = '\uFFFD';
/**
 * Foreign text whose every letter can be seen: control characters, marks of direction, joiners, fillers and other
 * letters without a shape are shown as one. Line ends and tabs stay.
 */
function visible(text) {
    return text
        .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
        .replace(/(?![\n\t])[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu, replacement);
}
/**
 * Foreign text inside a line or a cell of a report. Beyond Markdown, nothing that GitHub makes of text comes of it:
 * references to issues and commits, emoji by name, formulas.
 * Sources: https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 * and, for the dollar sign, .../writing-mathematical-expressions
 */
function foreign(text) {
    return (0,markdown/* plain */.pj)(visible(text))
        .replace(/#/g, '#\u200B')
        .replace(/\bGH-(?=\d)/gi, '$&\u200B')
        .replace(/\b[0-9a-f](?=[0-9a-f]{6,39}\b)/g, '$&\u200B')
        .replace(/:(?=:|[\w+-]+:)/g, ':\u200B')
        .replace(/\$/g, '<span>$</span>');
}
/** Foreign text as a paragraph or list item of its own: no block can come of how it begins. */
function foreignLine(text) {
    return foreign(text.trim())
        .replace(/^[#+=-]/, '\\$&')
        .replace(/^(\d+)([.)])/, '$1\\$2');
}
/** Foreign text as code, on one line. */
function foreignCode(text) {
    const shown = visible(text).replace(/\s+/g, ' ').trim();
    const bare = shown !== '' && !/[`|\\]|##\[/.test(shown);
    return bare ? `\`${shown}\`` : `<code>${foreign(shown)}</code>`;
}
/** Characters of a cell; what is longer stands in the log. */
const longestCell = 240;
/** The beginning of a foreign text, whole letters only. */
function insight_text_short(text, length = longestCell) {
    const letters = [...text.slice(0, 2 * length + 2)];
    return letters.length <= length ? text : `${letters.slice(0, length).join('')}…`;
}
/** Characters of one line in a block of code. */
const longestLine = 2000;
/** Foreign lines for a block of code. */
function foreignLines(text) {
    return visible(text)
        .replace(/\s+$/, '')
        .split('\n')
        .map((each) => insight_text_short(each, longestLine)
        .replace(/^(\s*):(?=:)/, '$1:\u200B')
        .replaceAll('##[', '##\u200B['));
}
/** A fence that these lines cannot close: longer than any run of backticks in them. */
function fenceFor(lines) {
    const runs = lines.flatMap((each) => [...each.matchAll(/`+/g)].map(([run]) => run.length));
    return '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run), 2) + 1);
}
/** Such as `420 ms`, `12.4 s`, `3 min 20 s`, never broken over two lines. */
function duration(ms) {
    if (ms < 999.5)
        return `${Math.round(ms)}${tie}ms`;
    if (ms < 59_950)
        return `${(ms / 1000).toFixed(1)}${tie}s`;
    const seconds = Math.round(ms / 1000);
    return `${Math.floor(seconds / 60)}${tie}min${tie}${seconds % 60}${tie}s`;
}
/** Such as `640 B`, `12 kB`, `1.4 GB`, in steps of 1024. */
function size(bytes) {
    const names = ['B', 'kB', 'MB', 'GB', 'TB'];
    const step = Math.min(names.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
    const value = bytes / 1024 ** step;
    return `${step > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)}${tie}${names[step]}`;
}
/** A space that no line ends at. */
const tie = '\u00A0';
/** `1 table`, `3 tables`; with thousands apart. */
function counted(count, one, many = `${one}s`) {
    return `${thousands(count)} ${count === 1 ? one : many}`;
}
function thousands(count) {
    return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

;// CONCATENATED MODULE: ./lib/report/insight-room.js

/** A table that can be cut. */
function tableOf(noun, head, rows) {
    const rule = head.map((title) => (title.endsWith(':') ? '---:' : '---'));
    const titles = head.map((title) => title.replace(/:$/, ''));
    const row = (cells) => `| ${cells.join(' | ')} |`;
    return { before: `${row(titles)}\n${row(rule)}\n`, rows: rows.map(row), after: '', noun };
}
/** A block of code that can be cut. */
function codeBlock(language, text) {
    const rows = foreignLines(text);
    const fence = fenceFor(rows);
    return { before: `${fence}${language}\n`, rows, after: `\n${fence}`, noun: 'line' };
}
/** Pieces under a line that opens and closes them. The title is Markdown of ours. */
function folded(title, pieces) {
    return [`<details><summary>${title}</summary>`, ...pieces, '</details>'];
}
/**
 * The pieces as one text within the room. What has rows is cut only when not everything fits: small ones stay whole, large
 * ones share what is left.
 */
function fit(pieces, room) {
    const cut = pieces.filter((piece) => typeof piece !== 'string');
    const fixed = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.before + piece.after + note(piece, 0)));
    const shares = share(cut, room.limit - room.measure(`${fixed.join('\n\n')}\n`), room.measure);
    return `${pieces.map((piece) => (typeof piece === 'string' ? piece : shorten(piece, shares.get(piece) ?? 0, room.measure))).join('\n\n')}\n`;
}
/** How much of the room the rows of each get. */
function share(all, room, measure) {
    const shares = new Map();
    let left = Math.max(0, room);
    let open = all.map((piece) => ({ piece, weight: piece.weight ?? 1, need: measure(piece.rows.join('\n')) }));
    while (open.length > 0) {
        const unit = left / open.reduce((sum, { weight }) => sum + weight, 0);
        const small = open.filter(({ need, weight }) => need <= unit * weight);
        const settled = small.length > 0 ? small : open;
        for (const { piece, need, weight } of settled) {
            const given = Math.min(need, Math.floor(unit * weight));
            shares.set(piece, given);
            left -= given;
        }
        open = open.filter((each) => !settled.includes(each));
    }
    return shares;
}
function shorten(piece, room, measure) {
    const rows = [];
    let left = room + 1;
    for (const row of piece.rows) {
        left -= measure(row) + 1;
        if (left < 0)
            break;
        rows.push(row);
    }
    const missing = piece.rows.length - rows.length;
    if (missing === 0)
        return piece.before + rows.join('\n') + piece.after;
    return piece.before + rows.join('\n') + piece.after + note(piece, missing);
}
function note({ rows, noun }, missing) {
    return `\n\n… and ${counted(missing === 0 ? rows.length : missing, `more ${noun}`)} that this place has no room for.`;
}

;// CONCATENATED MODULE: ./lib/report/insight-findings.js



const marks = { high: '🔴', medium: '🟠', low: '🔵' };
/** The verdict in one line: what a reviewer must know who reads nothing else. */
function headline(report) {
    const { findings, failOn, problems } = report;
    const failed = failedCommand(report);
    const broken = new Set(failOn?.violations.flatMap(({ finding }) => finding ?? []) ?? []).size;
    if (failed !== undefined)
        return `❌ Database report: the ${failed} failed`;
    if (broken > 0)
        return `❌ Database report: ${counted(broken, 'finding')} ${broken === 1 ? 'fails' : 'fail'} this check`;
    if ((failOn?.violations.length ?? 0) > 0)
        return '❌ Database report: this check could not be judged';
    const dangerous = findings.filter(({ severity }) => severity === 'high').length;
    if (dangerous > 0)
        return `🔴 Database report: ${counted(dangerous, 'finding')} to settle before production`;
    if (findings.length > 0)
        return `🟠 Database report: ${counted(findings.length, 'finding')} to look at`;
    if (problems.length > 0)
        return '⚠️ Database report: no findings, but not everything could be looked at';
    return '✅ Database report: no findings';
}
/** How many of each severity, and how the commands went. */
function countsLine(report) {
    const counts = insight/* severities */.gO.flatMap((severity) => {
        const count = report.findings.filter((finding) => finding.severity === severity).length;
        return count === 0 ? [] : [`${marks[severity]} **${count} ${severity}**`];
    });
    const commands = [told('Migration', report.migrate), told('Seed', report.seed)];
    return [...counts, ...commands].filter((part) => part !== undefined).join(' · ');
}
function told(name, command) {
    return command && succeeded(command) ? `${name} ran in ${duration(command.ms)}` : undefined;
}
/** The table of findings, the most dangerous first, and their statements folded away under it. */
function findingsOf({ findings }) {
    if (findings.length === 0)
        return [];
    const sorted = [...findings].sort(insight/* byDanger */.d7);
    const rows = sorted.map((finding, index) => [
        `${marks[finding.severity]}${tie}${index + 1}`,
        `${foreignCode(insight_text_short(finding.object, 120))}${place(finding)}`,
        `${foreign(insight_text_short(finding.detail, 600))}${cost(finding)}`,
        foreign(insight_text_short(finding.advice, 600)),
    ]);
    const table = { ...tableOf('finding', ['', 'Where', 'What happens', 'Safer way'], rows), weight: 4 };
    return [table, ...statementsOf(sorted)];
}
function place({ file, line }) {
    if (file === undefined)
        return '';
    return `<br><sub>${foreign(insight_text_short(file, 120))}${line === undefined ? '' : `:${line}`}</sub>`;
}
function cost({ ms, bytes, ratio, source }) {
    const parts = [
        ...(ms === undefined ? [] : [duration(ms)]),
        ...(bytes === undefined ? [] : [size(bytes)]),
        ...(ratio === undefined ? [] : [`${times(ratio)} the cost`]),
    ];
    const how = source === 'static' ? 'read from the statement' : 'seen on the branch';
    if (parts.length > 0)
        return `<br><sub>**${parts.join(' · ')}**, ${how}</sub>`;
    return source === 'static' ? `<br><sub>${how}</sub>` : '';
}
/** Such as `3.2×`. */
function times(ratio) {
    return `${ratio >= 9.95 ? Math.round(ratio) : ratio.toFixed(1)}×`;
}
function statementsOf(sorted) {
    const numbers = new Map();
    for (const [index, { statement }] of sorted.entries()) {
        if (statement !== undefined)
            numbers.set(statement, [...(numbers.get(statement) ?? []), index + 1]);
    }
    if (numbers.size === 0)
        return [];
    const text = [...numbers].map(([statement, of]) => `-- ${of.join(', ')}\n${insight_text_short(statement.trim(), 2000)}`);
    return folded(`Their ${counted(numbers.size, 'statement')}`, [codeBlock('sql', text.join('\n\n'))]);
}
/** Why the check fails, why a command failed, and what could not be looked at. */
function troubles(report) {
    const { failOn, problems } = report;
    return [
        ...(failOn ? failures(failOn.violations, [...report.findings].sort(insight/* byDanger */.d7)) : []),
        ...failure('migration', report.migrate),
        ...failure('seed', report.seed),
        ...list('**Not looked at:**', problems, 'part'),
    ];
}
/** Conditions with the numbers of the findings that break them, and one line for each that could not be judged. */
function failures(violations, sorted) {
    const numbers = new Map();
    const others = [];
    for (const { condition, finding, detail } of violations) {
        const number = finding === undefined ? 0 : sorted.indexOf(finding) + 1;
        if (number === 0)
            others.push(detail);
        else
            numbers.set(condition.text, [...(numbers.get(condition.text) ?? []), String(number)]);
    }
    const broken = [...numbers].map(([text, of]) => {
        const rest = of.length > longestList ? ` and ${of.length - longestList} more` : '';
        const named = of.length === 1 ? 'finding' : 'findings';
        return `${foreignCode(insight_text_short(text, 40))} (${named} ${of.slice(0, longestList).join(', ')}${rest})`;
    });
    return [
        ...(broken.length === 0 ? [] : [`**Fails \`fail_on\`:** ${broken.join(' · ')}`]),
        ...list('**Not judged:**', others, 'condition'),
    ];
}
/** Numbers of findings behind one condition. */
const longestList = 20;
function list(title, texts, noun) {
    if (texts.length === 0)
        return [];
    return [{ before: `${title}\n`, rows: texts.map((text) => `- ${foreignLine(insight_text_short(text, 600))}`), after: '', noun }];
}
function failure(name, command) {
    if (command === undefined || succeeded(command))
        return [];
    const status = command.exit === undefined ? 'it was ended' : `exit status ${command.exit}`;
    const why = command.failure === undefined ? '' : ` ${foreign(insight_text_short(command.failure, 2000))}`;
    const statement = command.statement === undefined ? [] : [codeBlock('sql', insight_text_short(command.statement, 4000))];
    return [`**The ${name} failed** after ${duration(command.ms)} (${status}).${why}`, ...statement];
}
function failedCommand({ migrate, seed }) {
    if (migrate !== undefined && !succeeded(migrate))
        return 'migration';
    return seed !== undefined && !succeeded(seed) ? 'seed' : undefined;
}
function succeeded({ exit, failure: why }) {
    return exit === 0 && why === undefined;
}

;// CONCATENATED MODULE: ./lib/report/insight-parts.js



function locksOf(facts) {
    const { relations, rewrites, scans, exact, limits = [] } = facts;
    if (relations.length + rewrites.length + scans.length === 0)
        return ['🔒 **Locks**: none on tables that were there before.'];
    const longest = relations.reduce((most, { ms }) => Math.max(most, ms), 0);
    const title = `🔒 <b>Locks</b>: ${counted(relations.length, 'lock')}${relations.length === 0 ? '' : `, held ${duration(longest)} at most`}${rewrites.length === 0 ? '' : `; ${counted(rewrites.length, 'table')} rewritten`}`;
    const how = exact
        ? 'Times are the server’s own, from taking the lock to the end of the transaction.'
        : 'Times are sampled every 20 ms, because the role may not create event triggers; shorter locks can be missing.';
    const wal = facts.walBytes === undefined ? '' : ` ${size(facts.walBytes)} of write-ahead log were written.`;
    return folded(title, [
        how + wal,
        ...(relations.length === 0 ? [] : [lockTable(relations)]),
        ...(rewrites.length === 0 ? [] : [rewriteTable(rewrites)]),
        ...(scans.length === 0 ? [] : [scanTable(scans)]),
        ...limits.map((limit) => `<sub>${foreignLine(limit)}</sub>`),
    ]);
}
function lockTable(relations) {
    return tableOf('lock', ['Table', 'Lock', 'Held:', 'Waited:', 'Size:', 'Statement'], relations.map(({ relation, mode, ms, waited, sizeBytes, rows, statement }) => [
        foreignCode(insight_text_short(relation, 120)),
        foreign(insight_text_short(mode, 40)),
        duration(ms),
        waited === undefined || waited === 0 ? '' : duration(waited),
        [
            ...(sizeBytes === undefined ? [] : [size(sizeBytes)]),
            ...(rows === undefined ? [] : [counted(rows, 'row').replace(' ', tie)]),
        ].join(',<br>'),
        statement === undefined ? '' : foreignCode(insight_text_short(statement, 160)),
    ]));
}
function rewriteTable(rewrites) {
    return tableOf('rewrite', ['Rewritten', 'Why', 'Took:', 'Size:'], rewrites.map(({ relation, reason, ms, bytes }) => [
        foreignCode(insight_text_short(relation, 120)),
        foreign(insight_text_short(reason ?? '')),
        ms === undefined ? '' : duration(ms),
        bytes === undefined ? '' : size(bytes),
    ]));
}
function scanTable(scans) {
    return tableOf('scan', ['Read as a whole', 'To validate', 'Size:'], scans.map(({ relation, constraint, bytes }) => [
        foreignCode(insight_text_short(relation, 120)),
        constraint === undefined ? '' : foreignCode(insight_text_short(constraint, 120)),
        bytes === undefined ? '' : size(bytes),
    ]));
}
function timesOf({ statements }) {
    if (statements.length === 0)
        return [];
    const total = statements.reduce((sum, { ms }) => sum + ms, 0);
    const rows = [...statements].sort((a, b) => b.ms - a.ms).map(({ sql, ms }) => [duration(ms), foreignCode(insight_text_short(sql))]);
    return folded(`⏱️ <b>Statements</b>: ${counted(rows.length, 'statement')} in ${duration(total)}`, [
        tableOf('statement', ['Took:', 'Statement, longest first'], rows),
    ]);
}
function diffOf({ counts, tree, sql }) {
    const { added, removed, changed } = counts;
    if (added + removed + changed === 0)
        return ['🧬 **Schema**: the same as the parent’s.'];
    const told = [
        ...(added > 0 ? [`${added} added`] : []),
        ...(removed > 0 ? [`${removed} removed`] : []),
        ...(changed > 0 ? [`${changed} changed`] : []),
    ];
    return [
        ...folded(`🧬 <b>Schema</b>: ${told.join(', ')}`, [
            codeBlock('diff', signsFirst(tree)),
            ...(sql.trim() === '' ? [] : folded('As SQL', [codeBlock('sql', sql)])),
        ]),
    ];
}
/** Colours come only of a sign in the first column; `!` is the one for what changed. */
function signsFirst(tree) {
    return tree
        .split('\n')
        .map((each) => {
        const [, indent = '', sign = '', rest = ''] = /^(\s*)([+~−-])( .*)$/u.exec(each) ?? [];
        if (sign === '')
            return `  ${each}`;
        return `${sign === '~' ? '!' : sign === '−' ? '-' : sign}${indent}${rest}`;
    })
        .join('\n');
}
function plansOf({ changes, queries }) {
    if (changes.length === 0)
        return [`📈 **Query plans**: ${counted(queries, 'query', 'queries')} planned as before.`];
    const table = tableOf('query', ['', 'Query', 'Change', 'Cost:', 'Time:', 'Buffers:'], changes.map((each) => [
        each.severity === undefined ? '' : marks[each.severity],
        `${foreignCode(insight_text_short(each.query, 120))}${placeOf(each)}`,
        foreign(insight_text_short(each.change)),
        beforeAfter(each.cost, thousands),
        beforeAfter(each.ms, duration),
        beforeAfter(each.buffers, thousands),
    ]));
    const nodes = changes
        .filter((each) => each.nodes.length > 0)
        .map(({ query, nodes: lines }) => `# ${insight_text_short(query.replace(/\s+/g, ' '), 120)}\n${lines.join('\n')}`);
    const title = `📈 <b>Query plans</b>: ${changes.length} of ${counted(queries, 'query', 'queries')} planned differently`;
    return folded(title, [table, ...(nodes.length === 0 ? [] : [codeBlock('diff', nodes.join('\n\n'))])]);
}
function placeOf({ file, line }) {
    if (file === undefined)
        return '';
    return `<br><sub>${foreign(insight_text_short(file, 120))}${line === undefined ? '' : `:${line}`}</sub>`;
}
function beforeAfter(pair, show) {
    if (pair === undefined)
        return '';
    const { before, after } = pair;
    const ratio = before > 0 && after > before ? ` (${times(after / before)})` : '';
    return `${show(before)} → ${show(after)}${ratio}`;
}

;// CONCATENATED MODULE: ./lib/report/insight-report.js






/**
 * GitHub refuses comments above 65,536 characters, and drops summaries above 1 MiB; the summary's other parts need room
 * too, and a comment's marker.
 */
const rooms = {
    comment: { limit: 65_000, measure: (text) => text.length },
    summary: { limit: 900_000, measure: (text) => Buffer.byteLength(text) },
};
const policies = { schema_only: 'schema only, no rows', masked: 'masked', copy: 'full copy' };
/**
 * The report as Markdown. Secrets are taken out before anything is escaped or cut: afterwards they could no longer be
 * recognised.
 */
function renderReport(report, { place, secrets }) {
    const clean = withoutSecrets(report, { secrets, seen: new Map() });
    const counts = countsLine(clean);
    const pieces = [
        `### ${headline(clean)}`,
        ...(counts === '' ? [] : [counts]),
        ...troubles(clean),
        ...findingsOf(clean),
        ...(clean.locks ? [...locksOf(clean.locks), ...timesOf(clean.locks)] : []),
        ...(clean.diff ? diffOf(clean.diff) : []),
        ...(clean.plans ? plansOf(clean.plans) : []),
        originOf(clean, place),
    ];
    return fit(pieces, rooms[place]);
}
/** Which branch this is about, what is in it, and how old it is. */
function originOf(report, place) {
    const { branch, parent, dataPolicy, certificate, createdAt, reportedAt, commit, runUrl } = report;
    const now = reportedAt === undefined ? undefined : new Date(reportedAt);
    const age = createdAt !== undefined && now !== undefined ? (0,verdict/* ageOf */.hy)(createdAt, now) : undefined;
    // A comment is read long after; GitHub shows when it was edited.
    const inComment = place === 'comment';
    const facts = [
        `Branch ${foreignCode(insight_text_short(branch, 80))}`,
        ...(parent === undefined ? [] : [`parent ${foreignCode(insight_text_short(parent, 80))}`]),
        ...(dataPolicy === undefined ? [] : [policies[dataPolicy]]),
        ...(createdAt === undefined ? [] : [`made ${minute(createdAt)}`]),
        ...(age === undefined || inComment ? [] : [`${(0,verdict/* showAge */.rI)(age)} old`]),
        ...(commit !== undefined && /^[0-9a-f]{40}$/.test(commit) ? [`commit ${commit}`] : []),
        ...(inComment && isAddress(runUrl) ? [`[whole report](${runUrl})`] : []),
    ];
    const proof = certificate === undefined ? '' : `\n\n<sub>🛡️ ${foreignLine(insight_text_short(certificate, 600))}</sub>`;
    return `<sub>${facts.join(' · ')}</sub>${proof}`;
}
/** Such as `2026-11-22 09:30 UTC`. */
function minute(date) {
    return foreign(date.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC'));
}
/** Of the forge, as its own variables give it; anything that could end a link is none. */
function isAddress(url) {
    return url !== undefined && /^https?:\/\/[\w.:-]+\/[\w./-]+$/.test(url);
}
/** A copy. What stands in two places of a report, such as a finding that fails the check, is the same in both of the copy. */
function withoutSecrets(value, { secrets, seen }) {
    const inner = (each) => withoutSecrets(each, { secrets, seen });
    if (typeof value === 'string')
        return (0,secret/* redact */.E$)(value, secrets);
    if (typeof value !== 'object' || value === null)
        return value;
    const copy = seen.get(value) ??
        (Array.isArray(value)
            ? value.map(inner)
            : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each)])));
    seen.set(value, copy);
    return copy;
}


/***/ })

};
