import fc from 'fast-check'
import { readCommand } from '../../src/cli.js'
import { parseTrigger } from '../../src/forges/github/trigger.js'
import { gitlabTrigger } from '../../src/forges/gitlab/trigger.js'
import { parseConfig } from '../../src/inputs.js'
import { inputNames, readInputs } from '../../src/inputs/readers.js'
import { planted, reads, type Subject, text } from './garbage-material.js'

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

const trigger = parseTrigger(
  { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REPOSITORY: 'octo/shop', GITHUB_REPOSITORY_ID: '42' },
  JSON.stringify(pullRequest),
)

/** What people and forges hand over, read before any network call. */
export const inputSubjects: readonly Subject[] = [
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
]
