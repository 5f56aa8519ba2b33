import { splitStatements } from '../../sql/statements.js'
import type { RecordedStatement } from './recorder.js'

/** Characters of a statement that a report keeps. */
const longest = 2000

export function cutStatement(text: string): string {
  const trimmed = text.trim()
  return trimmed.length > longest ? `${trimmed.slice(0, longest)}…` : trimmed
}

/**
 * The text of each recorded statement, by id. The server knows the client's whole message, which is a whole file with
 * tools such as Prisma: it is split, and its statements are matched in their order by the names of their commands. A
 * statement inside a function or DO has its text in the call stack.
 */
export async function textsOf(statements: readonly RecordedStatement[]): Promise<ReadonlyMap<number, string>> {
  const texts = new Map<number, string>()
  let message: Message | undefined
  for (const statement of statements) {
    const same = message?.pid === statement.pid && message.queryAt === statement.queryAt
    if (!same || !message || statement.sql !== null) {
      message = { ...statement, whole: statement.sql ?? '', parts: await partsOf(statement.sql ?? ''), next: 0 }
    }
    texts.set(statement.id, cutStatement(innerText(statement.context) ?? partOf(message, statement.tag)))
  }
  return texts
}

interface Message {
  readonly pid: number
  readonly queryAt: number
  readonly whole: string
  readonly parts: readonly string[]
  /** The first statement that has not been matched yet. */
  next: number
}

async function partsOf(whole: string): Promise<readonly string[]> {
  // One statement needs no parser: a semicolon is at most at its end.
  if (!/;\s*\S/.test(whole)) return [whole]
  const { statements } = await splitStatements(whole)
  return statements.map(({ text }) => text)
}

function partOf(message: Message, tag: string): string {
  const at = message.parts.findIndex((part, index) => index >= message.next && isCommand(part, tag))
  if (at < 0) return message.whole
  message.next = at + 1
  return message.parts[at] ?? message.whole
}

/** `CREATE INDEX` is the command of `create unique index concurrently`, `SELECT INTO` that of `select … into`. */
function isCommand(text: string, tag: string): boolean {
  const words = text.replace(/^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '').toUpperCase()
  const [first = '', ...rest] = tag.split(' ')
  if (!words.startsWith(first)) return false
  const head = words.slice(0, first === 'SELECT' ? undefined : 200)
  return new RegExp(`^${first}\\b[\\s\\S]*?${rest.map((word) => `\\b${word}\\b`).join('[\\s\\S]*?')}`).test(head)
}

/** Source: the stack that GET DIAGNOSTICS … PG_CONTEXT gives, innermost first. */
function innerText(context: string): string | undefined {
  return /^SQL statement "([\s\S]*?)"(?=\n(?:PL\/pgSQL|SQL) function )/m.exec(context)?.[1]
}
