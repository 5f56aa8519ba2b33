/** The command channel: `::command key=value::data` on a child's output (`ActionCommand.cs`, `ActionCommandManager.cs`). */
import { relative } from 'node:path'
import type { StepLog } from './log.js'
import { UnsupportedError } from './errors.js'
import type { AnnotationLevel } from './model.js'

interface Command {
  readonly name: string
  readonly properties: Record<string, string>
  readonly data: string
}

/** Commands the runner knows (`ExtensionManager.cs` 42-57), and the one its command channel adds itself. */
const REGISTERED = [
  ...['stop-commands', 'add-mask', 'debug', 'error', 'warning', 'notice', 'group', 'endgroup', 'echo'],
  ...['save-state', 'set-output', 'set-env', 'add-path', 'add-matcher', 'remove-matcher'],
]
/** Deprecated or of no use here: refused instead of half done. */
const REFUSED = new Set(['save-state', 'set-output', 'add-matcher', 'remove-matcher'])
const DISABLED = new Set(['set-env', 'add-path'])
const OMIT_ECHO = new Set(['add-mask', 'debug', 'error', 'warning', 'notice'])

const STOP_TOKEN_REFUSED =
  "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command. For more information see: https://docs.github.com/actions/learn-github-actions/workflow-commands-for-github-actions#example-stopping-and-starting-workflow-commands or opt into insecure command execution by setting the `ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS` environment variable to `true`."

const DATA_ESCAPES = [['%0D', '\r'], ['%0A', '\n'], ['%25', '%']] as const // prettier-ignore
const PROPERTY_ESCAPES = [['%0D', '\r'], ['%0A', '\n'], ['%3A', ':'], ['%2C', ','], ['%25', '%']] as const // prettier-ignore
const OLD_ESCAPES = [['%3B', ';'], ['%0D', '\r'], ['%0A', '\n'], ['%5D', ']'], ['%25', '%']] as const // prettier-ignore

type Escapes = readonly (readonly [string, string])[]

const unescape = (text: string, escapes: Escapes): string =>
  escapes.reduce((done, [escaped, plain]) => done.replaceAll(escaped, plain), text)

function propertiesOf(text: string, separator: string, escapes: Escapes): Record<string, string> {
  const properties: Record<string, string> = {}
  for (const part of text.split(separator)) {
    const equals = part.indexOf('=')
    const [key, value] = [part.slice(0, equals).trim(), part.slice(equals + 1)]
    if (equals > 0 && value !== '') properties[key] = unescape(value, escapes)
  }
  return properties
}

interface Form {
  readonly info: string
  readonly data: string
  readonly separator: string
  readonly escapes: Escapes
  readonly dataEscapes: Escapes
}

/** `TryParseV2` 51-119: `::` opens the line; `TryParse` 121-189: the older `##[` may stand anywhere in it. */
function formOf(line: string): Form | undefined {
  const trimmed = line.trimStart()
  const close = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1
  if (close >= 0) {
    const texts = { info: trimmed.slice(2, close), data: trimmed.slice(close + 2) }
    return { ...texts, separator: ',', escapes: PROPERTY_ESCAPES, dataEscapes: DATA_ESCAPES }
  }
  const open = line.indexOf('##[')
  const end = open < 0 ? -1 : line.indexOf(']', open)
  if (end < 0) return undefined
  const texts = { info: line.slice(open + 3, end), data: line.slice(end + 1) }
  return { ...texts, separator: ';', escapes: OLD_ESCAPES, dataEscapes: OLD_ESCAPES }
}

function parseCommand(line: string, registered: ReadonlySet<string>): Command | undefined {
  const form = formOf(line)
  if (form === undefined) return undefined
  const space = form.info.indexOf(' ')
  const name = space < 0 ? form.info : form.info.slice(0, space)
  if (!registered.has(name.toLowerCase())) return undefined
  const properties = space < 0 ? {} : propertiesOf(form.info.slice(space + 1), form.separator, form.escapes)
  return { name: name.toLowerCase(), properties, data: unescape(form.data, form.dataEscapes) }
}

/** The channel of one step: stdout and stderr both pass through it (`OutputManager.cs` 77-99). */
export class CommandChannel {
  /** `CommandResult`: a command that could not be processed fails the step. */
  failed = false
  readonly #log: StepLog
  readonly #workspace: string
  readonly #registered = new Set(REGISTERED)
  #stopToken: string | undefined
  #echo: boolean

  constructor(log: StepLog, workspace: string) {
    this.#log = log
    this.#workspace = workspace
    this.#echo = log.job.debug
  }

  /** One line of a child: a command, or text for the log. */
  receive(line: string): void {
    if ((line.includes('::') || line.includes('##[')) && this.#tryProcess(line)) return
    this.#log.output(
      line.replaceAll('##[start-action', '##[\\start-action').replaceAll('##[end-action', '##[\\end-action'),
    )
  }

  /** `TryProcessCommand` 61-154. While commands are stopped, `add-mask` is text like any other. */
  #tryProcess(line: string): boolean {
    const command = parseCommand(line, this.#registered)
    if (command === undefined) return false
    if (this.#stopToken !== undefined) {
      if (command.name !== this.#stopToken.toLowerCase()) return false
      this.#log.output(line)
      this.#registered.delete(this.#stopToken.toLowerCase())
      this.#stopToken = undefined
      return true
    }
    if (command.name === 'stop-commands') this.#stop(command.data, line)
    else this.#perform(command, line)
    return true
  }

  #stop(token: string, line: string): void {
    const refused = token === '' || token.toLowerCase() === 'pause-logging' || this.#registered.has(token.toLowerCase())
    if (refused) throw new Error(STOP_TOKEN_REFUSED)
    this.#stopToken = token
    this.#registered.add(token.toLowerCase())
    if (token.length > 6) this.#log.job.register(token, 'stop-token')
    this.#log.output(line)
  }

  #perform(command: Command, line: string): void {
    if (REFUSED.has(command.name)) throw new UnsupportedError(`the workflow command '${command.name}'`)
    const omitEcho = OMIT_ECHO.has(command.name)
    if (this.#echo && !omitEcho) this.#log.output(line)
    const error = this.#carryOut(command)
    if (error === undefined) return
    this.#log.error(`Unable to process command '${omitEcho ? command.name : line}' successfully.`)
    this.#log.error(error)
    this.failed = true
  }

  /** The message of the exception the runner would throw. */
  #carryOut({ name, properties, data }: Command): string | undefined {
    if (DISABLED.has(name)) {
      return `The \`${name}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command execution by setting the \`ACTIONS_ALLOW_UNSECURE_COMMANDS\` environment variable to \`true\`. For more information see: https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/`
    }
    if (name === 'add-mask') this.#addMask(data)
    else if (name === 'debug') this.#log.debug(data)
    else if (name === 'group') this.#log.output(`##[group]${data}`)
    else if (name === 'endgroup') this.#log.output('##[endgroup]')
    else if (name === 'echo') return this.#setEcho(data)
    else this.#log.issue(name as AnnotationLevel, data, this.#issueProperties(properties))
    return undefined
  }

  /** `AddMaskCommandExtension` 420-451. */
  #addMask(value: string): void {
    if (value.trim() === '') {
      this.#log.warning("Can't add secret mask for empty string in ##[add-mask] command.")
      return
    }
    if (this.#echo) this.#log.output('::add-mask::***')
    this.#log.job.register(value, 'add-mask')
  }

  #setEcho(value: string): string | undefined {
    const wanted = value.trim().toUpperCase()
    if (wanted !== 'ON' && wanted !== 'OFF') {
      return `Invalid echo command value. Possible values can be: 'on', 'off'. Current value is: '${value}'.`
    }
    this.#echo = wanted === 'ON'
    return undefined
  }

  /** `IssueCommandExtension` 644-790: a path becomes relative; lines and columns that contradict each other go. */
  #issueProperties(given: Record<string, string>): Record<string, string> {
    const properties = { ...given }
    const file = properties['file']
    if (file?.startsWith(`${this.#workspace}/`)) properties['file'] = relative(this.#workspace, file)
    const drop = (...keys: string[]): void => keys.forEach((key) => delete properties[key])
    if (properties['endLine'] !== undefined) properties['line'] ??= properties['endLine']
    if (properties['endColumn'] !== undefined) properties['col'] ??= properties['endColumn']
    const { line, endLine, col, endColumn } = properties
    const severalLines = endLine !== undefined && line !== endLine
    if (line === undefined || severalLines) drop('col', 'endColumn')
    if (Number(endLine) < Number(line)) drop('line', 'endLine')
    if (Number(endColumn) < Number(col)) drop('col', 'endColumn')
    return properties
  }
}
