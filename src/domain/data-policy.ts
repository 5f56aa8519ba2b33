/** What data a branch may hold. */
export type DataPolicy = 'schema_only' | 'masked' | 'copy'

export const dataPolicies = ['schema_only', 'masked', 'copy'] as const satisfies readonly DataPolicy[]

export function isDataPolicy(value: unknown): value is DataPolicy {
  return dataPolicies.includes(value as DataPolicy)
}
