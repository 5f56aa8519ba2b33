import { markdownText } from '../secret.js'

/** Foreign text inside a line or a table cell. */
export const plain = markdownText

/** Foreign text as a whole line: neither heading, list nor rule can come of how it begins. */
export function line(text: string): string {
  return plain(text.trim())
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2')
}

/** As code. Backslashes do not escape inside backticks, so text that needs escapes goes between tags. */
export function code(text: string): string {
  return /[`|\\\p{Cc}]/u.test(text) ? `<code>${plain(text)}</code>` : `\`${text}\``
}

export function table(rows: readonly (readonly [string, string])[]): string {
  return ['| | |', '| --- | --- |', ...rows.map(([head, cell]) => `| **${head}** | ${cell} |`)].join('\n')
}
