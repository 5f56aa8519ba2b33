import { describe, expect, it } from '@jest/globals'
import type { Branch } from '../../../src/domain/branch.js'
import { readClaim, encodeClaim } from '../../../src/domain/claim.js'
import { ConflictError, ProviderError } from '../../../src/errors.js'
import { buildOf, discard, endBuild, moveAway, removeBranch } from '../../../src/providers/postgres/aside.js'
import { deadLeftovers, findBranch, listBranches, sessionCounts } from '../../../src/providers/postgres/catalog.js'
import { retryWithoutSessions, sessionsOn } from '../../../src/providers/postgres/sessions.js'
import type { Session } from '../../../src/sql/session.js'
import { claimOf } from '../../fixtures/claim.js'
import { testClock } from '../../fixtures/clock.js'

interface Database {
  readonly id: string
  readonly comment?: string
  readonly ownerComment?: string
  readonly template?: boolean
}

interface World {
  databases?: Record<string, Database>
  /** By name: id and comment. */
  roles?: Record<string, { readonly id: string; readonly comment?: string }>
  /** `application_name` of other sessions; a number of looks after which those of a build are gone. */
  applications?: string[]
  looks?: number
  /** Fails a statement that begins so, once per entry, with this SQLSTATE. */
  failures?: [beginning: string, state: string][]
  /** Happens right before a statement that begins so. */
  meanwhile?: [beginning: string, change: (world: Required<World>) => void]
}

const identifier = '("(?:[^"]|"")+")'
const quoted = (text: string) => text.replace(/^"|"$/g, '').replaceAll('""', '"')

/**
 * A server as far as a deletion sees it: transactions hold back what they change, names are looked up by every statement,
 * and a statement that it does not know fails.
 */
function serverOf(given: World) {
  const world: Required<World> = {
    databases: {},
    roles: {},
    applications: [],
    looks: 0,
    failures: [],
    meanwhile: ['-', () => undefined],
    ...given,
  }
  const statements: string[] = []
  let before: Pick<Required<World>, 'databases' | 'roles'> | undefined

  const query = async (text: string, values: readonly unknown[] = []): Promise<unknown[]> => {
    const sql = text.replace(/\s+/g, ' ')
    statements.push(values.length > 0 ? `${sql} -- ${values.join()}` : sql)
    if (sql.startsWith(world.meanwhile[0])) world.meanwhile[1](world)
    const failure = world.failures.findIndex(([beginning]) => sql.startsWith(beginning))
    if (failure !== -1) {
      const [[, state]] = world.failures.splice(failure, 1) as [[string, string]]
      throw new ProviderError(`it failed (${state})`, { cause: { code: state } })
    }
    return answer(sql, values)
  }

  function answer(sql: string, values: readonly unknown[]): unknown[] {
    const [first] = values as string[]
    const rename = new RegExp(`^ALTER DATABASE ${identifier} RENAME TO ${identifier}$`).exec(sql)
    const renameRole = new RegExp(
      `^ALTER ROLE ${identifier} RENAME TO ${identifier}; ALTER ROLE ${identifier} NOLOGIN$`,
    ).exec(sql)
    const drop = new RegExp(`^DROP (DATABASE|ROLE) IF EXISTS ${identifier}( WITH \\(FORCE\\))?$`).exec(sql)
    if (sql === 'BEGIN') before = { databases: { ...world.databases }, roles: { ...world.roles } }
    else if (sql === 'ROLLBACK') Object.assign(world, before)
    else if (sql === 'COMMIT') before = undefined
    else if (rename) move(world.databases, rename, '3D000')
    else if (renameRole) {
      move(world.roles, renameRole, '42704')
      if (renameRole[2] !== renameRole[3]) throw new Error('another role may not log in any more')
    } else if (drop) {
      if ((drop[1] === 'DATABASE') !== (drop[3] !== undefined)) throw new Error(`syntax: ${sql}`)
      Reflect.deleteProperty(drop[1] === 'DATABASE' ? world.databases : world.roles, quoted(drop[2]!))
    } else if (sql === 'SELECT oid::text AS id FROM pg_database WHERE datname = $1') {
      const found = world.databases[first!]
      return found ? [{ id: found.id }] : []
    } else if (sql === 'SELECT FROM pg_roles WHERE rolname = $1') return world.roles[first!] ? [{}] : []
    else if (sql.startsWith('SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_roles r')) {
      if (!sql.includes('a.datname = $1 AND a.pid <> pg_backend_pid()')) throw new Error(`would end others: ${sql}`)
    } else return catalogue(sql, values)
    return []
  }

  function catalogue(sql: string, [first]: readonly unknown[]): unknown[] {
    const columns = `SELECT d.oid::text AS id, d.datname::text AS name, shobj_description(d.oid, 'pg_database') AS comment, shobj_description(d.datdba, 'pg_authid') AS owner_comment, d.datistemplate AS template FROM pg_database d`
    const rows = Object.entries(world.databases).map(([name, each]) => ({
      id: each.id,
      name,
      comment: each.comment ?? null,
      owner_comment: each.ownerComment ?? null,
      template: each.template ?? false,
    }))
    if (sql === `${columns} ORDER BY d.datname`) return rows.sort((a, b) => (a.name < b.name ? -1 : 1))
    if (sql === `${columns} WHERE d.datname = $1`) return rows.filter(({ name }) => name === first)
    if (sql.includes('FROM pg_roles r WHERE r.rolname LIKE $1 AND NOT EXISTS')) {
      const beginning = String(first).replace(/%$/, '')
      const lonely = Object.entries(world.roles).filter(
        ([name]) => name.startsWith(beginning) && !world.databases[name],
      )
      return lonely.map(([name, { id, comment }]) => ({ id, name, comment: comment ?? null }))
    }
    if (sql === 'SELECT application_name AS application FROM pg_stat_activity')
      return world.applications.map((application) => ({ application }))
    const own = 'FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()'
    if (sql === `SELECT pg_terminate_backend(pid) ${own}`) return []
    if (sql === `SELECT pid ${own}`)
      return world.applications.includes(String(first)) && world.looks-- > 0 ? [{ pid: 1 }] : []
    throw new Error(`nobody answers ${sql}`)
  }

  const admin = { query } as Session
  return {
    admin,
    world,
    statements,
    names: () => [...Object.keys(world.databases), ...Object.keys(world.roles)].sort(),
  }
}

function move(things: Record<string, unknown>, [, from, to]: RegExpExecArray, missing: string): void {
  const [old, next] = [quoted(from!), quoted(to!)]
  const thing = things[old]
  if (thing === undefined) throw new ProviderError(`no "${old}"`, { cause: { code: missing } })
  Reflect.deleteProperty(things, old)
  things[next] = thing
}

const build = '0011223344556677'
const aside = `db-branch~${build}`
const text = (change: Parameters<typeof claimOf>[0] = {}) => encodeClaim(claimOf(change))

const branch: Branch = { id: '100', name: 'pr-7', claim: { kind: 'claim', claim: claimOf() } }

/** The branch, somebody's database of a name like it, and what another build has put aside. */
const world = (): World => ({
  databases: {
    'pr-7': { id: '100', comment: text() },
    main: { id: '1' },
    'db-branch~ff': { id: '7', comment: text({ build: 'ff' }) },
  },
  roles: { 'pr-7': { id: '200' }, owner: { id: '2' }, 'db-branch~ff': { id: '8' } },
})
const others = ['db-branch~ff', 'db-branch~ff', 'main', 'owner']

describe('a branch is deleted', () => {
  it('with its role, and nothing else', async () => {
    const { admin, names } = serverOf(world())
    expect(await removeBranch(admin, branch, build)).toBe('deleted')
    expect(names()).toEqual(others)
  })

  it('step by step: its sessions, its name, its login, itself', async () => {
    const { admin, statements } = serverOf(world())
    await removeBranch(admin, branch, build)
    expect(statements.slice(1)).toEqual([
      `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid WHERE a.datname = $1 AND a.pid <> pg_backend_pid() AND (pg_has_role(r.oid, 'USAGE') OR NOT r.rolsuper AND pg_has_role('pg_signal_backend', 'USAGE')) -- pr-7`,
      'BEGIN',
      `ALTER DATABASE "pr-7" RENAME TO "${aside}"`,
      `SELECT oid::text AS id FROM pg_database WHERE datname = $1 -- ${aside}`,
      `ALTER ROLE "pr-7" RENAME TO "${aside}"; ALTER ROLE "${aside}" NOLOGIN`,
      'COMMIT',
      `DROP DATABASE IF EXISTS "${aside}" WITH (FORCE)`,
      `SELECT FROM pg_roles WHERE rolname = $1 -- ${aside}`,
      `DROP ROLE IF EXISTS "${aside}"`,
    ])
  })

  it('whatever its name holds', async () => {
    const name = 'Ä"; DROP DATABASE main; --'
    const { admin, names } = serverOf({
      databases: { [name]: { id: '5' }, main: { id: '1' } },
      roles: { [name]: { id: '6' } },
    })
    expect(await removeBranch(admin, { ...branch, id: '5', name }, build)).toBe('deleted')
    expect(names()).toEqual(['main'])
  })

  it('without asking for a role that is not there, which takes rights', async () => {
    const { admin, statements } = serverOf({ databases: { [aside]: { id: '100' } } })
    await discard(admin, build)
    expect(statements.join()).not.toContain('DROP ROLE')
  })

  it('at once where it stands aside', async () => {
    const { admin, names, statements } = serverOf({
      databases: { [aside]: { id: '100' }, main: { id: '1' } },
      roles: { [aside]: { id: '200' } },
    })
    expect(await removeBranch(admin, { ...branch, name: aside }, build)).toBe('deleted')
    expect(names()).toEqual(['main'])
    expect(statements.join()).not.toContain('RENAME')
  })

  it.each([1, 4])('at the next attempt where somebody logs in again, %d times', async (times) => {
    const busy = Array.from({ length: times }, (): [string, string] => ['ALTER DATABASE', '55006'])
    const { admin, names, statements } = serverOf({ ...world(), failures: busy })
    expect(await removeBranch(admin, branch, build)).toBe('deleted')
    expect(names()).toEqual(others)
    expect(statements.filter((sql) => sql.startsWith('SELECT pg_terminate'))).toHaveLength(times + 1)
  })
})

describe('nothing is deleted, and nothing changed', () => {
  const everything = ['db-branch~ff', 'db-branch~ff', 'main', 'owner', 'pr-7', 'pr-7']
  const anew: Database = { id: '999', comment: text() }

  it.each<[string, World, string[]]>([
    ['another database has its name', { databases: { ...world().databases, 'pr-7': anew } }, everything],
    ['it is gone', { databases: { main: { id: '1' } }, roles: {} }, ['main']],
    [
      'another one took its name while its sessions were ended',
      { meanwhile: ['BEGIN', ({ databases }) => void (databases['pr-7'] = anew)] },
      everything,
    ],
    [
      'it went while its sessions were ended',
      { meanwhile: ['SELECT pg_terminate', ({ databases }) => void Reflect.deleteProperty(databases, 'pr-7')] },
      everything.slice(0, -1),
    ],
  ])('where %s', async (_, change, left) => {
    const { admin, names } = serverOf({ ...world(), ...change })
    expect(await removeBranch(admin, branch, build)).toBe('absent')
    expect(names()).toEqual(left)
  })

  it('where another database has its name, whose sessions stay', async () => {
    const { admin, statements } = serverOf({ ...world(), databases: { 'pr-7': anew } })
    await removeBranch(admin, branch, build)
    expect(statements.join()).not.toContain('pg_terminate_backend')
  })

  it.each([
    ['ALTER DATABASE', '42501'],
    ['ALTER ROLE', '42501'],
    ['COMMIT', '08006'],
  ])('where %s fails, which is told', async (beginning, state) => {
    const { admin, names } = serverOf({ ...world(), failures: [[beginning, state]] })
    await expect(removeBranch(admin, branch, build)).rejects.toThrow(`it failed (${state})`)
    expect(names()).toEqual(everything)
  })

  it('where somebody logs in again and again', async () => {
    const busy = Array.from({ length: 5 }, (): [string, string] => ['ALTER DATABASE', '55006'])
    const { admin, names } = serverOf({ ...world(), failures: busy })
    await expect(removeBranch(admin, branch, build)).rejects.toThrow('it failed (55006)')
    expect(names()).toEqual(everything)
  })
})

it('says that a branch was made anew when it was to be moved aside', async () => {
  const { admin } = serverOf({ databases: { 'pr-7': { id: '999' } }, roles: { 'pr-7': { id: '200' } } })
  const moving = moveAway(admin, branch, build)
  await expect(moving).rejects.toThrow(ConflictError)
  await expect(moving).rejects.toThrow('"pr-7" was made anew since it was read')
})

it('takes the build from the claim, and refuses a branch without one', () => {
  expect(buildOf(branch)).toBe(build)
  expect(() => buildOf({ ...branch, claim: { kind: 'none' } })).toThrow(new ProviderError('"pr-7" carries no claim.'))
})

it('does not repeat what fails for another reason', async () => {
  const { admin, statements } = serverOf({})
  const failing = retryWithoutSessions(admin, 'pr-7', () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(statements).toHaveLength(1)
})

describe('sessions of a build', () => {
  const application = `db-branch-action ${build}`

  it.each([
    [0, 0],
    [3, 3],
    [49, 49],
    [1000, 50],
  ])('that go after %d looks are waited for %d times', async (looks, times) => {
    const { admin, statements } = serverOf({ applications: [application], looks })
    const clock = testClock()
    await endBuild(admin, build, clock)
    expect(clock.waits).toEqual(Array.from({ length: times }, () => 100))
    expect(statements[0]).toBe(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid() -- ${application}`,
    )
  })
})

describe('what stands on the server', () => {
  const claim = (change: Parameters<typeof claimOf>[0]) => readClaim(text(change))
  const dead = { build: 'aa', branch: 'pr-1' }
  const { admin } = serverOf({
    databases: {
      template1: { id: '2', template: true },
      'pr-7': { id: '100', comment: text() },
      // Its comment comes last: until then the claim stands on its owner.
      'db-branch~aa': { id: '3', ownerComment: text(dead) },
      'db-branch~bb': { id: '4', comment: text({ build: 'bb', branch: 'pr-1' }), ownerComment: text({ build: 'cc' }) },
      'db-branch~zz': { id: '8' },
      strange: { id: '5', comment: 'of somebody', ownerComment: text() },
    },
    roles: {
      'db-branch~dd': { id: '6', comment: text({ build: 'dd', branch: 'pr-2' }) },
      'db-branch~bb': { id: '9' },
      owner: { id: '7' },
    },
    applications: ['psql', 'db-branch-action bb', `db-branch-action ${build}`],
  })
  const none = { kind: 'none' }
  const all = [
    { id: '3', name: 'db-branch~aa', claim: claim(dead), leftover: true },
    { id: '4', name: 'db-branch~bb', claim: claim({ build: 'bb', branch: 'pr-1' }), leftover: true, alive: true },
    { id: '8', name: 'db-branch~zz', claim: none, leftover: true },
    // Its run is there, but it has its name.
    { id: '100', name: 'pr-7', claim: claim({}) },
    { id: '5', name: 'strange', claim: readClaim('of somebody') },
    { id: '2', name: 'template1', claim: none, protection: 'it is a template database' },
    { id: 'role:6', name: 'db-branch~dd', claim: claim({ build: 'dd', branch: 'pr-2' }), leftover: true },
  ]

  it('is listed, with the remains of dead runs and those of living ones', async () => {
    expect(await listBranches(admin)).toStrictEqual(all)
  })

  it('is listed without a look at sessions where nothing stands aside', async () => {
    const { admin: quiet, statements } = serverOf({ databases: { main: { id: '1' } } })
    expect(await listBranches(quiet)).toStrictEqual([{ id: '1', name: 'main', claim: none }])
    expect(statements.join()).not.toContain('pg_stat_activity')
  })

  it('is found by name', async () => {
    expect(await findBranch(admin, 'pr-7')).toStrictEqual(all[3])
    expect(await findBranch(admin, 'db-branch~dd')).toStrictEqual(all[6])
    expect(await findBranch(admin, 'db-branch~ee')).toBeUndefined()
    expect(await findBranch(admin, 'owner')).toBeUndefined()
  })

  it('is dead for a branch where nobody works on it', async () => {
    expect(await deadLeftovers(admin, 'pr-1')).toStrictEqual([all[0]])
    expect(await deadLeftovers(admin, 'pr-2')).toStrictEqual([all[6]])
    // A branch that has its name is no remains.
    expect(await deadLeftovers(admin, 'pr-7')).toStrictEqual([])
  })
})

it('counts sessions by database, and tells those that keep one from being copied', async () => {
  const rows = (given: unknown[]) => {
    const asked: unknown[] = []
    const query = async (text: string, values?: readonly unknown[]) => (asked.push(text, values), given)
    return { sql: { query } as Session, asked }
  }
  expect(await sessionCounts(rows([{ id: '5', sessions: 2 }]).sql)).toEqual(new Map([['5', { known: true, value: 2 }]]))
  const { sql, asked } = rows([{ line: 'process 5' }, { line: 'process 6' }])
  expect(await sessionsOn(sql, 'main')).toEqual(['process 5', 'process 6'])
  expect(asked[1]).toEqual(['main'])
})
