import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { engines } from './engines.js'
import { plantAll, planted, rules } from './planted/places.js'
import { type Findings, search } from './planted/search.js'
import { sessionOn } from './stage.js'

const values = planted.map(({ value }) => value)
const whereOf = (found: Findings) =>
  planted.flatMap(({ place, value }) => [...(found.get(value) ?? [])].map((where) => `${place}: ${where}`))

const tables =
  'people accounts transfers cards payments visits persons staff contacts directory documents leads former_leads labels drafts counters'
/** How many values each column has, but for those of which masking leaves none. */
const counts = tables
  .split(' ')
  .map(
    (table) => `SELECT '${table}' AS table, e.key, count(*)::int FROM ${table} t, jsonb_each(to_jsonb(t)) e
      WHERE e.value <> 'null' AND e.key NOT IN ('marks', 'tags', 'home') GROUP BY e.key`,
  )
  .join(' UNION ALL ')
const joined = `
  SELECT (SELECT count(*)::int FROM transfers JOIN accounts USING (iban)) AS transfers, (SELECT count(*)::int FROM payments JOIN cards USING (holder, number)) AS payments,
         (SELECT count(*)::int FROM people WHERE contact_shown = '<' || contact || '>') AS generated`

describe.each([15, 18] as const)('200 personal values planted in PostgreSQL %i', (major) => {
  let server: PostgresServer
  let before: Findings
  beforeAll(async () => {
    server = await startPostgres({ major, settings: { autovacuum: 'off' } })
    await server.sql('postgres', 'CREATE DATABASE parent')
    // As on a busy server: while somebody may still see them, deleted rows are not pruned from their pages.
    const reader = await sessionOn(server, 'parent')
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1')
    await plantAll(server, 'parent')
    before = await search(server, 'parent', values)
    await reader.close()
  })
  afterAll(() => server.stop())

  it('are found wherever they stand: what finds nothing in a branch finds everything in the parent', () => {
    expect(values).toHaveLength(200)
    const missed = planted.flatMap(({ place, value, seen }) =>
      seen.filter((where) => before.get(value)?.has(where) !== true).map((where) => `${place}: ${where}: ${value}`),
    )
    expect(missed).toEqual([])
    const undead = planted.filter(
      ({ dead, value }) => dead && [...(before.get(value) ?? [])].some((where) => /^rows of (?!pg_stat)/.test(where)),
    )
    expect(undead).toEqual([])
  })

  it.each(engines)('are gone from a branch masked %s', async (name, engine) => {
    await engine({ server, parent: 'parent', branch: name }, rules)
    expect(whereOf(await search(server, name, values))).toEqual([])
    // An empty branch would hold no original, either.
    for (const query of [`${counts} ORDER BY 1, 2`, joined])
      expect(await server.sql(name, query)).toEqual(await server.sql('parent', query))
  })
})
