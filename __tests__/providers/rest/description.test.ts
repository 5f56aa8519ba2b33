import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { PlatformAccount } from '../../../src/ports.js'
import { createRestProvider } from '../../../src/providers/rest.js'
import { Secret } from '../../../src/secret.js'
import { accountOf, portsOf } from '../../fixtures/platform.js'
import { cloudDescription } from './cloud.js'

const articles = readFileSync(join(import.meta.dirname, '../../../docs/rest/articles.yml'), 'utf8')
/** Without comments and empty lines, so that lines can be counted. */
const short = articles.replace(/^ *#.*\n|^\n/gm, '')

/** The message, which comes before any request. */
function said(text: string, change: Partial<PlatformAccount> = {}): string {
  let requests = 0
  const fetch = () => {
    requests += 1
    return Promise.reject(new Error('nothing is sent'))
  }
  try {
    const account = accountOf({ database: 'app', project: 'shop', role: 'owner', ...change })
    createRestProvider(account, text, portsOf({ fetch }))
    return 'nothing'
  } catch (error) {
    expect(requests).toBe(0)
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

function line(text: string, wanted: string): number {
  return text.split('\n').findIndex((one) => one.includes(wanted)) + 1
}

describe('a description', () => {
  it.each([
    ['articles.yml', articles],
    ['cloud.yml', cloudDescription],
  ])('that is right is accepted: %s', (_name, text) => {
    expect(said(text)).toBe('nothing')
  })

  it.each([
    [
      'a key that is not known',
      short.replace('items:', 'itemz:'),
      'itemz',
      'the key "itemz" in "list" is not known. Use "request", "query", "items", "paging".',
    ],
    [
      'a section that is missing',
      short.replace(/^list:\n( .*\n)+/m, ''),
      'version',
      'it lacks the key "list". Use "request", "items" and "paging".',
    ],
    [
      'a key twice',
      short.replace('engine:', 'version:'),
      'version: postgresql',
      'a key stands there twice. Use valid YAML.',
    ],
    [
      'no YAML',
      short.replace('kind: none', 'kind: [none'),
      'create:',
      'it is no valid YAML (Flow sequence in block collection must be sufficiently indented and end with a ]). Use valid YAML.',
    ],
    ['a tag', short.replace('kind: none', 'kind: !!str none'), 'kind', 'tags are not read. Use the plain value.'],
    ['an unknown tag', short.replace('kind: none', 'kind: !env none'), 'kind', 'tags are not read. Use valid YAML.'],
    [
      'an anchor',
      short.replace('kind: none', 'kind: &x none'),
      'kind',
      'anchors and aliases are not read. Use the value itself in each place.',
    ],
    [
      'an alias',
      short.replace('kind: none', 'kind: *x'),
      'kind',
      'anchors and aliases are not read. Use the value itself in each place.',
    ],
    ['a second document', `${short}---\nversion: 1\n`, '---', 'a second document begins. Use valid YAML.'],
    [
      'a key that is a list',
      short.replace('kind: none', '? [kind]\n    : none'),
      '? [kind]',
      'a key is not a text. Use a plain word as key.',
    ],
    [
      'a status as text',
      short.replace('exists: [409]', 'exists: [taken]'),
      'exists',
      '"create.exists[0]" is not such a number. Use a whole number from 200 to 599.',
    ],
    [
      'a status without a list',
      short.replace('exists: [409]', 'exists: 409'),
      'exists',
      '"create.exists" is not a list. Use a list of status codes, such as [200].',
    ],
    [
      'a status that says two things',
      short.replace('exists: [409]', 'exists: [201]'),
      'request: POST',
      '"create" has a status in both "created" and "exists". Use different statuses, or "at" and "in" to tell them apart.',
    ],
    [
      'a pointer without its slash',
      short.replace('items: /branches', 'items: branches'),
      'items',
      '"list.items" is "branches". Use a JSON pointer such as "/branches", or "" for the whole answer.',
    ],
    [
      'a verb that does not fit',
      short.replace('GET /db/{database}\n', 'DELETE /db/{database}\n'),
      'request: DELETE /db/{database}',
      '"list.request" has the verb DELETE. Use GET.',
    ],
    [
      'a path that leads out',
      short.replace('GET /db/{database}\n', 'GET /../{database}\n'),
      '/../',
      '"list.request" leads out of the address. Use a path without "." and ".." as its parts.',
    ],
    [
      'a query in the path',
      short.replace('GET /db/{database}\n', 'GET /db?x=1\n'),
      '/db?x=1',
      '"list.request" is "GET /db?x=1". Use a verb and a path such as "GET /branches".',
    ],
    [
      'a placeholder out of place',
      short.replace('GET /db/{database}\n', 'GET /db/{name}\n'),
      'GET /db/{name}',
      '"list.request" holds {name}. Use {organization}, {project}, {database}, {role}, {region}, {repository}.',
    ],
    [
      'the key in a path',
      short.replace('GET /db/{database}\n', 'GET /db/{api_key}\n'),
      'GET /db/{api_key}',
      '"list.request" holds {api_key}. Use the key in "auth.value" only.',
    ],
    [
      'the key in a body',
      short.replace("from: '{parent}'", "from: 'x{api_key}'"),
      'x{api_key}',
      '"create.body.from" holds {api_key}. Use the key in "auth.value" only.',
    ],
    [
      'the key itself where its name belongs',
      short.replace('Bearer {api_key}', 'Bearer sk_live_0123456789'),
      'value:',
      '"auth.value" has a wrong form. Use a text with {api_key} once in it, such as "Bearer {api_key}".',
    ],
    [
      'a header of the transport',
      short.replace('header: Authorization', 'header: Host'),
      'header:',
      '"auth.header" is "Host". Use the name of a header, such as Authorization.',
    ],
    [
      'a deletion of everything',
      short.replace('DELETE /db/{database}:{name}', 'DELETE /db/{database}'),
      'request: DELETE',
      '"delete.request" names no branch in its path. Use {name} or {id} in the path of a DELETE.',
    ],
    [
      'a URL of every branch',
      short.replace('GET /db/{database}:{name}', 'GET /db/{database}/url'),
      '/url',
      'it names no branch, so it is about all of them. Use {name} or {id} in it.',
    ],
    [
      'an id nobody knows',
      short.replace('DELETE /db/{database}:{name}', 'DELETE /db/{id}'),
      'DELETE /db/{id}',
      'it holds the id of a branch, and "branch" has no "id". Use {name}, or add "branch.id".',
    ],
    [
      'a claim that is not read',
      short.replace("from: '{parent}'", "from: '{parent}'\n    note: '{claim}'"),
      'request: POST',
      'it sends {claim}, which is found nowhere. Use "branch.claim" to say where it stands.',
    ],
    [
      'a claim that is not sent',
      short.replace('name: /name', 'name: /name\n  claim: /note'),
      'request: POST',
      '"create" sends no {claim}, which "branch.claim" reads. Use {claim} in "create.body".',
    ],
    [
      'a PUT that takes over',
      short.replace('request: POST', 'request: PUT').replace('  exists: [409]\n', ''),
      'request: PUT',
      `"create" lacks the key "exists". Use the answer by which a PUT tells that the branch was there, since it could take over somebody else's.`,
    ],
    [
      'no URL at all',
      short.replace(/ {2}url: \/databaseURL\n {2}data/, '  data').replace(/^connection:\n( .*\n)+/m, ''),
      'request: POST',
      '"create" gives no "url", and there is no "connection". Use one of them.',
    ],
    [
      'rows to delete where there are none',
      short.replace('data: schema_only', 'data: schema_only\n  empty: sql'),
      'empty',
      '"create.empty" has no meaning where the platform copies no rows. Use "empty" with data: copy.',
    ],
    [
      'SQL on MySQL',
      short.replace('engine: postgresql', 'engine: mysql').replace('data: schema_only', 'data: copy\n  empty: sql'),
      'request: POST',
      '"create" wants work in SQL, which is done on PostgreSQL only. Use engine: postgresql, or remove "empty", "mask" and "ledgers".',
    ],
    [
      'SQL without a URL for later',
      short.replace('data: schema_only', 'data: copy\n  empty: sql').replace(/^connection:\n( .*\n)+/m, ''),
      'request: POST',
      '"create" wants work in SQL, and later runs cannot read the URL again. Use "connection" with a GET.',
    ],
    [
      'branches that cannot be told apart',
      short.replace('  created_at: /createdAt\n', ''),
      'name: /name',
      '"branch" has neither "id" nor "created_at", so a branch made anew under the same name would look the same. Use one of them.',
    ],
    [
      'an address without TLS',
      short.replace('https://api', 'http://api'),
      'address',
      '"address" is "http://api.example.com": without https anybody on the way can read the key. Use https://, or set "allow_http" to "true" for a network that you trust.',
    ],
    [
      'an address with a password',
      short.replace('https://api', 'https://me:pw@api'),
      'address',
      '"address" may hold neither a user, a password, a query nor a fragment. Use host and path only.',
    ],
    [
      'a number JSON does not know',
      short.replace("from: '{parent}'", 'from: .inf'),
      'from',
      '"create.body.from" is not a single value. Use a text, a finite number, true, false or null.',
    ],
    ['another version', short.replace('version: 1', 'version: 2'), 'version', '"version" is not such a number. Use 1.'],
  ])('with %s is refused by its line', (_name, text, at, rule) => {
    expect(text).not.toBe(short)
    expect(said(text)).toBe(`InputError: Input "rest_config" line ${line(text, at.split('\n')[0] ?? '')}: ${rule}`)
  })

  it.each([
    [
      'that is too long',
      `${short}#${'x'.repeat(70_000)}`,
      {},
      'Input "rest_config" is longer than 65536 characters. Use a description of this one platform.',
    ],
    [
      'that is nested without end',
      `a: ${'['.repeat(60_000)}`,
      {},
      'Input "rest_config" line 1: it is nested too deeply. Use valid YAML.',
    ],
    [
      'that is empty',
      '',
      {},
      'Input "rest_config" line 1: the whole is not a map. Use the keys "version", "platform", "address", "engine", "auth", "locked", "branch", "list", "find", "create", "ready", "connection", "reset", "delete" below it.',
    ],
    [
      'of another YAML',
      `%YAML 1.1\n---\n${short}`,
      {},
      'Input "rest_config" line 1: directives are not read. Use a document without them.',
    ],
    [
      'without an address',
      short.replace(/^address.*\n/m, ''),
      {},
      'Input "rest_config" names no "address", and "api_url" is empty. Set one of them.',
    ],
    [
      'that needs an input',
      short,
      { database: '' },
      'Input "rest_config" line 12: it holds {database}, and the input "database" is empty. Set it in the step.',
    ],
    [
      'that needs a key',
      short,
      { apiKey: new Secret('') },
      'Input "rest_config" line 6: "auth" needs the input "api_key", which is empty. Set it; when it comes from a secret, check that the secret exists and that this event may read it.',
    ],
    [
      'that does not use the key',
      short.replace(/^auth:\n( .*\n)+/m, ''),
      {},
      'Input "api_key" is not used: "rest_config" has no "auth". Add it, or remove the key.',
    ],
  ])('%s is refused', (_name, text, change, message) => {
    expect(said(text, change)).toBe(`InputError: ${message}`)
  })

  it('takes another address from the input, which outranks its own', () => {
    expect(said(short.replace(/^address.*\n/m, ''), { apiUrl: 'https://there.example.com' })).toBe('nothing')
    expect(said(short.replace('https://api', 'http://api'), { allowHttp: true })).toBe('nothing')
  })

  it('tells what the platform can do', () => {
    const of = (text: string) =>
      createRestProvider(accountOf({ database: 'app', project: 'shop', role: 'owner' }), text, portsOf()).capabilities
    expect(of(articles)).toMatchObject({
      claims: 'name',
      schemaOnly: 'native',
      copy: false,
      reset: 'none',
      urlReadableLater: true,
      pooledUrl: false,
    })
    expect(of(cloudDescription)).toMatchObject({
      claims: 'branch',
      schemaOnly: 'sql',
      masked: 'none',
      copy: true,
      reset: 'in_place',
      urlReadableLater: true,
      pooledUrl: true,
    })
    expect(of(short.replace('data: schema_only', 'data: copy'))).toMatchObject({
      claims: 'name',
      schemaOnly: 'none',
      copy: true,
    })
    expect(of(short.replace('data: schema_only', 'data: copy\n  mask: sql'))).toMatchObject({
      claims: 'database',
      schemaOnly: 'none',
      masked: 'in_place',
      golden: false,
    })
    expect(of(short.replace('data: schema_only', 'data: schema_only\n  ledgers: sql'))).toMatchObject({
      claims: 'database',
      schemaOnly: 'native',
    })
    expect(of(short.replace(/^connection:\n( .*\n)+/m, ''))).toMatchObject({ urlReadableLater: false })
  })
})
