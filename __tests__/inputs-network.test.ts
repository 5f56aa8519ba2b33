import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { startWorld, type World } from './fixtures/world.js'

let world: World

beforeAll(async () => {
  world = await startWorld()
  world.github.openPullRequest({ number: 7 })
})

afterAll(() => world.stop())

/** One run that fails; whatever was refused, nothing was made or removed. */
async function failing(inputs: Record<string, string>) {
  const standing = await world.standing()
  const result = await world.main({ number: 7, action: 'opened' }, { inputs })
  expect(await world.standing()).toEqual(standing)
  expect(result.code).toBe(1)
  expect(result.errors).toHaveLength(1)
  expect(Object.keys(result.outputs).filter((name) => name !== 'status')).toEqual([])
  expect(result.log.replace(/^::(add-mask|debug)::.*$/gm, '')).not.toMatch(/^ +at |\.js:\d/m)
  const sinks = [result.log.replace(/^::add-mask::.*$/gm, ''), result.summary, JSON.stringify(result.state)].join('\n')
  expect(sinks).not.toContain(world.server.password)
  // Without its escapes, the summary says what the log says.
  expect(result.summary.replaceAll('\u200B', '').replace(/\\(.)/g, '$1')).toContain(result.errors[0])
  return result.errors[0]!
}

describe('a wrong input that only the server can tell', () => {
  it('admin_url of a server that is not there', async () => {
    const said = await failing({ admin_url: 'postgresql://postgres:swordfish@127.0.0.1:9/postgres' })
    expect(said).toMatch(/^Connecting to "postgres" on 127\.0\.0\.1:9 failed: .*ECONNREFUSED.*"admin_url"/)
  })

  it('admin_url of a host that does not exist', async () => {
    const said = await failing({ admin_url: 'postgresql://postgres:swordfish@nowhere.invalid/postgres' })
    expect(said).toMatch(/^Connecting to "postgres" on nowhere\.invalid:5432 failed: .*"admin_url"/)
  })

  it('admin_url with a wrong password', async () => {
    const { host, port } = world.server
    const said = await failing({ admin_url: `postgresql://postgres:swordfish@${host}:${port}/postgres` })
    expect(said).toBe(
      `Connecting to "postgres" on ${host}:${port} failed: the server refused user "postgres". Check user and password in "admin_url" and the server's pg_hba.conf.`,
    )
  })

  it('admin_url with a database that is not there', async () => {
    const said = await failing({ admin_url: world.server.url('nothing') })
    expect(said).toMatch(/^Connecting to "nothing" on .* failed: there is no such database\. .*"admin_url"/)
  })

  it('parent_branch that is not there', async () => {
    expect(await failing({ parent_branch: 'golden' })).toBe(
      'Copying "golden" failed: there is no such database. Set "parent_branch" to an existing one.',
    )
  })

  it('parent_branch with somebody in it', async () => {
    const client = new pg.Client({ connectionString: world.server.url('main'), application_name: 'app\n::error::x' })
    client.on('error', () => undefined)
    await client.connect()
    try {
      const said = await failing({})
      expect(said).toMatch(/"main"/)
      expect(said).toMatch(/busy_parent/)
    } finally {
      await client.end()
    }
  })

  it('branch_name of a database that is not ours', async () => {
    await world.server.sql('postgres', 'CREATE DATABASE "pr-7"')
    try {
      expect(await failing({})).toMatch(/^Handing out "pr-7" refused: .*not ours.*no claim.* Nothing was changed\.$/)
    } finally {
      await world.server.sql('postgres', 'DROP DATABASE "pr-7"')
    }
  })
})
