import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { type Dblab, type DblabOptions, startDblab } from '../../../sim/platforms/dblab/index.js'
import type { PlatformAccount, PlatformPorts, Provider } from '../../../src/ports.js'
import { createDblabProvider } from '../../../src/providers/dblab.js'
import { accountOf, portsOf, type TestPorts } from '../../fixtures/platform.js'

export interface Stage {
  readonly engine: Dblab
  readonly databases: Databases
  /** A run of its own, with what it has logged and masked. */
  open(change?: Partial<PlatformAccount>, ports?: Partial<PlatformPorts>): Provider & { readonly ports: TestPorts }
  /** What was sent since the last time this was asked, a run of equal looks at a clone as one. */
  requests(): string[]
  stop(): Promise<void>
}

export const customerCount = 50

export async function startStage(options: DblabOptions = {}): Promise<Stage> {
  const databases = await startDatabases({ shop: { customers: customerCount, orders: 100 } })
  const engine = await startDblab(databases, options)
  let told = 0
  return {
    engine,
    databases,
    open(change = {}, portChange = {}) {
      const ports = portsOf(portChange)
      return Object.assign(createDblabProvider(accountOf({ apiUrl: engine.url, database: 'main', ...change }), ports), {
        ports,
      })
    },
    requests() {
      const fresh = engine.journal.slice(told).map(({ method, path }) => `${method} ${path.slice('/api'.length)}`)
      told = engine.journal.length
      return fresh.filter((request, index) => request !== fresh[index - 1])
    },
    async stop() {
      await engine.close()
      await databases.stop()
      if (engine.violations.length > 0) throw new Error(engine.violations.join('\n'))
    },
  }
}
