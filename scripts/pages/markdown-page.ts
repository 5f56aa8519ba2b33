/** The lines of a Markdown page outside fenced blocks, counted from 1; fenced ones are empty, so that numbers stay. */
export function proseLines(page: string): string[] {
  let fence = ''
  return page.split('\n').map((line) => {
    const [, mark = ''] = /^\s*(`{3,}|~{3,})/.exec(line) ?? []
    if (fence === '' && mark === '') return line
    if (fence === '') fence = mark
    else if (line.trim() === fence) fence = ''
    return ''
  })
}

/** The line without what stands in `code`, which is neither a link nor English. */
export const withoutCode = (line: string): string => line.replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, ' ; ')

/** Fenced blocks in YAML with the line of the page on which their text begins, counted from 1. */
export function yamlBlocks(page: string): { firstLine: number; text: string }[] {
  const blocks = page.matchAll(/^([ \t]*)```ya?ml\n([\s\S]*?)^\1```/gm)
  return [...blocks].map(({ index, 1: indent = '', 2: text = '' }) => ({
    firstLine: page.slice(0, index).split('\n').length + 1,
    text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }))
}

/** The anchors that GitHub gives the headings of a page, and those written as `<a id="…">`. */
export function anchors(page: string): Set<string> {
  const found = new Set<string>()
  const times = new Map<string, number>()
  for (const line of proseLines(page)) {
    for (const [, id = ''] of line.matchAll(/<a id="([^"]+)">/g)) found.add(id)
    const [, title] = /^#{1,6}\s+(.+?)\s*#*$/.exec(line) ?? []
    if (title === undefined) continue
    const slug = slugOf(title)
    const earlier = times.get(slug) ?? 0
    times.set(slug, earlier + 1)
    found.add(earlier === 0 ? slug : `${slug}-${earlier}`)
  }
  return found
}

/** As GitHub does it: letters, digits, hyphens and underscores stay, spaces become hyphens. */
function slugOf(title: string): string {
  const text = title.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/<[^>]*>/g, '')
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-')
}
