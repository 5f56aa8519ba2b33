/** Longest branch name, in bytes: PostgreSQL cuts longer identifiers silently. */
export const longestName = 63

const nameGrammar = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/
const protectedName =
  /^(main|master|trunk|default|dev|develop|development|stage|staging|postgres|public|none|template[01]|pg_.*|prod(uction)?([-_.].*)?)$/i

/** Replaces `{number}` and `{repository}` (its name without the owner). */
export function renderTemplate(template: string, values: { number: number | undefined; repository: string }): string {
  return template
    .replaceAll('{number}', values.number === undefined ? '{number}' : String(values.number))
    .replaceAll('{repository}', values.repository)
}

/** The rule that a branch name of ours breaks, or undefined. Hostile names end here, before any SQL or URL is built. */
export function nameFault(name: string): string | undefined {
  if (Buffer.byteLength(name) > longestName) return `is longer than ${longestName} bytes`
  if (!nameGrammar.test(name) || name.includes('..')) {
    return 'may hold only letters, digits, ".", "_" and "-", with a letter or digit first and last and no ".."'
  }
  if (isProtectedName(name)) return 'is a name that this action never touches (main, staging, production and the like)'
  return undefined
}

/** Whether a name holds the number as a whole: `release-2024` and `pr-12` are not of pull request 1. */
export function holdsNumber(name: string, number: number): boolean {
  return new RegExp(`(^|\\D)${number}(\\D|$)`).test(name)
}

/** The pull request whose branch has exactly this name under the template, which holds `{number}`. */
export function numberByName(name: string, template: string, repository: string): number | undefined {
  if (!template.includes('{number}')) return undefined
  const candidates = [...name.matchAll(/[1-9]\d{0,9}/g)].map(([digits]) => Number(digits))
  return candidates.find((number) => renderTemplate(template, { number, repository }) === name)
}

/** Names that are nobody's pull request, whatever claim they carry. */
export function isProtectedName(name: string): boolean {
  return protectedName.test(name)
}
