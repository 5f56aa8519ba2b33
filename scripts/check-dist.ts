import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

/** What a lock file says of one installed package, keyed by its path (`node_modules/pg`). */
export type Locked = Record<
  string,
  {
    dependencies?: Record<string, string>
    optionalDependencies?: Record<string, string>
    peerDependencies?: Record<string, string>
  }
>

/** Paths below `folder`, with forward slashes, sorted. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      resolve(entry.parentPath, entry.name)
        .slice(resolve(folder).length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()

/** What runs: a packed file counts unpacked, because another release of Node may pack the same to other bytes. */
function content(file: string): Buffer {
  const bytes = readFileSync(file)
  return file.endsWith('.br') ? brotliDecompressSync(bytes) : bytes
}

/** One sentence per difference between the committed bundle and a fresh one; none if they are the same bytes. */
export function compareFolders(committed: string, rebuilt: string): string[] {
  if (!existsSync(committed)) return [`${committed} does not exist. Run \`npm run build\` and commit it.`]
  const expected = filesIn(rebuilt)
  const actual = filesIn(committed)
  return [
    ...expected.filter((file) => !actual.includes(file)).map((file) => `dist/${file} is missing.`),
    ...actual.filter((file) => !expected.includes(file)).map((file) => `dist/${file} is not made by the build.`),
    ...expected
      .filter((file) => actual.includes(file))
      .filter((file) => !content(join(committed, file)).equals(content(join(rebuilt, file))))
      .map((file) => `dist/${file} differs from what src builds.`),
  ]
}

/** Bytes that dist may have in all, and its first file, which every run reads. */
const budget = { total: 1_500_000, start: 130_000 }

/** One sentence per budget that dist exceeds. */
export function judgeSize(bytes: ReadonlyMap<string, number>, allowed = budget): string[] {
  const kB = (count: number) => `${Math.ceil(count / 1000)} kB`
  const total = [...bytes.values()].reduce((sum, size) => sum + size, 0)
  const start = bytes.get('index.js') ?? 0
  return [
    ...(total <= allowed.total ? [] : [`dist has ${kB(total)}, more than the ${kB(allowed.total)} it may have.`]),
    ...(start <= allowed.start
      ? []
      : [`dist/index.js has ${kB(start)}, more than the ${kB(allowed.start)} that every run may read at its start.`]),
  ]
}

/** The bundler, as installed. It numbers modules by their path and by its own. */
const bundler = 'node_modules/@vercel/ncc'

/**
 * The installed packages the bundle can contain: the root's dependencies and theirs. They are copied for the rebuild:
 * only a tree of the same shape gives the same numbers, so the same bytes; links into another folder do not.
 */
export function bundledPackages(locked: Locked): string[] {
  const found = new Set<string>()
  const visit = (from: string): void => {
    const entry = locked[from]
    const wanted = { ...entry?.dependencies, ...entry?.optionalDependencies, ...entry?.peerDependencies }
    for (const name of Object.keys(wanted)) {
      const path = nearest(locked, { name, from })
      if (path === undefined || found.has(path)) continue
      found.add(path)
      visit(path)
    }
  }
  visit('')
  return [...found].sort()
}

/** Node's own search, up the folders, but in the lock file. */
function nearest(locked: Locked, { name, from }: { name: string; from: string }): string | undefined {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`
  if (path in locked) return path
  if (from === '') return undefined
  return nearest(locked, { name, from: from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))) })
}

/** The commands of `npm run build`, so that this check and the build cannot drift apart. */
export function buildCommands(script: string): {
  compile: string[]
  shake: string[]
  bundle: string[]
  finish: string[]
} {
  const commands = script.split('&&').map((command) => command.trim().split(/\s+/))
  const [compile, shake, bundle, finish, ...more] = commands.filter(([program]) => program !== 'rm')
  const programs = [compile, shake, bundle, finish].map((command) => command?.[0]).join(' ')
  if (!compile || !shake || !bundle || !finish || programs !== 'tsc node ncc node' || more.length > 0) {
    throw new Error(
      `The build script is "${script}"; this check knows only "tsc … && node … && ncc … && node …". Teach it the new one.`,
    )
  }
  return { compile, shake, bundle, finish }
}

/** One sentence per thing that is wrong with how the bundle fails when it gets no input at all. */
export function judgeEmptyRun(run: { status: number | null; stdout: string; stderr: string }): string[] {
  const output = `${run.stdout}\n${run.stderr}`
  const errors = output.split('\n').filter((line) => /^::error\b/.test(line))
  const trace = output
    .split('\n')
    .find((line) => /^\s+at .+:\d+:\d+\)?$/.test(line) || line.startsWith('node:internal'))
  return [
    ...(run.status === 1
      ? []
      : [`dist/index.js without inputs ended with ${String(run.status)}, expected exit code 1.`]),
    ...(errors.length === 1
      ? []
      : [`dist/index.js without inputs printed ${errors.length} ::error:: lines, expected exactly one.`]),
    ...(trace === undefined ? [] : [`dist/index.js without inputs printed a stack trace: ${trace.trim()}`]),
  ]
}

function rebuild(root: string, into: string): void {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts?: { build?: string } }
  const { compile, shake, bundle, finish } = buildCommands(scripts?.build ?? '')
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Locked }
  const run = (args: string[], cwd: string): void => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
    if (status !== 0) throw new Error(`The rebuild failed.\n${stdout}${stderr}`)
  }
  run([join(root, 'node_modules/typescript/bin/tsc'), ...compile.slice(1), '--outDir', join(into, 'lib')], root)
  for (const path of ['package.json', bundler, ...bundledPackages(lock.packages)]) {
    if (existsSync(join(root, path))) cpSync(join(root, path), join(into, path), { recursive: true })
  }
  run([join(root, shake[1] ?? ''), ...shake.slice(2)], into)
  run([join(into, bundler, 'dist/ncc/cli.js'), ...bundle.slice(1)], into)
  run([join(root, finish[1] ?? ''), ...finish.slice(2)], into)
}

function check(root: string): string[] {
  if (Number(process.versions.node.split('.')[0]) < 24) {
    return [`This is Node ${process.versions.node}; the action runs on Node 24. Run \`npm run check\` instead.`]
  }
  const temporary = mkdtempSync(join(tmpdir(), 'check-dist-'))
  try {
    rebuild(root, temporary)
    const dist = join(root, 'dist')
    const differences = compareFolders(dist, join(temporary, 'dist'))
    if (differences.length > 0) return [...differences, 'Run `npm run build` and commit dist/.']
    const oversized = judgeSize(new Map(filesIn(dist).map((file) => [file, statSync(join(dist, file)).size])))
    if (oversized.length > 0) return oversized
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
  const run = spawnSync(process.execPath, [join(root, 'dist', 'index.js')], {
    // Elsewhere it is a command line, which answers in another way.
    env: { GITHUB_ACTIONS: 'true' },
    encoding: 'utf8',
    timeout: 30_000,
  })
  return judgeEmptyRun(run)
}

if (process.argv[1] === import.meta.filename) {
  const problems = check(process.cwd())
  for (const problem of problems) console.error(problem)
  if (problems.length === 0) console.log('dist/ is what src builds, byte for byte, within its size, and it runs.')
  process.exitCode = problems.length === 0 ? 0 : 1
}
