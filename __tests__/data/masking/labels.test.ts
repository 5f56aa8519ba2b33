import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { mask, refusalOf, scratch } from './stage.js'

/** As SECURITY LABEL writes it where the extension is loaded. */
const labelled = (table: string, column: string | undefined, label: string, provider = 'anon') =>
  `INSERT INTO pg_seclabel (objoid, classoid, objsubid, provider, label) SELECT '${table}'::regclass, 'pg_class'::regclass,
     coalesce((SELECT attnum FROM pg_attribute WHERE attrelid = '${table}'::regclass AND attname = '${column ?? ''}'), 0), '${provider}', $label$${label}$label$;`

describe.each([15, 18] as const)('security labels on PostgreSQL %i', (major) => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres({ major })
  })
  afterAll(() => server.stop())

  const people = `
    SET allow_system_table_mods = on;
    CREATE TABLE people (id int PRIMARY KEY, mail text UNIQUE, name text, city text, salary int, note text, twice int GENERATED ALWAYS AS (salary * 2) STORED);
    INSERT INTO people SELECT g, 'ada' || g || '@corp.de', 'Ada ' || g, 'Ulm', 1000 * g, 'likes ' || g FROM generate_series(1, 50) g;`
  const labels =
    labelled('people', 'mail', 'MASKED WITH FUNCTION anon.fake_email()') +
    labelled('people', 'name', 'MASKED WITH VALUE $$CONFIDENTIAL$$') +
    labelled('people', 'city', 'NOT MASKED') +
    labelled('people', 'salary', 'MASKED WITH VALUE 0')

  it('rule the columns that no rule of the file fits, and are told with a hash of their own', async () => {
    const database = await scratch(server, people + labels + labelled('people', 'note', 'MASKED WITH FUNCTION mine()'))
    const yaml = `{ from_security_labels: true, tables: { people: { name: hash, note: redact_text } } }`
    const certificate = await mask(server, database, yaml)
    const [row] = await server.sql(
      database,
      `SELECT count(*) FILTER (WHERE mail ~ '^u[0-9a-f]{16}@example.com$')::int AS mails, count(*) FILTER (WHERE name ~ '^[0-9a-f]{16}$')::int AS names,
              count(*) FILTER (WHERE city = 'Ulm')::int AS cities, count(*) FILTER (WHERE salary = 0 AND twice = 0)::int AS salaries FROM people`,
    )
    expect(row).toEqual({ mails: 50, names: 50, cities: 50, salaries: 50 })
    expect(certificate.notes[0]).toMatch(/^Security labels ruled 3 columns \([0-9a-f]{16}\)\.$/)
    expect(certificate.counts).toMatchObject({ masked: 4, kept: 1 })
    const other = await scratch(server, people + labels.replace('VALUE 0', 'VALUE 1'))
    const changed = await mask(server, other, yaml)
    expect(changed.rules).toBe(certificate.rules)
    expect(changed.notes[0]).not.toBe(certificate.notes[0])
  })

  it('do not count unless the rules ask for them', async () => {
    const database = await scratch(server, people + labels)
    expect(await refusalOf(mask(server, database, '{}'))).toContain('public.people.mail (text) has no rule.')
  })

  it.each([
    [
      'a function without a transformer',
      people + labels + labelled('people', 'note', 'MASKED WITH FUNCTION anon.partial(note, 1, $$*$$, 1)'),
      'the label of public.people.note calls anon.partial(), which keeps the ends of the original; write generalise, or a transformer that keeps nothing.',
    ],
    [
      'a share of a table',
      people + labels + labelled('people', undefined, 'TABLESAMPLE SYSTEM(1)'),
      'the label of public.people is of a whole table; write "sample" for a share of its rows.',
    ],
    [
      'a generated column whose source is not masked',
      'SET allow_system_table_mods = on; CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED);' +
        labelled('t', 'b', 'MASKED WITH VALUE 0'),
      'the label of public.t.b is of a generated column; label what it is made of.',
    ],
    [
      'an inherited column whose parent is not masked',
      'SET allow_system_table_mods = on; CREATE TABLE t (a int); CREATE TABLE u () INHERITS (t);' +
        labelled('u', 'a', 'MASKED WITH VALUE 0'),
      'the label of public.u.a is of a column that comes from public.t; label it there.',
    ],
  ])('refuse %s', async (_, script, why) => {
    const database = await scratch(server, script)
    expect(await refusalOf(mask(server, database, 'from_security_labels: true'))).toContain(why)
  })

  it('name what nobody may stand alone by', async () => {
    const script = `SET allow_system_table_mods = on; CREATE TABLE t (zip int, born int); INSERT INTO t VALUES (1, 1), (1, 1), (2, 2);
      ${labelled('t', 'zip', 'INDIRECT IDENTIFIER', 'k_anonymity')}${labelled('t', 'born', 'QUASI IDENTIFIER', 'k_anonymity')}`
    expect(await refusalOf(mask(server, await scratch(server, script), 'from_security_labels: true'))).toContain(
      '1 row of public.t stands in 1 group of fewer than 2 by zip, born',
    )
    const yaml = '{ from_security_labels: true, k_anonymity: [{ table: t, columns: [zip], k: 3 }] }'
    expect(await refusalOf(mask(server, await scratch(server, script), yaml))).toContain('fewer than 3 by zip')
  })
})
