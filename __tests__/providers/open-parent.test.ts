import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startArticles } from '../../sim/platforms/articles.js'
import { startNeon } from '../../sim/platforms/neon/index.js'
import { createNeonProvider } from '../../src/providers/neon.js'
import { createRestProvider } from '../../src/providers/rest.js'
import { Secret } from '../../src/secret.js'
import type { Platform } from '../contract/provider.js'
import { majors, postgresPlatform, realClock } from '../fixtures/postgres.js'
import { simulatedPlatform } from '../fixtures/platform.js'
import { xataPlatform } from './xata/stage.js'

const articles = readFileSync(join(import.meta.dirname, '../../docs/rest/articles.yml'), 'utf8')

const platforms: Readonly<Record<string, () => Promise<Platform>>> = {
  postgres: () => postgresPlatform(majors.at(-1)!),
  neon: () =>
    simulatedPlatform({
      simulate: (databases) => startNeon(databases),
      account: ({ url, project }) => ({ apiUrl: url, project }),
      create: createNeonProvider,
    }),
  xata: () => xataPlatform(),
  rest: () =>
    simulatedPlatform({
      simulate: (databases) => startArticles(databases),
      account: ({ url, key, database }) => ({ apiUrl: url, apiKey: new Secret(key), database }),
      create: (account, ports) => createRestProvider(account, articles, ports),
    }),
}

describe.each(Object.entries(platforms))('a session on a parent of %s', (_name, start) => {
  let platform: Platform
  beforeAll(async () => {
    platform = await start()
  })
  afterAll(() => platform.stop())

  it('reads the parent', async () => {
    const { parent } = platform.spec('pr-1')
    const session = await platform.provider.openParent!(parent)
    const rows = await session.query<{ rows: string }>('SELECT count(*)::text AS rows FROM public.customers')
    await session.close()
    expect(rows).toEqual([{ rows: String(platform.parentRows) }])
  })

  it('tells of a parent that is not there', async () => {
    await expect(platform.provider.openParent!('nowhere')).rejects.toThrow(
      /^(Opening|Connecting to) "nowhere".* failed: there is no such (branch|database)/,
    )
  })
})

it('a platform of whose URLs each reading makes a login gives none on a parent', () => {
  const ports = { mask: () => undefined, clock: realClock, signal: new AbortController().signal } as never
  const account = {
    apiUrl: 'https://api.corp.test',
    apiKey: new Secret('key'),
    database: 'shop',
    allowHttp: false,
  } as never
  expect(createRestProvider(account, articles, ports).openParent === undefined).toBe(false)
  const told = articles.replace(/^connection:\n(?: .*\n|\n)*/m, '')
  expect(told).not.toBe(articles)
  expect(createRestProvider(account, told, ports).openParent === undefined).toBe(true)
})
