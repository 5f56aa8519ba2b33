import { expect, it } from '@jest/globals'
import { interleave } from '../../sim/prove/interleave.js'
import { races } from '../../sim/prove/races.js'
import { randomFrom, Schedule, withSwitches } from '../../sim/prove/schedule.js'
import { Run } from '../../sim/prove/run.js'

// One switch here; `npm run prove` plays two and more orders at random.
it.each(races)('$name: in every order with one switch, and in some at random, the promises hold', async (race) => {
  const { systematic, random, violations } = await interleave({ switches: 1, random: 12, seed: 1 }, [race])
  expect(violations.slice(0, 3)).toEqual([])
  expect([systematic >= 16, random]).toEqual([true, 24])
})

it('hands URLs out on the way, or nothing would be proven', async () => {
  const { exposed } = await interleave({ switches: 0, random: 10, seed: 7 })
  expect(exposed).toBeGreaterThan(100)
})

it('plays the same seed in the same order, and another one in another', async () => {
  const orderOf = async (choose: ConstructorParameters<typeof Schedule>[0]) => {
    const schedule = new Schedule(choose)
    const steps = async (id: string) => {
      const run = new Run(id, { gate: schedule.gate })
      for (let step = 1; step <= 4; step++) await run.call(`step ${step}`, () => undefined)
    }
    await schedule.run([steps('a'), steps('b')])
    return schedule.order.map((step) => step[0]).join('')
  }
  const drawn = (seed: number) => {
    const random = randomFrom(seed)
    return orderOf((able) => Math.floor(random() * able.length))
  }
  expect(await drawn(3)).toBe(await drawn(3))
  expect(new Set(await Promise.all([1, 2, 3, 4, 5].map(drawn))).size).toBeGreaterThan(1)
  expect(await orderOf(withSwitches(new Map()).choose)).toBe('aaaabbbb')
  expect(await orderOf(withSwitches(new Map([[2, 1]])).choose)).toBe('aabbbbaa')
})
