import { expect, it } from '@jest/globals'
import { variableNameFault } from '../../src/domain/variable-name.js'

// What a whole run hands out stands in __tests__/sinks/exported-variables.test.ts; here are the edges.
it.each([
  'a',
  '_',
  'A'.repeat(100),
  'MY_GITHUB',
  'GITHUBBER',
  'XPATH',
  'CIX',
  'MYPGHOST',
  'PG_URL',
  'TERMINAL',
  'XSSL_CA',
  'NO_PROXY_URL',
  'MY_PROXY',
  'MYHTTP_PROXY',
  'MY_HOME',
  'HOME_URL',
  'MY_EDITOR',
  'EDITOR_URL',
  'MY_AWS',
  'AWSOME',
  'MY_NODE',
])('%s may hold a URL', (name) => {
  expect(variableNameFault(name)).toBeUndefined()
})

it.each<[string, RegExp]>([
  ['', /no name of a variable/],
  ['A'.repeat(101), /no name of a variable/],
  ['1A', /no name of a variable/],
  ['A-B', /no name of a variable/],
  ['ÄA', /no name of a variable/],
  ['github', /means something to the runner/],
  ['Github_Token', /means something to the runner/],
  ['PS4', /means something to the runner/],
  ['http_proxy', /means something to the runner/],
  ['ALL_PROXY', /means something to the runner/],
  ['NODEX', /means something to the runner/],
  ['pghost', /read by PostgreSQL programs/],
])('%s may not', (name, says) => {
  expect(variableNameFault(name)).toMatch(says)
})
