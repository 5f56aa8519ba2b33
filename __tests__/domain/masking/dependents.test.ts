import { describe, expect, it } from '@jest/globals'
import { dependentsOf } from '../../../src/domain/masking/dependents.js'
import type { Dependent } from '../../../src/domain/masking/schema.js'
import { dependentOf, schemaOf } from './schema-of.js'

const view = (name: string, ...uses: readonly string[]) => dependentOf('view', name, name, ...uses)
const frozen = (name: string, ...uses: readonly string[]) => dependentOf('materialized view', name, name, ...uses)

/** What goes while column 1 of `t` changes, and what stands in the way. */
function standing(...dependents: readonly Dependent[]): { going: string[]; blocking: string[] } {
  const found = dependentsOf(schemaOf([], { dependents }), new Set(['t.1']))
  return { going: found.dependents.map(({ name }) => name), blocking: found.blocking.map(({ name }) => name) }
}

describe('while a column changes', () => {
  it.each<[string, readonly Dependent[], readonly string[]]>([
    ['nothing goes where nothing stands on it', [view('v', 't.2'), view('w', 'u.1'), dependentOf('policy', 'p', 't', 't.2')], []],
    ['a view of it goes', [view('v', 't.2', 't.1')], ['v']],
    ['a view of the whole table stays, for PostgreSQL does not mind it', [view('v', 't.0')], []],
    ['a materialized view of it goes', [frozen('v', 't.1')], ['v']],
    ['rules, policies and triggers that use it go', [dependentOf('rule', 'r', 't', 't.1'), dependentOf('policy', 'p', 'u', 't.1'), dependentOf('trigger', 'g', 't', 't.1')], ['r', 'p', 'g']],
    ['a view of a view of it goes, whichever of its columns that shows', [view('v', 't.1'), view('w', 'v.7')], ['v', 'w']],
    ['a view of a materialized view of it goes', [frozen('v', 't.1'), view('w', 'v.7')], ['v', 'w']],
    ['a policy that looks into a view of it goes', [view('v', 't.1'), dependentOf('policy', 'p', 'u', 'v.2')], ['v', 'p']],
    ['what stands on a policy does not go with it', [dependentOf('policy', 'p', 'u', 't.1'), view('v', 'u.1')], ['p']],
    ['triggers and rules of a view of it go with the view, and are listed after it', [dependentOf('trigger', 'g', 'v'), dependentOf('rule', 'r', 'v', 'x.1'), view('v', 't.1')], ['v', 'g', 'r']],
    ['triggers of other views stay', [view('v', 't.1'), dependentOf('trigger', 'g', 'w')], ['v']],
    ['a view that names itself goes once', [view('v', 'v.1', 't.1')], ['v']],
    ['views can be made again in the order in which they are listed', [view('c', 'b.1'), view('d', 'c.1', 'a.1'), view('b', 'a.1'), frozen('a', 't.1')], ['a', 'b', 'c', 'd']],
    ['views come before what is not one', [dependentOf('trigger', 'g', 't', 't.1'), view('v', 't.1')], ['v', 'g']],
  ])('%s', (_what, dependents, going) => {
    expect(standing(...dependents)).toStrictEqual({ going, blocking: [] })
  }) // prettier-ignore

  it('functions and publications of it stand in the way, and so do those of its views', () => {
    const found = standing(
      dependentOf('publication', 'all of t', '0', 't.1'),
      dependentOf('function', 'f()', '0', 'v.1'),
      dependentOf('function', 'g()', '0', 't.2'),
      view('v', 't.1'),
    )
    expect(found).toStrictEqual({ going: ['v'], blocking: ['all of t', 'f()'] })
  })
})
