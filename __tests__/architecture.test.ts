import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import type ts from 'typescript'
import { cruise, project, removeProjects, type Violation } from './architecture/import-rules.js'
import { deletesBranches, readsClockOrChance, readsEnvironment, sources } from './architecture/source-rules.js'

const root = resolve(import.meta.dirname, '..')

afterAll(removeProjects)

describe('imports', () => {
  it('point one way in src', async () => {
    const { files, violations } = await cruise(root)
    expect(files).toBeGreaterThan(10)
    expect(violations).toEqual([])
  })

  const allowed: Record<string, string> = {
    'src/index.ts': `import './main.js'`,
    'src/main.ts': `import './inputs.js'\nimport './lifecycle/provision.js'\nimport './forges/github/forge.js'`,
    'src/inputs.ts': `import type { A } from './event.js'\nimport './errors.js'\nexport type B = A`,
    'src/event.ts': `import './domain/branch.js'\nexport type A = 1`,
    'src/ports.ts': `import './secret.js'\nimport './domain/branch.js'`,
    'src/errors.ts': `export {}`,
    'src/secret.ts': `import { createHash } from 'node:crypto'\nexport const digest = createHash`,
    'src/http.ts': `import './errors.js'`,
    'src/domain/branch.ts': `import './claim.js'`,
    'src/domain/claim.ts': `export {}`,
    'src/lifecycle/provision.ts': `import './execute.js'\nimport '../ports.js'\nimport '../domain/branch.js'`,
    'src/lifecycle/execute.ts': `export {}`,
    'src/providers/xata.ts': `import './xata/claim.js'\nimport '../http.js'`,
    'src/providers/xata/claim.ts': `import '../../errors.js'`,
    'src/forges/github/forge.ts': `import '@actions/core'\nimport './secrets.js'`,
    'src/forges/github/secrets.ts': `import type { Octokit } from '@octokit/rest'\nexport type O = Octokit`,
    'src/insight/locks.ts': `import type { Repository } from '@octokit/graphql-schema'\nexport type R = Repository`,
  }

  it('allow what the layout asks for', async () => {
    expect((await cruise(root, project(root, allowed))).violations).toEqual([])
  })

  const forbidden: [rule: string, from: string, imports: string][] = [
    ['domain-is-pure', 'src/domain/reads-ports.ts', '../ports.js'],
    ['domain-is-pure', 'src/domain/reads-files.ts', 'node:fs'],
    ['domain-is-pure', 'src/domain/reads-package.ts', 'pg'],
    ['foundation-imports-down', 'src/http.ts', './inputs.js'],
    ['lifecycle-imports-down', 'src/lifecycle/teardown.ts', '../providers/xata.js'],
    ['lifecycle-imports-down', 'src/lifecycle/types-only.ts', '../inputs.js'],
    ['data-imports-down', 'src/data/seed.ts', '../lifecycle/execute.js'],
    ['insight-imports-down', 'src/insight/plans.ts', '../data/seed.js'],
    ['report-imports-down', 'src/report/summary.ts', '../forges/github/forge.js'],
    ['providers-stay-apart', 'src/providers/neon.ts', './xata.js'],
    ['providers-stay-apart', 'src/providers/xata_lite.ts', './xata/claim.js'],
    ['providers-stay-apart', 'src/providers/dblab.ts', '../forges/github/secrets.js'],
    ['forges-stay-apart', 'src/forges/gitlab/forge.ts', '../github/secrets.js'],
    ['forges-stay-apart', 'src/forges/gitlab/variables.ts', '../../providers/xata.js'],
    ['only-main-wires', 'src/inputs.ts', './lifecycle/execute.js'],
    ['only-index-imports-main', 'src/lifecycle/connect.ts', '../main.js'],
    ['nothing-imports-index', 'src/main.ts', './index.js'],
    ['no-circular-imports', 'src/domain/claim.ts', './branch.js'],
    ['src-stands-alone', 'src/data/masking.ts', '../../sim/names.js'],
    ['toolkit-only-in-github-forge', 'src/report/log.ts', '@actions/core'],
    ['toolkit-only-in-github-forge', 'src/main.ts', '@actions/core'],
    ['no-development-packages-in-bundle', 'src/data/faker.ts', 'fast-check'],
    ['no-unresolvable-imports', 'src/data/lost.ts', './nowhere.js'],
  ]

  describe('refuse', () => {
    let violations: Violation[]

    beforeAll(async () => {
      const files: Record<string, string> = { ...allowed, 'sim/names.ts': 'export {}' }
      for (const [, from, imports] of forbidden) {
        const line = from.includes('types-only') ? `import type {} from '${imports}'` : `import '${imports}'`
        files[from] = `${files[from] ?? ''}\n${line}\n`
      }
      violations = (await cruise(root, project(root, files))).violations
    })

    it.each(forbidden)('%s: %s imports %s', (rule, from, imports) => {
      const target = imports
        .replace(/^(\.\.?\/)*/, '')
        .replace(/\.js$/, '')
        .replace(/^node:/, '')
      const edges = violations.filter((violation) => violation.rule === rule).map(({ from, to }) => `${from} → ${to}`)
      // A circle is reported once, at whichever of its files comes first.
      const edge = rule === 'no-circular-imports' ? new RegExp(from) : new RegExp(`^${from} → .*${target}`)
      expect(edges).toContainEqual(expect.stringMatching(edge))
    })
  })
})

describe('source', () => {
  const real = sources(root)
  const outside = (...entries: string[]) =>
    real.files.filter((file) => !entries.some((entry) => file.fileName.endsWith(`/${entry}`)))

  it('reads the environment in src/index.ts only', () => {
    expect(outside('src/index.ts').flatMap(readsEnvironment)).toEqual([])
  })

  it('reads the clock and chance in src/index.ts and src/main.ts only', () => {
    expect(outside('src/index.ts', 'src/main.ts').flatMap(readsClockOrChance)).toEqual([])
  })

  it('deletes a branch in exactly one place, in src/lifecycle', () => {
    expect(deletesBranches(real)).toEqual([expect.stringMatching(/^src\/lifecycle\//)])
  })

  describe('is refused when it', () => {
    const provider = `interface Provider { list(): void; delete(name: string): void }`
    const environment = [
      `console.log(process.env.HOME)`,
      `console.log(globalThis.process.env.HOME)`,
      `console.log(process['env'])`,
      `import { env } from 'node:process'`,
      `const { env } = process`,
    ]
    const clockOrChance = [
      `Date.now()`,
      `new Date()`,
      `new Date`,
      `Date()`,
      `const now = Date.now`,
      `Math.random()`,
      `performance.now()`,
      `globalThis.crypto.getRandomValues(new Uint8Array(1))`,
      `import { randomBytes as bytes } from 'node:crypto'`,
      `import * as crypto from 'node:crypto'; crypto.randomUUID()`,
    ]
    const deletion = [
      `${provider} export const f = (p: Provider) => p.delete('x')`,
      `${provider} export const f = (ports: { store: Provider }) => ports.store?.delete('x')`,
      `${provider} export const f = (p: Provider) => p['delete']('x')`,
      `${provider} export const f = (p: Pick<Provider, 'delete'>) => [1].forEach(() => p.delete)`,
      `${provider} export const f = ({ delete: remove }: Provider) => remove('x')`,
      `${provider} export const f = (p: Provider) => { const { delete: remove } = p; remove('x') }`,
    ]
    const harmless = [`new Set(['x']).delete('x')`, `new Date(0)`, `// Date.now() and process.env`]

    const all = [...environment, ...clockOrChance, ...deletion, ...harmless]
    const name = (text: string) => `src/bad-${all.indexOf(text)}.ts`
    const bad = sources(project(root, Object.fromEntries(all.map((text) => [name(text), `export {}\n${text}\n`]))))
    const found = (rule: (file: ts.SourceFile) => string[], text: string) =>
      bad.files.flatMap(rule).filter((place) => place === `${name(text)}:2`)

    it.each(environment)('reads the environment: %s', (text) => {
      expect(found(readsEnvironment, text)).not.toEqual([])
    })

    it.each(clockOrChance)('reads the clock or chance: %s', (text) => {
      expect(found(readsClockOrChance, text)).not.toEqual([])
    })

    it.each(deletion)('deletes a branch: %s', (text) => {
      expect(deletesBranches(bad).filter((place) => place === `${name(text)}:2`)).not.toEqual([])
    })

    it.each(harmless)('but not for: %s', (text) => {
      expect(bad.files.map((file) => file.fileName)).toContainEqual(expect.stringContaining(name(text)))
      expect([...found(readsEnvironment, text), ...found(readsClockOrChance, text)]).toEqual([])
      expect(deletesBranches(bad).filter((place) => place.startsWith(name(text)))).toEqual([])
    })
  })
})
