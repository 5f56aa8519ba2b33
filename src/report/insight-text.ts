import { tie } from '../domain/amounts.js'
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
