import { ProviderError } from '../../errors.js'
import { path } from '../../http/api.js'
import type { Shape } from '../../http/shape.js'
import type { Connection } from '../../ports.js'
import { Secret } from '../../secret.js'
import type { Project } from './api.js'
import { settle } from './operations.js'

/** What a project starts with. Source: https://neon.com/docs/manage/databases#default-database */
const usual: Login = { database: 'neondb', role: 'neondb_owner' }

interface Login {
  readonly database: string
  readonly role: string
}

interface Door {
  readonly id: string
  readonly name: string
  /** Whether the branch is of this action's making, so that a password on it may be changed. */
  readonly own: boolean
}

/**
 * The URL of a branch. Without "database" and "role" it is that of Neon's usual ones, else of the only database.
 * @throws ProviderError, also when there are several databases to choose from.
 */
export async function readLogin(project: Project, branch: Door): Promise<Connection> {
  const { database, role } = project.account
  const given = database !== '' && role !== '' ? { database, role } : undefined
  const guess = given ?? (database === '' && role === '' ? usual : await chooseLogin(project, branch))
  const first = await askUri(project, branch, guess)
  if (first !== 'absent') return first
  const second = guess === usual ? await askUri(project, branch, await chooseLogin(project, branch)) : first
  if (second !== 'absent') return second
  throw new ProviderError(
    `${doing(branch)} failed: the branch has no such database or role, or no compute. Check "database" and "role".`,
  )
}

/** Of the answer to an order, which brings the URL where the parent has one database and one role. */
export function loginIn(project: Project, answer: Shape): Connection | undefined {
  const { database, role } = project.account
  const uris = answer.at('connection_uris').exists ? answer.at('connection_uris').items : []
  const fits = uris.find((uri) => {
    const parameters = uri.at('connection_parameters')
    const differs = (wanted: string, field: string) => wanted !== '' && parameters.at(field).text !== wanted
    return !differs(database, 'database') && !differs(role, 'role')
  })
  if (uris.length !== 1 || !fits) return undefined
  return connectionOf(project, fits.at('connection_uri').text, fits.at('connection_parameters').at('pooler_host').text)
}

/** The database that is meant on this branch. */
export async function chooseDatabase(project: Project, branch: Pick<Door, 'id' | 'name'>): Promise<string> {
  return (await chooseLogin(project, branch)).database
}

async function chooseLogin({ api, place, account }: Project, branch: Pick<Door, 'id' | 'name'>): Promise<Login> {
  const request = { doing: `Reading the databases of "${branch.name}"` }
  const { body } = await api.send('GET', place + path`/branches/${branch.id}/databases`, request)
  const databases = body.at('databases').items.map((item) => ({
    database: item.at('name').text,
    owner: item.at('owner_name').text,
  }))
  const wanted = account.database || usual.database
  const named = databases.find(({ database }) => database === wanted)
  const chosen = named ?? (account.database === '' && databases.length === 1 ? databases[0] : undefined)
  if (chosen) return { database: chosen.database, role: account.role || chosen.owner }
  const there = databases.map(({ database }) => `"${database}"`).join(', ') || 'none'
  const fault = account.database === '' ? 'which database is meant is not clear' : `there is no "${account.database}"`
  throw new ProviderError(`${request.doing} failed: ${fault}; there are: ${there}. Set "database" to one of them.`)
}

async function askUri(project: Project, branch: Door, login: Login): Promise<Connection | 'absent'> {
  const { api, place } = project
  const query = { branch_id: branch.id, database_name: login.database, role_name: login.role }
  const request = { doing: doing(branch), query, accept: [404, 412] }
  const { status, body } = await api.send('GET', `${place}/connection_uri`, request)
  if (status === 404) return 'absent'
  return status === 412 ? newPassword(project, branch, login) : connectionOf(project, body.at('uri').text)
}

/**
 * A project that stores no passwords cannot tell the one of a branch, so a new one is made; on our own branch only.
 * Source: https://api-docs.neon.tech/reference/getprojectbranchrolepassword (412)
 */
async function newPassword(project: Project, branch: Door, { database, role }: Login): Promise<Connection> {
  const { api, place } = project
  const request = { doing: `Making a password for "${role}" of "${branch.name}"` }
  if (!branch.own) {
    throw new ProviderError(
      `${doing(branch)} failed: the project stores no passwords, and the one of a parent is not changed. Use data_policy "copy", or a project that stores passwords.`,
    )
  }
  const reset = place + path`/branches/${branch.id}/roles/${role}/reset_password`
  const { body } = await api.send('POST', reset, request)
  const password = new Secret(body.at('role').at('password').text)
  project.ports.mask(password)
  await settle(project, request.doing, body.at('operations').items)
  const endpoints = await api.send('GET', place + path`/branches/${branch.id}/endpoints`, { doing: doing(branch) })
  const door = endpoints.body.at('endpoints').items.find((endpoint) => endpoint.at('type').text === 'read_write')
  if (!door)
    throw new ProviderError(`${doing(branch)} failed: the branch has no compute. Delete it and run the job again.`)
  const login = `${encodeURIComponent(role)}:${encodeURIComponent(password.reveal())}`
  const uri = `postgresql://${login}@${door.at('host').text}/${encodeURIComponent(database)}?sslmode=require`
  return connectionOf(project, uri)
}

function connectionOf({ ports }: Project, uri: string, poolerHost?: string): Connection {
  const url = new Secret(uri)
  ports.mask(url)
  const parsed = URL.canParse(uri) ? new URL(uri) : undefined
  if (!parsed || parsed.password === '') {
    throw new ProviderError("The platform's answer cannot be used: the URL in it has no password. Run the job again.")
  }
  const password = new Secret(decodeURIComponent(parsed.password))
  ports.mask(password)
  const pooled = poolerHost ?? poolerOf(parsed.host)
  const pooledUrl = pooled === undefined ? undefined : new Secret(uri.replace(`@${parsed.host}/`, () => `@${pooled}/`))
  if (pooledUrl) ports.mask(pooledUrl)
  return {
    url,
    ...(pooledUrl && { pooledUrl }),
    host: parsed.hostname,
    port: Number(parsed.port || 5432),
    database: decodeURIComponent(parsed.pathname.slice(1)),
    username: decodeURIComponent(parsed.username),
    password,
  }
}

/**
 * The pooler stands beside the endpoint, with `-pooler` after the endpoint's id.
 * Source: https://neon.com/docs/connect/connection-pooling#how-to-use-connection-pooling
 */
function poolerOf(host: string): string | undefined {
  return /^ep-[a-z0-9-]+\./.test(host) ? host.replace('.', '-pooler.') : undefined
}

function doing({ name }: Pick<Door, 'name'>): string {
  return `Reading the URL of "${name}"`
}
