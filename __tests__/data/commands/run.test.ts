import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { lineCutter } from '../../../src/data/commands/lines.js'
import { type Command, runCommand } from '../../../src/data/commands/run.js'
import { runTeamCommand } from '../../../src/data/commands/team-command.js'
import { CancelledError, CommandError } from '../../../src/errors.js'

function commandOf(script: string, change: Partial<Command> = {}): Command & { readonly lines: string[] } {
  const lines: string[] = []
  const env = { PATH: process.env['PATH'] ?? '', PGPASSWORD: 'swordfish' }
  const { signal } = new AbortController()
  const line = (text: string) => void lines.push(text)
  const elapsed = () => performance.now()
  return { script, directory: '/', env, timeout: 20_000, elapsed, signal, line, lines, ...change }
}

async function gone(pid: number): Promise<boolean> {
  for (let look = 0; look < 60; look++) {
    try {
      process.kill(pid, 0)
    } catch {
      return true
    }
    await delay(50)
  }
  return false
}

describe('a command', () => {
  it('runs like a step of a workflow: in its directory, to the first failure, in pipes, too', async () => {
    const command = commandOf('pwd\nfalse | cat\necho never')
    expect(await runCommand(command)).toMatchObject({ exit: 1 })
    expect(command.lines).toEqual(['/'])
  })

  it('gets the environment that it is given and nothing else, and is in no argv', async () => {
    const command = commandOf(`echo "$PGPASSWORD/$HOME/$DB_BRANCH_SCRIPT"; tr '\\0' ' ' < /proc/$$/cmdline; echo`)
    await runCommand(command)
    expect(command.lines[0]).toBe('swordfish//')
    expect(command.lines[1]).not.toContain('PGPASSWORD/')
  })

  it('gives whole lines, also when a line comes in pieces', async () => {
    const command = commandOf(`printf sword; sleep 0.2; printf 'fish\\nend'; printf 'bad\\n' >&2`)
    await runCommand(command)
    expect(command.lines.toSorted()).toEqual(['bad', 'end', 'swordfish'])
  })

  it('is ended after its time, with all that it started', async () => {
    const command = commandOf(`trap '' TERM; (trap '' TERM; echo "pid $BASHPID"; sleep 60) & wait`, { timeout: 300 })
    const result = await runCommand(command)
    expect(result).toMatchObject({ exit: undefined, ended: expect.stringContaining('"command_timeout"') })
    expect(await gone(Number(/\d+/.exec(command.lines.join(' '))?.[0]))).toBe(true)
  }, 15_000)

  it('that leaves something running in the background does not wait for it, and ends it', async () => {
    const command = commandOf('sleep 60 & echo "pid $!"')
    const result = await runCommand(command)
    expect(result).toMatchObject({ exit: 0 })
    expect(result.ms).toBeLessThan(5000)
    expect(await gone(Number(/\d+/.exec(command.lines.join(' '))?.[0]))).toBe(true)
  })

  it('is not waited for by this process when a part of it has gone its own way', async () => {
    const file = new URL('../../../src/data/commands/run.ts', import.meta.url).href
    const command = {
      script: 'setsid sleep 20 & echo on',
      directory: '/',
      env: { PATH: process.env['PATH'] },
      timeout: 9000,
    }
    const script = `import { runCommand } from '${file}'
      await runCommand({ ...${JSON.stringify(command)}, elapsed: () => 0, signal: new AbortController().signal, line: console.log })`
    const began = performance.now()
    const { stdout } = await promisify(execFile)('tsx', ['--input-type=module', '-e', script])
    expect(stdout).toBe('on\n')
    expect(performance.now() - began).toBeLessThan(12_000)
  })

  it('ends with its run', async () => {
    const run = new AbortController()
    const command = commandOf('echo on; sleep 60', { signal: run.signal, line: () => run.abort() })
    await expect(runCommand(command)).rejects.toThrow(CancelledError)
    await expect(runCommand(command)).rejects.toThrow(CancelledError)
  })

  it('tells who ended it', async () => {
    expect(await runCommand(commandOf('kill -KILL $$'))).toMatchObject({ ended: 'the signal SIGKILL ended it' })
  })

  it('that fails is told without what it printed, but for its message', async () => {
    const error = await runTeamCommand(
      'migrate',
      commandOf('echo "fatal: Key (email)=(ada@example.com)"; exit 3'),
    ).catch((thrown: unknown) => thrown as CommandError)
    expect(error).toBeInstanceOf(CommandError)
    expect((error as CommandError).message).toMatch(
      /^The command of "migrate" failed with exit status 3 after \d+\.\d s; it said: fatal: Key \(email\)=\(ada@example.com\)\.$/,
    )
    expect((error as CommandError).report).toEqual({
      ms: expect.any(Number),
      exit: 3,
      failure: 'What it printed is in the log of the run.',
    })
    await expect(runTeamCommand('seed', commandOf('exit 1'))).rejects.toThrow(/of "seed" .* and printed nothing\.$/)
    expect(await runTeamCommand('seed', commandOf('true'))).toEqual({ ms: expect.any(Number), exit: 0 })
  })
})

describe('lines', () => {
  const cut = (...chunks: string[]) => {
    const lines: string[] = []
    const cutter = lineCutter((line) => lines.push(line))
    chunks.forEach((chunk) => cutter.push(chunk))
    cutter.end()
    return lines
  }

  it.each([
    [
      ['a\nb', 'c\n'],
      ['a', 'bc'],
    ],
    [
      ['a\r', '\nb\rc'],
      ['a', 'b', 'c'],
    ],
    [['last'], ['last']],
    [['\n\n'], ['', '']],
  ])('of %j', (chunks, lines) => expect(cut(...chunks)).toEqual(lines))

  it('without an end are cut where no secret can be cut in two', () => {
    const secret = 'swordfish'
    const [line = '', ...rest] = cut('x'.repeat(65_530) + secret.slice(0, 6), `${secret.slice(6)} and more`, '\nnext')
    expect(line).toMatch(/^x+ … \(the rest of this line is left out\)$/)
    expect(rest).toEqual(['next'])
  })
})
