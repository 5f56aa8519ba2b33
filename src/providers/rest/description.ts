import { InputError } from '../../errors.js'
import { checkedUrl } from '../../http/address.js'
import type { PlatformAccount } from '../../ports.js'
import { type Entry, openDocument } from './document.js'
import { readStatuses } from './fields.js'
import { readFinding, readListing } from './listing.js'
import { accountPlaceholders, type Description, type RequestTemplate } from './model.js'
import {
  readAuth,
  readBranch,
  readConnection,
  readCreation,
  readDeletion,
  readReadiness,
  readReset,
} from './sections.js'

/**
 * Reads and checks the whole description before anything is asked of the platform.
 * @throws InputError with the line, the rule and what to write instead.
 */
export function readDescription(text: string, account: PlatformAccount): Description {
  const top = openDocument(text)
  const fields = top.fields([
    'version',
    'platform',
    'address',
    'engine',
    'auth',
    'locked',
    'branch',
    'list',
    'find',
    'create',
    'ready',
    'connection',
    'reset',
    'delete',
  ])
  fields.need('version', '1').integer({ from: 1, to: 1 })
  const engine = fields.get('engine')?.oneOf(['postgresql', 'mysql', 'other']) ?? 'postgresql'
  const map = <T>(key: 'find' | 'ready' | 'connection' | 'reset', read: (entry: Entry) => T): T | undefined => {
    const entry = fields.get(key)
    return entry && read(entry)
  }
  const description: Description = {
    platform:
      fields.get('platform')?.text(/^[A-Za-z0-9][\w .-]{0,39}$/, 'a short name, such as Example') ?? 'the platform',
    address: readAddress(fields.get('address'), account),
    engine,
    auth: readAuth(fields.get('auth')),
    locked: fields.has('locked') ? readStatuses(fields.need('locked', ''), 400, 599) : [],
    branch: readBranch(fields.need('branch', 'JSON pointers to "name", and "id" or "created_at"')),
    list: readListing(fields.need('list', '"request", "items" and "paging"'), accountPlaceholders),
    find: map('find', readFinding),
    create: readCreation(fields.need('create', '"request" and "data"')),
    ready: map('ready', readReadiness),
    connection: map('connection', readConnection),
    reset: map('reset', readReset),
    delete: readDeletion(fields.need('delete', '"request"')),
  }
  checkTogether(description, (key) => fields.need(key, ''))
  checkAccount(description, account)
  return description
}

function readAddress(entry: Entry | undefined, { apiUrl, allowHttp }: PlatformAccount): string {
  const written =
    entry &&
    checkedUrl(`${entry.where}: "address"`, entry.text(/./s, 'an address that starts with https://'), allowHttp)
  const address = apiUrl || written
  if (address) return address
  throw new InputError('Input "rest_config" names no "address", and "api_url" is empty. Set one of them.')
}

const requestsAboutOne = ({
  find,
  create,
  ready,
  connection,
  reset,
  delete: deletion,
}: Description): RequestTemplate[] =>
  [find?.request, create.request, ready?.request, connection?.request, reset?.request, deletion.request].filter(
    (request) => request !== undefined,
  )

const requestsOf = (description: Description): RequestTemplate[] => [
  description.list.request,
  ...requestsAboutOne(description),
]

/** The rules about more than one key. */
function checkTogether(
  description: Description,
  section: (key: 'branch' | 'create' | 'reset' | 'locked') => Entry,
): void {
  const { branch, create, connection, reset, engine, locked } = description
  for (const request of requestsAboutOne(description)) {
    if (request.uses.has('name') || request.uses.has('id')) continue
    throw new InputError(`${request.where}: it names no branch, so it is about all of them. Use {name} or {id} in it.`)
  }
  for (const { uses, where } of requestsOf(description)) {
    if (!branch.id && (uses.has('id') || uses.has('parent_id'))) {
      throw new InputError(
        `${where}: it holds the id of a branch, and "branch" has no "id". Use {name}, or add "branch.id".`,
      )
    }
    if (!branch.claim && uses.has('claim')) {
      throw new InputError(
        `${where}: it sends {claim}, which is found nowhere. Use "branch.claim" to say where it stands.`,
      )
    }
  }
  if (branch.claim && !create.request.uses.has('claim')) {
    section('create').fail('sends no {claim}, which "branch.claim" reads', '{claim} in "create.body"')
  }
  if (branch.claim && reset && !reset.request.uses.has('claim')) {
    section('reset').fail(
      'sends no {claim}, so the branch would keep the claim of its first build',
      '{claim} in "reset.body"',
    )
  }
  if (!connection && !create.url) section('create').fail('gives no "url", and there is no "connection"', 'one of them')
  if (create.sql.size > 0) checkSql(description, section)
  const meant = [...create.exists, ...create.full, ...description.delete.absent]
  if (meant.some(({ status }) => locked.includes(status))) {
    section('locked').fail('has a status that means something else, too', 'statuses of no other list')
  }
  if (create.sql.size > 0 && engine !== 'postgresql') {
    section('create').fail(
      'wants work in SQL, which is done on PostgreSQL only',
      'engine: postgresql, or remove "empty", "mask" and "ledgers"',
    )
  }
}

/** Work of ours leaves its mark in the branch's database, where every later run must be able to look for it. */
function checkSql(
  { branch, connection, reset }: Description,
  section: (key: 'branch' | 'create' | 'reset') => Entry,
): void {
  if (!connection || connection.request?.method === 'POST') {
    section('create').fail('wants work in SQL, and later runs cannot read the URL again', '"connection" with a GET')
  }
  if (!branch.claim && !branch.createdAt) {
    section('branch').fail(
      'tells neither "claim" nor "created_at", by which a half-built branch is known',
      'one of them',
    )
  }
  if (!branch.claim && reset) {
    section('reset').fail(
      'would keep the mark of the first build',
      '"branch.claim", or remove "reset" or the work in SQL',
    )
  }
}

/** What the description asks of the inputs. */
function checkAccount(description: Description, account: PlatformAccount): void {
  for (const { uses, where } of requestsOf(description)) {
    for (const name of accountPlaceholders) {
      if (name === 'repository' || !uses.has(name) || account[name] !== '') continue
      throw new InputError(`${where}: it holds {${name}}, and the input "${name}" is empty. Set it in the step.`)
    }
  }
  const { auth } = description
  const key = account.apiKey.length > 0
  if (auth && !key) {
    throw new InputError(
      `${auth.where}: "auth" needs the input "api_key", which is empty. Set it; when it comes from a secret, check that the secret exists and that this event may read it.`,
    )
  }
  if (!auth && key) {
    throw new InputError('Input "api_key" is not used: "rest_config" has no "auth". Add it, or remove the key.')
  }
}
