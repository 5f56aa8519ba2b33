import type { Branch } from '../../src/domain/branch.js'
import type { DataPolicy } from '../../src/domain/data-policy.js'
import type { BranchSpec, PlatformAccount, PlatformPorts, Provider } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import type { Databases } from '../platforms/databases.js'
import type { Simulator } from '../platforms/simulator.js'
import { fetchWithin, quickTime } from './fault-clock.js'
import type { Stand } from './fault-subject.js'
import { claimOf, repository } from './world.js'

/** A simulated platform on which pull request 7 has its branch. */
export interface PlatformStand extends Stand<Provider> {
  readonly server: Simulator
  readonly dataPolicy: DataPolicy
  /** The branch of pull request 7. */
  readonly pr7: () => Branch
  /** The names of all branches before the work under fault. */
  readonly before: () => readonly string[]
  /** The same after it; read without a fault. */
  readonly left: () => Promise<readonly string[]>
}

export const key = '0123456789'

/** Nobody looks into the databases: it is about what goes over HTTP. */
export function noDatabases(): Databases {
  const nothing = async () => undefined
  const server = { sql: async () => [{ line: 'customers.id bigint' }], dataDirectory: '', url: () => '' }
  const work = { copy: nothing, copySchema: nothing, rename: nothing, drop: nothing, login: nothing }
  return { host: '127.0.0.1', port: 1, parent: 'main', server, ...work } as unknown as Databases
}

export function specOf(name: string, dataPolicy: DataPolicy, build = 'ffeeddccbbaa9988'): BranchSpec {
  const claim = claimOf({
    branch: name,
    pullRequest: Number(name.slice(3)),
    dataPolicy,
    build,
    createdAt: new Date().toISOString(),
  })
  return { name, parent: 'main', dataPolicy, claim }
}

export interface PlatformSetting {
  readonly simulator: Simulator
  readonly account: Partial<PlatformAccount>
  readonly dataPolicy: DataPolicy
  readonly database?: Partial<PlatformPorts['database']>
  readonly create: (account: PlatformAccount, ports: PlatformPorts) => Provider
}

export function platformStand({ simulator, account, dataPolicy, database, create }: PlatformSetting): PlatformStand {
  const nothing = { organization: '', project: '', database: '', role: '', region: '' }
  const full = { apiUrl: simulator.url, allowHttp: true, apiKey: new Secret(key), ...nothing, ...account }
  const open: PlatformStand['open'] = (patience) => {
    const time = quickTime()
    const ports = {
      repository,
      fetch: fetchWithin(patience),
      database: { empty: async () => [], copyLedgers: async () => [], ...database } as PlatformPorts['database'],
      mask: () => undefined,
      info: () => undefined,
      clock: time.clock,
      random: () => '00112233445566778899aabbccddeeff',
      signal: new AbortController().signal,
    }
    return { ports: create(full, ports), time }
  }
  let pr7: Branch | undefined
  let before: string[] = []
  let after: string[] | undefined
  const names = async () => (await open().ports.list()).items.map(({ name }) => name)
  const gone = async () => {
    const there = new Set(await left())
    return before.filter((name) => name !== 'pr-7' && !there.has(name))
  }
  const left = async () => (after ??= await names())
  return {
    server: simulator,
    secrets: [full.apiKey.reveal().slice(-10)],
    dataPolicy,
    pr7: () => pr7!,
    before: () => before,
    left,
    open,
    async settle() {
      const { branch } = await open().ports.create(specOf('pr-7', dataPolicy, '1122334455667788'))
      pr7 = branch
      before = await names()
    },
    wrongs: async () => [
      ...(await gone()).map((name) => `"${name}" is gone`),
      ...simulator.violations.map((each) => `the simulator says: ${each}`),
    ],
  }
}
