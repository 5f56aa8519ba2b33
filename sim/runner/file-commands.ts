/** The files a step writes to: GITHUB_OUTPUT, GITHUB_ENV, GITHUB_STATE, GITHUB_PATH, GITHUB_STEP_SUMMARY (`FileCommandManager.cs`). */
import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StepLog } from './log.js'

/** `CreateStepSummaryCommand.AttachmentSizeLimit` 223. */
const SUMMARY_LIMIT = 1024 * 1024

/** Context name and file prefix, in the order the runner processes them (`ExtensionManager.cs` 59-64). */
const FILES = [
  ['path', 'add_path_'],
  ['env', 'set_env_'],
  ['step_summary', 'step_summary_'],
  ['state', 'save_state_'],
  ['output', 'set_output_'],
] as const

type FileName = (typeof FILES)[number][0]

/** Where the contents of the files go. */
export interface FileTargets {
  /** Whether what the file holds is searched for secrets, value by value. */
  searched(file: string): boolean
  addPath(path: string): void
  setEnv(name: string, value: string): void
  setSummary(text: string): void
  saveState(name: string, value: string): void
  setOutput(name: string, value: string): void
}

export class StepFiles {
  readonly paths: Readonly<Record<FileName, string>>

  constructor(runnerTemp: string) {
    const directory = join(runnerTemp, '_runner_file_commands')
    const suffix = randomUUID()
    mkdirSync(directory, { recursive: true })
    this.paths = Object.fromEntries(FILES.map(([name, prefix]) => [name, join(directory, prefix + suffix)])) as never
    for (const path of Object.values(this.paths)) writeFileSync(path, '')
  }

  /** `ProcessFiles` 75-90, in the `finally` of a step: what was written before a kill counts. False fails the step. */
  process(targets: FileTargets, log: StepLog): boolean {
    let succeeded = true
    for (const [name] of FILES) {
      try {
        this.#processOne(name, targets, log)
      } catch (error) {
        log.error(`Unable to process file command '${name}' successfully.`)
        log.error((error as Error).message)
        succeeded = false
      }
    }
    return succeeded
  }

  #processOne(name: FileName, targets: FileTargets, log: StepLog): void {
    const path = this.paths[name]
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return
    if (name === 'step_summary') {
      summarize(path, targets, log)
      return
    }
    const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
    rmSync(path)
    if (name === 'path') {
      log.sink('path-file', text)
      for (const line of text.split(/\r\n|\r|\n/)) if (line !== '') targets.addPath(line)
      return
    }
    const values: Record<string, string> = {}
    log.sink(`${name}-file`, text, targets.searched(name) ? values : undefined)
    for (const { key, value } of keyValuePairs(text)) {
      values[key] = value
      if (name === 'output') {
        targets.setOutput(key, value)
        log.debug(`Set output ${key} = ${value}`)
      } else if (name === 'state') {
        targets.saveState(key, value)
        log.debug(`Save intra-action state ${key} = ${value}`)
      } else if (key.toUpperCase() === 'NODE_OPTIONS') {
        log.error(`Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.`) // FileCommandManager.cs 163-176, 214-217
      } else {
        targets.setEnv(key, value)
        log.debug(`${key}='${value}'`)
      }
    }
  }
}

/** `CreateStepSummaryCommand` 221-293: every line masked; too big is an error, but fails nothing. */
function summarize(path: string, targets: FileTargets, log: StepLog): void {
  const { size } = statSync(path)
  if (size > SUMMARY_LIMIT) {
    log.error(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${SUMMARY_LIMIT / 1024}k, got ${Math.floor(size / 1024)}k. For more information see: https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-markdown-summary`,
    )
    return
  }
  if (size === 0) return
  const lines = readFileSync(path, 'utf8').split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  const masked = lines.map((line) => `${log.job.masker.mask(line)}\n`).join('')
  log.sink('summary', masked)
  targets.setSummary(masked)
}

/** `EnvFileKeyValuePairs` 353-453: `name=value` lines and `name<<delimiter` blocks. Pairs before a fault still count. */
function* keyValuePairs(text: string): Generator<{ key: string; value: string }> {
  const reader = new LineReader(text)
  for (let line = reader.next(); line !== undefined; line = reader.next()) {
    if (line.text === '') continue
    const equals = line.text.indexOf('=')
    const heredoc = line.text.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      yield { key: line.text.slice(0, equals), value: line.text.slice(equals + 1) }
    } else if (heredoc >= 0) {
      yield { key: line.text.slice(0, heredoc), value: readBlock(reader, line.text, heredoc) }
    } else throw new Error(`Invalid format '${line.text}'`)
  }
}

function readBlock(reader: LineReader, opening: string, heredoc: number): string {
  const delimiter = opening.slice(heredoc + 2)
  if (heredoc === 0 || delimiter === '') {
    throw new Error(`Invalid format '${opening}'. Name must not be empty and delimiter must not be empty`)
  }
  let block = ''
  let newline = ''
  for (;;) {
    const line = reader.next()
    if (line === undefined) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
    if (line.text === delimiter) return block
    if (line.newline === '') throw new Error('Invalid value. EOF marker missing new line.')
    block += newline + line.text
    newline = line.newline
  }
}

class LineReader {
  readonly #text: string
  #at = 0
  constructor(text: string) {
    this.#text = text
  }
  next(): { text: string; newline: string } | undefined {
    if (this.#at >= this.#text.length) return undefined
    const match = /\r\n|\r|\n/g
    match.lastIndex = this.#at
    const found = match.exec(this.#text)
    const line = { text: this.#text.slice(this.#at, found?.index), newline: found?.[0] ?? '' }
    this.#at += line.text.length + line.newline.length
    return line
  }
}
