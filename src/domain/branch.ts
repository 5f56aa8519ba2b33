import type { ClaimReading } from './claim.js'

/** A database branch as a platform reports it. */
export interface Branch {
  /** The platform's immutable id. Deletions go by it, so that a recreated branch of the same name is another one. */
  readonly id: string
  readonly name: string
  readonly claim: ClaimReading
  /** Why the platform itself forbids a deletion (default, protected, production, has children), if it does. */
  readonly protection?: string
  /** That protection is but that others were made from it: it can give its name to another, and go once they are gone. */
  readonly hasChildren?: true
  /** It has its name, but its run has not yet done all that its data policy asks for: never handed out. */
  readonly unfinished?: true
  /** When the platform says it was made, where the claim does not tell. ISO 8601. */
  readonly createdAt?: string
  /** The half-built remains of a run that died; it never had the name that its claim speaks of. */
  readonly leftover?: true
  /** Of a leftover: its run still works on it. */
  readonly alive?: true
}
