/** What goes over HTTP in a test file: each simulator reports here, whoever asked it. */
import { credentialHeaders, declaredFields, secretFields } from './declared.js'
import { type Leak, leaksIn, refuse } from './oracle.js'
import { plant } from './secrets.js'

interface HttpRequest {
  readonly method: string
  readonly path: string
  readonly search: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Each text that a request carried, once, and where it first stood. Not yet searched. */
class Traffic {
  readonly #texts = new Map<string, string>()
  #fresh: string[] = []

  /** Credentials that are sent are secrets from now on. */
  ask({ method, path, search, headers, body }: HttpRequest): void {
    const request = `${method} ${path}`
    for (const [name, value] of Object.entries(headers)) {
      if (credentialHeaders.includes(name)) plantCredential(name, value)
      else this.#add(value, `header ${name} of ${request}`)
    }
    this.#add(search === '' ? path : `${path}?${search}`, `address of ${request}`)
    for (const { field, text } of leavesOf(parsed(body))) {
      const declared = declaredFields.some((each) => each.request.test(request) && each.field.test(field))
      if (declared) plant(`${field} of ${request}`, text)
      else this.#add(text, `${field === '' ? 'body' : field} of ${request}`)
    }
  }

  /** What a platform gives as a credential is a secret from now on. */
  answer(request: Pick<HttpRequest, 'method' | 'path'>, body: unknown): void {
    for (const { field, text, isName } of leavesOf(body)) {
      if (!isName && secretFields.test(field.split('.').at(-1) ?? ''))
        plant(`${field} answered to ${request.method}`, text)
    }
  }

  /** In everything that was ever sent, also before the secret was known. */
  leaks(): Leak[] {
    return this.#search([...this.#texts.keys()])
  }

  /** In what was sent since this was last asked. */
  freshLeaks(): Leak[] {
    return this.#search(this.#fresh.splice(0))
  }

  #search(texts: readonly string[]): Leak[] {
    return leaksIn(texts.map((text) => ({ sink: 'http', where: this.#texts.get(text) ?? '', text })))
  }

  #add(text: string, where: string): void {
    if (this.#texts.has(text)) return
    this.#texts.set(text, where)
    this.#fresh.push(text)
  }
}

const open = new Set<Traffic>()

/** The traffic of a simulator from its start to its end, when all of it is searched once more. */
export function openTraffic(): Traffic & { end(): void } {
  const traffic = new Traffic()
  open.add(traffic)
  return Object.assign(traffic, {
    end() {
      open.delete(traffic)
      refuse(traffic.leaks())
    },
  })
}

export function freshTrafficLeaks(): Leak[] {
  return [...open].flatMap((traffic) => traffic.freshLeaks())
}

/** Of `Bearer xyz`, `ID:TOKEN` and Basic the part that nobody may know. */
function plantCredential(header: string, value: string): void {
  const text = value.replace(/^(bearer|token|basic) +/i, '')
  const basic = /^basic /i.test(value) ? Buffer.from(text, 'base64').toString() : ''
  for (const each of [text, basic, ...[text, basic].map((pair) => pair.slice(pair.indexOf(':') + 1))]) {
    if (each.length >= 12) plant(`credential in ${header}`, each)
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

interface Leaf {
  readonly field: string
  readonly text: string
  readonly isName: boolean
}

/** Every text in it, and its dotted path; the names of fields are texts too. */
function leavesOf(value: unknown, at: readonly string[] = []): Leaf[] {
  if (typeof value === 'string') return [{ field: at.join('.'), text: value, isName: false }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [
    ...(Array.isArray(value) ? [] : [{ field: `name of ${[...at, key].join('.')}`, text: key, isName: true }]),
    ...leavesOf(each, Array.isArray(value) ? at : [...at, key]),
  ])
}
