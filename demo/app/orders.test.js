// The test of an application that knows nothing of branches: it gets a URL and uses it.
import assert from 'node:assert/strict'
import pg from 'pg'

const shop = new pg.Client({ connectionString: process.env.DATABASE_URL })
await shop.connect()

const { rows: before } = await shop.query('SELECT count(*)::int AS customers FROM customers')
console.log(`Connected to ${shop.database}: ${before[0].customers} customers.`)

await shop.query('BEGIN')
const { rows: customer } = await shop.query(
  `INSERT INTO customers (name, email, address) VALUES ('Test Person', $1, '{"city": "Testville"}') RETURNING id`,
  [`person-${Date.now()}@example.test`],
)
await shop.query('INSERT INTO orders (customer_id, status) VALUES ($1, $2)', [customer[0].id, 'paid'])
await shop.query('COMMIT')

const { rows: orders } = await shop.query(
  'SELECT c.name, o.status FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.id = $1',
  [customer[0].id],
)
assert.deepEqual(orders, [{ name: 'Test Person', status: 'paid' }])
console.log(`Wrote and read back customer ${customer[0].id} with a paid order.`)

await shop.query('ALTER TABLE orders ADD COLUMN IF NOT EXISTS gift boolean NOT NULL DEFAULT false')
console.log('Added a column, as a migration of this pull request would.')
await shop.end()
