/** How a secret can be written down. Made here anew, so that a form which src forgot is still found. */

/** Shorter texts are ordinary words; the action says that it cannot mask them. In characters. */
export const shortest = 6

const rfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

const json = (text: string): string => JSON.stringify(text).slice(1, -1)

/** What stands in any base64 text that holds these bytes after `before` others, whatever follows them. */
function base64Core(text: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)])
  return bytes.toString('base64').slice([0, 2, 3][before], Math.floor((bytes.length * 8) / 6))
}

function userInfo(text: string): string {
  const url = new URL('postgresql://user@host')
  url.password = text
  return url.password
}

const xml: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '&': '&amp;' }

const ways: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text,
  'URL-encoded by Node': (text) => encodeURIComponent(text),
  'URL-encoded by RFC 3986': rfc3986,
  'URL-encoded as a form': (text) => new URLSearchParams({ '': text }).toString().slice(1),
  'URL-encoded as user information': userInfo,
  'URL-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'base64, first shift': (text) => base64Core(text, 0),
  'base64, second shift': (text) => base64Core(text, 1),
  'base64, third shift': (text) => base64Core(text, 2),
  'JSON-escaped': json,
  'JSON-escaped twice': (text) => json(json(text)),
  'XML-escaped': (text) => text.replace(/[<>"'&]/g, (character) => xml[character] ?? character),
  'HTML-escaped': (text) => text.replace(/[<>"'&]/g, (character) => (xml[character] ?? '').replace('&apos;', '&#39;')),
  'Markdown-escaped': (text) => text.replace(/[\\`*_[\]|~<>&]/g, '\\$&'),
  'a command': (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'),
}

/** Form → how it came about. */
export function formsOf(secret: string): Map<string, string> {
  const forms = new Map<string, string>()
  for (const text of [secret, secret.trim(), ...secret.split(/\r?\n/).map((line) => line.trim())]) {
    if (text.length < shortest) continue
    for (const [how, write] of Object.entries(ways)) {
      const form = write(Buffer.from(text).toString())
      if (form.length >= shortest && !forms.has(form)) forms.set(form, how)
      const urlSafe = form.replaceAll('+', '-').replaceAll('/', '_')
      if (how.startsWith('base64') && urlSafe.length >= shortest && !forms.has(urlSafe)) forms.set(urlSafe, `${how}url`)
    }
  }
  return forms
}
