import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { capabilityDocs } from './capability-table.js'
import { between, table } from './markdown.js'

interface Metadata {
  inputs: Record<string, { description: string; required?: boolean; default?: string | number | boolean }>
  outputs: Record<string, { description: string }>
}

/** One page names each input and output in a line, for a look; the reference says everything. */
type Detail = 'brief' | 'full'

const pages: { path: string; detail: Detail }[] = [
  { path: 'docs/inputs.md', detail: 'brief' },
  { path: 'docs/reference.md', detail: 'full' },
]

export function readMetadata(text: string): Metadata {
  const raw = parse(text) as Partial<Metadata> | null
  const { inputs = {}, outputs = {} } = raw ?? {}
  for (const [kind, entries] of Object.entries({ inputs, outputs })) {
    if (Object.keys(entries).length === 0) throw new Error(`action.yml has no ${kind}.`)
    for (const [name, entry] of Object.entries(entries)) {
      if (!entry?.description?.trim()) throw new Error(`action.yml: ${kind}.${name} has no description.`)
    }
  }
  return { inputs, outputs }
}

/** The page with its tables renewed; everything outside the marks stays as it is. */
export function renew(page: string, { metadata, detail }: { metadata: Metadata; detail: Detail }): string {
  const withInputs = between(page, { name: 'inputs', content: inputTable(metadata, detail) })
  return between(withInputs, { name: 'outputs', content: outputTable(metadata, detail) })
}

function inputTable({ inputs }: Metadata, detail: Detail): string {
  const rows = Object.entries(inputs).map(([name, { description, required = false, default: value }]) => {
    const fallback = value === undefined || value === '' ? '' : code(String(value))
    return detail === 'full'
      ? [code(name), required ? 'yes' : 'no', fallback, whole(description)]
      : [code(name), required ? '(required)' : fallback, firstSentence(description)]
  })
  const head =
    detail === 'full' ? ['Input', 'Required', 'Default', 'Description'] : ['Input', 'Default', 'What it does']
  return table(head, rows)
}

function outputTable({ outputs }: Metadata, detail: Detail): string {
  const say = detail === 'full' ? whole : firstSentence
  return table(
    ['Output', detail === 'full' ? 'Description' : 'What it is'],
    Object.entries(outputs).map(([name, { description }]) => [code(name), say(description)]),
  )
}

const cell = (text: string): string => text.trim().replaceAll('|', '\\|')
const code = (text: string): string => `\`${cell(text).replaceAll(/\s+/g, ' ')}\``
const whole = (text: string): string =>
  cell(text)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' '))
    .join('<br>')
/** Up to the first full stop that ends a sentence; one inside `code`, a version number or "e.g." does not. */
const firstSentence = (text: string): string =>
  /^(?:`[^`]*`|[^`])*?(?<!e\.g|i\.e)[.!?](?=\s+[A-Z`]|$)/.exec(whole(text).split('<br>')[0] ?? '')?.[0] ??
  whole(text).split('<br>')[0] ??
  ''

/** Renews every page below `root`, or only says which differ. One sentence per problem. */
export function docs(root: string, { check }: { check: boolean }): string[] {
  const source = join(root, 'action.yml')
  if (!existsSync(source)) return ['action.yml does not exist.']
  const metadata = readMetadata(readFileSync(source, 'utf8'))
  return pages.flatMap(({ path, detail }) => {
    const file = join(root, path)
    if (!existsSync(file)) return [`${path} does not exist.`]
    const before = readFileSync(file, 'utf8')
    try {
      const after = renew(before, { metadata, detail })
      if (after === before) return []
      if (check) return [`${path} is not what action.yml says. Run \`npm run docs\` and commit it.`]
      writeFileSync(file, after)
      return []
    } catch (error) {
      return [`${path} ${error instanceof Error ? error.message : String(error)}`]
    }
  })
}

if (process.argv[1] === import.meta.filename) {
  const check = process.argv.includes('--check')
  const problems = [...docs(process.cwd(), { check }), ...capabilityDocs(process.cwd(), { check })]
  for (const problem of problems) console.error(problem)
  process.exitCode = problems.length === 0 ? 0 : 1
}
