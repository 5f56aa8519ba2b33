import { expect, it } from '@jest/globals'
import { crashSweep } from '../../sim/prove/crash-sweep.js'
import { scenarios } from '../../sim/prove/scenarios.js'

// The whole takes seconds: every scenario, every call, every manner, and what comes after.
it.each(scenarios)('$name: whatever call goes wrong, and however, the promises hold', async (scenario) => {
  const { calls, plays, violations } = await crashSweep([scenario])
  expect(violations.slice(0, 3)).toEqual([])
  expect(calls).toBeGreaterThanOrEqual(6)
  expect(plays).toBe(calls * 12)
})
