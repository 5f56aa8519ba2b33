import { createHash } from 'node:crypto'
import type { Claim } from '../../domain/claim.js'
import type { DataPolicy } from '../../domain/data-policy.js'
import { ProviderError } from '../../errors.js'

/**
 * The claim as a branch's description holds it: at most 50 letters, digits, "-" and spaces, as Xata's description of
 * BranchCreationDetails says. `dbba1 <repository> <pull request or "hand"> <policy, finished?> <build> <name>`, where
 * build and name stand in base 36 and the name is a checksum; the policy of a golden parent has a letter of its own.
 * Parent and date come from the platform itself.
 */
export interface DescribedClaim extends Pick<Claim, 'repository' | 'pullRequest' | 'dataPolicy' | 'build' | 'golden'> {
  /** Of the name of the branch that it was written for. */
  readonly checksum: string
  /** Whether its run has done all that the data policy asks for. */
  readonly finished: boolean
}

const form = /^dbba1 ([1-9]\d*) ([1-9]\d*|hand) ([smcg])([fu]) ([0-9a-z]{1,13}) ([0-9a-z]{5})$/
const anyVersion = /^dbba\d+ /
const letters = { schema_only: 's', masked: 'm', copy: 'c' } as const satisfies Record<DataPolicy, string>
/** Of a golden parent, which is masked. */
const golden = 'g'
const longest = 50

/** @throws ProviderError when the claim is too long, which a repository id of more than 12 digits can make it. */
export function describeClaim(claim: Claim, { finished }: { finished: boolean }): string {
  const { repository, pullRequest, dataPolicy, build, branch } = claim
  const state = `${claim.golden ? golden : letters[dataPolicy]}${finished ? 'f' : 'u'}`
  const text = `dbba1 ${repository} ${pullRequest ?? 'hand'} ${state} ${BigInt(`0x${build}`).toString(36)} ${checksumOf(branch)}`
  if (text.length <= longest) return text
  throw new ProviderError(
    `Creating "${branch}" failed: its claim is longer than the ${longest} characters that Xata lets a description have. Report this to the maintainers of the action.`,
  )
}

/** Never throws. `other`: a description that is no claim; `unknown`: one of a version or form that we do not know. */
export function readDescription(text: string | undefined): DescribedClaim | 'other' | 'unknown' {
  const match = form.exec(text ?? '')
  if (!match) return anyVersion.test(text ?? '') ? 'unknown' : 'other'
  const [, repository = '', number = '', letter = '', state, build = '', checksum = ''] = match
  const numbers = [repository, number].filter((digits) => digits !== 'hand').map(Number)
  if (!numbers.every(Number.isSafeInteger)) return 'unknown'
  const policies = Object.keys(letters) as DataPolicy[]
  const dataPolicy = letter === golden ? 'masked' : policies.find((policy) => letters[policy] === letter)
  const id = [...build].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n)
  if (!dataPolicy || id >= 1n << 64n) return 'unknown'
  return {
    repository: Number(repository),
    pullRequest: number === 'hand' ? null : Number(number),
    dataPolicy,
    ...(letter === golden && { golden: true }),
    finished: state === 'f',
    build: id.toString(16).padStart(16, '0'),
    checksum,
  }
}

/** Five characters that tell one branch name from another. */
export function checksumOf(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex')
  return BigInt(`0x${digest}`).toString(36).slice(-5)
}
