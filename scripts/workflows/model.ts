import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { WorkflowDocument } from './documents.js'

interface Step {
  id?: string
  uses?: string
  run?: string
  with?: Record<string, unknown>
  env?: Record<string, unknown>
}

export interface Container {
  image?: string
  credentials?: Record<string, string>
}

interface Job {
  uses?: string
  secrets?: unknown
  permissions?: unknown
  concurrency?: unknown
  'timeout-minutes'?: unknown
  container?: string | Container
  services?: Record<string, Container>
  env?: Record<string, unknown>
  steps?: Step[]
}

type Path = (string | number)[]

/** A workflow, parsed for the rules: what it says and on which line it says it. */
export interface Workflow {
  text: string
  events: string[]
  permissions: unknown
  concurrency: unknown
  env: Record<string, unknown>
  on: unknown
  jobs: { name: string; job: Job; path: Path }[]
  steps: { job: string; step: Step; path: Path }[]
  /** The line of the file, counted from 1, on which the key or list item at `path` begins. */
  lineOf: (path: Path) => number
  lineAt: (offset: number) => number
  /** The text of that line. */
  sourceLine: (path: Path) => string
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

/** Throws what the YAML parser says about a text that is not YAML. */
export function parseWorkflow({ text, firstLine }: WorkflowDocument): Workflow {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [error] = document.errors
  if (error) throw error
  const root = record(document.toJS())
  const jobs = Object.entries(record(root['jobs'])).map(([name, job]) => ({
    name,
    job: record(job),
    path: ['jobs', name],
  }))
  const steps = jobs.flatMap(({ name, job }) =>
    (Array.isArray(job.steps) ? job.steps : []).map((step, index) => ({
      job: name,
      step: record(step),
      path: ['jobs', name, 'steps', index],
    })),
  )
  const lineAt = (offset: number): number => lines.linePos(offset).line + firstLine - 1
  const offsetOf = (path: Path): number => {
    const parent = path.length === 0 ? undefined : document.getIn(path.slice(0, -1), true)
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined
    const node = pair === undefined ? document.getIn(path, true) : pair.key
    return isNode(node) ? (node.range?.[0] ?? 0) : 0
  }
  const on = root['on']
  return {
    text,
    events: typeof on === 'string' ? [on] : Array.isArray(on) ? on.map(String) : Object.keys(record(on)),
    permissions: root['permissions'],
    concurrency: root['concurrency'],
    env: record(root['env']),
    on,
    jobs,
    steps,
    lineAt,
    lineOf: (path) => lineAt(offsetOf(path)),
    sourceLine: (path) => text.split('\n')[lines.linePos(offsetOf(path)).line - 1] ?? '',
  }
}
