import type { Connection } from '../ports.js'
import { openSession, type Session } from './session.js'
import { parseTarget } from './target.js'

const advice =
  'Check that the platform lets this runner reach its branches (IP allow list, private network), and run the job again.'

/** A session on a parent, over the URL that its platform tells. */
export function openOnParent({ url }: Connection, signal: AbortSignal): Promise<Session> {
  return openSession(parseTarget(url), { application: 'db-branch-action', signal, advice })
}
