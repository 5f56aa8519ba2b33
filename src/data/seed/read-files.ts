import { glob, readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import { InputError, show } from '../../errors.js'

export interface SqlFile {
  /** As it is told: from the root of the work tree, with slashes. */
  readonly path: string
  readonly text: string
}

/** Longest file, in bytes: its statements are held in memory several times over. */
const longest = 64 * 1024 * 1024

/**
 * The files of the patterns, each once: patterns in their order, the files of one pattern by name (so that `10_` comes
 * before `20_`, and after `100_`).
 * @throws InputError for a pattern without a file, and for a file that is outside of the work tree, no UTF-8 or too long.
 */
export async function readSqlFiles(root: string, patterns: readonly string[], input = 'seed'): Promise<SqlFile[]> {
  const top = await realpath(root)
  const files = new Map<string, SqlFile>()
  for (const pattern of patterns) {
    if (path.isAbsolute(pattern) || pattern.split(/[\\/]/).includes('..'))
      throw new InputError(
        `Input "${input}" names "${show(pattern)}", which leads out of the work tree. Write a path below it.`,
      )
    const found: string[] = []
    for await (const name of glob(pattern, { cwd: top })) found.push(name.split(path.sep).join('/'))
    if (found.length === 0)
      throw new InputError(
        `Input "${input}" names "${show(pattern)}", and there is no such file. Check the path and that the job checks the repository out.`,
      )
    for (const name of found.sort()) if (!files.has(name)) files.set(name, await readOne(top, name, input))
  }
  return [...files.values()]
}

async function readOne(top: string, name: string, input: string): Promise<SqlFile> {
  // A link could lead to any file of the runner.
  const real = await realpath(path.join(top, name))
  if (!real.startsWith(top + path.sep))
    throw new InputError(
      `The file ${show(name)} of "${input}" is a link that leads out of the work tree. Put the file itself there.`,
    )
  const bytes = await readFile(real).catch((cause: unknown) => {
    throw new InputError(`The file ${show(name)} of "${input}" cannot be read. Name files, not directories.`, { cause })
  })
  if (bytes.length > longest)
    throw new InputError(`The file ${show(name)} of "${input}" is longer than ${longest / 1024 / 1024} MiB. Split it.`)
  try {
    // A byte order mark at the beginning is taken away.
    return { path: name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (cause) {
    throw new InputError(`The file ${show(name)} of "${input}" is no UTF-8. Convert it.`, { cause })
  }
}
