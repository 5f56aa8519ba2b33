/**
 * A platform that does everything in the most awkward way a description can still say: numeric ids, claims in labels,
 * cursors, searches that match in part, asynchronous everything, busy branches, codes that tell a 400 from a 400.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Databases } from '../../../sim/platforms/databases.js'
import { type Call, type Route, type Simulator, soon, startSimulator } from '../../../sim/platforms/simulator.js'
import { type Answer, Refusal } from '../../../sim/http/answer.js'
import type { Json } from '../../../sim/http/json.js'

export const cloudDescription = readFileSync(join(import.meta.dirname, 'cloud.yml'), 'utf8')

interface CloudBranch {
  readonly id: number
  readonly name: string
  readonly parent: number | null
  readonly created: number
  readonly user: string
  readonly password: string
  claim: string
  state: 'creating' | 'ready' | 'failed' | 'deleting'
  /** Answers that still show no URL. */
  shy: number
}

export interface Cloud extends Simulator {
  readonly key: string
  readonly branches: Map<number, CloudBranch>
  /** What the next creations do. */
  readonly next: { fails: boolean; quota: number; busy: number }
}

function refusal(status: number, code: string, headers: Record<string, string> = {}): Refusal {
  return new Refusal({ status, body: { error: { code, message: `no: ${code}` } }, headers })
}

/** Milliseconds that work takes there. */
const work = 10

export async function startCloud(databases: Databases): Promise<Cloud> {
  const key = `cloud-${randomBytes(9).toString('hex')}`
  const branches = new Map<number, CloudBranch>()
  const next = { fails: false, quota: 100, busy: 0 }
  let ids = 1000

  function add(name: string, parent: number | null, claim: string): CloudBranch {
    ids += 7
    const branch: CloudBranch = {
      id: ids,
      name,
      parent,
      created: Math.floor(Date.now() / 1000),
      user: `u${ids}`,
      password: `pw-${randomBytes(9).toString('hex')}`,
      claim,
      state: 'creating',
      shy: 1,
    }
    branches.set(branch.id, branch)
    return branch
  }

  const children = (id: number) =>
    [...branches.values()].filter((one) => one.parent === id && one.state !== 'deleting').length
  const shown = ({ id, name, parent, created, claim }: CloudBranch): Json => ({
    id,
    attributes: {
      name,
      created,
      default: parent === null,
      // Its own count; that of main would protect it twice.
      children: parent === null ? null : children(id),
      parent: parent === null ? null : branches.get(parent)?.name,
    },
    labels: claim === '' ? [] : [{ key: 'db-branch-action', value: claim }],
  })

  function one({ params }: Call): CloudBranch {
    const branch = branches.get(Number(params['id']))
    if (!branch) throw refusal(404, 'NOT_FOUND')
    return branch
  }

  const inProject =
    (route: Route): Route =>
    (call) => {
      if (call.params['project'] !== 'shop') throw refusal(404, 'NO_PROJECT')
      return route(call)
    }

  function page({ query }: Call): Answer {
    const { search = '', cursor = '0', limit = '50' } = query
    const matching = [...branches.values()].filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
    const end = Number(cursor) + Number(limit)
    const data = matching.slice(Number(cursor), end).map(shown)
    return { status: 200, body: { data, page: { next: end < matching.length ? String(end) : null } } }
  }

  async function fill(branch: CloudBranch, from: string): Promise<void> {
    await databases.copy(from, branch.name)
    await databases.login(branch.user, branch.password)
  }

  function create({ body }: Call): Answer {
    const {
      name,
      parent_id: parentId,
      labels,
    } = body as { name: string; parent_id: string; labels: { value: string }[] }
    const parent = branches.get(Number(parentId))
    if (!parent) throw refusal(404, 'NO_PARENT')
    if ([...branches.values()].some((other) => other.name === name)) throw refusal(400, 'NAME_TAKEN')
    if (branches.size >= next.quota) throw refusal(422, 'LIMIT')
    const branch = add(name, parent.id, labels[0]?.value ?? '')
    const fails = next.fails
    next.fails = false
    soon(work, () => {
      if (fails) branch.state = 'failed'
      else void fill(branch, parent.name).then(() => (branch.state = 'ready'))
    })
    return { status: 202, body: { branch: shown(branch) } }
  }

  function whenIdle(): void {
    if (next.busy === 0) return
    next.busy -= 1
    throw refusal(423, 'BUSY', { 'retry-after': '0' })
  }

  const main = add(databases.parent, null, '')
  main.state = 'ready'
  await databases.login(main.user, main.password)

  const simulator = await startSimulator({
    basePath: '/v1',
    authorize: (headers) =>
      headers['x-api-key'] === `Key ${key}` ? undefined : { status: 401, body: { error: { code: 'BAD_KEY' } } },
    headers: (count) => ({ 'x-request-id': `c-${count}` }),
    routes: {
      'GET /projects/{project}/branches': inProject(page),
      'POST /projects/{project}/branches': inProject(create),
      'GET /branches/{id}/state': (call) => ({ status: 200, body: { state: one(call).state } }),
      'GET /branches/{id}/uri': (call) => {
        const branch = one(call)
        if (branch.state !== 'ready') throw refusal(409, 'NOT_READY')
        branch.shy -= 1
        if (branch.shy >= 0) return { status: 200, body: { uri: null } }
        const at = `${branch.user}:${branch.password}@${databases.host}:${databases.port}/${branch.name}`
        return { status: 200, body: { uri: `postgres://${at}`, pooled: `postgres://${at}?pgbouncer=true` } }
      },
      'POST /branches/{id}/restore': (call) => {
        whenIdle()
        const branch = one(call)
        const { from, labels } = call.body as { from: string; labels: { value: string }[] }
        branch.state = 'creating'
        soon(work, () => {
          branch.claim = labels[0]?.value ?? ''
          void databases.overwrite(branches.get(Number(from))!.name, branch.name).then(() => (branch.state = 'ready'))
        })
        return { status: 202, body: {} }
      },
      'DELETE /branches/{id}': (call) => {
        whenIdle()
        const branch = one(call)
        if (branch.parent === null || children(branch.id) > 0) throw refusal(409, 'PROTECTED')
        branch.state = 'deleting'
        soon(work, () => {
          void databases.drop(branch.name).then(() => branches.delete(branch.id))
        })
        return { status: 202 }
      },
    },
  })
  return { ...simulator, key, branches, next }
}
