import { type Known, known, unknown } from '../../domain/known.js'
import { ApiError, path as place } from '../../http/api.js'
import { type GitLabClient, whyNot } from './api.js'

/**
 * The text of a file of the default branch, or at the given commit; undefined when there is none. The merge request's
 * own tree is its author's to change: what stands there never counts.
 * https://docs.gitlab.com/api/repository_files/#get-file-from-repository
 */
export async function readFile(
  { api, project }: GitLabClient,
  { path, ref }: { path: string; ref?: string },
): Promise<Known<string | undefined>> {
  try {
    const { body } = await api.send('GET', place`/projects/${project}/repository/files/${path}`, {
      doing: `Reading ${path}`,
      query: { ref: ref ?? 'HEAD' },
    })
    const { content, encoding, file_path } = body.object
    if (typeof content !== 'string' || encoding !== 'base64' || file_path !== path) {
      return unknown(`GitLab sent an answer that is not ${path}`)
    }
    return known(Buffer.from(content, 'base64').toString())
  } catch (error) {
    if (isNoFile(error)) return known(undefined)
    return unknown(`${whyNot(error)}; "gitlab_token" needs the scope read_api or api and the role Reporter`)
  }
}

/** A commit or a project that is not found is told in other words, and proves nothing. */
function isNoFile(error: unknown): boolean {
  return error instanceof ApiError && error.failure.status === 404 && error.failure.said === '404 File Not Found'
}
