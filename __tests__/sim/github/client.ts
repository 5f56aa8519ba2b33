import { expect } from '@jest/globals'
import { Octokit } from '@octokit/rest'
import type { GitHub, TokenRequest } from '../../../sim/github/index.js'

/** Grants for everything the simulator serves. */
export const ALL: TokenRequest = {
  name: 'everything',
  kind: 'app',
  permissions: {
    actions: 'read',
    administration: 'write',
    contents: 'read',
    deployments: 'write',
    environments: 'write',
    pull_requests: 'write',
  },
}

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

export function octokitFor(github: GitHub, request: TokenRequest = ALL): Octokit {
  return new Octokit({ auth: github.token(request), baseUrl: github.url, log: quiet, request: { fetch } })
}

/** Owner and name, as every Octokit method wants them. */
export function here({ repository }: GitHub): { owner: string; repo: string } {
  return { owner: repository.owner, repo: repository.name }
}

/** A request no well-behaved client would send. */
export async function raw(
  github: GitHub,
  path: string,
  init: RequestInit & { token?: string | null } = {},
): Promise<Response> {
  const { token = github.token(ALL), headers, ...rest } = init
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
  const sent = { 'user-agent': 'test', ...authorization, ...(headers as Record<string, string> | undefined) }
  return fetch(`${github.url}${path}`, { ...rest, headers: sent })
}

export interface Failure {
  status: number
  message: string
  response?: { headers: Record<string, string>; data: { message: string; errors?: Array<{ message: string }> } }
}

/** The error a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  return call.then(
    () => {
      throw new Error('The call succeeded.')
    },
    (error: unknown) => error as Failure,
  )
}

export async function closeClean(github: GitHub): Promise<void> {
  await github.close()
  expect(github.violations).toEqual([])
}
