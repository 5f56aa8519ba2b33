/** Characters of a line without an end that are kept; a progress bar needs no more. */
const longest = 64 * 1024

/** Characters at the end of a cut line that are left out: a secret that was cut in two would not be known for one. */
const margin = 4 * 1024

/**
 * Cuts what a process prints into lines, whole ones only, so that a secret that comes in two pieces is masked as one.
 * Carriage returns end a line as well.
 */
export function lineCutter(emit: (line: string) => void): { push(chunk: string): void; end(): void } {
  let rest = ''
  let skipping = false
  const finish = (line: string) => {
    if (!skipping) emit(line)
    skipping = false
  }
  return {
    push(chunk) {
      const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      lines.forEach(finish)
      if (rest.length <= longest) return
      if (!skipping) emit(`${rest.slice(0, longest - margin)} … (the rest of this line is left out)`)
      skipping = true
      rest = ''
    },
    end() {
      if (rest !== '') finish(rest.replace(/\r$/, ''))
      rest = ''
    },
  }
}
