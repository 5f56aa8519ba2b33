import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { certificateLines, maskBranch } from '../../../src/data/masking/mask-branch.js'
import { fillMasked } from '../../../src/data/masking/stream/fill.js'
import { cloneSchema } from '../../../src/data/schema-clone/clone.js'
import type { PostgresOptions } from '../../../src/providers/postgres/index.js'
import { orderOf } from '../../data/masking/stage.js'
import { ask, providerFor, type Shopping, specOf, startShop } from '../../fixtures/postgres.js'
import { everythingOn, failureOf, openClient } from './stage.js'

const file = parse(readFileSync('docs/policy/db-branch.yml', 'utf8')) as { parents: { main: { masking: unknown } } }
const masking = orderOf(JSON.stringify(file.parents.main.masking))
const elapsed = () => performance.now()
const engines = {
  cloneSchema,
  maskRows: async (order, open) =>
    certificateLines(await maskBranch({ order, open, parallel: 2, info: () => undefined, elapsed })),
  streamRows: async (order, databases) =>
    certificateLines(await fillMasked({ order, ...databases, parallel: 2, info: () => undefined, elapsed })),
} satisfies Partial<PostgresOptions>

let stage: Shopping
let before: string[]
beforeAll(async () => {
  stage = await startShop({}, 20)
  before = await everythingOn(stage.server)
})
afterEach(async () => {
  const mine = (await everythingOn(stage.server)).filter((one) => !before.includes(one))
  for (const one of mine.toSorted())
    await stage.server.sql(
      'postgres',
      one.replace(/^(\w+) (.*)$/, (_, what: string, name) => `DROP ${what.toUpperCase()} "${name as string}"`),
    )
})
afterAll(() => stage.server.stop())

const masked = (change: Partial<PostgresOptions> = {}) => {
  const provider = providerFor(stage.server.adminUrl, { ...engines, ...change })
  const spec = specOf('pr-1', { dataPolicy: 'masked', masking })
  return { provider, spec }
}
/** Emails of the parent that the branch shows anywhere in a row of customers. */
const emails = `SELECT count(*)::int AS rows, count(*) FILTER (WHERE c::text LIKE '%@example.com%')::int AS masked FROM customers c`

it('streams from a parent in use, into a branch that its own role can use and change', async () => {
  const client = await openClient(stage.shop.url, 'web shop')
  await client.query(`BEGIN; UPDATE customers SET phone = '+49 30 1' WHERE id = 1`)
  const { provider, spec } = masked()
  const { branch, notes } = await provider.create(spec)
  await client.query('ROLLBACK')
  await client.end()
  expect(notes).toContain('Streamed masked rows of "main" into an empty database; no original was ever in it.')
  const connection = await provider.connection(branch)
  expect(await ask(connection, emails)).toEqual([{ rows: 20, masked: 20 }])
  const [original] = await stage.server.sql<{ email: string }>('main', 'SELECT email FROM customers WHERE id = 1')
  expect(await ask(connection, `SELECT FROM customers c WHERE c::text LIKE '%${original?.email}%'`)).toEqual([])
  await ask(
    connection,
    `ALTER TABLE customers ADD COLUMN vip boolean; INSERT INTO customers (name, email, address) VALUES ('A', 'a@b.example', '{}')`,
  )
  // The claim knows the parent's schema, so a refresh does not take it for one that moved on.
  if (branch.claim.kind !== 'claim') throw new Error('no claim')
  expect(branch.claim.claim.parentSchema).toBe(await provider.schemaFingerprint!('main'))
  await provider.close()
})

it('masks a copy in place where its schema cannot be copied exactly, and says why', async () => {
  await stage.server.sql(
    'main',
    `CREATE FUNCTION dear(products) RETURNS boolean LANGUAGE sql AS 'SELECT $1.price > 100'; CREATE CAST (products AS boolean) WITH FUNCTION dear(products)`,
  )
  try {
    const { provider, spec } = masked()
    const { branch, notes } = await provider.create(spec)
    expect(notes).toContain(
      'Masked a copy in place and not by a stream, because a copy of its schema would not be exact (cast from public.products to boolean).',
    )
    expect(await ask(await provider.connection(branch), emails)).toEqual([{ rows: 20, masked: 20 }])
    await provider.close()
  } finally {
    await stage.server.sql('main', 'DROP FUNCTION dear CASCADE')
  }
})

it('leaves nothing when masking fails', async () => {
  const { provider, spec } = masked({ streamRows: () => Promise.reject(new Error('refused')) })
  expect((await failureOf(provider.create(spec))).message).toBe('refused')
  await provider.close()
  expect(await everythingOn(stage.server)).toEqual(before)
})

it('dying in the middle leaves only what the next run finds and removes', async () => {
  const stop = new AbortController()
  const { provider, spec } = masked({
    signal: stop.signal,
    streamRows: async (order, databases) => {
      let opened = 0
      const target = async () => {
        // The third session on the branch is a lane's: rows are on their way.
        if (++opened === 3) stop.abort()
        return databases.target()
      }
      return engines.streamRows(order, { ...databases, target })
    },
  })
  expect((await failureOf(provider.create(spec))).name).toBe('CancelledError')
  await provider.close()
  const next = masked().provider
  expect(await next.find('pr-1')).toBeUndefined()
  await next.abandon!(spec.claim.build)
  expect(await everythingOn(stage.server)).toEqual(before)
  await next.close()
})
