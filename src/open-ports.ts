import type { Invocation } from './cli.js'
import type { SealedFor } from './domain/sealed.js'
import type { Trigger } from './domain/trigger.js'
import { parseTrigger } from './forges/github/trigger.js'
import { githubJob } from './forges/github/job.js'
import { gitlabProject, gitlabTrigger } from './forges/gitlab/trigger.js'
import { openTerminal, terminalTrigger } from './forges/terminal/index.js'
import { checkedUrl } from './http/address.js'
import { journaled } from './http/journal.js'
import { proxiedFetch } from './http/proxy.js'
import type { Config } from './inputs.js'
import type { HandOver } from './inputs/hand-over.js'
import { lawOf, type OpenLaw } from './lifecycle/law.js'
import type { ProviderWorld } from './open-provider.js'
import { type PlainJob, plainJob } from './plain-job.js'
import type { ForgePorts, Job, MaskingKey, SealMasking, Sink, UrlMark } from './ports.js'
import { Secret } from './secret.js'

type Environment = Readonly<Record<string, string | undefined>>

/** What a forge takes from the process. */
export interface ForgeWorld extends ProviderWorld {
  /** Folder of the job's files, where commands run. */
  readonly workspace: string
  /** The event payload's text; undefined when there is none. */
  readonly payload: () => string | undefined
  readonly command: Pick<Invocation, 'repository' | 'pullRequest'>
  /** Who runs this, as `user@host`, where no forge tells. */
  readonly person: string
}

/** Whose job this process runs in; `terminal`: nobody's. */
function forgeOf(env: Environment): 'github' | 'gitlab' | 'terminal' {
  if (env['GITHUB_ACTIONS'] === 'true') return 'github'
  return env['GITLAB_CI'] === 'true' ? 'gitlab' : 'terminal'
}

/** The variables with each input under the name that it has on every forge. */
export function inputVariables(env: Environment): Environment {
  return forgeOf(env) === 'gitlab' ? { ...env, INPUT_GITHUB_TOKEN: env['INPUT_GITLAB_TOKEN'] } : env
}

/** The job this process runs in, as its forge's runner offers it; `plain` where that runner knows no commands. */
export function openJob(
  env: Environment,
  { print, now }: { print: (line: string) => void; now: () => number },
): { job: Job; plain?: PlainJob } {
  const forge = forgeOf(env)
  if (forge === 'github') return { job: githubJob(env['GITHUB_STEP_SUMMARY']) }
  const inCi = forge === 'gitlab'
  const plain = plainJob({
    print,
    debug: env['DB_BRANCH_DEBUG'] === 'true' || (inCi && env['CI_DEBUG_TRACE'] === 'true'),
    now: inCi ? now : undefined,
    dotenvFile: inCi ? (env['DB_BRANCH_DOTENV'] ?? 'db-branch.env') : undefined,
    summaryFile: inCi ? (env['DB_BRANCH_SUMMARY'] ?? 'db-branch-summary.md') : undefined,
  })
  return { job: plain, plain }
}

/** @throws InputError when the runner's variables or the payload lack what every run has. */
export function triggerOf({ env, payload, command, person }: ForgeWorld): Trigger {
  switch (forgeOf(env)) {
    case 'github':
      return parseTrigger(env, payload())
    case 'gitlab':
      return gitlabTrigger(env, command.pullRequest)
    case 'terminal':
      return terminalTrigger(command, person)
  }
}

/** Where pull request, policy file and environments are. Loaded on demand: what ends before its first request needs none. */
export async function openForge(world: ForgeWorld, config: Config): Promise<ForgePorts> {
  const { env } = world
  const { repository, forgeToken: token, environment, handOver } = config
  switch (forgeOf(env)) {
    case 'github': {
      const [{ openGitHub }, { apiUrl }] = await Promise.all([
        import('./forges/github/index.js'),
        import('./forges/github/runner.js'),
      ])
      const { deployment } = handOver
      const mark = await openMark(config)
      const fetch = journaled(proxiedFetch(env), world)
      return openGitHub({ ...world, repository, token, environment, deployment, mark, apiUrl, fetch })
    }
    case 'gitlab': {
      const { openGitLab } = await import('./forges/gitlab/index.js')
      return openGitLab({
        ...world,
        apiUrl: checkedUrl('CI_API_V4_URL', env['CI_API_V4_URL'] ?? '', env['INPUT_ALLOW_HTTP'] === 'true'),
        project: gitlabProject(env),
        repository: repository.name,
        // Where no token is needed, none is there; a call all the same is refused by GitLab and told.
        token: token ?? new Secret('none'),
        environment,
        protected: env['CI_COMMIT_REF_PROTECTED'] === 'true',
        fetch: journaled(proxiedFetch(env), world),
      })
    }
    case 'terminal':
      return openTerminal(world.workspaceFile)
  }
}

/** Undefined without a key that nobody can guess: then each place is written each time. */
async function openMark({ handOver: { sealKey } }: Config): Promise<UrlMark | undefined> {
  return sealKey && (await import('./sinks/url-mark.js')).urlMark(sealKey)
}

/** The places that hold the URL of a pull request's branch, on the forge and elsewhere. */
export async function openSinks(
  world: ProviderWorld,
  config: Config,
  forge: ForgePorts,
): Promise<ForgePorts['sinksFor']> {
  const { vercel } = config.handOver
  if (!vercel) return forge.sinksFor
  const { vercelSink } = await import('./sinks/vercel.js')
  const mark = await openMark(config)
  const { env, clock, signal } = world
  const ports = { fetch: journaled(proxiedFetch(env), world), clock, signal }
  return (pullRequest, at) => {
    if (!at) return forge.sinksFor(pullRequest)
    const owner = { repository: config.repository.id, pullRequest, branch: at.branch }
    const target = { ...owner, variable: vercel.variable, gitBranch: at.head?.gitBranch, mark }
    return [...forge.sinksFor(pullRequest, at), vercelSink(vercel, target, ports)]
  }
}

/** The places that end with the job: variables of later steps, and the sealed output. */
export async function openJobSinks(
  { job, random }: ProviderWorld,
  { exportEnv, sealKey: key }: Pick<HandOver, 'exportEnv'> & { sealKey?: HandOver['sealKey'] },
  recipient: SealedFor,
): Promise<Sink[]> {
  const sinks: Sink[] = []
  if (exportEnv.length > 0) {
    sinks.push((await import('./sinks/exported-variables.js')).exportedVariables(exportEnv, job))
  }
  if (key) sinks.push((await import('./sinks/sealed.js')).sealedSink({ key, recipient }, { job, random }))
  return sinks
}

/** What branches may hold, by the policy file of the default branch. */
export function openLaw({ policyFile: path, mergeCommit: ref }: Config, forge: ForgePorts): OpenLaw {
  return lawOf({
    path,
    text: () => forge.readFile({ path }),
    ...(ref !== undefined && { proposed: () => forge.readFile({ path, ref }) }),
    parse: async (text) => (await import('./data/policy-file.js')).readPolicyFile(path, text),
  })
}

/** One key per run: whatever it masks maps alike. Loaded on demand: few runs mask. */
export function openMasking({ random }: ProviderWorld, { maskingKey: given }: Config): SealMasking {
  let key: MaskingKey | undefined
  return async (rules) => {
    const { maskingKey, maskingOrder } = await import('./data/masking/key.js')
    key ??= maskingKey(given, random)
    return maskingOrder(rules, key)
  }
}
