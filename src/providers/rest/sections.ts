import type { Entry } from './document.js'
import { pointer, readMeanings, readPointer, readProtection, readScalars } from './fields.js'
import {
  accountPlaceholders,
  type BranchFields,
  branchPlaceholders,
  type Creation,
  type Deletion,
  type Description,
  orderPlaceholders,
  type Readiness,
  type Reading,
  sqlWorks,
} from './model.js'
import { requestIn } from './template.js'

const ofBranch = [...accountPlaceholders, ...branchPlaceholders]

/** Headers that the HTTP layer sets, or that decide where a request goes. */
const header =
  /^(?!(?:host|connection|content-.*|transfer-.*|accept|user-agent|cookie|proxy-.*|upgrade|te|trailer)$)[a-z0-9][a-z0-9-]*$/i

export function readAuth(entry: Entry | undefined): Description['auth'] {
  if (!entry) return undefined
  const fields = entry.fields(['header', 'value'])
  const once = /^(?!.*\{api_key\}.*\{api_key\})[\x20-\x7e]*\{api_key\}[\x20-\x7e]*$/
  return {
    header: fields
      .need('header', 'the name of a header, such as Authorization')
      .text(header, 'the name of a header, such as Authorization'),
    value: fields
      .need('value', 'a text with {api_key} in it')
      .text(once, 'a text with {api_key} once in it, such as "Bearer {api_key}"', true),
    where: entry.where,
  }
}

export function readBranch(entry: Entry): BranchFields {
  const fields = entry.fields(['name', 'id', 'created_at', 'parent', 'claim', 'protected'])
  if (!fields.has('id') && !fields.has('created_at')) {
    entry.fail(
      'has neither "id" nor "created_at", so a branch made anew under the same name would look the same',
      'one of them',
    )
  }
  const protection = fields.get('protected')?.list('a list of fields that protect', readProtection)
  return {
    name: readPointer(fields.need('name', 'a JSON pointer to the name')),
    id: pointer(fields, 'id'),
    createdAt: pointer(fields, 'created_at'),
    parent: pointer(fields, 'parent'),
    claim: pointer(fields, 'claim'),
    protected: protection ?? [],
  }
}

export function readCreation(entry: Entry): Creation {
  const fields = entry.fields([
    'request',
    'query',
    'body',
    'created',
    'exists',
    'full',
    'branch',
    'url',
    'data',
    ...sqlWorks,
  ])
  const request = requestIn(fields, ['POST', 'PUT'], [...accountPlaceholders, ...orderPlaceholders])
  if (request.method === 'PUT') {
    fields.need(
      'exists',
      "the answer by which a PUT tells that the branch was there, since it could take over somebody else's",
    )
  }
  const statuses = (key: 'created' | 'exists' | 'full', from: number) => {
    const list = fields.get(key)
    return list && readMeanings(list, from, 599)
  }
  const exists = statuses('exists', 200) ?? [{ status: 409 }]
  const created =
    statuses('created', 200) ??
    [200, 201, 202].map((status) => ({ status })).filter((one) => !exists.some(({ status }) => status === one.status))
  if (created.some(({ status }) => exists.some((other) => other.status === status && !other.at))) {
    entry.fail('has a status in both "created" and "exists"', 'different statuses, or "at" and "in" to tell them apart')
  }
  for (const work of sqlWorks) fields.get(work)?.oneOf(['sql'])
  const data = fields
    .need('data', 'schema_only or copy: what the platform puts into a new branch')
    .oneOf(['schema_only', 'copy'])
  for (const work of data === 'schema_only' ? (['empty', 'mask'] as const) : [])
    fields.get(work)?.fail('has no meaning where the platform copies no rows', `"${work}" with data: copy`)
  if (data === 'copy')
    fields.get('ledgers')?.fail('has no meaning where the platform copies all rows', '"ledgers" with data: schema_only')
  return {
    request,
    created,
    exists,
    full: statuses('full', 400) ?? [],
    branch: pointer(fields, 'branch'),
    url: pointer(fields, 'url'),
    data,
    sql: new Set(sqlWorks.filter((work) => fields.has(work))),
  }
}

export function readReadiness(entry: Entry): Readiness {
  const fields = entry.fields(['request', 'query', 'at', 'in', 'failed', 'every', 'timeout'])
  if (!fields.has('request')) fields.get('query')?.fail('goes with a "request"', '"query" below one')
  const failed = fields.get('failed')
  return {
    request: fields.has('request') ? requestIn(fields, ['GET'], ofBranch) : undefined,
    at: readPointer(fields.need('at', 'a JSON pointer to the state')),
    in: readScalars(fields.need('in', 'a list of the states in which a branch can be used')),
    failed: failed ? readScalars(failed) : [],
    every: fields.get('every')?.integer({ from: 1, to: 60 }) ?? 5,
    timeout: fields.get('timeout')?.integer({ from: 1, to: 3600 }) ?? 600,
  }
}

export function readConnection(entry: Entry): Reading {
  const fields = entry.fields(['request', 'query', 'body', 'url', 'pooled_url'])
  if (!fields.has('request')) {
    for (const key of ['query', 'body'] as const) fields.get(key)?.fail('goes with a "request"', `"${key}" below one`)
  }
  return {
    request: fields.has('request') ? requestIn(fields, ['GET', 'POST'], ofBranch) : undefined,
    url: readPointer(fields.need('url', 'a JSON pointer to the connection string')),
    pooledUrl: pointer(fields, 'pooled_url'),
  }
}

export function readReset(entry: Entry): NonNullable<Description['reset']> {
  const fields = entry.fields(['request', 'query', 'body', 'done'])
  const done = fields.get('done')
  return {
    request: requestIn(fields, ['POST', 'PUT', 'PATCH'], [...ofBranch, ...orderPlaceholders]),
    done: done ? readMeanings(done, 200, 299) : [200, 201, 202, 204].map((status) => ({ status })),
  }
}

export function readDeletion(entry: Entry): Deletion {
  const fields = entry.fields(['request', 'query', 'body', 'deleted', 'deleting', 'absent'])
  const statuses = (key: 'deleted' | 'deleting' | 'absent', from: number, to: number) => {
    const list = fields.get(key)
    return list && readMeanings(list, from, to)
  }
  const request = requestIn(fields, ['DELETE', 'POST'], ofBranch)
  // A server that does not know a query parameter would delete them all.
  if (request.method === 'DELETE' && !/\{(name|id)\}/.test(request.path)) {
    fields.need('request', '').fail('names no branch in its path', '{name} or {id} in the path of a DELETE')
  }
  return {
    request,
    deleted: statuses('deleted', 200, 299) ?? [{ status: 200 }, { status: 204 }],
    deleting: statuses('deleting', 200, 299) ?? [{ status: 202 }],
    absent: statuses('absent', 400, 599) ?? [{ status: 404 }],
  }
}
