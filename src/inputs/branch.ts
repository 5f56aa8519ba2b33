import { longestName, nameFault, renderTemplate } from '../domain/names.js'
import { dataPolicies, type DataPolicy } from '../domain/data-policy.js'
import type { Trigger } from '../domain/trigger.js'
import { InputError } from '../errors.js'
import { Secret } from '../secret.js'
import { oneOf, type RawInputs, show } from './readers.js'

export function resolveExisting(raw: RawInputs, trigger: Trigger): 'reuse' | 'reset' {
  const onSynchronize = oneOf(raw, 'on_synchronize', ['reuse', 'reset'])
  return trigger.action === 'synchronize' ? onSynchronize : 'reuse'
}

export function branchName(raw: RawInputs, trigger: Trigger): string {
  const template = raw('branch_name') || 'pr-{number}'
  const number = trigger.pullRequest?.number
  if (template.includes('{number}') && number === undefined) {
    throw new InputError(
      `Input "branch_name" is "${show(template)}", but the event "${show(trigger.event)}" has no pull request number. Give a name without {number}.`,
    )
  }
  const name = renderTemplate(template, { number, repository: trigger.repository.name })
  const fault = nameFault(name)
  if (fault)
    throw new InputError(
      `Input "branch_name" gives "${show(name)}", which ${fault}. Choose another name, such as pr-{number}.`,
    )
  return name
}

export function parentName(raw: RawInputs, branch: string | undefined): string {
  const name = raw('parent_branch') || 'main'
  if (Buffer.byteLength(name) > longestName) {
    throw new InputError(
      `Input "parent_branch" is longer than ${longestName} bytes, the longest name a database can have. Give the name of an existing one.`,
    )
  }
  if (/\p{C}/u.test(name)) {
    throw new InputError('Input "parent_branch" holds an invisible or control character. Type the name anew.')
  }
  if (name === branch) {
    throw new InputError(
      `Inputs "branch_name" and "parent_branch" are both "${show(name)}". A branch is made from another database.`,
    )
  }
  return name
}

/** Undefined leaves it to the policy file. */
export function parseDataPolicy(raw: RawInputs): DataPolicy | undefined {
  return raw('data_policy') === '' ? undefined : oneOf(raw, 'data_policy', dataPolicies)
}

/**
 * A path below the forge's own folder, where owners look after what is merged: a workflow must not point at any other file of the
 * default branch, such as an example of a looser policy.
 */
export function parsePolicyFile(raw: RawInputs, folder: string): string {
  const path = raw('policy_file') || `${folder}/db-branch.yml`
  const below = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : ''
  if (/^[\w./ -]{1,190}\.ya?ml$/.test(below) && !path.split('/').includes('..')) return path
  throw new InputError(
    `Input "policy_file" is "${show(path)}". Use the path of a YAML file below ${folder} on the default branch, such as ${folder}/db-branch.yml.`,
  )
}

/** The value is never repeated in a message. */
export function parseMaskingKey(raw: RawInputs): Secret | undefined {
  const key = raw('masking_key')
  if (key === '') return undefined
  if (Buffer.byteLength(key) >= shortestMaskingKey) return new Secret(key)
  throw new InputError(
    `Input "masking_key" is shorter than ${shortestMaskingKey} bytes, which could be guessed. Use a random secret of at least that length, or leave it out: then each branch gets a key that nobody learns.`,
  )
}

/** In bytes. */
const shortestMaskingKey = 32

export function parseApproval(raw: RawInputs, policy: DataPolicy | undefined): string | undefined {
  const approval = raw('copy_approval')
  if (policy !== 'copy') {
    if (approval === '') return undefined
    if (policy === undefined) return checkedApproval(approval)
    throw new InputError(
      `Input "copy_approval" goes with data_policy "copy", not with "${policy}". Remove one of the two.`,
    )
  }
  return checkedApproval(approval)
}

function checkedApproval(approval: string): string {
  if (approval.length < 10 || approval.length > 500 || /\p{Cc}/u.test(approval)) {
    throw new InputError(
      'Input "copy_approval" must say in one line of 10 to 500 characters who approved a full copy of the parent\'s data, and why, such as "Jane Doe: test data only, no customers".',
    )
  }
  return approval
}

/** The platforms write times, log positions and snapshot ids in their own ways; what it means is theirs to judge. */
export function parsePointInTime(raw: RawInputs): string | undefined {
  const text = raw('point_in_time')
  if (text === '') return undefined
  if (/^[\w.:/+@-]{1,100}$/.test(text)) return text
  throw new InputError(
    `Input "point_in_time" is "${show(text)}". Use a time such as 2026-11-22T08:00:00Z, or a log position or snapshot id as the platform writes it.`,
  )
}
