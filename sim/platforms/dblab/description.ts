/**
 * The engine's own OpenAPI description as a referee. The file in this folder is what is published; where it disagrees
 * with what the engine does (https://github.com/postgres-ai/database-lab-engine), the correction is made here, while
 * loading.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Json } from '../../http/json.js'
import { closeBodies, compile, type Specification } from '../../http/specification.js'

type Properties = Record<string, Json>

const text = { type: 'string' }
/** engine/pkg/models/local_time.go writes no time as an empty text. */
const time = { anyOf: [{ type: 'string', format: 'date-time' }, { const: '' }] }

function corrected(description: Json): Json {
  const { schemas } = description.components as { schemas: Record<string, Json & { properties: Properties }> }
  const change = (name: string, properties: Properties, required: readonly string[] = []) => {
    const schema = schemas[name]!
    schema.required = [...((schema.required as string[] | undefined) ?? []), ...required]
    Object.assign(schema.properties, properties)
  }
  // Missing in the description, always there in the answer: engine/pkg/models/clone.go, database.go.
  change('Database', { dbName: text }, ['connStr', 'host', 'port', 'username', 'password', 'dbName'])
  change(
    'Clone',
    {
      branch: text,
      revision: { type: 'integer' },
      createdAt: time,
      // The description's own example has null here.
      deleteAt: { anyOf: [time, { type: 'null' }] },
    },
    ['id', 'snapshot', 'branch', 'revision', 'protected', 'deleteAt', 'createdAt', 'status', 'db', 'metadata'],
  )
  change('Status', {
    code: { enum: ['OK', 'CREATING', 'RESETTING', 'DELETING', 'EXPORTING', 'FATAL', 'WARNING'] },
  })
  // `format: int` for a number is none that JSON Schema knows.
  change('Snapshot', { createdAt: time, dataStateAt: time, numClones: { type: 'integer' } }, [
    'id',
    'createdAt',
    'dataStateAt',
    'pool',
    'numClones',
  ])
  // Seconds with a fraction, as in the description's own example; it says integer.
  change('CloneMetadata', { cloningTime: { type: 'number' } })
  // `20230224202652`, as in the description's own example; it says date-time.
  change('Branch', { dataStateAt: text }, ['name', 'parent', 'snapshotID'])
  change('Error', {}, ['code', 'message'])
  // engine/pkg/client/dblabapi/types/clone.go; the command line has it as --extra-config.
  change('CreateClone', { extra_conf: { type: 'object', additionalProperties: text } }, ['db'])

  const paths = description.paths as Record<
    string,
    Record<string, { operationId?: string; responses: Record<string, Json> }>
  >
  const failure = {
    description: 'Failure',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
  // A missing or protected clone answers 500: engine/internal/srv/api/errors.go tests for a type that models.New does
  // not give. So does whatever breaks inside the engine.
  for (const [path, operations] of Object.entries(paths)) {
    for (const [verb, operation] of Object.entries(operations)) {
      operation.responses['500'] = failure
      // Our referee knows operations by their id, which some lack.
      operation.operationId ??= `${verb} ${path}`
    }
  }
  // The description promises "OK"; engine/internal/srv/routes.go writes nothing.
  paths['/clone/{id}']!.delete!.responses['200'] = { description: 'No body' }
  paths['/clone/{id}/reset']!.post!.responses['200'] = { description: 'No body' }
  delete paths['/clone/{id}']!.delete!.responses['404']
  closeBodies(description)
  return description
}

let shared: Promise<Specification> | undefined

/** Compiled once for all simulators of a process: nothing in it changes afterwards. */
export function specification(): Promise<Specification> {
  const file = join(import.meta.dirname, 'openapi.yaml')
  return (shared ??= compile(corrected(parse(readFileSync(file, 'utf8')) as Json)))
}
