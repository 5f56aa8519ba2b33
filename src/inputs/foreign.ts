import type { Trigger } from '../domain/trigger.js'
import { InputError } from '../errors.js'
import { eventsOfOthers } from './preparation.js'
import { oneOf, type RawInputs, show } from './readers.js'

/** Modes that make a branch, or hand its URL out. Taking one away needs no code of anybody. */
const handingOut: readonly string[] = ['create', 'connect', 'report']

const whose = {
  fork: 'from a fork',
  dependabot: "of Dependabot's",
  unknown: 'of which the event does not say where it is from',
}

/**
 * On these events runs have secrets, also for pull requests that anybody opened: no branch is made for such a one, and
 * no URL handed out.
 * Source: https://docs.github.com/actions/reference/security/securely-using-pull_request_target
 * @throws InputError
 */
export function refuseForeignPullRequest(raw: RawInputs, { event, foreign }: Trigger, mode: string): void {
  if (foreign === undefined || !eventsOfOthers.includes(event) || !handingOut.includes(mode)) return
  if (oneOf(raw, 'trust_code', ['false', 'true']) === 'true') return
  throw new InputError(
    `Mode "${mode}" is refused on "${event}" for a pull request ${whose[foreign]}: such runs have secrets, and what they hand out could reach code that anybody wrote. Make branches on "pull_request" and only take them away here, as examples/fork-safe.yml does, or set "trust_code" to "true" where only code of your own default branch is checked out.`,
  )
}

/** @throws InputError when the description of a platform is a file that a stranger could have written. */
export function refuseForeignFile(raw: RawInputs, { event }: Trigger): void {
  const path = raw('rest_config')
  if (raw('provider') !== 'rest' || path === '' || path.includes('\n') || !eventsOfOthers.includes(event)) return
  throw new InputError(
    `Input "rest_config" names the file "${show(path)}", and on "${event}" whoever opened the pull request could have written it and sent "api_key" elsewhere. Give the description itself, in the workflow file.`,
  )
}
