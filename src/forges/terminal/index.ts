import { createHash } from 'node:crypto'
import { known, unknown } from '../../domain/known.js'
import type { ForgeWords, Trigger } from '../../domain/trigger.js'
import type { ForgePorts } from '../../ports.js'

/** No forge at all: a person at a terminal. */
const terminal: ForgeWords = {
  name: 'the terminal',
  tokenInput: '',
  tokenAdvice: '',
  autoKnows: 'jobs of GitHub Actions and GitLab CI/CD',
  policyFolder: '.github',
  environmentTokenAdvice: 'there is no forge here to store a secret in. Leave "environment" out, and use --print url.',
  reservedPrefix: 'GITHUB_',
  lacks: {
    deployment: 'there is no forge here to show it',
    export_env: 'a program cannot set variables of the shell that starts it; use --print url',
  },
}

/**
 * What a person asks for by hand. `repository` is the id that stands in the claims; without one, branches are those of
 * this user on this machine.
 */
export function terminalTrigger(
  asked: { pullRequest: number | undefined; repository: number | undefined },
  person: string,
): Trigger {
  return {
    event: 'command line',
    action: '',
    auto: undefined,
    repository: { id: asked.repository ?? idOf(person), owner: '', name: 'local' },
    pullRequest: asked.pullRequest === undefined ? undefined : { number: asked.pullRequest, untrusted: undefined },
    run: 'by-hand.1',
    forge: terminal,
  }
}

/** Twelve digits, which no repository of a forge has. */
function idOf(person: string): number {
  const digest = createHash('sha256').update(`by hand ${person}`).digest()
  return 100_000_000_000 + (digest.readUIntBE(0, 6) % 900_000_000_000)
}

/**
 * Who names a pull request by hand says that it is open. Nobody says so for those a sweep finds, so it keeps them. The
 * policy file is that of the working directory.
 */
export function openTerminal(workspaceFile: (path: string) => string | undefined): ForgePorts {
  const why = 'there is no forge to ask by hand'
  return {
    forge: { pullRequest: async (number) => known({ number, state: 'open' }) },
    sweepForge: {
      openPullRequests: async () => unknown(why),
      pullRequestsByNumber: async (numbers) => new Map(numbers.map((number) => [number, unknown(why)])),
      budget: () => undefined,
    },
    sinksFor: () => [],
    environments: undefined,
    readFile: async ({ path }) => known(workspaceFile(path)),
  }
}
