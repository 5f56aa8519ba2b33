import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { anchorsOf } from '../../src/troubleshooting.js'

/** A sentence that the action ends a run with; what is filled in stands as `…`. */
interface Sentence {
  readonly family: Family
  readonly text: string
  /** File of src that says it. */
  readonly file: string
}

/** Headings of docs/troubleshooting.md, to which a failed run links (src/troubleshooting.ts). */
type Family = 'inputs' | 'refused' | 'platform' | 'forge' | 'commands'

const families: Readonly<Record<string, Family>> = {
  InputError: 'inputs',
  RefusedError: 'refused',
  ProviderError: 'platform',
  RedirectError: 'platform',
  // Told only when the second look did not settle it.
  ConflictError: 'platform',
  ForgeError: 'forge',
  CommandError: 'commands',
}

/** Where the matter of a sentence is explained: the first that its file begins with. */
const explained: readonly (readonly [string, string, string])[] = [
  ['providers/neon', 'Neon', 'neon.md'],
  ['providers/xata-lite', 'Xata Lite', 'xata-lite.md'],
  ['providers/xata', 'Xata', 'xata.md'],
  ['providers/supabase', 'Supabase', 'supabase.md'],
  ['providers/planetscale', 'PlanetScale', 'planetscale.md'],
  ['providers/dblab', 'DBLab', 'dblab.md'],
  ['providers/rest', 'rest', 'rest.md'],
  ['providers/postgres', 'PostgreSQL', 'postgres.md'],
  ['data/masking', 'masking', 'masking.md'],
  ['data/policy-file', 'policy file', 'masking.md#the-policy-file'],
  ['data/schema-only', 'data policies', 'data-policies.md'],
  ['data/seed', 'seeds', 'seeds.md'],
  ['data/', 'migrations', 'migrations.md'],
  ['open-preparation', 'migrations', 'migrations.md'],
  ['inputs/golden', 'golden parents', 'golden.md'],
  ['domain/golden', 'golden parents', 'golden.md'],
  ['lifecycle/golden', 'golden parents', 'golden.md'],
  ['lifecycle/scan', 'a first draft', 'masking.md#a-first-draft'],
  ['inputs/sweep', 'sweeps', 'sweeps.md'],
  ['domain/cleanup', 'sweeps', 'sweeps.md'],
  ['domain/refresh', 'sweeps', 'sweeps.md'],
  ['lifecycle/refresh', 'sweeps', 'sweeps.md'],
  ['report/sweep', 'sweeps', 'sweeps.md'],
  ['forges/gitlab', 'GitLab', 'gitlab.md'],
  ['forges/github/environment', 'environment secrets', 'expose.md#environment-secret'],
  ['forges/github', 'permissions', '../README.md#permissions'],
  ['sinks/', 'the URL', 'expose.md'],
  ['inputs/sealed', 'sealed output', 'expose.md#sealed-output'],
  ['inputs/hand-over', 'the URL', 'expose.md'],
  ['inputs/preparation', 'migrations', 'migrations.md'],
  ['lifecycle/prepare', 'migrations', 'migrations.md'],
  ['http', 'requests', 'platforms.md#the-connection-to-the-platform'],
  ['inputs', 'inputs', 'reference.md#inputs'],
  ['cli', 'by hand', 'gitlab.md#by-hand'],
  ['plain-job', 'by hand', 'gitlab.md#by-hand'],
  ['', 'modes', 'modes.md'],
]

/** The sentences of all errors that src makes, sorted; those that only pass another sentence on are left out. */
function sentences(src: string): Sentence[] {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
  const found = files.flatMap((file) =>
    said(ts.createSourceFile(file, readFileSync(join(src, file), 'utf8'), ts.ScriptTarget.Latest, true)).map(
      ({ family, text }) => ({ family, file, text: text.replaceAll(/…[\s…]*…/g, '…').trim() }),
    ),
  )
  const telling = found.filter(({ text }) => (text.match(/\p{L}{2,}/gu) ?? []).length >= 3)
  const once = new Map(telling.map((one) => [`${one.family} ${one.text}`, one]))
  return [...once.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

const key = ({ text }: Sentence): string =>
  text
    .replaceAll(/[^\p{L}\p{N} ]/gu, '')
    .trim()
    .toLowerCase()

function said(source: ts.SourceFile): Omit<Sentence, 'file'>[] {
  const found: Omit<Sentence, 'file'>[] = []
  const look = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
      const family = families[node.expression.text]
      const message = node.arguments?.[0]
      if (family !== undefined && message) found.push(...textsOf(message).map((text) => ({ family, text })))
    }
    if (ts.isObjectLiteralExpression(node)) {
      found.push(...reasons(node).map((text) => ({ family: 'refused' as const, text: `… refused: ${text}.` })))
    }
    ts.forEachChild(node, look)
  }
  look(source)
  return found
}

/** The reasons of a plan that refuses: `{ action: 'refuse', reason }` and `{ refused: reason }`. */
function reasons(node: ts.ObjectLiteralExpression): string[] {
  const values = new Map(
    node.properties
      .filter((property) => ts.isPropertyAssignment(property))
      .map((property) => [property.name.getText(), property.initializer]),
  )
  const action = values.get('action')
  const refuses = action !== undefined && ts.isStringLiteral(action) && action.text === 'refuse'
  const reason = refuses ? values.get('reason') : values.get('refused')
  return reason ? textsOf(reason) : []
}

/** What an expression can say; a part that only the run knows is `…`. */
function textsOf(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isTemplateExpression(node)) {
    return [node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')]
  }
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression)
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)]
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return textsOf(node.left).flatMap((left) => textsOf(node.right).map((right) => left + right))
  }
  return ['…']
}

/** The sentences of src, as the page shows them and as a failed run looks for them. */
export interface ErrorTexts {
  /** The lists of docs/troubleshooting.md: each sentence with its anchor and the page that explains its matter. */
  readonly lists: Readonly<Record<Family, string>>
  /** Text of src/error-sentences.ts: the same in the same order. */
  readonly module: string
}

export function errorTexts(src: string): ErrorTexts {
  const all = sentences(src)
  const of = (family: Family) => all.filter((sentence) => sentence.family === family)
  const starts = byFamily((family) => beginnings(of(family)))
  const lists = byFamily((family) => {
    const anchors = anchorsOf(family, starts[family])
    return of(family)
      .map(({ text, file }, index) => {
        const [, name, page] = explained.find(([start]) => file.startsWith(start)) ?? ['', 'modes', 'modes.md']
        return `- <a id="${anchors[index]}"></a>${escape(text)} [${name}](${page})`
      })
      .join('\n')
  })
  const module = `// Made of all sentences of src by \`npm run docs:check -- --write\`: their beginnings, by heading of docs/troubleshooting.md.
// prettier-ignore
export const sentences = ${JSON.stringify(starts, null, 2)}
`
  return { lists, module }
}

/** Enough of a sentence to know it by, in characters. */
const longestBeginning = 90

function beginnings(listed: readonly Sentence[]): string[] {
  return listed.map(({ text }) => text.slice(0, longestBeginning))
}

function byFamily<T>(of: (family: Family) => T): Readonly<Record<Family, T>> {
  return {
    inputs: of('inputs'),
    refused: of('refused'),
    platform: of('platform'),
    forge: of('forge'),
    commands: of('commands'),
  }
}

const escape = (text: string): string => text.replaceAll(/[\\*<>[\]|~`]|(?<![\p{L}\p{N}])_/gu, '\\$&')
