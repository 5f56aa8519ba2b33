import { InputError, show } from './errors.js'
import { modes } from './inputs.js'
import { type InputName, inputNames, secretInputs } from './inputs/readers.js'
import { type OutputName, outputNames } from './ports.js'

/** What a command line asks for. */
export type Command = { readonly help: string } | Invocation

export interface Invocation {
  /** Inputs, by the names of the variables that they are read from. */
  readonly inputs: Readonly<Record<string, string>>
  /** The output that goes to standard output; everything else goes to standard error. */
  readonly print: OutputName | undefined
  /** Id of the repository in the claims, where no forge tells it. */
  readonly repository: number | undefined
  /** The pull request, where no event tells it. */
  readonly pullRequest: number | undefined
}

/** These take the number as an input, to go over one pull request only. */
const sweeps = ['cleanup', 'refresh']
/** Inputs that are true or false, so that the flag alone says true. */
const switches: readonly InputName[] = [
  'allow_http',
  'trust_names',
  'trust_code',
  'lock_report',
  'schema_diff',
  'comment',
  'deployment',
  'refresh_busy',
  'dry_run',
]

export const help = `db-branch: a database branch for each pull request

Usage: db-branch [mode] [--input value | --input=value | --switch]...
Modes: create, delete, connect, cleanup, refresh, golden, scan, report.
       auto, or none: what the job of GitHub Actions or GitLab CI/CD calls for.

Every input of the action is a flag, written with hyphens, or a variable:
  --provider NAME        postgres, neon, supabase, planetscale, xata, ...
  --pull-request NUMBER  whose branch it is; without one give --branch-name
  --parent-branch NAME   what branches are made from (default: main)
  --data-policy POLICY   schema_only, masked or copy
  --dry-run              prints the plan and changes nothing
Secrets only as variables, for everybody on a machine can read its flags:
  INPUT_ADMIN_URL, INPUT_API_KEY, INPUT_MASKING_KEY, INPUT_GITLAB_TOKEN, ...
Flags of the command line itself:
  --print NAME           prints one output: url, pooled-url, branch-name, ...
  --repository ID        id in the claims, when no CI job tells it
  --help                 prints this

Log: standard error. Exit code: 0 done, 1 failed or refused, 2 wrong use.
Example: INPUT_ADMIN_URL=postgresql://... db-branch create --print url \\
           --provider postgres --pull-request 7 --data-policy schema_only
`

/** @throws InputError for a flag that is unknown, has no value, comes twice or would show a secret. */
export function readCommand(argv: readonly string[]): Command {
  const flags = new Map<string, string>()
  const set = (name: string, value: string) => {
    if (flags.has(name)) throw usage(`"${flagOf(name)}" is given twice. Give it once`)
    flags.set(name, value)
  }
  const rest = [...argv]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--help' || word === '-h') return { help }
    if (!word.startsWith('-')) {
      if (!(modes as readonly string[]).includes(word))
        throw usage(`"${show(word)}" is no mode. Use one of ${modes.join(', ')}`)
      set('mode', word)
      continue
    }
    const [, flag = '', inline] = /^--([a-z][a-z0-9-]*)(?:=([\s\S]*))?$/.exec(word) ?? []
    const name = flag.replaceAll('-', '_')
    refuseFlag(name, word)
    const value = inline ?? (isSwitch(name) ? 'true' : rest.shift())
    if (value === undefined || (inline === undefined && value.startsWith('--'))) {
      throw usage(`"${flagOf(name)}" has no value. Give one after it, or as ${flagOf(name)}=value`)
    }
    set(name, value)
  }
  return invocationOf(flags)
}

function invocationOf(flags: ReadonlyMap<string, string>): Invocation {
  const swept = sweeps.includes(flags.get('mode') ?? '')
  const own = ['print', 'repository', ...(swept ? [] : ['pull_request'])]
  const inputs = [...flags].filter(([name]) => !own.includes(name))
  return {
    inputs: Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    print: printed(flags.get('print')),
    repository: numberOf(flags, 'repository'),
    pullRequest: swept ? undefined : numberOf(flags, 'pull_request'),
  }
}

function printed(word: string | undefined): OutputName | undefined {
  if (word === undefined) return undefined
  const name = word.replaceAll('-', '_').replace(/^(pooled_)?url$/, '$1connection_string')
  if (outputNames.includes(name as OutputName)) return name as OutputName
  throw usage(`"--print" knows no output "${show(word)}". Use url, pooled-url or another output, such as branch-name`)
}

function numberOf(flags: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = flags.get(name)
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw usage(`"${flagOf(name)}" is "${show(text)}". Use a number, such as 7`)
}

function refuseFlag(name: string, word: string): void {
  const known: readonly string[] = inputNames
  const secrets: readonly string[] = [...secretInputs, 'gitlab_token']
  if (secrets.includes(name)) {
    throw usage(
      `"${flagOf(name)}" would show a secret to everybody who lists the processes of this machine. Set INPUT_${name.toUpperCase()} in the environment`,
    )
  }
  if (name === 'print' || name === 'repository' || known.includes(name)) return
  // What follows "=" could be a secret that was mistyped.
  throw usage(`"${show(word.split('=')[0] ?? '')}" is no flag. Use --help to see them`)
}

function isSwitch(name: string): boolean {
  return (switches as readonly string[]).includes(name)
}

function flagOf(name: string): string {
  return name === 'mode' ? 'mode' : `--${name.replaceAll('_', '-')}`
}

function usage(sentence: string): InputError {
  return new InputError(`Command line: ${sentence}.`)
}
