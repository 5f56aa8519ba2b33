import { minifySync } from '@swc/core'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { grouped, licenceOf, namedBy } from './licences.ts'
import { shaken } from './shake-lib.ts'

const asset =
  /\/\*{3}\/ (\d+):\n(\/\*{3}\/ \(\(module, [^\n]*\n\nmodule\.exports = __webpack_require__\.p \+ "([^"?]+))/g

/**
 * Gives the modules that stand for a file beside the bundle a name of their own. The bundler numbers them by where the
 * project lies on the disk, so the same sources would make other bytes in another folder.
 */
export function steady(bundle: string): string {
  const named = bundle.replace(asset, '/***/ "file $3":\n$2')
  return [...bundle.matchAll(asset)].reduce(
    (text, [, id = '', , file = '']) =>
      text.replaceAll(`__webpack_require__(${id})`, `__webpack_require__("file ${file}")`),
    named,
  )
}

/** A module of a chunk: its number, and the function that the bundler made of it. */
const chunkModule = /^\/\*{3}\/ (\d+):\n(\/\*{3}\/ (\(\([^\n]*\) => \{\n[\s\S]*?\n\/\*{3}\/ \})\))(?=,?\n)/gm

/**
 * The bundler copies a small module into every chunk that needs it. Here each such module becomes a file of its own,
 * which those chunks import.
 * @param files Text of each file by its name, as the bundler wrote it.
 */
export function shared(files: ReadonlyMap<string, string>): Map<string, string> {
  const chunks = [...files].filter(([name]) => /^\d+\.index\.js$/.test(name))
  const copies = new Map<string, string[]>()
  for (const [, text] of chunks) {
    for (const [, id = '', , body = ''] of text.matchAll(chunkModule)) copies.set(id, [...(copies.get(id) ?? []), body])
  }
  const moved = new Map<string, string>()
  for (const [id, [first = '', ...more]] of copies) {
    if (more.length > 0 && more.every((body) => body === first)) moved.set(id, first)
  }
  const result = new Map(files)
  for (const [name, text] of chunks) {
    const imports: string[] = []
    const left = text.replace(chunkModule, (whole, id: string) => {
      if (!moved.has(id)) return whole
      imports.push(`import { module as module${id} } from "./shared.${id}.js";\n`)
      return `/***/ ${id}: module${id}`
    })
    result.set(name, imports.join('') + left)
  }
  for (const [id, body] of moved) result.set(`shared.${id}.js`, `export const module = ${body});\n`)
  return result
}

/** Where the bundler begins the function of a module. */
const moduleStart = /^(\/\*{3}\/ (?:\d+|"[^"\n]+"):\n\/\*{3}\/ |export const module = )\((?=\(|function)/gm

/** As long as what it stands for, so that the map still fits. */
const [marked, kept] = ['$$(', '  (']

/**
 * The bundler minifies its first file alone, and most code is in the others. Licences stand in licenses.txt. The map
 * leads back to the bundle as the bundler wrote it, which names every module. A module's function keeps the parentheses
 * around it, which tell V8 that it runs at once: without them it is parsed twice
 * (https://v8.dev/blog/preparser#pife).
 */
export function minified(bundle: string, file: string): { code: string; map: string } {
  const count = (text: string) => text.split(marked).length - 1
  const source = bundle.replace(moduleStart, (_, before: string) => before + marked)
  const { code, map = '{}' } = minifySync(source, {
    module: true,
    compress: true,
    mangle: true,
    ecma: 2022,
    format: { comments: false },
    sourceMap: true,
  })
  if (count(bundle) > 0 || count(code) !== count(source)) throw new Error(`${file} uses "${marked}" itself.`)
  const named = { ...(JSON.parse(map) as object), file, sources: [file], sourcesContent: [bundle] }
  return { code: code.replaceAll(marked, kept), map: JSON.stringify(named) }
}

/** With fixed settings, so that the same release of Node packs to the same bytes. */
function packed(bytes: Buffer): Buffer {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return brotliCompressSync(bytes, { params })
}

function finish(folder: string): void {
  // Beside dist: nobody who runs the action wants to download them.
  const maps = join(dirname(folder), 'dist-maps')
  rmSync(maps, { recursive: true, force: true })
  mkdirSync(maps)
  const names = readdirSync(folder)
  const scripts = names.filter((name) => name.endsWith('.js'))
  const texts = shared(new Map(scripts.map((name) => [name, steady(readFileSync(join(folder, name), 'utf8'))])))
  for (const [name, text] of texts) {
    const { code, map } = minified(text, name)
    writeFileSync(join(folder, name), code)
    writeFileSync(join(maps, `${name}.map`), map)
  }
  const licences = join(folder, 'licenses.txt')
  // The bundler does not know the packages that were put into lib before.
  const packages = [...namedBy(readFileSync(licences, 'utf8')), ...Object.keys(shaken)].sort()
  writeFileSync(licences, grouped(packages.map(licenceOf)))
  // What reads the grammar unpacks it: src/sql/parser.ts.
  for (const name of names.filter((file) => file.endsWith('.wasm'))) {
    writeFileSync(join(folder, `${name}.br`), packed(readFileSync(join(folder, name))))
    rmSync(join(folder, name))
  }
}

const [folder] = process.argv.slice(2)
if (process.argv[1] === import.meta.filename && folder !== undefined) finish(folder)
