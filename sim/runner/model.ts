/** The words of the runner: what a caller hands in, and what a run looks like afterwards. */
import type { Leak } from '../leaks/oracle.js'
import type { Concurrency } from './concurrency.js'

export type Awaitable<T> = T | Promise<T>
export type Permissions = Readonly<Record<string, 'read' | 'write'>>
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped'

/** The part of GitHub that a run talks to. */
export interface Forge {
  readonly apiUrl: string
  readonly graphqlUrl?: string | undefined
  readonly serverUrl: string
  readonly repository: {
    readonly id: number
    readonly owner: string
    readonly name: string
    readonly private: boolean
    readonly defaultBranch: string
  }
  token(request: { name: string; kind: 'workflow'; permissions: Record<string, 'read' | 'write'> }): Awaitable<string>
  /** Asked when the job starts, so a secret written by an earlier job of the same run is seen. */
  environmentSecrets(name: string): Awaitable<Readonly<Record<string, string>>>
  /** Added to `vars` of a job that names the environment. */
  environmentVariables?(name: string): Awaitable<Readonly<Record<string, string>>>
  /** A job that names an environment brings it into being. */
  ensureEnvironment?(name: string): Awaitable<unknown>
}

export interface Times {
  /** `ProcessInvoker.cs` 32: how long a child may work after SIGINT. */
  readonly sigintMs: number
  /** `ProcessInvoker.cs` 33: how long after SIGTERM. */
  readonly sigtermMs: number
  /** `ProcessInvoker.cs` 485-505: how long an exited child may keep its output open. */
  readonly streamsMs: number
  /** Lines that arrive within this time are one batch: all stderr lines before all stdout lines. */
  readonly batchMs: number
  /** After a cancellation the server ends everything after five minutes. */
  readonly forceMs: number
  /** The length of a minute in `timeout-minutes`. */
  readonly minuteMs: number
}

export const TIMES: Times = {
  sigintMs: 7_500,
  sigtermMs: 2_500,
  streamsMs: 5_000,
  batchMs: 10,
  forceMs: 300_000,
  minuteMs: 60_000,
}

export interface LogLine {
  readonly text: string
  readonly job: string
  readonly step: string
}

export interface RunOptions {
  /** A path, or the text itself with the path it would have in the repository. */
  readonly workflow: string | { readonly text: string; readonly path: string }
  readonly event: string
  readonly payload: object
  readonly forge: Forge
  /** Prefix of `uses:` (`./`, `org/db-branch-action@`) to the directory of that action. The longest prefix wins. */
  readonly actions?: Readonly<Record<string, string>>
  /** Repository and organization secrets: read once, when the run is queued. */
  readonly secrets?: Readonly<Record<string, string>>
  /** All that a pull request of Dependabot gets instead of `secrets`. */
  readonly dependabotSecrets?: Readonly<Record<string, string>>
  readonly vars?: Readonly<Record<string, string>>
  /** What the token may do when the workflow has no `permissions:`. GitHub's restricted setting unless given. */
  readonly defaultPermissions?: Permissions
  readonly concurrency?: Concurrency
  readonly node?: string
  readonly runId?: number
  readonly runNumber?: number
  readonly runAttempt?: number
  readonly actor?: string
  readonly triggeringActor?: string
  /** The commit at the head of the default branch. */
  readonly sha?: string
  /** A directory all jobs share. Without it every job gets an empty one of its own. */
  readonly workspace?: string
  readonly signal?: AbortSignal
  /** Cancels the run this many milliseconds after it began. */
  readonly cancelAfter?: number
  readonly onLine?: (line: LogLine) => void
  /** What the machine has, like PATH. Never secrets. */
  readonly extraEnv?: Readonly<Record<string, string>>
  readonly times?: Partial<Times>
  /** Step debug logging (`ACTIONS_STEP_DEBUG`): debug lines reach the log and commands are echoed. */
  readonly debug?: boolean
  /** Regular expressions the server would send as mask hints. */
  readonly maskHints?: readonly string[]
  /** A run in which a secret stands where it should not throws, unless that is what the test is about. */
  readonly leaks?: 'allowed' | 'refused'
}

export type AnnotationLevel = 'error' | 'warning' | 'notice'

export interface Annotation {
  readonly level: AnnotationLevel
  /** Masked, then cut at 4,096 characters. */
  readonly message: string
  /** `title`, `file`, `line` and so on. The runner masks the message only. */
  readonly properties: Readonly<Record<string, string>>
}

export interface StepRun {
  readonly id: string
  readonly name: string
  readonly stage: 'main' | 'post'
  conclusion: Conclusion
  /** What came of it before `continue-on-error`. */
  outcome: Conclusion
  readonly outputs: Record<string, string>
  /** As uploaded: masked. Empty when there was none or it was too big. */
  summary: string
  readonly annotations: Annotation[]
  exitCode: number | undefined
  readonly startedAt: number
  durationMs: number
}

export interface JobRun {
  /** The key in the workflow file. Legs of a matrix share it. */
  readonly id: string
  readonly name: string
  readonly matrix: Readonly<Record<string, unknown>>
  conclusion: Conclusion
  readonly outputs: Record<string, string>
  /** Outputs the runner refused because a mask touched them. */
  readonly droppedOutputs: string[]
  environment: { readonly name: string; readonly url: string | undefined } | undefined
  permissions: Permissions
  readonly steps: StepRun[]
  /** Annotations outside of a step: setting up, and evaluating the outputs. */
  readonly annotations: Annotation[]
  startedAt: number
  durationMs: number
}

export type SinkKind =
  | 'log'
  | 'annotation'
  | 'summary'
  | 'output-file'
  | 'env-file'
  | 'state-file'
  | 'path-file'
  | 'job-output'
  | 'environment'
  | 'argv'
  /** Lines of an action's process before masking, but for the mask commands. */
  | 'stdout'
  | 'stderr'
  /** What step debug logging would show, masked. */
  | 'debug-log'
  /** Of the processes that an action starts. */
  | 'child-argv'
  /** Each file that an action writes, but for those of the workflow commands. */
  | 'file'

/** A place that text can leak into. */
export interface Sink {
  readonly kind: SinkKind
  readonly job: string
  readonly step: string
  readonly text: string
  /** Of a file of an action's outputs, variables or state: value by name. A script's own are its own affair. */
  readonly values?: Readonly<Record<string, string>>
}

export interface RegisteredMask {
  readonly value: string
  readonly job: string
  readonly source: 'secret' | 'add-mask' | 'stop-token'
  /** Length of `rawLog` when the mask was registered. */
  readonly position: number
}

export interface WorkflowRun {
  readonly conclusion: Conclusion | 'not-triggered'
  /** Why it was not triggered, or why it was cancelled. */
  readonly reason: string
  readonly name: string
  readonly jobs: readonly JobRun[]
  /** Every line as a reader sees it: masked. */
  readonly log: string
  /** The same lines before masking. Mask commands are not lines: the runner never prints them. */
  readonly rawLog: string
  readonly masks: readonly RegisteredMask[]
  /** Empty unless they are allowed. */
  readonly leaks: readonly Leak[]
  readonly startedAt: number
  readonly durationMs: number
  sinks(): Sink[]
}
