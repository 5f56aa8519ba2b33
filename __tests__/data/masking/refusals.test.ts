import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { mask, orderOf, refusalOf, rulesOf, scratch, sessionOn } from './stage.js'
import { planInPlace } from '../../../src/domain/masking/in-place-plan.js'
import { planMasking } from '../../../src/domain/masking/plan.js'
import { readSchema } from '../../../src/data/masking/catalogue.js'
import { maskBranch } from '../../../src/data/masking/mask-branch.js'
import type { Session } from '../../../src/sql/session.js'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** The refusals of the plan for a schema and its rules; none where there is a plan. */
async function planned(script: string, rules: string) {
  const database = await scratch(server, script)
  const sql = await sessionOn(server, database)
  try {
    const schema = await readSchema(sql)
    const result = planMasking(schema, rulesOf(rules))
    if ('refusals' in result) return result
    const inPlace = planInPlace(schema, result)
    return 'refusals' in inPlace ? { ...inPlace, suggestions: [] } : { ...result, ...inPlace }
  } finally {
    await sql.close()
  }
}

async function refusals(script: string, rules: string): Promise<readonly string[]> {
  const result = await planned(script, rules)
  return 'refusals' in result ? result.refusals : []
}

describe('fails closed', () => {
  it('names every column without a rule and drafts rules for them', async () => {
    const result = await planned(
      `CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE TYPE m AS ENUM ('a'); CREATE TYPE pair AS (a text);
       CREATE DOMAIN mail AS text; CREATE DOMAIN mails AS mail[]; CREATE DOMAIN age AS int;
       CREATE TABLE t (a text, b varchar(9), c char(2), d citext, e json, f jsonb, g bytea, h inet, i cidr, j macaddr, k date, l timestamptz, m timestamp,
         n text[], o mail, p mails, q hstore, r xml, s pair, t tsvector, u point, v name, w daterange, "userEmail" text,
         ok1 int, ok2 numeric, ok3 m, ok4 uuid, ok5 bool, ok6 age, ok7 interval, ok8 int[], ok9 m[]);
       CREATE TABLE schema_migrations (version varchar PRIMARY KEY);`,
      '{}',
    )
    if (!('refusals' in result)) throw new Error('it was planned')
    const names = result.refusals.map((line) => /t\.(\S+) \(/.exec(line)?.[1])
    expect(names).toEqual([...'abcdefghijklmnopqrstuvw', 'userEmail'])
    expect(result.suggestions.slice(0, 2)).toEqual(['tables:', '  public.t:'])
    expect(result.suggestions).toContain('    userEmail: email')
    expect(result.suggestions).toContain('    h: ip')
  })

  it('takes a rule by pattern, by type and as harmless, in this order', async () => {
    const result = await planned(
      'CREATE TABLE t (work_email text, ip inet, status text, at date)',
      `{ columns: { "*_email": email }, types: { inet: ip, date: date_shift }, harmless: [{ columns: status, because: a fixed list of words }] }`,
    )
    if (!('plan' in result)) throw new Error(result.refusals.join('\n'))
    expect(result.plan.counts).toEqual({ masked: 3, kept: 0, harmless: 1, derived: 0, free: 0 })
  })
})

it.each([
  ['a table that is not there', 'CREATE TABLE t (a int)', 'tables: { u: { a: email } }', 'there is no table "u"'],
  ['a column that is not there', 'CREATE TABLE t (a int)', 'tables: { t: { b: email } }', 'public.t has no column "b"'],
  ['a table to leave out that is not there', 'CREATE TABLE t (a int)', 'leave_out: u', 'no table is called so'],
  [
    'a name in two schemas',
    'CREATE SCHEMA s; CREATE TABLE t (a text); CREATE TABLE s.t (a text)',
    'tables: { t: { a: email } }',
    'is in more than one schema',
  ],
  [
    'a lossy mask on a unique column',
    'CREATE TABLE t (a text UNIQUE)',
    'tables: { t: { a: name } }',
    '"name" makes different values equal',
  ],
  [
    'a lossy mask under lower()',
    'CREATE TABLE t (a text); CREATE UNIQUE INDEX ON t (lower(a)) WHERE a > $$b$$',
    'tables: { t: { a: name } }',
    '"name" makes different values equal',
  ],
  [
    'a lossy mask under an exclusion',
    'CREATE TABLE t (a text, EXCLUDE (a WITH =))',
    'tables: { t: { a: city } }',
    '"city" makes different values equal',
  ],
  [
    'a lossy mask on a partition with its own index',
    'CREATE TABLE t (i int, a text) PARTITION BY LIST (i); CREATE TABLE t1 PARTITION OF t DEFAULT; CREATE UNIQUE INDEX ON t1 (a)',
    'tables: { t: { a: name } }',
    '"name" makes different values equal',
  ],
  [
    'too few bits for the rows',
    `CREATE TABLE t (a varchar(22) UNIQUE); INSERT INTO t SELECT g FROM generate_series(1, 100000) g; ANALYZE t`,
    'tables: { t: { a: email } }',
    '36 bits of "email" are too few for 100000 rows',
  ],
  [
    'what does not fit',
    'CREATE TABLE t (a varchar(12))',
    'tables: { t: { a: email } }',
    'holds 12 characters, and "email" needs 21',
  ],
  ['NULL where it is not allowed', 'CREATE TABLE t (a text NOT NULL)', 'tables: { t: { a: null } }', 'is NOT NULL'],
  [
    'a type that it cannot make',
    'CREATE TABLE t (a date)',
    'tables: { t: { a: email } }',
    'is date, which "email" cannot make',
  ],
  [
    'a label that an enum lacks',
    `CREATE TYPE e AS ENUM ('x'); CREATE TABLE t (a e)`,
    'tables: { t: { a: { mask: constant, value: y } } }',
    'an enum without the label "y"',
  ],
  [
    'a partition key',
    'CREATE TABLE t (a text) PARTITION BY LIST (a); CREATE TABLE u PARTITION OF t DEFAULT',
    'tables: { t: { a: hash } }',
    'is part of a partition key',
  ],
  [
    'a partition key inside an expression',
    'CREATE TABLE t (a text) PARTITION BY LIST (lower(a))',
    'tables: { t: { a: hash } }',
    'is part of a partition key',
  ],
  [
    'a generated column',
    'CREATE TABLE t (a text, b text GENERATED ALWAYS AS (a) STORED)',
    'tables: { t: { a: hash, b: hash } }',
    'public.t.b is generated',
  ],
  [
    'a rule on a partition',
    'CREATE TABLE t (i int, a text) PARTITION BY LIST (i); CREATE TABLE u PARTITION OF t DEFAULT',
    'tables: { t: { a: hash }, u: { a: email } }',
    'comes from a parent table',
  ],
  [
    'two rules on one key',
    'CREATE TABLE t (a text PRIMARY KEY); CREATE TABLE u (b text REFERENCES t)',
    'tables: { t: { a: email }, u: { b: hash } }',
    'public.u.b, public.t.a refer to each other',
  ],
  [
    'one end of a key kept',
    'CREATE TABLE t (a text PRIMARY KEY); CREATE TABLE u (b text REFERENCES t)',
    'tables: { t: { a: email }, u: { b: { keep: for no good reason } } }',
    'refer to each other',
  ],
  [
    'a link to a path without a rule',
    'CREATE TABLE t (a text, j jsonb)',
    'tables: { t: { a: email, j: { mask: json } } }\nlinks: [[t.a, "t.j:mail"]]',
    'refer to each other',
  ],
  [
    'a template that shows a masked column',
    'CREATE TABLE t (a text, b text)',
    'tables: { t: { a: { mask: template, text: "{b}" }, b: email } }',
    "that column's values must not be seen",
  ],
  [
    'a table left out to which others refer',
    'CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (b int REFERENCES t)',
    'leave_out: t',
    'to which public.u refers',
  ],
  ['large objects without a rule', `SELECT lo_from_bytea(0, 'x')`, '{}', 'holds 1 large object,'],
  [
    'a function with an SQL body',
    'CREATE TABLE t (a text); CREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT a FROM t; END',
    'tables: { t: { a: hash } }',
    'The function public.f() stands on a masked column',
  ],
  [
    'a foreign partition',
    'CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw; CREATE TABLE t (i int, a text) PARTITION BY LIST (i); CREATE FOREIGN TABLE u PARTITION OF t DEFAULT SERVER s',
    'tables: { t: { a: hash } }',
    'lies on another server',
  ],
  [
    'quasi-identifiers that are not there',
    'CREATE TABLE t (a int)',
    'k_anonymity: [{ table: t, columns: [b], k: 5 }]',
    'public.t has no column "b"',
  ],
])('refuses %s', async (_, script, rules, why) => {
  expect((await refusals(script, rules)).join('\n')).toContain(why)
})

it('carries the rule of a key to its other end and takes the shorter length', async () => {
  const result = await planned(
    'CREATE TABLE t (a varchar(40) PRIMARY KEY); CREATE TABLE u (b text REFERENCES t); CREATE TABLE w (c text)',
    'tables: { t: { a: email }, w: { c: email } }\nlinks: [[w.c, u.b]]',
  )
  if (!('plan' in result)) throw new Error(result.refusals.join('\n'))
  expect(result.plan.targets.map(({ target }) => [target.column.name, target.mask.transformer, target.length])).toEqual(
    expect.arrayContaining([
      ['a', 'email', 40],
      ['b', 'email', 40],
      ['c', 'email', 40],
    ]),
  )
})

it('allows uniqueness to be lost where a rule says so, and lets the index decide', async () => {
  const database = await scratch(
    server,
    `CREATE TABLE t (a text UNIQUE); INSERT INTO t SELECT 'name' || g FROM generate_series(1, 300) g`,
  )
  const message = await refusalOf(
    mask(server, database, 'tables: { t: { a: { mask: city, allow_uniqueness_loss: true } } }'),
  )
  expect(message).toBe(
    'RefusedError: Masking the branch refused: PostgreSQL rejected the change of an index by constraint t_a_key (23505). Masked values met on a unique index: use hash, email or uuid there.',
  )
  expect(await refusalOf(mask(server, database, 'tables: { t: { a: hash } }'))).toContain(
    'an earlier masking of it ended in the middle',
  )
})

it('quotes no value when PostgreSQL refuses one', async () => {
  const database = await scratch(
    server,
    `CREATE DOMAIN d AS text CHECK (VALUE LIKE 'SECRET%'); CREATE TABLE t (a d, b int); INSERT INTO t VALUES ('SECRET-1', 32000)`,
  )
  const message = await refusalOf(mask(server, database, 'tables: { t: { a: hash } }'))
  expect(message).toContain('(23514)')
  expect(message).not.toContain('SECRET')
})

describe('a branch that somebody writes to while it is masked', () => {
  const rows = `CREATE TABLE t (id int PRIMARY KEY, mail text); INSERT INTO t SELECT g, g || '@corp.example.org' FROM generate_series(1, 99) g`

  /** Masks, and lets something happen after the digests were taken, right before the table is locked. */
  async function masked(database: string, meanwhile: () => Promise<unknown>) {
    return maskBranch({
      order: orderOf('tables: { t: { mail: email } }'),
      parallel: 2,
      info: () => undefined,
      elapsed: () => performance.now(),
      open: async () => {
        const session = await sessionOn(server, database)
        const query: Session['query'] = async (text, values) => {
          if (text.includes('ACCESS EXCLUSIVE')) await meanwhile()
          return session.query(text, values)
        }
        return { query, close: () => session.close() }
      },
    })
  }

  it.each([
    ['a new row', `INSERT INTO t VALUES (100, 'late@corp.example.org')`, '1 row'],
    ['a changed row', `UPDATE t SET mail = 'late@corp.example.org' WHERE id < 3`, '2 rows'],
  ])('is refused for %s', async (_, statement, count) => {
    const database = await scratch(server, rows)
    const refused = await refusalOf(masked(database, () => server.sql(database, statement)))
    expect(refused).toMatch(`somebody wrote ${count} of public.t meanwhile`)
    expect(refused).not.toMatch('late@')
  })

  it('is refused for a row whose transaction began before', async () => {
    // Without an index, for whose sake masking waits for every writer anyway.
    const database = await scratch(server, rows.replace(' PRIMARY KEY', ''))
    const writer = await sessionOn(server, database)
    try {
      await writer.query(`BEGIN; INSERT INTO public.t VALUES (100, 'late@corp.example.org')`)
      expect(await refusalOf(masked(database, () => writer.query('COMMIT')))).toMatch('wrote 1 row of public.t')
    } finally {
      await writer.close()
    }
  })

  it('is masked where rows only went', async () => {
    const database = await scratch(server, rows)
    const { counts } = await masked(database, () => server.sql(database, 'DELETE FROM t WHERE id = 1'))
    expect(counts.rows).toBe(98)
  })
})
