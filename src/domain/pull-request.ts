/** What a single pull request's run needs to know, read live from the forge. */
export interface PullRequest {
  readonly number: number
  readonly state: 'open' | 'closed'
}

/** What a sweep needs besides. Dates are ISO 8601 as the forge sent them, unchecked. */
export interface PullRequestFacts extends PullRequest {
  readonly closedAt: string | null
  readonly updatedAt: string
  readonly labels: readonly string[]
}
