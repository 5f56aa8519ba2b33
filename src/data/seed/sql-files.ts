import type { SqlFile } from './read-files.js'
import { from as copyIn } from 'pg-copy-streams'
import { type Fault, InputError, ProviderError, RefusedError, show } from '../../errors.js'
import type { Node } from '../../sql/parser.js'
import type { Session } from '../../sql/session.js'
import { type CopyBlock, copyBlocks, type PlacedStatement, splitStatements } from '../../sql/statements.js'
import { type ServerWords, serverWords } from './server-words.js'

/** What was run. */
export interface FilesOutcome {
  readonly files: readonly { readonly path: string; readonly statements: number }[]
}

interface Part extends PlacedStatement {
  /** Rows for a COPY. */
  readonly block: CopyBlock | undefined
}

interface Parsed {
  readonly path: string
  readonly parts: readonly Part[]
}

const mostProblems = 20

/**
 * Runs the files in their order, in one transaction: all of them or nothing. Every file begins with the settings of the
 * database and of the role, whatever the one before has set.
 * @throws InputError for what is no SQL or would end the transaction, before anything is sent; RefusedError with file, line
 * and column for a statement that the server turns down.
 */
export async function runSqlFiles(sql: Session, files: readonly SqlFile[]): Promise<FilesOutcome> {
  const parsed: Parsed[] = []
  const problems: Fault[] = []
  for (const file of files) parsed.push(await parseFile(file, problems))
  if (problems.length > 0) {
    const more = problems.length > mostProblems ? ` And ${problems.length - mostProblems} more.` : ''
    const faults = problems.slice(0, mostProblems)
    const told = faults.map(({ file, line, detail }) => `${file}:${line}: ${detail}`)
    throw new InputError(`The seed cannot be run. ${told.join(' ')}${more} Nothing was changed.`, { faults })
  }
  await sql.query('BEGIN')
  try {
    for (const { path, parts } of parsed) {
      await sql.query('RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL; SET standard_conforming_strings = on')
      await runParts(sql, path, parts)
    }
    await sql.query('SET CONSTRAINTS ALL IMMEDIATE; COMMIT').catch((error: unknown) => {
      const said = serverWords(error)
      if (!said) throw error
      throw new RefusedError(
        `Seeding failed at the end of the transaction: ${said.sentence}. Change the files; nothing was changed in the branch.`,
        { cause: error },
      )
    })
  } catch (error) {
    await sql.query('ROLLBACK').catch(() => undefined)
    throw error
  }
  return { files: parsed.map(({ path, parts }) => ({ path, statements: parts.length })) }
}

async function parseFile({ path, text }: SqlFile, problems: Fault[]): Promise<Parsed> {
  const { statements, problems: found } = await splitStatements(text)
  const lines = text.split('\n')
  for (const { line, message } of found) {
    const start = /^\s*(\\\S*)/.exec(lines[line - 1] ?? '')?.[1]
    problems.push({ file: path, line, detail: start === undefined ? `${message}.` : commandAdvice(start) })
  }
  const blocks = copyBlocks(text)
  const parts = wrapped(statements).map((statement): Part => {
    const copies = readsRows(statement.node)
    const block = copies ? blocks.find(({ line }) => line === statement.line) : undefined
    const fault =
      copies && !block
        ? 'COPY … FROM STDIN must be followed by its rows and a line with "\\." alone'
        : faultOf(statement.node)
    if (fault !== undefined) problems.push({ file: path, line: statement.line, detail: `${fault}.` })
    return { ...statement, block }
  })
  for (const block of blocks)
    if (found.length === 0 && !parts.some((part) => part.block === block))
      problems.push({
        file: path,
        line: block.line,
        detail: 'a COPY with rows inside a text or comment, which would be lost; indent its first line.',
      })
  return { path, parts }
}

function commandAdvice(command: string): string {
  const advice =
    {
      '\\i': 'name that file in "seed", too',
      '\\ir': 'name that file in "seed", too',
      '\\copy': 'write COPY … FROM STDIN with the rows below it',
    }[command] ?? 'leave it out, or seed with a command that starts psql'
  return `${show(command)} is a command of psql, not SQL; ${advice}.`
}

/** BEGIN at the very beginning and COMMIT at the very end say what we do anyway. */
function wrapped(statements: readonly PlacedStatement[]): readonly PlacedStatement[] {
  const kind = (statement: PlacedStatement | undefined) =>
    statement &&
    'TransactionStmt' in statement.node &&
    !statement.node.TransactionStmt.options &&
    !statement.node.TransactionStmt.chain
      ? statement.node.TransactionStmt.kind
      : undefined
  const begins = ['TRANS_STMT_BEGIN', 'TRANS_STMT_START'].includes(kind(statements[0]) ?? '')
  return begins && kind(statements.at(-1)) === 'TRANS_STMT_COMMIT' ? statements.slice(1, -1) : statements
}

function readsRows(node: Node): boolean {
  return 'CopyStmt' in node && node.CopyStmt.is_from === true && !node.CopyStmt.filename && !node.CopyStmt.is_program
}

/** What would break the promise of one transaction, or be read otherwise than it is split. */
function faultOf(node: Node): string | undefined {
  if ('TransactionStmt' in node && !/SAVEPOINT|RELEASE|ROLLBACK_TO/.test(node.TransactionStmt.kind ?? '')) {
    return 'the files run in one transaction; leave out BEGIN, COMMIT and ROLLBACK, unless BEGIN is the first statement of the file and COMMIT the last'
  }
  if (!('VariableSetStmt' in node)) return undefined
  const { name = '', args = [] } = node.VariableSetStmt
  const [value] = args
  const text = value && 'A_Const' in value ? (value.A_Const.sval?.sval ?? '').toLowerCase() : ''
  if (name === 'standard_conforming_strings' && /^(off|false|no|0)$/.test(text)) {
    return "standard_conforming_strings must stay on; write texts with backslashes as E'…'"
  }
  if (name === 'client_encoding' && !/^utf-?8$|^unicode$/.test(text))
    return 'the files are read as UTF-8; convert this one'
  return undefined
}

/** Statements sent at once, where they are INSERTs: a round trip for each row of a dump takes minutes on a far server. */
const mostAtOnce = 500
const mostCharacters = 256 * 1024

async function runParts(sql: Session, path: string, parts: readonly Part[]): Promise<void> {
  for (let from = 0; from < parts.length;) {
    let to = from
    let size = 0
    for (; to < parts.length && to - from < mostAtOnce && size < mostCharacters; to++) {
      const part = parts[to]
      if (!part || !('InsertStmt' in part.node)) break
      size += part.text.length
    }
    if (to - from > 1) await runTogether(sql, path, parts.slice(from, to))
    else await runOne(sql, path, parts[(to = from + 1) - 1])
    from = to
  }
}

/** Where one of them fails, all are undone and run one by one, which tells which one it was. */
async function runTogether(sql: Session, path: string, parts: readonly Part[]): Promise<void> {
  await sql.query('SAVEPOINT db_branch_action_seed')
  try {
    await sql.query(parts.map(({ text }) => text).join(';\n'))
  } catch (error) {
    if (!serverWords(error)) throw error
    await sql.query('ROLLBACK TO SAVEPOINT db_branch_action_seed')
    for (const part of parts) await runOne(sql, path, part)
  }
  await sql.query('RELEASE SAVEPOINT db_branch_action_seed')
}

async function runOne(sql: Session, path: string, part: Part | undefined): Promise<void> {
  if (!part) return
  try {
    if (part.block) await copy(sql, part.text, part.block.rows)
    else await sql.query(part.text)
  } catch (error) {
    const said = serverWords(error)
    if (!said) throw error
    const place = placeOf(part, said)
    const detail = `${said.sentence} in ${firstWords(part.text)}${whereOf(said)}`
    const [line, column] = place
    throw new RefusedError(
      `Seeding failed at ${[path, ...place].join(':')}: ${detail}. Change the file; nothing was changed in the branch.`,
      { cause: error, faults: [{ file: path, line, ...(column !== undefined && { column }), detail }] },
    )
  }
}

/** @throws ProviderError as `query` does. */
async function copy(sql: Session, text: string, rows: string): Promise<void> {
  const writing = sql.stream(copyIn(text))
  await new Promise<void>((resolve, reject) => {
    writing.once('error', (cause: unknown) => reject(new ProviderError('COPY failed.', { cause })))
    writing.once('finish', resolve)
    writing.end(rows)
  })
}

/** Line and column where the server points, or else where the statement begins; of rows the line alone. */
function placeOf({ text, line, column, block }: Part, { position, copyLine }: ServerWords): [number, number?] {
  if (block && copyLine !== undefined) return [block.firstRow + copyLine - 1]
  const before = Array.from(text)
    .slice(0, Math.max(0, (position ?? 1) - 1))
    .join('')
    .split('\n')
  const last = Array.from(before.at(-1) ?? '').length
  return before.length === 1 ? [line, column + last] : [line + before.length - 1, last + 1]
}

/** `INSERT INTO orders`: words until something could be a value. */
function firstWords(text: string): string {
  const words = /^[\p{L}_][\p{L}\d_."]*(?:\s+[\p{L}_"][\p{L}\d_."]*){0,3}/u.exec(text)?.[0].replace(/\s+/g, ' ')
  return `"${show(words ?? 'this statement')} …"`
}

function whereOf({ table, column, constraint }: ServerWords): string {
  const found = [
    constraint && `constraint ${constraint}`,
    table && `table ${table}`,
    column && `column ${column}`,
  ].filter(Boolean)
  return found.length > 0 ? ` (${found.join(', ')})` : ''
}
