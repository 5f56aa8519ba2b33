import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Capabilities } from '../src/domain/capabilities.js'
import { capabilities as dblab } from '../src/providers/dblab.js'
import { capabilities as neon } from '../src/providers/neon.js'
import { capabilities as planetscale } from '../src/providers/planetscale.js'
import { capabilities as postgres } from '../src/providers/postgres/index.js'
import { capabilities as rest } from '../src/providers/rest.js'
import { capabilities as supabase } from '../src/providers/supabase.js'
import { capabilities as xataLite } from '../src/providers/xata-lite.js'
import { capabilities as xata } from '../src/providers/xata.js'
import { between, table } from './markdown.js'

const platforms: Readonly<Record<string, Capabilities>> = {
  postgres,
  neon,
  xata,
  xata_lite: xataLite,
  supabase,
  planetscale,
  dblab,
  rest,
}

const yes = (can: boolean): string => (can ? 'yes' : 'no')

/** One row per capability, in the words of the table's readers. */
const rows: readonly (readonly [string, (can: Capabilities) => string])[] = [
  [
    '`data_policy: schema_only`',
    ({ schemaOnly }) => ({ native: 'native', sql: 'emptied by us', none: 'no' })[schemaOnly],
  ],
  [
    '`data_policy: masked`',
    ({ masked }) => ({ stream: 'streamed, masked by us', in_place: 'masked by us', none: 'no' })[masked],
  ],
  ['`data_policy: copy`', ({ copy }) => yes(copy)],
  ['where the claim stands', ({ claims }) => ({ branch: 'platform', database: 'database', name: 'nowhere' })[claims]],
  ['reset and `refresh`', ({ reset }) => ({ in_place: 'same URL', swap: 'new URL', none: 'no' })[reset]],
  ['`point_in_time`', ({ pointInTime }) => yes(pointInTime)],
  ['expiry by the platform', ({ expiry }) => yes(expiry)],
  ['`pooled_connection_string`', ({ pooledUrl }) => yes(pooledUrl)],
  ['`connect` gives the same URL', ({ urlReadableLater }) => yes(urlReadableLater)],
  ['knows open sessions', ({ sessions }) => yes(sessions)],
]

export function capabilityTable(): string {
  const names = Object.keys(platforms)
  return table(
    ['', ...names.map((name) => `\`${name}\``)],
    rows.map(([title, show]) => [title, ...names.map((name) => show(platforms[name]!))]),
  )
}

/** Renews the table in docs/platforms.md below `root`, or only says that it differs. */
export function capabilityDocs(root: string, { check }: { check: boolean }): string[] {
  const file = join(root, 'docs/platforms.md')
  const before = readFileSync(file, 'utf8')
  const after = between(before, { name: 'capabilities', content: capabilityTable() })
  if (after === before) return []
  if (check) return ['docs/platforms.md is not what the providers say. Run `npm run docs` and commit it.']
  writeFileSync(file, after)
  return []
}
