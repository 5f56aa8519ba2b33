import type { ForgeWords } from '../domain/trigger.js'
import { InputError } from '../errors.js'
import type { Secret } from '../secret.js'
import { type RawInputs, secret, show } from './readers.js'

/** Where the branch URL goes beside the step outputs: a secret of an environment of the pull request. */
export interface EnvironmentTarget {
  /** Holds `{number}`. */
  readonly template: string
  readonly secretName: string
  readonly token: Secret
}

export function parseEnvironment(raw: RawInputs, forge: ForgeWords): EnvironmentTarget | undefined {
  const template = raw('environment')
  if (template === '') return undefined
  if (!template.includes('{number}')) {
    throw new InputError(
      `Input "environment" is "${show(template)}" without {number}: the environment goes when its pull request is closed, so each needs its own, such as pr-{number}.`,
    )
  }
  if (!/^([\w./ -]|\{number\}|\{repository\}){1,255}$/.test(template)) {
    throw new InputError(
      'Input "environment" may hold at most 255 letters, digits, spaces and . / _ - and the words {number}, {repository}.',
    )
  }
  const own = secret(raw, 'environment_token')
  const token = own ?? (forge.environmentTokenAdvice === undefined ? secret(raw, 'github_token') : undefined)
  if (!token) {
    throw new InputError(
      `Input "environment" needs "environment_token": ${forge.environmentTokenAdvice ?? forge.tokenAdvice}`,
    )
  }
  return { template, secretName: secretName(raw, forge), token }
}

export function secretName(raw: RawInputs, { reservedPrefix }: ForgeWords): string {
  const name = raw('secret_name') || 'DATABASE_URL'
  if (!/^[A-Z_][A-Z0-9_]*$/i.test(name) || name.toUpperCase().startsWith(reservedPrefix)) {
    throw new InputError(
      `Input "secret_name" is "${show(name)}": a secret's name holds letters, digits and "_", starts with no digit and not with ${reservedPrefix}. Use a name such as DATABASE_URL.`,
    )
  }
  return name
}
