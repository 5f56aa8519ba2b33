/**
 * Whom a sealed URL is for. A text sealed for one is opened by no other: a job of another repository, of another pull
 * request or for another branch.
 */
export interface SealedFor {
  /** Numeric repository id. */
  readonly repository: number
  /** `null` for a branch made by hand, outside any pull request. */
  readonly pullRequest: number | null
  readonly branch: string
}

/** The first characters of every sealed text; the digit is the version of the form, and is authenticated with the rest. */
export const sealedPrefix = 'dbb1.'

/** In characters. Far beyond what any URL needs, far below what a job output holds (1 MB). */
export const longestSealed = 16_384

/** What is authenticated beside the URL. No two recipients have the same text. */
export function sealedContext({ repository, pullRequest, branch }: SealedFor): string {
  return JSON.stringify(['db-branch-action', sealedPrefix, repository, pullRequest, branch])
}

/** What a sealed text holds: everything that a later job can be handed. */
export interface SealedConnection {
  readonly url: string
  readonly pooledUrl?: string
  readonly host: string
  readonly port: number
  readonly database: string
  readonly username: string
  readonly password: string
}

/** Undefined for anything that is not exactly one. Never throws. */
export function readSealedConnection(json: string): SealedConnection | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { url, pooledUrl, host, port, database, username, password } = value as Record<string, unknown>
  const texts = [url, host, database, username, password]
  if (!texts.every((text) => typeof text === 'string')) return undefined
  if (pooledUrl !== undefined && typeof pooledUrl !== 'string') return undefined
  return Number.isSafeInteger(port) ? (value as SealedConnection) : undefined
}
