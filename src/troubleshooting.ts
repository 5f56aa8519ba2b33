import {
  CancelledError,
  CommandError,
  ForgeError,
  InputError,
  messageOf,
  ProviderError,
  RedirectError,
  RefusedError,
} from './errors.js'

/** Where this action lives, as the runner tells it: `owner/name` and the ref that the workflow names. */
export interface ActionSource {
  readonly repository: string | undefined
  readonly ref: string | undefined
}

/** Headings of docs/troubleshooting.md. */
const headings = [
  [InputError, 'inputs'],
  [RefusedError, 'refused'],
  [ProviderError, 'platform'],
  [RedirectError, 'platform'],
  [ForgeError, 'forge'],
  [CommandError, 'commands'],
  [CancelledError, 'cancelled'],
] as const

/**
 * The address of what docs/troubleshooting.md says about this failure, of the very version that runs: of the sentence
 * where it stands there, else of its kind. What that page lists is loaded on demand, for most runs do not fail.
 */
export async function troubleshootingPage(
  error: unknown,
  { repository = '', ref = '' }: ActionSource,
): Promise<string> {
  const [, heading] = headings.find(([kind]) => error instanceof kind) ?? ['', 'anything-else' as const]
  const { sentences } = await import('./error-sentences.js')
  const listed: Readonly<Record<string, readonly string[]>> = sentences
  const anchor = anchorOf(heading, listed[heading] ?? [], messageOf(error)) ?? heading
  const known = /^[\w.-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref)
  const [place, version] = known ? [repository, ref] : ['org/db-branch-action', 'v1']
  return `https://github.com/${place}/blob/${version}/docs/troubleshooting.md#${anchor}`
}

/** Letters in a row that must agree before two sentences are taken for the same one. */
const fewestLetters = 12

/** Anchor of the listed sentence that fits best; undefined where none fits. In the lists, `…` stands for what a run fills in. */
function anchorOf(heading: string, listed: readonly string[], message: string): string | undefined {
  // The longest part in a row: many sentences end alike, and say by one part alone what they are about.
  const longestPart = (sentence: string) => Math.max(...sentence.split('…').map((part) => part.length))
  const letters = listed.map((sentence) => (fits(sentence, message) ? longestPart(sentence) : 0))
  const most = Math.max(0, ...letters)
  return most < fewestLetters ? undefined : anchorsOf(heading, listed)[letters.indexOf(most)]
}

function fits(sentence: string, message: string): boolean {
  const [first = '', ...rest] = sentence.split('…')
  if (!message.startsWith(first)) return false
  let from = first.length
  return rest.every((part) => {
    const at = message.indexOf(part, from)
    from = at + part.length
    return at >= 0
  })
}

/** The anchors of a list's sentences in its order, each once: the heading and the first words. */
export function anchorsOf(heading: string, listed: readonly string[]): string[] {
  const uses = new Map<string, number>()
  return listed.map((sentence) => {
    const words = sentence.toLowerCase().match(/[a-z0-9_]+/g) ?? []
    const base = [heading, ...words.slice(words[0] === heading ? 1 : 0, 10)].join('-')
    const use = (uses.get(base) ?? 0) + 1
    uses.set(base, use)
    return use === 1 ? base : `${base}-${use}`
  })
}
