import { expect, test } from '@jest/globals'
import { Masker } from '../../../sim/runner/index.js'

const URL = 'postgresql://app:s3cr3tpw@db.example:5432/shop?sslmode=require&channel_binding=require'
const base64 = (text: string): string => Buffer.from(text).toString('base64')

function masking(...values: string[]): Masker {
  const masker = new Masker()
  for (const value of values) masker.addMask(value)
  return masker
}

test.each([
  ['SecretMasker.cs 216: a registered value', `at ${URL} now`, 'at *** now'],
  ['SecretMasker.cs 255-278: hits that touch become one', URL + URL, '***'],
  ['ValueEncoders.cs PowerShellPostAmpersandEscape: the text after the last &', 'channel_binding=require', '***'],
  [
    'ValueEncoders.cs PowerShellPreAmpersandEscape: the text up to the last &',
    URL.slice(0, URL.indexOf('&') + 1),
    '***',
  ],
  ['ValueSecret.cs: the password inside a masked URL is not masked', 's3cr3tpw', 's3cr3tpw'],
  ['ValueSecret.cs: nor is the URL without its query', URL.split('?')[0] ?? '', URL.split('?')[0] ?? ''],
  [
    'ValueEncoders.cs Base64StringEscapeShift1: base64 of x + URL',
    base64(`x${URL}`),
    `${base64(`x${URL}`).slice(0, 4)}***`,
  ],
  ['ValueEncoders.cs: encoders are not chained', base64(base64(URL)), base64(base64(URL))],
  ['ValueEncoders.cs JsonStringEscape', JSON.stringify({ url: URL }), '{"url":"***"}'],
  ['ValueEncoders.cs UriDataEscape', `?u=${encodeURIComponent(URL)}`, '?u=***'],
  ['ValueEncoders.cs XmlDataEscape', URL.replace('&', '&amp;'), '***'],
])('%s', (_cites, text, expected) => {
  expect(masking(URL).mask(text)).toBe(expected)
})

test('SecretMasker.cs 255-278: overlapping hits of two masks become one', () => {
  expect(masking('ab', 'bc').mask('zabcz')).toBe('z***z')
})

test('ValueSecret.cs GetPositions: a value that overlaps itself', () => {
  expect(masking('aba').mask('xababax')).toBe('x***x')
})

test('ValueEncoders.cs UriDataEscape: RFC 3986, not encodeURIComponent', () => {
  const password = "p@ss!w(o)r*d~'/x"
  const masker = masking(password)
  expect(masker.mask(encodeURIComponent(password))).not.toContain('***')
  expect(masker.mask('p%40ss%21w%28o%29r%2Ad~%27%2Fx')).toBe('***')
})

test('ActionCommandManager.cs 441-446: a multi-line JSON secret stars every brace', () => {
  expect(masking('{\n  "k": "v"\n}').mask('{"branch":1}')).toBe('***"branch":1***')
})

test('ActionCommandManager.cs 429: blank data registers nothing', () => {
  expect(masking(' ', '').mask('a b')).toBe('a b')
})

test('Worker.cs 155-172: a secret is trimmed as a whole, a mask is not', () => {
  const secret = new Masker()
  secret.addSecret(' pw1 ')
  expect(secret.mask('(pw1)')).toBe('(***)')
})

test('ValueEncoders.cs TrimDoubleQuotes: only when longer than eight', () => {
  expect(masking('"longvalue"').mask('longvalue')).toBe('***')
  expect(masking('"short"').mask('short')).toBe('short')
})

test('ValueEncoders.cs PowerShell encoders: after &+ one character is skipped, sections under six stay', () => {
  expect(masking('secretpart1&+secretpart2').mask('ecretpart2 secretpart1&+')).toBe('*** ***')
  expect(masking('a&bcd').mask('bcd')).toBe('bcd')
})

test('Worker.cs 175-186: a mask hint of the server is a regular expression', () => {
  const masker = new Masker()
  masker.addRegex('postgres(ql)?://[^\\s]+')
  expect(masker.touches('see postgres://x')).toBe(true)
  expect(masker.touches('see mysql://x')).toBe(false)
})
