/**
 * A published OpenAPI description as a referee: which operation a request means, and whether a request or an answer
 * keeps to it.
 */
import formats from 'ajv-formats'
import { OpenAPIBackend, type Document, type Operation, type Request } from 'openapi-backend'
import { isJson, type Json } from './json.js'

export interface Specification {
  match(request: Request): Operation | undefined
  parse(request: Request, operation: Operation): { params: Record<string, string>; query: Record<string, string> }
  /** Empty when the request keeps to the description. */
  faultsInRequest(request: Request, operation: Operation): string[]
  faultsInAnswer(operation: Operation, status: number, body: unknown): string[]
}

/** ajv refuses `nullable` beside no `type`, which is how the description marks a nullable `$ref` or `allOf`. */
export function allowUntypedNull(node: unknown, isPropertyMap = false): void {
  if (Array.isArray(node)) return node.forEach((item) => allowUntypedNull(item))
  if (!isJson(node)) return
  for (const [key, value] of Object.entries(node)) allowUntypedNull(value, !isPropertyMap && key === 'properties')
  if (isPropertyMap || node.nullable !== true || node.type !== undefined) return
  const rest = Object.fromEntries(Object.entries(node).filter(([key]) => key !== 'nullable'))
  for (const key of Object.keys(node)) delete node[key]
  node.anyOf = [rest, { type: 'null' }]
}

/** Servers ignore a misspelled body key; here it fails, because the caller meant something by it. */
function closed(node: unknown, schemas: Record<string, Json>): unknown {
  if (Array.isArray(node)) return node.map((item) => closed(item, schemas))
  if (!isJson(node)) return node
  if (typeof node.$ref === 'string') {
    // A component is shared with answers, which stay open: close a copy.
    return closed(structuredClone(schemas[node.$ref.split('/').at(-1) ?? '']), schemas)
  }
  const shut = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value, schemas)]))
  const combines = node.allOf !== undefined || node.anyOf !== undefined || node.oneOf !== undefined
  if (isJson(node.properties) && node.additionalProperties === undefined && !combines) shut.additionalProperties = false
  return shut
}

/** Closes the body of every request of a description, in place. */
export function closeBodies(description: Json): void {
  const { schemas = {} } = (description.components ?? {}) as { schemas?: Record<string, Json> }
  for (const item of Object.values(description.paths as Record<string, Record<string, Json>>)) {
    for (const operation of Object.values(item)) {
      if (isJson(operation) && operation.requestBody !== undefined)
        operation.requestBody = closed(operation.requestBody, schemas)
    }
  }
}

function told({ errors }: ReturnType<OpenAPIBackend['validateRequest']>): string[] {
  // One wrong field of a long list would otherwise be told a hundred times.
  return (errors ?? []).slice(0, 5).map((error) => {
    const extra = 'additionalProperty' in error.params ? ` (${String(error.params.additionalProperty)})` : ''
    return `${error.instancePath === '' ? '/' : error.instancePath} ${error.message ?? error.keyword}${extra}`
  })
}

/**
 * Matches as `matchOperation` of openapi-backend does, which lists all operations and makes their patterns anew for every
 * request: the path with the most fixed text wins.
 */
function matcher(api: OpenAPIBackend): Specification['match'] {
  const fixed = (path: string) => path.replace(/\{[^}]+\}/g, '')
  const operations = api.router
    .getOperations()
    .sort((one, other) => fixed(other.path).length - fixed(one.path).length)
    .map((operation) => {
      const pattern = operation.path
        .split(/\{[^}]+\}/)
        .map((text) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&'))
        .join('[^/]+')
      return { operation, verb: operation.method.toLowerCase(), pattern: new RegExp(`^${pattern}$`) }
    })
  return (request) => {
    const { method, path } = api.router.normalizeRequest(request)
    const bare = api.router.normalizePath(path)
    return operations.find(({ verb, pattern }) => verb === method && pattern.test(bare))?.operation
  }
}

/** A description, parsed and corrected, made ready to judge. */
export async function compile(description: Json): Promise<Specification> {
  const api = new OpenAPIBackend({
    definition: description as unknown as Document,
    // Without `quick` a reference that cannot be resolved only warns, and then every request is a 404.
    quick: true,
    // The descriptions are files of this repository, and every simulator compiles dozens of their schemas: checking each
    // against the meta-schema and shortening the compiled code take three quarters of the time and find nothing.
    ajvOpts: { strict: false, allErrors: true, validateSchema: false, meta: false, code: { optimize: false } },
    customizeAjv: (ajv) => formats.default(ajv),
  })
  await api.init()
  return {
    match: matcher(api),
    parse: (request, operation) => api.router.parseRequest(request, operation),
    faultsInRequest: (request, operation) => {
      const faults = told(api.validateRequest(request, operation))
      if (request.body !== undefined && operation.requestBody === undefined) faults.push('/ takes no body')
      return faults
    },
    faultsInAnswer: (operation, status, body) => {
      const described = operation.responses?.[String(status)]
      // Errors may be ones the description forgot (a missing environment is 404), successes may not.
      if (described === undefined) return status < 400 ? [`status ${status} is not described`] : []
      const content = 'content' in described ? described.content : undefined
      if (content === undefined) return body === undefined || status >= 400 ? [] : [`status ${status} has no body`]
      return told(api.validateResponse(body, operation, status))
    },
  }
}
