/** What a run reads before it knows what it has to do: every module in it is compiled in every run. */
import { beforeAll, expect, it } from '@jest/globals'
import { join } from 'node:path'
import { build, type Metafile } from 'esbuild'

const entry = 'src/index.ts'
/** Of what asks nobody but the platform, at least to take a branch away. */
const platforms = ['neon', 'planetscale', 'rest', 'supabase', 'xata', 'xata-lite'].map(
  (name) => `src/providers/${name}.ts`,
)

let outputs: Metafile['outputs']
beforeAll(async () => {
  const { metafile } = await build({
    absWorkingDir: join(import.meta.dirname, '../..'),
    entryPoints: [entry, ...platforms],
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    metafile: true,
    write: false,
    outdir: 'nowhere',
  })
  outputs = metafile.outputs
})

/** Files and packages that come along without being asked for. */
function loadedWith(file: string): Set<string> {
  const [first] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === file) ?? []
  const [chunks, loaded] = [new Set([first ?? file]), new Set<string>()]
  for (const chunk of chunks) {
    for (const name of Object.keys(outputs[chunk]?.inputs ?? {})) loaded.add(name)
    for (const { path, kind, external } of outputs[chunk]?.imports ?? []) {
      if (kind === 'import-statement') (external ? loaded : chunks).add(path)
    }
  }
  return loaded
}

it('the entry holds no platform, no work of one mode alone, and no package but the toolkit', () => {
  const loaded = [...loadedWith(entry)]
  expect(loaded).toContain('src/run-branch.ts')
  const allowed =
    /^(src\/(?!data\/|providers\/|insight\/|sinks\/|lifecycle\/(cleanup|refresh|scan)\.)|node:|@actions\/core$)/
  expect(loaded.filter((name) => !allowed.test(name) && !name.startsWith('src/data/commands/'))).toEqual([])
  // Only the patterns of names are looked at before the policy file is read.
  expect(loaded.filter((name) => name.startsWith('src/domain/masking/'))).toEqual(['src/domain/masking/rules.ts'])
})

it.each(platforms)('%s comes without the driver of PostgreSQL', (file) => {
  const loaded = loadedWith(file)
  expect(loaded).toContain(file)
  expect(loaded).not.toContain('pg')
})
