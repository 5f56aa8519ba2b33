import type { Secret } from '../secret.js'

export const outputNames = [
  'connection_string',
  'pooled_connection_string',
  'host',
  'port',
  'database',
  'username',
  'password',
  'sealed_connection_string',
  'branch_name',
  'branch_id',
  'parent_branch',
  'created',
  'status',
  'environment',
  'deleted',
  'kept',
  'refreshed',
  'failed',
  'pull_requests',
  'report',
] as const

export type OutputName = (typeof outputNames)[number]

/** A line of a file of the work tree, from 1. */
export interface FilePlace {
  readonly file: string
  readonly line: number
  /** From 1. */
  readonly column?: number
  readonly title: string
}

/** The running CI job: its log, its masks, its outputs. */
export interface Job {
  /** Registers every form of the secret with the runner before anything can print it. */
  mask(secret: Secret): void
  /** All that were registered, for texts that the runner does not mask. */
  secrets(): readonly Secret[]
  info(line: string): void
  debug(line: string): void
  notice(message: string): void
  /** `place` shows it on that line of a file of the pull request. */
  warning(message: string, place?: FilePlace): void
  /** `place` as with a warning. */
  error(message: string, place?: FilePlace): void
  /** Lines that are logged meanwhile stand under the title, which is closed however the work ends; notices and worse do not. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>
  /** What a long piece of work is at, such as `table 3 of 12`. Told only when nothing else is for a while. */
  progress(what: string): void
  output(name: OutputName, value: string): void
  /** Sets an environment variable of the later steps of the job. */
  exportVariable(name: string, value: string): void
  /** Whether the text holds a masked value, so that the runner would drop it from the job outputs. */
  hides(text: string): boolean
  /** Kept for the post step of this very step. Never a URL or a password. */
  saveState(name: string, value: string): void
  summary(markdown: string): Promise<void>
}
