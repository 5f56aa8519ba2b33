import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { encodeClaim, readClaim } from '../../src/domain/claim.js'
import type { Connection, PlatformPorts } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { scramVerifier } from '../../src/sql/scram.js'
import { openSession } from '../../src/sql/session.js'
import { parseTarget } from '../../src/sql/target.js'
import { type Cluster, type CloneServers, freePort } from '../platforms/dblab/cluster.js'

/**
 * Servers of clones that know logins, their build and one comment, and nothing else: the adapter of DBLab looks into every
 * clone, and hundreds of real servers would take hours. The messages are those of the PostgreSQL protocol:
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function fakeClones(): { servers: CloneServers; database: Partial<PlatformPorts['database']> } {
  deriveOnce()
  /** Comment of the clone's database, by port; a clone that is brought back has none. */
  const comments = new Map<number, string>()
  const logIn = async (connection: Connection) => {
    const options = { application: 'prove', signal: new AbortController().signal }
    await (await openSession(parseTarget(connection.url), options)).close()
  }
  const servers: CloneServers = {
    copyOf: async () => '/nonexistent/snapshot',
    freePort,
    async startCluster(_snapshot, { port, settings }) {
      comments.delete(port)
      return startClone(port, settings['db_branch_action.build'] ?? '')
    },
  }
  const database: Partial<PlatformPorts['database']> = {
    async sign(connection, claim) {
      await logIn(connection)
      comments.set(connection.port, encodeClaim(claim))
    },
    async readClaim(connection) {
      await logIn(connection)
      return readClaim(comments.get(connection.port))
    },
  }
  return { servers, database }
}

/** The same few passwords are asked for again and again, and each takes 40 ms: that is what scrypt is for. */
const derived = new Map<string, Buffer>()
const { scryptSync } = crypto

function deriveOnce(): void {
  const once = (...order: [string, string, number, crypto.ScryptOptions, (error: null, derived: Buffer) => void]) => {
    const [password, salt, length, options, tell] = order
    const asked = JSON.stringify([password, salt, length, options])
    const known = derived.get(asked) ?? scryptSync(password, salt, length, options)
    derived.set(asked, known)
    setImmediate(tell, null, Buffer.from(known))
  }
  crypto.scrypt = once as unknown as typeof crypto.scrypt
  syncBuiltinESMExports()
}

async function startClone(port: number, build: string): Promise<Cluster> {
  let login = ''
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    speak(socket, {
      build,
      admits: (password) => admits(login, password),
      change: (verifier) => void (login = verifier),
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  server.unref()
  return {
    dataDirectory: '',
    port: (server.address() as AddressInfo).port,
    url: () => '',
    async sql(_database, text) {
      const password = /LOGIN SUPERUSER PASSWORD '([^']*)'/.exec(text)?.[1]
      if (password !== undefined) login = password
      return []
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Against a password, or the verifier of one. */
function admits(login: string, password: string): boolean {
  const salt = /^SCRAM-SHA-256\$4096:([^$]+)\$/.exec(login)?.[1]
  return login === (salt === undefined ? password : scramVerifier(new Secret(password), Buffer.from(salt, 'base64')))
}

interface Clone {
  readonly build: string
  admits(password: string): boolean
  change(verifier: string): void
}

const sslRequest = 80_877_103

function speak(socket: Socket, clone: Clone): void {
  let got = Buffer.alloc(0)
  let admitted = false
  socket.on('data', (chunk) => {
    got = Buffer.concat([got, chunk])
    for (;;) {
      const typed = got.length > 0 && got[0] !== 0
      const start = typed ? 1 : 0
      if (got.length < start + 4) return
      const end = start + got.readInt32BE(start)
      if (got.length < end) return
      const [type, body] = [typed ? String.fromCharCode(got[0]!) : '', got.subarray(start + 4, end)]
      got = got.subarray(end)
      if (type === '') socket.write(body.readInt32BE(0) === sslRequest ? 'N' : message('R', int(3)))
      else if (type === 'p') {
        admitted = clone.admits(body.subarray(0, -1).toString())
        if (admitted) socket.write(Buffer.concat([message('R', int(0)), ready]))
        else socket.end(message('E', Buffer.from('SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed\0\0')))
      } else if (type === 'Q' && admitted) socket.write(answerTo(body.subarray(0, -1).toString(), clone))
      else return void socket.end()
    }
  })
}

function answerTo(text: string, clone: Clone): Buffer {
  const verifier = /^ALTER ROLE CURRENT_USER PASSWORD '([^']*)'$/.exec(text)?.[1]
  if (verifier !== undefined) {
    clone.change(verifier)
    return Buffer.concat([message('C', Buffer.from('ALTER ROLE\0')), ready])
  }
  // The only question that the adapter asks: which build, and what other databases.
  const columns = Buffer.concat([short(2), column('build', 25), column('others', 1009)])
  const row = Buffer.concat([short(2), value(clone.build), value('{}')])
  return Buffer.concat([message('T', columns), message('D', row), message('C', Buffer.from('SELECT 1\0')), ready])
}

function int(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(number)
  return bytes
}

function short(number: number): Buffer {
  return int(number).subarray(2)
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int(body.length + 4), body])
}

function column(name: string, type: number): Buffer {
  return Buffer.concat([Buffer.from(`${name}\0`), int(0), short(0), int(type), short(-1), int(-1), short(0)])
}

function value(text: string): Buffer {
  return Buffer.concat([int(Buffer.byteLength(text)), Buffer.from(text)])
}

const ready = message('Z', Buffer.from('I'))
