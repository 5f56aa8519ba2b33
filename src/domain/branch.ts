import type { ClaimReading } from './claim.js'

/** A database branch as a platform reports it. */
export interface Branch {
  /** The platform's immutable id. Deletions go by it, so that a recreated branch of the same name is another one. */
  readonly id: string
  readonly name: string
  readonly claim: ClaimReading
  /** Why the platform itself forbids a deletion (default, protected, production, has children), if it does. */
  readonly protection?: string
  /** The half-built remains of a run that died; it never had the name that its claim speaks of. */
  readonly leftover?: true
  /** Of a leftover: its run still works on it. */
  readonly alive?: true
}

/** Longest branch name, in bytes: PostgreSQL cuts longer identifiers silently. */
export const longestName = 63

const nameGrammar = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/
const protectedName =
  /^(main|master|trunk|default|dev|develop|development|stage|staging|postgres|public|none|template[01]|pg_.*|prod(uction)?([-_.].*)?)$/i

/** Replaces `{number}` and `{repository}` (its name without the owner). */
export function renderTemplate(template: string, values: { number: number | undefined; repository: string }): string {
  return template
    .replaceAll('{number}', values.number === undefined ? '{number}' : String(values.number))
    .replaceAll('{repository}', values.repository)
}

/** The rule that a branch name of ours breaks, or undefined. Hostile names end here, before any SQL or URL is built. */
export function nameFault(name: string): string | undefined {
  if (Buffer.byteLength(name) > longestName) return `is longer than ${longestName} bytes`
  if (!nameGrammar.test(name) || name.includes('..')) {
    return 'may hold only letters, digits, ".", "_" and "-", with a letter or digit first and last and no ".."'
  }
  if (isProtectedName(name)) return 'is a name that this action never touches (main, staging, production and the like)'
  return undefined
}

/** Names that are nobody's pull request, whatever claim they carry. */
export function isProtectedName(name: string): boolean {
  return protectedName.test(name)
}
