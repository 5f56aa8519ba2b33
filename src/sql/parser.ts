import type * as LibPgQuery from 'libpg-query'
import path from 'node:path'

export type * from 'libpg-query'

/** The grammar of PostgreSQL 18 itself, as WebAssembly. All offsets it gives are bytes of UTF-8, those of errors code points. */
export type Parser = Pick<typeof LibPgQuery, 'parseSync' | 'scanSync' | 'parsePlPgSQLSync'>

// Named so that the bundler sees it: it puts the file beside the bundle, and this address becomes a path there. It reads
// no syntax newer than ES2020 (`??=`): with such in this file it would spoil the file without a word.
const wasm = new URL('../../node_modules/libpg-query/wasm/libpg-query.wasm', import.meta.url)

let loading: Promise<Parser> | undefined

/** Loads the parser at its first use, so that a run which parses nothing pays nothing; some 30 ms. */
export function loadParser(): Promise<Parser> {
  loading = loading ?? load()
  return loading
}

async function load(): Promise<Parser> {
  // The package looks for its file beside `__dirname`, which an ES module bundle lacks: there the global one answers.
  const scope = globalThis as { __dirname?: string }
  scope.__dirname = path.dirname(String(wasm))
  try {
    const { loadModule, parseSync, scanSync, parsePlPgSQLSync } = await import('libpg-query')
    await loadModule()
    return { parseSync, scanSync, parsePlPgSQLSync }
  } finally {
    delete scope.__dirname
  }
}
