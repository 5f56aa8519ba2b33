import type { Outcome } from '../domain/outcome.js'
import type { Connection } from '../ports.js'
import { expose } from './expose.js'
import type { Ports } from './ports.js'
import { Steps } from './steps.js'

/** Hands out the URL that another job sealed. Asks neither the platform nor the forge. */
export async function connectSealed(
  ports: Pick<Ports, 'job' | 'clock' | 'sinks'>,
  branch: string,
  open: () => Connection,
): Promise<Outcome> {
  const steps = new Steps(ports.job, ports.clock)
  const connection = await steps.run('Open the sealed URL', () => Promise.resolve().then(open))
  const reason = 'its sealed URL was opened'
  return expose(ports, connection, { outcome: { status: 'connected', branch, reason, notes: [] }, steps })
}
