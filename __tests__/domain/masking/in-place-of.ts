import { parse } from 'yaml'
import { type InPlacePlan, planInPlace } from '../../../src/domain/masking/in-place-plan.js'
import { parseRules } from '../../../src/domain/masking/parse-rules.js'
import { type MaskingPlan, planMasking } from '../../../src/domain/masking/plan.js'
import type { Schema } from '../../../src/domain/masking/schema.js'

/** What masking by these rules changes in place. @throws Error where the rules alone are refused. */
export function inPlaceOf(schema: Schema, yaml: string): { readonly plan: MaskingPlan; readonly inPlace: InPlacePlan } {
  const { plan, result } = decided(schema, yaml)
  if ('refusals' in result) throw new Error(result.refusals.join('\n'))
  return { plan, ...result }
}

/** Why masking by these rules cannot be done in place; none where it can. */
export function inPlaceRefusals(schema: Schema, yaml: string): readonly string[] {
  const { result } = decided(schema, yaml)
  return 'refusals' in result ? result.refusals : []
}

function decided(schema: Schema, yaml: string) {
  const { rules, problems } = parseRules(parse(yaml), (path) => path.join('.'))
  const planned = planMasking(schema, rules)
  if (problems.length > 0 || 'refusals' in planned)
    throw new Error([...problems, ...('refusals' in planned ? planned.refusals : [])].join('\n'))
  return { plan: planned.plan, result: planInPlace(schema, planned) }
}
