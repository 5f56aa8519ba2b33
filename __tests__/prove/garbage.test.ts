import { describe, expect, it, jest } from '@jest/globals'
import { tryGarbage } from '../../sim/prove/garbage.js'
import { breaks } from '../../sim/prove/breaks.js'
import { readPolicyFile } from '../../src/data/policy-file.js'
import { readSeed } from '../../src/data/seed/form.js'
import { InputError } from '../../src/errors.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

it('whatever is read is understood or refused with a sentence of ours, which holds no secret', async () => {
  const { subjects, violations } = await tryGarbage({ tries: 400, seed: 20261122 })
  expect(violations).toEqual([])
  expect(subjects).toBe(11)
})

it.each([
  ['policy file', () => readPolicyFile('db-branch.yml', 'version: 1\n? [a]\n: 1\n')],
  ['seed', () => readSeed('synthetic:\n  seed: 7\n? [a]\n: 1\n')],
])('a key of a %s that is a list is refused, and the parser says nothing of its own', (_what, read) => {
  const warning = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  expect(read).toThrow(InputError)
  expect(warning.mock.calls).toEqual([])
  warning.mockRestore()
})

describe('the breaks that npm run prove -- --breaks tries', () => {
  it('are one for each promise', () => {
    expect(breaks.map(({ promise }) => promise)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1))
  })

  it.each(breaks)('$promise: the text to break stands once in $file', ({ file, find, test }) => {
    expect(readFileSync(join(root, file), 'utf8').split(find)).toHaveLength(2)
    expect(readFileSync(join(root, test), 'utf8')).not.toBe('')
  })
})
