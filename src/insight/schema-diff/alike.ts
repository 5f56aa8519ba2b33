import type { DependencyEdge, Fact, FactBase, StableId } from '@supabase/pg-delta'
import type { Side } from './read-side.js'

/** Facts and edges of one side, before they are a fact base again. */
export interface Parts {
  readonly facts: readonly Fact[]
  readonly edges: readonly DependencyEdge[]
}

/** Of the whole server, or with a password, or taken away from every branch by the action itself. */
const notCompared = new Set<string>(['role', 'membership', 'userMapping', 'subscription'])

/** The action's own: the lock recorder lives here while a migration runs. */
const ours = new Set(['db_branch_action', 'db_branch_locks', 'db_branch_masking'])

/**
 * Takes away what differs between any branch and its parent: a branch belongs to a role of its own, and so does what a
 * migration makes in it. In the parent that would belong to the parent's owner.
 */
export function alike(
  parent: Pick<Side, 'base' | 'databaseOwner'>,
  branch: Side,
  encode: (id: StableId) => string,
): { parent: Parts; branch: Parts } {
  const owners = ownersOf(parent.base, encode)
  const branchOwners = ownersOf(branch.base, encode)
  const own = new Set(branch.own)
  const isOwn = (role: string, target: StableId) => own.has(role) && branchOwners.get(encode(target)) === role
  const facts: Fact[] = []
  for (const fact of compared(branch.base, encode)) {
    const { id } = fact
    if (id.kind === 'acl' && own.has(id.grantee)) {
      const owner = owners.get(encode(id.target))
      // What the branch's role is given on what is not its own, the parent's does not need.
      if (!isOwn(id.grantee, id.target) || owner === undefined) continue
      const there = { ...id, grantee: owner }
      if (owner === id.grantee || !branch.base.has(there)) facts.push({ ...fact, id: there })
    } else if (id.kind === 'defaultPrivilege' && own.has(id.role) && parent.databaseOwner !== id.role) {
      const there = { ...id, role: parent.databaseOwner }
      if (!branch.base.has(there)) facts.push({ ...fact, id: there })
    } else facts.push(fact)
  }
  const edges = branch.base.edges.flatMap((edge) => {
    if (edge.kind !== 'owner' || edge.to.kind !== 'role' || !own.has(edge.to.name)) return [edge]
    const owner = owners.get(encode(edge.from))
    // A reserved role is nobody's fact, and its ownership no edge.
    return owner === undefined || owner.startsWith('pg_')
      ? []
      : [{ ...edge, to: { kind: 'role' as const, name: owner } }]
  })
  return {
    parent: { facts: compared(parent.base, encode), edges: parent.base.edges },
    branch: { facts, edges },
  }
}

/** Owners by object. Of a reserved role's property only the grants tell. */
function ownersOf(base: FactBase, encode: (id: StableId) => string): Map<string, string> {
  const owners = new Map<string, string>()
  for (const { id, payload } of base.facts()) {
    if (id.kind === 'acl' && payload['_ownerDefault'] !== undefined) owners.set(encode(id.target), id.grantee)
  }
  for (const { from, to, kind } of base.edges) {
    if (kind === 'owner' && to.kind === 'role') owners.set(encode(from), to.name)
  }
  return owners
}

function compared(base: FactBase, encode: (id: StableId) => string): Fact[] {
  const out = new Set<string>()
  const isOut = (fact: Fact): boolean =>
    notCompared.has(fact.id.kind) ||
    isOurs(fact.id) ||
    implied(fact) ||
    (fact.parent !== undefined && out.has(encode(fact.parent))) ||
    ('target' in fact.id && out.has(encode(fact.id.target)))
  const facts = base.facts()
  // Parents may come after their children.
  for (let before = -1; before < out.size;) {
    before = out.size
    for (const fact of facts) if (isOut(fact)) out.add(encode(fact.id))
  }
  return facts.filter(({ id }) => !out.has(encode(id)))
}

function isOurs(id: StableId): boolean {
  if (id.kind === 'schema') return ours.has(id.name)
  if ('schema' in id && id.schema !== null) return ours.has(id.schema)
  return false
}

/** What an owner may do anyway. */
function implied({ payload }: Fact): boolean {
  const usual = payload['_ownerDefault']
  return (
    usual !== undefined &&
    JSON.stringify(usual) === JSON.stringify(payload['privileges']) &&
    isEmpty(payload['grantable'])
  )
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0
}
