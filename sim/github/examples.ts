/**
 * GitHub's own webhook payloads, from @octokit/webhooks-examples, as the mould for answers and events. The examples in
 * the OpenAPI description will not do: 18 of 116 contradict their own schema.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Json } from '../http/json.js'
import type { Account, Repository } from './state.js'

interface Webhook {
  name: string
  examples: Json[]
}

let webhooks: Webhook[] | undefined

function examplesPath(): string {
  return createRequire(import.meta.url).resolve('@octokit/webhooks-examples')
}

function examplesOf(name: string): Json[] {
  webhooks ??= JSON.parse(readFileSync(examplesPath(), 'utf8')) as Webhook[]
  return webhooks.find((webhook) => webhook.name === name)?.examples ?? []
}

/** The example for the action in a repository of a person, or the one for `opened` where there is none. Not to be changed. */
export function pullRequestExample(action: string): Json {
  // The first `opened` example predates auto-merge and lacks the field.
  const usable = examplesOf('pull_request').filter(
    (example) => 'auto_merge' in (example.pull_request as Json) && example.organization === undefined,
  )
  const found = usable.find((example) => example.action === action) ?? usable.find(({ action }) => action === 'opened')
  if (found === undefined) throw new Error('The webhook examples hold no pull request.')
  return found
}

/** The people, repository and host of the examples, replaced by ours. */
function recast(example: unknown, replacements: ReadonlyArray<readonly [string, string]>): Json {
  const text = replacements.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(example))
  return JSON.parse(text) as Json
}

export interface Place {
  url: string
  repository: Pick<Repository, 'owner' | 'name' | 'fullName'>
}

export function inRepository(example: unknown, { url, repository }: Place): Json {
  return recast(example, [
    ['https://api.github.com', url],
    ['Codertocat/Hello-World', repository.fullName],
    ['"Hello-World"', JSON.stringify(repository.name)],
    ['Codertocat', repository.owner],
  ])
}

/** The same few accounts appear a dozen times in every pull request. */
const accounts = new Map<string, Json>()

export function userJson(url: string, account: Account): Json {
  const key = [url, account.id, account.login, account.type].join(' ')
  const json = accounts.get(key) ?? freshUserJson(url, account)
  accounts.set(key, json)
  return { ...json }
}

function freshUserJson(url: string, account: Account): Json {
  // GitHub escapes the brackets of a bot in URLs and not in its login.
  const inUrl = encodeURIComponent(account.login)
  const page = account.type === 'Bot' ? `apps/${account.login.replace('[bot]', '')}` : inUrl
  const recastUser = recast(pullRequestExample('opened').sender, [
    ['https://api.github.com', url],
    ['https://github.com/Codertocat', `https://github.com/${page}`],
    ['Codertocat', inUrl],
  ])
  return {
    ...recastUser,
    login: account.login,
    id: account.id,
    node_id: nodeId('User', account.id),
    avatar_url: `https://avatars.githubusercontent.com/u/${account.id}?v=4`,
    type: account.type,
  }
}

export function nodeId(kind: string, id: number): string {
  return Buffer.from(`${kind}${id}`).toString('base64')
}
