/**
 * The API of the how-to articles on database branches, taken at its word: a branch is made by
 * `POST /db/{db}:{branch}` with `{"from": "main"}` and gives its URL away once; 409 means that it exists.
 */
import { randomBytes } from 'node:crypto'
import { type Answer, Refusal } from '../http/answer.js'
import { isJson } from '../http/json.js'
import type { Databases } from './databases.js'
import { type Call, type Simulator, startSimulator } from './simulator.js'

export interface ArticlesBranch {
  readonly createdAt: string
  readonly url: string
}

export interface Articles extends Simulator {
  readonly key: string
  readonly database: string
  readonly branches: ReadonlyMap<string, ArticlesBranch>
}

export interface ArticlesOptions {
  /** Most branches, the parent included. */
  readonly quota?: number
  /** What a new branch holds. */
  readonly data?: 'schema_only' | 'copy'
}

const database = 'app'

function refusal(status: number, message: string, more: Record<string, unknown> = {}): Refusal {
  return new Refusal({ status, body: { message, ...more } })
}

export async function startArticles(databases: Databases, options: ArticlesOptions = {}): Promise<Articles> {
  const { quota = 200, data = 'schema_only' } = options
  const key = `xau_${randomBytes(12).toString('hex')}`
  const branches = new Map<string, ArticlesBranch>()
  const being = new Set<string>()

  async function open(name: string): Promise<ArticlesBranch> {
    // What must be encoded in a URL is part of passwords, too.
    const password = `p/@:%${randomBytes(9).toString('hex')}`
    const user = `user-${randomBytes(4).toString('hex')}`
    await databases.login(user, password)
    const url = `postgresql://${user}:${encodeURIComponent(password)}@${databases.host}:${databases.port}/${name}`
    return { createdAt: new Date().toISOString(), url }
  }

  function ofDatabase({ params }: Call): string {
    if (params['database'] !== database) throw refusal(404, `database ${params['database']} not found`)
    return params['branch'] ?? ''
  }

  function existing(call: Call): { name: string; branch: ArticlesBranch } {
    const name = ofDatabase(call)
    const branch = branches.get(name)
    if (!branch) throw refusal(404, `branch ${database}:${name} not found`)
    return { name, branch }
  }

  async function create(call: Call): Promise<Answer> {
    const name = ofDatabase(call)
    const from = isJson(call.body) ? call.body.from : undefined
    if (typeof from !== 'string' || Object.keys(call.body as object).length !== 1) throw refusal(400, 'invalid body')
    if (!branches.has(from)) throw refusal(404, `branch ${database}:${from} not found`)
    if (branches.has(name) || being.has(name)) {
      // The articles hand this URL out. It is the parent's: whoever reads it is found out.
      throw refusal(409, `branch ${database}:${name} already exists`, { databaseURL: branches.get('main')?.url })
    }
    if (branches.size + being.size >= quota) throw refusal(423, 'branch limit exceeded')
    being.add(name)
    try {
      await (data === 'copy' ? databases.copy(from, name) : databases.copySchema(from, name))
      const branch = await open(name)
      branches.set(name, branch)
      return { status: 201, body: { databaseName: database, branchName: name, databaseURL: branch.url } }
    } finally {
      being.delete(name)
    }
  }

  branches.set('main', await open(databases.parent))
  const simulator = await startSimulator({
    authorize: ({ authorization }) =>
      authorization === `Bearer ${key}` ? undefined : { status: 401, body: { message: 'invalid API key' } },
    headers: (count) => ({ 'x-request-id': `req-${count}` }),
    routes: {
      'POST /db/{database}:{branch}': create,
      'GET /db/{database}:{branch}': (call) => {
        const { name, branch } = existing(call)
        return { status: 200, body: { databaseName: database, branchName: name, databaseURL: branch.url } }
      },
      'DELETE /db/{database}:{branch}': async (call) => {
        const { name } = existing(call)
        if (name === 'main') throw refusal(400, 'the main branch cannot be deleted')
        branches.delete(name)
        await databases.drop(name)
        return { status: 200, body: { status: 'completed' } }
      },
      'GET /db/{database}': (call) => {
        ofDatabase(call)
        const list = [...branches].map(([name, { createdAt }]) => ({ name, createdAt }))
        return { status: 200, body: { databaseName: database, branches: list } }
      },
    },
  })
  return { ...simulator, key, database, branches }
}
