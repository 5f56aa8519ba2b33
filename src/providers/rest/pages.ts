import { ProviderError } from '../../errors.js'
import type { Answer } from '../../http/api.js'
import type { Description, Listing, Paging } from './model.js'
import type { Requests } from './requests.js'
import { readSeen, type Seen } from './seen.js'
import type { Values } from './template.js'

/** More pages than any account has branches; a platform that never ends its list ends here. */
const mostPages = 1000

interface Reading {
  readonly description: Description
  readonly listing: Listing
  readonly doing: string
  readonly values: Values
}

/**
 * The branches of a list, page by page, until the platform tells that there is no further page.
 * @throws ProviderError when a page is no list, leads to another server, or brings nothing new.
 */
export async function* pages(requests: Requests, reading: Reading): AsyncGenerator<Seen[]> {
  const { description, listing, doing, values } = reading
  const { request, items, paging } = listing
  const known = new Set<string>()
  let place = requests.firstPlace(request, values)
  let answer = await requests.send(request, { doing, values, more: firstParameters(paging) })
  for (let count = 1; ; count++) {
    const page = answer.body.follow(items).items.map((item) => readSeen(description, item))
    const before = known.size
    for (const { branch } of page) known.add(branch.id)
    if (page.length > 0 && known.size === before) throw endless(doing, count)
    yield page
    const next = nextPage(paging, answer, { length: page.length, count })
    if (next === undefined) return
    if (count === mostPages) throw endless(doing, count)
    if ('place' in next) {
      place = requests.placeOf(next.place, { after: place, doing })
      answer = await requests.follow(place, doing)
    } else answer = await requests.send(request, { doing, values, more: next.parameters })
  }
}

/** A platform that does not know the parameter for pages gives the first one again and again. */
function endless(doing: string, page: number): ProviderError {
  return new ProviderError(
    `${doing} failed: page ${page} of the list brings no new branch. Check "paging" in "rest_config".`,
  )
}

function firstParameters(paging: Paging): Record<string, string> {
  return paging.kind === 'page' ? { [paging.parameter]: String(paging.first) } : {}
}

type Next = { readonly place: string } | { readonly parameters: Record<string, string> } | undefined

function nextPage(paging: Paging, { body, headers }: Answer, at: { length: number; count: number }): Next {
  switch (paging.kind) {
    case 'none':
      return undefined
    case 'page': {
      const more = paging.more ? body.follow(paging.more).flag : at.length > 0
      return more ? { parameters: { [paging.parameter]: String(paging.first + at.count) } } : undefined
    }
    case 'cursor': {
      const cursor = body.follow(paging.next)
      const end = !cursor.exists || cursor.scalar === ''
      return end ? undefined : { parameters: { [paging.parameter]: cursor.identifier } }
    }
    case 'next_url': {
      const place = body.follow(paging.next).maybeText
      return place === undefined ? undefined : { place }
    }
    case 'link': {
      const place = nextLink(headers.get('link') ?? '')
      return place === undefined ? undefined : { place }
    }
  }
}

/** Source: https://www.rfc-editor.org/rfc/rfc8288#section-3 */
function nextLink(header: string): string | undefined {
  for (const [, place, parameters = ''] of header.matchAll(
    /<([^>]*)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^",;\s]+))*)/g,
  )) {
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^",;\s]+))/i.exec(parameters)
    if ((relation?.[1] ?? relation?.[2] ?? '').toLowerCase().split(/\s+/).includes('next')) return place
  }
  return undefined
}
