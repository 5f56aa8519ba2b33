import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { readCommand } from '../../src/cli.js'
import { readPolicyFile } from '../../src/data/policy-file.js'
import { readSeed } from '../../src/data/seed/form.js'
import { encodeClaim, readClaim } from '../../src/domain/claim.js'
import { parseFailOn } from '../../src/domain/fail-on.js'
import { InputError, messageOf } from '../../src/errors.js'
import { parseTrigger } from '../../src/forges/github/trigger.js'
import { gitlabTrigger } from '../../src/forges/gitlab/trigger.js'
import { parseConfig } from '../../src/inputs.js'
import { inputNames, readInputs } from '../../src/inputs/readers.js'
import { readQueries } from '../../src/insight/plans/queries.js'
import { readDescription } from '../../src/providers/rest/description.js'
import { code, line } from '../../src/report/markdown.js'
import { Secret } from '../../src/secret.js'
import { claimOf } from './world.js'

/** What somebody could write there, and what reads it. It gives what breaks a promise, or undefined. */
interface Subject {
  readonly name: string
  readonly tried: fc.IAsyncProperty<[unknown]>
}

const root = join(import.meta.dirname, '../..')
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')
const planted = 'swordfish-0123456789-swordfish-0123456789'

const nasty = [
  '',
  ' ',
  '\u0000',
  '\n::error::x',
  '::add-mask::a',
  '::set-output name=connection_string::x',
  '%0A::error::y',
  `"; DROP DATABASE main; --`,
  `'); DROP TABLE x; --`,
  '$(touch /tmp/owned)',
  '`touch /tmp/owned`',
  '; rm -rf /',
  '../../etc/passwd',
  '..\\..\\x',
  '</summary><script>alert(1)</script>',
  '![x](https://evil.example/?)',
  '| a | b |\n|---|---|',
  '<!-- db-branch-action -->',
  '{number}',
  '{{number}}',
  '${{ secrets.X }}',
  '__proto__',
  'constructor',
  'toString',
  'main',
  'pr-7',
  '-1',
  '0',
  '1e3',
  '9007199254740993',
  'NaN',
  'true',
  'null',
  '[]',
  '{}',
  '[[[[[[',
  '&a [*a]',
  'a: &a [*a, *a]',
  '!!js/function x',
  '\uFEFFmain',
  '\u202Emain',
  'рr-7',
  '🌱',
  '\uD800',
  'postgresql://u:p@h/d',
  'http://127.0.0.1:1/',
  'https://user:pass@host/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'a'.repeat(5000),
  '*'.repeat(300),
  '('.repeat(300),
]

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...nasty) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...nasty), fc.constantFrom(...nasty)).map((two) => two.join('')) },
)

/** A good text with a piece of it taken out, put twice, or replaced. */
function damaged(good: string): fc.Arbitrary<string> {
  const lines = good.split('\n')
  const place = fc.nat(lines.length - 1)
  return fc
    .array(fc.tuple(place, fc.constantFrom('out', 'twice', 'value', 'indent'), text), { minLength: 1, maxLength: 3 })
    .map((changes) => {
      const copy = [...lines]
      for (const [at, how, other] of changes) {
        const old = copy[at] ?? ''
        if (how === 'out') copy.splice(at, 1)
        else if (how === 'twice') copy.splice(at, 0, old)
        else if (how === 'indent') copy[at] = ` ${old}`
        else copy[at] = old.replace(/(:|-) .*$/, (_, mark: string) => `${mark} ${other}`)
      }
      return copy.join('\n')
    })
}

/** Settings that are all right, one for each platform, so that what comes after them is reached as well. */
const goodInputs: readonly Readonly<Record<string, string>>[] = [
  { provider: 'postgres', admin_url: `postgresql://postgres:${planted}@127.0.0.1:1/postgres` },
  { provider: 'xata', api_key: planted, organization: 'o', project: 'p', region: 'us-east-1' },
  { provider: 'xata_lite', api_key: planted, organization: 'w', database: 'd', region: 'us-east-1' },
  { provider: 'neon', api_key: planted, project: 'p' },
  { provider: 'supabase', api_key: planted, project: 'abcdefghijklmnopqrst' },
  { provider: 'planetscale', api_key: `id:${planted}`, organization: 'o', database: 'd' },
  { provider: 'dblab', api_key: planted, api_url: 'https://dblab.example', admin_url: `postgresql://u:${planted}@h/d` },
  { provider: 'rest', api_key: planted, rest_config: 'version: 1' },
]

const event = fc.record({
  GITHUB_EVENT_NAME: fc.constantFrom('pull_request', 'pull_request_target', 'schedule', 'push', '', 'x\n::error::y'),
  GITHUB_REPOSITORY: fc.constantFrom('octo/shop', 'octo/shop', '', '/', 'a/b/c'),
  GITHUB_REPOSITORY_ID: fc.constantFrom('42', '42', '', '-1', '1e9', '٤٢'),
  GITHUB_ACTOR: fc.constantFrom('octocat', 'dependabot[bot]', ''),
})

const pullRequest = {
  action: 'opened',
  number: 7,
  pull_request: {
    number: 7,
    user: { login: 'octocat' },
    head: { ref: 'topic', sha: 'a'.repeat(40), repo: { id: 42 } },
    base: { ref: 'main', sha: 'b'.repeat(40), repo: { id: 42 } },
  },
  repository: { id: 42, name: 'shop' },
}

/** The payload with any of its parts taken out or replaced by anything. */
const payload: fc.Arbitrary<string> = fc.oneof(
  fc
    .array(fc.tuple(fc.constantFrom(...pathsOf(pullRequest)), fc.oneof(fc.constant(undefined), fc.jsonValue(), text)), {
      maxLength: 3,
    })
    .map((changes) => {
      const copy = structuredClone(pullRequest)
      for (const [path, value] of changes) put(copy, path, value)
      return JSON.stringify(copy)
    }),
  fc.json(),
  text,
  fc.constant(JSON.stringify({ ...pullRequest, padding: 'x'.repeat(1_000_000) })),
)

function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]]
  const below = Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]))
  return path.length === 0 ? below : [[...path], ...below]
}

function put(into: unknown, [key, ...rest]: readonly string[], value: unknown): void {
  if (typeof into !== 'object' || into === null || key === undefined) return
  const at = into as Record<string, unknown>
  if (rest.length === 0) at[key] = value
  else put(at[key], rest, value)
}

const environmentOf = (inputs: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))

const inputs = fc
  .tuple(
    fc.constantFrom(...goodInputs),
    fc.constantFrom('auto', 'create', 'delete', 'connect', 'cleanup', 'refresh', 'golden', 'scan', 'report'),
    fc.dictionary(fc.constantFrom(...inputNames), text, { maxKeys: 3 }),
  )
  .map(([good, mode, more]) => ({ mode, github_token: planted, data_policy: 'schema_only', ...good, ...more }))

const account = {
  apiUrl: 'https://api.example',
  allowHttp: false,
  apiKey: new Secret(planted),
  organization: '',
  project: '',
  database: '',
  role: '',
  region: '',
}

const gitlab = fc.dictionary(
  fc.constantFrom(
    'CI_MERGE_REQUEST_IID',
    'CI_MERGE_REQUEST_PROJECT_ID',
    'CI_MERGE_REQUEST_PROJECT_PATH',
    'CI_MERGE_REQUEST_SOURCE_PROJECT_ID',
    'CI_PROJECT_ID',
    'CI_PROJECT_PATH',
    'CI_PIPELINE_SOURCE',
    'CI_ENVIRONMENT_ACTION',
    'CI_SERVER_URL',
    'CI_COMMIT_SHA',
  ),
  fc.oneof(text, fc.constantFrom('7', '42', 'group/shop', 'merge_request_event', 'stop', 'https://gitlab.example')),
)

/** Runs the reader: it may refuse, with a sentence, and nothing else. */
async function expectSentence(read: () => unknown): Promise<void> {
  try {
    await read()
  } catch (error) {
    const message = messageOf(error)
    if (!(error instanceof InputError)) throw new Error(`It ended with ${String(error)}`, { cause: error })

    if (/[\u0000-\u001f\u007f]/.test(message)) throw new Error(`More than one line: ${JSON.stringify(message)}`)
    if (!/^[A-Z][^]*[.)]$/.test(message)) throw new Error(`No sentence: ${JSON.stringify(message)}`)
    if (message.includes(planted)) throw new Error(`A secret: ${JSON.stringify(message)}`)
  }
}

const trigger = parseTrigger(
  { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REPOSITORY: 'octo/shop', GITHUB_REPOSITORY_ID: '42' },
  JSON.stringify(pullRequest),
)

function reads<T>(name: string, from: fc.Arbitrary<T>, read: (value: T) => unknown): Subject {
  return {
    name,
    tried: fc.asyncProperty(from, (value) => expectSentence(() => read(value))),
  }
}

/** Everything that reads what people or platforms write, before or beside any network call. */
const subjects: readonly Subject[] = [
  reads('inputs', inputs, (given) => parseConfig(readInputs(environmentOf(given)), trigger)),
  reads('event payload', fc.tuple(event, payload), ([env, json]) => {
    const seen = parseTrigger(env, json)
    return parseConfig(readInputs(environmentOf(goodInputs[3]!)), seen)
  }),
  reads('GitLab variables', gitlab, (env) => gitlabTrigger(env, undefined)),
  reads(
    'command line',
    fc.array(
      fc.oneof(
        text,
        text.map((value) => `--${value}`),
        fc.constantFrom('create', '--provider', '--print'),
      ),
    ),
    readCommand,
  ),
  reads('policy file', fc.oneof(damaged(textOf('docs/policy/db-branch.yml')), text), (yaml) =>
    readPolicyFile('db-branch.yml', yaml),
  ),
  reads('rest_config', fc.oneof(damaged(textOf('docs/rest/articles.yml')), text), (yaml) =>
    readDescription(yaml, account),
  ),
  reads(
    'seed',
    fc.oneof(
      text,
      damaged(
        'synthetic:\n  seed: 7\n  tables:\n    orders:\n      rows: 100\n      columns:\n        note: { values: [a, b] }\n',
      ),
    ),
    readSeed,
  ),
  reads(
    'fail_on',
    fc.oneof(
      text,
      fc.array(text).map((all) => all.join(', ')),
    ),
    (conditions) => {
      const read = parseFailOn(conditions)
      if ('fault' in read && (read.fault === '' || /\n/.test(read.fault)))
        throw new Error(`No reason: ${JSON.stringify(read)}`)
    },
  ),
  reads(
    'explain file',
    fc.oneof(text, damaged("-- name: orders\n-- params: 7, 'a'\nSELECT * FROM orders WHERE id = $1;\nSELECT 1;\n")),
    async (sql) => {
      const { problems } = await readQueries([{ file: 'q.sql', text: sql }])
      for (const { message } of problems) if (/\n/.test(message)) throw new Error(`More than one line: ${message}`)
    },
  ),
  reads(
    'claim',
    fc.oneof(
      text,
      damaged(encodeClaim(claimOf()).replaceAll(',', ',\n')).map((lines) => lines.replaceAll('\n', '')),
    ),
    (comment) => {
      const reading = readClaim(comment)
      if (reading.kind === 'claim' && !Number.isSafeInteger(reading.claim.repository))
        throw new Error('A claim of nobody')
    },
  ),
  reads('Markdown', text, (words) => {
    if (/[\n<]/.test(line(words).replaceAll(/&lt;|\\</g, ''))) throw new Error(`Markup: ${JSON.stringify(line(words))}`)
    if (/\n/.test(code(words))) throw new Error(`More than one line: ${JSON.stringify(code(words))}`)
  }),
]

export interface GarbageFigures {
  readonly subjects: number
  readonly tries: number
  readonly seed: number
  readonly violations: readonly { readonly play: string; readonly broken: string }[]
}

export async function tryGarbage({ tries, seed }: { tries: number; seed: number }): Promise<GarbageFigures> {
  const violations: { play: string; broken: string }[] = []
  for (const { name, tried } of subjects) {
    const result = await fc.check(tried, { numRuns: tries, seed })
    if (!result.failed) continue
    const given = fc.stringify(result.counterexample).slice(0, 600)
    violations.push({ play: `${name}, seed ${seed}, given ${given}`, broken: messageOf(result.errorInstance) })
  }
  return { subjects: subjects.length, tries: subjects.length * tries, seed, violations }
}
