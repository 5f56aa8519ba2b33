import { describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../src/errors.js'
import { waitFor } from '../../src/http/wait.js'
import { testClock } from '../fixtures/clock.js'

function waiting(seen: (count: number) => { ready: string } | { waitingFor: string }) {
  const clock = testClock()
  const lines: string[] = []
  let count = 0
  const done = waitFor(
    { what: 'Branch "pr-7"', every: 2000, deadline: 60_000, clock, info: (line) => lines.push(line) },
    async () => seen((count += 1)),
  )
  return { done, clock, lines, count: () => count }
}

describe('waiting', () => {
  it('ends at once when there is nothing to wait for', async () => {
    const { done, clock, lines } = waiting(() => ({ ready: 'x' }))
    expect([await done, clock.waits, lines]).toEqual(['x', [], []])
  })

  it('looks sooner at first, and then every so often', async () => {
    const { done, clock } = waiting((look) => (look < 7 ? { waitingFor: 'its state is "init"' } : { ready: 'x' }))
    expect([await done, clock.waits]).toEqual(['x', [250, 500, 1000, 2000, 2000, 2000]])
  })

  it('tells now and then what it waits for', async () => {
    const { done, lines, count } = waiting((look) =>
      look < 20 ? { waitingFor: 'its state is "init"' } : { ready: 'x' },
    )
    expect(await done).toBe('x')
    expect(count()).toBe(20)
    expect(lines).toEqual([
      'Branch "pr-7" is not ready yet: its state is "init".',
      'Branch "pr-7" is not ready yet after 16 s: its state is "init".',
      'Branch "pr-7" is not ready yet after 32 s: its state is "init".',
    ])
  })

  it('gives up at its deadline', async () => {
    const { done, clock } = waiting(() => ({ waitingFor: 'its state is "init"' }))
    await expect(done).rejects.toThrow(ProviderError)
    await expect(done).rejects.toThrow(
      'Branch "pr-7" was not ready after 60 s: its state is "init". Look at it on the platform and run the job again.',
    )
    expect(clock.waits.reduce((sum, wait) => sum + wait, 0)).toBe(60_000)
  })

  it('passes on what goes wrong while looking', async () => {
    const { done } = waiting(() => {
      throw new ProviderError('Broken.')
    })
    await expect(done).rejects.toThrow('Broken.')
  })
})
