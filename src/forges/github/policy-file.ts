import { type Known, known, unknown } from '../../domain/known.js'
import { CancelledError } from '../../errors.js'
import { explain, type GitHubClient } from './client.js'

/**
 * The text of a file of the default branch, or at the given commit; undefined when there is none. The pull request's own
 * tree is its author's to change: what stands there never counts. Asked for with its size, because a text that was cut off
 * on the way would be another law, and one that is obeyed.
 * https://docs.github.com/rest/repos/contents#get-repository-content (needs Contents: read)
 */
export async function readFile(
  { rest, repo }: GitHubClient,
  { path, ref }: { path: string; ref?: string },
): Promise<Known<string | undefined>> {
  try {
    const { data } = await rest.repos.getContent({
      ...repo,
      path,
      ...(ref !== undefined && { ref }),
    })
    return textOf(data, path)
  } catch (error) {
    if (error instanceof CancelledError) throw error
    const { status, text } = explain(error)
    // Of a commit that is gone nobody knows what it held.
    if (status === 404 && !text.includes('No commit found')) return absent({ rest, repo }, text)
    const advice = status === 403 ? '; give the job "permissions: contents: read"' : ''
    return unknown(`${text}${advice}`)
  }
}

/** From 1 MB on GitHub gives no content with it. */
function textOf(data: unknown, path: string): Known<string> {
  if (Array.isArray(data)) return unknown(`${path} is no file`)
  const { type, encoding, content, size } = (data ?? {}) as Readonly<Record<string, unknown>>
  if (type === 'file' && encoding === 'none') return unknown(`${path} is larger than 1 MB`)
  if (type !== 'file' || encoding !== 'base64' || typeof content !== 'string')
    return unknown(`GitHub sent an answer that is not ${path}`)
  const bytes = Buffer.from(content, 'base64')
  return bytes.length === size ? known(bytes.toString()) : unknown(`GitHub sent only a part of ${path}`)
}

/** 404 also means that the token does not reach the repository: only one that does proves absence. */
async function absent({ rest, repo }: Pick<GitHubClient, 'rest' | 'repo'>, text: string): Promise<Known<undefined>> {
  try {
    await rest.repos.get(repo)
    return known(undefined)
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return unknown(text)
  }
}
