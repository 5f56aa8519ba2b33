import { spawn } from 'node:child_process'
import { createHmac, createHash, pbkdf2Sync, randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import path from 'node:path'
import { giveTo, reachableTemp, runAs, serverAccount } from './account.js'
import type { Binaries, Major } from './binaries.js'
import { type Guard, runGuarded } from './lifeline.js'

/** Names the directory of the seeds; without it every server runs initdb itself. */
const VARIABLE = 'SIM_POSTGRES_SEEDS'

/**
 * A data directory fresh from initdb, never started, that servers start from a copy of: a tenth of the time of initdb.
 * All copies have the same system identifier, which nothing here looks at, and at first the same password.
 */
export interface Seed {
  readonly directory: string
  readonly binaries: Binaries
  readonly password: string
}

/**
 * From now on the servers of this process, and of the ones it starts, share seeds. They go when this process ends, in
 * whatever way, so that no run begins with what an earlier one left.
 */
export function shareSeeds(): void {
  const account = serverAccount()
  const directory = mkdtempSync(path.join(reachableTemp(account), 'pg-seeds-'))
  giveTo(account, directory)
  // The shell reads the end of the file when we are gone: we hold the other end of the pipe and never write.
  const shell = spawn('/bin/sh', ['-c', 'read -r _; rm -rf "$1"', 'seeds', directory], {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true, // Ctrl-C reaches us, not the shell that cleans up after us
    ...runAs(account),
  })
  shell.unref()
  ;(shell.stdin as Socket | null)?.unref()
  process.env[VARIABLE] = directory
}

/**
 * The seed of a major, made by `initialise` when nobody has made it yet; `undefined` where seeds are not shared. Two
 * processes may make one at the same time: the first one done wins.
 */
export async function seedOf(
  major: Major,
  initialise: (guard: Guard, password: string) => Promise<Binaries>,
): Promise<Seed | undefined> {
  const seeds = process.env[VARIABLE]
  if (seeds === undefined) return undefined
  const directory = path.join(seeds, String(major))
  const told = path.join(directory, 'seed.json')
  if (!existsSync(told)) await plant(directory, initialise)
  return JSON.parse(readFileSync(told, 'utf8')) as Seed
}

async function plant(directory: string, initialise: Parameters<typeof seedOf>[1]): Promise<void> {
  const account = serverAccount()
  const draft = mkdtempSync(`${directory}-`)
  giveTo(account, draft)
  const password = randomBytes(18).toString('base64url')
  const { native, version } = await initialise({ directory: draft, account }, password)
  const binaries: Binaries = { native: native.replace(draft, directory), version }
  const told = path.join(draft, 'seed.json')
  writeFileSync(told, JSON.stringify({ directory, binaries, password } satisfies Seed), { mode: 0o600 })
  giveTo(account, told)
  try {
    renameSync(draft, directory)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(directory)) throw error
  }
}

/** Copies the data directory of a seed to `data`, which is there and empty. */
export async function copySeed({ directory }: Seed, guard: Guard): Promise<void> {
  const run = runGuarded(guard, ['/bin/cp', '-Rp', `${directory}/data/.`, `${guard.directory}/data`])
  const code = await run.ended
  if (code !== 0) throw new Error(`${directory} could not be copied to ${guard.directory}: ${run.output()}`)
}

/** What PostgreSQL stores of an ASCII password (RFC 5803), so that no statement carries the password itself. */
export function scramVerifier(password: string): string {
  const [salt, rounds] = [randomBytes(16), 4096]
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const keyed = (what: string) => createHmac('sha256', salted).update(what).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}
