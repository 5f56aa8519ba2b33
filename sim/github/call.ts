/** One accepted request on its way to a route: known operation, known identity, valid parameters. */
import type { Answer } from '../http/answer.js'
import type { Identity } from './identity.js'
import type { Json } from '../http/json.js'
import type { State } from './state.js'

export interface Call {
  operationId: string
  state: State
  identity: Identity
  /** Decoded and always text: `issue_number` is "7". */
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  body: Json
  headers: Readonly<Record<string, string>>
  path: string
}

export type Route = (call: Call) => Answer
export type Routes = Readonly<Record<string, Route>>
