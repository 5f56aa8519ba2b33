/** Everything that lets somebody in, as it becomes known while the scenarios of a test file run. */
import { formsOf, shortest } from './forms.js'

/** Form → what it is, such as `DB_ADMIN_URL, base64, first shift`. */
const planted = new Map<string, string>()
/** The forms by how they begin: a text is gone through once, however many secrets are known. */
const byBeginning = new Map<string, string[]>()
const texts = new Set<string>()

/** From here on the text may stand in declared places only. Of a URL the password is a secret of its own. */
export function plant(name: string, text: string): void {
  if (texts.has(text)) return
  texts.add(text)
  for (const [form, how] of formsOf(text)) {
    if (planted.has(form)) continue
    planted.set(form, `${name}, ${how}`)
    const beginning = form.slice(0, shortest)
    const alike = byBeginning.get(beginning) ?? []
    alike.push(form)
    byBeginning.set(beginning, alike)
  }
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
  const found = new Set<string>()
  for (let at = 0; at + shortest <= text.length; at++) {
    const forms = byBeginning.get(text.slice(at, at + shortest)) ?? []
    for (const form of forms) if (text.startsWith(form, at)) found.add(form)
  }
  return [...found].map((form) => planted.get(form) ?? 'a secret')
}
