import { EnvHttpProxyAgent, fetch } from 'undici'
import type { Fetch } from '../http.js'

/**
 * A fetch that goes through the proxy of HTTPS_PROXY, HTTP_PROXY and NO_PROXY, which self-hosted runners set.
 * Source: https://docs.github.com/actions/how-tos/manage-runners/self-hosted-runners/use-proxy-servers
 */
export function proxiedFetch(): Fetch {
  const dispatcher = proxyAgent()
  return (url, init) =>
    fetch(url, { ...(init as Parameters<typeof fetch>[1]), dispatcher }) as unknown as Promise<Response>
}

/** undici 6 calls this agent experimental, and says so at the top of every log. Nothing else warns while it is made. */
function proxyAgent(): EnvHttpProxyAgent {
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = () => undefined
  try {
    return new EnvHttpProxyAgent()
  } finally {
    process.emitWarning = emitWarning
  }
}
