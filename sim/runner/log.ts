/** The log of a run, before and after masking, and the step that annotations belong to. */
import { Masker } from './masker.js'
import type { Annotation, AnnotationLevel, RegisteredMask, RunOptions, Sink, SinkKind } from './model.js'

/** `ExecutionContext.cs` 146: a longer message cannot be forwarded to a check annotation. */
const MESSAGE_LIMIT = 4096
/** `ExecutionContext.cs` 144. */
const ANNOTATIONS_PER_LEVEL = 10

interface TranscriptLine {
  readonly job: string
  readonly step: string
  readonly masked: string
  /** Where it begins in the text before masking. */
  readonly position: number
}

export class RunLog {
  readonly masks: RegisteredMask[] = []
  readonly sinks: Sink[] = []
  readonly lines: TranscriptLine[] = []
  #raw = ''
  readonly #onLine: RunOptions['onLine']

  constructor(onLine: RunOptions['onLine']) {
    this.#onLine = onLine
  }

  get masked(): string {
    return this.lines.map(({ masked }) => `${masked}\n`).join('')
  }

  get raw(): string {
    return this.#raw
  }

  write(
    text: { readonly raw: string; readonly masked: string },
    at: { readonly job: string; readonly step: string },
  ): void {
    this.lines.push({ ...at, masked: text.masked, position: this.#raw.length })
    this.#raw += `${text.raw}\n`
    this.#onLine?.({ text: text.masked, ...at })
  }
}

/** The log of one job: its masks end with it. */
export class JobLog {
  readonly masker = new Masker()
  readonly run: RunLog
  readonly job: string
  readonly debug: boolean

  constructor(
    run: RunLog,
    options: { readonly job: string; readonly debug: boolean; readonly hints: readonly string[] },
  ) {
    this.run = run
    this.job = options.job
    this.debug = options.debug
    for (const hint of options.hints) this.masker.addRegex(hint)
  }

  /** A mask as the runner registers it; `source` says which of its ways was taken. */
  register(value: string, source: RegisteredMask['source']): void {
    if (source === 'secret') this.masker.addSecret(value)
    else this.masker.addMask(value)
    if (value.trim() !== '') this.run.masks.push({ value, job: this.job, source, position: this.run.raw.length })
  }
}

/** What one step writes: log lines, annotations, sinks (`ExecutionContext.cs`). */
export class StepLog {
  readonly job: JobLog
  readonly step: string
  readonly annotations: Annotation[]

  constructor(job: JobLog, step: string, annotations: Annotation[]) {
    this.job = job
    this.step = step
    this.annotations = annotations
  }

  /** `ExecutionContext.Write` 1099-1101: tag and message are masked as one text. */
  output(message: string): void {
    const at = { job: this.job.job, step: this.step }
    this.job.run.write({ raw: message, masked: this.job.masker.mask(message) }, at)
  }

  debug(message: string): void {
    if (this.job.debug) this.output(`##[debug]${message}`)
    else this.sink('debug-log', this.job.masker.mask(message))
  }

  error(message: string): void {
    this.issue('error', message, {})
  }

  warning(message: string): void {
    this.issue('warning', message, {})
  }

  /**
   * `ExecutionContext.AddIssue` 796-866: the message is masked, then cut; ten of each level are kept per step, all are
   * logged. The properties (title, file …) are not masked there.
   */
  issue(level: AnnotationLevel, message: string, properties: Readonly<Record<string, string>>): void {
    const masked = this.job.masker.mask(message).slice(0, MESSAGE_LIMIT)
    const before = this.annotations.filter((annotation) => annotation.level === level).length
    if (before < ANNOTATIONS_PER_LEVEL) {
      this.annotations.push({ level, message: masked, properties })
      this.sink('annotation', [masked, ...Object.values(properties)].join('\n'))
    }
    if (masked !== '') {
      const at = { job: this.job.job, step: this.step }
      const tag = `##[${level}]`
      this.job.run.write({ raw: `${tag}${message}`, masked: this.job.masker.mask(`${tag}${masked}`) }, at)
    }
  }

  sink(kind: SinkKind, text: string, values?: Sink['values']): void {
    if (text === '') return
    this.job.run.sinks.push({ kind, job: this.job.job, step: this.step, text, ...(values && { values }) })
  }
}
