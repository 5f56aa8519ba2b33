import type { Action } from '@supabase/pg-delta/plan'
import type { Sql } from '../../ports.js'
import { loadParser } from '../../sql/parser.js'
import { corrected } from '../../sql/pg-delta.js'
import { type Parts, alike } from './alike.js'
import type { SchemaChange, SchemaDiff } from './change.js'
import { changesOf } from './changes.js'
import { gapRules } from './gaps.js'
import { judge } from './judge.js'
import { type Side, readSide, withVirtual } from './read-side.js'
import { findRenamings, renamed } from './renamings.js'

/**
 * Compares two databases object by object, whatever the order and the OIDs in which they were made, and whoever owns
 * them. Both are only read, each in one READ ONLY snapshot with the locks of `pg_dump -s`: the parent may be production.
 * Not compared: rows, owners that a branch has for being one, roles, subscriptions, user mappings, the order of columns,
 * names of NOT NULL constraints, and indexes that a partition has from its parent.
 * @throws ProviderError when a database cannot be read within the time limits.
 */
export async function diffSchemas({ parent, branch }: { parent: Sql; branch: Sql }): Promise<SchemaDiff> {
  const [{ plan }, { buildFactBase, encodeId }] = await Promise.all([
    import('@supabase/pg-delta/plan'),
    import('@supabase/pg-delta/core'),
  ])
  const [one, other] = await Promise.all([readSide(parent), readSide(branch)])
  const base = ({ facts, edges }: Parts) =>
    buildFactBase([...facts], [...edges], 'liveDb', new Set(), { allowDangling: ({ kind }) => kind === 'owner' })
  const renamings = findRenamings(one, other)
  const moved = renamed(
    { facts: one.base.facts(), edges: one.base.edges },
    { renamings, branch: other.base.facts(), encode: encodeId },
  )
  const pair = alike({ ...one, base: base(moved) }, other, encodeId)
  const sides = { parent: base(pair.parent), branch: base(pair.branch), encode: encodeId }
  const roles = [one, other].flatMap((side) =>
    side.base.facts().flatMap(({ id }) => (id.kind === 'role' ? [id.name] : [])),
  )
  const planned = plan(sides.parent, sides.branch, { intentRules: gapRules(), assumedRoles: [...new Set(roles)] })
  const actions = planned.actions.map((action) => ({
    ...action,
    sql: withVirtual(corrected(action.sql, action.produces[0]?.kind)),
  }))
  const changes = changesOf(sides, { deltas: planned.deltas, actions, renamings })
  const without = unwritten(one, other)
  return {
    changes: [...judge(await loadParser(), changes), ...without],
    sql: script(
      renamings.map(({ sql }) => sql),
      actions,
    ),
    problems: without.map(({ change, name }) => `There is no SQL in the diff for this, which was ${change}: ${name}.`),
  }
}

function script(renamings: readonly string[], actions: readonly Action[]): string {
  const lines = renamings.map(ended)
  for (const { sql, newSegmentBefore, transactionality } of actions) {
    if (newSegmentBefore) lines.push('-- COMMIT here: what follows uses what is new above.')
    if (transactionality === 'nonTransactional') lines.push('-- Not inside a transaction:')
    lines.push(ended(sql))
  }
  const routines = actions.some(({ produces }) =>
    produces.some(({ kind }) => kind === 'function' || kind === 'procedure'),
  )
  return [...(routines ? ['SET check_function_bodies = off;'] : []), ...lines].join('\n')
}

function ended(sql: string): string {
  return `${sql.trim().replace(/;$/, '')};`
}

/** What is there or not, and nothing else is known of it. */
function unwritten(parent: Side, branch: Side): SchemaChange[] {
  const only = (here: Side, there: Side, change: 'added' | 'removed') =>
    here.unmodelled
      .filter((name) => !there.unmodelled.includes(name))
      .map((name): SchemaChange => ({ object: 'other', name, change, details: [], sql: [] }))
  return [...only(parent, branch, 'removed'), ...only(branch, parent, 'added')]
}
