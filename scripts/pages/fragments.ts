import { parseAllDocuments } from 'yaml'
import type { Pages } from './links.js'
import { yamlBlocks } from './markdown-page.js'

/**
 * One sentence per YAML block that is no YAML, or gives this action an input that it does not have. Whole workflows
 * are linted by scripts/lint-workflows.ts, too; these are also the parts that a reader pastes into one.
 */
export function badFragments(pages: Pages, inputs: ReadonlySet<string>): string[] {
  return [...pages].flatMap(([path, page]) =>
    yamlBlocks(page).flatMap(({ firstLine, text }) => {
      const documents = parseAllDocuments(text)
      const [error] = documents.flatMap((document) => document.errors)
      const at = `${path}:${firstLine}`
      if (error !== undefined) return [`${at} is no YAML: ${error.message.split('\n')[0] ?? ''}`]
      return documents
        .flatMap((document) => inputsIn(document.toJS({ maxAliasCount: 100 })))
        .filter((name) => !inputs.has(name))
        .map((name) => `${at} gives the input "${name}", which action.yml does not have.`)
    }),
  )
}

/** The names of the inputs that steps with this action, or steps without `uses`, are given. */
function inputsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(inputsIn)
  if (typeof value !== 'object' || value === null) return []
  const step = value as { uses?: unknown; with?: unknown }
  const uses = typeof step.uses === 'string' ? step.uses : ''
  const own = uses === '' || /^\.\/?$|\/db-branch-action@/.test(uses)
  const given = own && typeof step.with === 'object' && step.with !== null ? Object.keys(step.with) : []
  return [...given, ...Object.entries(value).flatMap(([key, child]) => (key === 'with' ? [] : inputsIn(child)))]
}
