import { readFileSync } from 'node:fs'

/** By beginning of line: what stands between a verdict and a deletion on a platform. */
const deletions = {
  'src/http/api.ts': ['export function path('],
  'src/providers/dblab.ts': ['async delete(', 'async #remove('],
  'src/providers/dblab/clone.ts': ['export function idOf(', 'export function isSettled('],
  'src/providers/neon.ts': ['async delete(', 'async abandon('],
  'src/providers/neon/branches.ts': ['function branchOf(', 'function asideMarks('],
  'src/providers/neon/operations.ts': ['export async function settle(', 'async function read(', 'function unfinished('],
  'src/providers/planetscale.ts': ['async delete(', 'async abandon(', 'async #discard(', 'async #remove('],
  'src/providers/planetscale/row.ts': ['function protectionOf('],
  'src/providers/planetscale/site.ts': ['async find(', 'async remove(', 'async requireChildless(', '#named('],
  'src/providers/postgres/sessions.ts': ['export async function retryWithoutSessions'],
  'src/providers/rest.ts': ['async delete('],
  'src/providers/supabase.ts': ['async delete(', '#notTheParent('],
  'src/providers/supabase/row.ts': ['function protectionOf('],
  'src/providers/supabase/requests.ts': ['async delete('],
  'src/providers/xata.ts': ['async delete('],
  'src/providers/xata/api.ts': ['async delete(', 'export function saysGone(', 'async function unlessGone'],
  'src/providers/xata/branch.ts': ['function protectionOf('],
  'src/providers/xata-lite.ts': ['async delete(', 'async #read('],
  'src/providers/xata-lite/api.ts': ['async details(', 'async delete('],
}

/** Mutation testing of what decides and of what deletes: `npm run mutation`. See docs/reliability.md. */
export default {
  plugins: ['./stryker.runner.config.js'],
  testRunner: 'in-process',
  testRunnerNodeArgs: ['--no-warnings'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  ignoreStatic: true,
  timeoutMS: 20_000,
  mutate: [
    'src/domain/*.ts',
    'src/domain/masking/*.ts',
    'src/domain/synthetic/!(vocabulary).ts',
    'src/lifecycle/*.ts',
    'src/http.ts',
    'src/http/wait.ts',
    'src/providers/postgres/{aside,catalog,names}.ts',
    ...Object.entries(deletions).flatMap(([file, beginnings]) =>
      beginnings.map((beginning) => linesOf(file, beginning)),
    ),
  ],
  // What a sandbox holds; the rest of the tree plays no part.
  ignorePatterns: ['coverage', 'dist', 'dist-maps', 'lib'],
  tempDirName: 'coverage/stryker',
  incremental: true,
  incrementalFile: 'coverage/mutation/incremental.json',
  reporters: ['clear-text', 'json'],
  jsonReporter: { fileName: 'coverage/mutation/report.json' },
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  thresholds: { high: 95, low: 90, break: 90 },
}

/** `file.ts:10-60`: from the line that begins so, but for its indent, to the one that ends its block. */
function linesOf(file, beginning) {
  const lines = readFileSync(file, 'utf8').split('\n')
  const start = lines.findIndex((line) => line.trimStart().startsWith(beginning))
  if (start === -1) throw new Error(`${file} has no line that begins with "${beginning}".`)
  const indent = lines[start].slice(0, lines[start].indexOf(beginning))
  const end = lines.findIndex((line, at) => at > start && line.startsWith(`${indent}}`))
  return `${file}:${start + 1}-${end + 1}`
}
