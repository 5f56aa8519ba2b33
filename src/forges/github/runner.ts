import { context } from '@actions/github'

/**
 * Address of the API of the GitHub that this job runs on, as the runner gives it. The toolkit reads the event's file when
 * it is imported and stumbles over one that is no JSON: only whoever has read that file already may import this.
 * https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export const apiUrl = context.apiUrl || 'https://api.github.com'
