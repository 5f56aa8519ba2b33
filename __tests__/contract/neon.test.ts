import { startNeon } from '../../sim/platforms/neon/index.js'
import { createNeonProvider } from '../../src/providers/neon.js'
import { simulatedPlatform } from '../fixtures/platform.js'
import { describeProvider } from './provider.js'

describeProvider('Neon', () =>
  simulatedPlatform({
    simulate: (databases) => startNeon(databases),
    account: ({ url, project }) => ({ apiUrl: url, project }),
    create: createNeonProvider,
  }),
)
