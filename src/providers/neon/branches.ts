import { asideOf, buildPatience } from '../../domain/aside.js'
import type { Branch } from '../../domain/branch.js'
import type { ClaimReading } from '../../domain/claim.js'
import { ProviderError } from '../../errors.js'
import type { Shape } from '../../http/shape.js'
import { readAnnotation } from './claim.js'
import type { Project } from './api.js'

/** The longest page that the API gives. Source: https://api-docs.neon.tech/reference/listprojectbranches */
const pageSize = 10_000

/**
 * Every branch of the project, with its claim, in one request per 10,000.
 * @throws ProviderError when any page fails.
 */
export async function readBranches({ api, place, ports }: Project, doing: string): Promise<Branch[]> {
  const items: Shape[] = []
  const annotations = new Map<string, Readonly<Record<string, unknown>>>()
  const cursors = new Set<string>()
  for (let cursor: string | undefined; ;) {
    const { body } = await api.send('GET', `${place}/branches`, { doing, query: { limit: pageSize, cursor } })
    const page = body.at('branches').items
    items.push(...page)
    const marks = body.at('annotations')
    for (const id of Object.keys(marks.object)) annotations.set(id, marks.at(id).at('value').object)
    cursor = body.at('pagination').exists ? body.at('pagination').at('next').maybeText : undefined
    if (cursor === undefined || page.length === 0) break
    if (cursors.has(cursor))
      throw new ProviderError(`${doing} failed: Neon gave the same page twice. Run the job again.`)
    cursors.add(cursor)
  }
  const parents = new Set(items.flatMap((item) => item.at('parent_id').maybeText ?? []))
  const now = ports.clock.now()
  const branches = items.map((item) => branchOf(item, { annotations, parents, now }))
  return [...new Map(branches.map((branch) => [branch.id, branch])).values()]
}

interface Surroundings {
  readonly annotations: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  /** Ids of branches that others were made from. */
  readonly parents: ReadonlySet<string>
  readonly now: Date
}

function branchOf(item: Shape, { annotations, parents, now }: Surroundings): Branch {
  const id = item.at('id').text
  const name = item.at('name').text
  const claim = readAnnotation(annotations.get(id))
  const state = item.at('current_state').text
  const own = item.at('default').flag
    ? 'it is the default branch of the project'
    : item.at('protected').flag
      ? 'it is protected on Neon'
      : undefined
  const hasChildren = own === undefined && parents.has(id)
  const protection = hasChildren ? 'other branches are made from it' : own
  return {
    id,
    name,
    claim,
    ...(protection !== undefined && { protection }),
    ...(hasChildren && { hasChildren }),
    ...(state === 'init' && { unfinished: true }),
    ...(claim.kind !== 'claim' && { createdAt: item.at('created_at').text }),
    ...asideMarks(name, claim, now),
  }
}

/** An aside is one by its name and its claim: a user's branch can have any name. */
function asideMarks(name: string, claim: ClaimReading, now: Date): Pick<Branch, 'leftover' | 'alive'> {
  const aside = asideOf(name)
  if (claim.kind !== 'claim' || claim.claim.branch !== aside?.branch) return {}
  const age = now.getTime() - Date.parse(claim.claim.createdAt)
  return { leftover: true, ...(aside.kind === 'new' && age < buildPatience(claim.claim.dataPolicy) && { alive: true }) }
}
