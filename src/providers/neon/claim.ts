import { type Claim, type ClaimReading, encodeClaim, type MaskingMark, readClaim } from '../../domain/claim.js'

/**
 * The claim as the branch's annotation: at most 50 keys with texts. It can be written only together with the branch
 * and never changed, which the API's description has no operation for.
 * Source: https://api-docs.neon.tech/reference/createprojectbranch (`annotation_value`)
 */
const prefix = 'db-branch-action-'

/** Numbers among the fields; an annotation holds texts only. */
const numbers = ['repository', 'pull_request']

interface Fields {
  readonly [name: string]: string | number | boolean | null | undefined | MaskingMark
  readonly masked?: MaskingMark
}

/** `github-pr-number` is the key of Neon's own action, by which its console shows the pull request. */
export function annotationOf(claim: Claim): Record<string, string> {
  const [signature, json] = splitClaim(encodeClaim(claim))
  const { masked, ...fields } = JSON.parse(json) as Fields
  const flat = { ...fields, ...(masked && { masked_rules: masked.rules, masked_key: masked.key }) }
  const texts = Object.entries(flat).flatMap(([name, value]) => (value === null ? [] : [[keyOf(name), String(value)]]))
  return {
    [`${prefix}version`]: signature.split('/')[1] ?? '',
    ...(Object.fromEntries(texts) as Record<string, string>),
    ...(claim.pullRequest !== null && { 'github-pr-number': String(claim.pullRequest) }),
  }
}

/** Never throws: what cannot be read is nobody's to touch. */
export function readAnnotation(value: Readonly<Record<string, unknown>> | undefined): ClaimReading {
  const entries = Object.entries(value ?? {}).filter(([key]) => key.startsWith(prefix))
  if (entries.length === 0) return { kind: 'none' }
  const fields = Object.fromEntries(entries.map(([key, text]) => [nameOf(key), text]))
  const { version, masked_rules: rules, masked_key: key, ...rest } = fields
  if (rules !== undefined || key !== undefined) rest['masked'] = { rules, key }
  if (rest['golden'] === 'true') rest['golden'] = true
  for (const name of numbers) {
    if (typeof rest[name] === 'string' && /^[1-9]\d*$/.test(rest[name])) rest[name] = Number(rest[name])
  }
  const known = typeof version === 'string' && /^\d+$/.test(version) ? version : '0'
  return readClaim(`db-branch-action/${known} ${JSON.stringify({ pull_request: null, ...rest })}`)
}

function keyOf(field: string): string {
  return prefix + field.replaceAll('_', '-')
}

function nameOf(key: string): string {
  return key.slice(prefix.length).replaceAll('-', '_')
}

/** `db-branch-action/1 {…}` into its two parts. */
function splitClaim(line: string): [string, string] {
  const space = line.indexOf(' ')
  return [line.slice(0, space), line.slice(space + 1)]
}
