import { type DataPolicy, dataPolicies } from './data-policy.js'
import type { MaskingRules } from './masking/rules.js'
import type { NameRules } from './name-rules.js'

/**
 * The policy file of the default branch, read by `parse-policy.ts`: what the branches of each parent may hold. Inputs
 * tighten it, never loosen it.
 */
export interface PolicyFile {
  readonly names: NameRules
  readonly parents: ReadonlyMap<string, ParentPolicy>
}

export interface ParentPolicy {
  /** The loosest that is allowed. */
  readonly dataPolicy: DataPolicy
  /** Who approved a full copy, and why. */
  readonly approval: string | undefined
  readonly masking: MaskingRules | undefined
}

/** The entry for every parent that has none of its own. */
const anyParent = '*'

export interface Asked {
  /** Undefined when the workflow leaves it to the policy file. */
  readonly dataPolicy: DataPolicy | undefined
  readonly approval: string | undefined
  readonly parent: string
}

export interface Allowed {
  readonly dataPolicy: DataPolicy
  readonly approval?: string
  readonly masking?: MaskingRules
  /** What the reader of the summary should know: an input that was looser than the law. */
  readonly notes: readonly string[]
}

/**
 * What a branch of this parent may hold: the stricter of what the workflow asks and the policy file allows. `fault` says
 * why it may hold nothing, and what to do.
 */
export function underLaw(asked: Asked, file: PolicyFile | undefined): Allowed | { readonly fault: string } {
  if (!file) return withoutLaw(asked)
  const law = file.parents.get(asked.parent) ?? file.parents.get(anyParent)
  if (!law) {
    if (asked.dataPolicy === 'schema_only') return { dataPolicy: 'schema_only', notes: [] }
    return {
      fault: `the policy file has no entry for the parent "${asked.parent}"; add one, use data_policy "schema_only", or, where it is to be a golden parent, build that first by mode "golden"`,
    }
  }
  const looser = asked.dataPolicy !== undefined && looseness(asked.dataPolicy) > looseness(law.dataPolicy)
  const dataPolicy = asked.dataPolicy === undefined || looser ? law.dataPolicy : asked.dataPolicy
  const notes = looser
    ? [
        `The workflow asks for data_policy "${asked.dataPolicy}"; the policy file allows "${law.dataPolicy}" at most for "${asked.parent}", and that is what counts.`,
      ]
    : []
  if (dataPolicy === 'masked' && !law.masking) {
    return { fault: `the policy file has no masking rules for "${asked.parent}"; add them under "masking"` }
  }
  return {
    dataPolicy,
    ...(dataPolicy === 'copy' && law.approval !== undefined && { approval: law.approval }),
    ...(dataPolicy === 'masked' && law.masking && { masking: law.masking }),
    notes,
  }
}

function withoutLaw({ dataPolicy, approval }: Asked): Allowed | { readonly fault: string } {
  if (dataPolicy === undefined) {
    return {
      fault:
        'there is no policy file, and "data_policy" is empty; set it to "schema_only" (empty tables), "masked" or "copy"',
    }
  }
  if (dataPolicy === 'masked') {
    return {
      fault:
        'data_policy "masked" needs masking rules, which stand in the policy file on the default branch; there is none, and mode "scan" drafts it',
    }
  }
  return { dataPolicy, ...(approval !== undefined && { approval }), notes: [] }
}

/** In the order of what a branch reveals. */
function looseness(policy: DataPolicy): number {
  return dataPolicies.indexOf(policy)
}
