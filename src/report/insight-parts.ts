import { counted, size, thousands, tie } from '../domain/amounts.js'
import type { BeforeAfter, DiffFacts, LockFacts, PlanFact, PlanFacts } from '../domain/branch-report.js'
import { marks, times } from './insight-findings.js'
import { codeBlock, folded, type Piece, tableOf } from './insight-room.js'
import { duration, foreign, foreignCode, foreignLine, short } from './insight-text.js'

export function locksOf(facts: LockFacts): Piece[] {
  const { relations, rewrites, scans, exact, limits = [] } = facts
  if (relations.length + rewrites.length + scans.length === 0)
    return ['🔒 **Locks**: none on tables that were there before.']
  const longest = relations.reduce((most, { ms }) => Math.max(most, ms), 0)
  const title = `🔒 <b>Locks</b>: ${counted(relations.length, 'lock')}${relations.length === 0 ? '' : `, held ${duration(longest)} at most`}${rewrites.length === 0 ? '' : `; ${counted(rewrites.length, 'table')} rewritten`}`
  const how = exact
    ? 'Times are the server’s own, from taking the lock to the end of the transaction.'
    : 'Times are sampled every 20 ms.'
  const wal = facts.walBytes === undefined ? '' : ` ${size(facts.walBytes)} of write-ahead log were written.`
  return folded(title, [
    how + wal,
    ...(relations.length === 0 ? [] : [lockTable(relations)]),
    ...(rewrites.length === 0 ? [] : [rewriteTable(rewrites)]),
    ...(scans.length === 0 ? [] : [scanTable(scans)]),
    ...limits.map((limit) => `<sub>${foreignLine(limit)}</sub>`),
  ])
}

function lockTable(relations: LockFacts['relations']): Piece {
  return tableOf(
    'lock',
    ['Table', 'Lock', 'Held:', 'Waited:', 'Size:', 'Statement'],
    relations.map(({ relation, mode, ms, waited, sizeBytes, rows, statement }) => [
      foreignCode(short(relation, 120)),
      foreign(short(mode, 40)),
      duration(ms),
      waited === undefined || waited === 0 ? '' : duration(waited),
      [
        ...(sizeBytes === undefined ? [] : [size(sizeBytes)]),
        ...(rows === undefined ? [] : [counted(rows, 'row').replace(' ', tie)]),
      ].join(',<br>'),
      statement === undefined ? '' : foreignCode(short(statement, 160)),
    ]),
  )
}

function rewriteTable(rewrites: LockFacts['rewrites']): Piece {
  return tableOf(
    'rewrite',
    ['Rewritten', 'Why', 'Took:', 'Size:'],
    rewrites.map(({ relation, reason, ms, bytes }) => [
      foreignCode(short(relation, 120)),
      foreign(short(reason ?? '')),
      ms === undefined ? '' : duration(ms),
      bytes === undefined ? '' : size(bytes),
    ]),
  )
}

function scanTable(scans: LockFacts['scans']): Piece {
  return tableOf(
    'scan',
    ['Read as a whole', 'To validate', 'Size:'],
    scans.map(({ relation, constraint, bytes }) => [
      foreignCode(short(relation, 120)),
      constraint === undefined ? '' : foreignCode(short(constraint, 120)),
      bytes === undefined ? '' : size(bytes),
    ]),
  )
}

export function timesOf({ statements }: LockFacts): Piece[] {
  if (statements.length === 0) return []
  const total = statements.reduce((sum, { ms }) => sum + ms, 0)
  const rows = [...statements].sort((a, b) => b.ms - a.ms).map(({ sql, ms }) => [duration(ms), foreignCode(short(sql))])
  return folded(`⏱️ <b>Statements</b>: ${counted(rows.length, 'statement')} in ${duration(total)}`, [
    tableOf('statement', ['Took:', 'Statement, longest first'], rows),
  ])
}

export function diffOf({ counts, tree, sql }: DiffFacts): Piece[] {
  const { added, removed, changed } = counts
  if (added + removed + changed === 0) return ['🧬 **Schema**: the same as the parent’s.']
  const told = [
    ...(added > 0 ? [`${added} added`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
    ...(changed > 0 ? [`${changed} changed`] : []),
  ]
  return [
    ...folded(`🧬 <b>Schema</b>: ${told.join(', ')}`, [
      codeBlock('diff', signsFirst(tree)),
      ...(sql.trim() === '' ? [] : folded('As SQL', [codeBlock('sql', sql)])),
    ]),
  ]
}

/** Colours come only of a sign in the first column; `!` is the one for what changed. */
function signsFirst(tree: string): string {
  return tree
    .split('\n')
    .map((each) => {
      const [, indent = '', sign = '', rest = ''] = /^(\s*)([+~−-])( .*)$/u.exec(each) ?? []
      if (sign === '') return `  ${each}`
      return `${sign === '~' ? '!' : sign === '−' ? '-' : sign}${indent}${rest}`
    })
    .join('\n')
}

export function plansOf({ changes, queries }: PlanFacts): Piece[] {
  if (changes.length === 0) return [`📈 **Query plans**: ${counted(queries, 'query', 'queries')} planned as before.`]
  const table = tableOf(
    'query',
    ['', 'Query', 'Change', 'Cost:', 'Time:', 'Buffers:'],
    changes.map((each) => [
      each.severity === undefined ? '' : marks[each.severity],
      `${foreignCode(short(each.query, 120))}${placeOf(each)}`,
      foreign(short(each.change)),
      beforeAfter(each.cost, thousands),
      beforeAfter(each.ms, duration),
      beforeAfter(each.buffers, thousands),
    ]),
  )
  const nodes = changes
    .filter((each) => each.nodes.length > 0)
    .map(({ query, nodes: lines }) => `# ${short(query.replace(/\s+/g, ' '), 120)}\n${lines.join('\n')}`)
  const title = `📈 <b>Query plans</b>: ${changes.length} of ${counted(queries, 'query', 'queries')} planned differently`
  return folded(title, [table, ...(nodes.length === 0 ? [] : [codeBlock('diff', nodes.join('\n\n'))])])
}

function placeOf({ file, line }: PlanFact): string {
  if (file === undefined) return ''
  return `<br><sub>${foreign(short(file, 120))}${line === undefined ? '' : `:${line}`}</sub>`
}

function beforeAfter(pair: BeforeAfter | undefined, show: (value: number) => string): string {
  if (pair === undefined) return ''
  const { before, after } = pair
  const ratio = before > 0 && after > before ? ` (${times(after / before)})` : ''
  return `${show(before)} → ${show(after)}${ratio}`
}
