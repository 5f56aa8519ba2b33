import { InputError, show } from '../errors.js'

/**
 * An address that a credential may be sent to, without a slash at the end.
 * @throws InputError unless it is https, or http on this machine or where the user allows it.
 */
export function checkedUrl(what: string, text: string, allowHttp: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new InputError(`${what} is "${show(text)}". Use an address that starts with https://.`)
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(`${what} may hold neither a user, a password, a query nor a fragment. Use host and path only.`)
  }
  const loopback = url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(url.hostname)
  if (url.protocol === 'http:' && !loopback && !allowHttp) {
    throw new InputError(
      `${what} is "${show(text)}": without https anybody on the way can read the key. Use https://, or set "allow_http" to "true" for a network that you trust.`,
    )
  }
  return url.href.replace(/\/+$/, '')
}
