import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** A workflow in a file of its own, or in a fenced block of a Markdown page. */
export interface WorkflowDocument {
  path: string
  /** The line of `path` on which `text` begins, counted from 1. */
  firstLine: number
  text: string
}

/** Every workflow the repository runs or publishes. */
export function collect(root: string): WorkflowDocument[] {
  const files = [
    ...below(root, '.github/workflows').filter((path) => /\.ya?ml$/.test(path)),
    ...below(root, 'examples').filter((path) => /\.ya?ml$/.test(path) && !/gitlab/i.test(path)),
  ]
  const pages = ['README.md', ...below(root, 'docs')].filter(
    (path) => path.endsWith('.md') && existsSync(join(root, path)),
  )
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  return [
    ...files.map((path) => ({ path, firstLine: 1, text: read(path) })),
    ...pages.flatMap((path) => fenced(read(path)).map((block) => ({ path, ...block }))),
  ]
}

/** The fenced YAML blocks of a Markdown page that are whole workflows: those with `jobs:` at the left margin. */
export function fenced(page: string): { firstLine: number; text: string }[] {
  const blocks: { firstLine: number; text: string }[] = []
  let open: { fence: string; indent: number; firstLine: number; lines: string[] } | undefined
  page.split('\n').forEach((line, index) => {
    if (open === undefined) {
      const [, indent = '', fence = ''] = /^(\s*)(`{3,}|~{3,})ya?ml\b/.exec(line) ?? []
      if (fence !== '') open = { fence, indent: indent.length, firstLine: index + 2, lines: [] }
    } else if (line.trim() === open.fence) {
      const text = `${open.lines.join('\n')}\n`
      if (/^jobs:/m.test(text)) blocks.push({ firstLine: open.firstLine, text })
      open = undefined
    } else {
      open.lines.push(line.slice(Math.min(open.indent, line.length - line.trimStart().length)))
    }
  })
  return blocks
}

function below(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort()
}
