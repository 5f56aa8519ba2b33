import type { PlatformAccount, Provider } from '../../../src/ports.js'
import { createPlanetScaleProvider } from '../../../src/providers/planetscale.js'
import { messageOf } from '../../../src/errors.js'
import { Secret } from '../../../src/secret.js'
import { type PlanetScale, type PlanetScaleOptions, startPlanetScale } from '../../../sim/platforms/planetscale.js'
import { accountOf, portsOf, type TestPorts } from '../../fixtures/platform.js'

export interface Stage {
  readonly platform: PlanetScale
  /** A provider of a new run. */
  open(change?: Partial<PlatformAccount>, ports?: Partial<TestPorts>): Provider & { ports: TestPorts }
  /** The requests that a body sends, as `GET /branches/pr-7`, in order. */
  requests(body: () => Promise<unknown>): Promise<string[]>
  /** What a failing body says, with host, id of the request and random ids left out. */
  sentence(body: () => Promise<unknown>): Promise<string>
  stop(): Promise<void>
}

export async function startStage(options: PlanetScaleOptions): Promise<Stage> {
  const platform = await startPlanetScale(options)
  const { url: apiUrl, key, organization, database } = platform
  const account = accountOf({ apiUrl, apiKey: new Secret(key), organization, database })
  return {
    platform,
    open(change = {}, some = {}) {
      const ports = portsOf(some)
      return Object.assign(createPlanetScaleProvider({ ...account, ...change }, ports), { ports })
    },
    async requests(body) {
      const from = platform.journal.length
      await body()
      const place = `/v1/organizations/${organization}/databases/${database}`
      return platform.journal.slice(from).map(({ method, path }) => `${method} ${path.replace(place, '') || '/'}`)
    },
    async sentence(body) {
      const told = await body().then(
        () => 'nothing failed',
        (error: unknown) => messageOf(error),
      )
      return told.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST').replaceAll(/req-[0-9a-f]+/g, 'ID')
    },
    async stop() {
      await platform.close()
      if (platform.violations.length > 0) throw new Error(platform.violations.join('\n'))
    },
  }
}

export const branches = '/organizations/{organization}/databases/{database}/branches'
