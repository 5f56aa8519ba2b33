/**
 * The address of a branch's database. On Supabase every branch has a host of its own and the user and the database are
 * always called `postgres`; here all branches share one server, so a front door reads who wants in and sends him on
 * under the name that the server knows him by.
 */
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

export interface Login {
  readonly user: string
  readonly database: string
}

export interface Front {
  readonly port: number
  /** How many sessions asked to come in so far. */
  readonly knocks: number
  close(): Promise<void>
}

const protocol3 = 196_608
const sslRequest = 80_877_103
const gssRequest = 80_877_104

/** `route` says what the server calls this login; undefined refuses it. */
export async function openFront(
  to: { host: string; port: number },
  route: (login: Login) => Login | undefined,
): Promise<Front> {
  const sockets = new Set<Socket>()
  let knocks = 0
  const server: Server = createServer((client) => {
    knocks += 1
    sockets.add(client)
    client.on('error', () => client.destroy()).on('close', () => sockets.delete(client))
    void admit(client).catch(() => client.destroy())
  })
  async function admit(client: Socket): Promise<void> {
    for (;;) {
      const packet = await firstPacket(client)
      const code = packet.readInt32BE(4)
      if (code === sslRequest || code === gssRequest) {
        client.write('N')
        continue
      }
      const login = code === protocol3 ? route(loginIn(packet)) : undefined
      if (code === protocol3 && !login) {
        client.end(fatal('XX000', 'Tenant or user not found'))
        return
      }
      const upstream = connect(to)
      sockets.add(upstream)
      upstream.on('error', () => client.destroy()).on('close', () => sockets.delete(upstream))
      client.on('close', () => upstream.destroy())
      upstream.write(login ? renamed(packet, login) : packet)
      client.pipe(upstream).pipe(client)
      return
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const { port } = server.address() as AddressInfo
  return {
    port,
    get knocks() {
      return knocks
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function firstPacket(client: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let got = Buffer.alloc(0)
    const done = () => {
      client.off('data', take)
      client.pause()
    }
    const take = (chunk: Buffer) => {
      got = Buffer.concat([got, chunk])
      if (got.length < 4 || got.length < got.readInt32BE(0)) return
      done()
      resolve(got)
    }
    client.on('data', take).once('close', () => reject(new Error('closed')))
    client.resume()
  })
}

/** Pairs of texts that end in NUL, after length and protocol. Source: PostgreSQL's manual, "Message Formats". */
function pairsIn(packet: Buffer): Map<string, string> {
  const texts = packet.subarray(8).toString('utf8').split('\0')
  const pairs = new Map<string, string>()
  for (let at = 0; at + 1 < texts.length && texts[at] !== ''; at += 2) pairs.set(texts[at] ?? '', texts[at + 1] ?? '')
  return pairs
}

function loginIn(packet: Buffer): Login {
  const pairs = pairsIn(packet)
  const user = pairs.get('user') ?? ''
  return { user, database: pairs.get('database') ?? user }
}

function renamed(packet: Buffer, { user, database }: Login): Buffer {
  const pairs = pairsIn(packet).set('user', user).set('database', database)
  const body = Buffer.from(`${[...pairs].flat().join('\0')}\0\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(8 + body.length, 0)
  head.writeInt32BE(protocol3, 4)
  return Buffer.concat([head, body])
}

function fatal(code: string, message: string): Buffer {
  const body = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E', 0)
  head.writeInt32BE(4 + body.length, 1)
  return Buffer.concat([head, body])
}
