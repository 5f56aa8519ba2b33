import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { runParts } from '../../scripts/check.js'

let directory: string
beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'check-'))))
afterAll(() => rmSync(directory, { recursive: true }))

it('names every part that failed, whichever way, and stops no other', async () => {
  const printed: string[] = []
  const parts = [
    { name: 'first', command: 'echo out; echo err >&2; exit 3' },
    { name: 'good', command: 'echo fine' },
    { name: 'unknown', command: './no-such-program' },
    { name: 'killed', command: 'kill -9 $$' },
    { name: 'last', command: 'true' },
  ]
  expect(await runParts(parts, (text) => printed.push(text))).toEqual(['first', 'unknown', 'killed'])
  const output = (name: string) => printed.find((text) => text.startsWith(`\n--- ${name}: `))
  expect(printed).toHaveLength(parts.length)
  expect(output('first')).toMatch(/^\n--- first: FAILED after \d+\.\d s\n(out\nerr|err\nout)\n$/)
  expect(output('good')).toMatch(/^\n--- good: ok after \d+\.\d s\nfine\n$/)
  expect(output('last')).toContain('ok')
})

it('runs two parts at the same time', async () => {
  // Each waits for what the other makes.
  const [one, other] = ['one', 'other'].map((name) => join(directory, name))
  const meet = (mine = '', theirs = '') =>
    `touch ${mine}; for i in $(seq 200); do [ -e ${theirs} ] && exit; sleep 0.05; done; exit 1`
  const parts = [
    { name: 'one', command: meet(one, other) },
    { name: 'other', command: meet(other, one) },
  ]
  expect(await runParts(parts, () => undefined)).toEqual([])
})
