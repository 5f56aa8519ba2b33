/**
 * A pull request's life on a simulated platform: the platform, GitHub, and a runner that executes a workflow file with
 * the shipped bundle.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GitHub, startGitHub } from '../github/index.js'
import { type RunOptions, runWorkflow, type WorkflowRun } from '../runner/index.js'

const root = join(import.meta.dirname, '../..')

export interface PlatformStage {
  readonly github: GitHub
  readonly secrets: Readonly<Record<string, string>>
  /** Runs a workflow file for an activity of this pull request, such as `opened`. */
  run(file: string, at: { number: number; action: string }, more?: Partial<RunOptions>): Promise<WorkflowRun>
  stop(): Promise<void>
}

/** `secrets` are the repository's; an environment token is added to them. `apiUrl` is where the platform stands here. */
export async function startPlatformStage(options: {
  apiUrl: string
  secrets: Readonly<Record<string, string>>
}): Promise<PlatformStage> {
  const github = await startGitHub()
  const secrets = {
    ...options.secrets,
    DB_ENVIRONMENT_TOKEN: github.token({
      name: 'environment token',
      kind: 'app',
      permissions: { administration: 'write', environments: 'write', metadata: 'read' },
    }),
  }
  let runId = 7000
  return {
    github,
    secrets,
    run: (file, { number, action }, more = {}) =>
      runWorkflow({
        workflow: {
          path: `.github/workflows/pull-request.yml`,
          text: at(readFileSync(join(root, file), 'utf8'), options.apiUrl),
        },
        event: 'pull_request',
        payload: github.event(number, action),
        forge: { ...github, apiUrl: github.url, serverUrl: 'https://github.com' },
        actions: { './': root, 'org/db-branch-action@': root },
        secrets,
        runId: (runId += 1),
        workspace: join(root, 'demo/app'),
        extraEnv: { PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` },
        ...more,
      }),
    stop: () => github.close(),
  }
}

/** The workflow as its users have it, but for the address of the platform, which is on this machine. */
function at(workflow: string, apiUrl: string): string {
  const withoutAddress = workflow.replace(/^ +api_url: .*\n/gm, '')
  return withoutAddress.replace(
    /^( +)provider: .*$/gm,
    (line, indent: string) => `${line}\n${indent}api_url: ${apiUrl}`,
  )
}
