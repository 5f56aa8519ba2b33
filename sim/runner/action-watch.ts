/** What the process of an action says and does beside the runner's channel, for the search for secrets. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { recorded, recording } from '../leaks/recording.js'
import type { Stream } from './child.js'
import type { StepLog } from './log.js'

export class ActionWatch {
  readonly #log: StepLog
  readonly #file: string

  constructor(log: StepLog, temp: string) {
    this.#log = log
    this.#file = join(temp, `recorded-${randomUUID()}`)
  }

  argv([node, ...rest]: readonly [string, ...string[]]): [string, ...string[]] {
    return [node, ...recording(this.#file), ...rest]
  }

  /** A mask command is the one line that is meant to hold a secret. */
  line(line: string, stream: Stream): void {
    if (!line.startsWith('::add-mask::')) this.#log.sink(stream, line)
  }

  end(): void {
    for (const { sink, where, text } of recorded(this.#file)) {
      this.#log.sink(sink as 'file' | 'child-argv', `${where}\0${text}`)
    }
  }
}
