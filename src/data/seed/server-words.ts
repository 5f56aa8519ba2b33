import { ProviderError } from '../../errors.js'

/** What PostgreSQL said about a statement, without anything that could be a row's value. */
export interface ServerWords {
  /** SQLSTATE. */
  readonly state: string
  readonly sentence: string
  /** Place in the text that was sent, in characters from 1. */
  readonly position: number | undefined
  /** Line of the rows of a COPY, from 1. */
  readonly copyLine: number | undefined
  readonly table: string | undefined
  readonly column: string | undefined
  readonly constraint: string | undefined
}

/** Undefined where the failure is not the server's word on a statement: a lost connection, a cancelled run. */
export function serverWords(error: unknown): ServerWords | undefined {
  const said = (error instanceof ProviderError ? error.cause : error) as Partial<Record<string, unknown>> | undefined
  const text = (field: string) => {
    const value = said?.[field]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const state = text('code')
  // 57014 is our own cancellation or a timeout, 57P… and 08… are the server going away.
  if (state === undefined || !/^[0-9A-Z]{5}$/.test(state) || /^(57P|08)/.test(state)) return undefined
  const context = text('where')
  const line = /^COPY .*?, line (\d+)/.exec(context ?? '')?.[1]
  return {
    state,
    sentence: `${plainMessage({ state, message: text('message') ?? '', raised: text('routine') === 'exec_stmt_raise', within: context !== undefined })} (${state})`,
    position: text('position') === undefined ? undefined : Number(text('position')),
    copyLine: line === undefined ? undefined : Number(line),
    table: text('table'),
    column: text('column'),
    constraint: text('constraint'),
  }
}

/**
 * Messages of data errors (class 22) quote the value, and so can all that a function says: its statements are made from
 * rows. Other messages quote words of the statement, which stands in the file for everyone to read.
 */
function plainMessage(said: { state: string; message: string; raised: boolean; within: boolean }): string {
  if (said.raised) return 'a function or trigger refused it; its words are left out, because they can quote rows'
  const line = said.message.replace(/\p{C}/gu, ' ')
  // From the first quote to the last: a value can hold quotes, too.
  return said.state.startsWith('22') || said.within ? line.replace(/"[\s\S]*"/, '"…"') : line
}
