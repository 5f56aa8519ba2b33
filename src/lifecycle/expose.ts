import type { Branch } from '../domain/branch.js'
import type { Outcome } from '../domain/outcome.js'
import { CancelledError, ForgeError, messageOf } from '../errors.js'
import type { Connection } from '../ports.js'
import type { Ports } from './ports.js'
import type { Steps } from './steps.js'

/** What is known of an outcome before the URL is out. */
export type Handed = Omit<Outcome, 'exposed' | 'steps'>

/** What its claim tells of a branch, or the platform where there are no claims. */
export function describeBranch({ id, name, claim, createdAt }: Branch): Omit<Handed, 'status' | 'reason' | 'notes'> {
  const base = { branch: name, branchId: id }
  if (claim.kind === 'claim') {
    const { parent, dataPolicy, approval, masked } = claim.claim
    return {
      ...base,
      parent,
      dataPolicy,
      createdAt: claim.claim.createdAt,
      ...(approval !== undefined && { approval }),
      ...(masked && { masked }),
    }
  }
  const { parent = undefined, dataPolicy = undefined } = claim.kind === 'name' ? claim : {}
  return {
    ...base,
    ...(parent !== undefined && { parent }),
    ...(dataPolicy !== undefined && { dataPolicy }),
    ...(createdAt !== undefined && { createdAt }),
  }
}

/**
 * Hands the URL out: first to the step outputs, then to every sink. Always the last step of a run.
 * @throws ForgeError when a sink refused; the branch stays and the step outputs are set.
 */
export async function expose(
  ports: Pick<Ports, 'job' | 'sinks'>,
  connection: Connection,
  { outcome, steps }: { outcome: Handed; steps: Steps },
): Promise<Outcome> {
  const { job } = ports
  job.mask(connection.url)
  job.mask(connection.password)
  job.output('connection_string', connection.url.reveal())
  if (connection.pooledUrl) job.mask(connection.pooledUrl)
  job.output('pooled_connection_string', connection.pooledUrl?.reveal() ?? '')
  job.output('host', connection.host)
  job.output('port', String(connection.port))
  job.output('database', connection.database)
  job.output('username', connection.username)
  job.output('password', connection.password.reveal())
  const exposed = ['step outputs']
  for (const sink of ports.sinks) {
    try {
      await steps.run(`Write ${sink.name}`, () => sink.publish(connection))
    } catch (cause) {
      if (cause instanceof CancelledError) throw cause
      if (sink.sign) {
        job.warning(messageOf(cause))
        continue
      }
      throw new ForgeError(`${messageOf(cause)} The branch "${outcome.branch}" exists and is kept.`, { cause })
    }
    if (!sink.sign) exposed.push(sink.name)
  }
  return { ...outcome, exposed, steps: steps.done }
}
