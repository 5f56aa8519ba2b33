import { build, type Plugin } from 'esbuild'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * Packages of which only what is used gets into the bundle, and the one file that imports each. The bundler itself keeps
 * all they import: an HTTP client of 400 kB, which the unused `getIDToken` and `getOctokit` need.
 */
const shaken: Readonly<Record<string, string>> = {
  '@actions/core': 'forges/github/job.js',
  '@actions/github': 'forges/github/runner.js',
}

/** Takes in the shaken packages' own files; every other import stays as it is, or goes if nothing of it is used. */
const onlyShaken: Plugin = {
  name: 'only shaken packages',
  setup(build) {
    build.onResolve({ filter: /^/ }, ({ path, importer, kind }) => {
      const names = Object.keys(shaken)
      if (kind === 'entry-point' || names.includes(path)) return undefined
      const own = names.some((name) => importer.includes(`/node_modules/${name}/`)) && path.startsWith('.')
      // Their files do nothing when they are imported that what is used would miss, but do not say so.
      if (own) return { path: resolve(dirname(importer), path), sideEffects: false }
      return { path, external: true, sideEffects: false }
    })
  },
}

/** As the bundler writes it to dist/licenses.txt of the packages that it finds itself. */
function licenceOf(name: string): string {
  const text = (file: string) => readFileSync(join('node_modules', name, file), 'utf8')
  const { license = '' } = JSON.parse(text('package.json')) as { license?: string }
  const file = readdirSync(join('node_modules', name)).find((entry) => /^licen[cs]e/i.test(entry))
  if (file === undefined) throw new Error(`${name} has no licence file.`)
  return `\n\n${name}\n${license}\n${text(file)}`
}

const [lib] = process.argv.slice(2)
if (process.argv[1] === import.meta.filename && lib !== undefined) {
  for (const file of Object.values(shaken)) {
    const path = join(resolve(lib), file)
    await build({
      entryPoints: [path],
      outfile: path,
      allowOverwrite: true,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      plugins: [onlyShaken],
    })
  }
  writeFileSync(join(lib, 'licenses.txt'), Object.keys(shaken).map(licenceOf).join(''))
}
