import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { isAlive, soon, start, type Started } from './fixtures/program.js'

describe('no server outlives the program that started it', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)('when %s kills it', async (signal) => {
    const started = await start({ ending: 'idle' })
    expect(isAlive(started.pid)).toBe(true)
    started.program.kill(signal)
    expect(await started.ended).toEqual([null, signal])
    await expectGone(started)
  })

  it.each([
    ['exit', 0],
    ['throw', 1],
    ['return', 0],
  ] as const)('when it ends by %s', async (ending, code) => {
    const started = await start({ ending })
    expect(await started.ended).toEqual([code, null])
    await expectGone(started)
  })
})

async function expectGone({ pid, dataDirectory }: Started): Promise<void> {
  expect(await soon(() => !isAlive(pid))).toBe(true)
  expect(await soon(() => !existsSync(path.dirname(dataDirectory)))).toBe(true)
}
