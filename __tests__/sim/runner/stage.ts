/** A stage for small workflows: actions written on the spot, a forge of a few lines, payloads of pull request 7. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  runWorkflow,
  type Forge,
  type JobRun,
  type RunOptions,
  type StepRun,
  type WorkflowRun,
} from '../../../sim/runner/index.js'

export const SECRET_URL = 'postgresql://app:p%40ss@db.example:5432/shop?sslmode=require&channel_binding=require'

interface ActionText {
  /** Runs at main; `post` runs at post. `file(name, text)` appends to GITHUB_OUTPUT and so on. */
  readonly main: string
  readonly post?: string
  readonly inputs?: string
  readonly using?: string
}

const PRELUDE = `const { appendFileSync } = require('node:fs')
const { execSync, spawn } = require('node:child_process')
const file = (name, text) => appendFileSync(process.env['GITHUB_' + name], text)
`

export class Stage {
  readonly directory = mkdtempSync(join(tmpdir(), 'runner-stage-'))
  readonly actions: Record<string, string> = {}
  readonly tokens: { name: string; permissions: Readonly<Record<string, string>> }[] = []
  readonly environments = new Map<string, Record<string, string>>()
  readonly forge: Forge = {
    apiUrl: 'http://127.0.0.1:9',
    serverUrl: 'http://127.0.0.1:9',
    repository: { id: 11, owner: 'org', name: 'shop', private: true, defaultBranch: 'main' },
    token: ({ name, permissions }) => {
      this.tokens.push({ name, permissions })
      return `ghs_token${this.tokens.length}`
    },
    environmentSecrets: (name) => ({ ...this.environments.get(name) }),
    ensureEnvironment: (name) => this.environments.set(name, this.environments.get(name) ?? {}),
  }

  constructor() {
    this.action('./', { main: '' })
  }

  action(prefix: string, text: ActionText): this {
    const directory = mkdtempSync(join(this.directory, 'action-'))
    const post = text.post === undefined ? '' : ', post: post.cjs'
    writeFileSync(
      join(directory, 'action.yml'),
      `name: test\ndescription: test\ninputs: ${text.inputs ?? '{}'}\nruns: { using: ${text.using ?? 'node24'}, main: main.cjs${post} }\n`,
    )
    writeFileSync(join(directory, 'main.cjs'), PRELUDE + text.main)
    writeFileSync(join(directory, 'post.cjs'), PRELUDE + (text.post ?? ''))
    this.actions[prefix] = directory
    return this
  }

  run(text: string, options: Partial<RunOptions> = {}): Promise<WorkflowRun> {
    return runWorkflow({
      workflow: { path: '.github/workflows/test.yml', text },
      event: 'pull_request',
      payload: pullRequest('opened'),
      forge: this.forge,
      // What the runner does with a secret that leaks is what is tried here.
      leaks: 'allowed',
      actions: this.actions,
      ...options,
    })
  }

  /** One job with these steps. The checkout stub comes first. */
  steps(steps: string, options: Partial<RunOptions> = {}): Promise<WorkflowRun> {
    return this.run(
      `on: pull_request\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v5\n${indent(steps, 6)}`,
      options,
    )
  }

  end(): void {
    rmSync(this.directory, { recursive: true, force: true })
  }
}

function indent(text: string, spaces: number): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const own = Math.min(...lines.map((line) => line.length - line.trimStart().length))
  return lines.map((line) => ' '.repeat(spaces) + line.slice(own)).join('\n')
}

export function pullRequest(action: string, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    action,
    number: 7,
    sender: { login: 'alice', id: 3 },
    repository: { id: 11, owner: { login: 'org', id: 12 } },
    pull_request: {
      number: 7,
      merged: false,
      mergeable: true,
      merge_commit_sha: 'c'.repeat(40),
      head: { ref: 'feature', sha: 'a'.repeat(40), repo: { id: 11 } },
      base: { ref: 'main', sha: 'b'.repeat(40), repo: { id: 11 } },
      ...changes,
    },
  }
}

export function jobOf(run: WorkflowRun, id = 'job'): JobRun {
  const job = run.jobs.find((candidate) => candidate.id === id)
  if (job === undefined) throw new Error(`no job '${id}' in:\n${run.log}`)
  return job
}

export function stepOf(run: WorkflowRun, id: string, stage: StepRun['stage'] = 'main'): StepRun {
  const step = run.jobs
    .flatMap((job) => job.steps)
    .find((candidate) => candidate.id === id && candidate.stage === stage)
  if (step === undefined) throw new Error(`no ${stage} step '${id}' in:\n${run.log}`)
  return step
}

export const messages = (annotations: readonly { message: string }[]): string[] =>
  annotations.map((annotation) => annotation.message)

/** Lines of the log, without those that only echo the script. */
export const lines = (run: WorkflowRun): string[] =>
  run.log.split('\n').filter((line) => !line.startsWith('\u001b[36;1m'))

/** Whether a process still runs: one that ended but was not waited for (a zombie) does not. */
export function isRunning(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.startsWith('Z') === false
  } catch {
    return false
  }
}
