/**
 * The judge is the vendor's own client, npm `@xata.io/api`, with the schemas it carries. It ships TypeScript sources that
 * run only when they are bundled.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { specOf } from '../../fixtures/postgres.js'
import { failureOf, quickScene, type Scene } from './stage.js'

interface Schema {
  safeParse(value: unknown): { success: boolean; error?: { message: string } }
}

type Operation = (params: object) => Promise<Record<string, unknown>>

interface Vendor {
  readonly XataApi: new (options: { token: string; baseUrl: string; retry: false }) => {
    readonly api: { readonly branches: Readonly<Record<string, Operation>> }
  }
  readonly Schemas: Readonly<Record<string, Schema>>
}

const require = createRequire(import.meta.url)
const root = join(import.meta.dirname, '../../..')
let directory: string
let vendor: Vendor
let scene: Scene
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'xata-api-'))
  const bundle = join(directory, 'xata-api.mjs')
  const source = require.resolve('@xata.io/api')
  const flags = ['--bundle', '--platform=node', '--format=esm', '--log-level=error', `--outfile=${bundle}`]
  execFileSync(join(root, 'node_modules/.bin/esbuild'), [source, ...flags])
  vendor = (await import(pathToFileURL(bundle).href)) as Vendor
  scene = await quickScene({ version: 'newer' })
})
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true })
  await scene.close()
})

it('the vendor’s client understands the simulator', async () => {
  const client = new vendor.XataApi({ token: 'xau_0123456789', baseUrl: scene.xata.url, retry: false })
  const { branches } = client.api
  const pathParams = { organizationID: 'acme', projectID: 'prj_1' }
  const listed = await branches['listBranches']!({ pathParams })
  const [main] = listed['branches'] as { id: string; name: string }[]
  expect(main).toMatchObject({ name: 'main' })
  const body = { name: 'pr-1', mode: 'inherit', parentID: main!.id, description: 'of Ada' }
  const made = await branches['createBranch']!({ pathParams, body })
  expect(made).toMatchObject({ name: 'pr-1', parentID: main!.id })
  const one = { ...pathParams, branchID: made['id'] }
  await branches['updateBranch']!({ pathParams: one, body: { description: 'of Bob' } })
  for (const status of ['TRANSIENT', 'TRANSIENT', 'HEALTHY']) {
    const described = await branches['describeBranch']!({ pathParams: one })
    expect(described).toMatchObject({ description: 'of Bob', status: { statusType: `STATUS_TYPE_${status}` } })
  }
  const login = await branches['getBranchCredentials']!({ pathParams: one, queryParams: { username: 'xata' } })
  expect(login).toMatchObject({ hostname: '127.0.0.1', password: scene.xata.named('pr-1')!.password })
  await branches['deleteBranch']!({ pathParams: one })
  expect(await failureOf(branches['describeBranch']!({ pathParams: one }))).toMatchObject({ status: 404 })
})

describe('the vendor’s schemas', () => {
  const operations = {
    'GET branches': 'listBranches',
    'POST branches': 'createBranch',
    'GET branch': 'describeBranch',
    'PATCH branch': 'updateBranch',
    'DELETE branch': 'deleteBranch',
    'GET credentials': 'getBranchCredentials',
  } as const

  it('find no fault with what the adapter sends and the simulator answers', async () => {
    const judged = new Map<string, number>()
    const faults: string[] = []
    const judge = (name: string, value: unknown) => {
      const { success, error } = vendor.Schemas[name]!.safeParse(value)
      judged.set(name, (judged.get(name) ?? 0) + 1)
      if (!success) faults.push(`${name}: ${error?.message}`)
    }
    const judgingFetch = async (url: string, init?: RequestInit) => {
      const [, id, rest] = /\/branches(?:\/([^/?]+))?(?:\/(\w+))?/.exec(url) ?? []
      const what = `${init?.method} ${rest ?? (id === undefined ? 'branches' : 'branch')}` as keyof typeof operations
      const operation = operations[what]
      if (typeof init?.body === 'string') judge(`${operation}BodySchema`, JSON.parse(init.body))
      const answer = await fetch(url, init)
      if (answer.status !== 204) judge(`${operation}Status${answer.status}Schema`, await answer.clone().json())
      return answer
    }
    const provider = scene.run({ fetch: judgingFetch })
    expect(await provider.find('pr-2')).toBeUndefined()
    const { branch } = await provider.create(specOf('pr-2'))
    await provider.connection(branch)
    await provider.list()
    const { branch: after } = await provider.reset!(branch, specOf('pr-2'))
    for (const one of [...(await provider.leftovers!('pr-2')), after]) await provider.delete(one)
    expect(await provider.delete(after)).toBe('absent')
    expect(faults).toEqual([])
    expect([...judged.keys()].sort()).toEqual([
      'createBranchBodySchema',
      'createBranchStatus201Schema',
      'deleteBranchStatus404Schema',
      'describeBranchStatus200Schema',
      'getBranchCredentialsStatus200Schema',
      'listBranchesStatus200Schema',
      'updateBranchBodySchema',
      'updateBranchStatus200Schema',
    ])
  })

  it('would find one', () => {
    const body = { name: 'pr-3', mode: 'inherit', parentID: 'b1' }
    const accepts = (change: object) =>
      vendor.Schemas['createBranchBodySchema']!.safeParse({ ...body, ...change }).success
    expect(accepts({ description: 'dbba1 42 7 su 136d8 abcde' })).toBe(true)
    expect(accepts({ description: 'owner/repo#42' })).toBe(false)
    expect(accepts({ parentID: undefined })).toBe(false)
  })
})
