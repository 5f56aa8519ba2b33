import { describe, expect, it } from '@jest/globals'
import type { Column, ForeignKey, Table } from '../../../src/domain/masking/schema.js'
import {
  type Condition,
  chainDropped,
  keptBy,
  noneOf,
  outsideChains,
  outsideShare,
  refersToDropped,
  unneeded,
} from '../../../src/domain/masking/subset-sql.js'
import type { TableReference } from '../../../src/domain/masking/table-graph.js'
import { columnOf, foreignOf, tableOf } from './schema-of.js'

const int = (name: string) => columnOf(name, { base: 'int4', type: 'int4' })
const a = tableOf('a', [int('id'), int('b id'), int('boss')], { id: '1' })
const b = tableOf('b', [int('id'), int('boss')], { id: '2' })
const c = tableOf('c', [int('id'), int('b')], { id: '3' })
const reference = (from: Table, to: Table, change: Partial<ForeignKey> = {}): TableReference => ({
  foreign: foreignOf(from.id, to.id, change),
  from,
  to,
})
const aToB = reference(a, b, { columns: [2], operators: ['OPERATOR(pg_catalog.=)'] })
const cToB = reference(c, b, { columns: [2] })
const boss = reference(a, a, { columns: [3] })

/** A reason that tells where it was asked. */
const reason = (name: string): Condition => ({
  holds: (alias) => `${name}(${alias})`,
  fails: (alias) => `no ${name}(${alias})`,
})
const both = ({ holds, fails }: Condition) => ({ holds: holds('t'), fails: fails('t') })

describe('a share', () => {
  const shareOf = (share: number, columns: readonly Column[] = [int('id')]) =>
    outsideShare({ table: tableOf('t', columns), share, keys: columns.map(({ name }) => name) })
  const digest = (keys: string) => `substr(sha256(convert_to(jsonb_build_array(${keys})::text, 'UTF8')), 1, 6)`

  it.each<[string, number, string]>([
    ['the half', 0.5, '800000000000'],
    ['a tenth', 0.1, '19999999999a'],
    ['a 256th', 1 / 256, '010000000000'],
    ['all but nothing', 1e-20, '000000000001'],
    ['next to all', 1 - 2 ** -53, 'ffffffffffff'],
  ])('of %s ends at the digest that lies there', (_what, share, border) => {
    expect(shareOf(share).map(both)).toStrictEqual([
      { holds: `${digest('t."id"')} >= '\\x${border}'::bytea`, fails: `${digest('t."id"')} < '\\x${border}'::bytea` },
    ])
  })

  it('of everything drops nothing', () => {
    expect([...shareOf(1), ...shareOf(2)]).toStrictEqual([])
  })

  it.each<[string, readonly Column[], string]>([
    ['of several columns', [int('id'), columnOf('say "b"')], 't."id", t."say ""b"""'],
    ['with a moment, in any time zone', [columnOf('at', { base: 'timestamptz' })], `t."at" AT TIME ZONE 'UTC'`],
    ['with bytes, however a session shows them', [columnOf('id', { base: 'bytea' })], `encode(t."id", 'hex')`],
    ['with a date', [columnOf('at', { base: 'timestamp' })], 't."at"'],
  ])('takes a key %s', (_what, columns, keys) => {
    expect(shareOf(0.5, columns).map(({ holds }) => holds('t'))).toStrictEqual([
      `${digest(keys)} >= '\\x800000000000'::bytea`,
    ])
  })

  it('takes the columns of the key alone, and each by its own type', () => {
    const table = tableOf('t', [columnOf('x', { base: 'bytea' }), int('id'), columnOf('at', { base: 'timestamptz' })])
    const [found] = outsideShare({ table, share: 0.5, keys: ['id', 'at'] })
    expect(found?.fails('t')).toBe(`${digest(`t."id", t."at" AT TIME ZONE 'UTC'`)} < '\\x800000000000'::bytea`)
  })
})

describe('a row', () => {
  it.each<[string, readonly Condition[], string]>([
    ['stays without a reason to go', [], 'true'],
    ['stays where its one reason fails', [reason('x')], 'no x(t)'],
    ['stays where all reasons fail', [reason('x'), reason('y')], 'no x(t) AND no y(t)'],
  ])('%s', (_what, reasons, sql) => {
    expect(keptBy(reasons)('t')).toBe(sql)
  })

  it.each<[string, readonly Condition[], { holds: string; fails: string }]>([
    ['one', [reason('x')], { holds: 'no x(t)', fails: '(x(t))' }],
    ['two', [reason('x'), reason('y')], { holds: 'no x(t) AND no y(t)', fails: '(x(t) OR y(t))' }],
  ])('is for none of %s where each fails', (_what, reasons, sql) => {
    expect(both(noneOf(reasons))).toStrictEqual(sql)
  })
})

describe('a reference is compared as its foreign key does it', () => {
  const text = (name: string, collation: string | null = null) => columnOf(name, { collation })
  it.each<[string, readonly [Column, Column], Partial<ForeignKey>, string]>([
    ['by its operator', [int('f'), int('k')], { operators: ['OPERATOR(public.=)'] }, 'r2."k" OPERATOR(public.=) t."f"'],
    ['by equality where none is told', [int('f'), int('k')], { operators: [] }, 'r2."k" = t."f"'],
    ['by the collation of the key', [text('f'), text('k', 'x."y"')], {}, 'r2."k" = t."f" COLLATE x."y"'],
    ['by the collation of the key rather than by its own', [text('f', 'x."z"'), text('k', 'x."y"')], {}, 'r2."k" = t."f" COLLATE x."y"'],
    ['by the default where the key has no other one', [text('f', 'x."z"'), text('k')], {}, 'r2."k" = t."f" COLLATE pg_catalog."default"'],
  ])('%s', (_what, [own, key], change, link) => {
    const [from, to] = [tableOf('f', [own], { id: '1' }), tableOf('k', [key], { id: '2' })]
    expect(both(refersToDropped(reference(from, to, change), reason('x')))).toStrictEqual({
      holds: `EXISTS (SELECT FROM public.k r2 WHERE ${link} AND x(r2))`,
      fails: `NOT EXISTS (SELECT FROM public.k r2 WHERE ${link} AND x(r2))`,
    })
  }) // prettier-ignore

  it('column by column', () => {
    const foreign = { columns: [3, 1], targetColumns: [1, 2], operators: ['=', 'OPERATOR(x.=)'] }
    expect(refersToDropped(reference(a, b, foreign), reason('x')).holds('t')).toBe(
      'EXISTS (SELECT FROM public.b r2 WHERE r2."id" = t."boss" AND r2."boss" OPERATOR(x.=) t."id" AND x(r2))',
    )
  })

  it.each<[string, Partial<ForeignKey>, string]>([
    ['that the table lacks', { columns: [9] }, 'The table a has no column 9.'],
    ['that the other table lacks', { targetColumns: [9] }, 'The table b has no column 9.'],
    ['without its counterpart', { targetColumns: [] }, 'The table b has no column 0.'],
  ])('and never by a column %s', (_what, change, message) => {
    expect(() => refersToDropped(reference(a, b, change), reason('x')).holds('t')).toThrow(message)
  })
})

describe('a row that others may need', () => {
  const kept = (name: string) => (alias: string) => `${name}(${alias})`
  const byA = { reference: aToB, kept: kept('keptA') }
  const byC = { reference: cToB, kept: kept('keptC') }
  const needA = (alias: string) =>
    `EXISTS (SELECT FROM public.a r1 WHERE ${alias}."id" OPERATOR(pg_catalog.=) r1."b id" AND keptA(r1))`
  const needC = (alias: string) => `EXISTS (SELECT FROM public.c r3 WHERE ${alias}."id" = r3."b" AND keptC(r3))`

  it('goes where no kept row of one table refers to it', () => {
    expect(both(unneeded(b, [byA], []))).toStrictEqual({ holds: `NOT ${needA('t')}`, fails: needA('t') })
  })

  it('goes where no kept row of any table refers to it, each of which is a join of its own', () => {
    const rows = (need: (alias: string) => string) =>
      `SELECT q2.tableoid AS "row is in", q2.ctid AS "row is at" FROM public.b q2 WHERE ${need('q2')}`
    const needed = `EXISTS (SELECT FROM (${rows(needA)} UNION ALL ${rows(needC)}) n2 WHERE n2."row is in" = t.tableoid AND n2."row is at" = t.ctid)`
    expect(both(unneeded(b, [byA, byC], []))).toStrictEqual({ holds: `NOT ${needed}`, fails: needed })
  })

  it.each([
    ['one table', [byA], [needA]],
    ['any table', [byA, byC], [needA, needC]],
  ] as const)('stays where a needed row of its own table refers to it, whether %s needs that', (_what, needs, conditions) => {
    const own = reference(b, b, { columns: [2] })
    const list = 'q2.tableoid AS "row is in", q2.ctid::text AS "row is at", q2."boss"'
    const first = conditions.map((need) => `SELECT ${list} FROM public.b q2 WHERE ${need('q2')}`).join(' UNION ')
    const next = `SELECT ${list} FROM n2 JOIN public.b q2 ON (q2."id" = n2."boss")`
    const needed = `EXISTS (SELECT FROM (WITH RECURSIVE n2 AS ((${first}) UNION ${next}) SELECT "row is in", "row is at" FROM n2) n2 WHERE n2."row is in" = t.tableoid AND n2."row is at" = t.ctid::text)`
    expect(both(unneeded(b, needs, [own]))).toStrictEqual({ holds: `NOT ${needed}`, fails: needed })
  }) // prettier-ignore
})

describe('a chain within a table', () => {
  const chain = (columns: string, steps: string, ...begin: readonly string[]) => {
    const list = `q1.tableoid AS "row is in", q1.ctid::text AS "row is at", ${columns}`
    const first = begin.map((condition) => `SELECT ${list} FROM public.a q1 WHERE ${condition}`).join(' UNION ')
    const next = `SELECT ${list} FROM n1 JOIN public.a q1 ON ${steps}`
    return `EXISTS (SELECT FROM (WITH RECURSIVE n1 AS ((${first}) UNION ${next}) SELECT "row is in", "row is at" FROM n1) n1 WHERE n1."row is in" = t.tableoid AND n1."row is at" = t.ctid::text)`
  }
  const twoWays = [boss, reference(a, a, { columns: [2, 3], targetColumns: [1, 2], operators: ['=', '='] })]

  it('goes with the row that it hangs on, from referred to referring', () => {
    const gone = chain('q1."id"', '(n1."id" = q1."boss")', 'x(q1)', 'y(q1)')
    expect(both(chainDropped(a, [reason('x'), reason('y')], [boss]))).toStrictEqual({
      holds: gone,
      fails: `NOT ${gone}`,
    })
  })

  it('stays with a chosen row, from referring to referred to', () => {
    const chosen = chain('q1."boss"', '(q1."id" = n1."boss")', 'x(q1)')
    expect(both(outsideChains(a, reason('x'), [boss]))).toStrictEqual({ holds: `NOT ${chosen}`, fails: chosen })
  })

  it('is followed by each of several references, with each column carried once', () => {
    expect(chainDropped(a, [reason('x')], twoWays).holds('t')).toBe(
      chain('q1."id", q1."b id"', '(n1."id" = q1."boss") OR (n1."id" = q1."b id" AND n1."b id" = q1."boss")', 'x(q1)'),
    )
    expect(outsideChains(a, reason('x'), twoWays).fails('t')).toBe(
      chain(
        'q1."boss", q1."b id"',
        '(q1."id" = n1."boss") OR (q1."id" = n1."b id" AND q1."b id" = n1."boss")',
        'x(q1)',
      ),
    )
  })

  it('never carries a column that the table lacks', () => {
    expect(() => outsideChains(a, reason('x'), [reference(a, a, { columns: [9] })])).toThrow(
      'The table a has no column 9.',
    )
  })
})
