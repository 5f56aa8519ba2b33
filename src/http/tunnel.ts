import { request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { connect as secureConnect } from 'node:tls'
import type { Fetch } from '../http.js'

/**
 * A fetch whose requests a proxy passes on unread: it is told host and port alone, also for http. No redirect is
 * followed. Source: RFC 9110, 9.3.6 (CONNECT).
 */
export function tunnelledFetch(proxy: URL): Fetch {
  return async (url, { method = 'GET', headers, body, signal } = {}) => {
    if (body !== undefined && body !== null && typeof body !== 'string' && !(body instanceof Uint8Array)) {
      throw new TypeError('only text and bytes are sent through a proxy')
    }
    const target = new URL(url)
    const socket = await openTunnel(proxy, target, signal ?? undefined)
    const connection = target.protocol === 'https:' ? secured(socket, target) : socket
    const request = plainRequest({
      method,
      path: `${target.pathname}${target.search}`,
      // Nothing here unpacks an answer.
      headers: { 'accept-encoding': 'identity', ...Object.fromEntries(new Headers(headers)), host: target.host },
      createConnection: () => connection,
      ...(signal && { signal }),
    })
    // Else an open connection would keep the process alive.
    request.once('close', () => connection.destroy())
    const message = await answered(request, body ?? undefined)
    try {
      return responseOf(message, url)
    } catch (error) {
      request.destroy()
      throw error
    }
  }
}

/** @throws Error with the proxy's status if it refuses; Node's own if it cannot be reached. */
function openTunnel(proxy: URL, target: URL, signal: AbortSignal | undefined): Promise<Socket> {
  const place = `${target.hostname}:${portOf(target)}`
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`
  const request = (proxy.protocol === 'https:' ? secureRequest : plainRequest)({
    host: bare(proxy.hostname),
    port: portOf(proxy),
    method: 'CONNECT',
    path: place,
    agent: false,
    headers: {
      host: place,
      ...(credentials !== ':' && { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
    },
    ...(signal && { signal }),
  })
  return new Promise((resolve, reject) => {
    request.once('error', reject)
    request.once('connect', ({ statusCode }, socket) => {
      // The rest of its life it belongs to the request; what fails until then ends it here.
      if (statusCode === 200) return resolve(socket)
      socket.destroy()
      reject(new Error(`the proxy ${proxy.host} answered ${String(statusCode)} when asked for ${place}`))
    })
    request.end()
  })
}

/** With the certificate checked against the name of the target, not the proxy's. */
function secured(socket: Socket, target: URL): Socket {
  const host = bare(target.hostname)
  return secureConnect({ socket, host, servername: isIP(host) === 0 ? host : '', ALPNProtocols: ['http/1.1'] })
}

function answered(request: ClientRequest, body: string | Uint8Array | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('error', reject)
    request.once('response', resolve)
    request.end(body)
  })
}

function responseOf(message: IncomingMessage, url: string): Response {
  const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders } = message
  const headers = new Headers()
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
  const empty = status === 204 || status === 205 || status === 304
  if (empty) message.resume()
  const body = empty ? null : Readable.toWeb(message)
  const response = new Response(body, { status, statusText, headers })
  return Object.defineProperty(response, 'url', { value: url })
}

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80')

/** An IPv6 address without its brackets. */
const bare = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1')
