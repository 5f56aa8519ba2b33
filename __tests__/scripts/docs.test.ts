import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format } from 'prettier'
import { docs, readMetadata, renew } from '../../scripts/docs.js'

const action = `
name: Example
inputs:
  provider:
    description: Platform, e.g. \`a.b\` or v1.2. One of postgres|neon.
    required: true
  mode:
    description: |
      What to do. \`auto\` follows
      the event.

      Never guesses.
    default: auto
  github_token:
    description: Token for the forge
    default: \${{ github.token }}
  max_deletions:
    description: Most branches one sweep may delete.
    default: 10
  seed:
    description: SQL file.
    default: ''
outputs:
  connection_string:
    description: The URL. Masked in logs.
`

const page = `# Title

before

<!-- inputs:start -->
<!-- inputs:end -->

between

<!-- outputs:start -->

| old | table |
| --- | --- |

<!-- outputs:end -->

after
`

const metadata = readMetadata(action)

describe('tables from action.yml', () => {
  it('are brief for a look', () => {
    expect(renew(page, { metadata, detail: 'brief' })).toBe(`# Title

before

<!-- inputs:start -->

<!-- prettier-ignore-start -->

| Input | Default | What it does |
| --- | --- | --- |
| \`provider\` | (required) | Platform, e.g. \`a.b\` or v1.2. |
| \`mode\` | \`auto\` | What to do. |
| \`github_token\` | \`\${{ github.token }}\` | Token for the forge |
| \`max_deletions\` | \`10\` | Most branches one sweep may delete. |
| \`seed\` |  | SQL file. |

<!-- prettier-ignore-end -->

<!-- inputs:end -->

between

<!-- outputs:start -->

<!-- prettier-ignore-start -->

| Output | What it is |
| --- | --- |
| \`connection_string\` | The URL. |

<!-- prettier-ignore-end -->

<!-- outputs:end -->

after
`)
  })

  it('are whole in the reference', () => {
    const renewed = renew(page, { metadata, detail: 'full' })
    expect(renewed).toContain('| Input | Required | Default | Description |')
    expect(renewed).toContain('| `provider` | yes |  | Platform, e.g. `a.b` or v1.2. One of postgres\\|neon. |')
    expect(renewed).toContain('| `mode` | no | `auto` | What to do. `auto` follows the event.<br>Never guesses. |')
    expect(renewed).toContain('| `connection_string` | The URL. Masked in logs. |')
  })

  it('change nothing the second time', () => {
    const once = renew(page, { metadata, detail: 'full' })
    expect(renew(once, { metadata, detail: 'full' })).toBe(once)
  })

  it('are left alone by prettier', async () => {
    const renewed = renew(page, { metadata, detail: 'brief' })
    expect(await format(renewed, { parser: 'markdown', printWidth: 120 })).toBe(renewed)
  })

  it.each([
    ['no marks', '# Title'],
    ['no end', page.replace('<!-- inputs:end -->', '')],
    ['the end before the start', '<!-- inputs:end --><!-- inputs:start -->'],
    ['two blocks', page + page],
  ])('refuse a page with %s', (_, text) => {
    expect(() => renew(text, { metadata, detail: 'brief' })).toThrow('needs exactly one line "<!-- inputs:start -->"')
  })

  it.each([
    ['an input without description', 'inputs: { mode: {} }\noutputs: { a: { description: b } }', 'inputs.mode'],
    ['an empty input', 'inputs: { mode: }\noutputs: { a: { description: b } }', 'inputs.mode'],
    ['no outputs', 'inputs: { mode: { description: a } }', 'no outputs'],
    ['nothing', '', 'no inputs'],
  ])('refuse an action.yml with %s', (_, text, message) => {
    expect(() => readMetadata(text)).toThrow(message)
  })
})

describe('the check', () => {
  let root: string
  const write = (path: string, text: string) => writeFileSync(join(root, path), text)

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'docs-'))
    mkdirSync(join(root, 'docs'))
    write('action.yml', action)
    write('docs/inputs.md', page)
    write('docs/reference.md', page)
  })

  afterEach(() => rmSync(root, { recursive: true }))

  it('names every page that differs and writes nothing', () => {
    expect(docs(root, { check: true })).toEqual([
      'docs/inputs.md is not what action.yml says. Run `npm run docs` and commit it.',
      'docs/reference.md is not what action.yml says. Run `npm run docs` and commit it.',
    ])
    expect(readFileSync(join(root, 'docs/inputs.md'), 'utf8')).toBe(page)
  })

  it('passes once the pages are renewed, and fails again when action.yml changes', () => {
    expect(docs(root, { check: false })).toEqual([])
    expect(docs(root, { check: true })).toEqual([])
    write('action.yml', action.replace('The URL. Masked in logs.', 'The URL. Never printed.'))
    expect(docs(root, { check: true })).toEqual([expect.stringContaining('docs/reference.md is not')])
  })

  it('names a page that is missing or has no marks', () => {
    rmSync(join(root, 'docs/reference.md'))
    write('docs/inputs.md', '# Title')
    expect(docs(root, { check: true })).toEqual([
      expect.stringMatching(/^docs\/inputs\.md needs exactly one line/),
      'docs/reference.md does not exist.',
    ])
  })
})
