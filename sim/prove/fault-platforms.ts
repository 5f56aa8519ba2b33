import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDblabProvider } from '../../src/providers/dblab.js'
import { createNeonProvider } from '../../src/providers/neon.js'
import { createPlanetScaleProvider } from '../../src/providers/planetscale.js'
import { createRestProvider } from '../../src/providers/rest.js'
import { createSupabaseProvider } from '../../src/providers/supabase.js'
import { createXataLiteProvider } from '../../src/providers/xata-lite.js'
import { createXataProvider } from '../../src/providers/xata.js'
import { Secret } from '../../src/secret.js'
import { startArticles } from '../platforms/articles.js'
import { startDblab } from '../platforms/dblab/index.js'
import { startNeon } from '../platforms/neon/index.js'
import { startPlanetScale } from '../platforms/planetscale.js'
import { largestPage } from '../platforms/planetscale/forms.js'
import { startSupabase } from '../platforms/supabase.js'
import { startXataLite, workspace, xataLiteKey } from '../platforms/xata-lite.js'
import { startXata } from '../platforms/xata.js'
import { fakeClones } from './fault-clones.js'
import { key, noDatabases, platformStand, type PlatformStand } from './fault-stands.js'

const articles = readFileSync(join(import.meta.dirname, '../../docs/rest/articles.yml'), 'utf8')

/** Every platform that is spoken to over HTTP. */
export const platforms: readonly { readonly name: string; readonly start: () => Promise<PlatformStand> }[] = [
  {
    name: 'Neon',
    async start() {
      const simulator = await startNeon(noDatabases(), { page: { most: 2 } })
      for (const name of ['theirs', 'theirs-too']) simulator.plant(name)
      const account = { project: simulator.project, apiKey: new Secret(`key-${key}`) }
      return platformStand({ simulator, account, dataPolicy: 'copy', create: createNeonProvider })
    },
  },
  {
    name: 'Xata',
    async start() {
      const simulator = await startXata(noDatabases())
      const account = { organization: 'acme', project: 'prj_1', apiKey: new Secret(`xau_${key}`) }
      return platformStand({ simulator, account, dataPolicy: 'copy', create: createXataProvider })
    },
  },
  {
    name: 'Xata Lite',
    async start() {
      const simulator = await startXataLite(noDatabases())
      const { id: organization, region, database } = workspace
      const account = { organization, region, database, apiKey: new Secret(xataLiteKey) }
      return platformStand({ simulator, account, dataPolicy: 'schema_only', create: createXataLiteProvider })
    },
  },
  {
    name: 'Supabase',
    async start() {
      const simulator = await startSupabase(noDatabases())
      const account = { project: simulator.project, apiKey: new Secret(simulator.key) }
      return platformStand({ simulator, account, dataPolicy: 'schema_only', create: createSupabaseProvider })
    },
  },
  {
    name: 'PlanetScale',
    async start() {
      const simulator = await startPlanetScale({ kind: 'mysql', readyAfter: 1 })
      // A second page.
      for (let number = 1; number <= largestPage; number++) simulator.add({ name: `theirs-${number}` })
      const { organization, database } = simulator
      const account = { organization, database, apiKey: new Secret(simulator.key) }
      return platformStand({ simulator, account, dataPolicy: 'copy', create: createPlanetScaleProvider })
    },
  },
  {
    name: 'DBLab',
    async start() {
      const { servers, database } = fakeClones()
      const simulator = await startDblab(noDatabases(), { servers })
      const account = { database: 'main', apiKey: new Secret(simulator.key) }
      return platformStand({ simulator, account, dataPolicy: 'copy', database, create: createDblabProvider })
    },
  },
  {
    name: 'rest',
    async start() {
      const simulator = await startArticles(noDatabases())
      const account = { database: simulator.database, apiKey: new Secret(simulator.key) }
      const create: Parameters<typeof platformStand>[0]['create'] = (given, ports) =>
        createRestProvider(given, articles, ports)
      return platformStand({ simulator, account, dataPolicy: 'schema_only', create })
    },
  },
]
