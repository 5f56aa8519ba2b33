import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { CancelledError } from '../../errors.js'
import { lineCutter } from './lines.js'

export interface Command {
  /** As the workflow writes it: text for a shell. */
  readonly script: string
  readonly directory: string
  readonly env: Readonly<Record<string, string>>
  /** Milliseconds after which it is ended, with everything that it started. */
  readonly timeout: number
  /** The run's own end. */
  readonly signal: AbortSignal
  /** Milliseconds since an arbitrary start. */
  readonly elapsed: () => number
  /** Gets each line that it prints, in order. Must mask secrets. */
  readonly line: (text: string) => void
}

export interface CommandResult {
  readonly ms: number
  /** Exit status; undefined when a signal or the deadline ended it. */
  readonly exit: number | undefined
  /** Why there is no exit status, in words. */
  readonly ended?: string
  /** The last lines that were not blank, for a message. */
  readonly tail: readonly string[]
}

/** Name of the variable by which the shell gets the script: an argument could be read by every process. */
const scriptVariable = 'DB_BRANCH_SCRIPT'
const start = `s=$${scriptVariable}; unset ${scriptVariable}; eval "$s"`
/** Drivers print an error with twenty fields and a stack below its words. */
const tailLines = 100
/** Milliseconds between asking a process to end and ending it. */
const grace = 5000

/**
 * Runs a team's command as a step of a workflow would be: by bash with -e and pipefail where there is one, else by sh -e.
 * It has a process group of its own, so that nothing it started outlives it.
 * @throws CancelledError when the run is cancelled meanwhile; the command is ended first.
 */
export async function runCommand(command: Command): Promise<CommandResult> {
  const began = command.elapsed()
  const bash = await attempt(command, 'bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', start])
  const result = bash ?? (await attempt(command, 'sh', ['-e', '-c', start]))
  if (command.signal.aborted) throw new CancelledError('cancelled')
  const ms = Math.round(command.elapsed() - began)
  return result
    ? { ms, ...result }
    : { ms, exit: undefined, ended: 'there is neither bash nor sh on this machine', tail: [] }
}

/** Undefined when there is no such shell. */
async function attempt(
  { script, directory, env, timeout, signal, line }: Command,
  shell: string,
  args: readonly string[],
): Promise<Omit<CommandResult, 'ms'> | undefined> {
  const tail: string[] = []
  const child = spawn(shell, args, {
    cwd: directory,
    env: { ...env, [scriptVariable]: script },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  const keep = (text: string) => {
    if (text.trim() !== '') tail.push(text)
    if (tail.length > tailLines) tail.shift()
    line(text)
  }
  const streams = [child.stdout, child.stderr].map((stream) => {
    const cutter = lineCutter(keep)
    stream.setEncoding('utf8').on('data', (chunk: string) => cutter.push(chunk))
    return cutter
  })
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeout)])
  const end = () => void endGroup(child)
  deadline.addEventListener('abort', end, { once: true })
  if (deadline.aborted) end()
  try {
    const outcome = await ending(child)
    for (const cutter of streams) cutter.end()
    if (outcome === 'missing') return undefined
    if (outcome.exit !== null && !deadline.aborted) return { exit: outcome.exit, tail }
    const late = deadline.aborted && !signal.aborted
    const ended = late
      ? `it did not end within ${Math.round(timeout / 60_000)} min ("command_timeout")`
      : `the signal ${outcome.signal ?? 'of the run'} ended it`
    return { exit: undefined, ended, tail }
  } finally {
    deadline.removeEventListener('abort', end)
    // What it left running in the background would go on with the branch's URL.
    signalGroup(child, 'SIGKILL')
    // What has left the group as well holds the pipes, and would keep this process from its end.
    for (const stream of [child.stdout, child.stderr]) stream.destroy()
  }
}

function ending(child: ChildProcess): Promise<'missing' | { exit: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve('missing') : reject(error),
    )
    // A background process can hold the pipes open for ever: the shell's own end counts, and what it printed until then.
    child.once('exit', (exit, signal) => {
      const closed = new Promise((done) => child.once('close', done))
      void Promise.race([closed, delay(500, undefined, { ref: false })]).then(() => resolve({ exit, signal }))
    })
  })
}

async function endGroup(child: ChildProcess): Promise<void> {
  signalGroup(child, 'SIGTERM')
  await delay(grace, undefined, { ref: false })
  signalGroup(child, 'SIGKILL')
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch {
    // It is gone already, which is what was wanted.
  }
}
