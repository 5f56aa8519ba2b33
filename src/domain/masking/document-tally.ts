import { nameLook } from './name-words.js'
import { recognise } from './recognise.js'
import { type Findings, Tally } from './tally.js'

/** What the sampled documents of one column are like. Keys are told only where they are part of the documents' form. */
export interface DocumentFindings {
  readonly documents: number
  /** By path as rules write it, such as `items[*].email`. */
  readonly paths: ReadonlyMap<string, Findings>
  /**
   * Whether keys are data themselves: they look personal, or differ from document to document. Masking a document leaves
   * its keys, so such documents have to go.
   */
  readonly keysAreData: boolean
}

/** Above so many different keys in one place they are values of a map. */
const mostKeys = 60
const deepest = 8
/** A path is shown where so many documents and such a share of them have it: anything rarer may be somebody's own. */
const fewestDocuments = 3
const smallestShare = 0.05

interface Place {
  readonly tally: Tally
  documents: number
  /** Number of the document that was counted last. */
  last: number
}

/** Counts what the documents of one column are like, path by path. */
export class DocumentTally {
  #documents = 0
  #keysAreData = false
  readonly #places = new Map<string, Place>()
  readonly #keys = new Map<string, Set<string>>()

  add(document: unknown): void {
    this.#documents++
    this.#walk(document, '', 0)
  }

  findings(): DocumentFindings {
    const least = Math.max(fewestDocuments, this.#documents * smallestShare)
    const shown = [...this.#places].filter(([path, { documents }]) => path !== '' && documents >= least)
    return {
      documents: this.#documents,
      paths: new Map(shown.map(([path, { tally }]) => [path, tally.findings()])),
      keysAreData: this.#keysAreData,
    }
  }

  #walk(value: unknown, path: string, depth: number): void {
    if (typeof value === 'string' || typeof value === 'number') return this.#leaf(path, String(value))
    if (typeof value !== 'object' || value === null || depth === deepest) return
    if (Array.isArray(value)) {
      for (const element of value) this.#walk(element, `${path}[*]`, depth + 1)
      return
    }
    for (const [key, inner] of Object.entries(value)) {
      this.#note(path, key)
      // A key that rules cannot write is redacted with the rest, whatever it is.
      if (isPlainKey(key)) this.#walk(inner, path === '' ? key : `${path}.${key}`, depth + 1)
    }
  }

  #leaf(path: string, text: string): void {
    const place = this.#places.get(path) ?? { tally: new Tally(), documents: 0, last: 0 }
    // Keys without end would fill the memory; their documents are told by `keysAreData`.
    if (this.#places.size > 2_000 && !this.#places.has(path)) return
    this.#places.set(path, place)
    place.tally.add(text)
    if (place.last !== this.#documents) place.documents++
    place.last = this.#documents
  }

  #note(path: string, key: string): void {
    const keys = this.#keys.get(path) ?? new Set()
    if (this.#keysAreData || keys.has(key)) return
    this.#keys.set(path, keys.add(key))
    if (keys.size > mostKeys || looksPersonal(key)) this.#keysAreData = true
  }
}

/** Numbers and hyphenated codes can look like anything; a key of the documents' form does not. */
function looksPersonal(key: string): boolean {
  const look = nameLook(key)
  const { whole, inside } = recognise(key)
  return whole.length + inside.length > 0 || (look !== undefined && look.words > 1 && look.first && look.last)
}

function isPlainKey(key: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/.test(key)
}
