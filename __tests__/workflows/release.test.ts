import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { parse } from 'yaml'
import type { WorkflowRun } from '../../sim/runner/index.js'
import { Stage } from '../sim/runner/stage.js'

/** release.yml as it is, on a repository of three commits; npm and gh write down what they are told. */
const workflow = readFileSync(resolve(import.meta.dirname, '../../.github/workflows/release.yml'), 'utf8')
/** The simulated runner knows no filter by tag; GitHub applies it before a run begins. */
const onPush = workflow.replace("on:\n  push:\n    tags: ['v[0-9]+.[0-9]+.[0-9]+']\n", 'on: push\n')
const changelog = `# Changelog

## [Unreleased]

## [1.2.3] - 2026-11-22

### Added

- A thing.

## [1.2.2] - 2026-11-01

- An older thing.

[1.2.3]: https://example.com
`
const manifest = {
  name: 'db-branch-action',
  version: '1.2.3',
  private: true,
  bin: { 'db-branch': 'dist/index.js' },
  files: ['dist'],
  scripts: { prepare: 'false' },
  workspaces: ['sim/binaries'],
  dependencies: { pg: '1.0.0' },
  devDependencies: { jest: '1.0.0' },
  overrides: { a: '1.0.0' },
}

/** Writes its words down; fails when they are in $FAIL. */
const stub = (name: string) => `#!/usr/bin/env bash
echo "${name} $*" >> "$JOURNAL"
for word in "$@"; do [ -f "$word" ] && [ "\${word##*.}" = md ] && cp "$word" "$NOTES"; done
[[ "$FAIL" != *"[${name} $1 $2"* ]] && [[ "$FAIL" != *"[${name} $1]"* ]]
`

let stage: Stage
let folder: string
let repository: string
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...words], {
    cwd: repository,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()

beforeAll(() => {
  stage = new Stage()
  stage.action('actions/setup-node@', { main: '', inputs: '{ node-version: {}, package-manager-cache: {} }' })
  stage.action('actions/upload-artifact@', {
    main: `require('node:fs').appendFileSync(process.env.JOURNAL, 'keep ' + process.env['INPUT_PATH'] + '\\n')`,
    inputs: '{ name: {}, path: {}, overwrite: {}, if-no-files-found: {}, retention-days: {} }',
  })
  stage.action('actions/attest@', {
    main: `require('node:fs').appendFileSync(process.env.JOURNAL, 'attest ' + process.env['INPUT_SUBJECT-PATH'] + '\\n')`,
    inputs: '{ subject-path: {} }',
  })
})
afterAll(() => stage.end())

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'))
  repository = join(folder, 'repository')
  for (const path of ['repository/dist', 'bin', 'origin']) mkdirSync(join(folder, path), { recursive: true })
  for (const name of ['npm', 'gh']) writeFileSync(join(folder, 'bin', name), stub(name), { mode: 0o755 })
  write('package.json', JSON.stringify(manifest))
  write('CHANGELOG.md', changelog)
  write('dist/index.js', '// built')
  git('init', '--quiet', '--initial-branch=main')
  git('init', '--quiet', '--bare', join(folder, 'origin'))
  git('remote', 'add', 'origin', join(folder, 'origin'))
  commit('Release 1.2.3')
  publish()
})

const write = (path: string, text: string) => writeFileSync(join(repository, path), text)

function commit(message: string): void {
  git('add', '--all')
  git('commit', '--quiet', '--allow-empty', '--message', message)
}

function publish(): void {
  git('push', '--quiet', 'origin', 'main')
  git('fetch', '--quiet', 'origin')
}

/** What a push of the tag does; `fail` names commands of npm and gh that fail, such as `[gh release view]`. */
async function release(fail = '', tag = 'v1.2.3'): Promise<{ run: WorkflowRun; told: string[]; notes: string }> {
  git('tag', '--force', tag)
  const [journal, notes] = [join(folder, 'journal'), join(folder, 'notes')]
  rmSync(journal, { force: true })
  const run = await stage.run(onPush, {
    event: 'push',
    payload: { ref: `refs/tags/${tag}`, after: git('rev-parse', 'HEAD'), repository: { id: 11 } },
    workspace: repository,
    actions: stage.actions,
    extraEnv: {
      PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      JOURNAL: journal,
      NOTES: notes,
      FAIL: fail,
    },
  })
  const told = existsSync(journal) ? readFileSync(journal, 'utf8').trim().split('\n') : []
  return { run, told, notes: existsSync(notes) ? readFileSync(notes, 'utf8') : '' }
}

const outcomes = (run: WorkflowRun) => Object.fromEntries(run.jobs.map((job) => [job.id, job.conclusion]))
/** Nothing released yet: no release, no major tag, no package. */
const fresh = '[gh release view][npm view][gh api repos/org/shop/git/ref/tags/v1'

describe('a tag on main', () => {
  it('is tested, compared, attested, released and published, in this order', async () => {
    const { run, told, notes } = await release(
      `[gh release view][gh api repos][npm view]`.replace('[gh api repos]', ''),
    )
    expect({ log: run.log, outcomes: outcomes(run) }).toMatchObject({
      outcomes: { verify: 'success', attest: 'success', publish: 'success', npm: 'success' },
    })
    const sha = git('rev-parse', 'HEAD')
    const shown = (line: string) =>
      line
        .replace(/--notes-file \S+/, '--notes-file NOTES')
        .replace(/\S+\/(dist-maps\S*)/, '$1')
        .replace(/download \d+/, 'download RUN')
    expect(told.map(shown)).toEqual([
      'npm ci',
      'npm test',
      'npm run check',
      'npm run build',
      'keep dist-maps/',
      'attest dist/*',
      'gh run download RUN --name dist-maps --dir dist-maps',
      'gh release view v1.2.3',
      'gh release create v1.2.3 --verify-tag --draft --title v1.2.3 --notes-file NOTES dist-maps.tgz',
      'gh release edit v1.2.3 --draft=false',
      'gh api repos/org/shop/git/ref/tags/v1 --silent',
      `gh api --method PATCH repos/org/shop/git/refs/tags/v1 -f sha=${sha} -F force=true --silent`,
      'npm view db-branch-action@1.2.3 version',
      'npm publish --ignore-scripts --provenance --access public',
    ])
    expect(notes.trim()).toBe('### Added\n\n- A thing.')
  })

  it('makes the major tag where there was none', async () => {
    const { told } = await release('[gh api repos/org/shop/git/ref/tags/v1')
    expect(told).toContain(
      `gh api --method POST repos/org/shop/git/refs -f ref=refs/tags/v1 -f sha=${git('rev-parse', 'HEAD')} --silent`,
    )
  })

  it('publishes a package that brings nothing but the bundle', async () => {
    await release(fresh)
    expect(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))).toEqual({
      name: 'db-branch-action',
      version: '1.2.3',
      bin: { 'db-branch': 'dist/index.js' },
      files: ['dist'],
      repository: { type: 'git', url: 'git+http://127.0.0.1:9/org/shop.git' },
    })
  })

  it('run again, finds what the first attempt did', async () => {
    const { run, told } = await release()
    expect(run.conclusion).toBe('success')
    expect(told.filter((line) => /gh release create|npm publish/.test(line))).toEqual([])
    expect(told).toContain('gh release edit v1.2.3 --draft=false')
  })

  it('does not move the major tag back when a newer release is there', async () => {
    git('tag', 'v1.10.0')
    const { run, told } = await release(fresh)
    expect(run.conclusion).toBe('success')
    expect(run.log).toContain('v1 stays where it is: v1.10.0 is newer than v1.2.3.')
    expect(told.filter((line) => line.startsWith('gh api'))).toEqual([])
  })
})

describe('nothing is attested, released or published', () => {
  const refused: [string, () => Promise<{ run: WorkflowRun; told: string[] }>, string][] = [
    [
      'from a commit that is not on main',
      () => {
        commit('Not merged')
        return release(fresh)
      },
      'v1.2.3 is not on main.',
    ],
    ['under another version than that of package.json', () => release(fresh, 'v1.2.4'), 'does not say version 1.2.4'],
    [
      'without a section in the changelog',
      () => {
        write('CHANGELOG.md', '# Changelog\n')
        commit('Forget the changelog')
        publish()
        return release(fresh)
      },
      'CHANGELOG.md has no section [1.2.3].',
    ],
    ['when a test fails', () => release('[npm test]'), 'npm test'],
    ['when dist is not what src builds', () => release('[npm run check]'), 'npm run check'],
  ]
  it.each(refused)('%s', async (_, push, sentence) => {
    const { run, told } = await push()
    expect(outcomes(run)).toEqual({ verify: 'failure', attest: 'skipped', publish: 'skipped', npm: 'skipped' })
    expect(run.log).toContain(sentence)
    expect(told.filter((line) => !/^npm (ci|test|run check)/.test(line))).toEqual([])
  })
})

it('each job may do what it does, and no more', () => {
  const { jobs, permissions } = parse(workflow) as {
    jobs: Record<string, { permissions: unknown }>
    permissions: unknown
  }
  expect(permissions).toEqual({})
  expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
    verify: { contents: 'read' },
    attest: { contents: 'read', 'id-token': 'write', attestations: 'write' },
    publish: { contents: 'write', actions: 'read' },
    npm: { contents: 'read', 'id-token': 'write' },
  })
})
