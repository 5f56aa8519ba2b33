import { randomBytes } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { SealedFor } from '../../src/domain/sealed.js'
import { ForgeError, RefusedError } from '../../src/errors.js'
import type { Connection } from '../../src/ports.js'
import { redact, Secret } from '../../src/secret.js'
import { openSealed, seal, sealedSink } from '../../src/sinks/sealed.js'

const key = new Secret('k'.repeat(32))
const recipient: SealedFor = { repository: 42, pullRequest: 7, branch: 'pr-7' }
const password = `p!*'()%@:/#? "ä\n🌱`
const url = `postgresql://pr-7:${encodeURIComponent(password)}@db.example.com:5432/pr-7?sslmode=require`
const plain = { host: 'db.example.com', port: 5432, database: 'pr-7', username: 'pr-7' }
const connection: Connection = {
  ...plain,
  url: new Secret(url),
  pooledUrl: new Secret(`${url}&pool=1`),
  password: new Secret(password),
}

const sealed = (salt = randomBytes(16)) => seal(key, recipient, { connection, salt })

/** What opening says; undefined when it opened. */
function refusalOf(text: string, by: { key?: Secret; for?: SealedFor } = {}): unknown {
  try {
    openSealed(by.key ?? key, by.for ?? recipient, text)
    return undefined
  } catch (error) {
    return error
  }
}

const constant = refusalOf('')

describe('a sealed URL', () => {
  it('gives back both URLs and all parts, to the byte', () => {
    const { url: direct, pooledUrl, password: word, ...rest } = openSealed(key, recipient, sealed())
    expect([direct.reveal(), pooledUrl?.reveal(), word.reveal()]).toEqual([url, `${url}&pool=1`, password])
    expect(rest).toEqual({ host: 'db.example.com', port: 5432, database: 'pr-7', username: 'pr-7' })
  })

  it('has none where the platform has no pooler', () => {
    const direct = { ...plain, url: connection.url, password: connection.password }
    const text = seal(key, recipient, { connection: direct, salt: randomBytes(16) })
    expect(openSealed(key, recipient, text).pooledUrl).toBeUndefined()
  })

  it('is another text each time, of a form that no masked value fits into', () => {
    expect(sealed()).not.toBe(sealed())
    expect(sealed()).toMatch(/^dbb1\.[A-Za-z0-9_-]+$/)
    expect(redact(sealed(), [connection.url, connection.password, key])).not.toContain('***')
  })

  it('keeps its form: a text of today is opened by every later version', () => {
    const salt = Buffer.alloc(16, 7)
    const short = { ...plain, url: new Secret('postgresql://u:p@h/d'), password: new Secret('p') }
    expect(seal(key, recipient, { connection: short, salt })).toMatchInlineSnapshot(
      `"dbb1.BwcHBwcHBwcHBwcHBwcHBze3AIOThwh9vwrJ-AA6EZyOEUwJoZfGBamGKDHOp9mj0QO0ByQu0Uy3o6Xczw0MVquA4v8ybJJbhG8aXDaWK62O1_cVcPKV7Mhhd_PKsjLc_J9r5S5yDEcluzPzLZ7qFGpallp-JaTJt1hiLmXIqB9JN1JJS3_Ep4VZtOIVK07rOaFEeSM"`,
    )
  })

  it.each<[string, { key?: Secret; for?: SealedFor }]>([
    ['another key', { key: new Secret(`${'k'.repeat(31)}K`) }],
    ['another repository', { for: { ...recipient, repository: 43 } }],
    ['another pull request', { for: { ...recipient, pullRequest: 8 } }],
    ['no pull request', { for: { ...recipient, pullRequest: null } }],
    ['another branch', { for: { ...recipient, branch: 'pr-7-orders' } }],
  ])('is not opened with %s', (_name, by) => {
    expect(refusalOf(sealed(), by)).toEqual(constant)
  })

  it('is refused with one sentence that says what to do, and holds nothing of the text', () => {
    expect(constant).toBeInstanceOf(RefusedError)
    expect((constant as Error).message).toMatch(
      /^Opening "sealed" refused: it was altered, or sealed with another "seal_key"/,
    )
  })

  it('survives 10,000 random texts and mutations: never opened, never another error', () => {
    const whole = sealed()
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    // A generator of its own, so that a failure can be repeated.
    let state = 20261122
    const below = (limit: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state % limit
    }
    const letter = () => letters[below(64)]!
    const mutations: (() => string)[] = [
      () => randomBytes(below(200)).toString('latin1'),
      () => `dbb1.${randomBytes(below(400)).toString('base64url')}`,
      () => replaced(whole, 5 + below(whole.length - 5), letter()),
      () => whole.slice(0, below(whole.length)),
      () => whole + letter().repeat(1 + below(4)),
      () => replaced(whole, below(5), letter()),
      () => whole.slice(0, 5) + whole.slice(5 + below(20) + 1),
      () => replaced(whole, 5 + below(whole.length - 5), '=+/ \n\u0000é'[below(7)]!),
      () => `${whole}${'='.repeat(below(3))}${'\n'.repeat(1 + below(2))}`,
      () => sealed().slice(0, 40) + whole.slice(40),
    ]
    let opened = 0
    const said = new Set<unknown>()
    for (let count = 0; count < 10_000; count++) {
      const text = mutations[count % mutations.length]!()
      if (text === whole) continue
      const refusal = refusalOf(text)
      if (refusal === undefined) opened += 1
      else said.add(`${(refusal as Error).name} ${(refusal as Error).message}`)
    }
    expect(opened).toBe(0)
    expect([...said]).toEqual([`RefusedError ${(constant as Error).message}`])
  })

  it('is refused when its last letter has spare bits that say nothing', () => {
    const text = Array.from({ length: 50 }, () => sealed()).find((each) => (each.length - 5) % 4 !== 0)
    const padded =
      text ?? seal(key, { ...recipient }, { connection: { ...connection, host: 'h' }, salt: randomBytes(16) })
    const last = padded.at(-1)!
    const twin = Buffer.from(padded.slice(5), 'base64url')
    const others = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
      .map((each) => padded.slice(0, -1) + each)
      .filter((each) => each.at(-1) !== last && Buffer.from(each.slice(5), 'base64url').equals(twin))
    expect((padded.length - 5) % 4 === 0 || others.length > 0).toBe(true)
    for (const other of others) expect(refusalOf(other)).toEqual(constant)
  })
})

describe('the sink', () => {
  const salts = (count: { asked: number }) => (bytes: number) => {
    count.asked += 1
    return randomBytes(bytes).toString('hex')
  }

  it('writes the output, and withdraws nothing', async () => {
    const outputs: Record<string, string> = {}
    const job = { output: (name: string, value: string) => void (outputs[name] = value), hides: () => false }
    const sink = sealedSink({ key, recipient }, { job, random: salts({ asked: 0 }) })
    await sink.publish(connection)
    expect(openSealed(key, recipient, outputs['sealed_connection_string'] ?? '').url.reveal()).toBe(url)
    expect('withdraw' in sink).toBe(false)
  })

  it('seals anew while the text happens to hold a masked value, and fails when it always does', async () => {
    const count = { asked: 0 }
    const given: string[] = []
    const job = { output: (_: string, value: string) => void given.push(value), hides: () => count.asked < 3 }
    await sealedSink({ key, recipient }, { job, random: salts(count) }).publish(connection)
    expect([count.asked, given.length]).toEqual([3, 1])
    const never = sealedSink({ key, recipient }, { job: { ...job, hides: () => true }, random: salts(count) })
    await expect(never.publish(connection)).rejects.toBeInstanceOf(ForgeError)
    expect(given.length).toBe(1)
  })
})

function replaced(text: string, at: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + 1)
}
