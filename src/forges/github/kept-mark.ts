import type { GitHubClient } from './client.js'
import { requireStatus, unless404 } from './status.js'

export interface KeptMark {
  /** Whether the secret is there, holds this very URL, and was not written by anybody since. */
  holds(): Promise<boolean>
  /** Right after the secret: a run that dies between the two writes both again. */
  write(): Promise<void>
}

/**
 * What tells whether a secret has to be written, in a variable beside it: a secret cannot be read, and rewriting it on
 * each push would make every change in the audit log look like a new URL.
 * Source: https://docs.github.com/rest/actions/variables (its permissions are those of the secrets).
 */
export function keptMark(
  { rest, repo }: Pick<GitHubClient, 'rest' | 'repo'>,
  { environment, secret, text }: { environment: string; secret: string; text: string },
): KeptMark {
  const at = { ...repo, environment_name: environment }
  const name = `DB_BRANCH_ACTION_${secret.toUpperCase()}`
  return {
    async holds() {
      const variable = await unless404(async () => (await rest.actions.getEnvironmentVariable({ ...at, name })).data)
      if (variable?.value !== text) return false
      const call = { ...at, secret_name: secret }
      const written = await unless404(async () => (await rest.actions.getEnvironmentSecret(call)).data)
      return written !== undefined && Date.parse(written.updated_at) <= Date.parse(variable.updated_at)
    },
    async write() {
      const call = { ...at, name, value: text }
      const changed = await unless404(async () =>
        requireStatus(await rest.actions.updateEnvironmentVariable(call), [204]),
      )
      if (!changed) requireStatus(await rest.actions.createEnvironmentVariable(call), [201])
    },
  }
}
