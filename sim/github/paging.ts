/** Paging as GitHub does it: `per_page` above the maximum is quietly clamped, and `Link` names the other pages. */
import type { Call } from './call.js'

export interface Page<T> {
  items: T[]
  headers: Record<string, string>
}

function positive(text: string | undefined, fallback: number): number {
  const value = Number(text)
  return Number.isInteger(value) && value > 0 ? value : fallback
}

/** The links use the numeric form of the path, as GitHub's do, so a client has to follow them as they are. */
function linkTo(call: Call, page: number): string {
  const { state, path, query } = call
  const numeric = path.replace(/^\/repos\/[^/]+\/[^/]+/, `/repositories/${state.repository.id}`)
  const search = new URLSearchParams({ ...query, page: String(page) })
  return `${state.url}${numeric}?${search.toString()}`
}

export function pageOf<T>(call: Call, all: readonly T[], { perPage = 30, most = 100 } = {}): Page<T> {
  const size = Math.min(positive(call.query.per_page, perPage), most)
  const page = positive(call.query.page, 1)
  const last = Math.max(1, Math.ceil(all.length / size))
  const links = [
    ...(page > 1 ? [['prev', Math.min(page - 1, last)] as const] : []),
    ...(page < last ? [['next', page + 1] as const, ['last', last] as const] : []),
    ...(page > 1 ? [['first', 1] as const] : []),
  ].map(([relation, target]) => `<${linkTo(call, target)}>; rel="${relation}"`)
  return {
    items: all.slice((page - 1) * size, page * size),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  }
}
