import type { PlatformAccount } from '../../src/ports.js'
import { createPlanetScaleProvider } from '../../src/providers/planetscale.js'
import { Secret } from '../../src/secret.js'
import { type PlanetScale, startPlanetScale } from '../../sim/platforms/planetscale.js'
import { accountOf, portsOf, simulatedPlatform } from '../fixtures/platform.js'
import { specOf } from '../fixtures/postgres.js'
import { describeProvider, type Platform } from './provider.js'

const accountAt = ({ url, key, organization, database }: PlanetScale): Partial<PlatformAccount> => ({
  apiUrl: url,
  apiKey: new Secret(key),
  organization,
  database,
})

describeProvider('PlanetScale for PostgreSQL', () =>
  simulatedPlatform({
    simulate: (databases) => startPlanetScale({ kind: 'postgresql', databases }),
    account: accountAt,
    create: createPlanetScaleProvider,
  }),
)

describeProvider('PlanetScale for MySQL', async (): Promise<Platform> => {
  const simulator = await startPlanetScale({ kind: 'mysql' })
  const account = accountOf(accountAt(simulator))
  const open = (change: Partial<PlatformAccount> = {}) =>
    createPlanetScaleProvider({ ...account, ...change }, portsOf())
  return {
    provider: open(),
    other: open(),
    unreachable: open({ apiUrl: 'http://127.0.0.1:9' }),
    spec: specOf,
    parentRows: simulator.branch('main')?.customers ?? 0,
    rows: async ({ url }) => simulator.mysql(url.reveal()).rows(),
    write: async ({ url }) => simulator.mysql(url.reveal()).write(),
    async stop() {
      await simulator.close()
      if (simulator.violations.length > 0) throw new Error(simulator.violations.join('\n'))
    },
  }
})
