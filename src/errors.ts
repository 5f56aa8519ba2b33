import type { CommandReport } from './domain/branch-report.js'

/**
 * The failures a user can meet. Each message is one sentence of the form
 * `<what> failed: <why>. <what to do>.` and holds no secret, no response body and no query string.
 */

/** A line of a file of the repository that must change, and why. */
export interface Fault {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column?: number
  readonly detail: string
}

interface Placed extends ErrorOptions {
  /** The lines that the sentence is about, as far as they are known. */
  readonly faults?: readonly Fault[] | undefined
}

class PlacedError extends Error {
  readonly faults: readonly Fault[]

  constructor(message: string, { faults = [], ...options }: Placed = {}) {
    super(message, options)
    this.faults = faults
  }
}

/** The lines that a failure is about; empty when none is known. */
export function faultsOf(error: unknown): readonly Fault[] {
  return error instanceof PlacedError ? error.faults : []
}

/** The workflow file must change: a wrong or missing input, or an event that fits no mode. Raised before any network call. */
export class InputError extends PlacedError {
  override name = 'InputError'
}

/** A guard said no: what was asked would hand out, reset or delete something that is not provably ours. */
export class RefusedError extends PlacedError {
  override name = 'RefusedError'
}

/** The database platform failed, answered something unusable or could not be reached. */
export class ProviderError extends Error {
  override name = 'ProviderError'
}

/** The name is already taken on the platform: another run was faster. The caller reads again and decides anew. */
export class ConflictError extends ProviderError {
  override name = 'ConflictError'
}

/** The forge (GitHub) failed, denied a permission or answered something unusable. */
export class ForgeError extends Error {
  override name = 'ForgeError'
}

/** A server sent us to another place. A credential is never sent on, so the request ends here. */
export class RedirectError extends Error {
  override name = 'RedirectError'
  /** Host and port that the server named; empty when it named none. */
  readonly host: string

  constructor(message: string, options: ErrorOptions & { host?: string } = {}) {
    super(message, options)
    this.host = options.host ?? ''
  }
}

/** The run was cancelled; what it was building is left to the post step. */
export class CancelledError extends Error {
  override name = 'CancelledError'
}

/** A command or seed of the team's own failed. What it printed is in the log; `report` is what others may read of it. */
export class CommandError extends PlacedError {
  override name = 'CommandError'
  readonly report: CommandReport

  constructor(message: string, report: CommandReport, options: Placed = {}) {
    super(message, options)
    this.report = report
  }
}

/** The text of any thrown value. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}

/** A user's text inside one of our sentences: one line, short. */
export function show(text: string): string {
  const line = text.replace(/\p{C}/gu, '\uFFFD')
  return line.length > 80 ? `${line.slice(0, 80)}…` : line
}
