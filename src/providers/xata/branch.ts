import { asideOf } from '../../domain/aside.js'
import type { Branch } from '../../domain/branch.js'
import type { ClaimReading } from '../../domain/claim.js'
import type { Listed } from './api.js'
import { checksumOf, type DescribedClaim, readDescription } from './claim-text.js'

/** What a listing tells of the other branches. */
export type Relatives = readonly Pick<Listed, 'id' | 'name'>[] | readonly Listed[]

/** A branch as we know it: with the claim of its description, and the parent by its id. */
export function branchOf(listed: Listed, relatives: Relatives): Branch {
  const { id, name, createdAt } = listed
  const described = readDescription(listed.description)
  const aside = asideOf(name)
  const protection = protectionOf(listed, relatives)
  const base: Branch = { id, name, claim: { kind: 'none' }, createdAt, ...(protection !== undefined && { protection }) }
  if (described === 'other') return base
  if (described === 'unknown') return { ...base, claim: unreadable('its claim has a form that is not known') }
  const leftover = aside !== undefined && checksumOf(aside.branch) === described.checksum
  const branch = leftover ? aside.branch : name
  if (checksumOf(branch) !== described.checksum) {
    return { ...base, claim: unreadable('its claim was written for another name') }
  }
  return {
    ...base,
    claim: claimOf({ listed, described, branch, relatives }),
    ...(leftover ? { leftover: true } : !described.finished && { unfinished: true }),
  }
}

function unreadable(why: string): ClaimReading {
  return { kind: 'unreadable', why }
}

function claimOf(known: {
  listed: Listed
  described: DescribedClaim
  branch: string
  relatives: Relatives
}): ClaimReading {
  const { listed, branch, relatives } = known
  const { repository, pullRequest, dataPolicy, build } = known.described
  const { parentId = 'none', createdAt } = listed
  const parent = relatives.find(({ id }) => id === parentId)?.name ?? `${parentId}, which is gone`
  // A description has no room for the run.
  return {
    kind: 'claim',
    claim: { repository, pullRequest, branch, parent, dataPolicy, run: 'unknown', build, createdAt },
  }
}

/** Xata itself deletes a branch although others were made from it. */
function protectionOf({ id, parentId }: Listed, relatives: Relatives): string | undefined {
  if (parentId === undefined) return 'it is a root branch of its project'
  const child = relatives.find((one) => 'parentId' in one && one.parentId === id)
  return child && `"${child.name}" was made from it`
}
