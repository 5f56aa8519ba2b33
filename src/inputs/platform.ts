import { InputError, show } from '../errors.js'
import { checkedUrl } from '../http/address.js'
import type { PlatformAccount } from '../ports.js'
import { Secret } from '../secret.js'
import { parseAdminUrl } from './admin-url.js'
import { type InputName, oneOf, type RawInputs } from './readers.js'

export const providers = ['postgres', 'xata', 'xata_lite', 'neon', 'supabase', 'planetscale', 'dblab', 'rest'] as const

export type ProviderName = (typeof providers)[number]
export type ApiProviderName = Exclude<ProviderName, 'postgres'>

export interface PostgresPlatform {
  readonly provider: 'postgres'
  readonly adminUrl: Secret
  readonly busyParent: 'refuse' | 'terminate'
}

/** A platform that is spoken to over its HTTP interface. */
export interface ApiPlatform extends PlatformAccount {
  readonly provider: ApiProviderName
  /** `rest`: the description of the platform, or the path of the file that holds it. */
  readonly restConfig: string
}

export type PlatformConfig = PostgresPlatform | ApiPlatform

/** The inputs that say where on a platform the branches are. */
const places = ['organization', 'project', 'database', 'role', 'region'] as const

interface Rules {
  readonly needs: readonly InputName[]
  readonly takes: readonly InputName[]
  /** Its address unless `api_url` says otherwise. `{organization}` and `{region}` are filled in. */
  readonly apiUrl?: string
  /** A rule on branch names beyond our own. */
  readonly branchName?: { readonly grammar: RegExp; readonly rule: string }
}

/** Addresses and names: facts of each platform's documentation, linked on its page in docs/. */
const platforms: Readonly<Record<ApiProviderName, Rules>> = {
  xata: { needs: ['api_key', 'organization', 'project'], takes: ['database'], apiUrl: 'https://api.xata.tech' },
  xata_lite: {
    needs: ['api_key', 'organization', 'region', 'database'],
    takes: [],
    apiUrl: 'https://{organization}.{region}.xata.sh',
    branchName: { grammar: /^[A-Za-z0-9_-]+$/, rule: 'letters, digits, "_" and "-"' },
  },
  neon: { needs: ['api_key', 'project'], takes: ['database', 'role'], apiUrl: 'https://console.neon.tech/api/v2' },
  supabase: { needs: ['api_key', 'project'], takes: ['region'], apiUrl: 'https://api.supabase.com' },
  planetscale: {
    needs: ['api_key', 'organization', 'database'],
    takes: ['role', 'region'],
    apiUrl: 'https://api.planetscale.com/v1',
    branchName: { grammar: /^[a-z0-9-]+$/, rule: 'small letters, digits and "-"' },
  },
  dblab: {
    needs: ['api_key', 'api_url'],
    takes: ['database', 'role'],
    branchName: { grammar: /^[A-Za-z0-9_.-]+$/, rule: 'letters, digits, "_", "." and "-"' },
  },
  rest: { needs: ['rest_config'], takes: ['api_key', 'organization', 'project', 'database', 'role', 'region'] },
}

/** The input without which a run has no access to the platform: what pull requests of forks do not get. */
export function keyInput(provider: ProviderName): InputName {
  return provider === 'postgres' ? 'admin_url' : 'api_key'
}

/** @throws InputError when an input is missing, malformed or of no meaning for this platform. */
export function parsePlatform(raw: RawInputs, provider: ProviderName): PlatformConfig {
  if (provider === 'postgres') {
    refuseUnused(raw, provider, ['admin_url', 'busy_parent'])
    const busyParent = oneOf(raw, 'busy_parent', ['refuse', 'terminate'])
    return { provider, adminUrl: parseAdminUrl(raw), busyParent }
  }
  const { needs, takes } = platforms[provider]
  refuseUnused(raw, provider, [...needs, ...takes, 'api_url', 'allow_http'])
  for (const name of needs) {
    if (raw(name) !== '') continue
    const hint =
      name === 'api_key'
        ? '; when it comes from a secret, check that the secret exists and that this event may read it'
        : ''
    throw new InputError(
      `Input "${name}" is missing: provider "${provider}" needs ${needs.map((one) => `"${one}"`).join(', ')}${hint}.`,
    )
  }
  const place = Object.fromEntries(places.map((name) => [name, placeName(raw, name)])) as Record<
    (typeof places)[number],
    string
  >
  return {
    provider,
    ...place,
    apiKey: new Secret(apiKey(raw, provider)),
    apiUrl: apiUrl(raw, provider, place),
    allowHttp: oneOf(raw, 'allow_http', ['false', 'true']) === 'true',
    restConfig: raw('rest_config'),
  }
}

/** The rule of the platform that a branch name breaks, as the end of a sentence; undefined when it breaks none. */
export function platformNameFault(provider: ProviderName, name: string): string | undefined {
  const rules = provider === 'postgres' ? undefined : platforms[provider].branchName
  return !rules || rules.grammar.test(name)
    ? undefined
    : `is no name for a branch on "${provider}", which takes ${rules.rule}`
}

const platformInputs: readonly InputName[] = ['admin_url', 'api_key', 'api_url', 'rest_config', ...places]

/** An input that would be ignored is a misunderstanding: say so instead. */
function refuseUnused(raw: RawInputs, provider: ProviderName, used: readonly InputName[]): void {
  const unused = platformInputs.find((name) => raw(name) !== '' && !used.includes(name))
  if (unused !== undefined)
    throw new InputError(`Input "${unused}" has no meaning for provider "${provider}". Remove it.`)
  if (provider !== 'postgres' && raw('busy_parent') === 'terminate') {
    throw new InputError(`Input "busy_parent" has no meaning for provider "${provider}". Remove it.`)
  }
}

function placeName(raw: RawInputs, name: InputName): string {
  const text = raw(name)
  if (text === '' || /^[A-Za-z0-9_][\w.:-]{0,199}$/.test(text)) return text
  throw new InputError(
    `Input "${name}" is "${show(text)}". Use the name or id of it on the platform: at most 200 letters, digits, ".", "_", ":" and "-".`,
  )
}

/** The value is never repeated in a message. */
function apiKey(raw: RawInputs, provider: ApiProviderName): string {
  const text = raw('api_key')
  if (!/^[\x21-\x7e]*$/.test(text)) {
    throw new InputError(
      'Input "api_key" holds a space, a line break or another character that no key has. Store the secret anew.',
    )
  }
  if (provider === 'planetscale' && !/^[^:]+:[^:]+$/.test(text)) {
    throw new InputError(
      'Input "api_key" is not of the form ID:TOKEN, which a service token of PlanetScale has. Store both parts, joined by ":".',
    )
  }
  return text
}

function apiUrl(raw: RawInputs, provider: ApiProviderName, place: { organization: string; region: string }): string {
  const preset = platforms[provider].apiUrl ?? ''
  const text = raw('api_url') || preset.replace('{organization}', place.organization).replace('{region}', place.region)
  return text === '' ? '' : checkedUrl('Input "api_url"', text, raw('allow_http') === 'true')
}
