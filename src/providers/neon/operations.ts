import { ProviderError } from '../../errors.js'
import { path } from '../../http/api.js'
import type { Shape } from '../../http/shape.js'
import { waitFor } from '../../http/wait.js'
import type { Project } from './api.js'

/** Operations of one page; those of this run are among the newest. */
const pageSize = 100

/** Milliseconds: most branches are ready about a second after they were ordered. */
const firstLook = 1000
const every = 2000
const deadline = 10 * 60_000

/**
 * Waits until the operations that an answer named are over.
 * Source: https://neon.com/docs/manage/operations
 * @throws ProviderError when one of them failed, or the time is over.
 */
export async function settle(project: Project, doing: string, named: readonly Shape[]): Promise<void> {
  const { clock, info } = project.ports
  let open = unfinished(doing, named)
  if (open.length === 0) return
  await clock.sleep(firstLook)
  await waitFor({ what: doing, every, deadline, clock, info }, async () => {
    open = unfinished(doing, await read(project, doing, open))
    const [next] = open
    return next ? { waitingFor: `Neon's operation ${next.at('action').text} is not over` } : { ready: true }
  })
}

/** The operations of a branch whose order got no answer. */
export async function operationsOf({ api, place }: Project, doing: string, branch: string): Promise<Shape[]> {
  const { body } = await api.send('GET', `${place}/operations`, { doing, query: { limit: pageSize } })
  return body.at('operations').items.filter((operation) => operation.at('branch_id').maybeText === branch)
}

/** All in one request; the order of that list is not documented, so what is not in it is asked for by itself. */
async function read({ api, place }: Project, doing: string, open: readonly Shape[]): Promise<Shape[]> {
  const { body } = await api.send('GET', `${place}/operations`, { doing, query: { limit: pageSize } })
  const listed = new Map(body.at('operations').items.map((operation) => [operation.at('id').text, operation]))
  return Promise.all(
    open.map(async (operation) => {
      const id = operation.at('id').text
      return listed.get(id) ?? (await api.send('GET', place + path`/operations/${id}`, { doing })).body.at('operation')
    }),
  )
}

function unfinished(doing: string, operations: readonly Shape[]): Shape[] {
  return operations.filter((operation) => {
    const status = operation.at('status').text
    if (['failed', 'error', 'cancelled'].includes(status)) {
      const what = `Neon's operation ${operation.at('action').text} ended as "${status}"`
      throw new ProviderError(`${doing} failed: ${what}. Look at the operations of the project and run the job again.`)
    }
    return status !== 'finished' && status !== 'skipped'
  })
}
