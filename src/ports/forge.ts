import type { PullRequestReading } from '../domain/cleanup-plan.js'
import type { Known } from '../domain/known.js'
import type { PullRequest, PullRequestFacts } from '../domain/pull-request.js'
import type { Head } from '../domain/trigger.js'
import type { Secret } from '../secret.js'
import type { Connection } from './branch.js'

/** Where the pull request lives. */
export interface Forge {
  pullRequest(number: number): Promise<Known<PullRequest>>
}

/** What a sweep asks of the forge: many pull requests in few requests. */
export interface SweepForge {
  /** All of them or unknown; half a list would make open pull requests look closed. */
  openPullRequests(): Promise<Known<ReadonlyMap<number, PullRequestFacts>>>
  /** Every asked number is in the answer. */
  pullRequestsByNumber(numbers: readonly number[]): Promise<ReadonlyMap<number, PullRequestReading>>
  /** What is left of the rate limit, in words, once something was asked. */
  budget(): string | undefined
}

/** An environment that stands for a pull request. */
export interface ClaimedEnvironment {
  readonly name: string
  readonly pullRequest: number
}

/** The environments of pull requests, for a sweep that looks for those whose branch is gone. */
export interface Environments {
  list(): Promise<Known<readonly ClaimedEnvironment[]>>
  /** Whether this action made it. */
  claimed(environment: ClaimedEnvironment): Promise<boolean>
}

/** One repository of a forge, and all that is asked of it. */
export interface ForgePorts {
  readonly forge: Forge
  readonly sweepForge: SweepForge
  /** The places that hold the URL of this pull request's branch; without the branch, those that the number alone tells. */
  readonly sinksFor: (pullRequest: number, at?: SinkPlace) => readonly Sink[]
  /** Undefined when no environments are in use. */
  readonly environments: Environments | undefined
  /** Absent where there is nobody to comment to. */
  readonly comment?: ReportComment
  /** Paths of the files that a pull request adds or changes. */
  readonly changedFiles?: (pullRequest: number) => Promise<Known<readonly string[]>>
  /** The text of a file of the default branch, or at a commit; undefined when there is none. */
  readonly readFile: (file: { path: string; ref?: string }) => Promise<Known<string | undefined>>
}

/** Which comment: one for each database of a pull request. */
export interface CommentPlace {
  readonly pullRequest: number
  /** The repository's id, and the template of the branches' names. */
  readonly database: { readonly repository: number; readonly template: string }
  /** `<run id>.<attempt>`: a run never replaces what a later one wrote. */
  readonly run: string
  readonly untrusted: 'fork' | 'dependabot' | undefined
}

/** The one comment of ours about a database. What goes wrong is given as one sentence, and never fails a run. */
export interface ReportComment {
  write(place: CommentPlace, body: string): Promise<string | undefined>
  /** Says in the comment, where there is one, that the branch is gone. */
  withdraw(place: CommentPlace): Promise<string | undefined>
}

/** What a place is for beside the pull request. */
export interface SinkPlace {
  /** Name of the database branch. */
  readonly branch: string
  /** Undefined where the run does not know it, such as in a sweep: then nothing new is made, only renewed or removed. */
  readonly head?: Head | undefined
}

/** A place that a URL is written to beside the step outputs, and taken away from before the branch goes. */
export interface Sink {
  /** Such as `secret DATABASE_URL of environment pr-7`. */
  readonly name: string
  /** It shows that there is a branch and holds no URL: when it fails, that is told and nothing else suffers. */
  readonly sign?: true
  publish(connection: Connection): Promise<void>
  /** Absent where nothing stays when the job ends. */
  withdraw?(): Promise<'removed' | 'absent'>
}

/** A place that outlives the job. */
export type LastingSink = Sink & Required<Pick<Sink, 'withdraw'>>

/** Tells the URL that a place holds from another one, and nothing about either. */
export type UrlMark = (url: Secret, place: string) => string
