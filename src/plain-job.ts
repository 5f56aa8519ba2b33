import { writeFileSync } from 'node:fs'
import { RefusedError } from './errors.js'
import type { FilePlace, Job, OutputName } from './ports.js'
import { type GroupMarks, LogGroups } from './ports/log-groups.js'
import { redact, type Secret, shortestMask } from './secret.js'

export interface PlainJobOptions {
  /** Takes one line of the log. */
  readonly print: (line: string) => void
  /** Whether the log holds what only helps to find an error. */
  readonly debug: boolean
  /** Milliseconds since 1970, where the log is GitLab's, which folds sections and times them; undefined: headings will do. */
  readonly now: (() => number) | undefined
  /** File that later jobs get their variables from; undefined where there are none. */
  readonly dotenvFile: string | undefined
  readonly summaryFile: string | undefined
}

/** A job on a runner that knows no commands: nothing masks its log but this. */
export interface PlainJob extends Job {
  /** What was given out under this name; undefined when nothing was. */
  given(name: OutputName): string | undefined
  /** What `saveState` kept under this name; empty when nothing was. */
  saved(name: string): string
}

/** Outputs that let somebody in. A dotenv file is an artifact, which is not masked and which anybody may download. */
const secretOutputs: readonly OutputName[] = ['connection_string', 'pooled_connection_string', 'password']

/** Bytes of all variables together: https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsdotenv */
const dotenvLimit = 5 * 1024

export function plainJob({ print, debug, now, dotenvFile, summaryFile }: PlainJobOptions): PlainJob {
  const masked: Secret[] = []
  const outputs = new Map<OutputName, string>()
  const states = new Map<string, string>()
  let dotenvSize = 0
  const append = appender()
  const write = (text: string) => {
    for (const line of redact(text, masked).split('\n')) print(withoutSections(line))
  }
  const groups = new LogGroups({
    ...(now ? sections(print, (title) => redact(title, masked), now) : headings(write)),
    line: write,
  })
  const say = (text: string) => {
    groups.outside()
    write(text)
  }
  const keep = (name: OutputName, value: string) => {
    if (dotenvFile === undefined || value === '' || secretOutputs.includes(name)) return
    const line = `${variableName(name)}=${value}\n`
    if (redact(line, masked) !== line) return say(`Output "${name}" is not passed on: it holds a secret.`)
    // Later jobs read one line for each variable, and GitLab fails the job whose file is too long.
    if (/[\r\n]/.test(value)) return say(`Output "${name}" is not passed on: it has more than one line.`)
    if (dotenvSize + Buffer.byteLength(line) > dotenvLimit) {
      return say(`Output "${name}" is not passed on: all of them together are longer than ${dotenvLimit} bytes.`)
    }
    dotenvSize += Buffer.byteLength(line)
    append(dotenvFile, line)
  }
  return {
    mask(secret) {
      if (secret.length === 0 || masked.some((known) => known.reveal() === secret.reveal())) return
      if (secret.length >= shortestMask) masked.push(secret)
      else
        say(
          `WARNING: A secret has fewer than ${shortestMask} characters and cannot be masked without blanking ordinary words; use a longer one.`,
        )
    },
    secrets: () => masked,
    info(line) {
      groups.inside()
      write(line)
    },
    debug: (line) => (debug ? write(`DEBUG: ${line}`) : undefined),
    notice: (message) => say(`NOTICE: ${message}`),
    warning: (message, place) => say(`WARNING: ${at(place)}${message}`),
    error: (message, place) => say(`ERROR: ${at(place)}${message}`),
    group: (title, body) => groups.run(title, body),
    progress: (what) => groups.at(what),
    output(name, value) {
      outputs.set(name, value)
      keep(name, value)
    },
    exportVariable(name) {
      throw new RefusedError(
        `Exporting ${name} failed: there are no later steps here that could get it. Leave "export_env" out, and use --print url.`,
      )
    },
    hides: (text) => redact(text, masked) !== text,
    saveState: (name, value) => void states.set(name, value),
    async summary(markdown) {
      if (summaryFile !== undefined) append(summaryFile, redact(markdown, masked))
    },
    given: (name) => outputs.get(name),
    saved: (name) => states.get(name) ?? '',
  }
}

function at(place: FilePlace | undefined): string {
  if (!place) return ''
  const { file, line, column } = place
  return `${file}:${line}${column === undefined ? '' : `:${column}`}: `
}

const headings = (write: (text: string) => void): Pick<GroupMarks, 'open' | 'close'> => ({
  open: (title) => write(`${title}:`),
  close: () => undefined,
})

/** Sections of GitLab, folded at first and with their time: https://docs.gitlab.com/ci/jobs/job_logs/ */
function sections(
  print: (line: string) => void,
  clean: (title: string) => string,
  now: () => number,
): Pick<GroupMarks, 'open' | 'close'> {
  let count = 0
  const mark = (what: string) => `\u001B[0Ksection_${what}\r\u001B[0K`
  const seconds = () => Math.floor(now() / 1000)
  return {
    open(title) {
      count += 1
      print(`${mark(`start:${seconds()}:db_branch_${count}[collapsed=true]`)}${withoutSections(clean(title))}`)
    },
    close: () => print(mark(`end:${seconds()}:db_branch_${count}`)),
  }
}

/** Text that GitLab cannot take for the beginning or end of a section. */
function withoutSections(line: string): string {
  return line.replaceAll(/section_(?=start:|end:)/g, 'section_\u200B')
}

/** What lies there from an earlier job, or out of the git branch, is replaced by the first text. */
function appender(): (file: string, text: string) => void {
  const begun = new Set<string>()
  return (file, text) => {
    writeFileSync(file, text, { flag: begun.has(file) ? 'a' : 'w' })
    begun.add(file)
  }
}

/** Such as `DB_BRANCH_NAME`, `DB_BRANCH_HOST`: no variable that a program reads by itself. */
function variableName(output: OutputName): string {
  return `DB_BRANCH_${output.replace(/^branch_/, '').toUpperCase()}`
}
