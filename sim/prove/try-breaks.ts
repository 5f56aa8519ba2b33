import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Break, breaks } from './breaks.js'

const root = join(import.meta.dirname, '../..')

/** What the copy leaves out: large, or of no account to a test. */
const left = /^(node_modules|\.git|lib|coverage|issues)$/

export interface Tried extends Break {
  /** `caught`: green without the break, red with it. */
  readonly result: 'caught' | 'not caught' | 'red without the break'
}

/** Puts each break into a copy of the tree, and runs its test there without and with it. */
export async function tryBreaks(tell: (line: string) => void, chosen: readonly Break[] = breaks): Promise<Tried[]> {
  const copy = await mkdtemp(join(tmpdir(), 'prove-'))
  try {
    await cp(root, copy, { recursive: true, filter: (path) => !left.test(path.slice(root.length + 1)) })
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
    const tried: Tried[] = []
    for (const one of chosen) {
      const done = { ...one, result: await tryOne(copy, one) }
      tell(`${String(done.promise).padStart(2)}  ${done.result}  ${done.test}`)
      tried.push(done)
    }
    return tried
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

async function tryOne(copy: string, { file, find, put, test }: Break): Promise<Tried['result']> {
  const path = join(copy, file)
  const good = await readFile(path, 'utf8')
  if (good.split(find).length !== 2) throw new Error(`${file} does not hold once: ${find}`)
  if (!(await isGreen(copy, test))) return 'red without the break'
  await writeFile(
    path,
    good.replace(find, () => put),
  )
  try {
    return (await isGreen(copy, test)) ? 'not caught' : 'caught'
  } finally {
    await writeFile(path, good)
  }
}

/** Runs one file of tests, or one check, in the copy. */
function isGreen(copy: string, test: string): Promise<boolean> {
  const flags = test.endsWith('.test.ts') ? ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'] : []
  return new Promise((resolve) =>
    execFile(process.execPath, [...flags, test], { cwd: copy, timeout: 300_000, maxBuffer: 2 ** 26 }, (error) => {
      resolve(error === null)
    }),
  )
}
