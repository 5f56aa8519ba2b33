import { expect, it } from '@jest/globals'
import type { PullRequestReading } from '../../src/domain/cleanup-plan.js'
import { known, unknown } from '../../src/domain/known.js'
import { orphanEnvironments } from '../../src/domain/orphan-environments.js'
import type { PullRequestFacts } from '../../src/domain/pull-request.js'

const now = new Date('2026-11-22T12:00:00.000Z')
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
const facts = (change: Partial<PullRequestFacts>) =>
  known({ number: 7, state: 'closed' as const, closedAt: ago(8), updatedAt: ago(1), labels: [], ...change })

it.each<[string, PullRequestReading | undefined, number[], boolean]>([
  ['closed longer ago', facts({}), [], true],
  ['closed exactly so long ago', facts({ closedAt: ago(7) }), [], true],
  ['closed later', facts({ closedAt: ago(6.9) }), [], false],
  ['closed, no date', facts({ closedAt: null }), [], false],
  ['closed tomorrow', facts({ closedAt: ago(-1) }), [], false],
  ['open again, with the old date', facts({ state: 'open' }), [], false],
  ['unknown', unknown('502'), [], false],
  ['missing', { known: false, why: 'not found', missing: true }, [], false],
  ['not read', undefined, [], false],
  ['its branch is listed', facts({}), [7], false],
  ['the branch of another is listed', facts({}), [8], true],
])('%s', (_what, reading, branches, goes) => {
  const pullRequests = new Map(reading ? [[7, reading]] : [])
  const seen = { branches: new Set(branches), pullRequests }
  expect(orphanEnvironments([7], seen, { ttlDays: 7, now })).toEqual(goes ? [7] : [])
})
