import { build, type Plugin } from 'esbuild'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * Packages of which only what is used gets into the bundle, and the one file that imports each. The bundler itself keeps
 * all they import: an HTTP client of 400 kB, which the unused `getIDToken` and `getOctokit` need; the paths of a thousand
 * calls of GitHub; what the YAML parser needs to write.
 */
export const shaken: Readonly<Record<string, string>> = {
  '@actions/core': 'forges/github/job.js',
  '@actions/github': 'forges/github/runner.js',
  '@octokit/plugin-rest-endpoint-methods': 'forges/github/client.js',
  '@octokit/rest': 'forges/github/client.js',
  yaml: 'yaml.js',
}

/** Takes in the shaken packages' own files; every other import stays as it is, or goes if nothing of it is used. */
const onlyShaken: Plugin = {
  name: 'only shaken packages',
  setup(build) {
    build.onResolve({ filter: /^/ }, ({ path, importer, kind }) => {
      const names = Object.keys(shaken)
      if (kind === 'entry-point') return undefined
      // The same parser in its browsers' form: only that one consists of modules that can be left out.
      if (path === 'yaml') return { path: resolve('node_modules/yaml/browser/index.js'), sideEffects: false }
      if (names.includes(path)) return undefined
      const own = names.some((name) => importer.includes(`/node_modules/${name}/`)) && path.startsWith('.')
      // Their files do nothing when they are imported that what is used would miss, but do not say so.
      if (own) return { path: resolve(dirname(importer), path), sideEffects: false }
      return { path, external: true, sideEffects: false }
    })
  },
}

type Table = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Leaves in Octokit's table of calls only those that this action makes. */
const onlyOurEndpoints = (ours: Readonly<Record<string, readonly string[]>>): Plugin => ({
  name: 'only our endpoints',
  setup(build) {
    build.onLoad({ filter: /plugin-rest-endpoint-methods\/dist-src\/generated\/endpoints\.js$/ }, async ({ path }) => {
      const { default: all } = (await import(pathToFileURL(path).href)) as { default: Table }
      const kept = Object.entries(ours).map(([scope, names]) => [
        scope,
        Object.fromEntries(names.map((name) => [name, all[scope]?.[name]])),
      ])
      return { contents: `export default ${JSON.stringify(Object.fromEntries(kept))}` }
    })
  },
})

const [lib] = process.argv.slice(2)
if (process.argv[1] === import.meta.filename && lib !== undefined) {
  const { endpoints } = (await import(pathToFileURL(join(resolve(lib), 'forges/github/endpoints.js')).href)) as {
    endpoints: Readonly<Record<string, readonly string[]>>
  }
  for (const file of new Set(Object.values(shaken))) {
    const path = join(resolve(lib), file)
    await build({
      entryPoints: [path],
      outfile: path,
      allowOverwrite: true,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      plugins: [onlyShaken, onlyOurEndpoints(endpoints)],
    })
  }
}
