/** What the output of a failed command says of the failure. */
export interface Words {
  /** The lines that look like the reason, else the last ones; they can quote rows. */
  readonly lines: readonly string[]
  /** Name of the migration that it was at. */
  readonly place?: string
  /** The line of the statement that the server points at, with its literals left out. */
  readonly statement?: string
}

/** Lines that a message repeats; the log has them all. */
const quoted = 3
/** Characters of each of them, and of the statement. */
const longest = 300

const reason = /\b(error|fatal|failed|exception|cannot|could not|denied|does not exist|already exists)\b/i
/** Stack frames, and fields of an error that a program has printed one by one. */
const noise = /^\s*(at\s|\w+:\s*('|\d|undefined|null)|File "|Error Code\s*:)/
const narration = /\b(migrat|appl(y|ied)|executing|reverting|location)/i
/** A word of a line, but none in brackets or single quotes, where values stand. */
const word = /(?<=^|[\s"])[\w./-]+?(?=[\s"):,]|\.{3}|$)/g
/** Such as `20260101000003_add_colour.sql`, `V3__add_colour` and `shop.0003_add_colour`. */
const migrationName = /(^|[/.])(V[\d.]+__|\d{3,}_)\w/

/** Reads the last lines of a migration tool, whichever it is: all of them repeat what the server said. */
export function wordsOf(tail: readonly string[]): Words {
  const printed = tail.map(withoutColours)
  const reasons = printed.filter((line) => reason.test(line) && !noise.test(line))
  const lines = (reasons.length > 0 ? reasons : printed).slice(-quoted).map((line) => line.trim().slice(0, longest))
  const place = placeIn(printed)
  const statement = statementIn(printed)
  return {
    lines: [...new Set(lines)],
    ...(place !== undefined && { place }),
    ...(statement !== undefined && { statement }),
  }
}

function placeIn(lines: readonly string[]): string | undefined {
  const words = lines.filter((line) => narration.test(line)).flatMap((line) => line.match(word) ?? [])
  const names = words.filter((each) => migrationName.test(each))
  return names.at(-1)?.slice(-120)
}

/** The server's own mark under the place (`^`), as psql and drivers print it; or Flyway's field. */
function statementIn(lines: readonly string[]): string | undefined {
  const mark = lines.findLastIndex((line) => /^\s*\^+\s*$/.test(line))
  const marked = lines[mark - 1]?.replace(/^\s*LINE \d+:/, '')
  const field = lines.findLast((line) => /^Statement\s*:\s/.test(line))?.replace(/^Statement\s*:/, '')
  const found = (marked ?? field)?.trim()
  return found ? withoutLiterals(found).slice(0, longest) : undefined
}

/** A migration can be made of rows that it has read. */
function withoutLiterals(sql: string): string {
  return sql.replace(/'(?:[^']|'')*('|$)/g, "'…'").replace(/\$(\w*)\$[\s\S]*?(\$\1\$|$)/g, "'…'")
}

function withoutColours(line: string): string {
  return line.replace(/\u001B\[[0-9;?]*[A-Za-z]/g, '')
}
