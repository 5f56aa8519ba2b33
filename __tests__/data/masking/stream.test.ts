import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import type { Certificate } from '../../../src/data/masking/mask-branch.js'
import { readSchema } from '../../../src/data/masking/catalogue.js'
import { relieve } from '../../../src/data/masking/stream/receiver.js'
import type { MaskingPlan } from '../../../src/domain/masking/plan.js'
import { fillMasked } from '../../../src/data/masking/stream/fill.js'
import { cloneSchema } from '../../../src/data/schema-clone/clone.js'
import { mask, orderOf, refusalOf, scratch, sessionOn } from './stage.js'

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
/** Every row of every table as JSON, which does not tell in which order the columns stand. */
const rowsOf = (table: string) => `SELECT to_jsonb(t)::text AS row FROM ${table} t ORDER BY 1`
const tables = [
  `"Über Uns"."Kunden ""A"""`,
  'orders',
  'order_lines',
  'events_1',
  'events_2',
  'kept',
  'audit',
  'mv',
  'mv2',
]
const mark = `SELECT FROM pg_namespace WHERE nspname = 'db_branch_masking'`

let made = 0
/** An empty database with the schema of another one. */
async function emptyLike(server: PostgresServer, parent: string): Promise<string> {
  const branch = `branch${++made}`
  await server.sql('postgres', `CREATE DATABASE ${branch} TEMPLATE template0`)
  const [source, target] = [await sessionOn(server, parent), await sessionOn(server, branch)]
  expect(await cloneSchema(source, target)).toEqual([])
  await Promise.all([source.close(), target.close()])
  return branch
}

/** The same of a small schema, faster: a copy of which every row was taken away. */
async function twinOf(server: PostgresServer, parent: string): Promise<string> {
  const branch = `twin${++made}`
  await server.sql('postgres', `CREATE DATABASE ${branch} TEMPLATE ${parent}`)
  await server.sql(
    branch,
    `DO $$ DECLARE t text; BEGIN FOR t IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r' AND oid >= 16384 LOOP EXECUTE 'TRUNCATE ' || t || ' CASCADE'; END LOOP; END $$`,
  )
  return branch
}

function fill(server: PostgresServer, [parent, branch]: readonly [string, string], yaml: string): Promise<Certificate> {
  return fillMasked({
    order: orderOf(yaml),
    source: () => sessionOn(server, parent),
    target: () => sessionOn(server, branch),
    parallel: 2,
    info: () => undefined,
    elapsed: () => performance.now(),
  })
}

async function directoryOf(server: PostgresServer, database: string): Promise<string> {
  const [row] = await server.sql<{ oid: string }>(
    'postgres',
    `SELECT oid::text FROM pg_database WHERE datname = '${database}'`,
  )
  return path.join(server.dataDirectory, 'base', row?.oid ?? '')
}

function filesWith(directory: string, text: string): string[] {
  return readdirSync(directory).filter((file) => {
    try {
      return readFileSync(path.join(directory, file)).includes(text)
    } catch {
      return false // dropped meanwhile
    }
  })
}

describe.each([15, 18] as const)('a hostile schema on PostgreSQL %i', (major) => {
  let server: PostgresServer
  let parent: string
  let branch: string
  let certificate: Certificate
  let before: string[]
  const seen = new Set<string>()

  beforeAll(async () => {
    server = await startPostgres({ major })
    parent = await scratch(server, hostile)
    branch = await emptyLike(server, parent)
    before = await everything(parent)
    const directory = await directoryOf(server, branch)
    let running = true
    const watch = (async () => {
      while (running) {
        await server.sql('postgres', 'CHECKPOINT')
        for (const file of filesWith(directory, 'PLANT-')) seen.add(file)
      }
    })()
    const reader = await sessionOn(server, parent)
    await reader.query('SELECT count(*) FROM public.orders')
    certificate = await fill(server, [parent, branch], rules).finally(() => (running = false))
    await watch
    await reader.close()
  })
  afterAll(() => server.stop())

  const everything = async (database: string) => {
    const rows: string[] = []
    for (const table of tables)
      rows.push(...(await server.sql<{ row: string }>(database, rowsOf(table))).map(({ row }) => `${table} ${row}`))
    return rows
  }

  it('never had an original in its files, while it was filled or afterwards', async () => {
    await server.sql(branch, 'CHECKPOINT')
    expect(filesWith(await directoryOf(server, parent), 'PLANT-').length).toBeGreaterThan(10)
    expect([...seen]).toEqual([])
    expect(filesWith(await directoryOf(server, branch), 'PLANT-')).toEqual([])
    expect((await everything(branch)).filter((row) => /PLANT|7766[0-9]{3}|93\.184/.test(row))).toEqual([])
  })

  it('leaves the parent as it was', async () => {
    expect(await everything(parent)).toEqual(before)
    expect(await server.sql(parent, mark)).toEqual([])
  })

  it('masks every value as masking in place does', async () => {
    const copy = `in_place_${major}`
    await server.sql('postgres', `CREATE DATABASE ${copy} TEMPLATE ${parent}`)
    await mask(server, copy, rules)
    expect(await everything(branch)).toEqual(await everything(copy))
  })

  it('brings indexes, keys, triggers, sequences and views back, and takes its mark away', async () => {
    const source = await sessionOn(server, parent)
    const target = await sessionOn(server, branch)
    const { schemaDifferences } = await import('../../../src/data/schema-clone/compare.js')
    expect(await schemaDifferences(source, target)).toEqual([])
    await Promise.all([source.close(), target.close()])
    const next = `SELECT last_value::int, is_called FROM "Über Uns"."Kunden ""A""_Id_seq"`
    expect(await server.sql(branch, next)).toEqual(await server.sql(parent, next))
    expect(await server.sql(branch, mark)).toEqual([])
    expect(certificate.counts).toMatchObject({ tables: 6, rows: 1091, emptied: 1 })
    expect(certificate.checks).toHaveLength(8)
  })
})

describe('what it refuses, and what it does not', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres({ major: 18 })
  })
  afterAll(() => server.stop())
  const people = `CREATE TABLE people (id int PRIMARY KEY, mail text); INSERT INTO people SELECT g, 'PLANT-' || g || '@corp.de' FROM generate_series(1, 50) g;`
  const yaml = 'tables: { people: { mail: email } }'
  const sessionsLeft = () =>
    server.sql('postgres', `SELECT datname, query FROM pg_stat_activity WHERE application_name = 'test'`)

  it.each([
    ['rows that are there already', 'INSERT INTO people VALUES (1, NULL)', 'people has rows already'],
    ['a column that is missing', 'ALTER TABLE people DROP COLUMN mail', 'public.people.mail differs in the branch'],
    ['a column of another type', 'ALTER TABLE people ALTER mail TYPE varchar(9)', 'public.people.mail differs'],
    ['a table too many', 'CREATE TABLE more (a int)', 'public.more is only in the branch'],
    ['the mark of an earlier run', 'CREATE SCHEMA db_branch_masking', 'an earlier masking of it ended in the middle'],
  ])('%s', async (_, change, sentence) => {
    const parent = await scratch(server, people)
    const branch = await twinOf(server, parent)
    await server.sql(branch, change)
    const refusal = await refusalOf(fill(server, [parent, branch], yaml))
    expect(refusal).toMatch(/^RefusedError: /)
    expect(refusal).toContain(sentence)
    expect(await sessionsLeft()).toEqual([])
  })

  it('what the branch does not take: no value in the message, no session left, and the mark stays', async () => {
    const parent = await scratch(server, `${people} ALTER TABLE people ADD CHECK (mail LIKE 'PLANT%')`)
    const branch = await twinOf(server, parent)
    const refusal = await refusalOf(fill(server, [parent, branch], yaml))
    expect(refusal).toMatch(
      /^RefusedError: Masking the branch refused: PostgreSQL rejected .*people.*people_mail_check.*23514/,
    )
    expect(refusal).not.toMatch(/@example|PLANT-/)
    expect(await sessionsLeft()).toEqual([])
    expect(await server.sql(branch, mark)).toHaveLength(1)
  })

  it('what the parent cannot read: the server quotes the value, and the message does not', async () => {
    // The column says it is a date, and a row of it cannot be shown as one.
    const parent = await scratch(
      server,
      `${people} CREATE FUNCTION strict(text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN $1::int > 0; END $$;
       CREATE DOMAIN checked AS text; ALTER TABLE people ALTER mail TYPE checked; ALTER DOMAIN checked ADD CHECK (public.strict(VALUE)) NOT VALID`,
    )
    const branch = await twinOf(server, parent)
    const refusal = await refusalOf(fill(server, [parent, branch], yaml))
    expect(refusal).toMatch(/^RefusedError: .*22P02/)
    expect(refusal).not.toMatch(/@example|PLANT-/)
  })

  it('a second run on what a first one left', async () => {
    const parent = await scratch(server, `${people} ALTER TABLE people ADD CHECK (mail LIKE 'PLANT%')`)
    const branch = await twinOf(server, parent)
    await refusalOf(fill(server, [parent, branch], yaml))
    expect(await refusalOf(fill(server, [parent, branch], yaml))).toContain('ended in the middle')
  })

  it('nothing where rows of many sizes must keep their order to prove that dates were moved', async () => {
    const parent = await scratch(
      server,
      `CREATE TABLE visits (id int, at date, note text);
       INSERT INTO visits SELECT g, date '2024-01-01' + g % 700, repeat('x', (hashint4(g) & 1023) * 3) FROM generate_series(1, 6000) g;
       DELETE FROM visits WHERE id % 7 = 0`,
    )
    await server.sql(parent, 'VACUUM visits')
    await server.sql(parent, `INSERT INTO visits SELECT g, '2020-01-01', 'late' FROM generate_series(6001, 6500) g`)
    const branch = await twinOf(server, parent)
    const { counts } = await fill(
      server,
      [parent, branch],
      'tables: { visits: { at: date_shift, note: { keep: filler of a test } } }',
    )
    expect(counts).toMatchObject({ rows: 5643 })
  })

  describe('keys of every kind', () => {
    const keys = `
      CREATE TABLE people (id int, mail text, code int, nick int, day daterange, at int4range, seat int NOT NULL, place int,
        CONSTRAINT "The Key" PRIMARY KEY (id) INCLUDE (code) WITH (fillfactor = 70),
        CONSTRAINT late UNIQUE NULLS NOT DISTINCT (mail) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT may_wait UNIQUE (nick) DEFERRABLE,
        CONSTRAINT times UNIQUE (at, day WITHOUT OVERLAPS), CONSTRAINT apart EXCLUDE USING gist (day WITH &&),
        CONSTRAINT identity UNIQUE (seat), CONSTRAINT clustered UNIQUE (place));
      COMMENT ON CONSTRAINT late ON people IS 'of the constraint'; COMMENT ON INDEX late IS 'of the index';
      ALTER TABLE people REPLICA IDENTITY USING INDEX identity; ALTER TABLE people CLUSTER ON clustered;
      CREATE TABLE grouped (id int PRIMARY KEY, mail text); CREATE VIEW groups AS SELECT id, mail, count(*) FROM grouped GROUP BY id;
      CREATE TABLE told (id int CONSTRAINT told_once UNIQUE, mail text);
      CREATE RULE tell AS ON UPDATE TO grouped DO ALSO INSERT INTO told VALUES (NEW.id) ON CONFLICT ON CONSTRAINT told_once DO NOTHING;
      CREATE TABLE parts (id int PRIMARY KEY, mail text) PARTITION BY RANGE (id);
      CREATE TABLE part_1 PARTITION OF parts (UNIQUE (mail)) FOR VALUES FROM (0) TO (1000);
      CREATE TABLE orders (by int REFERENCES people, part int REFERENCES parts, nick int, mail text);
      INSERT INTO people SELECT g, 'PLANT-' || g || '@corp.de', g, g, daterange(current_date + g, current_date + g + 1), int4range(g, g + 1), g, g FROM generate_series(1, 50) g;
      INSERT INTO parts SELECT id, mail FROM people; INSERT INTO grouped SELECT id, mail FROM people; INSERT INTO orders SELECT id, id, id, mail FROM people`
    const masked =
      'tables: { people: { mail: email, day: { keep: of a test } }, parts: { mail: email }, grouped: { mail: email }, told: { mail: email }, orders: { mail: email } }'

    it('are as they were', async () => {
      const parent = await scratch(server, keys)
      const branch = await twinOf(server, parent)
      expect((await fill(server, [parent, branch], masked)).counts).toMatchObject({ rows: 200 })
      const { schemaDifferences } = await import('../../../src/data/schema-clone/compare.js')
      const [source, target] = [await sessionOn(server, parent), await sessionOn(server, branch)]
      expect(await schemaDifferences(source, target)).toEqual([])
      await Promise.all([source.close(), target.close()])
      const comments = `SELECT description FROM pg_description WHERE description LIKE 'of the %' ORDER BY 1`
      expect(await server.sql(branch, comments)).toEqual(await server.sql(parent, comments))
    })

    it('are out of the way while rows come in, unless something else stands on them', async () => {
      const branch = await twinOf(server, await scratch(server, keys))
      const sql = await sessionOn(server, branch)
      const schema = await readSchema(sql)
      await relieve(sql, { stored: [] } as unknown as MaskingPlan, schema)
      const left = await sql.query<{ name: string }>(
        `SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1`,
      )
      await sql.close()
      const stay = 'apart clustered grouped_pkey identity part_1_pkey parts_pkey times told_once'
      expect(left.map(({ name }) => name.replace('public.', ''))).toEqual(stay.split(' '))
    })

    it('refuse masked values that meet, and name the key', async () => {
      const parent = await scratch(server, `${people} ALTER TABLE people ADD CONSTRAINT "one each" UNIQUE (mail)`)
      const branch = await twinOf(server, parent)
      await server.sql(parent, `INSERT INTO people VALUES (98, 'PLANT-a@corp.de'), (99, 'plant-A@corp.de')`)
      const normalised = 'tables: { people: { mail: { mask: email, normalise: lower } } }'
      const refusal = await refusalOf(fill(server, [parent, branch], normalised))
      expect(refusal).toMatch(/^RefusedError: Masking the branch refused: .*one each.*23505/)
      expect(refusal).not.toMatch(/@example|PLANT-/)
    })
  })

  it('nothing of a sample, which is the one that masking in place keeps', async () => {
    const parent = await scratch(
      server,
      `${people} CREATE TABLE orders (id int PRIMARY KEY, by int REFERENCES people, at date); INSERT INTO orders SELECT g, g % 50 + 1, '2024-01-01' FROM generate_series(1, 200) g; ANALYZE`,
    )
    const branch = await twinOf(server, parent)
    const copy = `${branch}_copy`
    await server.sql('postgres', `CREATE DATABASE ${copy} TEMPLATE ${parent}`)
    const sampled = `{ ${yaml}, types: { date: date_shift }, sample: { people: 40% } }`
    const { notes } = await fill(server, [parent, branch], sampled)
    await mask(server, copy, sampled)
    for (const table of ['people', 'orders'])
      expect(await server.sql(branch, rowsOf(table))).toEqual(await server.sql(copy, rowsOf(table)))
    const [rows] = await server.sql<{ people: number }>(branch, 'SELECT count(*)::int AS people FROM people')
    expect(rows!.people).toBeGreaterThan(5)
    expect(rows!.people).toBeLessThan(40)
    expect(notes).toEqual([expect.stringContaining(`${rows!.people} of about 50 rows of public.people`)])
    expect(await server.sql(parent, 'SELECT count(*)::int AS n FROM people')).toEqual([{ n: 50 }])
  })

  it('nothing of a key that its log could show', async () => {
    const parent = await scratch(server, people)
    const branch = await twinOf(server, parent)
    await server.sql('postgres', `ALTER SYSTEM SET log_statement = 'all'; `)
    await server.sql('postgres', 'SELECT pg_reload_conf()')
    try {
      const admin = `CREATE ROLE plain LOGIN PASSWORD 'plain'; ALTER DATABASE ${parent} OWNER TO plain`
      await server.sql('postgres', admin)
      await server.sql(parent, 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO plain')
      const refusal = await refusalOf(
        fillMasked({
          order: orderOf(yaml),
          source: () => sessionOn(server, parent, server.url(parent, 'plain', 'plain')),
          target: () => sessionOn(server, branch),
          parallel: 2,
          info: () => undefined,
          elapsed: () => performance.now(),
        }),
      )
      expect(refusal).toContain(`the server's log takes down every statement with its values`)
    } finally {
      await server.sql('postgres', 'ALTER SYSTEM RESET log_statement')
      await server.sql('postgres', 'SELECT pg_reload_conf()')
    }
  })
})
