import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { anchors, proseLines, withoutCode } from './markdown-page.js'

/** Pages by their path below the root, with `/`. */
export type Pages = ReadonlyMap<string, string>

interface Link {
  readonly line: number
  readonly target: string
}

/** Links and pictures of a page that lead to another file, or within the page. */
function linksOf(page: string): Link[] {
  const form = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|\b(?:href|src|srcset)="([^"\s]+)"|^\[[^\]]+\]:\s+(\S+)/g
  return proseLines(page).flatMap((text, index) =>
    [...withoutCode(text).matchAll(form)]
      .map((match) => ({ line: index + 1, target: match[1] ?? match[2] ?? match[3] ?? '' }))
      .filter(({ target }) => !/^[a-z][a-z0-9+.-]*:/i.test(target)),
  )
}

/** One sentence per link to a file or heading that is not there. Addresses on the web are not asked for. */
export function brokenLinks(root: string, pages: Pages): string[] {
  return [...pages].flatMap(([path, page]) =>
    linksOf(page).flatMap(({ line, target }) => {
      const [file = '', anchor = ''] = target.split('#')
      const place = file === '' ? path : clean(join(dirname(path), decodeURIComponent(file)))
      const at = `${path}:${line}`
      if (place.startsWith('..') || !existsSync(join(root, place)))
        return [`${at} leads to "${target}", which is not there.`]
      if (anchor === '' || statSync(join(root, place)).isDirectory()) return []
      const text = pages.get(place)
      if (text === undefined || anchors(text).has(anchor)) return []
      return [`${at} leads to "${target}", and ${place} has no heading of that anchor.`]
    }),
  )
}

/** One sentence per page below `docs` that no chain of links from the index reaches. */
export function unreachable(pages: Pages, index: string): string[] {
  const seen = new Set([index])
  // A set that grows while it is walked is walked to its new end.
  for (const path of seen) {
    for (const { target } of linksOf(pages.get(path) ?? '')) {
      const place = clean(join(dirname(path), target.split('#')[0] ?? ''))
      if (pages.has(place)) seen.add(place)
    }
  }
  return [...pages.keys()]
    .filter((path) => path.startsWith('docs/') && !seen.has(path))
    .map((path) => `${path} is reached by no link from ${index}.`)
}

const clean = (path: string): string => relative('.', path).replaceAll('\\', '/')
