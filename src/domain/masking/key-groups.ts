import { type Classified, findTable, key } from './classify.js'
import type { Target } from './compile.js'
import type { Mask, MaskingRules, Normalisation, Reference } from './rules.js'
import { type Schema, type Table, tableName } from './schema.js'

/** A place whose values are compared with those of others: a column, or a path inside a JSON column. */
interface Member {
  readonly id: string
  readonly path: readonly string[] | undefined
  /** For messages. */
  readonly name: string
}

export interface Grouped {
  /** Every masked column, by `key`, masked alike with all that it is compared with. */
  readonly targets: ReadonlyMap<string, Target>
  readonly problems: readonly string[]
}

/**
 * Columns that foreign keys or links tie together are masked by one rule (facts 5): found by union-find over the pairs
 * of columns. A column without a rule of its own takes that of its group; two different rules are a problem.
 */
export function groupKeys(schema: Schema, rules: MaskingRules, columns: ReadonlyMap<string, Classified>): Grouped {
  const problems: string[] = []
  const targets = new Map<string, Target>()
  for (const { table, column, class: rule } of columns.values()) {
    if (rule.kind !== 'mask') continue
    const id = key(table.id, column.number)
    targets.set(id, {
      column,
      mask: rule,
      normalise: normalisationOf({ schema, columns, mask: rule }, [id]),
      length: column.length ?? undefined,
    })
  }
  for (const group of groupsOf(pairsOf(schema, rules, problems))) {
    const members = group.filter((member) => columns.has(member.id))
    const masks = members.flatMap((member) => maskOf(member, columns) ?? [])
    const [first] = masks
    if (!first) continue
    const odd = members.filter((member) => conflicts(member, { columns, masks, first }))
    if (odd.length > 0) {
      problems.push(
        `${members.map((member) => member.name).join(', ')} refer to each other and must be masked by one rule.`,
      )
      continue
    }
    apply({ schema, columns, targets, members, mask: first })
  }
  return { targets, problems }
}

interface Group {
  readonly schema: Schema
  readonly columns: ReadonlyMap<string, Classified>
  readonly targets: Map<string, Target>
  readonly members: readonly Member[]
  readonly mask: Mask
}

function apply({ schema, columns, targets, members, mask }: Group): void {
  const ids = members.filter((member) => !member.path).map((member) => member.id)
  const normalise = normalisationOf({ schema, columns, mask }, ids)
  const lengths = ids.flatMap((id) => columns.get(id)?.column.length ?? [])
  const length = lengths.length > 0 ? Math.min(...lengths) : undefined
  for (const { id, path } of members) {
    const column = columns.get(id)?.column
    if (!column) continue
    if (!path) targets.set(id, { column, mask, normalise, length })
    else targets.set(id, withPath(targets.get(id), path, normalise))
  }
}

function withPath(target: Target | undefined, path: readonly string[], normalise: Normalisation): Target {
  if (!target) throw new Error('A path stands in a column that is not masked.')
  const paths = target.mask.paths.map((rule) =>
    same(rule.path, path) ? { ...rule, mask: { ...rule.mask, normalise } } : rule,
  )
  return { ...target, mask: { ...target.mask, paths } }
}

function conflicts(
  member: Member,
  { columns, masks, first }: { columns: Group['columns']; masks: Mask[]; first: Mask },
) {
  const mask = maskOf(member, columns)
  if (mask) return !same(sayings(mask), sayings(first)) || (masks.length > 1 && mask.normalise !== first.normalise)
  // A path needs its own rule; a column that is kept on purpose must not be masked unasked.
  return member.path !== undefined || columns.get(member.id)?.class.kind === 'keep'
}

const sayings = (mask: Mask) => [mask.transformer, mask.parameters, mask.group, mask.paths.map((rule) => rule.path)]
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

function maskOf({ id, path }: Member, columns: ReadonlyMap<string, Classified>): Mask | undefined {
  const rule = columns.get(id)?.class
  if (rule?.kind !== 'mask') return undefined
  return path ? rule.paths.find((candidate) => same(candidate.path, path))?.mask : rule
}

/**
 * As the columns' own equality has it: citext ignores case, and where an index keeps lower(column) unique, no two
 * values differ in case alone, so that ignoring it merges none and lets joins over lower() meet.
 */
function normalisationOf(
  { schema, columns, mask }: Pick<Group, 'schema' | 'columns' | 'mask'>,
  ids: readonly string[],
): Normalisation {
  if (mask.normalise) return mask.normalise
  const ignoresCase = ids.some((id) => {
    const found = columns.get(id)
    if (!found) return false
    const { table, column } = found
    const lowered = schema.uniques.some((unique) => unique.table === table.id && unique.lowered.includes(column.number))
    return column.base === 'citext' || column.nondeterministic || lowered
  })
  return ignoresCase ? 'lower' : 'none'
}

function pairsOf(schema: Schema, rules: MaskingRules, problems: string[]): (readonly [Member, Member])[] {
  const tables = new Map(schema.tables.map((table) => [table.id, table]))
  const keys = schema.foreignKeys.flatMap((foreign) =>
    foreign.columns.flatMap((number, at) => {
      const ends = [
        member(tables, foreign.table, number),
        member(tables, foreign.target, foreign.targetColumns[at] ?? 0),
      ] as const
      return ends[0] && ends[1] ? [[ends[0], ends[1]] as const] : []
    }),
  )
  const links = rules.links.flatMap((link) => {
    const members = link.flatMap((reference) => linked(schema, reference, problems) ?? [])
    return members.slice(1).flatMap((other) => (members[0] ? [[members[0], other] as const] : []))
  })
  return [...keys, ...links]
}

/** A column of a partition or a child is that of the table it comes from. */
function member(tables: ReadonlyMap<string, Table>, id: string, number: number): Member | undefined {
  const table = tables.get(id)
  const column = table?.columns.find((candidate) => candidate.number === number)
  if (!table || !column) return undefined
  const parent = column.inherited ? tables.get(table.parents[0] ?? '') : undefined
  const above = parent?.columns.find((candidate) => candidate.name === column.name)
  if (parent && above) return member(tables, parent.id, above.number)
  return { id: key(id, number), path: undefined, name: `${tableName(table)}.${column.name}` }
}

function linked(
  schema: Schema,
  { table: written, column: name, path, place }: Reference,
  problems: string[],
): Member | undefined {
  const table = findTable(schema, written)
  if (typeof table === 'string') return void problems.push(`${place}: ${table}.`)
  const column = table.columns.find((candidate) => candidate.name === name)
  if (!column) return void problems.push(`${place}: ${tableName(table)} has no column "${name}".`)
  const inside = path ? `:${path.join('.')}` : ''
  return { id: key(table.id, column.number), path, name: `${tableName(table)}.${name}${inside}` }
}

function groupsOf(pairs: readonly (readonly [Member, Member])[]): Member[][] {
  const members = new Map<string, Member>()
  const leader = new Map<string, string>()
  const nameOf = ({ id, path }: Member) => (path ? `${id}:${JSON.stringify(path)}` : id)
  const find = (name: string): string => {
    const above = leader.get(name) ?? name
    return above === name ? name : find(above)
  }
  for (const pair of pairs) {
    const [a, b] = pair.map((each) => {
      members.set(nameOf(each), each)
      return find(nameOf(each))
    })
    if (a !== undefined && b !== undefined) leader.set(a, b)
  }
  const groups = new Map<string, Member[]>()
  for (const [name, each] of members) groups.set(find(name), [...(groups.get(find(name)) ?? []), each])
  return [...groups.values()]
}
