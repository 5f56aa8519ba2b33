import type { DataPolicy } from './data-policy.js'

/** What a platform can do. What it cannot is refused with the reason or done by us in SQL and said so. */
export interface Capabilities {
  readonly engine: 'postgresql' | 'mysql' | 'other'
  /**
   * Where the claim stands. `branch`: in the platform's own metadata. `database`: in the branch's own database, where a
   * listing does not see it. `name`: nowhere; only the name tells whose a branch is.
   */
  readonly claims: 'branch' | 'database' | 'name'
  /** `native`: the branch never holds a row; `sql`: copied, and emptied by us before anything is handed out. */
  readonly schemaOnly: 'native' | 'sql' | 'none'
  /**
   * How rows are masked by us before anything is handed out. `stream`: they reach the branch masked; `in_place`: the
   * branch is a copy, and each table is written anew.
   */
  readonly masked: 'stream' | 'in_place' | 'none'
  /** Whether a branch can hold the parent's rows. */
  readonly copy: boolean
  /**
   * Whether branches can be made from a golden parent: rows are masked, a branch can be the parent of others and is
   * copied with its rows, its claim says what it is, and it can be replaced while such branches exist.
   */
  readonly golden: boolean
  /**
   * `in_place`: same URL, and the branch never disappears in between. `swap`: built aside and renamed, which gives
   * another URL.
   */
  readonly reset: 'in_place' | 'swap' | 'none'
  /** Whether a branch can be made from an earlier state of its parent. */
  readonly pointInTime: boolean
  /** Whether the platform itself takes a branch away at a date. */
  readonly expiry: boolean
  /** Whether there is a second URL through a connection pooler. */
  readonly pooledUrl: boolean
  /** Whether a URL can be read again later, by another job; else each reading makes a new login. */
  readonly urlReadableLater: boolean
  /** Whether the platform tells how many sessions are on a branch. */
  readonly sessions: boolean
}

export interface Wanted {
  readonly dataPolicy: DataPolicy
  readonly pointInTime: string | undefined
  readonly existing: 'reuse' | 'reset'
  /** To be the parent of others. */
  readonly golden?: boolean
}

/** What of this order the platform cannot do, with what to do instead; undefined when it can do all of it. */
export function incapability(can: Capabilities, wanted: Wanted): string | undefined {
  const { dataPolicy, pointInTime, existing, golden } = wanted
  if (dataPolicy === 'schema_only' && can.schemaOnly === 'none') {
    return 'this platform neither makes branches without data nor lets us empty them; a full copy needs data_policy "copy" and "copy_approval"'
  }
  if (dataPolicy === 'masked' && can.masked === 'none') {
    return 'rows cannot be masked on this platform; use data_policy "schema_only"'
  }
  if (golden && !can.golden) {
    return 'on this platform no branches can be made from a branch of this action that is replaced again and again; mask each one with data_policy "masked"'
  }
  if (dataPolicy === 'copy' && !can.copy) {
    return 'branches of this platform never hold the rows of their parent; use data_policy "schema_only"'
  }
  if (pointInTime !== undefined && !can.pointInTime) {
    return 'this platform makes branches from the present state of their parent only; remove "point_in_time"'
  }
  if (existing === 'reset' && can.reset === 'none') {
    return 'this platform cannot rebuild a branch; use on_synchronize "reuse"'
  }
  return undefined
}
