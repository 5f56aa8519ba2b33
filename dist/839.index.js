export const id = 839;
export const ids = [839];
export const modules = {

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

/***/ 9839:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  FactBase: () => (/* reexport */ fact/* FactBase */.ud),
  NotImplementedError: () => (/* reexport */ diagnostic/* NotImplementedError */.EH),
  buildFactBase: () => (/* reexport */ fact/* buildFactBase */.kb),
  canonicalize: () => (/* reexport */ hash/* canonicalize */.dw),
  contentHash: () => (/* reexport */ hash/* contentHash */.Ae),
  deserializeSnapshot: () => (/* reexport */ deserializeSnapshot),
  diff: () => (/* reexport */ diff/* diff */.U),
  encodeId: () => (/* reexport */ stable_id/* encodeId */.md),
  parseId: () => (/* reexport */ stable_id/* parseId */.Fg),
  serializeSnapshot: () => (/* reexport */ serializeSnapshot)
});

// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/diagnostic.js
var diagnostic = __webpack_require__(4260);
// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/stable-id.js
var stable_id = __webpack_require__(5684);
// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/hash.js
var hash = __webpack_require__(2335);
// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/fact.js
var fact = __webpack_require__(4441);
;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/core/snapshot.js


const FORMAT_VERSION = 1;
/** bigint-safe JSON: bigints encode as {"$bigint":"..."} */
function encodePayload(value) {
    if (typeof value === "bigint")
        return { $bigint: value.toString() };
    if (Array.isArray(value))
        return value.map(encodePayload);
    if (value !== null && typeof value === "object") {
        const out = {};
        for (const [k, v] of Object.entries(value)) {
            if (v !== undefined)
                out[k] = encodePayload(v);
        }
        return out;
    }
    return value;
}
function decodePayload(value) {
    if (Array.isArray(value))
        return value.map(decodePayload);
    if (value !== null && typeof value === "object") {
        const obj = value;
        if (typeof obj["$bigint"] === "string" && Object.keys(obj).length === 1) {
            return BigInt(obj["$bigint"]);
        }
        const out = {};
        for (const [k, v] of Object.entries(obj))
            out[k] = decodePayload(v);
        return out;
    }
    return value;
}
function serializeSnapshot(fb, meta) {
    const doc = {
        formatVersion: FORMAT_VERSION,
        pgVersion: meta.pgVersion,
        ...(meta.capturedAt !== undefined ? { capturedAt: meta.capturedAt } : {}),
        ...(meta.redactSecrets !== undefined
            ? { redactSecrets: meta.redactSecrets }
            : {}),
        // `null` is a MEANINGFUL value here (captured raw), distinct from ABSENT
        // (legacy) — so include the key whenever it is not `undefined`.
        ...(meta.profile !== undefined ? { profile: meta.profile } : {}),
        digest: fb.rootHash,
        facts: fb
            .facts()
            .map((f) => ({
            id: (0,stable_id/* encodeId */.md)(f.id),
            ...(f.parent !== undefined ? { parent: (0,stable_id/* encodeId */.md)(f.parent) } : {}),
            payload: encodePayload(f.payload),
        }))
            .sort((a, b) => (a.id < b.id ? -1 : 1)),
        edges: fb.edges
            .map((e) => ({
            from: (0,stable_id/* encodeId */.md)(e.from),
            to: (0,stable_id/* encodeId */.md)(e.to),
            kind: e.kind,
        }))
            .sort((a, b) => `${a.from}|${a.kind}|${a.to}` < `${b.from}|${b.kind}|${b.to}` ? -1 : 1),
        // ALL diagnostics, not a code-specific subset (also closes the pre-existing
        // INTENT_UNKEYED snapshot hole) — deterministically sorted so the document
        // is stable regardless of extraction/accumulation order.
        diagnostics: fb.diagnostics
            .map((d) => ({
            code: d.code,
            severity: d.severity,
            ...(d.subject !== undefined ? { subject: (0,stable_id/* encodeId */.md)(d.subject) } : {}),
            message: d.message,
            ...(d.context !== undefined ? { context: d.context } : {}),
        }))
            .sort((a, b) => {
            if (a.code !== b.code)
                return a.code < b.code ? -1 : 1;
            const aSubject = a.subject ?? "";
            const bSubject = b.subject ?? "";
            if (aSubject !== bSubject)
                return aSubject < bSubject ? -1 : 1;
            return a.message < b.message ? -1 : a.message > b.message ? 1 : 0;
        }),
    };
    return JSON.stringify(doc, null, 2);
}
function deserializeSnapshot(json) {
    const doc = JSON.parse(json);
    if (doc.formatVersion !== FORMAT_VERSION) {
        throw new Error(`snapshot formatVersion ${doc.formatVersion} is not supported (expected ${FORMAT_VERSION})`);
    }
    const facts = doc.facts.map((f) => ({
        id: (0,stable_id/* parseId */.Fg)(f.id),
        ...(f.parent !== undefined ? { parent: (0,stable_id/* parseId */.Fg)(f.parent) } : {}),
        payload: decodePayload(f.payload),
    }));
    const edges = doc.edges.map((e) => ({
        from: (0,stable_id/* parseId */.Fg)(e.from),
        to: (0,stable_id/* parseId */.Fg)(e.to),
        kind: e.kind,
    }));
    const factBase = (0,fact/* buildFactBase */.kb)(facts, edges, "snapshot");
    if (factBase.rootHash !== doc.digest) {
        throw new Error(`snapshot digest mismatch — content is corrupt or was edited (expected ${doc.digest}, computed ${factBase.rootHash})`);
    }
    // Missing on an old-format snapshot (pre-dating this field) → `?? []`, no
    // error; rides on the FactBase itself (the same seam handler / extraction
    // diagnostics use) so a `plan()` gate that reads `FactBase.diagnostics`
    // (e.g. USER_MAPPING_UNREADABLE) still fires across a deserialized snapshot.
    factBase.diagnostics.push(...(doc.diagnostics ?? []).map((d) => ({
        code: d.code,
        severity: d.severity,
        ...(d.subject !== undefined ? { subject: (0,stable_id/* parseId */.Fg)(d.subject) } : {}),
        message: d.message,
        ...(d.context !== undefined ? { context: d.context } : {}),
    })));
    return {
        factBase,
        pgVersion: doc.pgVersion,
        ...(doc.redactSecrets !== undefined
            ? { redactSecrets: doc.redactSecrets }
            : {}),
        // preserve the three states: string / `null` (captured raw) / ABSENT (legacy).
        ...(doc.profile !== undefined ? { profile: doc.profile } : {}),
    };
}

// EXTERNAL MODULE: ./node_modules/@supabase/pg-delta/dist/core/diff.js
var diff = __webpack_require__(9980);
;// CONCATENATED MODULE: ./node_modules/@supabase/pg-delta/dist/core/index.js
/**
 * Core barrel: stable-id codec, hash/payload primitives, fact-base
 * construction, snapshot round-trip, diff engine, and diagnostics.
 * These are the stable building blocks; the planning, apply, and proof
 * layers sit on top of them.
 */








/***/ })

};
