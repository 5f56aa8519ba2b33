/** What we need to know of a pull request, read live from the forge. */
export interface PullRequest {
  readonly number: number
  readonly state: 'open' | 'closed'
}
