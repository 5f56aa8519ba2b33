import { ProviderError } from '../../errors.js'
import { type Explanation, type Failure, openApi, path } from '../../http/api.js'
import type { BranchSpec, PlatformAccount, PlatformPorts } from '../../ports.js'
import type { Secret } from '../../secret.js'
import { type Clone, readClone } from './clone.js'

/** The requests that we send to a DBLab Engine. `doing` is the beginning of the sentence when one fails. */
export interface Engine {
  clones(doing: string): Promise<Clone[]>
  /** Only for a clone that was seen: a wrong "api_url" answers 404 as well. */
  clone(name: string, doing: string): Promise<Clone | undefined>
  start(spec: BranchSpec, login: Login & { readonly doing: string }): Promise<Clone>
  reset(name: string, to: { readonly snapshot: string; readonly doing: string }): Promise<void>
  remove(name: string, doing: string): Promise<void>
  /** The snapshot that clones of this DBLab branch are made from now. */
  snapshotOf(branch: string, doing: string): Promise<string>
}

export interface Login {
  readonly username: string
  readonly password: Secret
  /** Empty: the engine's own, which is usually `postgres`. */
  readonly database: string
}

/** A setting of the clone's server that tells which build made the clone; the engine writes it before the server starts. */
export const buildSetting = 'db_branch_action.build'

/**
 * Source: https://github.com/postgres-ai/database-lab-engine, engine/api/swagger-spec/dblab_openapi.yaml, and where that
 * is silent engine/internal/srv/routes.go.
 */
export function openEngine({ apiUrl, apiKey }: PlatformAccount, { fetch, clock, signal }: PlatformPorts): Engine {
  const common = { platform: 'DBLab', baseUrl: apiUrl, headers: { 'Verification-Token': apiKey }, explain }
  const api = openApi({ ...common, fetch, clock, signal })
  // A clone that is absent or protected answers 500, which would be waited for as if the engine had failed.
  const once = openApi({ ...common, fetch, clock, signal, policy: { attempts: 1 } })
  return {
    async clones(doing) {
      const { body } = await api.send('GET', path`/clones`, { doing })
      return body.items.map(readClone)
    },
    async clone(name, doing) {
      const { status, body } = await api.send('GET', path`/clone/${name}`, { doing, accept: [404] })
      return status === 404 ? undefined : readClone(body)
    },
    async start({ name, parent, pointInTime, claim }, { doing, username, password, database }) {
      const body = {
        id: name,
        branch: parent,
        ...(pointInTime !== undefined && { snapshot: { id: pointInTime } }),
        db: { username, password: password.reveal(), ...(database !== '' && { db_name: database }) },
        extra_conf: { [buildSetting]: claim.build },
      }
      return readClone((await api.send('POST', path`/clone`, { doing, body })).body)
    },
    async reset(name, { snapshot, doing }) {
      await api.send('POST', path`/clone/${name}/reset`, { doing, body: { snapshotID: snapshot } })
    },
    async remove(name, doing) {
      await once.send('DELETE', path`/clone/${name}`, { doing })
    },
    async snapshotOf(branch, doing) {
      const { body } = await api.send('GET', path`/branches`, { doing })
      const found = body.items.find((item) => item.at('name').text === branch)
      if (!found) throw new ProviderError(`${doing} failed: ${noBranch.why}. ${noBranch.advice}`)
      return found.at('snapshotID').text
    },
  }
}

const noBranch: Explanation = {
  why: 'there is no such branch on this DBLab instance',
  advice: 'Check "parent_branch".',
}

/** The messages of the engine that mean something to the user. Most failures of it are status 400 or 500. */
const meanings: readonly (readonly [RegExp, Explanation])[] = [
  [/^branch not found$|dataset of the branch/, noBranch],
  [
    /^no snapshot found$|pool name for the snapshot|^pool manager not available/,
    {
      why: 'there is no such snapshot on this DBLab instance',
      advice: 'Check "point_in_time", and that the instance has finished its first snapshot.',
    },
  ],
  [
    /^no pool manager found$|^no available pools$/,
    {
      why: 'the DBLab instance has no data to make clones from yet',
      advice: 'Run the job again when its first snapshot is there.',
    },
  ],
  [
    /^clone is protected$/,
    {
      why: 'DBLab protects the clone from deletion',
      advice: 'Run "dblab clone update --protected false" for it and then the job again.',
    },
  ],
  [/^(the )?clone not found$/, { why: 'there is no such clone', advice: 'Run the job again.' }],
  [
    /^billing is not active$/,
    { why: 'the subscription of this DBLab instance is not active', advice: 'Renew it and run the job again.' },
  ],
]

function explain({ status, said }: Failure): Explanation | undefined {
  if (status === 404) {
    return {
      why: 'there is no DBLab Engine at this address',
      advice:
        'Check "api_url": it ends with "/api" at the port of the user interface (2346), and with the port of the API (2345).',
    }
  }
  return meanings.find(([pattern]) => pattern.test(said))?.[1]
}
