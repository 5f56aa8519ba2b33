export const id = 830;
export const ids = [830];
export const modules = {

/***/ "file 4b84b17246eb037c2865.js":
/***/ ((module, __unused_webpack_exports, __webpack_require__) => {

module.exports = __webpack_require__.p + "4b84b17246eb037c2865.js?./baselines/";

/***/ }),

/***/ 9980:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ diff),
/* harmony export */   e: () => (/* binding */ subjectOf)
/* harmony export */ });
/* harmony import */ var _hash_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2335);
/* harmony import */ var _stable_id_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5684);


function edgeKey(e) {
    return `${(0,_stable_id_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeId */ .md)(e.from)}|${e.kind}|${(0,_stable_id_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeId */ .md)(e.to)}`;
}
function diff(a, b) {
    const deltas = [];
    // Facts present for reference only (managed-view projection of a policy's
    // assumedSchemas): kept so dependents resolve, but never diffed. Skip a fact's
    // OWN deltas (and edges) when it is reference-only on EITHER side, while still
    // descending into its children — a managed object (a user trigger) can be a
    // child of a reference-only parent (the platform `auth.users`).
    const isReferenceOnly = (id) => {
        const key = (0,_stable_id_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeId */ .md)(id);
        return a.referenceOnly.has(key) || b.referenceOnly.has(key);
    };
    const emitSubtree = (fb, fact, verb) => {
        if (!isReferenceOnly(fact.id)) {
            deltas.push(verb === "add" ? { verb, fact } : { verb, fact });
            // Emit edge deltas for the (dis)appearing fact too, mirroring compareFact
            // for changed facts: an added subtree's outgoing edges are new `link`s, a
            // removed subtree's are `unlink`s. Edge-driven actions (e.g. owner →
            // ALTER … OWNER TO, move 2) must fire on create/drop, not only on change.
            for (const edge of fb.outgoingEdges(fact.id)) {
                deltas.push(verb === "add" ? { verb: "link", edge } : { verb: "unlink", edge });
            }
        }
        for (const child of fb.childrenOf(fact.id))
            emitSubtree(fb, child, verb);
    };
    const compareFact = (id) => {
        if (isReferenceOnly(id))
            return; // present for reference, never diffed
        const factA = a.get(id);
        const factB = b.get(id);
        if (factA && factB) {
            // payload attributes
            if (a.hashOf(id) !== b.hashOf(id)) {
                const keys = new Set([
                    ...Object.keys(factA.payload),
                    ...Object.keys(factB.payload),
                ]);
                for (const attr of [...keys].sort()) {
                    // keys starting with `_` are non-semantic metadata (see hash.ts):
                    // extraction-only / version-dependent values carried for the planner,
                    // never diffed — they have no attribute rule and would otherwise throw.
                    if (attr.startsWith("_"))
                        continue;
                    const from = factA.payload[attr];
                    const to = factB.payload[attr];
                    const fromC = from === undefined ? " absent" : (0,_hash_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalize */ .dw)(from);
                    const toC = to === undefined ? " absent" : (0,_hash_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalize */ .dw)(to);
                    if (fromC !== toC)
                        deltas.push({ verb: "set", id, attr, from, to });
                }
            }
            // outgoing edges
            const edgesA = new Map(a.outgoingEdges(id).map((e) => [edgeKey(e), e]));
            const edgesB = new Map(b.outgoingEdges(id).map((e) => [edgeKey(e), e]));
            for (const [key, edge] of edgesA) {
                if (!edgesB.has(key))
                    deltas.push({ verb: "unlink", edge });
            }
            for (const [key, edge] of edgesB) {
                if (!edgesA.has(key))
                    deltas.push({ verb: "link", edge });
            }
        }
    };
    const compareSubtree = (id) => {
        const inA = a.has(id);
        const inB = b.has(id);
        if (inA && inB && a.rollupOf(id) === b.rollupOf(id))
            return; // skip subtree
        if (inA && !inB) {
            emitSubtree(a, a.get(id), "remove");
            return;
        }
        if (!inA && inB) {
            emitSubtree(b, b.get(id), "add");
            return;
        }
        compareFact(id);
        const childIds = new Map();
        if (inA)
            for (const c of a.childrenOf(id))
                childIds.set((0,_stable_id_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeId */ .md)(c.id), c.id);
        if (inB)
            for (const c of b.childrenOf(id))
                childIds.set((0,_stable_id_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeId */ .md)(c.id), c.id);
        for (const childId of childIds.values())
            compareSubtree(childId);
    };
    const rootIds = new Map();
    for (const r of a.roots())
        rootIds.set((0,_stable_id_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeId */ .md)(r.id), r.id);
    for (const r of b.roots())
        rootIds.set((0,_stable_id_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeId */ .md)(r.id), r.id);
    for (const id of rootIds.values())
        compareSubtree(id);
    // Decorate-sort-undecorate: `sortKey` builds a string via `encodeId`, and a
    // bare comparator recomputes it O(n log n) times. Keys are computed once
    // here. The comparator also returns 0 on equality (the previous `< ? -1 : 1`
    // form was inconsistent for equal keys, so ties resolved arbitrarily); ties
    // now keep emission order, which is the deterministic descent order.
    const keyed = deltas.map((delta) => ({ key: sortKey(delta), delta }));
    keyed.sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : 0));
    return keyed.map((entry) => entry.delta);
}
/** The StableId a delta is "about" — the fact for add/remove, the id carried
 *  by a set, or the edge's `from` for link/unlink. Exported so a consumer
 *  outside the differ (e.g. `plan()`'s unreadable-user-mapping gate) can match
 *  deltas against a subject without re-deriving this per verb. */
function subjectOf(d) {
    switch (d.verb) {
        case "add":
        case "remove":
            return d.fact.id;
        case "set":
            return d.id;
        case "link":
        case "unlink":
            return d.edge.from;
    }
}
function sortKey(d) {
    const attr = d.verb === "set"
        ? d.attr
        : d.verb === "link" || d.verb === "unlink"
            ? edgeKey(d.edge)
            : "";
    return `${(0,_stable_id_js__WEBPACK_IMPORTED_MODULE_0__/* .encodeId */ .md)(subjectOf(d))}|${d.verb}|${attr}`;
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


/***/ }),

/***/ 4830:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  ENGINE_VERSION: () => (/* binding */ ENGINE_VERSION),
  parsePlan: () => (/* reexport */ parsePlan),
  plan: () => (/* binding */ plan),
  serializePlan: () => (/* reexport */ serializePlan)
});

// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/diagnostic.js
var diagnostic = __webpack_require__(4260);
// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/diff.js
var diff = __webpack_require__(9980);
// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/stable-id.js
var stable_id = __webpack_require__(5684);
// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/hash.js
var hash = __webpack_require__(2335);
// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/fact.js
var fact = __webpack_require__(4441);
;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/render.js
function qid(name) {
    return `"${name.replaceAll('"', '""')}"`;
}
function lit(value) {
    return `'${value.replaceAll("'", "''")}'`;
}
function rel(schema, name) {
    return `${qid(schema)}.${qid(name)}`;
}
function routineSig(id) {
    return `${rel(id.schema, id.name)}(${id.args.join(", ")})`;
}
/** SQL identity phrase for COMMENT ON / GRANT targets, per target kind.
 *  `opts.domainConstraint` selects the `ON DOMAIN …` form for a constraint that
 *  belongs to a domain (the id shape is identical to a table constraint). */
function commentTarget(id, opts) {
    switch (id.kind) {
        case "schema":
            return `SCHEMA ${qid(id.name)}`;
        case "table":
            return `TABLE ${rel(id.schema, id.name)}`;
        case "view":
            return `VIEW ${rel(id.schema, id.name)}`;
        case "materializedView":
            return `MATERIALIZED VIEW ${rel(id.schema, id.name)}`;
        case "sequence":
            return `SEQUENCE ${rel(id.schema, id.name)}`;
        case "index":
            return `INDEX ${rel(id.schema, id.name)}`;
        case "column":
            return `COLUMN ${rel(id.schema, id.table)}.${qid(id.name)}`;
        case "constraint":
            return opts?.domainConstraint
                ? `CONSTRAINT ${qid(id.name)} ON DOMAIN ${rel(id.schema, id.table)}`
                : `CONSTRAINT ${qid(id.name)} ON ${rel(id.schema, id.table)}`;
        case "trigger":
            return `TRIGGER ${qid(id.name)} ON ${rel(id.schema, id.table)}`;
        case "policy":
            return `POLICY ${qid(id.name)} ON ${rel(id.schema, id.table)}`;
        case "function":
            return `FUNCTION ${routineSig(id)}`;
        case "procedure":
            return `PROCEDURE ${routineSig(id)}`;
        case "aggregate":
            // A zero-argument aggregate's signature is `(*)`, not `()` — PostgreSQL
            // requires COMMENT ON / SECURITY LABEL ON AGGREGATE name(*). An ordered-set
            // / hypothetical-set aggregate must be addressed as
            // `direct ORDER BY ordered`; the caller resolves that via the aggregate
            // fact's `aggSig` and passes it as `opts.aggregateSignature` (undefined
            // for ordinary aggregates, whose flat arg list is the correct signature).
            return `AGGREGATE ${rel(id.schema, id.name)}(${opts?.aggregateSignature ??
                (id.args.length > 0 ? id.args.join(", ") : "*")})`;
        case "extension":
            return `EXTENSION ${qid(id.name)}`;
        case "role":
            return `ROLE ${qid(id.name)}`;
        case "domain":
            return `DOMAIN ${rel(id.schema, id.name)}`;
        case "type":
            return `TYPE ${rel(id.schema, id.name)}`;
        case "collation":
            return `COLLATION ${rel(id.schema, id.name)}`;
        case "foreignTable":
            return `FOREIGN TABLE ${rel(id.schema, id.name)}`;
        case "rule":
            return `RULE ${qid(id.name)} ON ${rel(id.schema, id.table)}`;
        case "eventTrigger":
            return `EVENT TRIGGER ${qid(id.name)}`;
        case "publication":
            return `PUBLICATION ${qid(id.name)}`;
        case "subscription":
            return `SUBSCRIPTION ${qid(id.name)}`;
        case "fdw":
            return `FOREIGN DATA WRAPPER ${qid(id.name)}`;
        case "server":
            return `SERVER ${qid(id.name)}`;
        default:
            throw new Error(`commentTarget: unsupported kind ${id.kind}`);
    }
}
/** GRANT/REVOKE object phrase per target kind. */
function grantTarget(id) {
    switch (id.kind) {
        case "table":
        case "view":
        case "materializedView":
            return `TABLE ${rel(id.schema, id.name)}`;
        case "sequence":
            return `SEQUENCE ${rel(id.schema, id.name)}`;
        case "schema":
            return `SCHEMA ${qid(id.name)}`;
        case "procedure":
            return `PROCEDURE ${routineSig(id)}`;
        case "function":
        // aggregates are granted via the FUNCTION form (there is no
        // GRANT ... ON AGGREGATE in PostgreSQL's privilege grammar).
        case "aggregate":
            return `FUNCTION ${routineSig(id)}`;
        case "domain":
        case "type":
            return `TYPE ${rel(id.schema, id.name)}`;
        case "foreignTable":
            return `TABLE ${rel(id.schema, id.name)}`;
        case "fdw":
            return `FOREIGN DATA WRAPPER ${qid(id.name)}`;
        case "server":
            return `FOREIGN SERVER ${qid(id.name)}`;
        default:
            throw new Error(`grantTarget: unsupported kind ${id.kind}`);
    }
}
/** "k=v" option strings (as stored in pg_*options) → OPTIONS clause pieces. */
function splitOption(opt) {
    const i = opt.indexOf("=");
    return i === -1 ? [opt, ""] : [opt.slice(0, i), opt.slice(i + 1)];
}
function optionsClause(options) {
    if (options.length === 0)
        return "";
    const parts = options.map((opt) => {
        const [key, value] = splitOption(opt);
        return `${qid(key)} ${lit(value)}`;
    });
    return ` OPTIONS (${parts.join(", ")})`;
}
/** ALTER … OPTIONS (ADD/SET/DROP …) clause from old vs new option lists. */
function alterOptionsClause(oldOptions, newOptions) {
    const oldMap = new Map(oldOptions.map(splitOption));
    const newMap = new Map(newOptions.map(splitOption));
    const parts = [];
    for (const [key, value] of newMap) {
        if (!oldMap.has(key))
            parts.push(`ADD ${qid(key)} ${lit(value)}`);
        else if (oldMap.get(key) !== value)
            parts.push(`SET ${qid(key)} ${lit(value)}`);
    }
    for (const key of oldMap.keys()) {
        if (!newMap.has(key))
            parts.push(`DROP ${qid(key)}`);
    }
    return `OPTIONS (${parts.join(", ")})`;
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/helpers.js


const TEXT_ENCODER = new TextEncoder();
/** UTF-8 byte length of a string. Runtime-agnostic (no `Buffer`), so it works
 *  identically in Bun / Node / Deno — used where PostgreSQL's byte-based
 *  identifier limit (NAMEDATALEN) matters, not the JS UTF-16 code-unit length. */
function byteLength(s) {
    return TEXT_ENCODER.encode(s).length;
}
/** Clip `s` to at most `maxBytes` UTF-8 bytes WITHOUT splitting a code point, so
 *  the result is an identifier PostgreSQL will store verbatim (never itself
 *  truncate). Iterates by code point (`for…of`), never by UTF-16 unit. */
function clipToByteLength(s, maxBytes) {
    if (maxBytes <= 0)
        return "";
    if (byteLength(s) <= maxBytes)
        return s;
    let out = "";
    let used = 0;
    for (const ch of s) {
        const chBytes = byteLength(ch);
        if (used + chBytes > maxBytes)
            break;
        out += ch;
        used += chBytes;
    }
    return out;
}
/** Most renames are `<ALTER prefix> RENAME TO <new name>`. */
function renameRule(alterPrefix) {
    return (fact, to) => ({
        sql: `${alterPrefix(fact)} RENAME TO ${qid(to.name)}`,
    });
}
const str = (v) => {
    if (v === null || v === undefined || typeof v === "object") {
        throw new Error(`rule rendering: expected a scalar, got ${JSON.stringify(v)}`);
    }
    return String(v);
};
function p(fact, key) {
    return fact.payload[key];
}
/** The `depends` edge targets of `id` in `view` — the objects the fact's
 *  definition references. A routine's def-alter (CREATE OR REPLACE) consumes
 *  these so it is ordered AFTER their creates: a BEGIN ATOMIC body is parsed and
 *  dependency-checked at replace time. plpgsql / quoted-string bodies are not
 *  (check_function_bodies=off in the preamble) and record no such edges, so this
 *  is exactly the set that needs ordering. Consuming an id nothing in-plan
 *  produces is harmless — no ordering edge is added. */
function dependencyConsumes(view, id) {
    return view
        .outgoingEdges(id)
        .filter((e) => e.kind === "depends")
        .map((e) => e.to);
}
/** ` WITH (k=v, …)` clause from a fact's `reloptions` payload (the canonical
 *  sorted `key=value` array captured from pg_class.reloptions), or "" when the
 *  relation carries no storage/view options. */
function reloptionsWithClause(fact) {
    const opts = p(fact, "reloptions");
    return opts != null && opts.length > 0 ? ` WITH (${opts.join(", ")})` : "";
}
/** `<prefix> SET (…)` / `<prefix> RESET (…)` specs for a reloptions transition.
 *  Emits SET for keys whose value was added or changed and RESET for keys that
 *  disappeared — the in-place form for both views (security_invoker, …) and
 *  tables (fillfactor, autovacuum_*, …) so an options-only change is no longer
 *  invisible (it used to hash identically and plan nothing). */
function reloptionsAlterSpecs(alterPrefix, from, to) {
    const fromMap = new Map(from?.map(splitOption) ?? []);
    const toMap = new Map(to?.map(splitOption) ?? []);
    const setParts = [];
    for (const [key, value] of toMap) {
        if (fromMap.get(key) !== value)
            setParts.push(`${key}=${value}`);
    }
    const resetKeys = [];
    for (const key of fromMap.keys()) {
        if (!toMap.has(key))
            resetKeys.push(key);
    }
    const specs = [];
    if (setParts.length > 0) {
        specs.push({ sql: `${alterPrefix} SET (${setParts.join(", ")})` });
    }
    if (resetKeys.length > 0) {
        specs.push({ sql: `${alterPrefix} RESET (${resetKeys.join(", ")})` });
    }
    return specs;
}
/** true when `partial` appears in `full` in order (possibly with gaps) */
function isSubsequence(partial, full) {
    let i = 0;
    for (const value of full) {
        if (i < partial.length && value === partial[i])
            i++;
    }
    return i === partial.length;
}
/** Role attribute keyword map (CREATE ROLE / ALTER ROLE flags). */
const ROLE_FLAGS = {
    superuser: ["SUPERUSER", "NOSUPERUSER"],
    inherit: ["INHERIT", "NOINHERIT"],
    createRole: ["CREATEROLE", "NOCREATEROLE"],
    createDb: ["CREATEDB", "NOCREATEDB"],
    login: ["LOGIN", "NOLOGIN"],
    replication: ["REPLICATION", "NOREPLICATION"],
    bypassRls: ["BYPASSRLS", "NOBYPASSRLS"],
};
function roleFlagSql(payload) {
    return Object.entries(ROLE_FLAGS)
        .map(([key, [on, off]]) => (payload[key] ? on : off))
        .join(" ");
}
function identityGeneration(value) {
    if (value == null)
        return null;
    return value.generation;
}
function identitySequenceId(value) {
    if (value == null)
        return null;
    const sequence = value.sequence;
    if (sequence == null)
        return null;
    return { kind: "sequence", schema: sequence.schema, name: sequence.name };
}
function identityOptions(value) {
    if (value == null)
        return null;
    return value.options ?? null;
}
/** Type-derived max for the implicit identity sequence; null for a type we
 *  don't recognise (then any captured options are treated as non-default and
 *  rendered explicitly, which is always safe). */
const IDENTITY_TYPE_MAX = {
    smallint: "32767",
    integer: "2147483647",
    bigint: "9223372036854775807",
};
/** true when an identity column's type change NARROWS its value range (the new
 *  type's max is strictly below the old one's). Used to position the identity
 *  bounds relative to the `ALTER COLUMN … TYPE`: narrowing must set the bounds
 *  FIRST (an explicit bound that overflows the new type makes the retype itself
 *  fail — "MAXVALUE … is out of range for sequence data type integer"), while
 *  widening must set them AFTER (the desired values need not fit the old type).
 *  Returns false when either type is unmapped, keeping the widening/after
 *  behavior as the conservative default. Maxima reach
 *  9223372036854775807, past Number's safe-integer range, so compare with
 *  BigInt. */
function isNarrowingIdentityTypeChange(fromType, toType) {
    const fromMax = IDENTITY_TYPE_MAX[fromType];
    const toMax = IDENTITY_TYPE_MAX[toType];
    if (fromMax === undefined || toMax === undefined)
        return false;
    return BigInt(toMax) < BigInt(fromMax);
}
/** true when the identity sequence carries exactly the parameters PostgreSQL
 *  picks for a bare `GENERATED … AS IDENTITY` of the given column type, so the
 *  clause can stay bare (no churn for ordinary identity columns). */
function isDefaultIdentityOptions(options, columnType) {
    return (options.increment === "1" &&
        options.start === "1" &&
        options.minValue === "1" &&
        options.cache === "1" &&
        options.cycle === false &&
        options.maxValue === IDENTITY_TYPE_MAX[columnType]);
}
/** The name PostgreSQL auto-derives for an identity column's implicit backing
 *  sequence: `<table>_<column>_seq` (in the table's own schema). */
function defaultIdentitySequenceName(table, column) {
    return `${table}_${column}_seq`;
}
/** ` SEQUENCE NAME "<schema>"."<name>"` when the backing sequence's name (or
 *  schema) differs from PostgreSQL's `<table>_<column>_seq` default — the
 *  sequence was renamed or created via `SEQUENCE NAME`. Returns "" for the
 *  ordinary default-named case so exports stay minimal. Truncation/collision
 *  edge cases produce a name that never equals the naive default, so they
 *  always emit the clause — verbose but always valid, never a wrong-name
 *  round-trip. */
function identitySequenceNameClause(value, ref) {
    if (value == null)
        return "";
    const sequence = value.sequence;
    if (sequence == null)
        return "";
    const isDefault = sequence.schema === ref.schema &&
        sequence.name === defaultIdentitySequenceName(ref.table, ref.column);
    return isDefault
        ? ""
        : `SEQUENCE NAME ${rel(sequence.schema, sequence.name)}`;
}
/** ` (SEQUENCE NAME … INCREMENT BY … MINVALUE … …)` for an identity sequence
 *  with a non-default name and/or parameters, or "" when the name is the
 *  `<table>_<column>_seq` default and the parameters are the type defaults.
 *  `SEQUENCE NAME` is a valid identity option and PostgreSQL accepts it first
 *  in the list (pg_dump renders it the same way). */
function identityOptionsClause(options, columnType, sequenceNameClause = "") {
    const parts = [];
    if (sequenceNameClause)
        parts.push(sequenceNameClause);
    if (options != null && !isDefaultIdentityOptions(options, columnType)) {
        parts.push(`INCREMENT BY ${options.increment}`, `MINVALUE ${options.minValue}`, `MAXVALUE ${options.maxValue}`, `START WITH ${options.start}`, `CACHE ${options.cache}`, options.cycle ? "CYCLE" : "NO CYCLE");
    }
    return parts.length === 0 ? "" : ` (${parts.join(" ")})`;
}
/** true when the OLD `[oldMin, oldMax]` value range and the NEW `[newMin, newMax]`
 *  range are provably DISJOINT (`oldMax < newMin || oldMin > newMax`).
 *
 *  A sequence's / identity's live counter (`last_value`) is UNMODELED runtime
 *  state — the diff never sees it. When the two ranges are disjoint the counter
 *  is GUARANTEED to fall outside the new range, so the only in-place path that
 *  converges is `RESTART` (realign to the new START, always inside the new range
 *  — matching what a fresh `… START WITH …` would produce). When the ranges
 *  OVERLAP we must NOT `RESTART`: the live counter is very likely still valid
 *  (e.g. counter at 500, MIN 1→0 + START 1→2 leaves 500 usable), and silently
 *  resetting it to START replays already-issued values → duplicate keys. If an
 *  overlapping change happens to leave the counter outside the new range,
 *  PostgreSQL rejects the ALTER loudly and the operator decides — we never
 *  silently reset. Bounds are bigint-valued, so compare with BigInt (they reach
 *  9223372036854775807, past Number's safe-integer range). */
function rangesDisjoint(oldMin, oldMax, newMin, newMax) {
    return BigInt(oldMax) < BigInt(newMin) || BigInt(oldMin) > BigInt(newMax);
}
/** in-place identity-sequence parameter transition (no rebuild), emitted as ONE
 *  `ALTER COLUMN … SET <opt> SET <opt> …` statement.
 *
 *  A single ALTER COLUMN with CHAINED `SET` clauses validates the FINAL state:
 *  splitting the change into one statement per option (in diff-field order) ran
 *  `SET MAXVALUE 50` while MIN was still 100 when moving both bounds down —
 *  Postgres rejects the transient `min > max`. Chaining defers the range check to
 *  the end of the statement (verified on PG15/17).
 *
 *  `RESTART` is appended only when the old and new ranges are provably DISJOINT
 *  (see {@link rangesDisjoint}). An overlapping change — even one that moves a
 *  bound AND the START — leaves the live counter alone, because it is probably
 *  still valid and resetting it risks duplicate keys. */
function identityOptionAlterSpecs(target, from, to) {
    if (to == null)
        return [];
    const clauses = [];
    if (from == null || from.increment !== to.increment)
        clauses.push(`SET INCREMENT BY ${to.increment}`);
    if (from == null || from.minValue !== to.minValue)
        clauses.push(`SET MINVALUE ${to.minValue}`);
    if (from == null || from.maxValue !== to.maxValue)
        clauses.push(`SET MAXVALUE ${to.maxValue}`);
    if (from == null || from.start !== to.start)
        clauses.push(`SET START WITH ${to.start}`);
    if (from == null || from.cache !== to.cache)
        clauses.push(`SET CACHE ${to.cache}`);
    if (from == null || from.cycle !== to.cycle)
        clauses.push(`SET ${to.cycle ? "CYCLE" : "NO CYCLE"}`);
    if (clauses.length === 0)
        return [];
    if (from != null &&
        rangesDisjoint(from.minValue, from.maxValue, to.minValue, to.maxValue))
        clauses.push("RESTART");
    return [{ sql: `${target} ${clauses.join(" ")}` }];
}
/** The CREATE-SEQUENCE-style value options a standalone sequence carries, in a
 *  fixed render order. `ownedBy` is deliberately excluded: it carries its own
 *  dependency metadata (consumes/releases) and is emitted as a separate
 *  `OWNED BY` statement. */
const SEQUENCE_VALUE_OPTIONS = [
    "dataType",
    "increment",
    "minValue",
    "maxValue",
    "start",
    "cache",
    "cycle",
];
function sequenceOptionClause(fact, option) {
    switch (option) {
        case "dataType":
            return `AS ${str(p(fact, "dataType"))}`;
        case "increment":
            return `INCREMENT BY ${str(p(fact, "increment"))}`;
        case "minValue":
            return `MINVALUE ${str(p(fact, "minValue"))}`;
        case "maxValue":
            return `MAXVALUE ${str(p(fact, "maxValue"))}`;
        case "start":
            return `START WITH ${str(p(fact, "start"))}`;
        case "cache":
            return `CACHE ${str(p(fact, "cache"))}`;
        case "cycle":
            return p(fact, "cycle") ? "CYCLE" : "NO CYCLE";
        default:
            throw new Error(`sequence rule: unknown value option '${option}'`);
    }
}
/** Combined `ALTER SEQUENCE … <opt> <opt> …` for a standalone sequence's
 *  value-option transition, emitted ONCE — from whichever changed option sorts
 *  first — because the emitter calls each changed attribute's `alter`
 *  independently and we want a SINGLE statement covering all of them.
 *
 *  One statement validates the FINAL state: per-field `ALTER SEQUENCE` statements
 *  in diff-field (lexicographic) order ran `MAXVALUE 50` while MIN was still 100
 *  when moving both bounds down, and Postgres rejects the transient `min > max`.
 *
 *  `RESTART` is appended only when the old and new ranges are provably DISJOINT —
 *  see {@link rangesDisjoint} and {@link identityOptionAlterSpecs} for the
 *  identity seam's identical reasoning: the sequence's live counter (unmanaged
 *  runtime state, not part of the diff) is left in place for an overlapping
 *  change, because it is probably still valid and resetting it risks duplicate
 *  keys; only a disjoint shift guarantees the counter is invalid. */
function sequenceOptionAlter(currentAttr, fact, sourceView) {
    const source = sourceView.get(fact.id);
    const changed = SEQUENCE_VALUE_OPTIONS.filter((key) => source === undefined || source.payload[key] !== fact.payload[key]);
    if (changed.length === 0)
        return [];
    const [lead] = [...changed].sort();
    if (currentAttr !== lead)
        return [];
    const id = fact.id;
    const clauses = changed.map((option) => sequenceOptionClause(fact, option));
    if (source !== undefined &&
        rangesDisjoint(str(source.payload["minValue"]), str(source.payload["maxValue"]), str(p(fact, "minValue")), str(p(fact, "maxValue"))))
        clauses.push("RESTART");
    return [
        { sql: `ALTER SEQUENCE ${rel(id.schema, id.name)} ${clauses.join(" ")}` },
    ];
}
function columnRef(fact) {
    const id = fact.id;
    return { schema: id.schema, table: id.table, column: id.name };
}
function columnClause(fact) {
    const { column } = columnRef(fact);
    const type = str(p(fact, "type"));
    let sql = `${qid(column)} ${type}`;
    const collation = p(fact, "collation");
    if (collation != null)
        sql += ` COLLATE ${str(collation)}`;
    const generated = p(fact, "generatedExpr");
    if (generated != null)
        sql += ` GENERATED ALWAYS AS (${str(generated)}) STORED`;
    const identity = p(fact, "identity");
    const generation = identityGeneration(identity);
    if (generation === "a" || generation === "d") {
        sql += ` GENERATED ${generation === "a" ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY`;
        sql += identityOptionsClause(identityOptions(identity), type, identitySequenceNameClause(identity, columnRef(fact)));
    }
    if (p(fact, "notNull"))
        sql += ` NOT NULL`;
    return sql;
}
const POLICY_CMD = {
    r: "SELECT",
    a: "INSERT",
    w: "UPDATE",
    d: "DELETE",
    "*": "ALL",
};
function policySql(fact) {
    const id = fact.id;
    const roles = p(fact, "roles").map((r) => r === "PUBLIC" ? "PUBLIC" : qid(r));
    let sql = `CREATE POLICY ${qid(id.name)} ON ${rel(id.schema, id.table)}`;
    if (!p(fact, "permissive"))
        sql += ` AS RESTRICTIVE`;
    sql += ` FOR ${POLICY_CMD[str(p(fact, "cmd"))] ?? "ALL"}`;
    sql += ` TO ${roles.join(", ")}`;
    const using = p(fact, "usingExpr");
    if (using != null)
        sql += ` USING (${str(using)})`;
    const check = p(fact, "checkExpr");
    if (check != null)
        sql += ` WITH CHECK (${str(check)})`;
    return sql;
}
/**
 * OWNED BY is rendered as a follow-up statement (pg_dump's model): an auto
 * edge sequence→column would cycle with the column default that references
 * the sequence.
 */
function sequenceOwnedBySpecs(fact, opts = {}) {
    const id = fact.id;
    const old = opts.releaseOld;
    const releases = old != null
        ? [
            {
                kind: "column",
                schema: old.schema,
                table: old.table,
                name: old.column,
            },
        ]
        : [];
    const ownedBy = p(fact, "ownedBy");
    if (ownedBy == null) {
        return opts.allowNone
            ? [
                {
                    sql: `ALTER SEQUENCE ${rel(id.schema, id.name)} OWNED BY NONE`,
                    ...(releases.length > 0 ? { releases } : {}),
                },
            ]
            : [];
    }
    return [
        {
            sql: `ALTER SEQUENCE ${rel(id.schema, id.name)} OWNED BY ${rel(ownedBy.schema, ownedBy.table)}.${qid(ownedBy.column)}`,
            consumes: [
                {
                    kind: "column",
                    schema: ownedBy.schema,
                    table: ownedBy.table,
                    name: ownedBy.column,
                },
            ],
            ...(releases.length > 0 ? { releases } : {}),
        },
    ];
}
/** Constraints attach to tables OR domains; the parent kind decides. */
function constraintTarget(fact) {
    const id = fact.id;
    const keyword = fact.parent?.kind === "domain"
        ? "DOMAIN"
        : fact.parent?.kind === "foreignTable"
            ? "FOREIGN TABLE"
            : "TABLE";
    return `ALTER ${keyword} ${rel(id.schema, id.table)}`;
}
/** A composite type attribute's `name type [COLLATE …]` clause. */
function typeAttributeClause(fact) {
    const name = fact.id.name;
    const collation = p(fact, "collation");
    return `${qid(name)} ${str(p(fact, "type"))}${collation != null ? ` COLLATE ${str(collation)}` : ""}`;
}
/** Table columns that USE a given composite type (via the column→type
 *  dependency edge). ALTER TYPE … ATTRIBUTE … CASCADE rewrites those
 *  tables; referencing the columns lets the proof's rewrite attribution
 *  map the type-scoped action to the tables it actually touches. */
function compositeUserColumns(view, typeId) {
    const key = (0,stable_id/* encodeId */.md)(typeId);
    return view.edges
        .filter((e) => e.from.kind === "column" && (0,stable_id/* encodeId */.md)(e.to) === key)
        .map((e) => e.from)
        .filter((id) => view.get(id) !== undefined);
}
/** O/D/R/A enabled-state chars → ALTER … ENABLE/DISABLE phrases. */
function enabledPhrase(state) {
    switch (state) {
        case "D":
            return "DISABLE";
        case "R":
            return "ENABLE REPLICA";
        case "A":
            return "ENABLE ALWAYS";
        default:
            return "ENABLE";
    }
}
/**
 * REPLICA IDENTITY rendered from the desired payload (both attributes render
 * the identical full clause, so order between them never matters). USING
 * INDEX consumes whichever fact owns that index name (a real index fact, or
 * the constraint backing it).
 */
function replicaIdentitySpec(fact, view) {
    const id = fact.id;
    const mode = str(p(fact, "replicaIdentity") ?? "d");
    const relName = rel(id.schema, id.name);
    if (mode === "n") {
        return { sql: `ALTER TABLE ${relName} REPLICA IDENTITY NOTHING` };
    }
    if (mode === "f") {
        return { sql: `ALTER TABLE ${relName} REPLICA IDENTITY FULL` };
    }
    if (mode === "i") {
        const indexName = str(p(fact, "replicaIdentityIndex"));
        const consumes = [];
        const ownedConstraint = view
            .childrenOf(fact.id)
            .find((c) => c.id.kind === "constraint" && c.id.name === indexName);
        if (ownedConstraint)
            consumes.push(ownedConstraint.id);
        else
            consumes.push({ kind: "index", schema: id.schema, name: indexName });
        return {
            sql: `ALTER TABLE ${relName} REPLICA IDENTITY USING INDEX ${qid(indexName)}`,
            consumes,
        };
    }
    return { sql: `ALTER TABLE ${relName} REPLICA IDENTITY DEFAULT` };
}
/** Canonical `GRANT <privs> ON <target> TO <grantees>` statement. Shared by
 *  `grantActions` (single grantee) and compaction's multi-grantee merge pass
 *  (`mergeCoTargetGrants`, plan/internal.ts), so the two renders can never
 *  drift — the merge pass both recognizes mergeable GRANTs by comparing
 *  against this render and re-renders the merged statement with it. */
function renderGrantSql(target, privileges, grantees, opts) {
    const col = opts?.column;
    const privs = col === undefined
        ? privileges.join(", ")
        : privileges.map((priv) => `${priv} (${qid(col)})`).join(", ");
    const to = grantees
        .map((g) => (g === "PUBLIC" ? "PUBLIC" : qid(g)))
        .join(", ");
    const option = opts?.withGrantOption ? " WITH GRANT OPTION" : "";
    return `GRANT ${privs} ON ${grantTarget(target)} TO ${to}${option}`;
}
function grantActions(fact, verb) {
    const id = fact.id;
    const grantee = id.grantee === "PUBLIC" ? "PUBLIC" : qid(id.grantee);
    const privileges = p(fact, "privileges");
    const grantable = new Set(p(fact, "grantable") ?? []);
    const plain = privileges.filter((priv) => !grantable.has(priv));
    const withOption = privileges.filter((priv) => grantable.has(priv));
    const consumes = id.grantee === "PUBLIC" ? [] : [{ kind: "role", name: id.grantee }];
    // Column-level grant: each privilege is qualified by the column
    // (`SELECT (col)`) and REVOKE ALL takes the column list too. Object-level
    // grants render the bare privilege list.
    const col = id.column;
    const revokeAll = col === undefined ? "REVOKE ALL" : `REVOKE ALL (${qid(col)})`;
    const specs = [
        // pg_dump's model: reset to a clean slate first — implicit default-
        // privilege grants on freshly created objects would otherwise linger
        {
            sql: `${revokeAll} ON ${grantTarget(id.target)} FROM ${grantee}`,
            consumes,
        },
    ];
    if (plain.length > 0) {
        specs.push({
            sql: renderGrantSql(id.target, plain, [id.grantee], col !== undefined ? { column: col } : {}),
            consumes,
        });
    }
    if (withOption.length > 0) {
        specs.push({
            sql: renderGrantSql(id.target, withOption, [id.grantee], {
                ...(col !== undefined ? { column: col } : {}),
                withGrantOption: true,
            }),
            consumes,
        });
    }
    void verb;
    return specs;
}
/** Aggregate signature: direct args [ORDER BY ordered args]; '*' when none. */
function aggSig(fact) {
    const args = fact.id.args;
    const aggKind = str(p(fact, "aggKind") ?? "n");
    if (aggKind === "o" || aggKind === "h") {
        const direct = Number(p(fact, "numDirectArgs") ?? 0);
        return `${args.slice(0, direct).join(", ")} ORDER BY ${args.slice(direct).join(", ")}`;
    }
    return args.length > 0 ? args.join(", ") : "*";
}
const DEFACL_OBJTYPE = {
    r: "TABLES",
    S: "SEQUENCES",
    f: "FUNCTIONS",
    T: "TYPES",
    n: "SCHEMAS",
    L: "LARGE OBJECTS",
};
/** Render a `pg_default_acl.defaclobjtype` code, or throw loud — an unmapped
 *  code silently rendered as `TABLES` (the old `?? "TABLES"` fallback) would
 *  emit the WRONG DDL for a future/unhandled objtype instead of surfacing the
 *  gap. */
function defaclObjType(objtype) {
    const rendered = DEFACL_OBJTYPE[objtype];
    if (rendered === undefined) {
        throw new Error(`defaultPrivilege: unmapped pg_default_acl.defaclobjtype "${objtype}" — add it to DEFACL_OBJTYPE (helpers.ts)`);
    }
    return rendered;
}
function defaultPrivPrefix(id) {
    let sql = `ALTER DEFAULT PRIVILEGES FOR ROLE ${qid(id.role)}`;
    if (id.schema != null)
        sql += ` IN SCHEMA ${qid(id.schema)}`;
    return sql;
}
function defaultPrivConsumes(id) {
    const consumes = [{ kind: "role", name: id.role }];
    if (id.grantee !== "PUBLIC")
        consumes.push({ kind: "role", name: id.grantee });
    if (id.schema != null)
        consumes.push({ kind: "schema", name: id.schema });
    return consumes;
}
/**
 * A `defaultPrivilege` fact with EMPTY `privileges` is a synthesized marker for
 * a REVOKED built-in default (e.g. `ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON
 * FUNCTIONS FROM PUBLIC`): the grantee's built-in default was taken away. Its
 * `_revokedDefault` carries the privileges that were removed so the DROP can
 * restore them. A non-empty fact is an ordinary positive grant.
 */
function isRevokedDefaultMarker(fact) {
    return (p(fact, "privileges") ?? []).length === 0;
}
/** CREATE a default-privilege fact: GRANT the privileges, or — for a revoked
 *  default marker — REVOKE the built-in default the marker records is gone. */
function defaultPrivilegeCreateActions(fact) {
    const id = fact.id;
    const grantee = id.grantee === "PUBLIC" ? "PUBLIC" : qid(id.grantee);
    const objtype = defaclObjType(id.objtype);
    const consumes = defaultPrivConsumes(id);
    if (isRevokedDefaultMarker(fact)) {
        return [
            {
                sql: `${defaultPrivPrefix(id)} REVOKE ALL ON ${objtype} FROM ${grantee}`,
                consumes,
            },
        ];
    }
    const privileges = p(fact, "privileges") ?? [];
    const grantable = new Set(p(fact, "grantable") ?? []);
    const plain = privileges.filter((priv) => !grantable.has(priv));
    const withOption = privileges.filter((priv) => grantable.has(priv));
    const specs = [];
    if (plain.length > 0) {
        specs.push({
            sql: `${defaultPrivPrefix(id)} GRANT ${plain.join(", ")} ON ${objtype} TO ${grantee}`,
            consumes,
        });
    }
    if (withOption.length > 0) {
        specs.push({
            sql: `${defaultPrivPrefix(id)} GRANT ${withOption.join(", ")} ON ${objtype} TO ${grantee} WITH GRANT OPTION`,
            consumes,
        });
    }
    return specs;
}
/** DROP a default-privilege fact: REVOKE the positive grant, or — for a revoked
 *  default marker — GRANT the built-in default back (restoring it). */
function defaultPrivilegeDropActions(fact) {
    const id = fact.id;
    const grantee = id.grantee === "PUBLIC" ? "PUBLIC" : qid(id.grantee);
    const objtype = defaclObjType(id.objtype);
    const consumes = defaultPrivConsumes(id);
    if (isRevokedDefaultMarker(fact)) {
        const restored = p(fact, "_revokedDefault") ?? [];
        return {
            sql: `${defaultPrivPrefix(id)} GRANT ${restored.join(", ")} ON ${objtype} TO ${grantee}`,
            consumes,
        };
    }
    return {
        sql: `${defaultPrivPrefix(id)} REVOKE ALL ON ${objtype} FROM ${grantee}`,
        consumes,
    };
}
/** The `rel [(cols)] [WHERE (…)]` member for a publicationRel fact, without the
 *  leading `TABLE` keyword (so it can be grouped under a single `TABLE`). */
function publicationRelMember(fact) {
    const id = fact.id;
    let member = rel(id.schema, id.table);
    const cols = p(fact, "columns");
    if (cols != null && cols.length > 0) {
        member += ` (${cols.map((c) => qid(c)).join(", ")})`;
    }
    const where = p(fact, "where");
    if (where != null)
        member += ` WHERE (${str(where)})`;
    return member;
}
/** The `TABLE rel [(cols)] [WHERE (…)]` clause for a publicationRel fact, used
 *  by the standalone `ALTER PUBLICATION … ADD TABLE` path. */
function publicationRelClause(fact) {
    return `TABLE ${publicationRelMember(fact)}`;
}
/** Inlined FOR-clause object list for a fresh publication, gathered from its
 *  publicationRel / publicationSchema children, with the ids consumed and
 *  the child facts produced (delta-set inlining). */
function publicationObjects(fact, view) {
    // Group all table relations under a single `TABLE` keyword and all schemas
    // under a single `TABLES IN SCHEMA`. Repeating the keyword per item
    // (`FOR TABLE a, TABLE b`) is only valid grammar on PG15+; PG14 requires the
    // collapsed `FOR TABLE a, b` form, and the collapsed form is valid on every
    // version (PG14 never has schema members).
    const tableMembers = [];
    const schemaMembers = [];
    const consumes = [];
    const produced = [];
    for (const child of view.childrenOf(fact.id)) {
        if (child.id.kind === "publicationRel") {
            const cid = child.id;
            tableMembers.push(publicationRelMember(child));
            consumes.push({ kind: "table", schema: cid.schema, name: cid.table });
            produced.push(child.id);
        }
        else if (child.id.kind === "publicationSchema") {
            const cid = child.id;
            schemaMembers.push(qid(cid.schema));
            consumes.push({ kind: "schema", name: cid.schema });
            produced.push(child.id);
        }
    }
    const clauses = [];
    if (tableMembers.length > 0)
        clauses.push(`TABLE ${tableMembers.join(", ")}`);
    if (schemaMembers.length > 0)
        clauses.push(`TABLES IN SCHEMA ${schemaMembers.join(", ")}`);
    return { clauses, consumes, produced };
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/constraints.js
/** Rule definitions for table / domain constraints. */


const constraintRules = {
    constraint: {
        weight: 10,
        cascadesToChildren: true,
        rebuildable: true,
        suppressible: (fact) => fact.payload["type"] !== "f",
        rename: (fact, to) => {
            const id = fact.id;
            return {
                sql: `${constraintTarget(fact)} RENAME CONSTRAINT ${qid(id.name)} TO ${qid(to.name)}`,
            };
        },
        create: (fact) => {
            const id = fact.id;
            const target = constraintTarget(fact);
            let sql = `${target} ADD CONSTRAINT ${qid(id.name)} ${str(p(fact, "def"))}`;
            if (!p(fact, "validated") && !str(p(fact, "def")).includes("NOT VALID")) {
                sql += " NOT VALID";
            }
            // Inline-fold hint (compaction §3.6, constraint folding): a VALIDATED
            // TABLE constraint can render inline inside its table's CREATE parens as
            // `CONSTRAINT name <def>` (pg_get_constraintdef text, verbatim). NOT
            // VALID constraints never hint: an inline constraint always validates.
            //
            // `executorSafe` marks the SELF-CONTAINED types (PRIMARY KEY / UNIQUE /
            // CHECK — never a reference to another relation's rows), whose fold is
            // legal in a regular diff plan run by the apply executor under the
            // strict crossing veto. FOREIGN KEY (and exclusion) hints stay
            // export-only (`PlanOptions.foldConstraints`, set by `schema export`,
            // whose files are loaded by the retry/reorder loader): a folded FK may
            // reference a table created later, and folding one that happens to sort
            // earlier would make plan shape position-dependent and hide the FK's
            // distinct shareRowExclusive lock on the REFERENCED table from the
            // safety report.
            //
            // The clause is always the TABLE-constraint form, never inlined onto a
            // column line (`id … primary key`) — that would require rewriting the
            // verbatim def. Full rationale + the guarded design if ever revisited:
            // docs/roadmap/backlog.md § "Column-inline PRIMARY KEY compaction".
            const type = str(p(fact, "type"));
            const foldHint = p(fact, "validated") === true && fact.parent?.kind === "table"
                ? {
                    compaction: {
                        foldInto: fact.parent,
                        clause: `CONSTRAINT ${qid(id.name)} ${str(p(fact, "def"))}`,
                        ...(type === "p" || type === "u" || type === "c"
                            ? { executorSafe: true }
                            : {}),
                    },
                }
                : {};
            // ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE (both tables), weaker
            // than the ACCESS EXCLUSIVE default for other constraint forms
            return [
                {
                    sql,
                    ...(p(fact, "type") === "f"
                        ? { lockClass: "shareRowExclusive" }
                        : {}),
                    ...foldHint,
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            return {
                sql: `${constraintTarget(fact)} DROP CONSTRAINT ${qid(id.name)}`,
            };
        },
        attributes: {
            def: "replace",
            type: "replace",
            validated: {
                alter: (fact, _from, to) => {
                    const id = fact.id;
                    const target = constraintTarget(fact);
                    if (!to) {
                        // VALIDATED → NOT VALID: PostgreSQL has no ALTER form to
                        // de-validate a constraint in place — only ADD CONSTRAINT …
                        // NOT VALID accepts it. Replace the constraint itself (drop +
                        // re-add), mirroring create()'s NOT VALID suffixing (defensive
                        // guard against a def that already carries the text).
                        const defText = str(p(fact, "def"));
                        const addSql = !defText.includes("NOT VALID")
                            ? `${defText} NOT VALID`
                            : defText;
                        return [
                            { sql: `${target} DROP CONSTRAINT ${qid(id.name)}` },
                            {
                                sql: `${target} ADD CONSTRAINT ${qid(id.name)} ${addSql}`,
                                ...(p(fact, "type") === "f"
                                    ? { lockClass: "shareRowExclusive" }
                                    : {}),
                            },
                        ];
                    }
                    return {
                        sql: `${target} VALIDATE CONSTRAINT ${qid(id.name)}`,
                        lockClass: "shareUpdateExclusive",
                    };
                },
            },
        },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/foreign.js


const foreignRules = {
    fdw: {
        weight: 2,
        create: (fact) => {
            const name = qid(fact.id.name);
            let sql = `CREATE FOREIGN DATA WRAPPER ${name}`;
            const handler = p(fact, "handler");
            if (handler != null)
                sql += ` HANDLER ${str(handler)}`;
            const validator = p(fact, "validator");
            if (validator != null)
                sql += ` VALIDATOR ${str(validator)}`;
            sql += optionsClause(p(fact, "options") ?? []);
            return [{ sql }];
        },
        drop: (fact) => ({
            sql: `DROP FOREIGN DATA WRAPPER ${qid(fact.id.name)}`,
        }),
        ownerAlterPrefix: (fact) => `ALTER FOREIGN DATA WRAPPER ${qid(fact.id.name)}`,
        attributes: {
            options: {
                alter: (fact, from, to) => ({
                    sql: `ALTER FOREIGN DATA WRAPPER ${qid(fact.id.name)} ${alterOptionsClause(from ?? [], to ?? [])}`,
                }),
            },
            handler: {
                alter: (fact, _from, to) => ({
                    sql: `ALTER FOREIGN DATA WRAPPER ${qid(fact.id.name)} ${to == null ? "NO HANDLER" : `HANDLER ${str(to)}`}`,
                }),
            },
            validator: {
                alter: (fact, _from, to) => ({
                    sql: `ALTER FOREIGN DATA WRAPPER ${qid(fact.id.name)} ${to == null ? "NO VALIDATOR" : `VALIDATOR ${str(to)}`}`,
                }),
            },
        },
    },
    server: {
        weight: 3,
        create: (fact) => {
            const name = qid(fact.id.name);
            let sql = `CREATE SERVER ${name}`;
            const type = p(fact, "type");
            if (type != null)
                sql += ` TYPE ${lit(str(type))}`;
            const version = p(fact, "version");
            if (version != null)
                sql += ` VERSION ${lit(str(version))}`;
            sql += ` FOREIGN DATA WRAPPER ${qid(str(p(fact, "fdw")))}`;
            sql += optionsClause(p(fact, "options") ?? []);
            return [{ sql }];
        },
        drop: (fact) => ({
            sql: `DROP SERVER ${qid(fact.id.name)}`,
        }),
        ownerAlterPrefix: (fact) => `ALTER SERVER ${qid(fact.id.name)}`,
        attributes: {
            version: {
                alter: (fact, _from, to) => ({
                    sql: `ALTER SERVER ${qid(fact.id.name)} VERSION ${lit(str(to))}`,
                }),
                // PostgreSQL has no ALTER SERVER grammar to UNSET a version, so removing
                // it (to == null) forces a drop + recreate of the server.
                replaceWhen: (_from, to) => to == null,
            },
            options: {
                alter: (fact, from, to) => ({
                    sql: `ALTER SERVER ${qid(fact.id.name)} ${alterOptionsClause(from ?? [], to ?? [])}`,
                }),
            },
            type: "replace",
            fdw: "replace",
        },
    },
    userMapping: {
        weight: 4,
        create: (fact) => {
            const id = fact.id;
            const roleName = id.role === "PUBLIC" ? "PUBLIC" : qid(id.role);
            return [
                {
                    sql: `CREATE USER MAPPING FOR ${roleName} SERVER ${qid(id.server)}${optionsClause(p(fact, "options") ?? [])}`,
                    ...(id.role === "PUBLIC"
                        ? {}
                        : { consumes: [{ kind: "role", name: id.role }] }),
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            const roleName = id.role === "PUBLIC" ? "PUBLIC" : qid(id.role);
            return {
                sql: `DROP USER MAPPING FOR ${roleName} SERVER ${qid(id.server)}`,
                ...(id.role === "PUBLIC"
                    ? {}
                    : { consumes: [{ kind: "role", name: id.role }] }),
            };
        },
        attributes: {
            options: {
                alter: (fact, from, to) => {
                    const id = fact.id;
                    const roleName = id.role === "PUBLIC" ? "PUBLIC" : qid(id.role);
                    return {
                        sql: `ALTER USER MAPPING FOR ${roleName} SERVER ${qid(id.server)} ${alterOptionsClause(from ?? [], to ?? [])}`,
                        ...(id.role === "PUBLIC"
                            ? {}
                            : { consumes: [{ kind: "role", name: id.role }] }),
                    };
                },
            },
        },
    },
    foreignTable: {
        weight: 5,
        cascadesToChildren: true,
        defaclObjtype: "r",
        rename: renameRule((fact) => {
            const id = fact.id;
            return `ALTER FOREIGN TABLE ${rel(id.schema, id.name)}`;
        }),
        create: (fact) => {
            const id = fact.id;
            return [
                {
                    sql: `CREATE FOREIGN TABLE ${rel(id.schema, id.name)} () SERVER ${qid(str(p(fact, "server")))}${optionsClause(p(fact, "options") ?? [])}`,
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            return { sql: `DROP FOREIGN TABLE ${rel(id.schema, id.name)}` };
        },
        ownerAlterPrefix: (fact) => {
            const id = fact.id;
            return `ALTER FOREIGN TABLE ${rel(id.schema, id.name)}`;
        },
        attributes: {
            options: {
                alter: (fact, from, to) => {
                    const id = fact.id;
                    return {
                        sql: `ALTER FOREIGN TABLE ${rel(id.schema, id.name)} ${alterOptionsClause(from ?? [], to ?? [])}`,
                    };
                },
            },
            server: "replace",
        },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/indexes.js
/** Rule definitions for standalone indexes. */


const indexRules = {
    index: {
        weight: 14,
        cascadesToChildren: true,
        rebuildable: true,
        rename: renameRule((fact) => {
            const id = fact.id;
            return `ALTER INDEX ${rel(id.schema, id.name)}`;
        }),
        create: (fact, view, params) => {
            const def = str(p(fact, "def"));
            // PostgreSQL REJECTS `CREATE INDEX CONCURRENTLY` on a partitioned table's
            // parent index (relkind='p') — the parent index is metadata-only and is
            // materialized by building each partition's own index, so there is
            // nothing to build concurrently at the parent. Detect it via the parent
            // TABLE fact's `partitionKey` (the `PARTITION BY` clause, null for
            // ordinary tables) and keep the create plain/transactional; each
            // partition's index attachment still builds normally. (Building each
            // partition's index concurrently then attaching is out of scope.)
            const parentTable = fact.parent?.kind === "table" ? view.get(fact.parent) : undefined;
            const parentIsPartitioned = parentTable != null && p(parentTable, "partitionKey") != null;
            if (params?.["concurrentIndexes"] === true && !parentIsPartitioned) {
                // pg_get_indexdef never includes CONCURRENTLY (an execution choice,
                // not state); splice it into the canonical def
                return [
                    {
                        sql: def.replace(/^CREATE (UNIQUE )?INDEX /, "CREATE $1INDEX CONCURRENTLY "),
                        lockClass: "shareUpdateExclusive",
                        transactionality: "nonTransactional",
                    },
                ];
            }
            return [{ sql: def }];
        },
        drop: (fact) => {
            const id = fact.id;
            return { sql: `DROP INDEX ${rel(id.schema, id.name)}` };
        },
        // `valid` (pg_index.indisvalid) participates in the diff: an invalid index
        // (failed CREATE INDEX CONCURRENTLY) differs from the desired valid one even
        // when their `def` is identical, and the only repair is drop + recreate —
        // hence "replace", same strategy as `def`. See extract/relations.ts.
        attributes: { def: "replace", valid: "replace" },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/metadata.js


/** The COMMENT / SECURITY LABEL signature for an aggregate `target` — the
 *  `direct ORDER BY ordered` form for an ordered-set / hypothetical-set
 *  aggregate, reusing the aggregate DDL's `aggSig`. The aggregate metadata
 *  (aggKind / numDirectArgs) lives on the aggregate FACT, not the target id, so
 *  resolve the fact from whichever view holds it (desired for create/alter,
 *  source for drop). Returns undefined for a non-aggregate target or an
 *  unresolvable one, so `commentTarget` falls back to the plain arg list —
 *  which is already correct for an ordinary aggregate. */
function aggregateTargetSignature(target, ...views) {
    if (target.kind !== "aggregate")
        return undefined;
    for (const view of views) {
        const fact = view?.get(target);
        if (fact !== undefined)
            return aggSig(fact);
    }
    return undefined;
}
const metadataRules = {
    comment: {
        weight: 20,
        metadata: true,
        create: (fact, view, _params, sourceView) => {
            const target = fact.id.target;
            const opts = {
                domainConstraint: p(fact, "onDomain") === true,
                aggregateSignature: aggregateTargetSignature(target, view, sourceView),
            };
            return [
                {
                    sql: `COMMENT ON ${commentTarget(target, opts)} IS ${lit(str(p(fact, "text")))}`,
                },
            ];
        },
        drop: (fact, view) => {
            const target = fact.id.target;
            const opts = {
                domainConstraint: p(fact, "onDomain") === true,
                aggregateSignature: aggregateTargetSignature(target, view),
            };
            return { sql: `COMMENT ON ${commentTarget(target, opts)} IS NULL` };
        },
        attributes: {
            text: {
                alter: (fact, _from, to, view, sourceView) => {
                    const target = fact.id.target;
                    const opts = {
                        domainConstraint: p(fact, "onDomain") === true,
                        aggregateSignature: aggregateTargetSignature(target, view, sourceView),
                    };
                    return {
                        sql: `COMMENT ON ${commentTarget(target, opts)} IS ${lit(str(to))}`,
                    };
                },
            },
        },
    },
    // a global satellite rule (like comment): SECURITY LABEL shares COMMENT's
    // ON-target grammar, so it reuses commentTarget. The provider lives in
    // the fact id; the label text is the payload.
    securityLabel: {
        weight: 20,
        metadata: true,
        create: (fact, view, _params, sourceView) => {
            const id = fact.id;
            const opts = {
                aggregateSignature: aggregateTargetSignature(id.target, view, sourceView),
            };
            return [
                {
                    sql: `SECURITY LABEL FOR ${lit(id.provider)} ON ${commentTarget(id.target, opts)} IS ${lit(str(p(fact, "label")))}`,
                },
            ];
        },
        drop: (fact, view) => {
            const id = fact.id;
            const opts = {
                aggregateSignature: aggregateTargetSignature(id.target, view),
            };
            return {
                sql: `SECURITY LABEL FOR ${lit(id.provider)} ON ${commentTarget(id.target, opts)} IS NULL`,
            };
        },
        attributes: {
            label: {
                alter: (fact, _from, to, view, sourceView) => {
                    const id = fact.id;
                    const opts = {
                        aggregateSignature: aggregateTargetSignature(id.target, view, sourceView),
                    };
                    return {
                        sql: `SECURITY LABEL FOR ${lit(id.provider)} ON ${commentTarget(id.target, opts)} IS ${lit(str(to))}`,
                    };
                },
            },
        },
    },
    acl: {
        weight: 21,
        metadata: true,
        create: (fact) => grantActions(fact, "grant"),
        drop: (fact) => {
            const id = fact.id;
            const grantee = id.grantee === "PUBLIC" ? "PUBLIC" : qid(id.grantee);
            const consumes = id.grantee === "PUBLIC" ? [] : [{ kind: "role", name: id.grantee }];
            // Column-level grants revoke with the column list; object-level ones don't.
            const revokeAll = id.column === undefined
                ? "REVOKE ALL"
                : `REVOKE ALL (${qid(id.column)})`;
            const init = p(fact, "_initPrivs");
            // Ordinary ACL (or an extension member with NO install grant for this
            // grantee) → a bare REVOKE ALL, byte-identical to grantActions' leading
            // REVOKE so the replace-path drop elision still fires.
            if (init === undefined) {
                return {
                    sql: `${revokeAll} ON ${grantTarget(id.target)} FROM ${grantee}`,
                    consumes,
                };
            }
            // Extension-member customization removed → revert to the AS-INSTALLED grant
            // (`_initPrivs` from pg_init_privs) rather than stripping the extension's
            // own grant. Emitted as ONE atomic multi-statement action, NOT two graph
            // nodes: the reset REVOKE and the restore GRANT(s) target the same
            // object+grantee and must never be reordered — two nodes carry no ordering
            // edge, so the trailing REVOKE could re-drop the restored grant. Safe
            // because ACL DDL is transactional (the string runs in one implicit
            // transaction); do NOT copy this shape for a nonTransactional action.
            const restore = {
                id: fact.id,
                payload: { privileges: init.privileges, grantable: init.grantable },
            };
            return {
                sql: grantActions(restore, "grant")
                    .map((s) => s.sql)
                    .join(";\n"),
                consumes,
            };
        },
        attributes: {
            privileges: "replace",
            grantable: "replace",
        },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/policies.js


const policyRules = {
    policy: {
        weight: 16,
        cascadesToChildren: true,
        rebuildable: true,
        // Never fold a policy's drop into its table's DROP (mirrors the FK-constraint
        // exception). A policy's USING / WITH CHECK can reference another object (a
        // view, function, …) dropped separately; PostgreSQL refuses to drop that
        // object while the policy still references it, and the table-cascade would
        // only remove the policy AFTER the table — which itself must drop after the
        // referenced object, forming an unbreakable teardown cycle. An explicit DROP
        // POLICY ordered before the referenced drop makes teardown constructible. A
        // redundant explicit drop (policy with no external reference) is trimmed by
        // the cosmetic elideCascadeSubsumedPolicyDrops compaction pass.
        suppressible: () => false,
        rename: (fact, to) => {
            const id = fact.id;
            return {
                sql: `ALTER POLICY ${qid(id.name)} ON ${rel(id.schema, id.table)} RENAME TO ${qid(to.name)}`,
            };
        },
        create: (fact) => {
            const roles = p(fact, "roles")
                .filter((r) => r !== "PUBLIC")
                .map((r) => ({ kind: "role", name: r }));
            return [{ sql: policySql(fact), consumes: roles }];
        },
        drop: (fact) => {
            const id = fact.id;
            return {
                sql: `DROP POLICY ${qid(id.name)} ON ${rel(id.schema, id.table)}`,
            };
        },
        attributes: {
            // USING / WITH CHECK predicates can be ADDED or REMOVED, not merely
            // edited, and PostgreSQL offers no `ALTER POLICY … DROP USING`; an
            // in-place ALTER would crash on the null (clause-removed) transition.
            // Rebuild the (rebuildable) policy instead — exactly how `cmd` and
            // `permissive` below already work, since they have no in-place ALTER.
            usingExpr: "replace",
            checkExpr: "replace",
            roles: {
                alter: (fact, from, to) => {
                    const id = fact.id;
                    const fromRoles = from;
                    const toRoles = to;
                    const roles = toRoles.map((r) => r === "PUBLIC" ? "PUBLIC" : qid(r));
                    const roleId = (r) => ({ kind: "role", name: r });
                    // The statement renders the complete target role list, so consume
                    // every listed role — including one retained through an accepted
                    // rename — and order after any same-plan CREATE/RENAME. Release only
                    // removed roles so their DROP stays after this mutation. PUBLIC is
                    // not an object, so it never forms an edge.
                    const consumes = toRoles.filter((r) => r !== "PUBLIC").map(roleId);
                    const releases = fromRoles
                        .filter((r) => r !== "PUBLIC" && !toRoles.includes(r))
                        .map(roleId);
                    return {
                        sql: `ALTER POLICY ${qid(id.name)} ON ${rel(id.schema, id.table)} TO ${roles.join(", ")}`,
                        ...(consumes.length > 0 ? { consumes } : {}),
                        ...(releases.length > 0 ? { releases } : {}),
                    };
                },
            },
            cmd: "replace",
            permissive: "replace",
        },
    },
};

// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/extract/sensitive-options.js
var sensitive_options = __webpack_require__(5346);
;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/publications.js



const publicationRules = {
    publication: {
        weight: 18,
        cascadesToChildren: true,
        create: (fact, view) => {
            const name = qid(fact.id.name);
            const objects = publicationObjects(fact, view);
            let sql = `CREATE PUBLICATION ${name}`;
            // FOR ALL TABLES has no member facts; otherwise inline the member
            // facts (delta-set) so their standalone ADD actions are skipped
            if (p(fact, "allTables"))
                sql += ` FOR ALL TABLES`;
            else if (objects.clauses.length > 0)
                sql += ` FOR ${objects.clauses.join(", ")}`;
            const withParts = [
                `publish = ${lit((p(fact, "publish") ?? []).join(", "))}`,
            ];
            if (p(fact, "viaRoot"))
                withParts.push(`publish_via_partition_root = true`);
            sql += ` WITH (${withParts.join(", ")})`;
            return [
                {
                    sql,
                    ...(objects.consumes.length > 0
                        ? { consumes: objects.consumes }
                        : {}),
                    ...(objects.produced.length > 0
                        ? { alsoProduces: objects.produced }
                        : {}),
                },
            ];
        },
        drop: (fact) => ({
            sql: `DROP PUBLICATION ${qid(fact.id.name)}`,
        }),
        ownerAlterPrefix: (fact) => `ALTER PUBLICATION ${qid(fact.id.name)}`,
        attributes: {
            publish: {
                alter: (fact, _from, to) => ({
                    sql: `ALTER PUBLICATION ${qid(fact.id.name)} SET (publish = ${lit((to ?? []).join(", "))})`,
                }),
            },
            viaRoot: {
                alter: (fact, _from, to) => ({
                    sql: `ALTER PUBLICATION ${qid(fact.id.name)} SET (publish_via_partition_root = ${to ? "true" : "false"})`,
                }),
            },
            allTables: "replace",
        },
    },
    // a published table is its own fact: ADD/DROP TABLE incrementally. A
    // column-list or WHERE change has no in-place form, so those attributes
    // replace (DROP TABLE + re-ADD with the new shape). On a fresh
    // publication the member is inlined into CREATE PUBLICATION (see above).
    publicationRel: {
        weight: 18,
        create: (fact) => {
            const id = fact.id;
            return [
                {
                    sql: `ALTER PUBLICATION ${qid(id.publication)} ADD ${publicationRelClause(fact)}`,
                    consumes: [{ kind: "table", schema: id.schema, name: id.table }],
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            return {
                sql: `ALTER PUBLICATION ${qid(id.publication)} DROP TABLE ${rel(id.schema, id.table)}`,
            };
        },
        attributes: {
            columns: "replace",
            where: "replace",
        },
    },
    // a published schema (FOR TABLES IN SCHEMA, PG15+) as its own fact
    publicationSchema: {
        weight: 18,
        create: (fact) => {
            const id = fact.id;
            return [
                {
                    sql: `ALTER PUBLICATION ${qid(id.publication)} ADD TABLES IN SCHEMA ${qid(id.schema)}`,
                    consumes: [{ kind: "schema", name: id.schema }],
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            return {
                sql: `ALTER PUBLICATION ${qid(id.publication)} DROP TABLES IN SCHEMA ${qid(id.schema)}`,
            };
        },
        attributes: {},
    },
    subscription: {
        weight: 23,
        create: (fact) => {
            const name = qid(fact.id.name);
            const publications = (p(fact, "publications") ?? [])
                .map((pub) => qid(pub))
                .join(", ");
            const slot = p(fact, "slotName");
            const conninfo = str(p(fact, "conninfo"));
            // A subscription rebuilt from a REDACTED extraction carries a placeholder
            // conninfo — its real host/credentials are unrecoverable. Emitting the
            // ENABLE follow-up would start a replication worker against that bogus
            // host, which fails asynchronously forever while catalog convergence still
            // passes. When the desired state is ENABLED, keep it disabled instead and
            // tell the operator to set a real connection and enable it by hand. A
            // disabled subscription is unaffected (its create never emits ENABLE), and
            // unredacted creates are unchanged.
            const redacted = conninfo === sensitive_options/* SUBSCRIPTION_CONNINFO_PLACEHOLDER */.R;
            const wantEnabled = Boolean(p(fact, "enabled"));
            const suppressEnable = redacted && wantEnabled;
            const withParts = [
                "connect = false",
                "enabled = false",
                `slot_name = ${slot == null ? "NONE" : lit(str(slot))}`,
                // every captured option is reproduced at create time: a fresh
                // subscription has no prior fact, so the per-attribute ALTER rules
                // below never fire for it — only the WITH clause carries the options.
                ...subscriptionOptionParts(fact),
            ];
            const note = suppressEnable
                ? `-- pg-delta: subscription ${name} was exported with REDACTED connection info;\n` +
                    `-- its CONNECTION below is a placeholder. Set the real connection string and run\n` +
                    `-- ALTER SUBSCRIPTION ${name} ENABLE; manually before it will replicate.\n`
                : "";
            const specs = [
                {
                    sql: `${note}CREATE SUBSCRIPTION ${name} CONNECTION ${lit(conninfo)} PUBLICATION ${publications} WITH (${withParts.join(", ")})`,
                },
            ];
            if (wantEnabled && !suppressEnable) {
                specs.push({ sql: `ALTER SUBSCRIPTION ${name} ENABLE` });
            }
            return specs;
        },
        drop: (fact) => ({
            sql: `DROP SUBSCRIPTION ${qid(fact.id.name)}`,
            // with an associated replication slot the drop cannot run inside a
            // transaction block; slotless subscriptions drop transactionally
            ...(p(fact, "slotName") == null
                ? {}
                : { transactionality: "nonTransactional" }),
        }),
        ownerAlterPrefix: (fact) => `ALTER SUBSCRIPTION ${qid(fact.id.name)}`,
        attributes: {
            enabled: {
                alter: (fact, _from, to) => ({
                    sql: `ALTER SUBSCRIPTION ${qid(fact.id.name)} ${to ? "ENABLE" : "DISABLE"}`,
                }),
            },
            publications: {
                alter: (fact, _from, to) => ({
                    sql: `ALTER SUBSCRIPTION ${qid(fact.id.name)} SET PUBLICATION ${(to ?? []).map((pub) => qid(pub)).join(", ")} WITH (refresh = false)`,
                }),
            },
            conninfo: {
                alter: (fact, _from, to) => ({
                    sql: `ALTER SUBSCRIPTION ${qid(fact.id.name)} CONNECTION ${lit(str(to))}`,
                }),
            },
            slotName: {
                alter: (fact, _from, to) => ({
                    sql: `ALTER SUBSCRIPTION ${qid(fact.id.name)} SET (slot_name = ${to == null ? "NONE" : lit(str(to))})`,
                }),
            },
            // in-place ALTER … SET (opt = …) for the settable replication options
            binary: subscriptionBoolSet("binary"),
            streaming: subscriptionStringSet("streaming"),
            synchronousCommit: subscriptionStringSet("synchronous_commit"),
            disableOnError: subscriptionBoolSet("disable_on_error"),
            runAsOwner: subscriptionBoolSet("run_as_owner"),
            origin: subscriptionStringSet("origin"),
            // `two_phase` must NOT be classified "replace": drop+recreate runs
            // DROP SUBSCRIPTION, which drops the publisher's replication slot (it
            // connects via the catalog conninfo), and the recreate uses
            // `connect = false, slot_name = <name>` — it does not recreate that
            // remote slot, so the catalog converges while replication is silently
            // broken (and the DROP fails outright when the publisher is unreachable).
            // PG18+ added `ALTER SUBSCRIPTION … SET (two_phase)`, allowed only on a
            // DISABLED subscription, so route through DISABLE → SET → (re-)ENABLE. On
            // PG < 18 there is no in-place form (`two_phase` is rejected as an
            // unrecognized parameter) and an automatic recreate is destructive, so
            // fail loudly and let the operator recreate the subscription deliberately.
            twoPhase: {
                alter: (fact, _from, to) => {
                    const name = subscriptionName(fact);
                    const major = Number(p(fact, "_serverMajor") ?? 0);
                    if (major < 18) {
                        throw new Error(`subscription ${name}: changing two_phase requires PostgreSQL 18+ ` +
                            `(ALTER SUBSCRIPTION … SET (two_phase)). On PG${major || " < 18"} ` +
                            `recreate the subscription manually — an automatic drop/recreate ` +
                            `would drop the publisher's replication slot and break replication.`);
                    }
                    // two_phase is settable only while the subscription is disabled; a
                    // DISABLE on an already-disabled subscription is a harmless no-op.
                    // These three specs tie on subject id and stay in emission order.
                    const specs = [
                        { sql: `ALTER SUBSCRIPTION ${name} DISABLE` },
                        {
                            sql: `ALTER SUBSCRIPTION ${name} SET (two_phase = ${to ? "true" : "false"})`,
                        },
                    ];
                    if (p(fact, "enabled")) {
                        specs.push({ sql: `ALTER SUBSCRIPTION ${name} ENABLE` });
                    }
                    return specs;
                },
            },
        },
    },
};
/** `CREATE SUBSCRIPTION … WITH (…)` fragments for every non-null option.
 *  null marks an option the server version does not expose (run_as_owner /
 *  origin are PG16+), so it is simply omitted. */
function subscriptionOptionParts(fact) {
    const parts = [];
    const bool = (key, opt) => {
        const v = p(fact, key);
        if (v != null)
            parts.push(`${opt} = ${v ? "true" : "false"}`);
    };
    const text = (key, opt) => {
        const v = p(fact, key);
        if (v != null)
            parts.push(`${opt} = ${lit(str(v))}`);
    };
    bool("binary", "binary");
    text("streaming", "streaming");
    text("synchronousCommit", "synchronous_commit");
    bool("disableOnError", "disable_on_error");
    bool("runAsOwner", "run_as_owner");
    bool("twoPhase", "two_phase");
    text("origin", "origin");
    return parts;
}
function subscriptionName(fact) {
    return qid(fact.id.name);
}
/** boolean ALTER … SET (opt = true|false). */
function subscriptionBoolSet(opt) {
    return {
        alter: (fact, _from, to) => ({
            sql: `ALTER SUBSCRIPTION ${subscriptionName(fact)} SET (${opt} = ${to ? "true" : "false"})`,
        }),
    };
}
/** quoted-string ALTER … SET (opt = '…'). */
function subscriptionStringSet(opt) {
    return {
        alter: (fact, _from, to) => ({
            sql: `ALTER SUBSCRIPTION ${subscriptionName(fact)} SET (${opt} = ${lit(str(to))})`,
        }),
    };
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/roles.js


/** `ALTER ROLE <role> SET <key> TO <value>` — the single rendering of a role
 *  GUC config entry, shared by the create rule (materializing config on a fresh
 *  role) and the config set-delta alter (changing it later). `role` is already
 *  quoted by the caller. */
function roleConfigSetSql(role, key, value) {
    return `ALTER ROLE ${role} SET ${qid(key)} TO ${lit(value)}`;
}
const roleRules = {
    role: {
        weight: 0,
        rename: renameRule((fact) => `ALTER ROLE ${qid(fact.id.name)}`),
        // a create rule must materialize EVERY payload attribute not carried by a
        // child fact or edge: CREATE ROLE … WITH <flags>, then one
        // `ALTER ROLE … SET` per desired config entry (review P1 — creating a
        // configured role must not drop its GUC config). Follow-up actions consume
        // the role fact so they order after the CREATE.
        create: (fact) => {
            const role = qid(fact.id.name);
            const specs = [
                { sql: `CREATE ROLE ${role} WITH ${roleFlagSql(fact.payload)}` },
            ];
            for (const entry of p(fact, "config") ?? []) {
                const [key, value] = splitOption(entry);
                specs.push({ sql: roleConfigSetSql(role, key, value) });
            }
            return specs;
        },
        drop: (fact) => {
            const name = qid(fact.id.name);
            // No `DROP OWNED BY`: every managed grant, default ACL, and owned
            // object has already been revoked/reassigned/dropped by its own plan
            // action. `DROP OWNED BY` would also sweep up anything the role owns
            // OUTSIDE the managed view, silently destroying unmanaged data — a
            // plain `DROP ROLE` instead fails loud if unmanaged ownership remains.
            return { sql: `DROP ROLE ${name}` };
        },
        attributes: {
            ...Object.fromEntries(Object.entries(ROLE_FLAGS).map(([key, [on, off]]) => [
                key,
                {
                    alter: (fact, _from, to) => ({
                        sql: `ALTER ROLE ${qid(fact.id.name)} WITH ${to ? on : off}`,
                    }),
                },
            ])),
            config: {
                alter: (fact, from, to) => {
                    const role = qid(fact.id.name);
                    const oldCfg = new Map((from ?? []).map(splitOption));
                    const newCfg = new Map((to ?? []).map(splitOption));
                    const specs = [];
                    for (const [key] of oldCfg) {
                        if (!newCfg.has(key)) {
                            specs.push({ sql: `ALTER ROLE ${role} RESET ${qid(key)}` });
                        }
                    }
                    for (const [key, value] of newCfg) {
                        if (oldCfg.get(key) !== value) {
                            specs.push({ sql: roleConfigSetSql(role, key, value) });
                        }
                    }
                    return specs;
                },
            },
        },
    },
    membership: {
        weight: 1,
        create: (fact) => {
            const id = fact.id;
            return [
                {
                    sql: `GRANT ${qid(id.role)} TO ${qid(id.member)}${p(fact, "admin") ? " WITH ADMIN OPTION" : ""}`,
                    consumes: [
                        { kind: "role", name: id.role },
                        { kind: "role", name: id.member },
                    ],
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            // NO CASCADE: on PG16+, revoking an ADMIN-OPTION membership with CASCADE
            // also deletes downstream pg_auth_members rows the member granted onward
            // — including ones present on BOTH diff sides that are meant to be kept.
            // Extraction is grantor-blind, so nothing plans a corrective re-grant, and
            // the kept grant is silently destroyed. Plain REVOKE removes only this
            // pair; on PG16+ with a dependent grant it fails LOUDLY ("dependent
            // privileges exist") rather than silently — intended for now (convergent
            // regrant tracked in #333).
            return {
                sql: `REVOKE ${qid(id.role)} FROM ${qid(id.member)}`,
                consumes: [
                    { kind: "role", name: id.role },
                    { kind: "role", name: id.member },
                ],
            };
        },
        attributes: {
            admin: {
                alter: (fact, _from, to) => {
                    const id = fact.id;
                    return {
                        sql: to
                            ? `GRANT ${qid(id.role)} TO ${qid(id.member)} WITH ADMIN OPTION`
                            : `REVOKE ADMIN OPTION FOR ${qid(id.role)} FROM ${qid(id.member)}`,
                        consumes: [
                            { kind: "role", name: id.role },
                            { kind: "role", name: id.member },
                        ],
                    };
                },
            },
        },
    },
    defaultPrivilege: {
        weight: 22,
        create: (fact) => defaultPrivilegeCreateActions(fact),
        drop: (fact) => defaultPrivilegeDropActions(fact),
        attributes: { privileges: "replace", grantable: "replace" },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/routines.js


// aggfinalmodify / aggmfinalmodify → CREATE AGGREGATE keyword. 'r'
// (READ_ONLY) is the default, so it's rendered as undefined (omitted).
const FINALFUNC_MODIFY = {
    r: undefined,
    s: "SHAREABLE",
    w: "READ_WRITE",
};
// pg_proc.proparallel → PARALLEL keyword. 'u' (UNSAFE) is the default and
// is omitted.
const PARALLEL = {
    u: undefined,
    s: "SAFE",
    r: "RESTRICTED",
};
/** FUNCTION / PROCEDURE keyword from the routine's own id kind — never a
 *  payload field (the kind is part of the address, P0). */
const routineKeyword = (fact) => fact.id.kind === "procedure" ? "PROCEDURE" : "FUNCTION";
// Functions and procedures share one rule implementation: identical
// create/drop/rename/owner shapes, differing only by the keyword derived from
// the id kind. Registered under both `function` and `procedure` keys below.
const routineRule = {
    weight: 8,
    cascadesToChildren: true,
    rebuildable: true,
    defaclObjtype: "f",
    rename: (fact, to) => ({
        sql: `ALTER ROUTINE ${routineSig(fact.id)} RENAME TO ${qid(to.name)}`,
    }),
    create: (fact) => [
        {
            sql: str(p(fact, "def")),
        },
    ],
    drop: (fact) => {
        const id = fact.id;
        return { sql: `DROP ${routineKeyword(fact)} ${routineSig(id)}` };
    },
    ownerAlterPrefix: (fact) => {
        const id = fact.id;
        return `ALTER ${routineKeyword(fact)} ${routineSig(id)}`;
    },
    attributes: {
        // `def` is pg_get_functiondef output — itself a `CREATE OR REPLACE`. A
        // body / volatility / security / strictness / cost / SET-clause change
        // re-runs it IN PLACE (PostgreSQL / pg_dump semantics: owner, grants, and
        // dependents survive). (Arg-name / arg-default changes do NOT alter in place —
        // they also flip `argSignature`, which is "replace" below and wins.) The
        // alter consumes the routine's `depends` targets so a BEGIN ATOMIC body that
        // references a newly-created object is ordered after that object's create.
        def: {
            alter: (fact, _from, _to, view) => ({
                sql: str(p(fact, "def")),
                consumes: dependencyConsumes(view, fact.id),
            }),
        },
        // CREATE OR REPLACE refuses a return-type change ("cannot change return type
        // of existing function"), cannot flip window-ness, and cannot rename a
        // parameter or remove a parameter default ("cannot change name of input
        // parameter" / "cannot remove parameter defaults"); a language change is
        // demolished for the same drop-and-recreate safety. Each forces a replace
        // (with the forced dependent rebuild). Arg TYPES are identity → a different
        // stable id → natural drop+create, so `argSignature` differs within a stable
        // id only by name/mode/default.
        returnType: "replace",
        argSignature: "replace",
        language: "replace",
        isWindow: "replace",
    },
};
const routineRules = {
    function: routineRule,
    procedure: routineRule,
    aggregate: {
        weight: 9,
        cascadesToChildren: true,
        defaclObjtype: "f",
        create: (fact) => {
            const id = fact.id;
            const parts = [
                `SFUNC = ${str(p(fact, "sfunc"))}`,
                `STYPE = ${str(p(fact, "stype"))}`,
            ];
            // emit `KEY = <func>` for a non-null regproc-style option
            const fn = (key, clause) => {
                const v = p(fact, key);
                if (v != null)
                    parts.push(`${clause} = ${str(v)}`);
            };
            const sspace = Number(p(fact, "sspace") ?? 0);
            if (sspace !== 0)
                parts.push(`SSPACE = ${sspace}`);
            fn("finalfunc", "FINALFUNC");
            if (p(fact, "finalfuncExtra"))
                parts.push("FINALFUNC_EXTRA");
            const finalfuncModify = FINALFUNC_MODIFY[str(p(fact, "finalfuncModify") ?? "r")];
            if (finalfuncModify != null)
                parts.push(`FINALFUNC_MODIFY = ${finalfuncModify}`);
            fn("combinefunc", "COMBINEFUNC");
            fn("serialfunc", "SERIALFUNC");
            fn("deserialfunc", "DESERIALFUNC");
            fn("msfunc", "MSFUNC");
            fn("minvfunc", "MINVFUNC");
            fn("mstype", "MSTYPE");
            const msspace = Number(p(fact, "msspace") ?? 0);
            if (msspace !== 0)
                parts.push(`MSSPACE = ${msspace}`);
            fn("mfinalfunc", "MFINALFUNC");
            if (p(fact, "mfinalfuncExtra"))
                parts.push("MFINALFUNC_EXTRA");
            const mfinalfuncModify = FINALFUNC_MODIFY[str(p(fact, "mfinalfuncModify") ?? "r")];
            if (mfinalfuncModify != null)
                parts.push(`MFINALFUNC_MODIFY = ${mfinalfuncModify}`);
            const initcond = p(fact, "initcond");
            if (initcond != null)
                parts.push(`INITCOND = ${lit(str(initcond))}`);
            const minitcond = p(fact, "minitcond");
            if (minitcond != null)
                parts.push(`MINITCOND = ${lit(str(minitcond))}`);
            const sortop = p(fact, "sortop");
            if (sortop != null)
                parts.push(`SORTOP = ${str(sortop)}`);
            const parallel = PARALLEL[str(p(fact, "parallel") ?? "u")];
            if (parallel != null)
                parts.push(`PARALLEL = ${parallel}`);
            if (str(p(fact, "aggKind")) === "h")
                parts.push("HYPOTHETICAL");
            return [
                {
                    sql: `CREATE AGGREGATE ${rel(id.schema, id.name)}(${aggSig(fact)}) (${parts.join(", ")})`,
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            return {
                sql: `DROP AGGREGATE ${rel(id.schema, id.name)}(${aggSig(fact)})`,
            };
        },
        ownerAlterPrefix: (fact) => {
            const id = fact.id;
            return `ALTER AGGREGATE ${rel(id.schema, id.name)}(${aggSig(fact)})`;
        },
        attributes: {
            aggKind: "replace",
            numDirectArgs: "replace",
            sfunc: "replace",
            stype: "replace",
            finalfunc: "replace",
            initcond: "replace",
            combinefunc: "replace",
            serialfunc: "replace",
            deserialfunc: "replace",
            msfunc: "replace",
            minvfunc: "replace",
            mstype: "replace",
            msspace: "replace",
            mfinalfunc: "replace",
            minitcond: "replace",
            finalfuncExtra: "replace",
            mfinalfuncExtra: "replace",
            finalfuncModify: "replace",
            mfinalfuncModify: "replace",
            sspace: "replace",
            sortop: "replace",
            parallel: "replace",
        },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/schemas.js


/**
 * Canonical `CREATE SCHEMA` rendering — the single source of truth shared by the
 * schema create rule (bare form) and the co-create ownership fold
 * (`internal.ts::foldCoCreateOwnership`), which appends `AUTHORIZATION` so a
 * freshly-created schema + its owner ALTER collapse into one statement. Keeping
 * both callers on this helper means the fold never reconstructs DDL by string
 * surgery — it renders the canonical form and compares.
 */
function schemaCreateSql(schemaName, ownerRole) {
    const base = `CREATE SCHEMA ${qid(schemaName)}`;
    return ownerRole === undefined
        ? base
        : `${base} AUTHORIZATION ${qid(ownerRole)}`;
}
const schemaRules = {
    schema: {
        weight: 1,
        defaclObjtype: "n", // ALTER DEFAULT PRIVILEGES … ON SCHEMAS
        rename: renameRule((fact) => `ALTER SCHEMA ${qid(fact.id.name)}`),
        create: (fact) => [
            { sql: schemaCreateSql(fact.id.name) },
        ],
        drop: (fact) => ({
            sql: `DROP SCHEMA ${qid(fact.id.name)}`,
        }),
        ownerAlterPrefix: (fact) => `ALTER SCHEMA ${qid(fact.id.name)}`,
        attributes: {},
    },
    extension: {
        weight: 2,
        // Whether to emit `SCHEMA <s>` is a PLAN-TIME property, not an extract-time
        // one: the clause is valid iff schema `s` EXISTS when CREATE EXTENSION runs.
        // Emit it when `s` is present on the target (source view — including the
        // reference-only platform schemas the policy keeps, e.g. Supabase's
        // "extensions"), OR when `s` is created by this plan (a managed, non-
        // reference-only desired schema; the `consumes` edge orders CREATE SCHEMA
        // first). Otherwise the extension creates its OWN schema from its control
        // file (pgmq), so the clause would fail against a not-yet-existing schema —
        // emit the bare form; built-in schemas (pg_cron's pg_catalog) are never
        // extracted and fall here too. `relocatable` / `_schemaIsMember` cannot
        // express this — the `deptype='e'` schema→extension edge never exists, so
        // `_schemaIsMember` was always false and the rule always emitted the clause
        // (da8ce04 regression). See docs/architecture/managed-view-architecture.md.
        create: (fact, view, _params, sourceView) => {
            const schemaName = str(p(fact, "schema"));
            const schemaId = { kind: "schema", name: schemaName };
            const schemaPresent = sourceView?.get(schemaId) !== undefined ||
                (view.get(schemaId) !== undefined && !view.isReferenceOnly(schemaId));
            const name = qid(fact.id.name);
            return [
                schemaPresent
                    ? {
                        sql: `CREATE EXTENSION ${name} SCHEMA ${qid(schemaName)}`,
                        consumes: [schemaId],
                    }
                    : { sql: `CREATE EXTENSION ${name}` },
            ];
        },
        // DROP EXTENSION cascades to its member objects (pg_depend deptype 'e'), but
        // those members are projected out of the diff (kept reference-only), so no
        // other action raises the destructive flag for them. Derive it here from the
        // member closure: destructive iff the extension owns a DATA-BEARING persisted
        // relation (table / materialized view) — dropping it destroys user rows. An
        // extension whose members are only functions/types/operators/etc. drops
        // without data loss, so it stays non-destructive (matches the per-kind
        // convention: DROP TABLE is destructive, DROP FUNCTION is not). The proof
        // loop turns this into a verified claim; here it is only the reported hazard.
        // Reference-only members survive in the resolved view with their
        // `memberOfExtension` edges intact, so `incomingEdges` sees them.
        drop: (fact, view) => {
            const members = (view?.incomingEdges(fact.id) ?? [])
                .filter((edge) => edge.kind === "memberOfExtension")
                .map((edge) => edge.from);
            const destructive = members.some((member) => member.kind === "table" || member.kind === "materializedView");
            return {
                sql: `DROP EXTENSION ${qid(fact.id.name)}`,
                ...(members.length > 0 ? { alsoDestroys: members } : {}),
                ...(destructive ? { dataLoss: "destructive" } : {}),
            };
        },
        attributes: {
            schema: {
                // consume the NEW schema so the relocation is ordered after its CREATE;
                // release the OLD schema so it runs before a same-plan DROP SCHEMA of
                // the old home (otherwise the drop can be sequenced first and fail).
                alter: (fact, from, to) => ({
                    sql: `ALTER EXTENSION ${qid(fact.id.name)} SET SCHEMA ${qid(str(to))}`,
                    consumes: [{ kind: "schema", name: str(to) }],
                    releases: [{ kind: "schema", name: str(from) }],
                }),
                // A non-relocatable extension rejects SET SCHEMA, so relocating it must
                // be a drop + recreate in the new schema (its create rule emits the
                // `SCHEMA <s>` clause). The relocatable flag is extracted per extension.
                replaceWhen: (_from, _to, fact) => p(fact, "relocatable") === false,
            },
        },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/sequences.js


const sequenceRules = {
    sequence: {
        weight: 3,
        cascadesToChildren: true,
        defaclObjtype: "S",
        dropRootRedirect: (fact, isRemoved) => {
            const ownedBy = fact.payload["ownedBy"];
            if (ownedBy == null)
                return undefined;
            const columnId = {
                kind: "column",
                schema: ownedBy.schema,
                table: ownedBy.table,
                name: ownedBy.column,
            };
            if (isRemoved(columnId))
                return columnId;
            const tableId = {
                kind: "table",
                schema: ownedBy.schema,
                name: ownedBy.table,
            };
            if (isRemoved(tableId))
                return tableId;
            return undefined;
        },
        rename: renameRule((fact) => {
            const id = fact.id;
            return `ALTER SEQUENCE ${rel(id.schema, id.name)}`;
        }),
        create: (fact) => {
            const id = fact.id;
            return [
                {
                    sql: `CREATE SEQUENCE ${rel(id.schema, id.name)} AS ${str(p(fact, "dataType"))}` +
                        ` INCREMENT BY ${str(p(fact, "increment"))} MINVALUE ${str(p(fact, "minValue"))}` +
                        ` MAXVALUE ${str(p(fact, "maxValue"))} START WITH ${str(p(fact, "start"))}` +
                        ` CACHE ${str(p(fact, "cache"))} ${p(fact, "cycle") ? "CYCLE" : "NO CYCLE"}`,
                },
                ...sequenceOwnedBySpecs(fact),
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            return { sql: `DROP SEQUENCE ${rel(id.schema, id.name)}` };
        },
        ownerAlterPrefix: (fact) => {
            const id = fact.id;
            return `ALTER SEQUENCE ${rel(id.schema, id.name)}`;
        },
        attributes: {
            // Every value option routes through the SAME combined-alter helper, which
            // emits ONE `ALTER SEQUENCE … <opt> <opt> …` statement from whichever
            // changed option sorts first (the emitter iterates changed attributes
            // independently). A single statement validates the FINAL state, so moving
            // both bounds at once no longer trips Postgres' transient `min > max`
            // rejection — see `sequenceOptionAlter`.
            dataType: {
                alter: (fact, _from, _to, _view, sourceView) => sequenceOptionAlter("dataType", fact, sourceView),
            },
            increment: {
                alter: (fact, _from, _to, _view, sourceView) => sequenceOptionAlter("increment", fact, sourceView),
            },
            minValue: {
                alter: (fact, _from, _to, _view, sourceView) => sequenceOptionAlter("minValue", fact, sourceView),
            },
            maxValue: {
                alter: (fact, _from, _to, _view, sourceView) => sequenceOptionAlter("maxValue", fact, sourceView),
            },
            start: {
                alter: (fact, _from, _to, _view, sourceView) => sequenceOptionAlter("start", fact, sourceView),
            },
            cache: {
                alter: (fact, _from, _to, _view, sourceView) => sequenceOptionAlter("cache", fact, sourceView),
            },
            cycle: {
                alter: (fact, _from, _to, _view, sourceView) => sequenceOptionAlter("cycle", fact, sourceView),
            },
            ownedBy: {
                alter: (fact, from) => sequenceOwnedBySpecs(fact, {
                    allowNone: true,
                    releaseOld: from,
                }),
            },
        },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/tables.js
/** Rule definitions for tables and their column / default sub-objects. */



const tableRules = {
    table: {
        weight: 4,
        cascadesToChildren: true,
        defaclObjtype: "r",
        rename: renameRule((fact) => {
            const id = fact.id;
            return `ALTER TABLE ${rel(id.schema, id.name)}`;
        }),
        create: (fact, view) => {
            const id = fact.id;
            const relName = rel(id.schema, id.name);
            const persistence = str(p(fact, "persistence"));
            const unlogged = persistence === "u" ? "UNLOGGED " : "";
            const bound = p(fact, "partitionBound");
            const partKey = p(fact, "partitionKey");
            const parentT = p(fact, "parentTable");
            let createSql;
            const consumes = [];
            const alsoProduces = [];
            if (bound != null && parentT != null) {
                // a partition: columns are inherited, the bound carries the shape
                createSql = `CREATE ${unlogged}TABLE ${relName} PARTITION OF ${rel(parentT.schema, parentT.name)} ${str(bound)}`;
                // a partition may itself be partitioned (multi-level partitioning): keep
                // its own PARTITION BY so sub-partitions can attach — otherwise the
                // middle layer is created as a plain table and its leaves fail to attach.
                if (partKey != null)
                    createSql += ` PARTITION BY ${str(partKey)}`;
                consumes.push({
                    kind: "table",
                    schema: parentT.schema,
                    name: parentT.name,
                });
            }
            else {
                // partitioned parents must inline their columns: the partition key
                // references them, so decomposed ADD COLUMN cannot work (§3.4
                // delta-set inlining). The statement produces the column facts too.
                let cols = "";
                if (partKey != null) {
                    const colFacts = view
                        .childrenOf(fact.id)
                        .filter((c) => c.id.kind === "column");
                    // Column ORDER is row-layout state: render in declared position
                    // (`_position` = pg_attribute.attnum, captured at extract time), NOT
                    // the encoded-id (name) order childrenOf() yields. Fall back to the
                    // incoming order when `_position` is absent (legacy fact bases) so the
                    // sort stays stable and total. Mirrors the composite CREATE TYPE path
                    // (plan/rules/types.ts). The bare foldable path is handled separately:
                    // its columns arrive as ADD COLUMN folds, ordered by the tie-break in
                    // plan/phases/action-graph.ts.
                    if (colFacts.every((c) => p(c, "_position") != null)) {
                        colFacts.sort((a, b) => Number(p(a, "_position")) - Number(p(b, "_position")));
                    }
                    cols = colFacts.map(columnClause).join(", ");
                    for (const c of colFacts)
                        alsoProduces.push(c.id);
                }
                createSql = `CREATE ${unlogged}TABLE ${relName} (${cols})`;
                if (parentT != null) {
                    createSql += ` INHERITS (${rel(parentT.schema, parentT.name)})`;
                    consumes.push({
                        kind: "table",
                        schema: parentT.schema,
                        name: parentT.name,
                    });
                }
                if (partKey != null)
                    createSql += ` PARTITION BY ${str(partKey)}`;
            }
            // only the bare shape (no partition machinery, no INHERITS suffix)
            // can absorb folded column clauses without SQL surgery ambiguity
            const foldable = bound == null && partKey == null && parentT == null;
            const specs = [
                {
                    sql: createSql,
                    ...(consumes.length > 0 ? { consumes } : {}),
                    alsoProduces,
                    ...(foldable ? { acceptsColumnFolds: true } : {}),
                },
            ];
            if (p(fact, "rowSecurity")) {
                specs.push({ sql: `ALTER TABLE ${relName} ENABLE ROW LEVEL SECURITY` });
            }
            if (p(fact, "forceRowSecurity")) {
                specs.push({ sql: `ALTER TABLE ${relName} FORCE ROW LEVEL SECURITY` });
            }
            const replident = p(fact, "replicaIdentity");
            if (replident != null && replident !== "d") {
                specs.push(replicaIdentitySpec(fact, view));
            }
            // storage reloptions (fillfactor, autovacuum_*, …) as a SET follow-up,
            // keeping them out of the partition/INHERITS/PARTITION BY create grammar
            const reloptions = p(fact, "reloptions");
            if (reloptions != null && reloptions.length > 0) {
                specs.push({
                    sql: `ALTER TABLE ${relName} SET (${reloptions.join(", ")})`,
                });
            }
            return specs;
        },
        drop: (fact) => {
            const id = fact.id;
            return {
                sql: `DROP TABLE ${rel(id.schema, id.name)}`,
                dataLoss: "destructive",
            };
        },
        ownerAlterPrefix: (fact) => {
            const id = fact.id;
            return `ALTER TABLE ${rel(id.schema, id.name)}`;
        },
        attributes: {
            persistence: {
                alter: (fact, _from, to) => {
                    const id = fact.id;
                    return {
                        sql: `ALTER TABLE ${rel(id.schema, id.name)} SET ${str(to) === "u" ? "UNLOGGED" : "LOGGED"}`,
                        rewriteRisk: true,
                    };
                },
            },
            rowSecurity: {
                alter: (fact, _from, to) => {
                    const id = fact.id;
                    return {
                        sql: `ALTER TABLE ${rel(id.schema, id.name)} ${to ? "ENABLE" : "DISABLE"} ROW LEVEL SECURITY`,
                    };
                },
            },
            forceRowSecurity: {
                alter: (fact, _from, to) => {
                    const id = fact.id;
                    return {
                        sql: `ALTER TABLE ${rel(id.schema, id.name)} ${to ? "FORCE" : "NO FORCE"} ROW LEVEL SECURITY`,
                    };
                },
            },
            replicaIdentity: {
                alter: (fact, _from, _to, view) => replicaIdentitySpec(fact, view),
            },
            replicaIdentityIndex: {
                alter: (fact, _from, _to, view) => replicaIdentitySpec(fact, view),
            },
            reloptions: {
                alter: (fact, from, to) => {
                    const id = fact.id;
                    return reloptionsAlterSpecs(`ALTER TABLE ${rel(id.schema, id.name)}`, from, to);
                },
            },
            partitionKey: "replace",
            partitionBound: "replace",
            parentTable: "replace",
        },
    },
    column: {
        weight: 5,
        cascadesToChildren: true,
        rename: (fact, to) => {
            const { schema, table, column } = columnRef(fact);
            return {
                sql: `ALTER TABLE ${rel(schema, table)} RENAME COLUMN ${qid(column)} TO ${qid(to.name)}`,
            };
        },
        create: (fact, view) => {
            const { schema, table, column } = columnRef(fact);
            // delta-set inlining (§3.4): a column arriving WITH a default must
            // carry it inline — ADD COLUMN … NOT NULL fails on populated tables
            // otherwise. The statement then produces the default fact too.
            const defaultChild = view
                .childrenOf(fact.id)
                .find((c) => c.id.kind === "default" && c.id.name === column);
            let clause = columnClause(fact);
            const alsoProduces = [];
            if (defaultChild) {
                clause += ` DEFAULT ${str(defaultChild.payload["expr"])}`;
                alsoProduces.push(defaultChild.id);
            }
            // ADD COLUMN rewrites the table when it materializes a value for every
            // row: a STORED generated column always, or an inline DEFAULT whose
            // expression may be volatile (nextval, now, …). We cannot tell a
            // constant default from a volatile one without parsing (guardrail 2),
            // so any inline default conservatively declares rewriteRisk — over-
            // declaring is safe (the proof only fails on UNDER-declared rewrites).
            const rewrites = fact.payload["generatedExpr"] != null || defaultChild !== undefined;
            const spec = {
                sql: `ALTER TABLE ${rel(schema, table)} ADD COLUMN ${clause}`,
                alsoProduces,
                ...(rewrites ? { rewriteRisk: true } : {}),
            };
            if (fact.parent !== undefined && fact.parent.kind === "table") {
                // Generated columns reference other columns in their expression; folding
                // them into an empty CREATE TABLE before those columns are present emits
                // invalid SQL (dbdev package_upgrades.from_version_struct roundtrip).
                if (fact.payload["generatedExpr"] == null) {
                    spec.compaction = { foldInto: fact.parent, clause };
                }
            }
            return [spec];
        },
        drop: (fact) => {
            const { schema, table, column } = columnRef(fact);
            return {
                sql: `ALTER TABLE ${rel(schema, table)} DROP COLUMN ${qid(column)}`,
                dataLoss: "destructive",
            };
        },
        attributes: {
            type: {
                // delta-set shape: defaults can't be cast through a type change, so
                // the change is sandwiched DROP DEFAULT → TYPE … USING → SET DEFAULT.
                // Identity and generated columns take neither bookend (they can't hold a
                // default and PostgreSQL rejects the statements outright) — see below.
                alter: (fact, from, to, view, sourceView) => {
                    const { schema, table, column } = columnRef(fact);
                    const target = `ALTER TABLE ${rel(schema, table)} ALTER COLUMN ${qid(column)}`;
                    // `fact` is the DESIRED-side column. Identity add/drop deltas land on
                    // this same fact and the differ emits a fact's attributes
                    // ALPHABETICALLY (`identity` < `type`), which the topo tie-break
                    // preserves — so by the time these statements run the column's
                    // identity state is already the DESIRED one. Gate identity-sensitive
                    // statements on `desiredIdentity`, not the source.
                    const sourceColumn = sourceView.get(fact.id) ?? fact;
                    const sourceIdentity = sourceColumn.payload["identity"] ?? null;
                    const desiredIdentity = fact.payload["identity"] ?? null;
                    // `generated` stays SOURCE-side: a generatedExpr change routes through
                    // a column replace, so whenever `type.alter` runs at all the source
                    // and desired generated-ness are necessarily the same.
                    const sourceGenerated = sourceColumn.payload["generatedExpr"] != null;
                    // Foreign tables have no local storage, so PostgreSQL rejects the
                    // USING cast clause ("<rel> is not a table", 42809) — it would force a
                    // rewrite. The plain TYPE change is metadata-only and carries no
                    // rewrite risk. (Regular tables keep the USING cast + rewriteRisk.)
                    const isForeign = fact.parent?.kind === "foreignTable";
                    // The retyped column depends on its NEW type via a column→type
                    // pg_depend edge; consume it so this TYPE change is ordered AFTER a
                    // same-plan CREATE of that type. Symmetrically, release the OLD type
                    // (the source-side edge) so the change runs BEFORE a same-plan DROP of
                    // it. Built-in types record no such edge (system-scoped endpoints are
                    // dropped in extract), so a plain widening leaves both sets empty.
                    const consumes = dependencyConsumes(view, fact.id);
                    const releases = dependencyConsumes(sourceView, fact.id);
                    // A generated column also rejects the USING clause ("cannot specify
                    // USING when altering type of generated column") — PostgreSQL
                    // recomputes the value from the generation expression. That still
                    // rewrites the table, so rewriteRisk stays (unlike the foreign case).
                    const usingCast = isForeign || sourceGenerated
                        ? ""
                        : ` USING ${qid(column)}::${str(to)}`;
                    const typeSpec = {
                        sql: `${target} TYPE ${str(to)}${usingCast}`,
                        ...(isForeign ? {} : { rewriteRisk: true }),
                    };
                    if (consumes.length > 0)
                        typeSpec.consumes = consumes;
                    if (releases.length > 0)
                        typeSpec.releases = releases;
                    const specs = [];
                    // DROP DEFAULT is a harmless no-op on a plain column that has none,
                    // but PostgreSQL REJECTS it on an identity column ("… is an identity
                    // column") or a generated column ("… is a generated column") whether
                    // or not a default exists — and neither kind can carry one anyway.
                    // The identity side reads DESIRED (see above): a plain column that
                    // gains identity in this same plan is ALREADY an identity column here,
                    // and an identity column that loses it is already plain (so the no-op
                    // is emitted, harmlessly, after DROP IDENTITY).
                    if (desiredIdentity == null && !sourceGenerated) {
                        specs.push({ sql: `${target} DROP DEFAULT` });
                    }
                    // An identity column's implicit sequence is typed after the column, so
                    // retyping moves the column type AND the identity bounds. Both deltas
                    // land on the SAME fact with no edge between them, so `identity.alter`
                    // skips the bounds when a `type` delta is present and `type.alter`
                    // positions that ONE chained-SET statement (never split — see
                    // identityOptionAlterSpecs) relative to the TYPE by direction:
                    //   - WIDENING (or an unrecognised type pair): AFTER. The desired
                    //     bounds may exceed the old type's range, so setting them first
                    //     fails; PostgreSQL re-derives an at-type-max bound from the new
                    //     type and the explicit SET then converges the exact values.
                    //   - NARROWING: BEFORE. An explicit bound that overflows the new type
                    //     makes the retype itself fail ("MAXVALUE (5000000000) is out of
                    //     range for sequence data type integer"). Setting the bounds first
                    //     is always valid here because the desired values fit the desired
                    //     (narrower) type, which is a subset of the old type's range.
                    // Any RESTART rides along with the statement wherever it lands — the
                    // restart target is the desired START, inside the desired range.
                    const boundSpecs = sourceIdentity != null && desiredIdentity != null
                        ? identityOptionAlterSpecs(target, identityOptions(sourceIdentity), identityOptions(desiredIdentity))
                        : [];
                    const narrowing = isNarrowingIdentityTypeChange(str(from), str(to));
                    if (narrowing)
                        specs.push(...boundSpecs);
                    specs.push(typeSpec);
                    if (!narrowing)
                        specs.push(...boundSpecs);
                    const desiredDefault = view
                        .childrenOf(fact.id)
                        .find((c) => c.id.kind === "default");
                    if (desiredDefault) {
                        specs.push({
                            sql: `${target} SET DEFAULT ${str(desiredDefault.payload["expr"])}`,
                        });
                    }
                    return specs;
                },
                // PostgreSQL rejects ALTER COLUMN … TYPE while a view, rule, or
                // policy references the column (0A000). Those dependents must be
                // dropped before the alter and recreated after; indexes and
                // constraints are NOT force-rebuilt (PG rebuilds them itself, and
                // dropping a PK with dependent FKs would cascade harmfully).
                rebuildsDependents: () => [
                    "view",
                    "materializedView",
                    "rule",
                    "policy",
                ],
            },
            notNull: {
                alter: (fact, _from, to) => {
                    const { schema, table, column } = columnRef(fact);
                    return {
                        sql: `ALTER TABLE ${rel(schema, table)} ALTER COLUMN ${qid(column)} ${to ? "SET" : "DROP"} NOT NULL`,
                    };
                },
            },
            identity: {
                alter: (fact, from, to, _view, sourceView) => {
                    const { schema, table, column } = columnRef(fact);
                    const target = `ALTER TABLE ${rel(schema, table)} ALTER COLUMN ${qid(column)}`;
                    const fromSeq = identitySequenceId(from);
                    const toSeq = identitySequenceId(to);
                    if (to == null) {
                        // the backing sequence dies with the identity; declaring it lets
                        // the graph order a CREATE SEQUENCE of the same name afterwards
                        return {
                            sql: `${target} DROP IDENTITY`,
                            ...(fromSeq == null ? {} : { alsoDestroys: [fromSeq] }),
                        };
                    }
                    const phrase = identityGeneration(to) === "a"
                        ? "GENERATED ALWAYS"
                        : "GENERATED BY DEFAULT";
                    const columnType = str(p(fact, "type"));
                    if (from == null) {
                        // ADD IDENTITY materializes the backing sequence; declaring it
                        // orders this after a DROP SEQUENCE freeing the name. Non-default
                        // sequence parameters ride along inline.
                        return {
                            sql: `${target} ADD ${phrase} AS IDENTITY${identityOptionsClause(identityOptions(to), columnType, identitySequenceNameClause(to, { schema, table, column }))}`,
                            ...(toSeq == null ? {} : { alsoProduces: [toSeq] }),
                        };
                    }
                    const specs = [];
                    if (identityGeneration(from) !== identityGeneration(to)) {
                        specs.push({ sql: `${target} SET ${phrase}` });
                    }
                    if (fromSeq != null &&
                        toSeq != null &&
                        (0,stable_id/* encodeId */.md)(fromSeq) !== (0,stable_id/* encodeId */.md)(toSeq)) {
                        const fromParts = fromSeq;
                        const toParts = toSeq;
                        specs.push({
                            sql: `ALTER SEQUENCE ${rel(fromParts.schema, fromParts.name)} RENAME TO ${qid(toParts.name)}`,
                            alsoDestroys: [fromSeq],
                            alsoProduces: [toSeq],
                        });
                    }
                    // a parameter-only change (START/INCREMENT/CACHE/MIN/MAX/CYCLE) is an
                    // in-place ALTER COLUMN SET — no sequence rebuild.
                    // A concurrent `type` delta on the same column owns these bounds: they
                    // must run AFTER the type change (the backing sequence is retyped with
                    // the column), and `type.alter` folds them in there. Emitting them here
                    // too would run them first — while the sequence still has the old type.
                    const sourceType = sourceView.get(fact.id)?.payload["type"];
                    const retyped = sourceType !== undefined && sourceType !== p(fact, "type");
                    if (!retyped) {
                        specs.push(...identityOptionAlterSpecs(target, identityOptions(from), identityOptions(to)));
                    }
                    return specs;
                },
            },
            collation: "replace",
            generatedExpr: "replace",
        },
    },
    default: {
        weight: 6,
        cascadesToChildren: true,
        rebuildable: true,
        create: (fact) => {
            const { schema, table, column } = columnRef(fact);
            return [
                {
                    sql: `ALTER TABLE ${rel(schema, table)} ALTER COLUMN ${qid(column)} SET DEFAULT ${str(p(fact, "expr"))}`,
                },
            ];
        },
        drop: (fact) => {
            const { schema, table, column } = columnRef(fact);
            return {
                sql: `ALTER TABLE ${rel(schema, table)} ALTER COLUMN ${qid(column)} DROP DEFAULT`,
            };
        },
        attributes: {
            expr: {
                alter: (fact, _from, to) => {
                    const { schema, table, column } = columnRef(fact);
                    return {
                        sql: `ALTER TABLE ${rel(schema, table)} ALTER COLUMN ${qid(column)} SET DEFAULT ${str(to)}`,
                    };
                },
            },
        },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/triggers.js


const triggerRules = {
    trigger: {
        weight: 15,
        cascadesToChildren: true,
        rebuildable: true,
        rename: (fact, to) => {
            const id = fact.id;
            return {
                sql: `ALTER TRIGGER ${qid(id.name)} ON ${rel(id.schema, id.table)} RENAME TO ${qid(to.name)}`,
            };
        },
        create: (fact) => {
            const id = fact.id;
            const specs = [{ sql: str(p(fact, "def")) }];
            const enabled = p(fact, "enabled");
            if (enabled != null && enabled !== "O") {
                specs.push({
                    sql: `ALTER TABLE ${rel(id.schema, id.table)} ${enabledPhrase(str(enabled))} TRIGGER ${qid(id.name)}`,
                });
            }
            return specs;
        },
        drop: (fact) => {
            const id = fact.id;
            return {
                sql: `DROP TRIGGER ${qid(id.name)} ON ${rel(id.schema, id.table)}`,
            };
        },
        attributes: {
            def: "replace",
            enabled: {
                alter: (fact, _from, to) => {
                    const id = fact.id;
                    return {
                        sql: `ALTER TABLE ${rel(id.schema, id.table)} ${enabledPhrase(str(to))} TRIGGER ${qid(id.name)}`,
                    };
                },
            },
        },
    },
    eventTrigger: {
        weight: 17,
        // An event trigger depends on its backing function (pg_depend 'n' edge +
        // the create's `consumes: [fnId]`). A function BODY change now alters in
        // place (CREATE OR REPLACE — see routines.ts), leaving the ET untouched; but
        // a change CREATE OR REPLACE cannot express (return type / language / window-
        // kind) or a REMOVE+ADD of the backing function still DEMOLISHES it. A
        // surviving event trigger on a demolished function must therefore be dropped
        // before the function and recreated after; without `rebuildable` the closure
        // skips it and `DROP FUNCTION` fails with "other objects depend on it"
        // (regression: Supabase's grant_pg_net_access et al. back event triggers).
        // Pinned by plan/rules/routines.test.ts — Alpine cannot drive an ET-function
        // replace through the corpus (its backing fn must stay `() RETURNS
        // event_trigger` plpgsql, none of which can change under CREATE OR REPLACE).
        rebuildable: true,
        create: (fact) => {
            const name = qid(fact.id.name);
            // an event-trigger function is always a real function (prokind 'f',
            // returns event_trigger), never a procedure.
            const fnId = {
                kind: "function",
                schema: str(p(fact, "functionSchema")),
                name: str(p(fact, "functionName")),
                args: [],
            };
            let sql = `CREATE EVENT TRIGGER ${name} ON ${str(p(fact, "event"))}`;
            const tags = p(fact, "tags") ?? [];
            if (tags.length > 0) {
                sql += ` WHEN TAG IN (${tags.map((t) => lit(t)).join(", ")})`;
            }
            sql += ` EXECUTE FUNCTION ${rel(str(p(fact, "functionSchema")), str(p(fact, "functionName")))}()`;
            const specs = [
                {
                    sql,
                    consumes: [fnId],
                },
            ];
            const enabled = p(fact, "enabled");
            if (enabled != null && enabled !== "O") {
                specs.push({
                    sql: `ALTER EVENT TRIGGER ${name} ${enabledPhrase(str(enabled))}`,
                });
            }
            return specs;
        },
        drop: (fact) => ({
            sql: `DROP EVENT TRIGGER ${qid(fact.id.name)}`,
        }),
        ownerAlterPrefix: (fact) => `ALTER EVENT TRIGGER ${qid(fact.id.name)}`,
        attributes: {
            enabled: {
                alter: (fact, _from, to) => ({
                    sql: `ALTER EVENT TRIGGER ${qid(fact.id.name)} ${enabledPhrase(str(to))}`,
                }),
            },
            event: "replace",
            tags: "replace",
            functionSchema: "replace",
            functionName: "replace",
        },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/types.js
/** Rule definitions for domains, user-defined types (enum / composite / range),
 *  composite-type attributes, and collations. */



const typeRules = {
    domain: {
        weight: 7,
        cascadesToChildren: true,
        defaclObjtype: "T", // ALTER DEFAULT PRIVILEGES … ON TYPES covers domains
        rename: renameRule((fact) => {
            const id = fact.id;
            return `ALTER DOMAIN ${rel(id.schema, id.name)}`;
        }),
        create: (fact, view, _params, sourceView) => {
            const id = fact.id;
            const relName = rel(id.schema, id.name);
            // GUARD (baseType/collation replace): both attributes are "replace", so
            // any change drops and recreates the domain. A table column is NOT a
            // rebuildable kind, so if a SURVIVING user column depends on this domain
            // PostgreSQL rejects the DROP at apply ("cannot drop type … other
            // objects depend on it"). Fail loud at plan time — mirrors the in-use
            // range-type guard above (§ type rule) and the in-use composite ALTER
            // ATTRIBUTE guard below. Only a REPLACE (the domain is present in the
            // source) can hit this; a fresh create brings its columns with it.
            if (sourceView?.get(fact.id) !== undefined) {
                const inUse = compositeUserColumns(view, fact.id).filter((colId) => sourceView.get(colId) !== undefined);
                if (inUse.length > 0) {
                    const cols = inUse
                        .map((c) => {
                        const col = c;
                        return `${rel(col.schema, col.table)}.${qid(col.name)}`;
                    })
                        .join(", ");
                    throw new Error(`domain ${relName}: cannot replace an in-use domain — column(s) ${cols} depend on it, and PostgreSQL forbids dropping a type while a column uses it. Replacing an in-use domain is not supported yet; drop the using column(s), or recreate the domain, first.`);
                }
            }
            let sql = `CREATE DOMAIN ${relName} AS ${str(p(fact, "baseType"))}`;
            const collation = p(fact, "collation");
            if (collation != null)
                sql += ` COLLATE ${str(collation)}`;
            const def = p(fact, "default");
            if (def != null)
                sql += ` DEFAULT ${str(def)}`;
            if (p(fact, "notNull"))
                sql += ` NOT NULL`;
            // Inline CHECK constraints into the CREATE (delta-set, like composite
            // attributes): a domain already used by a composite type or table column
            // cannot be ALTERed to add a constraint ("cannot alter type … because
            // column … uses it"), so the constraint must exist at creation time. Their
            // standalone ADD is then skipped via alsoProduces. A constraint CHANGE on
            // an EXISTING domain still flows through the ALTER DOMAIN constraint path.
            //
            // EXCEPTION: a NOT VALID constraint (convalidated = false) cannot be
            // expressed inline — `pg_get_constraintdef()` returns "… NOT VALID" and
            // PostgreSQL only accepts NOT VALID on `ALTER DOMAIN … ADD CONSTRAINT`,
            // never on CREATE DOMAIN. Leave it OUT of the inline set so its standalone
            // constraint action (which appends NOT VALID correctly) runs instead.
            const alsoProduces = [];
            for (const child of view.childrenOf(fact.id)) {
                if (child.id.kind !== "constraint")
                    continue;
                if (!p(child, "validated"))
                    continue;
                sql += ` CONSTRAINT ${qid(child.id.name)} ${str(p(child, "def"))}`;
                alsoProduces.push(child.id);
            }
            return [alsoProduces.length > 0 ? { sql, alsoProduces } : { sql }];
        },
        drop: (fact) => {
            const id = fact.id;
            return { sql: `DROP DOMAIN ${rel(id.schema, id.name)}` };
        },
        ownerAlterPrefix: (fact) => {
            const id = fact.id;
            return `ALTER DOMAIN ${rel(id.schema, id.name)}`;
        },
        attributes: {
            default: {
                alter: (fact, _from, to) => {
                    const id = fact.id;
                    return {
                        sql: to == null
                            ? `ALTER DOMAIN ${rel(id.schema, id.name)} DROP DEFAULT`
                            : `ALTER DOMAIN ${rel(id.schema, id.name)} SET DEFAULT ${str(to)}`,
                    };
                },
            },
            notNull: {
                alter: (fact, _from, to) => {
                    const id = fact.id;
                    return {
                        sql: `ALTER DOMAIN ${rel(id.schema, id.name)} ${to ? "SET" : "DROP"} NOT NULL`,
                    };
                },
            },
            baseType: "replace",
            collation: "replace",
        },
    },
    type: {
        weight: 7,
        cascadesToChildren: true,
        defaclObjtype: "T", // ALTER DEFAULT PRIVILEGES … ON TYPES
        rename: renameRule((fact) => {
            const id = fact.id;
            return `ALTER TYPE ${rel(id.schema, id.name)}`;
        }),
        create: (fact, view, _params, sourceView) => {
            const id = fact.id;
            const relName = rel(id.schema, id.name);
            const variant = str(p(fact, "variant"));
            let sql;
            const alsoProduces = [];
            if (variant === "enum") {
                const values = p(fact, "values").map((v) => lit(v));
                sql = `CREATE TYPE ${relName} AS ENUM (${values.join(", ")})`;
            }
            else if (variant === "composite") {
                // attributes are sub-facts (granularity is one): inline them on the
                // fresh CREATE (delta-set, like partitioned-table columns) and
                // register them as produced so their standalone creates are skipped
                // Attribute ORDER is row-layout state: render in declared position
                // (`_position`, captured at extract time), NOT the encoded-id (name)
                // order childrenOf() yields — else composite columns silently reorder.
                // Fall back to the incoming (name) order when `_position` is absent
                // (legacy fact bases / snapshots) so the sort stays stable and total.
                const attrFacts = view
                    .childrenOf(fact.id)
                    .filter((c) => c.id.kind === "typeAttribute");
                const positioned = attrFacts.every((a) => p(a, "_position") != null);
                if (positioned) {
                    attrFacts.sort((a, b) => Number(p(a, "_position")) - Number(p(b, "_position")));
                }
                const attrs = attrFacts.map((a) => typeAttributeClause(a));
                for (const a of attrFacts)
                    alsoProduces.push(a.id);
                sql = `CREATE TYPE ${relName} AS (${attrs.join(", ")})`;
            }
            else {
                // GUARD (range variant): every range attribute is "replace", so any
                // change drops and recreates the type. A table column is NOT a
                // rebuildable kind, so if a SURVIVING user column depends on this range
                // type PostgreSQL rejects the DROP at apply ("cannot drop type … other
                // objects depend on it"). Fail loud at plan time — mirrors the in-use
                // composite ALTER ATTRIBUTE guard below. Only a REPLACE (the type is
                // present in the source) can hit this; a fresh create brings its
                // columns with it. Full in-place range column migration is tracked
                // separately.
                if (sourceView?.get(fact.id) !== undefined) {
                    const inUse = compositeUserColumns(view, fact.id).filter((colId) => sourceView.get(colId) !== undefined);
                    if (inUse.length > 0) {
                        const cols = inUse
                            .map((c) => {
                            const col = c;
                            return `${rel(col.schema, col.table)}.${qid(col.name)}`;
                        })
                            .join(", ");
                        throw new Error(`range type ${relName}: cannot replace an in-use range type — column(s) ${cols} depend on it, and PostgreSQL forbids dropping a type while a column uses it. Replacing an in-use range type is not supported yet; drop the using column(s), or recreate the type, first.`);
                    }
                }
                const parts = [`SUBTYPE = ${str(p(fact, "subtype"))}`];
                const opclass = p(fact, "subtypeOpclass");
                if (opclass != null)
                    parts.push(`SUBTYPE_OPCLASS = ${str(opclass)}`);
                const collation = p(fact, "collation");
                if (collation != null)
                    parts.push(`COLLATION = ${str(collation)}`);
                const diff = p(fact, "subtypeDiff");
                if (diff != null)
                    parts.push(`SUBTYPE_DIFF = ${str(diff)}`);
                const multirange = p(fact, "multirangeTypeName");
                if (multirange != null)
                    parts.push(`MULTIRANGE_TYPE_NAME = ${str(multirange)}`);
                sql = `CREATE TYPE ${relName} AS RANGE (${parts.join(", ")})`;
            }
            return [
                {
                    sql,
                    ...(alsoProduces.length > 0 ? { alsoProduces } : {}),
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            return { sql: `DROP TYPE ${rel(id.schema, id.name)}` };
        },
        ownerAlterPrefix: (fact) => {
            const id = fact.id;
            return `ALTER TYPE ${rel(id.schema, id.name)}`;
        },
        attributes: {
            values: {
                alter: (fact, from, to, view, sourceView) => {
                    const id = fact.id;
                    const relName = rel(id.schema, id.name);
                    const oldValues = from ?? [];
                    const newValues = to ?? [];
                    if (isSubsequence(oldValues, newValues)) {
                        // pure growth: each missing value becomes ADD VALUE BEFORE/AFTER
                        const specs = [];
                        let oldIdx = 0;
                        for (let j = 0; j < newValues.length; j++) {
                            const value = newValues[j];
                            if (oldIdx < oldValues.length && value === oldValues[oldIdx]) {
                                oldIdx++;
                                continue;
                            }
                            const anchor = oldIdx < oldValues.length
                                ? `BEFORE ${lit(oldValues[oldIdx])}`
                                : j > 0
                                    ? `AFTER ${lit(newValues[j - 1])}`
                                    : oldValues.length > 0
                                        ? `BEFORE ${lit(oldValues[0])}`
                                        : "";
                            specs.push({
                                sql: `ALTER TYPE ${relName} ADD VALUE ${lit(value)}${anchor ? ` ${anchor}` : ""}`,
                                // the new value is unusable before COMMIT: the executor
                                // must place a segment boundary before any consumer (§3.8)
                                transactionality: "commitBoundaryAfter",
                            });
                        }
                        return specs;
                    }
                    // removal/reorder: rename aside, create the desired value set, walk
                    // every column of this type through a text cast, drop the old type.
                    // rebuildsDependents has already forced views/defaults/routines
                    // that reference the type out of the way.
                    const enumKey = (0,stable_id/* encodeId */.md)(fact.id);
                    // GUARD (non-column dependents): the rebuild migrates only COLUMN
                    // dependents. A DOMAIN over the enum, a COMPOSITE type with an
                    // attribute of the enum, or a RANGE over the enum is NOT a rebuildable
                    // kind, so a SURVIVING one stays bound to the renamed old type and the
                    // final DROP TYPE fails at apply ("cannot drop type … other objects
                    // depend on it"). Fail loud at plan time — mirrors the in-use domain /
                    // range / composite ALTER ATTRIBUTE guards. Only dependents present on
                    // BOTH sides (view = desired, sourceView = target DB) can hit this;
                    // one this plan drops or creates is not a blocker. Full migration of
                    // non-column dependents is tracked separately.
                    const seenDependents = new Set();
                    const nonColumnDependents = view.edges
                        .filter((e) => (0,stable_id/* encodeId */.md)(e.to) === enumKey &&
                        (e.from.kind === "domain" || e.from.kind === "type") &&
                        (0,stable_id/* encodeId */.md)(e.from) !== enumKey &&
                        view.get(e.from) !== undefined &&
                        sourceView.get(e.from) !== undefined)
                        .map((e) => e.from)
                        .filter((depId) => {
                        const key = (0,stable_id/* encodeId */.md)(depId);
                        if (seenDependents.has(key))
                            return false;
                        seenDependents.add(key);
                        return true;
                    })
                        .sort((a, b) => ((0,stable_id/* encodeId */.md)(a) < (0,stable_id/* encodeId */.md)(b) ? -1 : 1));
                    if (nonColumnDependents.length > 0) {
                        const deps = nonColumnDependents
                            .map((depId) => {
                            const d = depId;
                            const keyword = d.kind === "domain" ? "DOMAIN" : "TYPE";
                            return `${keyword} ${rel(d.schema, d.name)}`;
                        })
                            .join(", ");
                        throw new Error(`enum ${relName}: cannot remove or reorder values while non-column object(s) depend on it — ${deps}. The rebuild drops the old enum, which those objects still reference, and PostgreSQL forbids dropping a type in use. Migrating a DOMAIN / COMPOSITE / RANGE that uses an enum across a value-set change is not supported yet; drop the dependent object(s), or recreate them, first.`);
                    }
                    // A deterministic temp name for the old enum, RENAMEd aside before the
                    // new value set is created. It must collide with NO occupant of the
                    // type namespace (pg_type) visible in the fact base — not only managed
                    // enum/composite/range `type` facts, but DOMAINS and the implicit row
                    // type every relation (table / view / matview / foreign table /
                    // sequence) registers in pg_type under its own name. Checking only
                    // `type` facts let a table (or domain) named `<enum>__pgdelta_replaced`
                    // slip through, so the initial `ALTER TYPE … RENAME TO` failed at apply
                    // with "type … already exists".
                    const OCCUPANT_KINDS = [
                        "type",
                        "domain",
                        "table",
                        "view",
                        "materializedView",
                        "foreignTable",
                        "sequence",
                    ];
                    const taken = (n) => OCCUPANT_KINDS.some((kind) => view.get({ kind, schema: id.schema, name: n }) !==
                        undefined ||
                        sourceView.get({
                            kind,
                            schema: id.schema,
                            name: n,
                        }) !== undefined);
                    // Length-safe: PostgreSQL clips identifiers to NAMEDATALEN-1 (63)
                    // BYTES, so a long enum name + suffix would be truncated by the server
                    // and could land back on an occupied name (a 63-byte enum whose temp
                    // truncates to the ORIGINAL name → RENAME to itself). Clip the base
                    // ourselves so the whole identifier stays ≤ 63 bytes and is stored
                    // verbatim; `taken` then guarantees uniqueness. Deterministic: same
                    // enum name + same fact base → same temp name.
                    const MAX_IDENT_BYTES = 63;
                    const REPLACED_SUFFIX = "__pgdelta_replaced";
                    const buildTmp = (n) => {
                        const numeric = n === null ? "" : `_${n}`;
                        const budget = MAX_IDENT_BYTES -
                            byteLength(REPLACED_SUFFIX) -
                            byteLength(numeric);
                        return `${clipToByteLength(id.name, budget)}${REPLACED_SUFFIX}${numeric}`;
                    };
                    let tmp = buildTmp(null);
                    for (let n = 2; taken(tmp); n++) {
                        if (n > 10_000) {
                            throw new Error(`enum ${relName}: could not find a free temp name for the value-set rebuild after 10000 attempts — an extraordinary number of \`${REPLACED_SUFFIX}\`-suffixed occupants exist in schema "${id.schema}"`);
                        }
                        tmp = buildTmp(n);
                    }
                    const specs = [
                        { sql: `ALTER TYPE ${relName} RENAME TO ${qid(tmp)}` },
                        {
                            sql: `CREATE TYPE ${relName} AS ENUM (${newValues.map((v) => lit(v)).join(", ")})`,
                        },
                    ];
                    const dependentColumns = view.edges
                        .filter((e) => e.from.kind === "column" &&
                        (0,stable_id/* encodeId */.md)(e.to) === enumKey &&
                        view.get(e.from) !== undefined &&
                        // a column that exists only in the DESIRED state is being
                        // created by this same plan (already with the new type) —
                        // there is nothing to migrate
                        sourceView.get(e.from) !== undefined)
                        .map((e) => e.from)
                        .sort((a, b) => `${a.schema}.${a.table}.${a.name}` <
                        `${b.schema}.${b.table}.${b.name}`
                        ? -1
                        : 1);
                    for (const col of dependentColumns) {
                        // The column's declared type (format_type() output, captured
                        // verbatim at extract time — structured catalog data, not parsed
                        // SQL) tells whether it is an ARRAY of this enum: format_type
                        // renders an array type with a trailing `[]`. A scalar column
                        // casts through `text`; an array column must cast through
                        // `text[]` (element-wise) — `col::text` on an array has no
                        // built-in cast to the scalar enum and either errors
                        // ("invalid input value for enum ... {a,b}") or, worse, silently
                        // narrows the column to scalar.
                        const colFact = view.get(col);
                        const colType = colFact !== undefined ? str(p(colFact, "type")) : "";
                        const isArray = colType.endsWith("[]");
                        const targetType = isArray ? `${relName}[]` : relName;
                        const usingCast = isArray
                            ? `${qid(col.name)}::text[]::${relName}[]`
                            : `${qid(col.name)}::text::${relName}`;
                        specs.push({
                            sql: `ALTER TABLE ${rel(col.schema, col.table)} ALTER COLUMN ${qid(col.name)} TYPE ${targetType} USING ${usingCast}`,
                            // reference the rewritten column so the proof's rewrite
                            // attribution maps this action to its table (the action's
                            // primary subject is the type, not the table it rewrites)
                            consumes: [col],
                            dataLoss: "destructive",
                            rewriteRisk: true,
                        });
                    }
                    specs.push({ sql: `DROP TYPE ${rel(id.schema, tmp)}` });
                    return specs;
                },
                rebuildsDependents: (from, to) => !isSubsequence(from ?? [], to ?? []),
            },
            subtype: "replace",
            subtypeOpclass: "replace",
            subtypeDiff: "replace",
            multirangeTypeName: "replace",
            collation: "replace",
            variant: "replace",
        },
    },
    // composite-type attributes as sub-entity facts (granularity is one).
    // On a fresh type they inline into CREATE TYPE (delta-set, see the type
    // rule). On an existing type: ADD / DROP / RENAME ATTRIBUTE … CASCADE all
    // work even while the type is used in table columns and preserve the
    // stored data (verified). ALTER ATTRIBUTE … TYPE is the lone exception —
    // PostgreSQL forbids it while a column uses the type (CASCADE only reaches
    // typed tables, not columns), so it is supported only for unused
    // composites and fails loudly otherwise.
    typeAttribute: {
        weight: 7,
        create: (fact) => {
            const id = fact.id;
            return [
                {
                    sql: `ALTER TYPE ${rel(id.schema, id.type)} ADD ATTRIBUTE ${typeAttributeClause(fact)} CASCADE`,
                    consumes: [{ kind: "type", schema: id.schema, name: id.type }],
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            // Destructive: DROP ATTRIBUTE … CASCADE nulls the stored value of that
            // field across every row of every table whose column is of this
            // composite. A collation-only attribute change routes through the
            // attribute "replace" strategy (drop + recreate), which renders via THIS
            // drop rule too, so this one flag covers that path as well.
            return {
                sql: `ALTER TYPE ${rel(id.schema, id.type)} DROP ATTRIBUTE ${qid(id.name)} CASCADE`,
                dataLoss: "destructive",
            };
        },
        rename: (fact, to) => {
            const id = fact.id;
            return {
                sql: `ALTER TYPE ${rel(id.schema, id.type)} RENAME ATTRIBUTE ${qid(id.name)} TO ${qid(to.name)} CASCADE`,
            };
        },
        attributes: {
            type: {
                alter: (fact, _from, to, view, sourceView) => {
                    const id = fact.id;
                    const typeId = {
                        kind: "type",
                        schema: id.schema,
                        name: id.type,
                    };
                    if (compositeUserColumns(view, typeId).length > 0) {
                        throw new Error(`composite type ${rel(id.schema, id.type)}: cannot change attribute "${id.name}" type while the type is used by table columns — PostgreSQL forbids ALTER ATTRIBUTE … TYPE on an in-use composite. Drop the using columns, or recreate the type, first.`);
                    }
                    // A composite attribute's type dependency is extracted onto the
                    // enclosing `type` fact, not this `typeAttribute` child (see the
                    // `comptype` CTE in extract/dependencies.ts). When the composite is
                    // only being retyped (not dropped/created) its own actions never
                    // fire, so — mirroring the ALTER COLUMN … TYPE fix in tables.ts —
                    // release the OLD referenced types (source side) so this alter runs
                    // BEFORE their same-plan DROP, and consume the NEW ones (target side)
                    // so it runs AFTER their same-plan CREATE. The edges are keyed to the
                    // parent type fact; over-scoping to a sibling attribute's still-used
                    // type is harmless (nothing drops it → no ordering edge is added).
                    const consumes = dependencyConsumes(view, typeId);
                    const releases = dependencyConsumes(sourceView, typeId);
                    const spec = {
                        sql: `ALTER TYPE ${rel(id.schema, id.type)} ALTER ATTRIBUTE ${qid(id.name)} TYPE ${str(to)} CASCADE`,
                    };
                    if (consumes.length > 0)
                        spec.consumes = consumes;
                    if (releases.length > 0)
                        spec.releases = releases;
                    return spec;
                },
            },
            // a collation-only change has no in-place form; replace the attribute
            collation: "replace",
        },
    },
    collation: {
        weight: 7,
        create: (fact) => {
            const id = fact.id;
            const provider = str(p(fact, "provider"));
            const parts = [];
            if (provider === "i") {
                parts.push(`PROVIDER = icu`, `LOCALE = ${lit(str(p(fact, "locale")))}`);
                if (!p(fact, "deterministic"))
                    parts.push(`DETERMINISTIC = false`);
            }
            else if (provider === "b") {
                parts.push(`PROVIDER = builtin`, `LOCALE = ${lit(str(p(fact, "locale")))}`);
            }
            else {
                parts.push(`LC_COLLATE = ${lit(str(p(fact, "lcCollate")))}`, `LC_CTYPE = ${lit(str(p(fact, "lcCtype")))}`);
            }
            return [
                {
                    sql: `CREATE COLLATION ${rel(id.schema, id.name)} (${parts.join(", ")})`,
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            return { sql: `DROP COLLATION ${rel(id.schema, id.name)}` };
        },
        ownerAlterPrefix: (fact) => {
            const id = fact.id;
            return `ALTER COLLATION ${rel(id.schema, id.name)}`;
        },
        attributes: {
            provider: "replace",
            deterministic: "replace",
            locale: "replace",
            lcCollate: "replace",
            lcCtype: "replace",
        },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules/views.js
/** Rule definitions for views, materialized views, and rewrite rules. */


const viewRules = {
    view: {
        weight: 12,
        cascadesToChildren: true,
        rebuildable: true,
        defaclObjtype: "r",
        rename: renameRule((fact) => {
            const id = fact.id;
            return `ALTER VIEW ${rel(id.schema, id.name)}`;
        }),
        create: (fact) => {
            const id = fact.id;
            return [
                {
                    sql: `CREATE VIEW ${rel(id.schema, id.name)}${reloptionsWithClause(fact)} AS ${str(p(fact, "def"))}`,
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            return { sql: `DROP VIEW ${rel(id.schema, id.name)}` };
        },
        ownerAlterPrefix: (fact) => {
            const id = fact.id;
            return `ALTER VIEW ${rel(id.schema, id.name)}`;
        },
        attributes: {
            def: "replace",
            reloptions: {
                alter: (fact, from, to) => {
                    const id = fact.id;
                    return reloptionsAlterSpecs(`ALTER VIEW ${rel(id.schema, id.name)}`, from, to);
                },
            },
        },
    },
    materializedView: {
        weight: 13,
        cascadesToChildren: true,
        rebuildable: true,
        defaclObjtype: "r",
        rename: renameRule((fact) => {
            const id = fact.id;
            return `ALTER MATERIALIZED VIEW ${rel(id.schema, id.name)}`;
        }),
        create: (fact) => {
            const id = fact.id;
            return [
                {
                    sql: `CREATE MATERIALIZED VIEW ${rel(id.schema, id.name)}${reloptionsWithClause(fact)} AS ${str(p(fact, "def"))}`,
                },
            ];
        },
        drop: (fact) => {
            const id = fact.id;
            return {
                sql: `DROP MATERIALIZED VIEW ${rel(id.schema, id.name)}`,
                dataLoss: "destructive",
            };
        },
        ownerAlterPrefix: (fact) => {
            const id = fact.id;
            return `ALTER MATERIALIZED VIEW ${rel(id.schema, id.name)}`;
        },
        attributes: {
            def: "replace",
            reloptions: {
                alter: (fact, from, to) => {
                    const id = fact.id;
                    return reloptionsAlterSpecs(`ALTER MATERIALIZED VIEW ${rel(id.schema, id.name)}`, from, to);
                },
            },
        },
    },
    rule: {
        weight: 15,
        cascadesToChildren: true,
        rebuildable: true,
        create: (fact) => {
            const id = fact.id;
            // A fresh CREATE RULE always lands ENABLED (origin). When the desired rule
            // is disabled/replica/always, append the follow-up ALTER so the hashed
            // ev_enabled state converges — mirrors the trigger create path.
            const specs = [{ sql: str(p(fact, "def")) }];
            const enabled = p(fact, "enabled");
            if (enabled != null && enabled !== "O") {
                specs.push({
                    sql: `ALTER TABLE ${rel(id.schema, id.table)} ${enabledPhrase(str(enabled))} RULE ${qid(id.name)}`,
                });
            }
            return specs;
        },
        drop: (fact) => {
            const id = fact.id;
            return {
                sql: `DROP RULE ${qid(id.name)} ON ${rel(id.schema, id.table)}`,
            };
        },
        attributes: {
            def: "replace",
            enabled: {
                alter: (fact, _from, to) => {
                    const id = fact.id;
                    return {
                        sql: `ALTER TABLE ${rel(id.schema, id.table)} ${enabledPhrase(str(to))} RULE ${qid(id.name)}`,
                    };
                },
            },
        },
    },
};

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rules.js














/** Named serialize parameters the rule table consumes. Policies (stage 8)
 *  set them; referencing an unknown name is a plan-time error, not a
 *  silent no-op. */
const KNOWN_PARAMS = new Set(["concurrentIndexes"]);
/**
 * The rule registry: the single planner-facing interface (guardrail 3).
 * Per-kind logic lives in the per-family modules under `./rules/`; this object
 * is their composition. Family files import the types above type-only, so the
 * runtime import graph (rules → family → helpers → render) carries no cycle.
 */
const RULES = {
    ...roleRules,
    ...schemaRules,
    ...tableRules,
    ...sequenceRules,
    ...constraintRules,
    ...indexRules,
    ...routineRules,
    ...typeRules,
    ...viewRules,
    ...triggerRules,
    ...policyRules,
    ...publicationRules,
    ...foreignRules,
    ...metadataRules,
};
function rulesFor(kind) {
    const rules = RULES[kind];
    if (!rules) {
        throw new Error(`rule table: no rules for kind '${kind}' — extend the rule vocabulary (guardrail 3)`);
    }
    return rules;
}
/** Later than every schema kind's weight (the max schema weight is far below
 *  this), so intent replays sort after all schema DDL on ties (docs §4.5). */
const INTENT_DEFAULT_WEIGHT = 90;
function intentKey(ext, intentKind) {
    return `${ext}\x00${intentKind}`;
}
/** Wrap an `IntentKindRule` as a `KindRules` so the generic planner dispatches
 *  it like any schema kind. Extension-intent facts have no children, satellites,
 *  renames, owners, or default ACLs, so every OPTIONAL `KindRules` member is
 *  omitted — the planner's undefined-guards then skip rename candidacy,
 *  default-privilege hygiene, owner emission, and folding. `lockClass: "none"`
 *  is injected as the per-spec default (a `select <ext>.<fn>()` replay takes no
 *  lock on an existing user relation); a rule may still override per spec. */
function intentRuleToKindRules(rule) {
    const attributes = {};
    for (const attr of rule.payloadAttrs)
        attributes[attr] = "replace";
    const withLock = (spec) => ({
        lockClass: "none",
        ...spec,
    });
    return {
        create: (fact, view) => rule.create(fact, view).map(withLock),
        drop: (fact) => withLock(rule.drop(fact)),
        attributes,
        weight: rule.weight ?? INTENT_DEFAULT_WEIGHT,
    };
}
/** Build the intent-rule index from a profile's handlers. Handlers without
 *  `intentKinds` (filter-only Phase-A handlers like pg_partman) contribute
 *  nothing. */
function buildIntentRuleIndex(handlers) {
    const index = new Map();
    for (const handler of handlers) {
        if (handler.intentKinds === undefined)
            continue;
        for (const [intentKind, rule] of Object.entries(handler.intentKinds)) {
            index.set(intentKey(handler.extension, intentKind), intentRuleToKindRules(rule));
        }
    }
    return index;
}
/** Build the per-plan rule resolver. Schema kinds resolve through the static
 *  {@link RULES} table (via {@link rulesFor}); `extensionIntent` ids resolve
 *  through the profile-supplied `intentRules` by `(ext, intentKind)`. An intent
 *  id with no registered rule throws — a plan cannot silently drop declared
 *  intent it has no rule for. */
function buildRuleResolver(intentRules) {
    return (id) => {
        if (id.kind === "extensionIntent") {
            const rules = intentRules?.get(intentKey(id.ext, id.intentKind));
            if (rules === undefined) {
                throw new Error(`rule table: no intent rule registered for extension '${id.ext}' ` +
                    `intent kind '${id.intentKind}' — register the handler's intentKinds ` +
                    `via the integration profile`);
            }
            return rules;
        }
        return rulesFor(id.kind);
    };
}
/** The default resolver with no intent rules — for direct callers/tests that
 *  never see intent facts (the corpus). An intent id throws through it. */
const defaultRulesForId = buildRuleResolver();

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/policy/baseline.js
/**
 * Baseline subtraction: remove facts present-and-identical in the baseline
 * from a FactBase (target-architecture §3.9, stage-08-policy).
 *
 * "Diff against the platform baseline" = set subtraction before planning.
 * Facts present in the baseline with the same payload hash are dropped from
 * both sides, replacing hand-maintained empty-catalog special cases.
 *
 * Parent-chain preservation: if a fact survives (its hash differs from the
 * baseline or it is new), all its ancestors must also survive so that
 * FactBase construction never encounters a missing parent.
 *
 * Edge pruning: edges whose either endpoint was removed are silently dropped
 * (they become dangling, so FactBase would warn about them; we prune them
 * here instead).
 */






/**
 * Return a new FactBase containing only facts that are NOT present with an
 * identical payload hash in `baseline`.
 *
 * A fact is "identical in the baseline" when:
 *   - encodeId(fact.id) exists in baseline, AND
 *   - baseline.hashOf(fact.id) === fb.hashOf(fact.id)
 *
 * Parent-chain rule: any ancestor of a surviving fact is also kept, even if
 * it would otherwise be subtracted, so that FactBase construction succeeds.
 *
 * Edge rule: only edges whose both endpoints survive are kept.
 */
function subtractBaseline(fb, baseline) {
    const allFacts = fb.facts();
    // Phase 1: mark each fact as "would subtract" (present-and-identical in
    // baseline). "Identical" means BOTH the payload hash AND the outgoing-edge
    // signature match — an equal-payload fact whose outgoing edge changed (e.g.
    // `owner` A→B, or a `depends`/`memberOfExtension` provenance edge) is a real
    // change and must NOT be subtracted, or the drift would be pruned invisibly.
    const wouldSubtract = new Set();
    for (const fact of allFacts) {
        const encoded = (0,stable_id/* encodeId */.md)(fact.id);
        if (baseline.has(fact.id) &&
            baseline.hashOf(fact.id) === fb.hashOf(fact.id) &&
            edgeSignature(baseline, fact.id) === edgeSignature(fb, fact.id)) {
            wouldSubtract.add(encoded);
        }
    }
    // Phase 2: walk every fact that survives and ensure its parent chain survives
    // Collect surviving encoded ids first (those not in wouldSubtract)
    const surviving = new Set();
    for (const fact of allFacts) {
        const encoded = (0,stable_id/* encodeId */.md)(fact.id);
        if (!wouldSubtract.has(encoded)) {
            surviving.add(encoded);
        }
    }
    // For each surviving fact, walk up the parent chain and force-add ancestors
    const toForceKeep = new Set();
    for (const fact of allFacts) {
        const encoded = (0,stable_id/* encodeId */.md)(fact.id);
        if (!surviving.has(encoded))
            continue;
        // Walk parent chain
        let current = fact.parent;
        while (current !== undefined) {
            const parentEncoded = (0,stable_id/* encodeId */.md)(current);
            if (surviving.has(parentEncoded))
                break; // already in surviving
            if (toForceKeep.has(parentEncoded))
                break; // already force-kept
            toForceKeep.add(parentEncoded);
            const parentFact = fb.get(current);
            current = parentFact?.parent;
        }
    }
    // Final surviving set = surviving ∪ toForceKeep
    const finalSurviving = new Set([...surviving, ...toForceKeep]);
    // Phase 3: collect surviving facts (preserving original order for determinism)
    const keptFacts = [];
    for (const fact of allFacts) {
        if (finalSurviving.has((0,stable_id/* encodeId */.md)(fact.id))) {
            keptFacts.push(fact);
        }
    }
    // Phase 4: collect edges. Keep an edge when both endpoints survive, OR when it
    // is an `owner -> role` edge whose OWNED endpoint survives — that role may have
    // been subtracted (a platform baseline role), but ownership must still
    // serialize as `ALTER … OWNER TO` the assumed role, so the edge is retained as
    // a dangling assumed reference (retainOwnerRoleDangling). Role endpoint facts
    // are NOT force-kept, and a `depends`/`memberOfExtension`/`managedBy` edge to a
    // subtracted endpoint stays pruned as before.
    const keptEdges = [];
    for (const edge of fb.edges) {
        const fromEncoded = (0,stable_id/* encodeId */.md)(edge.from);
        const toEncoded = (0,stable_id/* encodeId */.md)(edge.to);
        const bothSurvive = finalSurviving.has(fromEncoded) && finalSurviving.has(toEncoded);
        if (bothSurvive ||
            ((0,fact/* retainOwnerRoleDangling */.RJ)(edge) && finalSurviving.has(fromEncoded))) {
            keptEdges.push(edge);
        }
    }
    // rootHash already folds each fact's outgoing edges (fact.ts #rollup), so a
    // retained dangling owner edge is reflected in the digest — no separate digest
    // change is needed. `allowDangling: retainOwnerRoleDangling` lets FactBase keep
    // the retained owner->role edge without a `dangling_edge` diagnostic.
    return (0,fact/* buildFactBase */.kb)(keptFacts, keptEdges, "liveDb", new Set(), {
        allowDangling: fact/* retainOwnerRoleDangling */.RJ,
    });
}
/**
 * The outgoing-edge signature of `id` in `fb`: the sorted `${kind}->${to}` list
 * over ALL four edge kinds. Two facts with equal payloads still differ when an
 * outgoing edge changed, so baseline subtraction compares this alongside the
 * payload hash. Mirrors what `FactBase.#rollup` folds (payload + outgoing edges)
 * but deliberately does NOT fold children — reusing `rollupOf` would let a
 * changed child wrongly resurrect an otherwise-identical parent.
 */
function edgeSignature(fb, id) {
    return fb
        .outgoingEdges(id)
        .map((e) => `${e.kind}->${(0,stable_id/* encodeId */.md)(e.to)}`)
        .sort()
        .join("|");
}
/**
 * Load a baseline from a snapshot JSON file at the given path, with the digest
 * and redaction metadata needed for cross-command reconciliation.
 *
 * Uses node:fs (synchronous) to read the file, then deserializes via
 * src/core/snapshot.ts. Throws if the file does not exist or the snapshot
 * digest is corrupt (deserializeSnapshot re-verifies the digest on load, so a
 * successful load IS verification).
 */
function loadBaselineFile(path) {
    const json = readFileSync(path, "utf-8");
    const snap = deserializeSnapshot(json);
    return {
        factBase: snap.factBase,
        digest: snap.factBase.rootHash,
        ...(snap.redactSecrets !== undefined
            ? { redactSecrets: snap.redactSecrets }
            : {}),
        path,
    };
}
/** Where committed baseline snapshots live (`src/policy/baselines/`). */
const BASELINE_DIR = (0,external_node_url_.fileURLToPath)(new URL(/* asset import */ __webpack_require__("file 4b84b17246eb037c2865.js"), __webpack_require__.b));
/**
 * Resolve a policy's declared baseline NAME to its committed snapshot FactBase
 * (review finding 3) — the frontend seam that makes a declared baseline ACTUAL.
 *
 * Convention: `<dir>/<baseline>-<pgMajor>.json`, falling back to
 * `<dir>/<baseline>.json`. Returns `undefined` when the policy declares no
 * baseline.
 *
 * Fail-loud: if the policy DOES declare a baseline but no snapshot is committed,
 * this THROWS rather than returning undefined — a declared baseline must never
 * be silently ignored. (Until the platform baselines are committed — a separate
 * v1 validation item — this is the expected behaviour for a policy that sets
 * `baseline`.)
 */
function resolveBaseline(policy, opts) {
    if (policy.baseline === undefined)
        return undefined;
    const dir = opts.dir ?? BASELINE_DIR;
    const candidates = [
        join(dir, `${policy.baseline}-${opts.pgMajor}.json`),
        join(dir, `${policy.baseline}.json`),
    ];
    for (const path of candidates) {
        if (existsSync(path))
            return loadBaselineFile(path);
    }
    throw new Error(`policy "${policy.id}" declares baseline "${policy.baseline}" but no baseline ` +
        `snapshot is committed (looked for: ${candidates.join(", ")}). ` +
        `Generate and commit it, or remove the baseline from the policy — ` +
        `a declared baseline must never be silently ignored.`);
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/policy/view.js
/**
 * The single fact-level projection primitive behind the managed view
 * (docs/architecture/managed-view-architecture.md).
 *
 * The engine diffs a *view* of the managed universe, never raw catalogs, and a
 * view is closed under the proof loop: a fact removed from one side is removed
 * from the other and from the proof re-extract, so `plan == prove == run` holds
 * by construction. Projection is therefore always at the FACT level (both sides
 * + the proof re-extract), never the delta level — a delta-only filter would
 * make the proof drift.
 *
 * `excludeByProvenance(fb, "managedBy")` HARD-projects operationally-managed
 * objects out. Extension members (`memberOfExtension`) are NOT hard-pruned — they
 * are kept REFERENCE-ONLY via `extensionMemberClosure` / `extensionMemberReferenceOnly`
 * so their satellite customizations still diff. Scope and applier-capability
 * projections (later moves) reuse `excludeFactsAndDescendants` with roots chosen
 * a different way.
 */


const edgeKey = (edge) => `${(0,stable_id/* encodeId */.md)(edge.from)}|${edge.kind}|${(0,stable_id/* encodeId */.md)(edge.to)}`;
/** Emit fact + independently-pruned-edge suppression records for a projection.
 * The root map names the actual exclusion decisions; collateral descendants
 * point back to that decision through `viaDescendantOf`. Kept off the normal
 * projection hot path unless a caller explicitly supplies a collector. */
function collectRemovedSuppressions(before, after, roots, collect) {
    const rootFor = (id) => {
        let cursor = id;
        while (cursor !== undefined) {
            const attribution = roots.get((0,stable_id/* encodeId */.md)(cursor));
            if (attribution !== undefined)
                return { id: cursor, attribution };
            cursor = before.get(cursor)?.parent;
        }
        return undefined;
    };
    for (const fact of before.facts()) {
        if (after.has(fact.id))
            continue;
        const root = rootFor(fact.id);
        if (root === undefined)
            continue;
        collect({
            subject: { kind: "fact", id: fact.id },
            ...root.attribution,
            ...((0,stable_id/* encodeId */.md)(root.id) === (0,stable_id/* encodeId */.md)(fact.id)
                ? {}
                : { viaDescendantOf: root.id }),
        });
    }
    const survivingEdges = new Set(after.edges.map(edgeKey));
    for (const edge of before.edges) {
        if (survivingEdges.has(edgeKey(edge)))
            continue;
        const rootsForEdge = [rootFor(edge.from), rootFor(edge.to)].filter((root) => root !== undefined);
        const emitted = new Set();
        for (const root of rootsForEdge) {
            const causeKey = `${(0,stable_id/* encodeId */.md)(root.id)}|${root.attribution.stage}|${root.attribution.reasonCode}`;
            if (emitted.has(causeKey))
                continue;
            emitted.add(causeKey);
            const directlyTouchesRoot = (0,stable_id/* encodeId */.md)(edge.from) === (0,stable_id/* encodeId */.md)(root.id) ||
                (0,stable_id/* encodeId */.md)(edge.to) === (0,stable_id/* encodeId */.md)(root.id);
            collect({
                subject: { kind: "edge", edge },
                ...root.attribution,
                ...(directlyTouchesRoot ? {} : { viaDescendantOf: root.id }),
            });
        }
    }
}
/**
 * The removal walk shared by `excludeFactsAndDescendants` and `removedClosure`:
 * a fact is removed iff it IS a root or any ancestor is one.
 *
 * Memoizes BOTH verdicts over the walked chain — `removed` is the caller's
 * removal closure, `kept` is scratch for the negative answers. Recording
 * negatives is what makes this linear: memoizing only positives left every
 * NOT-removed fact re-walking (and re-encoding) its entire ancestor chain, so a
 * catalog's deep hierarchy (schema → table → column → satellite) paid
 * depth × facts encodes for a projection that usually removes almost nothing.
 * Only ids actually present in `fb` are memoized, so a dangling parent
 * reference terminates the chain exactly as the original per-site walks did.
 */
function resolveRemoval(fb, rootIds, removed, kept, fact) {
    const encoded = (0,stable_id/* encodeId */.md)(fact.id);
    if (removed.has(encoded))
        return true;
    if (kept.has(encoded))
        return false;
    const chain = [encoded];
    let verdict = rootIds.has(encoded) ? true : undefined;
    let current = verdict === undefined ? fact.parent : undefined;
    while (current !== undefined) {
        const key = (0,stable_id/* encodeId */.md)(current);
        if (rootIds.has(key) || removed.has(key)) {
            verdict = true;
            break;
        }
        if (kept.has(key)) {
            verdict = false;
            break;
        }
        const parent = fb.get(current);
        if (parent === undefined)
            break; // dangling parent: chain ends, not removed
        chain.push(key);
        current = parent.parent;
    }
    // every id on the walked chain shares the verdict: they all descend from the
    // ancestor that decided it (removed), or none of them has a removed ancestor.
    const decided = verdict ?? false;
    for (const key of chain)
        (decided ? removed : kept).add(key);
    return decided;
}
/**
 * Return a new FactBase with `rootIds` and their entire descendant subtrees
 * removed; edges with a removed endpoint are pruned. If `rootIds` is empty, `fb`
 * is returned unchanged (referential identity preserved for cheap no-ops).
 */
function excludeFactsAndDescendants(fb, rootIds) {
    if (rootIds.size === 0)
        return fb;
    const removed = new Set();
    const kept = new Set();
    const keptFacts = fb
        .facts()
        .filter((f) => !resolveRemoval(fb, rootIds, removed, kept, f));
    const survives = new Set(keptFacts.map((f) => (0,stable_id/* encodeId */.md)(f.id)));
    const keptEdges = fb.edges.filter((e) => {
        const fromSurvives = survives.has((0,stable_id/* encodeId */.md)(e.from));
        if (fromSurvives && survives.has((0,stable_id/* encodeId */.md)(e.to)))
            return true;
        // Ownership carve-out invariant: PRESERVE an owner→role edge that was
        // ALREADY dangling on input (e.g. a scope projection re-run through this
        // primitive keeps serializing OWNER TO instead of silently dropping it),
        // but NEVER newly dangle an edge whose endpoint THIS exclusion removes.
        // Minting a fresh dangling owner edge for a role THIS call is projecting out
        // (e.g. a policy hard-exclusion) would launder the excluded role back in as
        // `CREATE SCHEMA … AUTHORIZATION <role>` / `OWNER TO <role>` (auto-assumed in
        // plan.ts) and silence the missing-requirement guard. Only
        // `projectManagementScope` (its own edge loop) is entitled to mint dangling
        // owner edges.
        return fromSurvives && (0,fact/* retainOwnerRoleDangling */.RJ)(e) && !fb.has(e.to);
    });
    // Carry the reference-only set forward for surviving facts. Otherwise a scope
    // or provenance projection (which rebuilds the FactBase) silently drops the
    // reference-only marks resolveView() set, so extension members and
    // assumed-schema platform objects become managed again and get planned/dropped.
    const referenceOnly = new Set([...fb.referenceOnly].filter((key) => survives.has(key)));
    return (0,fact/* buildFactBase */.kb)(keptFacts, keptEdges, fb.source, referenceOnly, {
        allowDangling: fact/* retainOwnerRoleDangling */.RJ,
    });
}
/**
 * Encoded ids removed by excluding `rootIds` and their descendant subtrees (a
 * fact is removed if it is a root or has a removed ancestor). Mirrors the
 * removal walk in `excludeFactsAndDescendants`; used by `projectManagementScope`
 * so it agrees on the removal closure while handling edges specially.
 */
function removedClosure(fb, rootIds) {
    const removed = new Set();
    const kept = new Set();
    for (const fact of fb.facts())
        resolveRemoval(fb, rootIds, removed, kept, fact);
    return removed;
}
/**
 * Project a fact base to the given management scope.
 *
 * `"cluster"` returns `fb` unchanged (roles/memberships are managed state).
 *
 * `"database"` (the declarative default) removes `role` and `membership` facts.
 * Roles are cluster-global and shared across databases, so on a shared/co-located
 * shadow the extract carries roles the declarative files never declared; diffing
 * them would plan a spurious `CREATE ROLE` (shadow-only role) or a destructive
 * `DROP ROLE` (target-only role). The caller instead passes the target's actual
 * role names as `assumedRoles`, so a `GRANT … TO <role>` (and, below, an
 * `ALTER … OWNER TO <role>`) resolves against a role that exists at apply time
 * (one that does NOT fails loudly at plan time).
 *
 * OWNERSHIP is still serialized in database scope: an `owner` edge from a
 * surviving object to a (removed) role is RETAINED as a dangling ASSUMED
 * reference, so ownership round-trips as `ALTER … OWNER TO`. The one exception is
 * the resolved `defaultOwner`: an owner edge to it is pruned, because that role
 * is the implicit/applier owner and emitting `OWNER TO <defaultOwner>` for every
 * object would be redundant noise. `defaultOwner` undefined (verbose /
 * `--default-owner none`) keeps EVERY retained owner edge.
 *
 * Symmetric by construction (same projection — including the same `defaultOwner`
 * — on both diff sides + the proof/fingerprint re-extract), so
 * `plan == prove == run` holds.
 */
function projectManagementScope(fb, scope, opts = {}) {
    if (scope === "cluster")
        return fb;
    const roots = new Set();
    for (const fact of fb.facts()) {
        if (fact.id.kind === "role" || fact.id.kind === "membership") {
            roots.add((0,stable_id/* encodeId */.md)(fact.id));
        }
    }
    if (roots.size === 0)
        return fb; // identity no-op (referential identity preserved)
    const removed = removedClosure(fb, roots);
    const keptFacts = fb.facts().filter((f) => !removed.has((0,stable_id/* encodeId */.md)(f.id)));
    const survives = new Set(keptFacts.map((f) => (0,stable_id/* encodeId */.md)(f.id)));
    const { defaultOwner } = opts;
    const keptEdges = [];
    for (const e of fb.edges) {
        const fromSurvives = survives.has((0,stable_id/* encodeId */.md)(e.from));
        const toSurvives = survives.has((0,stable_id/* encodeId */.md)(e.to));
        if (fromSurvives && toSurvives) {
            keptEdges.push(e);
            continue;
        }
        // deliberate carve-out (scoped to owner→role edges): retain the owner edge
        // to a removed role as a dangling assumed reference so ownership serializes,
        // EXCEPT the edge to the resolved defaultOwner (implicit/applier owner).
        if (e.kind === "owner" &&
            fromSurvives &&
            !toSurvives &&
            e.to.kind === "role") {
            const roleName = e.to.name;
            if (defaultOwner !== undefined && roleName === defaultOwner)
                continue;
            keptEdges.push(e);
        }
        // every other dangling edge is pruned (as excludeFactsAndDescendants does).
    }
    const referenceOnly = new Set([...fb.referenceOnly].filter((key) => survives.has(key)));
    const projected = (0,fact/* buildFactBase */.kb)(keptFacts, keptEdges, fb.source, referenceOnly, {
        allowDangling: fact/* retainOwnerRoleDangling */.RJ,
    });
    if (opts.collectSuppression !== undefined) {
        const attribution = {
            stage: "managementScope",
            reasonCode: "management-scope.database.cluster-object",
            classification: "acknowledged",
        };
        const defaultOwnerEdgeKeys = new Set();
        if (defaultOwner !== undefined) {
            for (const edge of fb.edges) {
                if (edge.kind === "owner" &&
                    edge.to.kind === "role" &&
                    edge.to.name === defaultOwner &&
                    survives.has((0,stable_id/* encodeId */.md)(edge.from))) {
                    defaultOwnerEdgeKeys.add(edgeKey(edge));
                }
            }
        }
        collectRemovedSuppressions(fb, projected, new Map([...roots].map((key) => [key, attribution])), (suppression) => {
            if (suppression.subject.kind === "edge" &&
                defaultOwnerEdgeKeys.has(edgeKey(suppression.subject.edge))) {
                return;
            }
            opts.collectSuppression?.(suppression);
        });
        if (defaultOwner !== undefined) {
            const projectedEdges = new Set(projected.edges.map(edgeKey));
            for (const edge of fb.edges) {
                if (edge.kind === "owner" &&
                    edge.to.kind === "role" &&
                    edge.to.name === defaultOwner &&
                    survives.has((0,stable_id/* encodeId */.md)(edge.from)) &&
                    !projectedEdges.has(edgeKey(edge))) {
                    opts.collectSuppression({
                        subject: { kind: "edge", edge },
                        stage: "managementScope",
                        reasonCode: "management-scope.database.default-owner",
                        classification: "acknowledged",
                    });
                }
            }
        }
    }
    return projected;
}
/**
 * Extension-member closure: every fact an extension OWNS → the owning
 * extension id(s). A member root is any fact with an outgoing `memberOfExtension`
 * edge (pushMemberEdge tags functions/tables/types/schemas/…). Ownership then
 * flows DOWN to a root's NON-satellite descendants (a member table's columns/
 * constraints are extension-managed too), EXCEPT it does NOT cross a `schema`
 * root's children: an extension owns the schema it creates, but a USER object
 * added inside that schema carries no member edge of its own and must diff
 * normally. Satellites (acl/comment/securityLabel — `isSatelliteId`) are never
 * in the closure: a user GRANT/COMMENT/SECURITY LABEL on an extension object is
 * user state that the diff DOES manage.
 *
 * Memoized by construction (BFS visits each id once), unlike a per-fact
 * ancestor walk. Used both to mark members reference-only in the view and to
 * exempt them from the planner's requirement guard (they are present-at-apply
 * via CREATE EXTENSION), keeping ONE definition of "member" on both sides.
 */
function extensionMemberClosure(fb) {
    const closure = new Map();
    const queue = [];
    for (const fact of fb.facts()) {
        const exts = fb
            .outgoingEdges(fact.id)
            .filter((e) => e.kind === "memberOfExtension")
            .map((e) => e.to);
        if (exts.length > 0) {
            closure.set((0,stable_id/* encodeId */.md)(fact.id), exts);
            queue.push(fact.id);
        }
    }
    while (queue.length > 0) {
        const id = queue.pop();
        if (id.kind === "schema")
            continue; // schema boundary (see doc above)
        const exts = closure.get((0,stable_id/* encodeId */.md)(id));
        for (const child of fb.childrenOf(id)) {
            if ((0,stable_id/* isSatelliteId */.j6)(child.id))
                continue;
            const key = (0,stable_id/* encodeId */.md)(child.id);
            if (closure.has(key))
                continue;
            closure.set(key, exts);
            queue.push(child.id);
        }
    }
    return closure;
}
/** Encoded ids to mark REFERENCE-ONLY for extension members — the member
 *  objects (and their non-satellite descendants) from `extensionMemberClosure`.
 *  The diff descends into a reference-only fact's children (diff.ts), so a
 *  member's satellite customizations are still compared while the member object
 *  itself never becomes a create/drop/alter action. */
function extensionMemberReferenceOnly(fb) {
    return new Set(extensionMemberClosure(fb).keys());
}
/**
 * Project OUT every fact carrying an outgoing edge of `edgeKind`, plus its
 * descendant subtree. Roots are selected by provenance; the removal + edge
 * pruning is `excludeFactsAndDescendants`.
 */
function excludeByProvenance(fb, edgeKind) {
    const roots = new Set();
    for (const fact of fb.facts()) {
        if (fb.outgoingEdges(fact.id).some((e) => e.kind === edgeKind)) {
            roots.add(encodeId(fact.id));
        }
    }
    return excludeFactsAndDescendants(fb, roots);
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/policy/capability.js

/** Probe the applier's capability from a live connection. */
async function probeApplierCapability(pool) {
    const res = await pool.query(`
    SELECT current_user AS role,
           (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) AS is_superuser,
           ARRAY(
             SELECT r.rolname::text FROM pg_catalog.pg_roles r
             WHERE pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER')
               AND r.rolname NOT LIKE 'pg\\_%'
           ) AS member_of
  `);
    const row = res.rows[0];
    return {
        role: String(row.role),
        isSuperuser: Boolean(row.is_superuser),
        memberOf: row.member_of ?? [],
    };
}
/**
 * Fact-id keys to project out for a given capability — the facts whose
 * corresponding action the applier cannot execute. A superuser is unrestricted.
 * Currently: FDW ACL facts (GRANT/REVOKE on a FOREIGN DATA WRAPPER is
 * superuser-only).
 */
function capabilityExcludedRoots(fb, cap) {
    const roots = new Set();
    if (cap.isSuperuser)
        return roots;
    for (const fact of fb.facts()) {
        if (fact.id.kind === "acl" && fact.id.target.kind === "fdw") {
            roots.add((0,stable_id/* encodeId */.md)(fact.id));
        }
    }
    return roots;
}
/**
 * Whether the applier can run `ALTER <obj> OWNER TO roleName` — PostgreSQL
 * requires the applier to be a superuser or a member of the target role (the
 * owner residue, move 6 / follow-up 1).
 *
 * Unlike an FDW ACL (a leaf fact that projects out cleanly), an owner cannot be
 * silently skipped: leaving an object applier-owned ripples into its
 * acldefault-normalized ACL (which is owner-relative), so the state can't
 * converge. So an owner action the applier can't run is a FAIL-FAST at plan
 * time (the planner throws a clear, actionable error) rather than a silent
 * projection — surfaced before any statement is applied.
 */
function canSetOwner(cap, roleName) {
    return cap.isSuperuser || cap.memberOf.includes(roleName);
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/policy/policy.js
/**
 * Policy DSL v2: filtering, serialization parameters, and policy composition
 * (target-architecture §3.9, stage-08-policy).
 *
 * Predicates are PURE DATA — no function-valued fields — so policies are
 * fully serializable to JSON and embeddable in plan artifacts (policyId +
 * inline policy for reproducibility).
 *
 * Evaluation model:
 *   - Filter rules: first-match-wins; no match → include.
 *   - Serialize rules: first-match-wins; contributes params once matched.
 *   - extends composition: own rules first, parent rules appended after.
 *   - Cycle detection by policy id; detected cycles throw.
 *
 * ## Deliberate vocabulary extensions (stage-8 pitfall: extend deliberately and log)
 *
 * The following predicates were added to support the Supabase policy rules that
 * could not be expressed with the initial vocabulary:
 *
 * ### `{ owner: string | string[] }`
 * Matches when the fact's `owner` edge (object --owner--> role, move 2) points
 * to a role whose name matches any of the given globs. Needed for: excluding
 * objects whose owner is a Supabase system role (the old "star/owner" deny-list
 * rule in supabase.ts).
 *
 * ### `{ idField: { field: string; glob: string | string[] } }`
 * Generic identity-field matcher: reads `(fact.id as Record<string, unknown>)[field]`,
 * then checks it is a string matching any glob. Covers:
 *   - `member` on membership facts (exclude memberships where member is a system role)
 *   - `role` on membership facts (exclude memberships where role is a system role)
 *   - `table` on trigger/policy/etc. (filter triggers on pgmq queue tables)
 *
 * ### `{ target: { kind?: string|string[]; schema?: string|string[]; name?: string|string[] } }`
 * For satellite facts (acl, comment, securityLabel) whose id has a `target: StableId`
 * field: matches when ALL provided sub-fields match the target's corresponding fields.
 * Each sub-field is optional, glob-matched, and accepts a single value or an array.
 *   - `kind` matches target.kind (exact, no glob — kinds are enum values)
 *   - `schema` matches target.schema via glob
 *   - `name` matches target.name via glob
 * Replaces the three earlier satellite predicates targetKind/targetSchema/targetName.
 *
 * ### `{ edgeTo: { edgeKind?: EdgeKind; kind?: string; schema?: string | string[] } }`
 * Matches when the fact has an outgoing edge of the given `edgeKind`
 * (provenance: depends / owner / memberOfExtension / managedBy) and/or to a
 * fact whose id.kind equals `kind` and/or whose id `schema` matches a glob.
 * Needed for: detecting user-created triggers whose function lives in a
 * non-managed schema (edgeTo {kind: "function", schema: not in
 * SYSTEM_SCHEMAS}), and for provenance filtering of operationally-managed
 * objects (edgeTo {edgeKind: "managedBy"}).
 *
 * ### `{ partitionOf: { schema?: string | string[]; name?: string | string[] } }`
 * Matches a declarative partition child: a fact whose payload carries a
 * non-null `partitionBound` (exactly `pg_class.relispartition` — the extractor
 * sets it from `pg_get_expr(relpartbound)`), optionally pinned to a parent
 * whose `payload.parentTable` schema/name match the given globs. Needed for:
 * excluding operational partition churn from a managed view (Realtime's daily
 * `realtime.messages` partitions — the old DSL's `table/is_partition`, #346).
 * Prefer the parent-pinned form: "is a partition" alone cannot tell service
 * churn from a user-declared `PARTITION OF` (the pg_partman CLI-1591 lesson).
 * A legacy INHERITS child has `parentTable` but no bound, so it does NOT match.
 *
 * `validatePolicy` rejects an `idField` naming an unknown identity field, so a
 * typo fails loudly instead of silently never matching (review #7).
 */







// ---------------------------------------------------------------------------
// Glob helpers (no regex library; implement ourselves)
// ---------------------------------------------------------------------------
/** Escape all regex meta-characters except `*`, then replace `*` with `.*`. */
function globToRegex(pattern) {
    const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
    const regexSource = escaped.replace(/\*/g, ".*");
    return new RegExp(`^${regexSource}$`);
}
function globMatch(pattern, value) {
    return globToRegex(pattern).test(value);
}
// ---------------------------------------------------------------------------
// Identity field extraction helpers
// ---------------------------------------------------------------------------
function getSchema(id) {
    if ("schema" in id && typeof id.schema === "string")
        return id.schema;
    return undefined;
}
function getName(id) {
    if ("name" in id && typeof id.name === "string")
        return id.name;
    return undefined;
}
// ---------------------------------------------------------------------------
// Parent chain traversal (for ownedByExtension, parentKind)
// ---------------------------------------------------------------------------
/**
 * Walk the parent chain of a fact id upward in `fb`.
 * Returns all facts in the chain including the fact itself.
 */
function parentChain(id, fb) {
    const chain = [];
    let current = id;
    while (current !== undefined) {
        const fact = fb.get(current);
        if (!fact)
            break;
        chain.push(fact);
        current = fact.parent;
    }
    return chain;
}
/**
 * Check if any fact in the parent chain (inclusive) has an outgoing
 * "memberOfExtension" edge to an extension with the given name.
 */
function isOwnedByExtension(id, extensionName, fb) {
    const chain = parentChain(id, fb);
    for (const fact of chain) {
        const outgoing = fb.outgoingEdges(fact.id);
        for (const edge of outgoing) {
            if (edge.kind === "memberOfExtension" &&
                edge.to.kind === "extension" &&
                edge.to.name === extensionName) {
                return true;
            }
        }
    }
    return false;
}
// ---------------------------------------------------------------------------
// Core predicate evaluation
// ---------------------------------------------------------------------------
/**
 * Evaluate a predicate against a Fact in a FactBase.
 *
 * For satellite (child) facts, `ownedByExtension` walks the parent chain so
 * that objects belonging to extension-owned parents are also covered.
 */
function factMatches(predicate, fact, view, opts) {
    // Combinators
    if ("all" in predicate) {
        return predicate.all.every((p) => factMatches(p, fact, view, opts));
    }
    if ("any" in predicate) {
        return predicate.any.some((p) => factMatches(p, fact, view, opts));
    }
    if ("not" in predicate) {
        return !factMatches(predicate.not, fact, view, opts);
    }
    // kind
    if ("kind" in predicate) {
        const kinds = Array.isArray(predicate.kind)
            ? predicate.kind
            : [predicate.kind];
        return kinds.some((k) => fact.id.kind === k);
    }
    // schema
    if ("schema" in predicate) {
        const schema = getSchema(fact.id);
        if (schema === undefined)
            return false;
        const patterns = Array.isArray(predicate.schema)
            ? predicate.schema
            : [predicate.schema];
        return patterns.some((p) => globMatch(p, schema));
    }
    // name
    if ("name" in predicate) {
        const name = getName(fact.id);
        if (name === undefined)
            return false;
        const patterns = Array.isArray(predicate.name)
            ? predicate.name
            : [predicate.name];
        return patterns.some((p) => globMatch(p, name));
    }
    // verb — not a property of a bare fact. By default no-match; under
    // `verbAssumed` (the resolveView protection check) treat as satisfiable.
    if ("verb" in predicate) {
        return opts?.verbAssumed === true;
    }
    // ownedByExtension
    if ("ownedByExtension" in predicate) {
        return isOwnedByExtension(fact.id, predicate.ownedByExtension, view);
    }
    // parentKind
    if ("parentKind" in predicate) {
        if (fact.parent === undefined)
            return false;
        return fact.parent.kind === predicate.parentKind;
    }
    // owner — resolves via the `owner` edge (object --owner--> role) emitted by
    // the extractor (move 2). Falls back to payload["owner"] for callers that
    // still pass synthetic fact bases without edges (backward compat / tests).
    if ("owner" in predicate) {
        const ownerEdge = view
            .outgoingEdges(fact.id)
            .find((e) => e.kind === "owner");
        const ownerVal = ownerEdge?.to.kind === "role"
            ? ownerEdge.to.name
            : fact.payload["owner"];
        if (typeof ownerVal !== "string")
            return false;
        const patterns = Array.isArray(predicate.owner)
            ? predicate.owner
            : [predicate.owner];
        return patterns.some((p) => globMatch(p, ownerVal));
    }
    // idField — reads (fact.id as Record)[field], matches any glob
    // NOTE: Intentional dynamic-field escape hatch. Typo'd field names silently
    // never match — there is no compile-time check for field name correctness.
    if ("idField" in predicate) {
        const rawId = fact.id;
        const fieldVal = rawId[predicate.idField.field];
        if (typeof fieldVal !== "string")
            return false;
        const globs = Array.isArray(predicate.idField.glob)
            ? predicate.idField.glob
            : [predicate.idField.glob];
        return globs.some((g) => globMatch(g, fieldVal));
    }
    // target — unified satellite-target predicate (replaces targetKind/targetSchema/targetName)
    // For satellite facts whose id has a `target: StableId` field.
    // All provided sub-fields must match (AND semantics); absent sub-fields are ignored.
    if ("target" in predicate) {
        const rawId = fact.id;
        const targetRaw = rawId["target"];
        if (targetRaw === null || typeof targetRaw !== "object")
            return false;
        const targetObj = targetRaw;
        const { kind: kindFilter, schema: schemaFilter, name: nameFilter, } = predicate.target;
        // kind sub-field: exact match (kinds are enum values)
        if (kindFilter !== undefined) {
            const targetKindVal = targetObj["kind"];
            if (typeof targetKindVal !== "string")
                return false;
            const kinds = Array.isArray(kindFilter) ? kindFilter : [kindFilter];
            if (!kinds.some((k) => k === targetKindVal))
                return false;
        }
        // schema sub-field: glob match
        if (schemaFilter !== undefined) {
            const targetSchemaVal = targetObj["schema"];
            if (typeof targetSchemaVal !== "string")
                return false;
            const patterns = Array.isArray(schemaFilter)
                ? schemaFilter
                : [schemaFilter];
            if (!patterns.some((p) => globMatch(p, targetSchemaVal)))
                return false;
        }
        // name sub-field: glob match
        if (nameFilter !== undefined) {
            const targetNameVal = targetObj["name"];
            if (typeof targetNameVal !== "string")
                return false;
            const patterns = Array.isArray(nameFilter) ? nameFilter : [nameFilter];
            if (!patterns.some((p) => globMatch(p, targetNameVal)))
                return false;
        }
        return true;
    }
    // partitionOf — a declarative partition child (payload.partitionBound is
    // non-null exactly when pg_class.relispartition), optionally pinned to a
    // parent whose payload.parentTable schema/name match the given globs.
    if ("partitionOf" in predicate) {
        if (typeof fact.payload["partitionBound"] !== "string")
            return false;
        const { schema: schemaFilter, name: nameFilter } = predicate.partitionOf;
        if (schemaFilter === undefined && nameFilter === undefined)
            return true;
        const parentRaw = fact.payload["parentTable"];
        if (parentRaw === null || typeof parentRaw !== "object")
            return false;
        const parentObj = parentRaw;
        if (schemaFilter !== undefined) {
            const parentSchema = parentObj["schema"];
            if (typeof parentSchema !== "string")
                return false;
            const patterns = Array.isArray(schemaFilter)
                ? schemaFilter
                : [schemaFilter];
            if (!patterns.some((p) => globMatch(p, parentSchema)))
                return false;
        }
        if (nameFilter !== undefined) {
            const parentName = parentObj["name"];
            if (typeof parentName !== "string")
                return false;
            const patterns = Array.isArray(nameFilter) ? nameFilter : [nameFilter];
            if (!patterns.some((p) => globMatch(p, parentName)))
                return false;
        }
        return true;
    }
    // edgeTo — matches when outgoing edges contain one of the given edge kind
    // (provenance) and/or to a target of the given kind/schema
    if ("edgeTo" in predicate) {
        const outgoing = view.outgoingEdges(fact.id);
        for (const edge of outgoing) {
            if (predicate.edgeTo.edgeKind !== undefined &&
                edge.kind !== predicate.edgeTo.edgeKind) {
                continue;
            }
            const toId = edge.to;
            if (predicate.edgeTo.kind !== undefined &&
                toId["kind"] !== predicate.edgeTo.kind) {
                continue;
            }
            if (predicate.edgeTo.schema !== undefined) {
                const toSchema = toId["schema"];
                if (typeof toSchema !== "string")
                    continue;
                const schemaPatterns = Array.isArray(predicate.edgeTo.schema)
                    ? predicate.edgeTo.schema
                    : [predicate.edgeTo.schema];
                if (!schemaPatterns.some((p) => globMatch(p, toSchema)))
                    continue;
            }
            return true;
        }
        return false;
    }
    // exhaustive — TypeScript narrows to never here in strict mode
    const _exhaustive = predicate;
    return _exhaustive;
}
/**
 * Resolve the "subject fact" for a delta:
 *   add    → delta.fact in desired
 *   remove → delta.fact in source
 *   set    → desired.get(delta.id)
 *   link / unlink → the edge's `from` fact, resolved from the appropriate base
 *
 * Returns undefined when the fact cannot be resolved (dangling).
 */
function subjectFact(delta, source, desired) {
    switch (delta.verb) {
        case "add": {
            const f = desired.get(delta.fact.id) ?? delta.fact;
            return { fact: f, view: desired };
        }
        case "remove": {
            const f = source.get(delta.fact.id) ?? delta.fact;
            return { fact: f, view: source };
        }
        case "set": {
            const f = desired.get(delta.id);
            if (!f)
                return undefined;
            return { fact: f, view: desired };
        }
        case "link": {
            const f = desired.get(delta.edge.from) ?? source.get(delta.edge.from);
            if (!f)
                return undefined;
            return { fact: f, view: desired };
        }
        case "unlink": {
            const f = source.get(delta.edge.from) ?? desired.get(delta.edge.from);
            if (!f)
                return undefined;
            return { fact: f, view: source };
        }
    }
}
/**
 * Evaluate a predicate against a Delta, using both source and desired bases.
 *
 * The "verb" predicate tests delta.verb; all other predicates test the
 * subject fact (resolved per the convention above).
 */
function deltaMatches(predicate, delta, source, desired) {
    // Combinators — recurse before resolving subject
    if ("all" in predicate) {
        return predicate.all.every((p) => deltaMatches(p, delta, source, desired));
    }
    if ("any" in predicate) {
        return predicate.any.some((p) => deltaMatches(p, delta, source, desired));
    }
    if ("not" in predicate) {
        return !deltaMatches(predicate.not, delta, source, desired);
    }
    // verb predicate matches directly on delta.verb
    if ("verb" in predicate) {
        const verbs = Array.isArray(predicate.verb)
            ? predicate.verb
            : [predicate.verb];
        return verbs.some((v) => v === delta.verb);
    }
    // All other predicates delegate to factMatches on the subject fact
    const subject = subjectFact(delta, source, desired);
    if (subject === undefined)
        return false;
    return factMatches(predicate, subject.fact, subject.view);
}
// ---------------------------------------------------------------------------
// Policy flattening + validation
// ---------------------------------------------------------------------------
/**
 * Flatten a policy with cycle detection.
 * Own rules appear before parent rules (own-before-extends order).
 */
function flattenPolicy(policy) {
    const visited = new Set();
    return flattenInner(policy, visited);
}
function flattenInner(policy, visited) {
    if (visited.has(policy.id)) {
        throw new Error(`Policy cycle detected: policy "${policy.id}" extends itself (cycle)`);
    }
    visited.add(policy.id);
    const ownFilter = policy.filter ?? [];
    const ownSerialize = policy.serialize ?? [];
    const ownAssumedRoles = policy.assumedRoles ?? [];
    const ownAssumedSchemas = policy.assumedSchemas ?? [];
    const ownAssumedPublications = policy.assumedPublications ?? [];
    const parentFilter = [];
    const parentSerialize = [];
    const parentAssumedRoles = [];
    const parentAssumedSchemas = [];
    const parentAssumedPublications = [];
    // defaultOwner is scalar: own value wins, else the first parent that declares
    // one (own-before-extends, matching the rule-ordering convention).
    let parentDefaultOwner;
    if (policy.extends) {
        for (const parent of policy.extends) {
            // Each parent needs its own visited-set branch to allow diamond
            // inheritance between siblings while still catching cycles through
            // recursive extends chains.
            const branch = new Set(visited);
            const flat = flattenInner(parent, branch);
            parentFilter.push(...flat.filter);
            parentSerialize.push(...flat.serialize);
            parentAssumedRoles.push(...flat.assumedRoles);
            parentAssumedSchemas.push(...flat.assumedSchemas);
            parentAssumedPublications.push(...flat.assumedPublications);
            if (parentDefaultOwner === undefined && flat.defaultOwner !== undefined) {
                parentDefaultOwner = flat.defaultOwner;
            }
        }
    }
    visited.delete(policy.id);
    const result = {
        id: policy.id,
        filter: [...ownFilter, ...parentFilter],
        serialize: [...ownSerialize, ...parentSerialize],
        // own ∪ parent, de-duplicated (membership test only — order irrelevant).
        assumedRoles: [...new Set([...ownAssumedRoles, ...parentAssumedRoles])],
        assumedSchemas: [
            ...new Set([...ownAssumedSchemas, ...parentAssumedSchemas]),
        ],
        assumedPublications: [
            ...new Set([...ownAssumedPublications, ...parentAssumedPublications]),
        ],
    };
    if (policy.baseline !== undefined) {
        result.baseline = policy.baseline;
    }
    const defaultOwner = policy.defaultOwner ?? parentDefaultOwner;
    if (defaultOwner !== undefined) {
        result.defaultOwner = defaultOwner;
    }
    return result;
}
/**
 * Validate a policy: throws on unknown serialize param names and extends
 * cycles.
 */
/**
 * Every field name that appears in some StableId variant (src/core/stable-id.ts).
 * `idField` reads `(fact.id as Record)[field]`, so a `field` not in this set is
 * a typo that would silently never match — validatePolicy rejects it (review
 * #7). Keep in sync with the StableId union.
 */
const KNOWN_ID_FIELDS = new Set([
    "name",
    "schema",
    "table",
    "args",
    "role",
    "member",
    "server",
    "type",
    "publication",
    "grantee",
    "objtype",
    "provider",
    "target",
    // extensionIntent id fields (docs/architecture/extension-intent.md §3): let a
    // custom profile policy scope extension-intent facts (e.g. a pg_cron job) by
    // its stable-id parts.
    "ext",
    "intentKind",
    "key",
]);
/** Recursively reject any `idField` naming an unknown identity field. */
function validateIdFields(predicate, policyId) {
    if ("idField" in predicate) {
        if (!KNOWN_ID_FIELDS.has(predicate.idField.field)) {
            throw new Error(`Policy "${policyId}": idField references unknown identity field ` +
                `"${predicate.idField.field}". Known fields: ` +
                `${[...KNOWN_ID_FIELDS].sort().join(", ")}`);
        }
    }
    else if ("all" in predicate) {
        for (const p of predicate.all)
            validateIdFields(p, policyId);
    }
    else if ("any" in predicate) {
        for (const p of predicate.any)
            validateIdFields(p, policyId);
    }
    else if ("not" in predicate) {
        validateIdFields(predicate.not, policyId);
    }
}
function validatePolicy(policy) {
    // Cycle detection via flatten (throws on cycles)
    const flat = flattenPolicy(policy);
    // Validate serialize param names
    for (const rule of flat.serialize) {
        for (const paramName of Object.keys(rule.params)) {
            if (!KNOWN_PARAMS.has(paramName)) {
                throw new Error(`Policy "${policy.id}": unknown serialize parameter "${paramName}". ` +
                    `Known parameters: ${[...KNOWN_PARAMS].join(", ")}`);
            }
        }
    }
    // Validate identity-field names in every filter + serialize predicate
    for (const rule of flat.filter)
        validateIdFields(rule.match, policy.id);
    for (const rule of flat.serialize)
        validateIdFields(rule.match, policy.id);
}
// ---------------------------------------------------------------------------
// Fact-level scope projection (the managed view)
// ---------------------------------------------------------------------------
/** True if the predicate references `verb` anywhere (an operation rule). */
function containsVerb(predicate) {
    if ("verb" in predicate)
        return true;
    if ("all" in predicate)
        return predicate.all.some(containsVerb);
    if ("any" in predicate)
        return predicate.any.some(containsVerb);
    if ("not" in predicate)
        return containsVerb(predicate.not);
    return false;
}
/**
 * Decide whether a fact is excluded from the view by the policy's SCOPE rules,
 * respecting first-match-wins and over-projection safety
 * (docs/architecture/managed-view-architecture.md move 3).
 *
 * Only pure-scope (no `verb`) rules can remove a fact wholesale. An operation
 * (`verb`) `include` earlier in the list protects a fact whose non-verb part it
 * matches — its deltas may be included, so we must keep the fact and let the
 * delta-level filter handle the rest. A `verb` `exclude` never removes a fact
 * wholesale (it bites a single verb), so it is skipped here. Erring toward
 * KEEP (under-projection) is safe: the existing delta-level filter still runs;
 * erring toward remove would silently drop managed objects.
 */
function factScopeExclusion(fact, rules, view) {
    for (const rule of rules) {
        if (containsVerb(rule.match)) {
            // operation rule: only an include that could match (with the verb free)
            // protects this fact; otherwise it cannot remove the fact wholesale.
            if (rule.action === "include" &&
                (factMatches(rule.match, fact, view, { verbAssumed: true }) ||
                    factMatches(rule.match, fact, view))) {
                return undefined;
            }
            continue;
        }
        if (factMatches(rule.match, fact, view)) {
            return rule.action === "exclude" ? rule : undefined;
        }
    }
    return undefined;
}
function stringValues(value) {
    return Array.isArray(value) ? value : [value];
}
/** Whether a matcher names concrete objects rather than selecting a broad
 * class. This implements the pinned policy default; explicit rule metadata
 * always wins. Negation and any `*` keep the rule suspicious. */
function isNamedObjectPredicate(predicate) {
    if ("not" in predicate)
        return false;
    if ("all" in predicate) {
        return (predicate.all.some(isNamedObjectPredicate) &&
            !predicate.all.some(containsWildcardMatcher));
    }
    if ("any" in predicate) {
        return (predicate.any.length > 0 &&
            predicate.any.every(isNamedObjectPredicate) &&
            !predicate.any.some(containsWildcardMatcher));
    }
    if ("name" in predicate)
        return stringValues(predicate.name).every(noWildcard);
    if ("schema" in predicate)
        return stringValues(predicate.schema).every(noWildcard);
    if ("owner" in predicate)
        return stringValues(predicate.owner).every(noWildcard);
    if ("ownedByExtension" in predicate)
        return noWildcard(predicate.ownedByExtension);
    if ("idField" in predicate)
        return stringValues(predicate.idField.glob).every(noWildcard);
    if ("target" in predicate) {
        const selectors = [predicate.target.name, predicate.target.schema].filter((value) => value !== undefined);
        return (selectors.length > 0 &&
            selectors.every((value) => stringValues(value).every(noWildcard)));
    }
    if ("partitionOf" in predicate) {
        const selectors = [
            predicate.partitionOf.name,
            predicate.partitionOf.schema,
        ].filter((value) => value !== undefined);
        return (selectors.length > 0 &&
            selectors.every((value) => stringValues(value).every(noWildcard)));
    }
    return false;
}
function noWildcard(value) {
    return !value.includes("*");
}
function containsWildcardMatcher(predicate) {
    if ("not" in predicate)
        return true;
    if ("all" in predicate)
        return predicate.all.some(containsWildcardMatcher);
    if ("any" in predicate)
        return predicate.any.some(containsWildcardMatcher);
    if ("name" in predicate)
        return stringValues(predicate.name).some((value) => !noWildcard(value));
    if ("schema" in predicate)
        return stringValues(predicate.schema).some((value) => !noWildcard(value));
    if ("owner" in predicate)
        return stringValues(predicate.owner).some((value) => !noWildcard(value));
    if ("ownedByExtension" in predicate)
        return !noWildcard(predicate.ownedByExtension);
    if ("idField" in predicate)
        return stringValues(predicate.idField.glob).some((value) => !noWildcard(value));
    if ("target" in predicate) {
        return [predicate.target.name, predicate.target.schema]
            .filter((value) => value !== undefined)
            .some((value) => stringValues(value).some((part) => !noWildcard(part)));
    }
    if ("partitionOf" in predicate) {
        return [predicate.partitionOf.name, predicate.partitionOf.schema]
            .filter((value) => value !== undefined)
            .some((value) => stringValues(value).some((part) => !noWildcard(part)));
    }
    return false;
}
function policyRuleAttribution(policyId, rule) {
    return {
        stage: "policyScopeRule",
        reasonCode: rule.audit?.reasonCode ??
            `policy:${policyId}:rule:${(0,hash/* contentHash */.Ae)(rule.match)}`,
        classification: rule.audit?.classification ??
            (isNamedObjectPredicate(rule.match) ? "acknowledged" : "suspicious"),
    };
}
/**
 * Resolve the managed VIEW that the engine diffs: extension members are kept
 * REFERENCE-ONLY (present so their satellite customizations diff, but the member
 * object is never a create/drop/alter action — CREATE EXTENSION manages it);
 * operationally-managed (`managedBy`) objects are hard-projected out; then the
 * policy's scope (non-`verb`) rules remove the facts they exclude — at the FACT
 * level, on both sides and the proof re-extract, so `plan == prove == run` holds
 * by construction. `verb` rules are left to the delta-level filter (filterDeltas).
 * With no policy and no provenance edges this is the identity projection, so the
 * corpus path is unchanged. This is the SINGLE projection point for the managed view.
 */
function resolveView(fb, policy, capability, baseline, collectSuppression) {
    // Identity fast path. With no policy, no capability and no baseline, every
    // stage below is already a no-op that hands `fb` back BY REFERENCE — but
    // establishing that costs three full `facts()` scans (member closure,
    // managedBy roots, scope-rule scan), which at catalog scale is the single
    // most expensive thing the planner does for zero effect. Prove it instead
    // from one pass over the edge list:
    //   - `extensionMemberClosure` seeds ONLY from `memberOfExtension` edges and
    //     `managedRoots` ONLY from `managedBy` edges, so with neither kind
    //     present both are empty (a `memberOfExtension`/`managedBy` edge is only
    //     ever in `fb.edges` with both endpoints present — the dangling carve-out
    //     is owner→role only — so scanning `edges` sees exactly what the
    //     per-fact `outgoingEdges` scans would);
    //   - `rules` is empty without a policy, and `factScopeExclusion` with no
    //     rules returns undefined for every fact, so `hardRoots`/`policyRefOnly`
    //     are empty;
    //   - `excludeFactsAndDescendants` returns `fb` unchanged for an empty root
    //     set, and the reference-only rebuild is skipped when both ref-only sets
    //     are empty.
    // No suppression is emitted on that path either (every collector block is
    // gated on a non-empty decision), so the fast path is observationally
    // identical INCLUDING for the projection audit.
    if (policy === undefined &&
        capability === undefined &&
        baseline === undefined &&
        !fb.edges.some((edge) => edge.kind === "memberOfExtension" || edge.kind === "managedBy")) {
        return fb;
    }
    // Extension members become REFERENCE-ONLY, not pruned: the member OBJECT (and
    // its non-satellite descendants) is kept but never diffed, while its satellite
    // customizations (acl/comment/securityLabel) stay diffable. Computed on the RAW
    // input, BEFORE baseline subtraction — subtractBaseline prunes a member's
    // `memberOfExtension` edge when it removes the (baseline-identical) extension
    // endpoint, which would otherwise leave a surviving customized member looking
    // like a plain diffable object. Intersected with survivors below.
    const memberClosure = extensionMemberClosure(fb);
    const memberRefOnly = new Set(memberClosure.keys());
    // baseline subtraction (§3.9): facts present-and-identical in the platform
    // baseline drop out before anything else, so platform-managed objects are
    // invisible without a filter rule per object. Same fact-level projection as
    // extension-member / managed-object exclusion → the proof stays honest.
    let base = baseline ? subtractBaseline(fb, baseline) : fb;
    if (baseline !== undefined && collectSuppression !== undefined) {
        const attribution = {
            stage: "baseline",
            reasonCode: "baseline.identical-state",
            classification: "acknowledged",
        };
        const roots = new Map();
        for (const fact of fb.facts()) {
            if (!base.has(fact.id))
                roots.set((0,stable_id/* encodeId */.md)(fact.id), attribution);
        }
        collectRemovedSuppressions(fb, base, roots, collectSuppression);
    }
    // managed-object projection (P0): objects a stateful extension created
    // operationally (pg_partman children, pgmq queue tables) carry a `managedBy`
    // edge from a handler's snapshot-bound capture. They are HARD-projected out so
    // the default plan/prove/apply path never diffs them as drift (CLI-1555).
    // Unconditional: with bare extraction there are no `managedBy` edges, so this
    // is a no-op (corpus path unchanged).
    const managedRoots = new Set();
    for (const fact of base.facts()) {
        if (base.outgoingEdges(fact.id).some((e) => e.kind === "managedBy")) {
            managedRoots.add((0,stable_id/* encodeId */.md)(fact.id));
        }
    }
    if (managedRoots.size > 0) {
        const before = base;
        base = excludeFactsAndDescendants(base, managedRoots);
        if (collectSuppression !== undefined) {
            const attribution = {
                stage: "managedBy",
                reasonCode: "managed-by.provenance",
                classification: "acknowledged",
            };
            collectRemovedSuppressions(before, base, new Map([...managedRoots].map((key) => [key, attribution])), collectSuppression);
        }
    }
    // capability restriction (move 6): project out facts whose action the applier
    // cannot execute. Additive; default unrestricted. FDW ACLs are superuser-only
    // GRANTs and a leaf fact, so they project out cleanly. (The owner residue is
    // NOT projected — it can't be skipped without an ACL ripple — it fail-fasts
    // in plan() instead; see capability.canSetOwner.)
    if (capability !== undefined) {
        const capRoots = capabilityExcludedRoots(base, capability);
        if (capRoots.size > 0) {
            const before = base;
            base = excludeFactsAndDescendants(base, capRoots);
            if (collectSuppression !== undefined) {
                const attribution = {
                    stage: "capability",
                    reasonCode: "capability.fdw-acl",
                    classification: "acknowledged",
                };
                collectRemovedSuppressions(before, base, new Map([...capRoots].map((key) => [key, attribution])), collectSuppression);
            }
        }
    }
    // policy scope (non-`verb`) rules: hard-prune the facts they exclude, EXCEPT
    // an excluded fact whose schema is an assumedSchema (e.g. Supabase's `auth`)
    // or a publication named in assumedPublications (e.g. `supabase_realtime`),
    // which is kept REFERENCE-ONLY so a managed dependent (a user trigger on
    // `auth.users`, a `publicationRel` membership) resolves its parent while the
    // assumed object itself is never diffed. `verb` rules are left to the delta
    // filter.
    const flat = policy ? flattenPolicy(policy) : undefined;
    const rules = flat?.filter ?? [];
    const assumed = new Set(flat?.assumedSchemas ?? []);
    const assumedPubs = new Set(flat?.assumedPublications ?? []);
    const assumedSchemaOf = (id) => id.kind === "schema" ? getName(id) : getSchema(id);
    const isAssumed = (id) => {
        if (id.kind === "publication") {
            const name = getName(id);
            return name !== undefined && assumedPubs.has(name);
        }
        const schema = assumedSchemaOf(id);
        return schema !== undefined && assumed.has(schema);
    };
    const hardRoots = new Set();
    const policyRefOnly = new Set();
    const policyRootAttribution = new Map();
    for (const fact of base.facts()) {
        const exclusion = factScopeExclusion(fact, rules, base);
        if (exclusion === undefined)
            continue;
        const attribution = policyRuleAttribution(flat?.id ?? policy?.id ?? "unknown", exclusion);
        if (isAssumed(fact.id)) {
            policyRefOnly.add((0,stable_id/* encodeId */.md)(fact.id));
            policyRootAttribution.set((0,stable_id/* encodeId */.md)(fact.id), attribution);
        }
        else {
            hardRoots.add((0,stable_id/* encodeId */.md)(fact.id));
            policyRootAttribution.set((0,stable_id/* encodeId */.md)(fact.id), attribution);
        }
    }
    const pruned = excludeFactsAndDescendants(base, hardRoots);
    if (collectSuppression !== undefined && hardRoots.size > 0) {
        collectRemovedSuppressions(base, pruned, policyRootAttribution, collectSuppression);
    }
    // Merge the reference-only sets (extension members + assumed-schema), keeping
    // only facts that actually survived pruning. This is the SINGLE projection
    // point for the managed view; `referenceOnly` is per-side deterministic (no
    // cross-side dependency → fingerprint/proof stay consistent).
    if (memberRefOnly.size === 0 && policyRefOnly.size === 0)
        return pruned;
    const surviving = new Set(pruned.facts().map((f) => (0,stable_id/* encodeId */.md)(f.id)));
    const referenceOnly = new Set();
    for (const key of memberRefOnly)
        if (surviving.has(key))
            referenceOnly.add(key);
    for (const key of policyRefOnly)
        if (surviving.has(key))
            referenceOnly.add(key);
    if (referenceOnly.size === 0)
        return pruned;
    if (collectSuppression !== undefined) {
        const recordReferenceOnly = (key, attribution, viaDescendantOf) => {
            const fact = pruned.getByEncoded(key);
            if (fact === undefined)
                return;
            collectSuppression({
                subject: { kind: "fact", id: fact.id },
                ...attribution,
                ...(viaDescendantOf === undefined ? {} : { viaDescendantOf }),
            });
            for (const edge of pruned.outgoingEdges(fact.id)) {
                collectSuppression({
                    subject: { kind: "edge", edge },
                    ...attribution,
                    ...(viaDescendantOf === undefined ? {} : { viaDescendantOf }),
                });
            }
        };
        for (const key of memberRefOnly) {
            if (!surviving.has(key))
                continue;
            const member = pruned.getByEncoded(key);
            if (member === undefined)
                continue;
            let root = member.id;
            let cursor = member.parent;
            while (cursor !== undefined && memberClosure.has((0,stable_id/* encodeId */.md)(cursor))) {
                root = cursor;
                cursor = fb.get(cursor)?.parent;
            }
            recordReferenceOnly(key, {
                stage: "referenceOnly",
                reasonCode: "reference-only.extension-member",
                classification: "acknowledged",
            }, (0,stable_id/* encodeId */.md)(root) === key ? undefined : root);
        }
        for (const key of policyRefOnly) {
            if (!surviving.has(key))
                continue;
            const ruleAttribution = policyRootAttribution.get(key);
            const assumedKind = pruned.getByEncoded(key)?.id.kind === "publication"
                ? "assumed-publication"
                : "assumed-schema";
            recordReferenceOnly(key, {
                stage: "referenceOnly",
                reasonCode: `reference-only.${assumedKind}:${ruleAttribution.reasonCode}`,
                classification: ruleAttribution.classification,
            });
        }
    }
    // Rebuild to attach the reference-only marks. This runs whenever the view has
    // extension members / assumed-schema facts — including when `resolveView` is
    // re-invoked (via `plan()`) on an ALREADY scope-projected view (the export
    // path), which carries retained dangling owner→role edges. Propagate the
    // ownership carve-out so the rebuild does not silently re-prune them (a
    // public-only, extension-free view returns early above and never reaches here,
    // which is why the regression hid until an extension forced this rebuild).
    return (0,fact/* buildFactBase */.kb)(pruned.facts(), [...pruned.edges], pruned.source, referenceOnly, { allowDangling: fact/* retainOwnerRoleDangling */.RJ });
}
// ---------------------------------------------------------------------------
// Filter application
// ---------------------------------------------------------------------------
/**
 * Apply policy filter rules (first-match-wins) to a list of deltas.
 *
 * No rule matches → include. Filtered (excluded) deltas are returned in
 * `filtered` — never silently dropped. "Drift the user chose not to manage
 * is still drift they can ask about." (§3.9)
 */
function filterDeltas(deltas, policy, source, desired) {
    const flat = flattenPolicy(policy);
    const kept = [];
    const filtered = [];
    for (const delta of deltas) {
        let matched = false;
        let action = "include";
        for (const rule of flat.filter) {
            if (deltaMatches(rule.match, delta, source, desired)) {
                matched = true;
                action = rule.action;
                break;
            }
        }
        if (!matched || action === "include") {
            kept.push(delta);
        }
        else {
            filtered.push(delta);
        }
    }
    return { kept, filtered };
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/policy/reconstruct.js
/**
 * Single reconstruction entry point for the managed view under management scope
 * (docs/architecture/managed-view-architecture.md; agent track V1).
 *
 * Order is fixed: `resolveView` THEN `projectManagementScope`. A policy
 * owner-exclusion rule reads the `owner` edge, and database-scope role pruning
 * removes those edges with the role facts — projecting scope first would strip
 * the edge the policy needs and wrongly plan a DROP of a platform object owned
 * by a system role. Plan, prove, apply, and schema export all call this helper
 * so `plan == prove == run` cannot drift by open-coding the composition.
 *
 * Internal only — not re-exported from the package index or the `./policy`
 * public subpath. `ResolvedProfile` remains the public safe-composition surface.
 * Bare `resolveView` (without scope) stays legitimate for diff/seed paths.
 */




/**
 * Rebuild the managed-view-under-scope: policy/capability/baseline projection,
 * then management-scope role pruning.
 */
function reconstructManagedView(fb, opts = {}) {
    const scope = opts.scope ?? "cluster";
    const view = resolveView(fb, opts.policy, opts.capability, opts.baseline, opts.collectSuppression);
    return projectManagementScope(view, scope, {
        ...(opts.defaultOwner !== undefined
            ? { defaultOwner: opts.defaultOwner }
            : {}),
        ...(opts.collectSuppression !== undefined
            ? { collectSuppression: opts.collectSuppression }
            : {}),
    });
}
const AUDIT_STAGES = new Set([
    "baseline",
    "policyScopeRule",
    "capability",
    "managementScope",
    "referenceOnly",
    "managedBy",
]);
const AUDIT_CLASSIFICATIONS = new Set([
    "acknowledged",
    "suspicious",
]);
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isPayloadRecord = (value) => {
    const prototype = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
};
function invalidAudit(path) {
    throw new Error(`projection audit: invalid ${path}`);
}
function assertString(value, path) {
    if (typeof value !== "string")
        invalidAudit(path);
}
function structurallyEqual(a, b) {
    if (Object.is(a, b))
        return true;
    if (Array.isArray(a) || Array.isArray(b)) {
        return (Array.isArray(a) &&
            Array.isArray(b) &&
            a.length === b.length &&
            a.every((value, index) => structurallyEqual(value, b[index])));
    }
    if (!isRecord(a) || !isRecord(b))
        return false;
    const comparableKeys = (record) => Object.keys(record)
        .filter((key) => !(record["kind"] === "acl" &&
        key === "column" &&
        record[key] === undefined))
        .sort();
    const aKeys = comparableKeys(a);
    const bKeys = comparableKeys(b);
    return (aKeys.length === bKeys.length &&
        aKeys.every((key, index) => key === bKeys[index] && structurallyEqual(a[key], b[key])));
}
function assertPayloadValue(value, path, allowUndefined = false) {
    if (value === null)
        return;
    switch (typeof value) {
        case "string":
        case "boolean":
        case "bigint":
            return;
        case "number":
            if (Number.isFinite(value))
                return;
            invalidAudit(path);
        case "undefined":
            if (allowUndefined)
                return;
            invalidAudit(path);
        case "object":
            if (Array.isArray(value)) {
                value.forEach((item, index) => assertPayloadValue(item, `${path}[${index}]`));
                return;
            }
            if (!isPayloadRecord(value))
                invalidAudit(path);
            for (const [key, item] of Object.entries(value)) {
                assertPayloadValue(item, `${path}.${key}`, true);
            }
            return;
        default:
            invalidAudit(path);
    }
}
function assertStableId(value, path) {
    if (!isRecord(value))
        invalidAudit(path);
    try {
        const roundTripped = (0,stable_id/* parseId */.Fg)((0,stable_id/* encodeId */.md)(value));
        if (!structurallyEqual(value, roundTripped))
            invalidAudit(path);
    }
    catch {
        invalidAudit(path);
    }
}
function assertEdge(value, path) {
    if (!isRecord(value))
        invalidAudit(path);
    assertStableId(value["from"], `${path}.from`);
    assertStableId(value["to"], `${path}.to`);
    if (value["kind"] !== "depends" &&
        value["kind"] !== "owner" &&
        value["kind"] !== "memberOfExtension" &&
        value["kind"] !== "managedBy")
        invalidAudit(`${path}.kind`);
}
function assertDelta(value, path) {
    if (!isRecord(value))
        invalidAudit(path);
    switch (value["verb"]) {
        case "add":
        case "remove": {
            const fact = value["fact"];
            if (!isRecord(fact))
                invalidAudit(`${path}.fact`);
            const payload = fact["payload"];
            if (typeof payload !== "object" ||
                payload === null ||
                !isPayloadRecord(payload))
                invalidAudit(`${path}.fact.payload`);
            assertStableId(fact["id"], `${path}.fact.id`);
            if (fact["parent"] !== undefined)
                assertStableId(fact["parent"], `${path}.fact.parent`);
            for (const [key, payloadValue] of Object.entries(payload)) {
                assertPayloadValue(payloadValue, `${path}.fact.payload.${key}`, true);
            }
            break;
        }
        case "set":
            assertStableId(value["id"], `${path}.id`);
            assertString(value["attr"], `${path}.attr`);
            if (!Object.hasOwn(value, "from") && !Object.hasOwn(value, "to"))
                invalidAudit(`${path}.from/to`);
            if (Object.hasOwn(value, "from"))
                assertPayloadValue(value["from"], `${path}.from`, true);
            if (Object.hasOwn(value, "to"))
                assertPayloadValue(value["to"], `${path}.to`, true);
            break;
        case "link":
        case "unlink":
            assertEdge(value["edge"], `${path}.edge`);
            break;
        default:
            invalidAudit(`${path}.verb`);
    }
}
/** Validate an audit received across an artifact/API boundary and recompute all
 * cached classifications/counts from its suppression entries. */
function normalizeProjectionAudit(value) {
    if (!isRecord(value) || !Array.isArray(value["entries"]))
        invalidAudit("root");
    const summary = value["summary"];
    if (!isRecord(summary))
        invalidAudit("summary");
    for (const field of ["total", "suspicious", "acknowledged", "baseline"]) {
        const count = summary[field];
        if (!Number.isInteger(count) || count < 0)
            invalidAudit(`summary.${field}`);
    }
    const entries = value["entries"].map((candidate, index) => {
        const path = `entries[${index}]`;
        if (!isRecord(candidate))
            invalidAudit(path);
        assertDelta(candidate["delta"], `${path}.delta`);
        const subject = candidate["subject"];
        if (!isRecord(subject))
            invalidAudit(`${path}.subject`);
        if (subject["kind"] === "fact") {
            assertStableId(subject["id"], `${path}.subject.id`);
        }
        else if (subject["kind"] === "edge") {
            assertEdge(subject["edge"], `${path}.subject.edge`);
        }
        else {
            invalidAudit(`${path}.subject.kind`);
        }
        const expectedSubject = deltaSubject(candidate["delta"]);
        if (subjectKey(subject) !==
            subjectKey(expectedSubject))
            invalidAudit(`${path}.subject`);
        if (!AUDIT_CLASSIFICATIONS.has(candidate["classification"]))
            invalidAudit(`${path}.classification`);
        if (!Array.isArray(candidate["suppressions"]) ||
            candidate["suppressions"].length === 0)
            invalidAudit(`${path}.suppressions`);
        const suppressions = candidate["suppressions"].map((suppression, suppressionIndex) => {
            const suppressionPath = `${path}.suppressions[${suppressionIndex}]`;
            if (!isRecord(suppression))
                invalidAudit(suppressionPath);
            if (suppression["side"] !== "source" &&
                suppression["side"] !== "desired")
                invalidAudit(`${suppressionPath}.side`);
            if (!AUDIT_STAGES.has(suppression["stage"]))
                invalidAudit(`${suppressionPath}.stage`);
            assertString(suppression["reasonCode"], `${suppressionPath}.reasonCode`);
            if (!AUDIT_CLASSIFICATIONS.has(suppression["classification"]))
                invalidAudit(`${suppressionPath}.classification`);
            if (suppression["viaDescendantOf"] !== undefined)
                assertStableId(suppression["viaDescendantOf"], `${suppressionPath}.viaDescendantOf`);
            return suppression;
        });
        const classification = suppressions.some((suppression) => suppression.classification === "suspicious")
            ? "suspicious"
            : "acknowledged";
        return {
            delta: candidate["delta"],
            subject: subject,
            suppressions,
            classification,
        };
    });
    return {
        entries,
        summary: {
            total: entries.length,
            suspicious: entries.filter((entry) => entry.classification === "suspicious").length,
            acknowledged: entries.filter((entry) => entry.classification === "acknowledged").length,
            baseline: entries.filter((entry) => entry.suppressions.some((suppression) => suppression.stage === "baseline")).length,
        },
    };
}
function reconstruct_edgeKey(edge) {
    return `${(0,stable_id/* encodeId */.md)(edge.from)}|${edge.kind}|${(0,stable_id/* encodeId */.md)(edge.to)}`;
}
function subjectKey(subject) {
    return subject.kind === "fact"
        ? `fact:${(0,stable_id/* encodeId */.md)(subject.id)}`
        : `edge:${reconstruct_edgeKey(subject.edge)}`;
}
function deltaSubject(delta) {
    return delta.verb === "link" || delta.verb === "unlink"
        ? { kind: "edge", edge: delta.edge }
        : { kind: "fact", id: (0,diff/* subjectOf */.e)(delta) };
}
function deltaKey(delta) {
    switch (delta.verb) {
        case "add":
        case "remove":
            return `${delta.verb}|${(0,stable_id/* encodeId */.md)(delta.fact.id)}`;
        case "set":
            return `${delta.verb}|${(0,stable_id/* encodeId */.md)(delta.id)}|${delta.attr}`;
        case "link":
        case "unlink":
            return `${delta.verb}|${reconstruct_edgeKey(delta.edge)}`;
    }
}
/** Compute the attributed audit while both raw fact bases are available.
 *
 * The unit is suppressed delta/state: fact payload, independently-pruned edge,
 * reference-only payload/edge, and managedBy provenance. Suppression traces
 * from either side join directly to the raw source↔desired diff, so a baseline
 * that suppresses only one side remains visible even if managed drift survives.
 */
function auditManagedViewProjection(rawSource, rawDesired, opts = {}) {
    const suppressions = [];
    reconstructManagedView(rawSource, {
        ...opts,
        collectSuppression: (suppression) => suppressions.push({ side: "source", suppression }),
    });
    reconstructManagedView(rawDesired, {
        ...opts,
        collectSuppression: (suppression) => suppressions.push({ side: "desired", suppression }),
    });
    return projectionAuditFrom(rawSource, rawDesired, suppressions);
}
/** Freshly allocated each call — `entries` is a mutable array the caller owns. */
const emptyAudit = () => ({
    entries: [],
    summary: { total: 0, suspicious: 0, acknowledged: 0, baseline: 0 },
});
/**
 * Attribute already-collected suppressions to the raw source↔desired diff.
 *
 * Split out of `auditManagedViewProjection` so the planner can reuse the
 * suppressions its OWN managed-view reconstruction already collected instead of
 * reconstructing both sides a second time (`buildChangeSet` → `plan()`), and so
 * the raw diff is skipped entirely when nothing was suppressed.
 */
function projectionAuditFrom(rawSource, rawDesired, suppressions) {
    // Nothing was suppressed ⇒ every delta below would find zero traced
    // suppressions and `continue`, so the audit is empty by construction. Return
    // it without paying for a third full raw diff (the common no-policy path).
    if (suppressions.length === 0)
        return emptyAudit();
    const bySubject = new Map();
    for (const traced of suppressions) {
        const { suppression } = traced;
        const key = subjectKey(suppression.subject);
        const list = bySubject.get(key) ?? [];
        list.push(traced);
        bySubject.set(key, list);
    }
    const entries = [];
    for (const delta of (0,diff/* diff */.U)(rawSource, rawDesired)) {
        const subject = deltaSubject(delta);
        const entrySuppressions = [];
        const seen = new Set();
        const tracedSuppressions = [
            ...(bySubject.get(subjectKey(subject)) ?? []),
            // diff() suppresses every outgoing edge delta when the edge's FROM fact is
            // reference-only on EITHER side. The edge may exist only on the opposite,
            // non-reference-only side, so no exact edge suppression record exists
            // there. Join the fact-level reference-only decision as the cause or that
            // asymmetric edge drift disappears from the audit entirely.
            ...(subject.kind === "edge"
                ? (bySubject.get(subjectKey({ kind: "fact", id: subject.edge.from })) ?? []).filter(({ suppression }) => suppression.stage === "referenceOnly")
                : []),
        ];
        for (const { side, suppression } of tracedSuppressions) {
            const via = suppression.viaDescendantOf
                ? (0,stable_id/* encodeId */.md)(suppression.viaDescendantOf)
                : "";
            const key = `${side}|${suppression.stage}|${suppression.reasonCode}|${suppression.classification}|${via}`;
            if (seen.has(key))
                continue;
            seen.add(key);
            entrySuppressions.push({
                side,
                stage: suppression.stage,
                reasonCode: suppression.reasonCode,
                classification: suppression.classification,
                ...(suppression.viaDescendantOf === undefined
                    ? {}
                    : { viaDescendantOf: suppression.viaDescendantOf }),
            });
        }
        if (entrySuppressions.length === 0)
            continue;
        entrySuppressions.sort((a, b) => {
            const aKey = `${a.side}|${a.stage}|${a.reasonCode}|${a.viaDescendantOf ? (0,stable_id/* encodeId */.md)(a.viaDescendantOf) : ""}`;
            const bKey = `${b.side}|${b.stage}|${b.reasonCode}|${b.viaDescendantOf ? (0,stable_id/* encodeId */.md)(b.viaDescendantOf) : ""}`;
            return aKey < bKey ? -1 : aKey > bKey ? 1 : 0;
        });
        entries.push({
            delta,
            subject,
            suppressions: entrySuppressions,
            classification: entrySuppressions.some((suppression) => suppression.classification === "suspicious")
                ? "suspicious"
                : "acknowledged",
        });
    }
    entries.sort((a, b) => {
        const aKey = deltaKey(a.delta);
        const bKey = deltaKey(b.delta);
        return aKey < bKey ? -1 : aKey > bKey ? 1 : 0;
    });
    return {
        entries,
        summary: {
            total: entries.length,
            suspicious: entries.filter((entry) => entry.classification === "suspicious").length,
            acknowledged: entries.filter((entry) => entry.classification === "acknowledged").length,
            baseline: entries.filter((entry) => entry.suppressions.some((suppression) => suppression.stage === "baseline")).length,
        },
    };
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/locks.js
/**
 * The vetted lock-class table (target-architecture §3.7, stage 5
 * deliverable 7): per-DDL-form lock levels from PostgreSQL's documentation.
 * Lock classes are REPORTED, not certified — no runtime introspection
 * (stage 6 pitfall). Classes describe the strongest lock the statement
 * takes on EXISTING user relations; creating a brand-new object locks
 * nothing a user query can collide with, so it reports "none".
 *
 * Sources: PostgreSQL docs "Explicit Locking" (table-level lock modes) and
 * the ALTER TABLE / CREATE INDEX / CREATE TRIGGER reference pages.
 */
/**
 * Default lock class per (kind, verb). Rules override per-spec where a
 * specific DDL form is weaker/stronger than its kind's default (e.g.
 * FK constraints, CONCURRENTLY index builds).
 */
const KIND_VERB_LOCKS = {
    // relation-touching kinds
    table: { create: "none", alter: "accessExclusive", drop: "accessExclusive" },
    column: {
        create: "accessExclusive", // ALTER TABLE ADD COLUMN
        alter: "accessExclusive",
        drop: "accessExclusive",
    },
    default: {
        create: "accessExclusive", // ALTER TABLE … SET DEFAULT (brief catalog-only, still AE)
        alter: "accessExclusive",
        drop: "accessExclusive",
    },
    constraint: {
        create: "accessExclusive", // rules override: FK = shareRowExclusive, VALIDATE = SUE
        alter: "accessExclusive",
        drop: "accessExclusive",
    },
    index: {
        create: "share", // CREATE INDEX; CONCURRENTLY overrides to shareUpdateExclusive
        alter: "accessExclusive",
        drop: "accessExclusive",
    },
    trigger: {
        create: "shareRowExclusive",
        alter: "shareRowExclusive", // ENABLE/DISABLE TRIGGER
        drop: "accessExclusive",
    },
    policy: {
        create: "accessExclusive",
        alter: "accessExclusive",
        drop: "accessExclusive",
    },
    rule: {
        create: "accessExclusive",
        alter: "accessExclusive",
        drop: "accessExclusive",
    },
    view: { create: "none", alter: "accessExclusive", drop: "accessExclusive" },
    materializedView: {
        create: "none",
        alter: "accessExclusive",
        drop: "accessExclusive",
    },
    foreignTable: {
        create: "none",
        alter: "accessExclusive",
        drop: "accessExclusive",
    },
    sequence: {
        create: "none",
        alter: "accessExclusive",
        drop: "accessExclusive",
    },
    // ALTER PUBLICATION … SET takes ShareUpdateExclusive on the listed tables
    publication: { create: "none", alter: "shareUpdateExclusive", drop: "none" },
};
/** Kinds whose DDL never locks an existing user relation. */
const NO_RELATION_LOCK_KINDS = new Set([
    "schema",
    "role",
    "membership",
    "defaultPrivilege",
    "extension",
    "function",
    "procedure",
    "aggregate",
    "domain",
    "type",
    "collation",
    "eventTrigger",
    "subscription",
    "fdw",
    "server",
    "userMapping",
    "comment",
    "acl",
]);
function lockClassFor(kind, verb) {
    const perKind = KIND_VERB_LOCKS[kind];
    if (perKind?.[verb] !== undefined)
        return perKind[verb];
    if (NO_RELATION_LOCK_KINDS.has(kind))
        return "none";
    // unknown kind: report the conservative worst case rather than a
    // soothing default
    return "accessExclusive";
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/renames.js


function groupKey(fact, rollup) {
    const parent = fact.parent === undefined ? "" : (0,stable_id/* encodeId */.md)(fact.parent);
    return `${fact.id.kind}|${parent}|${rollup}`;
}
function matchRenameCandidates(removed, added, source, desired, 
// id-keyed resolver so an `extensionIntent` add/remove present during rename
// matching resolves its (rename-less) intent rule instead of throwing through
// the schema-only `rulesFor`. Defaults to the no-intent resolver for direct
// callers/tests that never see intent facts.
rulesForId = defaultRulesForId) {
    const candidates = [];
    const removedGroups = new Map();
    for (const fact of removed.values()) {
        if (rulesForId(fact.id).rename === undefined)
            continue;
        // children of a removed/renamed container are handled by their root
        if (fact.parent !== undefined && removed.has((0,stable_id/* encodeId */.md)(fact.parent)))
            continue;
        const key = groupKey(fact, source.structuralRollupOf(fact.id));
        const list = removedGroups.get(key) ?? [];
        list.push(fact);
        removedGroups.set(key, list);
    }
    const addedGroups = new Map();
    for (const fact of added.values()) {
        if (rulesForId(fact.id).rename === undefined)
            continue;
        if (fact.parent !== undefined && added.has((0,stable_id/* encodeId */.md)(fact.parent)))
            continue;
        const key = groupKey(fact, desired.structuralRollupOf(fact.id));
        const list = addedGroups.get(key) ?? [];
        list.push(fact);
        addedGroups.set(key, list);
    }
    const matchedRemoved = new Set();
    for (const [key, removedFacts] of removedGroups) {
        const addedFacts = addedGroups.get(key);
        if (addedFacts === undefined)
            continue;
        if (removedFacts.length === 1 && addedFacts.length === 1) {
            const from = removedFacts[0].id;
            const to = addedFacts[0].id;
            matchedRemoved.add((0,stable_id/* encodeId */.md)(from));
            candidates.push({ kind: from.kind, from, to, status: "unambiguous" });
        }
        else {
            for (const removedFact of removedFacts) {
                matchedRemoved.add((0,stable_id/* encodeId */.md)(removedFact.id));
                for (const addedFact of addedFacts) {
                    candidates.push({
                        kind: removedFact.id.kind,
                        from: removedFact.id,
                        to: addedFact.id,
                        status: "ambiguous",
                        reason: `${removedFacts.length} removed × ${addedFacts.length} added with identical content — cannot pick`,
                    });
                }
            }
        }
    }
    // near-misses: own payload identical, subtree rollup not — say why a
    // would-be rename degrades (§4.1)
    for (const fact of removed.values()) {
        if (matchedRemoved.has((0,stable_id/* encodeId */.md)(fact.id)))
            continue;
        if (rulesForId(fact.id).rename === undefined)
            continue;
        if (fact.parent !== undefined && removed.has((0,stable_id/* encodeId */.md)(fact.parent)))
            continue;
        for (const addedFact of added.values()) {
            if (addedFact.id.kind !== fact.id.kind)
                continue;
            const sameParent = (fact.parent === undefined && addedFact.parent === undefined) ||
                (fact.parent !== undefined &&
                    addedFact.parent !== undefined &&
                    (0,stable_id/* encodeId */.md)(fact.parent) === (0,stable_id/* encodeId */.md)(addedFact.parent));
            if (!sameParent)
                continue;
            if (source.hashOf(fact.id) !== desired.hashOf(addedFact.id))
                continue;
            candidates.push({
                kind: fact.id.kind,
                from: fact.id,
                to: addedFact.id,
                status: "nearMiss",
                reason: "own payload matches but the subtree differs — likely a name-bearing child payload (index/constraint defs embed names, §4.1); staying drop+create",
            });
        }
    }
    return candidates.sort((a, b) => {
        const ka = `${(0,stable_id/* encodeId */.md)(a.from)}>${(0,stable_id/* encodeId */.md)(a.to)}`;
        const kb = `${(0,stable_id/* encodeId */.md)(b.from)}>${(0,stable_id/* encodeId */.md)(b.to)}`;
        return ka < kb ? -1 : 1;
    });
}
/** A fact id plus every descendant id, root first. */
function subtreeIds(fb, root) {
    const ids = [root];
    const walk = (id) => {
        for (const child of fb.childrenOf(id)) {
            ids.push(child.id);
            walk(child.id);
        }
    };
    walk(root);
    return ids;
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/rule-flags.js

function ruleFlag(kind, flag) {
    try {
        return rulesFor(kind)[flag];
    }
    catch {
        return undefined;
    }
}
const cascadesToChildren = (kind) => ruleFlag(kind, "cascadesToChildren") === true;
const isRebuildable = (kind) => ruleFlag(kind, "rebuildable") === true;

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/phases/action-emitter.js








/**
 * Emit the atomic action list from the change set + replacement expansion.
 * Behavior-preserving extraction of `plan()`'s emission block.
 */
function emitActions(input) {
    const { source, desired, projectedDesired, removed, added, setsByFact, replaceIds, dropRootOf, acceptedRenames, deltas, params, serializeRules, capability, rulesForId, } = input;
    const actions = [];
    const producerOf = new Map();
    const destroyerOf = new Map();
    // transient per-action compaction metadata (never enters the artifact)
    const foldHints = [];
    const acceptsFolds = [];
    const pushAction = (verb, spec, opts) => {
        const index = actions.length;
        const produces = [...(opts.produces ?? []), ...(spec.alsoProduces ?? [])];
        const destroys = [...(opts.destroys ?? []), ...(spec.alsoDestroys ?? [])];
        const consumes = [...(opts.consumes ?? []), ...(spec.consumes ?? [])];
        const subjectKind = (produces[0] ?? destroys[0] ?? consumes[0])?.kind;
        actions.push({
            sql: spec.sql,
            verb,
            produces,
            consumes,
            destroys,
            releases: spec.releases ?? [],
            transactionality: spec.transactionality ?? "transactional",
            lockClass: spec.lockClass ??
                (subjectKind === undefined ? "none" : lockClassFor(subjectKind, verb)),
            newSegmentBefore: false,
            dataLoss: spec.dataLoss ?? "none",
            rewriteRisk: spec.rewriteRisk ?? false,
        });
        foldHints[index] = spec.compaction;
        acceptsFolds[index] = spec.acceptsColumnFolds ?? false;
        for (const id of produces) {
            const key = (0,stable_id/* encodeId */.md)(id);
            if (!producerOf.has(key))
                producerOf.set(key, index);
        }
        for (const id of destroys)
            destroyerOf.set((0,stable_id/* encodeId */.md)(id), index);
        return index;
    };
    const paramsCache = new Map();
    const paramsFor = (fact) => {
        if (serializeRules.length === 0)
            return params;
        const key = (0,stable_id/* encodeId */.md)(fact.id);
        const cached = paramsCache.get(key);
        if (cached !== undefined)
            return cached;
        let merged = params;
        for (const rule of serializeRules) {
            if (factMatches(rule.match, fact, desired)) {
                merged = { ...rule.params, ...params };
                break;
            }
        }
        paramsCache.set(key, merged);
        return merged;
    };
    const emitCreate = (fact, base) => {
        const specs = rulesForId(fact.id).create(fact, base, paramsFor(fact), source);
        specs.forEach((spec, i) => {
            pushAction("create", spec, {
                produces: i === 0 ? [fact.id] : [],
                consumes: [
                    ...(i === 0 ? [] : [fact.id]),
                    ...(fact.parent !== undefined ? [fact.parent] : []),
                ],
            });
        });
    };
    // renames: one action renames the whole subtree — produces every new id,
    // destroys every old id; dependents order against those sets. Tracked so
    // buildActionGraph can treat them as identity-only: a rename does NOT
    // establish or tear down the owner edge (PostgreSQL preserves the owner across
    // RENAME), so owner edges on the renamed subtree must not drive graph ordering
    // through the rename (review P1 #2: rename/rename cycle).
    const renameActionIndices = new Set();
    for (const { from, to, sourceSubtree, desiredSubtree } of acceptedRenames) {
        const rename = rulesForId(from.id).rename;
        if (rename === undefined) {
            throw new Error(`rename: kind '${from.id.kind}' matched as candidate but has no rename rule`);
        }
        renameActionIndices.add(pushAction("alter", rename(from, to.id), {
            produces: desiredSubtree,
            destroys: sourceSubtree,
            consumes: to.parent !== undefined ? [to.parent] : [],
        }));
    }
    // replaces: drop old + create new (+ recreate unchanged descendants).
    // Emitted BEFORE the added-creates loop so a replaced parent's CREATE registers
    // its inlined delta-set children (publication members, etc.) in `producerOf`
    // first — the added loop's producerOf check then suppresses the redundant
    // standalone create of a child the replacement already materialized (a member
    // ADDed by CREATE … FOR TABLE must not also emit ALTER PUBLICATION ADD TABLE).
    // Emission order does not affect apply order (the action graph re-sorts).
    const recreatedByReplace = new Set();
    for (const key of replaceIds) {
        const oldFact = source.getByEncoded(key);
        // the replacement is rendered from the PROJECTED plan target, so a filtered
        // attribute change or child fact is not baked into the recreated SQL (P1 #1)
        const newFact = projectedDesired.getByEncoded(key);
        // The old subtree dies with the replace. A child folds into its parent's
        // DROP only when that parent's DROP CASCADES to it (DROP TABLE → its
        // columns); a child across a NON-cascading boundary (a foreign table or user
        // mapping under a server, whose DROP SERVER is RESTRICT) needs its OWN drop
        // action, which the graph's child-teardown rule orders before the parent's
        // drop. Without this the bare DROP SERVER fails on its surviving dependents.
        const emitReplaceDrop = (rootFact) => {
            const destroys = [rootFact.id];
            const walk = (fact) => {
                for (const child of source.childrenOf(fact.id)) {
                    if (cascadesToChildren(fact.id.kind)) {
                        destroys.push(child.id);
                        walk(child);
                    }
                    else {
                        emitReplaceDrop(child);
                    }
                }
            };
            walk(rootFact);
            // A non-root (boundary) child drop must NOT consume its parent: the parent
            // is re-created in this same plan, so consuming it would order the child
            // drop AFTER the parent's re-create. Its ordering before the parent drop
            // comes from the child-teardown rule (source parent → parentDestroyer).
            const isRoot = (0,stable_id/* encodeId */.md)(rootFact.id) === key;
            pushAction("drop", rulesForId(rootFact.id).drop(rootFact, source), {
                consumes: isRoot && rootFact.parent !== undefined ? [rootFact.parent] : [],
                destroys,
            });
        };
        emitReplaceDrop(oldFact);
        emitCreate(newFact, projectedDesired);
        // recreate surviving descendants from the PROJECTED plan target (satellites,
        // sub-facts). Descendants with their own attribute deltas are covered: the
        // create renders the projected payload, so their alters are skipped; a
        // descendant whose add was policy-filtered is absent and so not recreated.
        const recreate = (id) => {
            for (const child of projectedDesired.childrenOf(id)) {
                const childKey = (0,stable_id/* encodeId */.md)(child.id);
                if (added.has(childKey))
                    continue; // already created via add delta
                // already materialized by an ancestor's create via `alsoProduces`
                // (delta-set inlining — e.g. a validated CHECK inlined into CREATE
                // DOMAIN, a partitioned table's columns): don't recreate it as a
                // standalone action (which would duplicate it and fail apply), but still
                // descend for any non-inlined descendants. Mirrors the added-create loop.
                if (producerOf.has(childKey)) {
                    recreate(child.id);
                    continue;
                }
                recreatedByReplace.add(childKey);
                emitCreate(child, projectedDesired);
                recreate(child.id);
            }
        };
        recreate(newFact.id);
    }
    // creates — parents first, so a parent's delta-set inlining (e.g. a
    // partitioned table's columns rendered inside its CREATE, registered via
    // alsoProduces) is visible before its children are considered
    const depthOf = (fact) => {
        let depth = 0;
        let parent = fact.parent;
        while (parent !== undefined) {
            depth++;
            parent = desired.get(parent)?.parent;
        }
        return depth;
    };
    for (const fact of [...added.values()].sort((a, b) => depthOf(a) - depthOf(b))) {
        if (producerOf.has((0,stable_id/* encodeId */.md)(fact.id)))
            continue;
        // EMISSION sees the PROJECTED plan target, not full `desired`: a child fact
        // whose own add delta was policy-filtered (a column's DEFAULT, a partitioned
        // table's column, a composite type's attribute, a publication's relation) is
        // absent here, so create rules cannot inline it via `alsoProduces` (review
        // P1 #1). buildActionGraph still reads un-projected `desired` for the
        // missing-requirement invariant — the two views are deliberately distinct
        // (docs/roadmap/tier-3-engine-refactors.md §1).
        emitCreate(fact, projectedDesired);
    }
    // create-produces-its-fact invariant (review architecture rec #2): every
    // worklist `add` must be materialized by a producing action — either its own
    // create or a parent's `alsoProduces` inlining. A create rule that returns no
    // producing action would otherwise surface only later as a missing-requirement
    // (or, like the role-config bug, silently lose payload). This is the
    // STRUCTURAL floor of "a create materializes the desired fact"; full per-kind
    // payload materialization (e.g. role GUC config) is each create rule's own
    // contract, pinned by its rule test.
    for (const fact of added.values()) {
        if (!producerOf.has((0,stable_id/* encodeId */.md)(fact.id))) {
            throw new Error(`emit invariant: added fact ${(0,stable_id/* encodeId */.md)(fact.id)} (kind '${fact.id.kind}') ` +
                `is not materialized by any create action — its create rule must produce it`);
        }
    }
    // default-privilege hygiene: objects created under active default ACLs receive
    // implicit grants; revoke them when the desired state has no corresponding acl
    // fact (pg_dump-style clean slate). EMISSION reads the PROJECTED plan target,
    // not full `desired` (review P1 #3): a policy can filter the default-privilege
    // add AND its grantee role, and the hygiene REVOKE must not surface a
    // filtered-away role (which would then fail the planner's own
    // missing-requirement check). Mirrors the create/alter seam.
    //
    // Hygiene covers every fact this plan CREATES on the target: added facts AND
    // replaced facts (drop + recreate) with their replace-recreated descendants —
    // a recreate fires active default ACLs exactly like a fresh create. The ADP
    // itself may be UNCHANGED (present on both sides, no delta) yet still inject
    // a grant the desired object never had, because on the source the object
    // predated the ADP (regression: the Supabase baseline's replaced
    // extensions.grant_pg_net_access() acquired a stale `postgres` grant from the
    // image's pre-existing default privileges).
    const hygieneTargets = [...added.values()];
    for (const key of [...replaceIds, ...recreatedByReplace]) {
        const fact = projectedDesired.getByEncoded(key);
        if (fact)
            hygieneTargets.push(fact);
    }
    for (const fact of hygieneTargets) {
        // which pg_default_acl objtype this kind maps to is declared per-kind in the
        // rule table (`defaclObjtype`); absent → no default ACLs
        const objtype = ruleFlag(fact.id.kind, "defaclObjtype");
        if (objtype === undefined)
            continue;
        // a created object whose fact is absent from the projected target (its add
        // was effectively reverted) has no hygiene to do
        if (!projectedDesired.has(fact.id))
            continue;
        // owner is now an edge, not a payload field (move 2)
        const ownerEdge = projectedDesired
            .outgoingEdges(fact.id)
            .find((e) => e.kind === "owner");
        const owner = ownerEdge?.to.kind === "role"
            ? ownerEdge.to.name
            : undefined;
        if (typeof owner !== "string")
            continue;
        const schema = fact.id.schema ?? null;
        for (const dp of projectedDesired.facts()) {
            if (dp.id.kind !== "defaultPrivilege")
                continue;
            const dpid = dp.id;
            if (dpid.role !== owner || dpid.objtype !== objtype)
                continue;
            if (dpid.schema != null && dpid.schema !== schema)
                continue;
            if (dpid.grantee === owner)
                continue; // the owner's implicit entry IS the default
            const aclId = {
                kind: "acl",
                target: fact.id,
                grantee: dpid.grantee,
            };
            // an explicit acl in the PROJECTED target recreates the grant with a
            // REVOKE-first, so hygiene would be redundant (and a filtered acl is
            // correctly absent here → hygiene still fires)
            if (projectedDesired.has(aclId))
                continue;
            pushAction("alter", {
                sql: `REVOKE ALL ON ${grantTarget(fact.id)} FROM ${dpid.grantee === "PUBLIC" ? "PUBLIC" : qid(dpid.grantee)}`,
                consumes: dpid.grantee === "PUBLIC"
                    ? []
                    : [{ kind: "role", name: dpid.grantee }],
            }, { consumes: [fact.id] });
        }
    }
    // drops (suppressed children fold into their root's destroys)
    const destroysByRoot = new Map();
    for (const [key, fact] of removed) {
        const root = dropRootOf.get(key);
        const list = destroysByRoot.get(root) ?? [];
        list.push(fact.id);
        destroysByRoot.set(root, list);
    }
    for (const [key, fact] of removed) {
        if (dropRootOf.get(key) !== key)
            continue; // suppressed
        if (replaceIds.has(key))
            continue; // replace handles its own drop
        // pass the resolved SOURCE view so a drop rule can read the fact's context
        // (e.g. DROP EXTENSION derives data-loss from its members' edges).
        const spec = rulesForId(fact.id).drop(fact, source);
        const destroyList = destroysByRoot.get(key) ?? [fact.id];
        pushAction("drop", spec, {
            consumes: fact.parent !== undefined ? [fact.parent] : [],
            // the root fact leads: it is the action's subject (tie-break, locks)
            destroys: [fact.id, ...destroyList.filter((id) => (0,stable_id/* encodeId */.md)(id) !== key)],
        });
    }
    // in-place alters (skipped for facts a replace already recreated)
    for (const [key, sets] of setsByFact) {
        if (replaceIds.has(key) || recreatedByReplace.has(key))
            continue;
        // alters also render against the PROJECTED plan target: an alter that inlines
        // a child reference (ALTER COLUMN … TYPE … re-applying the desired DEFAULT,
        // REPLICA IDENTITY USING a desired index) must not surface a filtered-out
        // child (review P1 #1). `source` stays as the from-state for the rule.
        const fact = projectedDesired.get(sets[0].id);
        const rules = rulesForId(fact.id);
        for (const s of sets) {
            const attrRule = rules.attributes[s.attr];
            if (attrRule === undefined || attrRule === "replace")
                continue;
            const specs = attrRule.alter(fact, s.from, s.to, projectedDesired, source);
            for (const spec of Array.isArray(specs) ? specs : [specs]) {
                pushAction("alter", spec, { consumes: [fact.id] });
            }
        }
    }
    // owner-edge changes: emit ALTER … OWNER TO from link/unlink deltas (move 2:
    // owner is now an edge, not a payload attribute)
    {
        // collect old owner roles per fact so the link action can release them
        const oldOwnerByFact = new Map();
        for (const delta of deltas) {
            if (delta.verb !== "unlink" || delta.edge.kind !== "owner")
                continue;
            oldOwnerByFact.set((0,stable_id/* encodeId */.md)(delta.edge.from), delta.edge.to);
        }
        // Accepted object renames preserve ownership. Map each renamed-to id to the
        // owner its rename-from counterpart held in canonical source. Any accepted
        // role rename is already reflected in that source edge, so a dual object +
        // owner-role rename compares as unchanged without carry bookkeeping.
        const renamedOwner = new Map();
        // and the OLD owner's StableId, so a genuinely-changed owner's link action
        // can `releases` it (the source-side unlink is keyed by the OLD id, which
        // the destination link never looks up — review P1 #1: drop old role too
        // early).
        const renamedOwnerId = new Map();
        for (const { from, to } of acceptedRenames) {
            const srcIds = subtreeIds(source, from.id);
            const dstIds = subtreeIds(desired, to.id);
            for (let i = 0; i < dstIds.length; i++) {
                const srcId = srcIds[i];
                const dstId = dstIds[i];
                if (srcId === undefined || dstId === undefined)
                    continue;
                const ownerEdge = source
                    .outgoingEdges(srcId)
                    .find((e) => e.kind === "owner");
                if (ownerEdge?.to.kind !== "role") {
                    renamedOwner.set((0,stable_id/* encodeId */.md)(dstId), null);
                    continue;
                }
                const srcOwnerName = ownerEdge.to.name;
                renamedOwner.set((0,stable_id/* encodeId */.md)(dstId), srcOwnerName);
                renamedOwnerId.set((0,stable_id/* encodeId */.md)(dstId), ownerEdge.to);
            }
        }
        // objKeys whose owner a link delta already (re-)established below, so the
        // replaced-fact pass does not emit a second ALTER … OWNER TO for them.
        const ownerEmitted = new Set();
        for (const delta of deltas) {
            if (delta.verb !== "link" || delta.edge.kind !== "owner")
                continue;
            const objId = delta.edge.from;
            const objKey = (0,stable_id/* encodeId */.md)(objId);
            // Created objects need this too: create no longer sets the owner (move 2),
            // so a fresh object owned by a non-applier role needs an explicit
            // ALTER … OWNER TO, ordered after its create (consumes: [objId]) and after
            // the role. An owner role projected out of the view has no edge here (it
            // was pruned), so the object is left applier-owned — skipAuthorization
            // elimination falls out for free.
            const fact = desired.get(objId);
            if (!fact)
                continue;
            const ownerAlterPrefix = ruleFlag(fact.id.kind, "ownerAlterPrefix");
            if (!ownerAlterPrefix)
                continue;
            const prefix = ownerAlterPrefix(fact);
            const newRoleId = delta.edge.to;
            if (newRoleId.kind !== "role")
                continue;
            const roleName = newRoleId.name;
            // ownership carried unchanged by an accepted OBJECT rename (the object id
            // changed; renamedOwner maps it through any role rename) — no action
            if (renamedOwner.get(objKey) === roleName)
                continue;
            // Owner residue (move 6): `ALTER … OWNER TO R` requires the applier to be
            // a superuser or a member of R. If a capability is supplied and the
            // applier cannot, fail fast at plan time with an actionable message —
            // surfaced before any statement runs, and avoiding a non-converging
            // "leave it applier-owned" (the owner is acldefault-relative). Unset only
            // for owner CHANGES/creates (this is an owner link delta), not pre-existing
            // unchanged ownership.
            if (capability !== undefined && !canSetOwner(capability, roleName)) {
                throw new Error(`capability: cannot set owner of ${(0,stable_id/* encodeId */.md)(objId)} to role "${roleName}" — applier "${capability.role}" is not a superuser or a member of that role; grant membership or apply as a member/superuser`);
            }
            // for an accepted rename the source-side owner unlink is keyed by the OLD
            // id, so `oldOwnerByFact` (keyed by the link's `from`, i.e. the NEW id) has
            // no entry — fall back to the owner the renamed subtree carried in source
            // (review P1 #1), so the release edge orders this before the old role drop.
            const oldRoleId = oldOwnerByFact.get(objKey) ?? renamedOwnerId.get(objKey);
            pushAction("alter", {
                sql: `${prefix} OWNER TO ${qid(roleName)}`,
                consumes: [newRoleId],
                ...(oldRoleId !== undefined ? { releases: [oldRoleId] } : {}),
            }, { consumes: [objId] });
            ownerEmitted.add(objKey);
        }
        // Replaced facts (drop + recreate) revert to the applying role's ownership;
        // their owner edge is UNCHANGED source->target so it produced no owner link
        // delta above. Re-establish it from the PROJECTED target for every replaced
        // fact (and any descendant a replace recreated) a link delta did not already
        // own — mirroring how the replace loop recreates child ACL facts. Without
        // this, a function/type/table whose body/definition changed is silently
        // re-owned to whoever runs the migration (regression: Supabase auth.uid() et
        // al., owned by supabase_auth_admin, reverted to the applier after replace).
        for (const key of [...replaceIds, ...recreatedByReplace]) {
            if (ownerEmitted.has(key))
                continue;
            const fact = projectedDesired.getByEncoded(key);
            if (!fact)
                continue;
            const ownerAlterPrefix = ruleFlag(fact.id.kind, "ownerAlterPrefix");
            if (!ownerAlterPrefix)
                continue;
            const ownerEdge = projectedDesired
                .outgoingEdges(fact.id)
                .find((e) => e.kind === "owner");
            if (ownerEdge?.to.kind !== "role")
                continue;
            const roleName = ownerEdge.to.name;
            if (capability !== undefined && !canSetOwner(capability, roleName)) {
                throw new Error(`capability: cannot set owner of ${key} to role "${roleName}" — ` +
                    `applier "${capability.role}" is not a superuser or a member of that role; ` +
                    `grant membership or apply as a member/superuser`);
            }
            pushAction("alter", {
                sql: `${ownerAlterPrefix(fact)} OWNER TO ${qid(roleName)}`,
                consumes: [ownerEdge.to],
            }, { consumes: [fact.id] });
        }
    }
    return {
        actions,
        producerOf,
        destroyerOf,
        foldHints,
        acceptsFolds,
        renameActionIndices,
    };
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/graph.js
/**
 * One graph, one deterministic sort (target-architecture §3.6).
 * Heap-based Kahn; a cycle throws with the full path — there is no repair
 * subsystem and never will be (guardrail 4).
 */
class MinHeap {
    keyOf;
    #items = [];
    constructor(keyOf) {
        this.keyOf = keyOf;
    }
    get size() {
        return this.#items.length;
    }
    push(item) {
        this.#items.push(item);
        let i = this.#items.length - 1;
        while (i > 0) {
            const parent = (i - 1) >> 1;
            if (this.keyOf(this.#items[parent]) <=
                this.keyOf(this.#items[i]))
                break;
            [this.#items[parent], this.#items[i]] = [
                this.#items[i],
                this.#items[parent],
            ];
            i = parent;
        }
    }
    pop() {
        const top = this.#items[0];
        const last = this.#items.pop();
        if (this.#items.length > 0) {
            this.#items[0] = last;
            let i = 0;
            for (;;) {
                const l = 2 * i + 1;
                const r = l + 1;
                let smallest = i;
                if (l < this.#items.length &&
                    this.keyOf(this.#items[l]) <
                        this.keyOf(this.#items[smallest]))
                    smallest = l;
                if (r < this.#items.length &&
                    this.keyOf(this.#items[r]) <
                        this.keyOf(this.#items[smallest]))
                    smallest = r;
                if (smallest === i)
                    break;
                [this.#items[smallest], this.#items[i]] = [
                    this.#items[i],
                    this.#items[smallest],
                ];
                i = smallest;
            }
        }
        return top;
    }
}
function topoSort(nodeCount, edges, tieKeyOf, describe) {
    const adjacency = Array.from({ length: nodeCount }, () => []);
    const indegree = Array.from({ length: nodeCount }, () => 0);
    const seen = new Set();
    for (const [u, v] of edges) {
        if (u === v)
            continue;
        const key = `${u}>${v}`;
        if (seen.has(key))
            continue;
        seen.add(key);
        adjacency[u].push(v);
        indegree[v] = indegree[v] + 1;
    }
    const heap = new MinHeap(tieKeyOf);
    for (let i = 0; i < nodeCount; i++)
        if (indegree[i] === 0)
            heap.push(i);
    const order = [];
    while (heap.size > 0) {
        const node = heap.pop();
        order.push(node);
        for (const next of adjacency[node]) {
            indegree[next] = indegree[next] - 1;
            if (indegree[next] === 0)
                heap.push(next);
        }
    }
    if (order.length !== nodeCount) {
        // a cycle is a RULE BUG: report the cycle path, never repair (guardrail 4)
        const inCycle = new Set();
        for (let i = 0; i < nodeCount; i++)
            if (indegree[i] > 0)
                inCycle.add(i);
        const cyclePath = [...inCycle].map(describe).join("\n  ");
        throw new Error(`dependency cycle among ${inCycle.size} actions — this is a rule/emission bug, fix the rule (guardrail 4):\n  ${cyclePath}`);
    }
    return order;
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/internal.js







const ROUTINE_KIND_SET = new Set(stable_id/* ROUTINE_KINDS */.th);
const EVALUATED_KIND_SET = new Set(stable_id/* EVALUATED_EXPRESSION_KINDS */.Hz);
/** parent kind -> child kinds the evaluator reachability walk descends into. */
const EVALUATED_DESCENT = (() => {
    const byParent = new Map();
    for (const [parent, child] of stable_id/* EVALUATED_CHILD_DESCENT */.Wl) {
        const children = byParent.get(parent) ?? new Set();
        children.add(child);
        byParent.set(parent, children);
    }
    return byParent;
})();
/**
 * Build the action dependency graph (edges as `[fromIndex, toIndex]`) and check
 * requirements. Build order comes from the DESIRED state's edges, teardown
 * order from the SOURCE state's edges; a consumer of an id that neither this
 * plan produces nor the target already has is a missing requirement (it throws,
 * stage-5 deliverable 6). Reads only the emitted actions + the producer/
 * destroyer indexes + the two fact bases.
 */
function buildActionGraph(actions, producerOf, destroyerOf, source, desired, 
// actions that rename a subtree in place. A rename changes IDENTITY, not
// ownership: PostgreSQL preserves the owner OID across `ALTER … RENAME`, and a
// separate owner action handles any real change. So `owner` edges on a
// renamed subtree must NOT drive ordering through the rename — otherwise a
// table rename + owner-role rename deadlock each other (review P1 #2).
renameActionIndices = new Set(), 
// role names the active policy assumes exist at apply time but does not manage
// (e.g. Supabase anon/authenticated). Treated like pg_*/PUBLIC by the
// missing-requirement guard: a kept `GRANT … TO <role>` whose role object is
// filtered out of the view is a valid grant target, not a stranded reference.
assumedRoleNames = new Set(), 
// schema names the active policy assumes exist at apply time but does not
// manage (e.g. Supabase's `extensions`). Same idea as assumedRoleNames: a kept
// `CREATE EXTENSION … SCHEMA <schema>` whose schema object is filtered out of
// the view is a valid dependency target, not a stranded reference.
assumedSchemaNames = new Set(), 
// OUT-param (optional): collects the indices of EVALUATOR actions — actions
// that make PostgreSQL RUN a user expression while the statement applies.
//
// INVARIANT the tie-break then enforces: *no user expression evaluates before
// all ready definitions are applied.* Definition-time DDL only needs its
// DIRECT references (pg_depend records those completely, and the
// check_function_bodies=off preamble covers opaque bodies at CREATE FUNCTION
// time); execution-time DDL needs the TRANSITIVE closure of the routine call
// graph, which Postgres does NOT record for quoted SQL/PLpgSQL bodies. So an
// `ADD COLUMN … DEFAULT wrapper()` whose wrapper's opaque body calls a helper
// must not overtake that still-ready helper's CREATE FUNCTION.
//
// An action qualifies iff it materializes an EVALUATED_EXPRESSION_KINDS fact
// from which a user routine is REACHABLE through the recorded structure —
// `depends` edges plus the EVALUATED_CHILD_DESCENT parent→child pairs — i.e.
// *applying it can execute a user routine*. Reachability, not a direct edge:
//   - a matview's evaluated expression is a whole QUERY, so a matview selecting
//     from a plain VIEW that calls an opaque wrapper records an edge only to
//     the view, yet populating it expands the view and runs the wrapper;
//   - `ADD COLUMN col <domain> DEFAULT …` records only `column -> domain`, yet
//     coercing the default into the domain runs the domain's CHECKs, which are
//     CHILDREN of the domain fact.
// `DEFAULT 0` / `DEFAULT now()` still reach nothing, so churn stays small.
//
// Over-marking is SAFE (an action sunk unnecessarily is only cosmetically
// later); under-marking reintroduces the bug, so any new rule that inlines an
// evaluated expression must have its fact kind listed in
// EVALUATED_EXPRESSION_KINDS.
//
// Collected here rather than in a second pass so it rides the edge walk this
// function already performs.
evaluatorActions) {
    const edges = [];
    // Memoized "can applying this fact's expression execute a user routine?" —
    // reachability in the DESIRED state over `depends` edges PLUS the parent→child
    // descents declared in EVALUATED_CHILD_DESCENT (a domain's CHECKs are CHILDREN
    // of the domain, not edges out of it, yet coercing a value into that domain
    // RUNS them). Stops at the first ROUTINE_KINDS endpoint. The fact graph
    // legitimately contains CYCLES (function <-> table), so the walk carries a
    // visited set.
    //
    // The memo is shared across the whole classification pass, so total work stays
    // O(V+E) over the traversed subgraph in BOTH outcomes:
    //  - routine-free: a completed walk proves every node it reached is
    //    routine-free, so the answer is memoized for the ENTIRE explored set (the
    //    hot path — most facts reach no routine);
    //  - routine found: only the nodes on the DISCOVERY PATH from the root to the
    //    node that saw the routine are provably true, so exactly those are
    //    memoized (`discoveredFrom` is the DFS-tree parent link, and a DFS-tree
    //    path is a real path in the graph). Memoizing the whole visited set would
    //    be WRONG — a sibling branch may reach nothing. Without this, N evaluators
    //    sharing one deep chain re-traverse it each time (quadratic).
    const routineReachable = new Map();
    const reachesRoutine = (root, rootKey) => {
        const memoized = routineReachable.get(rootKey);
        if (memoized !== undefined)
            return memoized;
        const visited = new Set([rootKey]);
        // node key -> key it was first reached from (undefined for the root)
        const discoveredFrom = new Map([
            [rootKey, undefined],
        ]);
        const stack = [[root, rootKey]];
        // key of the node whose successors saw the routine, once one does
        let hitAt;
        // true when `next` settles the question (it IS a routine, or is already
        // memoized as reaching one); otherwise enqueues it when still unexplored.
        const consider = (next, fromKey) => {
            if (ROUTINE_KIND_SET.has(next.kind))
                return true;
            const key = (0,stable_id/* encodeId */.md)(next);
            const known = routineReachable.get(key);
            if (known === true)
                return true;
            if (known === false || visited.has(key))
                return false;
            visited.add(key);
            discoveredFrom.set(key, fromKey);
            stack.push([next, key]);
            return false;
        };
        while (stack.length > 0 && hitAt === undefined) {
            const [current, currentKey] = stack.pop();
            for (const edge of desired.outgoingEdges(current)) {
                if (edge.kind !== "depends")
                    continue;
                if (consider(edge.to, currentKey)) {
                    hitAt = currentKey;
                    break;
                }
            }
            if (hitAt !== undefined)
                break;
            const descendInto = EVALUATED_DESCENT.get(current.kind);
            if (descendInto === undefined)
                continue;
            for (const child of desired.childrenOf(current)) {
                if (!descendInto.has(child.id.kind))
                    continue;
                if (consider(child.id, currentKey)) {
                    hitAt = currentKey;
                    break;
                }
            }
        }
        if (hitAt === undefined) {
            for (const key of visited)
                routineReachable.set(key, false);
            return false;
        }
        for (let key = hitAt; key !== undefined; key = discoveredFrom.get(key)) {
            routineReachable.set(key, true);
        }
        return true;
    };
    // cache encoded -> StableId for ids we encounter
    const parseKeyCache = new Map();
    const remember = (id) => {
        const key = (0,stable_id/* encodeId */.md)(id);
        parseKeyCache.set(key, id);
        return key;
    };
    // A reference target that is present-at-apply but kept out of the managed
    // view: built-in roles (pg_*/PUBLIC), policy-declared assumed roles, an
    // assumed SCHEMA object, or an object WITHIN an assumed schema (e.g. a
    // Supabase extension member in `extensions`). Such a target satisfies a
    // `consumes` / `depends` requirement without being produced by the plan.
    const isAmbient = (id) => {
        if (id.kind === "role") {
            const name = id.name;
            if (name.startsWith("pg_") || name === "PUBLIC")
                return true;
            if (assumedRoleNames.has(name))
                return true;
        }
        if (id.kind === "schema" &&
            assumedSchemaNames.has(id.name)) {
            return true;
        }
        const schema = id.schema;
        if (schema === undefined || !assumedSchemaNames.has(schema))
            return false;
        // An object in an assumed schema is ambient only when it is genuinely
        // external to the managed view (e.g. an extension member, hard-pruned from
        // both sides). If the DESIRED view KEEPS it (reference-only) yet it is absent
        // from the target (`!source.has`, checked by the caller), the desired side is
        // referencing something the target lacks — fail at plan time instead of
        // exempting it and letting apply fail against a missing relation (review P2).
        return !desired.has(id);
    };
    // Extension-member closures (member object OR non-satellite descendant →
    // owning extension ids), computed ONCE per side. A member is reference-only
    // (never produced/dropped by a standalone action) but is present-at-apply VIA
    // its extension, so it can satisfy a consume/depends requirement — but ONLY
    // when an owning extension is actually produced by this plan or already on the
    // target. A member whose CREATE EXTENSION a policy filtered away is NOT
    // present, so the guard must still fire (surfacing the missing reference at
    // plan time, not apply time). Distinct from the assumed-schema `isAmbient`
    // case, which never exempts a kept-but-absent object.
    const desiredMemberClosure = extensionMemberClosure(desired);
    const sourceMemberClosure = extensionMemberClosure(source);
    const memberExtensionPresent = (memberKey) => {
        const exts = desiredMemberClosure.get(memberKey) ?? sourceMemberClosure.get(memberKey);
        return (exts !== undefined &&
            exts.some((ext) => producerOf.has((0,stable_id/* encodeId */.md)(ext)) || source.has(ext)));
    };
    // alter actions indexed by their primary fact (opts.consumes[0])
    const alterersOf = new Map();
    actions.forEach((action, index) => {
        if (action.verb !== "alter")
            return;
        const primary = action.consumes[0];
        if (primary === undefined)
            return;
        const key = (0,stable_id/* encodeId */.md)(primary);
        const list = alterersOf.get(key) ?? [];
        list.push(index);
        alterersOf.set(key, list);
    });
    actions.forEach((action, index) => {
        for (const id of action.releases) {
            const destroyer = destroyerOf.get(remember(id));
            if (destroyer !== undefined && destroyer !== index) {
                edges.push([index, destroyer]);
            }
        }
        for (const id of action.consumes) {
            const key = remember(id);
            const producer = producerOf.get(key);
            if (producer !== undefined && producer !== index)
                edges.push([producer, index]);
            const destroyer = destroyerOf.get(key);
            // consumer-before-destroyer applies only when the id is NOT being
            // re-produced; consumers of a replaced fact use the new one
            if (destroyer !== undefined &&
                destroyer !== index &&
                producer === undefined) {
                edges.push([index, destroyer]);
            }
            // A consumed EXTENSION MEMBER is reference-only (its object is never a
            // create/drop action — CREATE/DROP EXTENSION materializes/removes it). A
            // customization on it (a GRANT/COMMENT/SECURITY LABEL, whose satellite fact
            // consumes the member as its parent) is sequenced relative to the
            // extension: AFTER `CREATE EXTENSION` (the member appears with it) and
            // BEFORE `DROP EXTENSION` (the member vanishes with it — REVOKE it while it
            // still exists).
            for (const ext of desiredMemberClosure.get(key) ?? []) {
                const extProducer = producerOf.get((0,stable_id/* encodeId */.md)(ext));
                if (extProducer !== undefined && extProducer !== index)
                    edges.push([extProducer, index]);
            }
            for (const ext of sourceMemberClosure.get(key) ?? []) {
                const extDestroyer = destroyerOf.get((0,stable_id/* encodeId */.md)(ext));
                if (extDestroyer !== undefined && extDestroyer !== index)
                    edges.push([index, extDestroyer]);
            }
            // the id must exist on the target before apply (source) or be
            // produced by this plan; "it's in the desired state" is not enough —
            // a policy filter can hide the delta that would have created it. Ambient
            // targets (built-in/assumed roles, assumed schemas, objects within them)
            // and extension members whose extension is actually present/produced
            // satisfy the requirement.
            if (producer === undefined &&
                !source.has(id) &&
                !isAmbient(id) &&
                !memberExtensionPresent(key)) {
                throw new Error(`missing requirement: action "${action.sql}" consumes ${key}, which neither exists on the target nor is produced by this plan${desired.has(id) ? " — a filter may be hiding its creation" : ""}`);
            }
        }
        // An alter materializes nothing, so its expression fact is CONSUMED, not
        // produced: `VALIDATE CONSTRAINT` (NOT VALID → VALID) rescans every row and
        // `SET DEFAULT` / a generated-expression change re-evaluate the expression.
        // Same classification, over the consumed ids (see the `evaluatorActions`
        // parameter doc). Runs before the produces walk below so both paths feed
        // one set.
        if (evaluatorActions !== undefined && action.verb === "alter") {
            for (const id of action.consumes) {
                if (!EVALUATED_KIND_SET.has(id.kind) || !desired.has(id))
                    continue;
                if (reachesRoutine(id, (0,stable_id/* encodeId */.md)(id))) {
                    evaluatorActions.add(index);
                    break;
                }
            }
        }
        // build order from the DESIRED state's dependency edges
        const producesKeys = new Set(action.produces.map((id) => (0,stable_id/* encodeId */.md)(id)));
        for (const id of action.produces) {
            remember(id);
            if (!desired.has(id))
                continue;
            // Evaluator classification (see the `evaluatorActions` parameter doc): the
            // reachability walk is memoized across the pass, and the kind gate keeps
            // it off every non-expression fact.
            if (evaluatorActions !== undefined &&
                !evaluatorActions.has(index) &&
                EVALUATED_KIND_SET.has(id.kind) &&
                reachesRoutine(id, (0,stable_id/* encodeId */.md)(id))) {
                evaluatorActions.add(index);
            }
            for (const edge of desired.outgoingEdges(id)) {
                // a rename does not CREATE the owner edge (PG carries the owner across
                // RENAME); ordering the new owner's producer before the rename would,
                // paired with the source-side teardown edge below, form a cycle (P1 #2)
                if (edge.kind === "owner" && renameActionIndices.has(index))
                    continue;
                const targetKey = remember(edge.to);
                const producer = producerOf.get(targetKey);
                if (producer !== undefined && producer !== index) {
                    edges.push([producer, index]);
                }
                else if (producer === undefined) {
                    // the dependency is kept but altered in place: create the dependent
                    // against its FINAL state (e.g. a view recreated after an enum's
                    // value-set migration). Skip alterers that consume what this action
                    // produces — there the alter needs the create first (REPLICA
                    // IDENTITY USING a new index).
                    for (const alterer of alterersOf.get(targetKey) ?? []) {
                        if (alterer === index)
                            continue;
                        const altererConsumesProduct = actions[alterer].consumes.some((c) => producesKeys.has((0,stable_id/* encodeId */.md)(c)));
                        if (!altererConsumesProduct)
                            edges.push([alterer, index]);
                    }
                    // A produced fact's DEPENDS edge must resolve to something this plan
                    // produces or the target already has — "it's in the desired view" is
                    // NOT enough: a policy filter can hide the delta that would create the
                    // dependency, leaving a CREATE that references a missing object (P0-1).
                    // (An altered-in-place dependency is in `source`, so this never fires
                    // for it; built-in endpoints resolve to no edge at all.)
                    if (edge.kind === "depends" &&
                        !source.has(edge.to) &&
                        !isAmbient(edge.to) &&
                        !memberExtensionPresent(targetKey)) {
                        throw new Error(`missing requirement: action "${action.sql}" produces ${(0,stable_id/* encodeId */.md)(id)}, ` +
                            `which depends on ${targetKey} — neither produced by this plan nor ` +
                            `present on the target${desired.has(edge.to) ? " (a filter may be hiding its creation)" : ""}`);
                    }
                }
            }
        }
        // teardown order from the SOURCE state's dependency edges
        const destroysKeys = new Set(action.destroys.map((id) => (0,stable_id/* encodeId */.md)(id)));
        for (const id of action.destroys) {
            const key = remember(id);
            // replace: destroy before re-produce. This applies even to ids with no
            // source fact — DROP IDENTITY implicitly destroys the backing sequence
            // (alsoDestroys), which a CREATE SEQUENCE of the same name re-produces
            const reproducer = producerOf.get(key);
            if (reproducer !== undefined && reproducer !== index)
                edges.push([index, reproducer]);
            if (!source.has(id))
                continue;
            // `incomingEdgesByEncoded` IS the reverse index of this filter: an edge is
            // indexed under its `to` endpoint exactly when that endpoint is present
            // (guaranteed by the `source.has(id)` guard above), in the same relative
            // order as `source.edges`. Scanning every edge per (action × destroyed id)
            // made this O(actions × destroys × |edges|).
            for (const edge of source.incomingEdgesByEncoded(key)) {
                // symmetric to the produces side: a rename does not TEAR DOWN the owner
                // edge, so an owner edge into the renamed subtree must not order the
                // owner's dependent teardown before the rename (P1 #2 cycle)
                if (edge.kind === "owner" && renameActionIndices.has(index))
                    continue;
                const dependentKey = remember(edge.from);
                const dependentDestroyer = destroyerOf.get(dependentKey);
                if (dependentDestroyer !== undefined && dependentDestroyer !== index) {
                    edges.push([dependentDestroyer, index]);
                }
                else if (dependentDestroyer === undefined && desired.has(edge.from)) {
                    if (producerOf.has(key))
                        continue;
                    // the desired state no longer carries this dependency: whatever
                    // alters the dependent (e.g. ALTER PUBLICATION … SET delisting a
                    // dropped table) releases it — order those alters first
                    const stillRequired = desired
                        .outgoingEdges(edge.from)
                        .some((e) => (0,stable_id/* encodeId */.md)(e.to) === key);
                    if (!stillRequired) {
                        for (const alterer of alterersOf.get(dependentKey) ?? []) {
                            if (alterer !== index)
                                edges.push([alterer, index]);
                        }
                        continue;
                    }
                    // a surviving fact depends on something this plan destroys, and
                    // nothing recreates the dependency: fail loudly (stage-5 deliverable 6)
                    throw new Error(`missing requirement: ${dependentKey} survives but depends on ${key}, which this plan drops without recreating`);
                }
            }
            // a dependent's teardown precedes in-place alters of its dependencies
            // (drop the view before migrating the enum its definition references);
            // an alterer that releases something this action destroys is the
            // opposite shape — releases ordering wins there
            for (const edge of source.outgoingEdges(id)) {
                const depKey = remember(edge.to);
                if (destroyerOf.has(depKey))
                    continue;
                for (const alterer of alterersOf.get(depKey) ?? []) {
                    if (alterer === index)
                        continue;
                    const altererReleasesOurDestroy = actions[alterer].releases.some((r) => destroysKeys.has((0,stable_id/* encodeId */.md)(r)));
                    if (!altererReleasesOurDestroy)
                        edges.push([index, alterer]);
                }
            }
            // child teardown precedes parent teardown
            const fact = source.get(id);
            if (fact?.parent !== undefined) {
                const parentDestroyer = destroyerOf.get(remember(fact.parent));
                if (parentDestroyer !== undefined && parentDestroyer !== index) {
                    edges.push([index, parentDestroyer]);
                }
            }
        }
    });
    return edges;
}
/**
 * Deterministic tie-break key for an action at index `i`: drops first
 * (descending kind weight), then creates/alters by STRATUM (definitions before
 * evaluators), then ascending weight, then by subject id, then by emission
 * index (zero-padded so "10" sorts after "9" — multi-spec sequences like the
 * enum value-set migration rely on it).
 */
function actionTieKey(actions, i, 
// id-keyed resolver so an `extensionIntent` action ties on its DECLARED late
// weight (via the profile's intent rules) rather than the accidental 99
// catch-fallback. Defaults to the no-intent resolver for direct callers/tests.
rulesForId = defaultRulesForId, 
// Optional per-action override for the SUBJECT segment of the key. The
// ordering phase uses it to sort a table's ADD COLUMN creates by declared
// column position (pg_attribute.attnum) instead of column NAME, so from-empty
// CREATEs (and the folds that collapse them into the CREATE parens) render
// columns in declared order. Returns undefined to fall back to the encoded
// subject id (every other action is unaffected).
subjectKeyOf, 
// Evaluator action indices (buildActionGraph's out-param). Purely a TIE-BREAK
// input: no graph edge is added, so genuine function<->table cycles stay
// plannable via the existing default-split machinery.
evaluatorActions) {
    const action = actions[i];
    const subject = action.produces[0] ?? action.destroys[0] ?? action.consumes[0];
    const weight = (() => {
        if (subject === undefined)
            return 99;
        try {
            return rulesForId(subject).weight;
        }
        catch {
            return 99;
        }
    })();
    const phase = action.verb === "drop" ? "0" : "1";
    const w = action.verb === "drop" ? 99 - weight : weight;
    // Drops never execute a user body, so the teardown phase is forced to the
    // definition stratum and stays byte-identical to a stratum-free key.
    const stratum = action.verb !== "drop" && evaluatorActions?.has(i) === true ? "1" : "0";
    const subjectKey = (subject !== undefined ? subjectKeyOf?.(subject, action) : undefined) ??
        (subject ? (0,stable_id/* encodeId */.md)(subject) : "");
    return `${phase}|${stratum}|${String(w).padStart(2, "0")}|${subjectKey}|${String(i).padStart(6, "0")}`;
}
/**
 * Compaction (§3.6): fold `ADD COLUMN` clauses into their bare `CREATE TABLE`.
 * Safe iff every graph predecessor of the folded action sits at or before the
 * target — i.e. no edge crosses the merge. Purely cosmetic: produces/consumes
 * merge, so ordering semantics and the proof are unchanged. Mutates the target
 * actions in place (as the inline version did) and returns the kept actions.
 */
function compactColumnFolds(orderedActions, order, edges, foldHints, acceptsFolds, positionOf, foldConstraints) {
    const predecessorsOf = new Map();
    for (const [a, b] of edges) {
        const list = predecessorsOf.get(b) ?? [];
        list.push(a);
        predecessorsOf.set(b, list);
    }
    const targetPosOf = new Map();
    orderedActions.forEach((action, pos) => {
        for (const id of action.produces) {
            const key = (0,stable_id/* encodeId */.md)(id);
            if (!targetPosOf.has(key))
                targetPosOf.set(key, pos);
        }
    });
    const foldedPos = new Set();
    const effectivePosOf = new Map(); // orig idx -> post-fold pos
    for (let pos = 0; pos < orderedActions.length; pos++) {
        const origIndex = order[pos];
        const hint = foldHints[origIndex];
        if (hint === undefined)
            continue;
        const action = orderedActions[pos];
        if (action.newSegmentBefore || action.transactionality !== "transactional")
            continue;
        // Constraint fold hints (CONSTRAINT name <def> clauses) apply in two modes:
        //  - `foldConstraints` (export-only, output loaded by the retry/reorder
        //    loader): every constraint hint, minus the caller's `exclude` set
        //    (cycle-participating FKs stay as ALTERs so the raw file loader keeps
        //    converging via the .fk.sql split), under the LENIENT crossing rule
        //    below — the loader reorders files to satisfy cross-relation refs.
        //  - regular diff plans (apply EXECUTOR runs actions in graph order):
        //    only hints the rule declared `executorSafe` (self-contained
        //    PK/UNIQUE/CHECK), under the STRICT column-style crossing veto. An FK
        //    folded into a CREATE TABLE that precedes the referenced table's
        //    CREATE would fail, so FK hints stay inert here.
        const isConstraintFold = action.produces[0]?.kind === "constraint";
        if (isConstraintFold) {
            if (foldConstraints === undefined) {
                if (hint.executorSafe !== true)
                    continue;
            }
            else if (foldConstraints.exclude?.has((0,stable_id/* encodeId */.md)(action.produces[0]))) {
                continue;
            }
        }
        const targetPos = targetPosOf.get((0,stable_id/* encodeId */.md)(hint.foldInto));
        if (targetPos === undefined || targetPos >= pos)
            continue;
        const targetOrig = order[targetPos];
        if (!acceptsFolds[targetOrig] || foldedPos.has(targetPos))
            continue;
        const target = orderedActions[targetPos];
        if (target.verb !== "create" || target.newSegmentBefore)
            continue;
        // Column folds and EXECUTOR-mode constraint folds: ANY predecessor landing
        // after the target vetoes the fold (apply-executor safety — no edge may
        // cross the merge).
        //
        // EXPORT-mode constraint folds are loaded by the retry/reorder loader, not
        // the apply executor, so a crossing to another RELATION is tolerated: a
        // VALIDATED FK's referenced table (or a backing index / type on some other
        // relation) may be created by a LATER file and the loader reorders files to
        // satisfy it. The one crossing an export constraint fold must NOT tolerate
        // is a SAME-TABLE column of its own fold target that was deferred to a
        // later `ADD COLUMN` (its column fold crossed a domain-type edge, or it is
        // a generated column that never hints) — folding the constraint inline
        // would reference a column the CREATE TABLE does not yet declare, and no
        // file reordering can repair that. An inlined column shares the target's
        // effective position, so it never counts as "after" and passes naturally.
        const lenientCrossing = isConstraintFold && foldConstraints !== undefined;
        const foldTarget = hint.foldInto;
        const crossesEdge = (predecessorsOf.get(origIndex) ?? []).some((p) => {
            const pPos = effectivePosOf.get(p) ?? positionOf[p];
            if (pPos <= targetPos)
                return false;
            if (!lenientCrossing)
                return true;
            const predAction = orderedActions[positionOf[p]];
            return predAction.produces.some((id) => id.kind === "column" &&
                foldTarget.kind === "table" &&
                id.schema === foldTarget.schema &&
                id.table === foldTarget.name);
        });
        if (crossesEdge)
            continue;
        // fold: splice the clause into the CREATE's column list
        target.sql = target.sql.endsWith("()")
            ? `${target.sql.slice(0, -2)}(${hint.clause})`
            : `${target.sql.slice(0, -1)}, ${hint.clause})`;
        target.produces.push(...action.produces);
        for (const id of action.consumes) {
            if (!target.consumes.some((c) => (0,stable_id/* encodeId */.md)(c) === (0,stable_id/* encodeId */.md)(id)))
                target.consumes.push(id);
        }
        if (action.dataLoss === "destructive")
            target.dataLoss = "destructive";
        target.rewriteRisk = target.rewriteRisk || action.rewriteRisk;
        foldedPos.add(pos);
        effectivePosOf.set(origIndex, targetPos);
    }
    return foldedPos.size > 0
        ? orderedActions.filter((_, pos) => !foldedPos.has(pos))
        : [...orderedActions];
}
/**
 * Compaction (§3.6), redundant-drop elision: a replace renders as drop + create,
 * but some kinds' create is self-resetting — `acl`'s `grantActions` leads with
 * its own `REVOKE ALL … FROM grantee`, byte-identical to the replace's drop. The
 * drop is then a redundant (idempotent) statement. This is GENERAL to every ACL
 * privilege change, so it is prettified here in the cosmetic pass rather than
 * special-cased per kind in the planner (correctness first, prettify later).
 *
 * Purely cosmetic + provably safe via LOCAL checks (no graph walk): remove a
 * `drop` D destroying a single id I when a `create` P re-produces I with the
 * SAME sql, and removing D cannot lose an ordering constraint —
 *   - D.consumes ⊆ P.consumes, so every producer that had to precede D also has
 *     to precede P (which remains);
 *   - nothing `releases` I (a releaser would order before D's destruction);
 *   - I has no children, so no child-teardown is ordered before D.
 * Those exhaust the edge kinds that can point INTO a drop, so P inherits all of
 * D's predecessors and the byte-identical statement reproduces D's effect.
 */
function elideRedundantDrops(actions, source) {
    // first create that produces each id, with its sql + consume set
    const producerOf = new Map();
    actions.forEach((action, index) => {
        if (action.verb !== "create")
            return;
        for (const id of action.produces) {
            const key = (0,stable_id/* encodeId */.md)(id);
            if (!producerOf.has(key)) {
                producerOf.set(key, {
                    index,
                    sql: action.sql,
                    consumes: new Set(action.consumes.map(stable_id/* encodeId */.md)),
                });
            }
        }
    });
    const releasedIds = new Set();
    for (const action of actions)
        for (const id of action.releases)
            releasedIds.add((0,stable_id/* encodeId */.md)(id));
    const remove = new Set();
    actions.forEach((action, index) => {
        if (action.verb !== "drop" || action.destroys.length !== 1)
            return;
        const id = action.destroys[0];
        const key = (0,stable_id/* encodeId */.md)(id);
        const producer = producerOf.get(key);
        if (producer === undefined || producer.index === index)
            return;
        if (producer.sql !== action.sql)
            return; // not a byte-identical reproduce
        if (releasedIds.has(key))
            return; // a releaser is ordered before this drop
        if (source.childrenOf(id).length > 0)
            return; // child-teardown precedes it
        if (!action.consumes.every((c) => producer.consumes.has((0,stable_id/* encodeId */.md)(c))))
            return; // P would not inherit all of D's producer-predecessors
        remove.add(index);
    });
    return remove.size > 0
        ? actions.filter((_, index) => !remove.has(index))
        : [...actions];
}
/**
 * Compaction (§3.6): trim a redundant explicit DROP POLICY. The Bug-1 fix makes
 * policy drops never fold (suppressible:false), so an explicit DROP POLICY is
 * always emitted before the table drop. That is load-bearing when the policy
 * references a SEPARATELY-dropped object (a view in its USING subquery, a role):
 * PostgreSQL refuses to drop that object while the policy references it. But when
 * the policy only references its own table (or undropped objects), PostgreSQL's
 * implicit DROP TABLE cascade already removes the policy, so the explicit drop is
 * redundant.
 *
 * Cosmetic + safe via LOCAL checks: remove a `drop` of a single policy P on table
 * T when (a) some drop destroys T (DROP TABLE removes its policies by cascade),
 * and (b) P is not load-bearing — every object P depends on that is ALSO being
 * dropped lies within T's own drop subtree, so eliding P loses no ordering
 * another drop relies on. A wrong "keep" is merely verbose; a wrong "elide" would
 * surface as an unappliable plan in the corpus proof.
 */
function elideCascadeSubsumedPolicyDrops(actions, source) {
    const droppedIds = new Set();
    for (const action of actions)
        if (action.verb === "drop")
            for (const id of action.destroys)
                droppedIds.add((0,stable_id/* encodeId */.md)(id));
    const inSubtree = (x, rootKey) => {
        let cur = x;
        while (cur !== undefined) {
            if ((0,stable_id/* encodeId */.md)(cur) === rootKey)
                return true;
            cur = source.get(cur)?.parent;
        }
        return false;
    };
    const remove = new Set();
    actions.forEach((action, index) => {
        if (action.verb !== "drop" || action.destroys.length !== 1)
            return;
        const id = action.destroys[0];
        if (id.kind !== "policy")
            return;
        const table = source.get(id)?.parent;
        if (table === undefined)
            return;
        const tableKey = (0,stable_id/* encodeId */.md)(table);
        if (!droppedIds.has(tableKey))
            return; // table survives → the drop is real
        const loadBearing = source
            .outgoingEdges(id)
            .some((e) => droppedIds.has((0,stable_id/* encodeId */.md)(e.to)) && !inSubtree(e.to, tableKey));
        if (!loadBearing)
            remove.add(index);
    });
    return remove.size > 0
        ? actions.filter((_, index) => !remove.has(index))
        : [...actions];
}
/** The single privilege PostgreSQL grants to PUBLIC on a freshly-created object
 *  of each kind (Table 5.2, "Summary of Access Privileges"). Kinds absent here
 *  (table, view, sequence, schema, …) get NO PUBLIC default, so any PUBLIC grant
 *  on them is intentional and must be kept. Version-stable — unlike the owner's
 *  full default set (PG17 added MAINTAIN), so we never encode that. */
const PUBLIC_DEFAULT_PRIVILEGE = {
    type: "USAGE",
    domain: "USAGE",
    language: "USAGE",
    function: "EXECUTE",
    procedure: "EXECUTE",
    aggregate: "EXECUTE",
};
/** Order-insensitive equality of two privilege lists (both arrive sorted from
 *  extraction, but compare as sets to stay robust to ordering). */
function samePrivilegeSet(a, b) {
    if (a.length !== b.length)
        return false;
    const set = new Set(a);
    return b.every((priv) => set.has(priv));
}
/**
 * Whether an `ALTER DEFAULT PRIVILEGES` customizes the create-time default ACL
 * for this objtype, so a co-created object's ACL can no longer be assumed to be
 * the plain built-in default.
 *
 * The default-ACL elision drops an object's REVOKE/GRANT group only when the
 * group is a no-op against the create-time ACL. That holds for the built-in
 * default, but NOT when an ADP is in play: an ADP can reduce the default (e.g.
 * revoke the built-in PUBLIC `EXECUTE`, or revoke `UPDATE` from the owner), and
 * — critically — a plan that creates both the ADP and the object does NOT
 * guarantee the ADP runs first, so the object may be created with the built-in
 * default while the desired ACL is the reduced one (or vice versa). In every
 * such case the explicit REVOKE/GRANT group is load-bearing, so we keep it
 * (review P2). The redundant leading REVOKE is still trimmed by
 * elideCoCreateRevokeBeforeGrant.
 *
 * ADP is keyed by the CREATING role (`defaclrole`); when `capability` is known
 * we filter to the applier's role, else (corpus/raw) consider any role's ADP
 * (conservative — at worst we keep a redundant REVOKE/GRANT).
 */
function adpCustomizesObjtype(desired, target, capability) {
    const objtype = ruleFlag(target.kind, "defaclObjtype");
    if (objtype === undefined)
        return false; // kind has no default-ACL mechanism
    const targetSchema = target.kind === "schema"
        ? null
        : (target.schema ?? null);
    return desired.facts().some((fact) => {
        if (fact.id.kind !== "defaultPrivilege")
            return false;
        const d = fact.id;
        if (d.objtype !== objtype)
            return false;
        if (d.schema !== null && d.schema !== targetSchema)
            return false;
        if (capability !== undefined && d.role !== capability.role)
            return false;
        return true;
    });
}
/**
 * Compaction (§3.6), default-ACL elision: a freshly `CREATE`d object already
 * carries PostgreSQL's built-in default privileges, so the `acl` rule's
 * REVOKE-ALL+GRANT pair that merely re-materializes those defaults is a no-op on
 * a co-created target. `grantActions` emits them unconditionally (pg_dump's
 * model), which bloats every create. This prettifies that away — mirroring the
 * old engine's `filterPublicBuiltInDefaults` + owner-privilege filtering, but as
 * a late cosmetic pass so the diff/extract semantics are untouched.
 *
 * An `acl` create group is elidable iff its target object is itself created in
 * THIS plan AND the grant reproduces the grantee's EFFECTIVE create-time default
 * (the built-in default, OR what `ALTER DEFAULT PRIVILEGES` made it — see
 * effectiveDefaultPrivileges):
 *   - grantee is the target's owner — compared to `_ownerDefault` (the version-
 *     correct built-in owner set captured at extract);
 *   - grantee is PUBLIC — compared to the kind's built-in PUBLIC default.
 * In both cases an active ADP that reduced the default (e.g. revoked the PUBLIC
 * EXECUTE) makes the group load-bearing, so it is kept. Anything else (non-
 * default grant, third-party grantee, grant option, an ACL on a pre-existing
 * object) is kept verbatim.
 *
 * Safe + cosmetic via LOCAL checks: it only drops an `acl` group whose effect PG
 * guarantees on create, and the acl fact id is consumed by nothing outside its
 * own REVOKE/GRANT actions, so removing the whole group strands no consumer and
 * the proven end-state is unchanged. NEVER suppresses a REVOKE the desired state
 * needs (a revoked default is simply absent from the fact base — there is no acl
 * create action to elide, and this pass never adds or removes anything else).
 */
function elideDefaultAclCreates(actions, desired, capability) {
    // ids of the objects actually created in this plan (acl satellites excluded).
    const createdObjects = new Set();
    for (const action of actions) {
        if (action.verb !== "create")
            continue;
        for (const id of action.produces) {
            if (id.kind !== "acl")
                createdObjects.add((0,stable_id/* encodeId */.md)(id));
        }
    }
    const elidable = new Set();
    for (const action of actions) {
        if (action.verb !== "create")
            continue;
        const aclId = action.produces.find((id) => id.kind === "acl");
        if (aclId === undefined || aclId.kind !== "acl")
            continue;
        if (!createdObjects.has((0,stable_id/* encodeId */.md)(aclId.target)))
            continue;
        const fact = desired.get(aclId);
        if (fact === undefined)
            continue;
        const payload = fact.payload;
        if ((payload.grantable ?? []).length > 0)
            continue; // grant option is never default
        const privileges = payload.privileges ?? [];
        // The group is a no-op (elidable) IFF the co-created object already grants
        // this grantee EXACTLY the desired privileges at CREATE time, i.e. the
        // desired ACL equals the BUILT-IN default. An ALTER DEFAULT PRIVILEGES
        // customizing this objtype breaks that assumption (the effective default
        // differs, and ADP-vs-CREATE order is not guaranteed in a from-empty plan),
        // so the explicit REVOKE/GRANT is load-bearing — keep it (review P2).
        if (adpCustomizesObjtype(desired, aclId.target, capability))
            continue;
        if (aclId.grantee === "PUBLIC") {
            const def = PUBLIC_DEFAULT_PRIVILEGE[aclId.target.kind];
            if (def !== undefined && privileges.length === 1 && privileges[0] === def)
                elidable.add((0,stable_id/* encodeId */.md)(aclId));
            continue;
        }
        // owner grant: PostgreSQL grants the owner the full built-in default on a
        // fresh create. The set is version-dependent (PG17 added MAINTAIN), so we
        // compare against `_ownerDefault` — the owner's create-time set captured from
        // acldefault() at extract (non-semantic `_` metadata). A strict subset means
        // the owner revoked a default; eliding would leave the full default in place.
        const ownerEdge = desired
            .outgoingEdges(aclId.target)
            .find((e) => e.kind === "owner");
        if (ownerEdge !== undefined &&
            ownerEdge.to.kind === "role" &&
            ownerEdge.to.name === aclId.grantee &&
            payload._ownerDefault !== undefined &&
            samePrivilegeSet(privileges, payload._ownerDefault))
            elidable.add((0,stable_id/* encodeId */.md)(aclId));
    }
    if (elidable.size === 0)
        return [...actions];
    // every action of an elidable group either produces the acl id (the REVOKE) or
    // consumes it (the GRANTs); nothing else touches the id, so this drops exactly
    // the group.
    return actions.filter((action) => !action.produces.some((id) => elidable.has((0,stable_id/* encodeId */.md)(id))) &&
        !action.consumes.some((id) => elidable.has((0,stable_id/* encodeId */.md)(id))));
}
/**
 * Compaction (§3.6), co-create ownership fold: a freshly `CREATE`d object is
 * emitted applier-owned, followed by an `ALTER … OWNER TO <owner>` (move 6 —
 * create no longer sets the owner). Two cosmetic cleanups on that pair:
 *
 *  1. SCHEMA (always-on, syntactic): `CREATE SCHEMA s` + `ALTER SCHEMA s OWNER
 *     TO r` collapse into `CREATE SCHEMA s AUTHORIZATION r`. AUTHORIZATION is the
 *     canonical single-statement form even for a foreign owner and carries the
 *     IDENTICAL applier-capability requirement as the two-statement form, so the
 *     fold never changes whether apply succeeds — it runs regardless of
 *     capability.
 *  2. EVERY OTHER ownable kind (only when applier-known): drop the owner ALTER
 *     when the desired owner IS the applier (`capability.role`). On a
 *     creates-as-applier object that is a genuine no-op (already applier-owned on
 *     create). A foreign owner keeps its ALTER.
 *
 * Detected STRUCTURALLY (no SQL parsing — guardrail): the owner ALTER has
 * `verb === "alter"`, produces/destroys/releases nothing, consumes exactly the
 * created object id + one role id, the kind has an `ownerAlterPrefix` rule, and
 * the desired graph carries an `owner` edge object → role. `canSetOwner` already
 * fail-fasts at emit time, so every surviving owner ALTER here is one the applier
 * could run; Rule 2's "keep when owner ≠ applier" only fires for the
 * capability-undefined and superuser-applier cases.
 *
 * The fold also re-checks `canSetOwner` locally (when capability is known): both
 * the schema AUTHORIZATION form and the two-statement form carry the same
 * capability requirement, so an applier that cannot set the owner can run
 * NEITHER. Folding such a pair would be harmless against a converging plan (it
 * fails identically either way), but the local check keeps the pass
 * self-contained — correct even if a future caller runs it without the emit-time
 * fail-fast — instead of silently depending on that upstream guard.
 */
function foldCoCreateOwnership(actions, desired, capability) {
    // ids created in THIS plan (acl satellites excluded), with their create action.
    const createActionOf = new Map();
    for (const action of actions) {
        if (action.verb !== "create")
            continue;
        for (const id of action.produces)
            if (id.kind !== "acl")
                createActionOf.set((0,stable_id/* encodeId */.md)(id), action);
    }
    if (createActionOf.size === 0)
        return [...actions];
    const drop = new Set();
    actions.forEach((action, index) => {
        if (action.verb !== "alter")
            return;
        if (action.produces.length > 0 || action.destroys.length > 0)
            return;
        if (action.releases.length > 0)
            return; // owner CHANGE, not a fresh-create set
        if (action.newSegmentBefore || action.transactionality !== "transactional")
            return;
        // structural owner-ALTER shape: exactly one object consume + one role consume
        const roleConsumes = action.consumes.filter((id) => id.kind === "role");
        const objConsumes = action.consumes.filter((id) => id.kind !== "role");
        if (roleConsumes.length !== 1 || objConsumes.length !== 1)
            return;
        const objId = objConsumes[0];
        const owner = roleConsumes[0];
        const createAction = createActionOf.get((0,stable_id/* encodeId */.md)(objId));
        if (createAction === undefined)
            return; // not co-created → real owner change
        if (ruleFlag(objId.kind, "ownerAlterPrefix") === undefined)
            return;
        const hasOwnerEdge = desired
            .outgoingEdges(objId)
            .some((e) => e.kind === "owner" &&
            e.to.kind === "role" &&
            e.to.name === owner.name);
        if (!hasOwnerEdge)
            return;
        // local appliability check (#2): never collapse an owner ALTER the known
        // applier could not execute. Capability-undefined keeps the unrestricted
        // (superuser/CI) behavior — fold regardless.
        if (capability !== undefined && !canSetOwner(capability, owner.name))
            return;
        if (objId.kind === "schema") {
            // Rule 1 — syntactic fold into CREATE SCHEMA … AUTHORIZATION. Compare the
            // create against the canonical bare render; only fold the exact shape.
            if (createAction.newSegmentBefore ||
                createAction.transactionality !== "transactional")
                return;
            const schemaName = objId.name;
            if (createAction.sql !== schemaCreateSql(schemaName))
                return;
            createAction.sql = schemaCreateSql(schemaName, owner.name);
            if (!createAction.consumes.some((c) => (0,stable_id/* encodeId */.md)(c) === (0,stable_id/* encodeId */.md)(owner)))
                createAction.consumes.push(owner);
            drop.add(index);
            return;
        }
        // Rule 2 — no-op elision only when the applier IS the owner.
        if (capability !== undefined && capability.role === owner.name)
            drop.add(index);
    });
    return drop.size > 0
        ? actions.filter((_, index) => !drop.has(index))
        : [...actions];
}
/**
 * Compaction (§3.6), co-create REVOKE elision: `grantActions` emits ACL via
 * pg_dump's REVOKE-first model (`REVOKE ALL … FROM g` then `GRANT … TO g`). On a
 * freshly co-created object whose grantee has no conflicting create-time default
 * privilege, the leading `REVOKE ALL` is cosmetic — the object starts with no
 * third-party grants, so the GRANT alone converges. This drops that REVOKE while
 * keeping every GRANT.
 *
 * Distinct from `elideDefaultAclCreates` (which drops WHOLE owner/PUBLIC default
 * groups): this runs AFTER it and only trims the REVOKE off the REMAINING
 * third-party groups, keeping the load-bearing GRANT.
 *
 * Guarded — keep the REVOKE when it is load-bearing:
 *  - target not co-created, or the group has no GRANT → untouched;
 *  - REVOKE-only group (empty privileges) → untouched (a revoked default);
 *  - explicit acl carries a grant option → untouched (REVOKE also clears those);
 *  - a potentially-active `defaultPrivilege` in desired would grant this grantee
 *    a privilege or grant option NOT in the explicit acl → untouched (strict-
 *    superset guard). With known capability "potentially active" means
 *    `default.role === capability.role` (creates-as-applier); without capability,
 *    any matching default (objtype + schema scope + grantee) is treated active.
 */
function elideCoCreateRevokeBeforeGrant(actions, desired, capability) {
    const createdObjects = new Set();
    for (const action of actions) {
        if (action.verb !== "create")
            continue;
        for (const id of action.produces)
            if (id.kind !== "acl")
                createdObjects.add((0,stable_id/* encodeId */.md)(id));
    }
    if (createdObjects.size === 0)
        return [...actions];
    // index default-privilege facts once (small set) for the superset guard.
    const defaults = desired
        .facts()
        .filter((f) => f.id.kind === "defaultPrivilege");
    const defaultGrantsOutside = (target, grantee, explicit) => {
        // which pg_default_acl objtype this kind maps to is declared per-kind in the
        // rule table (`defaclObjtype`, shared with the emitter's hygiene pass);
        // absent → no default ACLs, so no default can ever fire on it.
        const objtype = ruleFlag(target.kind, "defaclObjtype");
        if (objtype === undefined)
            return false; // kind has no default mechanism
        const targetSchema = target.kind === "schema"
            ? null
            : (target.schema ?? null);
        for (const fact of defaults) {
            const d = fact.id;
            if (d.objtype !== objtype || d.grantee !== grantee)
                continue;
            if (d.schema !== null && d.schema !== targetSchema)
                continue;
            if (capability !== undefined && d.role !== capability.role)
                continue;
            const payload = fact.payload;
            if ((payload.grantable ?? []).length > 0)
                return true; // grant option
            for (const priv of payload.privileges ?? [])
                if (!explicit.has(priv))
                    return true; // extra privilege
        }
        return false;
    };
    // index, once, the acl ids that a GRANT consumes. The REVOKE leader PRODUCES
    // the acl id (and consumes only its target), while every GRANT CONSUMES it
    // (emitCreate spec index > 0), so any acl id appearing in a `consumes` belongs
    // to a GRANT. Keeps the "group still has a GRANT" test O(1) per acl group.
    const aclIdsWithGrant = new Set();
    for (const action of actions)
        for (const id of action.consumes)
            if (id.kind === "acl")
                aclIdsWithGrant.add((0,stable_id/* encodeId */.md)(id));
    const dropRevoke = new Set();
    actions.forEach((action, index) => {
        if (action.verb !== "create")
            return;
        const aclId = action.produces.find((id) => id.kind === "acl");
        if (aclId === undefined || aclId.kind !== "acl")
            return; // not a REVOKE leader
        if (!createdObjects.has((0,stable_id/* encodeId */.md)(aclId.target)))
            return; // not co-created
        const fact = desired.get(aclId);
        if (fact === undefined)
            return;
        const payload = fact.payload;
        const privileges = payload.privileges ?? [];
        if (privileges.length === 0)
            return; // REVOKE-only group
        if ((payload.grantable ?? []).length > 0)
            return; // explicit grant option
        const aclKey = (0,stable_id/* encodeId */.md)(aclId);
        if (!aclIdsWithGrant.has(aclKey))
            return; // no GRANT → REVOKE is the whole effect
        // the OWNER starts with the full create-time default, so its leading
        // REVOKE is load-bearing whenever the owner's grant is a strict subset —
        // and that is the ONLY owner case reaching here, because a full-default
        // owner group was already dropped wholesale by elideDefaultAclCreates.
        // Stripping it would leave PostgreSQL's full default in place (review P2).
        const ownerEdge = desired
            .outgoingEdges(aclId.target)
            .find((e) => e.kind === "owner");
        if (ownerEdge !== undefined &&
            ownerEdge.to.kind === "role" &&
            ownerEdge.to.name === aclId.grantee)
            return;
        if (defaultGrantsOutside(aclId.target, aclId.grantee, new Set(privileges)))
            return; // REVOKE is load-bearing
        dropRevoke.add(index);
    });
    // the kept GRANTs still consume the now-unproduced acl ids; the downstream
    // mergeCoTargetGrants pass reads them (they carry privileges/column identity)
    // and performs the cosmetic strip as its final tidy step.
    return dropRevoke.size > 0
        ? actions.filter((_, index) => !dropRevoke.has(index))
        : [...actions];
}
const isAclId = (id) => id.kind === "acl";
function mergeCoTargetGrants(actions, desired) {
    // acl ids still produced by a surviving REVOKE leader
    const producedAcl = new Set();
    for (const action of actions) {
        if (action.verb !== "create")
            continue;
        for (const id of action.produces)
            if (isAclId(id))
                producedAcl.add((0,stable_id/* encodeId */.md)(id));
    }
    const candidateOf = (action) => {
        if (action.verb !== "create")
            return undefined;
        if (action.produces.length > 0 || action.destroys.length > 0) {
            return undefined;
        }
        if (action.releases.length > 0)
            return undefined;
        if (action.transactionality !== "transactional")
            return undefined;
        const aclIds = action.consumes.filter(isAclId);
        if (aclIds.length !== 1)
            return undefined;
        const aclId = aclIds[0];
        if (aclId.column !== undefined)
            return undefined; // column grants stay verbatim
        if (producedAcl.has((0,stable_id/* encodeId */.md)(aclId)))
            return undefined; // REVOKE leader kept
        const fact = desired.get(aclId);
        if (fact === undefined)
            return undefined;
        const payload = fact.payload;
        if ((payload.grantable ?? []).length > 0)
            return undefined;
        const privileges = payload.privileges ?? [];
        if (privileges.length === 0)
            return undefined;
        // canonical-render guard: only the exact plain single-grantee GRANT merges
        if (action.sql !== renderGrantSql(aclId.target, privileges, [aclId.grantee]))
            return undefined;
        return { aclId, targetKey: (0,stable_id/* encodeId */.md)(aclId.target), privileges };
    };
    const out = [];
    let i = 0;
    while (i < actions.length) {
        const action = actions[i];
        const first = candidateOf(action);
        if (first === undefined) {
            out.push(action);
            i++;
            continue;
        }
        const run = [first];
        let j = i + 1;
        while (j < actions.length) {
            const nextAction = actions[j];
            if (nextAction.newSegmentBefore)
                break;
            const next = candidateOf(nextAction);
            if (next === undefined || next.targetKey !== first.targetKey)
                break;
            if (!samePrivilegeSet(next.privileges, first.privileges))
                break;
            run.push(next);
            j++;
        }
        if (run.length === 1) {
            out.push(action);
            i++;
            continue;
        }
        // merge at the first member's position: sql re-rendered with the grantee
        // list, consumes = union (roles, target, acl ids) so the artifact's
        // dependency metadata still names every input.
        const consumes = [];
        const seen = new Set();
        for (let k = i; k < j; k++) {
            for (const c of actions[k].consumes) {
                const key = (0,stable_id/* encodeId */.md)(c);
                if (seen.has(key))
                    continue;
                seen.add(key);
                consumes.push(c);
            }
        }
        out.push({
            ...action,
            sql: renderGrantSql(first.aclId.target, first.privileges, run.map((c) => c.aclId.grantee)),
            consumes,
        });
        i = j;
    }
    // cosmetic tidy (relocated from elideCoCreateRevokeBeforeGrant): drop acl
    // ids nothing in the final list produces from consumes.
    const dangling = (c) => isAclId(c) && !producedAcl.has((0,stable_id/* encodeId */.md)(c));
    return out.map((action) => {
        if (!action.consumes.some(dangling))
            return action;
        return {
            ...action,
            consumes: action.consumes.filter((c) => !dangling(c)),
        };
    });
}
/** Aggregate the per-action safety metadata (§3.7): destructive / rewrite /
 *  non-transactional counts and a histogram of documented lock classes. */
function computeSafetyReport(actions) {
    const safetyReport = {
        destructiveActions: actions.filter((a) => a.dataLoss === "destructive")
            .length,
        rewriteRiskActions: actions.filter((a) => a.rewriteRisk).length,
        nonTransactionalActions: actions.filter((a) => a.transactionality === "nonTransactional").length,
        lockClasses: {},
    };
    for (const action of actions) {
        safetyReport.lockClasses[action.lockClass] =
            (safetyReport.lockClasses[action.lockClass] ?? 0) + 1;
    }
    return safetyReport;
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/phases/action-graph.js


/**
 * Order, segment-mark, and compact the emitted actions; compute the safety
 * report. Behavior-preserving extraction of `plan()`'s graph/order/compaction
 * tail.
 */
function finalizeActions(input) {
    const { actions, producerOf, destroyerOf, source, desired, renameActionIndices, foldHints, acceptsFolds, assumedRoleNames, assumedSchemaNames, capability, compact, foldConstraints, rulesForId, } = input;
    // ── graph edges + deterministic order ─────────────────────────────────
    // Actions that RUN a user expression at apply time (a DEFAULT / generated
    // column backfill, a validated CHECK scan, an expression-index build).
    // Classified during the edge walk and fed to the tie-break ONLY — never as an
    // edge — so they sink below every simultaneously ready DEFINITION action
    // without making legitimate routine<->relation cycles unplannable.
    const evaluatorActions = new Set();
    const edges = buildActionGraph(actions, producerOf, destroyerOf, source, desired, renameActionIndices, assumedRoleNames, assumedSchemaNames, evaluatorActions);
    // Order a table's ADD COLUMN creates by declared column position
    // (pg_attribute.attnum, carried as the non-semantic `_position` field) instead
    // of column NAME, so a from-empty CREATE renders columns in declared order —
    // and the compaction pass, which folds them into the CREATE parens in this
    // order, inherits it. Only column CREATES are affected; drops/alters and every
    // other kind keep their encoded-id tie-break.
    const columnSubjectKey = (subject, action) => {
        if (action.verb !== "create" || subject.kind !== "column")
            return undefined;
        const pos = desired.get(subject)?.payload["_position"];
        if (typeof pos !== "number")
            return undefined;
        const c = subject;
        // Group each table's columns together (schema+table prefix), then order
        // within by zero-padded attnum. Every column create uses this same shape, so
        // the total order stays deterministic.
        return `column\x00${c.schema}\x00${c.table}\x00${String(pos).padStart(6, "0")}`;
    };
    const order = topoSort(actions.length, edges, (i) => actionTieKey(actions, i, rulesForId, columnSubjectKey, evaluatorActions), (i) => actions[i].sql);
    // ── commitBoundaryAfter segment boundary (§3.8) ───────────────────────
    // Mark the FIRST graph successor of each commitBoundaryAfter action with
    // newSegmentBefore. apply.ts already closes the segment unconditionally after
    // a commitBoundaryAfter action (review #6), so this flag's load-bearing role
    // now is COMPACTION PROTECTION — compaction refuses to fold a clause across a
    // newSegmentBefore boundary. This loop is the sole producer of the flag.
    const positionOf = Array.from({ length: actions.length }, () => 0);
    order.forEach((actionIndex, position) => {
        positionOf[actionIndex] = position;
    });
    const orderedActions = order.map((i) => actions[i]);
    for (let u = 0; u < actions.length; u++) {
        if (actions[u].transactionality !== "commitBoundaryAfter")
            continue;
        let firstConsumerPos = Number.POSITIVE_INFINITY;
        for (const [a, b] of edges) {
            if (a !== u)
                continue;
            const pos = positionOf[b];
            if (pos < firstConsumerPos)
                firstConsumerPos = pos;
        }
        if (Number.isFinite(firstConsumerPos)) {
            orderedActions[firstConsumerPos].newSegmentBefore = true;
        }
    }
    // ── compaction (§3.6) ─────────────────────────────────────────────────
    // fold ADD COLUMN clauses into their bare CREATE TABLE (no edge may cross the
    // merge), drop a replace's redundant drop when the create reproduces the
    // identical statement, elide REVOKE/GRANT pairs that only re-materialize a
    // freshly-created object's built-in default ACL, trim the cosmetic leading
    // REVOKE off remaining third-party co-create grants, fold a co-created
    // object's owner ALTER into its CREATE (CREATE SCHEMA … AUTHORIZATION, or drop
    // an applier-redundant ALTER), then merge consecutive same-privilege co-create
    // GRANTs into one grantee-list statement (last, so it sees final adjacency).
    // Purely cosmetic — the proof is unchanged.
    const finalActions = compact
        ? mergeCoTargetGrants(foldCoCreateOwnership(elideCoCreateRevokeBeforeGrant(elideDefaultAclCreates(elideCascadeSubsumedPolicyDrops(elideRedundantDrops(compactColumnFolds(orderedActions, order, edges, foldHints, acceptsFolds, positionOf, foldConstraints), source), source), desired, capability), desired, capability), desired, capability), desired)
        : orderedActions;
    return {
        actions: finalActions,
        safetyReport: computeSafetyReport(finalActions),
    };
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/preamble.js
/**
 * Preamble compaction (§3.6): decide whether a plan needs
 * `check_function_bodies = off` in its session preamble.
 *
 * The setting is load-bearing exactly when the plan defines quoted (plpgsql /
 * string-literal SQL) routine bodies: the planner deliberately records no
 * body-dependency edges for them (rules/helpers.ts `dependencyConsumes`), so a
 * forward-referencing body only elaborates because validation is off. For a
 * plan that touches no routine-family object the entry is pure noise, and
 * omitting it is a cosmetic change under the compaction contract — proof
 * results never differ, and `compact: false` restores the unconditional
 * preamble as the conservative opt-out.
 *
 * The predicate errs toward keeping the entry ("rather have it than not"):
 * it scans EVERY id an action mentions (produces / consumes / destroys /
 * releases, satellites unwrapped to their target). That is sufficient for
 * every statement that can DEFINE a body — a routine create / replace /
 * def-alter always carries its routine id in produces (and its depends
 * targets in consumes, rules/routines.ts). A statement that merely
 * REFERENCES a routine without its id in the action arrays (e.g. a table
 * trigger, whose create consumes only its parent table — the function
 * reference is a fact edge) does not keep the entry, deliberately:
 * CREATE TRIGGER never validates the function's body. Kinds:
 *   - function / procedure — the real cases (CREATE OR REPLACE with a body);
 *   - aggregate — no body of its own, kept as routine-family insurance;
 *   - extension / extensionIntent — extension scripts and intent replay run
 *     arbitrary SQL (PostgreSQL forces check_function_bodies=off inside
 *     CREATE EXTENSION scripts itself, so this is belt-and-braces).
 */

const ROUTINE_FAMILY_KINDS = new Set([
    ...stable_id/* ROUTINE_KINDS */.th,
    "extension",
    "extensionIntent",
]);
/** A satellite id (comment / acl / securityLabel) addresses its target
 *  object — unwrap to the base object the action actually touches. */
function baseObjectKind(id) {
    let current = id;
    while ("target" in current)
        current = current.target;
    return current.kind;
}
function needsCheckFunctionBodiesOff(actions) {
    for (const action of actions) {
        for (const ids of [
            action.produces,
            action.consumes,
            action.destroys,
            action.releases,
        ]) {
            for (const id of ids) {
                if (ROUTINE_FAMILY_KINDS.has(baseObjectKind(id)))
                    return true;
            }
        }
    }
    return false;
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/identity-normalize.js


/** Every stable-id kind that embeds a role name. */
const ROLE_NAME_BEARING_KINDS = new Set([
    "role",
    "membership",
    "userMapping",
    "defaultPrivilege",
    "acl",
    "comment",
    "securityLabel",
]);
/** Build the source-role-name to desired-role-name map from accepted renames. */
function buildRoleRenameMap(acceptedRenames) {
    const map = new Map();
    for (const { from, to } of acceptedRenames) {
        if (from.id.kind === "role" && to.id.kind === "role") {
            map.set(from.id.name, to.id.name);
        }
    }
    return map;
}
/** Relabel every role name embedded in a stable id into desired-name space. */
function relabelRoleNames(id, rename) {
    const remap = (name) => rename.get(name) ?? name;
    // Spread every id before overriding role-bearing fields. In particular, this
    // preserves the optional `column` qualifier on column-level ACL ids.
    switch (id.kind) {
        case "role":
            return { ...id, name: remap(id.name) };
        case "membership":
            return { ...id, role: remap(id.role), member: remap(id.member) };
        case "userMapping":
            return { ...id, role: remap(id.role) };
        case "defaultPrivilege":
            return { ...id, role: remap(id.role), grantee: remap(id.grantee) };
        case "acl":
            return {
                ...id,
                target: relabelRoleNames(id.target, rename),
                grantee: remap(id.grantee),
            };
        case "comment":
            return { ...id, target: relabelRoleNames(id.target, rename) };
        case "securityLabel":
            return { ...id, target: relabelRoleNames(id.target, rename) };
        default:
            return id;
    }
}
function normalizePayload(id, payload, rename) {
    // Structured policy role references are OID-carried by PostgreSQL. This is
    // the only known role-bearing payload field; do not rewrite arbitrary text
    // (function bodies, extension-intent usernames/commands, and so on).
    if (id.kind !== "policy" || !Array.isArray(payload.roles))
        return payload;
    const roles = payload.roles;
    if (!roles.every((role) => typeof role === "string")) {
        return payload;
    }
    return {
        ...payload,
        roles: roles.map((role) => rename.get(role) ?? role).sort(),
    };
}
/**
 * Rewrite role-name-bearing identity into the desired (post-rename) namespace.
 *
 * The planner applies this after its policy-filtered rename discovery pass and
 * before the canonical diff that drives actions.
 */
function normalizeRoleIdentities(fb, roleRenameMap) {
    if (roleRenameMap.size === 0)
        return fb;
    const facts = fb.facts().map((fact) => ({
        id: relabelRoleNames(fact.id, roleRenameMap),
        ...(fact.parent === undefined
            ? {}
            : { parent: relabelRoleNames(fact.parent, roleRenameMap) }),
        payload: normalizePayload(fact.id, fact.payload, roleRenameMap),
    }));
    const edges = fb.edges.map((edge) => ({
        ...edge,
        from: relabelRoleNames(edge.from, roleRenameMap),
        to: relabelRoleNames(edge.to, roleRenameMap),
    }));
    const referenceOnly = new Set([...fb.referenceOnly].map((encoded) => (0,stable_id/* encodeId */.md)(relabelRoleNames((0,stable_id/* parseId */.Fg)(encoded), roleRenameMap))));
    const normalized = (0,fact/* buildFactBase */.kb)(facts, edges, fb.source, referenceOnly, {
        allowDangling: fact/* retainOwnerRoleDangling */.RJ,
    });
    normalized.diagnostics.push(...fb.diagnostics);
    return normalized;
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/project.js


const project_edgeKey = (e) => `${(0,stable_id/* encodeId */.md)(e.from)}|${e.kind}|${(0,stable_id/* encodeId */.md)(e.to)}`;
function projectTarget(desired, filteredDeltas) {
    if (filteredDeltas.length === 0)
        return desired;
    const facts = new Map(desired.facts().map((f) => [(0,stable_id/* encodeId */.md)(f.id), f]));
    const edges = new Map(desired.edges.map((e) => [project_edgeKey(e), e]));
    for (const d of filteredDeltas) {
        switch (d.verb) {
            case "add": // not added → absent from the target
                facts.delete((0,stable_id/* encodeId */.md)(d.fact.id));
                break;
            case "remove": // not dropped → the source fact stays in the target
                facts.set((0,stable_id/* encodeId */.md)(d.fact.id), d.fact);
                break;
            case "set": {
                // attribute not changed → revert to the source value (`from`)
                const key = (0,stable_id/* encodeId */.md)(d.id);
                const cur = facts.get(key);
                if (cur === undefined)
                    break;
                const payload = { ...cur.payload, [d.attr]: d.from };
                facts.set(key, { ...cur, payload });
                break;
            }
            case "link": // edge not added → absent from the target
                edges.delete(project_edgeKey(d.edge));
                break;
            case "unlink": // edge not removed → the source edge stays in the target
                edges.set(project_edgeKey(d.edge), d.edge);
                break;
        }
    }
    // Integrity: a filtered subtree must not orphan a surviving child. Drop facts
    // whose parent is now missing (transitively), then prune edges whose
    // endpoints are gone (mirrors subtractBaseline / excludeManaged cleanup).
    // Reverse-BFS from the facts that are ALREADY orphaned, rather than
    // re-scanning every fact once per round: index children by parent key, seed
    // the worklist with the initial orphans, and cascade to their children as
    // each one is deleted. Same fixpoint (a fact dies iff its parent chain no
    // longer reaches a present root), same surviving Map insertion order — only
    // deletions happen — at O(affected) instead of O(rounds × facts).
    const childKeysOf = new Map();
    const orphans = [];
    for (const [key, fact] of facts) {
        if (fact.parent === undefined)
            continue;
        const parentKey = (0,stable_id/* encodeId */.md)(fact.parent);
        if (facts.has(parentKey)) {
            const siblings = childKeysOf.get(parentKey);
            if (siblings === undefined)
                childKeysOf.set(parentKey, [key]);
            else
                siblings.push(key);
        }
        else {
            orphans.push(key);
        }
    }
    while (orphans.length > 0) {
        const key = orphans.pop();
        if (!facts.delete(key))
            continue; // already removed via another path
        for (const child of childKeysOf.get(key) ?? [])
            orphans.push(child);
    }
    for (const [key, edge] of edges) {
        const fromPresent = facts.has((0,stable_id/* encodeId */.md)(edge.from));
        const toPresent = facts.has((0,stable_id/* encodeId */.md)(edge.to));
        if (fromPresent && toPresent)
            continue;
        // Ownership carve-out: a retained dangling owner→role edge (database scope)
        // keeps its role endpoint absent by design — preserve it so the projected
        // target (fingerprint + proof) still reflects the serialized OWNER TO, rather
        // than pruning it and drifting from the applied result.
        if (fromPresent && (0,fact/* retainOwnerRoleDangling */.RJ)(edge))
            continue;
        edges.delete(key);
    }
    return (0,fact/* buildFactBase */.kb)([...facts.values()], [...edges.values()], desired.source, 
    // referenceOnly is intentionally NOT carried forward here (unchanged from the
    // original 3-arg call); the 4th arg is supplied only to reach `allowDangling`.
    new Set(), { allowDangling: fact/* retainOwnerRoleDangling */.RJ });
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/phases/change-set.js
/**
 * Planner phase 1 — ChangeSet (target-architecture §3.4, §3.9, §4.1).
 *
 * Resolves the managed VIEW on both sides, performs a policy-filtered discovery
 * diff to accept renames, normalizes accepted role identities into desired-name
 * space, then diffs and filters the canonical pair for the actual plan. Pure
 * over its inputs; the resolved views + worklists + rename bookkeeping it
 * returns are the single input to the rest of the planner.
 */







function groupDeltas(deltas) {
    const removed = new Map();
    const added = new Map();
    const setsByFact = new Map();
    for (const delta of deltas) {
        if (delta.verb === "remove") {
            removed.set((0,stable_id/* encodeId */.md)(delta.fact.id), delta.fact);
        }
        else if (delta.verb === "add") {
            added.set((0,stable_id/* encodeId */.md)(delta.fact.id), delta.fact);
        }
        else if (delta.verb === "set") {
            const key = (0,stable_id/* encodeId */.md)(delta.id);
            const list = setsByFact.get(key) ?? [];
            list.push(delta);
            setsByFact.set(key, list);
        }
    }
    return { removed, added, setsByFact };
}
/** Whether the effective policy-projected target is exactly compatible with a
 * physical ordinary rename. The old root must be gone, the complete desired
 * subtree (including outgoing edges via its Merkle rollup) must be unchanged,
 * and incoming edges to every renamed descendant must match. Comparing the
 * projected target—not raw filtered deltas—allows harmless old-side facts that
 * projectTarget pruned as orphans while still rejecting partial new subtrees. */
function renameMatchesProjectedTarget(desired, projectedDesired, from, to) {
    if (projectedDesired.has(from) || !projectedDesired.has(to))
        return false;
    if (projectedDesired.rollupOf(to) !== desired.rollupOf(to))
        return false;
    const desiredSubtree = new Set(subtreeIds(desired, to).map(stable_id/* encodeId */.md));
    const incomingSignature = (fb) => fb.edges
        .filter((edge) => desiredSubtree.has((0,stable_id/* encodeId */.md)(edge.to)))
        .map((edge) => `${(0,stable_id/* encodeId */.md)(edge.from)}-[${edge.kind}]->${(0,stable_id/* encodeId */.md)(edge.to)}`)
        .sort();
    const desiredIncoming = incomingSignature(desired);
    const projectedIncoming = incomingSignature(projectedDesired);
    return (desiredIncoming.length === projectedIncoming.length &&
        desiredIncoming.every((edge, index) => edge === projectedIncoming[index]));
}
/** Build the canonical change set while retaining the physical source gate. */
function buildChangeSet(rawSource, rawDesired, options, rulesForId) {
    if (options?.policy)
        validatePolicy(options.policy);
    // A declared baseline must never be silently ignored: the caller must resolve
    // it and pass the resulting FactBase into every planning entry point.
    if (options?.policy?.baseline !== undefined &&
        options.baseline === undefined) {
        throw new Error(`plan: policy "${options.policy.id}" declares baseline "${options.policy.baseline}" ` +
            `but no resolved baseline was provided. Resolve it with ` +
            `resolveBaseline(policy, { pgMajor }) and pass it as options.baseline, so ` +
            `platform facts are actually subtracted — a declared baseline is never silently ignored.`);
    }
    // `reconstructManagedView` seals baseline subtraction, policy projection,
    // extension-member handling, and management scope in one shared composition.
    // The suppression sink is attached HERE (rather than plan() reconstructing
    // both sides again for the projection audit): collecting is purely
    // observational — it never changes the FactBase a reconstruction returns.
    const projectionSuppressions = [];
    const physicalSource = reconstructManagedView(rawSource, {
        policy: options?.policy,
        capability: options?.capability,
        baseline: options?.baseline,
        scope: options?.scope,
        defaultOwner: options?.defaultOwner,
        collectSuppression: (suppression) => projectionSuppressions.push({ side: "source", suppression }),
    });
    const physicalDesired = reconstructManagedView(rawDesired, {
        policy: options?.policy,
        capability: options?.capability,
        baseline: options?.baseline,
        scope: options?.scope,
        defaultOwner: options?.defaultOwner,
        collectSuppression: (suppression) => projectionSuppressions.push({ side: "desired", suppression }),
    });
    // Rename proposals come from policy-kept deltas in physical identity space.
    // This is intentionally a discovery pass: the actual plan is built from a
    // second diff after accepted role identities have been canonicalized.
    const discoveryAllDeltas = (0,diff/* diff */.U)(physicalSource, physicalDesired);
    const { kept: discoveryDeltas } = options?.policy
        ? filterDeltas(discoveryAllDeltas, options.policy, physicalSource, physicalDesired)
        : { kept: discoveryAllDeltas };
    const { removed: discoveryRemoved, added: discoveryAdded } = groupDeltas(discoveryDeltas);
    const renameMode = options?.renames ?? "off";
    const renameCandidates = [];
    const discoveredRenames = [];
    if (renameMode !== "off") {
        const candidates = matchRenameCandidates(discoveryRemoved, discoveryAdded, physicalSource, physicalDesired, rulesForId);
        renameCandidates.push(...candidates);
        const confirmed = new Set((options?.acceptRenames ?? []).map((rename) => `${(0,stable_id/* encodeId */.md)(rename.from)}>${(0,stable_id/* encodeId */.md)(rename.to)}`));
        for (const candidate of candidates) {
            if (candidate.status !== "unambiguous")
                continue;
            const key = `${(0,stable_id/* encodeId */.md)(candidate.from)}>${(0,stable_id/* encodeId */.md)(candidate.to)}`;
            if (renameMode === "prompt" && !confirmed.has(key))
                continue;
            const from = discoveryRemoved.get((0,stable_id/* encodeId */.md)(candidate.from));
            const to = discoveryAdded.get((0,stable_id/* encodeId */.md)(candidate.to));
            discoveredRenames.push({
                from,
                to,
                sourceSubtree: subtreeIds(physicalSource, candidate.from),
                desiredSubtree: subtreeIds(physicalDesired, candidate.to),
            });
        }
    }
    // PostgreSQL carries role references by OID. Rewrite both managed views into
    // desired-name space so the generic diff sees that continuity directly.
    const roleRenameMap = buildRoleRenameMap(discoveredRenames);
    const source = normalizeRoleIdentities(physicalSource, roleRenameMap);
    const desired = normalizeRoleIdentities(physicalDesired, roleRenameMap);
    const allDeltas = (0,diff/* diff */.U)(source, desired);
    const { kept: deltas, filtered: filteredDeltas } = options?.policy
        ? filterDeltas(allDeltas, options.policy, source, desired)
        : { kept: allDeltas, filtered: [] };
    // The honest target is canonical desired with every filtered delta reverted
    // to canonical source. The physical source is retained only for fingerprinting.
    const projectedDesired = projectTarget(desired, filteredDeltas);
    const { removed, added, setsByFact } = groupDeltas(deltas);
    // Discovery runs in physical identity space, but canonical filtering can
    // change the effective target of an ordinary object rename. PostgreSQL cannot
    // rename only part of a subtree, so retain the rename only when the projected
    // target contains no old root and exactly the desired destination subtree and
    // incoming edges. Leave surviving worklist entries alone otherwise so
    // ordinary create/drop converges on the policy-projected target.
    // Accepted role renames are the deliberate exception: normalization erases
    // their canonical remove/add pair by construction, while PostgreSQL carries
    // their normalized role references by OID.
    const acceptedRenames = discoveredRenames.filter(({ from, to }) => {
        if (from.id.kind === "role" && to.id.kind === "role")
            return true;
        const canonicalFrom = relabelRoleNames(from.id, roleRenameMap);
        const canonicalTo = relabelRoleNames(to.id, roleRenameMap);
        return (removed.has((0,stable_id/* encodeId */.md)(canonicalFrom)) &&
            added.has((0,stable_id/* encodeId */.md)(canonicalTo)) &&
            renameMatchesProjectedTarget(desired, projectedDesired, canonicalFrom, canonicalTo));
    });
    // Ordinary object renames still remove their structural subtrees from the
    // create/drop worklists. Role renames are already one canonical identity;
    // any simultaneous payload change remains an ordinary set delta.
    for (const { from, to } of acceptedRenames) {
        if (from.id.kind === "role" && to.id.kind === "role")
            continue;
        const canonicalFrom = relabelRoleNames(from.id, roleRenameMap);
        const canonicalTo = relabelRoleNames(to.id, roleRenameMap);
        for (const id of subtreeIds(source, canonicalFrom)) {
            removed.delete((0,stable_id/* encodeId */.md)(id));
        }
        for (const id of subtreeIds(desired, canonicalTo)) {
            added.delete((0,stable_id/* encodeId */.md)(id));
        }
    }
    return {
        physicalSource,
        source,
        desired,
        projectedDesired,
        deltas,
        filteredDeltas,
        removed,
        added,
        setsByFact,
        renameCandidates,
        acceptedRenames,
        projectionSuppressions,
    };
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/phases/replacement-expansion.js


/**
 * Classify set-deltas (in-place alter vs replace), expand the forced dependent
 * rebuild, then compute drop-root suppression + redirect. Behavior-preserving
 * extraction of `plan()`'s replacement/suppression block.
 */
function expandReplacements(input) {
    const { removed, setsByFact, source, desired, rulesForId } = input;
    // ── classify set-deltas: in-place alter vs replace ────────────────────
    const replaceIds = new Set();
    // alters that invalidate dependents (e.g. an enum value-set replacement, or an
    // ALTER COLUMN TYPE that views/policies reference) seed the forced-rebuild
    // pass without replacing the fact itself. The value is the set of dependent
    // kinds to rebuild (null = all rebuildable kinds).
    const rebuildSeeds = new Map();
    for (const [key, sets] of setsByFact) {
        const fact = desired.get(sets[0].id);
        const rules = rulesForId(fact.id);
        for (const s of sets) {
            const attrRule = rules.attributes[s.attr];
            if (attrRule === undefined) {
                throw new Error(`rule table: kind '${fact.id.kind}' has no rule for attribute '${s.attr}' (${key}) — extend the rule vocabulary (guardrail 3)`);
            }
            if (attrRule === "replace") {
                replaceIds.add(key);
                continue;
            }
            // a transition with no in-place ALTER grammar routes the whole fact to
            // replace (drop + recreate) — its `alter` is never rendered.
            if (attrRule.replaceWhen?.(s.from, s.to, fact)) {
                replaceIds.add(key);
                continue;
            }
            const rebuild = attrRule.rebuildsDependents?.(s.from, s.to);
            if (rebuild === true)
                rebuildSeeds.set(key, null);
            else if (Array.isArray(rebuild))
                rebuildSeeds.set(key, new Set(rebuild));
        }
    }
    // ── forced dependent rebuild (the clean expand-replace, §3.4) ─────────
    // A surviving dependent of something this plan destroys must be dropped and
    // recreated from the desired state — recursively. Which kinds are rebuildable
    // is declared per-kind in the rule table (`rebuildable`).
    {
        // `fullDestroy` ids rebuild EVERY rebuildable dependent; `rebuildSeeds` (an
        // in-place alter that invalidates only some dependent kinds) rebuild only
        // their declared kinds. Once a dependent is rebuilt it joins `fullDestroy`,
        // so its own subtree rebuilds completely.
        const fullDestroy = new Set([...removed.keys(), ...replaceIds]);
        const targets = new Set([...fullDestroy, ...rebuildSeeds.keys()]);
        // Reverse-dependency reachability from the initial targets, instead of
        // rescanning every source edge each fixpoint round (O(reachable) vs
        // O(edges × rounds)). Same checks/precedence as the fixpoint: a dependent of
        // a destroyed/replaced fact (or a kind-restricted seed) that is rebuildable
        // and survives in `desired` is replaced, and itself becomes a full-destroy
        // target so its own subtree rebuilds.
        const worklist = [...targets];
        while (worklist.length > 0) {
            const toKey = worklist.pop();
            for (const edge of source.incomingEdgesByEncoded(toKey)) {
                const fromKey = (0,stable_id/* encodeId */.md)(edge.from);
                if (targets.has(fromKey))
                    continue;
                const dependent = source.get(edge.from);
                if (!dependent || !desired.has(edge.from))
                    continue;
                if (!isRebuildable(dependent.id.kind))
                    continue;
                // reached only via a kind-restricted seed: honor the allowed kinds
                if (!fullDestroy.has(toKey)) {
                    const allowed = rebuildSeeds.get(toKey);
                    if (allowed && !allowed.has(dependent.id.kind))
                        continue;
                }
                replaceIds.add(fromKey);
                fullDestroy.add(fromKey);
                targets.add(fromKey);
                worklist.push(fromKey);
            }
        }
        // descendants of replaced facts are handled by the ancestor's subtree
        // recreate — keep only the topmost replaced facts. Deleting the entry under
        // iteration is safe for a JS Set.
        for (const key of replaceIds) {
            const fact = source.getByEncoded(key);
            let ancestor = fact?.parent;
            while (ancestor !== undefined) {
                if (replaceIds.has((0,stable_id/* encodeId */.md)(ancestor))) {
                    replaceIds.delete(key);
                    break;
                }
                ancestor = source.get(ancestor)?.parent;
            }
        }
    }
    // ── suppression: child removals that cascade with an ancestor's drop ──
    // dropRootOf(id) = nearest removed ancestor whose drop action will exist. FK
    // constraint drops are NEVER suppressed: an explicit DROP CONSTRAINT before
    // the table drops makes mutual-FK teardown cycles unconstructible
    // (decomposition over repair, §3.5).
    const isRemovedId = (id) => {
        const key = (0,stable_id/* encodeId */.md)(id);
        return removed.has(key) || replaceIds.has(key);
    };
    const dropRootOf = new Map();
    const findDropRoot = (fact) => {
        const key = (0,stable_id/* encodeId */.md)(fact.id);
        const cached = dropRootOf.get(key);
        if (cached)
            return cached;
        let root = key;
        const rules = rulesForId(fact.id);
        const suppressible = rules.suppressible?.(fact) ?? true;
        const parent = fact.parent;
        if (parent !== undefined && suppressible) {
            const parentRemoved = isRemovedId(parent);
            // a metadata satellite folds into ANY removed parent; otherwise the parent
            // kind must be one whose DROP cascades to children
            const cascades = rules.metadata === true || cascadesToChildren(parent.kind);
            if (parentRemoved && cascades) {
                root = findDropRoot(removed.get((0,stable_id/* encodeId */.md)(parent)) ?? source.get(parent));
            }
        }
        dropRootOf.set(key, root);
        return root;
    };
    for (const fact of removed.values())
        findDropRoot(fact);
    // a fact whose drop folds into a NON-parent ancestor (an OWNED BY sequence
    // into its owning column/table) — declared per-kind via dropRootRedirect.
    for (const fact of removed.values()) {
        const redirect = rulesForId(fact.id).dropRootRedirect?.(fact, isRemovedId);
        if (redirect === undefined)
            continue;
        const redirectKey = (0,stable_id/* encodeId */.md)(redirect);
        dropRootOf.set((0,stable_id/* encodeId */.md)(fact.id), dropRootOf.get(redirectKey) ?? redirectKey);
    }
    return { replaceIds, dropRootOf };
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/artifact.js
/**
 * Plan artifact v1 (stage 6 deliverable 1): a plan is a durable,
 * version-tagged JSON document that round-trips losslessly. `apply`
 * accepts the artifact, never a bare SQL list, and refuses artifacts
 * whose formatVersion/engineVersion it does not understand (the version
 * check itself lives in apply.ts; this module owns the byte format).
 *
 * Payload values can contain bigints (sequence bounds); they are encoded
 * as {"$bigint": "…"} exactly like fact snapshots (stage 1).
 */



const ACTION_VERBS = new Set(["create", "alter", "drop"]);
const TRANSACTIONALITY = new Set([
    "transactional",
    "nonTransactional",
    "commitBoundaryAfter",
]);
const LOCK_CLASSES = new Set([
    "none",
    "share",
    "shareRowExclusive",
    "shareUpdateExclusive",
    "accessExclusive",
]);
const DATA_LOSS = new Set(["none", "destructive"]);
const SHA256 = /^[0-9a-f]{64}$/;
function record(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
function fail(path, expected) {
    throw new Error(`plan artifact: ${path} must be ${expected}`);
}
function stringField(value, field, path) {
    const fieldValue = value[field];
    if (typeof fieldValue !== "string")
        fail(`${path}.${field}`, "a string");
    return fieldValue;
}
function exactKeys(value, required, optional, path) {
    for (const key of required) {
        if (!(key in value))
            fail(`${path}.${key}`, "present");
    }
    const allowed = new Set([...required, ...optional]);
    const extra = Object.keys(value).find((key) => !allowed.has(key));
    if (extra !== undefined)
        fail(`${path}.${extra}`, "a recognized field");
}
function sha256Field(value, field, path) {
    const digest = stringField(value, field, path);
    if (!SHA256.test(digest))
        fail(`${path}.${field}`, "a SHA-256 hex digest");
    return digest;
}
function artifact_assertStableId(value, path) {
    if (!record(value))
        fail(path, "a stable ID object");
    const kind = stringField(value, "kind", path);
    if (!stable_id/* ALL_FACT_KINDS */.LW.includes(kind)) {
        fail(`${path}.kind`, "a recognized stable ID kind");
    }
    const strings = (...fields) => {
        for (const field of fields)
            stringField(value, field, path);
    };
    if ([
        "schema",
        "role",
        "extension",
        "language",
        "eventTrigger",
        "publication",
        "subscription",
        "fdw",
        "server",
    ].includes(kind)) {
        exactKeys(value, ["kind", "name"], [], path);
        strings("name");
        return;
    }
    if ([
        "table",
        "view",
        "materializedView",
        "foreignTable",
        "sequence",
        "index",
        "collation",
        "domain",
        "type",
    ].includes(kind)) {
        exactKeys(value, ["kind", "schema", "name"], [], path);
        strings("schema", "name");
        return;
    }
    if (["column", "constraint", "trigger", "rule", "policy", "default"].includes(kind)) {
        exactKeys(value, ["kind", "schema", "table", "name"], [], path);
        strings("schema", "table", "name");
        return;
    }
    if (["function", "procedure", "aggregate"].includes(kind)) {
        exactKeys(value, ["kind", "schema", "name", "args"], [], path);
        strings("schema", "name");
        if (!Array.isArray(value["args"]) ||
            value["args"].some((arg) => typeof arg !== "string")) {
            fail(`${path}.args`, "an array of strings");
        }
        return;
    }
    switch (kind) {
        case "membership":
            exactKeys(value, ["kind", "role", "member"], [], path);
            strings("role", "member");
            return;
        case "userMapping":
            exactKeys(value, ["kind", "server", "role"], [], path);
            strings("server", "role");
            return;
        case "typeAttribute":
            exactKeys(value, ["kind", "schema", "type", "name"], [], path);
            strings("schema", "type", "name");
            return;
        case "publicationRel":
            exactKeys(value, ["kind", "publication", "schema", "table"], [], path);
            strings("publication", "schema", "table");
            return;
        case "publicationSchema":
            exactKeys(value, ["kind", "publication", "schema"], [], path);
            strings("publication", "schema");
            return;
        case "comment":
            exactKeys(value, ["kind", "target"], [], path);
            artifact_assertStableId(value["target"], `${path}.target`);
            return;
        case "acl":
            exactKeys(value, ["kind", "target", "grantee"], ["column"], path);
            artifact_assertStableId(value["target"], `${path}.target`);
            strings("grantee");
            if (value["column"] !== undefined &&
                typeof value["column"] !== "string") {
                fail(`${path}.column`, "a string");
            }
            return;
        case "securityLabel":
            exactKeys(value, ["kind", "target", "provider"], [], path);
            artifact_assertStableId(value["target"], `${path}.target`);
            strings("provider");
            return;
        case "defaultPrivilege":
            exactKeys(value, ["kind", "role", "schema", "objtype", "grantee"], [], path);
            strings("role", "objtype", "grantee");
            if (value["schema"] !== null && typeof value["schema"] !== "string") {
                fail(`${path}.schema`, "a string or null");
            }
            return;
        case "extensionIntent":
            exactKeys(value, ["kind", "ext", "intentKind", "key"], [], path);
            strings("ext", "intentKind", "key");
            return;
    }
    fail(`${path}.kind`, "a recognized stable ID kind");
}
function assertIdArray(value, path) {
    if (!Array.isArray(value))
        fail(path, "an array");
    value.forEach((id, index) => artifact_assertStableId(id, `${path}[${index}]`));
}
function assertAction(value, index) {
    const path = `actions[${index}]`;
    if (!record(value))
        fail(path, "an object");
    stringField(value, "sql", path);
    const verb = stringField(value, "verb", path);
    if (!ACTION_VERBS.has(verb))
        fail(`${path}.verb`, "create, alter, or drop");
    for (const field of ["produces", "consumes", "destroys", "releases"]) {
        assertIdArray(value[field], `${path}.${field}`);
    }
    const transactionality = stringField(value, "transactionality", path);
    if (!TRANSACTIONALITY.has(transactionality)) {
        fail(`${path}.transactionality`, "a recognized transactionality value");
    }
    const lockClass = stringField(value, "lockClass", path);
    if (!LOCK_CLASSES.has(lockClass)) {
        fail(`${path}.lockClass`, "a recognized lock class");
    }
    if (typeof value["newSegmentBefore"] !== "boolean") {
        fail(`${path}.newSegmentBefore`, "a boolean");
    }
    const dataLoss = stringField(value, "dataLoss", path);
    if (!DATA_LOSS.has(dataLoss)) {
        fail(`${path}.dataLoss`, "none or destructive");
    }
    if (typeof value["rewriteRisk"] !== "boolean") {
        fail(`${path}.rewriteRisk`, "a boolean");
    }
}
function replacer(_key, value) {
    if (typeof value === "bigint")
        return { $bigint: value.toString() };
    return value;
}
function reviver(_key, value) {
    if (typeof value === "object" &&
        value !== null &&
        "$bigint" in value &&
        typeof value.$bigint === "string" &&
        Object.keys(value).length === 1) {
        return BigInt(value.$bigint);
    }
    return value;
}
function serializePlan(thePlan) {
    return JSON.stringify(thePlan, replacer, 2);
}
function parsePlan(json) {
    let parsed;
    try {
        parsed = JSON.parse(json, reviver);
    }
    catch (error) {
        throw new Error(`plan artifact: not valid JSON — ${error instanceof Error ? error.message : String(error)}`);
    }
    if (typeof parsed !== "object" || parsed === null) {
        throw new Error("plan artifact: expected a JSON object");
    }
    const artifact = parsed;
    if (artifact.formatVersion !== 1) {
        throw new Error(`plan artifact: unsupported formatVersion ${String(artifact.formatVersion)} (this engine reads 1)`);
    }
    if (typeof artifact.engineVersion !== "string") {
        throw new Error("plan artifact: missing engineVersion");
    }
    if (artifact.engineVersion !== ENGINE_VERSION) {
        throw new Error(`plan artifact: produced by engine ${artifact.engineVersion}, this engine is ${ENGINE_VERSION} — re-plan`);
    }
    if (!Array.isArray(artifact.actions) || !Array.isArray(artifact.deltas)) {
        throw new Error("plan artifact: missing actions/deltas");
    }
    artifact.actions.forEach(assertAction);
    if (artifact.acceptedRenames !== undefined) {
        if (!Array.isArray(artifact.acceptedRenames)) {
            fail("acceptedRenames", "an array");
        }
        artifact.acceptedRenames.forEach((rename, index) => {
            if (!record(rename))
                fail(`acceptedRenames[${index}]`, "an object");
            exactKeys(rename, ["from", "to"], [], `acceptedRenames[${index}]`);
            artifact_assertStableId(rename["from"], `acceptedRenames[${index}].from`);
            artifact_assertStableId(rename["to"], `acceptedRenames[${index}].to`);
        });
    }
    if (!record(artifact.source) || !record(artifact.target)) {
        throw new Error("plan artifact: missing source/target fingerprints");
    }
    exactKeys(artifact.source, ["fingerprint"], ["endpointHash", "identity"], "source");
    sha256Field(artifact.source, "fingerprint", "source");
    if (artifact.source["endpointHash"] !== undefined) {
        sha256Field(artifact.source, "endpointHash", "source");
    }
    const identity = artifact.source["identity"];
    if (identity !== undefined) {
        if (!record(identity))
            fail("source.identity", "an object");
        exactKeys(identity, ["scheme", "lineageHash", "databaseHash"], [], "source.identity");
        if (stringField(identity, "scheme", "source.identity") !==
            "pg-system-identifier-v1") {
            fail("source.identity.scheme", "pg-system-identifier-v1");
        }
        sha256Field(identity, "lineageHash", "source.identity");
        sha256Field(identity, "databaseHash", "source.identity");
    }
    exactKeys(artifact.target, ["fingerprint"], [], "target");
    sha256Field(artifact.target, "fingerprint", "target");
    if (artifact.projectionAudit !== undefined) {
        try {
            artifact.projectionAudit = normalizeProjectionAudit(artifact.projectionAudit);
        }
        catch (error) {
            throw new Error(`plan artifact: invalid projectionAudit — ${error instanceof Error ? error.message : String(error)}`);
        }
    }
    return artifact;
}

;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/plan/plan.js
/**
 * The planner (target-architecture §3.4–3.6): deltas × rule table → atomic
 * actions → one mixed dependency graph → one deterministic sort.
 */











/** Engine version stamped into plan artifacts; apply refuses artifacts
 *  from an engine it does not understand (stage 6 deliverable 1). */
const ENGINE_VERSION = "0.2.0";
// The plan-artifact (JSON serialize/parse) helpers live in ./artifact.ts but are
// part of this module's public surface: docs/getting-started.md imports them from
// `@supabase/pg-delta/plan` (the subpath that maps here), so the documented path
// must be real. Cycle-safe: artifact.ts's only import from this module is
// ENGINE_VERSION, which it reads inside a function body, never at module-eval time.

function plan(rawSource, rawDesired, options) {
    // ── phase 1: change set (managed-view resolution, diff, filter, group,
    // rename discovery + identity normalization) → ./phases/change-set.ts.
    // `source` / `desired` below are canonical managed views. ────────────
    // A desired-side intent object the engine cannot key (an unnamed pg_cron job)
    // can never converge — refuse rather than silently drop it. The handler emits
    // this as a warning during capture; here, on the DESIRED side, it is fatal.
    // (A SOURCE-side unkeyed intent is just unmanaged drift — left untouched.)
    const unkeyed = rawDesired.diagnostics.filter((d) => d.code === diagnostic/* INTENT_UNKEYED */.HU);
    if (unkeyed.length > 0) {
        throw new Error(`plan: the desired state declares intent the engine cannot key — name it so it can be managed:\n` +
            unkeyed.map((d) => `  - ${d.message}`).join("\n"));
    }
    // one id-keyed rule resolver for the whole plan: schema kinds via the static
    // RULES table, `extensionIntent` via the profile-supplied intent rules. Built
    // once and threaded through every phase so all of them dispatch identically.
    const rulesForId = buildRuleResolver(options?.intentRules);
    const { physicalSource, source, desired, projectedDesired, deltas, filteredDeltas, removed, added, setsByFact, renameCandidates, acceptedRenames, projectionSuppressions, } = buildChangeSet(rawSource, rawDesired, options, rulesForId);
    // The change set already reconstructed BOTH managed views under exactly these
    // options and collected every suppression along the way, so the audit is
    // attributed from those records rather than reconstructing both sides again
    // (`auditManagedViewProjection` remains the standalone entry point). When
    // nothing was suppressed this also skips a full raw source↔desired diff.
    const projectionAudit = projectionAuditFrom(rawSource, rawDesired, projectionSuppressions);
    // A user-mapping row whose options were unreadable via pg_user_mappings on
    // either side (extraction-time warning, USER_MAPPING_UNREADABLE — see
    // src/extract/foreign.ts) has an UNKNOWN true state on that side. A warning
    // alone doesn't protect anything here: if only one side's extraction could
    // see the mapping, the other side's missing fact reads as an intentional
    // add/remove and would otherwise plan a wrong CREATE/DROP USER MAPPING
    // (Codex P1 on PR #338). Escalate to fatal exactly when a delta that would
    // actually produce an action touches one of these subjects — checked
    // against `deltas` (the KEPT, post-policy-filter list that actually drives
    // actions; `filteredDeltas` is the policy-EXCLUDED complement — see
    // buildChangeSet's `{ kept: deltas, filtered: filteredDeltas }`), so a
    // policy that excludes user mappings entirely keeps planning legal. Hidden
    // on BOTH sides means no delta ever touches the subject (nothing to diff),
    // so planning proceeds.
    //
    // The same blind spot applies one level up (Codex P2s, PR #338): a DROP of
    // the mapping's containing server, or of its (non-PUBLIC) mapped role,
    // implicitly destroys the hidden mapping too — CASCADE-style — without any
    // delta ever naming the mapping directly. So a `remove` delta on either is
    // ALSO gated. Remove-verb ONLY: ALTERs / owner changes on the server or
    // role don't destroy the mapping, so gating them would be pure
    // over-blocking with no correctness benefit (zero-over-block property). A
    // source-side unreadable diagnostic already PROVES the mapping exists, so a
    // source-side DROP SERVER/ROLE is guaranteed to fail at apply regardless
    // (FK-style: Postgres won't let you drop a server/role a mapping still
    // references) — refusing in plan() just surfaces that earlier and louder.
    //
    // KNOWN LIMITATION (deliberately not handled here, tracked as a follow-up):
    // a role RENAME combined with a one-side-hidden mapping. Identity
    // normalization rewrites visible deltas into the desired role name, while
    // the extraction diagnostic still names the physical role, so a renamed role
    // can be invisible to the `unreadableRoles` name-set below. In the realistic
    // direction (the mapping is hidden on the SOURCE
    // side), this still fails safely — apply cannot rename a role a hidden
    // mapping references, for the same FK-style reason as a DROP. The only
    // truly gap is a hidden mapping combined with a rename that requires an
    // atypical desired-side privilege inversion, which is not addressed by a
    // rename-aware translation here.
    //
    // KNOWN LIMITATION #2 (Codex P1, PR #338 comment 3603601149 — documented,
    // NOT gated): a DESIRED-side unreadable mapping whose containing server (or
    // FDW/role) doesn't exist on the SOURCE side at all. The resulting `add`
    // deltas for the container (CREATE FDW / CREATE SERVER / CREATE ROLE) are
    // NOT gated, so plan() proceeds and simply omits the un-creatable CREATE
    // USER MAPPING (the mapping fact itself was never added to the desired
    // FactBase — it was skipped as unreadable). This is deliberate: the gate
    // family above protects PHYSICAL safety (destroying/failing-to-apply
    // something that already exists); this case is a DESIRED-STATE FIDELITY
    // problem instead — the delta belongs to the server/role, but the
    // manageability question belongs to the mapping, so blocking the
    // container's `add` here would be a policy-projection layering violation,
    // not a safety fix. It's silent-but-visible: the extraction-time
    // USER_MAPPING_UNREADABLE diagnostic already prints (and is a candidate for
    // the #340 reporting channel to surface more prominently); nothing here
    // fabricates or corrupts state. The SOURCE-side analogue is vacuous — a
    // source-side unreadable diagnostic, by construction, means the container
    // exists on source (extraction reached it to emit the diagnostic), so an
    // `add` for it can never occur from that side.
    const unreadableMappingSubjects = new Set();
    const unreadableServers = new Set();
    const unreadableRoles = new Set();
    for (const d of [...rawSource.diagnostics, ...rawDesired.diagnostics]) {
        if (d.code !== diagnostic/* USER_MAPPING_UNREADABLE */.J$ || d.subject === undefined) {
            continue;
        }
        const subject = d.subject;
        unreadableMappingSubjects.add((0,stable_id/* encodeId */.md)(subject));
        unreadableServers.add(subject.server);
        if (subject.role !== "PUBLIC")
            unreadableRoles.add(subject.role);
    }
    if (unreadableMappingSubjects.size > 0) {
        const touched = new Map();
        for (const delta of deltas) {
            const id = (0,diff/* subjectOf */.e)(delta);
            const key = (0,stable_id/* encodeId */.md)(id);
            if (unreadableMappingSubjects.has(key)) {
                touched.set(key, { id, relation: "mapping" });
                continue;
            }
            if (delta.verb === "remove") {
                if (id.kind === "server" && unreadableServers.has(id.name)) {
                    touched.set(key, {
                        id,
                        relation: "server of an unreadable mapping",
                    });
                }
                else if (id.kind === "role" && unreadableRoles.has(id.name)) {
                    touched.set(key, { id, relation: "role of an unreadable mapping" });
                }
                continue;
            }
            // A "replace"-class attribute (server.type / server.fdw — see
            // rules/foreign.ts) never in-place ALTERs: expandReplacements (below,
            // after this gate) turns a `set` delta on one into DROP + CREATE,
            // which destroys the hidden mapping exactly like an explicit DROP
            // SERVER would (Codex P2, PR #338 comment 3602512706). Gate it the
            // same way, using the SAME rule table the expander itself consults
            // (`rulesForId`, built above) so the two can never drift. Non-replace
            // attributes (version, options, owner) genuinely in-place ALTER and
            // leave the mapping alone — must stay ungated (zero-over-block).
            if (delta.verb === "set" &&
                id.kind === "server" &&
                unreadableServers.has(id.name) &&
                rulesForId(id).attributes[delta.attr] === "replace") {
                touched.set(key, {
                    id,
                    relation: "server of an unreadable mapping (replaced)",
                });
            }
        }
        if (touched.size > 0) {
            const lines = [...touched.values()]
                .map(({ id, relation }) => {
                if (id.kind === "userMapping") {
                    const m = id;
                    return `${m.server}/${m.role} (mapping)`;
                }
                const named = id;
                return `${named.name} (${relation})`;
            })
                .sort();
            throw new Error(`plan: the state of these user mappings is unknown on one side (options unreadable via pg_user_mappings) — refusing to plan changes touching them, their containing server, or their mapped role; extract with a role that can read pg_user_mapping:\n` +
                lines.map((n) => `  - ${n}`).join("\n"));
        }
    }
    // serialize params are emission-time setup, independent of the change set.
    const params = options?.params ?? {};
    for (const name of Object.keys(params)) {
        if (!KNOWN_PARAMS.has(name)) {
            throw new Error(`plan: unknown serialize parameter '${name}' — the rule table declares ${[...KNOWN_PARAMS].join(", ")}`);
        }
    }
    // policy serialize rules apply PER FACT (first matching rule's params, §3.9) —
    // explicit options.params override rule-supplied values
    const serializeRules = options?.policy
        ? flattenPolicy(options.policy).serialize
        : [];
    // roles the policy assumes exist at apply time but does not manage (e.g.
    // Supabase's anon/authenticated). Threaded into the action-graph guard so a
    // kept `GRANT … TO <role>` whose role object is filtered out of the view is
    // not mistaken for a stranded requirement (§ managed-view-architecture).
    const assumedRoleNames = new Set([
        ...(options?.policy ? flattenPolicy(options.policy).assumedRoles : []),
        ...(options?.assumedRoles ?? []),
    ]);
    // Database-scope projection RETAINS `owner` edges to scope-projected roles as
    // dangling assumed references (view.ts), so a kept `ALTER … OWNER TO <role>`
    // would otherwise strand the action-graph requirement guard (the role object
    // was projected out but exists at apply time). Auto-add every such target role
    // name (from BOTH resolved sides) to the assumed set — the exact analogue of a
    // GRANT to an assumed role — so apply works without the caller re-threading it.
    for (const fb of [source, desired]) {
        for (const e of fb.edges) {
            if (e.kind === "owner" && e.to.kind === "role" && !fb.has(e.to)) {
                assumedRoleNames.add(e.to.name);
            }
        }
    }
    // schemas the policy assumes exist at apply time but does not manage (e.g.
    // Supabase's `extensions`). Threaded into the action-graph guard so a kept
    // `CREATE EXTENSION … SCHEMA <schema>` whose schema object is filtered out of
    // the view is not mistaken for a stranded requirement (§ managed-view-architecture).
    const assumedSchemaNames = new Set([
        ...(options?.policy ? flattenPolicy(options.policy).assumedSchemas : []),
        ...(options?.assumedSchemas ?? []),
    ]);
    // ── phase 2: replacement expansion + drop-root suppression ────────────
    // Classify set-deltas (alter vs replace), expand the forced dependent
    // rebuild, and compute drop-root suppression/redirect (./phases/
    // replacement-expansion.ts). Produces the replaceIds set + dropRootOf map.
    const { replaceIds, dropRootOf } = expandReplacements({
        removed,
        setsByFact,
        source,
        desired,
        rulesForId,
    });
    // ── phase 3: emit actions (./phases/action-emitter.ts) ────────────────
    // Rename actions, creates (parents first), default-privilege hygiene, drops,
    // replaces, in-place alters, and owner-edge ALTERs — with the emitter's own
    // producer/destroyer/fold
    // bookkeeping. Enforces the create-produces-its-fact invariant.
    const { actions, producerOf, destroyerOf, foldHints, acceptsFolds, renameActionIndices, } = emitActions({
        source,
        desired,
        projectedDesired,
        removed,
        added,
        setsByFact,
        replaceIds,
        dropRootOf,
        acceptedRenames,
        deltas,
        params,
        serializeRules,
        capability: options?.capability,
        rulesForId,
    });
    // ── phase 4: order, segment-mark, compact, and report ─────────────────
    // Graph build + requirement checks, tie-break, segment-boundary marking, and
    // the two cosmetic compaction passes are the ActionGraph phase
    // (./phases/action-graph.ts → ./internal.ts building blocks). Reads only the
    // emitted actions + producer/destroyer indexes + the two RESOLVED fact bases.
    const { actions: finalActions, safetyReport } = finalizeActions({
        actions,
        producerOf,
        destroyerOf,
        source,
        desired,
        renameActionIndices,
        foldHints,
        acceptsFolds,
        assumedRoleNames,
        assumedSchemaNames,
        capability: options?.capability,
        compact: options?.compact !== false,
        foldConstraints: options?.foldConstraints,
        rulesForId,
    });
    return {
        formatVersion: 1,
        engineVersion: ENGINE_VERSION,
        // Identity normalization rewrites source ids into desired-name space for
        // planning. The apply gate must still fingerprint the physical pre-rename
        // managed view that exists before the first action runs.
        source: { fingerprint: physicalSource.rootHash },
        target: { fingerprint: projectedDesired.rootHash },
        preamble: [
            // Pin the applier's deparse/resolution path to `pg_catalog` so the
            // rendered (fully qualified) DDL resolves identically regardless of the
            // applier role's default search_path. Extraction canonicalizes to the
            // same path, so every emitted statement target is already qualified.
            { name: "search_path", value: "pg_catalog" },
            // check_function_bodies=off lets quoted routine bodies elaborate lazily
            // (the planner records no body-dependency edges — rules/helpers.ts).
            // Omitting it when no action touches a routine-family object is a
            // cosmetic compaction pass (./preamble.ts); compact:false restores the
            // unconditional preamble as the conservative opt-out.
            ...(options?.compact === false ||
                needsCheckFunctionBodiesOff(finalActions)
                ? [{ name: "check_function_bodies", value: "off" }]
                : []),
        ],
        deltas,
        filteredDeltas,
        projectionAudit,
        ...(options?.policy ? { policy: options.policy } : {}),
        ...(options?.capability ? { capability: options.capability } : {}),
        ...(options?.profile ? { profile: options.profile } : {}),
        ...(options?.baselineMeta ? { baseline: options.baselineMeta } : {}),
        // stamp scope only when it is not the default cluster projection, so corpus
        // / direct-library plan artifacts stay byte-identical.
        ...(options?.scope !== undefined && options.scope !== "cluster"
            ? { scope: options.scope }
            : {}),
        // stamp the resolved default owner so apply/prove reconstruct the identical
        // database-scope view. Only meaningful (and only stamped) at database scope.
        ...(options?.defaultOwner !== undefined &&
            options?.scope !== undefined &&
            options.scope !== "cluster"
            ? { defaultOwner: options.defaultOwner }
            : {}),
        ...(options?.redactSecrets !== undefined
            ? { redactSecrets: options.redactSecrets }
            : {}),
        renameCandidates,
        // stamp accepted renames only when there are any, so corpus / direct-library
        // plan artifacts stay byte-identical (F7).
        ...(acceptedRenames.length > 0
            ? {
                acceptedRenames: acceptedRenames.map((r) => ({
                    from: r.from.id,
                    to: r.to.id,
                })),
            }
            : {}),
        actions: finalActions,
        safetyReport,
    };
}


/***/ })

};
