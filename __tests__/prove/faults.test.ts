import { describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../src/errors.js'
import { faultOf, faultOfReason, kinds, strikesUpTo } from '../../sim/prove/fault-kinds.js'
import { faultMatrix, subjects } from '../../sim/prove/fault-matrix.js'
import { type Stand, subjectOf, type Work } from '../../sim/prove/fault-subject.js'
import { startSimulator } from '../../sim/platforms/simulator.js'

// Each of these found something once; `npm run prove` plays all of them, on every server.
it.each([
  ['Xata Lite', ['clock behind']],
  ['Supabase', ['clock ahead']],
  ['DBLab', ['clock behind']],
  ['rest', ['422', '200 HTML', 'empty', 'drip']],
  ['GitHub, readings', ['same page again', 'truncated']],
  ['GitHub, later run', ['answer lost']],
  ['GitHub, comments', ['same page again']],
  ['GitLab, first run', ['404', '423']],
  ['GitLab, comments', ['same page again']],
  ['Vercel', ['answer lost']],
])('%s: %j at each request break no promise', async (name, what) => {
  const subject = subjects.filter((one) => one.name === name)
  const { requests, faults, violations } = await faultMatrix((one) => what.includes(one), subject)
  expect(violations.slice(0, 3)).toEqual([])
  expect([requests >= 8, faults >= 4]).toEqual([true, true])
})

it('every request meets every kind, once and for good, and a wrong clock from the beginning', () => {
  expect(kinds.length).toBe(27)
  expect(strikesUpTo(3, () => true)).toHaveLength(25 * 3 * 2 + 2)
  expect(subjects.map(({ name }) => name)).toHaveLength(16)
})

it.each([
  [new ProviderError('Reading "pr-7" failed: the server says 500. Run the job again.'), undefined],
  [new ProviderError('fetch failed'), /no sentence/],
  [new ProviderError('Reading failed: the key is swordfish. Check it.'), /what the server or the key says/],
  [new ProviderError('Reading failed: <html>no</html>. Run the job again.'), /what the server or the key says/],
  [new TypeError('Cannot read properties of undefined.'), /ended with TypeError/],
])('judges an error %#', (error, broken) => {
  const found = faultOf(error, ['swordfish'])
  if (broken === undefined) expect(found).toBeUndefined()
  else expect(found).toMatch(broken)
})

it('judges a reason', () => {
  expect(faultOfReason('GET host/path: 500 Server Error', [])).toBeUndefined()
  for (const bad of ['', 'two\nlines', 'undefined', '[object Object]']) expect(faultOfReason(bad, [])).toBeDefined()
})

describe('a reader that is not careful', () => {
  const start = async (): Promise<Stand<string>> => {
    const server = await startSimulator({
      routes: { 'GET /items': () => ({ status: 200, body: [{ name: 'one' }] }) },
      authorize: () => undefined,
    })
    const open = () => ({ ports: `${server.url}/items`, time: { took: () => 0, waits: () => 0 } })
    return { server, secrets: [], open, settle: async () => undefined, wrongs: async () => [] }
  }
  const work: Work<string, Stand<string>> = {
    name: 'read',
    reads: true,
    run: async (url) => ((await (await fetch(url)).json()) as { name?: string }[]).map(({ name }) => name),
    wrong: (names) => ((names as string[]).includes('one') ? undefined : 'an item is missing'),
  }

  it.each(['truncated', 'wrong type', 'reset'])('is found out by %s', async (what) => {
    const { violations } = await faultMatrix((one) => one === what, [subjectOf('toy', start, [work])])
    expect(violations).toHaveLength(2)
    expect(violations[0]?.play).toMatch(`toy, read, request 1, ${what}`)
  })
})
