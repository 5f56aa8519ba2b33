import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { checkDocs } from '../scripts/docs-check.js'
import { errorTexts } from '../scripts/pages/error-sentences.js'
import { anchors } from '../scripts/pages/markdown-page.js'
import * as errors from '../src/errors.js'
import { sentences } from '../src/error-sentences.js'
import { anchorsOf, troubleshootingPage } from '../src/troubleshooting.js'

const repository = resolve(import.meta.dirname, '..')

it('this repository has nothing to find', () => {
  expect(checkDocs(repository)).toEqual([])
})

describe('a repository of three pages', () => {
  let root: string
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const families = ['inputs', 'refused', 'platform', 'forge', 'commands']
  const lists = (said: string) =>
    families.map((name) => {
      const list = name === 'inputs' ? said : ''
      return `<!-- errors-${name}:start -->\n\n<!-- prettier-ignore-start -->\n\n${list}\n\n<!-- prettier-ignore-end -->\n\n<!-- errors-${name}:end -->`
    })

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'pages-'))
    write('action.yml', 'inputs: { mode: { description: What. } }\noutputs: { url: { description: The URL. } }')
    write('src/a.ts', 'throw new InputError(`Input "mode" is "${mode}". Use ${a ? \'one\' : \'two\'}.`)')
    write('sim/a.ts', 'const wholeShelf = shelf(shelf, shelve)')
    write('README.md', '# Title\n\n[docs](docs/README.md#two-words-again-1)\n')
    write('docs/README.md', '# Index\n\n## Two `words`, again\n\n## Two words again\n\n[help](troubleshooting.md)\n')
    write('src/error-sentences.ts', errorTexts(join(root, 'src')).module)
    write(
      'docs/troubleshooting.md',
      lists('- <a id="inputs-input-mode-is-use"></a>Input "mode" is "…". Use …. [modes](README.md)').join('\n'),
    )
  })
  afterEach(() => rmSync(root, { recursive: true }))

  /** What is found once the page has more text at its end. */
  function after(path: string, text: string): string[] {
    write(path, `${readFileSync(join(root, path), 'utf8')}\n${text}\n`)
    return checkDocs(root)
  }

  // The matter of "src/a.ts" is explained by the page of modes, which is not here.
  beforeEach(() => {
    const page = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8')
    write('docs/troubleshooting.md', page.replace('(README.md)', '(modes.md)'))
    write('docs/modes.md', '# Modes\n')
  })

  it('is found good', () => {
    expect(checkDocs(root)).toEqual([])
  })

  it.each([
    ['a file that is not there', '[x](docs/gone.md)', 'README.md:5 leads to "docs/gone.md", which is not there.'],
    ['a picture that is not there', '<img src="docs/img/x.png">', expect.stringContaining('"docs/img/x.png"')],
    [
      'a heading that is not there',
      '[x](docs/README.md#nothing)',
      'README.md:5 leads to "docs/README.md#nothing", and docs/README.md has no heading of that anchor.',
    ],
    ['a heading of its own page', '[x](#nothing)', expect.stringContaining('"#nothing"')],
    ['a way out of the repository', '[x](../other.md)', expect.stringContaining('which is not there')],
    ['a misspelt word', 'We recieve it.', 'README.md:5 writes "recieve" for "receive".'],
    [
      'a slip of a word that is frequent',
      `${'The golden parent. '.repeat(6)}A goldne one.`,
      'README.md:5 writes "goldne", which looks like "golden". If it is meant, name it in `meant` in scripts/pages/spelling.ts.',
    ],
    [
      'a slip of a word of the code, once',
      'A shlef, which the code has, and to shelve, which is no slip.',
      'README.md:5 writes "shlef", which looks like "shelf". If it is meant, name it in `meant` in scripts/pages/spelling.ts.',
    ],
    ['American spelling', 'Its behavior.', 'README.md:5 writes "behavior" for "behaviour".'],
    ['a doubled word', 'See the the page.', 'README.md:5 says "the" twice.'],
    ['YAML that is none', '```yaml\na: [\n```', expect.stringMatching(/^README\.md:6 is no YAML: /)],
    [
      'an input that does not exist',
      '```yaml\n- uses: org/db-branch-action@v1\n  with: { mod: create }\n```',
      'README.md:6 gives the input "mod", which action.yml does not have.',
    ],
    ['the same in a fragment', '```yaml\nwith:\n  mod: create\n```', expect.stringContaining('the input "mod"')],
  ])('finds %s', (_, text, problem) => {
    expect(after('README.md', text)).toEqual([problem])
  })

  it.each([
    ['code', '`[x](gone.md)` and `the` `the`'],
    ['a fenced block', '```\n[x](gone.md) the the\n```'],
    ['the inputs of other actions', '```yaml\n- uses: actions/checkout@v7\n  with: { ref: x }\n```'],
    ['addresses on the web', '[x](https://example.com/gone.md)'],
  ])('leaves %s alone', (_, text) => {
    expect(after('README.md', text)).toEqual([])
  })

  it('finds a page that nothing leads to', () => {
    write('docs/lost.md', '# Lost\n')
    expect(checkDocs(root)).toEqual(['docs/lost.md is reached by no link from docs/README.md.'])
  })

  it('finds that a sentence has changed in src', () => {
    write('src/a.ts', 'throw new InputError(\'Input "mode" is another one.\')')
    const stale = expect.stringContaining('docs/troubleshooting.md does not list what src says')
    expect(checkDocs(root)).toEqual([stale])
    write('src/a.ts', 'throw new InputError(`Input "mode" is "${mode}". Use ${a ? \'one\' : \'two\'}.`)')
    expect(checkDocs(root)).toEqual([])
    write('src/error-sentences.ts', 'export const sentences = {}')
    expect(checkDocs(root)).toEqual([stale])
  })

  it.each([
    ['both ends of a choice', "new InputError(a ? 'It is too long.' : 'It is too short.')", /too long.*\n.*too short/],
    ['a plan that refuses', "({ action: 'refuse', reason: `it is of ${who}, not ours` })", /refused: it is of …, not/],
    [
      'a sweep that refuses',
      "({ ...plan, refused: 'the listing is not complete' })",
      /refused: the listing is not comp/,
    ],
  ])('reads %s', (_, code, line) => {
    write('src/a.ts', code)
    expect(Object.values(errorTexts(join(root, 'src')).lists).join('\n')).toMatch(line)
  })
})

const source = { repository: 'acme/db-branch-action', ref: 'v1.2.3' }
const addressed = 'https://github.com/acme/db-branch-action/blob/v1.2.3/docs/troubleshooting.md#'
const onPage = anchors(readFileSync(join(repository, 'docs/troubleshooting.md'), 'utf8'))

it('a failure that no list has is sent to the heading of its kind, in the version that ran', async () => {
  const thrown: unknown[] = [
    new errors.InputError('x'),
    new errors.RefusedError('x'),
    new errors.ConflictError('x'),
    new errors.RedirectError('x'),
    new errors.ForgeError('x'),
    new errors.CommandError('x', { ms: 1, exit: 1, failure: 'x' }),
    new errors.CancelledError('x'),
    new TypeError('x'),
  ]
  const pages = await Promise.all(thrown.map((error) => troubleshootingPage(error, source)))
  const named = pages.map((page) => page.replace(addressed, ''))
  expect(named.filter((heading) => !onPage.has(heading))).toEqual([])
  expect(new Set(named).size).toBe(7)
})

it.each<[string, unknown, string]>([
  [
    'a sentence that was filled in',
    new errors.InputError(
      'Input "mode" is "auto", which knows pull requests, not push. Set "mode" to create, or change the workflow\'s triggers.',
    ),
    'inputs-input-mode-is-auto-which-knows-not-set-mode-to',
  ],
  [
    'the reason of a refusal, not only what was refused',
    new errors.RefusedError(
      'Handing out "pr-6" refused: a branch of that name exists and is not ours (it carries no claim). Nothing was changed.',
    ),
    'refused-a-branch-of-that-name-exists-and-is-not',
  ],
  [
    'what an adapter adds to a sentence of ours',
    new errors.CommandError('x No URL was handed out; "pr-7" was deleted again.', { ms: 1, exit: 1 }),
    'commands-no-url-was-handed-out',
  ],
])('%s is found on the page', async (_, error, anchor) => {
  expect(await troubleshootingPage(error, source)).toBe(addressed + anchor)
})

it('each listed sentence leads to an anchor of the page, and nearly each to its own', async () => {
  const kinds = {
    inputs: errors.InputError,
    refused: errors.RefusedError,
    platform: errors.ProviderError,
    forge: errors.ForgeError,
    commands: errors.RefusedError,
  }
  const all = Object.entries(sentences).filter(([heading]) => heading !== 'commands')
  const wrong: string[] = []
  let others = 0
  for (const [heading, listed] of all) {
    const own = anchorsOf(heading, listed)
    for (const [index, sentence] of listed.entries()) {
      const error = new kinds[heading as keyof typeof kinds](sentence.replaceAll('…', 'something'))
      const anchor = (await troubleshootingPage(error, source)).replace(addressed, '')
      if (!onPage.has(anchor)) wrong.push(anchor)
      if (anchor !== own[index]) others += 1
    }
  }
  expect(wrong).toEqual([])
  expect(others).toBeLessThan(12)
})

it('an address is never made of what the runner does not tell cleanly', async () => {
  const odd = { repository: 'acme/x)](javascript:1', ref: 'v1' }
  expect(await troubleshootingPage(new Error('x'), odd)).toBe(
    'https://github.com/org/db-branch-action/blob/v1/docs/troubleshooting.md#anything-else',
  )
})
