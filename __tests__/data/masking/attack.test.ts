import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { faker } from '@faker-js/faker/locale/en'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import type { Certificate } from '../../../src/data/masking/mask-branch.js'
import { type Known, attacks, byFrequency, byRow, chance, hits, rehash } from './attack/attacks.js'
import { engines } from './engines.js'
import { someKey } from './stage.js'

const visitsEach = 4
const columns = ['email', 'account', 'device', 'phone', 'address'] as const
type Column = (typeof columns)[number]
type Person = Readonly<Record<Column, string>>

const rules = `
tables:
  customers: { email: email, account: hash, device: uuid, phone: phone, address: ip, city: city }
  visits: { email: email }
`

/** So many persons, in the order of their rows, and whom each visit is by. */
function townOf(people: number) {
  faker.seed(11)
  const unique = (make: () => string) => faker.helpers.uniqueArray(make, people)
  const made: Readonly<Record<Column, readonly string[]>> = {
    email: unique(() => faker.internet.email().toLowerCase()),
    account: unique(() => faker.finance.iban()),
    device: unique(() => faker.string.uuid()),
    phone: unique(() => `+49 30 ${faker.string.numeric(7)}`),
    address: unique(() => faker.internet.ipv4()),
  }
  const persons = made.email.map(
    (_, at): Person => Object.fromEntries(columns.map((column) => [column, made[column][at]])) as Person,
  )
  /** Nobody's rows stand in the order in which the attacker has the names. */
  const lists = Object.fromEntries(
    columns.map((column) => [column, faker.helpers.shuffle([...made[column]])]),
  ) as Record<Column, string[]>
  const visits = faker.helpers.shuffle(persons.flatMap(({ email }) => Array.from({ length: visitsEach }, () => email)))
  return { made, persons, lists, visits }
}

const schema = `
  CREATE TABLE customers (id int PRIMARY KEY, email text UNIQUE, account text UNIQUE, device uuid, phone text, address inet, city text);
  CREATE TABLE visits (email text REFERENCES customers (email)); CREATE INDEX ON visits (email)`

type Masked = Readonly<Record<Column | 'city', string>>

interface Content {
  readonly rows: readonly Masked[]
  readonly visits: readonly string[]
}

/** The rows of a database by the order in its files. */
async function contentOf(server: PostgresServer, database: string): Promise<Content> {
  const rows = await server.sql<Masked & { id: number }>(
    database,
    'SELECT id, email, account, device::text, phone, host(address) AS address, city FROM customers ORDER BY ctid',
  )
  expect(rows.map(({ id }) => id)).toEqual(rows.map((_, at) => at + 1))
  const visited = await server.sql<{ email: string }>(database, 'SELECT email FROM visits ORDER BY ctid')
  return { rows, visits: visited.map(({ email }) => email) }
}

/** How many are found by chance does not depend on how many there are. */
const towns = [
  [18, 500],
  [15, 200],
] as const

describe.each(towns)('an attacker who knows all but the key, on PostgreSQL %i', (major, people) => {
  const { made, persons, lists, visits } = townOf(people)
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres({ major })
    await server.sql('postgres', 'CREATE DATABASE parent')
    await server.sql('parent', schema)
    await server.sql(
      'parent',
      `INSERT INTO customers SELECT n, p ->> 'email', p ->> 'account', (p ->> 'device')::uuid, p ->> 'phone', (p ->> 'address')::inet, 'Berlin' FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS j(p, n)`,
      [JSON.stringify(persons)],
    )
    await server.sql('parent', 'INSERT INTO visits SELECT * FROM unnest($1::text[])', [visits])
  })
  afterAll(() => server.stop())

  /** All columns of a masked branch as an attacker sees them, and the truth to count the hits by. */
  function seen(column: Column, content: Content, words: readonly string[]) {
    const masked = content.rows.map((row) => row[column])
    const truth = new Map(persons.map((person, at) => [person[column], masked[at] ?? '']))
    const known: Known = {
      originals: lists[column],
      masked,
      elsewhere: column === 'email' ? content.visits : masked,
      times: new Map(lists[column].map((original) => [original, column === 'email' ? visitsEach : 1])),
      told: new Map([...truth].filter((_, at) => at % 5 > 0)),
      words,
    }
    return { known, truth }
  }

  /** What everybody can read: the certificate, the documentation, and what people take for keys. */
  const wordsOf = ({ key, rules: hash }: Pick<Certificate, 'key' | 'rules'>) => [
    key.id, hash, hash.slice(0, 16), 'email', 'hash', 'uuid', 'secret', 'masking_key', 'db-branch-action key id', 'customers', 'customers.email', '0'.repeat(64),
  ] // prettier-ignore

  it.each(attacks)('has means that work: %s', (_, attack, broken) => {
    const content = {
      rows: persons.map((person) => ({ ...person, email: broken(person.email), city: '' })),
      visits: [],
    }
    const { known, truth } = seen('email', content, ['email', 'secret'])
    expect(hits(attack(known), truth)).toBeGreaterThan(chance())
  })

  describe.each(engines)('%s', (engineName, engine) => {
    const branches = ['random', 'other_random', 'given', 'given_again'].map((name) => `${engineName}_${name}`)
    const content: Content[] = []
    const certificates: Certificate[] = []
    beforeAll(async () => {
      for (const [at, branch] of branches.entries()) {
        certificates.push(
          await engine({ server, parent: 'parent', branch }, rules, { key: at < 2 ? 'random' : someKey }),
        )
        content.push(await contentOf(server, branch))
      }
    })
    const words = () => wordsOf(certificates[0] as Certificate)
    const branch = (at: number) => content[at] as Content

    it.each(columns)('finds nobody again by %s, whatever the means', (column) => {
      const { known, truth } = seen(column, branch(0), words())
      const all = [
        ...attacks.map(([name, attack]) => [name, attack] as const),
        ['order of the rows', byRow] as const,
        ['frequency', byFrequency] as const,
      ]
      const found = all.map(([name, attack]) => [name, hits(attack(known), truth)] as const)
      expect(found.filter(([, count]) => count > chance())).toEqual([])
      expect(Object.fromEntries(found)).toMatchObject({ 'guessed keys and plain hashes': 0 })
    })

    it('finds everybody with the key, and nobody with all of it but a character', () => {
      for (const column of ['email', 'account', 'device'] as const) {
        const { known, truth } = seen(column, branch(2), [])
        const by = (word: string) => hits(rehash({ ...known, words: [word] }), truth)
        expect([by(someKey.reveal()), by(someKey.reveal().slice(0, -1))]).toEqual([people, 0])
      }
    })

    it('learns nothing from the form: every masked address has the same', () => {
      expect(content.map(({ rows }) => rows.length)).toEqual(branches.map(() => people))
      const forms = branch(0).rows.map(({ email }) => email.replace(/^u[0-9a-f]{16}@/, 'u@'))
      expect(new Set(forms)).toEqual(new Set(['u@example.com']))
    })

    it('cannot lay two branches side by side: another key masks every value otherwise, the same key alike', () => {
      const same = (column: Column, a: number, b: number) =>
        branch(a).rows.filter((row, at) => row[column] === branch(b).rows[at]?.[column]).length
      for (const [a, b] of [
        [0, 1],
        [0, 2],
      ] as const) {
        expect(['email', 'account', 'device'].map((column) => same(column as Column, a, b))).toEqual([0, 0, 0])
        expect(same('phone', a, b)).toBeLessThanOrEqual(chance(people / 10_000))
        expect(same('address', a, b)).toBeLessThanOrEqual(chance(people / 2 ** 17))
      }
      expect(branch(3)).toEqual(branch(2))
      expect(new Set(certificates.map(({ key }) => key.id)).size).toBe(3)
    })

    it('finds whom the structure shows, which stays and which the documentation says: the order of rows, and how often', () => {
      const { known, truth } = seen('email', branch(0), [])
      expect(hits(byRow({ ...known, originals: made.email }), truth)).toBe(people)
      const regular = made.email[0] ?? ''
      const often = {
        ...known,
        elsewhere: [...known.elsewhere, truth.get(regular) ?? ''],
        times: new Map([...known.times, [regular, visitsEach + 1]]),
      }
      expect(byFrequency(often).get(regular)).toBe(truth.get(regular))
    })
  })
})
