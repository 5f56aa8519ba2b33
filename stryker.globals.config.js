import { expect } from 'expect'

/** Stands where the tests import `@jest/globals`: notes down what they declare, for stryker.runner.config.js to run. */
export { expect }

const root = newBlock()
let current = root

function newBlock() {
  return { tests: [], blocks: [], beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] }
}

/** What the tests that `load` imports declare, as a block whose `name` is in front of theirs. */
export async function declaredBy(name, load) {
  const block = { ...newBlock(), name }
  current = block
  await load()
  current = root
  return block
}

export function describe(name, declare) {
  const outer = current
  current = { ...newBlock(), name: `${outer.name} ${name}` }
  outer.blocks.push(current)
  declare()
  current = outer
}

export function it(name, run) {
  // Rows of a table may have the same name; ids must differ.
  current.tests.push({ id: `${current.name} ${name} (${current.tests.length + 1})`, run })
}

const each = (declare) => (rows) => (name, run) => {
  const isTable = rows.every(Array.isArray)
  for (const row of rows) declare(name, () => run(...(isTable ? row : [row])))
}
it.each = each(it)
describe.each = each(describe)

export const beforeAll = (run) => current.beforeAll.push(run)
export const beforeEach = (run) => current.beforeEach.push(run)
export const afterEach = (run) => current.afterEach.push(run)
export const afterAll = (run) => current.afterAll.push(run)
