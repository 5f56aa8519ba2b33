/**
 * What a script does that only makes the requests: those that a run of ours made, in their order, with the ids, URLs and
 * passwords that the platform gives this time. It checks nothing, and knows nothing but these steps.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type driverType from 'pg'
import type { HttpStep, Recording, SqlStep } from './recording.js'

const { groups, pg } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Recording & { pg: string }
/** Milliseconds of looking at one thing. */
const patience = 120_000
/** Neon lists the operations of all times, the newest first. */
const history = '/operations'
/** What the recorded run was told → what this one is told. */
const live = new Map<string, string>()

for (const { wait, steps } of groups) {
  if (wait > 0) await delay(wait)
  await Promise.all(steps.map((step) => (step.kind === 'http' ? send(step) : talk(step))))
}

async function send({ method, url, headers, body, waits, ...recorded }: HttpStep): Promise<void> {
  const sent = { method, headers, ...(body !== '' && { body: now(body) }) }
  const began = performance.now()
  for (let look = 0; ; look++) {
    const wait = waits?.[look] ?? waits?.at(-1)
    if (wait !== undefined) await delay(wait)
    const response = await fetch(now(url), sent)
    const text = await response.text()
    const answer: unknown = text === '' || recorded.answer === undefined ? undefined : JSON.parse(text)
    learn(recorded.answer, answer)
    if (wait === undefined) return
    const words = new Set(wordsOf(answer))
    const missing = wordsOf(recorded.answer).find((word) => !words.has(word))
    if (response.status === recorded.status && missing === undefined) return
    if (performance.now() - began > patience) throw new Error(`${method} ${now(url)} never said ${missing}`)
  }
}

/** What a state is told with: short words, and how long lists are but for those that only grow. Ids have digits, or are longer. */
function wordsOf(answer: unknown, at = ''): string[] {
  if (typeof answer === 'string') return /^([A-Z_]+|[a-z_]{2,16})$/.test(answer) ? [`${at}=${answer}`] : []
  if (typeof answer !== 'object' || answer === null) return []
  const length = Array.isArray(answer) && at !== history ? [`${at}#${answer.length}`] : []
  return length.concat(Object.entries(answer).flatMap(([name, value]) => wordsOf(value, `${at}/${name}`)))
}

async function talk({ host, port, tls, user, database, password, statements }: SqlStep): Promise<void> {
  const { default: driver } = (await import(pg)) as { default: typeof driverType }
  const client = new driver.Client({
    host,
    port: Number(live.get(String(port)) ?? port),
    user: now(user),
    database: now(database),
    password: now(password),
    // As a URL without verify-full asks: the certificate is not looked at.
    ssl: tls && { rejectUnauthorized: false },
  })
  await client.connect()
  for (const { text, values } of statements) await client.query(now(text), [...values])
  await client.end()
}

function learn(then: unknown, given: unknown): void {
  if (typeof then === 'string' && typeof given === 'string') return remember(then, given)
  if (typeof then === 'number' && typeof given === 'number') return remember(String(then), String(given))
  if (typeof then !== 'object' || then === null || typeof given !== 'object' || given === null) return
  for (const [name, value] of Object.entries(then)) learn(value, (given as Record<string, unknown>)[name])
}

function remember(then: string, given: string): void {
  if (then === given) return
  live.set(then, given)
  if (!URL.canParse(then) || !URL.canParse(given)) return
  const [before, after] = [new URL(then), new URL(given)]
  for (const part of ['username', 'password', 'port'] as const) {
    remember(decodeURIComponent(before[part]), decodeURIComponent(after[part]))
  }
  remember(before.pathname.slice(1), after.pathname.slice(1))
}

/** With this run's values in place of the recorded ones; what is shorter is no id. */
function now(text: string): string {
  let current = text
  for (const [then, given] of live) if (then.length >= 6) current = current.replaceAll(then, given)
  return current
}
