import type { Column } from './schema.js'
import { kindOf } from './value-kind.js'

/** Column names and what they usually hold; the first that fits wins. In English, German, French and Spanish. */
const byName: readonly (readonly [RegExp, string])[] = [
  [/e.?mail|courriel|correo/, 'email'],
  [/first.?name|given.?name|vorname|prenom|forename/, 'first_name'],
  [/last.?name|sur.?name|family.?name|nachname|apellido/, 'last_name'],
  [/phone|mobile|cell|tel$|^tel|fax|telefon|handy/, 'phone'],
  [/card.?(no|num|nr)|credit.?card|^pan$/, 'credit_card'],
  [/zip|post.?(al)?.?code|plz|postleitzahl/, 'postcode'],
  [/city|town|ort$|ville|ciudad/, 'city'],
  [/address|street|strasse|adresse|direccion|^addr/, 'address'],
  [/company|organi[sz]ation|employer|firma/, 'company'],
  [/(^|_)ip(_|$|addr)|remote.?addr|client.?ip/, 'ip'],
  [/mac.?addr/, 'mac'],
  [/url|website|link|avatar|photo|image/, 'url'],
  [/password|passwd|secret|token|api.?key|hash|salt|session/, 'hash'],
  [/ssn|iban|tax|passport|licen[cs]e|national.?id|account.?(no|num)/, 'hash'],
  [/name/, 'name'],
  [/note|comment|message|body|description|text|bio|remark/, 'redact_text'],
]

const byKind: Readonly<Record<string, string>> = {
  date: 'date_shift',
  timestamp: 'date_shift',
  inet: 'ip',
  mac: 'mac',
  bytes: 'hash',
  json: '{ mask: json }',
  other: 'null',
}

/** A rule to begin with, as it would be written; a person decides. */
export function suggestionFor(column: Column): string {
  const kind = kindOf(column)
  if (kind !== 'text') return byKind[kind] ?? 'constant'
  const name = column.name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
  return byName.find(([pattern]) => pattern.test(name))?.[1] ?? '{ keep: <why it is harmless> }'
}
