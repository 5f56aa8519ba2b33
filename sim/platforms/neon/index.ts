/**
 * Neon's API v2, as far as branches go: operations that take their time and lock what they work on, a search that
 * finds parts of names, annotations that are written once, root branches with a cap of their own, deleted branches
 * that go only when their operations are over. What the published description does not tell (409, the codes of the
 * limits, the sentence of 423) is as users of Neon saw it.
 */
import type { Databases } from '../databases.js'
import { type Simulator, startSimulator } from '../simulator.js'
import { neonDescription } from './description.js'
import { failure, type NeonBranch, type NeonOptions, NeonProject } from './project.js'
import { routesOf } from './routes.js'

export interface Neon extends Simulator {
  readonly project: string
  readonly apiKey: string
  /** By id, the deleted ones not among them. */
  readonly branches: ReadonlyMap<string, NeonBranch>
  readonly deleted: readonly { readonly name: string; readonly hard: boolean }[]
  byName(name: string): NeonBranch | undefined
  /** The next operation of this action ends as failed. */
  failNext(action: string): void
  /** Puts a child of the parent there that nobody asked the API for; it has no compute. */
  plant(name: string, change?: Partial<NeonBranch>): NeonBranch
}

export async function startNeon(databases: Databases, options: NeonOptions = {}): Promise<Neon> {
  const { apiKey = 'key-0123456789' } = options
  const project = new NeonProject(databases, options)
  const main = project.add('main', { isDefault: true, physical: databases.parent })
  await project.giveEndpoint(main)
  await project.start(main)
  const routes = routesOf(project)
  const simulator = await startSimulator({
    basePath: '/api/v2',
    routes,
    description: await neonDescription(Object.keys(routes)),
    authorize: ({ authorization }) => {
      if (authorization === `Bearer ${apiKey}`) return undefined
      return failure(401, 'supplied credentials do not pass authentication').answer
    },
    headers: (count) => ({ 'x-neon-ret-request-id': `req-${count}` }),
  })
  return {
    ...simulator,
    project: project.id,
    apiKey,
    branches: project.branches,
    deleted: project.deleted,
    byName: (name) => project.byName(name),
    failNext: (action) => void project.failing.add(action),
    plant: (name, change) => project.add(name, { parentId: main.id, ...change }),
    async close() {
      project.close()
      await simulator.close()
    },
  }
}
