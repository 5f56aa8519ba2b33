import type { Fact, Payload, StableId } from '@supabase/pg-delta'
import type { Detail } from './change.js'

const kinds: Readonly<Record<string, string>> = {
  materializedView: 'materialized view',
  foreignTable: 'foreign table',
  eventTrigger: 'event trigger',
  fdw: 'foreign data wrapper',
  defaultPrivilege: 'default privileges',
}

/** The kind of object in the words of SQL. */
export function objectOf({ id, payload }: Fact): string {
  if (id.kind === 'extensionIntent') return id.intentKind
  if (id.kind === 'type' && payload['variant'] !== undefined) {
    return payload['variant'] === 'enum' ? 'enum' : `${payload['variant'] as string} type`
  }
  return kinds[id.kind] ?? id.kind
}

/** Quoted where a reader could take it for something else; `public` is left out, as people do. */
export function nameOf(id: StableId): string {
  if (id.kind === 'extensionIntent') {
    const parts = JSON.parse(id.key) as string[]
    return id.intentKind === 'statistics' ? String(parts[2]).replace(/^public\./, '') : parts.map(quoted).join('.')
  }
  if (id.kind === 'defaultPrivilege') {
    const where = id.schema === null ? 'every schema' : quoted(id.schema)
    return `${quoted(id.role)} in ${where} on ${objectTypes[id.objtype] ?? id.objtype} for ${grantee(id.grantee)}`
  }
  if ('publication' in id) return quoted(id.publication)
  if (id.kind === 'typeAttribute') return path(id.schema, id.type, id.name)
  if ('args' in id) return `${path(id.schema, id.name)}(${id.args.join(', ')})`
  if ('target' in id) return nameOf(id.target)
  if ('table' in id) return path(id.schema, id.table, id.name)
  if ('schema' in id) return path(id.schema, id.name)
  return 'name' in id ? quoted(id.name) : id.kind
}

const objectTypes: Readonly<Record<string, string>> = {
  r: 'tables',
  S: 'sequences',
  f: 'functions',
  T: 'types',
  n: 'schemas',
  L: 'large objects',
}

function path(schema: string, ...names: string[]): string {
  return [...(schema === 'public' ? [] : [schema]), ...names].map(quoted).join('.')
}

function quoted(word: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`
}

function grantee(name: string): string {
  return name === 'PUBLIC' ? name : quoted(name)
}

const attributes: Readonly<Record<string, string>> = {
  def: 'definition',
  expr: 'default',
  notNull: 'not null',
  generatedExpr: 'generated as',
  rowSecurity: 'row level security',
  forceRowSecurity: 'force row level security',
  replicaIdentity: 'replica identity',
  replicaIdentityIndex: 'replica identity index',
  partitionKey: 'partition key',
  partitionBound: 'partition bound',
  parentTable: 'inherits',
  reloptions: 'options',
  usingExpr: 'using',
  checkExpr: 'with check',
  cmd: 'command',
  ownedBy: 'owned by',
  dataType: 'type',
  minValue: 'minimum',
  maxValue: 'maximum',
  baseType: 'type',
  text: 'comment',
}

/** The detail of one attribute of a fact. The fact tells whose it is where it has no entry of its own. */
export function detailOf(fact: Fact, attribute: string, values: { before?: unknown; after?: unknown }): Detail {
  const what = whatOf(fact, attribute)
  const [before, after] = [shown(values.before), shown(values.after)]
  return { what, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }
}

function whatOf({ id, parent }: Fact, attribute: string): string {
  if (id.kind === 'acl') return `${attribute === 'grantable' ? 'grant option' : 'grant'} to ${grantee(id.grantee)}`
  if (id.kind === 'extensionIntent') return gapWord(id, parent)
  if (id.kind === 'securityLabel') return `security label of ${quoted(id.provider)}`
  if (id.kind === 'typeAttribute') return `attribute ${quoted(id.name)}`
  if (id.kind === 'publicationRel') return `table ${path(id.schema, id.table)}`
  if (id.kind === 'publicationSchema') return `schema ${quoted(id.schema)}`
  if (id.kind === 'constraint' && parent?.kind === 'domain') return `constraint ${quoted(id.name)}`
  return attributes[attribute] ?? attribute.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function gapWord({ intentKind, key }: { intentKind: string; key: string }, parent?: StableId): string {
  if (intentKind === 'statistics') return 'definition'
  const word = intentKind.replace(/^column /, '')
  const [, , name] = JSON.parse(key) as string[]
  const alone =
    name === undefined ||
    parent?.kind === 'column' ||
    ['tablespace', 'clustered on', 'trigger state'].includes(intentKind)
  return alone ? word : `${word} of ${quoted(name)}`
}

function shown(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value))
    return value.length === 0
      ? undefined
      : value.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(', ')
  if (typeof value === 'object') {
    const { generation, schema, name, table, column } = value as Record<string, string | undefined>
    if (generation !== undefined) return identityText(value as Record<string, unknown>)
    if (schema !== undefined) return path(schema, ...[table, name, column].filter((part) => part !== undefined))
    return JSON.stringify(value)
  }
  return `${value as string | number}`.trim()
}

function identityText({ generation, options }: Record<string, unknown>): string {
  const always = generation === 'a' ? 'ALWAYS' : 'BY DEFAULT'
  const { start, increment } = (options ?? {}) as Record<string, unknown>
  return `GENERATED ${always} AS IDENTITY (START ${String(start)} INCREMENT ${String(increment)})`
}

/** What is worth telling of an object as a whole: the attributes that say something. */
export function detailsOf(fact: Fact, side: 'before' | 'after'): Detail[] {
  const list = Object.entries(spoken(fact.id, fact.payload)).flatMap(([attribute, value]) => {
    const detail = detailOf(fact, attribute, { [side]: value })
    return detail[side] === undefined || detail[side] === 'no' ? [] : [detail]
  })
  return list.length > 0 || !inner.has(fact.id.kind) ? list : [{ what: whatOf(fact, ''), [side]: 'yes' }]
}

/** Facts that are told as a detail of another. */
const inner = new Set(['publicationRel', 'publicationSchema', 'acl'])

/** Leaves out what only repeats the defaults of a new object. */
function spoken(id: StableId, payload: Payload): Record<string, unknown> {
  const { valid, type, persistence, replicaIdentity, privileges, ...rest } = payload as Record<string, unknown>
  const kept: Record<string, unknown> = {
    ...(id.kind === 'constraint' ? {} : { type }),
    ...(id.kind === 'acl' && { privileges: isEmptyList(privileges) ? 'none' : privileges }),
    ...(id.kind === 'defaultPrivilege' && { privileges: isEmptyList(privileges) ? 'none' : privileges }),
    ...(persistence === 'u' && { persistence: 'unlogged' }),
    ...(replicaIdentity !== 'd' && { replicaIdentity }),
    ...(valid === false && { valid: 'no, its build failed' }),
    ...rest,
  }
  if (id.kind === 'extensionIntent') return { sql: payload['_shown'] }
  // The definition of a routine says all that the other attributes repeat.
  if (typeof kept['def'] === 'string')
    return { def: kept['def'], ...(kept['valid'] !== undefined && { valid: kept['valid'] }) }
  return Object.fromEntries(Object.entries(kept).filter(([name]) => !name.startsWith('_') && !silent.has(name)))
}

/** Told by other words already. */
const silent = new Set(['variant', 'validated'])

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}
