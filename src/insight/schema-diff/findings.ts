import { type Finding, byDanger } from '../../domain/insight.js'
import type { Detail, SchemaChange, SchemaDiff } from './change.js'

type Told = Pick<Finding, 'rule' | 'kind' | 'severity' | 'detail' | 'advice'>

/**
 * What the difference means for production and for code that runs there: lost values, tables written anew, names that
 * code may use and that are gone. Rules have the names that the look at statements gives them.
 */
export function findingsOfDiff({ changes }: Pick<SchemaDiff, 'changes'>): Finding[] {
  const newTables = new Set(changes.filter(isNewTable).map(({ name }) => name))
  return changes
    .filter(({ object, within }) => !(object === 'column' && within !== undefined && newTables.has(within)))
    .flatMap((change) =>
      judge(change).map((told): Finding => ({
        ...told,
        object: change.object === 'column' ? (change.within ?? change.name) : change.name,
        ...(change.sql.length > 0 && { statement: change.sql.join('; ') }),
        source: 'diff',
      })),
    )
    .toSorted(byDanger)
}

/** Nobody reads or writes it yet, so nothing can be wrong with its columns. */
function isNewTable({ change, object }: SchemaChange): boolean {
  return change === 'added' && (object === 'table' || object === 'foreign table')
}

function judge(change: SchemaChange): Told[] {
  const name = change.details.find(({ what }) => what === 'name')
  if (name) return hasCallers.has(change.object) ? [renamedTold(change, name)] : []
  if (change.change === 'removed') return removed(change)
  return [...(change.object === 'column' ? columnTold(change) : []), ...rewritten(change)]
}

/** What code calls by its name. */
const hasCallers = new Set([
  ...[
    'table',
    'column',
    'view',
    'materialized view',
    'foreign table',
    'sequence',
    'function',
    'procedure',
    'aggregate',
  ],
  ...['schema', 'enum', 'domain', 'composite type', 'range type', 'extension'],
])

function renamedTold({ object }: SchemaChange, { before, after }: Detail): Told {
  return {
    rule: `rename-${object.replaceAll(' ', '-')}`,
    kind: 'break',
    severity: 'high',
    detail: `The ${object} ${before ?? ''} is now ${after ?? ''}: running code that uses the old name fails at once.`,
    advice:
      object === 'column'
        ? 'Add a column of the new name, keep both in step with a trigger, let the code change over, drop the old one.'
        : 'Make a view or alias of the old name in the same transaction, until no code uses it.',
  }
}

function removed({ object, name, dataLoss }: SchemaChange): Told[] {
  const rule = `drop-${object.replaceAll(' ', '-')}`
  if (dataLoss && (object === 'table' || object === 'column')) {
    return [
      {
        rule,
        kind: 'data_loss',
        severity: 'high',
        detail: `The ${object} ${name} is gone, and all that it holds.`,
        advice: 'Release code that no longer uses it first, keep a copy, and drop it in a later migration.',
      },
    ]
  }
  if (!hasCallers.has(object)) return []
  return [
    {
      rule,
      kind: 'break',
      severity: 'medium',
      detail: `The ${object} ${name} is gone: running code that uses it fails.`,
      advice: 'Release code that no longer uses it before this.',
    },
  ]
}

function columnTold({ change, name, details, dataLoss }: SchemaChange): Told[] {
  const detail = (word: string) => details.find(({ what }) => what === word)
  const type = detail('type')
  const told: Told[] = []
  if (change === 'changed' && dataLoss) {
    told.push({
      rule: 'narrow-type',
      kind: 'data_loss',
      severity: 'high',
      detail: type
        ? `Column ${name} goes from ${type.before ?? ''} to ${type.after ?? ''}: a value that does not fit fails the migration or is cut.`
        : `Column ${name} is dropped and made anew: its values are lost.`,
      advice:
        'Add a column of the new kind, fill it in batches, look at what does not fit, then let readers change over.',
    })
  }
  const must = detail('not null')
  if (change === 'changed' && must?.after === 'yes') {
    told.push({
      rule: 'set-not-null',
      kind: 'scan',
      severity: 'medium',
      detail: `Column ${name} becomes NOT NULL: every row is looked at while nobody can read or write the table.`,
      advice: 'Add CHECK (… IS NOT NULL) NOT VALID, VALIDATE it in a transaction of its own, then SET NOT NULL.',
    })
  }
  const fills = detail('default')?.after ?? detail('identity')?.after ?? detail('generated as')?.after
  if (change === 'added' && must?.after === 'yes' && fills === undefined) {
    told.push({
      rule: 'add-column-not-null',
      kind: 'break',
      severity: 'high',
      detail: `Column ${name} is NOT NULL and has no default: adding it fails if the table has rows, and running code that does not fill it can no longer insert.`,
      advice: 'Add it with a constant DEFAULT, or as nullable; fill it in batches and make it NOT NULL later.',
    })
  }
  return told
}

function rewritten({ object, name, rewrite, within }: SchemaChange): Told[] {
  if (!rewrite) return []
  return [
    {
      rule: `rewrite-${object.replaceAll(' ', '-')}`,
      kind: 'rewrite',
      severity: 'high',
      detail: `For the ${object} ${name} the whole table${within === undefined ? '' : ` ${within}`} is written anew while nobody can read or write it.`,
      advice: 'Add a plain nullable column, fill it in batches, then let readers change over.',
    },
  ]
}
