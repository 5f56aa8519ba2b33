import { asideOf } from '../../domain/aside.js'
import type { Branch } from '../../domain/branch.js'
import type { Claim, ClaimReading } from '../../domain/claim.js'
import type { Listed } from './api.js'
import { checksumOf, type DescribedClaim, readDescription } from './claim-text.js'

/** What a listing tells of the other branches. */
export type Relatives = readonly Pick<Listed, 'id' | 'name'>[] | readonly Listed[]

/** A branch as we know it: with the claim of its description, and the parent by its id. */
export function branchOf(listed: Listed, relatives: Relatives): Branch {
  const { id, name, createdAt } = listed
  const described = readDescription(listed.description)
  const aside = asideOf(name)
  const base: Branch = { id, name, claim: { kind: 'none' }, createdAt, ...protectionOf(listed, relatives) }
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
  const { repository, pullRequest, dataPolicy, build, golden } = known.described
  const { parentId = 'none', createdAt } = listed
  const found = relatives.find(({ id }) => id === parentId)?.name
  const origin = found === undefined ? { parent: `${parentId}, which is gone` } : originOf(found)
  // A description has no room for the run, and none for what a branch was masked by.
  const claim = { repository, pullRequest, branch, ...origin, dataPolicy, run: 'unknown', build, createdAt }
  return { kind: 'claim', claim: { ...claim, ...(golden && { golden }) } }
}

/**
 * A golden parent that was rebuilt stands aside as long as there are branches of it. Its build cannot be told from here,
 * but that it is another one than that of the golden parent of today.
 */
function originOf(parent: string): Pick<Claim, 'parent' | 'parentBuild'> {
  const aside = asideOf(parent)
  return aside?.kind === 'old' ? { parent: aside.branch, parentBuild: `that of ${parent}` } : { parent }
}

/** Xata itself deletes a branch although others were made from it. */
function protectionOf({ id, parentId }: Listed, relatives: Relatives): Pick<Branch, 'protection' | 'hasChildren'> {
  if (parentId === undefined) return { protection: 'it is a root branch of its project' }
  const child = relatives.find((one) => 'parentId' in one && one.parentId === id)
  return child ? { protection: `"${child.name}" was made from it`, hasChildren: true } : {}
}
