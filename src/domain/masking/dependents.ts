import { key } from './classify.js'
import type { Dependent, Schema } from './schema.js'

export interface Standing {
  /** In the order in which they can be made again. */
  readonly dependents: readonly Dependent[]
  /** Those that cannot be dropped and made again. */
  readonly blocking: readonly Dependent[]
}

const isView = ({ kind }: Dependent) => kind === 'view' || kind === 'materialized view'

/**
 * What must go while the touched columns change: what stands on one of them, and what stands on such a view, however
 * far up.
 */
export function dependentsOf(schema: Schema, touched: ReadonlySet<string>): Standing {
  const found = new Set<Dependent>()
  const goneViews = new Set<string>()
  const stands = ({ uses }: Dependent) =>
    uses.some(({ relation, column }) => touched.has(key(relation, column)) || goneViews.has(relation))
  for (let before = -1; before !== found.size;) {
    before = found.size
    for (const dependent of schema.dependents) {
      // Triggers and rules of a view that goes are part of it, and so are remembered with it.
      if (found.has(dependent) || !(stands(dependent) || (!isView(dependent) && goneViews.has(dependent.relation))))
        continue
      found.add(dependent)
      if (isView(dependent)) goneViews.add(dependent.relation)
    }
  }
  const all = [...found]
  const blocking = all.filter(({ kind }) => kind === 'function' || kind === 'publication')
  const views = inOrder(all.filter(isView))
  const rest = all.filter((each) => !isView(each) && !blocking.includes(each))
  return { dependents: [...views, ...rest], blocking }
}

/** Each view after those it reads. */
function inOrder(views: readonly Dependent[]): Dependent[] {
  const done: Dependent[] = []
  const visit = (view: Dependent): void => {
    if (done.includes(view)) return
    for (const below of views) {
      if (below !== view && view.uses.some((use) => use.relation === below.relation)) visit(below)
    }
    done.push(view)
  }
  views.forEach(visit)
  return done
}
