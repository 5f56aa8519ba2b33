import { isPartitionKey, objectionsTo, rowsOf } from './check-masks.js'
import { type Classified, classify, key } from './classify.js'
import type { DocumentFindings } from './document-tally.js'
import { columnGroups } from './column-groups.js'
import { parseRules } from './parse-rules.js'
import { type Mask, noRules } from './rules.js'
import { type Schema, tableName } from './schema.js'
import type { Findings } from './tally.js'
import { kindOf } from './value-kind.js'
import { isList, type Place, type Wish, wishesFor, type Written } from './wishes.js'

/** What was learned from the sampled values, by `key` of the column. */
export interface Seen {
  readonly findings: ReadonlyMap<string, Findings>
  readonly documents: ReadonlyMap<string, DocumentFindings>
  /** Columns with a CHECK constraint: `list` where it lists the values, else `other`. */
  readonly checks: ReadonlyMap<string, 'list' | 'other'>
}

export type DraftLine = { readonly column: string; readonly why: string } & (
  | { readonly kind: 'mask'; readonly rule: Written }
  | { readonly kind: 'keep' | 'harmless' }
  /** Takes the rule of what it refers to. */
  | { readonly kind: 'follows'; readonly leader: string }
  /** Nothing fits; the rules refuse until a person has decided. */
  | { readonly kind: 'open' }
)

/** Masking rules to begin with, and why each is as it is. */
export interface Draft {
  /** Tables with at least one line, as `schema.table`. */
  readonly tables: readonly { readonly table: string; readonly lines: readonly DraftLine[] }[]
  /** By type, for columns without a line of their own. */
  readonly types: readonly { readonly type: string; readonly rule: string; readonly columns: number }[]
  readonly largeObjects: number
}

/** Rules that are written once for all columns of a type. */
const byKind: Readonly<Record<string, string>> = { date: 'date_shift', timestamp: 'date_shift', inet: 'ip', mac: 'mac', bytes: 'hash' } // prettier-ignore

/** Drafts a rule for every column that needs one. What nothing speaks for is masked; `keep` is left to people. */
export function draftRules(parent: Schema, seen: Seen): Draft {
  // Who masks is another role than who scans.
  const schema = { ...parent, tables: parent.tables.map((table) => ({ ...table, ours: true })) }
  const { columns } = classify(schema, noRules)
  const lines = new Map<string, DraftLine>()
  const types = new Map<string, { type: string; rule: string; columns: number }>()
  for (const group of columnGroups(schema, columns)) {
    const members = group.flatMap((id) => columns.get(id) ?? [])
    const [leader] = members
    if (!leader) continue
    const place = placeOf({ schema, seen, members, columns })
    const wishes = wishesFor(place)
    if (wishes.length === 0 && leader.class.kind === 'free') continue
    const wish = wishes.find((each) => fits({ schema, members, columns }, each))
    const typed = wish && typeRuleOf(leader, wish)
    if (typed) {
      for (const { column } of members) {
        const type = `${column.base}${column.array ? '[]' : ''}`
        types.set(type, { type, rule: typed, columns: (types.get(type)?.columns ?? 0) + 1 })
      }
      continue
    }
    for (const member of members) lines.set(idOf(member), lineOf(member, { leader, wish, seen }))
  }
  return {
    tables: schema.tables.flatMap((table) => {
      const own = table.columns.flatMap((column) => lines.get(key(table.id, column.number)) ?? [])
      return own.length > 0 ? [{ table: tableName(table), lines: own }] : []
    }),
    types: [...types.values()].toSorted((a, b) => (a.type < b.type ? -1 : 1)),
    largeObjects: schema.largeObjects,
  }
}

/** The columns of which values should be read: those that need a rule and numbers that no other column refers to. */
export function columnsToSample(schema: Schema): Classified[] {
  const { columns } = classify(schema, noRules)
  return columnGroups(schema, columns)
    .flat()
    .flatMap((id) => columns.get(id) ?? [])
    .filter(({ column }) => ['text', 'json', 'number'].includes(kindOf(column)))
}

const idOf = ({ table, column }: Classified) => key(table.id, column.number)

interface Group {
  readonly schema: Schema
  /** The one whose rule is written first. */
  readonly members: readonly Classified[]
  readonly columns: ReadonlyMap<string, Classified>
}

function placeOf({ schema, members, seen, columns }: Group & { readonly seen: Seen }): Place {
  const [leader] = members
  if (!leader) throw new Error('A group has no column.')
  const { table, column } = leader
  const findings = members.flatMap((member) => seen.findings.get(idOf(member)) ?? [])
  const followers = members.slice(1).flatMap((member) => seen.findings.get(idOf(member)) ?? [])
  return {
    name: column.name,
    kind: kindOf(column),
    array: column.array,
    base: column.base,
    partitionKey: isPartitionKey(schema, table, column.name),
    listed: seen.checks.get(idOf(leader)) === 'list',
    lookedUp: followers.some(isList),
    integerKey: members.length > 1 ? undefined : integerKeyFor({ schema, members, columns }),
    findings: findings.find(({ values }) => values > 0) ?? findings[0],
    documents: seen.documents.get(idOf(leader)),
  }
}

/** Digits of the largest whole number of each type. */
const digits: Readonly<Record<string, number>> = { int2: 5, int4: 10, int8: 19 }

function integerKeyFor({ schema, members, columns }: Group): string | undefined {
  const [one] = members
  if (!one || one.column.array) return undefined
  const fitting = one.table.columns.find(({ number, name, base, notNull }) => {
    const alone = schema.uniques.some(
      ({ table, columns: of }) => table === one.table.id && of.join() === String(number),
    )
    const room = one.column.length ?? Infinity
    // Numbers are given in order: a hundred times as many as there are rows is far more than were ever given.
    const given = String(Math.ceil(rowsOf(schema, one.table) * 100)).length
    const plain = /^[^{}]+$/.test(name) && columns.get(key(one.table.id, number))?.class.kind === 'free'
    return alone && notNull && plain && Math.min(digits[base] ?? Infinity, given) < room
  })
  return fitting?.name
}

/** Whether the plan would take the rule for every column that it reaches. */
function fits({ schema, members, columns }: Group, wish: Wish): boolean {
  if (wish.kind !== 'mask') return true
  const mask = maskOf(wish.rule)
  const lengths = members.flatMap(({ column }) => column.length ?? [])
  const length = lengths.length > 0 ? Math.min(...lengths) : undefined
  return members.every(({ table, column }) => {
    const target = { column, mask, normalise: 'none' as const, length }
    return objectionsTo(schema, { table, target }, columns).length === 0
  })
}

/** @throws Error for a wish that the rules do not know. */
function maskOf(rule: Written): Mask {
  const { rules, problems } = parseRules({ tables: { t: { c: plainRule(rule) } } }, () => 'the draft')
  const mask = rules.tables[0]?.columns.get('c')
  if (mask?.kind !== 'mask') throw new Error(`A drafted rule is wrong: ${problems.join(' ')}`)
  return mask
}

/** As a YAML parser would give it. */
function plainRule(rule: Written): unknown {
  if (typeof rule === 'string' || !(rule['paths'] instanceof Map)) return rule
  const paths = [...(rule['paths'] as ReadonlyMap<string, { rule: string }>)]
  return { ...rule, paths: Object.fromEntries(paths.map(([path, each]) => [path, each.rule])) }
}

function typeRuleOf({ column }: Classified, wish: Wish): string | undefined {
  const usual = column.baseSchema === 'pg_catalog' ? byKind[kindOf(column)] : undefined
  return wish.kind === 'mask' && wish.rule === usual ? usual : undefined
}

function lineOf(
  member: Classified,
  { leader, wish, seen }: { leader: Classified; wish: Wish | undefined; seen: Seen },
): DraftLine {
  const column = member.column.name
  if (!wish) return { kind: 'open', column, why: 'no transformer fits it' }
  const checked = wish.kind === 'mask' && seen.checks.has(idOf(member)) ? '; has a CHECK constraint, try it' : ''
  const why = `${wish.why}${checked}`
  if (wish.kind !== 'mask') return { kind: wish.kind, column, why }
  // Only of texts the group takes one rule by itself; others could be reached by a rule for their type.
  if (member === leader || kindOf(member.column) !== 'text') return { kind: 'mask', column, rule: wish.rule, why }
  return { kind: 'follows', column, leader: `${tableName(leader.table)}.${leader.column.name}`, why: '' }
}
