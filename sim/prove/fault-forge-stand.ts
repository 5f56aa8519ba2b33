import { createHash } from 'node:crypto'
import type { ForgePorts, Law, UrlMark } from '../../src/ports.js'
import type { Stand } from './fault-subject.js'

/** What one run is given by its forge. */
export interface ForgeRun extends ForgePorts {
  readonly law: Law
}

/** A forge with an open pull request 7. */
export interface ForgeStand extends Stand<ForgeRun> {
  readonly truth: {
    readonly open: readonly number[]
    readonly files: readonly string[]
    readonly policy: string
    readonly environments: readonly string[]
  }
  /** Of pull request 7. */
  readonly setState: (state: 'open' | 'closed') => void
  /** The URL that the environment of pull request 7 holds. */
  readonly url: () => string | undefined
  /** How many comments on pull request 7 are there, ours and those of others. */
  readonly comments: () => { readonly ours: number; readonly others: number }
  readonly others: number
}

/** What is there when a run begins. */
export interface Beginning {
  /** More of everything than goes on one page; else only what concerns pull request 7. */
  readonly full?: boolean
  /** An earlier run has written its comment, and others have written more than goes on one page. */
  readonly commented?: boolean
}

export const policyPath = '.github/db-branch.yml'

/** Copies only on paper: whoever loses the end of this file has lost a rule. */
export const policy = `version: 1
parents:
  main:
    data_policy: schema_only
protected:
  - release-*
  - pr-7
`

/** More than the largest page. */
export const many = 105
export const numbers = Array.from({ length: many }, (_, index) => index + 1)
export const files = numbers.map((number) => `migrations/${number}.sql`)

export const mark: UrlMark = (url, at) =>
  createHash('sha256').update(`${at} ${url.reveal()}`).digest('hex').slice(0, 32)

/** Of our comment. */
export const place = {
  pullRequest: 7,
  database: { repository: 42, template: 'pr-{number}' },
  run: '1.1',
  untrusted: undefined,
} as const

export const isOurs = (body: string): boolean => body.startsWith('<!-- db-branch-action report=')
