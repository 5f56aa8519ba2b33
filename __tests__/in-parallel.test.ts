import { expect, it } from '@jest/globals'
import { inParallel } from '../src/in-parallel.js'

const tick = () => new Promise((resolve) => setImmediate(resolve))

it('works on at most so many at a time and keeps the order', async () => {
  let working = 0
  let most = 0
  const results = await inParallel([5, 4, 3, 2, 1], 2, async (item) => {
    most = Math.max(most, (working += 1))
    for (let turn = 0; turn < item; turn++) await tick()
    working -= 1
    return item * 10
  })
  expect([results, most]).toEqual([[50, 40, 30, 20, 10], 2])
  expect(await inParallel([], 3, tick)).toEqual([])
})

it('starts nothing more once one has thrown', async () => {
  const started: number[] = []
  const work = inParallel([1, 2, 3, 4, 5, 6], 2, async (item) => {
    started.push(item)
    await tick()
    if (item === 1) throw new Error('no')
    await tick()
  })
  await expect(work).rejects.toThrow('no')
  for (let turn = 0; turn < 10; turn++) await tick()
  expect(started).toEqual([1, 2])
})
