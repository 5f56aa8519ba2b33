import type * as LibPgQuery from 'libpg-query'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

export type * from 'libpg-query'

/** The grammar of PostgreSQL 18 itself, as WebAssembly. All offsets it gives are bytes of UTF-8, those of errors code points. */
export type Parser = Pick<typeof LibPgQuery, 'parseSync' | 'scanSync' | 'parsePlPgSQLSync'>

// Named so that the bundler sees it: it puts the file beside the bundle, and this address becomes a path there. It reads
// no syntax newer than ES2020 (`??=`): with such in this file it would spoil the file without a word.
const wasm = new URL('../../node_modules/libpg-query/wasm/libpg-query.wasm', import.meta.url)

let loading: Promise<Parser> | undefined

/** Loads the parser at its first use, so that a run which parses nothing pays nothing; some 50 ms. */
export function loadParser(): Promise<Parser> {
  loading = loading ?? load()
  return loading
}

/** Beside the bundle the grammar lies packed, in a seventh of its bytes; the package reads nothing but a plain file. */
async function load(): Promise<Parser> {
  const plain = String(wasm)
  const packed = `${plain}.br`
  if (!existsSync(packed)) return loadFrom(path.dirname(plain))
  const folder = await mkdtemp(path.join(tmpdir(), 'db-branch-grammar-'))
  try {
    await writeFile(path.join(folder, path.basename(plain)), brotliDecompressSync(await readFile(packed)))
    return await loadFrom(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** @param folder A path or a file: URL. */
async function loadFrom(folder: string): Promise<Parser> {
  // The package looks for its file beside `__dirname`, which an ES module bundle lacks: there the global one answers.
  const scope = globalThis as { __dirname?: string }
  scope.__dirname = folder
  try {
    const { loadModule, parseSync, scanSync, parsePlPgSQLSync } = await import('libpg-query')
    await loadModule()
    return { parseSync, scanSync, parsePlPgSQLSync }
  } finally {
    delete scope.__dirname
  }
}
