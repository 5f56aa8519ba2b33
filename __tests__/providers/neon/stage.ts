import { setTimeout as delay } from 'node:timers/promises'
import { Refusal } from '../../../sim/http/answer.js'
import type { Databases } from '../../../sim/platforms/databases.js'
import { type Neon, startNeon } from '../../../sim/platforms/neon/index.js'
import { failure, type NeonOptions } from '../../../sim/platforms/neon/project.js'
import type { Entry } from '../../../sim/platforms/simulator.js'
import type { Connection, PlatformAccount, PlatformPorts, Provider } from '../../../src/ports.js'
import { createNeonProvider } from '../../../src/providers/neon.js'
import { accountOf, portsOf, quickClock, type TestPorts } from '../../fixtures/platform.js'

export const B = '/projects/{project_id}/branches'
export const ONE = `${B}/{branch_id}`

/** Databases that nobody looks into: for tests of what goes over HTTP. */
export function noDatabases(): Databases {
  const nothing = async () => undefined
  const server = { sql: async () => [{ line: 'customers.id bigint' }] }
  const work = { copy: nothing, copySchema: nothing, drop: nothing, login: nothing }
  return { host: '127.0.0.1', port: 1, parent: 'main', server, ...work } as unknown as Databases
}

export interface NeonStage {
  readonly neon: Neon
  readonly provider: Provider
  readonly ports: TestPorts
  /** From whom to whom ledgers were copied. */
  readonly copied: { from: Connection; to: Connection }[]
  /** Another run's provider for the same project. */
  open(account?: Partial<PlatformAccount>, ports?: Partial<PlatformPorts>): Provider
  /** The requests that this work sends. */
  requests(work: () => Promise<unknown>): Promise<string[]>
  /** Refuses the next calls of an operation before anything is done. */
  refuse(operation: string, answer: { status: number; message?: string; code?: string; times?: number }): void
  stop(): Promise<void>
}

export async function openStage(options: NeonOptions = {}, databases = noDatabases()): Promise<NeonStage> {
  const neon = await startNeon(databases, options)
  const copied: NeonStage['copied'] = []
  const database = {
    copyLedgers: async (from: Connection, to: Connection) => {
      copied.push({ from, to })
      return ['Copied the migration ledger.']
    },
  } as unknown as PlatformPorts['database']
  // Long enough for an operation of the simulator to end, so that one look is enough.
  const clock = { ...quickClock, sleep: () => delay(60) }
  const ports = portsOf({ database, clock })
  const open: NeonStage['open'] = (account = {}, change = {}) =>
    createNeonProvider(accountOf({ apiUrl: neon.url, project: neon.project, ...account }), { ...ports, ...change })
  return {
    neon,
    provider: open(),
    ports,
    copied,
    open,
    async requests(work) {
      const before = neon.journal.length
      await work()
      return neon.journal.slice(before).map(short)
    },
    refuse(operation, { status, message = 'no', code = '', times = 1 }) {
      let left = times
      const off = neon.before(operation, () => {
        if (left === 0) return off()
        left -= 1
        throw new Refusal(failure(status, message, code).answer)
      })
    },
    async stop() {
      await neon.close()
      if (neon.violations.length > 0) throw new Error(neon.violations.join('\n'))
    },
  }
}

/** `GET branches`, without what is the same in every request. */
function short({ method, operation }: Entry): string {
  return `${method} ${operation?.replace(/^\w+ \/projects\/\{project_id\}\//, '') ?? '?'}`
}

/** The message of what a work fails with, without the port, which is another each time. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  const message = await work.then(
    () => 'nothing failed',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  )
  return message.replaceAll(/127\.0\.0\.1:\d+/g, 'neon').replaceAll(/request req-\d+/g, 'request id')
}
