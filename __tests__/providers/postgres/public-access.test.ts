import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { RefusedError } from '../../../src/errors.js'
import { majors, providerFor, type Shopping, specOf, startShop } from '../../fixtures/postgres.js'
import { everythingOn, failureOf, makeBranch, oneSentence } from './stage.js'

/** What PUBLIC may do, how it came to that, and how it is taken back. */
const holes: [what: string, open: string, close: string][] = [
  ['read public.customers', 'GRANT SELECT ON customers TO PUBLIC', 'REVOKE ALL ON customers FROM PUBLIC'],
  [
    'read public.customers',
    'GRANT SELECT (email) ON customers TO PUBLIC',
    'REVOKE ALL (email) ON customers FROM PUBLIC',
  ],
  [
    'read public.best_customers',
    'GRANT SELECT ON best_customers TO PUBLIC',
    'REVOKE ALL ON best_customers FROM PUBLIC',
  ],
  ['read public.open_orders', 'GRANT SELECT ON open_orders TO PUBLIC', 'REVOKE ALL ON open_orders FROM PUBLIC'],
  [
    'read public.events_default',
    'GRANT SELECT ON events_default TO PUBLIC',
    'REVOKE ALL ON events_default FROM PUBLIC',
  ],
  ['write to public.orders', 'GRANT INSERT ON orders TO PUBLIC', 'REVOKE ALL ON orders FROM PUBLIC'],
  ['write to public.orders', 'GRANT UPDATE (note) ON orders TO PUBLIC', 'REVOKE ALL (note) ON orders FROM PUBLIC'],
  ['write to public.orders', 'GRANT TRIGGER ON orders TO PUBLIC', 'REVOKE ALL ON orders FROM PUBLIC'],
  [
    'read public.orders_id_seq',
    'GRANT SELECT ON SEQUENCE orders_id_seq TO PUBLIC',
    'REVOKE ALL ON orders_id_seq FROM PUBLIC',
  ],
  [
    'call the SECURITY DEFINER function public.mails()',
    `CREATE FUNCTION mails() RETURNS SETOF text LANGUAGE sql SECURITY DEFINER AS 'SELECT email FROM customers'`,
    'DROP FUNCTION mails()',
  ],
  [
    'create objects in schema inbox',
    'CREATE SCHEMA inbox; GRANT CREATE ON SCHEMA inbox TO PUBLIC',
    'DROP SCHEMA inbox',
  ],
  [
    'read large object 4711',
    `SELECT lo_from_bytea(4711, 'letter'); GRANT SELECT ON LARGE OBJECT 4711 TO PUBLIC`,
    'SELECT lo_unlink(4711)',
  ],
]

describe('a parent that lets PUBLIC in', () => {
  let stage: Shopping
  beforeAll(async () => {
    stage = await startShop()
    await stage.server.sql('postgres', 'GRANT CONNECT ON DATABASE main TO PUBLIC')
  })
  afterAll(() => stage.server.stop())

  it.each(holes)('is not copied when PUBLIC may %s (%s)', async (what, open, close) => {
    const { server } = stage
    const provider = providerFor(server.adminUrl)
    await server.sql('main', open)
    try {
      const before = await everythingOn(server)
      const failure = await failureOf(provider.create(specOf('pr-1')))
      expect(failure).toBeInstanceOf(RefusedError)
      expect(failure.message).toMatch(oneSentence)
      expect(failure.message).toContain(`may ${what} in it. Run REVOKE CONNECT ON DATABASE "main" FROM PUBLIC`)
      expect(await everythingOn(server)).toEqual(before)
      expect(await provider.leftovers?.('pr-1')).toEqual([])
    } finally {
      await provider.close()
      await server.sql('main', close)
    }
  })

  it('is copied after the command that the refusal names', async () => {
    const { server } = stage
    const provider = providerFor(server.adminUrl)
    await server.sql('main', 'GRANT SELECT ON customers TO PUBLIC')
    const { message } = await failureOf(provider.create(specOf('pr-2')))
    await server.sql('postgres', /REVOKE CONNECT ON DATABASE "main" FROM PUBLIC/.exec(message)![0])
    await expect(makeBranch(provider, 'pr-2')).resolves.toBeDefined()
    await provider.close()
  })

  it('lists three holes and counts the rest', async () => {
    const { server } = stage
    const provider = providerFor(server.adminUrl)
    await server.sql('postgres', 'GRANT CONNECT ON DATABASE main TO PUBLIC')
    await server.sql('main', 'GRANT SELECT ON customers, orders, products, events, order_items TO PUBLIC')
    await expect(provider.create(specOf('pr-3'))).rejects.toThrow(
      'may read public.customers, read public.events, read public.order_items and 2 more in it',
    )
    await provider.close()
  })
})

// From 15 on, PUBLIC may create nothing there: https://www.postgresql.org/docs/15/release-15.html
describe.each(majors.filter((major) => major < 15))('a new database on PostgreSQL %i', (major) => {
  it('is not copied, because PUBLIC may create objects in schema public', async () => {
    const { server } = await startShop({ major }, 1)
    const provider = providerFor(server.adminUrl)
    try {
      await server.sql('postgres', 'GRANT CONNECT ON DATABASE main TO PUBLIC')
      await expect(provider.create(specOf('pr-1'))).rejects.toThrow(
        "every role of the server, a branch's too, may create objects in schema public in it.",
      )
      expect((await everythingOn(server)).join()).not.toContain('~')
    } finally {
      await provider.close()
      await server.stop()
    }
  })
})
