import { createDblabProvider } from '../../src/providers/dblab.js'
import { startDblab } from '../../sim/platforms/dblab/index.js'
import { simulatedPlatform } from '../fixtures/platform.js'
import { describeProvider } from './provider.js'

describeProvider('DBLab', () =>
  simulatedPlatform({
    simulate: (databases) => startDblab(databases),
    account: ({ url }) => ({ apiUrl: url, database: 'main' }),
    create: createDblabProvider,
  }),
)
