import { leavesOf, maskJson, redacted, valuesAt } from './json-mask.js'
import type { JsonPathRule, Mask, Normalisation } from './rules.js'
import type { Column, Table } from './schema.js'
import { type Making, type Proof, type Shape, type Transformer, hmac } from './transformer.js'
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
 * For a SELECT always; for ALTER … USING, which takes no subquery, only where `needsQuery` says no.
 */
export function maskExpression(target: Target, row: RowColumn): string {
  const { column, mask } = target
  const raw = row(column.name)
  if (column.array) {
    const element = scalar(target, 'u.e', row)
    return `CASE WHEN ${raw} IS NULL THEN NULL ELSE
      (SELECT coalesce(array_agg(${element} ORDER BY u.i), '{}') FROM unnest(${raw}) WITH ORDINALITY AS u(e, i)) END`
  }
  if (kindOf(column) === 'json' && mask.transformer === 'json') {
    const made = maskJson(raw, mask, (rule, text) => jsonValue(rule, text, row))
    return `CASE WHEN ${raw} IS NULL THEN NULL ELSE (${made})::${column.type} END`
  }
  return scalar(target, raw, row)
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
  /** `FROM`-clause item `u(value)`, given SQL for the column. */
  readonly values: (column: string) => string
  /** Of the type that the proof's predicate takes. */
  readonly value: string
  readonly proof: Proof
}

/** What there is to prove about a masked column. */
export function partsOf(target: Target, name: string): readonly Part[] {
  const { column, mask } = target
  const proof = known(mask).proof(shapeOf(target))
  const value = kindOf(column) === 'text' ? normalised('u.value', 'none') : 'u.value'
  const values = column.array
    ? (sql: string) => `unnest(${sql}) AS u(value)`
    : (sql: string) => `(SELECT ${sql} AS value) u`
  if (mask.transformer !== 'json') return [{ name, values, value, proof }]
  const paths = mask.paths.map((rule): Part => ({
    name: `${name}: ${rule.path.join('.')}`,
    values: (sql) => `${valuesAt(sql, rule.path)} u`,
    value: 'u.value',
    proof: orRedacted(known(rule.mask).proof(jsonShape(rule))),
  }))
  return mask.rest === 'redact' ? [...paths, restOf(name, paths)] : paths
}

/** Every text and number of the document is one of the paths' or was redacted. */
function restOf(name: string, paths: readonly Part[]): Part {
  const shapes = paths.flatMap(({ proof }) => (proof.kind === 'shape' ? [proof.holds] : []))
  const holds = (value: string) => [plainRest(value), ...shapes.map((shape) => shape(value))].join(' OR ')
  return {
    name: `${name}: everything else`,
    values: (sql) => `${leavesOf(sql)} u`,
    value: 'u.value',
    proof: { kind: 'shape', small: true, holds: (value) => `(${holds(value)})` },
  }
}

const plainRest = (value: string) => `${value} IN ('${redacted}', '0')`

function orRedacted(proof: Proof): Proof {
  if (proof.kind !== 'shape') return proof
  return { ...proof, holds: (value) => `(${plainRest(value)} OR ${proof.holds(value)})` }
}

function scalar(target: Target, raw: string, row: RowColumn): string {
  const kind = kindOf(target.column)
  const shape = shapeOf(target)
  const { mask, normalise } = target
  const value = kind === 'text' ? normalised(raw, normalise) : raw
  const text = kind === 'text' ? value : `(${raw})::text`
  return guarded({ raw, kind, mask }, known(mask).make({ ...shape, value, hmac: digestOf(mask, text), column: row }))
}

function jsonValue(rule: JsonPathRule, text: string, row: RowColumn): string {
  const { mask } = rule
  const value = normalised(text, mask.normalise ?? 'none')
  const made = known(mask).make({ ...jsonShape(rule), value, hmac: digestOf(mask, value), column: row })
  // Never NULL: only texts and numbers of a document come here.
  return `(CASE WHEN ${text} = '' THEN ''::text ELSE ${made} END)::text`
}

/** The value takes part in the digest by group, never by table and column: both ends of a key must map alike. */
function digestOf(mask: Mask, text: string): Making['hmac'] {
  return (part = '', of = text) => hmac(`${mask.group ?? mask.transformer}${part && `/${part}`}`, of)
}

function guarded(of: { raw: string; kind: Shape['kind']; mask: Mask }, made: string): string {
  if (known(of.mask).empties) return made
  const empty = of.kind === 'text' ? ` WHEN (${of.raw})::text = '' THEN ''::text` : ''
  return `CASE WHEN ${of.raw} IS NULL THEN NULL${empty} ELSE ${made} END`
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

function elementType(column: Column): string {
  return column.array ? column.type.replace(/\[\]$/, '') : column.type
}
