/**
 * Concurrency groups: one running and one pending entrant; a newcomer cancels the pending one. Names are
 * case-insensitive and shorter than 400 characters (`WorkflowTemplateConverter.cs` 686); workflows and jobs share them.
 */
import { UnsupportedError, WorkflowFileError } from './errors.js'

/** GitHub queues at most this many with `queue: max`. */
const QUEUE_LIMIT = 100

export interface Entrant {
  readonly group: string
  /** Entrants of one owner in one group would wait for each other. */
  readonly owner: object
  readonly cancelInProgress: boolean
  readonly queue: 'single' | 'max'
  /** Called when a newcomer takes the place of this entrant. */
  cancel(reason: string): void
}

export type Admission =
  { readonly admitted: true; release(): void } | { readonly admitted: false; readonly reason: string }

interface Waiting {
  readonly entrant: Entrant
  settle(admission: Admission): void
}

interface Group {
  running: Entrant | undefined
  pending: Waiting[]
}

export class Concurrency {
  readonly #groups = new Map<string, Group>()

  /** Resolves when the entrant may run, or was cancelled while it waited. */
  async enter(entrant: Entrant, signal?: AbortSignal): Promise<Admission> {
    if (entrant.group.length >= 400) throw new WorkflowFileError('A concurrency group needs fewer than 400 characters')
    if (entrant.queue === 'max' && entrant.cancelInProgress) {
      throw new WorkflowFileError("concurrency: 'queue: max' cannot be used with 'cancel-in-progress: true'")
    }
    const group = this.#group(entrant.group)
    if (group.running === undefined) return this.#run(group, entrant)
    if (group.running.owner === entrant.owner) {
      return {
        admitted: false,
        reason: `Canceling since a deadlock for concurrency group '${entrant.group}' was detected`,
      }
    }
    this.#makeRoom(group, entrant)
    if (group.pending.length >= QUEUE_LIMIT) {
      throw new UnsupportedError(`more than ${QUEUE_LIMIT} entrants in concurrency group '${entrant.group}'`)
    }
    return await new Promise<Admission>((resolve) => {
      const leave = (): void => {
        group.pending = group.pending.filter((waiting) => waiting.entrant !== entrant)
        settle({ admitted: false, reason: 'The run was canceled' })
      }
      const settle = (admission: Admission): void => {
        signal?.removeEventListener('abort', leave)
        resolve(admission)
      }
      group.pending.push({ entrant, settle })
      if (signal?.aborted) leave()
      else signal?.addEventListener('abort', leave, { once: true })
    })
  }

  /** How many entrants wait in a group. */
  pending(group: string): number {
    return this.#groups.get(group.toLowerCase())?.pending.length ?? 0
  }

  #group(name: string): Group {
    const key = name.toLowerCase()
    const group = this.#groups.get(key) ?? { running: undefined, pending: [] }
    this.#groups.set(key, group)
    return group
  }

  #run(group: Group, entrant: Entrant): Admission {
    group.running = entrant
    return {
      admitted: true,
      release: () => {
        if (group.running !== entrant) return
        group.running = undefined
        const next = group.pending.shift()
        next?.settle(this.#run(group, next.entrant))
      },
    }
  }

  #makeRoom(group: Group, newcomer: Entrant): void {
    const reason = `Canceling since a higher priority waiting request for '${newcomer.group}' exists`
    if (newcomer.queue === 'single') {
      for (const waiting of group.pending.splice(0)) {
        waiting.settle({ admitted: false, reason })
        waiting.entrant.cancel(reason)
      }
    }
    if (newcomer.cancelInProgress) group.running?.cancel(reason)
  }
}
