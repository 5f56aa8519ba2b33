/**
 * `npm run docs:check`: every link and heading of the pages is there, every page is reached from docs/README.md, every
 * piece of YAML is YAML with inputs that exist, nothing is misspelt, and docs/troubleshooting.md lists each error
 * sentence of src. `--write` renews those lists.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readMetadata } from './docs.js'
import { between } from './markdown.js'
import { errorTexts, type ErrorTexts } from './pages/error-sentences.js'
import { badFragments } from './pages/fragments.js'
import { brokenLinks, type Pages, unreachable } from './pages/links.js'
import { spelling } from './pages/spelling.js'

const errorPage = 'docs/troubleshooting.md'
/** What a failed run finds its sentence on that page by. */
const errorModule = 'src/error-sentences.ts'

/** README.md and its neighbours, and everything below docs. */
function readPages(root: string): Pages {
  const beside = readdirSync(root).filter((name) => name.endsWith('.md'))
  const below = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
  return new Map([...beside, ...below].sort().map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

/** The code whose words the pages use. */
function readSources(root: string): string[] {
  const below = ['src', 'sim'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(room, name)),
  )
  return ['action.yml', ...below].map((path) => readFileSync(join(root, path), 'utf8'))
}

function withErrors(page: string, { lists }: ErrorTexts): string {
  return Object.entries(lists).reduce(
    (text, [name, content]) => between(text, { name: `errors-${name}`, content }),
    page,
  )
}

/** One sentence per problem of the pages below `root`. */
export function checkDocs(root: string): string[] {
  const pages = readPages(root)
  const inputs = new Set(Object.keys(readMetadata(readFileSync(join(root, 'action.yml'), 'utf8')).inputs))
  const errors = pages.get(errorPage)
  const texts = errorTexts(join(root, 'src'))
  const listed =
    errors !== undefined &&
    withErrors(errors, texts) === errors &&
    readFileSync(join(root, errorModule), 'utf8') === texts.module
  return [
    ...brokenLinks(root, pages),
    ...unreachable(pages, 'docs/README.md'),
    ...badFragments(pages, inputs),
    ...spelling(pages, readSources(root)),
    ...(listed
      ? []
      : [
          `${errorPage} does not list what src says, or ${errorModule} does not. Run \`npm run docs:check -- --write\` and commit it.`,
        ]),
  ]
}

if (process.argv[1] === import.meta.filename) {
  const root = process.cwd()
  if (process.argv.includes('--write')) {
    const file = join(root, errorPage)
    const texts = errorTexts(join(root, 'src'))
    writeFileSync(file, withErrors(readFileSync(file, 'utf8'), texts))
    writeFileSync(join(root, errorModule), texts.module)
  }
  const problems = checkDocs(root)
  for (const problem of problems) console.error(problem)
  if (problems.length === 0) console.log(`${readPages(root).size} pages: no findings.`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
