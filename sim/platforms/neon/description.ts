/**
 * Neon's published OpenAPI description, from the package of its own client. It is proprietary by its own word, so it
 * is read where npm put it and never copied here. Only the operations that the simulator answers are kept: that is
 * a matter of a second instead of ten.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { isJson, type Json } from '../../http/json.js'
import { allowUntypedNull, closeBodies, compile, type Specification } from '../../http/specification.js'

/** Statuses that the description sums up as `default`. */
const failures = ['400', '401', '404', '409', '412', '422', '423', '429', '503']

const compiled = new Map<string, Promise<Specification>>()

/** `operations` such as `GET /projects/{project_id}/branches`. */
export function neonDescription(operations: readonly string[]): Promise<Specification> {
  const key = operations.join()
  const known = compiled.get(key) ?? load(operations)
  compiled.set(key, known)
  return known
}

async function load(operations: readonly string[]): Promise<Specification> {
  const main = createRequire(import.meta.url).resolve('@neondatabase/api-client/package.json')
  const description = parse(readFileSync(join(dirname(main), 'public-v2-for-users.gen.yaml'), 'utf8')) as Json
  const all = description['paths'] as Record<string, Json>
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const [verb = '', path = ''] = operation.split(' ')
    const item = all[path]
    const described = item?.[verb.toLowerCase()]
    if (!item || !isJson(described)) throw new Error(`Neon describes no ${operation}`)
    nameFailures(described)
    paths[path] = { ...paths[path], ...(item['parameters'] !== undefined && { parameters: item['parameters'] }) }
    paths[path][verb.toLowerCase()] = described
  }
  const { schemas } = description['components'] as { schemas: Record<string, Json> }
  mergeCreateBody(paths, schemas)
  const judged = { ...description, paths, servers: [], security: [] }
  allowUntypedNull(judged)
  closeBodies(judged)
  return compile(judged)
}

function nameFailures(operation: Json): void {
  const responses = operation['responses'] as Json
  for (const status of failures) responses[status] ??= responses['default']
  delete responses['default']
}

/** Closed one by one, the parts of an `allOf` would each refuse the fields of the other. */
function mergeCreateBody(paths: Record<string, Json>, schemas: Record<string, Json>): void {
  const post = paths['/projects/{project_id}/branches']?.['post']
  if (!isJson(post)) return
  const parts = ['BranchCreateRequest', 'AnnotationCreateValueRequest'].map((name) => schemas[name]?.['properties'])
  const schema = { type: 'object', properties: Object.assign({}, ...parts) as Json }
  post['requestBody'] = { content: { 'application/json': { schema } } }
}
