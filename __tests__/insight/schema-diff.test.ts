import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { type PostgresServer, startPostgres } from '../../sim/postgres/server.js'
import { schemaDifferences } from '../../src/data/schema-clone/compare.js'
import type { SchemaChange, SchemaDiff } from '../../src/insight/schema-diff/change.js'
import { diffSchemas } from '../../src/insight/schema-diff/diff.js'
import { findingsOfDiff } from '../../src/insight/schema-diff/findings.js'
import { diffTree } from '../../src/insight/schema-diff/render.js'
import type { Session } from '../../src/sql/session.js'
import { sessionOn } from '../data/masking/stage.js'
import { cases } from './schema-diff-cases.js'

const schema = readFileSync(path.join(import.meta.dirname, 'schema-diff.sql'), 'utf8')

/** One line that says all of a change: ` *` is a rewrite, ` !` lost values. */
function lineOf({ change, object, name, details, rewrite, dataLoss }: SchemaChange): string {
  const sign = { added: '+', removed: '-', changed: '~' }[change]
  // Until 15 a view's definition names the table with every column.
  const flat = (text = '') =>
    text
      .replace(/\s+/g, ' ')
      .replaceAll(/\borders\.(?=id|total|placed|paid)(?<!app\.orders\.)/g, '')
      .trim()
  const told =
    change === 'removed'
      ? []
      : details.map(({ what, before, after }) =>
          flat(`${what}: ${change === 'changed' ? `${flat(before)} > ` : ''}${flat(after)}`),
        )
  return `${[`${sign} ${object} ${name}`, ...told].join(' | ')}${rewrite ? ' *' : ''}${dataLoss ? ' !' : ''}`
}

describe.each([15, 18] as const)('PostgreSQL %i', (major) => {
  let server: PostgresServer
  let copies = 0
  const sessions: Session[] = []
  const open = async (database: string) => {
    const session = await sessionOn(server, database)
    sessions.push(session)
    return session
  }
  /** A copy of the files, as most platforms branch. */
  const copyOf = async (database: string) => {
    await Promise.all(sessions.splice(0).map((session) => session.close()))
    const copy = `copy${++copies}`
    await server.sql('postgres', `CREATE DATABASE ${copy} TEMPLATE ${database}`)
    return copy
  }
  const diffOf = async (parent: string, branch: string) =>
    diffSchemas({ parent: await open(parent), branch: await open(branch) })
  /** As a person would run it: a new transaction where the script says so. */
  const apply = async (database: string, { sql }: SchemaDiff) => {
    for (const part of sql.split(/^-- COMMIT.*$/m)) if (part.trim() !== '') await server.sql(database, part)
  }
  const made = async (script: string) => {
    const database = `made${++copies}`
    await server.sql('postgres', `CREATE DATABASE ${database}`)
    await server.sql(database, script)
    return database
  }

  beforeAll(async () => {
    server = await startPostgres({ major })
    await server.sql('postgres', 'CREATE ROLE reader; CREATE ROLE other')
    await server.sql('postgres', 'CREATE DATABASE base')
    await server.sql('base', schema)
  })
  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.close()))
    await server.stop()
  })

  it('tells each of the changes, nothing else, and SQL that makes them', async () => {
    const branch = await copyOf('base')
    for (const { ddl } of cases) await server.sql(branch, ddl)
    const diff = await diffOf('base', branch)
    const wanted = cases.flatMap(({ told }) => told)
    expect(diff.changes.map(lineOf).toSorted()).toEqual(wanted.toSorted())
    expect(diff.problems).toEqual([])
    const target = await copyOf('base')
    await apply(target, diff)
    expect(diffTree(await diffOf(target, branch))).toBe('')
  })

  it('finds what a migration of any order of steps did, and SQL that does it again', async () => {
    const steps = cases.map(({ ddl }) => ddl)
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(steps, { minLength: 5, maxLength: 25 }), async (script) => {
        const branch = await copyOf('base')
        // A step that another one made impossible is left out, as a person would leave it out.
        for (const ddl of script) await server.sql(branch, ddl).catch(() => undefined)
        const target = await copyOf('base')
        await apply(target, await diffOf('base', branch))
        expect(diffTree(await diffOf(target, branch))).toBe('')
        const differences = await schemaDifferences(await open(target), await open(branch))
        // The order of columns and the names of NOT NULL constraints are no difference.
        expect(differences.filter((what) => !/^column |^constraint \S*_not_null /.test(what))).toEqual([])
      }),
      { numRuns: 3, seed: 20261122 + major },
    )
  })

  it('tells no difference for another order, other OIDs and other owners', async () => {
    const tables = [
      'CREATE TABLE a (x int, y text DEFAULT 1, CHECK (x > 0))',
      'CREATE TABLE b (z int)',
      'CREATE VIEW v AS SELECT 1 AS one',
    ]
    const grants = ['GRANT SELECT ON a TO reader', 'GRANT INSERT ON a TO other']
    const parent = await made([...tables, ...grants].join(';'))
    const turned = [...tables.toReversed(), ...grants.toReversed()]
      .join(';')
      .replace('(x int, y text DEFAULT 1', '(y text DEFAULT 1, x int')
    const branch = await made(
      `${turned}; CREATE ROLE "pr-7-${major}"; CREATE SCHEMA db_branch_locks; CREATE TABLE db_branch_locks.ddl (id int)`,
    )
    const role = `"pr-7-${major}"`
    await server.sql(
      branch,
      `ALTER TABLE a OWNER TO ${role}; ALTER TABLE b OWNER TO ${role}; ALTER SCHEMA public OWNER TO ${role}; ALTER DATABASE ${branch} OWNER TO ${role}`,
    )
    expect(await diffOf(parent, branch)).toEqual({ changes: [], sql: '', problems: [] })
    await server.sql(
      branch,
      `SET ROLE ${role}; CREATE TABLE c (id int); GRANT SELECT ON c TO reader; ALTER TABLE a ADD COLUMN n int`,
    )
    const { changes, sql } = await diffOf(parent, branch)
    expect(changes.map(lineOf)).toEqual([
      '+ column a.n | type: integer',
      '+ table c | grant to reader: SELECT',
      '+ column c.id | type: integer',
    ])
    expect(sql).not.toContain('pr-7')
  })

  it('quotes names that want to be SQL', async () => {
    const table = '"a.b""; DROP TABLE x; --"'
    const parent = await made(`CREATE SCHEMA "Sel ect"; CREATE TABLE "Sel ect".${table} ("user" int, "Ünï''x" text)`)
    const branch = await copyOf(parent)
    await server.sql(
      branch,
      `ALTER TABLE "Sel ect".${table} RENAME "user" TO "order"; ALTER TABLE "Sel ect".${table} ADD "$$" text DEFAULT E'\\'; x' ; CREATE INDEX " ON ONLY " ON "Sel ect".${table} ("Ünï''x");
       CREATE STATISTICS "Sel ect"."s.t" ON "order", "$$" FROM "Sel ect".${table}; COMMENT ON COLUMN "Sel ect".${table}."$$" IS '*/ -- $$'`,
    )
    const diff = await diffOf(parent, branch)
    expect(diff.changes.map(({ change, object, name }) => `${change} ${object} ${name}`)).toEqual([
      `added column "Sel ect".${table}."$$"`,
      `changed column "Sel ect".${table}.order`,
      'added index "Sel ect"." ON ONLY "',
      'added statistics "Sel ect"."s.t"',
    ])
    const target = await copyOf(parent)
    await apply(target, diff)
    expect(diffTree(await diffOf(target, branch))).toBe('')
  })

  it('says what it has no SQL for, and reads only', async () => {
    const parent = await made('CREATE TABLE t (a int)')
    const branch = await copyOf(parent)
    await server.sql(
      branch,
      'CREATE FUNCTION to_bool(t) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$; CREATE CAST (t AS boolean) WITH FUNCTION to_bool(t)',
    )
    const said: string[] = []
    const spied = async (database: string) => {
      const session = await open(database)
      return {
        query: <Row>(text: string, values?: readonly unknown[]) => (said.push(text), session.query<Row>(text, values)),
      }
    }
    const { changes, problems } = await diffSchemas({ parent: await spied(parent), branch: await spied(branch) })
    expect(changes.map(({ object, name }) => `${object} ${name}`)).toContain('other cast from public.t to boolean')
    expect(problems).toEqual(['There is no SQL in the diff for this, which was added: cast from public.t to boolean.'])
    const begins = said.filter((text) => text.startsWith('BEGIN'))
    expect(begins).toHaveLength(2)
    for (const begin of begins) expect(begin).toMatch(/READ ONLY; SET LOCAL lock_timeout = \d/)
    expect(said.filter((text) => !/^\s*(BEGIN|COMMIT|SET LOCAL|SELECT|WITH)\b/.test(text))).toEqual([])
  })

  it('draws a tree, and tells what is dangerous', async () => {
    const parent = await made(
      'CREATE TABLE people (id int PRIMARY KEY, name varchar(50), age int, old text); CREATE TABLE log (id int); CREATE VIEW names AS SELECT name FROM people',
    )
    const branch = await copyOf(parent)
    await server.sql(
      branch,
      'DROP VIEW names; DROP TABLE log; ALTER TABLE people RENAME age TO years; ALTER TABLE people DROP old; ALTER TABLE people ALTER name TYPE varchar(20), ALTER name SET NOT NULL; ALTER TABLE people ADD mail text NOT NULL; CREATE TABLE pets (id int NOT NULL)',
    )
    const diff = await diffOf(parent, branch)
    expect(diffTree(diff)).toBe(
      [
        '- table log',
        '  people',
        '  + column mail text NOT NULL',
        '  ~ column name',
        '      type: character varying(50) → character varying(20)',
        '      not null: no → yes',
        '  - column old',
        '  ~ column years',
        '      name: people.age → people.years',
        '+ table pets',
        '  + column id integer NOT NULL',
        '- view names',
      ].join('\n'),
    )
    expect(
      findingsOfDiff(diff).map(({ kind, severity, rule, object }) => [kind, severity, rule, object].join(' ')),
    ).toEqual([
      'data_loss high drop-table log',
      'break high add-column-not-null people',
      'data_loss high drop-column people',
      'data_loss high narrow-type people',
      'break high rename-column people',
      'rewrite high rewrite-column people',
      'break medium drop-view names',
      'scan medium set-not-null people',
    ])
  })
})
