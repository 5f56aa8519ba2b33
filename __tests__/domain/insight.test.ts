import { expect, it } from '@jest/globals'
import { byDanger, type Finding } from '../../src/domain/insight.js'

const finding = (change: Partial<Finding>): Finding => ({
  kind: 'lock',
  severity: 'medium',
  rule: 'r',
  object: 'o',
  detail: 'd',
  advice: 'a',
  source: 'observed',
  ...change,
})

it.each<[string, Partial<Finding>[]]>([
  ['by severity', [{ severity: 'high' }, { severity: 'medium', ms: 9 }, { severity: 'low', bytes: 9 }]],
  ['then by time', [{ ms: 10, bytes: 1 }, { ms: 9, bytes: 8 }, { bytes: 9 }]],
  ['then by size', [{ bytes: 10, object: 'z' }, { bytes: 9 }, { object: 'a' }]],
  [
    'then by name',
    [
      { object: 'a', rule: 'z' },
      { object: 'b', rule: 'a' },
      { object: 'b', rule: 'b' },
    ],
  ],
])('findings come %s', (_how, changes) => {
  const inOrder = changes.map(finding)
  for (const [a, b] of [
    [0, 1],
    [1, 2],
    [0, 2],
  ] as const) {
    expect(byDanger(inOrder[a]!, inOrder[b]!)).toBeLessThan(0)
    expect(byDanger(inOrder[b]!, inOrder[a]!)).toBeGreaterThan(0)
  }
  expect(byDanger(inOrder[0]!, { ...inOrder[0]! })).toBe(0)
})
