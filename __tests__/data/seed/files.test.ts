import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { readSeed } from '../../../src/data/seed/form.js'
import { readSqlFiles } from '../../../src/data/seed/read-files.js'
import { runSqlFiles } from '../../../src/data/seed/sql-files.js'
import { Secret } from '../../../src/secret.js'
import { openSession, type Session } from '../../../src/sql/session.js'
import { parseTarget } from '../../../src/sql/target.js'
import { faultsOf } from '../../../src/errors.js'
import { refusalOf } from '../masking/stage.js'

let server: PostgresServer
let sql: Session
beforeAll(async () => {
  server = await startPostgres()
  await server.sql('postgres', 'CREATE DATABASE seeds')
  await server.sql(
    'seeds',
    `CREATE TABLE t (id int PRIMARY KEY, word text, at date);
     CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the value is %', NEW.word; END $$;
     CREATE TABLE loud (word text); CREATE TRIGGER shout BEFORE INSERT ON loud FOR EACH ROW EXECUTE FUNCTION shout();
     CREATE TABLE late (id int REFERENCES t DEFERRABLE INITIALLY DEFERRED)`,
  )
  const target = parseTarget(new Secret(server.url('seeds')))
  sql = await openSession(target, { application: 'test', signal: new AbortController().signal })
}, 120_000)
afterAll(async () => {
  await sql.close()
  await server.stop()
})

const run = (...texts: string[]) =>
  runSqlFiles(
    sql,
    texts.map((text, at) => ({ path: `db/${at + 1}.sql`, text })),
  )
const rows = async () => sql.query('SELECT id, word, at::text FROM t ORDER BY id')

it('runs what pg_dump writes, files apart from each other, in one transaction', async () => {
  const outcome = await run(
    `\\restrict abc\nSET client_encoding = 'UTF8';\nSELECT pg_catalog.set_config('search_path', '', false);
COPY public.t (id, word, at) FROM stdin;
1\tä; 'quoted'\\n2\t2025-01-01
2\t\\N\t\\N
\\.

\\unrestrict abc`,
    `BEGIN;\nINSERT INTO t VALUES (3, 'a');\nINSERT INTO t VALUES (4, $x$ b; -- $x$);
CREATE FUNCTION three() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 3; END;
UPDATE t SET word = three() WHERE id = 3;\nCOMMIT;`,
  )
  expect(await rows()).toEqual([
    { id: 1, word: "ä; 'quoted'\n2", at: '2025-01-01' },
    { id: 2, word: null, at: null },
    { id: 3, word: '3', at: null },
    { id: 4, word: ' b; -- ', at: null },
  ])
  expect(outcome.files).toEqual([
    { path: 'db/1.sql', statements: 3 },
    { path: 'db/2.sql', statements: 4 },
  ])
})

it.each<[what: string, sql: string, message: string]>([
  [
    'a wrong name, to the column',
    'SELECT 1;\n\n/* ü */ INSERT INTO t\n  (id, ü, wrong) VALUES (1);',
    'RefusedError: Seeding failed at db/1.sql:4:8: column "ü" of relation "t" does not exist (42703) in "INSERT INTO t …". Change',
  ],
  [
    'one of many INSERTs, without its values',
    "INSERT INTO t VALUES (10);\nINSERT INTO t VALUES (11);\n  INSERT INTO t VALUES (10, 'secret');\nINSERT INTO t VALUES (12);",
    'RefusedError: Seeding failed at db/1.sql:3:3: duplicate key value violates unique constraint "t_pkey" (23505) in "INSERT INTO t VALUES …" (constraint t_pkey, table t). Change',
  ],
  [
    'a value of the wrong type, without the value',
    "INSERT INTO t VALUES (20, 'x', 'se\"cret');",
    'RefusedError: Seeding failed at db/1.sql:1:32: invalid input syntax for type date: "…" (22007) in "INSERT INTO t VALUES …". Change',
  ],
  [
    'a row of a COPY, without the row',
    'SELECT 1;\nCOPY t FROM stdin;\n21\ta\t2025-01-01\nsecret\tb\t2025-01-01\n\\.\n',
    'RefusedError: Seeding failed at db/1.sql:4: invalid input syntax for type integer: "…" (22P02) in "COPY t FROM stdin …". Change',
  ],
  [
    'what a trigger says, without its words',
    "INSERT INTO loud VALUES ('secret');",
    'RefusedError: Seeding failed at db/1.sql:1:1: a function or trigger refused it; its words are left out, because they can quote rows (P0001)',
  ],
  [
    'a constraint that is checked at the end',
    'INSERT INTO late VALUES (77);',
    'RefusedError: Seeding failed at the end of the transaction: insert or update on table "late" violates foreign key constraint "late_id_fkey" (23503)',
  ],
  [
    'a mistake of grammar',
    'SELECT 1;\nSELEC 2;',
    'InputError: The seed cannot be run. db/1.sql:2: syntax error at or near "SELEC".',
  ],
  [
    'psql',
    'SELECT 1;\n\\i more.sql\n',
    'db/1.sql:2: \\i is a command of psql, not SQL; name that file in "seed", too.',
  ],
  ['psql copy', "\\copy t from 'a.csv'", 'db/1.sql:1: \\copy is a command of psql, not SQL; write COPY … FROM STDIN'],
  ['a COPY without rows', 'COPY t FROM stdin;\n', 'db/1.sql:1: COPY … FROM STDIN must be followed by its rows'],
  [
    'COMMIT in the middle',
    'INSERT INTO t VALUES (30);\nCOMMIT;\nSELECT 1',
    'db/1.sql:2: the files run in one transaction',
  ],
  ['ROLLBACK at the end', 'BEGIN; INSERT INTO t VALUES (30); ROLLBACK', 'db/1.sql:1: the files run in one transaction'],
  ['other quoting', 'SET standard_conforming_strings = off;', 'standard_conforming_strings must stay on'],
  ['another encoding', "SET client_encoding = 'LATIN1';", 'the files are read as UTF-8'],
  ['a COPY inside a text', "SELECT '\ncopy t from stdin;\n1\n\\.\n'", 'a COPY with rows inside a text or comment'],
])('refuses %s, and changes nothing', async (_, text, message) => {
  const before = await rows()
  const refusal = await refusalOf(run(text, 'INSERT INTO t VALUES (99)'))
  expect(refusal).toContain(message)
  expect(refusal).not.toContain('secret')
  expect(await rows()).toEqual(before)
})

it.each([
  ['', undefined],
  ['db/a.sql', { kind: 'files', patterns: ['db/a.sql'] }],
  ['db/*.sql, b.SQL\n c.sql', { kind: 'files', patterns: ['db/*.sql', 'b.SQL', 'c.sql'] }],
  ['psql -f db/a.sql', { kind: 'command', command: 'psql -f db/a.sql' }],
  ['node seed.js \\\n  a.sql', { kind: 'command', command: 'node seed.js \\\n  a.sql' }],
  ['npm run synthetic:all', { kind: 'command', command: 'npm run synthetic:all' }],
])('tells the form of %j', (text, seed) => {
  expect(readSeed(text)).toEqual(seed)
})

it.each([
  ['a.sql, npm run seed', 'which is none'],
  ['synthetic: { seed: 1, tables: { a: -1 } }', 'line 1: "synthetic.tables.a" must be a whole number'],
  [
    'synthetic:\n  tables:\n    a: { rows: 1, columns: { b: emial } }',
    'line 3: "synthetic.tables.a.columns.b" must be',
  ],
  ['synthetic: { tables: &x {}, y: *x }', 'alias'],
  ['synthetic: { tables: { a: 1 } }\nother: 1', 'beside "synthetic"'],
])('refuses the seed %j', (text, message) => {
  expect(() => readSeed(text)).toThrow(message)
})

it('reads files below the work tree alone, in order and once', async () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'seed-'))
  const root = path.join(directory, 'tree')
  mkdirSync(path.join(root, 'db'), { recursive: true })
  writeFileSync(path.join(directory, 'out.sql'), 'SELECT 1')
  for (const name of ['b', 'a', 'c']) writeFileSync(path.join(root, 'db', `${name}.sql`), '\uFEFFSELECT 1')
  writeFileSync(path.join(root, 'latin.sql'), Buffer.from([0xe4]))
  symlinkSync(path.join(directory, 'out.sql'), path.join(root, 'link.sql'))
  const read = (...patterns: string[]) => readSqlFiles(root, patterns)
  expect((await read('db/c.sql', 'db/*.sql')).map((file) => file.path)).toEqual(['db/c.sql', 'db/a.sql', 'db/b.sql'])
  expect((await read('db/a.sql'))[0]?.text).toBe('SELECT 1')
  for (const pattern of [
    '../out.sql',
    path.join(directory, 'out.sql'),
    'link.sql',
    'none.sql',
    'latin.sql',
    'none/*.sql',
  ])
    expect(await refusalOf(read(pattern))).toMatch(/^InputError: .*\. [A-Z].*\.$/)
  rmSync(directory, { recursive: true })
})

it('a failure knows its line, so that the file can be annotated', async () => {
  const faults = async (text: string) => faultsOf(await run(text).catch((error: unknown) => error))
  const [file, detail] = ['db/1.sql', expect.any(String)]
  expect(await faults('SELECT 1;\n\\i more.sql\n')).toEqual([{ file, line: 2, detail }])
  expect(await faults('SELECT 1;\n  SELECT wrong')).toEqual([{ file, line: 2, column: 10, detail }])
  expect(await faults('COPY t FROM stdin;\nsecret\tb\t2025-01-01\n\\.\n')).toEqual([{ file, line: 2, detail }])
})
