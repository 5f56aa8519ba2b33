import type { Delta, Fact, FactBase, StableId } from '@supabase/pg-delta'
import type { Action } from '@supabase/pg-delta/plan'
import { type Detail, type LockClass, type SchemaChange, lockClasses } from './change.js'
import type { Renaming } from './renamings.js'
import { detailOf, detailsOf, nameOf, objectOf } from './words.js'

export interface Sides {
  /** The parent, with the names that the branch has. */
  readonly parent: FactBase
  readonly branch: FactBase
  readonly encode: (id: StableId) => string
}

export interface Planned {
  readonly deltas: readonly Delta[]
  readonly actions: readonly Action[]
  readonly renamings: readonly Renaming[]
}

interface Draft {
  readonly fact: Fact
  readonly change: SchemaChange['change']
  readonly details: Detail[]
  readonly actions: Action[]
  readonly renaming?: Renaming
}

/** What differs, object by object: what hangs on an object (default, comment, grants) is a detail of it. */
export function changesOf(sides: Sides, { deltas, actions, renamings }: Planned): SchemaChange[] {
  const drafts = new Map<string, Draft>()
  const draftOf = (id: StableId): Draft | undefined => {
    const home = homeOf(sides, id)
    const key = sides.encode(home)
    const [before, after] = [sides.parent.get(home), sides.branch.get(home)]
    const fact = after ?? before
    if (!fact || goesWith(sides, fact)) return undefined
    const change = !before ? 'added' : !after ? 'removed' : 'changed'
    const draft = drafts.get(key) ?? { fact, change, details: [], actions: [] }
    drafts.set(key, draft)
    return draft
  }
  for (const renaming of renamings) {
    const draft = draftOf(renaming.to)
    if (!draft) continue
    draft.details.push({ what: 'name', before: nameOf(renaming.from), after: nameOf(renaming.to) })
    drafts.set(sides.encode(renaming.to), { ...draft, renaming })
  }
  for (const delta of deltas) tell(sides, delta, draftOf)
  for (const action of actions) {
    const subject = action.produces[0] ?? action.destroys[0] ?? action.consumes[0]
    if (subject) drafts.get(sides.encode(homeOf(sides, subject)))?.actions.push(action)
  }
  return [...drafts.values()].map((draft) => changeOf(sides, draft)).toSorted(byPlace)
}

function tell(sides: Sides, delta: Delta, draftOf: (id: StableId) => Draft | undefined): void {
  if (delta.verb === 'link' || delta.verb === 'unlink') {
    const { kind, from, to } = delta.edge
    // The owner of what is new is whoever runs the migration, if it is not said.
    if (kind !== 'owner' || !sides.branch.has(from)) return
    const side = delta.verb === 'link' ? 'after' : 'before'
    const draft = draftOf(from)
    const known = draft?.details.findIndex(({ what }) => what === 'owner') ?? -1
    const detail = { ...draft?.details[known], what: 'owner', [side]: nameOf(to) }
    if (known < 0) draft?.details.push(detail)
    else draft?.details.splice(known, 1, detail)
    return
  }
  if (delta.verb === 'set') {
    const fact = sides.branch.get(delta.id)
    if (fact && !delta.attr.startsWith('_')) {
      const shown = fact.payload['_shown']
      const values =
        shown === undefined
          ? { before: delta.from, after: delta.to }
          : { before: sides.parent.get(delta.id)?.payload['_shown'], after: shown }
      draftOf(delta.id)?.details.push(detailOf(fact, delta.attr, values))
    }
    return
  }
  const draft = draftOf(delta.fact.id)
  if (draft?.change === 'added' && isUsual(delta.fact)) return
  draft?.details.push(...detailsOf(delta.fact, delta.verb === 'add' ? 'after' : 'before'))
}

/** What everybody may do with a new function or type unless it is taken away. */
function isUsual({ id, payload }: Fact): boolean {
  if (id.kind !== 'acl' || id.grantee !== 'PUBLIC') return false
  const usual = ['type', 'domain'].includes(id.target.kind) ? 'USAGE' : 'EXECUTE'
  const { privileges, grantable } = payload
  const own = ['type', 'domain', 'function', 'procedure', 'aggregate'].includes(id.target.kind)
  return own && JSON.stringify([privileges, grantable]) === JSON.stringify([[usual], []])
}

/** The object under whose name a fact is told. */
function homeOf(sides: Sides, id: StableId): StableId {
  const fact = sides.branch.get(id) ?? sides.parent.get(id)
  const parent = fact?.parent
  if ('target' in id) {
    if ('column' in id && id.column !== undefined && parent) return homeOf(sides, parent)
    return homeOf(sides, id.target)
  }
  const within =
    id.kind === 'default' ||
    id.kind === 'typeAttribute' ||
    id.kind === 'publicationRel' ||
    id.kind === 'publicationSchema' ||
    (id.kind === 'constraint' && parent?.kind === 'domain') ||
    (id.kind === 'extensionIntent' && id.intentKind !== 'statistics')
  return within && parent ? homeOf(sides, parent) : id
}

/** What was part of something that is gone as a whole is not told again. */
function goesWith(sides: Sides, { id, parent }: Fact): boolean {
  return parent !== undefined && parent.kind !== 'schema' && !sides.branch.has(id) && !sides.branch.has(parent)
}

function changeOf(sides: Sides, draft: Draft): SchemaChange {
  const { fact, change, details, actions, renaming } = draft
  const container = fact.parent?.kind === 'schema' ? undefined : fact.parent
  const fresh = container !== undefined && !sides.parent.has(container)
  const locks = [
    ...actions.map(({ lockClass }) => wordOf(lockClass)),
    ...(renaming ? (['ACCESS EXCLUSIVE'] as const) : []),
  ]
  const strongest = lockClasses.findLast((lock) => locks.includes(lock))
  const stood = change !== 'added' || (container !== undefined && !fresh)
  const lossy = actions.some(({ dataLoss }) => dataLoss === 'destructive') && change !== 'added'
  return {
    object: objectOf(fact),
    name: nameOf(fact.id),
    ...(container && { within: nameOf(container) }),
    change,
    details: details.toSorted((a, b) => order(a) - order(b)),
    sql: [...(renaming ? [renaming.sql] : []), ...actions.map(({ sql }) => sql)],
    ...(stood && strongest !== undefined && strongest !== 'none' && { lockClass: strongest }),
    ...(stood && actions.some(({ rewriteRisk }) => rewriteRisk) && { rewrite: true as const }),
    ...(lossy && holdsRows(fact.id) && { dataLoss: true as const }),
  }
}

/** A view or an index can be made again from what it shows. */
function holdsRows({ kind }: StableId): boolean {
  return !['view', 'materializedView', 'foreignTable', 'index'].includes(kind)
}

const firstWords = ['name', 'type', 'not null', 'default']

function order({ what }: Detail): number {
  const at = firstWords.indexOf(what)
  return at < 0 ? firstWords.length : at
}

function wordOf(lock: Action['lockClass']): LockClass {
  const words: Record<Action['lockClass'], LockClass> = {
    none: 'none',
    share: 'SHARE',
    shareRowExclusive: 'SHARE ROW EXCLUSIVE',
    shareUpdateExclusive: 'SHARE UPDATE EXCLUSIVE',
    accessExclusive: 'ACCESS EXCLUSIVE',
  }
  return words[lock]
}

const places = [
  ...['schema', 'extension', 'enum', 'domain', 'composite type', 'range type', 'collation', 'sequence', 'table'],
  ...['column', 'constraint', 'index', 'statistics', 'trigger', 'policy', 'rule', 'foreign table', 'view'],
  ...['materialized view', 'function', 'procedure', 'aggregate'],
]

/** By object with all that is within it right behind, in the order in which people look for things. */
function byPlace(a: SchemaChange, b: SchemaChange): number {
  const rank = ({ object }: SchemaChange) => (places.includes(object) ? places.indexOf(object) : places.length)
  const root = (change: SchemaChange) => (change.within === undefined ? rank(change) : rootRank)
  const top = (change: SchemaChange) => change.within ?? change.name
  return (
    root(a) - root(b) ||
    compare(top(a), top(b)) ||
    Number(a.within !== undefined) - Number(b.within !== undefined) ||
    rank(a) - rank(b) ||
    compare(a.name, b.name)
  )
}

/** Whatever is within something is mostly within a table. */
const rootRank = places.indexOf('table')

/** The same on every machine, whatever its language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
