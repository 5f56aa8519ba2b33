import type { DataPolicy } from './data-policy.js'

/**
 * A rebuild stands beside the branch under a name of its own until it is ready, and the branch that it replaced after
 * that: `pr-7.new-0a1b2c3d` and `pr-7.old-0a1b2c3d`, with the beginning of the build id of the rebuild.
 */
export interface Aside {
  /** The branch that it was built for. */
  readonly branch: string
  readonly kind: 'new' | 'old'
}

/**
 * How long a half-built branch is taken for one that its run still works on, in milliseconds. Masking a large parent
 * takes as long as a job may: https://docs.github.com/actions/reference/limits (6 hours).
 */
export function buildPatience(dataPolicy?: DataPolicy): number {
  return dataPolicy === 'masked' ? 6 * 60 * 60_000 : 10 * 60_000
}

const form = /^(.+)\.(new|old)-[0-9a-f]{8}$/

export function asideName({ branch, kind }: Aside, build: string): string {
  return `${branch}.${kind}-${build.slice(0, 8)}`
}

/** A user's branch can have such a name, too: only with a claim that agrees is it an aside. */
export function asideOf(name: string): Aside | undefined {
  const [, branch, kind] = form.exec(name) ?? []
  return branch !== undefined && (kind === 'new' || kind === 'old') ? { branch, kind } : undefined
}
