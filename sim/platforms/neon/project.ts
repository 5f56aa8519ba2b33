/** One Neon project: its branches, its running operations, and the computes in front of the real databases. */
import { randomBytes, randomUUID } from 'node:crypto'
import { Refusal } from '../../http/answer.js'
import type { Databases } from '../databases.js'
import { soon } from '../simulator.js'
import { startWire, type Wire } from './wire.js'

export interface NeonOptions {
  readonly apiKey?: string
  /** Milliseconds that one operation takes. */
  readonly busyFor?: number
  /** Branches of one page when no limit is asked for, and the most that a page has whatever is asked for. */
  readonly page?: { readonly usual?: number; readonly most?: number }
  readonly quota?: { readonly branches?: number; readonly roots?: number }
  readonly storesPasswords?: boolean
  /** The databases of the parent and their owners. */
  readonly databases?: Readonly<Record<string, string>>
}

export interface NeonBranch {
  readonly id: string
  name: string
  readonly parentId: string | undefined
  state: 'init' | 'ready'
  protected: boolean
  expiresAt: string | undefined
  updatedAt: Date
  readonly createdAt: Date
  readonly isDefault: boolean
  readonly initSource: string
  readonly annotation: Readonly<Record<string, string>> | undefined
  /** Its database on the real server. */
  readonly physical: string
  readonly passwords: Map<string, string>
  endpoint: { readonly id: string; state: 'init' | 'active' | 'idle'; readonly wire: Wire } | undefined
}

export interface Operation {
  readonly id: string
  readonly branch: string
  readonly action: string
  status: 'scheduling' | 'running' | 'finished' | 'failed' | 'cancelled'
  readonly createdAt: Date
}

export type Step = readonly [action: string, work: () => Promise<void> | void]

export function failure(status: number, message: string, code = ''): Refusal {
  return new Refusal({ status, body: { request_id: randomUUID(), code, message } })
}

export class NeonProject {
  readonly id = 'quiet-sea-12345678'
  readonly branches = new Map<string, NeonBranch>()
  readonly operations: Operation[] = []
  readonly deleted: { name: string; hard: boolean }[] = []
  readonly failing = new Set<string>()
  /** Database by database, its owner: the same on every branch. */
  readonly owners: Readonly<Record<string, string>>
  readonly databases: Databases
  readonly options: NeonOptions
  readonly #wires = new Set<Wire>()

  constructor(databases: Databases, options: NeonOptions) {
    this.databases = databases
    this.options = options
    this.owners = options.databases ?? { neondb: 'neondb_owner' }
  }

  get roles(): string[] {
    return [...new Set(Object.values(this.owners))]
  }

  byName(name: string): NeonBranch | undefined {
    return [...this.branches.values()].find((branch) => branch.name === name)
  }

  hasChildren({ id }: NeonBranch): boolean {
    return [...this.branches.values()].some(({ parentId }) => parentId === id)
  }

  add(name: string, change: Partial<NeonBranch> = {}): NeonBranch {
    const id = newId('br')
    const now = new Date()
    const branch: NeonBranch = {
      id,
      name,
      parentId: undefined,
      state: 'ready',
      protected: false,
      expiresAt: undefined,
      createdAt: now,
      updatedAt: now,
      isDefault: false,
      initSource: 'parent-data',
      annotation: undefined,
      physical: id,
      passwords: new Map(this.roles.map((role) => [role, randomBytes(12).toString('base64url')])),
      endpoint: undefined,
      ...change,
    }
    this.branches.set(id, branch)
    return branch
  }

  /** A compute that is not started yet. */
  async giveEndpoint(branch: NeonBranch): Promise<void> {
    const wire = await startWire(this.databases, ({ user, database }) => {
      if (this.owners[database] === undefined || !this.branches.has(branch.id)) return undefined
      if (branch.endpoint) branch.endpoint.state = 'active'
      return { user: loginOf(branch, user), database: branch.physical }
    })
    this.#wires.add(wire)
    branch.endpoint = { id: newId('ep'), state: 'init', wire }
  }

  async start(branch: NeonBranch): Promise<void> {
    for (const role of this.roles) await this.setPassword(branch, role, branch.passwords.get(role) ?? '')
    if (branch.endpoint) branch.endpoint.state = 'active'
  }

  async setPassword(branch: NeonBranch, role: string, password: string): Promise<void> {
    branch.passwords.set(role, password)
    await this.databases.login(loginOf(branch, role), password)
  }

  /** Copies the parent into the branch's database while nobody is on the parent. */
  async fill(branch: NeonBranch, parent: NeonBranch): Promise<void> {
    const { databases } = this
    const copy = () =>
      branch.initSource === 'schema-only'
        ? databases.copySchema(parent.physical, branch.physical)
        : databases.copy(parent.physical, branch.physical)
    await (parent.endpoint ? parent.endpoint.wire.whileQuiet(copy) : copy())
  }

  isBusy({ id }: NeonBranch): boolean {
    return this.operations.some(({ branch, status }) => branch === id && ['running', 'scheduling'].includes(status))
  }

  /** Begins the steps, one after the other, as operations of the branch; gives them as they are at this moment. */
  schedule(branch: NeonBranch, steps: readonly Step[]): Operation[] {
    const made = steps.map(([action], index): Operation => {
      const status = index === 0 ? 'running' : 'scheduling'
      return { id: randomUUID(), branch: branch.id, action, status, createdAt: new Date() }
    })
    this.operations.unshift(...made)
    const begun = structuredClone(made)
    void this.#run(branch, made, steps)
    return begun
  }

  async #run(branch: NeonBranch, operations: readonly Operation[], steps: readonly Step[]): Promise<void> {
    for (const [index, operation] of operations.entries()) {
      operation.status = 'running'
      if (this.failing.delete(operation.action)) {
        operation.status = 'failed'
        for (const later of operations.slice(index + 1)) later.status = 'cancelled'
        return
      }
      await steps[index]?.[1]()
      await new Promise<void>((resolve) => soon(this.options.busyFor ?? 15, resolve))
      if (index === operations.length - 1) branch.state = 'ready'
      operation.status = 'finished'
    }
  }

  close(): void {
    for (const wire of this.#wires) wire.close()
  }
}

export function newId(kind: 'br' | 'ep'): string {
  return `${kind}-quiet-${randomBytes(6).toString('hex')}`
}

/** Roles have the same name on every branch, but a password of their own. */
function loginOf({ id }: NeonBranch, role: string): string {
  return `${id}/${role}`
}
