import type { DependencyEdge, Fact, FactBase, StableId } from '@supabase/pg-delta'
import { identifier } from '../../domain/masking/sql-text.js'
import type { Parts } from './alike.js'
import type { Side } from './read-side.js'

/** The same object under another name: proven, never guessed. */
export interface Renaming {
  readonly from: StableId
  readonly to: StableId
  readonly sql: string
}

type Named = Extract<StableId, { schema: string; name: string }>

const relationKinds = new Set(['table', 'view', 'materializedView', 'foreignTable', 'sequence', 'index'])

/**
 * What has another name in the branch. A copy of the parent's files keeps OIDs, and what is made later gets a new one;
 * without OIDs a column is known by its position, where no column was ever dropped before.
 */
export function findRenamings(parent: Side, branch: Side): Renaming[] {
  const copied = isCopy(parent, branch)
  const relations: Renaming[] = []
  if (copied) {
    const there = new Map([...branch.oids].map(([key, oid]) => [oid, key]))
    for (const { id } of parent.base.facts()) {
      if (!relationKinds.has(id.kind) && id.kind !== 'constraint') continue
      const from = id as Named
      const key = there.get(parent.oids.get(keyOf(from)) ?? '')
      if (key === undefined || key === keyOf(from)) continue
      const to = branch.base.facts().find((fact) => fact.id.kind === id.kind && keyOf(fact.id as Named) === key)?.id
      if (!to || parent.base.has(to) || branch.base.has(id)) continue
      // A constraint moves with its table; only another name of its own is a renaming.
      if (id.kind === 'constraint' && (to as Named).name === from.name) continue
      relations.push({ from, to, sql: renameSql(from, to as Named) })
    }
  }
  const tables = new Map(relations.map(({ from, to }) => [keyOf(from as Named), to as Named]))
  return [
    ...relations.filter(({ from }) => from.kind !== 'constraint'),
    ...renamedColumns({ parent, branch, tables, copied }),
    ...relations.filter(({ from }) => from.kind === 'constraint'),
  ]
}

/** Whether the branch is a copy of the parent's files: then most things of one name have one OID. */
function isCopy(parent: Side, branch: Side): boolean {
  const both = [...parent.oids].filter(([key]) => branch.oids.has(key))
  return both.filter(([key, oid]) => branch.oids.get(key) === oid).length * 2 > both.length
}

function renamedColumns({
  parent,
  branch,
  tables,
  copied,
}: {
  parent: Side
  branch: Side
  tables: ReadonlyMap<string, Named>
  copied: boolean
}): Renaming[] {
  const found: Renaming[] = []
  for (const { id } of parent.base.facts()) {
    if (id.kind !== 'table') continue
    const there = tables.get(keyOf(id)) ?? id
    const columns = columnsOf(parent.base, id)
    const candidates = columnsOf(branch.base, there)
    const proven = copied
      ? parent.oids.get(keyOf(id)) === branch.oids.get(keyOf(there))
      : Math.max(...columns.map(positionOf)) === columns.length
    if (!proven) continue
    for (const column of columns) {
      const match = candidates.find((other) => positionOf(other) === positionOf(column))
      const [from, to] = [column.id as Named, match?.id as Named | undefined]
      if (!to || from.name === to.name) continue
      const stays = candidates.some((other) => (other.id as Named).name === from.name)
      const stood = columns.some((other) => (other.id as Named).name === to.name)
      if (stays || stood) continue
      found.push({
        from,
        to,
        sql: `ALTER TABLE ${identifier(there.schema)}.${identifier(there.name)} RENAME COLUMN ${identifier(from.name)} TO ${identifier(to.name)}`,
      })
    }
  }
  return found
}

function columnsOf(base: FactBase, table: StableId): Fact[] {
  return base.childrenOf(table).filter(({ id }) => id.kind === 'column')
}

const positionOf = ({ payload }: Fact) => Number(payload['_position'])

const words: Readonly<Record<string, string>> = {
  table: 'TABLE',
  view: 'VIEW',
  materializedView: 'MATERIALIZED VIEW',
  foreignTable: 'FOREIGN TABLE',
  sequence: 'SEQUENCE',
  index: 'INDEX',
}

function renameSql(from: Named, to: Named): string {
  if ('table' in from && 'table' in to) {
    return `ALTER TABLE ${identifier(to.schema)}.${identifier(String(to.table))} RENAME CONSTRAINT ${identifier(from.name)} TO ${identifier(to.name)}`
  }
  const word = `ALTER ${words[from.kind]}`
  const steps = [
    ...(from.name === to.name
      ? []
      : [`${word} ${identifier(from.schema)}.${identifier(from.name)} RENAME TO ${identifier(to.name)}`]),
    ...(from.schema === to.schema
      ? []
      : [`${word} ${identifier(from.schema)}.${identifier(to.name)} SET SCHEMA ${identifier(to.schema)}`]),
  ]
  return steps.join('; ')
}

/** How an object with an OID is looked up. */
function keyOf(id: Named): string {
  return JSON.stringify([id.schema, ...('table' in id ? [id.table] : []), id.name])
}

/**
 * The parent as it is once the renamings are done: names in ids, and in the definitions of what depends on them, where the
 * branch has just that text.
 */
export function renamed(
  { facts, edges }: Parts,
  {
    renamings,
    branch,
    encode,
  }: { renamings: readonly Renaming[]; branch: readonly Fact[]; encode: (id: StableId) => string },
): Parts {
  if (renamings.length === 0) return { facts, edges }
  const map = idMap(renamings, encode)
  const there = new Map(branch.map((fact) => [encode(fact.id), fact]))
  const touched = new Set(renamings.map(({ from }) => encode(from)))
  const hanging = new Map<string, StableId[]>()
  for (const { from, to } of edges) hanging.set(encode(from), [...(hanging.get(encode(from)) ?? []), to])
  const isTouched = (fact: Fact): boolean => {
    const near = [fact.id, ...(fact.parent ? [fact.parent] : []), ...(hanging.get(encode(fact.id)) ?? [])]
    return near.some((id) => touched.has(encode(id)) || encode(map(id)) !== encode(id))
  }
  const names = new Map(renamings.map(({ from, to }) => [(from as Named).name, (to as Named).name]))
  return {
    facts: facts.map((fact) => {
      const id = map(fact.id)
      const moved = { ...fact, id, ...(fact.parent && { parent: map(fact.parent) }) }
      const goal = there.get(encode(id))
      const same = goal && isTouched(fact) && plain(fact.payload, names) === plain(goal.payload, new Map())
      return same ? { ...moved, payload: goal.payload } : moved
    }),
    edges: edges.map((edge): DependencyEdge => ({ ...edge, from: map(edge.from), to: map(edge.to) })),
  }
}

function idMap(renamings: readonly Renaming[], encode: (id: StableId) => string): (id: StableId) => StableId {
  const direct = new Map(renamings.map(({ from, to }) => [encode(from), to]))
  const tables = new Map(
    renamings.flatMap(({ from, to }) => (relationKinds.has(from.kind) ? [[keyOf(from as Named), to as Named]] : [])),
  )
  const columns = new Map(
    renamings.flatMap(({ from, to }) => (from.kind === 'column' ? [[keyOf(from), to as Named]] : [])),
  )
  const map = (id: StableId): StableId => {
    const moved = direct.get(encode(id))
    if (moved) return moved
    if ('target' in id) {
      const column = 'column' in id && id.column !== undefined ? columnIn(id.target as Named, id.column) : undefined
      return { ...id, target: map(id.target), ...(column !== undefined && { column }) }
    }
    if (id.kind === 'extensionIntent') {
      const [schema = '', relation = '', name = ''] = JSON.parse(id.key) as string[]
      if (relation === '') return id
      const table = tables.get(JSON.stringify([schema, relation]))
      const other = columnIn({ schema, name: relation } as Named, name)
      return { ...id, key: JSON.stringify([table?.schema ?? schema, table?.name ?? relation, other]) }
    }
    if (!('table' in id)) return id
    const table = tables.get(JSON.stringify([id.schema, id.table]))
    const name = id.kind === 'default' ? columnIn({ schema: id.schema, name: id.table } as Named, id.name) : undefined
    return {
      ...id,
      ...(table && { schema: table.schema, table: table.name }),
      ...(name !== undefined && { name }),
    }
  }
  const columnIn = (table: Named, column: string) =>
    columns.get(JSON.stringify([table.schema, table.name, column]))?.name ?? column
  return map
}

/** Definitions with identifiers exchanged and unquoted, to compare them. Texts in single quotes stay. */
function plain(payload: unknown, names: ReadonlyMap<string, string>): string {
  return JSON.stringify(payload, (key, value: unknown) => {
    if (key.startsWith('_')) return undefined
    if (typeof value !== 'string') return value
    return value.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*/gu, (word) => {
      if (word.startsWith("'")) return word
      const name = word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word
      return names.get(name) ?? name
    })
  })
}
