/** Everything that lets somebody in, as it becomes known while the scenarios of a test file run. */
import { formsOf } from './forms.js'

/** Form → what it is, such as `DB_ADMIN_URL, base64, first shift`. */
const planted = new Map<string, string>()
const texts = new Set<string>()

/** From here on the text may stand in declared places only. Of a URL the password is a secret of its own. */
export function plant(name: string, text: string): void {
  if (texts.has(text)) return
  texts.add(text)
  for (const [form, how] of formsOf(text)) if (!planted.has(form)) planted.set(form, `${name}, ${how}`)
  for (const password of passwordsIn(text)) plant(`password in ${name}`, password)
}

/** As it stands in the URL, and as it is meant. */
function passwordsIn(text: string): string[] {
  const [, written = ''] = /^\w[\w+.-]*:\/\/[^:@/\s]*:([^@\s]+)@/.exec(text) ?? []
  try {
    return [written, decodeURIComponent(written)]
  } catch {
    return [written]
  }
}

/** What of all that is known stands in a text; empty when nothing does. */
export function secretsIn(text: string): string[] {
  const found: string[] = []
  for (const [form, name] of planted) if (text.includes(form)) found.push(name)
  return found
}
