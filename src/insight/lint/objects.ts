import type { FindingKind, Severity } from '../../domain/insight.js'
import type { DropStmt, Node, ObjectType, RenameStmt } from '../../sql/parser.js'
import { type Hazard, type Look, growing } from './hazard.js'
import { type Name, nameFrom, nameIn, nameOf, quoted, written } from './names.js'

interface DropRule {
  readonly rule: string
  readonly kind: FindingKind
  readonly severity: Severity
  readonly detail: string
}

const releaseFirst = 'Release code that no longer uses it first, and drop it in a later migration'
const gone = 'Running code that uses it fails.'

const drops: Partial<Record<ObjectType, DropRule>> = {
  OBJECT_TABLE: { rule: 'drop-table', kind: 'data_loss', severity: 'high', detail: `All its rows are gone. ${gone}` },
  OBJECT_FOREIGN_TABLE: { rule: 'drop-foreign-table', kind: 'break', severity: 'high', detail: gone },
  OBJECT_SCHEMA: {
    rule: 'drop-schema',
    kind: 'data_loss',
    severity: 'high',
    detail: `All that is in it is gone. ${gone}`,
  },
  OBJECT_VIEW: { rule: 'drop-view', kind: 'break', severity: 'high', detail: gone },
  OBJECT_MATVIEW: { rule: 'drop-materialized-view', kind: 'break', severity: 'high', detail: gone },
  OBJECT_SEQUENCE: { rule: 'drop-sequence', kind: 'break', severity: 'medium', detail: gone },
  OBJECT_FUNCTION: { rule: 'drop-function', kind: 'break', severity: 'medium', detail: gone },
  OBJECT_PROCEDURE: { rule: 'drop-function', kind: 'break', severity: 'medium', detail: gone },
  OBJECT_TYPE: { rule: 'drop-type', kind: 'data_loss', severity: 'low', detail: gone },
  OBJECT_DOMAIN: { rule: 'drop-type', kind: 'data_loss', severity: 'low', detail: gone },
  OBJECT_EXTENSION: { rule: 'drop-extension', kind: 'data_loss', severity: 'low', detail: gone },
}

/** What DROP takes away, object by object; DROP INDEX is with the indexes. */
export function dropObjects({ removeType, objects = [], behavior }: DropStmt, { history }: Look): Hazard[] {
  const found = removeType && drops[removeType]
  if (!found) return []
  const { rule, kind, severity, detail } = found
  const cascade = behavior === 'DROP_CASCADE'
  const standsIn = kind === 'break'
  return objects
    .map(nameIn)
    .filter((name) => !history.isMade(name) && !(standsIn && history.isRemade(name)))
    .map((name) => ({
      ...{ rule, kind },
      // CASCADE drops the columns of a type, and a table's foreign keys and views.
      severity: cascade ? 'high' : severity,
      ...(removeType === 'OBJECT_TABLE' ? growing(history.table(name)) : { object: written(name) }),
      detail: cascade
        ? `${detail} CASCADE takes with it all that depends on it, which the statement does not name.`
        : detail,
      advice: cascade
        ? `Drop without CASCADE what you mean to drop. ${releaseFirst}.`
        : `${releaseFirst}, with a copy kept.`,
    }))
}

export function dropDatabase(database: string): Hazard {
  return {
    rule: 'drop-database',
    kind: 'data_loss',
    severity: 'high',
    object: quoted(database),
    detail: 'The whole database is gone.',
    advice: 'Not in a migration.',
  }
}

const renames: Partial<Record<ObjectType, string>> = {
  OBJECT_TABLE: 'rename-table',
  OBJECT_FOREIGN_TABLE: 'rename-table',
  OBJECT_VIEW: 'rename-view',
  OBJECT_MATVIEW: 'rename-view',
  OBJECT_SCHEMA: 'rename-schema',
  OBJECT_SEQUENCE: 'rename-sequence',
  OBJECT_TYPE: 'rename-type',
  OBJECT_DOMAIN: 'rename-type',
  OBJECT_FUNCTION: 'rename-function',
  OBJECT_PROCEDURE: 'rename-function',
}

/** A new name for something that code calls by its old one. Indexes, constraints, triggers and policies have no callers. */
export function rename(statement: RenameStmt, { history }: Look): Hazard[] {
  const { renameType, relation, object, subname, newname = '' } = statement
  if (renameType === 'OBJECT_COLUMN' || renameType === 'OBJECT_ATTRIBUTE') {
    const owner = relation ? nameOf(relation) : nameIn(object)
    if (history.isMade(owner)) return []
    return [renamed('rename-column', owner, `Column ${quoted(subname ?? '')} is now ${quoted(newname)}`)]
  }
  const rule = renameType && renames[renameType]
  const name = relation ? nameOf(relation) : object ? nameIn(object) : { name: subname ?? '' }
  if (renameType === 'OBJECT_TABLE') history.rename(name, newname)
  if (!rule || history.isMade(name) || history.isRemade(name)) return []
  return [renamed(rule, name, `It is now ${quoted(newname)}`)]
}

/** ALTER … SET SCHEMA: the same as a new name. */
export function setSchema(name: Name, schema: string, { history }: Look): Hazard[] {
  if (history.isMade(name) || history.isRemade(name)) return []
  return [renamed('set-schema', name, `It is now in schema ${quoted(schema)}`)]
}

function renamed(rule: string, name: Name, what: string): Hazard {
  return {
    rule,
    kind: 'break',
    severity: 'high',
    object: written(name),
    detail: `${what}: running code that uses the old name fails at once.`,
    advice:
      rule === 'rename-column'
        ? 'Add a column of the new name, keep both in step with a trigger, let the code change over, drop the old one.'
        : 'Make a view or alias of the old name in the same transaction, until no code uses it.',
  }
}

/** Names that the statement makes: tables and all that may stand in for something dropped. */
export function namesMade(node: Node): { tables: Name[]; others: Name[] } {
  if ('CreateStmt' in node) return { tables: [nameOf(node.CreateStmt.relation)], others: [] }
  if ('CreateTableAsStmt' in node)
    return { tables: [nameOf(node.CreateTableAsStmt.into?.rel)], others: [nameOf(node.CreateTableAsStmt.into?.rel)] }
  if ('SelectStmt' in node && node.SelectStmt.intoClause)
    return { tables: [nameOf(node.SelectStmt.intoClause.rel)], others: [] }
  const other = (name: Name) => ({ tables: [], others: [name] })
  if ('IndexStmt' in node && node.IndexStmt.idxname) {
    const { relation, idxname: name } = node.IndexStmt
    return other({ ...nameOf(relation), name })
  }
  if ('ViewStmt' in node) return other(nameOf(node.ViewStmt.view))
  if ('CreateSeqStmt' in node) return other(nameOf(node.CreateSeqStmt.sequence))
  if ('CreateSchemaStmt' in node) return other({ name: node.CreateSchemaStmt.schemaname ?? '' })
  const named = (names: readonly Node[] = []) => other(nameFrom(names))
  if ('CreateEnumStmt' in node) return named(node.CreateEnumStmt.typeName)
  if ('CreateDomainStmt' in node) return named(node.CreateDomainStmt.domainname)
  if ('CompositeTypeStmt' in node) return other(nameOf(node.CompositeTypeStmt.typevar))
  if ('CreateFunctionStmt' in node) return named(node.CreateFunctionStmt.funcname)
  return { tables: [], others: [] }
}
