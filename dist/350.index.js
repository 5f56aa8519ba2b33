export const id = 350;
export const ids = [350,708];
export const modules = {

/***/ 7388:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ filesOf),
/* harmony export */   a: () => (/* binding */ filesWrittenAnew)
/* harmony export */ });
/**
 * Files with something in them, as `pg_class.relfilenode`: of the given tables (OIDs), their indexes and TOAST tables. An
 * object that is written anew has another file afterwards.
 */
async function filesOf(sql, tables) {
    const rows = await sql.query(`WITH own AS (SELECT oid, reltoastrelid FROM pg_class WHERE oid = ANY ($1::oid[])),
          heaps AS (SELECT oid FROM own UNION SELECT reltoastrelid FROM own)
     SELECT c.relfilenode::text AS file FROM pg_class c
      WHERE (c.oid IN (SELECT oid FROM heaps) OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM heaps)))
        AND c.relfilenode <> 0 AND pg_relation_size(c.oid) > 0`, [tables]);
    return rows.map(({ file }) => file);
}
/** No file that held originals is still in use: dead rows, dropped columns and entries of indexes went with it. */
async function filesWrittenAnew(sql, files) {
    const rows = await sql.query('SELECT oid::regclass::text AS name FROM pg_class WHERE relfilenode = ANY ($1::oid[]) AND relfilenode <> 0 ORDER BY oid', [files]);
    return {
        check: { name: 'every file that held originals replaced by another', covered: `${files.length} files` },
        problems: rows.map(({ name }) => `the file of ${name} was not written anew`),
    };
}


/***/ }),

/***/ 3857:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  aJ: () => (/* binding */ finishMasking),
  RE: () => (/* binding */ maskInPlace),
  l_: () => (/* binding */ refuseHalfMasked)
});

// EXTERNAL MODULE: ./lib/domain/masking/schema.js
var schema = __webpack_require__(8460);
// EXTERNAL MODULE: ./lib/domain/masking/sql-text.js
var sql_text = __webpack_require__(4599);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
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

// EXTERNAL MODULE: ./lib/data/masking/files.js
var masking_files = __webpack_require__(7388);
// EXTERNAL MODULE: ./lib/data/masking/key.js
var masking_key = __webpack_require__(1708);
// EXTERNAL MODULE: ./lib/data/masking/originals.js
var originals = __webpack_require__(4883);
// EXTERNAL MODULE: ./lib/data/masking/room.js
var room = __webpack_require__(6912);
// EXTERNAL MODULE: ./lib/data/masking/statements.js
var statements = __webpack_require__(1893);
;// CONCATENATED MODULE: ./lib/data/masking/mask-trees.js




/**
 * Writes every tree anew, several at the same time, the largest first, so that no session is left with it at the end.
 * Their indexes are built afterwards, by whichever session has nothing else to do.
 * @returns rows of each table, by OID.
 */
async function maskTrees(work, indexes) {
    const rows = new Map();
    const waiting = work.inPlace.trees.toSorted((a, b) => b.rows - a.rows);
    const ready = [];
    let busy = 0;
    const nextTree = () => {
        const tree = waiting.shift();
        if (!tree)
            return undefined;
        busy++;
        return async (sql) => {
            for (const [id, count] of await maskTree(work, sql, tree))
                rows.set(id, count);
            busy--;
            ready.push(...indexes.filter(({ table }) => tree.tables.some(({ id }) => id === table)));
        };
    };
    const nextIndex = () => {
        const index = ready.shift();
        return index && ((sql) => buildIndex(sql, index));
    };
    // The session that masked the last tree ends as well: from then on all of them share what is left.
    await inSessions(work, () => nextTree() ?? (busy > 0 ? nextIndex() : undefined));
    await inSessions(work, nextIndex);
    return rows;
}
/** One failure ends the whole: the others finish what they do and begin nothing. */
async function inSessions(work, next) {
    const failures = [];
    const lane = async () => {
        const first = next();
        if (!first)
            return;
        const sql = await work.open();
        try {
            await (0,masking_key/* silenceLog */.qV)(sql, work.server.superuser);
            await (0,room/* makeRoom */.m)(sql);
            for (let task = first; task && failures.length === 0; task = next())
                await task(sql);
        }
        catch (error) {
            failures.push(error);
        }
        finally {
            await sql.close();
        }
    };
    await Promise.all(Array.from({ length: Math.max(1, work.parallel) }, lane));
    if (failures.length > 0)
        throw failures[0];
}
async function maskTree({ plan, units, key }, sql, tree) {
    return (0,statements/* inTransaction */.sA)(sql, async () => {
        await (0,masking_key/* giveKey */.Lk)(sql, key);
        await sql.query(`LOCK TABLE ${tree.root.sql} IN ACCESS EXCLUSIVE MODE`);
        await sql.query('SET LOCAL row_security = off');
        const rows = new Map();
        for (const stored of plan.stored.filter(({ table }) => tree.tables.includes(table))) {
            const { id, sql: name } = stored.table;
            rows.set(id, await (0,statements/* guarded */.Nj)(name, () => (0,originals/* collectOriginals */.D8)(sql, stored.table, (0,originals/* unitsIn */.rC)(units, stored))));
        }
        for (const statement of tree.functions)
            await sql.query(statement);
        await (0,statements/* withOwnSearchPath */.cB)(sql, async () => {
            for (const statement of tree.alters)
                await (0,statements/* guarded */.Nj)(tree.root.sql, () => sql.query(statement));
        });
        return rows;
    });
}
async function buildIndex(sql, index) {
    await (0,statements/* inTransaction */.sA)(sql, () => (0,statements/* withOwnSearchPath */.cB)(sql, async () => {
        for (const statement of index.restore)
            await (0,statements/* guarded */.Nj)('an index', () => sql.query(statement));
    }));
}

;// CONCATENATED MODULE: ./lib/data/masking/plain-indexes.js
/**
 * Those of the given tables (OIDs) that nothing else stands on and that a definition brings back whole: neither of a
 * constraint, replica identity or cluster order, nor with settings that `pg_get_indexdef` leaves out. The largest first.
 * `search_path` must be `pg_catalog`.
 */
function readPlainIndexes(sql, tables) {
    return sql.query(`SELECT c.oid::text AS table, ARRAY['DROP INDEX ' || x.oid::regclass] AS drop,
            array_remove(ARRAY[pg_get_indexdef(x.oid), CASE WHEN obj_description(x.oid, 'pg_class') IS NOT NULL
              THEN 'COMMENT ON INDEX ' || x.oid::regclass || ' IS ' || quote_literal(obj_description(x.oid, 'pg_class')) END], NULL) AS restore
       FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.oid = ANY ($1::oid[]) AND x.relkind = 'i' AND c.relkind = 'r' AND NOT x.relispartition
        AND i.indisvalid AND NOT i.indisreplident AND NOT i.indisclustered AND x.reltablespace = 0
        AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = x.oid)
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = x.oid)
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = x.oid AND d.deptype IN ('e', 'x'))
        AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = x.oid AND to_jsonb(a) ->> 'attstattarget' NOT IN ('-1'))
      ORDER BY pg_relation_size(x.oid) DESC, x.oid`, [tables]);
}

// EXTERNAL MODULE: ./lib/data/masking/catalogue.js
var catalogue = __webpack_require__(8770);
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
    await sql.query('DELETE FROM pg_statistic');
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
    await sql.query('VACUUM FULL pg_attribute');
    await sql.query('VACUUM FULL pg_attrdef');
    await sql.query('VACUUM FULL pg_user_mapping');
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
      WHERE c.relkind IN ('r', 'p', 'm', 'i', 'I') AND a.attnum > 0 AND NOT a.attisdropped AND ${catalogue/* userSchema */.v}
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

// EXTERNAL MODULE: ./lib/data/masking/subset.js
var subset = __webpack_require__(7533);
;// CONCATENATED MODULE: ./lib/data/masking/in-place.js













/**
 * Masks a branch that already holds the rows: what refuses a change of columns is dropped, each table is written anew
 * once, several at the same time, and everything comes back, foreign keys by being checked against the masked rows.
 * Triggers never fire: nothing here is an INSERT or UPDATE, and they are off while rows outside a sample are deleted. Several sessions cannot share a transaction, so a
 * run that dies leaves the schema `db_branch_masking` behind: such a branch must be thrown away, and a second run on it
 * is refused.
 * @throws RefusedError when PostgreSQL does not let it; no value of any row is in the message.
 */
async function maskInPlace(work) {
    const { inPlace, sql, server } = work;
    await (0,masking_key/* silenceLog */.qV)(sql, server.superuser);
    await (0,room/* makeRoom */.m)(sql);
    const anew = [...inPlace.trees.flatMap((tree) => tree.tables), ...work.plan.emptied];
    const files = await (0,masking_files/* filesOf */.R)(sql, anew.map(({ id }) => id));
    const before = await definitionsOf(sql, inPlace);
    const { deleted, indexes } = await (0,statements/* inTransaction */.sA)(sql, () => prepare(work, before));
    const rows = await maskTrees(work, indexes);
    await (0,statements/* inTransaction */.sA)(sql, () => restore(work, before));
    await refreshViews(sql, before);
    const left = await renewStatistics(sql, server);
    const notes = [...(0,subset/* sampleNotes */.a)(work.plan, rows, deleted), ...movedColumns(inPlace)];
    return { rows, notes: left === undefined ? notes : [...notes, left], files };
}
/** A column that leaves and comes back is the last one; where it was not, an INSERT without column names breaks. */
function movedColumns({ generated }) {
    const moved = generated.filter(({ table, column }) => table.columns.some((other) => other.number > column.number && !generated.some((each) => each.column === other)));
    return moved.map(({ table, column }) => `The generated column ${(0,schema/* tableName */.C)(table)}.${column.name} now stands at the end of its table: PostgreSQL changes no column under one.`);
}
/**
 * Puts forced row security back, which hid rows from a verification by the owner, and takes the mark away. Only now may
 * a caller treat the branch as masked.
 */
async function finishMasking({ sql, plan, server, }) {
    await (0,statements/* inTransaction */.sA)(sql, async () => {
        if (!server.superuser)
            await forceRowSecurity({ sql, plan }, 'FORCE');
        await (0,masking_key/* dropPads */.ih)(sql);
        await sql.query(`DROP TABLE ${originals/* workSchema */.fY}.originals; DROP SCHEMA ${originals/* workSchema */.fY}`);
    });
}
/** @throws RefusedError where an earlier run did not come to its end. */
async function refuseHalfMasked(sql) {
    const found = await sql.query('SELECT FROM pg_namespace WHERE nspname = $1', [originals/* workSchema */.fY]);
    if (found.length === 0)
        return;
    throw new errors/* RefusedError */.fk(`Masking the branch refused: an earlier masking of it ended in the middle (schema ${originals/* workSchema */.fY}). Make the branch again.`);
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
/** @returns rows that the sample does not keep, by OID of their table, and the indexes to build again. */
async function prepare({ sql, plan, inPlace, server }, definitions) {
    await refuseHalfMasked(sql);
    await sql.query(`CREATE SCHEMA ${originals/* workSchema */.fY}; ${originals/* createOriginals */.lr}`);
    await (0,masking_key/* createPads */.p$)(sql);
    for (const { drop } of definitions.toReversed()) {
        for (const statement of drop)
            await (0,statements/* guarded */.Nj)('an object that stands on a masked column', () => sql.query(statement));
    }
    if (!server.superuser)
        await forceRowSecurity({ sql, plan }, 'NO FORCE');
    const emptied = plan.emptied.map((table) => table.sql);
    if (emptied.length > 0)
        await (0,statements/* guarded */.Nj)(emptied.join(', '), () => sql.query(`TRUNCATE ${emptied.join(', ')}`));
    if (plan.largeObjects === 'remove')
        await (0,statements/* guarded */.Nj)('large objects', () => sql.query('SELECT lo_unlink(oid) FROM pg_largeobject_metadata'));
    await dropUserMappings(sql);
    const deleted = await (0,statements/* guarded */.Nj)('the rows outside the sample', () => (0,subset/* deleteUnsampled */.d)(sql, plan.reduced));
    return { deleted, indexes: await dropPlainIndexes(sql, inPlace) };
}
/** Of all tables that are written anew; those on a generated column leave and come back with it. */
async function dropPlainIndexes(sql, { trees, generated }) {
    const tables = trees
        .flatMap((tree) => tree.tables)
        .filter((table) => !generated.some((each) => each.table.id === table.id));
    const indexes = await readPlainIndexes(sql, tables.map(({ id }) => id));
    for (const statement of indexes.flatMap(({ drop }) => drop))
        await (0,statements/* guarded */.Nj)('an index', () => sql.query(statement));
    return indexes;
}
/** They hold passwords of other servers in clear; foreign tables stay and reach nothing. */
async function dropUserMappings(sql) {
    const mappings = await sql.query(`SELECT format('DROP USER MAPPING FOR %s SERVER %I', CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname) AS statement FROM pg_user_mappings`);
    for (const { statement } of mappings)
        await (0,statements/* guarded */.Nj)('a user mapping', () => sql.query(statement));
}
/** The owner must see all rows, or the digests of some originals would be missing. */
async function forceRowSecurity({ sql, plan }, how) {
    const tables = plan.stored.map(({ table }) => table).filter((table) => table.forcesRowSecurity);
    for (const table of tables)
        await sql.query(`ALTER TABLE ${table.sql} ${how} ROW LEVEL SECURITY`);
}
async function restore({ sql }, definitions) {
    for (const statement of definitions.flatMap((each) => each.restore)) {
        await (0,statements/* guarded */.Nj)('an object that stands on a masked column', () => sql.query(statement));
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
        await (0,statements/* guarded */.Nj)(refresh.toLowerCase(), () => sql.query(refresh));
    }
}


/***/ }),

/***/ 1708:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lk: () => (/* binding */ giveKey),
/* harmony export */   ih: () => (/* binding */ dropPads),
/* harmony export */   maskingKey: () => (/* binding */ maskingKey),
/* harmony export */   maskingOrder: () => (/* binding */ maskingOrder),
/* harmony export */   p$: () => (/* binding */ createPads),
/* harmony export */   qV: () => (/* binding */ silenceLog)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _domain_masking_sql_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4599);
/* harmony import */ var _domain_masking_transformer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3692);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(452);
/* harmony import */ var _secret_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3251);





const shortestKey = 32;
/**
 * From the user's key, or from a random one that nobody ever learns.
 * @throws InputError for a key that is short enough to be guessed.
 */
function maskingKey(given, random) {
    const bytes = given ? Buffer.from(given.reveal(), 'utf8') : Buffer.from(random(shortestKey), 'hex');
    if (bytes.length < shortestKey || new Set(bytes).size < 8) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .InputError */ .dz(`"masking_key" is too weak: it must have at least ${shortestKey} bytes of random text. Make one with "openssl rand -hex 32", or leave it out for a random key per build.`);
    }
    const block = blockOf(bytes);
    const pad = (byte) => new _secret_js__WEBPACK_IMPORTED_MODULE_3__/* .Secret */ .zh(Buffer.from(block.map((each) => each ^ byte)).toString('latin1'));
    return {
        ipad: pad(0x36),
        opad: pad(0x5c),
        check: new _secret_js__WEBPACK_IMPORTED_MODULE_3__/* .Secret */ .zh(BigInt.asIntN(64, BigInt(`0x${random(8)}`)).toString()),
        id: (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHmac)('sha256', bytes).update('db-branch-action key id').digest('hex').slice(0, 16),
        random: given === undefined,
    };
}
/**
 * The key that HMAC-SHA-256 is used with: the 32 bytes of the given key's SHA-256, written in 64 letters from a to p. It
 * fills one block, and both of its pads are plain ASCII without NUL, which PostgreSQL can hold in a text: measured, a
 * setting that had to be decoded for each value made masking take twice as long.
 */
function blockOf(key) {
    const digits = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(key).digest('hex');
    return Buffer.from([...digits].map((digit) => 'a'.charCodeAt(0) + Number.parseInt(digit, 16)));
}
function maskingOrder(rules, key) {
    return { rules, hash: hashOf(rules), key };
}
/** Places are where a rule stands in its file, not what it says. */
function hashOf(rules) {
    const plain = JSON.stringify(rules, (name, value) => name === 'place' ? undefined : value instanceof Map ? [...value] : value);
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(plain).digest('hex');
}
/**
 * Until the end of the transaction. DDL and COPY take no parameters, so the key travels as a setting (facts 6.2). Dates
 * and bytes get the one spelling under which their digests can be compared.
 */
async function giveKey(sql, key) {
    await sql.query(`SELECT set_config('dbb.ipad', $1, true) IS NULL, set_config('dbb.opad', $2, true) IS NULL, set_config('dbb.check', $3, true) IS NULL,
            set_config('timezone', 'UTC', true) IS NULL, set_config('datestyle', 'ISO, YMD', true) IS NULL, set_config('bytea_output', 'hex', true) IS NULL,
            set_config('intervalstyle', 'postgres', true) IS NULL, set_config('extra_float_digits', '1', true) IS NULL`, [key.ipad.reveal(), key.opad.reveal(), key.check.reveal()]);
}
/** Makes `padsOfStatement`. Their bodies name the settings, never the key, which the catalog would show. */
async function createPads(sql) {
    const { inner, outer } = _domain_masking_transformer_js__WEBPACK_IMPORTED_MODULE_1__/* .padsOfStatement */ .D8;
    const body = (text) => `RETURNS text LANGUAGE sql IMMUTABLE AS ${(0,_domain_masking_sql_text_js__WEBPACK_IMPORTED_MODULE_4__/* .literal */ .eu)(`SELECT ${text}`)}`;
    await sql.query(`CREATE FUNCTION ${inner} ${body(_domain_masking_transformer_js__WEBPACK_IMPORTED_MODULE_1__/* .padsOfEachRow */ .Ng.inner)}; CREATE FUNCTION ${outer} ${body(_domain_masking_transformer_js__WEBPACK_IMPORTED_MODULE_1__/* .padsOfEachRow */ .Ng.outer)}`);
}
async function dropPads(sql) {
    await sql.query(`DROP FUNCTION IF EXISTS ${_domain_masking_transformer_js__WEBPACK_IMPORTED_MODULE_1__/* .padsOfStatement */ .D8.inner}, ${_domain_masking_transformer_js__WEBPACK_IMPORTED_MODULE_1__/* .padsOfStatement */ .D8.outer}`);
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
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .RefusedError */ .fk(`Masking the branch refused: the server's log takes down every statement with its values, so the masking key would stand in it. Set log_parameter_max_length = 0 on the server, or let a superuser mask.`);
    }
}


/***/ }),

/***/ 5350:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  certificateLines: () => (/* binding */ certificateLines),
  decided: () => (/* binding */ decided),
  maskBranch: () => (/* binding */ maskBranch)
});

// EXTERNAL MODULE: ./lib/domain/masking/classify.js + 2 modules
var classify = __webpack_require__(8189);
;// CONCATENATED MODULE: ./lib/domain/masking/dependents.js

const isView = ({ kind }) => kind === 'view' || kind === 'materialized view';
/**
 * What must go while the touched columns change: what stands on one of them, and what stands on such a view, however
 * far up.
 */
function dependentsOf(schema, touched) {
    const found = new Set();
    const goneViews = new Set();
    const stands = ({ relation, uses }) => uses.some((use) => touched.has((0,classify/* key */.Eb)(use.relation, use.column)) || (goneViews.has(use.relation) && use.relation !== relation));
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

// EXTERNAL MODULE: ./lib/domain/masking/check-masks.js
var check_masks = __webpack_require__(1523);
// EXTERNAL MODULE: ./lib/domain/masking/compile.js + 1 modules
var compile = __webpack_require__(9085);
// EXTERNAL MODULE: ./lib/domain/masking/sql-text.js
var sql_text = __webpack_require__(4599);
// EXTERNAL MODULE: ./lib/domain/masking/schema.js
var masking_schema = __webpack_require__(8460);
// EXTERNAL MODULE: ./lib/domain/masking/transformer.js
var transformer = __webpack_require__(3692);
// EXTERNAL MODULE: ./lib/domain/masking/value-kind.js
var value_kind = __webpack_require__(461);
;// CONCATENATED MODULE: ./lib/domain/masking/tree-plan.js







/** Generated columns that read a masked one: ALTER refuses to change a column under them (facts 3.3). */
function generatedOf(schema, masked) {
    const numbers = new Set(masked.map(({ table, target }) => (0,classify/* key */.Eb)(table.id, target.column.number)));
    return schema.tables.flatMap((table) => table.columns
        .filter((column) => !column.inherited && column.reads.some((number) => numbers.has((0,classify/* key */.Eb)(table.id, number))))
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
        const below = (0,check_masks/* descendantsOf */.gO)(schema, root.id);
        const tables = [root, ...below.filter((table, at) => below.indexOf(table) === at)];
        const functions = [];
        const parts = tables.map((table) => ({ table, actions: actionsOf(work, table, functions) }));
        const loses = work.reduced.some(({ table }) => table === root);
        if (parts[0]?.actions.length === 0 && (loses || keepsSomething(tables, classification))) {
            const column = rewriteBy(schema, root);
            if (column) {
                parts[0].actions.push(`ALTER COLUMN ${typed(column)} USING coalesce(${(0,sql_text/* identifier */.Cv)(column.name)}, ${(0,sql_text/* identifier */.Cv)(column.name)})`, ...restated(column));
                touchAll(touched, { tables, name: column.name });
            }
            else if (loses)
                refusals.push(`${(0,masking_schema/* tableName */.C)(root)} loses rows by "sample", and has no column by which it could be written anew without them.`);
            else if (tables.some((table) => table.droppedColumns > 0))
                refusals.push(`${(0,masking_schema/* tableName */.C)(root)} has dropped columns, whose values are still in its files, and no column by which it could be written anew.`);
        }
        const foreign = tables.find((table) => table.kind === 'foreign');
        if (foreign && parts.some(({ actions }) => actions.length > 0))
            refusals.push(`${(0,masking_schema/* tableName */.C)(foreign)} lies on another server and below ${(0,masking_schema/* tableName */.C)(root)}, which is to be masked. Detach it in the parent.`);
        if (!root.ours && parts.some(({ actions }) => actions.length > 0))
            refusals.push(`${(0,masking_schema/* tableName */.C)(root)} must be written anew, and the role ${schema.server.role} may not change it.`);
        const alters = parts
            .filter(({ actions }) => actions.length > 0)
            .map(({ table, actions }) => `ALTER TABLE ${table.sql} ${actions.join(', ')}`);
        if (alters.length > 0)
            trees.push({ root, tables, rows: (0,check_masks/* rowsOf */.RO)(schema, root), functions, alters });
    }
    for (const { table, target } of work.masked)
        touchAll(touched, { tables: [table, ...(0,check_masks/* descendantsOf */.gO)(schema, table.id)], name: target.column.name });
    for (const { table, column } of work.generated)
        touchAll(touched, { tables: [table, ...(0,check_masks/* descendantsOf */.gO)(schema, table.id)], name: column.name });
    return { trees, touched, refusals };
}
function touchAll(touched, { tables, name }) {
    for (const table of tables) {
        const column = table.columns.find((candidate) => candidate.name === name);
        if (column)
            touched.add((0,classify/* key */.Eb)(table.id, column.number));
    }
}
/** What may hold a person's data in dead rows, or anything in columns that were dropped. An empty file holds nothing. */
function keepsSomething(tables, { emptied }) {
    return tables.some((table) => !emptied.includes(table) && table.size > 0 && (table.droppedColumns > 0 || table.columns.some(value_kind/* needsRule */.G)));
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
    if (!(0,compile/* needsQuery */.kK)(target))
        return (0,compile/* maskExpression */.lB)(target, sql_text/* identifier */.Cv, transformer/* padsOfStatement */.D8);
    const reads = (0,compile/* columnsRead */.YL)(target);
    const types = reads.map((name) => table.columns.find((column) => column.name === name)?.type ?? 'text');
    const body = `SELECT ${(0,compile/* maskExpression */.lB)(target, (name) => `$${reads.indexOf(name) + 1}`)}`;
    const name = `pg_temp.mask_${table.id}_${target.column.number}`;
    functions.push(`CREATE FUNCTION ${name}(${types.join(', ')}) RETURNS ${target.column.type} LANGUAGE sql STABLE AS ${(0,sql_text/* literal */.eu)(body)}`);
    return `${name}(${reads.map(sql_text/* identifier */.Cv).join(', ')})`;
}

;// CONCATENATED MODULE: ./lib/domain/masking/in-place-plan.js



/** What PostgreSQL must be relieved of before it changes the masked columns (facts 3.3). `refusals` are sentences. */
function planInPlace(schema, { plan, classification }) {
    const masked = plan.targets;
    const generated = generatedOf(schema, masked);
    const { trees, touched, refusals } = treesOf({ schema, classification, masked, generated, reduced: plan.reduced });
    const { dependents, blocking } = dependentsOf(schema, touched);
    const all = [
        ...refusals,
        ...blocking.map((each) => `The ${each.kind} ${each.name} stands on a masked column, and PostgreSQL changes none under it. Drop it in the parent, or leave the table out.`),
    ];
    if (all.length > 0)
        return { refusals: all };
    const losing = new Set(plan.reduced.flatMap(({ tables }) => tables.map(({ id }) => id)));
    const foreignKeys = schema.foreignKeys.filter((foreign) => touchesKey(foreign, touched) ||
        losing.has(foreign.target) ||
        plan.emptied.some((table) => [foreign.table, foreign.target].includes(table.id)));
    return { inPlace: { trees, foreignKeys, dependents, generated } };
}
function touchesKey({ table, columns, target, targetColumns }, touched) {
    return (columns.some((column) => touched.has((0,classify/* key */.Eb)(table, column))) ||
        targetColumns.some((column) => touched.has((0,classify/* key */.Eb)(target, column))));
}

// EXTERNAL MODULE: ./lib/domain/masking/plan.js + 4 modules
var masking_plan = __webpack_require__(4669);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/data/masking/catalogue.js
var catalogue = __webpack_require__(8770);
// EXTERNAL MODULE: ./lib/data/masking/in-place.js + 4 modules
var in_place = __webpack_require__(3857);
// EXTERNAL MODULE: ./lib/data/masking/labels.js
var labels = __webpack_require__(8924);
// EXTERNAL MODULE: ./lib/data/masking/originals.js
var originals = __webpack_require__(4883);
// EXTERNAL MODULE: ./lib/data/masking/verify.js + 2 modules
var verify = __webpack_require__(1459);
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
        await (0,in_place/* refuseHalfMasked */.l_)(sql);
        const schema = await (0,catalogue/* readSchema */.G)(sql);
        const { plan, classification } = decided((0,masking_plan/* planMasking */.G)(schema, rules));
        const { inPlace } = possible(planInPlace(schema, { plan, classification }));
        const units = (0,originals/* unitsOf */.$J)(plan);
        const start = elapsed();
        const { rows, notes, files } = await (0,in_place/* maskInPlace */.RE)({
            plan,
            inPlace,
            units,
            server: schema.server,
            key,
            sql,
            open,
            parallel,
        });
        const masked = elapsed();
        const checks = await (0,verify/* verifyMasked */.x)({ sql, plan, units, key, rows, files });
        await (0,in_place/* finishMasking */.aJ)({ sql, plan, server: schema.server });
        const total = [...rows.values()].reduce((sum, each) => sum + each, 0);
        return {
            rules: order.hash,
            key: { id: key.id, random: key.random },
            counts: { ...plan.counts, tables: rows.size, rows: total, emptied: plan.emptied.length },
            checks,
            notes: [...(0,labels/* labelNotes */.W)(plan), ...notes],
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


/***/ }),

/***/ 6912:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ makeRoom)
/* harmony export */ });
/** Kilobytes that sorting and hashing by the million takes; a server that gives more keeps its own. */
const wanted = { work_mem: 131_072, maintenance_work_mem: 262_144 };
/**
 * Sets a session up for whole tables: memory for indexes and hashes, no compiling of long expressions, which takes longer
 * than running them, and no waiting for the disk at each commit. Nothing is lost by that: the log of changes is written
 * in order, so whatever is committed later and waited for, such as the claim, is on disk only after all of this.
 */
async function makeRoom(sql) {
    await sql.query(`SELECT set_config(name, greatest(setting::int8, ($1::jsonb ->> name)::int8)::text || unit, false) FROM pg_settings WHERE $1::jsonb ? name`, [JSON.stringify(wanted)]);
    await sql.query('SET jit = off; SET synchronous_commit = off');
}


/***/ }),

/***/ 1893:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Nj: () => (/* binding */ guarded),
/* harmony export */   cB: () => (/* binding */ withOwnSearchPath),
/* harmony export */   sA: () => (/* binding */ inTransaction)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(452);
/* harmony import */ var _sql_session_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3480);


async function inTransaction(sql, body) {
    await sql.query('BEGIN; SET LOCAL search_path = pg_catalog');
    try {
        const result = await body();
        await guarded('the branch', () => sql.query('COMMIT'));
        return result;
    }
    catch (error) {
        await sql.query('ROLLBACK').catch(() => undefined);
        throw error;
    }
}
/** PostgreSQL's own words quote values (`invalid input syntax for type date: "…"`), so only names and codes go on. */
async function guarded(what, body) {
    try {
        return await body();
    }
    catch (error) {
        const state = (0,_sql_session_js__WEBPACK_IMPORTED_MODULE_1__/* .sqlState */ .cn)(error);
        if (state === undefined || !/^[0-9A-Z]{5}$/.test(state))
            throw error;
        const { constraint, column, message = '', } = error.cause;
        const where = constraint === undefined ? (column === undefined ? '' : ` in column ${column}`) : ` by constraint ${constraint}`;
        const quotes = state.startsWith('22') || state.startsWith('23') || state.startsWith('P');
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RefusedError */ .fk(`Masking the branch refused: PostgreSQL rejected the change of ${what}${where} (${state}${quotes ? '' : `, ${message}`}). ${adviceFor(state)}`);
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
        return 'The role that masks must own the tables or be a superuser.';
    return 'Change the rule, or leave the table out.';
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


/***/ }),

/***/ 7533:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ sampleNotes),
/* harmony export */   d: () => (/* binding */ deleteUnsampled)
/* harmony export */ });
/* harmony import */ var _domain_masking_schema_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8460);

/**
 * Deletes the rows that `sample` does not keep. In a transaction, with the foreign keys gone that refer to these tables.
 * Triggers and rules stay silent. The rows stay in the files until the tables are written anew.
 * @returns rows deleted of each table of the plan's `reduced`, by OID.
 */
async function deleteUnsampled(sql, reduced) {
    const deleted = new Map();
    if (reduced.length === 0)
        return deleted;
    await sql.query(`SET LOCAL row_security = off; SET LOCAL work_mem = '128MB'; SET LOCAL jit = off`);
    const reactions = await reactionsOf(sql, reduced.flatMap(({ tables }) => tables));
    for (const { off } of reactions)
        await sql.query(off);
    for (const { table, drop } of reduced) {
        let rows = 0;
        // One statement per reason: PostgreSQL makes a join of each, and would look up row by row for several with OR.
        for (const reason of drop) {
            const [row] = await sql.query(`WITH gone AS (DELETE FROM ${table.sql} t WHERE ${reason} RETURNING 1) SELECT count(*)::text AS rows FROM gone`);
            rows += Number(row?.rows);
        }
        deleted.set(table.id, rows);
    }
    for (const { on } of reactions)
        await sql.query(on);
    return deleted;
}
/**
 * Triggers and rules that act on a DELETE, even in a session of replication. Those of a partitioned table come before
 * those of its partitions, for up to PostgreSQL 14 changing one changes all below it; so disabled ones are listed, too.
 */
function reactionsOf(sql, tables) {
    const onOff = (what, thing, state) => `format('ALTER TABLE ONLY %s DISABLE ${what} %I', r.id, ${thing}) AS off,
      format('ALTER TABLE ONLY %s %s ${what} %I', r.id, CASE ${state} WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE' END, ${thing}) AS on`;
    return sql.query(`WITH r AS (SELECT id::oid::regclass, at FROM unnest($1::text[]) WITH ORDINALITY AS given(id, at))
     SELECT x.off, x.on FROM (
       SELECT r.at, ${onOff('TRIGGER', 't.tgname', 't.tgenabled')} FROM r JOIN pg_trigger t ON t.tgrelid = r.id
        WHERE (t.tgtype & 8) <> 0 AND (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstraint = 0))
       UNION ALL
       SELECT r.at, ${onOff('RULE', 'w.rulename', 'w.ev_enabled')} FROM r JOIN pg_rewrite w ON w.ev_class = r.id WHERE w.ev_type = '4') x
      ORDER BY x.at`, [tables.map(({ id }) => id)]);
}
/**
 * What `sample` left, a line for the summary; nothing where it was not asked for.
 * @param rows that stayed, of each table, by OID.
 * @param deleted as `deleteUnsampled` gives it; without it the parent's rows are PostgreSQL's estimate.
 */
function sampleNotes({ reduced }, rows, deleted) {
    if (reduced.length === 0)
        return [];
    const shares = reduced.toReversed().map(({ table, tables }) => {
        const kept = tables.reduce((sum, { id }) => sum + (rows.get(id) ?? 0), 0);
        const estimate = Math.round(tables.reduce((sum, each) => sum + each.rows, 0));
        const all = deleted ? String(kept + (deleted.get(table.id) ?? 0)) : `about ${Math.max(kept, estimate)}`;
        return `${kept} of ${all} rows of ${(0,_domain_masking_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .tableName */ .C)(table)}`;
    });
    const more = shares.length > 20 ? `, and ${shares.length - 20} more tables` : '';
    return [`The sample keeps ${shares.slice(0, 20).join(', ')}${more}.`];
}


/***/ }),

/***/ 1459:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  x: () => (/* binding */ verifyMasked)
});

// EXTERNAL MODULE: ./lib/domain/masking/detectors.js
var detectors = __webpack_require__(1416);
// EXTERNAL MODULE: ./lib/domain/masking/compile.js + 1 modules
var compile = __webpack_require__(9085);
// EXTERNAL MODULE: ./lib/domain/masking/schema.js
var schema = __webpack_require__(8460);
// EXTERNAL MODULE: ./lib/domain/masking/sql-text.js
var sql_text = __webpack_require__(4599);
// EXTERNAL MODULE: ./lib/domain/masking/value-kind.js
var value_kind = __webpack_require__(461);
// EXTERNAL MODULE: ./lib/errors.js
var errors = __webpack_require__(452);
// EXTERNAL MODULE: ./lib/data/masking/catalogue.js
var catalogue = __webpack_require__(8770);
// EXTERNAL MODULE: ./lib/data/masking/key.js
var key = __webpack_require__(1708);
// EXTERNAL MODULE: ./lib/data/masking/files.js
var files = __webpack_require__(7388);
// EXTERNAL MODULE: ./lib/data/masking/room.js
var room = __webpack_require__(6912);
// EXTERNAL MODULE: ./lib/data/masking/originals.js
var originals = __webpack_require__(4883);
;// CONCATENATED MODULE: ./lib/data/masking/scan-column.js



/** Rows per journey to the server. */
const batch = 2_000;
/** How many rows of a column each detector finds something in. The values go no further than this function. */
async function scanColumn(sql, { from, column, look = (all) => all, among = detectors/* detectors */.mW }) {
    const value = (0,originals/* plainText */.wh)(look(`t.${(0,sql_text/* identifier */.Cv)(column)}`));
    await sql.query(`DECLARE suspects NO SCROLL CURSOR FOR SELECT ${value} AS value FROM ${from} t WHERE ${value} ~ ${(0,sql_text/* literal */.eu)(detectors/* hint */.aK)}`);
    const found = new Map();
    for (;;) {
        const rows = await sql.query(`FETCH ${batch} FROM suspects`);
        for (const row of rows)
            for (const name of (0,detectors/* detect */.o0)(row.value, among))
                found.set(name, (found.get(name) ?? 0) + 1);
        if (rows.length < batch)
            break;
    }
    await sql.query('CLOSE suspects');
    return found;
}

// EXTERNAL MODULE: ./lib/data/masking/verify-surroundings.js
var verify_surroundings = __webpack_require__(3492);
;// CONCATENATED MODULE: ./lib/data/masking/verify-values.js


/** Each value obeys the shape of its transformer, and none is the digest of an original of the same pool. */
async function everyMaskedValue(work) {
    const { sql, plan, units } = work;
    await sql.query(`ANALYZE ${originals/* workSchema */.fY}.originals`);
    const odd = new Map();
    let values = 0;
    for (const stored of plan.stored) {
        for (const { unit, values: count, odd: wrong } of await shapesOf(sql, stored.table, (0,originals/* unitsIn */.rC)(units, stored))) {
            values += count;
            odd.set(unit, (odd.get(unit) ?? 0) + wrong);
        }
    }
    const found = await originalsIn(work);
    const problems = units.flatMap((unit) => {
        const { name } = unit.part;
        const [wrong = 0, originals = 0] = [odd.get(unit), found.get(unit)];
        return [
            ...(wrong > 0 ? [`${name} has ${wrong} values that its transformer does not make`] : []),
            ...(originals > 0 ? [`${name} still holds ${originals} original values`] : []),
        ];
    });
    const unproven = units.filter(({ part }) => part.proof.kind === 'unproven' && part.name.includes(':') === false).length;
    const covered = `${values} values of ${units.length - unproven} masked columns and paths${unproven > 0 ? `; ${unproven} with noise cannot be proven` : ''}`;
    return {
        check: { name: "no original value in a masked column, and every value of its transformer's making", covered },
        problems,
    };
}
/** How many values each unit has in a table's own rows, and how many of them break the shape: one pass for all columns. */
async function shapesOf(sql, table, units) {
    const proven = units.filter(({ part }) => part.proof.kind !== 'unproven');
    const queries = [];
    for (const unit of proven) {
        const { single, values } = unit.part;
        const column = `t.${(0,sql_text/* identifier */.Cv)(unit.masked.target.column.name)}`;
        if (single)
            queries.push({ unit, from: '', counts: countsOf(unit, single(column)) });
        if (values)
            queries.push({ unit, from: `, LATERAL ${values(column)}`, counts: countsOf(unit, 'u.value') });
    }
    const singles = queries.filter(({ from }) => from === '');
    const others = queries.filter(({ from }) => from !== '');
    const passes = [...(singles.length > 0 ? [singles] : []), ...others.map((each) => [each])];
    const shaped = [];
    for (const pass of passes) {
        const [row] = await sql.query(`SELECT ARRAY[${pass.map(({ counts }) => counts).join(', ')}]::text[] AS counts FROM ONLY ${table.sql} t${pass[0]?.from ?? ''}`);
        for (const [at, { unit }] of pass.entries())
            shaped.push({ unit, values: Number(row?.counts[2 * at]), odd: Number(row?.counts[2 * at + 1]) });
    }
    return shaped;
}
/** Two counts: of values, and of those that are not as the transformer makes them. */
function countsOf({ part: { typed, proof } }, value) {
    const there = `(${value})::text <> ''`;
    const odd = proof.kind === 'shape' ? `count(*) FILTER (WHERE ${there} AND (${proof.holds(typed(value))}) IS NOT TRUE)` : '0';
    return `count(*) FILTER (WHERE ${there}), ${odd}`;
}
/** How many masked values have the digest of an original of their pool, all tables of a pool in one go. */
async function originalsIn({ sql, plan, units }) {
    const found = new Map();
    const pools = new Set(units.filter(originals/* isCompared */.uQ).map(({ pool }) => pool));
    for (const pool of pools) {
        const alike = units.filter((unit) => unit.pool === pool && (0,originals/* isCompared */.uQ)(unit));
        const tables = plan.stored.flatMap((stored) => {
            const here = (0,originals/* unitsIn */.rC)(alike, stored);
            return (0,originals/* digestQueries */.RP)(here, (0,originals/* rowsOf */.RO)(stored.table, here)).map((query) => ({ query, here }));
        });
        const moved = alike.some(({ part }) => part.proof.kind === 'moved');
        if (moved)
            await (0,originals/* scanInOrder */.Rq)(sql);
        else
            await sql.query('SET LOCAL max_parallel_workers_per_gather TO DEFAULT');
        const parts = tables.map(({ query }, table) => `SELECT ${table} AS part, q.unit, q.digest FROM (${query}) q`);
        const rows = await sql.query(`SELECT m.part, m.unit, count(*)::text AS originals FROM (${parts.join(' UNION ALL ')}) m
        WHERE EXISTS (SELECT FROM ${originals/* workSchema */.fY}.originals o WHERE o.pool = ${pool} AND o.digest = m.digest) GROUP BY 1, 2`);
        for (const row of rows) {
            const unit = tables[row.part]?.here[row.unit];
            if (unit)
                found.set(unit, (found.get(unit) ?? 0) + Number(row.originals));
        }
    }
    return found;
}

;// CONCATENATED MODULE: ./lib/data/masking/verify.js














/**
 * Proves that a masked branch holds no original: nothing here trusts the step that masked it.
 * @throws RefusedError that lists every problem by table and column, and no value.
 */
async function verifyMasked(work) {
    const { sql } = work;
    await (0,room/* makeRoom */.m)(sql);
    await sql.query('BEGIN; SET LOCAL search_path = pg_catalog; SET LOCAL row_security = off');
    await (0,key/* giveKey */.Lk)(sql, work.key);
    const findings = [
        await everyMaskedValue(work),
        ...(work.files ? [await (0,files/* filesWrittenAnew */.a)(sql, work.files)] : []),
        await rowCounts(work),
        await noOriginalElsewhere(work),
        await leftovers(work),
        await (0,verify_surroundings/* statistics */.oG)(sql),
        await (0,verify_surroundings/* integrity */.me)(sql),
        await (0,verify_surroundings/* loginsElsewhere */.f9)(sql),
        ...(work.plan.definitionsMayQuote ? [] : [await (0,verify_surroundings/* definitions */.BG)(sql)]),
        ...(await groups(work)),
    ];
    await sql.query('COMMIT');
    const problems = findings.flatMap((finding) => finding.problems);
    if (problems.length === 0)
        return findings.map((finding) => finding.check);
    throw new errors/* RefusedError */.fk(`Verifying the masked branch refused: ${problems.slice(0, 20).join('; ')}${problems.length > 20 ? `; and ${problems.length - 20} more` : ''}. Correct the masking rules; nothing was handed out.`);
}
async function rowCounts({ sql, plan, rows }) {
    const problems = [];
    const tables = plan.stored.map(({ table }) => table).filter((table) => rows.has(table.id));
    for (const table of tables) {
        const now = await (0,originals/* countRows */.BO)(sql, table);
        const wanted = rows.get(table.id);
        if (now !== wanted)
            problems.push(`${(0,schema/* tableName */.C)(table)} has ${now} rows instead of ${wanted}`);
    }
    for (const table of plan.emptied) {
        const [row] = await sql.query(`SELECT count(*)::text AS rows FROM ${table.sql}`);
        if (row?.rows !== '0')
            problems.push(`${(0,schema/* tableName */.C)(table)} was left out and holds rows`);
    }
    return { check: { name: 'row counts as before', covered: `${tables.length} tables` }, problems };
}
/** Whole values of columns called harmless and of materialized views, which no shape proves. */
async function noOriginalElsewhere({ sql, plan }) {
    const places = [...harmlessPlaces(plan), ...(await viewPlaces(sql))];
    const problems = [];
    for (const { name, from, columns } of places) {
        const values = columns.map((column) => `(${(0,originals/* plainText */.wh)(`t.${(0,sql_text/* identifier */.Cv)(column)}`)})`).join(', ');
        const [row] = await sql.query(`SELECT count(*)::text AS found FROM ${from} t, LATERAL (VALUES ${values}) v(value)
        WHERE v.value <> '' AND ${(0,originals/* digestOf */.ol)((0,originals/* plainText */.wh)('v.value'))} IN (SELECT digest FROM ${originals/* workSchema */.fY}.originals WHERE pool = 0)`);
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
        if (rule.kind === 'mask' || !(0,value_kind/* needsRule */.G)(column) || plan.targets.some(({ target }) => target.column === column))
            continue;
        tables.set(table, [...(tables.get(table) ?? []), column.name]);
    }
    return [...tables].map(([table, columns]) => ({ name: (0,schema/* tableName */.C)(table), from: table.sql, columns }));
}
async function viewPlaces(sql) {
    return sql.query(`SELECT n.nspname || '.' || c.relname AS name, c.oid::regclass::text AS from, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind = 'm' AND c.relispopulated AND ${catalogue/* userSchema */.v} GROUP BY 1, 2, c.oid ORDER BY c.oid`);
}
/**
 * The detectors look into every column but those that a person kept with a reason and those whose every value was just
 * proven to be made by a transformer.
 */
async function leftovers({ sql, plan }) {
    const places = [...harmlessPlaces(plan), ...documentPlaces(plan)];
    const problems = [];
    for (const { name, from, columns, look } of places) {
        for (const column of columns) {
            const found = await scanColumn(sql, { from, column, ...(look ? { look } : {}) });
            for (const [what, rows] of found)
                problems.push(`${name}.${column} holds what looks like ${(0,verify_surroundings/* article */.jZ)(what)} in ${rows} rows`);
        }
    }
    const covered = `${places.reduce((sum, place) => sum + place.columns.length, 0)} columns, ${detectors/* detectors */.mW.length} detectors`;
    return { check: { name: 'nothing left that looks like personal data', covered }, problems };
}
/**
 * Documents without the values whose shape was just proven: their addresses, of which every document has some, would
 * only make the journey to this process.
 */
function documentPlaces(plan) {
    return plan.targets
        .filter(({ target }) => target.mask.transformer === 'json')
        .map(({ table, target }) => ({
        name: (0,schema/* tableName */.C)(table),
        from: table.sql,
        columns: [target.column.name],
        look: (column) => (0,compile/* unprovenOf */.v6)(target, column),
    }));
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


/***/ })

};
