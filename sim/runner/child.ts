/** One child process of a step, its lines and its end (`src/Runner.Sdk/ProcessInvoker.cs`). */
import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Times } from './model.js'
import { killTree } from './orphans.js'

export interface ChildRequest {
  readonly argv: readonly [string, ...string[]]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** SIGINT, then SIGTERM, then the end of the process tree. */
  readonly cancel: AbortSignal
  /** The end at once: five minutes after a cancellation. */
  readonly force: AbortSignal
  readonly times: Times
  readonly onLine: (line: string, stream: Stream) => void
}

export type Stream = 'stdout' | 'stderr'

/** Lines as .NET's `StreamReader.ReadLine` cuts them: at CR LF, LF, or a lone CR. */
class Lines {
  readonly #decoder = new StringDecoder('utf8')
  #rest = ''

  push(chunk: Buffer): string[] {
    const text = this.#rest + this.#decoder.write(chunk)
    const held = text.endsWith('\r') ? text.slice(0, -1) : text // a CR LF may be cut in two
    const lines = held.split(/\r\n|\r|\n/)
    this.#rest = (lines.pop() ?? '') + text.slice(held.length)
    return lines
  }

  end(): string[] {
    const rest = this.#rest + this.#decoder.end()
    this.#rest = ''
    return rest === '' ? [] : [rest.replace(/\r$/, '')]
  }
}

/** `ProcessOutput` 398-441: in every batch all stderr lines come before the stdout lines. */
class Batches {
  #errors: string[] = []
  #outputs: string[] = []
  #timer: NodeJS.Timeout | undefined
  readonly #emit: ChildRequest['onLine']
  readonly #window: number

  constructor(emit: ChildRequest['onLine'], window: number) {
    this.#emit = emit
    this.#window = window
  }

  read(stream: Readable, kind: Stream): Promise<void> {
    const lines = new Lines()
    const add = (found: readonly string[]): void => {
      if (kind === 'stderr') this.#errors.push(...found)
      else this.#outputs.push(...found)
      if (found.length > 0) this.#timer ??= setTimeout(() => this.flush(), this.#window)
    }
    stream.on('data', (chunk: Buffer) => add(lines.push(chunk)))
    return new Promise((resolve) => {
      stream.once('close', () => {
        add(lines.end())
        resolve()
      })
    })
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const [errors, outputs] = [this.#errors.splice(0), this.#outputs.splice(0)]
    for (const line of errors) this.#emit(line, 'stderr')
    for (const line of outputs) this.#emit(line, 'stdout')
  }
}

/** Resolves with the exit code (128 + n after signal n), as .NET reports it. Rejects with what `onLine` threw. */
export async function runChild(request: ChildRequest): Promise<number> {
  const [file, ...args] = request.argv
  const child = spawn(file, args, { cwd: request.cwd, env: request.env, stdio: ['ignore', 'pipe', 'pipe'] })
  let fault: unknown
  const batches = new Batches((line, stream) => {
    if (fault !== undefined) return
    try {
      request.onLine(line, stream)
    } catch (error) {
      fault = error
      kill(child)
    }
  }, request.times.batchMs)
  const exited = exitOf(child)
  const streams = Promise.all([batches.read(child.stdout, 'stdout'), batches.read(child.stderr, 'stderr')])
  const ended = new AbortController()
  const ending = endOnCancel(child, request, ended.signal)
  try {
    const code = await exited
    await closeStreams(child, streams, request.times.streamsMs)
    batches.flush()
    ended.abort()
    await ending
    if (fault !== undefined) throw fault as Error
    return code
  } finally {
    ended.abort()
  }
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal as NodeJS.Signals]))
  })
}

/** `ProcessExitedHandler` 485-505: a grandchild may hold the pipes; the runner waits five seconds for it. */
async function closeStreams(child: ChildProcess, streams: Promise<unknown>, streamsMs: number): Promise<void> {
  const waiting = new AbortController()
  const late = sleep(streamsMs, 'late', { signal: waiting.signal }).catch(() => 'closed')
  const first = await Promise.race([streams.then(() => 'closed'), late])
  waiting.abort()
  if (first === 'closed') return
  child.stdout?.destroy()
  child.stderr?.destroy()
  await streams
}

function kill(child: ChildProcess): void {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) killTree(child.pid)
}

/** `CancelAndKillProcessTree` 443-465. On Linux the signals go to that one process. */
async function endOnCancel(child: ChildProcess, request: ChildRequest, ended: AbortSignal): Promise<void> {
  const isOver = (): boolean => ended.aborted || child.exitCode !== null || child.signalCode !== null
  const force = (): void => kill(child)
  request.force.addEventListener('abort', force, { once: true })
  if (request.force.aborted) force()
  await aborted(request.cancel, ended)
  for (const [signal, wait] of [
    ['SIGINT', request.times.sigintMs],
    ['SIGTERM', request.times.sigtermMs],
  ] as const) {
    if (isOver()) break
    child.kill(signal)
    await sleep(wait, undefined, { signal: ended }).catch(() => undefined)
  }
  if (!isOver()) kill(child)
  request.force.removeEventListener('abort', force)
}

function aborted(signal: AbortSignal, other: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      signal.removeEventListener('abort', done)
      other.removeEventListener('abort', done)
      resolve()
    }
    if (signal.aborted || other.aborted) done()
    signal.addEventListener('abort', done)
    other.addEventListener('abort', done)
  })
}
