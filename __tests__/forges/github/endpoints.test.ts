import { expect, it } from '@jest/globals'
import { globSync, readFileSync } from 'node:fs'
import { endpoints } from '../../../src/forges/github/endpoints.js'

it('the list of calls in the bundle names what is called and nothing else', () => {
  const code = globSync('src/forges/github/*.ts').map((file) => readFileSync(file, 'utf8'))
  const called = code.flatMap((text) => [...text.matchAll(/\brest\.(\w+\.\w+)\(/g)].map(([, call]) => call))
  const listed = Object.entries(endpoints).flatMap(([scope, names]) => names.map((name) => `${scope}.${name}`))
  expect(listed.sort()).toEqual([...new Set(called)].sort())
})
