import { plain } from './markdown.js'

/** Stands for whatever a reader cannot see or what turns a line around. */
const replacement = '\uFFFD'

/**
 * Foreign text whose every letter can be seen: control characters, marks of direction, joiners, fillers and other
 * letters without a shape are shown as one. Line ends and tabs stay.
 */
function visible(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/(?![\n\t])[\p{C}\p{Default_Ignorable_Code_Point}\u2800]/gu, replacement)
}

/**
 * Foreign text inside a line or a cell of a report. Beyond Markdown, nothing that GitHub makes of text comes of it:
 * references to issues and commits, emoji by name, formulas.
 * Sources: https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 * and, for the dollar sign, .../writing-mathematical-expressions
 */
export function foreign(text: string): string {
  return plain(visible(text))
    .replace(/#/g, '#\u200B')
    .replace(/\bGH-(?=\d)/gi, '$&\u200B')
    .replace(/\b[0-9a-f](?=[0-9a-f]{6,39}\b)/g, '$&\u200B')
    .replace(/:(?=:|[\w+-]+:)/g, ':\u200B')
    .replace(/\$/g, '<span>$</span>')
}

/** Foreign text as a paragraph or list item of its own: no block can come of how it begins. */
export function foreignLine(text: string): string {
  return foreign(text.trim())
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
}

/** Foreign text as code, on one line. */
export function foreignCode(text: string): string {
  const shown = visible(text).replace(/\s+/g, ' ').trim()
  const bare = shown !== '' && !/[`|\\]|##\[/.test(shown)
  return bare ? `\`${shown}\`` : `<code>${foreign(shown)}</code>`
}

/** Characters of a cell; what is longer stands in the log. */
const longestCell = 240

/** The beginning of a foreign text, whole letters only. */
export function short(text: string, length = longestCell): string {
  const letters = [...text.slice(0, 2 * length + 2)]
  return letters.length <= length ? text : `${letters.slice(0, length).join('')}…`
}

/** Characters of one line in a block of code. */
const longestLine = 2000

/** Foreign lines for a block of code. */
export function foreignLines(text: string): string[] {
  return visible(text)
    .replace(/\s+$/, '')
    .split('\n')
    .map((each) =>
      short(each, longestLine)
        .replace(/^(\s*):(?=:)/, '$1:\u200B')
        .replaceAll('##[', '##\u200B['),
    )
}

/** A fence that these lines cannot close: longer than any run of backticks in them. */
export function fenceFor(lines: readonly string[]): string {
  const runs = lines.flatMap((each) => [...each.matchAll(/`+/g)].map(([run]) => run.length))
  return '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run), 2) + 1)
}

/** Such as `420 ms`, `12.4 s`, `3 min 20 s`, never broken over two lines. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)}${tie}ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)}${tie}s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}${tie}min${tie}${seconds % 60}${tie}s`
}

/** Such as `640 B`, `12 kB`, `1.4 GB`, in steps of 1024. */
export function size(bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(names.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const value = bytes / 1024 ** step
  return `${step > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)}${tie}${names[step]}`
}

/** A space that no line ends at. */
export const tie = '\u00A0'

/** `1 table`, `3 tables`; with thousands apart. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`
}

export function thousands(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',')
}
