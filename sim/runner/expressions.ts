/** Expressions of the workflow language, evaluated by GitHub's own `@actions/expressions`. */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { UnsupportedError, WorkflowFileError } from './errors.js'

type FunctionMap = NonNullable<ConstructorParameters<typeof Evaluator>[2]>
type FunctionDefinition = FunctionMap extends Map<string, infer F> ? F : never

export interface JobStatus {
  readonly success: boolean
  readonly failure: boolean
  readonly cancelled: boolean
}

/** The contexts an expression may read, and what the status functions answer. */
export interface Scope {
  readonly contexts: Readonly<Record<string, unknown>>
  readonly status?: JobStatus
}

const CONTEXTS = ['github', 'env', 'vars', 'secrets', 'needs', 'strategy', 'matrix', 'steps', 'job', 'runner', 'inputs']
const STATUS_FUNCTIONS = new Set(['success', 'failure', 'always', 'cancelled'])

/** On Linux `env` is the one context whose keys are case-sensitive (`StepsRunner.cs`, `CaseSensitiveDictionaryContextData`). */
class CaseSensitiveDictionary extends data.Dictionary {
  readonly #entries: ReadonlyMap<string, data.ExpressionData>
  constructor(values: object) {
    super()
    this.#entries = new Map(Object.entries(values).map(([key, value]) => [key, new data.StringData(String(value))]))
  }
  override get(key: string): data.ExpressionData | undefined {
    return this.#entries.get(key)
  }
  override values(): data.ExpressionData[] {
    return [...this.#entries.values()]
  }
  override pairs(): { key: string; value: data.ExpressionData }[] {
    return [...this.#entries].map(([key, value]) => ({ key, value }))
  }
}

/** Converts only the contexts that an expression really reads. */
class Contexts extends data.Dictionary {
  readonly #contexts: Readonly<Record<string, unknown>>
  constructor(contexts: Readonly<Record<string, unknown>>) {
    super()
    this.#contexts = contexts
  }
  override get(key: string): data.ExpressionData {
    const name = key.toLowerCase()
    const value = this.#contexts[name]
    return name === 'env' ? new CaseSensitiveDictionary(value ?? {}) : toData(value)
  }
}

function toData(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value ?? null), (key, item: unknown) =>
    data.reviver(key, item),
  ) as data.ExpressionData
}

/** Expression data back to plain values, for a matrix made by `fromJSON`. */
function toPlain(value: data.ExpressionData): unknown {
  return JSON.parse(JSON.stringify(value, (key, item: unknown) => data.replacer(key, item))) as unknown
}

function statusFunctions(status: JobStatus | undefined): FunctionMap {
  const fixed = (name: string, answer: () => boolean): [string, FunctionDefinition] => [
    name.toLowerCase(),
    {
      name,
      minArgs: 0,
      maxArgs: 255,
      call: (...args) => {
        if (args.length > 0) throw new UnsupportedError(`arguments of ${name}()`)
        return new data.BooleanData(answer())
      },
    },
  ]
  const unsupported = (): never => {
    throw new UnsupportedError('hashFiles()')
  }
  const known = (): JobStatus => {
    if (status === undefined) throw new WorkflowFileError('A status function stands where the language has none')
    return status
  }
  return new Map<string, FunctionDefinition>([
    fixed('success', () => known().success),
    fixed('failure', () => known().failure),
    fixed('cancelled', () => known().cancelled),
    fixed('always', () => true),
    ['hashfiles', { name: 'hashFiles', minArgs: 1, maxArgs: 255, call: unsupported }],
  ])
}

function evaluateData(expression: string, scope: Scope): data.ExpressionData {
  const functions = statusFunctions(scope.status)
  const tree = new Parser(new Lexer(expression).lex().tokens, CONTEXTS, [...functions.values()]).parse()
  return new Evaluator(tree, new Contexts(scope.contexts), functions).evaluate()
}

interface Piece {
  readonly expression: boolean
  readonly text: string
}

/** Splits at `${{ … }}`; a `}}` inside a quoted string does not end the expression. */
function pieces(text: string): Piece[] {
  const found: Piece[] = []
  let at = 0
  for (let open = text.indexOf('${{'); open >= 0; open = text.indexOf('${{', at)) {
    let close = open + 3
    for (let quoted = false; quoted || !text.startsWith('}}', close); close++) {
      if (close >= text.length) throw new WorkflowFileError(`An expression is not closed: ${text.slice(open)}`)
      if (text[close] === "'") quoted = !quoted
    }
    if (open > at) found.push({ expression: false, text: text.slice(at, open) })
    found.push({ expression: true, text: text.slice(open + 3, close).trim() })
    at = close + 2
  }
  if (at < text.length) found.push({ expression: false, text: text.slice(at) })
  return found
}

/** A value of the file as text: `${{ }}` replaced, numbers and booleans as the language prints them. */
export function interpolate(value: unknown, scope: Scope): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean' || typeof value === 'number') return toData(value).coerceString()
  if (typeof value !== 'string') throw new WorkflowFileError(`Expected text, found ${JSON.stringify(value)}`)
  return pieces(value)
    .map((piece) => (piece.expression ? evaluateData(piece.text, scope).coerceString() : piece.text))
    .join('')
}

/** A value that is one whole expression keeps its type; lists and maps are resolved item by item. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, scope)]))
  }
  if (typeof value !== 'string') return value
  const found = pieces(value)
  const only = found.length === 1 ? found[0] : undefined
  return only?.expression ? toPlain(evaluateData(only.text, scope)) : interpolate(value, scope)
}

function namesStatus(expression: string): boolean {
  const { tokens } = new Lexer(expression).lex()
  return tokens.some(
    (token, index) => STATUS_FUNCTIONS.has(token.lexeme.toLowerCase()) && tokens[index + 1]?.lexeme === '(',
  )
}

/** The expression behind an `if:`: `success() && (…)` unless it names a status function itself. */
export function conditionOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'success()'
  if (typeof value === 'boolean' || typeof value === 'number') return `success() && (${String(value)})`
  if (typeof value !== 'string') throw new WorkflowFileError(`An if must be text, found ${JSON.stringify(value)}`)
  const found = pieces(value.trim())
  const only = found.length === 1 ? found[0] : undefined
  if (only === undefined) {
    throw new UnsupportedError(`an if that mixes text and an expression (always true on GitHub): ${value}`)
  }
  return namesStatus(only.text) ? only.text : `success() && (${only.text})`
}

/** Falsy are `''`, `false`, `0`, `NaN` and null. */
export function holds(condition: string, scope: Scope): boolean {
  return evaluateData(`!!(${condition})`, scope).coerceString() === 'true'
}
