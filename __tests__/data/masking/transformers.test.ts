import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createHash, createHmac } from 'node:crypto'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { createPads, giveKey, maskingKey } from '../../../src/data/masking/key.js'
import { type Target, maskExpression } from '../../../src/domain/masking/compile.js'
import { detect, passesLuhn } from '../../../src/domain/masking/detectors.js'
import { type Mask, plainMask } from '../../../src/domain/masking/rules.js'
import type { Column } from '../../../src/domain/masking/schema.js'
import { known, shapeOf } from '../../../src/domain/masking/compile.js'
import { textTransformers } from '../../../src/domain/masking/transformers-text.js'
import { type Pads, padsOfEachRow, padsOfQuery, padsOfStatement } from '../../../src/domain/masking/transformer.js'
import type { MaskingKey } from '../../../src/ports.js'
import { Secret } from '../../../src/secret.js'
import type { Session } from '../../../src/sql/session.js'
import { sessionOn, someKey } from './stage.js'

let server: PostgresServer
let sql: Session
beforeAll(async () => {
  server = await startPostgres()
  sql = await sessionOn(server, 'postgres')
})
afterAll(async () => {
  await sql.close()
  await server.stop()
})

const random = (bytes: number) => 'ab'.repeat(bytes)
const key = maskingKey(someKey, random)
const otherKey = maskingKey(new Secret(`${someKey.reveal()}!`), random)

function column(base: string, change: Partial<Column> = {}): Column {
  return {
    number: 1, name: 'v', type: base, base, baseSchema: 'pg_catalog', baseKind: 'b', array: false, length: null, labels: [],
    notNull: false, generated: '', expression: null, reads: [], collation: null, nondeterministic: false, storage: null,
    compression: null, inherited: false, ...change,
  } // prettier-ignore
}

function targetOf(mask: Mask, of: Column = column('text')): Target {
  return { column: of, mask, normalise: mask.normalise ?? 'none', length: of.length ?? undefined }
}

interface Masked {
  readonly value: string | null
  readonly holds: boolean | null
}

/** The masked texts of the values, and whether each obeys its own shape. */
async function maskAll(target: Target, values: readonly (string | null)[], by: MaskingKey = key): Promise<Masked[]> {
  const proof = known(target.mask).proof(shapeOf(target))
  const expression = maskExpression(target, (name) => (name === 'v' ? 't.v' : `t.n`))
  await sql.query('ROLLBACK; BEGIN')
  await giveKey(sql, by)
  const rows = await sql.query<Masked>(
    `SELECT m.value::text AS value, ${proof.kind === 'shape' ? proof.holds('m.value') : 'NULL'} AS holds
       FROM unnest($1::text[]) WITH ORDINALITY AS raw(v, n), LATERAL (SELECT raw.v::${target.column.type} AS v, raw.n AS n) t,
            LATERAL (SELECT ${expression} AS value) m ORDER BY raw.n`,
    [values],
  )
  await sql.query('COMMIT')
  return rows
}

const texts = async (target: Target, values: readonly (string | null)[], by?: MaskingKey) =>
  (await maskAll(target, values, by)).map((row) => row.value)

/** The key that HMAC is used with: see maskingKey. */
function lettersOf(secret: Secret): string {
  const digits = createHash('sha256').update(secret.reveal()).digest('hex')
  return digits.replace(/./g, (digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)] ?? '')
}

/** What PostgreSQL can store in a text. */
const storable = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .map((text) => text.replaceAll('\0', ''))
  .filter((text) => text !== '' && Buffer.from(text).toString() === text)
const many = fc.array(storable, { minLength: 1, maxLength: 20 })
const names = Object.keys(textTransformers).filter((name) => name !== 'template')
const everyText = names.map((name) => [name, plainMask(name, '')] as const)

describe.each(everyText)('%s', (name, mask) => {
  const target = targetOf(mask)

  it('gives the same output for the same input, another for another key, and always its own shape', async () => {
    const property = fc.asyncProperty(many, async (values) => {
      const first = await maskAll(target, values)
      expect(await maskAll(target, values)).toEqual(first)
      for (const [at, { value, holds }] of first.entries()) {
        expect({ of: values[at], value, holds }).toEqual({ of: values[at], value, holds: true })
        expect(detect(value ?? '')).toEqual([])
      }
    })
    await fc.assert(property, { numRuns: 12 })
  })

  it('leaves NULL and empty texts alone', async () => {
    expect(await texts(target, [null, ''])).toEqual([null, ''])
  })

  const constantInKey = ['redact_text']
  it('changes with the key', async () => {
    const values = Array.from({ length: 40 }, (_, index) => `+4930${String(index).padStart(12, '7')}`)
    const [a, b] = [await texts(target, values), await texts(target, values, otherKey)]
    expect(JSON.stringify(a) === JSON.stringify(b)).toBe(constantInKey.includes(name))
  })

  it('fits its longest value into a column of that length', async () => {
    const longest = textTransformers[name as keyof typeof textTransformers].longest?.(shapeOf(target)) ?? 40
    const values = Array.from({ length: 300 }, (_, index) => `value ${index}`)
    expect(Math.max(...(await texts(target, values)).map((value) => value?.length ?? 0))).toBeLessThanOrEqual(longest)
  })
})

it('is HMAC-SHA-256 of group and value, backslashes and unicode included', async () => {
  const values = ['a\\b\\x41', 'Zoë 😀', "it's", '\\', '\n']
  const wanted = values.map((value) => createHmac('sha256', lettersOf(someKey)).update(`hash:${value}`).digest('hex'))
  expect(await texts(targetOf(plainMask('hash', '', { parameters: { length: 64 } })), values)).toEqual(wanted)
})

it('is the same where the key is read once per query, or once per statement', async () => {
  const target = targetOf(plainMask('name', ''))
  const as = (pads: Pads) => maskExpression(target, () => 't.v', pads)
  await sql.query('ROLLBACK; BEGIN; CREATE SCHEMA db_branch_masking')
  await giveKey(sql, key)
  await createPads(sql)
  const rows = await sql.query<{ row: string; query: string; statement: string }>(
    `SELECT ${as(padsOfEachRow)} AS row, ${as(padsOfQuery)} AS query, ${as(padsOfStatement)} AS statement FROM (SELECT 'v' || g AS v FROM generate_series(1, 50) g) t`,
  )
  await sql.query('ROLLBACK')
  expect(new Set(rows.map(({ row }) => row)).size).toBeGreaterThan(40)
  expect(rows.filter(({ row, query, statement }) => row !== query || row !== statement)).toEqual([])
})

it('keys of any length fill a block, and the ends of long ones count', async () => {
  const long = '0123456789abcdef'.repeat(6)
  const hashOf = (secret: string) =>
    texts(targetOf(plainMask('hash', '')), ['x'], maskingKey(new Secret(secret), random))
  const wanted = createHmac('sha256', lettersOf(new Secret(long)))
    .update('hash:x')
    .digest('hex')
    .slice(0, 16)
  expect(await hashOf(long)).toEqual([wanted])
  expect(await hashOf(`${long}!`)).not.toEqual([wanted])
})

it.each([0, 1, 2, 3])('pads hold nothing that a text of PostgreSQL cannot (key %i)', (which) => {
  const { ipad, opad } = maskingKey(new Secret(`${someKey.reveal()}${which}`), random)
  for (const pad of [ipad, opad]) expect(pad.reveal()).toMatch(/^[ -~]{64}$/)
})

it('the digests of originals are keyed by 64 bits with a sign', () => {
  const check = (hex: string) => maskingKey(someKey, () => hex).check.reveal()
  expect([check('ffffffffffffffff'), check('8000000000000000'), check('7fffffffffffffff')]).toEqual([
    '-1',
    '-9223372036854775808',
    '9223372036854775807',
  ])
})

it.each(['', 'short', 'a'.repeat(64), 'x'.repeat(31)])('refuses the weak key %p', (weak) => {
  expect(() => maskingKey(new Secret(weak), random)).toThrow('"masking_key" is too weak')
})

it('keeps 100,000 different values different', async () => {
  const [row] = await (async () => {
    await sql.query('BEGIN')
    await giveKey(sql, key)
    const make = (name: string) => maskExpression(targetOf(plainMask(name, '')), () => 't.v')
    const rows = await sql.query<Record<string, number>>(
      `SELECT count(DISTINCT ${make('email')})::int AS email, count(DISTINCT ${make('hash')})::int AS hash, count(DISTINCT ${make('url')})::int AS url,
              count(DISTINCT ${make('uuid')})::int AS uuid FROM (SELECT 'person' || g AS v FROM generate_series(1, 100000) g) t`,
    )
    await sql.query('COMMIT')
    return rows
  })()
  expect(row).toEqual({ email: 100_000, hash: 100_000, url: 100_000, uuid: 100_000 })
})

describe('masks at paths of documents', () => {
  const at = (path: string, mask: Mask) => ({ path: path.split('.'), mask })
  const rules: Mask = {
    ...plainMask('json', ''),
    paths: [
      at('who.mail', { ...plainMask('constant', ''), parameters: { value: 'mail' } }),
      at('who.born', plainMask('null', '')),
      at('items.*.name', { ...plainMask('constant', ''), parameters: { value: 'name' } }),
      at('tags.*', plainMask('null', '')),
    ],
  }

  it.each([
    ['values', { who: { mail: 'a', born: 'b' } }, { who: { mail: 'mail', born: null } }],
    ['numbers', { who: { mail: 7, born: 1970 } }, { who: { mail: 'mail', born: null } }],
    ['an empty text', { who: { mail: '', born: '' } }, { who: { mail: '', born: '' } }],
    ['null, true and nothing', { who: { mail: null, born: true } }, { who: { mail: null, born: true } }],
    ['nothing at the path', { what: {} }, { what: {} }],
    ['an object', { who: { mail: { x: 'a', n: 5 } } }, { who: { mail: { x: 'redacted', n: 0 } } }],
    ['a list on the way', { who: ['a', 'b'] }, { who: ['redacted', 'redacted'] }],
    ['a text on the way', { who: 'a' }, { who: 'redacted' }],
    [
      'elements',
      { items: [{ name: 'a' }, { name: null }, {}, 'a', 5] },
      { items: [{ name: 'name' }, { name: null }, {}, 'redacted', 0] },
    ],
    ['elements that are values', { tags: ['a', 3, null, ''] }, { tags: [null, null, null, ''] }],
    ['no list', { items: { name: 'a' }, tags: 'a' }, { items: { name: 'redacted' }, tags: 'redacted' }],
    ['a list', ['a', 1], ['redacted', 0]],
    ['a text alone', 'a', 'redacted'],
    ['null alone', null, null],
    [
      'keys and texts that begin like the end of a key',
      { ': a': ': 5 Ada', 'b ': [': 1 Ada', ': '], '": c': '": 1 Ada' },
      { ': a': 'redacted', 'b ': ['redacted', 'redacted'], '": c': 'redacted' },
    ],
    ['such a text alone', ': 1 Ada', 'redacted'],
  ])('%s', async (_, document, wanted) => {
    const [made] = await texts(targetOf(rules, column('jsonb')), [JSON.stringify(document)])
    expect(JSON.parse(made!)).toEqual(wanted)
  })
})

it('gives the same value in text, varchar, char and citext columns, whatever the case where case does not count', async () => {
  const mask = plainMask('email', '')
  const [text] = await texts(targetOf(mask), ['ada@corp.de'])
  expect(await texts(targetOf(mask, column('varchar', { type: 'varchar(40)', length: 40 })), ['ada@corp.de'])).toEqual([
    text,
  ])
  expect(await texts(targetOf(mask, column('bpchar', { type: 'char(40)', length: 40 })), ['ada@corp.de'])).toEqual([
    text,
  ])
  expect(await texts({ ...targetOf(mask), normalise: 'lower' }, ['Ada@Corp.DE', 'ADA@corp.de'])).toEqual([text, text])
  expect(new Set(await texts(targetOf(mask), ['Ada@corp.de', 'ada@corp.de'])).size).toBe(2)
})

it.each([
  ['+1 (415) 555-2671', /^\+1 \(555\) \d{3}-\d{4}$/],
  ['415-555-2671', /^555-\d{3}-\d{4}$/],
  ['+49 30 1234567', /^\+99 9\d \d{7}$/],
  ['030 1234567', /^000 \d{7}$/],
  ['ask Ada', /^xxx xxx$/],
  ['+4930123456789', /^\+999\d{10}$/],
  ['+14155552671', /^\+1555\d{7}$/],
  ['14155552671', /^1555\d{7}$/],
  ['0301234567', /^000\d{7}$/],
  ['4155552671', /^555\d{7}$/],
  ['tel: +49 30', /^xxxx \+99 9\d$/],
  ['(+1) 415 555-2671', /^\(\+9\) 99\d \d{3}-\d{4}$/],
  ['%s 1 #2', /^xx 5 x5$/],
])('keeps the format of %p', async (phone, format) => {
  expect((await texts(targetOf(plainMask('phone', '')), [phone]))[0]).toMatch(format)
})

it('makes cards that pass Luhn', async () => {
  const cards = await texts(
    targetOf(plainMask('credit_card', '')),
    Array.from({ length: 500 }, (_, index) => `4111${index}`),
  )
  expect(cards.every((card) => /^424242\d{10}$/.test(card ?? '') && passesLuhn(card ?? ''))).toBe(true)
  expect(new Set(cards).size).toBeGreaterThan(450)
})

it.each([
  ['inet', '93.184.216.34', /^198\.1[89]\.\d+\.\d+$/],
  ['inet', '93.184.216.0/24', /^198\.1[89]\.\d+\.\d+\/24$/],
  ['cidr', '93.0.0.0/8', /^198\.18\.0\.0\/15$/],
  ['inet', '2a00:1450::1', /^2001:db8:/],
])('masks %s %s within the ranges for tests', async (type, value, wanted) => {
  const [made] = await maskAll(targetOf(plainMask('ip', ''), column(type)), [value])
  expect(made?.value?.replace(/\/(32|128)$/, '')).toMatch(wanted)
  expect(made?.holds).toBe(true)
})

it('generalises numbers, dates and texts', async () => {
  const by = (parameters: Mask['parameters']) => plainMask('generalise', '', { parameters })
  expect(await texts(targetOf(by({ step: 10 }), column('int4')), ['37', '-3', '40'])).toEqual(['30', '-10', '40'])
  expect(await texts(targetOf(by({ unit: 'year' }), column('date')), ['1984-05-17', 'infinity'])).toEqual([
    '1984-01-01',
    'infinity',
  ])
  expect(await texts(targetOf(by({ keep: 2 })), ['10115', 'AB', '7'])).toEqual(['10***', '**', '*'])
})

it('masks a list whose type is a domain', async () => {
  await sql.query('ROLLBACK; CREATE DOMAIN pg_temp.numbers AS int[]')
  const mask = plainMask('generalise', '', { parameters: { step: 10 } })
  const target = targetOf(mask, column('int4', { type: 'pg_temp.numbers', array: true }))
  const rows = await sql.query(
    `SELECT (${maskExpression(target, (name) => `t.${name}`)})::pg_temp.numbers::text AS made
       FROM (SELECT '{37,NULL,-3}'::pg_temp.numbers AS v) t`,
  )
  expect(rows).toEqual([{ made: '{30,NULL,-10}' }])
})

it('moves the dates of one key together, back by at least a day', async () => {
  const mask = plainMask('date_shift', '', { parameters: { key: 'same', days: 30 } })
  const target = targetOf(mask, column('date'))
  await sql.query('BEGIN')
  await giveKey(sql, key)
  const rows = await sql.query<{ key: number; moved: number }>(
    `SELECT t.same AS key, t.v - (${maskExpression(target, (name) => `t.${name}`)}) AS moved
       FROM (SELECT g % 20 AS same, date '2024-01-01' + g AS v FROM generate_series(1, 400) g) t`,
  )
  await sql.query('COMMIT')
  for (let each = 0; each < 20; each++) {
    const moves = new Set(rows.filter((row) => row.key === each).map((row) => row.moved))
    expect(moves.size).toBe(1)
    expect([...moves].every((days) => days >= 1 && days <= 30)).toBe(true)
  }
  expect(new Set(rows.map((row) => row.moved)).size).toBeGreaterThan(8)
})

it('adds noise of at most the given share and keeps the digits after the point', async () => {
  const mask = plainMask('number_noise', '', { parameters: { percent: 20 } })
  const made = await texts(
    targetOf(mask, column('numeric', { type: 'numeric(10,2)' })),
    Array.from({ length: 200 }, (_, at) => `${1000 + at}.50`),
  )
  for (const [at, value] of made.entries())
    expect(Math.abs(Number(value) / (1000.5 + at) - 1)).toBeLessThanOrEqual(0.2001)
  expect(made.every((value) => /^\d+\.\d\d$/.test(value ?? ''))).toBe(true)
  expect(await texts(targetOf(mask, column('int4')), ['0', null])).toEqual(['0', null])
})

it('fills a template with other columns and a digest', async () => {
  const mask = plainMask('template', '', { parameters: { text: 'user-{id}-{hash}@example.com' } })
  expect((await texts(targetOf(mask), ['ada', null])).map(String)).toEqual([
    expect.stringMatching(/^user-1-[0-9a-f]{16}@example\.com$/),
    'null',
  ])
})

it.each([
  ['constant', { value: '2000-01-01' }, 'date', '1984-05-17', '2000-01-01'],
  ['constant', { value: "it's \\ fine" }, 'text', 'x', "it's \\ fine"],
  ['null', {}, 'xml', '<a/>', null],
])('%s %p as %s', async (name, parameters, type, value, wanted) => {
  const [made] = await maskAll(targetOf(plainMask(name, '', { parameters }), column(type)), [value])
  expect(made).toEqual({ value: wanted, holds: true })
})
