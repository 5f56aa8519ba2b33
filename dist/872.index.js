export const id = 872;
export const ids = [872];
export const modules = {

/***/ 6872:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ExtractionTimeoutError: () => (/* reexport */ ExtractionTimeoutError),
  extract: () => (/* binding */ extract),
  pruneOrphanedSatellites: () => (/* reexport */ pruneOrphanedSatellites)
});

// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/fact.js
var fact = __webpack_require__(4441);
// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/stable-id.js
var stable_id = __webpack_require__(5684);
;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/scope.js

/** Postgres SQLSTATE for a statement cancelled by `statement_timeout`. */
const QUERY_CANCELED = "57014";
/**
 * Whether a role name is a built-in (reserved) Postgres role. These `pg_`-prefixed
 * roles (`pg_database_owner`, `pg_read_all_data`, …) are never extracted as
 * managed facts — role extraction filters them out with `rolname NOT LIKE 'pg\_%'`
 * (see extractRolesAndGrants in ./roles.ts). This predicate is the TS mirror of
 * that SQL filter, used to suppress owner edges pointing at a built-in role: such
 * an edge would always be dangling (its target role fact is never emitted) and is
 * pruned by buildFactBase anyway, so emitting it only produces spurious
 * `dangling_edge` warnings.
 */
function isBuiltinRoleName(name) {
    return name.startsWith("pg_");
}
/**
 * A short, human-readable identifier for an extraction query: its first FROM
 * relation plus a head of the text. Used to name the query that blew the
 * statement-timeout budget so the failure is actionable, not opaque.
 */
function queryLabel(sql) {
    const flat = sql.replace(/\s+/g, " ").trim();
    const from = /\bFROM\s+(?:pg_catalog\.)?(\w+)/i.exec(flat);
    const head = flat.slice(0, 60);
    return from ? `${from[1]} (${head}…)` : head;
}
/**
 * Thrown when an extraction query exceeds the caller-supplied
 * `statementTimeoutMs` budget. Turns a runaway catalog query on a pathological
 * schema into actionable output — it names the offending query and the budget —
 * instead of an opaque `canceling statement due to statement timeout` or an
 * indefinite hang (milestone A — performance).
 */
class ExtractionTimeoutError extends Error {
    code = "extraction_timeout";
    queryLabel;
    timeoutMs;
    diagnostic;
    constructor(label, timeoutMs) {
        super(`extraction query ${label} exceeded the ${timeoutMs}ms statement_timeout budget`);
        this.name = "ExtractionTimeoutError";
        this.queryLabel = label;
        this.timeoutMs = timeoutMs;
        this.diagnostic = {
            code: this.code,
            severity: "error",
            message: this.message,
            context: { queryLabel: label, timeoutMs },
        };
    }
}
/**
 * Consistency invariant (hardening Item 4a; review #1): a metadata satellite
 * (comment / acl / securityLabel) must never outlive its target. Most are
 * pushed via `pushWithMeta` alongside their object, so a filtered object never
 * emits them — but standalone satellite extraction (security labels) can emit
 * one whose target was filtered (e.g. an extension-member object). Such a
 * satellite would make `buildFactBase` throw on a missing parent, or — if it
 * survived — yield an orphan GRANT/COMMENT at plan time (CLI-1471). Drop them
 * here with an `info` diagnostic so the exclusion is visible, never silent.
 */
function pruneOrphanedSatellites(facts) {
    const present = new Set(facts.map((f) => (0,stable_id/* encodeId */.md)(f.id)));
    const kept = [];
    const diagnostics = [];
    for (const fact of facts) {
        if ("target" in fact.id) {
            const targetKey = (0,stable_id/* encodeId */.md)(fact.id.target);
            if (!present.has(targetKey)) {
                diagnostics.push({
                    code: "orphaned_satellite",
                    severity: "info",
                    subject: fact.id,
                    message: `dropped ${fact.id.kind} whose target ${targetKey} was not extracted (filtered)`,
                });
                continue;
            }
        }
        kept.push(fact);
    }
    return { facts: kept, diagnostics };
}
/** Schemas never treated as user state. */
const SYSTEM_SCHEMAS = `('pg_catalog', 'information_schema')`;
const USER_SCHEMA_FILTER = `
  n.nspname NOT IN ${SYSTEM_SCHEMAS}
  AND n.nspname NOT LIKE 'pg\\_toast%'
  AND n.nspname NOT LIKE 'pg\\_temp%'`;
/** Anti-join fragment: exclude objects owned by extensions, for the sub-entity
 *  and rare member-root families that are NOT yet flipped to `memberOfExtension`
 *  provenance edges (the flipped families use memberExtensionExpr/pushMemberEdge
 *  instead; see COVERAGE.md "extension member handling" + tier-4-deferrals.md). */
function notExtensionMember(classid, oidExpr) {
    return `NOT EXISTS (
    SELECT 1 FROM pg_depend ext_d
    WHERE ext_d.classid = '${classid}'::regclass
      AND ext_d.objid = ${oidExpr}
      AND ext_d.deptype = 'e')`;
}
/** Provenance flip (4b): a scalar subquery selecting the name of the
 *  extension that OWNS this object (pg_depend deptype 'e'), or NULL. plpgsql
 *  is excluded to match the extensions extractor, which omits it — an edge to
 *  it would dangle. A flipped family SELECTs this AS ext_member_of and the
 *  loop calls pushMemberEdge so the member is observed AND tagged, instead of
 *  anti-joined away with notExtensionMember. */
const memberExtensionExpr = (classid, oidExpr) => `(
    SELECT ext.extname
    FROM pg_depend ext_d
    JOIN pg_extension ext ON ext.oid = ext_d.refobjid
    WHERE ext_d.classid = '${classid}'::regclass
      AND ext_d.objid = ${oidExpr}
      AND ext_d.refclassid = 'pg_extension'::regclass
      AND ext_d.deptype = 'e'
      AND ext.extname <> 'plpgsql'
    LIMIT 1)`;
/** ACL subquery: aggregated per grantee, sorted, PUBLIC for grantee 0.
 *  A NULL acl column means "the built-in default" — coalescing through
 *  acldefault() (pg_dump's model) makes NULL and an explicitly
 *  instantiated default extract identically, so a REVOKE that merely
 *  materializes the owner's implicit grant is not a diff.
 *
 *  Revoked PUBLIC default: PostgreSQL grants the built-in default (USAGE on
 *  types/languages, EXECUTE on functions) to PUBLIC automatically on CREATE.
 *  When the acl is customized (non-NULL) and that PUBLIC default has been taken
 *  away (no PUBLIC row), we still emit an empty PUBLIC entry so the diff plans a
 *  `REVOKE ALL … FROM PUBLIC` that clears the create-time default. Without it a
 *  freshly created object would keep the default and never converge. The
 *  "kind has a PUBLIC default" test is derived from acldefault() itself, so it
 *  stays correct across object kinds and PG versions. */
const aclJson = (aclColumn, objtype, ownerColumn) => `
    (SELECT json_agg(json_build_object(
        'grantee', acl.grantee_name,
        'privileges', acl.privileges,
        'grantable', acl.grantable,
        -- The owner's create-time default privilege set for this object kind
        -- (carried ONLY on the owner's row). Lets the planner's default-ACL
        -- elision tell "owner kept the full default" (elidable) apart from
        -- "owner revoked one of their defaults" (must keep the REVOKE/GRANT),
        -- without hardcoding the version-dependent set (PG17 added MAINTAIN).
        'ownerDefault', CASE
          WHEN acl.grantee_name = (
            SELECT rolname FROM pg_roles WHERE oid = ${ownerColumn})
          THEN (SELECT array_agg(d.privilege_type ORDER BY d.privilege_type)
                FROM aclexplode(acldefault('${objtype}', ${ownerColumn})) d
                WHERE d.grantee = ${ownerColumn})
          ELSE NULL END) ORDER BY acl.grantee_name)
     FROM (
       SELECT COALESCE(g.rolname, 'PUBLIC') AS grantee_name,
              -- DISTINCT: aclexplode() yields one row per GRANTOR, so a privilege
              -- granted to one grantee by two grantors appears twice. pg-delta
              -- models the EFFECTIVE privilege set, not who granted it, so grantor
              -- identity is intentionally ignored — de-duplicate to avoid rendering
              -- a doubled privilege list (GRANT SELECT, SELECT ...), which
              -- Postgres collapses on apply so a re-extract no longer matches and
              -- the proof drifts.
              array_agg(DISTINCT e.privilege_type ORDER BY e.privilege_type) AS privileges,
              array_agg(DISTINCT e.privilege_type ORDER BY e.privilege_type)
                FILTER (WHERE e.is_grantable) AS grantable
       FROM aclexplode(COALESCE(${aclColumn}, acldefault('${objtype}', ${ownerColumn}))) e
       LEFT JOIN pg_roles g ON g.oid = e.grantee
       GROUP BY 1
       UNION ALL
       SELECT 'PUBLIC', ARRAY[]::text[], NULL::text[]
       WHERE ${aclColumn} IS NOT NULL
         AND EXISTS (
           SELECT 1 FROM aclexplode(acldefault('${objtype}', ${ownerColumn})) d
           WHERE d.grantee = 0)
         AND NOT EXISTS (
           SELECT 1 FROM aclexplode(${aclColumn}) a WHERE a.grantee = 0)
       UNION ALL
       -- Revoked OWNER default (mirror of the PUBLIC case): PostgreSQL grants the
       -- owner its full default on CREATE, so a full owner revoke
       -- (REVOKE ALL ON ... FROM owner) leaves a non-NULL acl with NO owner row.
       -- Emit an empty owner entry so the diff plans a REVOKE ALL FROM owner that
       -- clears the create-time default; without it a freshly created object keeps
       -- PostgreSQL built-in owner privileges and never converges.
       SELECT (SELECT rolname FROM pg_roles WHERE oid = ${ownerColumn}),
              ARRAY[]::text[], NULL::text[]
       WHERE ${aclColumn} IS NOT NULL
         AND EXISTS (
           SELECT 1 FROM aclexplode(acldefault('${objtype}', ${ownerColumn})) d
           WHERE d.grantee = ${ownerColumn})
         AND NOT EXISTS (
           SELECT 1 FROM aclexplode(${aclColumn}) a
           WHERE a.grantee = ${ownerColumn})
     ) acl)`;
/**
 * ACL delta for an EXTENSION MEMBER, pg_dump's `pg_init_privs` model: emit only
 * the grantees whose CURRENT privilege/grant-option set differs from the object's
 * as-installed set (`pg_init_privs.initprivs`, or `acldefault` when the extension
 * recorded no init row — a default-acl member). CREATE EXTENSION re-establishes
 * the init state, so a member that was never customized yields NO acl facts (no
 * churn on plain extensions); a customization layered afterward surfaces as its
 * delta grantees. Three shapes, via a FULL OUTER JOIN of current vs init:
 *   - added / upgraded grantee (in cur, differs from ini) → current privileges,
 *     `_initPrivs` = the install entry (null if the grantee had none at install);
 *   - fully-REVOKED init grantee (in ini, absent from cur, e.g. Supabase's
 *     `REVOKE EXECUTE … FROM PUBLIC` hardening) → an empty-privileges marker so
 *     the create renders a lone `REVOKE ALL` (grantActions);
 *   - grant-option-only change (same privileges, different grantable) → included.
 *
 * Same JSON shape as `aclJson` (+ non-semantic `_initPrivs`) so `parseAcl` reads
 * both. It omits `_ownerDefault` — a member delta carries only non-default
 * entries, so there is nothing for default-ACL elision to reconcile. `_initPrivs`
 * lets the DROP path RESTORE the install state instead of a blind `REVOKE ALL`
 * (see the `acl` rule in plan/rules/metadata.ts).
 */
const memberAclDeltaJson = (aclColumn, objtype, ownerColumn, classoid, oidExpr) => `
    (SELECT json_agg(json_build_object(
        'grantee', d.grantee, 'privileges', d.privileges,
        'grantable', d.grantable, '_initPrivs', d.init_privs
      ) ORDER BY d.grantee)
     FROM (
       WITH cur AS (
         SELECT COALESCE(g.rolname, 'PUBLIC') AS grantee,
                -- DISTINCT across grantors (aclexplode emits one row per grantor);
                -- grantor identity is intentionally ignored — see aclJson.
                array_agg(DISTINCT e.privilege_type ORDER BY e.privilege_type) AS privileges,
                COALESCE(array_agg(DISTINCT e.privilege_type ORDER BY e.privilege_type)
                  FILTER (WHERE e.is_grantable), ARRAY[]::text[]) AS grantable
         FROM aclexplode(COALESCE(${aclColumn}, acldefault('${objtype}', ${ownerColumn}))) e
         LEFT JOIN pg_roles g ON g.oid = e.grantee
         GROUP BY 1
       ),
       ini AS (
         SELECT COALESCE(g.rolname, 'PUBLIC') AS grantee,
                -- DISTINCT across grantors (aclexplode emits one row per grantor);
                -- grantor identity is intentionally ignored — see aclJson.
                array_agg(DISTINCT e.privilege_type ORDER BY e.privilege_type) AS privileges,
                COALESCE(array_agg(DISTINCT e.privilege_type ORDER BY e.privilege_type)
                  FILTER (WHERE e.is_grantable), ARRAY[]::text[]) AS grantable
         FROM aclexplode(COALESCE(
                (SELECT ip.initprivs FROM pg_init_privs ip
                 WHERE ip.objoid = ${oidExpr}
                   AND ip.classoid = '${classoid}'::regclass
                   AND ip.objsubid = 0),
                acldefault('${objtype}', ${ownerColumn}))) e
         LEFT JOIN pg_roles g ON g.oid = e.grantee
         GROUP BY 1
       )
       SELECT
         COALESCE(cur.grantee, ini.grantee) AS grantee,
         COALESCE(cur.privileges, ARRAY[]::text[]) AS privileges,
         COALESCE(cur.grantable, ARRAY[]::text[]) AS grantable,
         CASE WHEN ini.grantee IS NOT NULL
              THEN json_build_object(
                     'privileges', ini.privileges, 'grantable', ini.grantable)
              END AS init_privs
       FROM cur FULL OUTER JOIN ini USING (grantee)
       WHERE cur.privileges IS DISTINCT FROM ini.privileges
          OR cur.grantable IS DISTINCT FROM ini.grantable
     ) d)`;
/**
 * Member-aware ACL: an extension member (pg_depend deptype 'e') uses the
 * init-privs delta (`memberAclDeltaJson`); everything else uses the full
 * `aclJson`. The member OBJECT is projected reference-only in the view (never a
 * create/drop/alter), so only these satellite customizations flow to the diff.
 */
const aclJsonMemberAware = (aclColumn, objtype, ownerColumn, classoid, oidExpr) => `
    CASE WHEN EXISTS (
      SELECT 1 FROM pg_depend md
      WHERE md.classid = '${classoid}'::regclass AND md.objid = ${oidExpr}
        AND md.refclassid = 'pg_extension'::regclass AND md.deptype = 'e')
    THEN ${memberAclDeltaJson(aclColumn, objtype, ownerColumn, classoid, oidExpr)}
    ELSE ${aclJson(aclColumn, objtype, ownerColumn)}
    END`;
const parseAcl = (raw) => {
    if (raw == null)
        return [];
    const entries = raw;
    return entries.map((e) => ({
        grantee: e.grantee,
        privileges: e.privileges,
        grantable: e.grantable ?? [],
        ...(e.ownerDefault != null ? { ownerDefault: e.ownerDefault } : {}),
        ...(e._initPrivs != null
            ? {
                initPrivs: {
                    privileges: e._initPrivs.privileges,
                    grantable: e._initPrivs.grantable ?? [],
                },
            }
            : {}),
    }));
};
const schemaId = (name) => ({
    kind: "schema",
    name: String(name),
});
async function createExtractContext(client, statementTimeoutMs, redactSecrets = true) {
    const facts = [];
    const edges = [];
    const diagnostics = [];
    const factDiagnostics = [];
    const q = async (sql) => {
        try {
            return (await client.query(sql)).rows;
        }
        catch (error) {
            if (statementTimeoutMs !== undefined &&
                error.code === QUERY_CANCELED) {
                throw new ExtractionTimeoutError(queryLabel(sql), statementTimeoutMs);
            }
            throw error;
        }
    };
    // Single combined round trip for both pieces of version metadata every
    // extraction needs: `server_version` (the exact string `SHOW server_version`
    // used to return, fed into ExtractResult.pgVersion) and `server_version_num`
    // (the major-version gate several per-family builders used to each re-probe
    // with their own `SELECT current_setting('server_version_num')` round trip).
    const versionRow = (await q(`SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS num`))[0];
    const serverVersion = versionRow?.["version"] ?? "unknown";
    const serverVersionNum = Number(versionRow?.["num"] ?? 0);
    const pgMajor = Math.floor(serverVersionNum / 10000);
    /** Helper: push a fact plus its optional comment/acl satellite facts. */
    const pushWithMeta = (fact, row, aclTargets) => {
        facts.push(fact);
        const comment = row["comment"];
        if (typeof comment === "string") {
            // a constraint on a DOMAIN needs `COMMENT ON CONSTRAINT … ON DOMAIN …`,
            // not the table form — but commentTarget only sees the (identically
            // shaped) constraint id and `drop` has no FactView to look up the parent.
            // Carry the discriminator on the satellite payload so every comment
            // callback (create / alter / drop) renders the right target.
            const onDomain = fact.id.kind === "constraint" && fact.parent?.kind === "domain";
            facts.push({
                id: { kind: "comment", target: fact.id },
                parent: fact.id,
                payload: onDomain
                    ? { text: comment, onDomain: true }
                    : { text: comment },
            });
        }
        for (const acl of aclTargets ?? []) {
            facts.push({
                id: { kind: "acl", target: fact.id, grantee: acl.grantee },
                parent: fact.id,
                payload: {
                    privileges: acl.privileges,
                    grantable: acl.grantable,
                    // owner-only NON-SEMANTIC metadata (`_` prefix → excluded from the
                    // hash/diff, see hash.ts): the owner's create-time default privilege
                    // set, consumed by the planner's default-ACL elision
                    // (elideDefaultAclCreates). It is version-dependent (PG17 added
                    // MAINTAIN), so it must NOT join the equality surface or it would cause
                    // spurious cross-version / snapshot diff deltas and fingerprint drift.
                    ...(acl.ownerDefault !== undefined
                        ? { _ownerDefault: acl.ownerDefault }
                        : {}),
                    // as-installed ACL for an extension member (non-semantic `_` prefix):
                    // lets the DROP path restore install state instead of REVOKE ALL.
                    // Built as a fresh literal so it satisfies the Payload index signature.
                    ...(acl.initPrivs !== undefined
                        ? {
                            _initPrivs: {
                                privileges: acl.initPrivs.privileges,
                                grantable: acl.initPrivs.grantable,
                            },
                        }
                        : {}),
                },
            });
        }
    };
    /** Emit a `memberOfExtension` edge from `id` to its owning extension when the
     *  row's `ext_member_of` column (from memberExtensionExpr) is set. The edge's
     *  `from` is the exact fact id, so it can never drift from the fact. */
    const pushMemberEdge = (id, row) => {
        const ext = row["ext_member_of"];
        if (typeof ext === "string") {
            edges.push({
                from: id,
                to: { kind: "extension", name: ext },
                kind: "memberOfExtension",
            });
        }
    };
    /** Emit an `owner` edge from `id` to its owning role when the owner value is
     *  a non-empty, non-built-in role. buildFactBase prunes dangling edges silently
     *  (e.g. a system-role owner not extracted) so out-of-view owners just get no
     *  edge — but a built-in (`pg_`-prefixed) owner such as `pg_database_owner` is
     *  NEVER extracted as a role fact, so its edge is always dangling; skipping it
     *  here avoids the recurring `dangling_edge` warning without changing the fact
     *  base (the edge would be pruned regardless). */
    const pushOwnerEdge = (id, owner) => {
        if (typeof owner === "string" &&
            owner.length > 0 &&
            !isBuiltinRoleName(owner)) {
            edges.push({
                from: id,
                to: { kind: "role", name: owner },
                kind: "owner",
            });
        }
    };
    const pushSeclabel = (target, provider, label) => {
        facts.push({
            id: { kind: "securityLabel", target, provider },
            parent: target,
            payload: { label },
        });
    };
    return {
        q,
        serverVersion,
        serverVersionNum,
        pgMajor,
        facts,
        edges,
        diagnostics,
        factDiagnostics,
        redactSecrets,
        pushWithMeta,
        pushMemberEdge,
        pushOwnerEdge,
        pushSeclabel,
    };
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/dependencies.js
/** Dependency edges: inheritance / partition edges and the authoritative
 *  pg_depend resolver (target-architecture §3.2, milestone A set-based form). */


async function extractInheritanceEdges(ctx) {
    const { q, edges } = ctx;
    // ── inheritance / partition edges (child depends on parent) ──────────
    for (const row of await q(`
    SELECT cn.nspname AS child_schema, cc.relname AS child_name,
           pn.nspname AS parent_schema, pc.relname AS parent_name
    FROM pg_inherits i
    JOIN pg_class cc ON cc.oid = i.inhrelid
    JOIN pg_namespace cn ON cn.oid = cc.relnamespace
    JOIN pg_class pc ON pc.oid = i.inhparent
    JOIN pg_namespace pn ON pn.oid = pc.relnamespace
    WHERE cc.relkind IN ('r', 'p')
      AND cn.nspname NOT IN ${SYSTEM_SCHEMAS}`)) {
        edges.push({
            from: {
                kind: "table",
                schema: String(row["child_schema"]),
                name: String(row["child_name"]),
            },
            to: {
                kind: "table",
                schema: String(row["parent_schema"]),
                name: String(row["parent_name"]),
            },
            kind: "depends",
        });
    }
}
async function extractDependencyEdges(ctx) {
    const { q, edges, diagnostics } = ctx;
    // ── dependency edges from pg_depend (the authoritative source, P1) ───
    // Resolve each pg_depend endpoint to a StableId, set-based. The old form ran
    // a ~160-line correlated CASE scalar subquery TWICE per pg_depend row
    // (dependent + referenced) — ~86% of total extraction time on a large catalog
    // (milestone A profile). Here, each resolver branch is a derived table built
    // ONCE over its catalog; the distinct endpoint set is hash-joined to them and
    // a classid CASE picks the right one (the classid gate on every join also
    // prevents cross-catalog OID collisions). The json_build_object shapes are
    // byte-identical to the old resolver, so toId() below is unchanged — only the
    // evaluation strategy differs (the depend-edges oracle test pins the result).
    const dependRows = await q(`
    WITH dep AS (
      SELECT d.classid, d.objid, d.objsubid,
             d.refclassid, d.refobjid, d.refobjsubid
      FROM pg_depend d
      WHERE d.deptype IN ('n', 'a')
        -- sequence OWNED BY is carried as payload + ALTER SEQUENCE … OWNED BY
        -- (pg_dump's model); the auto edge would cycle with the column default
        AND NOT (d.deptype = 'a'
                 AND d.classid = 'pg_class'::regclass
                 AND d.refclassid = 'pg_class'::regclass
                 AND d.refobjsubid > 0
                 AND EXISTS (SELECT 1 FROM pg_class sc
                             WHERE sc.oid = d.objid AND sc.relkind = 'S'))
    ),
    endpoints AS (
      SELECT classid, objid, objsubid FROM dep
      UNION
      SELECT refclassid, refobjid, refobjsubid FROM dep
    ),
    -- one derived table per resolver branch, each built once over its catalog
    rel AS (
      SELECT rc.oid, rc.relkind, json_build_object('kind',
               CASE rc.relkind
                 WHEN 'r' THEN 'table' WHEN 'p' THEN 'table'
                 WHEN 'f' THEN 'foreignTable'
                 WHEN 'v' THEN 'view' WHEN 'm' THEN 'materializedView'
                 WHEN 'i' THEN 'index' WHEN 'I' THEN 'index'
                 WHEN 'S' THEN 'sequence' END,
               'schema', rn.nspname, 'name', rc.relname) AS id
      FROM pg_class rc JOIN pg_namespace rn ON rn.oid = rc.relnamespace
      WHERE rc.relkind IN ('r','p','f','v','m','i','I','S')
    ),
    cbi AS (
      -- a constraint-backed index resolves to its constraint, not the index
      SELECT con.conindid AS oid,
             json_build_object('kind','constraint','schema',cn.nspname,
                               'table',cc.relname,'name',con.conname) AS id
      FROM pg_constraint con
      JOIN pg_class cc ON cc.oid = con.conrelid
      JOIN pg_namespace cn ON cn.oid = cc.relnamespace
      WHERE con.contype IN ('p','u','x') AND con.conindid <> 0
    ),
    col AS (
      SELECT att.attrelid AS oid, att.attnum AS subid,
             json_build_object('kind','column','schema',rn.nspname,
                               'table',rc.relname,'name',att.attname) AS id
      FROM pg_attribute att
      JOIN pg_class rc ON rc.oid = att.attrelid AND rc.relkind IN ('r','p','f')
      JOIN pg_namespace rn ON rn.oid = rc.relnamespace
      WHERE att.attnum > 0 AND NOT att.attisdropped
    ),
    proc AS (
      -- prokind 'w' (window functions) is extracted as a function fact
      -- (src/extract/routines.ts: only 'p' -> procedure, everything else ->
      -- function), so it MUST be resolvable here -- otherwise a pg_depend edge
      -- into a user window function resolves to NULL and is silently dropped,
      -- and a view/rule that uses it is never rebuilt against it (issue #333).
      -- The kind CASE already maps 'w' to 'function' via ELSE.
      SELECT pp.oid, json_build_object(
               'kind', CASE pp.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END,
               'schema', pn.nspname, 'name', pp.proname,
               'args', ARRAY(SELECT format_type(t.t, NULL)
                             FROM unnest(pp.proargtypes) WITH ORDINALITY AS t(t, ord)
                             ORDER BY t.ord)::text[]) AS id
      FROM pg_proc pp JOIN pg_namespace pn ON pn.oid = pp.pronamespace
      WHERE pp.prokind IN ('f','p','a','w')
    ),
    tcon AS (
      SELECT con.oid, json_build_object('kind','constraint','schema',cn.nspname,
                               'table',cc.relname,'name',con.conname) AS id
      FROM pg_constraint con
      JOIN pg_class cc ON cc.oid = con.conrelid
      JOIN pg_namespace cn ON cn.oid = cc.relnamespace
      WHERE con.conrelid <> 0
    ),
    dcon AS (
      SELECT con.oid, json_build_object('kind','constraint','schema',dn.nspname,
                               'table',dt.typname,'name',con.conname) AS id
      FROM pg_constraint con
      JOIN pg_type dt ON dt.oid = con.contypid
      JOIN pg_namespace dn ON dn.oid = dt.typnamespace
      WHERE con.contypid <> 0
    ),
    typ AS (
      -- Resolve array types (typcategory 'A') to their ELEMENT type: a column or
      -- argument of an array type records its pg_depend edge against the implicit
      -- array type (e.g. _user_defined_filter), but the managed fact is the
      -- element type. Mapping the array oid to the element's stable id keeps the
      -- depends-on-element ordering correct for array-of-composite/domain/enum
      -- columns and arguments (regression: realtime.subscription has a
      -- user_defined_filter array column; without this the table/function was
      -- ordered before the type). An array of a base type (e.g. int4) resolves to
      -- a pg_catalog element that the typtype filter drops below -- harmless, as
      -- builtins are unmanaged.
      SELECT tt.oid,
        CASE
          WHEN base.typrelid <> 0::oid AND rc.oid IS NOT NULL THEN
            json_build_object(
              'kind', CASE rc.relkind
                        WHEN 'v' THEN 'view'
                        WHEN 'm' THEN 'materializedView'
                        WHEN 'f' THEN 'foreignTable'
                        ELSE 'table'
                      END,
              'schema', rn.nspname,
              'name', rc.relname)
          ELSE json_build_object(
            'kind', CASE base.typtype WHEN 'd' THEN 'domain' ELSE 'type' END,
            'schema', tn.nspname,
            'name', base.typname)
        END AS id
      FROM pg_type tt
      JOIN pg_type base
        ON base.oid = CASE
             WHEN tt.typtype = 'b' AND tt.typcategory = 'A' AND tt.typelem <> 0
             THEN tt.typelem ELSE tt.oid END
      JOIN pg_namespace tn ON tn.oid = base.typnamespace
      LEFT JOIN pg_class rc ON rc.oid = base.typrelid
                           AND rc.relkind IN ('r', 'p', 'f', 'v', 'm')
      LEFT JOIN pg_namespace rn ON rn.oid = rc.relnamespace
      WHERE base.typtype IN ('d', 'e', 'c', 'r')
    ),
    -- a composite type's pg_class (relkind c) endpoint resolves to the composite
    -- TYPE fact. pg_depend records a composite attribute's type dependency as
    -- (classid=pg_class, objid=composite pg_class, objsubid=attnum) -> pg_type,
    -- but the col CTE excludes relkind c. Attributing the edge to the top-level
    -- type (not the folded typeAttribute child) keeps the create/teardown
    -- ordering of a composite-uses-domain/type chain correct and independent of
    -- child-drop folding.
    comptype AS (
      SELECT cc.oid, json_build_object('kind','type','schema',cn.nspname,
                               'name',cc.relname) AS id
      FROM pg_class cc JOIN pg_namespace cn ON cn.oid = cc.relnamespace
      WHERE cc.relkind = 'c'
    ),
    extm AS (
      -- a reference INTO an extension-member object resolves to the extension,
      -- not the member fact (4b Stage 3): the member is observed but projected
      -- out by default, so a member-targeted edge would be pruned with it and
      -- lose the dependent's ordering on the extension. One join keyed by
      -- (classid, objid) replaces the old per-branch nested pg_depend lookups;
      -- an object belongs to at most one extension, so (classid, objid) is
      -- unique here and the join never multiplies dep rows (the old form's
      -- LIMIT 1 was guarding the same single-membership invariant).
      SELECT ed.classid, ed.objid,
             json_build_object('kind','extension','name',ext.extname) AS id
      FROM pg_depend ed JOIN pg_extension ext ON ext.oid = ed.refobjid
      WHERE ed.refclassid = 'pg_extension'::regclass AND ed.deptype = 'e'
    ),
    coll AS (
      SELECT cl.oid, json_build_object('kind','collation','schema',cln.nspname,
                               'name',cl.collname) AS id
      FROM pg_collation cl JOIN pg_namespace cln ON cln.oid = cl.collnamespace
    ),
    pol AS (
      SELECT po.oid, json_build_object('kind','policy','schema',pn.nspname,
                               'table',pc.relname,'name',po.polname) AS id
      FROM pg_policy po
      JOIN pg_class pc ON pc.oid = po.polrelid
      JOIN pg_namespace pn ON pn.oid = pc.relnamespace
    ),
    evt AS (
      SELECT et.oid, json_build_object('kind','eventTrigger','name',et.evtname) AS id
      FROM pg_event_trigger et
    ),
    pub AS (
      SELECT pb.oid, json_build_object('kind','publication','name',pb.pubname) AS id
      FROM pg_publication pb
    ),
    pubrel AS (
      SELECT pr.oid, json_build_object('kind','publication','name',pb.pubname) AS id
      FROM pg_publication_rel pr JOIN pg_publication pb ON pb.oid = pr.prpubid
    ),
    fdw AS (
      SELECT fd.oid, json_build_object('kind','fdw','name',fd.fdwname) AS id
      FROM pg_foreign_data_wrapper fd
    ),
    srv AS (
      SELECT fs.oid, json_build_object('kind','server','name',fs.srvname) AS id
      FROM pg_foreign_server fs
    ),
    adef AS (
      SELECT ad.oid, json_build_object('kind','default','schema',dn.nspname,
                               'table',dc.relname,'name',da.attname) AS id
      FROM pg_attrdef ad
      JOIN pg_class dc ON dc.oid = ad.adrelid
      JOIN pg_namespace dn ON dn.oid = dc.relnamespace
      JOIN pg_attribute da ON da.attrelid = ad.adrelid AND da.attnum = ad.adnum
    ),
    rw AS (
      -- A pg_rewrite endpoint resolves two different ways (issue #333):
      --  - the '_RETURN' rule of a view/matview IS the relation's definition,
      --    so its deps are attributed to the owning view/matview -- rebuilding
      --    the relation recreates the rule. Only views/matviews carry a
      --    '_RETURN' rule, so the relkind CASE only ever sees 'v'/'m' here.
      --  - ANY other (user-created) rule is its OWN rule fact
      --    (src/extract/relations.ts extracts every rulename <> '_RETURN' on any
      --    relkind), so its deps must be attributed to the RULE fact, not the
      --    owning relation. This is what lets a rule on a PLAIN TABLE (relkind
      --    'r'/'p') be rebuilt against a function it references before that
      --    function is dropped. CONSTRAINT: a user rule ON A VIEW (not
      --    '_RETURN') likewise resolves to the rule fact, exactly like a rule on
      --    a table -- never folded into the view's '_RETURN' definition.
      SELECT r.oid,
        CASE WHEN r.rulename = '_RETURN'
          THEN json_build_object(
                 'kind', CASE vc.relkind WHEN 'm' THEN 'materializedView' ELSE 'view' END,
                 'schema', vn.nspname, 'name', vc.relname)
          ELSE json_build_object(
                 'kind', 'rule', 'schema', vn.nspname,
                 'table', vc.relname, 'name', r.rulename)
        END AS id
      FROM pg_rewrite r
      JOIN pg_class vc ON vc.oid = r.ev_class
      JOIN pg_namespace vn ON vn.oid = vc.relnamespace
    ),
    trg AS (
      SELECT tg.oid, json_build_object('kind','trigger','schema',tn.nspname,
                               'table',tc.relname,'name',tg.tgname) AS id
      FROM pg_trigger tg
      JOIN pg_class tc ON tc.oid = tg.tgrelid
      JOIN pg_namespace tn ON tn.oid = tc.relnamespace
      WHERE NOT tg.tgisinternal
    ),
    nsp AS (
      SELECT ns.oid, json_build_object('kind','schema','name',ns.nspname) AS id
      FROM pg_namespace ns
    ),
    -- MATERIALIZED: resolved is referenced twice (rd + rr joins); force a single
    -- evaluation over the distinct endpoint set.
    resolved AS MATERIALIZED (
      SELECT e.classid, e.objid, e.objsubid,
        CASE
          WHEN e.classid = 'pg_class'::regclass AND e.objsubid = 0
            THEN COALESCE(cbi.id, comptype.id, rel.id)
          WHEN e.classid = 'pg_class'::regclass AND e.objsubid > 0
            -- a real column; a composite type's attribute resolves to its type;
            -- else a view/matview column resolves to its relation
            THEN COALESCE(col.id, comptype.id, CASE WHEN rel.relkind IN ('v','m') THEN rel.id END)
          WHEN e.classid = 'pg_proc'::regclass THEN COALESCE(extm.id, proc.id)
          WHEN e.classid = 'pg_constraint'::regclass THEN COALESCE(tcon.id, dcon.id)
          WHEN e.classid = 'pg_type'::regclass THEN COALESCE(extm.id, typ.id)
          WHEN e.classid = 'pg_opclass'::regclass THEN extm.id
          WHEN e.classid = 'pg_opfamily'::regclass THEN extm.id
          WHEN e.classid = 'pg_operator'::regclass THEN extm.id
          WHEN e.classid = 'pg_collation'::regclass THEN coll.id
          WHEN e.classid = 'pg_policy'::regclass THEN pol.id
          WHEN e.classid = 'pg_event_trigger'::regclass THEN evt.id
          WHEN e.classid = 'pg_publication'::regclass THEN pub.id
          WHEN e.classid = 'pg_publication_rel'::regclass THEN pubrel.id
          WHEN e.classid = 'pg_foreign_data_wrapper'::regclass
            THEN COALESCE(extm.id, fdw.id)
          WHEN e.classid = 'pg_foreign_server'::regclass THEN srv.id
          WHEN e.classid = 'pg_attrdef'::regclass THEN adef.id
          WHEN e.classid = 'pg_rewrite'::regclass THEN rw.id
          WHEN e.classid = 'pg_trigger'::regclass THEN trg.id
          WHEN e.classid = 'pg_namespace'::regclass THEN nsp.id
          ELSE NULL
        END AS id
      FROM endpoints e
      LEFT JOIN rel    ON rel.oid    = e.objid AND e.classid = 'pg_class'::regclass
      LEFT JOIN cbi    ON cbi.oid    = e.objid AND e.classid = 'pg_class'::regclass AND e.objsubid = 0
      LEFT JOIN col    ON col.oid    = e.objid AND col.subid = e.objsubid AND e.classid = 'pg_class'::regclass
      LEFT JOIN proc   ON proc.oid   = e.objid AND e.classid = 'pg_proc'::regclass
      LEFT JOIN tcon   ON tcon.oid   = e.objid AND e.classid = 'pg_constraint'::regclass
      LEFT JOIN dcon   ON dcon.oid   = e.objid AND e.classid = 'pg_constraint'::regclass
      LEFT JOIN typ    ON typ.oid    = e.objid AND e.classid = 'pg_type'::regclass
      LEFT JOIN comptype ON comptype.oid = e.objid AND e.classid = 'pg_class'::regclass
      LEFT JOIN extm   ON extm.classid = e.classid AND extm.objid = e.objid
      LEFT JOIN coll   ON coll.oid   = e.objid AND e.classid = 'pg_collation'::regclass
      LEFT JOIN pol    ON pol.oid    = e.objid AND e.classid = 'pg_policy'::regclass
      LEFT JOIN evt    ON evt.oid    = e.objid AND e.classid = 'pg_event_trigger'::regclass
      LEFT JOIN pub    ON pub.oid    = e.objid AND e.classid = 'pg_publication'::regclass
      LEFT JOIN pubrel ON pubrel.oid = e.objid AND e.classid = 'pg_publication_rel'::regclass
      LEFT JOIN fdw    ON fdw.oid    = e.objid AND e.classid = 'pg_foreign_data_wrapper'::regclass
      LEFT JOIN srv    ON srv.oid    = e.objid AND e.classid = 'pg_foreign_server'::regclass
      LEFT JOIN adef   ON adef.oid   = e.objid AND e.classid = 'pg_attrdef'::regclass
      LEFT JOIN rw     ON rw.oid     = e.objid AND e.classid = 'pg_rewrite'::regclass
      LEFT JOIN trg    ON trg.oid    = e.objid AND e.classid = 'pg_trigger'::regclass
      LEFT JOIN nsp    ON nsp.oid    = e.objid AND e.classid = 'pg_namespace'::regclass
    )
    SELECT rd.id AS dependent, rr.id AS referenced
    FROM dep
    JOIN resolved rd ON rd.classid = dep.classid
                    AND rd.objid = dep.objid
                    AND rd.objsubid = dep.objsubid
    JOIN resolved rr ON rr.classid = dep.refclassid
                    AND rr.objid = dep.refobjid
                    AND rr.objsubid = dep.refobjsubid`);
    const toId = (raw) => {
        if (raw == null)
            return undefined;
        const o = raw;
        switch (o["kind"]) {
            case "schema":
                return { kind: "schema", name: o["name"] };
            case "eventTrigger":
            case "publication":
            case "fdw":
            case "server":
            case "extension":
                return { kind: o["kind"], name: o["name"] };
            case "table":
            case "view":
            case "materializedView":
            case "index":
            case "sequence":
            case "domain":
            case "type":
            case "collation":
            case "foreignTable":
                return {
                    kind: o["kind"],
                    schema: o["schema"],
                    name: o["name"],
                };
            case "column":
            case "constraint":
            case "default":
            case "trigger":
            case "policy":
            case "rule":
                return {
                    kind: o["kind"],
                    schema: o["schema"],
                    table: o["table"],
                    name: o["name"],
                };
            case "function":
            case "procedure":
            case "aggregate":
                return {
                    kind: o["kind"],
                    schema: o["schema"],
                    name: o["name"],
                    args: o["args"].map(String),
                };
            default:
                return undefined;
        }
    };
    // A pg_depend endpoint resolves to one of three things:
    //  - null JSON      → a built-in / unmodeled object (pg_catalog type, …):
    //                     legitimately skipped, NOT a gap.
    //  - structured obj → a user object the resolver recognized; toId must
    //                     produce its id. If toId returns undefined here the
    //                     resolver and the codec disagree — a real extraction
    //                     gap, surfaced as a diagnostic (stage-2 doctrine).
    //  - resolved id whose fact is absent → a dangling edge, already turned
    //                     into a diagnostic by the FactBase constructor.
    // A user object can never live in a system schema, so any endpoint resolving
    // into one is a built-in PostgreSQL guarantees — never extracted as a fact.
    // Resolving it to "skip" (like a null endpoint) keeps the edge set identical
    // (such an edge was already dropped as dangling by the FactBase constructor)
    // while removing the flood of system `dangling_edge` diagnostics that would
    // otherwise bury real user-facing warnings (review P1).
    const isSystemScopedId = (id) => {
        const sysName = (n) => n === "pg_catalog" ||
            n === "information_schema" ||
            n.startsWith("pg_toast") ||
            n.startsWith("pg_temp");
        const schema = id.schema;
        if (typeof schema === "string" && sysName(schema))
            return true;
        if (id.kind === "schema")
            return sysName(id.name);
        return false;
    };
    const resolveEndpoint = (raw, role) => {
        if (raw == null)
            return undefined; // built-in / unmodeled — skip quietly
        const id = toId(raw);
        if (id === undefined) {
            diagnostics.push({
                code: "unresolved_dependency",
                severity: "warning",
                message: `pg_depend ${role} ${JSON.stringify(raw)} was recognized by the resolver but the codec could not build its id — resolver/codec mismatch`,
            });
            return id;
        }
        if (isSystemScopedId(id))
            return undefined; // built-in catalog object — skip quietly
        return id;
    };
    const seenEdges = new Set();
    // Encoded ids of the `default` FACTS that actually exist. An ordinary column
    // default is its own fact (alsoProduced by the column's CREATE) and carries the
    // `default -> referenced` dep, so the column does NOT also need a shadow edge.
    // A GENERATED column has NO default fact — pg records its deps on the attrdef —
    // so the shadow edge is the only carrier and must be kept (review P2).
    const defaultFactIds = new Set(ctx.facts.filter((f) => f.id.kind === "default").map((f) => (0,stable_id/* encodeId */.md)(f.id)));
    for (const row of dependRows) {
        const from = resolveEndpoint(row["dependent"], "dependent");
        const to = resolveEndpoint(row["referenced"], "referenced");
        if (!from || !to)
            continue;
        const key = JSON.stringify([from, to]);
        if (seenEdges.has(key))
            continue;
        seenEdges.add(key);
        edges.push({ from, to, kind: "depends" });
        // pg_attrdef dependencies resolve to `default` ids. For a GENERATED column
        // there is no `default` fact (PG records the deps on the attrdef), so shadow
        // the dep onto the column — it is the only carrier and drives ordering.
        // For an ORDINARY default the `default` FACT exists and carries the dep
        // itself (and is alsoProduced by the column's CREATE), so a column shadow is
        // redundant AND harmful: if a policy filters the default add, the column is
        // emitted without it, but buildActionGraph (unprojected) would still see the
        // column -> referenced edge and reject it as a missing requirement (P2).
        if (from.kind === "default" && !defaultFactIds.has((0,stable_id/* encodeId */.md)(from))) {
            const columnFrom = {
                kind: "column",
                schema: from.schema,
                table: from.table,
                name: from.name,
            };
            if ((0,stable_id/* encodeId */.md)(columnFrom) === (0,stable_id/* encodeId */.md)(to))
                continue;
            const columnKey = JSON.stringify([columnFrom, to]);
            if (seenEdges.has(columnKey))
                continue;
            seenEdges.add(columnKey);
            edges.push({ from: columnFrom, to, kind: "depends" });
        }
    }
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/event-triggers.js

async function extractEventTriggers(ctx) {
    const { q, pushWithMeta, pushOwnerEdge } = ctx;
    // ── event triggers ───────────────────────────────────────────────────
    for (const row of await q(`
    SELECT e.evtname AS name, e.evtevent AS event, e.evtenabled AS enabled,
           COALESCE(e.evttags, '{}')::text[] AS tags,
           pn.nspname AS func_schema, p.proname AS func_name,
           r.rolname AS owner,
           obj_description(e.oid, 'pg_event_trigger') AS comment
    FROM pg_event_trigger e
    JOIN pg_proc p ON p.oid = e.evtfoid
    JOIN pg_namespace pn ON pn.oid = p.pronamespace
    JOIN pg_roles r ON r.oid = e.evtowner
    WHERE ${notExtensionMember("pg_event_trigger", "e.oid")}
    ORDER BY e.evtname`)) {
        const evtId = { kind: "eventTrigger", name: String(row["name"]) };
        pushWithMeta({
            id: evtId,
            payload: {
                event: String(row["event"]),
                enabled: String(row["enabled"]),
                tags: row["tags"].map(String).sort(),
                functionSchema: String(row["func_schema"]),
                functionName: String(row["func_name"]),
            },
        }, row);
        pushOwnerEdge(evtId, row["owner"]);
    }
}

// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/diagnostic.js
var diagnostic = __webpack_require__(4260);
// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/extract/sensitive-options.js
var sensitive_options = __webpack_require__(5346);
;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/foreign.js
/** Foreign-data objects: FDWs, servers, user mappings, and foreign tables. */



async function extractForeign(ctx) {
    const { q, facts, pushWithMeta, pushOwnerEdge, factDiagnostics } = ctx;
    // Redact sensitive option values unless the caller explicitly opted out.
    const opts = (raw) => ctx.redactSecrets ? (0,sensitive_options/* redactOptionStrings */.j)(raw) : raw;
    // ── foreign data wrappers / servers / user mappings / foreign tables ─
    for (const row of await q(`
    SELECT f.fdwname AS name, r.rolname AS owner,
           CASE WHEN f.fdwhandler <> 0 THEN f.fdwhandler::regproc::text END AS handler,
           CASE WHEN f.fdwvalidator <> 0 THEN f.fdwvalidator::regproc::text END AS validator,
           COALESCE(ARRAY(SELECT opt FROM unnest(f.fdwoptions) opt ORDER BY opt), '{}')::text[] AS options,
           obj_description(f.oid, 'pg_foreign_data_wrapper') AS comment,
           ${aclJson("f.fdwacl", "F", "f.fdwowner")} AS acl
    FROM pg_foreign_data_wrapper f
    JOIN pg_roles r ON r.oid = f.fdwowner
    WHERE ${notExtensionMember("pg_foreign_data_wrapper", "f.oid")}
    ORDER BY f.fdwname`)) {
        const fdwId = { kind: "fdw", name: String(row["name"]) };
        pushWithMeta({
            id: fdwId,
            payload: {
                handler: row["handler"] == null ? null : row["handler"],
                validator: row["validator"] == null ? null : row["validator"],
                options: opts(row["options"].map(String)),
            },
        }, row, parseAcl(row["acl"]));
        pushOwnerEdge(fdwId, row["owner"]);
    }
    for (const row of await q(`
    SELECT s.srvname AS name, f.fdwname AS fdw, r.rolname AS owner,
           s.srvtype AS type, s.srvversion AS version,
           (SELECT e.extname FROM pg_depend d
            JOIN pg_extension e ON e.oid = d.refobjid
            WHERE d.classid = 'pg_foreign_data_wrapper'::regclass
              AND d.objid = f.oid
              AND d.refclassid = 'pg_extension'::regclass
              AND d.deptype = 'e'
            LIMIT 1) AS fdw_extension,
           COALESCE(ARRAY(SELECT opt FROM unnest(s.srvoptions) opt ORDER BY opt), '{}')::text[] AS options,
           obj_description(s.oid, 'pg_foreign_server') AS comment,
           ${aclJson("s.srvacl", "S", "s.srvowner")} AS acl
    FROM pg_foreign_server s
    JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw
    JOIN pg_roles r ON r.oid = s.srvowner
    WHERE ${notExtensionMember("pg_foreign_server", "s.oid")}
    ORDER BY s.srvname`)) {
        const srvId = { kind: "server", name: String(row["name"]) };
        pushWithMeta({
            id: srvId,
            // an extension-provided FDW has no fact of its own — parent the
            // server to the extension instead so the reference resolves
            parent: row["fdw_extension"] != null
                ? { kind: "extension", name: row["fdw_extension"] }
                : { kind: "fdw", name: String(row["fdw"]) },
            payload: {
                fdw: String(row["fdw"]),
                type: row["type"] == null ? null : row["type"],
                version: row["version"] == null ? null : row["version"],
                options: opts(row["options"].map(String)),
            },
        }, row, parseAcl(row["acl"]));
        pushOwnerEdge(srvId, row["owner"]);
    }
    // pg_user_mapping is superuser/owner-only (it can carry FDW credentials in
    // umoptions) — a non-superuser role gets `permission denied for table
    // pg_user_mapping` on ANY query referencing it, even one matching zero rows
    // (Postgres checks table-level SELECT privilege before evaluating). Probe
    // once and fall back to the world-readable `pg_user_mappings` view.
    //
    // The view NULLs `umoptions` for a row the caller isn't authorized on, but
    // NULL is also the value of a mapping that genuinely HAS no options — those
    // two cases are indistinguishable from `umoptions` alone. Naively coalescing
    // NULL to '{}' would fabricate a "no options" fact for a row the view is
    // actually HIDING, which could then mislead diff/plan into wrong DDL. So
    // `options_known` recomputes the view's own authorization predicate to tell
    // "genuinely empty" from "hidden" apart: a genuinely empty, visible mapping
    // still produces a fact; a hidden one is SKIPPED with a diagnostic instead.
    // The predicate mirrors `pg_get_viewdef('pg_user_mappings')` exactly
    // (identical on PG14 and PG17): non-NULL umoptions is proof of visibility by
    // itself; a mapping FOR a specific role is visible to that role only if it
    // is ALSO the server owner (or a member of it) or holds USAGE on the
    // server — a user does NOT automatically see their own mapping's options
    // (verified empirically: a bare NOSUPERUSER role with no grants sees NULL
    // even querying its own mapping); a PUBLIC mapping is visible to anyone who
    // is a member of the server's owner role. (The view's third disjunct,
    // `current_user` being a superuser, is omitted here — this fallback only
    // ever runs for a role `has_table_privilege` already found non-superuser.)
    // If a PG version's view is MORE permissive than this predicate, its
    // non-NULL `umoptions` still classifies correctly on its own; the only
    // failure direction is over-skipping, never fabricating.
    //
    // A warning alone is not enough (Codex P1 on PR #338): if the OTHER side of
    // a diff CAN see this mapping, the missing fact reads as an intentional
    // add/remove and `plan()` would emit a wrong CREATE/DROP USER MAPPING. So
    // each skipped row's diagnostic carries `subject` = its would-be stable id
    // and is pushed onto `factDiagnostics` (rides on the FactBase, not just
    // `ExtractResult.diagnostics`) — `plan()`'s gate escalates to fatal exactly
    // when a delta actually touches one of these subjects.
    const userMappingReadable = Boolean((await q(`SELECT has_table_privilege('pg_catalog.pg_user_mapping', 'SELECT') AS ok`))[0]?.["ok"]);
    const userMappingRows = userMappingReadable
        ? await q(`
    SELECT s.srvname AS server, COALESCE(r.rolname, 'PUBLIC') AS role,
           COALESCE(ARRAY(SELECT opt FROM unnest(u.umoptions) opt ORDER BY opt), '{}')::text[] AS options
    FROM pg_user_mapping u
    JOIN pg_foreign_server s ON s.oid = u.umserver
    LEFT JOIN pg_roles r ON r.oid = u.umuser
    WHERE ${notExtensionMember("pg_foreign_server", "s.oid")}
    ORDER BY s.srvname, 2`)
        : await q(`
    SELECT v.srvname AS server,
           CASE WHEN v.umuser = 0 THEN 'PUBLIC' ELSE v.usename END AS role,
           COALESCE(ARRAY(SELECT opt FROM unnest(v.umoptions) opt ORDER BY opt), '{}')::text[] AS options,
           (v.umoptions IS NOT NULL
            OR (v.umuser <> 0 AND v.usename = current_user
                AND (pg_has_role(s.srvowner, 'USAGE') OR has_server_privilege(s.oid, 'USAGE')))
            OR (v.umuser = 0 AND pg_has_role(s.srvowner, 'USAGE'))) AS options_known
    FROM pg_user_mappings v
    JOIN pg_foreign_server s ON s.oid = v.srvid
    WHERE ${notExtensionMember("pg_foreign_server", "v.srvid")}
    ORDER BY v.srvname, 2`);
    for (const row of userMappingRows) {
        const server = String(row["server"]);
        const role = String(row["role"]);
        const userMappingId = { kind: "userMapping", server, role };
        if (!userMappingReadable && row["options_known"] === false) {
            factDiagnostics.push({
                code: diagnostic/* USER_MAPPING_UNREADABLE */.J$,
                severity: "warning",
                subject: userMappingId,
                message: `User-mapping options for ${server}/${role} are hidden from the current role by ` +
                    "pg_user_mappings (it isn't the mapping's server owner, the mapped user, or a " +
                    "member of the PUBLIC mapping's server owner) — the mapping's state is unknown, " +
                    "so it was SKIPPED rather than recorded with fabricated empty options.",
            });
            continue;
        }
        facts.push({
            id: userMappingId,
            parent: { kind: "server", name: server },
            payload: {
                options: opts(row["options"].map(String)),
            },
        });
    }
    for (const row of await q(`
    SELECT n.nspname AS schema, c.relname AS name, r.rolname AS owner,
           s.srvname AS server,
           COALESCE(ARRAY(SELECT opt FROM unnest(ft.ftoptions) opt ORDER BY opt), '{}')::text[] AS options,
           obj_description(c.oid, 'pg_class') AS comment,
           ${aclJson("c.relacl", "r", "c.relowner")} AS acl
    FROM pg_foreign_table ft
    JOIN pg_class c ON c.oid = ft.ftrelid
    JOIN pg_foreign_server s ON s.oid = ft.ftserver
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_roles r ON r.oid = c.relowner
    WHERE ${USER_SCHEMA_FILTER}
      AND ${notExtensionMember("pg_class", "c.oid")}
    ORDER BY n.nspname, c.relname`)) {
        const ftId = {
            kind: "foreignTable",
            schema: String(row["schema"]),
            name: String(row["name"]),
        };
        pushWithMeta({
            id: ftId,
            parent: { kind: "server", name: String(row["server"]) },
            payload: {
                server: String(row["server"]),
                options: opts(row["options"].map(String)),
            },
        }, row, parseAcl(row["acl"]));
        pushOwnerEdge(ftId, row["owner"]);
    }
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/policies.js
/** Row-level security policies. */

async function extractPolicies(ctx) {
    const { q, pushWithMeta } = ctx;
    // ── row-level security policies ──────────────────────────────────────
    for (const row of await q(`
    SELECT n.nspname AS schema, c.relname AS table, pol.polname AS name,
           pol.polcmd AS cmd, pol.polpermissive AS permissive,
           pg_get_expr(pol.polqual, pol.polrelid) AS using_expr,
           pg_get_expr(pol.polwithcheck, pol.polrelid) AS check_expr,
           CASE WHEN pol.polroles = '{0}'::oid[] THEN ARRAY['PUBLIC']::text[]
                ELSE ARRAY(SELECT rolname::text FROM pg_roles WHERE oid = ANY(pol.polroles) ORDER BY rolname)
           END AS roles,
           obj_description(pol.oid, 'pg_policy') AS comment
    FROM pg_policy pol
    JOIN pg_class c ON c.oid = pol.polrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${USER_SCHEMA_FILTER}
      AND ${notExtensionMember("pg_class", "c.oid")}
    ORDER BY n.nspname, c.relname, pol.polname`)) {
        pushWithMeta({
            id: {
                kind: "policy",
                schema: String(row["schema"]),
                table: String(row["table"]),
                name: String(row["name"]),
            },
            parent: {
                kind: "table",
                schema: String(row["schema"]),
                name: String(row["table"]),
            },
            payload: {
                cmd: String(row["cmd"]),
                permissive: Boolean(row["permissive"]),
                usingExpr: row["using_expr"] == null ? null : row["using_expr"],
                checkExpr: row["check_expr"] == null ? null : row["check_expr"],
                roles: row["roles"].map(String),
            },
        }, row);
    }
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/publications.js


async function extractPublications(ctx) {
    const { q, facts, pushWithMeta, pushOwnerEdge, pgMajor: major } = ctx;
    // Publication column lists (pg_publication_rel.prattrs), row filters
    // (pr.prqual), and schema membership (pg_publication_namespace) are all
    // PostgreSQL 15+. On PG14 those catalog columns / relations do not exist, so
    // the query degrades to bare table membership (no column list / WHERE, no
    // schema publications) — exactly the publication feature set PG14 has.
    const columnsExpr = major >= 15
        ? `(SELECT array_agg(att.attname::text ORDER BY att.attname)
                          FROM unnest(pr.prattrs) WITH ORDINALITY AS pa(attnum, ord)
                          JOIN pg_attribute att ON att.attrelid = pc.oid AND att.attnum = pa.attnum)`
        : `NULL`;
    const whereExpr = major >= 15 ? `pg_get_expr(pr.prqual, pr.prrelid)` : `NULL`;
    const schemasExpr = major >= 15
        ? `(SELECT array_agg(pn2.nspname::text ORDER BY 1)
            FROM pg_publication_namespace pns
            JOIN pg_namespace pn2 ON pn2.oid = pns.pnnspid
            WHERE pns.pnpubid = p.oid)`
        : `NULL::text[]`;
    // ── publications ─────────────────────────────────────────────────────
    for (const row of await q(`
    SELECT p.pubname AS name, r.rolname AS owner,
           p.puballtables AS all_tables, p.pubviaroot AS via_root,
           p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate,
           (SELECT json_agg(json_build_object(
              'schema', pn.nspname, 'name', pc.relname,
              'columns', ${columnsExpr},
              'where', ${whereExpr}
            ) ORDER BY pn.nspname, pc.relname)
            FROM pg_publication_rel pr
            JOIN pg_class pc ON pc.oid = pr.prrelid
            JOIN pg_namespace pn ON pn.oid = pc.relnamespace
            WHERE pr.prpubid = p.oid) AS tables,
           ${schemasExpr} AS schemas,
           obj_description(p.oid, 'pg_publication') AS comment
    FROM pg_publication p
    JOIN pg_roles r ON r.oid = p.pubowner
    WHERE ${notExtensionMember("pg_publication", "p.oid")}
    ORDER BY p.pubname`)) {
        const publish = [];
        if (row["pubinsert"])
            publish.push("insert");
        if (row["pubupdate"])
            publish.push("update");
        if (row["pubdelete"])
            publish.push("delete");
        if (row["pubtruncate"])
            publish.push("truncate");
        const pubName = String(row["name"]);
        const pubId = { kind: "publication", name: pubName };
        pushWithMeta({
            id: pubId,
            payload: {
                allTables: Boolean(row["all_tables"]),
                viaRoot: Boolean(row["via_root"]),
                publish,
            },
        }, row);
        pushOwnerEdge(pubId, row["owner"]);
        // each published table / schema is its own fact (granularity is one):
        // members are managed with ALTER PUBLICATION ADD/DROP, and a column-list
        // or WHERE change diffs at table grain instead of churning the whole
        // publication payload.
        const tables = row["tables"] ?? [];
        for (const t of tables) {
            facts.push({
                id: {
                    kind: "publicationRel",
                    publication: pubName,
                    schema: t.schema,
                    table: t.name,
                },
                parent: pubId,
                payload: {
                    columns: t.columns == null ? null : t.columns.map(String),
                    where: t.where ?? null,
                },
            });
        }
        for (const s of (row["schemas"] ?? []).map(String)) {
            facts.push({
                id: { kind: "publicationSchema", publication: pubName, schema: s },
                parent: pubId,
                payload: {},
            });
        }
    }
}
async function extractSubscriptions(ctx) {
    const { q, pushWithMeta, pushOwnerEdge, pgMajor: major } = ctx;
    // substream is boolean on PG15 (on/off) and a "char" on PG16+ ('f'/'t'/'p',
    // 'p' = parallel). Normalise to the CREATE/ALTER keyword in SQL.
    const streamingExpr = major >= 16
        ? `CASE s.substream WHEN 'p' THEN 'parallel' WHEN 't' THEN 'on' ELSE 'off' END`
        : `CASE WHEN s.substream THEN 'on' ELSE 'off' END`;
    // disable_on_error and two_phase are PG15+; run_as_owner and origin are
    // PG16+ — NULL on older servers so the rule omits them entirely. (binary and
    // streaming are PG14+ and synchronous_commit is PG10+, so they need no gate
    // for our supported range.)
    const disableOnErrorExpr = major >= 15 ? `s.subdisableonerr` : `NULL::boolean`;
    const twoPhaseExpr = major >= 15 ? `(s.subtwophasestate <> 'd')` : `NULL::boolean`;
    const runAsOwnerExpr = major >= 16 ? `s.subrunasowner` : `NULL::boolean`;
    const originExpr = major >= 16 ? `s.suborigin` : `NULL::text`;
    // `subconninfo` is revoked from non-superusers by default (unlike every
    // other pg_subscription column, which PUBLIC can read) — selecting it
    // unconditionally makes the WHOLE query fail `permission denied for table
    // pg_subscription` for such a caller. Postgres's column permission check is
    // static (keyed on which columns the query TEXT references, independent of
    // matched rows), so a runtime `CASE WHEN has_column_privilege(...) THEN
    // s.subconninfo ELSE NULL END` does NOT work — the column reference alone
    // still trips the check. Gate it the same way `major` gates version-specific
    // columns above: probe once, then build the column reference conditionally.
    const conninfoReadable = Boolean((await q(`SELECT has_column_privilege('pg_subscription', 'subconninfo', 'SELECT') AS ok`))[0]?.["ok"]);
    const conninfoExpr = conninfoReadable ? "s.subconninfo" : "NULL::text";
    // ── subscriptions (database-local rows only) ─────────────────────────
    for (const row of await q(`
    SELECT s.subname AS name, r.rolname AS owner, s.subenabled AS enabled,
           ${conninfoExpr} AS conninfo, s.subslotname AS slot_name,
           s.subpublications::text[] AS publications,
           s.subbinary AS binary,
           ${streamingExpr} AS streaming,
           s.subsynccommit AS synchronous_commit,
           ${disableOnErrorExpr} AS disable_on_error,
           ${twoPhaseExpr} AS two_phase,
           ${runAsOwnerExpr} AS run_as_owner,
           ${originExpr} AS origin,
           obj_description(s.oid, 'pg_subscription') AS comment
    FROM pg_subscription s
    JOIN pg_roles r ON r.oid = s.subowner
    JOIN pg_database d ON d.oid = s.subdbid
    WHERE d.datname = current_database()
    ORDER BY s.subname`)) {
        const subId = { kind: "subscription", name: String(row["name"]) };
        pushWithMeta({
            id: subId,
            payload: {
                // Non-semantic (leading `_`, dropped from the content hash): carries
                // the source server major so the plan rule can gate `two_phase`
                // handling — ALTER SUBSCRIPTION … SET (two_phase) is PG17+ only.
                _serverMajor: major,
                enabled: Boolean(row["enabled"]),
                // conninfo is fully env-dependent and carries credentials — emit the
                // placeholder unless the caller explicitly opted out of redaction
                // (see sensitive-options.ts). `row["conninfo"]` is also null when
                // this role lacks column privilege on subconninfo (conninfoExpr
                // above) — the real value is unrecoverable either way, so that also
                // falls back to the placeholder rather than the string "null".
                conninfo: ctx.redactSecrets || row["conninfo"] == null
                    ? sensitive_options/* SUBSCRIPTION_CONNINFO_PLACEHOLDER */.R
                    : row["conninfo"],
                slotName: row["slot_name"] == null ? null : row["slot_name"],
                publications: row["publications"].map(String).sort(),
                binary: Boolean(row["binary"]),
                streaming: String(row["streaming"]),
                synchronousCommit: String(row["synchronous_commit"]),
                disableOnError: row["disable_on_error"] == null
                    ? null
                    : Boolean(row["disable_on_error"]),
                twoPhase: row["two_phase"] == null ? null : Boolean(row["two_phase"]),
                runAsOwner: row["run_as_owner"] == null ? null : Boolean(row["run_as_owner"]),
                origin: row["origin"] == null ? null : row["origin"],
            },
        }, row);
        pushOwnerEdge(subId, row["owner"]);
    }
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/relations.js

/** Canonicalize pg_class.reloptions (a text[] of `key=value`) to a sorted array
 *  so the payload hash is order-independent, or null when there are none. */
function reloptions(row) {
    const raw = row["reloptions"];
    if (raw == null)
        return null;
    const arr = raw.slice().sort();
    return arr.length > 0 ? arr : null;
}
async function extractTables(ctx) {
    const { q, pushWithMeta, pushMemberEdge, pushOwnerEdge } = ctx;
    for (const row of await q(`
    SELECT n.nspname AS schema, c.relname AS name, r.rolname AS owner,
           c.relpersistence AS persistence,
           c.relrowsecurity AS row_security,
           c.relforcerowsecurity AS force_row_security,
           c.relreplident AS replica_identity,
           (SELECT ic.relname FROM pg_index i
            JOIN pg_class ic ON ic.oid = i.indexrelid
            WHERE i.indrelid = c.oid AND i.indisreplident) AS replica_identity_index,
           CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_key,
           c.reloptions AS reloptions,
           pg_get_expr(c.relpartbound, c.oid) AS partition_bound,
           (SELECT json_build_object('schema', pn.nspname, 'name', pc.relname)
            FROM pg_inherits inh
            JOIN pg_class pc ON pc.oid = inh.inhparent
            JOIN pg_namespace pn ON pn.oid = pc.relnamespace
            WHERE inh.inhrelid = c.oid
            -- Multi-parent support is tracked separately; until then capture the
            -- FIRST-declared parent deterministically. Without ORDER BY the
            -- unordered LIMIT 1 can pick a different parent across extractions,
            -- flapping the fact hash and causing spurious table replaces.
            ORDER BY inh.inhseqno
            LIMIT 1) AS parent_table,
           obj_description(c.oid, 'pg_class') AS comment,
           ${aclJsonMemberAware("c.relacl", "r", "c.relowner", "pg_class", "c.oid")} AS acl,
           ${memberExtensionExpr("pg_class", "c.oid")} AS ext_member_of
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_roles r ON r.oid = c.relowner
    WHERE c.relkind IN ('r', 'p') AND ${USER_SCHEMA_FILTER}
    ORDER BY n.nspname, c.relname`)) {
        const id = {
            kind: "table",
            schema: String(row["schema"]),
            name: String(row["name"]),
        };
        pushWithMeta({
            id,
            parent: schemaId(row["schema"]),
            payload: {
                persistence: String(row["persistence"]),
                rowSecurity: Boolean(row["row_security"]),
                forceRowSecurity: Boolean(row["force_row_security"]),
                replicaIdentity: String(row["replica_identity"]),
                replicaIdentityIndex: row["replica_identity_index"] == null
                    ? null
                    : row["replica_identity_index"],
                partitionKey: row["partition_key"] == null
                    ? null
                    : row["partition_key"],
                // partitionBound + parentTable are policy-API surface, not just hash
                // substance: the `partitionOf` predicate (src/policy/policy.ts)
                // matches on these exact payload field names. Renaming either
                // silently un-matches every partitionOf rule — no validatePolicy
                // error fires.
                partitionBound: row["partition_bound"] == null
                    ? null
                    : row["partition_bound"],
                parentTable: row["parent_table"] == null
                    ? null
                    : row["parent_table"],
                reloptions: reloptions(row),
            },
        }, row, parseAcl(row["acl"]));
        pushMemberEdge(id, row);
        pushOwnerEdge(id, row["owner"]);
    }
}
async function extractColumns(ctx) {
    const { q, facts, pushWithMeta } = ctx;
    // ── columns + defaults (defaults are their own facts, like pg_attrdef) ─
    for (const row of await q(`
    SELECT n.nspname AS schema, c.relname AS table, a.attname AS name,
           a.attnum AS position,
           c.relkind AS table_kind,
           format_type(a.atttypid, a.atttypmod) AS type,
           a.attnotnull AS not_null,
           NULLIF(a.attidentity, '') AS identity,
           (SELECT json_build_object('schema', sn.nspname, 'name', sc.relname)
            FROM pg_depend d
            JOIN pg_class sc ON sc.oid = d.objid
            JOIN pg_namespace sn ON sn.oid = sc.relnamespace
            WHERE d.classid = 'pg_class'::regclass
              AND d.refclassid = 'pg_class'::regclass
              AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
              AND d.deptype = 'i' AND sc.relkind = 'S'
            LIMIT 1) AS identity_sequence,
           (SELECT json_build_object(
                     'increment', sq.seqincrement::text, 'start', sq.seqstart::text,
                     'minValue', sq.seqmin::text, 'maxValue', sq.seqmax::text,
                     'cache', sq.seqcache::text, 'cycle', sq.seqcycle)
            FROM pg_depend d
            JOIN pg_sequence sq ON sq.seqrelid = d.objid
            WHERE d.classid = 'pg_class'::regclass
              AND d.refclassid = 'pg_class'::regclass
              AND d.refobjid = c.oid AND d.refobjsubid = a.attnum
              AND d.deptype = 'i'
            LIMIT 1) AS identity_options,
           NULLIF(a.attgenerated, '') AS generated,
           CASE WHEN a.attcollation <> t.typcollation THEN (
             SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
             FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
             WHERE co.oid = a.attcollation)
           END AS collation,
           pg_get_expr(ad.adbin, ad.adrelid) AS default_expr,
           col_description(c.oid, a.attnum) AS comment,
           -- column-level ACL (pg_attribute.attacl). Columns have no built-in
           -- default privileges, so acldefault('c', owner) is empty: a NULL
           -- attacl yields no acl facts, and a non-NULL one lists only explicit
           -- GRANT SELECT/INSERT/UPDATE/REFERENCES (col) entries.
           ${aclJson("a.attacl", "c", "c.relowner")} AS acl
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef ad ON ad.adrelid = c.oid AND ad.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attislocal
      AND ${USER_SCHEMA_FILTER}
      AND ${notExtensionMember("pg_class", "c.oid")}
    ORDER BY n.nspname, c.relname, a.attname`)) {
        const tableId = {
            kind: String(row["table_kind"]) === "f" ? "foreignTable" : "table",
            schema: String(row["schema"]),
            name: String(row["table"]),
        };
        const columnId = {
            kind: "column",
            schema: String(row["schema"]),
            table: String(row["table"]),
            name: String(row["name"]),
        };
        const generated = row["generated"] != null;
        pushWithMeta({
            id: columnId,
            parent: tableId,
            payload: {
                // `_position` is the declared column position (pg_attribute.attnum).
                // Column ORDER is row-layout state (SELECT *, positional INSERT, the
                // relation's row type), so a from-empty CREATE must render columns in
                // this order — but positional IDENTITY is not desired state (columns
                // are name-keyed, like composite attributes), so the `_`-prefix
                // excludes it from the hash and diff (core/hash.ts, core/diff.ts): an
                // order-only reshuffle on an EXISTING table stays undiffable by design.
                // attnum has HOLES after DROP COLUMN, but ordering the survivors by it
                // still yields their declared order, which is what matters. The plan's
                // ordering phase (plan/phases/action-graph.ts) and the partitioned
                // inline-column path (plan/rules/tables.ts) render in this order.
                _position: Number(row["position"]),
                type: String(row["type"]),
                notNull: Boolean(row["not_null"]),
                identity: row["identity"] == null
                    ? null
                    : {
                        generation: row["identity"],
                        sequence: row["identity_sequence"],
                        options: row["identity_options"] == null
                            ? null
                            : row["identity_options"],
                    },
                collation: row["collation"] == null ? null : row["collation"],
                generatedExpr: generated && row["default_expr"] != null
                    ? row["default_expr"]
                    : null,
            },
        }, row);
        if (!generated && row["default_expr"] != null) {
            facts.push({
                id: {
                    kind: "default",
                    schema: String(row["schema"]),
                    table: String(row["table"]),
                    name: String(row["name"]),
                },
                parent: columnId,
                payload: { expr: row["default_expr"] },
            });
        }
        // Column-level grants (attacl): one acl satellite per grantee, targeting the
        // owning relation but qualified by this column. Parent is the column so the
        // grant folds into the column/table drop, exactly like the default above.
        for (const acl of parseAcl(row["acl"])) {
            facts.push({
                id: {
                    kind: "acl",
                    target: tableId,
                    grantee: acl.grantee,
                    column: String(row["name"]),
                },
                parent: columnId,
                payload: { privileges: acl.privileges, grantable: acl.grantable },
            });
        }
    }
}
async function extractTableConstraints(ctx) {
    const { q, pushWithMeta } = ctx;
    for (const row of await q(`
    SELECT n.nspname AS schema, c.relname AS table, con.conname AS name,
           c.relkind AS table_kind,
           pg_get_constraintdef(con.oid) AS def,
           con.contype AS type, con.convalidated AS validated,
           obj_description(con.oid, 'pg_constraint') AS comment
    FROM pg_constraint con
    JOIN pg_class c ON c.oid = con.conrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    -- 'f' = foreign tables: they carry only CHECK constraints (no p/u/f/x),
    -- so the contype filter already scopes them; serialized via ALTER FOREIGN
    -- TABLE (constraintTarget keys off the parent's foreignTable kind).
    WHERE con.contype IN ('p', 'u', 'f', 'c', 'x') AND con.conislocal
      AND c.relkind IN ('r', 'p', 'f') AND ${USER_SCHEMA_FILTER}
      AND ${notExtensionMember("pg_class", "c.oid")}
    ORDER BY n.nspname, c.relname, con.conname`)) {
        pushWithMeta({
            id: {
                kind: "constraint",
                schema: String(row["schema"]),
                table: String(row["table"]),
                name: String(row["name"]),
            },
            parent: {
                kind: String(row["table_kind"]) === "f" ? "foreignTable" : "table",
                schema: String(row["schema"]),
                name: String(row["table"]),
            },
            payload: {
                def: String(row["def"]),
                type: String(row["type"]),
                validated: Boolean(row["validated"]),
            },
        }, row);
    }
}
async function extractIndexes(ctx) {
    const { q, pushWithMeta } = ctx;
    // ── indexes (excluding constraint-backed ones) ───────────────────────
    for (const row of await q(`
    SELECT n.nspname AS schema, ic.relname AS name, c.relname AS table,
           c.relkind AS table_kind,
           pg_get_indexdef(i.indexrelid) AS def,
           -- A partitioned PARENT index (relkind 'I') is legitimately
           -- indisvalid=false whenever a child index is unattached, and
           -- pg_get_indexdef renders it as CREATE INDEX ... ON ONLY ..., which
           -- itself produces an invalid parent (children attach separately). So
           -- its indisvalid is attach-state, not repair-worthy corruption:
           -- force it valid here so it never drives a diff (the unmodeled
           -- attach-state stays tracked in #332). Only REGULAR indexes ('i')
           -- carry their real indisvalid, which is what catches a failed
           -- CREATE INDEX CONCURRENTLY.
           CASE WHEN ic.relkind = 'I' THEN true ELSE i.indisvalid END AS valid,
           obj_description(i.indexrelid, 'pg_class') AS comment
    FROM pg_index i
    JOIN pg_class ic ON ic.oid = i.indexrelid
    JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_namespace n ON n.oid = ic.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm') AND ${USER_SCHEMA_FILTER}
      -- Exclude indexes OWNED by a constraint (PRIMARY KEY / UNIQUE / EXCLUSION),
      -- which are serialized via the constraint, not as standalone CREATE INDEX.
      -- Gate on contype: a FOREIGN KEY constraint also sets conindid — to the
      -- index on the REFERENCED table it depends on — so an unqualified check
      -- wrongly drops a standalone unique index the moment any FK references it
      -- (regression: realtime.tenants' unique index on external_id, referenced by
      -- an FK from _realtime.extensions, vanished from extraction).
      AND NOT EXISTS (
        SELECT 1 FROM pg_constraint pc
        WHERE pc.conindid = i.indexrelid AND pc.contype IN ('p', 'u', 'x')
      )
      AND NOT EXISTS (SELECT 1 FROM pg_inherits ih WHERE ih.inhrelid = i.indexrelid)
      AND ${notExtensionMember("pg_class", "c.oid")}
    ORDER BY n.nspname, ic.relname`)) {
        const tableKind = String(row["table_kind"]) === "m" ? "materializedView" : "table";
        pushWithMeta({
            id: {
                kind: "index",
                schema: String(row["schema"]),
                name: String(row["name"]),
            },
            parent: {
                kind: tableKind,
                schema: String(row["schema"]),
                name: String(row["table"]),
            },
            // `valid` (pg_index.indisvalid) is SEMANTIC state, not just metadata: a
            // failed/cancelled CREATE INDEX CONCURRENTLY leaves indisvalid=false with
            // a def IDENTICAL to the desired valid index, so without this field the
            // unusable index would hash EQUAL to the valid one and retry planning /
            // the proof would consider it converged. Including it in the payload
            // (hashed) makes invalid ≠ valid, and the `valid: "replace"` attribute
            // strategy repairs it via drop + recreate (the standard fix). A fresh
            // CREATE INDEX in a SQL-loaded shadow is always valid=true, so the desired
            // side naturally carries true and never churns a healthy index.
            //
            // NOTE (#332): the `valid` SELECT above deliberately forces partitioned
            // PARENT indexes (relkind 'I') to true. Their indisvalid tracks child
            // ATTACH-state (and pg_get_indexdef renders them `ON ONLY`, which itself
            // produces an invalid parent), so surfacing it here would spuriously
            // fail convergence on every partitioned-index scenario. That attach-state
            // remains unmodeled and tracked in #332; only regular indexes drive the
            // valid diff.
            payload: { def: String(row["def"]), valid: Boolean(row["valid"]) },
        }, row);
    }
}
async function extractSequences(ctx) {
    const { q, pushWithMeta, pushMemberEdge, pushOwnerEdge } = ctx;
    // ── sequences (identity-column internals excluded) ───────────────────
    for (const row of await q(`
    SELECT n.nspname AS schema, c.relname AS name, r.rolname AS owner,
           format_type(s.seqtypid, NULL) AS data_type,
           s.seqstart::text AS start, s.seqincrement::text AS increment,
           s.seqmin::text AS min_value, s.seqmax::text AS max_value,
           s.seqcache::text AS cache, s.seqcycle AS cycle,
           (SELECT json_build_object('schema', tn.nspname, 'table', tc.relname,
                                     'column', ta.attname)
            FROM pg_depend od
            JOIN pg_class tc ON tc.oid = od.refobjid
            JOIN pg_namespace tn ON tn.oid = tc.relnamespace
            JOIN pg_attribute ta ON ta.attrelid = tc.oid AND ta.attnum = od.refobjsubid
            WHERE od.classid = 'pg_class'::regclass AND od.objid = c.oid
              AND od.refclassid = 'pg_class'::regclass AND od.deptype = 'a'
              AND od.refobjsubid > 0
            LIMIT 1) AS owned_by,
           obj_description(c.oid, 'pg_class') AS comment,
           ${aclJsonMemberAware("c.relacl", "s", "c.relowner", "pg_class", "c.oid")} AS acl,
           ${memberExtensionExpr("pg_class", "c.oid")} AS ext_member_of
    FROM pg_sequence s
    JOIN pg_class c ON c.oid = s.seqrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_roles r ON r.oid = c.relowner
    WHERE ${USER_SCHEMA_FILTER}
      AND NOT EXISTS (
        SELECT 1 FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
          AND d.deptype = 'i')
    ORDER BY n.nspname, c.relname`)) {
        const id = {
            kind: "sequence",
            schema: String(row["schema"]),
            name: String(row["name"]),
        };
        pushWithMeta({
            id,
            parent: schemaId(row["schema"]),
            payload: {
                dataType: String(row["data_type"]),
                start: String(row["start"]),
                increment: String(row["increment"]),
                minValue: String(row["min_value"]),
                maxValue: String(row["max_value"]),
                cache: String(row["cache"]),
                cycle: Boolean(row["cycle"]),
                ownedBy: row["owned_by"] == null
                    ? null
                    : row["owned_by"],
            },
        }, row, parseAcl(row["acl"]));
        pushMemberEdge(id, row);
        pushOwnerEdge(id, row["owner"]);
    }
}
async function extractViews(ctx) {
    const { q, pushWithMeta, pushMemberEdge, pushOwnerEdge } = ctx;
    // ── views + materialized views ───────────────────────────────────────
    for (const row of await q(`
    SELECT n.nspname AS schema, c.relname AS name, r.rolname AS owner,
           c.relkind AS kind,
           pg_get_viewdef(c.oid) AS def,
           c.reloptions AS reloptions,
           obj_description(c.oid, 'pg_class') AS comment,
           ${aclJsonMemberAware("c.relacl", "r", "c.relowner", "pg_class", "c.oid")} AS acl,
           ${memberExtensionExpr("pg_class", "c.oid")} AS ext_member_of
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_roles r ON r.oid = c.relowner
    WHERE c.relkind IN ('v', 'm') AND ${USER_SCHEMA_FILTER}
    ORDER BY n.nspname, c.relname`)) {
        const id = {
            kind: String(row["kind"]) === "m" ? "materializedView" : "view",
            schema: String(row["schema"]),
            name: String(row["name"]),
        };
        pushWithMeta({
            id,
            parent: schemaId(row["schema"]),
            payload: { def: String(row["def"]), reloptions: reloptions(row) },
        }, row, parseAcl(row["acl"]));
        pushMemberEdge(id, row);
        pushOwnerEdge(id, row["owner"]);
    }
}
async function extractTriggers(ctx) {
    const { q, pushWithMeta } = ctx;
    for (const row of await q(`
    SELECT n.nspname AS schema, c.relname AS table, t.tgname AS name,
           c.relkind AS table_kind,
           pg_get_triggerdef(t.oid) AS def,
           t.tgenabled AS enabled,
           obj_description(t.oid, 'pg_trigger') AS comment
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND ${USER_SCHEMA_FILTER}
      AND ${notExtensionMember("pg_class", "c.oid")}
    ORDER BY n.nspname, c.relname, t.tgname`)) {
        const relkind = String(row["table_kind"]);
        pushWithMeta({
            id: {
                kind: "trigger",
                schema: String(row["schema"]),
                table: String(row["table"]),
                name: String(row["name"]),
            },
            parent: {
                kind: relkind === "v"
                    ? "view"
                    : relkind === "m"
                        ? "materializedView"
                        : relkind === "f"
                            ? "foreignTable"
                            : "table",
                schema: String(row["schema"]),
                name: String(row["table"]),
            },
            payload: {
                def: String(row["def"]),
                enabled: String(row["enabled"]),
            },
        }, row);
    }
}
async function extractRules(ctx) {
    const { q, pushWithMeta } = ctx;
    // ── rewrite rules (user rules; the view _RETURN rule is the view def) ─
    for (const row of await q(`
    SELECT n.nspname AS schema, c.relname AS table, c.relkind AS table_kind,
           rw.rulename AS name, pg_get_ruledef(rw.oid) AS def,
           rw.ev_enabled AS enabled,
           obj_description(rw.oid, 'pg_rewrite') AS comment
    FROM pg_rewrite rw
    JOIN pg_class c ON c.oid = rw.ev_class
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE rw.rulename <> '_RETURN' AND ${USER_SCHEMA_FILTER}
      AND ${notExtensionMember("pg_class", "c.oid")}
    ORDER BY n.nspname, c.relname, rw.rulename`)) {
        const relkind = String(row["table_kind"]);
        pushWithMeta({
            id: {
                kind: "rule",
                schema: String(row["schema"]),
                table: String(row["table"]),
                name: String(row["name"]),
            },
            parent: {
                kind: relkind === "v"
                    ? "view"
                    : relkind === "m"
                        ? "materializedView"
                        : "table",
                schema: String(row["schema"]),
                name: String(row["table"]),
            },
            payload: { def: String(row["def"]), enabled: String(row["enabled"]) },
        }, row);
    }
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/roles.js
async function extractRolesAndGrants(ctx) {
    const { q, facts } = ctx;
    // ── roles (cluster-level) ────────────────────────────────────────────
    for (const row of await q(`
    SELECT r.rolname AS name, r.rolsuper, r.rolinherit, r.rolcreaterole,
           r.rolcreatedb, r.rolcanlogin, r.rolreplication, r.rolbypassrls,
           COALESCE((SELECT array_agg(cfg ORDER BY cfg)
                     FROM pg_db_role_setting s, unnest(s.setconfig) cfg
                     WHERE s.setrole = r.oid AND s.setdatabase = 0),
                    '{}')::text[] AS config
    FROM pg_roles r
    WHERE r.rolname NOT LIKE 'pg\\_%'
    ORDER BY r.rolname`)) {
        facts.push({
            id: { kind: "role", name: String(row["name"]) },
            payload: {
                superuser: Boolean(row["rolsuper"]),
                inherit: Boolean(row["rolinherit"]),
                createRole: Boolean(row["rolcreaterole"]),
                createDb: Boolean(row["rolcreatedb"]),
                login: Boolean(row["rolcanlogin"]),
                replication: Boolean(row["rolreplication"]),
                bypassRls: Boolean(row["rolbypassrls"]),
                config: row["config"].map(String),
            },
        });
    }
    // ── role memberships (cluster-level; multi-grantor rows deduped) ─────
    for (const row of await q(`
    SELECT r1.rolname AS role, r2.rolname AS member,
           bool_or(m.admin_option) AS admin
    FROM pg_auth_members m
    JOIN pg_roles r1 ON r1.oid = m.roleid
    JOIN pg_roles r2 ON r2.oid = m.member
    WHERE r1.rolname NOT LIKE 'pg\\_%' AND r2.rolname NOT LIKE 'pg\\_%'
    GROUP BY 1, 2
    ORDER BY 1, 2`)) {
        facts.push({
            id: {
                kind: "membership",
                role: String(row["role"]),
                member: String(row["member"]),
            },
            payload: { admin: Boolean(row["admin"]) },
        });
    }
    // ── default privileges ───────────────────────────────────────────────
    // `pg_default_acl` stores the RESULTING default ACL, so a revoked built-in
    // default (e.g. `ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM
    // PUBLIC`) shows up only as the ABSENCE of that grantee's row — there is no
    // explicit "no privileges" entry. Mirror `aclJson` (scope.ts): when the
    // object kind grants PUBLIC (functions EXECUTE, types USAGE) or the owner a
    // built-in default, and the stored acl has dropped it, synthesize an empty
    // grantee row carrying `revoked_default` (the built-in privileges that were
    // removed) so the diff can plan the REVOKE — and, in reverse, restore the
    // default with a GRANT. The "has a PUBLIC/owner default" test is derived from
    // acldefault() itself, so it stays correct across kinds and PG versions.
    // `defaclobjtype` uses 'S' for sequences where acldefault() wants 's'.
    // Model each fact as a DEVIATION from the built-in default, not the raw stored
    // ACL. `pg_default_acl` materializes the whole effective default, so a grantee
    // that sits at its built-in default (e.g. the owner keeping its create-time
    // grant) appears in the row even though it is not a customization — extracting
    // it would make a customized row assert grants a fresh database already has,
    // and DROPPING that fact would wrongly REVOKE the built-in default. So:
    //   • a grantee whose stored privileges EQUAL its built-in default → no fact;
    //   • a grantee that DIFFERS (custom grant, partial change, grant option) →
    //     a fact carrying its actual privileges;
    //   • a grantee that HAS a built-in default but is ABSENT from the stored acl
    //     (the default was revoked, e.g. `REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC`)
    //     → an empty marker carrying `revoked_default` so the diff can plan the
    //     REVOKE and, in reverse, restore the default with a GRANT —
    //     with a conditional carve-out for the grantor's OWN self-entry, whose
    //     absence is a behavioral no-op in some shapes but a real revoke in others.
    //     The key distinction is PER-SCHEMA vs GLOBAL:
    //       • PER-SCHEMA (defaclnamespace <> 0): at object-creation time Postgres
    //         ALWAYS re-adds the owner's acldefault entry to the new object's ACL
    //         regardless of whether the stored row carried a self-entry (a table
    //         created by the owner gets `{owner=arwdDxtm/owner,…}` either way). A
    //         row built from grants to OTHER roles never materializes the owner
    //         self-entry (`{r2=r/r}`), so a "revoked" owner self-entry here is a
    //         no-op — never emit a marker for it, or owner-present and owner-absent
    //         rows would extract DIFFERENTLY and break round-trip.
    //       • GLOBAL (defaclnamespace = 0): a grant to another role DOES
    //         materialize the owner self-entry (`{owner=arwdDxtm/owner,r2=r/owner}`),
    //         and Postgres uses the stored acl VERBATIM at creation. So if the
    //         owner is revoked while OTHER grantees remain (`{r2=r/owner}`), a table
    //         made by the owner really lacks the owner's own privileges — a genuine
    //         customization → EMIT the marker. The one exception is a BARE global
    //         self-revoke with nothing else granted: the stored row is EMPTY, the
    //         created table's relacl degenerates to NULL and the owner keeps its
    //         privileges → no-op → no marker. (Verified on postgres:17.)
    //     (A grantor self-entry that DIFFERS from acldefault — a partial
    //     self-reduction — is still present in the row and handled by the first
    //     branch above, so it is not lost.)
    // The built-in default is derived from acldefault() (kind/version-robust);
    // `defaclobjtype` uses 'S' for sequences where acldefault() wants 's'.
    const defaclCode = `CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END`;
    for (const row of await q(`
    SELECT dr.rolname AS role, n.nspname AS schema, d.defaclobjtype AS objtype,
           acl.grantee_name AS grantee, acl.privileges, acl.grantable,
           acl.revoked_default
    FROM pg_default_acl d
    JOIN pg_roles dr ON dr.oid = d.defaclrole
    LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace,
    LATERAL (
      WITH stored AS (
        SELECT e.grantee AS grantee_oid,
               COALESCE(g.rolname, 'PUBLIC') AS grantee_name,
               array_agg(e.privilege_type ORDER BY e.privilege_type) AS privileges,
               array_agg(e.privilege_type ORDER BY e.privilege_type)
                 FILTER (WHERE e.is_grantable) AS grantable
        FROM aclexplode(d.defaclacl) e
        LEFT JOIN pg_roles g ON g.oid = e.grantee
        GROUP BY 1, 2
      ),
      def AS (
        SELECT x.grantee AS grantee_oid,
               array_agg(x.privilege_type ORDER BY x.privilege_type) AS privileges
        FROM aclexplode(acldefault(${defaclCode}, d.defaclrole)) x
        GROUP BY 1
      )
      -- present grantees whose privileges DEVIATE from the built-in default
      SELECT s.grantee_name, s.privileges, s.grantable, NULL::text[] AS revoked_default
      FROM stored s
      LEFT JOIN def dd ON dd.grantee_oid = s.grantee_oid
      WHERE s.privileges IS DISTINCT FROM dd.privileges
         OR s.grantable IS NOT NULL
      UNION ALL
      -- grantees that HAVE a built-in default but are ABSENT (revoked). The
      -- grantor's OWN self-entry is a special case: its absence is a behavioral
      -- no-op in two shapes (canonicalize by never emitting a marker), but a
      -- REAL revoke in a third (emit the marker):
      --   • PER-SCHEMA row (defaclnamespace <> 0): Postgres ALWAYS re-adds the
      --     owner's acldefault entry at object-creation time → no-op.
      --   • BARE GLOBAL row with an EMPTY stored acl (the owner-revoke is the
      --     only customization): the created table's relacl degenerates to NULL
      --     and the owner keeps its privileges → no-op.
      --   • GLOBAL row that still carries OTHER grantees: Postgres uses the
      --     stored acl VERBATIM at creation, so an object made by the owner
      --     really lacks the owner's own privileges → a genuine customization
      --     that must round-trip → emit the marker.
      SELECT CASE WHEN dd.grantee_oid = 0 THEN 'PUBLIC'
                  ELSE (SELECT rolname FROM pg_roles WHERE oid = dd.grantee_oid) END,
             ARRAY[]::text[], NULL::text[], dd.privileges
      FROM def dd
      WHERE NOT EXISTS (SELECT 1 FROM stored s WHERE s.grantee_oid = dd.grantee_oid)
        AND (
          -- a non-owner absentee is always a real revoke
          dd.grantee_oid <> d.defaclrole
          -- the owner's OWN absence is a real revoke ONLY on a GLOBAL row that
          -- still carries other grantees (per-schema → owner re-merged at CREATE;
          -- bare empty global row → owner keeps privileges — both no-ops)
          OR (d.defaclnamespace = 0 AND EXISTS (SELECT 1 FROM stored s2))
        )
    ) acl
    ORDER BY 1, 2, 3, 4`)) {
        const revokedDefault = row["revoked_default"] ?? null;
        facts.push({
            id: {
                kind: "defaultPrivilege",
                role: String(row["role"]),
                schema: row["schema"] == null ? null : row["schema"],
                objtype: String(row["objtype"]),
                grantee: String(row["grantee"]),
            },
            payload: {
                privileges: row["privileges"].map(String),
                grantable: (row["grantable"] ?? []).map(String),
                // non-semantic metadata (excluded from hash/diff): the built-in default
                // privileges this empty marker revoked, so the drop can restore them.
                ...(revokedDefault != null
                    ? { _revokedDefault: revokedDefault.map(String) }
                    : {}),
            },
        });
    }
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/routines.js

async function extractRoutines(ctx) {
    const { q, pushWithMeta, pushMemberEdge, pushOwnerEdge } = ctx;
    // ── routines (functions + procedures; pg_get_functiondef canonical) ──
    for (const row of await q(`
    SELECT n.nspname AS schema, p.proname AS name, r.rolname AS owner,
           p.prokind AS prokind,
           ARRAY(SELECT format_type(t.t, NULL)
                 FROM unnest(p.proargtypes) WITH ORDINALITY AS t(t, ord)
                 ORDER BY t.ord)::text[] AS identity_args,
           pg_get_functiondef(p.oid) AS def,
           pg_get_function_result(p.oid) AS return_type,
           pg_get_function_arguments(p.oid) AS arg_signature,
           -- proconfig GUC NAMES only (name=value split in POSTGRES, never in
           -- TS): a structured, non-semantic duplicate of the routine's SET
           -- header clauses used purely for the seed replayability decision.
           (SELECT array_agg(split_part(c, '=', 1))
              FROM unnest(p.proconfig) AS c) AS config_gucs,
           l.lanname AS language,
           obj_description(p.oid, 'pg_proc') AS comment,
           ${aclJsonMemberAware("p.proacl", "f", "p.proowner", "pg_proc", "p.oid")} AS acl,
           ${memberExtensionExpr("pg_proc", "p.oid")} AS ext_member_of
    FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_roles r ON r.oid = p.proowner
    JOIN pg_language l ON l.oid = p.prolang
    WHERE p.prokind IN ('f', 'p', 'w') AND ${USER_SCHEMA_FILTER}
      AND NOT EXISTS (
        SELECT 1 FROM pg_depend idep
        WHERE idep.classid = 'pg_proc'::regclass AND idep.objid = p.oid
          AND idep.deptype = 'i')
    ORDER BY n.nspname, p.proname`)) {
        const args = row["identity_args"].map(String);
        // GUC names this routine's proconfig SETs (from `config_gucs`, split in SQL).
        // Carried as the `_`-prefixed `_configGucs` so it is NON-SEMANTIC: dropped
        // from the hash and diff (core/hash.ts), exactly like `_position` on type
        // attributes. It exists ONLY so the co-located shadow seed can DECIDE whether
        // a routine is replayable by a non-superuser (a SUSET-context GUC in the SET
        // header makes CREATE fail 42501) WITHOUT parsing the `def` SQL text — the SET
        // clauses are already semantic inside `def`; this is a structured duplicate
        // for that decision alone. Omitted when empty so it never appears in payloads
        // that have no proconfig.
        const configGucs = (row["config_gucs"] ?? []).map(String);
        // prokind distinguishes procedures ('p') from functions ('f'/'w'); the kind
        // lives in the id (not the payload) so satellite renderers address the
        // routine with the correct DDL keyword (FUNCTION vs PROCEDURE). Window
        // functions ('w') are still FUNCTIONs for DDL — they only differ by `isWindow`.
        const id = {
            kind: String(row["prokind"]) === "p" ? "procedure" : "function",
            schema: String(row["schema"]),
            name: String(row["name"]),
            args,
        };
        pushWithMeta({
            id,
            parent: schemaId(row["schema"]),
            payload: {
                def: String(row["def"]),
                // Classification fields for the change path: `def` (pg_get_functiondef)
                // is itself a CREATE OR REPLACE, so a body/volatility/… change alters
                // in place — but return type, language, and window-kind are things
                // CREATE OR REPLACE refuses or cannot express, so a change to any of
                // them must demolish (see plan/rules/routines.ts). They deliberately
                // double-count with `def` (all change together) so they carry no extra
                // diff signal; they exist only to route the change. `return_type` is
                // NULL for procedures (null-stable — no delta among procedures).
                returnType: row["return_type"] == null ? null : row["return_type"],
                // full argument signature (names / modes / defaults). CREATE OR
                // REPLACE refuses to rename a parameter or remove a default, so ANY
                // arg-signature change must demolish. Arg TYPES are identity (a
                // different stable id → natural drop+create), so within a stable id
                // this differs only by name/mode/default — the part OR-REPLACE can't
                // always express.
                argSignature: String(row["arg_signature"]),
                language: String(row["language"]),
                isWindow: String(row["prokind"]) === "w",
                ...(configGucs.length > 0 ? { _configGucs: configGucs } : {}),
            },
        }, row, parseAcl(row["acl"]));
        pushMemberEdge(id, row);
        pushOwnerEdge(id, row["owner"]);
    }
}
async function extractAggregates(ctx) {
    const { q, pushWithMeta, pushMemberEdge, pushOwnerEdge } = ctx;
    // ── aggregates (CREATE AGGREGATE is reconstructed from pg_aggregate) ─
    for (const row of await q(`
    SELECT n.nspname AS schema, p.proname AS name, r.rolname AS owner,
           ARRAY(SELECT format_type(t.t, NULL)
                 FROM unnest(p.proargtypes) WITH ORDINALITY AS t(t, ord)
                 ORDER BY t.ord)::text[] AS identity_args,
           a.aggkind AS agg_kind, a.aggnumdirectargs AS num_direct_args,
           a.aggtransfn::regproc::text AS sfunc,
           format_type(a.aggtranstype, NULL) AS stype,
           a.aggtransspace AS sspace,
           CASE WHEN a.aggfinalfn <> 0 THEN a.aggfinalfn::regproc::text END AS finalfunc,
           a.aggfinalextra AS finalfunc_extra,
           a.aggfinalmodify AS finalfunc_modify,
           CASE WHEN a.aggcombinefn <> 0 THEN a.aggcombinefn::regproc::text END AS combinefunc,
           CASE WHEN a.aggserialfn <> 0 THEN a.aggserialfn::regproc::text END AS serialfunc,
           CASE WHEN a.aggdeserialfn <> 0 THEN a.aggdeserialfn::regproc::text END AS deserialfunc,
           CASE WHEN a.aggmtransfn <> 0 THEN a.aggmtransfn::regproc::text END AS msfunc,
           CASE WHEN a.aggminvtransfn <> 0 THEN a.aggminvtransfn::regproc::text END AS minvfunc,
           CASE WHEN a.aggmtranstype <> 0 THEN format_type(a.aggmtranstype, NULL) END AS mstype,
           a.aggmtransspace AS msspace,
           CASE WHEN a.aggmfinalfn <> 0 THEN a.aggmfinalfn::regproc::text END AS mfinalfunc,
           a.aggmfinalextra AS mfinalfunc_extra,
           a.aggmfinalmodify AS mfinalfunc_modify,
           a.agginitval AS initcond,
           a.aggminitval AS minitcond,
           CASE WHEN a.aggsortop <> 0 THEN (
             SELECT 'OPERATOR(' || quote_ident(opn.nspname) || '.' || o.oprname || ')'
             FROM pg_operator o
             JOIN pg_namespace opn ON opn.oid = o.oprnamespace
             WHERE o.oid = a.aggsortop) END AS sortop,
           p.proparallel AS parallel,
           obj_description(p.oid, 'pg_proc') AS comment,
           ${aclJsonMemberAware("p.proacl", "f", "p.proowner", "pg_proc", "p.oid")} AS acl,
           ${memberExtensionExpr("pg_proc", "p.oid")} AS ext_member_of
    FROM pg_proc p
    JOIN pg_aggregate a ON a.aggfnoid = p.oid
    JOIN pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_roles r ON r.oid = p.proowner
    WHERE p.prokind = 'a' AND ${USER_SCHEMA_FILTER}
    ORDER BY n.nspname, p.proname`)) {
        const id = {
            kind: "aggregate",
            schema: String(row["schema"]),
            name: String(row["name"]),
            args: row["identity_args"].map(String),
        };
        pushWithMeta({
            id,
            parent: schemaId(row["schema"]),
            payload: {
                aggKind: String(row["agg_kind"]),
                numDirectArgs: Number(row["num_direct_args"]),
                sfunc: String(row["sfunc"]),
                stype: String(row["stype"]),
                sspace: Number(row["sspace"]),
                finalfunc: row["finalfunc"] == null ? null : row["finalfunc"],
                finalfuncExtra: Boolean(row["finalfunc_extra"]),
                finalfuncModify: String(row["finalfunc_modify"]),
                combinefunc: row["combinefunc"] == null ? null : row["combinefunc"],
                serialfunc: row["serialfunc"] == null ? null : row["serialfunc"],
                deserialfunc: row["deserialfunc"] == null
                    ? null
                    : row["deserialfunc"],
                msfunc: row["msfunc"] == null ? null : row["msfunc"],
                minvfunc: row["minvfunc"] == null ? null : row["minvfunc"],
                mstype: row["mstype"] == null ? null : row["mstype"],
                msspace: Number(row["msspace"]),
                mfinalfunc: row["mfinalfunc"] == null ? null : row["mfinalfunc"],
                mfinalfuncExtra: Boolean(row["mfinalfunc_extra"]),
                mfinalfuncModify: String(row["mfinalfunc_modify"]),
                initcond: row["initcond"] == null ? null : row["initcond"],
                minitcond: row["minitcond"] == null ? null : row["minitcond"],
                sortop: row["sortop"] == null ? null : row["sortop"],
                parallel: String(row["parallel"]),
            },
        }, row, parseAcl(row["acl"]));
        pushMemberEdge(id, row);
        pushOwnerEdge(id, row["owner"]);
    }
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/schemas.js

async function extractSchemasAndExtensions(ctx) {
    const { q, pushWithMeta, pushMemberEdge, pushOwnerEdge } = ctx;
    // ── schemas ──────────────────────────────────────────────────────────
    for (const row of await q(`
    SELECT n.nspname AS name, r.rolname AS owner,
           obj_description(n.oid, 'pg_namespace') AS comment,
           ${aclJsonMemberAware("n.nspacl", "n", "n.nspowner", "pg_namespace", "n.oid")} AS acl,
           ${memberExtensionExpr("pg_namespace", "n.oid")} AS ext_member_of
    FROM pg_namespace n
    JOIN pg_roles r ON r.oid = n.nspowner
    WHERE ${USER_SCHEMA_FILTER}
    ORDER BY n.nspname`)) {
        const id = { kind: "schema", name: String(row["name"]) };
        pushWithMeta({
            id,
            payload: {},
        }, row, parseAcl(row["acl"]));
        pushMemberEdge(id, row);
        pushOwnerEdge(id, row["owner"]);
    }
    // ── extensions (version deliberately excluded from the payload) ─────
    // Whether CREATE EXTENSION emits `SCHEMA <s>` is decided at PLAN time from the
    // schema's presence (extension create rule), not from an extract-time signal:
    // Postgres records no schema→extension ownership edge (deptype 'e' never
    // exists), so there is nothing to extract here for that decision.
    for (const row of await q(`
    SELECT e.extname AS name, n.nspname AS schema,
           e.extrelocatable AS relocatable,
           obj_description(e.oid, 'pg_extension') AS comment
    FROM pg_extension e
    JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname <> 'plpgsql'
    ORDER BY e.extname`)) {
        pushWithMeta({
            id: { kind: "extension", name: String(row["name"]) },
            payload: {
                schema: String(row["schema"]),
                relocatable: Boolean(row["relocatable"]),
            },
        }, row);
    }
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/security-labels.js

/** pg_class relkinds that map to a SECURITY-LABEL-renderable, modeled stable id.
 *  Shared by the relation resolver and the unresolved-label diagnostic so the
 *  two can never drift. (Indexes/toast/composite-table relkinds are excluded:
 *  PostgreSQL rejects `SECURITY LABEL ON INDEX …` outright — verified on PG17 —
 *  so such a label can never exist in pg_seclabel.) */
const LABELED_RELKINDS = {
    r: "table",
    p: "table",
    v: "view",
    m: "materializedView",
    S: "sequence",
    f: "foreignTable",
};
/** pg_class relkinds that produce COLUMN facts (relations.ts extracts columns
 *  only for these). A positive `objsubid` label on any OTHER relkind (a view,
 *  matview, sequence, …) has no column fact to parent on, so it must NOT become a
 *  fact — it is surfaced as an unresolved-label diagnostic instead. */
const COLUMN_BEARING_RELKINDS = new Set(["r", "p", "f"]);
/** classoids whose pg_seclabel rows the resolver turns into facts UNCONDITIONALLY.
 *  The unresolved-label diagnostic flags any local label OUTSIDE this set (e.g. a
 *  label on a LANGUAGE, LARGE OBJECT, or a pg_class relkind we don't model).
 *  `pg_type` is DELIBERATELY absent: only the modeled type KINDS resolve (see
 *  {@link modeledTypeKindSql}), so it is special-cased in both the resolver and
 *  the diagnostic rather than blanket-resolved. */
const RESOLVED_LOCAL_CLASSOIDS = [
    "pg_proc",
    "pg_namespace",
    "pg_event_trigger",
    "pg_publication",
    "pg_subscription",
];
/** pg_type kinds `extractTypes` (src/extract/types.ts) actually models: domains
 *  ('d'), enums ('e'), ranges ('r'), and STANDALONE composites — a composite
 *  whose backing pg_class relkind is 'c'. A table's row type is also typtype='c'
 *  but its pg_class relkind is 'r'/'p', and a base/shell/pseudo type is some
 *  OTHER typtype; none of those get a `type` fact. A SECURITY LABEL on such an
 *  unmodeled pg_type row therefore has no parent fact to attach to — pushing it
 *  anyway made buildFactBase throw missing-parent and crash extraction. The
 *  predicate (bound to a pg_type alias) is shared by the resolver query and the
 *  unresolved-label diagnostic so the two can never drift. */
function modeledTypeKindSql(alias) {
    return `(${alias}.typtype IN ('d', 'e', 'r')
    OR (${alias}.typtype = 'c' AND EXISTS (
      SELECT 1 FROM pg_class tc WHERE tc.oid = ${alias}.typrelid AND tc.relkind = 'c')))`;
}
async function extractSecurityLabels(ctx) {
    const { q, pushSeclabel, diagnostics } = ctx;
    // ── security labels (satellite facts, like comments) ────────────────
    // pg_seclabel / pg_shseclabel are EMPTY unless a label provider module
    // labeled something — and every row is therefore USER-applied state (there
    // are no built-in labels). One cheap existence probe gates the resolver
    // queries so a label-free database (the overwhelming common case) pays
    // a single round trip. The target's identity parts come back as a resolved
    // StableId built inline; any label whose target the resolver cannot map to a
    // supported modeled stable id is surfaced as a diagnostic (never dropped).
    const hasSeclabels = Boolean((await q(`SELECT EXISTS (SELECT 1 FROM pg_seclabel)
              OR EXISTS (SELECT 1 FROM pg_shseclabel) AS present`))[0]?.["present"]);
    if (!hasSeclabels)
        return;
    // relations (tables/views/matviews/sequences/foreign tables) + columns
    for (const row of await q(`
      SELECT sl.provider, sl.label, sl.objsubid,
             n.nspname AS schema, c.relname AS name, c.relkind AS relkind,
             a.attname AS column
      FROM pg_seclabel sl
      JOIN pg_class c ON c.oid = sl.objoid AND sl.classoid = 'pg_class'::regclass
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = sl.objsubid
      WHERE ${USER_SCHEMA_FILTER}
      ORDER BY 1, 4, 5`)) {
        const schema = String(row["schema"]);
        const relkind = String(row["relkind"]);
        if (Number(row["objsubid"]) > 0) {
            // A column label only resolves when the relation actually produces column
            // facts (tables / partitioned tables / foreign tables). A label on a VIEW
            // or matview column has no column fact to parent on; pushing it anyway made
            // buildFactBase throw missing-parent and crash extraction. Skip it here —
            // the unresolved-label diagnostic pass below reports it (strict mode blocks,
            // default mode warns). The metadata-fidelity gap stays tracked in #332.
            if (COLUMN_BEARING_RELKINDS.has(relkind)) {
                pushSeclabel({
                    kind: "column",
                    schema,
                    table: String(row["name"]),
                    name: String(row["column"]),
                }, String(row["provider"]), String(row["label"]));
            }
            continue;
        }
        const kind = LABELED_RELKINDS[relkind];
        if (kind === undefined)
            continue; // unresolved-relkind label → diagnosed below
        pushSeclabel({ kind, schema, name: String(row["name"]) }, String(row["provider"]), String(row["label"]));
    }
    // routines (functions / procedures / aggregates)
    for (const row of await q(`
      SELECT sl.provider, sl.label, n.nspname AS schema, p.proname AS name,
             p.prokind AS prokind,
             ARRAY(SELECT format_type(t.t, NULL)
                   FROM unnest(p.proargtypes) WITH ORDINALITY AS t(t, ord)
                   ORDER BY t.ord)::text[] AS args
      FROM pg_seclabel sl
      JOIN pg_proc p ON p.oid = sl.objoid AND sl.classoid = 'pg_proc'::regclass
      JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${USER_SCHEMA_FILTER}
      ORDER BY 1, 3, 4`)) {
        const prokind = String(row["prokind"]);
        pushSeclabel({
            kind: prokind === "a"
                ? "aggregate"
                : prokind === "p"
                    ? "procedure"
                    : "function",
            schema: String(row["schema"]),
            name: String(row["name"]),
            args: row["args"].map(String),
        }, String(row["provider"]), String(row["label"]));
    }
    // schemas
    for (const row of await q(`
      SELECT sl.provider, sl.label, n.nspname AS name
      FROM pg_seclabel sl
      JOIN pg_namespace n ON n.oid = sl.objoid AND sl.classoid = 'pg_namespace'::regclass
      WHERE n.nspname NOT IN ${SYSTEM_SCHEMAS} AND n.nspname NOT LIKE 'pg\\_%'
      ORDER BY 1, 3`)) {
        pushSeclabel({ kind: "schema", name: String(row["name"]) }, String(row["provider"]), String(row["label"]));
    }
    // types / domains
    for (const row of await q(`
      SELECT sl.provider, sl.label, n.nspname AS schema, t.typname AS name,
             t.typtype AS typtype
      FROM pg_seclabel sl
      JOIN pg_type t ON t.oid = sl.objoid AND sl.classoid = 'pg_type'::regclass
      JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE ${USER_SCHEMA_FILTER} AND ${modeledTypeKindSql("t")}
      ORDER BY 1, 3, 4`)) {
        pushSeclabel({
            kind: String(row["typtype"]) === "d" ? "domain" : "type",
            schema: String(row["schema"]),
            name: String(row["name"]),
        }, String(row["provider"]), String(row["label"]));
    }
    // event triggers (scoped like the event-trigger extractor: not extension-owned)
    for (const row of await q(`
      SELECT sl.provider, sl.label, e.evtname AS name
      FROM pg_seclabel sl
      JOIN pg_event_trigger e ON e.oid = sl.objoid AND sl.classoid = 'pg_event_trigger'::regclass
      WHERE ${notExtensionMember("pg_event_trigger", "e.oid")}
      ORDER BY 1, 3`)) {
        pushSeclabel({ kind: "eventTrigger", name: String(row["name"]) }, String(row["provider"]), String(row["label"]));
    }
    // publications
    for (const row of await q(`
      SELECT sl.provider, sl.label, p.pubname AS name
      FROM pg_seclabel sl
      JOIN pg_publication p ON p.oid = sl.objoid AND sl.classoid = 'pg_publication'::regclass
      WHERE ${notExtensionMember("pg_publication", "p.oid")}
      ORDER BY 1, 3`)) {
        pushSeclabel({ kind: "publication", name: String(row["name"]) }, String(row["provider"]), String(row["label"]));
    }
    // subscriptions (per-database catalog; superuser-visible)
    for (const row of await q(`
      SELECT sl.provider, sl.label, s.subname AS name
      FROM pg_seclabel sl
      JOIN pg_subscription s ON s.oid = sl.objoid AND sl.classoid = 'pg_subscription'::regclass
      ORDER BY 1, 3`)) {
        pushSeclabel({ kind: "subscription", name: String(row["name"]) }, String(row["provider"]), String(row["label"]));
    }
    // roles (shared catalog). `pg_roles` (not `pg_authid`) so a non-superuser
    // caller can read it — `pg_authid` itself is superuser-only and would throw
    // `permission denied for table pg_authid`; `pg_roles` exposes the same oid
    // + rolname surface this query needs (classoid stays `pg_authid`::regclass —
    // that is the underlying catalog `pg_seclabel`/`pg_shseclabel` rows key on).
    for (const row of await q(`
      SELECT sl.provider, sl.label, r.rolname AS name
      FROM pg_shseclabel sl
      JOIN pg_roles r ON r.oid = sl.objoid AND sl.classoid = 'pg_authid'::regclass
      WHERE r.rolname NOT LIKE 'pg\\_%'
      ORDER BY 1, 3`)) {
        pushSeclabel({ kind: "role", name: String(row["name"]) }, String(row["provider"]), String(row["label"]));
    }
    // ── unresolved-label diagnostic (stage-2 doctrine: detect, never silently
    // drop). Every pg_seclabel/pg_shseclabel row the resolver above did NOT turn
    // into a fact is a user-applied label on a target the engine cannot manage
    // (a LANGUAGE, LARGE OBJECT, DATABASE, TABLESPACE, an unmodeled pg_class
    // relkind, …). Without this, source and desired could both omit such a label
    // and the proof would pass vacuously (review P1).
    const classoidList = RESOLVED_LOCAL_CLASSOIDS.map((c) => `'${c}'::regclass`).join(", ");
    const relkindList = Object.keys(LABELED_RELKINDS)
        .map((k) => `'${k}'`)
        .join(", ");
    const columnRelkindList = [...COLUMN_BEARING_RELKINDS]
        .map((k) => `'${k}'`)
        .join(", ");
    for (const row of await q(`
      SELECT obj_class,
             count(*)::int AS count,
             (array_agg(descr ORDER BY descr))[1:5] AS samples
      FROM (
        SELECT sl.classoid::regclass::text AS obj_class,
               sl.classoid::regclass::text || ' #' || sl.objoid::text AS descr
        FROM pg_seclabel sl
        WHERE NOT (
          (sl.classoid = 'pg_class'::regclass AND EXISTS (
             SELECT 1 FROM pg_class c WHERE c.oid = sl.objoid AND (
               -- a column label resolves only on a column-bearing relkind; a
               -- view/matview column label is unresolved (no column fact)
               (sl.objsubid > 0 AND c.relkind IN (${columnRelkindList}))
               OR (sl.objsubid = 0 AND c.relkind IN (${relkindList})))))
          -- a pg_type label resolves only for a MODELED type kind; a label on a
          -- base/shell/table-rowtype pg_type is unresolved (no type fact)
          OR (sl.classoid = 'pg_type'::regclass AND EXISTS (
             SELECT 1 FROM pg_type t WHERE t.oid = sl.objoid AND ${modeledTypeKindSql("t")}))
          OR sl.classoid IN (${classoidList})
        )
        UNION ALL
        SELECT sl.classoid::regclass::text,
               sl.classoid::regclass::text || ' #' || sl.objoid::text
        FROM pg_shseclabel sl
        WHERE sl.classoid <> 'pg_authid'::regclass
      ) u
      GROUP BY obj_class
      ORDER BY obj_class`)) {
        const count = Number(row["count"]);
        const objClass = String(row["obj_class"]);
        const samples = row["samples"] ?? [];
        const more = count > samples.length ? ", …" : "";
        diagnostics.push({
            code: "unresolved_security_label",
            severity: "warning",
            message: `${count} security label${count === 1 ? "" : "s"} on unmodeled ` +
                `target${count === 1 ? "" : "s"} (${objClass}) cannot be managed by this engine ` +
                `(e.g. ${samples.join(", ")}${more}) — the label is reported, not applied`,
            context: { objClass, count, samples },
        });
    }
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/types.js

async function extractDomains(ctx) {
    const { q, pushWithMeta, pushMemberEdge, pushOwnerEdge } = ctx;
    // ── domains (+ their CHECK constraints as facts) ─────────────────────
    for (const row of await q(`
    SELECT n.nspname AS schema, t.typname AS name, r.rolname AS owner,
           format_type(t.typbasetype, t.typtypmod) AS base_type,
           t.typnotnull AS not_null, t.typdefault AS default_expr,
           CASE WHEN t.typcollation <> bt.typcollation THEN (
             SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
             FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
             WHERE co.oid = t.typcollation)
           END AS collation,
           obj_description(t.oid, 'pg_type') AS comment,
           ${aclJsonMemberAware("t.typacl", "T", "t.typowner", "pg_type", "t.oid")} AS acl,
           ${memberExtensionExpr("pg_type", "t.oid")} AS ext_member_of
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_roles r ON r.oid = t.typowner
    JOIN pg_type bt ON bt.oid = t.typbasetype
    WHERE t.typtype = 'd' AND ${USER_SCHEMA_FILTER}
    ORDER BY n.nspname, t.typname`)) {
        const id = {
            kind: "domain",
            schema: String(row["schema"]),
            name: String(row["name"]),
        };
        pushWithMeta({
            id,
            parent: schemaId(row["schema"]),
            payload: {
                baseType: String(row["base_type"]),
                notNull: Boolean(row["not_null"]),
                default: row["default_expr"] == null
                    ? null
                    : row["default_expr"],
                collation: row["collation"] == null ? null : row["collation"],
            },
        }, row, parseAcl(row["acl"]));
        pushMemberEdge(id, row);
        pushOwnerEdge(id, row["owner"]);
    }
    for (const row of await q(`
    SELECT n.nspname AS schema, t.typname AS domain, con.conname AS name,
           pg_get_constraintdef(con.oid) AS def,
           con.contype AS type, con.convalidated AS validated,
           obj_description(con.oid, 'pg_constraint') AS comment
    FROM pg_constraint con
    JOIN pg_type t ON t.oid = con.contypid
    JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE con.contypid <> 0 AND ${USER_SCHEMA_FILTER}
      AND ${notExtensionMember("pg_type", "t.oid")}
    ORDER BY n.nspname, t.typname, con.conname`)) {
        pushWithMeta({
            id: {
                kind: "constraint",
                schema: String(row["schema"]),
                table: String(row["domain"]),
                name: String(row["name"]),
            },
            parent: {
                kind: "domain",
                schema: String(row["schema"]),
                name: String(row["domain"]),
            },
            payload: {
                def: String(row["def"]),
                type: String(row["type"]),
                validated: Boolean(row["validated"]),
            },
        }, row);
    }
}
async function extractTypes(ctx) {
    const { q, facts, pushWithMeta, pushMemberEdge, pushOwnerEdge, pgMajor: major, } = ctx;
    // ── types: enums, standalone composites, ranges ──────────────────────
    for (const row of await q(`
    SELECT n.nspname AS schema, t.typname AS name, r.rolname AS owner,
           ARRAY(SELECT e.enumlabel::text FROM pg_enum e
                 WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS values,
           obj_description(t.oid, 'pg_type') AS comment,
           ${aclJsonMemberAware("t.typacl", "T", "t.typowner", "pg_type", "t.oid")} AS acl,
           ${memberExtensionExpr("pg_type", "t.oid")} AS ext_member_of
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_roles r ON r.oid = t.typowner
    WHERE t.typtype = 'e' AND ${USER_SCHEMA_FILTER}
    ORDER BY n.nspname, t.typname`)) {
        const id = {
            kind: "type",
            schema: String(row["schema"]),
            name: String(row["name"]),
        };
        pushWithMeta({
            id,
            parent: schemaId(row["schema"]),
            payload: {
                variant: "enum",
                values: row["values"].map(String),
            },
        }, row, parseAcl(row["acl"]));
        pushMemberEdge(id, row);
        pushOwnerEdge(id, row["owner"]);
    }
    for (const row of await q(`
    SELECT n.nspname AS schema, t.typname AS name, r.rolname AS owner,
           (SELECT json_agg(json_build_object(
              'name', a.attname,
              'position', a.attnum,
              'type', format_type(a.atttypid, a.atttypmod),
              'collation', CASE WHEN a.attcollation <> at.typcollation THEN (
                SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
                FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
                WHERE co.oid = a.attcollation) END
            ) ORDER BY a.attnum)
            FROM pg_attribute a
            JOIN pg_type at ON at.oid = a.atttypid
            WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) AS attrs,
           obj_description(t.oid, 'pg_type') AS comment,
           ${aclJsonMemberAware("t.typacl", "T", "t.typowner", "pg_type", "t.oid")} AS acl,
           ${memberExtensionExpr("pg_type", "t.oid")} AS ext_member_of
    FROM pg_type t
    JOIN pg_class tc ON tc.oid = t.typrelid AND tc.relkind = 'c'
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_roles r ON r.oid = t.typowner
    WHERE t.typtype = 'c' AND ${USER_SCHEMA_FILTER}
    ORDER BY n.nspname, t.typname`)) {
        const typeId = {
            kind: "type",
            schema: String(row["schema"]),
            name: String(row["name"]),
        };
        pushWithMeta({
            id: typeId,
            parent: schemaId(row["schema"]),
            payload: { variant: "composite" },
        }, row, parseAcl(row["acl"]));
        pushMemberEdge(typeId, row);
        pushOwnerEdge(typeId, row["owner"]);
        // each attribute is its own fact (granularity is one, §3.1) — enables
        // attribute-grain diffs and ALTER TYPE … RENAME ATTRIBUTE rename
        // detection. Positional IDENTITY is not desired state (attributes are
        // name-keyed, like columns), but render ORDER is — carried below as
        // `_position` (see the payload comment).
        const attrs = row["attrs"] ?? [];
        for (const a of attrs) {
            facts.push({
                id: {
                    kind: "typeAttribute",
                    schema: String(row["schema"]),
                    type: String(row["name"]),
                    name: a.name,
                },
                parent: typeId,
                // `_position` is the declared attribute position (pg_attribute.attnum).
                // Row layout — hence render order — is desired state, but positional
                // identity is not (attributes are name-keyed sub-facts, like columns),
                // so the `_`-prefix excludes it from the hash and diff (core/hash.ts,
                // core/diff.ts) while the composite CREATE TYPE rule still renders
                // attributes in this order (plan/rules/types.ts).
                payload: {
                    type: a.type,
                    collation: a.collation ?? null,
                    _position: a.position,
                },
            });
        }
    }
    // rngmultitypid (the auto-created multirange type) is PG14+; on PG13 the
    // column does not exist, so the multirange name degrades to NULL.
    const multirangeExpr = major >= 14
        ? `(SELECT quote_ident(mn.nspname) || '.' || quote_ident(mt.typname)
            FROM pg_type mt JOIN pg_namespace mn ON mn.oid = mt.typnamespace
            WHERE mt.oid = rng.rngmultitypid)`
        : `NULL::text`;
    for (const row of await q(`
    SELECT n.nspname AS schema, t.typname AS name, r.rolname AS owner,
           format_type(rng.rngsubtype, NULL) AS subtype,
           -- pin SUBTYPE_OPCLASS only when it is not the subtype's default
           -- operator class (pg_dump's rule); the default is implied by SUBTYPE
           CASE WHEN NOT opc.opcdefault THEN
             quote_ident(opcn.nspname) || '.' || quote_ident(opc.opcname)
           END AS subtype_opclass,
           CASE WHEN rng.rngcollation <> 0 THEN (
             SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
             FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
             WHERE co.oid = rng.rngcollation) END AS collation,
           CASE WHEN rng.rngsubdiff <> 0 THEN rng.rngsubdiff::regproc::text END AS subtype_diff,
           ${multirangeExpr} AS multirange_type_name,
           obj_description(t.oid, 'pg_type') AS comment,
           ${aclJsonMemberAware("t.typacl", "T", "t.typowner", "pg_type", "t.oid")} AS acl,
           ${memberExtensionExpr("pg_type", "t.oid")} AS ext_member_of
    FROM pg_range rng
    JOIN pg_type t ON t.oid = rng.rngtypid
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_roles r ON r.oid = t.typowner
    JOIN pg_opclass opc ON opc.oid = rng.rngsubopc
    JOIN pg_namespace opcn ON opcn.oid = opc.opcnamespace
    WHERE t.typtype = 'r' AND ${USER_SCHEMA_FILTER}
    ORDER BY n.nspname, t.typname`)) {
        const id = {
            kind: "type",
            schema: String(row["schema"]),
            name: String(row["name"]),
        };
        pushWithMeta({
            id,
            parent: schemaId(row["schema"]),
            payload: {
                variant: "range",
                subtype: String(row["subtype"]),
                subtypeOpclass: row["subtype_opclass"] == null
                    ? null
                    : row["subtype_opclass"],
                collation: row["collation"] == null ? null : row["collation"],
                subtypeDiff: row["subtype_diff"] == null
                    ? null
                    : row["subtype_diff"],
                multirangeTypeName: row["multirange_type_name"] == null
                    ? null
                    : row["multirange_type_name"],
            },
        }, row, parseAcl(row["acl"]));
        pushMemberEdge(id, row);
        pushOwnerEdge(id, row["owner"]);
    }
}
async function extractCollations(ctx) {
    const { q, pushWithMeta, pushMemberEdge, pushOwnerEdge } = ctx;
    // ── collations (collversion deliberately excluded from equality) ─────
    for (const row of await q(`
    SELECT n.nspname AS schema, c.collname AS name, r.rolname AS owner,
           c.collprovider AS provider, c.collisdeterministic AS deterministic,
           to_jsonb(c) AS raw,
           obj_description(c.oid, 'pg_collation') AS comment,
           ${memberExtensionExpr("pg_collation", "c.oid")} AS ext_member_of
    FROM pg_collation c
    JOIN pg_namespace n ON n.oid = c.collnamespace
    JOIN pg_roles r ON r.oid = c.collowner
    WHERE ${USER_SCHEMA_FILTER}
    ORDER BY n.nspname, c.collname`)) {
        const raw = row["raw"];
        const locale = raw["colllocale"] ??
            raw["colliculocale"] ??
            null;
        const id = {
            kind: "collation",
            schema: String(row["schema"]),
            name: String(row["name"]),
        };
        pushWithMeta({
            id,
            parent: schemaId(row["schema"]),
            payload: {
                provider: String(row["provider"]),
                deterministic: Boolean(row["deterministic"]),
                locale,
                lcCollate: raw["collcollate"] ?? null,
                lcCtype: raw["collctype"] ?? null,
            },
        }, row);
        pushMemberEdge(id, row);
        pushOwnerEdge(id, row["owner"]);
    }
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/unmodeled.js
/**
 * PostgreSQL's FirstNormalObjectId. Every object created during initdb (a
 * system built-in) has an OID below this; the live server's OID counter starts
 * here and only ever issues OIDs >= it, so `oid >= 16384` ⟺ created after
 * initdb — a user or extension object. This is the canonical system/user
 * boundary in PG 14+, which retired the old `pg_depend` deptype='p' pin rows.
 */
const FIRST_NORMAL_OID = 16384;
/** Owned by an extension (deptype 'e' on the dependent side) — the same
 *  provenance the extractor uses to exclude extension members. */
function isExtensionMember(classid, oid) {
    return `EXISTS (SELECT 1 FROM pg_depend de
    WHERE de.classid = '${classid}'::regclass
      AND de.objid = ${oid} AND de.deptype = 'e')`;
}
/**
 * Internally dependent on another object (deptype 'i' on the dependent side).
 * An internal dependent is owned outright by the object it depends on — it is
 * created alongside that object and dropped when that object is dropped, so
 * it can never be independently managed DDL. It is that object's internals,
 * not user state — reporting it as unmodeled would be a false positive as
 * long as the owning object itself is modeled.
 *
 * The canonical case is the range->multirange cast that `CREATE TYPE ... AS
 * RANGE` auto-creates: it is a `pg_cast` row registered with deptype 'i'
 * against the range type, and the modeled range type fact already covers its
 * lifecycle. Deliberately NOT 'a' (auto dependents) — those remain
 * independently droppable and so stay reportable.
 *
 * Mirrors the routine extractor's own `deptype = 'i'` anti-join
 * (extract/routines.ts), which excludes internally-dependent functions from
 * extraction for the same reason.
 */
function isInternalDependent(classid, oid) {
    return `EXISTS (SELECT 1 FROM pg_depend idep
    WHERE idep.classid = '${classid}'::regclass
      AND idep.objid = ${oid} AND idep.deptype = 'i')`;
}
const PROBES = [
    {
        kind: "cast",
        classid: "pg_cast",
        oid: "c.oid",
        name: "format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL)",
        from: "pg_cast c",
    },
    {
        kind: "operator",
        classid: "pg_operator",
        oid: "o.oid",
        name: "o.oprname",
        from: "pg_operator o",
    },
    {
        kind: "operator class",
        classid: "pg_opclass",
        oid: "opc.oid",
        name: "opc.opcname",
        from: "pg_opclass opc",
    },
    {
        kind: "operator family",
        classid: "pg_opfamily",
        oid: "opf.oid",
        name: "opf.opfname",
        from: "pg_opfamily opf",
    },
    {
        kind: "text search configuration",
        classid: "pg_ts_config",
        oid: "tc.oid",
        name: "tc.cfgname",
        from: "pg_ts_config tc",
    },
    {
        kind: "text search dictionary",
        classid: "pg_ts_dict",
        oid: "td.oid",
        name: "td.dictname",
        from: "pg_ts_dict td",
    },
    {
        kind: "text search parser",
        classid: "pg_ts_parser",
        oid: "tp.oid",
        name: "tp.prsname",
        from: "pg_ts_parser tp",
    },
    {
        kind: "text search template",
        classid: "pg_ts_template",
        oid: "tt.oid",
        name: "tt.tmplname",
        from: "pg_ts_template tt",
    },
    {
        kind: "statistics object",
        classid: "pg_statistic_ext",
        oid: "se.oid",
        name: "se.stxname",
        from: "pg_statistic_ext se",
    },
    {
        kind: "language",
        classid: "pg_language",
        oid: "l.oid",
        name: "l.lanname",
        from: "pg_language l",
        // procedural languages only — excludes the built-in internal/c/sql
        // languages (lanispl = false); plpgsql is extension-owned and so is
        // filtered by the extension-member check.
        where: "l.lanispl",
    },
    {
        kind: "transform",
        classid: "pg_transform",
        oid: "tr.oid",
        name: "format_type(tr.trftype, NULL) || ' / ' || (SELECT ll.lanname FROM pg_language ll WHERE ll.oid = tr.trflang)",
        from: "pg_transform tr",
    },
    {
        kind: "parameter ACL",
        classid: "pg_parameter_acl",
        oid: "pa.oid",
        name: "pa.parname",
        from: "pg_parameter_acl pa",
        minVersion: 15,
    },
];
function probeSql(p) {
    const filters = [
        p.where,
        `${p.oid} >= ${FIRST_NORMAL_OID}`,
        `NOT ${isExtensionMember(p.classid, p.oid)}`,
        `NOT ${isInternalDependent(p.classid, p.oid)}`,
    ].filter(Boolean);
    return `SELECT '${p.kind}'::text AS kind,
            count(*)::int AS count,
            (array_agg(nm ORDER BY nm))[1:5] AS samples
     FROM (
       SELECT ${p.name} AS nm
       FROM ${p.from}
       WHERE ${filters.join(" AND ")}
     ) s`;
}
/**
 * Scan for present-but-unmodeled USER objects, returning one `unmodeled_kind`
 * warning per kind found. Runs ONE union query so it shares the caller's
 * snapshot and costs a single round-trip; the per-kind probes stay declarative
 * (add a row to `PROBES` to cover a newly relevant kind).
 *
 * `major` is the server's major version (`ExtractContext.pgMajor`) — callers
 * probe this once per extraction and thread it through rather than each
 * unmodeled/version-gated builder re-probing `server_version_num` itself.
 */
async function detectUnmodeledKinds(client, major) {
    const activeProbes = PROBES.filter((p) => p.minVersion === undefined || major >= p.minVersion);
    const sql = activeProbes.map(probeSql).join("\nUNION ALL\n");
    const { rows } = await client.query(sql);
    const diagnostics = [];
    for (const row of rows) {
        if (row.count <= 0)
            continue;
        const samples = row.samples ?? [];
        const more = row.count > samples.length ? ", …" : "";
        diagnostics.push({
            code: "unmodeled_kind",
            severity: "warning",
            message: `${row.count} unmodeled "${row.kind}" object${row.count === 1 ? "" : "s"} ` +
                `not managed by this engine (e.g. ${samples.join(", ")}${more}) — ` +
                `v1 detects but does not model this kind`,
            context: { kind: row.kind, count: row.count, samples },
        });
    }
    return diagnostics;
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/extract/extract.js














// re-exported for the public API surface (src/index.ts and the test suite)

async function extract(pool, options = {}) {
    const client = await pool.connect();
    try {
        await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        // Canonicalize the deparse path (pg_dump convention, post-CVE-2018-1058):
        // `format_type` and every `pg_get_*def` / `pg_get_expr` path-relativizes
        // names, so anything visible on the session `search_path` comes back
        // UNQUALIFIED. Pinning to `pg_catalog` forces every non-catalog reference to
        // be schema-qualified, so the SAME catalog hashes identically regardless of
        // the database's / role's / connection's default path. SET LOCAL scopes it
        // to this transaction and is discarded on COMMIT/ROLLBACK, so pooled
        // connections are untouched.
        await client.query("SET LOCAL search_path TO 'pg_catalog'");
        // Opt-in per-statement budget: a runaway catalog query on a pathological
        // schema aborts with an actionable ExtractionTimeoutError (see scope.ts q())
        // instead of hanging. Default is unlimited — never abort a legitimate
        // large extraction unless the caller asked for a budget.
        if (options.statementTimeoutMs !== undefined) {
            await client.query(`SET LOCAL statement_timeout = ${Math.max(0, Math.floor(options.statementTimeoutMs))}`);
        }
        const result = await extractOnClient(client, options.source ?? "liveDb", options.statementTimeoutMs, options.handlers ?? [], options.redactSecrets ?? true);
        await client.query("COMMIT");
        return result;
    }
    catch (error) {
        await client.query("ROLLBACK").catch(() => { });
        throw error;
    }
    finally {
        client.release();
    }
}
async function extractOnClient(client, source, statementTimeoutMs, handlers, redactSecrets) {
    const ctx = await createExtractContext(client, statementTimeoutMs, redactSecrets);
    // JIT is pure per-execution overhead for catalog extraction — the
    // dependency-resolver query's cost estimate trips `jit_above_cost` and
    // re-emits hundreds of functions on every run. `jit` is PGC_USERSET (works
    // for non-superusers) and SET LOCAL / set_config(..., true) scopes it to
    // this transaction. On PG >= 15, guard it behind `has_parameter_privilege`
    // (added alongside parameter ACLs in 15) rather than a bare
    // `SET LOCAL jit = off`: a failed statement poisons the WHOLE transaction
    // (a JS try/catch cannot undo that without a SAVEPOINT), so this must never
    // be able to error — this optimization is not worth risking the rest of
    // extraction. `has_parameter_privilege` never throws, and the WHERE clause
    // makes `set_config` a no-op (0 rows) rather than an error when it returns
    // false, so this is structurally safe regardless of privilege state.
    // (In practice PostgreSQL's own parameter-ACL machinery does not gate
    // PGC_USERSET params like `jit` at the actual SET call site — only
    // `has_parameter_privilege` reflects the ACL, per a postgres-hackers note —
    // so a real `REVOKE SET ON PARAMETER jit FROM PUBLIC` cannot currently
    // reproduce a permission error here. `has_parameter_privilege` IS false by
    // default for any non-superuser though, so this guard still means a
    // non-superuser extraction silently skips the jit-disable rather than
    // depending on that runtime quirk, and it costs nothing if the quirk is
    // ever tightened. See tests/extract-jit-off.test.ts for the detail.)
    // PG 14 has neither `has_parameter_privilege` nor parameter ACLs, so the
    // plain SET LOCAL is used there unconditionally.
    await client.query(ctx.pgMajor >= 15
        ? "SELECT set_config('jit', 'off', true) WHERE has_parameter_privilege(current_user, 'jit', 'SET')"
        : "SET LOCAL jit = off");
    // Explicit, loud opt-out: disabling redaction means real credentials flow
    // into plan SQL, snapshot, export, the plan artifact, and the fingerprint.
    // Surface it as a warning so it is never silent.
    if (!redactSecrets) {
        ctx.diagnostics.push({
            code: "secret-redaction-disabled",
            severity: "warning",
            message: "Secret redaction is DISABLED: foreign-data option values and subscription conninfo are emitted in cleartext in plan SQL, the catalog snapshot, declarative export, and the plan artifact. Do not persist these artifacts to untrusted locations.",
        });
    }
    const pgVersion = ctx.serverVersion;
    // The call order IS the extraction order: facts / edges / diagnostics are
    // accumulated in `ctx` in the order these run, so this sequence is preserved
    // exactly from the pre-split single-function extractor.
    await extractRolesAndGrants(ctx);
    await extractSchemasAndExtensions(ctx);
    await extractTables(ctx);
    await extractColumns(ctx);
    await extractTableConstraints(ctx);
    await extractIndexes(ctx);
    await extractSequences(ctx);
    await extractViews(ctx);
    await extractRoutines(ctx);
    await extractTriggers(ctx);
    await extractPolicies(ctx);
    await extractDomains(ctx);
    await extractTypes(ctx);
    await extractCollations(ctx);
    await extractEventTriggers(ctx);
    await extractRules(ctx);
    await extractAggregates(ctx);
    await extractForeign(ctx);
    await extractPublications(ctx);
    await extractSubscriptions(ctx);
    await extractSecurityLabels(ctx);
    await extractInheritanceEdges(ctx);
    await extractDependencyEdges(ctx);
    // drop metadata satellites whose target was filtered (Item 4a) before
    // building — a satellite with a missing target would otherwise throw
    const pruned = pruneOrphanedSatellites(ctx.facts);
    ctx.diagnostics.push(...pruned.diagnostics);
    let factBase = (0,fact/* buildFactBase */.kb)(pruned.facts, ctx.edges, source);
    // Extension handlers run HERE — on the same snapshot-bound client, inside the
    // still-open REPEATABLE READ transaction (extract() COMMITs only after this
    // returns). Handler queries therefore see the exact snapshot core extraction
    // saw, so the `managedBy` edges they emit line up with the core fact base
    // even under concurrent DDL / partition creation. The handler context exposes
    // only the timeout-aware query runner, not the catalog push helpers — handlers
    // contribute their own facts/edges, they do not mutate the core buffers.
    if (handlers.length > 0) {
        const handlerCtx = { query: ctx.q };
        const extraFacts = [];
        const extraEdges = [];
        const extraDiagnostics = [];
        for (const handler of handlers) {
            const captured = await handler.capture(handlerCtx, factBase);
            extraFacts.push(...captured.facts);
            extraEdges.push(...captured.edges);
            if (captured.diagnostics)
                extraDiagnostics.push(...captured.diagnostics);
        }
        if (extraFacts.length > 0 || extraEdges.length > 0) {
            factBase = (0,fact/* buildFactBase */.kb)([...factBase.facts(), ...extraFacts], [...factBase.edges, ...extraEdges], source);
        }
        // handler diagnostics ride on the fact base itself — `plan()` reads
        // `rawDesired.diagnostics` to gate a desired-side unkeyed-intent (an unnamed
        // pg_cron job that can never converge). Pushed before line ~221 copies
        // factBase.diagnostics into ctx.diagnostics, so they also reach
        // ExtractResult.diagnostics for CLI rendering.
        factBase.diagnostics.push(...extraDiagnostics);
    }
    // Diagnostics a query-family builder flagged as needing to ride on the
    // FactBase itself (e.g. a skipped user-mapping fact `plan()` must gate
    // against — see ExtractContext.factDiagnostics). MUST be pushed AFTER the
    // handler block above, not before: when a handler contributes facts/edges,
    // `factBase` is REASSIGNED to a fresh instance with an empty `.diagnostics`
    // array (buildFactBase never carries diagnostics over), so pushing here
    // first would silently orphan them for exactly the integration-profile
    // (Supabase / handler-bearing) callers plan()'s gate most needs to protect.
    // A handler's capture() therefore sees the PRE-rebuild base without these —
    // harmless today since no handler inspects diagnostics. Folded into
    // `ctx.diagnostics` by the copy below, same as handler diagnostics.
    factBase.diagnostics.push(...ctx.factDiagnostics);
    // dangling edges (e.g. references to unextracted kinds) become diagnostics
    ctx.diagnostics.push(...factBase.diagnostics);
    // catalog completeness: user objects in kinds we don't model are reported,
    // never silently missed (review finding 1). Same snapshot, one round-trip.
    ctx.diagnostics.push(...(await detectUnmodeledKinds(client, ctx.pgMajor)));
    return { factBase, pgVersion, diagnostics: ctx.diagnostics };
}


/***/ }),

/***/ 5346:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ SUBSCRIPTION_CONNINFO_PLACEHOLDER),
/* harmony export */   j: () => (/* binding */ redactOptionStrings)
/* harmony export */ });
/**
 * Sensitive-value redaction for foreign-data objects and subscriptions.
 *
 * Foreign-data wrappers (`pg_foreign_data_wrapper.fdwoptions`), servers
 * (`pg_foreign_server.srvoptions`), user mappings (`pg_user_mapping.umoptions`),
 * foreign tables (`pg_foreign_table.ftoptions`), and subscriptions
 * (`pg_subscription.subconninfo`) all store libpq/FDW credentials in cleartext.
 * Any code path that emits these verbatim — plan SQL, catalog snapshots
 * (and thus the fingerprint digest computed over them), declarative export,
 * and the serialized plan artifact — would leak credentials to disk, stdout,
 * CI logs, and version control.
 *
 * Redaction happens HERE, at extract time, so the placeholder propagates
 * uniformly to every downstream channel via the fact base. A useful
 * side-effect: a change to only a secret value redacts identically on both
 * sides of the diff, so it produces no spurious ALTER (env-dependent
 * credentials are not "drift").
 *
 * Option redaction is **allowlist-based**: a value is replaced with
 * `__OPTION_<KEY>__` unless its key is in {@link SAFE_OPTION_KEYS}. The
 * failure mode of a missing entry is "the plan shows a placeholder instead of
 * the real value" — annoying but safe; a denylist's failure mode is a leaked
 * secret, which is the bug this prevents. Match is case-insensitive but exact:
 * a key like `password_validator_extension` redacts unless explicitly listed.
 */
const SAFE_OPTION_KEYS = new Set([
    // libpq connection params (non-credential subset).
    //   https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "sslmode",
    "sslcompression",
    "sslcert",
    "sslkey",
    "sslrootcert",
    "sslcrl",
    "sslcrldir",
    "sslsni",
    "requirepeer",
    "krbsrvname",
    "gsslib",
    "sspi",
    "gssencmode",
    "gssdelegation",
    "channel_binding",
    "target_session_attrs",
    // names a pg_service.conf connection-service entry — a reference, not a
    // credential (the real host/user/password live in that file). Must stay
    // visible so a service-name change is a real diff and export/plan-from-empty
    // preserves it instead of emitting `service=__OPTION_SERVICE__`.
    "service",
    "application_name",
    "fallback_application_name",
    "connect_timeout",
    "client_encoding",
    "options",
    "keepalives",
    "keepalives_idle",
    "keepalives_interval",
    "keepalives_count",
    "tcp_user_timeout",
    "replication",
    "load_balance_hosts",
    // postgres_fdw behavior tuning.
    //   https://www.postgresql.org/docs/current/postgres-fdw.html#POSTGRES-FDW-OPTIONS-CONNECTION
    "use_remote_estimate",
    "fdw_startup_cost",
    "fdw_tuple_cost",
    "fetch_size",
    "batch_size",
    "async_capable",
    "analyze_sampling",
    "parallel_commit",
    "parallel_abort",
    // postgres_fdw user-mapping behavior flag (non-credential): documented as a
    // normal option; `password_required=false` lets a non-superuser mapping
    // connect without a password. Must stay visible so the diff and
    // export/plan-from-empty preserve this security-relevant setting.
    "password_required",
    "extensions",
    "updatable",
    "truncatable",
    "schema_name",
    "table_name",
    "column_name",
    // Common shape for table-like FDWs (file_fdw, cloud-storage wrappers).
    "schema",
    "database",
    "table",
    "format",
    "header",
    "delimiter",
    "quote",
    "escape",
    "encoding",
    "compression",
    // file_fdw's remaining non-secret COPY-shaped options.
    //   https://www.postgresql.org/docs/current/file-fdw.html
    //   `filename`/`program` name the data source (a path / shell command, not a
    //   credential); `null`/`force_not_null`/`force_null` are COPY formatting
    //   knobs. Redacting `filename` in particular makes a default-redacted export
    //   create a foreign table pointing at the literal `__OPTION_FILENAME__`,
    //   which converges while every query fails.
    "filename",
    "program",
    "null",
    "force_not_null",
    "force_null",
    // Cloud / Supabase Wrappers non-credential shape.
    //   https://github.com/supabase/wrappers
    "region",
    "endpoint",
    "bucket",
    "prefix",
    "location",
    "project_id",
    "dataset_id",
    "dataset",
    "workspace",
    "organization",
    "api_version",
]);
/**
 * Subscription conninfo is fully environment-dependent (host, port, dbname,
 * user, password all differ per environment and the password is a secret), so
 * the entire string is replaced with a fixed placeholder rather than redacted
 * field-by-field. This keeps it out of every output channel AND makes
 * conninfo-only changes invisible to the diff.
 */
const SUBSCRIPTION_CONNINFO_PLACEHOLDER = "host=__CONN_HOST__ port=__CONN_PORT__ dbname=__CONN_DBNAME__ user=__CONN_USER__ password=__CONN_PASSWORD__";
/**
 * Redact one `key=value` option string (the shape stored in `pg_*options`
 * arrays and consumed by `splitOption` in the plan renderer). Splits on the
 * first `=` so values containing `=` survive intact.
 */
function redactOptionString(opt) {
    const i = opt.indexOf("=");
    if (i === -1)
        return opt; // valueless option (shouldn't happen) — leave as-is
    const key = opt.slice(0, i);
    if (SAFE_OPTION_KEYS.has(key.toLowerCase()))
        return opt;
    return `${key}=__OPTION_${key.toUpperCase()}__`;
}
/** Redact every non-allowlisted value in a `key=value` options array. */
function redactOptionStrings(options) {
    return options.map(redactOptionString);
}


/***/ })

};
