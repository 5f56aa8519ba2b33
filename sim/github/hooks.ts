/** Lets a test act between two calls: close the pull request just after it was read, add one while a list is paged. */
import type { Answer } from '../http/answer.js'
import type { Json } from '../http/json.js'

export type Moment = 'before' | 'after'

export interface SeenCall {
  operationId: string
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  body: Json
  /** Name of the identity. */
  token: string
  /** Only after. */
  answer?: Answer
}

export type Hook = (call: SeenCall) => void | Promise<void>

export interface Hooks {
  /** Returns what removes it again. */
  add(operationId: string, moment: Moment, hook: Hook): () => void
  run(moment: Moment, call: SeenCall): Promise<void>
}

export function hookList(): Hooks {
  const hooks = new Set<{ operationId: string; moment: Moment; hook: Hook }>()
  return {
    add: (operationId, moment, hook) => {
      const record = { operationId, moment, hook }
      hooks.add(record)
      return () => void hooks.delete(record)
    },
    run: async (moment, call) => {
      for (const record of [...hooks]) {
        if (record.moment === moment && record.operationId === call.operationId) await record.hook(call)
      }
    },
  }
}
