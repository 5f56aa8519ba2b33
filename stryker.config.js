/** Mutation testing of what decides and of what deletes: `npm run mutation`. See docs/reliability.md. */
export default {
  plugins: ['./stryker.runner.config.js'],
  testRunner: 'in-process',
  testRunnerNodeArgs: ['--no-warnings'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  ignoreStatic: true,
  timeoutMS: 20_000,
  mutate: ['src/domain/*.ts', 'src/lifecycle/*.ts'],
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
