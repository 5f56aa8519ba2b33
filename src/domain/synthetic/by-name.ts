import type { WordKind } from './words.js'

/** What the name of a text column stands for; the first that fits. Names come in snake case. */
const texts: readonly (readonly [RegExp, WordKind])[] = [
  [/(^|_)e?mail(_address)?$/, 'email'],
  [/(^|_)(first|given|fore)_?name$/, 'first_name'],
  [/(^|_)(last|family|sur)_?name$/, 'last_name'],
  [/(^|_)(full|display|contact|customer|user|author|owner|billing|shipping|recipient)_?name$/, 'full_name'],
  [/(^|_)(user_?name|login|nick|nickname|handle)$/, 'username'],
  [/(^|_)(phone|mobile|tel|telephone|fax)(_number)?$/, 'phone'],
  [/(^|_)(company|organi[sz]ation|employer|vendor|supplier|brand|manufacturer)(_name)?$/, 'company'],
  [/(^|_)(job|job_title|position|occupation|profession)$/, 'job'],
  [/(^|_)(street|address|address_?line_?[12]|line_?[12]|addr)$/, 'street'],
  [/(^|_)(city|town)$/, 'city'],
  [/(^|_)(province|region|county)$/, 'state'],
  [/(^|_)country_?(code|iso)$/, 'country_code'],
  [/(^|_)country(_name)?$/, 'country'],
  [/(^|_)(zip|zip_?code|postcode|postal_?code|plz)$/, 'postcode'],
  [/(^|_)(url|uri|website|homepage|link|avatar|image|photo|picture|thumbnail)(_url)?$/, 'url'],
  [/(^|_)(host|hostname|domain)$/, 'host'],
  [/(^|_)ip(_address)?$/, 'ip'],
  [/(^|_)(department|category|genre|section)(_name)?$/, 'department'],
  [/(^|_)colou?r$/, 'colour'],
  [/(^|_)currency(_code)?$/, 'currency'],
  [/(^|_)(locale|language|lang)$/, 'locale'],
  [/(^|_)slug$/, 'slug'],
  [/(^|_)(sku|code|reference|ref|number|barcode|serial|external_id)$/, 'code'],
  [/(token|hash|digest|password|secret|api_?key|checksum|fingerprint|etag)/, 'token'],
  [/(^|_)(product)(_name)?$/, 'product'],
  [/(^|_)(title|subject|headline|label|caption)$/, 'title'],
  [/(^|_)(body|content|text|article|biography)$/, 'paragraph'],
  [/(^|_)(note|notes|comment|comments|description|summary|message|bio|remark|remarks|reason|details?)$/, 'lorem'],
  [/(^|_)(kind|type|tag|topic|key|group|status|state|role|level)$/, 'word'],
]

/** What the name of a table's rows is, by what the table is called. */
const names: readonly (readonly [RegExp, WordKind])[] = [
  [
    /(person|people|user|customer|employee|contact|member|author|student|teacher|patient|client|driver|guest)s?$/,
    'full_name',
  ],
  [
    /(compan(y|ies)|organi[sz]ations?|tenants?|vendors?|suppliers?|brands?|accounts?|teams?|stores?|shops?)$/,
    'company',
  ],
  [/(cit(y|ies)|towns?)$/, 'city'],
  [/countr(y|ies)$/, 'country'],
  [/(categor(y|ies)|departments?)$/, 'department'],
  [/(tags?|roles?|labels?|topics?|types?|permissions?)$/, 'word'],
]

/** `firstName` and `first-name` as `first_name`. */
export function snake(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^\p{L}\d]+/gu, '_')
    .toLowerCase()
}

/** Undefined where the name says nothing. */
export function wordsByName(table: string, column: string): WordKind | undefined {
  const name = snake(column)
  if (name === 'name') return names.find(([pattern]) => pattern.test(snake(table)))?.[1] ?? 'product'
  if (name === 'title' && /(product|item|article|good)s?$/.test(snake(table))) return 'product'
  return texts.find(([pattern]) => pattern.test(name))?.[1] ?? (name.endsWith('_name') ? 'title' : undefined)
}

/** What is left of a column's name without the part about the person: `billing` of `billing_email`. */
export function personOf(column: string): string {
  return snake(column).replace(
    /_?(e?mail(_address)?|(first|last|full|family|given|sur|display|fore|user)?_?name|login|nick(name)?|handle)$/,
    '',
  )
}

export interface NumberRange {
  readonly from: number
  readonly to: number
  /** Places after the point. */
  readonly scale: number
}

const numbers: readonly (readonly [RegExp, NumberRange])[] = [
  [/(^|_)(quantity|qty|amount_of|pieces)$/, { from: 1, to: 10, scale: 0 }],
  [/(^|_)(rating|stars|priority)$/, { from: 1, to: 5, scale: 0 }],
  [/(^|_)age$/, { from: 18, to: 90, scale: 0 }],
  [/(^|_)year$/, { from: 1990, to: 2025, scale: 0 }],
  [/(^|_)month$/, { from: 1, to: 12, scale: 0 }],
  [/(^|_)day$/, { from: 1, to: 28, scale: 0 }],
  [/(^|_)(percent|percentage|discount|score|progress)$/, { from: 0, to: 100, scale: 0 }],
  [/(^|_)(rate|ratio|tax|vat|probability)$/, { from: 0, to: 1, scale: 2 }],
  [/(^|_)lat(itude)?$/, { from: -90, to: 90, scale: 6 }],
  [/(^|_)(lon|lng|long|longitude)$/, { from: -180, to: 180, scale: 6 }],
  [/(price|amount|total|cost|fee|balance|salary|sum|net|gross)(_cents)?$/, { from: 1, to: 500, scale: 2 }],
  [/(^|_)(position|line|ordinal|rank|sort|sort_order|seq|no)$/, { from: 1, to: 100, scale: 0 }],
]

export function numbersByName(column: string): NumberRange {
  return numbers.find(([pattern]) => pattern.test(snake(column)))?.[1] ?? { from: 1, to: 1000, scale: 2 }
}

/** The column that a date should lie behind, of those the table has: `updated_at` follows `created_at`. */
export function precedingName(column: string, all: readonly string[]): string | undefined {
  const pairs: readonly (readonly [RegExp, string])[] = [
    [/updated|modified|changed|deleted|archived/, 'created'],
    [/end(s|ed)?(?=_|$)/, 'start'],
    [/(?<=^|_)(to|until|till)(?=_|$)/, 'from'],
    [/shipped|delivered|paid|cancell?ed/, 'ordered'],
  ]
  const later = snake(column)
  const [pattern, earlier] = pairs.find(([each]) => each.test(later)) ?? []
  if (!pattern || earlier === undefined) return undefined
  const rest = (name: string, taken: RegExp) => name.replace(taken, '').split('_').filter(Boolean).join('_')
  const about = rest(later, pattern)
  return all.find((name) => {
    const other = snake(name)
    const same = rest(other, new RegExp(`${earlier}(s|ed)?`))
    return other.includes(earlier) && (same === about || same === about.replace(/(^|_)at$/, ''))
  })
}
