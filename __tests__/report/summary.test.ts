import { describe, expect, it } from '@jest/globals'
import type { Outcome, Status } from '../../src/domain/outcome.js'
import { duration } from '../../src/report/last-line.js'
import { renderFailure, renderSummary } from '../../src/report/summary.js'

const steps = [
  { name: 'Read branch and pull request', ms: 12 },
  { name: 'Create from "main"', ms: 1234 },
]
const made = {
  branch: 'pr-7',
  branchId: '16384',
  parent: 'main',
  dataPolicy: 'schema_only',
  createdAt: '2026-11-22T08:00:00.123Z',
  notes: [],
  steps,
} as const
const page = 'https://github.com/org/db-branch-action/blob/v1/docs/troubleshooting.md#refused'
const bare = { branch: 'pr-7', exposed: [], notes: [], steps: [] }

const outcomes: Record<Status, Omit<Outcome, 'status'>> = {
  created: {
    ...made,
    reason: 'there was none',
    exposed: ['step outputs', 'secret DATABASE_URL of environment pr-7'],
    notes: ['2 tables were emptied.'],
  },
  reused: { ...made, reason: 'it exists, and its claim, parent and data policy agree', exposed: ['step outputs'] },
  reset: {
    ...made,
    dataPolicy: 'copy',
    approval: 'Jane Doe: test data only',
    reason: 'a push arrived',
    exposed: ['step outputs'],
  },
  connected: { ...made, dataPolicy: 'masked', reason: 'its claim agrees', exposed: ['step outputs'] },
  deleted: { ...bare, reason: 'pull request #7 is closed', steps: [{ name: 'Delete "pr-7"', ms: 80 }] },
  absent: { ...bare, reason: 'there was none' },
  kept: { ...bare, reason: 'pull request #7 is open again' },
  skipped: { ...bare, reason: 'pull request #7 is closed' },
  reported: { ...bare, reason: 'its claim agrees' },
  planned: { ...bare, reason: 'would create: there was none' },
}

describe('the summary', () => {
  it.each(Object.keys(outcomes) as Status[])('of a branch that is %s', (status) => {
    expect(renderSummary({ status, ...outcomes[status] }, status === 'connected' ? null : 7)).toMatchSnapshot()
  })

  it.each(['created', 'reset'] as const)('of a golden parent that is %s', (status) => {
    const masked = { rules: 'f00df00df00df00d', key: '0123456789abcdef' }
    const golden = { ...made, branch: 'golden', dataPolicy: 'masked', masked, golden: true, exposed: [] } as const
    expect(
      renderSummary({ status, ...golden, reason: 'it was 3 hours old', notes: ['Masked.'] }, null),
    ).toMatchSnapshot()
  })

  it('of a failure', () => {
    const message = 'Copying "main" failed: no <b>room</b>. Ask @dba.'
    expect(renderFailure({ subject: 'Database branch "pr-7"', refused: false, message, page })).toMatchSnapshot()
  })

  const hostile = 'x | y `z` <img src=x> @octocat https://evil.example\n\n# Title\n::error::boo [a](b) &amp; **c**'

  it('of hostile text has the rows, lines and headings it would have without', () => {
    const outcome = (text: string): Outcome => ({
      status: 'created',
      branch: text,
      reason: text,
      branchId: text,
      parent: text,
      dataPolicy: 'copy',
      approval: text,
      createdAt: text,
      exposed: [text],
      notes: [text, `# ${text}`],
      steps: [{ name: text, ms: 1 }],
    })
    const rendered = renderSummary(outcome(hostile), 7)
    const tame = renderSummary(outcome('tame'), 7)
    expect(rendered.split('\n')).toHaveLength(tame.split('\n').length)
    for (const [index, text] of rendered.split('\n').entries()) {
      const cells = (row: string) => row.match(/(?<!\\)(?:\\\\)*\|/g)?.length ?? 0
      expect([index, cells(text)]).toEqual([index, cells(tame.split('\n')[index]!)])
      expect(text).not.toMatch(/^\s*::|@[\w]|:\/\/|(?<!\\)<img|(?<!\\)\[a/)
    }
    expect(rendered.match(/^#/gm)).toHaveLength(1)
  })

  it('of a hostile failure is a heading and a line', () => {
    const failed = { subject: `Database branch "${hostile}"`, refused: true, message: `# ${hostile}`, page }
    const rendered = renderFailure(failed).split('\n')
    expect(rendered).toHaveLength(6)
    expect(rendered[0]).toMatch(/^### ❌ Database branch "x \\\| .* refused$/)
    expect(rendered[2]).toMatch(/^\\# x \\\|/)
  })

  it('tells times in seconds', () => {
    expect([0, 5, 1234, 59_994, 59_995, 200_000].map(duration)).toEqual([
      '0.00 s',
      '0.01 s',
      '1.23 s',
      '59.99 s',
      '1 min 0 s',
      '3 min 20 s',
    ])
  })
})
