import { type Draft, draftRules, type Seen } from '../domain/masking/draft.js'
import { policyText } from '../domain/masking/draft-text.js'
import { planMasking } from '../domain/masking/plan.js'
import type { Schema } from '../domain/masking/schema.js'
import type { PolicyFile } from '../domain/policy.js'
import { RefusedError } from '../errors.js'
import type { Clock, Job, Provider, Sql } from '../ports.js'
import { Steps } from './steps.js'

export interface ScanPorts {
  readonly provider: Provider
  readonly job: Job
  readonly clock: Clock
  /** Reads samples; gives names of the schema and figures, never a value. */
  readonly scanParent: (sql: Sql) => Promise<Scanned>
  /** The reader of policy files, which the draft has to pass. @throws InputError */
  readonly parse: (text: string) => Promise<PolicyFile>
}

interface Scanned {
  readonly schema: Schema
  readonly seen: Seen
  readonly tables: readonly { table: string; columns: number; rows: number; unread?: string }[]
  readonly notes: readonly string[]
}

/** A policy file to begin with, and what it rests on. */
export interface Scan {
  readonly draft: Draft
  readonly text: string
  readonly tables: Scanned['tables']
  readonly notes: readonly string[]
}

/**
 * Drafts the policy file of a parent from its columns' names and sampled values. Reads the parent, and writes nothing
 * anywhere.
 * @throws RefusedError where the platform gives no login on a parent.
 */
export async function scan({ provider, job, clock, scanParent, parse }: ScanPorts, parent: string): Promise<Scan> {
  if (!provider.openParent) {
    throw new RefusedError(
      `Scanning "${parent}" refused: this platform gives no login on a parent. Scan it with provider "postgres", the parent's own URL as "admin_url" and its database as "parent_branch".`,
    )
  }
  const steps = new Steps(job, clock)
  const open = provider.openParent.bind(provider)
  const session = await steps.run('connect', () => open(parent))
  const scanned = await steps.run('scan', () => scanParent(session)).finally(() => session.close())
  const draft = draftRules(scanned.schema, scanned.seen)
  const text = policyText(parent, draft)
  return {
    draft,
    text,
    tables: scanned.tables,
    notes: [...scanned.notes, ...leftOpen(scanned.schema, text, await parse(text))],
  }
}

/** What the plan would still refuse: the draft is tried as a branch would try it. */
function leftOpen(schema: Schema, text: string, file: PolicyFile): string[] {
  const [policy] = file.parents.values()
  if (!policy?.masking) throw new RefusedError(`The draft of ${text.length} characters holds no rules.`)
  // Who masks is another role than who scans.
  const tables = schema.tables.map((table) => ({ ...table, ours: true }))
  const planned = planMasking({ ...schema, tables }, policy.masking)
  return 'refusals' in planned ? planned.refusals.map((refusal) => `The draft leaves open: ${refusal}`) : []
}
