import{module as e}from"./shared.5346.js";export const id=6872;export const ids=[6872];export const modules={6872:  ((e,n,a)=>{a.r(n),a.d(n,{ExtractionTimeoutError:()=>r,extract:()=>X,pruneOrphanedSatellites:()=>o});var t=a(4441),i=a(5684);class r extends Error{code="extraction_timeout";queryLabel;timeoutMs;diagnostic;constructor(e,n){super(`extraction query ${e} exceeded the ${n}ms statement_timeout budget`),this.name="ExtractionTimeoutError",this.queryLabel=e,this.timeoutMs=n,this.diagnostic={code:this.code,severity:"error",message:this.message,context:{queryLabel:e,timeoutMs:n}}}}function o(e){let n=new Set(e.map(e=>(0,i.md)(e.id))),a=[],t=[];for(let r of e){if("target"in r.id){let e=(0,i.md)(r.id.target);if(!n.has(e)){t.push({code:"orphaned_satellite",severity:"info",subject:r.id,message:`dropped ${r.id.kind} whose target ${e} was not extracted (filtered)`});continue}}a.push(r)}return{facts:a,diagnostics:t}}let s="('pg_catalog', 'information_schema')",l=`
  n.nspname NOT IN ${s}
  AND n.nspname NOT LIKE 'pg\\_toast%'
  AND n.nspname NOT LIKE 'pg\\_temp%'`;function p(e,n){return`NOT EXISTS (
    SELECT 1 FROM pg_depend ext_d
    WHERE ext_d.classid = '${e}'::regclass
      AND ext_d.objid = ${n}
      AND ext_d.deptype = 'e')`}let c=(e,n)=>`(
    SELECT ext.extname
    FROM pg_depend ext_d
    JOIN pg_extension ext ON ext.oid = ext_d.refobjid
    WHERE ext_d.classid = '${e}'::regclass
      AND ext_d.objid = ${n}
      AND ext_d.refclassid = 'pg_extension'::regclass
      AND ext_d.deptype = 'e'
      AND ext.extname <> 'plpgsql'
    LIMIT 1)`,d=(e,n,a)=>`
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
            SELECT rolname FROM pg_roles WHERE oid = ${a})
          THEN (SELECT array_agg(d.privilege_type ORDER BY d.privilege_type)
                FROM aclexplode(acldefault('${n}', ${a})) d
                WHERE d.grantee = ${a})
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
       FROM aclexplode(COALESCE(${e}, acldefault('${n}', ${a}))) e
       LEFT JOIN pg_roles g ON g.oid = e.grantee
       GROUP BY 1
       UNION ALL
       SELECT 'PUBLIC', ARRAY[]::text[], NULL::text[]
       WHERE ${e} IS NOT NULL
         AND EXISTS (
           SELECT 1 FROM aclexplode(acldefault('${n}', ${a})) d
           WHERE d.grantee = 0)
         AND NOT EXISTS (
           SELECT 1 FROM aclexplode(${e}) a WHERE a.grantee = 0)
       UNION ALL
       -- Revoked OWNER default (mirror of the PUBLIC case): PostgreSQL grants the
       -- owner its full default on CREATE, so a full owner revoke
       -- (REVOKE ALL ON ... FROM owner) leaves a non-NULL acl with NO owner row.
       -- Emit an empty owner entry so the diff plans a REVOKE ALL FROM owner that
       -- clears the create-time default; without it a freshly created object keeps
       -- PostgreSQL built-in owner privileges and never converges.
       SELECT (SELECT rolname FROM pg_roles WHERE oid = ${a}),
              ARRAY[]::text[], NULL::text[]
       WHERE ${e} IS NOT NULL
         AND EXISTS (
           SELECT 1 FROM aclexplode(acldefault('${n}', ${a})) d
           WHERE d.grantee = ${a})
         AND NOT EXISTS (
           SELECT 1 FROM aclexplode(${e}) a
           WHERE a.grantee = ${a})
     ) acl)`,g=(e,n,a,t,i)=>`
    CASE WHEN EXISTS (
      SELECT 1 FROM pg_depend md
      WHERE md.classid = '${t}'::regclass AND md.objid = ${i}
        AND md.refclassid = 'pg_extension'::regclass AND md.deptype = 'e')
    THEN 
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
         FROM aclexplode(COALESCE(${e}, acldefault('${n}', ${a}))) e
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
                 WHERE ip.objoid = ${i}
                   AND ip.classoid = '${t}'::regclass
                   AND ip.objsubid = 0),
                acldefault('${n}', ${a}))) e
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
     ) d)
    ELSE ${d(e,n,a)}
    END`,m=e=>null==e?[]:e.map(e=>({grantee:e.grantee,privileges:e.privileges,grantable:e.grantable??[],...null!=e.ownerDefault?{ownerDefault:e.ownerDefault}:{},...null!=e._initPrivs?{initPrivs:{privileges:e._initPrivs.privileges,grantable:e._initPrivs.grantable??[]}}:{}})),E=e=>({kind:"schema",name:String(e)});async function _(e,n,a=!0){let t=[],i=[],o=async a=>{try{return(await e.query(a)).rows}catch(e){if(void 0!==n&&"57014"===e.code){let e,t,i;throw new r((e=a.replace(/\s+/g," ").trim(),t=/\bFROM\s+(?:pg_catalog\.)?(\w+)/i.exec(e),i=e.slice(0,60),t?`${t[1]} (${i}…)`:i),n)}throw e}},s=(await o("SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS num"))[0],l=s?.version??"unknown",p=Number(s?.num??0),c=Math.floor(p/1e4);return{q:o,serverVersion:l,serverVersionNum:p,pgMajor:c,facts:t,edges:i,diagnostics:[],factDiagnostics:[],redactSecrets:a,pushWithMeta:(e,n,a)=>{t.push(e);let i=n.comment;if("string"==typeof i){let n="constraint"===e.id.kind&&e.parent?.kind==="domain";t.push({id:{kind:"comment",target:e.id},parent:e.id,payload:n?{text:i,onDomain:!0}:{text:i}})}for(let n of a??[])t.push({id:{kind:"acl",target:e.id,grantee:n.grantee},parent:e.id,payload:{privileges:n.privileges,grantable:n.grantable,...void 0!==n.ownerDefault?{_ownerDefault:n.ownerDefault}:{},...void 0!==n.initPrivs?{_initPrivs:{privileges:n.initPrivs.privileges,grantable:n.initPrivs.grantable}}:{}}})},pushMemberEdge:(e,n)=>{let a=n.ext_member_of;"string"==typeof a&&i.push({from:e,to:{kind:"extension",name:a},kind:"memberOfExtension"})},pushOwnerEdge:(e,n)=>{"string"==typeof n&&n.length>0&&!n.startsWith("pg_")&&i.push({from:e,to:{kind:"role",name:n},kind:"owner"})},pushSeclabel:(e,n,a)=>{t.push({id:{kind:"securityLabel",target:e,provider:n},parent:e,payload:{label:a}})}}}async function S(e){let{q:n,edges:a}=e;for(let e of(await n(`
    SELECT cn.nspname AS child_schema, cc.relname AS child_name,
           pn.nspname AS parent_schema, pc.relname AS parent_name
    FROM pg_inherits i
    JOIN pg_class cc ON cc.oid = i.inhrelid
    JOIN pg_namespace cn ON cn.oid = cc.relnamespace
    JOIN pg_class pc ON pc.oid = i.inhparent
    JOIN pg_namespace pn ON pn.oid = pc.relnamespace
    WHERE cc.relkind IN ('r', 'p')
      AND cn.nspname NOT IN ${s}`)))a.push({from:{kind:"table",schema:String(e.child_schema),name:String(e.child_name)},to:{kind:"table",schema:String(e.parent_schema),name:String(e.parent_name)},kind:"depends"})}async function u(e){let{q:n,edges:a,diagnostics:t}=e,r=await n(`
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
                    AND rr.objsubid = dep.refobjsubid`),o=(e,n)=>{let a,i;if(null==e)return;let r=(e=>{if(null!=e)switch(e.kind){case"schema":return{kind:"schema",name:e.name};case"eventTrigger":case"publication":case"fdw":case"server":case"extension":return{kind:e.kind,name:e.name};case"table":case"view":case"materializedView":case"index":case"sequence":case"domain":case"type":case"collation":case"foreignTable":return{kind:e.kind,schema:e.schema,name:e.name};case"column":case"constraint":case"default":case"trigger":case"policy":case"rule":return{kind:e.kind,schema:e.schema,table:e.table,name:e.name};case"function":case"procedure":case"aggregate":return{kind:e.kind,schema:e.schema,name:e.name,args:e.args.map(String)};default:return}})(e);return void 0===r?(t.push({code:"unresolved_dependency",severity:"warning",message:`pg_depend ${n} ${JSON.stringify(e)} was recognized by the resolver but the codec could not build its id — resolver/codec mismatch`}),r):(a=e=>"pg_catalog"===e||"information_schema"===e||e.startsWith("pg_toast")||e.startsWith("pg_temp"),"string"==typeof(i=r.schema)&&a(i)||"schema"===r.kind&&a(r.name))?void 0:r},s=new Set,l=new Set(e.facts.filter(e=>"default"===e.id.kind).map(e=>(0,i.md)(e.id)));for(let e of r){let n=o(e.dependent,"dependent"),t=o(e.referenced,"referenced");if(!n||!t)continue;let r=JSON.stringify([n,t]);if(!s.has(r)&&(s.add(r),a.push({from:n,to:t,kind:"depends"}),"default"===n.kind&&!l.has((0,i.md)(n)))){let e={kind:"column",schema:n.schema,table:n.table,name:n.name};if((0,i.md)(e)===(0,i.md)(t))continue;let r=JSON.stringify([e,t]);if(s.has(r))continue;s.add(r),a.push({from:e,to:t,kind:"depends"})}}}async function N(e){let{q:n,pushWithMeta:a,pushOwnerEdge:t}=e;for(let e of(await n(`
    SELECT e.evtname AS name, e.evtevent AS event, e.evtenabled AS enabled,
           COALESCE(e.evttags, '{}')::text[] AS tags,
           pn.nspname AS func_schema, p.proname AS func_name,
           r.rolname AS owner,
           obj_description(e.oid, 'pg_event_trigger') AS comment
    FROM pg_event_trigger e
    JOIN pg_proc p ON p.oid = e.evtfoid
    JOIN pg_namespace pn ON pn.oid = p.pronamespace
    JOIN pg_roles r ON r.oid = e.evtowner
    WHERE ${p("pg_event_trigger","e.oid")}
    ORDER BY e.evtname`))){let n={kind:"eventTrigger",name:String(e.name)};a({id:n,payload:{event:String(e.event),enabled:String(e.enabled),tags:e.tags.map(String).sort(),functionSchema:String(e.func_schema),functionName:String(e.func_name)}},e),t(n,e.owner)}}var f=a(4260),A=a(5346);async function b(e){let{q:n,facts:a,pushWithMeta:t,pushOwnerEdge:i,factDiagnostics:r}=e,o=n=>e.redactSecrets?(0,A.j)(n):n;for(let e of(await n(`
    SELECT f.fdwname AS name, r.rolname AS owner,
           CASE WHEN f.fdwhandler <> 0 THEN f.fdwhandler::regproc::text END AS handler,
           CASE WHEN f.fdwvalidator <> 0 THEN f.fdwvalidator::regproc::text END AS validator,
           COALESCE(ARRAY(SELECT opt FROM unnest(f.fdwoptions) opt ORDER BY opt), '{}')::text[] AS options,
           obj_description(f.oid, 'pg_foreign_data_wrapper') AS comment,
           ${d("f.fdwacl","F","f.fdwowner")} AS acl
    FROM pg_foreign_data_wrapper f
    JOIN pg_roles r ON r.oid = f.fdwowner
    WHERE ${p("pg_foreign_data_wrapper","f.oid")}
    ORDER BY f.fdwname`))){let n={kind:"fdw",name:String(e.name)};t({id:n,payload:{handler:null==e.handler?null:e.handler,validator:null==e.validator?null:e.validator,options:o(e.options.map(String))}},e,m(e.acl)),i(n,e.owner)}for(let e of(await n(`
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
           ${d("s.srvacl","S","s.srvowner")} AS acl
    FROM pg_foreign_server s
    JOIN pg_foreign_data_wrapper f ON f.oid = s.srvfdw
    JOIN pg_roles r ON r.oid = s.srvowner
    WHERE ${p("pg_foreign_server","s.oid")}
    ORDER BY s.srvname`))){let n={kind:"server",name:String(e.name)};t({id:n,parent:null!=e.fdw_extension?{kind:"extension",name:e.fdw_extension}:{kind:"fdw",name:String(e.fdw)},payload:{fdw:String(e.fdw),type:null==e.type?null:e.type,version:null==e.version?null:e.version,options:o(e.options.map(String))}},e,m(e.acl)),i(n,e.owner)}let s=!!(await n("SELECT has_table_privilege('pg_catalog.pg_user_mapping', 'SELECT') AS ok"))[0]?.ok;for(let e of s?await n(`
    SELECT s.srvname AS server, COALESCE(r.rolname, 'PUBLIC') AS role,
           COALESCE(ARRAY(SELECT opt FROM unnest(u.umoptions) opt ORDER BY opt), '{}')::text[] AS options
    FROM pg_user_mapping u
    JOIN pg_foreign_server s ON s.oid = u.umserver
    LEFT JOIN pg_roles r ON r.oid = u.umuser
    WHERE ${p("pg_foreign_server","s.oid")}
    ORDER BY s.srvname, 2`):await n(`
    SELECT v.srvname AS server,
           CASE WHEN v.umuser = 0 THEN 'PUBLIC' ELSE v.usename END AS role,
           COALESCE(ARRAY(SELECT opt FROM unnest(v.umoptions) opt ORDER BY opt), '{}')::text[] AS options,
           (v.umoptions IS NOT NULL
            OR (v.umuser <> 0 AND v.usename = current_user
                AND (pg_has_role(s.srvowner, 'USAGE') OR has_server_privilege(s.oid, 'USAGE')))
            OR (v.umuser = 0 AND pg_has_role(s.srvowner, 'USAGE'))) AS options_known
    FROM pg_user_mappings v
    JOIN pg_foreign_server s ON s.oid = v.srvid
    WHERE ${p("pg_foreign_server","v.srvid")}
    ORDER BY v.srvname, 2`)){let n=String(e.server),t=String(e.role),i={kind:"userMapping",server:n,role:t};if(!s&&!1===e.options_known){r.push({code:f.J$,severity:"warning",subject:i,message:`User-mapping options for ${n}/${t} are hidden from the current role by pg_user_mappings (it isn't the mapping's server owner, the mapped user, or a member of the PUBLIC mapping's server owner) — the mapping's state is unknown, so it was SKIPPED rather than recorded with fabricated empty options.`});continue}a.push({id:i,parent:{kind:"server",name:n},payload:{options:o(e.options.map(String))}})}for(let e of(await n(`
    SELECT n.nspname AS schema, c.relname AS name, r.rolname AS owner,
           s.srvname AS server,
           COALESCE(ARRAY(SELECT opt FROM unnest(ft.ftoptions) opt ORDER BY opt), '{}')::text[] AS options,
           obj_description(c.oid, 'pg_class') AS comment,
           ${d("c.relacl","r","c.relowner")} AS acl
    FROM pg_foreign_table ft
    JOIN pg_class c ON c.oid = ft.ftrelid
    JOIN pg_foreign_server s ON s.oid = ft.ftserver
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_roles r ON r.oid = c.relowner
    WHERE ${l}
      AND ${p("pg_class","c.oid")}
    ORDER BY n.nspname, c.relname`))){let n={kind:"foreignTable",schema:String(e.schema),name:String(e.name)};t({id:n,parent:{kind:"server",name:String(e.server)},payload:{server:String(e.server),options:o(e.options.map(String))}},e,m(e.acl)),i(n,e.owner)}}async function O(e){let{q:n,pushWithMeta:a}=e;for(let e of(await n(`
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
    WHERE ${l}
      AND ${p("pg_class","c.oid")}
    ORDER BY n.nspname, c.relname, pol.polname`)))a({id:{kind:"policy",schema:String(e.schema),table:String(e.table),name:String(e.name)},parent:{kind:"table",schema:String(e.schema),name:String(e.table)},payload:{cmd:String(e.cmd),permissive:!!e.permissive,usingExpr:null==e.using_expr?null:e.using_expr,checkExpr:null==e.check_expr?null:e.check_expr,roles:e.roles.map(String)}},e)}async function y(e){let{q:n,facts:a,pushWithMeta:t,pushOwnerEdge:i,pgMajor:r}=e,o=r>=15?`(SELECT array_agg(att.attname::text ORDER BY att.attname)
                          FROM unnest(pr.prattrs) WITH ORDINALITY AS pa(attnum, ord)
                          JOIN pg_attribute att ON att.attrelid = pc.oid AND att.attnum = pa.attnum)`:"NULL",s=r>=15?`(SELECT array_agg(pn2.nspname::text ORDER BY 1)
            FROM pg_publication_namespace pns
            JOIN pg_namespace pn2 ON pn2.oid = pns.pnnspid
            WHERE pns.pnpubid = p.oid)`:"NULL::text[]";for(let e of(await n(`
    SELECT p.pubname AS name, r.rolname AS owner,
           p.puballtables AS all_tables, p.pubviaroot AS via_root,
           p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate,
           (SELECT json_agg(json_build_object(
              'schema', pn.nspname, 'name', pc.relname,
              'columns', ${o},
              'where', ${r>=15?"pg_get_expr(pr.prqual, pr.prrelid)":"NULL"}
            ) ORDER BY pn.nspname, pc.relname)
            FROM pg_publication_rel pr
            JOIN pg_class pc ON pc.oid = pr.prrelid
            JOIN pg_namespace pn ON pn.oid = pc.relnamespace
            WHERE pr.prpubid = p.oid) AS tables,
           ${s} AS schemas,
           obj_description(p.oid, 'pg_publication') AS comment
    FROM pg_publication p
    JOIN pg_roles r ON r.oid = p.pubowner
    WHERE ${p("pg_publication","p.oid")}
    ORDER BY p.pubname`))){let n=[];e.pubinsert&&n.push("insert"),e.pubupdate&&n.push("update"),e.pubdelete&&n.push("delete"),e.pubtruncate&&n.push("truncate");let r=String(e.name),o={kind:"publication",name:r};for(let s of(t({id:o,payload:{allTables:!!e.all_tables,viaRoot:!!e.via_root,publish:n}},e),i(o,e.owner),e.tables??[]))a.push({id:{kind:"publicationRel",publication:r,schema:s.schema,table:s.name},parent:o,payload:{columns:null==s.columns?null:s.columns.map(String),where:s.where??null}});for(let n of(e.schemas??[]).map(String))a.push({id:{kind:"publicationSchema",publication:r,schema:n},parent:o,payload:{}})}}async function R(e){let{q:n,pushWithMeta:a,pushOwnerEdge:t,pgMajor:i}=e,r=i>=16?"CASE s.substream WHEN 'p' THEN 'parallel' WHEN 't' THEN 'on' ELSE 'off' END":"CASE WHEN s.substream THEN 'on' ELSE 'off' END",o=i>=15?"s.subdisableonerr":"NULL::boolean",s=i>=15?"(s.subtwophasestate <> 'd')":"NULL::boolean",l=i>=16?"s.subrunasowner":"NULL::boolean",p=i>=16?"s.suborigin":"NULL::text",c=!!(await n("SELECT has_column_privilege('pg_subscription', 'subconninfo', 'SELECT') AS ok"))[0]?.ok;for(let d of(await n(`
    SELECT s.subname AS name, r.rolname AS owner, s.subenabled AS enabled,
           ${c?"s.subconninfo":"NULL::text"} AS conninfo, s.subslotname AS slot_name,
           s.subpublications::text[] AS publications,
           s.subbinary AS binary,
           ${r} AS streaming,
           s.subsynccommit AS synchronous_commit,
           ${o} AS disable_on_error,
           ${s} AS two_phase,
           ${l} AS run_as_owner,
           ${p} AS origin,
           obj_description(s.oid, 'pg_subscription') AS comment
    FROM pg_subscription s
    JOIN pg_roles r ON r.oid = s.subowner
    JOIN pg_database d ON d.oid = s.subdbid
    WHERE d.datname = current_database()
    ORDER BY s.subname`))){let n={kind:"subscription",name:String(d.name)};a({id:n,payload:{_serverMajor:i,enabled:!!d.enabled,conninfo:e.redactSecrets||null==d.conninfo?A.R:d.conninfo,slotName:null==d.slot_name?null:d.slot_name,publications:d.publications.map(String).sort(),binary:!!d.binary,streaming:String(d.streaming),synchronousCommit:String(d.synchronous_commit),disableOnError:null==d.disable_on_error?null:!!d.disable_on_error,twoPhase:null==d.two_phase?null:!!d.two_phase,runAsOwner:null==d.run_as_owner?null:!!d.run_as_owner,origin:null==d.origin?null:d.origin}},d),t(n,d.owner)}}function h(e){let n=e.reloptions;if(null==n)return null;let a=n.slice().sort();return a.length>0?a:null}async function T(e){let{q:n,pushWithMeta:a,pushMemberEdge:t,pushOwnerEdge:i}=e;for(let e of(await n(`
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
           ${g("c.relacl","r","c.relowner","pg_class","c.oid")} AS acl,
           ${c("pg_class","c.oid")} AS ext_member_of
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_roles r ON r.oid = c.relowner
    WHERE c.relkind IN ('r', 'p') AND ${l}
    ORDER BY n.nspname, c.relname`))){let n={kind:"table",schema:String(e.schema),name:String(e.name)};a({id:n,parent:E(e.schema),payload:{persistence:String(e.persistence),rowSecurity:!!e.row_security,forceRowSecurity:!!e.force_row_security,replicaIdentity:String(e.replica_identity),replicaIdentityIndex:null==e.replica_identity_index?null:e.replica_identity_index,partitionKey:null==e.partition_key?null:e.partition_key,partitionBound:null==e.partition_bound?null:e.partition_bound,parentTable:null==e.parent_table?null:e.parent_table,reloptions:h(e)}},e,m(e.acl)),t(n,e),i(n,e.owner)}}async function L(e){let{q:n,facts:a,pushWithMeta:t}=e;for(let e of(await n(`
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
           ${d("a.attacl","c","c.relowner")} AS acl
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef ad ON ad.adrelid = c.oid AND ad.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p', 'f') AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attislocal
      AND ${l}
      AND ${p("pg_class","c.oid")}
    ORDER BY n.nspname, c.relname, a.attname`))){let n={kind:"f"===String(e.table_kind)?"foreignTable":"table",schema:String(e.schema),name:String(e.table)},i={kind:"column",schema:String(e.schema),table:String(e.table),name:String(e.name)},r=null!=e.generated;for(let o of(t({id:i,parent:n,payload:{_position:Number(e.position),type:String(e.type),notNull:!!e.not_null,identity:null==e.identity?null:{generation:e.identity,sequence:e.identity_sequence,options:null==e.identity_options?null:e.identity_options},collation:null==e.collation?null:e.collation,generatedExpr:r&&null!=e.default_expr?e.default_expr:null}},e),r||null==e.default_expr||a.push({id:{kind:"default",schema:String(e.schema),table:String(e.table),name:String(e.name)},parent:i,payload:{expr:e.default_expr}}),m(e.acl)))a.push({id:{kind:"acl",target:n,grantee:o.grantee,column:String(e.name)},parent:i,payload:{privileges:o.privileges,grantable:o.grantable}})}}async function v(e){let{q:n,pushWithMeta:a}=e;for(let e of(await n(`
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
      AND c.relkind IN ('r', 'p', 'f') AND ${l}
      AND ${p("pg_class","c.oid")}
    ORDER BY n.nspname, c.relname, con.conname`)))a({id:{kind:"constraint",schema:String(e.schema),table:String(e.table),name:String(e.name)},parent:{kind:"f"===String(e.table_kind)?"foreignTable":"table",schema:String(e.schema),name:String(e.table)},payload:{def:String(e.def),type:String(e.type),validated:!!e.validated}},e)}async function w(e){let{q:n,pushWithMeta:a}=e;for(let e of(await n(`
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
    WHERE c.relkind IN ('r', 'p', 'm') AND ${l}
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
      AND ${p("pg_class","c.oid")}
    ORDER BY n.nspname, ic.relname`))){let n="m"===String(e.table_kind)?"materializedView":"table";a({id:{kind:"index",schema:String(e.schema),name:String(e.name)},parent:{kind:n,schema:String(e.schema),name:String(e.table)},payload:{def:String(e.def),valid:!!e.valid}},e)}}async function I(e){let{q:n,pushWithMeta:a,pushMemberEdge:t,pushOwnerEdge:i}=e;for(let e of(await n(`
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
           ${g("c.relacl","s","c.relowner","pg_class","c.oid")} AS acl,
           ${c("pg_class","c.oid")} AS ext_member_of
    FROM pg_sequence s
    JOIN pg_class c ON c.oid = s.seqrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_roles r ON r.oid = c.relowner
    WHERE ${l}
      AND NOT EXISTS (
        SELECT 1 FROM pg_depend d
        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
          AND d.deptype = 'i')
    ORDER BY n.nspname, c.relname`))){let n={kind:"sequence",schema:String(e.schema),name:String(e.name)};a({id:n,parent:E(e.schema),payload:{dataType:String(e.data_type),start:String(e.start),increment:String(e.increment),minValue:String(e.min_value),maxValue:String(e.max_value),cache:String(e.cache),cycle:!!e.cycle,ownedBy:null==e.owned_by?null:e.owned_by}},e,m(e.acl)),t(n,e),i(n,e.owner)}}async function D(e){let{q:n,pushWithMeta:a,pushMemberEdge:t,pushOwnerEdge:i}=e;for(let e of(await n(`
    SELECT n.nspname AS schema, c.relname AS name, r.rolname AS owner,
           c.relkind AS kind,
           pg_get_viewdef(c.oid) AS def,
           c.reloptions AS reloptions,
           obj_description(c.oid, 'pg_class') AS comment,
           ${g("c.relacl","r","c.relowner","pg_class","c.oid")} AS acl,
           ${c("pg_class","c.oid")} AS ext_member_of
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_roles r ON r.oid = c.relowner
    WHERE c.relkind IN ('v', 'm') AND ${l}
    ORDER BY n.nspname, c.relname`))){let n={kind:"m"===String(e.kind)?"materializedView":"view",schema:String(e.schema),name:String(e.name)};a({id:n,parent:E(e.schema),payload:{def:String(e.def),reloptions:h(e)}},e,m(e.acl)),t(n,e),i(n,e.owner)}}async function C(e){let{q:n,pushWithMeta:a}=e;for(let e of(await n(`
    SELECT n.nspname AS schema, c.relname AS table, t.tgname AS name,
           c.relkind AS table_kind,
           pg_get_triggerdef(t.oid) AS def,
           t.tgenabled AS enabled,
           obj_description(t.oid, 'pg_trigger') AS comment
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND ${l}
      AND ${p("pg_class","c.oid")}
    ORDER BY n.nspname, c.relname, t.tgname`))){let n=String(e.table_kind);a({id:{kind:"trigger",schema:String(e.schema),table:String(e.table),name:String(e.name)},parent:{kind:"v"===n?"view":"m"===n?"materializedView":"f"===n?"foreignTable":"table",schema:String(e.schema),name:String(e.table)},payload:{def:String(e.def),enabled:String(e.enabled)}},e)}}async function x(e){let{q:n,pushWithMeta:a}=e;for(let e of(await n(`
    SELECT n.nspname AS schema, c.relname AS table, c.relkind AS table_kind,
           rw.rulename AS name, pg_get_ruledef(rw.oid) AS def,
           rw.ev_enabled AS enabled,
           obj_description(rw.oid, 'pg_rewrite') AS comment
    FROM pg_rewrite rw
    JOIN pg_class c ON c.oid = rw.ev_class
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE rw.rulename <> '_RETURN' AND ${l}
      AND ${p("pg_class","c.oid")}
    ORDER BY n.nspname, c.relname, rw.rulename`))){let n=String(e.table_kind);a({id:{kind:"rule",schema:String(e.schema),table:String(e.table),name:String(e.name)},parent:{kind:"v"===n?"view":"m"===n?"materializedView":"table",schema:String(e.schema),name:String(e.table)},payload:{def:String(e.def),enabled:String(e.enabled)}},e)}}async function H(e){let{q:n,facts:a}=e;for(let e of(await n(`
    SELECT r.rolname AS name, r.rolsuper, r.rolinherit, r.rolcreaterole,
           r.rolcreatedb, r.rolcanlogin, r.rolreplication, r.rolbypassrls,
           COALESCE((SELECT array_agg(cfg ORDER BY cfg)
                     FROM pg_db_role_setting s, unnest(s.setconfig) cfg
                     WHERE s.setrole = r.oid AND s.setdatabase = 0),
                    '{}')::text[] AS config
    FROM pg_roles r
    WHERE r.rolname NOT LIKE 'pg\\_%'
    ORDER BY r.rolname`)))a.push({id:{kind:"role",name:String(e.name)},payload:{superuser:!!e.rolsuper,inherit:!!e.rolinherit,createRole:!!e.rolcreaterole,createDb:!!e.rolcreatedb,login:!!e.rolcanlogin,replication:!!e.rolreplication,bypassRls:!!e.rolbypassrls,config:e.config.map(String)}});for(let e of(await n(`
    SELECT r1.rolname AS role, r2.rolname AS member,
           bool_or(m.admin_option) AS admin
    FROM pg_auth_members m
    JOIN pg_roles r1 ON r1.oid = m.roleid
    JOIN pg_roles r2 ON r2.oid = m.member
    WHERE r1.rolname NOT LIKE 'pg\\_%' AND r2.rolname NOT LIKE 'pg\\_%'
    GROUP BY 1, 2
    ORDER BY 1, 2`)))a.push({id:{kind:"membership",role:String(e.role),member:String(e.member)},payload:{admin:!!e.admin}});for(let e of(await n(`
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
        FROM aclexplode(acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)) x
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
    ORDER BY 1, 2, 3, 4`))){let n=e.revoked_default??null;a.push({id:{kind:"defaultPrivilege",role:String(e.role),schema:null==e.schema?null:e.schema,objtype:String(e.objtype),grantee:String(e.grantee)},payload:{privileges:e.privileges.map(String),grantable:(e.grantable??[]).map(String),...null!=n?{_revokedDefault:n.map(String)}:{}}})}}async function k(e){let{q:n,pushWithMeta:a,pushMemberEdge:t,pushOwnerEdge:i}=e;for(let e of(await n(`
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
           ${g("p.proacl","f","p.proowner","pg_proc","p.oid")} AS acl,
           ${c("pg_proc","p.oid")} AS ext_member_of
    FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_roles r ON r.oid = p.proowner
    JOIN pg_language l ON l.oid = p.prolang
    WHERE p.prokind IN ('f', 'p', 'w') AND ${l}
      AND NOT EXISTS (
        SELECT 1 FROM pg_depend idep
        WHERE idep.classid = 'pg_proc'::regclass AND idep.objid = p.oid
          AND idep.deptype = 'i')
    ORDER BY n.nspname, p.proname`))){let n=e.identity_args.map(String),r=(e.config_gucs??[]).map(String),o={kind:"p"===String(e.prokind)?"procedure":"function",schema:String(e.schema),name:String(e.name),args:n};a({id:o,parent:E(e.schema),payload:{def:String(e.def),returnType:null==e.return_type?null:e.return_type,argSignature:String(e.arg_signature),language:String(e.language),isWindow:"w"===String(e.prokind),...r.length>0?{_configGucs:r}:{}}},e,m(e.acl)),t(o,e),i(o,e.owner)}}async function j(e){let{q:n,pushWithMeta:a,pushMemberEdge:t,pushOwnerEdge:i}=e;for(let e of(await n(`
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
           ${g("p.proacl","f","p.proowner","pg_proc","p.oid")} AS acl,
           ${c("pg_proc","p.oid")} AS ext_member_of
    FROM pg_proc p
    JOIN pg_aggregate a ON a.aggfnoid = p.oid
    JOIN pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_roles r ON r.oid = p.proowner
    WHERE p.prokind = 'a' AND ${l}
    ORDER BY n.nspname, p.proname`))){let n={kind:"aggregate",schema:String(e.schema),name:String(e.name),args:e.identity_args.map(String)};a({id:n,parent:E(e.schema),payload:{aggKind:String(e.agg_kind),numDirectArgs:Number(e.num_direct_args),sfunc:String(e.sfunc),stype:String(e.stype),sspace:Number(e.sspace),finalfunc:null==e.finalfunc?null:e.finalfunc,finalfuncExtra:!!e.finalfunc_extra,finalfuncModify:String(e.finalfunc_modify),combinefunc:null==e.combinefunc?null:e.combinefunc,serialfunc:null==e.serialfunc?null:e.serialfunc,deserialfunc:null==e.deserialfunc?null:e.deserialfunc,msfunc:null==e.msfunc?null:e.msfunc,minvfunc:null==e.minvfunc?null:e.minvfunc,mstype:null==e.mstype?null:e.mstype,msspace:Number(e.msspace),mfinalfunc:null==e.mfinalfunc?null:e.mfinalfunc,mfinalfuncExtra:!!e.mfinalfunc_extra,mfinalfuncModify:String(e.mfinalfunc_modify),initcond:null==e.initcond?null:e.initcond,minitcond:null==e.minitcond?null:e.minitcond,sortop:null==e.sortop?null:e.sortop,parallel:String(e.parallel)}},e,m(e.acl)),t(n,e),i(n,e.owner)}}async function W(e){let{q:n,pushWithMeta:a,pushMemberEdge:t,pushOwnerEdge:i}=e;for(let e of(await n(`
    SELECT n.nspname AS name, r.rolname AS owner,
           obj_description(n.oid, 'pg_namespace') AS comment,
           ${g("n.nspacl","n","n.nspowner","pg_namespace","n.oid")} AS acl,
           ${c("pg_namespace","n.oid")} AS ext_member_of
    FROM pg_namespace n
    JOIN pg_roles r ON r.oid = n.nspowner
    WHERE ${l}
    ORDER BY n.nspname`))){let n={kind:"schema",name:String(e.name)};a({id:n,payload:{}},e,m(e.acl)),t(n,e),i(n,e.owner)}for(let e of(await n(`
    SELECT e.extname AS name, n.nspname AS schema,
           e.extrelocatable AS relocatable,
           obj_description(e.oid, 'pg_extension') AS comment
    FROM pg_extension e
    JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname <> 'plpgsql'
    ORDER BY e.extname`)))a({id:{kind:"extension",name:String(e.name)},payload:{schema:String(e.schema),relocatable:!!e.relocatable}},e)}let F={r:"table",p:"table",v:"view",m:"materializedView",S:"sequence",f:"foreignTable"},M=new Set(["r","p","f"]),J=["pg_proc","pg_namespace","pg_event_trigger","pg_publication","pg_subscription"];function $(e){return`(${e}.typtype IN ('d', 'e', 'r')
    OR (${e}.typtype = 'c' AND EXISTS (
      SELECT 1 FROM pg_class tc WHERE tc.oid = ${e}.typrelid AND tc.relkind = 'c')))`}async function Y(e){let{q:n,pushSeclabel:a,diagnostics:t}=e;if(!(await n(`SELECT EXISTS (SELECT 1 FROM pg_seclabel)
              OR EXISTS (SELECT 1 FROM pg_shseclabel) AS present`))[0]?.present)return;for(let e of(await n(`
      SELECT sl.provider, sl.label, sl.objsubid,
             n.nspname AS schema, c.relname AS name, c.relkind AS relkind,
             a.attname AS column
      FROM pg_seclabel sl
      JOIN pg_class c ON c.oid = sl.objoid AND sl.classoid = 'pg_class'::regclass
      JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = sl.objsubid
      WHERE ${l}
      ORDER BY 1, 4, 5`))){let n=String(e.schema),t=String(e.relkind);if(Number(e.objsubid)>0){M.has(t)&&a({kind:"column",schema:n,table:String(e.name),name:String(e.column)},String(e.provider),String(e.label));continue}let i=F[t];void 0!==i&&a({kind:i,schema:n,name:String(e.name)},String(e.provider),String(e.label))}for(let e of(await n(`
      SELECT sl.provider, sl.label, n.nspname AS schema, p.proname AS name,
             p.prokind AS prokind,
             ARRAY(SELECT format_type(t.t, NULL)
                   FROM unnest(p.proargtypes) WITH ORDINALITY AS t(t, ord)
                   ORDER BY t.ord)::text[] AS args
      FROM pg_seclabel sl
      JOIN pg_proc p ON p.oid = sl.objoid AND sl.classoid = 'pg_proc'::regclass
      JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${l}
      ORDER BY 1, 3, 4`))){let n=String(e.prokind);a({kind:"a"===n?"aggregate":"p"===n?"procedure":"function",schema:String(e.schema),name:String(e.name),args:e.args.map(String)},String(e.provider),String(e.label))}for(let e of(await n(`
      SELECT sl.provider, sl.label, n.nspname AS name
      FROM pg_seclabel sl
      JOIN pg_namespace n ON n.oid = sl.objoid AND sl.classoid = 'pg_namespace'::regclass
      WHERE n.nspname NOT IN ${s} AND n.nspname NOT LIKE 'pg\\_%'
      ORDER BY 1, 3`)))a({kind:"schema",name:String(e.name)},String(e.provider),String(e.label));for(let e of(await n(`
      SELECT sl.provider, sl.label, n.nspname AS schema, t.typname AS name,
             t.typtype AS typtype
      FROM pg_seclabel sl
      JOIN pg_type t ON t.oid = sl.objoid AND sl.classoid = 'pg_type'::regclass
      JOIN pg_namespace n ON n.oid = t.typnamespace
      WHERE ${l} AND ${$("t")}
      ORDER BY 1, 3, 4`)))a({kind:"d"===String(e.typtype)?"domain":"type",schema:String(e.schema),name:String(e.name)},String(e.provider),String(e.label));for(let e of(await n(`
      SELECT sl.provider, sl.label, e.evtname AS name
      FROM pg_seclabel sl
      JOIN pg_event_trigger e ON e.oid = sl.objoid AND sl.classoid = 'pg_event_trigger'::regclass
      WHERE ${p("pg_event_trigger","e.oid")}
      ORDER BY 1, 3`)))a({kind:"eventTrigger",name:String(e.name)},String(e.provider),String(e.label));for(let e of(await n(`
      SELECT sl.provider, sl.label, p.pubname AS name
      FROM pg_seclabel sl
      JOIN pg_publication p ON p.oid = sl.objoid AND sl.classoid = 'pg_publication'::regclass
      WHERE ${p("pg_publication","p.oid")}
      ORDER BY 1, 3`)))a({kind:"publication",name:String(e.name)},String(e.provider),String(e.label));for(let e of(await n(`
      SELECT sl.provider, sl.label, s.subname AS name
      FROM pg_seclabel sl
      JOIN pg_subscription s ON s.oid = sl.objoid AND sl.classoid = 'pg_subscription'::regclass
      ORDER BY 1, 3`)))a({kind:"subscription",name:String(e.name)},String(e.provider),String(e.label));for(let e of(await n(`
      SELECT sl.provider, sl.label, r.rolname AS name
      FROM pg_shseclabel sl
      JOIN pg_roles r ON r.oid = sl.objoid AND sl.classoid = 'pg_authid'::regclass
      WHERE r.rolname NOT LIKE 'pg\\_%'
      ORDER BY 1, 3`)))a({kind:"role",name:String(e.name)},String(e.provider),String(e.label));let i=J.map(e=>`'${e}'::regclass`).join(", "),r=Object.keys(F).map(e=>`'${e}'`).join(", "),o=[...M].map(e=>`'${e}'`).join(", ");for(let e of(await n(`
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
               (sl.objsubid > 0 AND c.relkind IN (${o}))
               OR (sl.objsubid = 0 AND c.relkind IN (${r})))))
          -- a pg_type label resolves only for a MODELED type kind; a label on a
          -- base/shell/table-rowtype pg_type is unresolved (no type fact)
          OR (sl.classoid = 'pg_type'::regclass AND EXISTS (
             SELECT 1 FROM pg_type t WHERE t.oid = sl.objoid AND ${$("t")}))
          OR sl.classoid IN (${i})
        )
        UNION ALL
        SELECT sl.classoid::regclass::text,
               sl.classoid::regclass::text || ' #' || sl.objoid::text
        FROM pg_shseclabel sl
        WHERE sl.classoid <> 'pg_authid'::regclass
      ) u
      GROUP BY obj_class
      ORDER BY obj_class`))){let n=Number(e.count),a=String(e.obj_class),i=e.samples??[],r=n>i.length?", …":"";t.push({code:"unresolved_security_label",severity:"warning",message:`${n} security label${1===n?"":"s"} on unmodeled target${1===n?"":"s"} (${a}) cannot be managed by this engine (e.g. ${i.join(", ")}${r}) — the label is reported, not applied`,context:{objClass:a,count:n,samples:i}})}}async function B(e){let{q:n,pushWithMeta:a,pushMemberEdge:t,pushOwnerEdge:i}=e;for(let e of(await n(`
    SELECT n.nspname AS schema, t.typname AS name, r.rolname AS owner,
           format_type(t.typbasetype, t.typtypmod) AS base_type,
           t.typnotnull AS not_null, t.typdefault AS default_expr,
           CASE WHEN t.typcollation <> bt.typcollation THEN (
             SELECT quote_ident(cn.nspname) || '.' || quote_ident(co.collname)
             FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
             WHERE co.oid = t.typcollation)
           END AS collation,
           obj_description(t.oid, 'pg_type') AS comment,
           ${g("t.typacl","T","t.typowner","pg_type","t.oid")} AS acl,
           ${c("pg_type","t.oid")} AS ext_member_of
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_roles r ON r.oid = t.typowner
    JOIN pg_type bt ON bt.oid = t.typbasetype
    WHERE t.typtype = 'd' AND ${l}
    ORDER BY n.nspname, t.typname`))){let n={kind:"domain",schema:String(e.schema),name:String(e.name)};a({id:n,parent:E(e.schema),payload:{baseType:String(e.base_type),notNull:!!e.not_null,default:null==e.default_expr?null:e.default_expr,collation:null==e.collation?null:e.collation}},e,m(e.acl)),t(n,e),i(n,e.owner)}for(let e of(await n(`
    SELECT n.nspname AS schema, t.typname AS domain, con.conname AS name,
           pg_get_constraintdef(con.oid) AS def,
           con.contype AS type, con.convalidated AS validated,
           obj_description(con.oid, 'pg_constraint') AS comment
    FROM pg_constraint con
    JOIN pg_type t ON t.oid = con.contypid
    JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE con.contypid <> 0 AND ${l}
      AND ${p("pg_type","t.oid")}
    ORDER BY n.nspname, t.typname, con.conname`)))a({id:{kind:"constraint",schema:String(e.schema),table:String(e.domain),name:String(e.name)},parent:{kind:"domain",schema:String(e.schema),name:String(e.domain)},payload:{def:String(e.def),type:String(e.type),validated:!!e.validated}},e)}async function U(e){let{q:n,facts:a,pushWithMeta:t,pushMemberEdge:i,pushOwnerEdge:r,pgMajor:o}=e;for(let e of(await n(`
    SELECT n.nspname AS schema, t.typname AS name, r.rolname AS owner,
           ARRAY(SELECT e.enumlabel::text FROM pg_enum e
                 WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) AS values,
           obj_description(t.oid, 'pg_type') AS comment,
           ${g("t.typacl","T","t.typowner","pg_type","t.oid")} AS acl,
           ${c("pg_type","t.oid")} AS ext_member_of
    FROM pg_type t
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_roles r ON r.oid = t.typowner
    WHERE t.typtype = 'e' AND ${l}
    ORDER BY n.nspname, t.typname`))){let n={kind:"type",schema:String(e.schema),name:String(e.name)};t({id:n,parent:E(e.schema),payload:{variant:"enum",values:e.values.map(String)}},e,m(e.acl)),i(n,e),r(n,e.owner)}for(let e of(await n(`
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
           ${g("t.typacl","T","t.typowner","pg_type","t.oid")} AS acl,
           ${c("pg_type","t.oid")} AS ext_member_of
    FROM pg_type t
    JOIN pg_class tc ON tc.oid = t.typrelid AND tc.relkind = 'c'
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_roles r ON r.oid = t.typowner
    WHERE t.typtype = 'c' AND ${l}
    ORDER BY n.nspname, t.typname`))){let n={kind:"type",schema:String(e.schema),name:String(e.name)};for(let o of(t({id:n,parent:E(e.schema),payload:{variant:"composite"}},e,m(e.acl)),i(n,e),r(n,e.owner),e.attrs??[]))a.push({id:{kind:"typeAttribute",schema:String(e.schema),type:String(e.name),name:o.name},parent:n,payload:{type:o.type,collation:o.collation??null,_position:o.position}})}let s=o>=14?`(SELECT quote_ident(mn.nspname) || '.' || quote_ident(mt.typname)
            FROM pg_type mt JOIN pg_namespace mn ON mn.oid = mt.typnamespace
            WHERE mt.oid = rng.rngmultitypid)`:"NULL::text";for(let e of(await n(`
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
           ${s} AS multirange_type_name,
           obj_description(t.oid, 'pg_type') AS comment,
           ${g("t.typacl","T","t.typowner","pg_type","t.oid")} AS acl,
           ${c("pg_type","t.oid")} AS ext_member_of
    FROM pg_range rng
    JOIN pg_type t ON t.oid = rng.rngtypid
    JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_roles r ON r.oid = t.typowner
    JOIN pg_opclass opc ON opc.oid = rng.rngsubopc
    JOIN pg_namespace opcn ON opcn.oid = opc.opcnamespace
    WHERE t.typtype = 'r' AND ${l}
    ORDER BY n.nspname, t.typname`))){let n={kind:"type",schema:String(e.schema),name:String(e.name)};t({id:n,parent:E(e.schema),payload:{variant:"range",subtype:String(e.subtype),subtypeOpclass:null==e.subtype_opclass?null:e.subtype_opclass,collation:null==e.collation?null:e.collation,subtypeDiff:null==e.subtype_diff?null:e.subtype_diff,multirangeTypeName:null==e.multirange_type_name?null:e.multirange_type_name}},e,m(e.acl)),i(n,e),r(n,e.owner)}}async function q(e){let{q:n,pushWithMeta:a,pushMemberEdge:t,pushOwnerEdge:i}=e;for(let e of(await n(`
    SELECT n.nspname AS schema, c.collname AS name, r.rolname AS owner,
           c.collprovider AS provider, c.collisdeterministic AS deterministic,
           to_jsonb(c) AS raw,
           obj_description(c.oid, 'pg_collation') AS comment,
           ${c("pg_collation","c.oid")} AS ext_member_of
    FROM pg_collation c
    JOIN pg_namespace n ON n.oid = c.collnamespace
    JOIN pg_roles r ON r.oid = c.collowner
    WHERE ${l}
    ORDER BY n.nspname, c.collname`))){let n=e.raw,r=n.colllocale??n.colliculocale??null,o={kind:"collation",schema:String(e.schema),name:String(e.name)};a({id:o,parent:E(e.schema),payload:{provider:String(e.provider),deterministic:!!e.deterministic,locale:r,lcCollate:n.collcollate??null,lcCtype:n.collctype??null}},e),t(o,e),i(o,e.owner)}}let P=[{kind:"cast",classid:"pg_cast",oid:"c.oid",name:"format_type(c.castsource, NULL) || ' AS ' || format_type(c.casttarget, NULL)",from:"pg_cast c"},{kind:"operator",classid:"pg_operator",oid:"o.oid",name:"o.oprname",from:"pg_operator o"},{kind:"operator class",classid:"pg_opclass",oid:"opc.oid",name:"opc.opcname",from:"pg_opclass opc"},{kind:"operator family",classid:"pg_opfamily",oid:"opf.oid",name:"opf.opfname",from:"pg_opfamily opf"},{kind:"text search configuration",classid:"pg_ts_config",oid:"tc.oid",name:"tc.cfgname",from:"pg_ts_config tc"},{kind:"text search dictionary",classid:"pg_ts_dict",oid:"td.oid",name:"td.dictname",from:"pg_ts_dict td"},{kind:"text search parser",classid:"pg_ts_parser",oid:"tp.oid",name:"tp.prsname",from:"pg_ts_parser tp"},{kind:"text search template",classid:"pg_ts_template",oid:"tt.oid",name:"tt.tmplname",from:"pg_ts_template tt"},{kind:"statistics object",classid:"pg_statistic_ext",oid:"se.oid",name:"se.stxname",from:"pg_statistic_ext se"},{kind:"language",classid:"pg_language",oid:"l.oid",name:"l.lanname",from:"pg_language l",where:"l.lanispl"},{kind:"transform",classid:"pg_transform",oid:"tr.oid",name:"format_type(tr.trftype, NULL) || ' / ' || (SELECT ll.lanname FROM pg_language ll WHERE ll.oid = tr.trflang)",from:"pg_transform tr"},{kind:"parameter ACL",classid:"pg_parameter_acl",oid:"pa.oid",name:"pa.parname",from:"pg_parameter_acl pa",minVersion:15}];function G(e){var n,a,t,i;let r=[e.where,`${e.oid} >= 16384`,`NOT ${(n=e.classid,a=e.oid,`EXISTS (SELECT 1 FROM pg_depend de
    WHERE de.classid = '${n}'::regclass
      AND de.objid = ${a} AND de.deptype = 'e')`)}`,`NOT ${(t=e.classid,i=e.oid,`EXISTS (SELECT 1 FROM pg_depend idep
    WHERE idep.classid = '${t}'::regclass
      AND idep.objid = ${i} AND idep.deptype = 'i')`)}`].filter(Boolean);return`SELECT '${e.kind}'::text AS kind,
            count(*)::int AS count,
            (array_agg(nm ORDER BY nm))[1:5] AS samples
     FROM (
       SELECT ${e.name} AS nm
       FROM ${e.from}
       WHERE ${r.join(" AND ")}
     ) s`}async function V(e,n){let a=P.filter(e=>void 0===e.minVersion||n>=e.minVersion).map(G).join("\nUNION ALL\n"),{rows:t}=await e.query(a),i=[];for(let e of t){if(e.count<=0)continue;let n=e.samples??[],a=e.count>n.length?", …":"";i.push({code:"unmodeled_kind",severity:"warning",message:`${e.count} unmodeled "${e.kind}" object${1===e.count?"":"s"} not managed by this engine (e.g. ${n.join(", ")}${a}) — v1 detects but does not model this kind`,context:{kind:e.kind,count:e.count,samples:n}})}return i}async function X(e,n={}){let a=await e.connect();try{await a.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),await a.query("SET LOCAL search_path TO 'pg_catalog'"),void 0!==n.statementTimeoutMs&&await a.query(`SET LOCAL statement_timeout = ${Math.max(0,Math.floor(n.statementTimeoutMs))}`);let e=await K(a,n.source??"liveDb",n.statementTimeoutMs,n.handlers??[],n.redactSecrets??!0);return await a.query("COMMIT"),e}catch(e){throw await a.query("ROLLBACK").catch(()=>{}),e}finally{a.release()}}async function K(e,n,a,i,r){let s=await _(e,a,r);await e.query(s.pgMajor>=15?"SELECT set_config('jit', 'off', true) WHERE has_parameter_privilege(current_user, 'jit', 'SET')":"SET LOCAL jit = off"),r||s.diagnostics.push({code:"secret-redaction-disabled",severity:"warning",message:"Secret redaction is DISABLED: foreign-data option values and subscription conninfo are emitted in cleartext in plan SQL, the catalog snapshot, declarative export, and the plan artifact. Do not persist these artifacts to untrusted locations."});let l=s.serverVersion;await H(s),await W(s),await T(s),await L(s),await v(s),await w(s),await I(s),await D(s),await k(s),await C(s),await O(s),await B(s),await U(s),await q(s),await N(s),await x(s),await j(s),await b(s),await y(s),await R(s),await Y(s),await S(s),await u(s);let p=o(s.facts);s.diagnostics.push(...p.diagnostics);let c=(0,t.kb)(p.facts,s.edges,n);if(i.length>0){let e={query:s.q},a=[],r=[],o=[];for(let n of i){let t=await n.capture(e,c);a.push(...t.facts),r.push(...t.edges),t.diagnostics&&o.push(...t.diagnostics)}(a.length>0||r.length>0)&&(c=(0,t.kb)([...c.facts(),...a],[...c.edges,...r],n)),c.diagnostics.push(...o)}return c.diagnostics.push(...s.factDiagnostics),s.diagnostics.push(...c.diagnostics),s.diagnostics.push(...await V(e,s.pgMajor)),{factBase:c,pgVersion:l,diagnostics:s.diagnostics}}}),5346:e};