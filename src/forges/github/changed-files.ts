import { type Known, known, unknown } from '../../domain/known.js'
import { CancelledError, messageOf, RedirectError } from '../../errors.js'
import { explain, type GitHubClient } from './client.js'

/** GitHub's largest page, and the most files that it lists: https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
const pageSize = 100
const most = 3000

/** Paths of the files that a pull request adds or changes; unknown where the list is not whole. */
export async function changedFiles({ rest, repo }: GitHubClient, number: number): Promise<Known<readonly string[]>> {
  const seen = new Set<unknown>()
  const paths: string[] = []
  try {
    for (let page = 1; ; page++) {
      const { data } = await rest.pulls.listFiles({ ...repo, pull_number: number, per_page: pageSize, page })
      if (!Array.isArray(data)) return unknown('GitHub sent a page of files that is none')
      for (const { filename, status } of data as { filename?: unknown; status?: unknown }[]) {
        // A page that comes twice stands where another one should.
        if (seen.has(filename)) return unknown('GitHub sent the same page of files twice')
        seen.add(filename)
        if (typeof filename === 'string' && status !== 'removed') paths.push(filename)
      }
      if (data.length < pageSize) return known(paths)
      if (page * pageSize >= most) return unknown(`GitHub lists no more than ${most} files of a pull request`)
    }
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return unknown(error instanceof RedirectError ? messageOf(error) : explain(error).text)
  }
}
