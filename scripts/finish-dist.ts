import { transformSync } from 'esbuild'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

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

/**
 * The bundler minifies its first file alone, and most code is in the others. Licences stand in licenses.txt. The map
 * leads back to the bundle as the bundler wrote it, which names every module.
 */
export function minified(bundle: string, file: string): { code: string; map: string } {
  return transformSync(bundle, {
    minify: true,
    format: 'esm',
    target: 'node24',
    legalComments: 'none',
    sourcemap: 'external',
    sourcefile: file,
  })
}

const [folder] = process.argv.slice(2)
if (process.argv[1] === import.meta.filename && folder !== undefined) {
  // Beside dist: nobody who runs the action wants to download them.
  const maps = join(dirname(folder), 'dist-maps')
  rmSync(maps, { recursive: true, force: true })
  mkdirSync(maps)
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const path = join(folder, file)
    const { code, map } = minified(steady(readFileSync(path, 'utf8')), file)
    writeFileSync(path, code)
    writeFileSync(join(maps, `${file}.map`), map)
  }
}
