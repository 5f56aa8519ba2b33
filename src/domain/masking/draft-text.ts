import type { Draft, DraftLine } from './draft.js'
import type { Written, WrittenDocument } from './wishes.js'

/** The draft as a whole policy file: YAML, with a comment why on each line. Names of the schema are all that it quotes. */
export function policyText(parent: string, draft: Draft): string {
  const harmless = draft.tables.flatMap(({ table, lines }) => {
    const words = lines.filter(({ kind }) => kind === 'harmless')
    return words.length > 0 ? [{ table, lines: words }] : []
  })
  const masking = [
    ...section('tables', draft.tables.flatMap(tableLines)),
    ...section(
      'types',
      draft.types.map(
        ({ type, rule, columns }) => `${scalar(type)}: ${rule} # ${columns} column${columns === 1 ? '' : 's'}`,
      ),
    ),
    ...section('harmless', harmless.flatMap(harmlessLines)),
    ...(draft.largeObjects > 0 ? [`large_objects: remove # there are ${draft.largeObjects}`] : []),
  ]
  const all = [
    '# Drafted by mode "scan" from names and samples. Review every line, first those that say "decide".',
    'version: 1',
    'parents:',
    ...indent([`${scalar(parent)}:`, ...indent(['data_policy: masked', ...section('masking', masking, ' {}')])]),
  ]
  return `${all.join('\n')}\n`
}

const indent = (lines: readonly string[]) => lines.map((line) => `  ${line}`)

/** A section of comments alone would have no value; it stands only where it has to, `empty`. */
function section(name: string, lines: readonly string[], empty?: string): string[] {
  if (lines.some((line) => !line.startsWith('#'))) return [`${name}:`, ...indent(lines)]
  return empty === undefined ? [...lines] : [`${name}:${empty}`, ...lines]
}

function tableLines({ table, lines }: Draft['tables'][number]): string[] {
  const own = lines.filter(({ kind }) => kind !== 'harmless')
  if (own.length === 0) return []
  const rules = own.flatMap(ruleLines)
  if (own.some(({ kind }) => kind === 'mask' || kind === 'keep')) return [`${scalar(table)}:`, ...indent(rules)]
  return [`# ${scalar(table)}:`, ...rules.map((line) => line.replace('#', '#  '))]
}

function ruleLines(line: DraftLine): string[] {
  const name = scalar(line.column)
  switch (line.kind) {
    case 'follows':
      return [`# ${name} follows ${scalar(line.leader)}`]
    case 'open':
      return [`# ${name}: decide: ${line.why}`]
    case 'keep':
      return [`${name}: { keep: ${scalar(`${line.why}; decide`)} } # decide`]
    case 'harmless':
      return []
    case 'mask':
      return maskLines(name, line)
  }
}

function maskLines(name: string, { rule, why }: DraftLine & { kind: 'mask' }): string[] {
  if (typeof rule === 'string' && rule !== 'json') return [`${name}: ${scalar(rule)} # ${why}`]
  if (rule === 'json') return [`${name}: { mask: json } # ${why}`]
  if (!isDocument(rule)) return [`${name}: { ${flow(rule)} } # ${why}`]
  const paths = [...rule.paths].map(([path, each]) => `${scalar(path)}: ${scalar(each.rule)} # ${each.why}`)
  return [`${name}: # ${why}`, ...indent(['mask: json', 'paths:', ...indent(paths)])]
}

function isDocument(rule: Exclude<Written, string>): rule is WrittenDocument {
  return rule['paths'] instanceof Map
}

function flow(rule: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(rule)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? scalar(value) : String(value)}`)
    .join(', ')
}

function harmlessLines({ table, lines }: Draft['tables'][number]): string[] {
  return [
    `- tables: [${scalar(table)}]`,
    '  columns:',
    ...lines.map(({ column, why }) => `    - ${scalar(column)} # ${why}`),
    '  because: few distinct values, decide',
  ]
}

const words = new Set(['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n'])

/** A text as YAML reads it back; in double quotes, whose escapes are those of JSON, where it is more than plain words. */
function scalar(text: string): string {
  const plain = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(text) && !words.has(text.toLowerCase())
  return plain ? text : JSON.stringify(text)
}
