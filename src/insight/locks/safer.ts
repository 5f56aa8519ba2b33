import type { HeavyMode } from './modes.js'

type Way = readonly [statement: RegExp, advice: string]

const lockWays: readonly Way[] = [
  [/^create\s+(unique\s+)?index\b/i, 'CREATE INDEX CONCURRENTLY, outside a transaction.'],
  [/^drop\s+index\b/i, 'DROP INDEX CONCURRENTLY, outside a transaction.'],
  [/^reindex\b/i, 'REINDEX … CONCURRENTLY, outside a transaction.'],
  [/^refresh\s+materialized\b/i, 'REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view.'],
  [/^(vacuum|cluster)\b/i, 'Plain VACUUM, or pg_repack where the disk must get its space back.'],
  [/^truncate\b/i, 'Delete in batches, or set lock_timeout and do it in a transaction of its own.'],
  [/^lock\b/i, 'Lock single rows with SELECT … FOR UPDATE, or keep the transaction as short as can be.'],
  [/\bdetach\s+partition\b/i, 'DETACH PARTITION … CONCURRENTLY, outside a transaction.'],
  [/\bforeign\s+key\b|\breferences\b/i, 'Add the constraint NOT VALID, and VALIDATE it in a transaction of its own.'],
]

/** The safer way for a statement that locks, in one line. */
export function saferLock(statement: string | undefined, mode: HeavyMode): string {
  const known = wayFor(lockWays, statement) ?? wayFor(scanWays, statement)
  if (known !== undefined) return known
  return mode === 'AccessExclusiveLock'
    ? 'Set lock_timeout, keep the transaction to this one statement, and do it when few use the table.'
    : 'Keep the transaction to this one statement, and do it when few write the table.'
}

const rewriteWays: readonly Way[] = [
  [
    /type of a column/,
    'Add a column of the new type, fill it in batches, keep both in step by a trigger, and then change over.',
  ],
  [/default/, 'Add the column without the default, set the default for new rows, and fill the old ones in batches.'],
]

/** The safer way for what wrote a table anew, in one line. */
export function saferRewrite(reason: string, statement: string | undefined): string {
  return (
    wayFor(rewriteWays, reason) ??
    wayFor(lockWays, statement) ??
    'Make a new table beside it, fill it in batches, and then change over.'
  )
}

const scanWays: readonly Way[] = [
  [
    /\bset\s+not\s+null\b/i,
    'Add CHECK (… IS NOT NULL) NOT VALID, VALIDATE it in a transaction of its own, and then SET NOT NULL.',
  ],
  [/\b(primary\s+key|unique|exclude)\b/i, 'CREATE UNIQUE INDEX CONCURRENTLY, and then ADD CONSTRAINT … USING INDEX.'],
  [/\battach\s+partition\b/i, 'Give the partition a valid CHECK of its bounds before you attach it.'],
  [/\bcheck\b/i, 'Add the constraint NOT VALID, and VALIDATE it in a transaction of its own.'],
]

/** The safer way for what read a whole table, in one line. */
export function saferScan(statement: string | undefined, constraint: string | undefined): string {
  const notNull = constraint?.startsWith('NOT NULL') ? 'SET NOT NULL' : undefined
  return (
    wayFor(scanWays, statement) ??
    wayFor(lockWays, statement) ??
    wayFor(scanWays, notNull) ??
    'Add the constraint NOT VALID, and VALIDATE it in a transaction of its own.'
  )
}

function wayFor(ways: readonly Way[], text = ''): string | undefined {
  return ways.find(([pattern]) => pattern.test(text.trim()))?.[1]
}
