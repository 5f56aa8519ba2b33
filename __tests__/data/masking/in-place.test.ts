import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import type { Certificate } from '../../../src/data/masking/mask-branch.js'
import { mask, refusalOf, scratch } from './stage.js'

const hostile = readFileSync(path.join(import.meta.dirname, 'hostile.sql'), 'utf8')
const rules = `
tables:
  Über Uns.Kunden "A":
    E-Mail: email
    nick: { mask: hash }
    domain mail: email
    phone: phone
    code: { mask: constant, value: none }
    tags: hash
    profile: { mask: json, paths: { contact.email: email, "items[*].email": email } }
    born: { mask: date_shift, key: Id }
    seen: date_shift
    addr: ip
    mac: mac
    token: hash
  orders:
    note: redact_text
    at: { mask: generalise, unit: year }
  events: { who: name, happened: { keep: the day something happened is nobody's } }
columns: { kind: { keep: a word for the kind of order } }
harmless: [{ tables: kept, columns: label, because: labels of the catalogue }]
leave_out: [audit]
links: [['Über Uns.Kunden "A".E-Mail', 'Über Uns.Kunden "A".profile:contact.email']]
large_objects: remove
`
const people = `"Über Uns"."Kunden ""A"""`

/** How often a text stands in the files of a database, once all of it is on disk. */
async function inFiles(server: PostgresServer, database: string, text: string): Promise<string[]> {
  const [row] = await server.sql<{ oid: string }>(
    database,
    `CHECKPOINT; SELECT oid::text FROM pg_database WHERE datname = current_database()`,
  )
  const directory = path.join(server.dataDirectory, 'base', row?.oid ?? '')
  return readdirSync(directory).filter((file) => readFileSync(path.join(directory, file)).includes(text))
}

/** Definitions of everything people made, to compare before and after. */
const definitions = `
  SELECT concat_ws(' ', 'view', c.oid::regclass, pg_get_viewdef(c.oid), c.reloptions::text, pg_get_userbyid(c.relowner),
           (SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(c.relacl) a)) AS d
    FROM pg_class c WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace AND relname NOT LIKE 'pg_%'
  UNION ALL SELECT concat_ws(' ', 'column', c.oid::regclass, a.attname, format_type(atttypid, atttypmod), attcollation::regcollation, attstorage, attgenerated,
           attidentity, attnotnull, a.attacl::text, pg_get_expr(f.adbin, f.adrelid))
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid LEFT JOIN pg_attrdef f ON adrelid = attrelid AND adnum = attnum
   WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'v', 'm', 'p') AND c.relnamespace::regnamespace::text ~ 'public|Uns'
  UNION ALL SELECT concat_ws(' ', 'constraint', conname, pg_get_constraintdef(oid), convalidated) FROM pg_constraint WHERE connamespace::regnamespace::text ~ 'public|Uns'
  UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE c.relnamespace::regnamespace::text ~ 'public|Uns'
  UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT concat_ws(' ', 'policy', polname, polpermissive, polcmd, polroles::regrole[], pg_get_expr(polqual, polrelid)) FROM pg_policy
  UNION ALL SELECT concat_ws(' ', 'rule', pg_get_ruledef(oid)) FROM pg_rewrite WHERE rulename = 'no_delete'
  UNION ALL SELECT concat_ws(' ', 'comment', d.description, pg_describe_object(classoid, objoid, objsubid)) FROM pg_description d
   WHERE objoid >= 16384 AND classoid <> 'pg_extension'::regclass AND classoid <> 'pg_proc'::regclass
  UNION ALL SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext ORDER BY 1`

describe('a hostile schema', () => {
  let server: PostgresServer
  let database: string
  let before: unknown[]
  let certificate: Certificate
  let planted: number

  beforeAll(async () => {
    server = await startPostgres()
    database = await scratch(server, hostile)
    before = await server.sql(database, definitions)
    planted = (await inFiles(server, database, 'PLANT-')).length
    certificate = await mask(server, database, rules)
  })
  afterAll(() => server.stop())

  it('leaves no planted value in any table or file', async () => {
    expect(planted).toBeGreaterThan(10)
    expect(await inFiles(server, database, 'PLANT-')).toEqual([])
    const tables = await server.sql<{ name: string }>(
      database,
      `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE relkind IN ('r', 'm', 'p') OR (relkind = 'v' AND relname !~ '^pg_(backend_memory|stat_activity|shmem)')`,
    )
    expect(tables.length).toBeGreaterThan(100)
    const found: string[] = []
    for (const { name } of tables) {
      const rows = await server.sql(database, `SELECT FROM ${name} t WHERE t::text ~ 'PLANT|7766[0-9]{3}|93\\.184'`)
      if (rows.length > 0) found.push(name)
    }
    expect(found).toEqual([])
  })

  it('brings every object back as it was, and tells of the column that moved', async () => {
    expect(await server.sql(database, definitions)).toEqual(before)
    expect(certificate.notes).toEqual([
      'The generated column Über Uns.Kunden "A".full_mail now stands at the end of its table: PostgreSQL changes no column under one.',
    ])
  })

  it('builds plain indexes again as they were, and leaves others alone', async () => {
    const shop = await scratch(
      server,
      `CREATE TABLE a (id int PRIMARY KEY, mail text NOT NULL, n int NOT NULL, UNIQUE (n));
       INSERT INTO a SELECT g, 'ada' || g || '@corp.de', g FROM generate_series(1, 300) g;
       CREATE UNIQUE INDEX low ON a (lower(mail) text_pattern_ops DESC NULLS LAST) INCLUDE (n) WITH (fillfactor = 70) WHERE n > 2;
       COMMENT ON INDEX low IS 'it''s ours'; CREATE INDEX h ON a USING hash (mail);
       CREATE INDEX counted ON a ((n + 1)); ALTER INDEX counted ALTER COLUMN 1 SET STATISTICS 500;
       CREATE INDEX sorted ON a (mail, id); CLUSTER a USING sorted;
       CREATE UNIQUE INDEX identity ON a (n, id); ALTER TABLE a ALTER id SET NOT NULL, REPLICA IDENTITY USING INDEX identity;
       CREATE UNIQUE INDEX target ON a (id, n); CREATE TABLE b (id int, n int, FOREIGN KEY (id, n) REFERENCES a (id, n))`,
    )
    const indexes = `SELECT x.oid::text, pg_get_indexdef(x.oid) AS definition, indisclustered, indisreplident, indisvalid, obj_description(x.oid, 'pg_class') AS comment, relfilenode,
        (SELECT string_agg(coalesce(to_jsonb(a) ->> 'attstattarget', '-'), ',') FROM pg_attribute a WHERE attrelid = x.oid) AS targets
      FROM pg_index JOIN pg_class x ON x.oid = indexrelid WHERE indrelid = 'a'::regclass ORDER BY definition`
    interface Index {
      readonly oid: string
      readonly relfilenode: number
      readonly definition: string
    }
    const was = await server.sql<Index>(shop, indexes)
    await mask(server, shop, 'tables: { a: { mail: email } }')
    const is = await server.sql<Index>(shop, indexes)
    const lasting = (index: Index) => ({ ...index, oid: '', relfilenode: 0 })
    expect(is.map(lasting)).toEqual(was.map(lasting))
    const files = new Set(was.map(({ relfilenode }) => relfilenode))
    expect(is.filter(({ relfilenode }) => files.has(relfilenode))).toEqual([])
    const remade = is.filter(({ oid }) => !was.some((index) => index.oid === oid))
    expect(remade.map(({ definition }) => / INDEX (\w+) /.exec(definition)?.[1])).toEqual(
      expect.arrayContaining(['h', 'low']),
    )
  })

  it('reaches what children compute and parts are divided by', async () => {
    const family = await scratch(
      server,
      `CREATE TABLE a (mail text); CREATE TABLE b (low text GENERATED ALWAYS AS (lower(mail)) STORED NOT NULL, n int) INHERITS (a);
       CREATE TABLE c () INHERITS (b); CREATE INDEX ON b (low);
       INSERT INTO b (mail) VALUES ('PLANT-b'); INSERT INTO c (mail) VALUES ('PLANT-c');
       CREATE TABLE p (part int, id int, year int, mail text) PARTITION BY LIST (year);
       CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (part); CREATE TABLE p11 PARTITION OF p1 DEFAULT;
       INSERT INTO p VALUES (1, 1, 1, 'kept')`,
    )
    await mask(server, family, 'tables: { a: { mail: hash }, p: { mail: { keep: a word of ours } } }')
    const [row] = await server.sql(
      family,
      `SELECT count(*)::int AS rows, count(*) FILTER (WHERE low = lower(mail) AND mail !~ 'PLANT')::int AS masked,
              count(*) FILTER (WHERE pg_get_expr(d.adbin, d.adrelid) = 'lower(mail)' AND attnotnull)::int AS generated,
              (SELECT count(*)::int FROM pg_indexes WHERE tablename = 'b') AS indexes
         FROM b JOIN pg_attribute ON attrelid = b.tableoid AND attname = 'low' JOIN pg_attrdef d ON adrelid = attrelid AND adnum = attnum`,
    )
    expect(row).toEqual({ rows: 2, masked: 2, generated: 2, indexes: 1 })
    expect(await inFiles(server, family, 'PLANT-')).toEqual([])
  })

  const parted = `CREATE TABLE t (i int, m text, g text GENERATED ALWAYS AS (lower(m)) STORED) PARTITION BY LIST (i);
    CREATE TABLE t1 PARTITION OF t DEFAULT PARTITION BY LIST (i); CREATE TABLE t11 PARTITION OF t1 DEFAULT`
  it.each([
    [
      'of a partition',
      `${parted}; CREATE INDEX whole ON t (g); CREATE INDEX part ON t11 (g); COMMENT ON COLUMN t11.g IS 'x'; GRANT SELECT (g) ON t11 TO PUBLIC;
       ALTER TABLE t11 ADD CHECK (g <> ''); ALTER TABLE t11 ALTER g SET NOT NULL; CREATE STATISTICS st ON i, g FROM t11;
       CREATE UNIQUE INDEX ON t11 (g); CREATE INDEX ON t1 (g); CREATE INDEX ON t11 (m)`,
    ],
    [
      'of a partition, attached by hand',
      `${parted}; CREATE UNIQUE INDEX u ON ONLY t (i, g); ALTER TABLE t1 ADD UNIQUE (i, g); ALTER INDEX u ATTACH PARTITION t1_i_g_key;
       CREATE INDEX e ON t (lower(g))`,
    ],
    [
      'of children',
      `CREATE TABLE t (i int, m text, g text GENERATED ALWAYS AS (lower(m)) STORED UNIQUE); CREATE TABLE c (UNIQUE (g)) INHERITS (t);
       CREATE TABLE d (PRIMARY KEY (g)) INHERITS (c); CREATE INDEX ON d (g); INSERT INTO d VALUES (1, 'Cd')`,
    ],
    [
      'of two at once',
      `CREATE TABLE t (i int, m text, g text GENERATED ALWAYS AS (lower(m)) STORED, h text GENERATED ALWAYS AS (upper(m)) STORED, UNIQUE (g, h));
       CREATE INDEX ON t (h, (g || 'x')); CREATE STATISTICS st ON g, h FROM t`,
    ],
  ])('brings back what stands on a generated column %s', async (_, script) => {
    const family = await scratch(server, `${script}; INSERT INTO t VALUES (1, 'Ab')`)
    const was = await server.sql(family, definitions)
    await mask(server, family, 'tables: { t: { m: hash } }')
    expect(await server.sql(family, definitions)).toEqual(was)
    const [row] = await server.sql(family, `SELECT bool_and(g = lower(m) AND m NOT IN ('Ab', 'Cd')) AS masked FROM t`)
    expect(row).toEqual({ masked: true })
  })

  it('refuses a partition that computes a column in its own way', async () => {
    const family = await scratch(
      server,
      `CREATE TABLE t (i int, m text, g text GENERATED ALWAYS AS (lower(m)) STORED) PARTITION BY LIST (i);
       CREATE TABLE t1 PARTITION OF t (g GENERATED ALWAYS AS (upper(m)) STORED) DEFAULT`,
    )
    expect(await refusalOf(mask(server, family, 'tables: { t: { m: hash } }'))).toContain(
      'public.t1.g is computed otherwise than in public.t, and would come back as it is there.',
    )
  })

  it('masks alike whatever refers to each other: columns, both parts of a key, and a path in a document', async () => {
    const joins = `SELECT count(*)::int AS rows, count(*) FILTER (WHERE p.profile #>> '{contact,email}' = p."E-Mail")::int AS documents,
                          count(*) FILTER (WHERE p.full_mail = p."E-Mail")::int AS generated
                     FROM order_lines l JOIN orders o USING (mail, kind) JOIN ${people} p ON p."E-Mail" = o.mail`
    expect(await server.sql(database, joins)).toEqual([{ rows: 404, documents: 400, generated: 404 }])
    expect(
      await server.sql(
        database,
        `SELECT count(*)::int AS n FROM ${people} a JOIN ${people} b ON a.boss_mail = b."E-Mail"`,
      ),
    ).toEqual([{ n: 101 }])
    expect(await server.sql(database, 'SELECT count(*)::int AS n FROM mv2')).toEqual([{ n: 202 }])
  })

  it('keeps NULL, empty texts, elements and the shape of documents', async () => {
    const [row] = await server.sql(
      database,
      `SELECT count(*) FILTER (WHERE "E-Mail" = '')::int AS mail, count(*) FILTER (WHERE phone = '')::int AS phone,
              count(*) FILTER (WHERE tags[2] = '' AND tags[3] IS NULL)::int AS tags, count(*) FILTER (WHERE tags = '{}')::int AS none,
              count(*) FILTER (WHERE profile = '[]')::int AS list, count(*) FILTER (WHERE profile = '"redacted"')::int AS bare,
              count(*) FILTER (WHERE nick IS NULL)::int AS nick, count(*)::int AS all FROM ${people}`,
    )
    expect(row).toEqual({ mail: 1, phone: 1, tags: 200, none: 1, list: 1, bare: 1, nick: 2, all: 202 })
    const [first] = await server.sql<{ profile: unknown }>(database, `SELECT profile FROM ${people} WHERE "Id" = 1`)
    expect(first?.profile).toEqual({
      contact: { email: expect.stringMatching(/^u[0-9a-f]{16}@example\.com$/) as unknown, 'Note "q" \\': 'redacted' },
      items: [{ email: expect.stringMatching(/^u[0-9a-f]{16}@example\.com$/) as unknown }, { n: 0 }, 'redacted'],
      ok: true,
      none: null,
    })
  })

  it('keeps the format of phones and the order of dates', async () => {
    const rows = await server.sql<{ phone: string }>(database, `SELECT phone FROM ${people} WHERE phone <> ''`)
    expect(rows.filter(({ phone }) => !/^\+99 9\d \d{7}$|^\+99 9[\d ]{8,9}$/.test(phone))).toEqual([])
    const [gaps] = await server.sql(
      database,
      `SELECT count(*)::int AS n FROM (SELECT seen - lag(seen) OVER (ORDER BY "Id") AS gap FROM ${people} WHERE seen IS NOT NULL) g WHERE gap <> interval '1 hour'`,
    )
    expect(gaps).toEqual({ n: 0 })
  })

  it('runs no trigger, leaves the row numbers, and takes its mark away', async () => {
    expect(await server.sql(database, 'SELECT * FROM audit')).toEqual([])
    expect(await server.sql(database, `SELECT FROM pg_namespace WHERE nspname = 'db_branch_masking'`)).toEqual([])
    expect(certificate).toMatchObject({
      key: { random: false, id: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown },
      counts: { masked: 18, kept: 3, harmless: 1, derived: 1, emptied: 1, tables: 6, rows: 1091 },
    })
    expect(certificate.checks.map((check) => check.name)).toHaveLength(9)
  })
})
