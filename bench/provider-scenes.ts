import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { startArticles } from '../sim/platforms/articles.js'
import type { Databases } from '../sim/platforms/databases.js'
import { startDblab } from '../sim/platforms/dblab/index.js'
import { gatewayCertificate } from '../sim/platforms/gateway.js'
import { startNeon } from '../sim/platforms/neon/index.js'
import { startPlanetScale } from '../sim/platforms/planetscale.js'
import type { Simulator } from '../sim/platforms/simulator.js'
import { startSupabase } from '../sim/platforms/supabase.js'
import { startXataLite, workspace, xataLiteKey } from '../sim/platforms/xata-lite.js'
import { startXata } from '../sim/platforms/xata.js'

/** A simulated platform, and how the action and a script reach it. */
export interface ProviderScene {
  readonly simulator: Simulator
  readonly inputs: Readonly<Record<string, string>>
  /** Variables of both processes. */
  readonly env?: Readonly<Record<string, string>>
}

const root = join(import.meta.dirname, '..')
/** Milliseconds: over before the first look at it, or both sides would wait for different numbers of looks. */
const readyAfter = 0
const hosts = join(root, '__tests__/sim/platforms/fixtures/hosts.ts')

/** JavaScript of a script, so that the processes that are measured translate nothing. */
export function scriptOf(file: string): string {
  return transformSync(readFileSync(file, 'utf8'), { loader: 'ts', format: 'esm' }).code
}

/** As in the examples: every branch has its parent's schema and none of its rows. */
export const providerScenes: Readonly<Record<string, (databases: Databases) => Promise<ProviderScene>>> = {
  async DBLab(databases) {
    const simulator = await startDblab(databases)
    return { simulator, inputs: { provider: 'dblab', api_key: simulator.key, database: 'main' } }
  },
  async Neon(databases) {
    const simulator = await startNeon(databases)
    return { simulator, inputs: { provider: 'neon', api_key: simulator.apiKey, project: simulator.project } }
  },
  async Xata(databases) {
    const simulator = await startXata(databases)
    const inputs = { provider: 'xata', api_key: 'xau_0123456789', organization: 'acme', project: 'prj_1' }
    return { simulator, inputs, env: { NODE_EXTRA_CA_CERTS: gatewayCertificate } }
  },
  async 'Xata Lite'(databases) {
    const simulator = await startXataLite(databases)
    const { id: organization, region, database } = workspace
    const env = {
      NODE_EXTRA_CA_CERTS: gatewayCertificate,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(scriptOf(hosts))}`,
      SIM_HOSTS: `${region}.sql.xata.sh:5432=${databases.host}:${databases.port}`,
    }
    return { simulator, inputs: { provider: 'xata_lite', api_key: xataLiteKey, organization, region, database }, env }
  },
  async Supabase(databases) {
    const simulator = await startSupabase(databases, { pace: readyAfter })
    return { simulator, inputs: { provider: 'supabase', api_key: simulator.key, project: simulator.project } }
  },
  async 'PlanetScale (PostgreSQL)'(databases) {
    return planetscale(await startPlanetScale({ kind: 'postgresql', databases, readyAfter }))
  },
  async 'PlanetScale (MySQL)'() {
    return planetscale(await startPlanetScale({ kind: 'mysql', readyAfter }))
  },
  async rest(databases) {
    const simulator = await startArticles(databases)
    const { key, database } = simulator
    const description = readFileSync(join(root, 'docs/rest/articles.yml'), 'utf8')
    return { simulator, inputs: { provider: 'rest', api_key: key, database, rest_config: description } }
  },
}

function planetscale(simulator: Awaited<ReturnType<typeof startPlanetScale>>): ProviderScene {
  const { key, organization, database } = simulator
  simulator.rolesReadyAfter = readyAfter
  return { simulator, inputs: { provider: 'planetscale', api_key: key, organization, database } }
}
