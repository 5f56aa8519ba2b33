import { type Known, known, unknown } from '../../domain/known.js'
import { CancelledError } from '../../errors.js'
import { explain, type GitHubClient } from './client.js'

/**
 * The text of a file of the default branch, or at the given commit; undefined when there is none. The pull request's own
 * tree is its author's to change: what stands there never counts.
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
      mediaType: { format: 'raw' },
    })
    // A page of a proxy would be a text, too; the policy file's own reader refuses what is none.
    return typeof data === 'string' ? known(data) : unknown(`${path} is no file`)
  } catch (error) {
    if (error instanceof CancelledError) throw error
    const { status, text } = explain(error)
    // Of a commit that is gone nobody knows what it held.
    if (status === 404 && !text.includes('No commit found')) return absent({ rest, repo }, text)
    const advice = status === 403 ? '; give the job "permissions: contents: read"' : ''
    return unknown(`${text}${advice}`)
  }
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
