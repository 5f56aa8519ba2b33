import { ForgeError } from '../../errors.js'
import type { Answer } from '../../http/api.js'
import type { GitLabClient } from './api.js'

export type Json = Readonly<Record<string, unknown>>

/** GitLab's largest page: https://docs.gitlab.com/api/rest/#pagination */
export const pageSize = 100
/** More pages than any list has that we read; an end that never comes is a broken answer. */
const pageLimit = 1000

/** All items of a list, whatever its length. @throws when a page fails or when nobody knows whether it is the last. */
export async function everyItem(
  { api }: GitLabClient,
  place: string,
  { doing, query = {} }: { doing: string; query?: Readonly<Record<string, string | number>> },
): Promise<Json[]> {
  const items: Json[] = []
  for (let page = 1; page <= pageLimit; page++) {
    const answer = await api.send('GET', place, { doing, query: { per_page: pageSize, ...query, page } })
    items.push(...answer.body.items.map((item) => item.object))
    const next = nextPage(answer)
    if (next === undefined) return items
    if (next !== page + 1) break
  }
  throw new ForgeError('GitLab sent a page without an end')
}

/**
 * Undefined after the last page. Without the header nobody knows whether there is more: a proxy that drops it must not
 * make half a list whole.
 * @throws ForgeError then.
 */
export function nextPage({ headers }: Pick<Answer, 'headers'>): number | undefined {
  const next = headers.get('x-next-page')
  if (next === '') return undefined
  if (next !== null && /^[1-9]\d{0,8}$/.test(next)) return Number(next)
  throw new ForgeError('GitLab sent a page without saying whether it is the last')
}
