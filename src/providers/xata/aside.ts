/**
 * A rebuild stands beside the branch under a name of its own until it is ready, and the branch that it replaced after
 * that: `pr-7.new-0a1b2c3d` and `pr-7.old-0a1b2c3d`, with the beginning of the build id of the rebuild.
 */
export interface Aside {
  /** The branch that it was built for. */
  readonly branch: string
  readonly kind: 'new' | 'old'
}

const form = /^(.+)\.(new|old)-[0-9a-f]{8}$/

export function asideName({ branch, kind }: Aside, build: string): string {
  return `${branch}.${kind}-${build.slice(0, 8)}`
}

export function asideOf(name: string): Aside | undefined {
  const [, branch, kind] = form.exec(name) ?? []
  return branch !== undefined && (kind === 'new' || kind === 'old') ? { branch, kind } : undefined
}
