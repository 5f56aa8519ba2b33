import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { RefusedError } from '../../../src/errors.js'
import type { Provider } from '../../../src/ports.js'
import { ask, providerFor, type Shopping, specOf, startShop } from '../../fixtures/postgres.js'
import { askByFields, everythingOn, expectNothingBut, makeBranch, makeParent } from './stage.js'

const names = [
  `$$O'Brien$$`,
  `x"'; DROP DATABASE main; --\n`,
  `back\\slash \\' and %s %I %`,
  '../../etc/passwd',
  'a/b?c=d#e&f@g:h',
  'größer 数据库 🐘',
  'n'.repeat(63),
  `${'é'.repeat(31)}x`,
]

let stage: Shopping
let provider: Provider
let before: string[]
beforeAll(async () => {
  stage = await startShop()
  await stage.server.sql('main', 'CREATE TABLE canary AS SELECT 1 AS alive')
  provider = providerFor(stage.server.adminUrl)
  before = await everythingOn(stage.server)
})
afterAll(async () => {
  await provider.close()
  await stage.server.stop()
})
// A query on the canary fails where it or its database is gone.
afterEach(async () => {
  await stage.server.sql('main', 'SELECT 1 / alive FROM canary')
  await expectNothingBut(stage.server, before)
})

describe('a parent called', () => {
  it.each(names)('%j is copied, and its branch deleted', async (parent) => {
    const { server } = stage
    await makeParent(server, parent, 'CREATE TABLE canary AS SELECT 2 AS alive')
    await server.sql('postgres', `COMMENT ON DATABASE ${pg.escapeIdentifier(parent)} IS 'theirs'`)
    const own = providerFor(server.adminUrl, { parent })
    const { branch, connection } = await makeBranch(own, 'pr-1', { parent, dataPolicy: 'schema_only' })
    expect(branch.claim).toMatchObject({ claim: { parent } })
    expect(await askByFields(server, { database: 'pr-1', login: connection }, 'SELECT alive FROM canary')).toEqual([])
    expect(await own.delete((await own.find('pr-1'))!)).toBe('deleted')
    expect(await askByFields(server, { database: parent }, 'SELECT alive FROM canary')).toEqual([{ alive: 2 }])
    await own.close()
    await server.sql('postgres', `DROP DATABASE ${pg.escapeIdentifier(parent)}`)
  })
})

describe('a branch called, had the input check let it pass,', () => {
  it.each(names)('%j is made, found, logged in to, rebuilt and deleted', async (name) => {
    const { branch, connection } = await makeBranch(provider, name)
    expect(branch.name).toBe(name)
    expect(await provider.find(name)).toEqual(branch)
    expect(connection.url.reveal()).not.toMatch(/\s/)
    const who = 'SELECT current_database()::text AS d, current_user::text AS u, alive FROM canary'
    const rows = await askByFields(stage.server, { database: name, login: connection }, who)
    expect(rows).toEqual([{ d: name, u: name, alive: 1 }])
    const { branch: after } = await provider.reset!(branch, specOf(name, { dataPolicy: 'copy' }))
    expect(await provider.leftovers!(name)).toEqual([])
    expect(await provider.delete(after)).toBe('deleted')
  })
})

describe('schemas, tables and roles with hostile names', () => {
  it('are handed over and emptied', async () => {
    const { server } = stage
    const quoted = names.slice(0, -2).map((name) => pg.escapeIdentifier(name))
    const kind = (name: string) => name.replace(/"$/, ' kind"')
    const script = quoted.map(
      (
        name,
      ) => `CREATE ROLE ${name}; CREATE SCHEMA ${name} AUTHORIZATION ${name}; CREATE TYPE ${name}.${kind(name)} AS ENUM ('a');
        CREATE TABLE ${name}.${name} (${name} serial, kind ${name}.${kind(name)}); INSERT INTO ${name}.${name} DEFAULT VALUES;
        CREATE FUNCTION ${name}.${name}(${name}.${kind(name)}) RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE MATERIALIZED VIEW ${name}.mv AS SELECT * FROM ${name}.${name}; ANALYZE ${name}.${name}`,
    )
    await makeParent(server, 'odd', script.join(';'))
    const { branch, connection } = await makeBranch(provider, 'pr-2', { parent: 'odd', dataPolicy: 'schema_only' })
    for (const name of quoted) {
      expect(await ask(connection, `SELECT * FROM ${name}.${name} UNION ALL SELECT * FROM ${name}.mv`)).toEqual([])
      await ask(connection, `DROP SCHEMA ${name} CASCADE`)
    }
    await provider.delete(branch)
    await server.sql('postgres', 'DROP DATABASE odd')
    await server.sql('postgres', quoted.map((name) => `DROP ROLE ${name}`).join(';'))
  })
})

it('a branch of a pull request is no parent', async () => {
  const { branch } = await makeBranch(provider, 'pr-3')
  await expect(provider.create(specOf('pr-4', { parent: 'pr-3' }))).rejects.toThrow(RefusedError)
  await provider.delete(branch)
})
