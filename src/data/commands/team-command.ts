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
  const report = { ms, exit, failure: whyOf(result, place), ...(statement !== undefined && { statement }) }
  throw new CommandError(`${failure}${said}.`, report)
}

/** What a command prints can quote rows: it stays in the log, and out of what others may read. */
function whyOf({ exit, ended }: CommandResult, place: string | undefined): string {
  const why = exit === undefined && ended !== undefined ? `Because ${ended}. ` : ''
  return `${why}${place === undefined ? '' : `It was at ${place}. `}What it printed is in the log of the run.`
}

function failureOf({ exit, ended, ms }: CommandResult): string {
  const after = `after ${(ms / 1000).toFixed(1)} s`
  return exit === undefined
    ? `was ended ${after}: ${ended ?? 'nobody knows why'}`
    : `failed with exit status ${exit} ${after}`
}
