import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { nativeDirectory } from '../../../sim/postgres/binaries.js'
import { startPostgres } from '../../../sim/postgres/server.js'
import { soon, start } from './fixtures/program.js'

/** Root can also become nobody, a user without rights or a home; a normal user can only be itself. */
const USERS: [string, number | undefined][] =
  process.getuid?.() === 0
    ? [
        ['root', undefined],
        ['nobody', 65534],
      ]
    : [['a normal user', undefined]]

let directory: string
let native: string
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'places-'))
  native = path.join(directory, 'native')
  cpSync(nativeDirectory(18), native, { recursive: true, verbatimSymlinks: true })
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** As npm leaves the package when it runs no install scripts. */
beforeEach(() => {
  chmodSync(directory, 0o755)
  const lib = path.join(native, 'lib')
  for (const entry of readdirSync(lib, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) rmSync(path.join(lib, entry.name))
  }
})

describe.each(USERS)('as %s', (_, uid) => {
  it('runs, and stops', async () => {
    const { ended, dataDirectory, version } = await start({ ending: 'stop', ...(uid && { uid }) })
    expect(version).toMatch(/^18\./)
    expect(await ended).toEqual([0, null])
    expect(existsSync(path.dirname(dataDirectory))).toBe(false)
  })

  it('runs with an empty environment', async () => {
    const env = { HOME: process.env['HOME'], PATH: process.env['PATH'] }
    const { ended } = await start({ ending: 'stop', env, ...(uid && { uid }) })
    expect(await ended).toEqual([0, null])
  })

  it('runs from an install whose library links are missing', async () => {
    const { ended } = await start({ ending: 'stop', native, ...(uid && { uid }) })
    expect(await ended).toEqual([0, null])
  })
})

it('runs from a directory that nobody else can enter, and leaves the files there as they were', async () => {
  chmodSync(directory, 0o700)
  const program = path.join(native, 'bin/postgres')
  const before = lstatSync(program)
  const server = await startPostgres({ native })
  try {
    expect(await server.sql('postgres', 'SHOW server_version')).toEqual([{ server_version: server.version }])
    await server.sql('postgres', 'CREATE EXTENSION pgcrypto')
  } finally {
    await server.stop()
  }
  const { mode, uid, size, nlink } = lstatSync(program)
  expect({ mode, uid, size, nlink }).toEqual({ mode: before.mode, uid: before.uid, size: before.size, nlink: 1 })
})

it('makes missing library links when several start at once', async () => {
  const programs = await Promise.all([1, 2, 3].map(() => start({ ending: 'stop', native })))
  expect(await Promise.all(programs.map(({ ended }) => ended))).toEqual([
    [0, null],
    [0, null],
    [0, null],
  ])
  expect(lstatSync(path.join(native, 'lib/libpq.so.5')).isSymbolicLink()).toBe(true)
  expect(await soon(() => programs.every(({ dataDirectory }) => !existsSync(dataDirectory)))).toBe(true)
})

it('runs from files that their owner alone may read', async () => {
  for (const file of ['bin/postgres', 'bin/initdb', 'lib/libpq.so.5.18']) chmodSync(path.join(native, file), 0o700)
  chmodSync(path.join(native, 'share/postgresql/postgres.bki'), 0o600)
  chmodSync(directory, 0o700)
  const server = await startPostgres({ native })
  await server.stop()
  expect(lstatSync(path.join(native, 'share/postgresql/postgres.bki')).mode & 0o777).toBe(0o600)
})
