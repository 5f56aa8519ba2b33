import { EventEmitter, once } from 'node:events'
import { createServer, connect, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What the proxy does to its connections, open and new ones alike:
 * - `pass`: forwards
 * - `refuse`: new connections are refused by the operating system (ECONNREFUSED), open ones are reset
 * - `hang`: accepts, forwards nothing and keeps what it got until the mode changes
 * - `resetAfter`: resets a connection once that many bytes of the server's answers have gone through since the mode
 *   was set; those bytes arrive
 * - `delayMs`: forwards every packet, in both directions, that much later
 */
export type ProxyMode = 'pass' | 'refuse' | 'hang' | { readonly resetAfter: number } | { readonly delayMs: number }

export interface ProxyTarget {
  readonly host: string
  readonly port: number
  url(database: string, user?: string, password?: string): string
}

export interface Proxy {
  readonly port: number
  /** As the target's `url`, by way of the proxy. */
  url(database: string, user?: string, password?: string): string
  mode(next: ProxyMode): Promise<void>
  /** How many connections were accepted so far. */
  accepted(): number
  close(): Promise<void>
}

/** A TCP proxy on 127.0.0.1 in front of a server, for tests of what happens when the network misbehaves. */
export async function startProxy(target: ProxyTarget): Promise<Proxy> {
  const wire = new Wire(target)
  await wire.open(0)
  return {
    port: wire.port,
    url(database, user, password) {
      const url = new URL(target.url(database, user, password))
      url.host = `127.0.0.1:${wire.port}`
      return url.href
    },
    mode: (next) => wire.change(next),
    accepted: () => wire.accepted,
    close: () => wire.shut(),
  }
}

class Wire {
  port = 0
  accepted = 0
  #mode: ProxyMode = 'pass'
  readonly #changes = new EventEmitter().setMaxListeners(0)
  #links = new Set<Link>()
  #server: Server | undefined
  readonly #target: ProxyTarget

  constructor(target: ProxyTarget) {
    this.#target = target
  }

  async open(port: number): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (client) => this.#accept(client))
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
    server.unref()
    this.#server = server
    const address = server.address()
    if (address !== null && typeof address === 'object') this.port = address.port
  }

  async change(next: ProxyMode): Promise<void> {
    this.#mode = next
    for (const link of this.#links) link.answered = 0
    this.#changes.emit('change')
    if (next === 'refuse') await this.shut()
    else if (this.#server === undefined) await this.open(this.port)
  }

  async shut(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    const closed = new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())))
    for (const link of this.#links) link.reset()
    await closed
  }

  #accept(client: Socket): void {
    this.accepted++
    const upstream = connect({ host: this.#target.host, port: this.#target.port, allowHalfOpen: true })
    const link = new Link(client, upstream)
    this.#links.add(link)
    void Promise.all([
      this.#pump(client, upstream, () => undefined),
      this.#pump(upstream, client, (chunk) => this.#cut(link, chunk)),
    ])
      .catch(() => link.reset())
      .finally(() => this.#links.delete(link))
  }

  /** `spend` says what of a chunk still goes through before the reset, if there is one. */
  async #pump(from: Socket, to: Socket, spend: (chunk: Buffer) => Buffer | undefined): Promise<void> {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      while (this.#mode === 'hang') await once(this.#changes, 'change')
      if (typeof this.#mode === 'object' && 'delayMs' in this.#mode) await sleep(this.#mode.delayMs)
      const last = spend(chunk)
      await write(to, last ?? chunk)
      if (last !== undefined) throw new Error('reset')
    }
    to.end()
  }

  #cut(link: Link, chunk: Buffer): Buffer | undefined {
    if (typeof this.#mode !== 'object' || !('resetAfter' in this.#mode)) return undefined
    const left = this.#mode.resetAfter - link.answered
    link.answered += chunk.length
    return chunk.length >= left ? chunk.subarray(0, Math.max(0, left)) : undefined
  }
}

class Link {
  answered = 0
  readonly #sockets: readonly Socket[]

  constructor(...sockets: Socket[]) {
    this.#sockets = sockets
    for (const socket of sockets) socket.on('error', () => this.reset())
  }

  reset(): void {
    for (const socket of this.#sockets) if (!socket.destroyed) socket.resetAndDestroy()
  }
}

function write(to: Socket, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => to.write(chunk, (error) => (error ? reject(error) : resolve())))
}
