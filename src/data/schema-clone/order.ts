/** What is told of one statement that makes part of a schema. */
export interface Step {
  readonly sql: string
  /** What it makes, each with `kind` and the parts of its name. Empty for a change of something that was made before. */
  readonly produces: readonly { readonly kind: string; readonly [part: string]: unknown }[]
}

/** What an empty database of the same server must not get or has already. */
const elsewhere = new Set(['role', 'membership', 'userMapping', 'subscription'])

/** Types and functions before tables, so that each table gets its columns in the order in which it has them. */
const ranks: Readonly<Record<string, number>> = {
  schema: 0,
  extension: 1,
  collation: 2,
  type: 3,
  typeAttribute: 3,
  domain: 3,
  sequence: 4,
  function: 5,
  aggregate: 5,
  procedure: 5,
  table: 6,
  column: 7,
}
const rest = 8

/**
 * The steps that belong into the copy, in the order to try them. A step that comes too early fails and is tried again
 * after the others; `position` is where a column stands in its table.
 */
export function inOrder(
  steps: readonly Step[],
  position: (schema: string, table: string, column: string) => number,
): Step[] {
  const own = steps.filter(
    ({ produces, sql }) => !produces.some(({ kind }) => elsewhere.has(kind)) && !/ USER MAPPING /.test(sql),
  )
  const tables = new Map<string, number>()
  for (const { produces } of own) {
    const [table] = produces
    if (table?.kind === 'table') tables.set(nameOf(table['schema'], table['name']), tables.size)
  }
  const key = ({ produces }: Step): readonly [number, number, number] => {
    const [made] = produces
    const rank = made ? (ranks[made.kind] ?? rest) : rest
    if (made?.kind !== 'column') return [rank, 0, 0]
    const { schema, table, name } = made as unknown as { schema: string; table: string; name: string }
    return [rank, tables.get(nameOf(schema, table)) ?? 0, position(schema, table, name)]
  }
  return own
    .map((step) => ({ step, at: key(step) }))
    .toSorted((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1] || a.at[2] - b.at[2])
    .map(({ step }) => step)
}

/** Of a step that adds a column: its table. A later column of that table must not overtake it. */
export function tableOfColumn({ produces: [made] }: Step): string | undefined {
  return made?.kind === 'column' ? nameOf(made['schema'], made['table']) : undefined
}

const nameOf = (schema: unknown, name: unknown) => JSON.stringify([schema, name])
