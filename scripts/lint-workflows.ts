import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMetadata } from './docs.js'
import { collect, type WorkflowDocument } from './workflows/documents.js'
import { actionFile, actionlint, languageService, type LinterFinding } from './workflows/linters.js'
import { parseWorkflow } from './workflows/model.js'
import { rules } from './workflows/rules.js'

export interface Finding extends LinterFinding {
  path: string
  rule: string
}

/** What the two linters and the own rules say about one workflow. */
export async function lint(document: WorkflowDocument, actionYml: string): Promise<Finding[]> {
  const { path, firstLine } = document
  const shift = (rule: string, found: LinterFinding[]): Finding[] =>
    found.map(({ line, message }) => ({ path, rule, line: line + firstLine - 1, message }))
  return [
    ...ownRules(document, actionYml),
    ...shift('language-service', await languageService(document, actionYml)),
    ...shift('actionlint', await actionlint(document)),
  ]
}

function ownRules(document: WorkflowDocument, actionYml: string): Finding[] {
  const { path, firstLine } = document
  const outputs = Object.keys(readMetadata(actionYml).outputs)
  try {
    const workflow = parseWorkflow(document)
    return Object.entries(rules).flatMap(([rule, apply]) =>
      apply(workflow, outputs).map((problem) => ({ path, rule, ...problem })),
    )
  } catch (error) {
    return [{ path, rule: 'yaml', line: firstLine, message: error instanceof Error ? error.message : String(error) }]
  }
}

/** Everything the repository runs or publishes, and action.yml itself. */
export async function lintRepository(root: string): Promise<{ documents: number; findings: Finding[] }> {
  const file = join(root, 'action.yml')
  if (!existsSync(file)) throw new Error('action.yml does not exist.')
  const actionYml = readFileSync(file, 'utf8')
  const documents = collect(root)
  const findings = (await actionFile(actionYml)).map((found) => ({
    path: 'action.yml',
    rule: 'language-service',
    ...found,
  }))
  for (const document of documents) findings.push(...(await lint(document, actionYml)))
  return { documents: documents.length, findings }
}

if (process.argv[1] === import.meta.filename) {
  const { documents, findings } = await lintRepository(process.cwd())
  for (const { path, line, rule, message } of findings) console.error(`${path}:${line} ${rule}: ${message}`)
  if (documents === 0) console.error('No workflow was found.')
  const good = documents > 0 && findings.length === 0
  if (good) console.log(`${documents} workflows in files and docs: no findings.`)
  // actionlint's WebAssembly keeps the process alive.
  process.exit(good ? 0 : 1)
}
