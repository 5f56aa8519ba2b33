import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CancelledError, messageOf } from './errors.js'
import { openJob, runMain, runPost, type World } from './main.js'

const { env } = process
const cancelled = new AbortController()
// The runner sends SIGINT, 7.5 s later SIGTERM and 2.5 s later kills: actions/runner src/Runner.Sdk/ProcessInvoker.cs.
process.on('SIGINT', () => cancelled.abort())
process.on('SIGTERM', () => cancelled.abort())

const job = openJob(env)
const eventPath = env['GITHUB_EVENT_PATH']
const world: World = {
  env,
  payload: () => (eventPath !== undefined && existsSync(eventPath) ? readFileSync(eventPath, 'utf8') : undefined),
  workspaceFile: (path) => {
    const file = resolve(env['GITHUB_WORKSPACE'] ?? '.', path)
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined
  },
  job,
  clock: {
    now: () => new Date(),
    elapsed: () => performance.now(),
    sleep: (ms) =>
      delay(ms, undefined, { signal: cancelled.signal }).catch((cause: unknown) => {
        throw new CancelledError('cancelled', { cause })
      }),
  },
  random: (bytes) => randomBytes(bytes).toString('hex'),
  signal: cancelled.signal,
}

// One bundle serves both steps; the state tells the post step from the main step.
const isPost = env['STATE_main'] === 'done'

try {
  if (isPost) {
    await runPost(world)
  } else {
    job.saveState('main', 'done')
    await runMain(world)
  }
} catch (error) {
  process.exitCode = 1
  if (cancelled.signal.aborted) {
    job.error('The run was cancelled. The post step takes away what it was building.')
  } else {
    job.error(messageOf(error))
    const cause = error instanceof Error ? error.cause : undefined
    if (cause !== undefined) job.debug(`Cause: ${messageOf(cause)}`)
    if (error instanceof Error && error.stack) job.debug(error.stack)
  }
} finally {
  // A request that waits for its next attempt would keep the process alive after the outcome is known.
  cancelled.abort()
}
