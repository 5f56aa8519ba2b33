#!/usr/bin/env node
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Invocation, readCommand } from './cli.js'
import { CancelledError, InputError, messageOf } from './errors.js'
import { runMain, runPost, type World } from './main.js'
import { openJob } from './open-ports.js'
import { tellFailure } from './tell.js'
import { troubleshootingPage } from './troubleshooting.js'

const { argv } = process
const cancelled = new AbortController()
// The runner sends SIGINT, 7.5 s later SIGTERM and 2.5 s later kills: actions/runner src/Runner.Sdk/ProcessInvoker.cs.
process.on('SIGINT', () => cancelled.abort())
process.on('SIGTERM', () => cancelled.abort())

/** Milliseconds for taking away what a failed run was building, where no post step does it. */
const undoTime = 60_000

async function start(): Promise<void> {
  const command = readCommand(argv.slice(2))
  if ('help' in command) process.stdout.write(command.help)
  else await run(command)
}

async function run(command: Invocation): Promise<void> {
  const env = { ...process.env, ...command.inputs }
  const { job, plain } = openJob(env, {
    print: (line) => process.stderr.write(`${line}\n`),
    now: () => Date.now(),
  })
  // One bundle serves both steps; the state tells the post step from the main step.
  const isPost = !plain && env['STATE_main'] === 'done'
  const saved = (name: string) => (plain ? plain.saved(name) : (env[`STATE_${name}`] ?? ''))
  let subject = 'The run'
  const about = (known: string) => (subject = known)
  const world = (signal: AbortSignal) => worldOf({ env, command, job, saved, about, signal })
  try {
    if (command.print !== undefined && !plain) {
      throw new InputError(
        'Command line: "--print" does not go with GitHub Actions, which has step outputs. Remove it.',
      )
    }
    if (isPost) return await runPost(world(cancelled.signal))
    job.saveState('main', 'done')
    await runMain(world(cancelled.signal))
    if (command.print !== undefined) print(command.print, plain?.given(command.print))
  } catch (error) {
    process.exitCode = plain && error instanceof InputError ? 2 : 1
    const rest = plain ? 'What it was building is taken away now.' : 'The post step takes away what it was building.'
    await tellFailure(job, error, {
      subject,
      source: { repository: env['GITHUB_ACTION_REPOSITORY'], ref: env['GITHUB_ACTION_REF'] },
      ms: performance.now(),
      cancelled: cancelled.signal.aborted ? rest : undefined,
    })
    if (plain)
      await runPost(world(AbortSignal.timeout(undoTime))).catch((fault: unknown) => job.error(messageOf(fault)))
  }
}

type Start = Pick<World, 'env' | 'command' | 'job' | 'saved' | 'about' | 'signal'>

function worldOf(start: Start): World {
  const { env, signal } = start
  const eventPath = env['GITHUB_EVENT_PATH']
  const workspace = resolve(env['GITHUB_WORKSPACE'] ?? env['CI_PROJECT_DIR'] ?? '.')
  return {
    ...start,
    workspace,
    payload: () => (eventPath !== undefined && existsSync(eventPath) ? readFileSync(eventPath, 'utf8') : undefined),
    workspaceFile: (path) => {
      const file = resolve(workspace, path)
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined
    },
    person: `${env['USER'] ?? ''}@${hostname()}`,
    clock: {
      now: () => new Date(),
      elapsed: () => performance.now(),
      sleep: (ms) =>
        delay(ms, undefined, { signal }).catch((cause: unknown) => {
          throw new CancelledError('cancelled', { cause })
        }),
    },
    random: (bytes) => randomBytes(bytes).toString('hex'),
  }
}

/** An empty value would make a script go on with nothing. */
function print(name: string, value: string | undefined): void {
  if (value === undefined || value === '') throw new Error(`There is nothing to print: output "${name}" is empty.`)
  process.stdout.write(`${value}\n`)
}

try {
  await start()
} catch (error) {
  // Only a command line that is not understood gets here.
  process.exitCode = 2
  const page = await troubleshootingPage(error, { repository: undefined, ref: undefined })
  process.stderr.write(`${messageOf(error)}\nMore about this: ${page}\n`)
} finally {
  // A request that waits for its next attempt would keep the process alive after the outcome is known.
  cancelled.abort()
}
