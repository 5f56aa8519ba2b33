import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildSync } from 'esbuild'

const directory = mkdtempSync(path.join(tmpdir(), 'parser-bundle-'))
const dist = path.join(directory, 'dist')

const entry = `
import { lintStatements } from './insight/lint/lint.js'
const [sql] = process.argv.slice(2)
console.log(sql ? JSON.stringify((await lintStatements([{ sql }])).findings.map(({ rule }) => rule)) : 'idle')
`

beforeAll(() => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(insight|sql|domain)\b.*\.ts$/.test(file),
  )
  buildSync({
    entryPoints: sources.map((file) => `src/${file}`),
    outbase: 'src',
    outdir: path.join(directory, 'lib'),
    format: 'esm',
  })
  writeFileSync(path.join(directory, 'lib/index.js'), entry)
  writeFileSync(path.join(directory, 'package.json'), '{ "type": "module" }')
  const packages = path.join(directory, 'node_modules')
  symlinkSync(path.resolve('node_modules'), packages)
  const bundled = run(path.resolve('node_modules/@vercel/ncc/dist/ncc/cli.js'), 'build', 'lib/index.js', '-o', 'dist')
  if (bundled.status !== 0) throw new Error(bundled.stderr)
  // What runs from here on has dist alone.
  rmSync(packages)
  rmSync(path.join(directory, 'lib'), { recursive: true })
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

function run(...args: string[]) {
  return spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8', env: { PATH: process.env['PATH'] } })
}

it('parses from the bundle alone, which carries the grammar', () => {
  expect(readdirSync(dist)).toContain('libpg-query.wasm')
  const { stdout, stderr } = run(path.join(dist, 'index.js'), "SET lock_timeout = '1s'; DROP TABLE t")
  expect(stderr).toBe('')
  expect(stdout).toBe('["drop-table"]\n')
})

it('does not touch the grammar before there is something to parse', () => {
  const wasm = path.join(dist, 'libpg-query.wasm')
  renameSync(wasm, `${wasm}.away`)
  expect(run(path.join(dist, 'index.js')).stdout).toBe('idle\n')
  expect(run(path.join(dist, 'index.js'), 'SELECT 1').status).not.toBe(0)
  renameSync(`${wasm}.away`, wasm)
})
