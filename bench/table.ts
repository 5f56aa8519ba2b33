export interface Comparison {
  readonly what: string
  readonly against: string
  /** Milliseconds, in the order they were measured; the same index is the same turn. */
  readonly ours: readonly number[]
  readonly baseline: readonly number[]
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** A Markdown table: medians, and the median of the ratios turn by turn with their range. */
export function report(rows: readonly Comparison[]): string {
  const lines = rows.map((row) => {
    const ratios = row.ours.map((ms, turn) => ms / row.baseline[turn]!)
    const range = `${Math.min(...ratios).toFixed(2)} – ${Math.max(...ratios).toFixed(2)}`
    const cells = [
      row.what,
      ms(row.ours),
      row.against,
      ms(row.baseline),
      median(ratios).toFixed(2),
      range,
      row.ours.length,
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [
    '| what | ms | against | ms | ratio | range | turns |',
    '| --- | ---: | --- | ---: | ---: | --- | ---: |',
    ...lines,
  ].join('\n')
}

function ms(values: readonly number[]): string {
  return median(values).toFixed(values.some((value) => value < 10) ? 1 : 0)
}
