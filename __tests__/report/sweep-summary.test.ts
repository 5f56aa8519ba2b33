import { describe, expect, it } from '@jest/globals'
import type { SweepOutcome, SweepResult } from '../../src/domain/sweep-outcome.js'
import { renderSweep, sweepLines } from '../../src/report/sweep-summary.js'

function outcomeOf(results: readonly SweepResult[], change: Partial<SweepOutcome> = {}): SweepOutcome {
  return {
    mode: 'cleanup',
    plan: { verdicts: [] },
    dryRun: false,
    results,
    steps: [
      { name: 'List branches and read pull requests', ms: 340 },
      { name: 'Delete 1 to 2 of 2', ms: 1200 },
    ],
    budget: "GitHub requests: 2 points of this hour's limit used, 998 left",
    ...change,
  }
}

const five: SweepResult[] = [
  { name: 'pr-1', kind: 'closed', status: 'deleted', reason: 'pull request #1 was closed 8 days ago' },
  { name: 'db-branch~1', kind: 'leftover', status: 'deleted', reason: 'half-built for "pr-9" by a run that died' },
  { name: 'pr-2', kind: 'closed', status: 'failed', reason: 'DROP DATABASE failed: no.' },
  { name: 'pr-3', kind: 'open', status: 'kept', reason: 'pull request #3 is open' },
  { name: 'main', kind: 'not ours', status: 'kept', reason: 'it carries no claim of this action' },
]

/** A thousand branches in every state, with reasons as long as GitHub's can be. */
const thousand: SweepResult[] = Array.from({ length: 1000 }, (_, index) => {
  const kinds = ['closed', 'open', 'unknown', 'not ours', 'failed'] as const
  const kind = index < 600 ? 'unknown' : kinds[index % 5]!
  return {
    name: `${'feature-'.repeat(6)}${index}`,
    kind: kind === 'failed' ? 'closed' : kind,
    status: kind === 'closed' ? 'deleted' : kind === 'failed' ? 'failed' : 'kept',
    reason: `pull request #${index} ${'(GitHub answered x) '.repeat(15)}`,
  }
})

describe('the summary of a sweep', () => {
  it('of 5 branches', () => {
    expect(renderSweep(outcomeOf(five))).toMatchSnapshot()
  })

  it.each<[string, SweepOutcome]>([
    ['a dry run', outcomeOf(five.slice(0, 1), { dryRun: true, steps: [], budget: undefined })],
    ['a refused plan', outcomeOf(five.slice(3), { plan: { verdicts: [], refused: '11 branches <b>would</b> go' } })],
    ['nothing', outcomeOf([])],
    [
      'a refresh',
      outcomeOf([{ name: 'pr-1', kind: 'stale', status: 'refreshed', reason: 'made 4 days ago' }], { mode: 'refresh' }),
    ],
  ])('of %s', (_what, outcome) => {
    expect(renderSweep(outcome)).toMatchSnapshot()
  })

  it('of 1,000 branches has the counts first, groups that open what happened, and fits', () => {
    const text = renderSweep(outcomeOf(thousand))
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
    const [, counts] = text.split('\n\n')
    const of = (status: string) => thousand.filter((result) => result.status === status).length
    expect(counts).toBe(
      `❌ Failed ${of('failed')} · 🧹 Deleted ${of('deleted')} · 🔄 Rebuilt 0 · 🛡️ Kept ${of('kept')}`,
    )
    expect(
      [...text.matchAll(/<details( open)?><summary>(.*)<\/summary>/g)].map(([, open, title]) => [!!open, title]),
    ).toEqual([
      [true, '❌ Failed: closed (80)'],
      [true, '🧹 Deleted: closed (80)'],
      [false, '🛡️ Kept: unknown (680)'],
      [false, '🛡️ Kept: open (80)'],
      [false, '🛡️ Kept: not ours (80)'],
    ])
    expect(text).toContain('… and 480 more.')
    expect(text.match(/^\| `/gm)).toHaveLength(80 + 80 + 200 + 80 + 80)
  })

  it('never exceeds 1 MiB, even when all reasons are as long as they get', () => {
    const long = Array.from({ length: 5000 }, (_, index): SweepResult => {
      const kinds = ['closed', 'idle', 'leftover', 'expired', 'open', 'unknown', 'orphan', 'odd date'] as const
      const reason = '| <x> @y '.repeat(200)
      return { name: `pr-${index}`, kind: kinds[index % 8]!, status: index < 2500 ? 'failed' : 'kept', reason }
    })
    const text = renderSweep(outcomeOf(long))
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
    expect(text).toContain('❌ Failed 2500')
    expect(text).toMatch(/🛡️ Kept: odd date \(\d+\)<\/summary>/)
    expect(text.split('<details').length).toBe(text.split('</details>').length)
  })

  const hostile = 'x | y `z` <img src=x> @octocat https://evil.example\n\n# Title\n::error::boo [a](b) </details> **c**'

  it('of hostile names and reasons has the lines and cells it would have without', () => {
    const make = (text: string) =>
      renderSweep(
        outcomeOf(
          (['deleted', 'failed', 'kept', 'refreshed'] as const).map((status) => ({
            name: text,
            kind: 'closed',
            status,
            reason: text,
          })),
          { plan: { verdicts: [], refused: text }, budget: text },
        ),
      )
    const rendered = make(hostile).split('\n')
    const tame = make('tame').split('\n')
    expect(rendered).toHaveLength(tame.length)
    const cells = (row: string) => row.match(/(?<!\\)(?:\\\\)*\|/g)?.length ?? 0
    for (const [index, text] of rendered.entries()) {
      expect([index, cells(text)]).toEqual([index, cells(tame[index]!)])
      expect(text).not.toMatch(/^\s*::|@\w|:\/\/|(?<!\\)<img|(?<!\\)\[a/)
    }
    const text = rendered.join('\n')
    expect(text.match(/^#/gm)).toHaveLength(1)
    expect(text.match(/(?<!\\)<\/details>/g)).toHaveLength(4)
  })
})

describe('the log of a sweep', () => {
  it('has a line for each branch of ours, and counts the others', () => {
    expect(sweepLines(five)).toEqual([
      'deleted "pr-1" (closed): pull request #1 was closed 8 days ago',
      'deleted "db-branch~1" (leftover): half-built for "pr-9" by a run that died',
      'failed "pr-2" (closed): DROP DATABASE failed: no.',
      'kept "pr-3" (open): pull request #3 is open',
      'kept 1 that are not ours',
    ])
  })
})
