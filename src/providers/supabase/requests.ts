import { InputError, ProviderError, show } from '../../errors.js'
import { type Api, ApiError, type Explanation, type Failure, openApi, path } from '../../http/api.js'
import type { Shape } from '../../http/shape.js'
import type { BranchSpec, PlatformAccount, PlatformPorts } from '../../ports.js'
import { Secret } from '../../secret.js'
import { type Row, rowOf } from './row.js'

/** The passwords and keys in it are masked already. */
export interface Config {
  readonly ref: string
  readonly state: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: Secret | undefined
}

export interface Pooler {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

/** A step of a workflow run, in the vendor's words: EXITED when it is through, DEAD when it failed. */
export interface Step {
  readonly name: string
  readonly status: string
}

/** The requests that this adapter makes, one method each. Source: https://supabase.com/docs/reference/api/introduction */
export class Requests {
  readonly #api: Api
  readonly #project: string
  readonly #ports: PlatformPorts

  constructor({ apiUrl, apiKey, project }: PlatformAccount, ports: PlatformPorts) {
    if (!/^[a-z]{20}$/.test(project)) {
      throw new InputError(
        `Input "project" is "${show(project)}". Use the reference of the Supabase project, 20 small letters: it stands in the project's address, https://supabase.com/dashboard/project/<reference>.`,
      )
    }
    this.#project = project
    this.#ports = ports
    const { clock, signal, fetch } = ports
    this.#api = openApi({
      platform: 'Supabase',
      baseUrl: apiUrl,
      fetch,
      clock,
      signal,
      headers: { authorization: new Secret(`Bearer ${apiKey.reveal()}`) },
      // 120 requests a minute and user; the reset header counts from now.
      policy: { longestWait: 90_000, rateLimitReset: 'from_now' },
      explain: (failure) => explain(failure, project),
    })
  }

  /** The whole list: this listing has no pages. */
  async branches(doing: string): Promise<Row[]> {
    const { body } = await this.#api.send('GET', path`/v1/projects/${this.#project}/branches`, { doing })
    return body.items.map(rowOf)
  }

  /** Undefined when Supabase does not show it, which is also so for some seconds after it was made. */
  async branch(name: string, doing: string): Promise<Row | undefined> {
    const place = path`/v1/projects/${this.#project}/branches/${name}`
    const { status, body } = await this.#api.send('GET', place, { doing, accept: [404] })
    return status === 404 ? undefined : rowOf(body)
  }

  async create({ name, dataPolicy }: BranchSpec, { doing, region }: { doing: string; region: string }): Promise<Row> {
    const { body } = await this.#api.send('POST', path`/v1/projects/${this.#project}/branches`, {
      doing,
      body: {
        branch_name: name,
        persistent: false,
        with_data: dataPolicy === 'copy',
        ...(region !== '' && { region }),
      },
      explain: explainLimit,
    })
    return rowOf(body)
  }

  /** `true` also when it is only seen to be gone by then; a scheduled deletion is never asked for. */
  async delete(id: string, doing: string): Promise<boolean> {
    // The same place takes the reference of any project, the parent's included.
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
      throw new ProviderError(`${doing} failed: its id is not one of a branch. Look at it on Supabase.`)
    }
    const request = { doing, query: { force: true }, accept: [404], explain: explainPersistent }
    return (await this.#api.send('DELETE', path`/v1/branches/${id}`, request)).status !== 404
  }

  async config(id: string, doing: string): Promise<Config | undefined> {
    const { status, body } = await this.#api.send('GET', path`/v1/branches/${id}`, { doing, accept: [404] })
    if (status === 404) return undefined
    const password = this.#secret(body.at('db_pass'))
    this.#secret(body.at('jwt_secret'))
    return {
      ref: body.at('ref').text,
      state: body.at('status').text,
      host: body.at('db_host').text,
      port: body.at('db_port').number,
      user: body.at('db_user').maybeText ?? 'postgres',
      password,
    }
  }

  /** Of the primary database; undefined where there is none. */
  async pooler(ref: string, doing: string): Promise<Pooler | undefined> {
    const place = path`/v1/projects/${ref}/config/database/pooler`
    const { status, body } = await this.#api.send('GET', place, { doing, accept: [404] })
    const entries = status === 404 ? [] : body.items
    const primary = entries.find((entry) => entry.at('database_type').text === 'PRIMARY')
    return (
      primary && {
        host: primary.at('db_host').text,
        port: primary.at('db_port').number,
        user: primary.at('db_user').text,
        database: primary.at('db_name').text,
      }
    )
  }

  async setPassword(ref: string, { doing, password }: { doing: string; password: Secret }): Promise<void> {
    const body = { password: password.reveal() }
    await this.#api.send('PATCH', path`/v1/projects/${ref}/database/password`, { doing, body })
  }

  async wake(ref: string, doing: string): Promise<void> {
    await this.#api.send('POST', path`/v1/projects/${ref}/restore`, { doing })
  }

  /** Gives the id of the run that does it. */
  async reset(id: string, doing: string): Promise<string> {
    const { body } = await this.#api.send('POST', path`/v1/branches/${id}/reset`, { doing, body: {} })
    return body.at('workflow_run_id').text
  }

  /** Undefined while Supabase does not know the run. */
  async steps(ref: string, { doing, run }: { doing: string; run: string }): Promise<Step[] | undefined> {
    const place = path`/v1/projects/${ref}/actions/${run}`
    const { status, body } = await this.#api.send('GET', place, { doing, accept: [404] })
    if (status === 404) return undefined
    return body
      .at('run_steps')
      .items.map((step: Shape) => ({ name: step.at('name').text, status: step.at('status').text }))
  }

  /**
   * A refused creation, told by the plan where that forbids it: the status of such a refusal is not documented, so the
   * vendor's own command line looks at the organization's entitlements too.
   */
  async refusedByPlan(error: ApiError, doing: string): Promise<ApiError | undefined> {
    try {
      const { body: project } = await this.#api.send('GET', path`/v1/projects/${this.#project}`, { doing })
      const slug = project.at('organization_slug').text
      const { body } = await this.#api.send('GET', path`/v1/organizations/${slug}/entitlements`, { doing })
      const entitlement = body
        .at('entitlements')
        .items.find((one) => one.at('feature').at('key').text === 'branching_limit')
      if (!entitlement || entitlement.at('hasAccess').flag) return undefined
    } catch (unreadable) {
      if (unreadable instanceof ProviderError) return undefined
      throw unreadable
    }
    const why = `the plan of the organization has no branches (${error.failure.trace})`
    return new ApiError(`${doing} failed: ${why}. Change the plan on Supabase and run the job again.`, error.failure)
  }

  #secret(field: Shape): Secret | undefined {
    const text = field.maybeText
    if (text === undefined) return undefined
    const secret = new Secret(text)
    this.#ports.mask(secret)
    return secret
  }
}

function explain({ status }: Failure, project: string): Explanation | undefined {
  if (status === 401) {
    return {
      why: 'Supabase does not know the key',
      advice: 'Check "api_key": it is an access token of an account (sbp_…), not a key of the project.',
    }
  }
  if (status === 403) {
    return {
      why: 'the account of the key may not do this on Supabase',
      advice: `Check that it may manage the branches of project "${project}".`,
    }
  }
  if (status === 404) {
    return {
      why: `Supabase shows this key no project "${project}"`,
      advice: 'Check "project", and whose key "api_key" is.',
    }
  }
  return undefined
}

function explainLimit({ status, said }: Failure): Explanation | undefined {
  if (status >= 500 || !/limit|maximum|quota|exceed/i.test(said) || status === 429) return undefined
  return {
    why: 'the limit of branches is reached on Supabase',
    advice: 'Delete branches that nobody needs, or raise the limit.',
  }
}

function explainPersistent({ status, said }: Failure): Explanation | undefined {
  return status === 422 && /persistent/i.test(said)
    ? { why: 'it is a persistent branch', advice: 'Delete it on Supabase, if nobody needs it.' }
    : undefined
}
