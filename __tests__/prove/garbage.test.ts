import { describe, expect, it } from '@jest/globals'
import { tryGarbage } from '../../sim/prove/garbage.js'
import { breaks } from '../../sim/prove/breaks.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

it('whatever is read is understood or refused with a sentence of ours, which holds no secret', async () => {
  const { subjects, violations } = await tryGarbage({ tries: 400, seed: 20261122 })
  expect(violations).toEqual([])
  expect(subjects).toBe(11)
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
