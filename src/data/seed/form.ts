import { isNode, LineCounter, parseDocument, visit } from '../../yaml.js'
import type { Path } from '../../domain/masking/rules-reader.js'
import { parseSynthetic, type SyntheticRules } from '../../domain/synthetic/rules.js'
import { InputError, show } from '../../errors.js'
import { yamlFault } from '../yaml-fault.js'

/** The three forms of the input `seed`. */
export type Seed =
  | { readonly kind: 'files'; readonly patterns: readonly string[] }
  | { readonly kind: 'synthetic'; readonly rules: SyntheticRules }
  | { readonly kind: 'command'; readonly command: string }

/**
 * Paths that end in `.sql` (patterns too, with commas or line ends between them), YAML that begins with `synthetic:`, or
 * else a command. A path with a blank in it is a command's argument: `psql -f seed.sql` is run, not read.
 * @returns undefined for an empty text.
 * @throws InputError for a text that is half of one form and half of another, and for a faulty synthetic seed.
 */
export function readSeed(text: string): Seed | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  if (/^(?:\s*#.*\n)*\s*synthetic\s*:/.test(text)) return { kind: 'synthetic', rules: readSynthetic(text) }
  const parts = trimmed
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const paths = parts.filter((part) => /^[^\s]+\.sql$/i.test(part) && !part.startsWith('-'))
  if (paths.length === parts.length) return { kind: 'files', patterns: paths }
  if (paths.includes(parts[0] ?? '')) {
    const other = parts.find((part) => !paths.includes(part)) ?? ''
    throw new InputError(
      `Input "seed" names .sql files and "${show(other)}", which is none. Write files alone, or one command that does everything.`,
    )
  }
  return { kind: 'command', command: trimmed }
}

function readSynthetic(text: string): SyntheticRules {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    uniqueKeys: true,
    merge: false,
    logLevel: 'error',
  })
  const [broken] = [...document.errors, ...document.warnings]
  if (broken) throw new InputError(`Input "seed" cannot be read: ${yamlFault(broken)}`)
  visit(document, {
    Alias() {
      throw new InputError('Input "seed" uses an alias (*name), which is not followed. Write the value out.')
    },
  })
  const lineOf = (path: Path): string => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node: unknown = document.getIn(path.slice(0, depth), true)
      if (isNode(node) && node.range) return `line ${lines.linePos(node.range[0]).line}`
    }
    return 'line 1'
  }
  const data = document.toJS() as Record<string, unknown>
  const strange = Object.keys(data).filter((name) => name !== 'synthetic')
  if (strange.length > 0)
    throw new InputError(
      `Input "seed" holds "${show(strange[0] ?? '')}" beside "synthetic". Indent it, or leave it out.`,
    )
  const { rules, problems } = parseSynthetic(data['synthetic'], lineOf)
  if (problems.length > 0) throw new InputError(`Input "seed" is not right. ${problems.slice(0, 20).join(' ')}`)
  return rules
}
