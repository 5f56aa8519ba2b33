export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/coverage/', '<rootDir>/lib/', '<rootDir>/dist/'],
  testSequencer: '<rootDir>/jest.sequencer.config.js',
  globalSetup: '<rootDir>/jest.setup.config.js',
  testTimeout: 60_000,
  // For two cores: most files wait half of their time for a process or server of their own.
  maxWorkers: 3,
}
