/**
 * Makes foreign text harmless inside a Markdown table: no link, mention, image, HTML or new cell can come of it.
 * Source: https://github.github.com/gfm/#backslash-escapes
 */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]|~<>&]/g, '\\$&')
    .replace(/@|:(?=\/\/)|www(?=\.)/gi, '$&\u200B')
}

/** As code; backticks cannot be escaped there, so they go. */
export function code(text: string): string {
  return `\`${text.replace(/\s+/g, ' ').replaceAll('`', "'").replaceAll('|', '\\|')}\``
}

export function table(rows: readonly (readonly [string, string])[]): string {
  return ['| | |', '| --- | --- |', ...rows.map(([head, cell]) => `| **${head}** | ${cell} |`)].join('\n')
}
