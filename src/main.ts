import { type Config, parseConfig, type ScanConfig, type SweepConfig } from './inputs.js'
import { readInputs, secretInputs } from './inputs/readers.js'
import type { SealedConfig } from './inputs/sealed.js'
import { connectSealed } from './lifecycle/connect-sealed.js'
import { buildState } from './lifecycle/ports.js'
import type { SweepPorts } from './lifecycle/sweep.js'
import { undoBuild } from './lifecycle/undo-build.js'
import {
  type ForgeWorld,
  inputVariables,
  openForge,
  openJobSinks,
  openLaw,
  openMasking,
  openSinks,
  triggerOf,
} from './open-ports.js'
import { openProvider } from './open-provider.js'
import { guardOf, type Opened, runBranch } from './run-branch.js'
import { Secret } from './secret.js'
import { tell, tellSweep } from './tell.js'

/** What the entry takes from the process. */
export interface World extends ForgeWorld {
  /** What the main step saved under this name; empty when nothing was. */
  readonly saved: (name: string) => string
  /** Told what the run is about, such as `Database branch "pr-7"`, as soon as that is known. */
  readonly about: (subject: string) => void
}

/** The main step. Throws one of the errors of errors.ts; the entry turns it into one line and an exit code. */
export async function runMain(world: World): Promise<void> {
  const { job } = world
  const parsed = readConfig(world)
  if ('skip' in parsed) {
    job.notice(parsed.skip)
    job.output('status', 'skipped')
    job.info('Done: skipped, nothing was read or changed.')
    return
  }
  if ('sealed' in parsed) return runSealed(world, parsed.sealed)
  const { config } = parsed
  world.about('branch' in config ? `Database branch "${config.branch}"` : `Mode "${config.mode}"`)
  const forge = await openForge(world, config)
  const { law, names } = openLaw(config, forge)
  const provider = await openProvider(world, config)
  const opened = { forge, law, names, sealMasking: openMasking(world, config), provider }
  try {
    await runMode(world, config, opened)
  } finally {
    await provider.close()
  }
}

/** The post step: takes away what a cancelled or crashed main step was building, and nothing else. */
export async function runPost(world: World): Promise<void> {
  const build = world.saved(buildState)
  if (build === '') return
  const parsed = readConfig(world)
  if (!('config' in parsed) || !('branch' in parsed.config)) return
  const { config } = parsed
  world.about(`Database branch "${config.branch}"`)
  const provider = await openProvider(world, config)
  try {
    const result = await undoBuild({ provider }, guardOf(config), build)
    world.job.notice(
      result === 'deleted'
        ? `The run ended before "${config.branch}" was handed out; the branch was taken away again.`
        : `The run ended while "${config.branch}" was being built; its remains were taken away.`,
    )
  } finally {
    await provider.close()
  }
}

/** No forge and no platform is opened: what is handed out stands in the sealed text. */
async function runSealed(world: World, config: SealedConfig): Promise<void> {
  const { job, clock } = world
  const { openSealed } = await import('./sinks/sealed.js')
  const { branch, pullRequest, sealKey, sealed } = config
  const recipient = { repository: config.repository.id, pullRequest, branch }
  const ports = { job, clock, sinks: await openJobSinks(world, { exportEnv: config.exportEnv }, recipient) }
  world.about(`Database branch "${branch}"`)
  await tell(job, config, await connectSealed(ports, branch, () => openSealed(sealKey, recipient, sealed)))
}

function runMode(world: World, config: Config, opened: Opened): Promise<void> {
  if ('branch' in config) return runBranch(world, config, opened)
  return config.mode === 'scan' ? runScan(world, config, opened) : runSweep(world, config, opened)
}

/** Masks before anything is validated, so that no later message can hold a secret. */
function readConfig(world: World): ReturnType<typeof parseConfig> {
  const { job } = world
  const raw = readInputs(inputVariables(world.env))
  for (const name of secretInputs) job.mask(new Secret(raw(name)))
  const password = URL.canParse(raw('admin_url')) ? new URL(raw('admin_url')).password : ''
  // A key of two parts is sent, and could be quoted, by halves.
  for (const form of [password, decoded(password), ...raw('api_key').split(':')]) job.mask(new Secret(form))
  return parseConfig(raw, triggerOf(world))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

async function runSweep(
  world: World,
  config: SweepConfig,
  { forge, law, names, sealMasking, provider }: Opened,
): Promise<void> {
  const { job, clock, random } = world
  const { sweepForge, environments } = forge
  const sinksFor = await openSinks(world, config, forge)
  const ports: SweepPorts = { provider, forge: sweepForge, sinksFor, environments, job, clock, law, sealMasking }
  const order = { ...config, repository: config.repository.id, names: await names(), random }
  const { look, act } = await sweepOf(config.mode)
  const { reportSweep } = await import('./report/sweep-report.js')
  await tellSweep(job, reportSweep(await (config.dryRun ? look : act)(ports, order)))
}

/** Loaded on demand, as is all that one mode alone needs: every run reads the whole entry. */
async function sweepOf(mode: SweepConfig['mode']) {
  if (mode === 'cleanup') {
    const { cleanup, previewCleanup } = await import('./lifecycle/cleanup.js')
    return { look: previewCleanup, act: cleanup }
  }
  const { previewRefresh, refresh } = await import('./lifecycle/refresh.js')
  return { look: previewRefresh, act: refresh }
}

/** Drafts the policy file of a parent, for a person to decide on. */
async function runScan({ job, clock }: World, { parent, policyFile }: ScanConfig, { provider }: Opened): Promise<void> {
  const began = clock.elapsed()
  const [{ scan }, { scanParent }, { lastScanLine, renderScan, scanLines }] = await Promise.all([
    import('./lifecycle/scan.js'),
    import('./data/masking/scan-parent.js'),
    import('./report/scan-report.js'),
  ])
  const parse = async (text: string) => (await import('./data/policy-file.js')).readPolicyFile('draft', text)
  const outcome = { parent, policyFile, ...(await scan({ provider, job, clock, scanParent, parse }, parent)) }
  for (const line of scanLines(outcome)) job.info(line)
  job.output('status', 'scanned')
  job.output('parent_branch', parent)
  job.output('report', outcome.text)
  await job.summary(renderScan(outcome))
  job.info(lastScanLine(outcome, clock.elapsed() - began))
}
