import type { Node, RangeVar } from '../../sql/parser.js'

/** A name as the statement gives it; without a schema it is meant in `public`. */
export interface Name {
  readonly schema?: string
  readonly name: string
}

export function nameOf(relation: RangeVar | undefined): Name {
  return named(relation?.schemaname, relation?.relname)
}

/** A dotted name, as DROP and ALTER TYPE list it: a list, a type name or one word. */
export function nameIn(node: Node | undefined): Name {
  const words = node ? wordsOf(node) : []
  return named(words.at(-2), words.at(-1))
}

/** A name given as its words, as an enum's and a domain's is. */
export function nameFrom(words: readonly Node[] = []): Name {
  return nameIn({ List: { items: [...words] } })
}

export function wordsOf(node: Node): string[] {
  if ('List' in node) return (node.List.items ?? []).flatMap(wordsOf)
  if ('TypeName' in node) return (node.TypeName.names ?? []).flatMap(wordsOf)
  if ('ObjectWithArgs' in node) return (node.ObjectWithArgs.objname ?? []).flatMap(wordsOf)
  if ('ColumnRef' in node) return (node.ColumnRef.fields ?? []).flatMap(wordsOf)
  return 'String' in node ? [node.String.sval ?? ''] : []
}

export function keyOf({ schema, name }: Name): string {
  return JSON.stringify([schema ?? 'public', name])
}

/** As the database writes it: quoted where it must be, `public` left out. */
export function written({ schema, name }: Name): string {
  return schema === undefined || schema === 'public' ? quoted(name) : `${quoted(schema)}.${quoted(name)}`
}

export function quoted(word: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`
}

function named(schema: string | undefined, name = ''): Name {
  return schema === undefined || schema === '' ? { name } : { schema, name }
}
