import { afterEach, expect, it, jest } from '@jest/globals'
import { quickTime } from '../../sim/prove/fault-clock.js'
import { watch } from '../../sim/prove/fault-watch.js'
import { abortAfter, ownTime, whileTimeGoesOn } from '../../sim/prove/own-time.js'

afterEach(() => {
  jest.useRealTimers()
})

const stay = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
const soon = () => new Promise((resolve) => setTimeout(resolve, 30))

it('a machine that stands still for a while makes nothing late', async () => {
  await whileTimeGoesOn(async () => {
    await soon()
    const began = ownTime()
    const patience = abortAfter(150)
    stay()
    await soon()
    expect(ownTime() - began).toBeLessThan(150)
    expect(patience.aborted).toBe(false)
    for (let turn = 0; turn < 40 && !patience.aborted; turn++) await soon()
    expect(patience.reason).toMatchObject({ name: 'TimeoutError' })
  })
})

it.each([
  ['does nothing any more', { each: 0, seconds: 61 }, 'it did not end, and does nothing any more'],
  ['does nothing for 50 s', { each: 0, seconds: 50 }, undefined],
  ['asks now and then', { each: 1, seconds: 100 }, undefined],
  ['asks without an end', { each: 60, seconds: 100 }, 'it did not end within 5000 requests and waits'],
])('a run that %s', async (_what, { each, seconds }, broken) => {
  jest.useFakeTimers()
  await whileTimeGoesOn(async () => {
    let requests = 7
    let found: string | undefined
    const watched = watch({ time: { took: () => 0, waits: () => 0 }, requests: () => requests })
    void watched.never.then((why) => (found = why))
    for (let second = 0; second < seconds; second++) {
      requests += each
      await jest.advanceTimersByTimeAsync(1000)
    }
    expect(found).toBe(broken)
    expect(watched.end()).toBeUndefined()
  })
})

it('waits count as time, and more than the longest build is too long', async () => {
  const time = quickTime()
  const watched = watch({ time, requests: () => 0 })
  await time.clock.sleep(46 * 60_000)
  expect(time.waits()).toBe(1)
  expect(watched.end()).toBe('it took 46 minutes')
})
