import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomBytes } from 'node:crypto'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { readSchema } from '../../../src/data/masking/catalogue.js'
import { maskInPlace } from '../../../src/data/masking/in-place.js'
import { maskingKey } from '../../../src/data/masking/key.js'
import { unitsOf } from '../../../src/data/masking/originals.js'
import { verifyMasked } from '../../../src/data/masking/verify.js'
import { type InPlacePlan, planInPlace } from '../../../src/domain/masking/in-place-plan.js'
import { planMasking } from '../../../src/domain/masking/plan.js'
import { mask, refusalOf, rulesOf, scratch, sessionOn, someKey } from './stage.js'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const schema = `
  CREATE TABLE people (id int PRIMARY KEY, mail text, name text, born date, j jsonb, label text);
  INSERT INTO people SELECT g, 'ada' || g || '@corp.de', 'Ada ' || g, date '1980-01-01' + g, jsonb_build_object('mail', 'ada' || g || '@corp.de', 'n', g), 'fine' FROM generate_series(1, 300) g;
  CREATE MATERIALIZED VIEW labels AS SELECT id, label FROM people; ANALYZE`
const rules = `
tables: { people: { mail: email, name: name, born: date_shift, j: { mask: json, paths: { mail: email } } } }
harmless: [{ columns: label, because: labels of a fixed list }]`

const random = (bytes: number) => randomBytes(bytes).toString('hex')

/** Masks, lets somebody break the result, and gives what verification says. */
async function verdict(
  damage: string,
  change: { schema?: string; rules?: string; inPlace?: (plan: InPlacePlan) => InPlacePlan } = {},
): Promise<string> {
  const database = await scratch(server, change.schema ?? schema)
  const sql = await sessionOn(server, database)
  try {
    const found = await readSchema(sql)
    const planned = planMasking(found, rulesOf(change.rules ?? rules))
    if (!('plan' in planned)) throw new Error(planned.refusals.join('\n'))
    const { plan } = planned
    const work = planInPlace(found, planned)
    if (!('inPlace' in work)) throw new Error(work.refusals.join('\n'))
    const key = maskingKey(someKey, random)
    const units = unitsOf(plan)
    const { rows, files } = await maskInPlace({
      plan,
      inPlace: change.inPlace?.(work.inPlace) ?? work.inPlace,
      units,
      server: found.server,
      key,
      sql,
      parallel: 2,
      elapsed: () => performance.now(),
      progress: { begin: () => undefined, during: (_piece, body) => body(), end: () => undefined },
      open: () => sessionOn(server, database),
    })
    if (damage !== '') await server.sql(database, damage)
    const checks = verifyMasked({ sql, plan, units, key, rows, files }).then((done) => `passed ${done.length} checks`)
    return await checks.catch((error: unknown) => (error as Error).message)
  } finally {
    await sql.close()
  }
}

it('passes what was masked', async () => {
  expect(await verdict('')).toBe('passed 9 checks')
})

describe('finds', () => {
  it.each([
    [
      'an original in its own column',
      `UPDATE people SET mail = 'ada7@corp.de' WHERE id = 7`,
      'people.mail has 1 value that its transformer does not make; public.people.mail still holds 1 original value',
    ],
    [
      'an original of another row',
      `UPDATE people SET mail = 'ada8@corp.de' WHERE id = 7`,
      'public.people.mail still holds 1 original value',
    ],
    [
      'a name that no vocabulary has',
      `UPDATE people SET name = 'Ada 7' WHERE id = 7`,
      'public.people.name has 1 value that its transformer does not make',
    ],
    [
      'a path in a document',
      `UPDATE people SET j = '{"mail": "ada9@corp.de"}' WHERE id = 7`,
      'public.people.j: mail still holds 1 original value',
    ],
    [
      'a value beside the paths',
      `UPDATE people SET j = '{"new": [{"x": "Ada"}]}' WHERE id = 7`,
      'public.people.j: everything else has 1 value',
    ],
    [
      'an original under another name in a document',
      `UPDATE people SET j = '{"x": 42}' WHERE id = 7`,
      'public.people.j: everything else has 1 value that its transformer does not make',
    ],
    [
      'an original in a harmless column',
      `UPDATE people SET label = 'ada7@corp.de' WHERE id = 7`,
      'public.people holds 1 value that stood in masked columns',
    ],
    [
      'an original in a materialized view',
      `DROP MATERIALIZED VIEW labels; CREATE MATERIALIZED VIEW labels AS SELECT 'ada' || id || '@corp.de' AS x FROM people`,
      'public.labels holds 300 values that stood in masked columns',
    ],
    [
      'what looks personal in a harmless column',
      `UPDATE people SET label = 'call +49 30 1234567' WHERE id < 3`,
      'public.people.label holds what looks like a phone number in 2 rows',
    ],
    ['a lost row', 'DELETE FROM people WHERE id = 300', 'public.people has 299 rows instead of 300'],
    [
      'statistics',
      `CREATE TABLE people_before AS SELECT 'ada' || g || '@corp.de' AS mail FROM generate_series(1, 300) g; ANALYZE people_before; DELETE FROM people_before`,
      'the statistics of public.people_before.mail quote originals',
    ],
    [
      'statistics of several columns',
      `CREATE TABLE b AS SELECT 'ada' || g % 3 + 1 || '@corp.de' AS mail, g % 3 AS k FROM generate_series(1, 300) g; CREATE STATISTICS pairs (mcv) ON mail, k FROM b; ANALYZE b; DELETE FROM b`,
      'the statistics of public.pairs quote originals',
    ],
    [
      'a user mapping',
      `CREATE EXTENSION postgres_fdw; CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw; CREATE USER MAPPING FOR postgres SERVER far OPTIONS (user 'a', password 'S3cret')`,
      'the branch carries a user mapping on far',
    ],
    ['a large object', `SELECT lo_from_bytea(0, 'x')`, 'the branch carries large objects'],
    [
      'a password in a function',
      `CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT 'postgres://app:S3cret@db/x' $$`,
      'the function public.f() holds what looks like a URL with a password',
    ],
    [
      'an address in a comment',
      `COMMENT ON COLUMN people.mail IS 'ask ada@corp.de'`,
      'a comment on column mail of table public.people holds what looks like an email',
    ],
    [
      'an address in a default',
      `ALTER TABLE people ALTER mail SET DEFAULT 'ada@corp.de'`,
      'holds what looks like an email',
    ],
  ])('%s', async (_, damage, problem) => {
    const said = await verdict(damage)
    expect(said).toMatch(/^Verifying the masked branch refused: /)
    expect(said).toContain(problem)
    expect(said).not.toMatch(/ada\d|@corp|S3cret|1234567/)
  })

  it('a date that did not move', async () => {
    const still = (plan: InPlacePlan): InPlacePlan => ({
      ...plan,
      trees: plan.trees.map((tree) => ({
        ...tree,
        alters: tree.alters.map((alter) => alter.replace(/"born" - \(/, '"born" - 0 * (')),
      })),
    })
    expect(await verdict('', { inPlace: still })).toContain('public.people.born still holds 300 original values')
  })

  it('a table whose file was not written anew, though its rows look well', async () => {
    const kept = `${schema}; CREATE TABLE notes (id int PRIMARY KEY, label text); INSERT INTO notes SELECT g, 'fine' FROM generate_series(1, 9) g`
    const lazy = (plan: InPlacePlan): InPlacePlan => ({
      ...plan,
      trees: plan.trees.map((tree) => (tree.root.name === 'notes' ? { ...tree, alters: [] } : tree)),
    })
    expect(await verdict('', { schema: kept })).toBe('passed 9 checks')
    const said = await verdict('', { schema: kept, inPlace: lazy })
    expect(said).toContain('the file of public.notes was not written anew')
    expect(said).toMatch(/the file of pg_toast\.pg_toast_\d+_index was not written anew/)
  })

  it('what looks personal in a document, wherever no shape was proven', async () => {
    const paths = (rest: string) => rules.replace('{ mail: email } }', `{ mail: email }, rest: ${rest} }`)
    const kept = { rules: paths('{ keep: nothing else in it }') }
    const personal = 'public.people.j holds what looks like an email in 1 row'
    expect(await verdict('', kept)).toBe('passed 9 checks')
    const put = (document: string) => `UPDATE people SET j = '${document}' WHERE id = 7`
    for (const document of ['{"x": "eve@corp.de"}', '{"mail": {"to": true, "eve@corp.de": null}}', '["eve@corp.de"]'])
      expect(await verdict(put(document), kept)).toContain(personal)
    expect(await verdict(put('"eve@corp.de"'), kept)).toContain(personal)
    expect(await verdict(put('{"eve@corp.de": true}'))).toContain(personal)
  })

  it('groups that are too small', async () => {
    const k = `${rules}\nk_anonymity: [{ table: people, columns: [label], k: 5 }]`
    expect(await verdict('', { rules: k })).toBe('passed 10 checks')
    expect(await verdict(`UPDATE people SET label = 'rare' WHERE id < 4`, { rules: k })).toContain(
      '3 rows of people stand in 1 group of fewer than 5 by label',
    )
  })
})

it('a table that was left out and has rows again is found', async () => {
  const out = `${schema}; CREATE TABLE log (line text); INSERT INTO log VALUES ('x')`
  expect(await verdict('', { schema: out, rules: `${rules}\nleave_out: log` })).toBe('passed 9 checks')
  expect(await verdict(`INSERT INTO log VALUES ('x')`, { schema: out, rules: `${rules}\nleave_out: log` })).toContain(
    'public.log was left out and holds rows',
  )
})

it('definitions may hold addresses where a rule says why', async () => {
  const script = `${schema}; COMMENT ON TABLE people IS 'ask ada@corp.de'`
  expect(
    await verdict('', { schema: script, rules: `${rules}\ndefinitions: { keep: addresses of our own team }` }),
  ).toBe('passed 8 checks')
})

it('nobody without the key finds a person again, though he has every original', async () => {
  const database = await scratch(server, schema)
  await mask(server, database, rules, { key: 'random' })
  const masked = await server.sql<{ id: number; mail: string }>(database, 'SELECT id, mail FROM people ORDER BY id')
  // The attacker's best: the same transformer under keys of his own, and every unkeyed digest he can think of.
  const guesses = await Promise.all(
    ['a guess of thirty-two bytes or more 1', 'a guess of thirty-two bytes or more 2'].map(async (guess) => {
      const { createHmac, createHash } = await import('node:crypto')
      const originals = Array.from({ length: 300 }, (_, at) => `ada${at + 1}@corp.de`)
      const forms = originals.flatMap((mail) => [
        createHmac('sha256', guess).update(`email:${mail}`).digest('hex'),
        ...['md5', 'sha1', 'sha256', 'sha512'].flatMap((hash) => [
          createHash(hash).update(mail).digest('hex'),
          createHash(hash).update(`email:${mail}`).digest('hex'),
        ]),
      ])
      return new Set(forms.map((form) => `u${form.slice(0, 16)}@example.com`))
    }),
  )
  expect(masked.filter(({ mail }) => guesses.some((set) => set.has(mail)))).toEqual([])
  // Order, length and nearness of the originals say nothing: the rank of a masked value is a coin toss.
  const ranks = masked.toSorted((a, b) => a.mail.localeCompare(b.mail)).map(({ id }) => id)
  const kept = ranks.filter((id, at) => at > 0 && id > (ranks[at - 1] ?? 0)).length
  expect(Math.abs(kept - 150)).toBeLessThan(40)
  const again = await scratch(server, schema)
  await mask(server, again, rules, { key: 'random' })
  const other = await server.sql<{ mail: string }>(again, 'SELECT mail FROM people')
  expect(other.filter(({ mail }) => masked.some((row) => row.mail === mail))).toEqual([])
})

it('two builds with one key mask alike, and a third with another does not', async () => {
  const builds: string[] = []
  for (const key of [someKey, someKey, 'random'] as const) {
    const database = await scratch(server, schema)
    await mask(server, database, rules, { key, parallel: 1 })
    builds.push(JSON.stringify(await server.sql(database, 'SELECT * FROM people ORDER BY id')))
  }
  expect(builds[1]).toBe(builds[0])
  expect(builds[2]).not.toBe(builds[0])
})

it('finds nothing to refuse twice', async () => {
  const database = await scratch(server, schema)
  await mask(server, database, rules)
  expect(await refusalOf(mask(server, database, rules))).toBe('Error: it was not refused')
})
