import type { Branch } from '../../domain/branch.js'
import { readClaim } from '../../domain/claim.js'
import { ProviderError, show } from '../../errors.js'
import type { Shape } from '../../http/shape.js'
import type { Connection } from '../../ports.js'
import { Secret } from '../../secret.js'
import type { Description, Pointer, Readiness } from './model.js'

export interface State {
  readonly kind: 'ready' | 'waiting' | 'failed'
  /** In words, for the log. */
  readonly shown: string
}

export const isReady: State = { kind: 'ready', shown: 'it is ready' }

/** A branch as the platform showed it. */
export interface Seen {
  readonly branch: Branch
  /** For what only some requests ask of it. */
  readonly item: Shape
  /** Undefined: another request tells. */
  readonly state: State | undefined
}

/** @throws ProviderError when the pointers lead to something else than a branch. */
export function readSeen({ branch: fields, create, ready }: Description, item: Shape): Seen {
  const name = item.follow(fields.name).text
  const createdAt = fields.createdAt && readDate(item.follow(fields.createdAt))
  const parent = fields.parent && item.follow(fields.parent).maybeText
  const protection = protectionOf(fields.protected, item)
  // What we made of a copy, only its own database tells.
  const dataPolicy = create.data === 'copy' && create.sql.size > 0 ? undefined : create.data
  return {
    item,
    state: !ready ? isReady : ready.request ? undefined : readState(ready, item),
    branch: {
      // Without an id, two branches of one name are told apart by when they were made.
      id: fields.id
        ? item.follow(fields.id).identifier
        : `${name}@${createdAt ?? item.follow(fields.createdAt ?? []).text}`,
      name,
      claim: fields.claim
        ? readClaim(item.follow(fields.claim).maybeText)
        : { kind: 'name', ...(parent !== undefined && { parent }), ...(dataPolicy && { dataPolicy }) },
      ...(protection !== undefined && { protection }),
      ...(createdAt !== undefined && { createdAt }),
    },
  }
}

function protectionOf(protections: Description['branch']['protected'], item: Shape): string | undefined {
  return protections.find(({ at, values, protects }) => values.includes(item.follow(at).scalar) === (protects === 'in'))
    ?.because
}

/** ISO 8601 as the platform writes it, or Unix time in seconds or milliseconds. */
function readDate(field: Shape): string | undefined {
  if (!field.exists) return undefined
  const value = field.scalar
  if (typeof value !== 'number') return field.text
  const date = new Date(value < 1e11 ? value * 1000 : value)
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString()
}

export function readState({ at, in: good, failed }: Readiness, answer: Shape): State {
  const value = answer.follow(at).scalar
  if (good.includes(value)) return isReady
  const shown = value === null ? 'it tells no state yet' : `its state is "${show(String(value))}"`
  return { kind: failed.includes(value) ? 'failed' : 'waiting', shown }
}

const schemes: Readonly<Record<Description['engine'], { grammar: RegExp; port: number }>> = {
  postgresql: { grammar: /^postgres(ql)?:\/\//, port: 5432 },
  mysql: { grammar: /^mysql2?:\/\//, port: 3306 },
  other: { grammar: /^[a-z][a-z0-9+.-]*:\/\//, port: 0 },
}

interface UrlReading {
  readonly at: Pointer
  readonly doing: string
  readonly mask: (secret: Secret) => void
}

/**
 * The URL that a pointer leads to, masked; undefined while there is none.
 * @throws ProviderError when it is no URL of the engine. The sentence does not hold it.
 */
export function readUrl(answer: Shape, { engine }: Description, { at, doing, mask }: UrlReading): Secret | undefined {
  const text = answer.follow(at).maybeText
  if (text === undefined) return undefined
  const url = new Secret(text)
  mask(url)
  if (schemes[engine].grammar.test(text) && URL.canParse(text) && new URL(text).hostname !== '') {
    const { password } = new URL(text)
    for (const form of [password, decoded(password)]) if (form !== '') mask(new Secret(form))
    return url
  }
  throw new ProviderError(
    `${doing} failed: the pointer "/${at.join('/')}" leads to no connection URL of the engine "${engine}". Check "connection", "create.url" and "engine" in "rest_config".`,
  )
}

export function connectionOf(url: Secret, pooledUrl: Secret | undefined, { engine }: Description): Connection {
  const parsed = new URL(url.reveal())
  return {
    url,
    ...(pooledUrl && { pooledUrl }),
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(parsed.port || schemes[engine].port),
    database: decoded(parsed.pathname.slice(1)),
    username: decoded(parsed.username),
    password: new Secret(decoded(parsed.password)),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
