import { styleText } from 'node:util'

const started = performance.now()

/** `  1.23 s  text`, counted from the start of the program. */
export function say(text: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(2).padStart(6)
  console.log(`${styleText('dim', `${seconds} s`)}  ${text}`)
}

export function headline(text: string): void {
  console.log('')
  say(styleText('bold', text))
}

/** A step summary as a person would see it on GitHub, as far as a terminal can show it. */
export function showSummary(markdown: string): void {
  const lines = markdown
    .replace(/<details><summary>(.*?)<\/summary>/g, '▸ $1')
    .replace(/<\/?details>/g, '')
    .replace(/\\([\\`*_[\]|~<>&])/g, '$1')
    .replace(/\u200B/g, '')
    .split('\n')
    .filter((line) => !/^\|[\s|:-]*\|$/.test(line) && line.trim() !== '')
  for (const line of lines) console.log(`          ${styleText('cyan', '│')} ${cells(line)}`)
}

function cells(line: string): string {
  const row = /^\| (.*) \| (.*) \|$/.exec(line)
  if (!row) return line.replace(/^### (.*)$/, (_, title: string) => styleText('bold', title))
  const [head = '', cell = ''] = [row[1]?.replaceAll('**', ''), row[2]?.replaceAll('`', '')]
  return `${head.padEnd(30)} ${cell}`
}

let failures = 0

/** Prints what was looked at and whether it is so; a false one makes the demo end non-zero. */
export function check(claim: string, holds: boolean, seen?: unknown): void {
  if (!holds) failures += 1
  const mark = holds ? styleText('green', '✓') : styleText('red', '✗')
  say(`${mark} ${claim}${holds || seen === undefined ? '' : ` — saw ${JSON.stringify(seen)}`}`)
}

export function failed(): number {
  return failures
}
