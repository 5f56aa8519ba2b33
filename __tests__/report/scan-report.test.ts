import { expect, it } from '@jest/globals'
import { renderScan, type ScanOutcome, scanLines } from '../../src/report/scan-report.js'

const outcome: ScanOutcome = {
  parent: 'main',
  policyFile: '.github/db-branch.yml',
  text: 'version: 1\n"a ```` b": 1\n',
  draft: {
    tables: [
      {
        table: 'public.people',
        lines: [
          { kind: 'mask', column: 'mail', rule: 'email', why: 'email in 100 %' },
          { kind: 'mask', column: 'other', rule: 'email', why: 'email in 100 %' },
          { kind: 'mask', column: 'code', rule: { mask: 'constant', value: 'x' }, why: 'no finding' },
          { kind: 'harmless', column: 'state', why: '2 different values' },
        ],
      },
    ],
    types: [],
    largeObjects: 0,
  },
  tables: [
    { table: 'public.people', columns: 4, rows: 120 },
    { table: 'public.locked', columns: 1, rows: 0, unread: 'it is locked' },
  ],
  notes: ['The draft leaves open: *this*.'],
}

it('tells tables, columns and what was drafted', () => {
  expect(scanLines(outcome)).toEqual([
    'public.people: 120 rows sampled, 4 columns looked at; drafted email (2), constant, harmless',
    'public.locked: not read: it is locked, 1 column looked at',
    'The draft leaves open: *this*.',
  ])
})

it('shows the draft in a fence that no name in it can close, and notes as plain text', () => {
  const summary = renderScan(outcome)
  expect(summary).toContain(`\n\`\`\`\`\`yaml\n${outcome.text}\`\`\`\`\`\n`)
  expect(summary).toContain('120 rows of 2 tables were sampled')
  expect(summary).toContain('- The draft leaves open: \\*this\\*.')
})

it('leaves a draft that no summary can hold to the output', () => {
  expect(renderScan({ ...outcome, text: 'x'.repeat(1_000_000) })).toContain('the output `report` holds it')
})
