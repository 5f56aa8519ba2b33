import { InputError } from '../errors.js'
import type { Fetch } from '../http.js'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * A fetch that goes through the proxy of HTTPS_PROXY, HTTP_PROXY and NO_PROXY, which self-hosted runners set; HTTP_PROXY
 * is for https too where HTTPS_PROXY is missing. Names in small letters go first.
 * Source: https://docs.github.com/actions/how-tos/manage-runners/self-hosted-runners/use-proxy-servers
 * @throws InputError if a variable holds no address of a proxy.
 */
export function proxiedFetch(env: Environment): Fetch {
  const plain = proxyIn(env, 'HTTP_PROXY')
  const secure = proxyIn(env, 'HTTPS_PROXY') ?? plain
  const without = (valueOf(env, 'NO_PROXY') ?? '').split(/[,\s]+/).filter((entry) => entry !== '')
  return async (url, init) => {
    const target = new URL(url)
    const proxy = target.protocol === 'https:' ? secure : plain
    if (!proxy || without.some((entry) => covers(entry, target))) return fetch(url, init)
    // Loaded on demand: few runners have a proxy.
    const { tunnelledFetch } = await import('./tunnel.js')
    return tunnelledFetch(proxy)(url, init)
  }
}

function valueOf(env: Environment, name: string): string | undefined {
  return env[name.toLowerCase()] || env[name] || undefined
}

function proxyIn(env: Environment, name: string): URL | undefined {
  const text = valueOf(env, name)
  if (text === undefined) return undefined
  const address = text.includes('://') ? text : `http://${text}`
  const proxy = URL.canParse(address) ? new URL(address) : undefined
  if (proxy?.protocol === 'http:' || proxy?.protocol === 'https:') return proxy
  // The address may hold a password: it is not shown.
  throw new InputError(`Variable "${name}" holds no address of a proxy. Use one like http://proxy.example.com:3128.`)
}

/** A host of NO_PROXY stands for itself and all below it, with its port for that port alone; `*` for every host. */
export function covers(entry: string, { hostname, port, protocol }: URL): boolean {
  if (entry === '*') return true
  const [, name = '', only] = /^(.+?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
  if (only !== undefined && only !== (port || (protocol === 'https:' ? '443' : '80'))) return false
  const above = name.replace(/^\*?\.?/, '')
  return hostname === above || hostname.endsWith(`.${above}`)
}
