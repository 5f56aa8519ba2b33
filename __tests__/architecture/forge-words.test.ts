import { expect, it } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const src = join(import.meta.dirname, '../../src')

/** What only one forge, its runner or its clients know. */
const ofOneForge = /GITHUB_[A-Z]|\bGITLAB_[A-Z]|\bCI_[A-Z]|::add-mask|::(error|warning|notice)|@actions\/|@octokit\//

/** The forges themselves, and what starts the program, chooses the forge and wires it. */
const below = /^(forges\/|(index|cli|open-ports|open-preparation)\.ts$)/
/** Variables of every runner that a user's command may or may not see; it knows them all. */
const knowsAllRunners = 'domain/command-variables.ts'
/** Made of what all the others say, the forges too. */
const quotesAll = 'error-sentences.ts'

function found(file: string, text: string): string[] {
  if (below.test(file) || file === knowsAllRunners || file === quotesAll) return []
  return text
    .split('\n')
    .flatMap((line, index) => (ofOneForge.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : []))
}

it('no room above the forges knows one of them', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  expect(files.length).toBeGreaterThan(100)
  expect(files.flatMap((file) => found(file, readFileSync(join(src, file), 'utf8')))).toEqual([])
})

it.each([
  ['main.ts', `env['GITHUB_STEP_SUMMARY']`],
  ['lifecycle/expose.ts', `env['CI_MERGE_REQUEST_IID']`],
  ['report/summary.ts', `print('::add-mask::x')`],
  ['domain/claim.ts', `import type { Octokit } from '@octokit/rest'`],
])('%s would be refused with %s', (file, line) => {
  expect(found(file, `export {}\n${line}\n`)).toEqual([`${file}:2: ${line}`])
})
