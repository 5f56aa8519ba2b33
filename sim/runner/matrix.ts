/** The legs of a `strategy.matrix`. */
import { isDeepStrictEqual } from 'node:util'
import { resolve, type Scope } from './expressions.js'
import { WorkflowFileError } from './errors.js'
import { mapping, type Raw } from './workflow-file.js'

export interface Strategy {
  readonly legs: readonly Raw[]
  readonly failFast: boolean
  readonly maxParallel: number
}

const GITHUB_LIMIT = 256

function combinations(vectors: readonly (readonly [string, readonly unknown[]])[]): Raw[] {
  let legs: Raw[] = [{}]
  for (const [key, values] of vectors) legs = legs.flatMap((leg) => values.map((value) => ({ ...leg, [key]: value })))
  return legs
}

const contains = (leg: Raw, part: Raw): boolean =>
  Object.entries(part).every(([key, value]) => isDeepStrictEqual(leg[key], value))

/**
 * An `include` extends every original combination whose values it would not overwrite, and otherwise is a leg of its
 * own (workflow syntax, `jobs.<job_id>.strategy.matrix.include`).
 */
function addIncludes(legs: readonly Raw[], includes: readonly Raw[], keys: readonly string[]): Raw[] {
  const extended = legs.map((leg) => ({ original: leg, leg }))
  const extra: Raw[] = []
  for (const include of includes) {
    const shared = Object.fromEntries(Object.entries(include).filter(([key]) => keys.includes(key)))
    const targets = extended.filter(({ original }) => contains(original, shared))
    if (targets.length === 0) extra.push(include)
    for (const target of targets) target.leg = { ...target.leg, ...include }
  }
  return [...extended.map(({ leg }) => leg), ...extra]
}

export function strategyOf(raw: Raw | undefined, scope: Scope): Strategy {
  if (raw === undefined) return { legs: [{}], failFast: true, maxParallel: Infinity }
  const resolved = mapping(resolve(raw, scope), 'strategy')
  const maxParallel = Number(resolved['max-parallel'] ?? Infinity)
  const failFast = resolved['fail-fast'] !== false
  if (resolved['matrix'] === undefined) return { legs: [{}], failFast, maxParallel }
  const { include, exclude, ...vectors } = mapping(resolved['matrix'], 'strategy.matrix')
  const lists = Object.entries(vectors).map(([key, values]) => {
    if (!Array.isArray(values)) throw new WorkflowFileError(`Matrix vector '${key}' is not a list`)
    if (values.length === 0) throw new WorkflowFileError(`Matrix vector '${key}' does not contain any values`)
    return [key, values as unknown[]] as const
  })
  const excluded = (exclude ?? []) as Raw[]
  const includes = (include ?? []) as Raw[]
  const kept =
    lists.length === 0 ? [] : combinations(lists).filter((leg) => !excluded.some((part) => contains(leg, part)))
  const legs = addIncludes(kept, includes, Object.keys(vectors))
  if (legs.length === 0) throw new WorkflowFileError('Matrix must define at least one vector')
  if (legs.length > GITHUB_LIMIT) throw new WorkflowFileError(`A matrix may have at most ${GITHUB_LIMIT} jobs`)
  return { legs, failFast, maxParallel }
}
