import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Licence {
  /** The package. */
  readonly name: string
  /** Its SPDX identifier, as the package states it. */
  readonly id: string
  /** The text that the package comes with; its author where it comes with none. */
  readonly text: string
}

/** @param name A package in node_modules. */
export function licenceOf(name: string): Licence {
  const folder = join('node_modules', name)
  const { license = '', author = '' } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    license?: string
    author?: string | { name?: string }
  }
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  const owner = typeof author === 'string' ? author : (author.name ?? '')
  const text = file === undefined ? `Copyright ${owner}` : readFileSync(join(folder, file), 'utf8')
  return { name, id: license, text }
}

/** The packages that the bundler names: each on a line of its own, with its licence's identifier on the next. */
export function namedBy(bundler: string): string[] {
  return [...bundler.matchAll(/^(\S+)\n(?=\S+(?:\n|$))/gm)]
    .map(([, name = '']) => name)
    .filter((name) => existsSync(join('node_modules', name, 'package.json')))
}

const owners = /^\s*(?:MIT License )?(Copyright .+)$/gm
const title = /^\s*\(?(?:The )?(?:MIT|ISC) License(?: \((?:MIT|ISC)\))?\)?\s*$/gim

/**
 * Each package with its licence and who holds the copyright, and each licence's terms once: most packages have the
 * same ones, word for word.
 */
export function grouped(licences: readonly Licence[]): string {
  const groups = new Map<string, { terms: string; entries: string[] }>()
  for (const { name, id, text } of licences) {
    const held = [...text.matchAll(owners)].map(([, line = '']) => line.trim())
    const terms = text.replaceAll(owners, '').replaceAll(title, '').trim()
    const key = `${id} ${terms.replaceAll(/\s+/g, ' ').replaceAll(/[“”]/g, '"')}`
    // Who gives only the identifier means its usual terms.
    const usual = terms === '' ? [...groups.keys()].find((other) => other.startsWith(`${id} `)) : undefined
    const group = groups.get(usual ?? key) ?? { terms, entries: [] }
    group.entries.push([`${name} (${id})`, ...held.map((line) => `  ${line}`)].join('\n'))
    groups.set(usual ?? key, group)
  }
  return [...groups.values()]
    .map(({ terms, entries }) => `${entries.join('\n')}\n\n${terms}\n`)
    .join(`\n${'-'.repeat(80)}\n\n`)
}
