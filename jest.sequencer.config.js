import { statSync } from 'node:fs'

/**
 * The test files of more than ten seconds on a quiet machine, longest first. With two workers, one of these at the end
 * would keep the other waiting; jest's own order on a fresh clone is by size in bytes, which tells little of the time.
 */
const LONG = [
  'workflows/migrate',
  'faults/cancel',
  'workflows/golden',
  'workflows/masked',
  'data/masking/attack',
  'sweep/refresh-faults',
  'sweep/examples',
  'faults/golden',
  'sweep/real',
  'workflows/examples',
  'faults/migrate',
  'faults/races',
  'data/masking/planted',
  'data/masking/stream',
  'insight/schema-diff',
  'gitlab/template',
  'workflows/hand-over',
  'data/masking/sample',
  'workflows/platforms/planetscale',
  'insight/locks',
  'data/masking/verify',
  'providers/dblab/create',
  'providers/postgres/golden',
  'sim/postgres/places',
  'contract/dblab',
  'providers/dblab/reset',
]

/** What jest asks of a sequencer. Files that are not named above come by size, largest first. */
export default class LongestFirst {
  sort(tests) {
    const place = ({ path }) => {
      const found = LONG.findIndex((name) => path.endsWith(`/__tests__/${name}.test.ts`))
      return found === -1 ? LONG.length : found
    }
    const size = ({ path }) => statSync(path).size
    return [...tests].sort((one, other) => place(one) - place(other) || size(other) - size(one))
  }

  allFailedTests(tests) {
    return tests
  }

  cacheResults() {
    // The order is the same in every run.
  }
}
