const x=111,M=[111],H={8770:((b,S,p)=>{p.d(S,{G:()=>A,v:()=>d});var E=p(9798),u=p(8924);const d="n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'",_=(t,r)=>`NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${t}'::regclass AND e.objid = ${r} AND e.deptype = 'e')`;async function A(t){const r=await L(t),m=new Map((await(0,E.findLedgers)(t)).map(a=>[a.id,a.tool])),N=new Map;for(const{table:a,...e}of await f(t))N.set(a,[...N.get(a)??[],e]);const s=(await R(t)).map(a=>({...a,columns:N.get(a.id)??[],ledger:m.get(a.id)})),[i]=await t.query("SELECT count(*)::int AS objects FROM pg_largeobject_metadata");return{server:r,tables:s,uniques:await O(t),foreignKeys:await o(t),dependents:await g(t),largeObjects:i?.objects??0,userMappings:await t.query("SELECT srvname::text AS server, usename::text AS user FROM pg_user_mappings"),labels:await(0,u.k)(t)}}async function L(t){const[r]=await t.query(`SELECT current_setting('server_version_num')::int AS version, rolsuper AS superuser, rolname::text AS role
       FROM pg_roles WHERE rolname = current_user`);return r??{version:0,superuser:!1,role:""}}function R(t){return t.query(`SELECT c.oid::text AS id, n.nspname::text AS schema, c.relname::text AS name, c.oid::regclass::text AS sql,
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
      WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't' AND ${d} AND ${_("pg_class","c.oid")}
      ORDER BY c.oid`)}function f(t){return t.query(`WITH RECURSIVE down AS (
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
      WHERE c.relkind IN ('r', 'p', 'f') AND ${d} AND a.attnum > 0 AND NOT a.attisdropped
      ORDER BY a.attrelid, a.attnum`)}function O(t){return t.query(`SELECT i.indexrelid::regclass::text AS name, i.indisprimary AS primary, i.indrelid::text AS table,
            ARRAY(SELECT DISTINCT k FROM (SELECT unnest((i.indkey::int2[])[0:i.indnkeyatts - 1])::int UNION
              SELECT d.refobjsubid FROM pg_depend d WHERE i.indexprs IS NOT NULL AND d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid > 0) AS all_of(k) WHERE k > 0) AS columns,
            ARRAY(SELECT a.attnum::int FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum > 0 AND i.indnkeyatts = 1
              AND pg_get_indexdef(i.indexrelid, 1, true) ~ ('^lower\\(\\(?' || regexp_replace(quote_ident(a.attname), '[][(){}.*+?^$|\\\\]', '\\\\\\&', 'g') || '(\\)?::text)?\\)$')) AS lowered
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE (i.indisunique OR i.indisexclusion) AND c.relkind IN ('r', 'p') AND ${d} ORDER BY i.indexrelid`)}function o(t){return t.query(`SELECT o.oid::text AS id, o.conname::text AS name, o.conrelid::text AS table, o.conkey::int[] AS columns,
            o.confrelid::text AS target, o.confkey::int[] AS "targetColumns",
            ARRAY(SELECT format('OPERATOR(%I.%s)', n.nspname, p.oprname) FROM unnest(o.conpfeqop) WITH ORDINALITY AS e(id, i)
                    JOIN pg_operator p ON p.oid = e.id JOIN pg_namespace n ON n.oid = p.oprnamespace ORDER BY e.i) AS operators, pg_get_constraintdef(o.oid) AS definition,
            obj_description(o.oid, 'pg_constraint') AS comment
       FROM pg_constraint o WHERE o.contype = 'f' AND o.conparentid = 0 ORDER BY o.oid`)}async function g(t){const r=(m,N)=>`(SELECT coalesce(jsonb_agg(DISTINCT jsonb_build_object('relation', d.refobjid::text, 'column', d.refobjsubid)), '[]') FROM pg_depend d
       WHERE d.classid = '${m}'::regclass AND d.objid = ${N} AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('n', 'a'))`;return t.query(`SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END AS kind, c.oid::text AS id, c.oid::regclass::text AS name,
            c.oid::text AS relation, ${r("pg_rewrite","r.oid")} AS uses
       FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('v', 'm') AND r.rulename = '_RETURN' AND ${d}
     UNION ALL
     SELECT 'rule', r.oid::text, r.rulename || ' on ' || c.oid::regclass, c.oid::text, ${r("pg_rewrite","r.oid")}
       FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE r.rulename <> '_RETURN' AND ${d}
     UNION ALL
     SELECT 'policy', p.oid::text, p.polname || ' on ' || p.polrelid::regclass, p.polrelid::text, ${r("pg_policy","p.oid")} FROM pg_policy p
     UNION ALL
     SELECT 'trigger', t.oid::text, t.tgname || ' on ' || t.tgrelid::regclass, t.tgrelid::text, ${r("pg_trigger","t.oid")}
       FROM pg_trigger t WHERE NOT t.tgisinternal AND t.tgparentid = 0
     UNION ALL
     SELECT 'function', p.oid::text, p.oid::regprocedure::text, '0', ${r("pg_proc","p.oid")} FROM pg_proc p
      WHERE EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass)
     UNION ALL
     SELECT 'publication', p.oid::text, (SELECT pubname FROM pg_publication b WHERE b.oid = p.prpubid) || ' with ' || p.prrelid::regclass, '0',
            ${r("pg_publication_rel","p.oid")} FROM pg_publication_rel p
      ORDER BY 1, 2`)}}),8924:((b,S,p)=>{p.d(S,{W:()=>d,k:()=>u});var E=p(7598);function u(_){return _.query(`SELECT l.provider, l.objoid::text AS table, l.objsubid AS column, l.label FROM pg_seclabel l
      WHERE l.classoid = 'pg_class'::regclass AND l.provider IN ('anon', 'k_anonymity') ORDER BY l.objoid, l.objsubid, l.provider`)}function d({labels:_}){if(_.length===0)return[];const A=(0,E.createHash)("sha256").update(_.join(`
`)).digest("hex").slice(0,16);return[`Security labels ruled ${_.length} columns (${A}).`]}}),4883:((b,S,p)=>{p.d(S,{$J:()=>A,BO:()=>i,D8:()=>s,Dz:()=>r,RO:()=>m,RP:()=>t,Rq:()=>N,fY:()=>_,lr:()=>a,ol:()=>O,rC:()=>L,uQ:()=>R,wh:()=>f});var E=p(9085),u=p(8460),d=p(4599);const _="db_branch_masking";function A(e){return e.targets.flatMap(n=>(0,E.CI)(n.target,`${(0,u.C)(n.table)}.${n.target.column.name}`).map(l=>({masked:n,part:l}))).map(({masked:n,part:l},T)=>({masked:n,part:l,pool:l.proof.kind==="shape"&&!l.proof.small?0:T+1}))}function L(e,{targets:c}){return e.filter(({masked:n})=>c.includes(n))}function R({part:{proof:e}}){return e.kind==="moved"||e.kind==="shape"&&!e.small}const f=e=>`((${e})::text COLLATE pg_catalog."default")`,O=e=>`hashtextextended(${e} COLLATE "C", (SELECT current_setting('dbb.check')::int8))`;function o({part:{proof:e}},c){const n=f(c);return e.kind==="moved"?`CASE WHEN ${n} NOT LIKE '%infinity' THEN ${O(`(t."row number"::text || ' ' || ${n})`)} END`:O(`nullif(${n}, '')`)}const g=({masked:e})=>`t.${(0,d.Cv)(e.target.column.name)}`;function t(e,c){return[...e.entries()].flatMap(([n,l])=>{if(!R(l))return[];const{single:T,values:y}=l.part,D=g(l),I=(C,h)=>`SELECT ${l.pool} AS pool, ${n} AS unit, ${C} AS digest FROM ${c}${h}`;return[...T?[I(o(l,T(D)),"")]:[],...y?[I(o(l,"u.value"),`, LATERAL ${y(D)}`)]:[]]})}function r(e,c){const n=t(e,c);if(n.length!==0)return n.map(l=>`SELECT o.pool, o.digest FROM (${l}) o`).join(" UNION ALL ")}function m(e,c){return c.some(({part:n})=>n.proof.kind==="moved")?`(SELECT *, row_number() OVER () AS "row number" FROM ONLY ${e.sql}) t`:`ONLY ${e.sql} t`}async function N(e){await e.query("SET LOCAL synchronize_seqscans = off; SET LOCAL max_parallel_workers_per_gather = 0")}async function s(e,c,n){await N(e);const l=r(n,m(c,n));return l!==void 0&&await e.query(`INSERT INTO ${_}.originals (pool, digest) ${l}`),i(e,c)}async function i(e,c){const[n]=await e.query(`SELECT count(*)::text AS rows FROM ONLY ${c.sql}`);return Number(n?.rows)}const a=`CREATE UNLOGGED TABLE ${_}.originals (pool int NOT NULL, digest int8)`}),3492:((b,S,p)=>{p.d(S,{BG:()=>O,f9:()=>R,jZ:()=>_,me:()=>L,oG:()=>A});var E=p(1416),u=p(8770),d=p(4883);const _=o=>/^(email|I)/.test(o)?`an ${o}`:`a ${o}`;async function A(o){const g=[],t=await o.query(`SELECT DISTINCT s.schemaname || '.' || s.tablename || '.' || s.attname AS name FROM pg_stats s,
       LATERAL unnest(coalesce(s.most_common_vals::text::text[], '{}') || coalesce(s.histogram_bounds::text::text[], '{}')) v(value)
      WHERE s.schemaname !~ '^pg_' AND s.schemaname NOT IN ('information_schema', '${d.fY}')
        AND ${(0,d.ol)((0,d.wh)("v.value"))} IN (SELECT digest FROM ${d.fY}.originals WHERE pool = 0)`),r=await o.query(`SELECT DISTINCT s.schemaname || '.' || s.statistics_name AS name FROM pg_stats_ext s, LATERAL unnest(s.most_common_vals) v(value)
      WHERE v.value IS NOT NULL AND ${(0,d.ol)((0,d.wh)("v.value"))} IN (SELECT digest FROM ${d.fY}.originals WHERE pool = 0)`);for(const{name:m}of[...t,...r])g.push(`the statistics of ${m} quote originals`);return{check:{name:"no original value in the statistics",covered:"pg_stats and pg_stats_ext"},problems:g}}async function L(o){const g=await o.query(`SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE NOT i.indisvalid AND i.indisunique AND c.relkind <> 'p' AND ${u.v}`),[t]=await o.query("SELECT count(*)::text AS keys FROM pg_constraint WHERE contype = 'f' AND convalidated");return{check:{name:"foreign keys and unique indexes valid",covered:`${t?.keys} foreign keys`},problems:g.map(({name:r})=>`the unique index ${r} is not valid`)}}async function R(o){const g=await o.query(`SELECT 'a user mapping on ' || srvname AS what FROM pg_user_mappings
     UNION ALL SELECT 'a password in the foreign server ' || srvname FROM pg_foreign_server WHERE srvoptions::text ~* 'passw|secret|token|://[^ /:@]+:[^ /@]+@'
     UNION ALL SELECT 'the subscription ' || subname FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
     UNION ALL SELECT 'large objects' WHERE EXISTS (SELECT FROM pg_largeobject_metadata)`);return{check:{name:"no login on another server, no large object",covered:"user mappings, foreign servers, subscriptions"},problems:g.map(({what:t})=>`the branch carries ${t}`)}}const f=E.mW.filter(({name:o})=>["email","URL with a password","private key","JSON web token"].includes(o));async function O(o){const g=await o.query(`SELECT 'the function ' || p.oid::regprocedure AS what, p.prosrc AS text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE ${u.v} AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
     UNION ALL SELECT 'a comment on ' || pg_describe_object(d.classoid, d.objoid, d.objsubid), d.description FROM pg_description d WHERE d.objoid >= 16384
     UNION ALL SELECT 'the default of ' || pg_describe_object('pg_attrdef'::regclass, a.oid, 0), pg_get_expr(a.adbin, a.adrelid) FROM pg_attrdef a
     UNION ALL SELECT 'the constraint ' || o.conname, pg_get_constraintdef(o.oid) FROM pg_constraint o WHERE o.contype = 'c'
     UNION ALL SELECT 'the view ' || c.oid::regclass, pg_get_viewdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND ${u.v}
     UNION ALL SELECT 'the policy ' || p.polname, concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) FROM pg_policy p`),t=g.flatMap(({what:r,text:m})=>(0,E.o0)(m,f).map(N=>`${r} holds what looks like ${_(N)}`));return{check:{name:"no address or password in functions, comments and other definitions",covered:`${g.length} texts`},problems:t}}}),1416:((b,S,p)=>{p.d(S,{aK:()=>L,mW:()=>A,o0:()=>R});const E=s=>`(?<![A-Za-z0-9])(?:${s})(?![A-Za-z0-9])`,u=()=>!0,d=s=>s.replace(/\D/g,""),A=[{name:"email",pattern:`[^\\s@,;:"'<>()\\[\\]{}/\\\\]+@(?!(?:[A-Za-z0-9-]+\\.)*example(?:\\.(?:com|org|net))?(?![A-Za-z0-9.-]))[^\\s@,;:"'<>()\\[\\]{}/\\\\]+\\.[^\\s@,;:"'<>()\\[\\]{}/\\\\.]{2,}`,confirms:u},{name:"phone number",pattern:E("[+](?!999|1[ ().-]*555)[0-9](?:[ ()./-]{0,2}[0-9]){7,14}|[(]?(?!555|000)[2-9][0-9]{2}[)]?[ .-][0-9]{3}[ .-][0-9]{4}"),confirms:u},{name:"payment card",pattern:E("[3-6][0-9](?:[ -]?[0-9]){11,17}"),confirms:O},{name:"IBAN",pattern:E("[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}"),confirms:g},{name:"US social security number",pattern:E("(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}"),confirms:u},{name:"IPv4 address",pattern:E("[0-9]{1,3}(?:[.][0-9]{1,3}){3}(?![.][0-9])"),confirms:r},{name:"IPv6 address",pattern:E("[0-9A-Fa-f]{1,4}:(?:[0-9A-Fa-f]{0,4}:){1,6}[0-9A-Fa-f]{0,4}"),confirms:m},{name:"MAC address",pattern:E("[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![:-])"),confirms:N},{name:"JSON web token",pattern:"eyJ[A-Za-z0-9_-]{8,}[.]eyJ[A-Za-z0-9_-]{8,}[.]",confirms:u},{name:"private key",pattern:"-----BEGIN [A-Z ]*PRIVATE KEY",confirms:u},{name:"URL with a password",pattern:"[A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@]+:[^\\s/@]+@",confirms:u}],L="@|eyJ|BEGIN|[A-Z]{2}[0-9]{2}|[0-9A-Fa-f:.-]{6}|[0-9][0-9 ()./-]{6}";function R(s,i=A){return i.filter(({pattern:a,confirms:e})=>[...s.matchAll(new RegExp(a,"gu"))].some(([c])=>e(c))).map(a=>a.name)}function f(s){return[...s].toReversed().reduce((a,e,c)=>{const n=Number(e)*(c%2===0?1:2);return a+(n>9?n-9:n)},0)%10===0}function O(s){const i=d(s);return i.length>=13&&i.length<=19&&!i.startsWith("424242")&&f(i)}const o={AT:20,BE:16,BG:22,BR:29,CH:21,CY:28,CZ:24,DE:22,DK:18,EE:20,ES:24,FI:18,FR:27,GB:22,GR:27,HR:21,HU:28,IE:22,IL:23,IS:26,IT:27,LI:21,LT:20,LU:20,LV:21,MC:27,MT:31,NL:18,NO:15,PL:28,PT:25,RO:24,SA:24,SE:24,SI:19,SK:24,SM:27,TR:26,UA:29};function g(s){const i=s.replaceAll(" ",""),a=o[i.slice(0,2)];return a!==void 0&&i.length>=a&&t(i.slice(0,a))}function t(s){return[...s.slice(4)+s.slice(0,4)].reduce((a,e)=>+`${a}${parseInt(e,36)}`%97,0)===1}function r(s){const i=s.split(".").map(Number),[a=0,e=0]=i;return i.some(n=>n>255)||a===0||a>=224?!1:!/^(10\.|127\.|169\.254\.|192\.168\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(s)&&!(a===172&&e>=16&&e<32)&&!(a===198&&(e===18||e===19))}function m(s){const i=s.split(":");return/^2001:0?db8:/i.test(s)||s.split("::").length>2?!1:s.includes("::")&&i.filter(e=>e!=="").length>=3||i.length===8&&i.every(e=>e!=="")}function N(s){const i=s.toLowerCase().replaceAll("-",":");return!i.startsWith("02:00:00:")&&!/^(00:){5}00$|^(ff:){5}ff$/.test(i)}})};export{x as id,M as ids,H as modules};
