/** What a route gives back, and the ways a route says no. */
import type { Json } from './json.js'

export interface Answer {
  status: number
  /** Left out for 204. */
  body?: unknown
  /** Sent as it is instead of `body`: raw file contents and broken answers. */
  text?: string
  headers?: Record<string, string>
  /** Why a permission or a limit refused the call; goes into the journal. */
  denied?: string
}

export class Refusal extends Error {
  readonly answer: Answer
  constructor(answer: Answer) {
    super(`refused with ${answer.status}`)
    this.answer = answer
  }
}

/** Every error body of the REST API names its documentation and repeats the status as text. */
export function errorAnswer(status: number, message: string, extra: Json = {}): Answer {
  return {
    status,
    body: { message, ...extra, documentation_url: 'https://docs.github.com/rest', status: String(status) },
  }
}

export function refuse(status: number, message: string, extra: Json = {}): Refusal {
  return new Refusal(errorAnswer(status, message, extra))
}

export function notFound(): Refusal {
  return refuse(404, 'Not Found')
}

/** The 422 of a rule about one field. */
export function invalid(resource: string, field: string, message: string): Refusal {
  return refuse(422, 'Validation Failed', { errors: [{ resource, code: 'custom', field, message }] })
}
