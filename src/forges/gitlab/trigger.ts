import { createHash } from 'node:crypto'
import type { ForgeWords, Trigger } from '../../domain/trigger.js'
import { InputError } from '../../errors.js'

type Environment = Readonly<Record<string, string | undefined>>

const gitlab: ForgeWords = {
  name: 'GitLab',
  tokenInput: 'gitlab_token',
  tokenAdvice:
    'Store a project access token (role Maintainer, scope api) as a masked CI/CD variable and hand it over as INPUT_GITLAB_TOKEN; the job token cannot read merge requests.',
  autoKnows: 'merge request pipelines and the jobs that stop an environment',
  policyFolder: '.gitlab',
  environmentTokenAdvice: undefined,
  reservedPrefix: 'CI_',
  lacks: {
    deployment: 'GitLab shows the environment of the job among its deployments',
    export_env: 'a job of GitLab has no later steps; use "environment", or --print url in the script',
  },
}

/**
 * Reads the trigger from the variables of the job. A merge request is the pull request, of the project that it merges
 * into; in a pipeline of none, `asked` may name one, by whoever starts the pipeline.
 * Source: https://docs.gitlab.com/ci/variables/predefined_variables/
 * @throws InputError when a variable is missing that every job has.
 */
export function gitlabTrigger(env: Environment, asked: number | undefined): Trigger {
  const merges = env['CI_MERGE_REQUEST_IID'] !== undefined && env['CI_MERGE_REQUEST_IID'] !== ''
  const path = (merges ? env['CI_MERGE_REQUEST_PROJECT_PATH'] : env['CI_PROJECT_PATH']) ?? ''
  const names = path.split('/')
  const stops = env['CI_ENVIRONMENT_ACTION'] === 'stop'
  const number = merges ? required(env, 'CI_MERGE_REQUEST_IID') : asked
  const event = env['CI_PIPELINE_SOURCE'] ?? ''
  const updated = merges && event === 'merge_request_event' && !stops
  return {
    event,
    // GitLab does not tell the first pipeline of a merge request from a later one.
    action: updated ? 'synchronize' : '',
    auto: updated ? 'create' : stops && number !== undefined ? 'delete' : undefined,
    repository: {
      id: repositoryId(serverOf(env), gitlabProject(env)),
      owner: names.slice(0, -1).join('/'),
      name: names.at(-1) ?? '',
    },
    pullRequest: number === undefined ? undefined : { number, ...(merges ? sourceOf(env) : { untrusted: undefined }) },
    ...(merges && env['CI_COMMIT_SHA'] ? { mergeCommit: env['CI_COMMIT_SHA'] } : {}),
    run: `${env['CI_PIPELINE_ID'] ?? '0'}.${env['CI_JOB_ID'] ?? '1'}`,
    forge: gitlab,
  }
}

/** The project whose merge requests count: in a pipeline of a fork it is not the one that the pipeline runs in. */
export function gitlabProject(env: Environment): number {
  return required(env, env['CI_MERGE_REQUEST_IID'] ? 'CI_MERGE_REQUEST_PROJECT_ID' : 'CI_PROJECT_ID')
}

/** In a pipeline of merged results the commit of the job is none of the source branch. */
function sourceOf(env: Environment): Omit<NonNullable<Trigger['pullRequest']>, 'number'> {
  if (isFork(env)) return { untrusted: 'fork' }
  const commit = env['CI_MERGE_REQUEST_SOURCE_BRANCH_SHA'] || env['CI_COMMIT_SHA'] || ''
  const gitBranch = env['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME'] ?? ''
  const isHead = /^[0-9a-f]{40,64}$/.test(commit) && gitBranch !== ''
  return { untrusted: undefined, ...(isHead && { head: { commit, gitBranch } }) }
}

/** A missing id proves nothing, and counts as a fork. */
function isFork(env: Environment): boolean {
  const source = env['CI_MERGE_REQUEST_SOURCE_PROJECT_ID'] ?? ''
  return source === '' || source !== env['CI_MERGE_REQUEST_PROJECT_ID'] || source !== env['CI_PROJECT_ID']
}

/**
 * Every GitLab server counts its projects from 1. Claims must not take a project of one for that of another, nor for a
 * repository of GitHub, whose ids have ten digits: so twelve digits out of address and number stand for both.
 */
export function repositoryId(server: string, project: number): number {
  const digest = createHash('sha256').update(`gitlab ${server} ${project}`).digest()
  return 100_000_000_000 + (digest.readUIntBE(0, 6) % 900_000_000_000)
}

function serverOf(env: Environment): string {
  const url = env['CI_SERVER_URL'] ?? ''
  if (URL.canParse(url)) return new URL(url).href.replace(/\/+$/, '')
  throw missing('CI_SERVER_URL')
}

function required(env: Environment, name: string): number {
  const text = env[name] ?? ''
  const number = /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(number)) return number
  throw missing(name)
}

function missing(name: string): InputError {
  return new InputError(
    `Reading the job failed: ${name} is missing or malformed. Run this in a job of GitLab CI/CD, and do not set its predefined variables.`,
  )
}
