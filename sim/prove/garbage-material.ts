import fc from 'fast-check'
import { InputError, messageOf } from '../../src/errors.js'

/** What somebody could write there, and what reads it. */
export interface Subject {
  readonly name: string
  readonly tried: fc.IAsyncProperty<[unknown]>
}

/** In every good input; no sentence may hold it. */
export const planted = 'swordfish-0123456789-swordfish-0123456789'

const nasty = [
  '',
  ' ',
  '\u0000',
  '\n::error::x',
  '::add-mask::a',
  '::set-output name=connection_string::x',
  '%0A::error::y',
  `"; DROP DATABASE main; --`,
  `'); DROP TABLE x; --`,
  '$(touch /tmp/owned)',
  '`touch /tmp/owned`',
  '; rm -rf /',
  '../../etc/passwd',
  '..\\..\\x',
  '</summary><script>alert(1)</script>',
  '![x](https://evil.example/?)',
  '| a | b |\n|---|---|',
  '<!-- db-branch-action -->',
  '{number}',
  '{{number}}',
  '${{ secrets.X }}',
  '__proto__',
  'constructor',
  'toString',
  'main',
  'pr-7',
  '-1',
  '0',
  '1e3',
  '9007199254740993',
  'NaN',
  'true',
  'null',
  '[]',
  '{}',
  '[[[[[[',
  '&a [*a]',
  'a: &a [*a, *a]',
  '!!js/function x',
  '\uFEFFmain',
  '\u202Emain',
  'рr-7',
  '🌱',
  '\uD800',
  'postgresql://u:p@h/d',
  'http://127.0.0.1:1/',
  'https://user:pass@host/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'a'.repeat(5000),
  '*'.repeat(300),
  '('.repeat(300),
]

/** Anything that somebody could type, most of it with an intention. */
export const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...nasty) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...nasty), fc.constantFrom(...nasty)).map((two) => two.join('')) },
)

/** A good text with a piece of it taken out, put twice, or replaced. */
export function damaged(good: string): fc.Arbitrary<string> {
  const lines = good.split('\n')
  const place = fc.nat(lines.length - 1)
  return fc
    .array(fc.tuple(place, fc.constantFrom('out', 'twice', 'value', 'indent'), text), { minLength: 1, maxLength: 3 })
    .map((changes) => {
      const copy = [...lines]
      for (const [at, how, other] of changes) {
        const old = copy[at] ?? ''
        if (how === 'out') copy.splice(at, 1)
        else if (how === 'twice') copy.splice(at, 0, old)
        else if (how === 'indent') copy[at] = ` ${old}`
        else copy[at] = old.replace(/(:|-) .*$/, (_, mark: string) => `${mark} ${other}`)
      }
      return copy.join('\n')
    })
}

/** Runs the reader: it may refuse, with a sentence, and nothing else. */
async function expectSentence(read: () => unknown): Promise<void> {
  try {
    await read()
  } catch (error) {
    const message = messageOf(error)
    if (!(error instanceof InputError)) throw new Error(`It ended with ${String(error)}`, { cause: error })

    if (/[\u0000-\u001f\u007f]/.test(message)) throw new Error(`More than one line: ${JSON.stringify(message)}`)
    if (!/^[A-Z][^]*[.)]$/.test(message)) throw new Error(`No sentence: ${JSON.stringify(message)}`)
    if (message.includes(planted)) throw new Error(`A secret: ${JSON.stringify(message)}`)
  }
}

/** Whatever it is given, the reader understands it or refuses it as it should. */
export function reads<T>(name: string, from: fc.Arbitrary<T>, read: (value: T) => unknown): Subject {
  return {
    name,
    tried: fc.asyncProperty(from, (value) => expectSentence(() => read(value))),
  }
}
