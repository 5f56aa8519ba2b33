import type { Detail, SchemaChange, SchemaDiff } from './change.js'

const signs = { added: '+', removed: '-', changed: '~' } as const

/**
 * A tree to read, one line per object or property: `+` only in the branch, `-` only in the parent, `~` in both and not
 * alike. What is part of something stands below it, two blanks further in. Empty where nothing differs.
 */
export function diffTree({ changes }: Pick<SchemaDiff, 'changes'>): string {
  const tops = new Set(changes.filter(({ within }) => within === undefined).map(({ name }) => name))
  const opened = new Set<string>()
  return changes
    .flatMap((change) => {
      const { within } = change
      if (within === undefined) return lines(change, '')
      // What it is part of did not change itself, and is named once.
      const open = tops.has(within) || opened.has(within) ? [] : [`  ${within}`]
      opened.add(within)
      return [...open, ...lines(change, '  ')]
    })
    .join('\n')
}

function lines(change: SchemaChange, indent: string): string[] {
  const { object, details } = change
  const name = change.within === undefined ? change.name : ownName(change)
  const head = `${indent}${signs[change.change]} ${object} ${name}`
  if (change.change === 'removed') return [head]
  if (change.change === 'added') {
    const short =
      object === 'column' ? columnText(details) : details.map(({ what, after }) => addedText(what, after)).join(', ')
    return short.includes('\n')
      ? [head, ...block(short, `${indent}    `)]
      : [`${head}${short === '' ? '' : ` ${short}`}`]
  }
  return [head, ...details.flatMap((detail) => changedText(detail, `${indent}    `))]
}

/** The last part of the name: the rest stands above it. */
function ownName({ name, within = '' }: SchemaChange): string {
  return name.startsWith(`${within}.`) ? name.slice(within.length + 1) : name
}

function columnText(details: readonly Detail[]): string {
  const words = details.map(({ what, after = '' }) => {
    if (what === 'type') return after
    if (what === 'not null') return 'NOT NULL'
    if (what === 'default') return `DEFAULT ${after}`
    if (what === 'identity') return after
    return what === 'generated as' ? `GENERATED AS (${after})` : `${what} ${after}`
  })
  return words.join(' ')
}

function addedText(what: string, after: string | undefined): string {
  return what === 'definition' ? (after ?? '') : `${what}${after === 'yes' ? '' : `: ${after ?? ''}`}`
}

function changedText({ what, before, after }: Detail, indent: string): string[] {
  const long = [before, after].some((text) => (text ?? '').includes('\n') || (text ?? '').length > 60)
  if (!long) return [`${indent}${what}: ${before ?? '(none)'} → ${after ?? '(none)'}`]
  return [`${indent}${what}:`, ...differing(before, after).map(([sign, line]) => `${indent}  ${sign} ${line}`)]
}

function block(text: string, indent: string): string[] {
  return text.split('\n').map((line) => `${indent}${line}`)
}

/** The lines of two texts between those that they begin and end with in common. */
function differing(before = '', after = ''): (readonly [sign: string, line: string])[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++
  let end = 0
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end++
  const part = (sign: string, list: readonly string[]) =>
    list
      .slice(start, list.length - end)
      .filter((line) => line !== '')
      .map((line) => [sign, line] as const)
  return [...part('-', old), ...part('+', now)]
}
