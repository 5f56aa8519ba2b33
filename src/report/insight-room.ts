import { counted } from '../domain/amounts.js'
import { fenceFor, foreignLines } from './insight-text.js'

/** Something with rows, of which the last ones may be left out; how many is then told. */
export interface Rows {
  readonly before: string
  readonly rows: readonly string[]
  readonly after: string
  /** What one row is called. */
  readonly noun: string
  /** How much room it gets against the others when there is not enough for all; 1 unless told. */
  readonly weight?: number
}

export type Piece = string | Rows

export interface Room {
  readonly limit: number
  /** How the limit counts a text. */
  readonly measure: (text: string) => number
}

/** A table that can be cut. */
export function tableOf(noun: string, head: readonly string[], rows: readonly (readonly string[])[]): Rows {
  const rule = head.map((title) => (title.endsWith(':') ? '---:' : '---'))
  const titles = head.map((title) => title.replace(/:$/, ''))
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return { before: `${row(titles)}\n${row(rule)}\n`, rows: rows.map(row), after: '', noun }
}

/** A block of code that can be cut. */
export function codeBlock(language: 'sql' | 'diff', text: string): Rows {
  const rows = foreignLines(text)
  const fence = fenceFor(rows)
  return { before: `${fence}${language}\n`, rows, after: `\n${fence}`, noun: 'line' }
}

/** Pieces under a line that opens and closes them. The title is Markdown of ours. */
export function folded(title: string, pieces: readonly Piece[]): Piece[] {
  return [`<details><summary>${title}</summary>`, ...pieces, '</details>']
}

/**
 * The pieces as one text within the room. What has rows is cut only when not everything fits: small ones stay whole, large
 * ones share what is left.
 */
export function fit(pieces: readonly Piece[], room: Room): string {
  const cut = pieces.filter((piece) => typeof piece !== 'string')
  const fixed = pieces.map((piece) => (typeof piece === 'string' ? piece : piece.before + piece.after + note(piece, 0)))
  const shares = share(cut, room.limit - room.measure(`${fixed.join('\n\n')}\n`), room.measure)
  return `${pieces.map((piece) => (typeof piece === 'string' ? piece : shorten(piece, shares.get(piece) ?? 0, room.measure))).join('\n\n')}\n`
}

/** How much of the room the rows of each get. */
function share(all: readonly Rows[], room: number, measure: Room['measure']): Map<Rows, number> {
  const shares = new Map<Rows, number>()
  let left = Math.max(0, room)
  let open = all.map((piece) => ({ piece, weight: piece.weight ?? 1, need: measure(piece.rows.join('\n')) }))
  while (open.length > 0) {
    const unit = left / open.reduce((sum, { weight }) => sum + weight, 0)
    const small = open.filter(({ need, weight }) => need <= unit * weight)
    const settled = small.length > 0 ? small : open
    for (const { piece, need, weight } of settled) {
      const given = Math.min(need, Math.floor(unit * weight))
      shares.set(piece, given)
      left -= given
    }
    open = open.filter((each) => !settled.includes(each))
  }
  return shares
}

function shorten(piece: Rows, room: number, measure: Room['measure']): string {
  const rows: string[] = []
  let left = room + 1
  for (const row of piece.rows) {
    left -= measure(row) + 1
    if (left < 0) break
    rows.push(row)
  }
  const missing = piece.rows.length - rows.length
  if (missing === 0) return piece.before + rows.join('\n') + piece.after
  return piece.before + rows.join('\n') + piece.after + note(piece, missing)
}

function note({ rows, noun }: Rows, missing: number): string {
  return `\n\n… and ${counted(missing === 0 ? rows.length : missing, `more ${noun}`)} that this place has no room for.`
}
