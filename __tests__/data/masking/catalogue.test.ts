import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { readSchema } from '../../../src/data/masking/catalogue.js'
import type { Schema, Table } from '../../../src/domain/masking/schema.js'
import { scratch, sessionOn } from './stage.js'

let server: PostgresServer
let schema: Schema
beforeAll(async () => {
  server = await startPostgres()
  const database = await scratch(server, readFileSync(path.join(import.meta.dirname, 'hostile.sql'), 'utf8'))
  const sql = await sessionOn(server, database)
  schema = await readSchema(sql)
  await sql.close()
})
afterAll(() => server.stop())

const table = (name: string): Table => {
  const found = schema.tables.find((each) => each.name === name)
  if (!found) throw new Error(`There is no ${name}.`)
  return found
}
const column = (of: string, name: string) => table(of).columns.find((each) => each.name === name)

it('reads tables: quoted names, partitions, keys, dropped columns', () => {
  expect(table('Kunden "A"')).toMatchObject({
    schema: 'Über Uns',
    sql: '"Über Uns"."Kunden ""A"""',
    kind: 'table',
    droppedColumns: 1,
    rows: 202,
    forcesRowSecurity: true,
    ours: true,
  })
  expect(table('events')).toMatchObject({ kind: 'partitioned', partitionColumns: ['happened'], parents: [] })
  expect(table('events_2').parents).toEqual([table('events').id])
  expect(column('events_2', 'who')?.inherited).toBe(true)
})

it('reads columns down to the type that is stored', () => {
  expect(column('Kunden "A"', 'E-Mail')).toMatchObject({ base: 'text', collation: 'pg_catalog."C"', notNull: true })
  expect(column('Kunden "A"', 'domain mail')).toMatchObject({ type: 'public.short_mail', base: 'varchar', length: 40 })
  expect(column('Kunden "A"', 'code')).toMatchObject({ base: 'bpchar', length: 12 })
  expect(column('Kunden "A"', 'nick')).toMatchObject({ base: 'citext', baseSchema: 'public' })
  expect(column('Kunden "A"', 'tags')).toMatchObject({ base: 'text', array: true })
  expect(column('Kunden "A"', 'feeling')).toMatchObject({ baseKind: 'e', labels: ['sad', 'glad'] })
  expect(column('Kunden "A"', 'profile')).toMatchObject({ storage: 'EXTERNAL' })
  const source = column('Kunden "A"', 'E-Mail')?.number
  expect(column('Kunden "A"', 'full_mail')).toMatchObject({
    generated: 's',
    expression: 'lower("E-Mail")',
    reads: [source],
  })
})

it('reads unique indexes with the columns inside expressions, and which of them ignore case', () => {
  const source = column('Kunden "A"', 'E-Mail')?.number
  const lower = schema.uniques.find((unique) => unique.name.includes('lower_mail'))
  expect(lower).toMatchObject({ columns: [source], lowered: [source] })
  expect(schema.uniques.find((unique) => unique.name.includes('orders_pkey'))).toMatchObject({
    columns: [1, 2],
    lowered: [],
  })
})

it('reads what refuses a change of columns, and on which columns it stands', () => {
  const kinds = schema.dependents.map(({ kind, name }) => `${kind} ${name}`)
  expect(kinds.toSorted()).toEqual([
    'materialized view public.mv',
    'materialized view public.mv2',
    'policy own on "Über Uns"."Kunden ""A"""',
    'rule no_delete on public.orders',
    'trigger instead on public.v2',
    'trigger note it on "Über Uns"."Kunden ""A"""',
    'view public.v1',
    'view public.v2',
  ])
  const policy = schema.dependents.find(({ kind }) => kind === 'policy')
  const owner = table('Kunden "A"')
  const used = policy?.uses
    .filter((use) => use.relation === owner.id)
    .map((use) => owner.columns.find((each) => each.number === use.column)?.name)
  expect(used).toEqual(expect.arrayContaining(['nick', 'E-Mail']))
  expect(schema.foreignKeys.map(({ name, columns }) => [name, columns.length])).toEqual(
    expect.arrayContaining([
      ['boss_fk', 1],
      ['order_lines_mail_kind_fkey', 2],
    ]),
  )
  expect(schema.largeObjects).toBe(1)
})
