/**
 * GitHub's OpenAPI description as a referee. The checked-in file is what GitHub publishes; where it disagrees with what
 * GitHub does, or where it is laxer than a test wants, the correction is made here, while loading.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isJson, type Json } from '../http/json.js'
import { allowUntypedNull, closeBodies, compile, type Specification } from '../http/specification.js'

/** GitHub answers "" for a URL nobody set (`"target_url": ""`), although the description calls it a URI. */
function allowEmptyUris(node: unknown): void {
  if (Array.isArray(node)) return node.forEach(allowEmptyUris)
  if (!isJson(node)) return
  if (node.format === 'uri' && node.default === '') delete node.format
  Object.values(node).forEach(allowEmptyUris)
}

/** `head.repo` is null once a fork is deleted, and `head.user` once its account is; the description says neither. */
function allowDeletedForks(schemas: Record<string, Json>): void {
  for (const name of ['pull-request', 'pull-request-simple']) {
    const head = (schemas[name]?.properties as Record<string, Json> | undefined)?.head
    const fields = head?.properties as Record<string, Json> | undefined
    if (fields === undefined) continue
    for (const field of ['repo', 'user']) fields[field] = { anyOf: [fields[field], { type: 'null' }] }
  }
}

/** Corrects a parsed description in place and returns it. */
export function corrected(description: Json): Json {
  const components = description.components as { schemas: Record<string, Json> }
  allowUntypedNull(description)
  allowEmptyUris(components)
  allowDeletedForks(components.schemas)
  closeBodies(description)
  return description
}

let shared: Promise<Specification> | undefined

/** Compiled once for all simulators of a process: nothing in it changes afterwards. */
export function specification(): Promise<Specification> {
  return (shared ??= compile(
    corrected(JSON.parse(readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8')) as Json),
  ))
}
