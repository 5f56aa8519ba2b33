/** One SQL session on one database. Throws ProviderError. */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** A session that has to be closed. */
export interface SqlSession extends Sql {
  close(): Promise<void>
}

export interface Clock {
  now(): Date
  /** Milliseconds since an arbitrary start; never goes back. */
  elapsed(): number
  /** Milliseconds. Ends early with CancelledError when the run is cancelled. */
  sleep(ms: number): Promise<void>
}

/** `bytes` random bytes in hexadecimal. */
export type RandomHex = (bytes: number) => string
