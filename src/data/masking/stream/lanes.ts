import type { Session } from '../../../sql/session.js'

export interface Lanes<Item> {
  /** Taken from the front. */
  readonly items: readonly Item[]
  /** How many are worked on at a time. */
  readonly parallel: number
  /** Sessions of one lane, prepared. Each one that is opened is closed. */
  readonly open: () => Promise<readonly Session[]>
  readonly body: (sessions: readonly Session[], item: Item) => Promise<void>
}

/** Works through all items with several sessions at a time. The first failure cuts the other lanes short and is thrown. */
export async function inLanes<Item>({ items, parallel, open, body }: Lanes<Item>): Promise<void> {
  const waiting = [...items]
  const opened: Session[] = []
  const failures: unknown[] = []
  const lane = async () => {
    try {
      const sessions = await open()
      opened.push(...sessions)
      for (let item = waiting.shift(); item !== undefined && failures.length === 0; item = waiting.shift())
        await body(sessions, item)
    } catch (error) {
      failures.push(error)
      for (const session of opened) session.cut()
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(parallel, items.length)) }, lane))
  await Promise.all(opened.map((session) => session.close()))
  if (failures.length > 0) throw failures[0]
}
