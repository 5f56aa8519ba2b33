import type { CommandReport } from '../../domain/branch-report.js'
import { CommandError } from '../../errors.js'
import { type Command, type CommandResult, runCommand } from './run.js'
import { wordsOf } from './words.js'

/**
 * Runs a command of the team's to its good end.
 * @throws CommandError naming the input, the exit status, the migration and what was said of it.
 */
export async function runTeamCommand(input: 'migrate' | 'seed', command: Command): Promise<CommandReport> {
  const result = await runCommand(command)
  const { ms, exit } = result
  if (exit === 0) return { ms, exit }
  const { lines, place, statement } = wordsOf(result.tail)
  const failure = `The command of "${input}" ${failureOf(result)}${place === undefined ? '' : ` in ${place}`}`
  const at = statement === undefined ? '' : `, at ${statement}`
  const said = lines.length === 0 ? ' and printed nothing' : `; it said: ${lines.join(' | ').replace(/[.;]$/, '')}${at}`
  // What a command prints can quote rows: it stays in the log, and out of what others may read.
  const report = { ms, exit, failure: `${failure}.`, ...(statement !== undefined && { statement }) }
  throw new CommandError(`${failure}${said}.`, report)
}

function failureOf({ exit, ended, ms }: CommandResult): string {
  const after = `after ${(ms / 1000).toFixed(1)} s`
  return exit === undefined
    ? `was ended ${after}: ${ended ?? 'nobody knows why'}`
    : `failed with exit status ${exit} ${after}`
}
