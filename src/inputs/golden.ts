import type { Trigger } from '../domain/trigger.js'
import { InputError } from '../errors.js'
import { branchName } from './branch.js'
import { type InputName, type RawInputs, show, wholeNumber } from './readers.js'

/** Inputs that say something of a branch that is handed out, or of its parent. */
const foreign: readonly InputName[] = ['copy_approval', 'point_in_time', 'idle_days', 'max_golden_age', 'environment']

/** In whole days; undefined: a golden parent of any age will do. */
export function parseMaxGoldenAge(raw: RawInputs): number | undefined {
  return raw('max_golden_age') === ''
    ? undefined
    : wholeNumber(raw, 'max_golden_age', { unit: 'days', from: 1, to: 365, byDefault: 1 })
}

/** The name of the golden parent, which is one for all pull requests. */
export function goldenName(raw: RawInputs, trigger: Trigger): string {
  if (trigger.pullRequest) {
    throw new InputError(
      `Input "mode" is "golden", which is for all pull requests at once, and the event "${show(trigger.event)}" is of one. Run it on "schedule" or "workflow_dispatch".`,
    )
  }
  const template = raw('branch_name')
  if (template === '' || template.includes('{number}')) {
    throw new InputError(
      `Input "branch_name" must name the golden parent in mode "golden", without {number}, such as golden; it is "${show(template)}".`,
    )
  }
  const policy = raw('data_policy')
  if (policy !== '' && policy !== 'masked') {
    throw new InputError(
      `Input "data_policy" is "${show(policy)}", and mode "golden" makes a parent with data_policy "masked". Remove it.`,
    )
  }
  const given = foreign.find((name) => raw(name) !== '')
  if (given !== undefined) {
    throw new InputError(`Input "${given}" does not go with mode "golden", which hands nothing out. Remove it.`)
  }
  return branchName(raw, trigger)
}
