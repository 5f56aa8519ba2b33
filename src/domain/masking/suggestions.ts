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
  return hintOf(column.name) ?? '{ keep: <why it is harmless> }'
}

/** The transformer for what a text of this name usually holds; undefined where the name says nothing. */
export function hintOf(name: string): string | undefined {
  return byName.find(([pattern]) => pattern.test(plain(name)))?.[1]
}

const birth = /birth|(^|_)dob(_|$)|born|geburt|geboren|naissance|nacimiento|nascita|nascimento/

/** A date of birth tells people apart even when it is moved by some months. */
export function isBirth(name: string): boolean {
  return birth.test(plain(name))
}

/** Special categories of Article 9 GDPR and their like: a short list of words says everything about a person there. */
const delicate =
  /relig|ethnic|(^|_)race|gender|(^|_)sex(_|$)|sexual|orientation|diagnos|disease|illness|health|medic|allerg|blood|pregnan|disab|union|(^|_)party|politic|nationality|citizen|marital|konfession|geschlecht|familienstand|krank/

export function isDelicate(name: string): boolean {
  return delicate.test(plain(name))
}

function plain(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
}
