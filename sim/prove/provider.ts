import { ConflictError, ProviderError } from '../../src/errors.js'
import { known } from '../../src/domain/known.js'
import type { Branch } from '../../src/domain/branch.js'
import type { BranchSpec, Connection, Made, Provider } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import type { Run } from './run.js'
import type { Row, World } from './world.js'

/**
 * How a platform makes a branch. `beside`: under another name, which it changes once all is done. `in view`: it has its
 * name at once, marked as unfinished.
 */
export type Making = 'beside' | 'in view'

export function urlOf(name: string): string {
  return `postgresql://${name}:swordfish@db/${name}`
}

/** The platform as one run sees it; what takes several requests takes several calls. */
export function providerFor(world: World, run: Run, making: Making): Provider & { loggedIn: () => Row | undefined } {
  let loggedIn: Row | undefined
  const standing = ({ id, name }: Branch): Row => {
    const row = world.byId(id)
    if (!row) throw new ProviderError(`Reading "${name}" failed: it is gone. Run the job again.`)
    return row
  }
  const fill = async (row: Row, { dataPolicy, parent }: BranchSpec): Promise<void> => {
    await run.call(`fill ${row.id} under ${dataPolicy}`, () => {
      const from = world.byName(parent)
      row.rows =
        dataPolicy === 'schema_only' ? 'none' : from?.claim?.golden || dataPolicy === 'masked' ? 'masked' : 'original'
    })
  }
  const begin = (name: string, spec: BranchSpec, marks: Pick<Row, 'aside' | 'unfinished'>): Row => {
    const parent = world.byName(spec.parent)
    if (!parent) throw new ProviderError(`Copying "${spec.parent}" failed: it is not there. Check "parent_branch".`)
    if (spec.parentId !== undefined && spec.parentId !== parent.id)
      throw new ConflictError('The golden parent changed.')
    const claim = { ...spec.claim, parentSchema: 'one' }
    const row = world.add({ name, claim, rows: parent.rows, maker: run, ...marks })
    spec.onMade?.(row.id)
    return row
  }
  const refuseTaken = (name: string) => {
    if (world.byName(name)) throw new ConflictError(`"${name}" is taken.`)
  }
  const beside = (spec: BranchSpec) =>
    begin(`${spec.name}.new-${spec.claim.build}`, spec, { aside: true, unfinished: false })
  const create = async (spec: BranchSpec): Promise<Made> => {
    const row = await run.call(`create ${spec.name} ${making}`, () => {
      refuseTaken(spec.name)
      return making === 'beside' ? beside(spec) : begin(spec.name, spec, { aside: false, unfinished: true })
    })
    await fill(row, spec)
    await run.call(`finish ${spec.name}`, () => {
      if (!world.rows.includes(row)) throw new ConflictError(`"${spec.name}" was taken away.`)
      if (making === 'beside') refuseTaken(spec.name)
      Object.assign(row, { name: spec.name, aside: false, unfinished: false })
    })
    return { branch: world.branchOf(row), notes: [] }
  }
  const reset = async (branch: Branch, spec: BranchSpec): Promise<Made> => {
    const made = await run.call(`rebuild ${spec.name}`, () => beside(spec))
    await fill(made, spec)
    const old = await run.call(`swap ${spec.name}`, () => {
      const now = world.byName(spec.name)
      if (now?.id !== branch.id) throw new ConflictError(`"${spec.name}" is another one by now.`)
      if (!world.rows.includes(made)) throw new ConflictError('The rebuild was taken away.')
      world.replace(run, { old: now, made })
      return now
    })
    // What cannot be taken away now is left to whoever comes next.
    await run
      .call(`drop ${old.name}`, () => takeAway(old))
      .catch((error: unknown) => {
        if (!(error instanceof ProviderError)) throw error
      })
    return { branch: world.branchOf(made), notes: [] }
  }
  const takeAway = (row: Row): 'deleted' | 'absent' => {
    if (!world.rows.includes(row)) return 'absent'
    world.remove(run, row)
    return 'deleted'
  }
  const read = (rows: readonly Row[]) => rows.map((row) => world.branchOf(row))
  return {
    capabilities: {
      engine: 'postgresql',
      claims: 'branch',
      schemaOnly: 'sql',
      masked: 'in_place',
      copy: true,
      golden: true,
      reset: 'in_place',
      pointInTime: false,
      expiry: false,
      pooledUrl: false,
      urlReadableLater: true,
      sessions: true,
    },
    loggedIn: () => loggedIn,
    list: () => run.call('list branches', () => ({ items: read(world.rows), complete: true })),
    find: (name) => run.call(`find ${name}`, () => read(world.rows).find((branch) => branch.name === name)),
    create,
    reset,
    delete: (branch) =>
      run.call(`delete ${branch.name}`, () => {
        const row = world.byId(branch.id)
        return row ? takeAway(row) : 'absent'
      }),
    leftovers: (name) =>
      run.call(`leftovers ${name}`, () =>
        read(world.rows.filter(({ aside, maker, claim }) => aside && !isAtWork(maker, run) && claim?.branch === name)),
      ),
    abandon: (build) =>
      run.call(`abandon ${build}`, () => {
        const half = world.rows.filter(({ aside, claim }) => aside && claim?.build === build)
        for (const row of half) takeAway(row)
      }),
    sessions: () => run.call('sessions', () => new Map(world.rows.map(({ id }) => [id, known(0)]))),
    schemaFingerprint: (parent) => run.call(`fingerprint ${parent}`, () => 'one'),
    connection: (branch) =>
      run.call(`log in to ${branch.name}`, () => {
        loggedIn = standing(branch)
        return connectionTo(branch.name)
      }),
    close: async () => undefined,
  }
}

/** Another run's build, by whose session one sees that it lives. */
function isAtWork(maker: Run | undefined, run: Run): boolean {
  return maker !== undefined && maker !== run && maker.alive
}

function connectionTo(name: string): Connection {
  const rest = { host: 'db', port: 5432, database: name, username: name }
  return { url: new Secret(urlOf(name)), password: new Secret('swordfish'), ...rest }
}
