import type { DropStmt, IndexStmt, ReindexStmt } from '../../sql/parser.js'
import { type Hazard, type Look, growing } from './hazard.js'
import { nameIn, nameOf, quoted, written } from './names.js'

export function createIndex({ relation, idxname, concurrent }: IndexStmt, { history }: Look): Hazard[] {
  const table = history.table(nameOf(relation))
  // ON ONLY a partitioned table reads no row: its partitions get their indexes one by one.
  const parentOnly = relation?.inh !== true && table.facts?.partitioned === true
  if (concurrent || table.made || parentOnly) return []
  return [
    {
      rule: 'create-index',
      kind: 'lock',
      severity: 'medium',
      ...growing(table),
      detail: `Nobody can write the table while index ${quoted(idxname ?? '')} is built.`.replace(' ""', ''),
      advice: table.facts?.partitioned
        ? 'CREATE INDEX ON ONLY the parent, CREATE INDEX CONCURRENTLY on each partition, then ALTER INDEX … ATTACH PARTITION.'
        : 'CREATE INDEX CONCURRENTLY, outside a transaction.',
    },
  ]
}

export function dropIndex({ objects = [], concurrent }: DropStmt, { history }: Look): Hazard[] {
  if (concurrent) return []
  return objects
    .map(nameIn)
    .filter((name) => !history.isMade(name))
    .map((name) => ({
      rule: 'drop-index',
      kind: 'lock',
      severity: 'medium',
      object: written(name),
      detail:
        'It waits for every query on the table, and all that come after wait behind it; then nobody can read or write the table to the end of the transaction.',
      advice: 'DROP INDEX CONCURRENTLY, outside a transaction.',
    }))
}

const wide = {
  REINDEX_OBJECT_SCHEMA: 'the schema',
  REINDEX_OBJECT_DATABASE: 'the database',
  REINDEX_OBJECT_SYSTEM: 'the catalog',
}

export function reindex({ relation, name, kind, params = [] }: ReindexStmt, { history }: Look): Hazard[] {
  if (params.some((param) => 'DefElem' in param && param.DefElem.defname === 'concurrently')) return []
  const table = history.table(nameOf(relation))
  if (table.made) return []
  const many = wide[kind as keyof typeof wide] as string | undefined
  return [
    {
      rule: 'reindex',
      kind: 'lock',
      severity: many ? 'high' : 'medium',
      ...(many ? { object: quoted(name ?? '') } : growing(table)),
      detail: `Nobody can write ${many ? `any table of ${many}` : 'the table'} while its index is built anew, nor run a query that plans with the index.`,
      advice: 'REINDEX … CONCURRENTLY, outside a transaction.',
    },
  ]
}
