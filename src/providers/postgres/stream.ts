import pg from 'pg'
import type { MaskingOrder } from '../../ports.js'
import type { Session } from '../../sql/session.js'
import { createEmptyLike } from './empty-database.js'
import { fingerprint } from './fingerprint.js'
import { handOver } from './ownership.js'
import type { Parent } from './parent.js'

const { escapeIdentifier: name } = pg

export interface StreamSite {
  /** The session that carries the build's application_name. */
  readonly admin: Session
  /** Gives an empty database the schema of another one; tells what is not alike, by name. */
  readonly cloneSchema: (source: Session, target: Session) => Promise<readonly string[]>
  /** Fills a database that has the schema of `source` with its masked rows and proves it; gives lines worth telling. */
  readonly streamRows: (
    order: MaskingOrder,
    databases: { source: () => Promise<Session>; target: () => Promise<Session> },
  ) => Promise<string[]>
}

export interface Streaming {
  readonly parent: Parent
  readonly aside: string
  readonly order: MaskingOrder
  /** Opens a session in which nothing that others wrote steers the work. */
  readonly open: (database: string) => Promise<Session>
  /** Closes the new database to PUBLIC, claims it, and lets the admin in. */
  readonly claim: () => Promise<string[]>
}

/**
 * Builds a masked branch without ever copying an original: an empty database gets the parent's schema, and then the
 * masked rows in a stream. The parent may be in use.
 * @returns notes and the fingerprint of the parent's schema; or why this way is closed for this parent, with nothing
 * left behind.
 */
export async function streamAside(
  site: StreamSite,
  work: Streaming,
): Promise<{ notes: string[]; parentSchema: string } | { closed: string }> {
  const { parent, aside, order, open } = work
  if (!parent.connectable) return { closed: `"${parent.name}" lets nobody connect` }
  await createEmptyLike(site.admin, { parent: parent.name, aside })
  const notes = await work.claim()
  const source = await open(parent.name)
  try {
    const inside = await open(aside)
    let different: readonly string[]
    try {
      different = await site.cloneSchema(source, inside)
      if (different.length === 0) await handOver(inside, aside)
    } finally {
      await inside.close()
    }
    if (different.length > 0) {
      await site.admin.query(`DROP DATABASE ${name(aside)} WITH (FORCE)`)
      return { closed: unlike(different) }
    }
    const parentSchema = await fingerprint(source)
    await source.close()
    const certificate = await site.streamRows(order, { source: () => open(parent.name), target: () => open(aside) })
    return {
      notes: [
        `Streamed masked rows of "${parent.name}" into an empty database; no original was ever in it.`,
        ...notes,
        ...certificate,
      ],
      parentSchema,
    }
  } finally {
    await source.close()
  }
}

function unlike(different: readonly string[]): string {
  const more = different.length > 5 ? ` and ${different.length - 5} more` : ''
  return `a copy of its schema would not be exact (${different.slice(0, 5).join(', ')}${more})`
}
