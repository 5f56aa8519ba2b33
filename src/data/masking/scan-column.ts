import { type Detector, hint, detect, detectors } from '../../domain/masking/detectors.js'
import { identifier, literal } from '../../domain/masking/sql-text.js'
import type { Sql } from '../../ports.js'
import { plainText } from './originals.js'

/** Rows per journey to the server. */
const batch = 2_000

interface Scan {
  /** `FROM` item. */
  readonly from: string
  readonly column: string
  /** What of the column is looked at, given SQL for it; all of it where this is not said. */
  readonly look?: (column: string) => string
  readonly among?: readonly Detector[]
}

/** How many rows of a column each detector finds something in. The values go no further than this function. */
export async function scanColumn(
  sql: Sql,
  { from, column, look = (all) => all, among = detectors }: Scan,
): Promise<ReadonlyMap<string, number>> {
  const value = plainText(look(`t.${identifier(column)}`))
  await sql.query(
    `DECLARE suspects NO SCROLL CURSOR FOR SELECT ${value} AS value FROM ${from} t WHERE ${value} ~ ${literal(hint)}`,
  )
  const found = new Map<string, number>()
  for (;;) {
    const rows = await sql.query<{ value: string }>(`FETCH ${batch} FROM suspects`)
    for (const row of rows) for (const name of detect(row.value, among)) found.set(name, (found.get(name) ?? 0) + 1)
    if (rows.length < batch) break
  }
  await sql.query('CLOSE suspects')
  return found
}
