import { expect, it } from '@jest/globals'
import { readSealedConnection, sealedContext } from '../../src/domain/sealed.js'

const whole = { url: 'u', host: 'h', port: 5432, database: 'd', username: 'n', password: 'p' }

it.each([whole, { ...whole, pooledUrl: 'q' }])('%j is one', (value) => {
  expect(readSealedConnection(JSON.stringify(value))).toEqual(value)
})

it.each([
  'not JSON',
  'null',
  '7',
  '[]',
  '{}',
  ...Object.keys(whole).map((field) => JSON.stringify({ ...whole, [field]: undefined })),
  ...Object.keys(whole).map((field) => JSON.stringify({ ...whole, [field]: null })),
  JSON.stringify({ ...whole, url: 7 }),
  JSON.stringify({ ...whole, port: 1.5 }),
  JSON.stringify({ ...whole, pooledUrl: 7 }),
])('%s is none', (text) => {
  expect(readSealedConnection(text)).toBeUndefined()
})

it('seals for one recipient: one repository, one pull request, one branch', () => {
  const recipient = { repository: 42, pullRequest: 7, branch: 'pr-7' }
  expect(sealedContext(recipient)).toBe('["db-branch-action","dbb1.",42,7,"pr-7"]')
  expect(sealedContext({ ...recipient, pullRequest: null })).toBe('["db-branch-action","dbb1.",42,null,"pr-7"]')
  expect(sealedContext({ ...recipient, branch: '7","pr-7' })).toBe(
    String.raw`["db-branch-action","dbb1.",42,7,"7\",\"pr-7"]`,
  )
})
