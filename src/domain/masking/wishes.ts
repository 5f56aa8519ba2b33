import type { DocumentFindings } from './document-tally.js'
import { hintOf, isBirth, isDelicate } from './suggestions.js'
import type { Findings } from './tally.js'
import type { ValueKind } from './transformer.js'

/** A rule as a person would write it. */
export type Written = string | Readonly<Record<string, string | number | boolean>> | WrittenDocument

/** Of the transformer `json`: what becomes of each path, and why. */
export interface WrittenDocument {
  readonly mask: 'json'
  readonly paths: ReadonlyMap<string, { readonly rule: string; readonly why: string }>
}

/** What a column may become, and why; the first that can be done is drafted. */
export type Wish =
  | { readonly kind: 'mask'; readonly rule: Written; readonly why: string }
  | { readonly kind: 'harmless'; readonly why: string }
  | { readonly kind: 'keep'; readonly why: string }

/** Everything that is known of a column before its rule is drafted. */
export interface Place {
  readonly name: string
  readonly kind: ValueKind
  readonly array: boolean
  /** Type under domains, such as `tsvector`. */
  readonly base: string
  readonly partitionKey: boolean
  /** A CHECK constraint lists the values that it takes. */
  readonly listed: boolean
  /** A column that refers to it shows a short list of words. */
  readonly lookedUp: boolean
  /** The whole-number primary key of its table, where a text made from it fits into the column. */
  readonly integerKey: string | undefined
  /** Absent where the values were not read. */
  readonly findings?: Findings | undefined
  readonly documents?: DocumentFindings | undefined
}

/** By what a column's values are as a whole: from which share on, and what masks them. */
const byKind: readonly (readonly [kind: string, atLeast: number, rule: string])[] = [
  ['email', 0.5, 'email'],
  ['IBAN', 0.5, 'hash'],
  ['payment card', 0.6, 'credit_card'],
  ['US social security number', 0.6, 'hash'],
  ['MAC address', 0.6, 'mac'],
  ['IPv6 address', 0.6, 'ip'],
  ['IPv4 address', 0.6, 'ip'],
  ['UUID', 0.8, 'uuid'],
  ['URL', 0.8, 'url'],
  ['phone number', 0.6, 'phone'],
]

/** Numbers with a check digit: by chance one in ten has it, four in five never. */
const nationalShare = 0.8
/** Fewer finds than this are chance. */
const fewest = 3
/** Values below which a short list of words proves nothing, and how often each word must come. */
const listValues = 100
const listTimes = 5
const longestWord = 40

/** Transformers that make sense inside a document, where whatever else is redacted. */
const forPaths = ['email', 'phone', 'credit_card', 'name', 'first_name', 'last_name', 'company', 'address', 'city', 'postcode', 'ip', 'mac', 'url', 'uuid'] // prettier-ignore

const mask = (rule: Written, why: string): Wish => ({ kind: 'mask', rule, why })

/** What to make of a column, best first. Never `keep` for texts: what nothing speaks for is masked. */
export function wishesFor(place: Place): readonly Wish[] {
  switch (place.kind) {
    case 'text':
      return textWishes(place)
    case 'json':
      return place.array ? [mask('null', 'an array of documents')] : documentWishes(place)
    case 'date':
    case 'timestamp':
      return dateWishes(place)
    case 'inet':
      return [mask('ip', 'by its type'), mask('null', 'an address in a unique index')]
    case 'mac':
      return [mask('mac', 'by its type'), mask('null', 'an address in a unique index')]
    case 'bytes':
      return [mask('hash', 'by its type'), mask('null', 'by its type')]
    case 'number':
      return numberWishes(place)
    case 'uuid':
    case 'enum':
    case 'boolean':
      return []
    case 'other':
      return otherWishes(place)
  }
}

/** A rule for what the values of a text are; undefined where they say nothing clear. */
function clearWish({ name, findings }: Pick<Place, 'name' | 'findings'>): Wish | undefined {
  const found = findings && (kindWish(findings) ?? nationalWish(findings))
  if (found) return found
  const hint = hintOf(name)
  if (hint !== undefined) return mask(hint, `by its name${tellInside(findings)}`)
  return findings && nameWish(findings)
}

/** `98 %`; never rounded up to all or down to none. */
function percent(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1 %'
  return `${Math.floor(share * 100)} %`
}

function textWishes(place: Place): readonly Wish[] {
  const { findings, name } = place
  const last = lastResorts(place)
  if (place.listed) return [{ kind: 'harmless', why: 'its CHECK constraint lists the values' }, ...last]
  const clear = clearWish(place)
  if (clear) return [clear, ...because(last, clear.why)]
  if (isDelicate(name))
    return [mask('redact_text', 'by its name: a delicate matter'), ...because(last, 'delicate by its name')]
  if (isBirth(name)) return [mask('redact_text', 'by its name: a date of birth'), ...because(last, 'by its name')]
  const inside = tellInside(findings)
  if (findings && inside !== '') {
    const why = inside.replace(/^, /, '')
    return [mask(findings.wordy > 0 || findings.opaque < 1 ? 'redact_text' : 'hash', why), ...because(last, why)]
  }
  if (place.lookedUp) return [{ kind: 'harmless', why: 'a short list of words that other rows refer to' }, ...last]
  if (findings && isList(findings))
    return [{ kind: 'harmless', why: `${findings.distinct} different values in ${count(findings)}` }, ...last]
  if (!findings || findings.values === 0)
    return [mask('redact_text', 'no values were seen'), ...because(last, 'no values were seen')]
  if (findings.opaque >= 0.8) return because(last, `codes without a finding in ${count(findings)}`)
  const why = `text without a finding in ${count(findings)}`
  return [mask('redact_text', why), ...because(last, why)]
}

/** For what has to be masked, whatever it is; the first that the column takes. */
function lastResorts({ integerKey }: Place): readonly Wish[] {
  // Short unique codes have no room for a digest; the key of the row makes them unique as well.
  const byRow: Wish[] =
    integerKey === undefined
      ? []
      : [mask({ mask: 'template', text: `X{${integerKey}}`, allow_uniqueness_loss: true }, 'no finding')]
  return [
    mask('hash', 'no finding'),
    mask('redact_text', 'no finding'),
    ...byRow,
    mask('null', 'no finding'),
    mask({ mask: 'constant', value: 'x' }, 'no finding'),
  ]
}

const because = (wishes: readonly Wish[], why: string) => wishes.map((wish) => ({ ...wish, why }))

/** Whether few different words of a program come again and again. */
export function isList(findings: Findings): boolean {
  const { distinct, rarest, values, longest, inside, names, coded } = findings
  const named = names.full + names.first + names.last > 0
  return (
    distinct !== undefined &&
    values >= listValues &&
    rarest >= listTimes &&
    longest <= longestWord &&
    coded &&
    inside.size === 0 &&
    !named
  )
}

function kindWish({ whole, ...findings }: Findings): Wish | undefined {
  const found = byKind.find(([kind, atLeast]) => isEnough(whole.get(kind), atLeast, findings.values))
  return found && mask(found[2], `${found[0]} in ${percent(whole.get(found[0]) ?? 0)} of ${count(findings)}`)
}

function nationalWish({ whole, values }: Pick<Findings, 'whole' | 'values'>): Wish | undefined {
  const usual = new Set(byKind.map(([kind]) => kind))
  const [best] = [...whole].filter(([kind]) => !usual.has(kind)).toSorted((a, b) => b[1] - a[1])
  if (!best || !isEnough(best[1], nationalShare, values)) return undefined
  return mask('hash', `${best[0]} in ${percent(best[1])} of ${count({ values })}`)
}

function nameWish({ names, values }: Findings): Wish | undefined {
  const looks = [
    ['name', names.full, 0.15, 'names of people'],
    ['first_name', names.first, 0.25, 'first names'],
    ['last_name', names.last, 0.15, 'last names'],
  ] as const
  const found = looks.find(([, share, atLeast]) => isEnough(share, atLeast, values))
  return found && mask(found[0], `frequent ${found[3]} in ${percent(found[1])} of ${count({ values })}`)
}

function isEnough(share: number | undefined, atLeast: number, values: number): boolean {
  return share !== undefined && share >= atLeast && share * values >= fewest
}

function tellInside(findings: Findings | undefined): string {
  const [best] = [...(findings?.inside ?? [])].toSorted((a, b) => b[1] - a[1])
  return findings && best ? `, ${best[0]} within ${percent(best[1])} of ${count(findings)}` : ''
}

/** Values that were looked at, in words. */
function count({ values }: Pick<Findings, 'values'>): string {
  return `${values} sampled value${values === 1 ? '' : 's'}`
}

function documentWishes({ documents }: Place): readonly Wish[] {
  const whole = [mask({ mask: 'constant', value: '{}' }, ''), mask('null', '')]
  if (documents?.keysAreData)
    return because(whole, 'keys that are data themselves, which a mask of the values would leave')
  const paths = [...(documents?.paths ?? [])].flatMap(([path, findings]) => {
    const name = path.replaceAll('[*]', '').split('.').at(-1) ?? ''
    const wish = clearWish({ name, findings })
    const fits = wish?.kind === 'mask' && typeof wish.rule === 'string' && forPaths.includes(wish.rule)
    return fits ? [[path, { rule: String(wish.rule), why: wish.why }] as const] : []
  })
  const seen = documents ? `${documents.documents} sampled documents` : 'documents that were not read'
  const why = `${seen}; what no path names is redacted`
  const rule: Written = paths.length === 0 ? 'json' : { mask: 'json', paths: new Map(paths) }
  return [mask(rule, why), ...because(whole.toReversed(), `documents in a unique index`)]
}

function dateWishes({ name, partitionKey }: Place): readonly Wish[] {
  const birth = isBirth(name) ? [mask({ mask: 'generalise', unit: 'year' }, 'by its name: a date of birth')] : []
  const kept: Wish[] = partitionKey ? [{ kind: 'keep', why: 'part of the partition key, which cannot change' }] : []
  return [...birth, mask('date_shift', 'all rows move back alike'), mask('null', 'cannot be moved'), ...kept]
}

/** Numbers need no rule; the few that are a card or a national number do. */
function numberWishes({ findings }: Place): readonly Wish[] {
  if (!findings) return []
  const { whole, values } = findings
  const cards = isEnough(whole.get('payment card'), nationalShare, values)
  const why = cards
    ? `payment card in ${percent(whole.get('payment card') ?? 0)} of ${count(findings)}`
    : nationalWish(findings)?.why
  return why === undefined ? [] : [mask('null', why), mask({ mask: 'constant', value: 0 }, why)]
}

/** Empty values of types that nothing else can make. */
const empties: Readonly<Record<string, string>> = {
  tsvector: '', tsquery: '', hstore: '', ltree: '', lquery: '', ltxtquery: '', xml: '<redacted/>', jsonpath: '$', point: '(0,0)', box: '(0,0),(0,0)',
  lseg: '(0,0),(0,0)', line: '{0,1,0}', path: '((0,0))', polygon: '((0,0))', circle: '<(0,0),0>', daterange: 'empty', tsrange: 'empty',
  tstzrange: 'empty', datemultirange: '{}', tsmultirange: '{}', tstzmultirange: '{}',
} // prettier-ignore

function otherWishes({ base }: Place): readonly Wish[] {
  const why = 'of a type whose values cannot be masked'
  const empty = empties[base]
  return [mask('null', why), ...(empty === undefined ? [] : [mask({ mask: 'constant', value: empty }, why)])]
}
