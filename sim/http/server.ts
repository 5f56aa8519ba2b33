/** The sockets: reads a request, lets the exchange decide, and delivers the outcome, broken if a fault says so. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Outcome } from './faults.js'
import { openTraffic } from '../leaks/traffic.js'

export interface Incoming {
  method: string
  path: string
  search: string
  headers: Readonly<Record<string, string>>
  body: string
}

async function read(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const [path = '/', search = ''] = (request.url ?? '/').split('?', 2)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
  return { method: request.method ?? 'GET', path, search, headers, body: Buffer.concat(chunks).toString('utf8') }
}

function deliver(response: ServerResponse, { answer, delivery, delayMs }: Outcome): void {
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body))
  const bytes = Buffer.from(text)
  const headers = { ...answer.headers, ...(answer.status === 204 ? {} : { 'content-length': String(bytes.length) }) }
  switch (delivery) {
    case 'whole':
      response.writeHead(answer.status, headers).end(answer.status === 204 ? undefined : bytes)
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'close':
      response.socket?.end()
      return
    case 'hang':
      return
    case 'drip':
      response.writeHead(answer.status, headers)
      void drip(response, bytes, delayMs)
      return
    case 'cut':
    case 'stall':
      response.writeHead(answer.status, headers)
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
        if (delivery === 'cut') response.socket?.destroy()
      })
  }
}

async function drip(response: ServerResponse, bytes: Buffer, every: number): Promise<void> {
  for (const byte of bytes) {
    if (response.destroyed) return
    response.write(Buffer.of(byte))
    await delay(every, undefined, { ref: false })
  }
  response.end()
}

export interface Listening {
  url: string
  close: () => Promise<void>
}

export async function listen(decide: (incoming: Incoming) => Promise<Outcome>, latency: number): Promise<Listening> {
  const traffic = openTraffic()
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const incoming = await read(request)
    traffic.ask(incoming)
    if (latency > 0) await delay(latency)
    const outcome = await decide(incoming)
    traffic.answer(incoming, outcome.answer.body)
    if (outcome.delayMs > 0 && outcome.delivery !== 'drip') await delay(outcome.delayMs)
    if (!response.destroyed) deliver(response, outcome)
  }
  const server: Server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  // A test that fails before it closes its simulator must not keep the process alive; a waiting client still does.
  server.unref().on('connection', (socket) => void socket.unref())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        // Hanging answers and idle keep-alive connections would otherwise keep it open.
        server.closeAllConnections()
      })
      traffic.end()
    },
  }
}
