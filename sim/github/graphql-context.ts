/** What every resolver gets, and how it reports what went wrong. */
import { GraphQLError } from 'graphql'
import type { Identity } from './identity.js'
import type { State } from './state.js'

export interface GraphqlContext {
  state: State
  identity: Identity
  /** Cost of the query that is running. */
  cost: number
  violate: (detail: string) => void
  deny: (detail: string) => void
}

/** An error GitHub types, so that a caller can tell what went wrong; the answer stays 200. */
export function typedError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}
