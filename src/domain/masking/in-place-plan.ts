import { type Classification, key } from './classify.js'
import { dependentsOf } from './dependents.js'
import type { MaskingPlan } from './plan.js'
import type { Dependent, ForeignKey, Schema } from './schema.js'
import { type GeneratedColumn, type TreePlan, generatedOf, treesOf } from './tree-plan.js'

/** Everything that masking in place changes beside the values, in order. */
export interface InPlacePlan {
  /** Tables with their children and partitions; each is changed by one session. */
  readonly trees: readonly TreePlan[]
  readonly foreignKeys: readonly ForeignKey[]
  /** In the order in which they can be made again; they are dropped the other way round. */
  readonly dependents: readonly Dependent[]
  /** Computed from masked columns, so they leave and come back with them. */
  readonly generated: readonly GeneratedColumn[]
}

/** What PostgreSQL must be relieved of before it changes the masked columns (facts 3.3). `refusals` are sentences. */
export function planInPlace(
  schema: Schema,
  { plan, classification }: { plan: MaskingPlan; classification: Classification },
): { readonly inPlace: InPlacePlan } | { readonly refusals: readonly string[] } {
  const masked = plan.targets
  const generated = generatedOf(schema, masked)
  const { trees, touched, refusals } = treesOf({ schema, classification, masked, generated, reduced: plan.reduced })
  const { dependents, blocking } = dependentsOf(schema, touched)
  const all = [
    ...refusals,
    ...blocking.map(
      (each) =>
        `The ${each.kind} ${each.name} stands on a masked column, and PostgreSQL changes none under it. Drop it in the parent, or leave the table out.`,
    ),
  ]
  if (all.length > 0) return { refusals: all }
  const losing = new Set(plan.reduced.flatMap(({ tables }) => tables.map(({ id }) => id)))
  const foreignKeys = schema.foreignKeys.filter(
    (foreign) =>
      touchesKey(foreign, touched) ||
      losing.has(foreign.target) ||
      plan.emptied.some((table) => [foreign.table, foreign.target].includes(table.id)),
  )
  return { inPlace: { trees, foreignKeys, dependents, generated } }
}

function touchesKey({ table, columns, target, targetColumns }: ForeignKey, touched: ReadonlySet<string>): boolean {
  return (
    columns.some((column) => touched.has(key(table, column))) ||
    targetColumns.some((column) => touched.has(key(target, column)))
  )
}
