import { covers } from './masking/rules.js'

/** What the policy file says of branch names; `*` stands for any characters, case does not matter. */
export interface NameRules {
  /** Branches that are never deleted or rebuilt. */
  readonly protected: readonly string[]
  /** Branches that sweeps leave alone; the pull request itself may still take its own away. */
  readonly exempt: readonly string[]
}

export const noNameRules: NameRules = { protected: [], exempt: [] }

/** Why a branch of this name may not be deleted or rebuilt, or undefined. */
export function protectionByName(name: string, rules: NameRules): string | undefined {
  const pattern = rules.protected.find((each) => covers(each, name))
  return pattern === undefined ? undefined : `the policy file protects ${quoted(pattern, name)}`
}

/** Why a sweep leaves a branch of this name alone, or undefined. */
export function exemptionByName(name: string, rules: NameRules): string | undefined {
  const pattern = rules.exempt.find((each) => covers(each, name))
  return pattern === undefined ? undefined : `the policy file exempts ${quoted(pattern, name)} from sweeps`
}

function quoted(pattern: string, name: string): string {
  return pattern === name ? 'its name' : `"${pattern}"`
}
