import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from '../../yaml.js'
import { InputError, show } from '../../errors.js'

/** What JSON can say, as a request's body holds it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Longest description, in characters: each of its values is copied and searched many times. */
const longestText = 64 * 1024

/**
 * One value of the description, with the line it stands on. Each reading checks the form of the value.
 * Every method throws InputError: `Input "rest_config" line 12: …. Use …`
 */
export class Entry {
  readonly #node: Node | null
  readonly #line: number
  readonly #lines: LineCounter
  /** Where it stands, as `create.exists[0]`; empty for the whole. */
  readonly path: string

  constructor(at: { node: Node | null; line: number; lines: LineCounter; path: string }) {
    this.#node = at.node
    this.#line = at.line
    this.#lines = at.lines
    this.path = at.path
  }

  /** The sentence's subject is this value, unless `what` names another. */
  fail(problem: string, use: string, what = `"${this.path}"`): never {
    throw new InputError(`${this.where}: ${what} ${problem}. Use ${use}.`)
  }

  /** The beginning of a sentence about this line. */
  get where(): string {
    return `Input "rest_config" line ${this.#line}`
  }

  /** The fields of a map; a key that is not allowed is refused, because whoever wrote it meant something by it. */
  fields<Key extends string>(allowed: readonly Key[]): Fields<Key> {
    const node = this.#node
    if (!isMap(node))
      return this.fail(
        'is not a map',
        `the keys ${quoted(allowed)} below it`,
        this.path === '' ? 'the whole' : undefined,
      )
    const found = new Map<string, Entry>()
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const key = isScalar(pair.key) ? String(pair.key.value) : ''
      const entry = this.#child(pair.value, this.path === '' ? key : `${this.path}.${key}`, pair.key)
      if (!allowed.includes(key as Key)) {
        const place = this.path === '' ? '' : ` in "${this.path}"`
        entry.fail('is not known', quoted(allowed), `the key "${show(key)}"${place}`)
      }
      found.set(key, entry)
    }
    return {
      has: (key) => found.has(key),
      get: (key) => found.get(key),
      need: (key, what) =>
        found.get(key) ?? this.fail(`lacks the key "${key}"`, what, this.path === '' ? 'it' : undefined),
    }
  }

  list<T>(what: string, read: (item: Entry) => T): T[] {
    const node = this.#node
    if (!isSeq(node) || node.items.length === 0) return this.fail('is not a list', what)
    return (node.items as Node[]).map((item, index) => read(this.#child(item, `${this.path}[${index}]`, item)))
  }

  /** One line of text that fits the grammar. The value is not repeated where it could hold what is secret. */
  text(grammar: RegExp, use: string, secret = false): string {
    const value = this.#value()
    if (typeof value === 'string' && grammar.test(value)) return value
    const seen =
      secret || (typeof value === 'object' && value !== null) ? 'has a wrong form' : `is "${show(String(value))}"`
    return this.fail(seen, use)
  }

  oneOf<T extends string>(allowed: readonly [T, ...T[]]): T {
    const value = this.#value()
    if (allowed.includes(value as T)) return value as T
    return this.fail(`is "${show(String(value))}"`, allowed.map((one) => `"${one}"`).join(' or '))
  }

  integer({ from, to }: { from: number; to: number }): number {
    const value = this.#value()
    if (Number.isInteger(value) && (value as number) >= from && (value as number) <= to) return value as number
    return this.fail('is not such a number', from === to ? String(from) : `a whole number from ${from} to ${to}`)
  }

  get isMap(): boolean {
    return isMap(this.#node)
  }

  /** A text, number, true, false or null. */
  scalar(): string | number | boolean | null {
    const value = this.#value()
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number' && Number.isFinite(value)) return value
    return this.fail('is not a single value', 'a text, a finite number, true, false or null')
  }

  /** Any value, built of what JSON knows; `read` sees each text. */
  json(read: (text: string, entry: Entry) => void): Json {
    const node = this.#node
    if (isMap(node)) {
      const fields = (node.items as Pair<Node, Node | null>[]).map((pair) => {
        const key = isScalar(pair.key) ? String(pair.key.value) : ''
        return [key, this.#child(pair.value, `${this.path}.${key}`, pair.key).json(read)] as const
      })
      return Object.fromEntries(fields)
    }
    if (isSeq(node))
      return (node.items as Node[]).map((item, at) => this.#child(item, `${this.path}[${at}]`, item).json(read))
    const value = this.scalar()
    if (typeof value === 'string') read(value, this)
    return value
  }

  #value(): unknown {
    return this.#node === null ? null : isScalar(this.#node) ? this.#node.value : this.#node
  }

  #child(node: Node | null, path: string, beside: Node): Entry {
    const offset = (node?.range ?? beside.range)?.[0] ?? 0
    return new Entry({ node, line: this.#lines.linePos(offset).line, lines: this.#lines, path })
  }
}

export interface Fields<Key extends string> {
  has(key: Key): boolean
  get(key: Key): Entry | undefined
  /** `what` ends the sentence when it is missing. */
  need(key: Key, what: string): Entry
}

/**
 * Reads the text as one YAML 1.2 document of plain values: no tags, anchors or aliases, no key twice.
 * @throws InputError with the line that is wrong.
 */
export function openDocument(text: string): Entry {
  if (text.length > longestText) {
    throw new InputError(
      `Input "rest_config" is longer than ${longestText} characters. Use a description of this one platform.`,
    )
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2', logLevel: 'error' })
  const [fault] = [...document.errors, ...document.warnings] as YAMLError[]
  const fail = (offset: number, problem: string, use: string): never => {
    throw new InputError(`Input "rest_config" line ${lines.linePos(offset).line || 1}: ${problem}. Use ${use}.`)
  }
  if (fault) return fail(fault.pos[0], yamlFault(fault), 'valid YAML')
  if (document.directives?.yaml.explicit) return fail(0, 'directives are not read', 'a document without them')
  visit(document, {
    Node(_key, node) {
      const offset = node.range?.[0] ?? 0
      if (isAlias(node) || node.anchor !== undefined)
        fail(offset, 'anchors and aliases are not read', 'the value itself in each place')
      if (node.tag !== undefined) fail(offset, 'tags are not read', 'the plain value')
    },
    Pair(_key, { key }) {
      if (!isScalar(key)) fail((key as Node | null)?.range?.[0] ?? 0, 'a key is not a text', 'a plain word as key')
    },
  })
  return new Entry({ node: document.contents, line: 1, lines, path: '' })
}

/** The parser's own words, without the excerpts of the text that some of them hold. */
function yamlFault({ code, message }: YAMLError): string {
  if (code === 'DUPLICATE_KEY') return 'a key stands there twice'
  if (code === 'MULTIPLE_DOCS') return 'a second document begins'
  if (code === 'TAG_RESOLVE_FAILED') return 'tags are not read'
  if (code === 'RESOURCE_EXHAUSTION') return 'it is nested too deeply'
  return `it is no valid YAML (${message.split(/[:\n]/, 1)[0] ?? code})`
}

function quoted(keys: readonly string[]): string {
  return keys.map((key) => `"${key}"`).join(', ')
}
