/** A project that includes our template, and its pipelines, really executed by gitlab-ci-local. */
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { leaksIn, refuse } from '../leaks/oracle.js'
import { plant } from '../leaks/secrets.js'
import type { GitLab } from './index.js'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'node_modules/gitlab-ci-local/dist/index.js')
const rsync = fileURLToPath(new URL('./rsync.ts', import.meta.url))

export interface Pipeline {
  /** Such as `merge_request_event`. */
  readonly source: string
  readonly mergeRequest?: number
  /** Jobs run by name, such as one that is manual; none: the whole pipeline. */
  readonly jobs?: readonly string[]
  readonly variables?: Readonly<Record<string, string>>
}

export interface PipelineRun {
  readonly code: number | null
  /** Everything that the jobs printed. */
  readonly log: string
  /** Every file that the jobs left behind, except the project's own variables: path → text. */
  readonly files: ReadonlyMap<string, string>
}

export interface Project {
  run(pipeline: Pipeline): Promise<PipelineRun>
  remove(): void
}

export interface ProjectOptions {
  readonly gitlab: GitLab
  /** Project variables that a person made: the secrets. */
  readonly secrets: Readonly<Record<string, string>>
  /** The text of .gitlab-ci.yml, which includes `templates/db-branch.yml`. */
  readonly config: string
}

export function startProject({ gitlab, secrets, config }: ProjectOptions): Project {
  const folder = mkdtempSync(join(tmpdir(), 'gitlab-project-'))
  const bin = `${folder}-bin`
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' })
  mkdirSync(bin)
  symlinkSync(process.execPath, join(bin, 'node'))
  writeFileSync(join(bin, 'rsync'), `#!/bin/sh\nNODE_NO_WARNINGS=1 exec node '${rsync}' "$@"\n`, { mode: 0o755 })
  cpSync(join(root, 'templates'), join(folder, 'templates'), { recursive: true })
  writeFileSync(join(folder, '.gitlab-ci.yml'), config)
  writeFileSync(join(folder, '.gitignore'), '.gitlab-ci-local*\n')
  git('init', '--initial-branch=main')
  git('remote', 'add', 'origin', `git@gitlab.example:${gitlab.path}.git`)
  git('add', '.')
  git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '--message=start')
  return {
    run: (pipeline) => execute({ folder, bin, gitlab, secrets, pipeline }),
    remove() {
      for (const each of [folder, bin]) rmSync(each, { recursive: true, force: true })
    },
  }
}

interface Execution {
  readonly folder: string
  readonly bin: string
  readonly gitlab: GitLab
  readonly secrets: ProjectOptions['secrets']
  readonly pipeline: Pipeline
}

async function execute({ folder, bin, gitlab, secrets, pipeline }: Execution): Promise<PipelineRun> {
  // A job gets the variables as they are when a runner takes it; gitlab-ci-local reads them when it starts.
  writeFileSync(join(folder, variablesFile), JSON.stringify(projectVariables(gitlab, secrets)))
  const variables = Object.entries(predefined(gitlab, pipeline)).flatMap(([name, value]) => [
    '--variable',
    `${name}=${value}`,
  ])
  const options = ['--force-shell-executor', '--shell-isolation', '--no-color', '--timestamps=false']
  const child = spawn(join(bin, 'node'), [program, ...options, ...variables, ...(pipeline.jobs ?? [])], {
    cwd: folder,
    env: { PATH: `${bin}:/usr/local/bin:/usr/bin:/bin`, HOME: folder, USER: 'ada' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (log += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  const files = filesIn(folder)
  for (const [name, value] of Object.entries(secrets)) plant(name, value)
  for (const { key, value } of gitlab.variables) plant(`variable ${key}`, value)
  const kept = [...files].map(([where, text]) => ({ sink: 'file', where, text }))
  refuse(leaksIn([{ sink: 'log', where: pipeline.source, text: log }, ...kept]))
  return { code, log, files }
}

const variablesFile = '.gitlab-ci-local-variables.yml'

/** By name, and by environment within it. */
function projectVariables({ variables }: GitLab, secrets: ProjectOptions['secrets']): Record<string, unknown> {
  const scoped: Record<string, { values: Record<string, string> }> = {}
  for (const { key, value, environment_scope } of variables) {
    scoped[key] ??= { values: {} }
    scoped[key].values[environment_scope] = value
  }
  return { ...secrets, ...scoped }
}

/** https://docs.gitlab.com/ci/variables/predefined_variables/ */
export function predefined(gitlab: GitLab, { source, mergeRequest, variables = {} }: Pipeline): Record<string, string> {
  return {
    GITLAB_CI: 'true',
    CI_SERVER_URL: 'https://gitlab.example',
    CI_API_V4_URL: gitlab.url,
    CI_PROJECT_ID: String(gitlab.id),
    CI_PROJECT_PATH: gitlab.path,
    CI_PIPELINE_SOURCE: source,
    CI_COMMIT_SHA: gitlab.defaultSha,
    CI_COMMIT_REF_PROTECTED: mergeRequest === undefined ? 'true' : 'false',
    ...(mergeRequest !== undefined && {
      CI_MERGE_REQUEST_IID: String(mergeRequest),
      CI_MERGE_REQUEST_PROJECT_ID: String(gitlab.id),
      CI_MERGE_REQUEST_PROJECT_PATH: gitlab.path,
      CI_MERGE_REQUEST_SOURCE_PROJECT_ID: String(gitlab.id),
    }),
    ...variables,
  }
}

function filesIn(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const left = files.filter((file) => !file.endsWith(variablesFile) && !file.includes('/.git/'))
  return new Map(left.map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]))
}
