import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HttpStep {
  readonly kind: 'http'
  readonly at: number
  readonly until: number
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly status: number
  /** Undefined when it was no JSON. */
  readonly answer: unknown
  /**
   * Milliseconds before each look, for what is asked again until it answers as it did here in the end; where it takes more
   * looks, the last of them goes on.
   */
  readonly waits?: readonly number[]
}

/** One pause that the program took on purpose. */
export interface Wait {
  readonly at: number
  readonly ms: number
}

/** One session: its login, and all that was said in it. */
export interface SqlStep {
  readonly kind: 'sql'
  readonly at: number
  readonly until: number
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly user: string
  readonly database: string
  readonly password: string
  readonly statements: readonly { readonly text: string; readonly values: readonly (string | null)[] }[]
}

/** What a run asked for: groups one after the other, the steps of a group at the same time. */
export interface Recording {
  readonly groups: readonly { readonly wait: number; readonly steps: readonly (HttpStep | SqlStep)[] }[]
}

export interface Recorder {
  /** Stands in for `target`. */
  readonly url: string
  readonly steps: readonly HttpStep[]
  readonly close: () => Promise<void>
}

const now = () => performance.timeOrigin + performance.now()
/** Of the connection and not of the request. */
const ofTheWire = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'keep-alive',
])

/** Passes on what it is asked, and keeps it with the answer. */
export async function startRecorder(target: string): Promise<Recorder> {
  const steps: HttpStep[] = []
  const { origin, pathname } = new URL(target)
  const server = createServer((request, response) => {
    void (async () => {
      const at = now()
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const [method, url] = [request.method ?? 'GET', `${origin}${request.url}`]
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => !ofTheWire.has(name)),
      ) as Record<string, string>
      const body = Buffer.concat(chunks).toString()
      const given = await fetch(url, { method, headers, redirect: 'manual', ...(body !== '' && { body }) })
      const text = await given.text()
      for (const [name, value] of given.headers) if (!ofTheWire.has(name)) response.setHeader(name, value)
      response.writeHead(given.status).end(text)
      steps.push({
        kind: 'http',
        at,
        until: now(),
        method,
        url,
        headers,
        body,
        status: given.status,
        answer: parsed(text),
      })
    })().catch((error: unknown) => response.destroy(error as Error))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${pathname === '/' ? '' : pathname}`,
    steps,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Steps that were under way at the same time belong together. */
export function groupsOf(steps: readonly (HttpStep | SqlStep)[], waits: readonly Wait[]): Recording['groups'] {
  const groups: { wait: number; until: number; steps: (HttpStep | SqlStep)[] }[] = []
  for (const step of [...steps].sort((a, b) => a.at - b.at)) {
    const last = groups.at(-1)
    if (last && step.at < last.until) {
      last.steps.push(step)
      last.until = Math.max(last.until, step.until)
    } else {
      const wait = last ? waited(waits, { from: last.until, until: step.at }) : 0
      groups.push({ wait, until: step.until, steps: [step] })
    }
  }
  return withLooks(groups)
}

/** Milliseconds by which two processes can tell a moment differently. */
const slack = 5

function waited(waits: readonly Wait[], { from, until }: { from: number; until: number }): number {
  const between = waits.filter(({ at, ms }) => at >= from - slack && at + ms <= until + slack)
  return between.reduce((sum, { ms }) => sum + ms, 0)
}

/** A reading after a wait is a look at what is being made; further ones of the same become one that is repeated. */
function withLooks(groups: Recording['groups']): Recording['groups'] {
  const joined: Recording['groups'][number][] = []
  for (const group of groups) {
    const [look, earlier] = [onlyReading(group), onlyReading(joined.at(-1))]
    if (!look || group.wait === 0) {
      joined.push(group)
      continue
    }
    const again = earlier?.waits !== undefined && earlier.url === look.url
    if (again) joined.pop()
    joined.push({ wait: 0, steps: [{ ...look, waits: [...(again ? earlier.waits : []), group.wait] }] })
  }
  return joined
}

function onlyReading(group: Recording['groups'][number] | undefined): HttpStep | undefined {
  const [step, other] = group?.steps ?? []
  return step?.kind === 'http' && step.method === 'GET' && other === undefined ? step : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
