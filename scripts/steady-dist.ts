/**
 * Gives the modules that stand for a file beside the bundle a name of their own. The bundler numbers them by where the
 * project lies on the disk, so the same sources would make other bytes in another folder.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const asset =
  /\/\*{3}\/ (\d+):\n(\/\*{3}\/ \(\(module, [^\n]*\n\nmodule\.exports = __webpack_require__\.p \+ "([^"?]+))/g

export function steady(bundle: string): string {
  const named = bundle.replace(asset, '/***/ "file $3":\n$2')
  return [...bundle.matchAll(asset)].reduce(
    (text, [, id = '', , file = '']) =>
      text.replaceAll(`__webpack_require__(${id})`, `__webpack_require__("file ${file}")`),
    named,
  )
}

const [folder] = process.argv.slice(2)
if (process.argv[1] === import.meta.filename && folder !== undefined) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('index.js'))) {
    const path = join(folder, file)
    writeFileSync(path, steady(readFileSync(path, 'utf8')))
  }
}
