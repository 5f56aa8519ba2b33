import { describe, expect, it } from '@jest/globals'
import { readPolicyFile } from '../../src/data/policy-file.js'
import { scan, type ScanPorts } from '../../src/lifecycle/scan.js'
import type { Job, Provider } from '../../src/ports.js'
import { columnOf, tableOf } from '../domain/masking/schema-of.js'
import { realClock } from '../fixtures/postgres.js'

const nothing = {
  server: { version: 180_000, superuser: true, role: 'x' },
  tables: [],
  uniques: [],
  foreignKeys: [],
  dependents: [],
  largeObjects: 0,
  userMappings: [],
}
const seen = { findings: new Map(), documents: new Map(), checks: new Map() }

function portsWith(provider: Partial<Provider>, scanParent?: ScanPorts['scanParent']): ScanPorts {
  return {
    provider: provider as Provider,
    job: { info: () => undefined, group: (_title: string, body: () => unknown) => body() } as unknown as Job,
    clock: realClock,
    scanParent:
      scanParent ??
      (() => Promise.resolve({ schema: { ...nothing, labels: [] }, seen, tables: [], notes: [] } as never)),
    parse: async (text) => readPolicyFile('draft', text),
  }
}

it('refuses where the platform gives no login on a parent, and says what to do', async () => {
  await expect(scan(portsWith({}), 'main')).rejects.toThrow(
    'Scanning "main" refused: this platform gives no login on a parent. Scan it with provider "postgres", the parent\'s own URL as "admin_url" and its database as "parent_branch".',
  )
})

it.each([true, false])('closes its session, whether scanning succeeds or not (%p)', async (succeeds) => {
  let closed = 0
  const openParent = () => Promise.resolve({ query: () => Promise.resolve([]), close: async () => void closed++ })
  const failing = () => Promise.reject(new Error('lost'))
  await scan(portsWith({ openParent }, succeeds ? undefined : failing), 'main').catch(() => undefined)
  expect(closed).toBe(1)
})

it('gives a valid policy file for a parent without a table', async () => {
  const openParent = () => Promise.resolve({ query: () => Promise.resolve([]), close: () => Promise.resolve() })
  const { text, notes } = await scan(portsWith({ openParent }), 'odd "name" #1')
  expect([...readPolicyFile('draft', text).parents.keys()]).toEqual(['odd "name" #1'])
  expect(notes).toEqual([])
})

describe('a scan', () => {
  const openParent = () => Promise.resolve({ query: () => Promise.resolve([]), close: () => Promise.resolve() })
  // The login that scans owns nothing; who masks does.
  const orders = tableOf('orders', [columnOf('wallet')], { ours: false })
  const scanned = (schema: object) => () =>
    Promise.resolve({
      schema: { ...nothing, labels: [], ...schema },
      seen,
      tables: [{ table: 'public.orders', columns: 1, rows: 1 }],
      notes: ['It took a while.'],
    } as never)

  it('names its steps and gives what the parent told', async () => {
    const names: string[] = []
    const ports = portsWith({ openParent }, scanned({}))
    const group = (title: string, body: () => unknown) => (names.push(title), body())
    const { tables, notes } = await scan({ ...ports, job: { ...ports.job, group } as unknown as Job }, 'main')
    expect(names).toEqual(['connect', 'scan'])
    expect([tables.length, notes]).toEqual([1, ['It took a while.']])
  })

  it('says what its draft leaves open, of tables that somebody else masks', async () => {
    const notesOn = async (tables: unknown[]) =>
      (await scan(portsWith({ openParent }, scanned({ tables })), 'main')).notes
    expect(await notesOn([orders])).toEqual(['It took a while.'])
    const typed = 'The draft leaves open: public.orders.wallet (text) has no rule.'
    expect(await notesOn([{ ...orders, typed: true }])).toEqual(['It took a while.', typed])
  })

  it.each([
    ['no parent', new Map()],
    ['no rules', new Map([['main', {}]])],
  ])('refuses a draft that holds %s', async (_what, parents) => {
    const ports = { ...portsWith({ openParent }), parse: async () => ({ parents }) as never }
    await expect(scan(ports, 'main')).rejects.toThrow(/^The draft of \d+ characters holds no rules\.$/)
  })
})
