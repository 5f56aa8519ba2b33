import {
  CancelledError,
  CommandError,
  ForgeError,
  InputError,
  ProviderError,
  RedirectError,
  RefusedError,
} from './errors.js'

/** Where this action lives, as the runner tells it: `owner/name` and the ref that the workflow names. */
export interface ActionSource {
  readonly repository: string | undefined
  readonly ref: string | undefined
}

/** Headings of docs/troubleshooting.md. */
const headings = [
  [InputError, 'inputs'],
  [RefusedError, 'refused'],
  [ProviderError, 'platform'],
  [RedirectError, 'platform'],
  [ForgeError, 'forge'],
  [CommandError, 'commands'],
  [CancelledError, 'cancelled'],
] as const

/** The address of what docs/troubleshooting.md says about this kind of failure, of the very version that runs. */
export function troubleshootingPage(error: unknown, { repository = '', ref = '' }: ActionSource): string {
  const [, heading] = headings.find(([kind]) => error instanceof kind) ?? ['', 'anything-else']
  const known = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref)
  const [place, version] = known ? [repository, ref] : ['org/db-branch-action', 'v1']
  return `https://github.com/${place}/blob/${version}/docs/troubleshooting.md#${heading}`
}
