/**
 * Loaded into a process before its program: writes down the PostgreSQL sessions that it opens, with their logins and
 * statements, to the file that `SQL_RECORD` names. It reads what is written to sockets, below TLS, and the password that a
 * login is derived from.
 */
import { writeFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'

interface Session {
  at: number
  until: number
  host: string
  port: number
  tls: boolean
  user: string
  database: string
  password: string
  statements: { text: string; values: (string | null)[] }[]
}

const sessions: Session[] = []
const seen = new WeakMap<Socket, { bytes: Buffer; session: Session | undefined; parsed: string }>()
const addresses = new WeakMap<Socket, { host: string; port: number }>()
const [protocol, sslRequest] = [196_608, 80_877_103]
const now = () => performance.timeOrigin + performance.now()

type Method = (this: Socket, ...given: unknown[]) => unknown
const prototype = Socket.prototype as unknown as { connect: Method; write: Method }
const { connect } = prototype
const { write } = Duplex.prototype as unknown as { write: Method }

prototype.connect = function (...given) {
  const [port, host] = Array.isArray(given[0]) ? (given[0] as unknown[]) : given
  if (typeof port === 'number') addresses.set(this, { port, host: typeof host === 'string' ? host : '127.0.0.1' })
  return connect.apply(this, given)
}

prototype.write = function (...given) {
  const [chunk] = given
  if (Buffer.isBuffer(chunk)) read(this, chunk)
  return write.apply(this, given)
}

const { subtle } = globalThis.crypto
const importKey = subtle.importKey.bind(subtle) as (...given: unknown[]) => unknown
Object.defineProperty(subtle, 'importKey', {
  value: (...given: unknown[]) => {
    const session = sessions.findLast(({ password }) => password === '')
    if (given[2] === 'PBKDF2' && session) session.password = Buffer.from(given[1] as Uint8Array).toString()
    return importKey(...given)
  },
})

process.on('exit', () => writeFileSync(process.env['SQL_RECORD'] ?? '', JSON.stringify(sessions)))

function read(socket: Socket, chunk: Buffer): void {
  const state = seen.get(socket) ?? { bytes: Buffer.alloc(0), session: undefined, parsed: '' }
  seen.set(socket, state)
  state.bytes = Buffer.concat([state.bytes, chunk])
  if (!state.session) {
    const kind = state.bytes.length >= 8 ? state.bytes.readInt32BE(4) : 0
    if (kind === sslRequest) state.bytes = state.bytes.subarray(8)
    else if (kind === protocol) state.session = begin(socket, state)
    return
  }
  state.session.until = now()
  while (state.bytes.length >= 5 && state.bytes.length > state.bytes.readInt32BE(1)) {
    const end = state.bytes.readInt32BE(1) + 1
    const [type, body] = [String.fromCharCode(state.bytes[0] ?? 0), state.bytes.subarray(5, end)]
    state.bytes = state.bytes.subarray(end)
    if (type === 'Q') state.session.statements.push({ text: texts(body)[0] ?? '', values: [] })
    if (type === 'P') state.parsed = texts(body)[1] ?? ''
    if (type === 'B') state.session.statements.push({ text: state.parsed, values: bound(body) })
  }
}

function begin(socket: Socket, state: { bytes: Buffer }): Session {
  const length = state.bytes.readInt32BE(0)
  const words = texts(state.bytes.subarray(8, length))
  state.bytes = state.bytes.subarray(length)
  const word = (name: string) => words[words.indexOf(name) + 1] ?? ''
  const tls = socket instanceof TLSSocket
  const { host, port } = addresses.get(socket) ?? lastAddress(socket)
  const session = { at: now(), until: now(), host, port, tls, user: word('user'), database: word('database') }
  const made: Session = { ...session, password: '', statements: [] }
  sessions.push(made)
  return made
}

/** Of the socket below TLS. */
function lastAddress({ remoteAddress, remotePort }: Socket): { host: string; port: number } {
  return { host: remoteAddress ?? '127.0.0.1', port: remotePort ?? 0 }
}

function texts(bytes: Buffer): string[] {
  return bytes.toString('utf8').split('\0')
}

function bound(body: Buffer): (string | null)[] {
  let at = body.indexOf(0, body.indexOf(0) + 1) + 1
  at += 2 + body.readInt16BE(at) * 2
  const count = body.readInt16BE(at)
  at += 2
  return Array.from({ length: count }, () => {
    const length = body.readInt32BE(at)
    at += 4
    if (length < 0) return null
    at += length
    return body.toString('utf8', at - length, at)
  })
}
