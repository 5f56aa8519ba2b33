import { InputError } from './errors.js'
import { journaled } from './http/journal.js'
import { proxiedFetch } from './http/proxy.js'
import type { Config } from './inputs.js'
import type { ApiPlatform, PostgresPlatform } from './inputs/platform.js'
import type { BranchDatabase, Clock, Job, MaskingOrder, PlatformPorts, Provider, RandomHex } from './ports.js'
import type { Session } from './sql/session.js'

/** What a provider takes from the process. */
export interface ProviderWorld {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly job: Job
  readonly clock: Clock
  readonly random: RandomHex
  readonly signal: AbortSignal
  /** A file of the workspace; undefined when there is none. */
  readonly workspaceFile: (path: string) => string | undefined
}

/** The platform of this run. Each is loaded on demand: a run needs one of them. */
export async function openProvider(world: ProviderWorld, config: Config): Promise<Provider> {
  const { platform } = config
  return platform.provider === 'postgres' ? openPostgres(world, config, platform) : openApi(world, config, platform)
}

async function openPostgres(world: ProviderWorld, config: Config, platform: PostgresPlatform): Promise<Provider> {
  const [{ createPostgresProvider }, { emptyTables }] = await Promise.all([
    import('./providers/postgres/index.js'),
    import('./data/schema-only.js'),
  ])
  const { clock, random, signal, job } = world
  return createPostgresProvider({
    ...platform,
    parent: config.parent,
    repository: config.repository.id,
    empty: emptyTables,
    maskRows: (order, open) => maskRows(world, order, open),
    cloneSchema: async (source, target) => (await import('./data/schema-clone/clone.js')).cloneSchema(source, target),
    streamRows: (order, databases) => streamRows(world, order, databases),
    mask: (secret) => job.mask(secret),
    info: (line) => job.info(line),
    clock,
    random,
    signal,
  })
}

/** Loaded on demand: few runs mask. */
async function maskRows(
  { clock, job }: ProviderWorld,
  order: MaskingOrder,
  open: () => Promise<Session>,
): Promise<string[]> {
  const { certificateLines, maskBranch } = await import('./data/masking/mask-branch.js')
  const info = (line: string) => job.info(line)
  return certificateLines(await maskBranch({ order, open, parallel: 2, info, elapsed: () => clock.elapsed() }))
}

async function streamRows(
  { clock, job }: ProviderWorld,
  order: MaskingOrder,
  databases: { source: () => Promise<Session>; target: () => Promise<Session> },
): Promise<string[]> {
  const [{ fillMasked }, { certificateLines }] = await Promise.all([
    import('./data/masking/stream/fill.js'),
    import('./data/masking/mask-branch.js'),
  ])
  const info = (line: string) => job.info(line)
  return certificateLines(await fillMasked({ order, ...databases, parallel: 2, info, elapsed: () => clock.elapsed() }))
}

async function openApi(world: ProviderWorld, config: Config, platform: ApiPlatform): Promise<Provider> {
  const { env, clock, random, signal, job } = world
  const ports: PlatformPorts = {
    repository: config.repository.id,
    fetch: journaled(proxiedFetch(env), world),
    database: openDatabase({ signal, clock, info: (line) => job.info(line) }),
    mask: (secret) => job.mask(secret),
    info: (line) => job.info(line),
    clock,
    random,
    signal,
  }
  switch (platform.provider) {
    case 'xata':
      return (await import('./providers/xata.js')).createXataProvider(platform, ports)
    case 'xata_lite':
      return (await import('./providers/xata-lite.js')).createXataLiteProvider(platform, ports)
    case 'neon':
      return (await import('./providers/neon.js')).createNeonProvider(platform, ports)
    case 'supabase':
      return (await import('./providers/supabase.js')).createSupabaseProvider(platform, ports)
    case 'planetscale':
      return (await import('./providers/planetscale.js')).createPlanetScaleProvider(platform, ports)
    case 'dblab':
      return (await import('./providers/dblab.js')).createDblabProvider(platform, ports)
    case 'rest': {
      const { createRestProvider } = await import('./providers/rest.js')
      const description = restDescription(world, platform)
      return onItsLine(platform, () => createRestProvider(platform, description, ports))
    }
  }
}

/** Loaded on demand: many runs ask nobody but the platform. */
function openDatabase(ports: Pick<PlatformPorts, 'signal' | 'clock' | 'info'>): BranchDatabase {
  const opened = async () => (await import('./data/branch-database.js')).branchDatabase(ports)
  return {
    empty: async (...order) => (await opened()).empty(...order),
    sign: async (...order) => (await opened()).sign(...order),
    readClaim: async (...order) => (await opened()).readClaim(...order),
    maskInPlace: async (...order) => (await opened()).maskInPlace(...order),
    fillMasked: async (...order) => (await opened()).fillMasked(...order),
    copyLedgers: async (...order) => (await opened()).copyLedgers(...order),
  }
}

/** The description itself, when it has more than one line, or the file that holds it. */
function restDescription({ workspaceFile }: ProviderWorld, { restConfig }: ApiPlatform): string {
  if (restConfig.includes('\n')) return restConfig
  const text = workspaceFile(restConfig)
  if (text !== undefined) return text
  throw new InputError(
    `Input "rest_config" names "${restConfig}", which is no file of the workspace. Check out the repository first ("actions/checkout"), or give the description itself.`,
  )
}

/** Tells of a faulty line of a file as a line of that file; the adapter knows the text alone. */
function onItsLine({ restConfig: file }: ApiPlatform, open: () => Provider): Provider {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof InputError) || file.includes('\n')) throw error
    const [, line, detail = ''] = /^Input "rest_config" line (\d+): (.*)$/s.exec(error.message) ?? []
    if (line === undefined) throw error
    throw new InputError(error.message, { cause: error, faults: [{ file, line: Number(line), detail }] })
  }
}
