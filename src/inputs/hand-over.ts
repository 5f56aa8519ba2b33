import type { ForgeWords, Trigger } from '../domain/trigger.js'
import { variableNameFault } from '../domain/variable-name.js'
import { InputError } from '../errors.js'
import { checkedUrl } from '../http/address.js'
import { Secret } from '../secret.js'
import { secretName } from './environment.js'
import { oneOf, type RawInputs, secret, show } from './readers.js'

/** Where the URL goes beside the step outputs and the secret of an environment. */
export interface HandOver {
  /** Seals the URL for other jobs; undefined: nothing is sealed. */
  readonly sealKey: Secret | undefined
  /** Names of variables, and `PG*`. */
  readonly exportEnv: readonly string[]
  readonly vercel: VercelInput | undefined
  /** Whether the branch is shown among the deployments of its pull request. */
  readonly deployment: boolean
}

export interface VercelInput {
  readonly token: Secret
  readonly project: string
  readonly team: string
  readonly apiUrl: string
  readonly variable: string
}

export function parseHandOver(raw: RawInputs, { forge }: Trigger): HandOver {
  return {
    sealKey: parseSealKey(raw),
    exportEnv: parseExportEnv(raw),
    vercel: parseVercel(raw, () => secretName(raw, forge)),
    deployment: parseDeployment(raw, forge),
  }
}

function parseDeployment(raw: RawInputs, { name }: ForgeWords): boolean {
  const wanted = oneOf(raw, 'deployment', ['false', 'true']) === 'true'
  if (!wanted || name === 'GitHub') return wanted
  throw new InputError(`Input "deployment" shows a branch on GitHub, and this is ${name}. Remove it.`)
}

/** In bytes: what HKDF makes of less could be guessed. */
const shortestSealKey = 32

/** The value is never repeated in a message. */
export function parseSealKey(raw: RawInputs): Secret | undefined {
  const key = raw('seal_key')
  if (key === '') return undefined
  if (Buffer.byteLength(key) >= shortestSealKey) return new Secret(key)
  throw new InputError(
    `Input "seal_key" is shorter than ${shortestSealKey} bytes, which could be guessed. Make one with "openssl rand -hex 32" and store it as a repository secret.`,
  )
}

export function parseExportEnv(raw: RawInputs): readonly string[] {
  const names = raw('export_env')
    .split(/[\s,]+/)
    .filter((name) => name !== '')
  for (const name of names) {
    const fault = name === 'PG*' ? undefined : variableNameFault(name)
    if (fault === undefined) continue
    throw new InputError(
      `Input "export_env" names "${show(name)}", which ${fault}. Use names such as DATABASE_URL, separated by commas, and "PG*" for PGHOST, PGPORT, PGDATABASE, PGUSER and PGPASSWORD.`,
    )
  }
  return [...new Set(names)]
}

function parseVercel(raw: RawInputs, variable: () => string): VercelInput | undefined {
  const [project, team] = [raw('vercel_project'), raw('vercel_team')]
  const token = secret(raw, 'vercel_token')
  if (project === '' && team === '' && !token) return undefined
  if (project === '' || !token) {
    throw new InputError(
      `Input "${project === '' ? 'vercel_project' : 'vercel_token'}" is missing: both are needed to set a preview variable on Vercel. Give both or none of the "vercel_" inputs.`,
    )
  }
  for (const [name, text] of Object.entries({ vercel_project: project, vercel_team: team })) {
    if (text === '' || /^[A-Za-z0-9_][\w.-]{0,199}$/.test(text)) continue
    throw new InputError(`Input "${name}" is "${show(text)}". Use the id of it on Vercel, such as prj_… or team_….`)
  }
  const address = raw('vercel_api_url') || 'https://api.vercel.com'
  const apiUrl = checkedUrl('Input "vercel_api_url"', address, raw('allow_http') === 'true')
  return { token, project, team, apiUrl, variable: variable() }
}
