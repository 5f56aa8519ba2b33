import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { covers, proxiedFetch } from '../../src/http/proxy.js'
import { startWeb, type Web } from '../fixtures/web.js'

/** A proxy as companies have them: it only tunnels. */
async function startProxy() {
  const tunnels: string[] = []
  const credentials: (string | undefined)[] = []
  const server: Server = createServer((_request, response) => void response.writeHead(405).end())
  const proxy = {
    url: '',
    tunnels,
    credentials,
    refuses: false,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  server.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '')
    credentials.push(request.headers['proxy-authorization'])
    if (proxy.refuses) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const [, port] = (request.url ?? '').split(':')
    const through = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      through.pipe(socket).pipe(through)
    })
    for (const end of [socket, through]) end.on('error', () => undefined)
    through.once('close', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return proxy
}

describe('the proxy of the environment', () => {
  let web: Web
  let proxy: Awaited<ReturnType<typeof startProxy>>
  beforeEach(async () => {
    web = await startWeb((request, response) => {
      const seen = [request.method, ...Object.keys(request.headers)].join(' ')
      response.setHeader('x-seen', seen).setHeader('set-cookie', ['a=1', 'b=2'])
      if (request.url === '/moved') response.writeHead(302, { location: 'http://elsewhere.example/' }).end()
      else if (request.url === '/none') response.writeHead(204).end()
      else if (request.url === '/stalls') response.writeHead(200).write('{')
      else void request.pipe(response.writeHead(200))
    })
    proxy = await startProxy()
  })
  afterEach(async () => {
    await web.close()
    await proxy.close()
  })

  const send = (env: Record<string, string>, path = '/x', init: RequestInit = {}) =>
    proxiedFetch(env)(`${web.url}${path}`, { method: 'POST', body: '{"a":"ü"}', redirect: 'manual', ...init })

  it('is used', async () => {
    const response = await send({ HTTP_PROXY: proxy.url, http_proxy: '' })
    expect(await response.json()).toEqual({ a: 'ü' })
    expect(response).toMatchObject({ status: 200, url: `${web.url}/x` })
    expect(response.headers.get('x-seen')).toMatch(/^POST /)
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(proxy.tunnels).toEqual([`127.0.0.1:${web.port}`])
  })

  it('is used in small letters, and for https where no other is named', async () => {
    await send({ http_proxy: proxy.url, HTTP_PROXY: 'http://127.0.0.1:9' })
    await expect(proxiedFetch({ http_proxy: proxy.url })(`https://127.0.0.1:${web.port}/`)).rejects.toThrow()
    expect(proxy.tunnels).toHaveLength(2)
  })

  it('is not used for hosts of NO_PROXY, and not needed', async () => {
    expect((await send({ HTTP_PROXY: proxy.url, NO_PROXY: 'example.com,127.0.0.1' })).status).toBe(200)
    expect((await send({})).status).toBe(200)
    expect(proxy.tunnels).toEqual([])
  })

  it('that is HTTPS_PROXY gets the address of the host and nothing of the request', async () => {
    const env = { HTTPS_PROXY: proxy.url }
    await expect(proxiedFetch(env)(`https://127.0.0.1:${web.port}/x?secret=1`)).rejects.toThrow()
    expect(proxy.tunnels).toEqual([`127.0.0.1:${web.port}`])
  })

  it('checks the certificate of the server, not the proxy’s', async () => {
    const tls = (name: string, ending: string) =>
      readFileSync(join(import.meta.dirname, `../fixtures/tls/${name}.${ending}`), 'utf8')
    const trusted = getCACertificates('default')
    setDefaultCACertificates([tls('address', 'crt'), tls('host', 'crt')])
    const ask = async (name: string) => {
      const credentials = { cert: tls(name, 'crt'), key: tls(name, 'key') }
      const server = createSecureServer(credentials, (_request, response) => void response.end('[1]'))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      try {
        return await (await proxiedFetch({ HTTPS_PROXY: proxy.url })(`https://127.0.0.1:${port}/`)).json()
      } finally {
        server.close()
      }
    }
    try {
      expect(await ask('address')).toEqual([1])
      await expect(ask('host')).rejects.toThrow("does not match certificate's altnames")
    } finally {
      setDefaultCACertificates(trusted)
    }
  })

  it('gets its own password, and the server does not', async () => {
    const { port } = new URL(proxy.url)
    const response = await send({ HTTP_PROXY: `http://me:p%40ss@127.0.0.1:${port}` })
    expect(proxy.credentials).toEqual([`Basic ${Buffer.from('me:p@ss').toString('base64')}`])
    expect(response.headers.get('x-seen')).not.toContain('proxy-authorization')
  })

  it('passes on a redirect unfollowed, and an answer without a body', async () => {
    const env = { HTTP_PROXY: proxy.url }
    expect((await send(env, '/moved')).headers.get('location')).toBe('http://elsewhere.example/')
    expect(await (await send(env, '/none')).text()).toBe('')
  })

  it('ends with the deadline, before and after the answer began', async () => {
    const env = { HTTP_PROXY: proxy.url }
    const stalled = await send(env, '/stalls', { signal: AbortSignal.timeout(300) })
    await expect(stalled.text()).rejects.toThrow()
    await expect(send(env, '/x', { signal: AbortSignal.abort() })).rejects.toThrow('abort')
  })

  it('that refuses is told, without its password', async () => {
    proxy.refuses = true
    const { host } = new URL(proxy.url)
    await expect(send({ HTTP_PROXY: `http://me:secret@${host}` })).rejects.toThrow(
      `the proxy ${host} answered 407 when asked for 127.0.0.1:${web.port}`,
    )
  })

  it.each(['socks5://proxy:1080', 'http://', 'not an address'])('is refused when it is none: %s', (address) => {
    expect(() => proxiedFetch({ HTTPS_PROXY: address })).toThrow('Variable "HTTPS_PROXY" holds no address of a proxy.')
  })
})

it.each([
  ['*', 'https://a.example/', true],
  ['a.example', 'https://a.example/', true],
  ['A.Example', 'https://a.example/', true],
  ['example', 'https://a.example/', true],
  ['.example', 'https://a.example/', true],
  ['*.example', 'https://a.example/', true],
  ['b.a.example', 'https://a.example/', false],
  ['ample', 'https://a.example/', false],
  ['a.example:443', 'https://a.example/', true],
  ['a.example:443', 'https://a.example:8443/', false],
  ['a.example:80', 'http://a.example/', true],
  ['[::1]', 'http://[::1]:8080/', true],
])('NO_PROXY %s covers %s: %s', (entry, url, expected) => {
  expect(covers(entry, new URL(url))).toBe(expected)
})
