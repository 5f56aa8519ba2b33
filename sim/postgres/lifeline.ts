import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import path from 'node:path'
import { type Account, runAs } from './account.js'

/**
 * Runs a program that cannot outlive this process. A shell holds the read end of a pipe, we hold the write end and never
 * write: when we end it, exit, crash or are killed with SIGKILL, the shell reads the end of the file, stops the program
 * and removes the directory. No exit hook and no signal trap of ours is involved, so nothing can be forgotten or skipped.
 * The signal is repeated because a program that is just starting still ignores it. When the program ends by itself the
 * directory stays, for its log.
 */
const SCRIPT = `
directory=$1; shift
exec 3<&0 </dev/null
"$@" 3<&- &
program=$!
(read -r _ <&3; trap 'exit 0' TERM; while kill -QUIT "$program"; do sleep 0.05; done) 2>/dev/null &
guard=$!
wait "$program"
code=$?
kill "$guard" 2>/dev/null
wait "$guard" 2>/dev/null && rm -rf "$directory"
exit "$code"
`

export interface Guarded {
  /** The exit code (128 + n for signal n), once the program has ended. */
  readonly ended: Promise<number>
  hasEnded(): boolean
  /** The last lines the program printed. */
  output(): string
  /** From now on this process may end while the program runs; it then goes too. */
  release(): void
  /** Stops the program and removes the directory. */
  cut(): Promise<void>
}

/** `directory` is what is removed in the end; it holds `data`, the working directory, and `log`. */
export interface Guard {
  readonly directory: string
  readonly account: Account | undefined
}

export function runGuarded(guard: Guard, command: readonly string[]): Guarded {
  const log = path.join(guard.directory, 'log')
  const file = openSync(log, 'w')
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'lifeline', guard.directory, ...command], {
    cwd: path.join(guard.directory, 'data'),
    // Nothing of our environment: PGDATA, PGPORT or an odd LANG would change what the program does.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['pipe', file, file],
    detached: true, // Ctrl-C reaches us, not the shell that cleans up after us
    ...runAs(guard.account),
  })
  closeSync(file)

  let done = false
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', (error) => {
      done = true
      reject(new Error(`/bin/sh could not be started to run ${command[0] ?? ''}: ${error.message}`))
    })
    child.once('exit', (code) => {
      done = true
      resolve(code ?? 137)
    })
  })
  ended.catch(() => undefined)
  child.stdin?.on('error', () => undefined)

  return {
    ended,
    hasEnded: () => done,
    output: () => lastLines(log),
    release() {
      child.unref()
      ;(child.stdin as Socket | null)?.unref()
    },
    async cut() {
      if (done) return
      child.ref()
      const late = setTimeout(() => killGroup(child), 10_000)
      child.stdin?.end()
      await ended.catch(() => undefined)
      clearTimeout(late)
    },
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // already gone
  }
}

function lastLines(log: string): string {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-20).join('\n')
  } catch {
    return ''
  }
}
