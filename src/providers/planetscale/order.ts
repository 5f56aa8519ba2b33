import { ProviderError, RefusedError } from '../../errors.js'
import type { BranchSpec } from '../../ports.js'
import type { Kind } from './row.js'
import { isRefusal, type Site } from './site.js'

/** The body of the request that makes a branch. Source: https://planetscale.com/docs/api/reference/create_branch */
export interface Order {
  readonly name: string
  readonly parent_branch: string
  readonly region?: string
  readonly seed_data?: 'last_successful_backup'
  readonly backup_id?: string
  readonly restore_point?: string
  readonly cluster_size?: string
}

/** What PlanetScale's own command line asks for when a branch is made from a backup. */
const restoredSize = 'PS_10'

interface Wish {
  readonly name: string
  readonly spec: BranchSpec
  readonly kind: Kind
  readonly region: string
  /** The beginning of a sentence. */
  readonly doing: string
  readonly now: Date
}

/**
 * How to order a branch. On MySQL a branch has the schema alone unless it is seeded. On PostgreSQL a plain branch would
 * have not even a table, so every branch of ours starts from a backup.
 * @throws RefusedError for what this kind of database cannot do. Nothing was changed then.
 */
export async function orderOf(site: Site, { name, spec, kind, region, doing, now }: Wish): Promise<Order> {
  const base = { name, parent_branch: spec.parent, ...(region !== '' && { region }) }
  const { pointInTime } = spec
  if (kind === 'mysql') {
    if (pointInTime !== undefined) {
      throw new RefusedError(
        `${doing} refused: PlanetScale goes back to a point in time for PostgreSQL databases only. Remove "point_in_time". Nothing was changed.`,
      )
    }
    if (spec.dataPolicy === 'schema_only') return base
    if (spec.dataPolicy === 'masked') {
      throw new RefusedError(
        `${doing} refused: rows are masked in PostgreSQL databases only, and this one is MySQL. Use data_policy "schema_only". Nothing was changed.`,
      )
    }
    return { ...base, seed_data: 'last_successful_backup', cluster_size: restoredSize }
  }
  const until = pointInTime === undefined ? now : new Date(pointInTime)
  if (Number.isNaN(until.getTime())) {
    throw new RefusedError(
      `${doing} refused: "point_in_time" is not a time such as 2026-01-31T12:00:00Z, which PlanetScale wants. Nothing was changed.`,
    )
  }
  return {
    ...base,
    backup_id: await lastBackup(site, { parent: spec.parent, until, doing }),
    ...(pointInTime !== undefined && { restore_point: until.toISOString() }),
    cluster_size: restoredSize,
  }
}

/** The id of the backup that was complete last before a moment; a later moment is reached from it. */
async function lastBackup(
  site: Site,
  { parent, until, doing }: { parent: string; until: Date; doing: string },
): Promise<string> {
  let last: { id: string; at: number } | undefined
  const asked = { doing, query: { state: 'success' } }
  await site
    .pages(`${site.at(parent)}/backups`, asked, (item) => {
      const completedAt = item.at('completed_at').maybeText
      if (completedAt === undefined || item.at('deleted_at').exists || item.at('state').text !== 'success') return
      const at = Date.parse(completedAt)
      if (at <= until.getTime() && at > (last?.at ?? -Infinity)) last = { id: item.at('id').text, at }
    })
    .catch(async (error: unknown) => {
      if (isRefusal(error, 404)) await site.requireParent(parent, doing)
      throw error
    })
  if (last) return last.id
  throw new ProviderError(
    `${doing} failed: "${parent}" has no finished backup of before ${until.toISOString()}, and PlanetScale makes PostgreSQL branches with content from backups only. Make a backup of "${parent}" and run the job again.`,
  )
}
