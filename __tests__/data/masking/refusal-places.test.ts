import { expect, it } from '@jest/globals'
import { decided } from '../../../src/data/masking/mask-branch.js'
import { readPolicyFile } from '../../../src/data/policy-file.js'
import { noRules } from '../../../src/domain/masking/rules.js'
import { planMasking } from '../../../src/domain/masking/plan.js'
import { type Fault, faultsOf } from '../../../src/errors.js'
import { columnOf, schemaOf, tableOf } from '../../domain/masking/schema-of.js'

const file = '.github/db-branch.yml'
const schema = schemaOf(
  [
    tableOf('people', [columnOf('mail'), columnOf('phone')]),
    tableOf('orders', [columnOf('note')]),
    tableOf('visits', [columnOf('day', { type: 'date', base: 'date' })]),
  ],
  { largeObjects: 1 },
)
const text = `version: 1
parents:
  main:
    data_policy: masked
    masking:
      columns: { id: hash }
      tables:
        people:
          mail: email
          male: email
        visits:
          day: email
`

function faultsIn(rules = readPolicyFile(file, text).parents.get('main')!.masking!): readonly Fault[] {
  try {
    decided(planMasking(schema, rules), rules)
  } catch (error) {
    return faultsOf(error)
  }
  throw new Error('it was not refused')
}

it('places what only the tables can refuse on the lines of the policy file', () => {
  expect(faultsIn().map(({ line, detail }) => [line, detail.split(/[;"(]/)[0]])).toEqual([
    // The rule itself.
    [10, 'public.people has no column '],
    // The rules of its table, where a column has none.
    [9, 'public.people.phone '],
    // The masking rules, where its table has none.
    [6, 'public.orders.note '],
    [12, 'public.visits.day is date, which '],
    [6, 'The database holds 1 large object, which no column rule covers. Write '],
  ])
  expect(new Set(faultsIn().map((fault) => fault.file))).toEqual(new Set([file]))
})

it('places nothing where the rules stand in no file', () => {
  expect(faultsIn(noRules)).toEqual([])
})
