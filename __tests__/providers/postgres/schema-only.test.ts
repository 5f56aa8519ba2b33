import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { RefusedError } from '../../../src/errors.js'
import type { Provider } from '../../../src/ports.js'
import { ask, majors, providerFor, type Shopping, specOf, startShop } from '../../fixtures/postgres.js'
import { everythingOn, failureOf, makeBranch, makeParent, oneSentence } from './stage.js'

// What differs is before 15, where statistics objects keep a row of their own, and from 17, where `event_triggers` is.
describe.each(majors.filter((major) => major !== 15))('a schema_only branch on PostgreSQL %i', (major) => {
  let stage: Shopping
  let provider: Provider
  beforeAll(async () => {
    stage = await startShop({ major })
    provider = providerFor(stage.server.adminUrl)
  })
  afterAll(async () => {
    await provider.close()
    await stage.server.stop()
  })

  it('shows its role no original value, in no table and in no statistics', async () => {
    await stage.server.sql('main', 'CREATE STATISTICS pair (mcv) ON customer_id, status FROM orders; ANALYZE')
    const { connection, notes } = await makeBranch(provider, 'pr-1', { dataPolicy: 'schema_only' })
    expect(notes).toContain('Emptied 10 tables and checked that each is empty.')
    expect(await ask(connection, `SELECT * FROM pg_stats WHERE schemaname = 'public'`)).toEqual([])
    expect(
      await ask(connection, 'SELECT most_common_vals FROM pg_stats_ext WHERE most_common_vals IS NOT NULL'),
    ).toEqual([])
    await expect(ask(connection, 'SELECT * FROM pg_statistic')).rejects.toMatchObject({ code: '42501' })
    expect(await ask(connection, 'SELECT * FROM open_orders')).toEqual([])
    expect(await ask(connection, 'SELECT * FROM best_customers')).toEqual([])
    expect(await ask(connection, 'ANALYZE; SELECT 1')).toBeUndefined()
    await ask(
      connection,
      `INSERT INTO schema_migrations VALUES ('20260101000000'); REFRESH MATERIALIZED VIEW best_customers`,
    )
    expect(await ask(connection, 'SELECT count(*)::int AS n FROM schema_migrations')).toEqual([{ n: 6 }])
  })

  it.each(['copy', 'schema_only'] as const)(
    'no event trigger of the parent runs while a branch is made: %s',
    async (dataPolicy) => {
      const { server } = stage
      const parent = `watched_${dataPolicy}`
      await makeParent(
        server,
        parent,
        `CREATE TABLE seen (tag text); CREATE TABLE t AS SELECT 1 AS id; CREATE MATERIALIZED VIEW mv AS SELECT id FROM t;
       CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.seen VALUES (TG_TAG); END $$;
       CREATE EVENT TRIGGER note ON ddl_command_end EXECUTE FUNCTION note();
       CREATE EVENT TRIGGER refuse ON sql_drop EXECUTE FUNCTION note()`,
      )
      const { connection } = await makeBranch(provider, parent.replace('_', '-'), { parent, dataPolicy })
      expect(await ask(connection, 'SELECT tag FROM seen')).toEqual([])
      await ask(connection, 'CREATE TABLE later (); ALTER TABLE t ADD x int')
      expect(await ask(connection, 'SELECT tag FROM seen')).toEqual([{ tag: 'CREATE TABLE' }, { tag: 'ALTER TABLE' }])
    },
  )

  it('is refused where a ledger is tied to an emptied table, and nothing is left', async () => {
    const { server } = stage
    await makeParent(
      server,
      'tied',
      `CREATE TABLE authors (id int PRIMARY KEY);
       CREATE TABLE schema_migrations (version text PRIMARY KEY, author int REFERENCES authors)`,
    )
    const before = await everythingOn(server)
    const failure = await failureOf(provider.create(specOf('pr-3', { parent: 'tied' })))
    expect(failure).toBeInstanceOf(RefusedError)
    expect(failure.message).toMatch(oneSentence)
    expect(await everythingOn(server)).toEqual(before)
  })
})

it('a parent of thousands of tables takes no more locks than the server has', async () => {
  const { server } = await startShop({ settings: { max_locks_per_transaction: '10', max_connections: '20' } }, 1)
  const provider = providerFor(server.adminUrl)
  try {
    for (let from = 0; from < 1000; from += 200) {
      await server.sql(
        'main',
        `DO $$ BEGIN FOR n IN ${from}..${from + 199} LOOP EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY)', n); END LOOP; END $$`,
      )
    }
    const { connection } = await makeBranch(provider, 'pr-1')
    const [row] = await ask(connection, `SELECT count(*)::int AS n FROM pg_tables WHERE tableowner = 'pr-1'`)
    expect(row).toEqual({ n: 1011 })
  } finally {
    await provider.close()
    await server.stop()
  }
})
