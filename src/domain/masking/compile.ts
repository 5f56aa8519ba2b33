import { leavesOf, maskJson, otherValuesAt, redacted, valueAt, valuesAt, withoutValues } from './json-mask.js'
import type { JsonPathRule, Mask, Normalisation } from './rules.js'
import type { Column, Table } from './schema.js'
import { identifier } from './sql-text.js'
import { type Making, type Pads, type Proof, type Shape, type Transformer, hmac, padsOfEachRow } from './transformer.js'
import { transformerOf } from './transformers.js'
import { kindOf } from './value-kind.js'

/** A column and how its values are to be masked. */
export interface Target {
  readonly column: Column
  readonly mask: Mask
  readonly normalise: Normalisation
  /** Characters that both ends of a foreign key can hold. */
  readonly length: number | undefined
}

export interface MaskedColumn {
  readonly table: Table
  readonly target: Target
}

/** SQL for a column of the row, such as `t."email"` or `$1`. */
export type RowColumn = (name: string) => string

/**
 * The masked value of one column as an inline expression. NULL stays NULL and an empty text stays empty.
 * For a SELECT always; for ALTER … USING, which takes no subquery, only where `needsQuery` says no and not with
 * `padsOfQuery`.
 */
export function maskExpression(target: Target, row: RowColumn, pads = padsOfEachRow): string {
  const { column, mask } = target
  const raw = row(column.name)
  const from: Source = { row, pads }
  if (column.array) {
    // A bare NULL has no type, and PostgreSQL makes no array of it.
    const element = known(mask).empties ? `NULL::${elementType(column)}` : scalar(target, 'u.e', from)
    return `CASE WHEN num_nulls(${raw}) = 1 THEN NULL ELSE
      (SELECT coalesce(array_agg(${element} ORDER BY u.i), '{}') FROM unnest(${raw}) WITH ORDINALITY AS u(e, i)) END`
  }
  if (mask.transformer === 'json') {
    const made = maskJson(raw, mask, (rule, text) => jsonValue(rule, text, from))
    return `CASE WHEN num_nulls(${raw}) = 1 THEN NULL ELSE (${made})::${column.type} END`
  }
  return scalar(target, raw, from)
}

/** Where an expression takes other columns and the key from. */
interface Source {
  readonly row: RowColumn
  readonly pads: Pads
}

/** Whether the expression holds a subquery. */
export function needsQuery({ column, mask }: Target): boolean {
  return column.array || mask.paths.some((rule) => rule.path.includes('*'))
}

/** Columns of the row that the expression reads, its own first. */
export function columnsRead({ column, mask }: Target): readonly string[] {
  const all = [mask, ...mask.paths.map((rule) => rule.mask)]
  const others = all.flatMap((rule) => known(rule).reads?.(rule.parameters) ?? [])
  return [...new Set([column.name, ...others])]
}

export function shapeOf({ column, mask, length }: Target): Shape {
  return { kind: kindOf(column), type: elementType(column), length, parameters: mask.parameters }
}

/** A path's value is a text whatever it was. */
export function jsonShape({ mask }: JsonPathRule): Shape {
  return { kind: 'text', type: 'text', length: undefined, parameters: mask.parameters }
}

/** One kind of values inside a column, and how each of them proves that it is masked. */
export interface Part {
  /** Such as `customers.profile: contact.email`. */
  readonly name: string
  /**
   * Where a row has one such value at most: the expression of it, given SQL for the column; NULL where the row has none
   * or has to be looked into by `values`.
   */
  readonly single?: (column: string) => string
  /** `FROM`-clause item `u(value)` with the values that `single` does not give; undefined where there are none. */
  readonly values?: (column: string) => string
  /** The value in the type that the proof's predicate takes. */
  readonly typed: (value: string) => string
  readonly proof: Proof
}

/** What there is to prove about a masked column. */
export function partsOf(target: Target, name: string): readonly Part[] {
  const { column, mask } = target
  const proof = known(mask).proof(shapeOf(target))
  const typed = (value: string) => (kindOf(column) === 'text' ? normalised(value, 'none') : value)
  const itself = (value: string) => value
  if (mask.transformer !== 'json') {
    return [
      column.array
        ? { name, values: (sql) => `unnest(${sql}) AS u(value)`, typed, proof }
        : { name, single: itself, typed, proof },
    ]
  }
  const paths = mask.paths.map(({ path, ...rule }): Part => ({
    name: `${name}: ${path.join('.')}`,
    ...(path.includes('*') ? {} : { single: (sql: string) => valueAt(sql, path) }),
    values: (sql) => `${path.includes('*') ? valuesAt(sql, path) : otherValuesAt(sql, path)} u`,
    typed: itself,
    proof: orRedacted(known(rule.mask).proof(jsonShape({ path, ...rule }))),
  }))
  return mask.rest === 'redact' ? [...paths, restOf(name, paths)] : paths
}

/** What is left of a document without the values at its paths that prove themselves by their shape. */
export function unprovenOf({ mask }: Target, document: string): string {
  const proven = mask.paths.filter(
    (rule) => !rule.path.includes('*') && known(rule.mask).proof(jsonShape(rule)).kind === 'shape',
  )
  return withoutValues(
    document,
    proven.map(({ path }) => path),
  )
}

/** Every text and number of the document is one of the paths' or was redacted. */
function restOf(name: string, paths: readonly Part[]): Part {
  const shapes = paths.flatMap(({ proof }) => (proof.kind === 'shape' ? [proof.holds] : []))
  const holds = (value: string) => [plainRest(value), ...shapes.map((shape) => shape(value))].join(' OR ')
  return {
    name: `${name}: everything else`,
    values: (sql) => `${leavesOf(sql)} u`,
    typed: (value) => value,
    proof: { kind: 'shape', small: true, holds: (value) => `(${holds(value)})` },
  }
}

const plainRest = (value: string) => `${value} IN ('${redacted}', '0')`

function orRedacted(proof: Proof): Proof {
  if (proof.kind !== 'shape') return proof
  return { ...proof, holds: (value) => `(${plainRest(value)} OR ${proof.holds(value)})` }
}

function scalar(target: Target, raw: string, { row, pads }: Source): string {
  const kind = kindOf(target.column)
  const shape = shapeOf(target)
  const { mask, normalise } = target
  const value = kind === 'text' ? normalised(raw, normalise) : raw
  const text = kind === 'text' ? value : `(${raw})::text`
  return guarded(
    { raw, kind, mask },
    known(mask).make({ ...shape, value, hmac: digestOf(mask, text, pads), column: row }),
  )
}

function jsonValue(rule: JsonPathRule, text: string, { row, pads }: Source): string {
  const { mask } = rule
  const value = normalised(text, mask.normalise ?? 'none')
  const made = known(mask).make({ ...jsonShape(rule), value, hmac: digestOf(mask, value, pads), column: row })
  // Never NULL: only texts and numbers of a document come here.
  return `(CASE WHEN ${text} = '' THEN ''::text ELSE ${made} END)::text`
}

/** The value takes part in the digest by group, never by table and column: both ends of a key must map alike. */
function digestOf(mask: Mask, text: string, pads: Pads): Making['hmac'] {
  return (part = '', of = text) => hmac(pads, `${mask.group ?? mask.transformer}${part && `/${part}`}`, of)
}

function guarded(of: { raw: string; kind: Shape['kind']; mask: Mask }, made: string): string {
  if (known(of.mask).empties) return made
  const empty = of.kind === 'text' ? ` WHEN (${of.raw})::text = '' THEN ''::text` : ''
  return `CASE WHEN num_nulls(${of.raw}) = 1 THEN NULL${empty} ELSE ${made} END`
}

/** The cast to text comes first: citext and nondeterministic collations know no regular expressions. */
function normalised(raw: string, how: Normalisation): string {
  const text = `((${raw})::text COLLATE pg_catalog."default")`
  const trimmed = how === 'trim' || how === 'lower_trim' ? `btrim(${text})` : text
  return how === 'lower' || how === 'lower_trim' ? `lower(${trimmed})` : trimmed
}

/** @throws Error for a transformer that the parser would have refused. */
export function known(mask: Mask): Transformer {
  const transformer = transformerOf(mask.transformer)
  if (!transformer) throw new Error(`There is no transformer ${mask.transformer}.`)
  return transformer
}

/** A domain over an array does not say what its elements are. */
function elementType({ array, type, base, baseSchema }: Column): string {
  if (!array) return type
  return type.endsWith('[]') ? type.slice(0, -'[]'.length) : `${identifier(baseSchema)}.${identifier(base)}`
}
