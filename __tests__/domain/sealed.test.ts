import { expect, it } from '@jest/globals'
import { readSealedConnection } from '../../src/domain/sealed.js'

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
