import type { SeedColumn, SeedKey, SeedReference, SeedSchema, SeedTable } from '../../../src/domain/synthetic/schema.js'

/** A column of this base type that takes NULL and has no constraint, with the given changes. */
export function columnOf(name: string, base: string, change: Partial<SeedColumn> = {}): SeedColumn {
  return {
    number: 1,
    name,
    type: change.array ? `${base}[]` : base,
    base,
    baseKind: 'b',
    array: false,
    length: null,
    precision: null,
    scale: null,
    labels: [],
    notNull: false,
    generated: false,
    fallback: 'none',
    sequence: undefined,
    limits: {},
    ...change,
  }
}

/** An empty table of schema `public`; its columns are numbered from 1, and its id is its name. */
export function tableOf(name: string, columns: readonly SeedColumn[], change: Partial<SeedTable> = {}): SeedTable {
  return {
    id: name,
    schema: 'public',
    name,
    sql: `public.${name}`,
    rows: 0,
    ledger: undefined,
    columns: columns.map((column, at) => ({ ...column, number: at + 1 })),
    ...change,
  }
}

/** A database of these tables, without anything else. */
export function schemaOf(tables: readonly SeedTable[], change: Partial<SeedSchema> = {}): SeedSchema {
  return { tables, keys: [], references: [], ...change }
}

/** `orders_key (1, 2)`. */
export function keyOf(table: string, columns: readonly number[], avoidedBy?: SeedKey['avoidedBy']): SeedKey {
  return { name: `${table}_key`, table, columns, avoidedBy }
}

/** A foreign key by the columns of one number each, unless more are given. */
export function referenceOf(
  [table, ...columns]: readonly [string, ...number[]],
  [target, ...targetColumns]: readonly [string, ...number[]],
): SeedReference {
  return { name: `${table}_to_${target}`, table, columns, target, targetColumns }
}
