import { describe, expect, it } from '@jest/globals'
import { ForgeError, RefusedError } from '../../src/errors.js'
import { connectSealed } from '../../src/lifecycle/connect-sealed.js'
import { connect } from '../../src/lifecycle/connect.js'
import { teardown } from '../../src/lifecycle/teardown.js'
import type { Connection, Sink } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { branchOf, closed, eventsOf, stageOf } from '../fixtures/lifecycle.js'

const order = { repository: 42, pullRequest: 7, branch: 'pr-7', parent: 'main', onClose: true }
const connection: Connection = {
  url: new Secret('postgresql://direct'),
  pooledUrl: new Secret('postgresql://pooled'),
  password: new Secret('swordfish'),
  host: 'h',
  port: 1,
  database: 'd',
  username: 'u',
}

const refuse = () => Promise.reject(new ForgeError('denied'))
const sign: Sink = { name: 'sign', sign: true, publish: refuse, withdraw: refuse }
const passing: Sink = { name: 'passing', publish: async () => undefined }

describe('a sign', () => {
  it('that cannot be shown is one warning, holds no URL, and stops nothing', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    const ports = { ...stage.ports, sinks: [sign, passing] }
    expect((await connect(ports, order)).exposed).toEqual(['step outputs', 'passing'])
    expect(eventsOf(stage, 'warning')).toEqual(['warning denied'])
  })

  it('that cannot be taken away is one warning, and the branch goes', async () => {
    const stage = stageOf({ branches: [branchOf()], states: [closed] })
    expect(await teardown({ ...stage.ports, sinks: [sign, passing] }, order)).toMatchObject({ status: 'deleted' })
    expect(eventsOf(stage, 'warning')).toEqual(['warning denied'])
  })
})

describe('connecting by a sealed text', () => {
  it('masks every secret before it writes any, and asks nobody', async () => {
    const stage = stageOf()
    const outcome = await connectSealed({ ...stage.ports, sinks: [passing] }, 'pr-7', () => connection)
    expect(outcome).toMatchObject({ status: 'connected', branch: 'pr-7', exposed: ['step outputs', 'passing'] })
    expect(eventsOf(stage, 'find', 'connection', 'read', 'create')).toEqual([])
    for (const secret of ['postgresql://direct', 'postgresql://pooled', 'swordfish']) {
      const mask = stage.events.indexOf(`mask ${secret}`)
      const first = stage.events.findIndex((event) => event.startsWith('output ') && event.includes(secret))
      expect(mask).toBeGreaterThanOrEqual(0)
      expect(first).toBeGreaterThan(mask)
    }
  })

  it('that does not open hands nothing out', async () => {
    const stage = stageOf()
    const open = () => {
      throw new RefusedError('Opening "sealed" refused.')
    }
    await expect(connectSealed({ ...stage.ports, sinks: [passing] }, 'pr-7', open)).rejects.toThrow(RefusedError)
    expect(eventsOf(stage, 'output', 'mask')).toEqual([])
  })
})
