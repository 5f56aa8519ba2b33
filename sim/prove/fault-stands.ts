import { setTimeout as delay } from 'node:timers/promises'
import type { Clock, PlatformAccount, PlatformPorts, Provider } from '../../src/ports.js'
import { createNeonProvider } from '../../src/providers/neon.js'
import { createPlanetScaleProvider } from '../../src/providers/planetscale.js'
import { createXataProvider } from '../../src/providers/xata.js'
import { Secret } from '../../src/secret.js'
import type { Databases } from '../platforms/databases.js'
import { startNeon } from '../platforms/neon/index.js'
import { startPlanetScale } from '../platforms/planetscale.js'
import type { Simulator } from '../platforms/simulator.js'
import { startXata } from '../platforms/xata.js'
import { repository } from './world.js'

/** A simulated platform, and as many runs on it as are asked for. */
export interface Stand {
  readonly simulator: Simulator
  /**
   * A provider of a new run, with the milliseconds that it would have taken, waits included. It gives a request up after
   * `patience` ms; in earnest after 30 s.
   */
  readonly open: (patience?: number) => { provider: Provider; took: () => number }
}

/** What the platform is called, and how it is started. */
export interface Platform {
  readonly name: string
  readonly start: () => Promise<Stand>
}

export const key = '0123456789'

/** Nobody looks into the databases: it is about what goes over HTTP. */
function noDatabases(): Databases {
  const nothing = async () => undefined
  const server = { sql: async () => [{ line: 'customers.id bigint' }] }
  const work = { copy: nothing, copySchema: nothing, drop: nothing, login: nothing }
  return { host: '127.0.0.1', port: 1, parent: 'main', server, ...work } as unknown as Databases
}

function standOf(
  simulator: Simulator,
  account: Partial<PlatformAccount>,
  create: (account: PlatformAccount, ports: PlatformPorts) => Provider,
): Stand {
  const nothing = { organization: '', project: '', database: '', role: '', region: '' }
  const full = { apiUrl: simulator.url, allowHttp: true, apiKey: new Secret(key), ...nothing, ...account }
  const open = (patience = 20_000) => {
    let skipped = 0
    const began = performance.now()
    const clock: Clock = {
      now: () => new Date(Date.now() + skipped),
      elapsed: () => performance.now() + skipped,
      // Waits are told, not waited, but for what the simulator itself needs.
      sleep: async (ms) => {
        skipped += ms
        await delay(Math.min(ms, 15))
      },
    }
    const ports: PlatformPorts = {
      repository,
      fetch: (url, init) => {
        const signals = [AbortSignal.timeout(patience), ...(init?.signal ? [init.signal] : [])]
        return fetch(url, { ...init, signal: AbortSignal.any(signals) })
      },
      database: { empty: async () => [], copyLedgers: async () => [] } as unknown as PlatformPorts['database'],
      mask: () => undefined,
      info: () => undefined,
      clock,
      random: () => '00112233445566778899aabbccddeeff',
      signal: new AbortController().signal,
    }
    return { provider: create(full, ports), took: () => performance.now() - began + skipped }
  }
  return { simulator, open }
}

export const platforms: readonly Platform[] = [
  {
    name: 'Neon',
    async start() {
      const neon = await startNeon(noDatabases())
      return standOf(neon, { project: neon.project, apiKey: new Secret(`key-${key}`) }, createNeonProvider)
    },
  },
  {
    name: 'Xata',
    async start() {
      return standOf(
        await startXata(noDatabases()),
        { organization: 'acme', project: 'prj_1', apiKey: new Secret(`xau_${key}`) },
        createXataProvider,
      )
    },
  },
  {
    name: 'PlanetScale',
    async start() {
      const platform = await startPlanetScale({ kind: 'mysql', readyAfter: 1 })
      const { organization, database } = platform
      return standOf(platform, { organization, database, apiKey: new Secret(platform.key) }, createPlanetScaleProvider)
    },
  },
]
