import { describe, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import { lint, lintRepository } from '../../scripts/lint-workflows.js'
import { fenced } from '../../scripts/workflows/documents.js'
import { actionFile } from '../../scripts/workflows/linters.js'
import { rules } from '../../scripts/workflows/rules.js'

const actionYml = `
name: Database branch
description: Example
inputs:
  provider: { description: Platform, required: true }
  mode: { description: What to do, default: auto }
outputs:
  connection_string: { description: The URL }
runs:
  using: node24
  main: dist/index.js
`

const sha = '3d3c42e5aac5ba805825da76410c181273ba90b1'

const good = `name: Good
on:
  pull_request:
    types: [opened, closed]
permissions: {}
concurrency:
  group: good-\${{ github.ref }}
jobs:
  database:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      contents: read
    services:
      postgres:
        image: postgres:17
    steps:
      - uses: actions/checkout@${sha} # v7.0.1
        with:
          persist-credentials: false
      - uses: acme/db-branch-action@v1
        id: db
        with:
          provider: postgres
      - run: npm test
        env:
          DATABASE_URL: \${{ steps.db.outputs.connection_string }}
`

/** The rules that speak up once \`from\` has become \`to\` in the good workflow. */
async function broken(from: string | RegExp, to: string): Promise<string[]> {
  const text = good.replace(from, to)
  expect(text).not.toBe(good)
  const findings = await lint({ path: 'bad.yml', firstLine: 1, text }, actionYml)
  return [...new Set(findings.map(({ rule, line, message }) => `${rule}:${line}: ${message}`))]
}

const own: [rule: keyof typeof rules, line: number, from: string | RegExp, to: string][] = [
  ['unpinned-uses', 18, `@${sha} # v7.0.1`, '@v7'],
  ['unpinned-uses', 18, ' # v7.0.1', ''],
  ['unpinned-uses', 18, ' # v7.0.1', ' # v7'],
  ['unpinned-uses', 25, 'run: npm test', 'uses: docker://alpine:3.20'],
  ['unpinned-uses', 29, /$/, `  other:\n    uses: acme/shared/.github/workflows/test.yml@main\n`],
  ['excessive-permissions', 1, 'permissions: {}\n', ''],
  ['excessive-permissions', 5, 'permissions: {}', 'permissions: read-all'],
  ['excessive-permissions', 5, 'permissions: {}', 'permissions:\n  contents: write'],
  ['excessive-permissions', 12, 'permissions:\n      contents: read', 'permissions: write-all'],
  ['template-injection', 25, 'npm test', 'echo ${{ github.event.pull_request.title }}'],
  ['template-injection', 25, 'npm test', 'echo ${{ steps.db.outputs.connection_string }}'],
  ['artipacked', 18, 'persist-credentials: false', 'fetch-depth: 0'],
  ['artipacked', 18, 'persist-credentials: false', 'persist-credentials: true'],
  ['secrets-inherit', 30, /$/, `  other:\n    uses: ./.github/workflows/test.yml\n    secrets: inherit\n`],
  ['concurrency-limits', 7, /concurrency:\n.*\n/, ''],
  ['missing-timeout', 9, '    timeout-minutes: 10\n', ''],
  ['unpinned-images', 15, 'postgres:17', 'postgres'],
  ['unpinned-images', 15, 'postgres:17', 'localhost:5000/postgres:latest'],
  [
    'hardcoded-container-credentials',
    15,
    'postgres:17',
    'postgres:17\n        credentials: { username: me, password: letmein }',
  ],
  ['insecure-commands', 27, 'DATABASE_URL', `ACTIONS_ALLOW_UNSECURE_COMMANDS: true\n          DATABASE_URL`],
  ['overprovisioned-secrets', 27, 'steps.db.outputs.connection_string', 'toJSON(secrets)'],
  ['overprovisioned-secrets', 27, 'steps.db.outputs.connection_string', `secrets[github.ref_name]`],
  ['unredacted-secrets', 27, 'steps.db.outputs.connection_string', 'fromJSON(secrets.ALL).url'],
  ['unsound-contains', 26, 'env:', `if: contains('refs/heads/main', github.ref)\n        env:`],
  ['adhoc-packages', 25, 'npm test', 'npm install -g neonctl'],
  ['adhoc-packages', 25, 'npm test', 'npx --yes neonctl'],
  ['action-outputs', 27, 'outputs.connection_string', 'outputs.connection_url'],
]

describe('own rules', () => {
  it('find nothing in a good workflow', async () => {
    expect(await lint({ path: 'good.yml', firstLine: 1, text: good }, actionYml)).toEqual([])
  })

  it.each(own)('%s, line %i: %p → %p', async (...[rule, line, from, to]) => {
    expect(await broken(from, to)).toContainEqual(expect.stringMatching(new RegExp(`^${rule}:${line}: .+\\.$`)))
  })

  const trusted = good.replace('pull_request:\n    types: [opened, closed]', 'pull_request_target:')

  it.each([
    [
      'dangerous-triggers',
      'persist-credentials: false',
      'persist-credentials: false\n          ref: ${{ github.head_ref }}',
    ],
    ['dangerous-triggers', 'run: npm test', 'run: gh pr checkout "$NUMBER"'],
    ['github-env', 'run: npm test', 'run: echo "A=$TITLE" >> "$GITHUB_ENV"'],
  ] as const)('%s, under pull_request_target: %p → %p', async (rule, from, to) => {
    const findings = await lint({ path: 'bad.yml', firstLine: 1, text: trusted.replace(from, to) }, actionYml)
    expect(findings.map((finding) => finding.rule)).toEqual([rule])
  })

  it('cache-poisoning, when a tag is pushed', async () => {
    const cached = `uses: actions/setup-node@${sha} # v7.0.0\n        with: { node-version: 24, cache: npm }`
    const text = good
      .replace('pull_request:\n    types: [opened, closed]', `push:\n    tags: ['v*']`)
      .replace('run: npm test', cached)
    const findings = await lint({ path: 'bad.yml', firstLine: 1, text }, actionYml)
    expect(findings).toEqual([expect.objectContaining({ rule: 'cache-poisoning', line: 25 })])
  })

  it('are each broken by one of the cases above', () => {
    const elsewhere = ['dangerous-triggers', 'github-env', 'cache-poisoning']
    expect([...new Set([...own.map(([rule]) => rule), ...elsewhere])].sort()).toEqual(Object.keys(rules).sort())
  })

  it('leave comments alone', async () => {
    const text = good.replace('npm test', 'npm test # not npm install -g')
    expect(await lint({ path: 'good.yml', firstLine: 1, text }, actionYml)).toEqual([])
  })

  it('report a text that is not YAML', async () => {
    const findings = await lint({ path: 'bad.yml', firstLine: 1, text: 'jobs: [' }, actionYml)
    expect(findings.map(({ rule }) => rule)).toContain('yaml')
  })
})

describe("GitHub's checker", () => {
  it.each([
    [
      'an input this action does not have',
      'provider: postgres',
      'provider: postgres\n          branch: x',
      /Invalid action input 'branch'/,
    ],
    ['a required input left out', 'provider: postgres', 'mode: create', /Missing required input `provider`/],
    ['a wrong permission', 'contents: read', 'content: read', /content/],
    ['a job that does not exist', 'timeout-minutes: 10', 'timeout-minutes: 10\n    needs: migrate', /migrate/],
  ])('finds %s', async (...[, from, to, message]) => {
    const findings = await broken(from, to)
    expect(findings.filter((finding) => finding.startsWith('language-service:'))).toContainEqual(
      expect.stringMatching(message),
    )
  })

  it.each(['acme/db-branch-action@v1', `acme/db-branch-action@${sha} # v1.0.0`, './', '.'])(
    'compares with action.yml when the action is called as %s',
    async (uses) => {
      const text = good.replace('acme/db-branch-action@v1', uses).replace('provider: postgres', 'provder: postgres')
      const findings = await lint({ path: 'bad.yml', firstLine: 1, text }, actionYml)
      expect(findings.map(({ message }) => message)).toContain("Invalid action input 'provder'")
    },
  )

  it('finds a fault in action.yml', async () => {
    expect(await actionFile(actionYml)).toEqual([])
    expect(await actionFile(actionYml.replace('node24', 'node22'))).not.toEqual([])
  })
})

describe('actionlint', () => {
  it.each([
    ['an activity that does not exist', '[opened, closed]', '[opend, closed]', /opend/],
    ['a runner that does not exist', 'ubuntu-latest', 'ubuntu-lastest', /ubuntu-lastest/],
    ['a secret that is misspelt', 'steps.db.outputs.connection_string', 'secret.URL', /secret/],
  ])('finds %s', async (...[, from, to, message]) => {
    const findings = await broken(from, to)
    expect(findings.filter((finding) => finding.startsWith('actionlint:'))).toContainEqual(
      expect.stringMatching(message),
    )
  })

  it('accepts the two keys that are newer than it', async () => {
    const text = good
      .replace('group: good-', 'queue: max\n  group: good-')
      .replace('timeout-minutes: 10', 'timeout-minutes: 10\n    environment: { name: preview, deployment: false }')
    const findings = await lint({ path: 'good.yml', firstLine: 1, text }, actionYml)
    expect(findings.filter(({ rule }) => rule === 'actionlint')).toEqual([])
  })
})

describe('fenced blocks', () => {
  it('are linted when they are whole workflows, with the line of the page', async () => {
    const page = [
      '# Page',
      '',
      '```yaml',
      'steps: []',
      '```',
      '',
      '   ```yml',
      ...good.split('\n').map((line) => `   ${line}`),
      '   ```',
    ]
    const blocks = fenced(page.join('\n').replace('npm test', 'npm i -g x'))
    expect(blocks.map(({ firstLine }) => firstLine)).toEqual([8])
    const [block] = blocks.map((each) => ({ path: 'README.md', ...each }))
    expect(block && (await lint(block, actionYml))).toEqual([
      expect.objectContaining({ path: 'README.md', rule: 'adhoc-packages', line: 32 }),
    ])
  })
})

it('every workflow and published example passes', async () => {
  const { documents, findings } = await lintRepository(resolve(import.meta.dirname, '../..'))
  expect(findings).toEqual([])
  expect(documents).toBeGreaterThan(3)
})
