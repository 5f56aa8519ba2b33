import { ConflictError, RefusedError } from '../errors.js'
import type { BranchDatabase, BranchSpec, Connection } from '../ports.js'

/**
 * What is left to us where a platform copies every row of the parent. Nothing is left of a copy, and of a masked branch
 * whose parent is golden: those rows are masked already, and the claim says by which rules.
 * @throws RefusedError for rows that are to be masked by rules that nobody gave.
 */
export function workOnRows({ name, dataPolicy, masking, claim }: BranchSpec): 'empty' | 'mask' | 'nothing' {
  if (dataPolicy === 'schema_only') return 'empty'
  if (dataPolicy === 'copy') return 'nothing'
  if (masking) return 'mask'
  if (claim.masked) return 'nothing'
  throw new RefusedError(
    `Creating "${name}" refused: its rows are to be masked, and no rule says how. Report this to the maintainers of the action. Nothing was changed.`,
  )
}

/** Before a platform is asked for anything. @throws RefusedError as `workOnRows` does. */
export function refuseUnruled(spec: BranchSpec): void {
  workOnRows(spec)
}

/** @throws ConflictError where the parent is no longer the golden one that the order is for. */
export function requireParent({ parent, parentId }: BranchSpec, found: string): void {
  if (parentId === undefined || parentId === found) return
  throw new ConflictError(`"${parent}" was built anew meanwhile`)
}

/**
 * Does that work over the branch's own URL; its last step leaves the claim as the comment of the database.
 * @returns what is worth telling.
 */
export async function finishRows(database: BranchDatabase, to: Connection, spec: BranchSpec): Promise<string[]> {
  const work = workOnRows(spec)
  if (work === 'empty') return database.empty(to, spec.claim)
  const notes = spec.masking && work === 'mask' ? await database.maskInPlace(to, spec.masking) : []
  await database.sign(to, spec.claim)
  return notes
}
