/** Above this many pairs of lines the common ones are not looked for: both trees are shown. */
const mostPairs = 250_000

/** Two plans as one: `- ` before what is gone, `+ ` before what is new, two blanks before the rest. Empty if they are equal. */
export function diffLines(before: readonly string[], after: readonly string[]): string[] {
  if (before.length === after.length && before.every((line, at) => line === after[at])) return []
  const gone = (line: string) => `- ${line}`
  const come = (line: string) => `+ ${line}`
  if (before.length * after.length > mostPairs) return [...before.map(gone), ...after.map(come)]
  const common = commonLengths(before, after)
  const lines: string[] = []
  let [a, b] = [0, 0]
  while (a < before.length || b < after.length) {
    if (a < before.length && before[a] === after[b]) {
      lines.push(`  ${before[a]}`)
      a++
      b++
    } else if (b >= after.length || (a < before.length && common(a + 1, b) >= common(a, b + 1))) {
      lines.push(gone(before[a++] ?? ''))
    } else {
      lines.push(come(after[b++] ?? ''))
    }
  }
  return lines
}

/** How many lines the rests have in common, in order. */
function commonLengths(before: readonly string[], after: readonly string[]): (a: number, b: number) => number {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  const at = (a: number, b: number) => lengths[a * width + b] ?? 0
  for (let a = before.length - 1; a >= 0; a--) {
    for (let b = after.length - 1; b >= 0; b--) {
      lengths[a * width + b] = before[a] === after[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1))
    }
  }
  return at
}
