import type { Entry } from './document.js'
import { pointer, readMeanings, readPointer } from './fields.js'
import { accountPlaceholders, type Finding, type Listing, type Paging, type Placeholder } from './model.js'
import { requestIn } from './template.js'

export function readListing(entry: Entry, placeholders: readonly Placeholder[]): Listing {
  const fields = entry.fields(['request', 'query', 'items', 'paging'])
  return {
    request: requestIn(fields, ['GET'], placeholders),
    items: readPointer(fields.need('items', 'a JSON pointer to the list of branches')),
    paging: readPaging(fields.need('paging', '"kind": none, page, cursor, next_url or link')),
  }
}

const parameter = /^[A-Za-z][\w.[\]-]{0,59}$/

function readPaging(entry: Entry): Paging {
  const fields = entry.fields(['kind', 'parameter', 'first', 'more', 'next'])
  const kind = fields
    .need('kind', 'none, page, cursor, next_url or link')
    .oneOf(['none', 'page', 'cursor', 'next_url', 'link'])
  const takes = {
    none: [],
    link: [],
    page: ['parameter', 'first', 'more'],
    cursor: ['parameter', 'next'],
    next_url: ['next'],
  }
  for (const key of ['parameter', 'first', 'more', 'next'] as const) {
    if (!(takes[kind] as string[]).includes(key))
      fields.get(key)?.fail(`has no meaning for kind "${kind}"`, 'the other keys only')
  }
  if (kind === 'none' || kind === 'link') return { kind }
  const next = () => readPointer(fields.need('next', 'a JSON pointer to what leads to the next page'))
  if (kind === 'next_url') return { kind, next: next() }
  const name = fields
    .need('parameter', 'the name of the query parameter')
    .text(parameter, 'the name of a query parameter')
  if (kind === 'cursor') return { kind, parameter: name, next: next() }
  const first = fields.get('first')?.integer({ from: 0, to: 1 }) ?? 1
  return { kind, parameter: name, first, more: pointer(fields, 'more') }
}

export function readFinding(entry: Entry): Finding | Listing {
  const placeholders = [...accountPlaceholders, 'name' as const]
  const fields = entry.fields(['request', 'query', 'branch', 'absent', 'items', 'paging'])
  if (fields.has('branch') === fields.has('items')) {
    entry.fail('needs one of "branch" and "items"', '"branch" for an answer with one branch, "items" for a list')
  }
  if (fields.has('items')) {
    fields.get('absent')?.fail('has no meaning for a list', '"items" and "paging" only')
    return readListing(entry, placeholders)
  }
  fields.get('paging')?.fail('has no meaning for one branch', '"branch" and "absent" only')
  const absent = fields.get('absent')
  return {
    request: requestIn(fields, ['GET'], placeholders),
    branch: readPointer(fields.need('branch', 'a JSON pointer')),
    absent: absent ? readMeanings(absent, 400, 599) : [{ status: 404 }],
  }
}
