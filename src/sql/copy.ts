import { Transform } from 'node:stream'
import { from as copyIn, to as copyOut } from 'pg-copy-streams'
import { ProviderError } from '../errors.js'
import { type Session, serverText } from './session.js'

/** Two COPY statements and the sessions that run them. */
export interface Copy {
  readonly source: Session
  /** `COPY … TO STDOUT`. */
  readonly out: string
  readonly target: Session
  /** `COPY … FROM STDIN`, in the same format. */
  readonly into: string
  /** What is copied, for messages. */
  readonly what: string
}

/**
 * Streams rows from one database into another; the slower side sets the pace. When either side fails, both connections
 * are cut: a COPY that lost its other end can be ended in no other way, and half a table is of no use.
 * @returns rows, as the source counted them.
 * @throws ProviderError with the server's message alone: DETAIL and CONTEXT of a failed COPY quote rows.
 */
export async function copyRows({ source, out, target, into, what }: Copy): Promise<number> {
  const reading = source.stream(copyOut(out))
  const writing = target.stream(copyIn(into))
  await new Promise<void>((resolve, reject) => {
    const fail = (side: string) => (cause: unknown) => {
      reject(new ProviderError(`${side} ${what} failed: ${serverText(cause)}`, { cause }))
      source.cut()
      target.cut()
    }
    reading.once('error', fail('Reading'))
    writing.once('error', fail('Writing'))
    writing.once('finish', resolve)
    // Those after the first are the echo of cutting.
    reading.on('error', () => undefined)
    writing.on('error', () => undefined)
    reading.pipe(gathered()).pipe(writing)
  })
  return reading.rowCount
}

const pieceBytes = 128 * 1024

/** Passes few large pieces on: a server sends 8 kB at a time, and a write of each took half of this process's time. */
function gathered(): Transform {
  let pieces: Buffer[] = []
  let size = 0
  const all = () => {
    const whole = Buffer.concat(pieces, size)
    pieces = []
    size = 0
    return whole
  }
  return new Transform({
    transform(piece: Buffer, _, done) {
      pieces.push(piece)
      size += piece.length
      if (size < pieceBytes) done()
      else done(null, all())
    },
    flush: (done) => (size === 0 ? done() : done(null, all())),
  })
}
