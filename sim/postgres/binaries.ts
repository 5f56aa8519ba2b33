import { execFile } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { type Account, giveTo, runAs } from './account.js'

export const MAJORS = [13, 15, 18] as const
export type Major = (typeof MAJORS)[number]

/** A native directory (`bin`, `lib`, `share`) whose binaries run, under the account they will run under. */
export interface Binaries {
  readonly native: string
  /** As the server says it, for example `18.4`. */
  readonly version: string
}

/** The PostgreSQL majors that npm installed for this platform, oldest first. */
export function installedMajors(): Major[] {
  return MAJORS.filter((major) => packagedNative(major) !== undefined)
}

/** Where npm put the binaries of a major; throws when this platform has none. */
export function nativeDirectory(major: Major): string {
  const native = packagedNative(major)
  if (native !== undefined) return native
  const installed = installedMajors().join(', ') || 'none'
  throw new Error(
    `PostgreSQL ${major} is not installed for ${process.platform}-${process.arch} (installed: ${installed}). ` +
      'Run "npm ci" without --omit=optional, or choose an installed major.',
  )
}

function packagedNative(major: Major): string | undefined {
  const name = `postgresql-${major}-${process.platform}-${process.arch}`
  for (let directory = path.join(import.meta.dirname, '../binaries'); ; directory = path.dirname(directory)) {
    const native = path.join(directory, 'node_modules', name, 'native')
    if (existsSync(path.join(native, 'bin/postgres'))) return native
    if (path.dirname(directory) === directory) return undefined
  }
}

/**
 * The binaries where they are, or mirrored below `directory` when the account cannot run them there: a project below
 * /root, a read-only install without its library links, a mount without exec.
 */
export async function runnableBinaries(from: string, directory: string, account?: Account): Promise<Binaries> {
  if (!existsSync(path.join(from, 'bin/postgres'))) {
    throw new Error(`${path.join(from, 'bin/postgres')} does not exist: "native" must hold bin, lib and share.`)
  }
  linkLibraries(from)
  const inPlace = await probe(from, account)
  if (inPlace.version !== undefined) return { native: from, version: inPlace.version }

  const native = path.join(directory, 'native')
  mirror(from, native, account)
  linkLibraries(native)
  const mirrored = await probe(native, account)
  if (mirrored.version !== undefined) return { native, version: mirrored.version }
  throw new Error(
    `${path.join(from, 'bin/postgres')} does not run${account === undefined ? '' : ` as user ${account.name}`}, ` +
      `nor does a copy of it in ${native}.\n${mirrored.why}\n` +
      'Install the packages again with "npm ci". The binaries need glibc 2.27 or newer (Alpine has none), ' +
      'and a temporary directory (TMPDIR) that allows programs to run.',
  )
}

async function probe(native: string, account?: Account): Promise<{ version?: string; why: string }> {
  try {
    const postgres = path.join(native, 'bin/postgres')
    const { stdout } = await promisify(execFile)(postgres, ['--version'], { cwd: '/', ...runAs(account) })
    const version = /\d+(\.\d+)?/.exec(stdout)?.[0]
    return version === undefined ? { why: stdout } : { version, why: '' }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) }
  }
}

/**
 * The npm package holds no symlinks (npm drops them): its install script makes them from a list, where npm still runs
 * install scripts. Each link is made in one step and an existing one is left alone, so two processes do not disturb
 * each other. A directory that cannot be written is left as it is; the probe that follows decides.
 */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  let links: { source: string; target: string }[]
  try {
    links = JSON.parse(readFileSync(list, 'utf8')) as typeof links
  } catch {
    return
  }
  for (const { source, target } of links) {
    try {
      const link = path.join(native, path.relative('native', target)) // the list counts from the package
      symlinkSync(path.relative(path.dirname(target), source), link)
    } catch (error) {
      if (code(error) !== 'EEXIST') return
    }
  }
}

/** Hard links where possible (milliseconds, no space). The originals keep their owner and mode. */
function mirror(from: string, to: string, account?: Account): void {
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = path.join(from, entry.name)
    const target = path.join(to, entry.name)
    if (entry.isDirectory()) mirror(source, target, account)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else mirrorFile(source, target)
  }
  chmodSync(to, 0o755)
  giveTo(account, to)
}

function mirrorFile(source: string, target: string): void {
  const mode = lstatSync(source).mode
  const program = (mode & 0o100) !== 0
  if ((mode & 0o004) !== 0 && (!program || (mode & 0o001) !== 0)) {
    try {
      linkSync(source, target)
      return
    } catch (error) {
      if (!['EXDEV', 'EPERM', 'EACCES', 'EMLINK', 'ENOTSUP'].includes(code(error))) throw error
    }
  }
  copyFileSync(source, target)
  chmodSync(target, program ? 0o755 : 0o644)
}

function code(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
