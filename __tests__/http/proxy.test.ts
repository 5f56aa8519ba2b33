import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { proxiedFetch } from '../../src/http/proxy.js'
import { startWeb, type Web } from '../fixtures/web.js'

/** A proxy as companies have them: it only tunnels. */
async function startProxy(): Promise<{ url: string; tunnels: string[]; close: () => Promise<void> }> {
  const tunnels: string[] = []
  const server: Server = createServer((_request, response) => void response.writeHead(405).end())
  server.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '')
    const [, port] = (request.url ?? '').split(':')
    const through = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      through.pipe(socket).pipe(through)
    })
    for (const end of [socket, through]) end.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, tunnels, close }
}

const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']

describe('the proxy of the environment', () => {
  const before = { ...process.env }
  let web: Web
  let proxy: Awaited<ReturnType<typeof startProxy>>
  beforeEach(async () => {
    for (const name of names) delete process.env[name]
    web = await startWeb((_request, response) => void response.writeHead(200).end('{"a":1}'))
    proxy = await startProxy()
  })
  afterEach(async () => {
    for (const name of names) delete process.env[name]
    Object.assign(process.env, before)
    await web.close()
    await proxy.close()
  })

  const get = async () => {
    const response = await proxiedFetch()(`${web.url}/x`, { headers: { authorization: 'Bearer key' } })
    return response.json()
  }

  it('is used', async () => {
    process.env['HTTP_PROXY'] = proxy.url
    expect(await get()).toEqual({ a: 1 })
    expect(proxy.tunnels).toEqual([`127.0.0.1:${web.port}`])
  })

  it('is used in small letters', async () => {
    process.env['http_proxy'] = proxy.url
    expect(await get()).toEqual({ a: 1 })
    expect(proxy.tunnels).toHaveLength(1)
  })

  it('is not used for hosts of NO_PROXY', async () => {
    process.env['HTTP_PROXY'] = proxy.url
    process.env['NO_PROXY'] = 'example.com,127.0.0.1'
    expect(await get()).toEqual({ a: 1 })
    expect(proxy.tunnels).toEqual([])
  })

  it('is not needed', async () => {
    expect(await get()).toEqual({ a: 1 })
    expect(proxy.tunnels).toEqual([])
  })

  it('that is HTTPS_PROXY gets the address of the host and nothing of the request', async () => {
    process.env['HTTPS_PROXY'] = proxy.url
    await expect(proxiedFetch()(`https://127.0.0.1:${web.port}/x?secret=1`)).rejects.toThrow()
    expect(proxy.tunnels).toEqual([`127.0.0.1:${web.port}`])
  })
})
