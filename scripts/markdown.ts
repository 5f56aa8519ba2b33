/** The page with what stands between the two marks of this name replaced. */
export function between(page: string, { name, content }: { name: string; content: string }): string {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`]
  const parts = page.split(start)
  const rest = parts[1]?.split(end)
  if (parts.length !== 2 || rest?.length !== 2) {
    throw new Error(`needs exactly one line "${start}" and, after it, one line "${end}".`)
  }
  // Prettier would pad every cell to the longest one, and each longer description would touch the whole table.
  const block = `<!-- prettier-ignore-start -->\n\n${content}\n\n<!-- prettier-ignore-end -->`
  return `${parts[0]}${start}\n\n${block}\n\n${end}${rest[1]}`
}

export const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
