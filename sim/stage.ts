/**
 * Everything that a pull request's database needs around it, on this machine: a real PostgreSQL server with a shop in
 * it, GitHub, and a runner that executes workflow files with the shipped bundle.
 */
import { join } from 'node:path'
import { type GitHub, startGitHub } from './github/index.js'
import { type PostgresOptions, type PostgresServer, startPostgres } from './postgres/server.js'
import { type RunOptions, runWorkflow, type WorkflowRun } from './runner/index.js'
import { createShop, type Shop, type ShopOptions } from './shop/shop.js'

const root = join(import.meta.dirname, '..')

export interface StageOptions {
  readonly postgres?: PostgresOptions
  readonly shop?: ShopOptions
}

export interface Stage {
  readonly server: PostgresServer
  readonly shop: Shop
  readonly github: GitHub
  /** What the repository's secrets hold. */
  readonly secrets: Readonly<Record<string, string>>
  /** Runs a workflow for an activity of this pull request, such as `opened`. */
  run(
    workflow: RunOptions['workflow'],
    at: { number: number; action: string },
    more?: Partial<RunOptions>,
  ): Promise<WorkflowRun>
  stop(): Promise<void>
}

export async function startStage(options: StageOptions = {}): Promise<Stage> {
  const [server, github] = await Promise.all([startPostgres(options.postgres), startGitHub()])
  const shop = await createShop(server, options.shop)
  const secrets = {
    DB_ADMIN_URL: server.adminUrl,
    DB_ENVIRONMENT_TOKEN: github.token({
      name: 'environment token',
      kind: 'app',
      permissions: { administration: 'write', environments: 'write', metadata: 'read' },
    }),
  }
  let runId = 9000
  return {
    server,
    shop,
    github,
    secrets,
    run: (workflow, { number, action }, more = {}) =>
      runWorkflow({
        workflow,
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
    async stop() {
      await Promise.all([server.stop(), github.close()])
    },
  }
}
