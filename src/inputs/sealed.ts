import type { Trigger } from '../domain/trigger.js'
import { InputError } from '../errors.js'
import type { Secret } from '../secret.js'
import { branchName } from './branch.js'
import { parseExportEnv, parseSealKey } from './hand-over.js'
import type { RawInputs } from './readers.js'

/** `connect` from a sealed text: everything that is needed stands in it, and no platform is asked. */
export interface SealedConfig {
  readonly mode: 'connect'
  readonly sealed: string
  readonly sealKey: Secret
  readonly branch: string
  readonly pullRequest: number | null
  readonly repository: Trigger['repository']
  readonly exportEnv: readonly string[]
}

/** @throws InputError with one sentence. `skip` is the reason why a pull request without secrets ends green. */
export function parseSealed(raw: RawInputs, trigger: Trigger): { sealed: SealedConfig } | { skip: string } {
  const sealKey = parseSealKey(raw)
  const sealed = raw('sealed')
  if (trigger.pullRequest?.untrusted && (sealed === '' || !sealKey)) {
    const whose = trigger.pullRequest.untrusted === 'fork' ? 'from a fork' : "of Dependabot's"
    return { skip: `No database branch for this pull request: it is one ${whose}, and such runs get no secrets.` }
  }
  if (sealed === '') {
    throw new InputError(
      'Input "sealed" is empty: the job that makes the branch handed no URL on. Declare its output "sealed_connection_string" in "outputs" of that job, and run this job only if it is not empty.',
    )
  }
  if (!sealKey) {
    throw new InputError(
      'Input "sealed" needs "seal_key", the same secret that the job was given that made it. Check that this job may read the secret.',
    )
  }
  if (raw('dry_run') === 'true') {
    throw new InputError('Input "dry_run" goes with modes that change something, not with "connect". Remove it.')
  }
  return {
    sealed: Object.freeze({
      mode: 'connect' as const,
      sealed,
      sealKey,
      branch: branchName(raw, trigger),
      pullRequest: trigger.pullRequest?.number ?? null,
      repository: trigger.repository,
      exportEnv: parseExportEnv(raw),
    }),
  }
}
