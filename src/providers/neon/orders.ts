import type { Branch } from '../../domain/branch.js'
import { ConflictError, ProviderError } from '../../errors.js'
import { ApiError, LostAnswerError, path } from '../../http/api.js'
import type { Shape } from '../../http/shape.js'
import { waitFor } from '../../http/wait.js'
import type { BranchSpec } from '../../ports.js'
import { workOnRows } from '../../sql/rows.js'
import type { Project } from './api.js'
import { readBranches } from './branches.js'
import { annotationOf } from './claim.js'
import { settle } from './operations.js'

/** Statuses that can mean that the name is taken: 409 by the platform's word, the others to be sure. */
const conflicts = [400, 409, 422]

interface Order {
  /** The beginning of its sentences. */
  readonly doing: string
  readonly spec: BranchSpec
  /** The name to build under. */
  readonly name: string
  /** Id of the parent. */
  readonly parent: string
}

/**
 * Orders a branch with a compute. A lost answer, or a name that is taken, is looked into; without `answer` the branch
 * was found to be there.
 * @throws ConflictError when the name is another build's.
 */
export async function orderBranch(project: Project, order: Order): Promise<{ id: string; answer?: Shape }> {
  const { doing, spec, name } = order
  try {
    const answer = await send(project, order)
    return { id: answer.at('branch').at('id').text, answer }
  } catch (error) {
    if (error instanceof ApiError && error.failure.status === 404) throw noParent(doing)
    if (!(error instanceof LostAnswerError) && !isConflict(error)) throw error
    const there = (await readBranches(project, doing)).find((branch) => branch.name === name)
    if (!there) throw error
    if (isOfBuild(there, spec.claim.build)) return { id: there.id }
    throw taken(name, error)
  }
}

/** A parent that was made a moment ago is not ready to be copied, which is told by 422. */
async function send({ api, place, ports }: Project, { doing, spec, name, parent }: Order): Promise<Shape> {
  const body = {
    branch: {
      name,
      parent_id: parent,
      ...startOf(doing, spec),
      ...(workOnRows(spec) !== 'nothing' && { init_source: 'schema-only' }),
      ...(spec.expiresAt && { expires_at: inSeconds(spec.expiresAt) }),
    },
    endpoints: [{ type: 'read_write' }],
    annotation_value: annotationOf(spec.claim),
  }
  const { clock, info } = ports
  return waitFor({ what: doing, every: 2000, deadline: 2 * 60_000, clock, info }, async () => {
    try {
      return { ready: (await api.send('POST', `${place}/branches`, { doing, body })).body }
    } catch (error) {
      const { status, said } = error instanceof ApiError ? error.failure : { status: 0, said: '' }
      if (status === 422 && /not ready/i.test(said)) return { waitingFor: 'the parent is not ready' }
      throw error
    }
  })
}

/** Gives a branch another name; doing it twice is harmless, so a lost answer is looked into and sent again. */
export async function renameBranch(project: Project, { id, name: old }: Branch, name: string): Promise<void> {
  const { api, place } = project
  const doing = `Renaming "${old}" to "${name}"`
  const here = place + path`/branches/${id}`
  const send = () => api.send('PATCH', here, { doing, body: { branch: { name } } })
  try {
    const answer = await send().catch(async (error: unknown) => {
      if (!(error instanceof LostAnswerError)) throw error
      const { body } = await api.send('GET', here, { doing })
      return body.at('branch').at('name').text === name ? undefined : send()
    })
    if (answer) await settle(project, doing, answer.body.at('operations').items)
  } catch (error) {
    if (!isConflict(error)) throw error
    const there = (await readBranches(project, doing)).find((branch) => branch.name === name)
    if (!there) throw error
    if (there.id !== id) throw taken(name, error)
  }
}

/** The earlier state of the parent that is asked for, which Neon takes as a time or as a log position. */
export function startOf(doing: string, spec: BranchSpec): Record<string, string> {
  const { pointInTime } = spec
  if (pointInTime === undefined) return {}
  const work = workOnRows(spec)
  if (work !== 'nothing') {
    const what =
      work === 'mask' ? 'the rows of a masked branch are' : 'the migration ledger of a branch without data is'
    throw new ProviderError(
      `${doing} failed: ${what} copied from the parent as it is now, not as it was. Remove "point_in_time" or use another data_policy.`,
    )
  }
  if (/^[0-9A-F]{1,8}\/[0-9A-F]{1,8}$/i.test(pointInTime)) return { parent_lsn: pointInTime }
  // Date.parse alone would read "snapshot-3" as a day in 2001.
  const time = /^\d{4}-\d\d-\d\dT/.test(pointInTime) ? Date.parse(pointInTime) : Number.NaN
  if (!Number.isNaN(time)) return { parent_timestamp: new Date(time).toISOString() }
  throw new ProviderError(
    `${doing} failed: Neon takes a time (2026-11-22T08:00:00Z) or a log position (0/1E88EE0). Check "point_in_time".`,
  )
}

/** Neon takes times in whole seconds. Source: https://neon.com/docs/guides/branch-expiration */
export function inSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`
}

export function noParent(doing: string): ProviderError {
  return new ProviderError(
    `${doing} failed: there is no such branch in the project on Neon. Check "parent_branch"; newer projects call the first one "production".`,
  )
}

export function taken(name: string, cause?: unknown): ConflictError {
  return new ConflictError(`there is already a branch "${name}" on Neon`, { cause })
}

function isConflict(error: unknown): boolean {
  return error instanceof ApiError && conflicts.includes(error.failure.status)
}

function isOfBuild({ claim }: Branch, build: string): boolean {
  return claim.kind === 'claim' && claim.claim.build === build
}
