import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { type PlatformStage, startPlatformStage } from '../../../sim/platforms/stage.js'
import { startSupabase, type Supabase } from '../../../sim/platforms/supabase.js'

let databases: Databases
let supabase: Supabase
let stage: PlatformStage
beforeAll(async () => {
  databases = await startDatabases({ shop: { customers: 20, orders: 20 } })
  supabase = await startSupabase(databases)
  stage = await startPlatformStage({
    apiUrl: supabase.url,
    secrets: { SUPABASE_ACCESS_TOKEN: supabase.key },
  })
})
afterAll(async () => {
  await stage.stop()
  await supabase.close()
  await databases.stop()
  if (supabase.violations.length > 0) throw new Error(supabase.violations.join('\n'))
})

const run = (action: string) =>
  stage.run('examples/supabase.yml', { number: 7, action }, { vars: { SUPABASE_PROJECT: supabase.project } })

/** The requests of one run of the bundle, but for the looks in between. */
function requestsSince(from: number): (string | null)[] {
  const looks = 'GET /v1/projects/{ref}/branches/{name}'
  return supabase.journal.slice(from).flatMap(({ operation }) => (operation === looks ? [] : [operation]))
}

it('examples/supabase.yml lives through opened, synchronize and closed', async () => {
  stage.github.openPullRequest({ number: 7 })
  const opened = await run('opened')
  expect({ log: opened.log, conclusion: opened.conclusion }).toMatchObject({
    log: expect.stringContaining('Connected to postgres: 0 customers.'),
    conclusion: 'success',
  })
  const { id } = supabase.branch('pr-7')

  stage.github.pushTo(7)
  const before = supabase.journal.length
  const pushed = await run('synchronize')
  expect({ log: pushed.log, conclusion: pushed.conclusion }).toMatchObject({
    log: expect.stringContaining('Connected to postgres: 1 customers.'),
    conclusion: 'success',
  })
  expect(pushed.log).toContain('"pr-7" reused')
  expect(supabase.branch('pr-7').id).toBe(id)
  expect(requestsSince(before)).toEqual([
    'GET /v1/projects/{ref}/branches',
    'GET /v1/branches/{branch_id_or_ref}',
    'GET /v1/projects/{ref}/config/database/pooler',
  ])

  stage.github.closePullRequest(7)
  const last = supabase.journal.length
  const closed = await run('closed')
  expect({ log: closed.log, conclusion: closed.conclusion }).toMatchObject({ conclusion: 'success' })
  expect(closed.log).not.toContain('Connected to')
  const list = 'GET /v1/projects/{ref}/branches'
  expect(requestsSince(last).slice(0, 4)).toEqual([list, list, 'DELETE /v1/branches/{branch_id_or_ref}', list])
  expect(supabase.branches.filter((branch) => !branch.gone).map(({ name }) => name)).toEqual(['main'])
})
