import { ProviderError } from '../../errors.js'
import type { Method } from '../../http/api.js'
import type { Entry, Fields, Json } from './document.js'
import type { Placeholder, RequestTemplate } from './model.js'

/** What a request can be filled with. `null` stands for a pull request that does not exist. */
export type Values = Readonly<Partial<Record<Placeholder, string | number | null>>>

const placeholder = /\{(\w+)\}/g
const segment = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|\\{\\w+\\})+"

/** The verb, then a path that stays below the address: no query, no `..`, nothing encoded. */
const requestLine = new RegExp(`^(GET|POST|PUT|PATCH|DELETE) ((?:/${segment})+)$`)

/**
 * Reads `request`, `query` and `body` of a request.
 * @throws InputError
 */
function readRequest(
  at: { request: Entry; query?: Entry | undefined; body?: Entry | undefined },
  allowed: { methods: readonly [Method, ...Method[]]; placeholders: readonly Placeholder[] },
): RequestTemplate {
  const { request, query, body } = at
  const uses = new Set<Placeholder>()
  const take = (text: string, entry: Entry) => {
    for (const name of namesIn(text, entry, allowed.placeholders)) uses.add(name)
  }
  const example = `a verb and a path such as "${allowed.methods[0]} /branches"`
  const [, method = '', path = ''] = requestLine.exec(request.text(requestLine, example)) ?? []
  if (!allowed.methods.includes(method as Method)) {
    request.fail(`has the verb ${method}`, allowed.methods.join(' or '))
  }
  if (path.split('/').some((part) => part === '.' || part === '..')) {
    request.fail('leads out of the address', 'a path without "." and ".." as its parts')
  }
  take(path, request)
  if (body && method === 'GET') body.fail('goes with no GET', '"query" for what a GET asks')
  const filled = body?.json((text, entry) => take(text, entry))
  return { method: method as Method, path, query: readQuery(query, take), body: filled, uses, where: request.where }
}

function readQuery(
  query: Entry | undefined,
  take: (text: string, entry: Entry) => void,
): Record<string, string | number | boolean> {
  const map = query?.json(take) ?? {}
  if (
    !query ||
    (query.isMap && Object.values(map).every((value) => ['string', 'number', 'boolean'].includes(typeof value)))
  )
    return map as Record<string, string | number | boolean>
  return query.fail('is not a map of single values', 'names with a text, a number, true or false')
}

function namesIn(text: string, entry: Entry, allowed: readonly Placeholder[]): Placeholder[] {
  return [...text.matchAll(placeholder)].map(([word, name]) => {
    if (name === 'api_key') entry.fail('holds {api_key}', 'the key in "auth.value" only')
    if (allowed.includes(name as Placeholder)) return name as Placeholder
    return entry.fail(`holds ${word}`, allowed.map((one) => `{${one}}`).join(', '))
  })
}

/** The request that a section of the description holds. @throws InputError */
export function requestIn(
  fields: Fields<'request' | 'query' | 'body'> | Fields<'request' | 'query'>,
  methods: readonly [Method, ...Method[]],
  placeholders: readonly Placeholder[],
): RequestTemplate {
  const all = fields as Fields<'request' | 'query' | 'body'>
  const request = all.need('request', `a verb and a path, such as "${methods[0]} /branches"`)
  return readRequest({ request, query: all.get('query'), body: all.get('body') }, { methods, placeholders })
}

export interface Filled {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

/**
 * Puts the values in: percent-encoded in the path, as they are in query and body, whose texts are parsed already. A
 * value never changes what the rest of a request means.
 * @throws ProviderError when a value is missing or would make another path of it.
 */
export function fill(template: RequestTemplate, values: Values): Filled {
  const valueOf = (name: string): string | number | null => {
    const value = values[name as Placeholder]
    if (value === undefined || value === '') throw notSent(template, `{${name}} has no value`)
    return value
  }
  const inText = (text: string) => text.replace(placeholder, (_word, name: string) => String(valueOf(name) ?? ''))
  const inPath = (text: string) =>
    text.replace(placeholder, (_word, name: string) => encodeURIComponent(String(valueOf(name) ?? '')))
  const parts = template.path.split('/').slice(1).map(inPath)
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw notSent(template, 'a value in it leads to another path')
  }
  const query = Object.entries(template.query).map(([name, value]) => [name, inText(String(value))] as const)
  return {
    path: `/${parts.join('/')}`,
    query: Object.fromEntries(query),
    body: template.body === undefined ? undefined : fillJson(template.body, { inText, valueOf }),
  }
}

type Filling = { inText: (text: string) => string; valueOf: (name: string) => string | number | null }

/** A text that is one placeholder and nothing else takes the value with its type: numbers stay numbers. */
function fillJson(value: Json, filling: Filling): unknown {
  if (typeof value === 'string') {
    const [, alone] = /^\{(\w+)\}$/.exec(value) ?? []
    return alone === undefined ? filling.inText(value) : filling.valueOf(alone)
  }
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => fillJson(item, filling))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillJson(inner, filling)]))
}

function notSent({ method, path }: RequestTemplate, why: string): ProviderError {
  return new ProviderError(`The request ${method} ${path} was not sent: ${why}. Check "rest_config".`)
}
