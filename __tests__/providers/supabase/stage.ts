import { Refusal } from '../../../sim/http/answer.js'
import { startDatabases } from '../../../sim/platforms/databases.js'
import { startSupabase, type Supabase, type SupabaseOptions } from '../../../sim/platforms/supabase.js'
import type { PlatformAccount, PlatformPorts, Provider } from '../../../src/ports.js'
import { createSupabaseProvider } from '../../../src/providers/supabase.js'
import { Secret } from '../../../src/secret.js'
import { accountOf, portsOf, type TestPorts } from '../../fixtures/platform.js'

export interface Run {
  readonly provider: Provider
  readonly ports: TestPorts
  /** The requests since this run began: `GET /v1/projects/{ref}/branches`. */
  readonly requests: () => string[]
}

export interface SupabaseStage {
  readonly simulator: Supabase
  /** Host and port of the simulator, as sentences show them. */
  readonly host: string
  run(change?: { account?: Partial<PlatformAccount>; ports?: Partial<PlatformPorts> }): Run
  stop(): Promise<void>
}

export async function startSupabaseStage(options: SupabaseOptions = {}): Promise<SupabaseStage> {
  const databases = await startDatabases({ shop: { customers: 3, orders: 3 } })
  const simulator = await startSupabase(databases, options)
  const account = { apiUrl: simulator.url, apiKey: new Secret(simulator.key), project: simulator.project }
  return {
    simulator,
    host: new URL(simulator.url).host,
    run(change = {}) {
      const ports = portsOf(change.ports)
      const from = simulator.journal.length
      return {
        provider: createSupabaseProvider(accountOf({ ...account, ...change.account }), ports),
        ports,
        requests: () =>
          simulator.journal.slice(from).map((entry) => entry.operation ?? `${entry.method} ${entry.path}`),
      }
    },
    async stop() {
      await simulator.close()
      await databases.stop()
      if (simulator.violations.length > 0) throw new Error(simulator.violations.join('\n'))
    },
  }
}

/** The next request of this kind is refused, and nothing is done. */
export function refuseOnce({ simulator }: SupabaseStage, operation: string, status: number): void {
  const stop = simulator.before(operation, () => {
    stop()
    throw new Refusal({ status, body: { message: 'nope' } })
  })
}

/** What a promise was rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (outcome instanceof Error) return outcome
  throw new Error('nothing failed')
}
