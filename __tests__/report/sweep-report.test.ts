import { describe, expect, it } from '@jest/globals'
import type { SweepOutcome, SweepResult } from '../../src/domain/sweep-outcome.js'
import { ProviderError, RefusedError } from '../../src/errors.js'
import { reportSweep } from '../../src/report/sweep-report.js'

function outcomeOf(results: readonly SweepResult[], change: Partial<SweepOutcome> = {}): SweepOutcome {
  return { mode: 'cleanup', plan: { verdicts: [] }, dryRun: false, results, steps: [], budget: undefined, ...change }
}

function result(pullRequest: number | undefined, change: Partial<SweepResult> = {}): SweepResult {
  return { name: `pr-${pullRequest}`, kind: 'closed', status: 'deleted', reason: 'why', pullRequest, ...change }
}

const mixed = [
  result(10),
  result(9, { name: 'db-branch~1', kind: 'leftover' }),
  result(9),
  result(100, { name: 'environment pr-100', environment: true }),
  result(4, { status: 'kept' }),
  result(5, { status: 'failed' }),
  result(2, { status: 'failed', fault: 'rebuilt, but' }),
  result(undefined, { name: 'load-test' }),
  result(undefined, { name: 'main', kind: 'not ours', status: 'kept' }),
]

describe('pull_requests', () => {
  it.each([
    ['a real run: of those that were changed', outcomeOf(mixed), '[2,9,10,100]'],
    [
      'a dry run: of those that would be',
      outcomeOf(
        mixed.filter(({ status }) => status === 'deleted'),
        { dryRun: true },
      ),
      '[9,10,100]',
    ],
    [
      'a refresh',
      outcomeOf([result(7, { status: 'refreshed' }), result(6, { status: 'kept' })], { mode: 'refresh' }),
      '[7]',
    ],
    ['nothing', outcomeOf([]), '[]'],
    ['a refused plan', outcomeOf([result(7, { status: 'kept' })], { plan: { verdicts: [], refused: 'no' } }), '[]'],
  ])('in %s, each once and in ascending order', (_what, outcome, expected) => {
    expect(reportSweep(outcome).outputs['pull_requests']).toBe(expected)
  })

  it('holds as many as a matrix takes, and says when there are more', () => {
    const report = (count: number) =>
      reportSweep(
        outcomeOf(
          Array.from({ length: count }, (_, at) => result(count - at)),
          { dryRun: true },
        ),
      )
    const numbers = (count: number) => JSON.parse(report(count).outputs['pull_requests'] ?? '') as number[]
    expect([numbers(256).length, report(256).warnings]).toEqual([256, []])
    expect(numbers(300)).toEqual(Array.from({ length: 256 }, (_, at) => at + 1))
    expect(report(300).warnings).toEqual([
      '"pull_requests" holds the first 256 of 300; the next run goes on with what is then left.',
    ])
  })
})

describe('how a sweep ends', () => {
  it.each([false, true])('refused fails with the reason, dry run %p', (dryRun) => {
    const { failure, summary } = reportSweep(outcomeOf([], { dryRun, plan: { verdicts: [], refused: '11 would go' } }))
    expect(failure).toBeInstanceOf(RefusedError)
    expect(failure?.message).toBe('The cleanup refused its plan: 11 would go. Nothing was changed.')
    expect(summary).toContain('11 would go')
  })

  it('failed in part names each with its fault', () => {
    const { failure } = reportSweep(outcomeOf(mixed))
    expect(failure).toBeInstanceOf(ProviderError)
    expect(failure?.message).toBe('The cleanup failed for 2: pr-5: why pr-2: rebuilt, but')
  })

  it('well has no failure, and says what went and what was not decided', () => {
    const { failure, warnings } = reportSweep(outcomeOf([result(1), result(2, { kind: 'unknown', status: 'kept' })]))
    expect(failure).toBeUndefined()
    expect(warnings).toEqual(['Deleted 1: pr-1.', 'Could not decide on 1: pr-2. They were kept.'])
  })
})

it('a dry run sets the outputs of what happened to nothing, and says so in every line', () => {
  const { outputs, lines, warnings } = reportSweep(
    outcomeOf([result(1), result(2, { status: 'kept' })], { dryRun: true, budget: 'GitHub requests: 2' }),
  )
  expect(outputs).toEqual({
    status: 'planned',
    deleted: '[]',
    refreshed: '[]',
    failed: '[]',
    kept: '["pr-2"]',
    pull_requests: '[1]',
  })
  expect(lines).toEqual([
    'would be: deleted "pr-1" (closed): why',
    'would be: kept "pr-2" (closed): why',
    'GitHub requests: 2',
  ])
  expect(warnings).toEqual([])
})
