import { type Node, type Parser, loadParser } from './parser.js'

export interface Statement {
  /** Without what stands around it: comments before it, the semicolon after it. */
  readonly text: string
  /** Of its first word in the file, from 1. */
  readonly line: number
  readonly node: Node
}

/** A statement of a file. */
export interface PlacedStatement extends Statement {
  /** Of its first word in the line, in characters from 1. */
  readonly column: number
}

/** What the grammar refused, and where; the statements around it are still found. */
export interface SyntaxProblem {
  readonly line: number
  readonly message: string
}

export interface Split {
  readonly statements: readonly PlacedStatement[]
  readonly problems: readonly SyntaxProblem[]
}

/** Statements of a file in their order, by PostgreSQL's own grammar: dollar quotes, nested comments and bodies are exact. */
export async function splitStatements(text: string): Promise<Split> {
  const parser = await loadParser()
  const file = Buffer.from(withoutDump(text))
  const commands: SyntaxProblem[] = []
  for (;;) {
    const whole = parse(parser, file)
    if ('nodes' in whole) {
      return { statements: whole.nodes.map((found) => locate(file, 0, found)), problems: commands }
    }
    if (file[whole.at] !== backslash) {
      const split = splitBroken(parser, file, whole)
      return { ...split, problems: [...commands, ...split.problems] }
    }
    commands.push({ line: lineAt(file, whole.at), message: 'a command of psql, not SQL' })
    const newline = file.indexOf('\n', whole.at)
    file.fill(' ', whole.at, newline < 0 ? file.length : newline)
  }
}

const backslash = 0x5c

interface Found {
  readonly node: Node
  readonly start: number
  readonly end: number
}

interface Refusal {
  readonly message: string
  /** In bytes. */
  readonly at: number
}

function parse({ parseSync }: Parser, text: Buffer): { nodes: Found[] } | Refusal {
  const sql = text.toString()
  if (sql.trim() === '') return { nodes: [] }
  try {
    const nodes = (parseSync(sql).stmts ?? []).flatMap(({ stmt, stmt_location: start = 0, stmt_len: length }) =>
      stmt ? [{ node: stmt, start, end: length ? start + length : text.length }] : [],
    )
    return { nodes }
  } catch (error) {
    const { message, sqlDetails } = error as Error & { sqlDetails?: { cursorPosition: number } }
    const before = Array.from(sql).slice(0, sqlDetails?.cursorPosition ?? 0)
    return { message, at: Buffer.byteLength(before.join('')) }
  }
}

/** One piece after the other, so that one mistake hides nothing else. */
function splitBroken(parser: Parser, file: Buffer, first: Refusal): Split {
  const statements: PlacedStatement[] = []
  const problems: SyntaxProblem[] = []
  const { ends, lexical } = pieceEnds(parser, file, first)
  let from = 0
  for (let index = 0; index < ends.length; index++) {
    let last = index
    let piece = parse(parser, file.subarray(from, ends[last]))
    // A body BEGIN ATOMIC … END holds semicolons of its own: the piece may need the next ones.
    if (!('nodes' in piece) && /\batomic\b/i.test(file.toString('utf8', from, ends[index]))) {
      const whole = ends.findIndex((end, at) => at > index && 'nodes' in parse(parser, file.subarray(from, end)))
      if (whole > 0) piece = parse(parser, file.subarray(from, ends[(last = whole)]))
    }
    if ('nodes' in piece) for (const found of piece.nodes) statements.push(locate(file, from, found))
    else problems.push({ line: lineAt(file, from + piece.at), message: piece.message })
    index = last
    from = ends[last] ?? file.length
  }
  if (lexical) problems.push({ line: lineAt(file, lexical.at), message: lexical.message })
  return { statements, problems }
}

/** Ends of the pieces between semicolons; what follows a text or comment that never ends is not looked at. */
function pieceEnds(parser: Parser, file: Buffer, refusal: Refusal): { ends: number[]; lexical?: Refusal } {
  const unended = refusal.message.startsWith('unterminated')
  const readable = unended ? file.subarray(0, refusal.at) : file
  let tokens
  try {
    tokens = parser.scanSync(readable.toString()).tokens
  } catch {
    // Not even words: an unended text further down. Its place is told by what the grammar says without the mistake before it.
    const next = afterSemicolon(file, refusal.at)
    if (next === undefined || unended) return { ends: [], lexical: refusal }
    const rest = parse(parser, Buffer.concat([Buffer.alloc(next, ' '), file.subarray(next)]))
    if ('nodes' in rest) return { ends: [next, file.length] }
    return pieceEnds(parser, file, rest)
  }
  const ends = tokens.filter(({ text }) => text === ';').map(({ end }) => end)
  return unended ? { ends, lexical: refusal } : { ends: [...ends, file.length] }
}

function afterSemicolon(file: Buffer, from: number): number | undefined {
  const at = file.indexOf(';', from)
  return at < 0 ? undefined : at + 1
}

function locate(file: Buffer, offset: number, { node, start, end }: Found): PlacedStatement {
  const raw = file.toString('utf8', offset + start, offset + end)
  const lead = leading(raw)
  const first = offset + start + Buffer.byteLength(raw.slice(0, lead))
  const line = lineAt(file, first)
  const column = Array.from(file.toString('utf8', lineStarts(file)[line - 1] ?? 0, first)).length + 1
  return { text: raw.slice(lead).trim(), line, column, node }
}

/** Length of the blanks and comments before the first word. Comments nest, as PostgreSQL's do. */
function leading(text: string): number {
  let at = 0
  for (;;) {
    at += /^\s*(?:--[^\n]*(?:\n|$)\s*)*/.exec(text.slice(at))?.[0].length ?? 0
    if (!text.startsWith('/*', at)) return at
    let depth = 0
    do {
      const mark = /\/\*|\*\//g
      mark.lastIndex = at
      const found = mark.exec(text)
      if (!found) return at
      depth += found[0] === '/*' ? 1 : -1
      at = mark.lastIndex
    } while (depth > 0)
  }
}

/** The last line that begins at or before the offset. */
function lineAt(file: Buffer, offset: number): number {
  const starts = lineStarts(file)
  let [low, high] = [0, starts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return low + 1
}

/** Looked for once in each file: a dump has a line for every statement. */
const knownStarts = new WeakMap<Buffer, readonly number[]>()

function lineStarts(file: Buffer): readonly number[] {
  const known = knownStarts.get(file)
  if (known) return known
  const starts = [0]
  for (let at = file.indexOf(10); at >= 0; at = file.indexOf(10, at + 1)) starts.push(at + 1)
  knownStarts.set(file, starts)
  return starts
}

/** The rows that follow a `COPY … FROM STDIN` in a dump. */
export interface CopyBlock {
  /** Of the COPY in the file, from 1. */
  readonly line: number
  /** Of the first row. */
  readonly firstRow: number
  readonly rows: string
}

const copyBlock = /^(copy\b[^;]*\bfrom\s+stdin\b[^;]*;[^\n]*\n)([\s\S]*?)^(\\\.[ \t\r]*)$/gim

/** What `splitStatements` takes for rows and leaves out. */
export function copyBlocks(text: string): CopyBlock[] {
  const file = Buffer.from(text)
  return [...text.matchAll(copyBlock)].map(({ index, 1: copy = '', 2: rows = '' }) => {
    const start = Buffer.byteLength(text.slice(0, index))
    return { line: lineAt(file, start), firstRow: lineAt(file, start + Buffer.byteLength(copy)), rows }
  })
}

/** Blanks what `pg_dump` writes that is not SQL: two commands that say nothing to the server, and rows after COPY. */
function withoutDump(text: string): string {
  const blank = (lines: string): string => lines.replace(/[^\n]/g, ' ')
  return text
    .replace(/^\\(?:un)?restrict\b.*$/gm, blank)
    .replace(copyBlock, (block: string, copy: string) => copy + blank(block.slice(copy.length)))
}
