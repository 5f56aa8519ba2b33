import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startWorld, type World } from '../fixtures/world.js'

let world: World
let number = 100

beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

/** A pull request of its own for each test. */
function open(): { number: number; name: string } {
  number += 1
  world.github.openPullRequest({ number })
  return { number, name: `pr-${number}` }
}

const standingOf = async (name: string) => (await world.standing()).filter((what) => what.includes(name))

describe('two runs at once', () => {
  it.each([1, 2, 3])('both `opened` end green with one branch and one URL (round %i)', async () => {
    const { number, name } = open()
    const results = await Promise.all([
      world.main({ number, action: 'opened' }),
      world.main({ number, action: 'opened' }),
    ])
    expect(results.map((result) => [result.code, result.errors])).toEqual([
      [0, []],
      [0, []],
    ])
    const [first, second] = results.map((result) => result.outputs)
    expect(first?.['connection_string']).toContain(`/${name}`)
    expect(second?.['connection_string']).toBe(first?.['connection_string'])
    expect(second?.['branch_id']).toBe(first?.['branch_id'])
    expect([first?.['status'], second?.['status']].sort()).toEqual(['created', 'reused'])
    expect(await standingOf(name)).toEqual([`database ${name}`, `role ${name}`])
    expect((await world.standing()).filter((what) => what.includes('~'))).toEqual([])
  })

  it('two resets at once leave one branch that the URL of both opens', async () => {
    const { number, name } = open()
    await world.main({ number, action: 'opened' })
    const reset = { inputs: { on_synchronize: 'reset' } }
    const results = await Promise.all([
      world.main({ number, action: 'synchronize' }, reset),
      world.main({ number, action: 'synchronize' }, reset),
    ])
    expect(results.map((result) => result.errors)).toEqual([[], []])
    const urls = new Set(results.map((result) => result.outputs['connection_string']))
    expect(urls.size).toBe(1)
    expect(await standingOf(name)).toEqual([`database ${name}`, `role ${name}`])
    expect((await world.standing()).filter((what) => what.includes('~'))).toEqual([])
  })
})

describe('closed while the branch is made', () => {
  it.each([
    ['right after the first look', 1],
    ['right before the second look', 2],
  ])('%s: no branch and no URL', async (_when, look) => {
    const { number, name } = open()
    let looks = 0
    const forget = world.github.on('pulls/get', look === 1 ? 'after' : 'before', () => {
      looks += 1
      if (looks === look) world.github.closePullRequest(number)
    })
    const result = await world.main({ number, action: 'opened' })
    forget()
    expect(result).toMatchObject({ code: 0, errors: [] })
    expect(result.outputs).toMatchObject({ status: 'deleted' })
    expect(result.outputs['connection_string']).toBeUndefined()
    expect(result.log).toContain(`pull request #${number} was closed meanwhile`)
    expect(await standingOf(name)).toEqual([])
    expect((await world.post({ number, action: 'opened' }, result)).code).toBe(0)
  })

  it('closed before the run began: nothing is made', async () => {
    const { number, name } = open()
    world.github.closePullRequest(number)
    const result = await world.main({ number, action: 'opened' })
    expect(result).toMatchObject({ code: 0, errors: [], outputs: { status: 'skipped' } })
    expect(await standingOf(name)).toEqual([])
  })

  it.each([0, 60, 120, 180, 240, 300, 400, 500])(
    'a `closed` run that starts %i ms after the `opened` run: nothing is left',
    async (delay) => {
      const { number, name } = open()
      const opened = world.main({ number, action: 'opened' })
      await new Promise((resolve) => setTimeout(resolve, delay))
      world.github.closePullRequest(number)
      const closed = await world.main({ number, action: 'closed' })
      const result = await opened
      expect(closed.errors).toEqual([])
      expect(await standingOf(name)).toEqual([])
      // A URL that left before the pull request was closed opens nothing any more.
      if (result.code !== 0) expect(result.outputs['connection_string']).toBeUndefined()
    },
  )
})

describe('reopened while the branch is taken away', () => {
  it('is kept, and the next run finds it again', async () => {
    const { number, name } = open()
    const first = await world.main({ number, action: 'opened' })
    world.github.closePullRequest(number)
    let looks = 0
    const forget = world.github.on('pulls/get', 'before', () => {
      looks += 1
      if (looks === 2) world.github.reopenPullRequest(number)
    })
    const closed = await world.main({ number, action: 'closed' })
    forget()
    expect(closed).toMatchObject({ code: 0, outputs: { status: 'kept', kept: `["${name}"]`, deleted: '[]' } })
    const again = await world.main({ number, action: 'reopened' })
    expect(again.outputs).toMatchObject({ status: 'reused', branch_id: first.outputs['branch_id'] })
  })
})
