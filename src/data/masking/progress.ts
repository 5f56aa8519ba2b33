import { counted, size, tie } from '../../domain/amounts.js'
import { type Table, tableName } from '../../domain/masking/schema.js'
import { tellEvery as usual } from '../../http/wait.js'

/** A table, or a part of a large one, that is worked on in one go. */
export interface Piece {
  readonly table: Table
  /** Of the heap. */
  readonly bytes: number
}

/** Where a masking stands. Several sessions tell it what they begin and end. */
export interface Progress {
  /** @param doing such as `writing tables anew`. */
  begin(doing: string, pieces: readonly Piece[]): void
  during<T>(piece: Piece, work: () => Promise<T>): Promise<T>
  /** Nothing is told afterwards. */
  end(): void
}

export interface Telling {
  /** Told where the masking stands. */
  readonly info: (line: string) => void
  /** Milliseconds between two such lines, unless they are the usual ones. */
  readonly tellEvery?: number | undefined
  /** Milliseconds since an arbitrary start. */
  readonly elapsed: () => number
}

/** Tells from time to time how many tables are done and which are at work: a change of one table can take minutes. */
export function startProgress({ info, elapsed, tellEvery = usual }: Telling): Progress {
  const started = elapsed()
  let phase = { doing: 'reading the catalogs', pieces: [] as readonly Piece[] }
  const done = new Set<Piece>()
  const atWork = new Set<Piece>()
  const timer = setInterval(() => {
    const seconds = Math.round((elapsed() - started) / 1000)
    info(`Masking is not ready yet after ${seconds} s: ${stateOf(phase, done, atWork)}.`)
  }, tellEvery)
  return {
    begin(doing, pieces) {
      phase = { doing, pieces }
      done.clear()
    },
    async during(piece, work) {
      atWork.add(piece)
      try {
        return await work()
      } finally {
        atWork.delete(piece)
        done.add(piece)
      }
    },
    end: () => clearInterval(timer),
  }
}

/** Such as `writing tables anew, 3 of 12 tables done (41% of 3.4 GB), now at shop.orders (1.2 GB)`. */
function stateOf(
  { doing, pieces }: { doing: string; pieces: readonly Piece[] },
  done: ReadonlySet<Piece>,
  atWork: ReadonlySet<Piece>,
): string {
  if (pieces.length === 0) return doing
  const tables = tablesOf(pieces)
  const left = tablesOf(pieces.filter((piece) => !done.has(piece)))
  const all = bytesOf(pieces)
  const share = all === 0 ? '' : ` (${Math.floor((bytesOf([...done]) / all) * 100)}% of ${plainSize(all)})`
  const now = [...tablesOf([...atWork])].map((table) => `${tableName(table)} (${plainSize(table.size)})`)
  return `${doing}, ${tables.size - left.size} of ${counted(tables.size, 'table')} done${share}${now.length === 0 ? '' : `, now at ${now.join(' and ')}`}`
}

const tablesOf = (pieces: readonly Piece[]) => new Set(pieces.map(({ table }) => table))

const bytesOf = (pieces: readonly Piece[]) => pieces.reduce((sum, { bytes }) => sum + bytes, 0)

/** In a log, where lines are searched, a space is a space. */
const plainSize = (bytes: number) => size(bytes).replace(tie, ' ')
