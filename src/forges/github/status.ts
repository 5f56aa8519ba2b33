import { ForgeError } from '../../errors.js'
import { explain } from './client.js'

/** A page from a proxy comes with 200, which these calls never have when GitHub has done them. */
export function requireStatus<T extends { status: number }>(answer: T, expected: readonly number[]): T {
  if (expected.includes(answer.status)) return answer
  throw new ForgeError(`GitHub answered ${answer.status} instead of ${expected.join(' or ')}`)
}

/** Undefined for 404, the error itself for everything else. */
export async function unless404<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (explain(error).status === 404) return undefined
    throw error
  }
}
