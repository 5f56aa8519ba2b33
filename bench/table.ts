import { table } from '../scripts/markdown.js'

export interface Comparison {
  readonly what: string
  readonly against: string
  /** In the order they were measured; the same index is the same turn. */
  readonly ours: readonly number[]
  readonly baseline: readonly number[]
  /** Of both; default milliseconds. */
  readonly unit?: 'ms' | 'MB' | 'requests'
  /** The most that the ratio should be. */
  readonly goal?: number
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The median of the ratios turn by turn. */
export function ratioOf({ ours, baseline }: Comparison): number {
  return median(ratiosOf({ ours, baseline }))
}

/** A Markdown table: medians, and the median of the ratios turn by turn with their range. */
export function report(rows: readonly Comparison[]): string {
  return table(
    ['what', 'db-branch-action', 'against', 'takes', 'ratio', 'range', 'turns', 'goal', 'met'],
    rows.map((row) => {
      const ratios = ratiosOf(row)
      const ratio = ratioOf(row)
      const range = `${rounded(Math.min(...ratios))} to ${rounded(Math.max(...ratios))}`
      const goal = row.goal === undefined ? ['', ''] : [`≤ ${row.goal}`, ratio <= row.goal ? 'yes' : '**no**']
      return [row.what, amount(row, row.ours), row.against, amount(row, row.baseline)].concat(
        rounded(ratio),
        ratios.length > 1 ? range : '',
        String(ratios.length),
        ...goal,
      )
    }),
  )
}

function ratiosOf({ ours, baseline }: Pick<Comparison, 'ours' | 'baseline'>): number[] {
  return ours.map((value, turn) => value / baseline[turn]!)
}

const rounded = (ratio: number) => ratio.toFixed(ratio < 0.1 ? 3 : 2)

function amount({ unit = 'ms' }: Comparison, values: readonly number[]): string {
  const value = median(values)
  return `${value.toFixed(unit === 'ms' && value < 10 ? 1 : 0)} ${unit}`
}
