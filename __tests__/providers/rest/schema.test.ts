import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { readDescription } from '../../../src/providers/rest/description.js'
import { Secret } from '../../../src/secret.js'
import { accountOf } from '../../fixtures/platform.js'
import { cloudDescription } from './cloud.js'

type Tree = Record<string, unknown>

const folder = join(import.meta.dirname, '../../../docs/rest')
const articles = parse(readFileSync(join(folder, 'articles.yml'), 'utf8')) as Tree
const cloud = parse(cloudDescription) as Tree
const schema = JSON.parse(readFileSync(join(folder, 'schema.json'), 'utf8')) as object
const accepts = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: false }).compile(schema)

const account = accountOf({
  apiKey: new Secret('key-0123456789'),
  organization: 'o',
  project: 'p',
  database: 'd',
  role: 'r',
  region: 'eu',
  allowHttp: true,
  apiUrl: 'https://api.example.com',
})

/** What the action says; undefined when it accepts. */
function refusal(tree: unknown): string | undefined {
  try {
    // JSON is YAML, too.
    readDescription(JSON.stringify(tree), account)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** Rules about more than one section, or about the inputs, which a schema cannot say. */
const beyond = [
  /it names no branch, so it is about all of them/,
  /it holds the id of a branch, and "branch" has no "id"/,
  /it sends \{claim\}, which is found nowhere/,
  /sends no \{claim\}/,
  /gives no "url", and there is no "connection"/,
  /wants work in SQL/,
  /tells neither "claim" nor "created_at"/,
  /would keep the mark of the first build/,
  /has a status that means something else, too/,
  /has a status in both "created" and "exists"/,
  /Input "api_key" is not used/,
]

/** Every place in a tree, as the keys that lead there. */
function places(node: unknown, at: string[] = []): string[][] {
  if (typeof node !== 'object' || node === null) return [at]
  return [at, ...Object.entries(node).flatMap(([key, inner]) => places(inner, [...at, key]))]
}

function changed(tree: Tree, at: readonly string[], change: (holder: Tree, key: string) => void): Tree {
  const copy = structuredClone(tree)
  const holder = at.slice(0, -1).reduce<Tree>((node, key) => node[key] as Tree, copy)
  change(holder, at.at(-1) ?? '')
  return copy
}

const odd: readonly unknown[] = [null, 7, 404, 1.5, '', 'x', '/~2', '{api_key}', '{name}', '{nothing}', [], [404], {}]
const requests = [
  'GET /a',
  'GET a',
  'GET /a?b=1',
  'GET /a/../b',
  'GET //a',
  'get /a',
  'POST /a/{name}',
  'PUT /a/{name}',
  'DELETE /a',
  'DELETE /a/{id}',
  'GET /a/{api_key}',
  'GET /{name}/{parent}',
  'PATCH /{id}',
  'GET /a b',
  'GET /%2e%2e/',
]

/** Each place changed in every odd way, in the sections that `base` does not have in the same form. */
function* mutants(tree: Tree, base: Tree): Generator<[string, Tree]> {
  for (const at of places(tree).slice(1)) {
    const [section = ''] = at
    if (JSON.stringify(tree[section]) === JSON.stringify(base[section])) continue
    const name = at.join('.')
    yield [
      `without ${name}`,
      changed(tree, at, (holder, key) => (Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key])),
    ]
    for (const value of odd)
      yield [`${name} = ${JSON.stringify(value)}`, changed(tree, at, (holder, key) => (holder[key] = value))]
    if (at.at(-1) === 'request') {
      for (const line of requests) yield [`${name} = ${line}`, changed(tree, at, (holder, key) => (holder[key] = line))]
    }
    yield [
      `something beside ${name}`,
      changed(tree, at, (holder) => (Array.isArray(holder) ? holder.push({ surprise: 1 }) : (holder['surprise'] = 1))),
    ]
  }
}

/** Together with the two documents these hold every key. */
const more: Record<string, (tree: Tree) => void> = {
  'find one': (tree) =>
    (tree['find'] = {
      request: 'GET /p/{name}',
      branch: '',
      absent: [404, { status: 400, at: '/code', in: ['none'] }],
    }),
  'paging by page': (tree) =>
    ((tree['list'] as Tree)['paging'] = { kind: 'page', parameter: 'page', first: 0, more: '/more' }),
  'paging by URL': (tree) => ((tree['list'] as Tree)['paging'] = { kind: 'next_url', next: '/links/next' }),
  'paging by header': (tree) => ((tree['list'] as Tree)['paging'] = { kind: 'link' }),
  ledgers: (tree) => Object.assign(tree['create'] as Tree, { data: 'schema_only', empty: undefined, ledgers: 'sql' }),
  'created by PUT': (tree) =>
    Object.assign(tree['create'] as Tree, { request: 'PUT /b/{name}', exists: [200], created: [201], url: '/url' }),
  'a new login by POST': (tree) => {
    tree['connection'] = { request: 'POST /b/{id}/logins', body: { as: '{role}' }, url: '/url' }
    delete (tree['create'] as Tree)['empty']
  },
  masked: (tree) => Object.assign(tree['create'] as Tree, { mask: 'sql' }),
  'URL and state in the branch': (tree) => {
    tree['connection'] = { url: '/url' }
    tree['ready'] = { at: '/state', in: ['ready'] }
  },
}

const documents: [string, Tree][] = [
  ['articles.yml', articles],
  ['cloud.yml', cloud],
  ...Object.entries(more).map(([name, change]): [string, Tree] => {
    const tree = structuredClone(cloud)
    change(tree)
    return [name, JSON.parse(JSON.stringify(tree)) as Tree]
  }),
]

describe('docs/rest/schema.json', () => {
  it.each(documents)('accepts what the action accepts: %s', (_name, tree) => {
    expect(refusal(tree)).toBeUndefined()
    expect([accepts(tree), accepts.errors]).toEqual([true, null])
  })

  it.each(documents)('refuses what the action refuses, and nothing else: %s, changed in every place', (_name, tree) => {
    const disagreements: string[] = []
    let refused = 0
    for (const [name, mutant] of mutants(tree, tree === cloud ? {} : cloud)) {
      const said = refusal(mutant)
      const fine = accepts(mutant)
      if (said !== undefined) refused += 1
      if (said === undefined && !fine)
        disagreements.push(`${name}: only the schema refuses: ${JSON.stringify(accepts.errors?.[0])}`)
      if (said !== undefined && fine && !beyond.some((rule) => rule.test(said)))
        disagreements.push(`${name}: only the action: ${said}`)
      if (said !== undefined && !/^Input "rest_config"( line \d+)?[: ]|^Input "api_key" is not used/.test(said))
        disagreements.push(`${name}: odd sentence: ${said}`)
    }
    expect(disagreements).toEqual([])
    expect(refused).toBeGreaterThan(10)
  })
})

it('docs/rest.md names every key', () => {
  const text = readFileSync(join(folder, '../rest.md'), 'utf8')
  const { properties } = schema as {
    properties: Record<string, { properties?: object; oneOf?: { properties: object }[] }>
  }
  const keys = Object.entries(properties).flatMap(([section, { properties: own, oneOf = [] }]) => [
    section,
    ...[own, ...oneOf.map((one) => one.properties)].flatMap((some) => Object.keys(some ?? {})),
  ])
  expect(keys.filter((key) => !new RegExp(`\`([a-z_]+\\.)?${key}(\\.[a-z]+)?(: sql)?\``).test(text))).toEqual([])
})
