import { ConflictError, ProviderError } from '../../errors.js'
import type { Clone } from './clone.js'

export const protectedClone = 'DBLab protects the clone from deletion'

/** The engine's own words are not repeated: they can hold commands and paths of its machine. */
export function startFailure({ name, said }: Clone, doing: string): ProviderError {
  // The engine forgets a clone before its files are gone.
  if (said.includes('already exists')) return new ConflictError(`what is left of the former "${name}" is being removed`)
  if (/free port|available ports/.test(said)) {
    return new ProviderError(
      `${doing} failed: the DBLab instance has no port left for another clone. Delete clones, or widen "provision.portPool" of the instance, and run the job again.`,
    )
  }
  return new ProviderError(`${doing} failed: DBLab could not start the clone. ${lookAtLog}`)
}

export function removalFailure(doing: string): ProviderError {
  return new ProviderError(`${doing} failed: DBLab could not remove the clone. ${lookAtLog}`)
}

export function protectionFailure(doing: string, name: string): ProviderError {
  const advice = `Run "dblab clone update --protected false ${name}" and then the job again.`
  return new ProviderError(`${doing} failed: ${protectedClone}. ${advice}`)
}

const lookAtLog = 'Look at the log of the engine ("docker logs dblab_server") and run the job again.'
