import type { CommandReport } from '../../domain/branch-report.js'
import { CommandError } from '../../errors.js'
import { type Command, type CommandResult, runCommand } from './run.js'

/** Lines of its output that the message of a failure repeats; the log has them all. */
const quoted = 3
/** Characters of each of them. */
const longest = 300

/**
 * Runs a command of the team's to its good end.
 * @throws CommandError naming the input, the exit status and the last that it printed.
 */
export async function runTeamCommand(input: 'migrate' | 'seed', command: Command): Promise<CommandReport> {
  const result = await runCommand(command)
  const { ms, exit } = result
  if (exit === 0) return { ms, exit }
  const failure = failureOf(result)
  // What a command prints can quote rows and literals: it stays in the log, and out of what others may read.
  const report = { ms, exit, failure: `The command of "${input}" ${failure}.` }
  throw new CommandError(`The command of "${input}" ${failure}${wordsOf(result)}.`, report)
}

function failureOf({ exit, ended, ms }: CommandResult): string {
  const after = `after ${(ms / 1000).toFixed(1)} s`
  return exit === undefined
    ? `was ended ${after}: ${ended ?? 'nobody knows why'}`
    : `failed with exit status ${exit} ${after}`
}

/** What looks like the reason, else the end of it. */
function wordsOf({ tail }: CommandResult): string {
  const reasons = tail.filter((line) => /\b(error|fatal|failed|exception|cannot|could not|denied)\b/i.test(line))
  const lines = (reasons.length > 0 ? reasons : tail)
    .slice(-quoted)
    .map((line) => withoutColours(line).trim().slice(0, longest))
  return lines.length === 0 ? ' and printed nothing' : `; it said: ${lines.join(' | ').replace(/\.$/, '')}`
}

function withoutColours(line: string): string {
  return line.replace(/\u001B\[[0-9;?]*[A-Za-z]/g, '')
}
