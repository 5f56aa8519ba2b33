import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { buildSync } from 'esbuild'

const directory = mkdtempSync(path.join(tmpdir(), 'parser-bundle-'))
const dist = path.join(directory, 'dist')
const temporary = path.join(directory, 'tmp')

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
  mkdirSync(temporary)
  // What runs from here on has dist alone.
  rmSync(packages)
  rmSync(path.join(directory, 'lib'), { recursive: true })
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

function run(...args: string[]) {
  const env = { PATH: process.env['PATH'], TMPDIR: temporary }
  return spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8', env })
}

const parse = () => run(path.join(dist, 'index.js'), "SET lock_timeout = '1s'; DROP TABLE t")

it('parses from the bundle alone, which carries the grammar', () => {
  expect(readdirSync(dist)).toContain('libpg-query.wasm')
  const { stdout, stderr } = parse()
  expect(stderr).toBe('')
  expect(stdout).toBe('["drop-table"]\n')
})

describe('with the grammar packed, as it is shipped', () => {
  const plain = path.join(dist, 'libpg-query.wasm')
  const packed = `${plain}.br`
  beforeAll(() => {
    const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }
    writeFileSync(packed, brotliCompressSync(readFileSync(plain), quick))
    rmSync(plain)
  })

  it('parses, and leaves no plain copy behind', () => {
    const { stdout, stderr } = parse()
    expect(stderr).toBe('')
    expect(stdout).toBe('["drop-table"]\n')
    expect(readdirSync(temporary)).toEqual([])
  })

  it('does not touch the grammar before there is something to parse', () => {
    renameSync(packed, `${packed}.away`)
    expect(run(path.join(dist, 'index.js')).stdout).toBe('idle\n')
    expect(parse().status).not.toBe(0)
    renameSync(`${packed}.away`, packed)
  })

  it('fails, and leaves nothing behind, if it is spoilt', () => {
    writeFileSync(packed, readFileSync(packed).subarray(0, 1000))
    expect(parse().status).not.toBe(0)
    expect(readdirSync(temporary)).toEqual([])
  })
})
