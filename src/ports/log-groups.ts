/** Seconds between two signs of life while nothing else is said. */
const beat = 20

/** How a log shows that lines belong together. */
export interface GroupMarks {
  open(title: string): void
  close(): void
  /** Writes a line where the log stands. */
  line(text: string): void
}

interface Group {
  readonly title: string
  open: boolean
  /** Whether anything was said since the last sign of life. */
  spoke: boolean
  /** What is at work, as it was last told. */
  at: string
}

/**
 * Lines of the log under titles. A group opens with its first line, so that quiet work leaves none behind, and is closed
 * however its work ends. Work that says nothing for long gets a sign of life.
 */
export class LogGroups {
  readonly #marks: GroupMarks
  #group: Group | undefined

  constructor(marks: GroupMarks) {
    this.#marks = marks
  }

  /** Runs the work as a group. One within another counts as part of it: no runner shows groups in groups. */
  async run<T>(title: string, body: () => Promise<T>): Promise<T> {
    if (this.#group) return body()
    const group: Group = { title, open: false, spoke: false, at: '' }
    this.#group = group
    let beats = 0
    const timer = setInterval(() => {
      beats += 1
      if (!group.spoke) this.#marks.line(`${title}: ${beats * beat} s so far${group.at === '' ? '' : `, ${group.at}`}.`)
      group.spoke = false
    }, beat * 1000)
    timer.unref()
    try {
      return await body()
    } finally {
      clearInterval(timer)
      this.outside()
      this.#group = undefined
    }
  }

  /** Comes before every line that belongs to the group, if there is one. */
  inside(): void {
    const group = this.#group
    if (!group) return
    group.spoke = true
    if (group.open) return
    group.open = true
    this.#marks.open(group.title)
  }

  /** Comes before every line that must not be folded away. The next one inside opens the group again. */
  outside(): void {
    if (!this.#group?.open) return
    this.#group.open = false
    this.#marks.close()
  }

  /** What is at work now, for the next sign of life. */
  at(text: string): void {
    if (this.#group) this.#group.at = text
  }
}
