import { known, unknown } from '../../domain/known.js'
import { CancelledError, RedirectError } from '../../errors.js'
import type { Forge } from '../../ports.js'
import { explain, type GitHubClient } from './client.js'

/**
 * Live pull request states. Anything but a well-formed answer is unknown: 404 also means "no access", and Octokit
 * hands out a truncated or HTML answer of status 200 as text.
 * https://docs.github.com/rest/pulls/pulls#get-a-pull-request
 */
export function githubForge({ rest, repo }: GitHubClient): Forge {
  return {
    async pullRequest(number) {
      try {
        const { data } = await rest.pulls.get({ ...repo, pull_number: number })
        const answer = data as { number?: unknown; state?: unknown } | null | string
        if (typeof answer !== 'object' || answer?.number !== number)
          return unknown('GitHub sent an answer that is not this pull request')
        if (answer.state !== 'open' && answer.state !== 'closed')
          return unknown('GitHub sent an answer without a state')
        return known({ number, state: answer.state })
      } catch (error) {
        if (error instanceof CancelledError) throw error
        if (error instanceof RedirectError) return unknown(error.message)
        const { status, text } = explain(error)
        const advice = status === 403 || status === 404 ? '; give the job "permissions: pull-requests: read"' : ''
        return unknown(`${text}${advice}`)
      }
    },
  }
}
