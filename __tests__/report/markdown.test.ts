import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { code, line, plain, table } from '../../src/report/markdown.js'

/** What a reader sees of escaped text. */
function shown(markdown: string): string {
  return markdown.replaceAll('\u200B', '').replace(/\\([\\`*_[\]|~<>&#+=.)-])/g, '$1')
}

/** Everything that Markdown, GitHub's included, would turn into something else than text. */
const alive = [
  /(?<!\\)(?:\\\\)*[`*_[\]|~<>&]/, // markup, links, cells, HTML, entities
  /@[\w-]/, // mentions, mail addresses
  /:\/\//, // links
  /www\./i, // links
  /[\n\r]/, // the end of a cell, the start of a block
]

describe('foreign text', () => {
  it.each<[string, string, string]>([
    ['cells', 'a | b', 'a \\| b'],
    ['escaped cells', 'a \\| b', 'a \\\\\\| b'],
    ['code', '`rm -rf`', '\\`rm -rf\\`'],
    ['HTML', '<img src=x onerror=y>', '\\<img src=x onerror=y\\>'],
    ['entities', '&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['mentions', '@octocat and @acme/team', '@\u200Boctocat and @\u200Bacme/team'],
    ['addresses', 'https://evil.example WWW.evil.example', 'https:\u200B//evil.example WWW\u200B.evil.example'],
    ['links', '[x](javascript:y)', '\\[x\\](javascript:y)'],
    ['images', '![x](y)', '!\\[x\\](y)'],
    ['emphasis', '**a** _b_ ~~c~~', '\\*\\*a\\*\\* \\_b\\_ \\~\\~c\\~\\~'],
    ['lines', 'a\r\n\r\n# b', 'a # b'],
    ['commands', 'x\n::error::y', 'x ::error::y'],
    ['letters that turn the line around', 'a\u202Eb', 'a\uFFFDb'],
    ['control characters', 'a\u0000\u001B[31m', 'a\uFFFD\uFFFD\\[31m'],
  ])('with %s stays text', (_name, text, markdown) => {
    expect(plain(text)).toBe(markdown)
  })

  it('of any kind stays text, and stays readable', () => {
    const hostile = fc.stringMatching(/^[a-z@:/.w\\`*_[\]|~<>&#+=\n \r-]{0,30}$/)
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        const markdown = plain(text)
        for (const pattern of alive) expect(markdown).not.toMatch(pattern)
        const visible = text.replace(/\s+/g, ' ').replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD')
        if (!text.includes('\u200B'))
          expect(markdown.replaceAll('\u200B', '').replace(/\\([\\`*_[\]|~<>&])/g, '$1')).toBe(visible)
      }),
    )
  })

  it.each(['# a', '## a', '- a', '+ a', '= a', '--- a', '1. a', '12) a', '  # a', '> a', '* a'])(
    'as a line that begins like %j begins no block',
    (text) => {
      expect(line(text)).not.toMatch(/^\s*([#+=>*-]|\d+[.)])/)
      expect(shown(line(text))).toBe(text.trim())
    },
  )
})

describe('code', () => {
  it.each<[string, string]>([
    ['pr-7', '`pr-7`'],
    ['<b>@x', '`<b>@x`'],
    ['a`b', '<code>a\\`b</code>'],
    ['a|b', '<code>a\\|b</code>'],
    ['a\\|<img>', '<code>a\\\\\\|\\<img\\></code>'],
    ['a\n\nb', '<code>a b</code>'],
  ])('shows %j', (text, markdown) => {
    expect(code(text)).toBe(markdown)
  })

  it('is never left before its end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        expect(code(text)).toMatch(/^(`[^`|\\\n\r]+`|<code>[^\n\r]*<\/code>)$/)
        const inside = /^<code>(.*)<\/code>$/.exec(code(text))?.[1]
        if (inside !== undefined) for (const pattern of alive) expect(inside).not.toMatch(pattern)
      }),
    )
  })
})

it('a table has one row per fact', () => {
  expect(
    table([
      ['Branch', '`pr-7`'],
      ['Why', 'no'],
    ]),
  ).toBe('| | |\n| --- | --- |\n| **Branch** | `pr-7` |\n| **Why** | no |')
})
