import { expect, it } from '@jest/globals'
import type { Outcome } from '../../src/domain/outcome.js'
import type { SweepOutcome, SweepResult } from '../../src/domain/sweep-outcome.js'
import { lastLine, lastSweepLine } from '../../src/report/last-line.js'

const made = { branch: 'pr-7', reason: 'there was none', exposed: [], notes: [], steps: [{ name: 'x', ms: 760 }] }

it.each<[Outcome, string]>([
  [
    { ...made, status: 'created', parent: 'main', dataPolicy: 'schema_only' },
    'Done: "pr-7" created (from "main", schema only) in 0.76 s, because there was none.',
  ],
  [
    { ...made, status: 'reset', parent: 'golden', dataPolicy: 'masked', goldenAge: '3 hours' },
    'Done: "pr-7" reset (from "golden", masked, golden rows 3 hours old) in 0.76 s, because there was none.',
  ],
  [
    { ...made, status: 'created', branch: 'golden', parent: 'main', dataPolicy: 'masked', golden: true },
    'Done: golden parent "golden" created (from "main", masked) in 0.76 s, because there was none.',
  ],
  [{ ...made, status: 'deleted' }, 'Done: "pr-7" deleted in 0.76 s, because there was none.'],
  [{ ...made, status: 'kept', steps: [] }, 'Done: "pr-7" kept, because there was none.'],
  [{ ...made, status: 'planned' }, 'Done: "pr-7" planned, nothing changed: there was none.'],
])('of a branch: %j', (outcome, line) => {
  expect(lastLine(outcome)).toBe(line)
})

it('of a sweep counts what happened, or would', () => {
  const result = (status: SweepResult['status']) =>
    ({ name: 'x', kind: 'old', status, reason: '' }) as unknown as SweepResult
  const results = [result('deleted'), result('kept'), result('kept'), result('refreshed')]
  const base = { plan: { verdicts: [] }, dryRun: false, results, steps: [{ name: 'x', ms: 5 }], budget: undefined }
  const lines = [
    { ...base, mode: 'cleanup' },
    { ...base, mode: 'refresh' },
    { ...base, mode: 'cleanup', dryRun: true },
  ].map((outcome) => lastSweepLine(outcome as unknown as SweepOutcome))
  expect(lines).toEqual([
    'Done: cleanup deleted 1 and kept 2 in 0.01 s.',
    'Done: refresh rebuilt 1 and kept 2 in 0.01 s.',
    'Done: cleanup planned, nothing changed: it would delete 1 and keep 2.',
  ])
})
