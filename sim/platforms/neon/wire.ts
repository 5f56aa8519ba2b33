/**
 * A compute endpoint: a port of its own in front of the one real server. Databases and roles have the same names on
 * every branch of Neon, so the names in the startup message are exchanged for those on the server.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'

export interface Login {
  readonly user: string
  readonly database: string
}

export interface Wire {
  readonly port: number
  /** Runs while nobody is connected; who comes meanwhile waits. */
  whileQuiet<T>(body: () => Promise<T>): Promise<T>
  close(): void
}

const sslRequest = 80877103

/** `translate` gives undefined for a login that the branch does not have. */
export async function startWire(
  target: { host: string; port: number },
  translate: (asked: Login) => Login | undefined,
): Promise<Wire> {
  const sockets = new Set<Socket>()
  let turn: Promise<unknown> = Promise.resolve()
  const server = createServer((client) => {
    client.on('error', () => client.destroy())
    void accept(client).catch(() => client.destroy())
  })

  async function accept(client: Socket): Promise<void> {
    let first = await message(client)
    if (first.readInt32BE(4) === sslRequest) {
      client.write('N')
      first = await message(client)
    }
    await turn
    const login = translate(namesIn(first))
    if (!login) return void client.destroy()
    const upstream = connect(target)
    sockets.add(client)
    upstream.on('error', () => client.destroy())
    client.on('close', () => upstream.end())
    upstream.on('close', () => {
      sockets.delete(client)
      client.destroy()
    })
    upstream.write(startup(first, login))
    client.pipe(upstream)
    upstream.pipe(client)
  }

  server.unref().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    whileQuiet(body) {
      const mine = turn.then(async () => {
        for (let waited = 0; sockets.size > 0 && waited < 2000; waited += 5) await new Promise((r) => setTimeout(r, 5))
        return body()
      })
      turn = mine.catch(() => undefined)
      return mine
    },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** The first bytes of a client are one message, and it says nothing more before it is answered. */
async function message(client: Socket): Promise<Buffer> {
  const [chunk] = (await once(client, 'data')) as [Buffer]
  client.pause()
  return chunk
}

function parameters(first: Buffer): Map<string, string> {
  const words = first.subarray(8).toString().split('\0')
  const found = new Map<string, string>()
  for (let at = 0; words[at]; at += 2) found.set(words[at] ?? '', words[at + 1] ?? '')
  return found
}

function namesIn(first: Buffer): Login {
  const found = parameters(first)
  const user = found.get('user') ?? ''
  return { user, database: found.get('database') ?? user }
}

function startup(first: Buffer, { user, database }: Login): Buffer {
  const all = parameters(first).set('user', user).set('database', database)
  const words = [...all].flatMap(([name, value]) => [name, value])
  const body = Buffer.from(`${words.join('\0')}\0\0`)
  const head = Buffer.alloc(8)
  head.writeInt32BE(body.length + 8, 0)
  head.writeInt32BE(first.readInt32BE(4), 4)
  return Buffer.concat([head, body])
}
