import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { markdownText, maskForms, redact, Secret } from '../src/secret.js'
import { pullRequestPayload, runAction } from './fixtures/action.js'
import { startWeb, type Web } from './fixtures/web.js'

const hostile = "p@ss!w(o)r*d~'/x"

/** As UTF-8 shows it: half a surrogate pair becomes U+FFFD. */
const printed = (text: string) => Buffer.from(text).toString()

describe('Secret', () => {
  const secret = new Secret('correct horse')

  it.each<[string, () => string]>([
    ['a template string', () => `${secret}`], // eslint-disable-line @typescript-eslint/restrict-template-expressions
    ['concatenation', () => '' + secret], // eslint-disable-line @typescript-eslint/restrict-plus-operands
    ['String()', () => String(secret)],
    ['JSON', () => JSON.stringify(secret)],
    ['JSON of what holds it', () => JSON.stringify({ deep: [{ secret }] })],
    ['inspect', () => inspect(secret)],
    ['inspect of what holds it', () => inspect({ deep: [{ secret }] }, { depth: 9, showHidden: true })],
    ['an array joined', () => [secret].join()],
    ['an Error message', () => new Error(`no ${String(secret)}`).message],
    ['the stack and cause of an Error', () => inspect(new Error('no', { cause: secret }))],
    ['its keys and values', () => JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret)])],
    ['a structured clone', () => inspect(structuredClone(secret))],
  ])('does not show its text in %s', (_where, show) => {
    expect(show()).not.toContain('horse')
  })

  it('shows *** where a text is wanted', () => {
    expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual(['***', '"***"', '***'])
  })

  it('tells its text and length when asked', () => {
    expect([secret.reveal(), secret.length]).toEqual(['correct horse', 13])
  })
})

describe('maskForms', () => {
  it('lists both URI encodings of a hostile password', () => {
    expect(maskForms(new Secret(hostile))).toEqual([hostile, "p%40ss!w(o)r*d~'%2Fx", 'p%40ss%21w%28o%29r%2Ad~%27%2Fx'])
  })

  it('lists every long line of a multi-line secret', () => {
    const forms = maskForms(new Secret('-----BEGIN-----\r\nc2VjcmV0\nab\n-----END-----'))
    expect(forms).toEqual(expect.arrayContaining(['-----BEGIN-----', 'c2VjcmV0', '-----END-----']))
    expect(forms).not.toContain('ab')
  })

  it.each(['', 'ab', 'abcde'])('registers no form of %j, which would blank the log', (text) => {
    expect(maskForms(new Secret(text))).toEqual([])
  })

  it('takes half a surrogate pair', () => {
    expect(maskForms(new Secret('\ud800secret'))).toContain('%EF%BF%BDsecret')
  })
})

describe('redact', () => {
  /** Each way in which a text is written somewhere. */
  const writings: Record<string, (text: string) => string> = {
    raw: (text) => text,
    'URI-encoded by Node': (text) => encodeURIComponent(printed(text)),
    'URI-encoded by the runner': (text) =>
      encodeURIComponent(printed(text)).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    base64: (text) => Buffer.from(text).toString('base64'),
    JSON: (text) => JSON.stringify(text).slice(1, -1),
    Markdown: markdownText,
  }

  it.each(Object.keys(writings))('leaves nothing of a hostile password written as %s', (writing) => {
    const written = writings[writing]!(hostile)
    expect(redact(`before ${written} after`, [new Secret(hostile)])).toBe('before *** after')
  })

  it('leaves nothing of any secret in any writing', () => {
    // Stars are what secrets turn into, and a short text is no secret.
    const secrets = fc
      .string({ unit: 'binary', minLength: 6, maxLength: 40 })
      .filter((text) => !/\*|^\s|\s$/.test(text))
    const around = fc.string({ maxLength: 10 })
    fc.assert(
      fc.property(secrets, around, fc.constantFrom(...Object.keys(writings)), (text, other, writing) => {
        const written = writings[writing]!(text)
        const redacted = redact(`${other}${written}${other}`, [new Secret(text)])
        expect(redacted).not.toContain(written)
        expect(redacted).toContain('***')
      }),
    )
  })

  it('takes the longer of two secrets first', () => {
    const url = 'postgresql://me:hunter22@db/x'
    expect(redact(`at ${url} with hunter22`, [new Secret('hunter22'), new Secret(url)])).toBe('at *** with ***')
  })

  it('leaves a text without secrets alone', () => {
    expect(redact('nothing here', [new Secret('correct horse')])).toBe('nothing here')
  })
})

describe('the transcript of a run', () => {
  const password = `${hostile}-and-more`
  const token = 'ghs_0123456789abcdefghij'
  const inputs = {
    provider: 'postgres',
    admin_url: `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:9/postgres?sslmode=disable`,
    data_policy: 'schema_only',
    github_token: token,
  }

  let web: Web

  beforeAll(async () => {
    web = await startWeb()
  })

  afterAll(() => web.close())

  it('registers every form of a secret before the first byte that uses it', async () => {
    const { log, summary, code } = await runAction({ inputs, apiUrl: web.url, payload: pullRequestPayload('opened') })
    expect(code).toBe(1)
    const masks = [...log.matchAll(/^::add-mask::(.*)$/gm)].map(([, text = '']) => decodeURIComponent(text))
    for (const form of [new Secret(password), new Secret(inputs.admin_url), new Secret(token)].flatMap(maskForms)) {
      expect(masks).toContain(form)
    }
    const said = log.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    const firstMask = log.indexOf('::add-mask::')
    const lastMask = log.lastIndexOf('::add-mask::')
    expect(firstMask).toBe(0)
    // All masks stand before everything else that is said.
    expect(log.indexOf(said.find((line) => line !== '') ?? '\0')).toBeGreaterThan(lastMask)
    for (const form of masks) expect([...said, summary].join('\n')).not.toContain(form)
  })

  it('warns once about a password too short to be masked', async () => {
    const { log } = await runAction({
      inputs: { ...inputs, admin_url: 'postgresql://postgres:abc@127.0.0.1:9/postgres' },
      apiUrl: web.url,
      payload: pullRequestPayload('opened'),
    })
    expect(log.match(/::warning::A secret has fewer than 6 characters/g)).toHaveLength(1)
  })
})
