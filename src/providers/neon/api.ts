import { type Api, type Explanation, type Failure, openApi, path } from '../../http/api.js'
import type { PlatformAccount, PlatformPorts } from '../../ports.js'
import { Secret } from '../../secret.js'

/** One project on Neon: its interface, and what answers are read with. */
export interface Project {
  readonly api: Api
  /** `/projects/<id>`, encoded. */
  readonly place: string
  readonly account: PlatformAccount
  readonly ports: PlatformPorts
}

/**
 * 423 (another operation is running) and 503 are always safe to repeat, by the words of the API's description.
 * Source: https://api-docs.neon.tech/reference/createprojectbranch
 */
export function openProject(account: PlatformAccount, ports: PlatformPorts): Project {
  const { fetch, clock, signal } = ports
  const api = openApi({
    platform: 'Neon',
    baseUrl: account.apiUrl,
    fetch,
    clock,
    signal,
    headers: { authorization: new Secret(`Bearer ${account.apiKey.reveal()}`) },
    policy: { untouched: [423, 503], attempts: 6 },
    explain,
  })
  return { api, place: path`/projects/${account.project}`, account, ports }
}

/** Codes: https://neon.com/docs/introduction/plans has the limits that they stand for. */
function explain({ status, code }: Failure): Explanation | undefined {
  switch (code) {
    case 'ROOT_BRANCHES_LIMIT_EXCEEDED':
      return {
        why: 'the project has as many root branches as its plan allows, and every branch that is made without data, to be masked too, is one',
        advice:
          'Delete branches (mode "cleanup" does), change the plan, or make branches from a golden parent, which are no root branches.',
      }
    case 'BRANCHES_LIMIT_EXCEEDED':
      return {
        why: 'the project has as many branches as its plan allows',
        advice: 'Delete branches (mode "cleanup" does) or change the plan.',
      }
    case 'COMPUTE_TIME_EXCEEDED':
      return { why: 'the compute time of the plan is used up', advice: 'Change the plan or wait for the next month.' }
  }
  if (/_LIMIT_EXCEEDED/.test(code)) {
    return { why: 'the project has reached a limit of its plan', advice: 'Delete branches or change the plan.' }
  }
  if (status === 404) {
    return {
      why: 'Neon has no such project or branch, or does not show it to this key',
      advice: 'Check "project" and "api_key".',
    }
  }
  return undefined
}
