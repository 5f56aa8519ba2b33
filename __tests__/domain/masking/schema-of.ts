import type { Column, Dependent, DependentKind, ForeignKey, Schema, Table } from '../../../src/domain/masking/schema.js'

/** A column of type text, with the given changes. */
export function columnOf(name: string, change: Partial<Column> = {}): Column {
  return {
    number: 1,
    name,
    type: 'text',
    base: 'text',
    baseSchema: 'pg_catalog',
    baseKind: 'b',
    array: false,
    length: null,
    labels: [],
    notNull: false,
    generated: '',
    expression: null,
    reads: [],
    collation: null,
    nondeterministic: false,
    storage: null,
    compression: null,
    inherited: false,
    ...change,
  }
}

/** A table of schema `public` with a hundred rows; its columns are numbered from 1, and its id is its name. */
export function tableOf(name: string, columns: readonly Column[], change: Partial<Table> = {}): Table {
  return {
    id: name,
    schema: 'public',
    name,
    sql: `public.${name}`,
    kind: 'table',
    parents: [],
    rows: 100,
    size: 0,
    columns: columns.map((column, at) => ({ ...column, number: at + 1 })),
    droppedColumns: 0,
    partitionColumns: [],
    ledger: undefined,
    ours: true,
    typed: false,
    forcesRowSecurity: false,
    ...change,
  }
}

/** A database of these tables, without anything else. */
export function schemaOf(tables: readonly Table[], change: Partial<Schema> = {}): Schema {
  return {
    server: { version: 180_000, superuser: true, role: 'owner' },
    tables,
    uniques: [],
    foreignKeys: [],
    dependents: [],
    largeObjects: 0,
    userMappings: [],
    labels: [],
    ...change,
  }
}

/** A foreign key between the first columns, with the given changes. */
export function foreignOf(table: string, target: string, change: Partial<ForeignKey> = {}): ForeignKey {
  return {
    id: `${table}-${target}`,
    name: `${table}_fkey`,
    table,
    columns: [1],
    target,
    targetColumns: [1],
    operators: ['='],
    definition: '',
    comment: null,
    ...change,
  }
}

/** What stands on columns such as `t.1`; a view is its own relation. */
export function dependentOf(
  kind: DependentKind,
  name: string,
  relation: string,
  ...uses: readonly string[]
): Dependent {
  const read = uses.map((use) => ({ relation: use.split('.')[0] ?? '', column: Number(use.split('.')[1]) }))
  return { kind, id: name, name, relation, uses: read }
}
