/** Entries between commas or line ends; blank ones and comments count for nothing. */
export function listed(text: string): string[] {
  return text
    .split(/[,\r\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '' && !entry.startsWith('#'))
}

/** Why a pattern for files of the workspace is refused, as the end of a sentence; undefined when it is all right. */
export function patternFault(pattern: string): string | undefined {
  if (pattern.length > 300) return 'is longer than 300 characters'
  if (/^([/\\~]|[A-Za-z]:)/.test(pattern)) return 'does not begin in the workspace'
  if (pattern.split(/[/\\]/).includes('..')) return 'leads out of the workspace'
  return /\p{Cc}/u.test(pattern) ? 'holds a control character' : undefined
}
