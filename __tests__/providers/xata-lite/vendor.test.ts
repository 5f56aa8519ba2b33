/** The judge is the vendor's own client, npm `@xata.io/client`. */
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { buildClient, XataApiClient } from '@xata.io/client'
import { workspace, xataLiteKey } from '../../../sim/platforms/xata-lite.js'
import { specOf } from '../../fixtures/postgres.js'
import { failureOf, quickScene, type Scene } from './stage.js'

let scene: Scene
beforeAll(async () => {
  scene = await quickScene()
})
afterAll(() => scene.close())

it('understands the simulator, and reads what the adapter made', async () => {
  const host = { main: scene.lite.url, workspaces: scene.lite.url }
  const { branch: branches } = new XataApiClient({ apiKey: xataLiteKey, host })
  const place = { workspace: workspace.id, region: workspace.region }
  const at = (name: string) => ({ pathParams: { ...place, dbBranchName: `shop:${name}` } })

  const spec = specOf('pr-1')
  const { branch } = await scene.provider.create(spec)
  const listed = await branches.getBranchList({ pathParams: { ...place, dbName: 'shop' } })
  expect(listed.branches.map(({ name }) => name)).toEqual(['main', 'pr-1'])
  const details = await branches.getBranchDetails(at('pr-1'))
  expect(details).toMatchObject({ id: branch.id, branchName: 'pr-1', startedFrom: { branchName: 'main' } })
  const { labels } = await branches.getBranchMetadata(at('pr-1'))
  expect(labels).toHaveLength(1)

  const made = await branches.createBranch({ ...at('pr-2'), body: { from: 'main', metadata: { labels: ['of Ada'] } } })
  expect(made).toEqual({ databaseName: 'shop', branchName: 'pr-2', status: 'completed' })
  await branches.updateBranchMetadata({ ...at('pr-2'), body: { labels: labels ?? [] } })
  expect(await scene.provider.find('pr-2')).toMatchObject({ claim: { kind: 'claim', claim: spec.claim } })
  expect(await branches.deleteBranch(at('pr-2'))).toEqual({ status: 'completed' })
  expect(await failureOf(branches.getBranchDetails(at('pr-2')))).toMatchObject({ status: 404 })

  // Client and adapter send the same.
  const sent = (index: number) =>
    scene.lite.journal.filter(({ operation }) => operation === 'PUT /db/{branch}').at(index)
  expect([sent(0)?.path, sent(1)?.path]).toEqual(['/db/shop:pr-1', '/db/shop:pr-2'])
  expect(Object.keys(sent(0)?.body as object)).toEqual(Object.keys(sent(1)?.body as object))
})

it('builds the same URL', async () => {
  const account = { apiUrl: 'https://acme-s3qk1p.us-east-1.xata.sh' }
  const { branch } = await scene.provider.create(specOf('pr-3'))
  const { url } = await scene.run({}, account).connection(branch)
  const Client = buildClient()
  const { sql } = new Client({
    databaseURL: 'https://acme-s3qk1p.us-east-1.xata.sh/db/shop',
    apiKey: xataLiteKey,
    branch: 'pr-3',
    enableBrowser: true,
  })
  expect(url.reveal()).toBe((sql as { connectionString: string }).connectionString)
})
