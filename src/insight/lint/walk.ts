import { type Finding, byDanger } from '../../domain/insight.js'
import type { Step } from './do-block.js'
import { type Hazard, type Look, weigh } from './hazard.js'
import { written } from './names.js'
import { namesMade } from './objects.js'
import { judgeStatement } from './rules.js'
import { lockTimeout, transactionStep } from './session.js'
import { stronglyLocked } from './strong-lock.js'

/** One migration file, or one statement that was seen running. */
export interface Script {
  readonly file: string | undefined
  readonly inTransaction: boolean
  readonly steps: readonly Step[]
}

/** Judges every statement with what came before it in mind. The most dangerous first. */
export function walk(scripts: readonly Script[], look: Look): Finding[] {
  const state: State = { look, transactions: 0, local: false, warned: false, slow: new Map(), findings: [] }
  let file: string | undefined
  for (const script of scripts) {
    enter(state, script, script.file === file)
    file = script.file
    for (const step of script.steps) judgeStep(state, step, file)
  }
  return [...state.findings, ...longTransactions(state)].sort(byDanger)
}

interface State {
  readonly look: Look
  readonly findings: Finding[]
  /** Statements that take long under a lock, by the transaction they are in. */
  readonly slow: Map<number, Finding[]>
  /** How many there were. */
  transactions: number
  /** The bound to waiting for locks ends with the transaction. */
  local: boolean
  /** A file is told once that it sets no bound. */
  warned: boolean
}

/** Another file is another session; the same one goes on where it was. */
function enter(state: State, { inTransaction }: Script, sameFile: boolean): void {
  const { history } = state.look
  if (!sameFile) {
    state.warned = false
    history.lockTimeout = false
  }
  if (sameFile && inTransaction && history.transaction !== undefined) return
  history.transaction = inTransaction ? ++state.transactions : undefined
}

function judgeStep(state: State, step: Step, file: string | undefined): void {
  const { look } = state
  const { history } = look
  followSession(state, step)
  const outside = history.transaction
  // A body is one statement to the server, so its statements share a transaction.
  if (step.inBody) history.transaction ??= ++state.transactions
  const place = { statement: step.text, line: step.line, ...(file !== undefined && { file }) }
  const hazards = judgeStatement(step.node, look)
  const findings = hazards.map((hazard) => findingOf(hazard, place))
  state.findings.push(...findings)

  const slow = findings.find((finding, index) => hazards[index]?.grows && isSlow(finding))
  if (slow && history.transaction !== undefined) {
    state.slow.set(history.transaction, [...(state.slow.get(history.transaction) ?? []), slow])
  }
  const locked = history.lockTimeout || state.warned ? undefined : stronglyLocked(step.node, look)
  if (locked) {
    state.warned = true
    state.findings.push(findingOf(noLockTimeout(written(locked)), place))
  }
  const { tables, others } = namesMade(step.node)
  for (const name of [...tables, ...others]) history.make(name)
  if (step.inBody) history.transaction = outside
}

function followSession(state: State, { node }: Step): void {
  const { history } = state.look
  const step = transactionStep(node)
  if (step === 'begin') history.transaction ??= ++state.transactions
  if (step === 'end') {
    history.transaction = undefined
    if (state.local) history.lockTimeout = state.local = false
  }
  const timeout = lockTimeout(node)
  if (!timeout || (timeout.local && history.transaction === undefined)) return
  history.lockTimeout = timeout.on
  state.local = timeout.local
}

type Place = Pick<Finding, 'statement' | 'file' | 'line'>

function findingOf(hazard: Hazard, place: Place): Finding {
  const { rule, kind, object, detail, advice } = hazard
  const bytes = kind === 'rewrite' || kind === 'scan' ? hazard.grows?.facts?.bytes : undefined
  return {
    ...{ kind, severity: weigh(hazard), rule, object, detail, advice, source: 'static' },
    ...place,
    ...(bytes !== undefined && { bytes }),
  }
}

function isSlow({ kind, severity }: Finding): boolean {
  return severity !== 'low' && (kind === 'lock' || kind === 'rewrite' || kind === 'scan')
}

function longTransactions({ slow }: State): Finding[] {
  return [...slow.values()].flatMap((findings) => {
    const [first, last] = [findings[0], findings.at(-1)]
    if (!first || !last || findings.length < 2) return []
    const { statement, file, line } = last
    const hazard: Hazard = {
      rule: 'long-transaction',
      kind: 'lock',
      severity: 'medium',
      object: first.object,
      detail: `${findings.length} statements that take long share a transaction: the locks of the first (line ${first.line ?? 0}) are held until the last is done.`,
      advice: 'Give each statement a transaction, or a migration, of its own.',
    }
    return [
      findingOf(hazard, {
        ...(statement !== undefined && { statement }),
        ...(file !== undefined && { file }),
        ...(line !== undefined && { line }),
      }),
    ]
  })
}

function noLockTimeout(object: string): Hazard {
  return {
    rule: 'no-lock-timeout',
    kind: 'lock',
    severity: 'low',
    object,
    detail:
      'No bound is set to waiting for locks: behind one long query this waits, and everyone else waits behind it.',
    advice: "SET lock_timeout = '2s' first, and try again when it fails.",
  }
}
