import { accessSync, chownSync, constants, readFileSync, statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The user that the binaries run as when this process is root: PostgreSQL refuses to run as root itself. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** `undefined` for a normal user. The user must stand in /etc/passwd: PostgreSQL looks its own uid up there. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'))
  const [name, , uid, gid] = line?.split(':') ?? []
  if (name === undefined || uid === undefined || gid === undefined) {
    throw new Error(
      'PostgreSQL does not run as root, and /etc/passwd has no user "nobody" to run it as. Run as a normal user, or add nobody.',
    )
  }
  return { name, uid: Number(uid), gid: Number(gid) }
}

/** Spawn options that drop root, or nothing for a normal user. */
export function runAs(account: Account | undefined): { uid?: number; gid?: number } {
  return account === undefined ? {} : { uid: account.uid | 0, gid: account.gid | 0 }
}

export function giveTo(account: Account | undefined, file: string): void {
  if (account !== undefined) chownSync(file, account.uid >>> 0, account.gid >>> 0)
}

/** The first temporary directory that the account can enter and this process can write to. */
export function reachableTemp(account: Account | undefined): string {
  const candidates = [tmpdir(), '/tmp', '/var/tmp']
  const found = candidates.find((directory) => writable(directory) && (account === undefined || enterable(directory)))
  if (found !== undefined) return found
  throw new Error(
    `No temporary directory for PostgreSQL: ${candidates.join(', ')} must exist, be writable` +
      (account === undefined ? '.' : ` and let user ${account.name} in.`) +
      ' Set TMPDIR to one that is.',
  )
}

const MEMORY = '/dev/shm'
/** For the servers of two test files at once, and as much again for what the tests themselves take. */
const ROOM = 4 * 1024 ** 3

/**
 * A directory in memory while that has room enough, else `reachableTemp`: most of what a server of a test does is
 * writing files that are gone a few seconds later. It may not allow programs to run.
 */
export function memoryOrTemp(account: Account | undefined, { memory = MEMORY, room = ROOM } = {}): string {
  const open = hasRoom(memory, room) && writable(memory) && (account === undefined || enterable(memory))
  return open ? memory : reachableTemp(account)
}

function hasRoom(memory: string, room: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize >= room && process.availableMemory() >= room
  } catch {
    return false // not Linux
  }
}

function writable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

function enterable(directory: string): boolean {
  const parent = path.dirname(directory)
  return (statSync(directory).mode & 0o001) !== 0 && (parent === directory || enterable(parent))
}
