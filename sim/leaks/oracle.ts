/** Says where a secret stands that should not, in the sinks of one process or workflow run. */
import { secretsIn } from './secrets.js'

export interface Leak {
  readonly sink: string
  readonly where: string
  /** What it is and how it was written; never the text itself. */
  readonly secret: string
}

export interface Searched {
  readonly sink: string
  readonly where: string
  readonly text: string
}

/** A scenario in which a secret went somewhere else than to the place that is meant for it. */
export class LeakError extends Error {
  override readonly name = 'LeakError'
  readonly leaks: readonly Leak[]
  constructor(leaks: readonly Leak[]) {
    const lines = leaks.slice(0, 20).map(({ sink, where, secret }) => `- ${sink} (${where}): ${secret}`)
    super(`Secrets stand where they should not, in ${leaks.length} places:\n${lines.join('\n')}`)
    this.leaks = leaks
  }
}

export function leaksIn(texts: readonly Searched[]): Leak[] {
  return texts.flatMap(({ sink, where, text }) => secretsIn(text).map((secret) => ({ sink, where, secret })))
}

export function refuse(leaks: readonly Leak[]): void {
  if (leaks.length > 0) throw new LeakError(leaks)
}
