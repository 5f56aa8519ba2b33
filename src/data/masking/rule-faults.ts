import type { Refused } from '../../domain/masking/plan.js'
import type { MaskingRules, TableRules } from '../../domain/masking/rules.js'
import { type Table, tableName } from '../../domain/masking/schema.js'
import type { Fault } from '../../errors.js'

/**
 * The lines of the policy file that must change: of the rule that is refused, of the table's rules where a column has
 * none, and else of the masking rules as a whole. None where the rules stand in no file.
 */
export function ruleFaults(
  { refusals, unruled = [] }: Pick<Refused, 'refusals' | 'unruled'>,
  rules: MaskingRules,
): Fault[] {
  const { place, tables } = rules
  if (!place) return []
  const missing = new Map(unruled.map(({ sentence, table }) => [sentence, table]))
  return refusals.map((refusal) => {
    const own = placed(refusal)
    const table = missing.get(refusal)
    const above = table && tables.find((each) => isOf(each, table))
    return {
      file: place.file,
      line: own?.line ?? (above && lineOf(above.place)) ?? place.line,
      detail: own?.detail ?? refusal,
    }
  })
}

const isOf = ({ table: written }: TableRules, table: Table) => written === tableName(table) || written === table.name

/** As `readPolicyFile` writes a place. */
const lineOf = (place: string): number | undefined => {
  const [, line] = /^line (\d+)$/.exec(place) ?? []
  return line === undefined ? undefined : Number(line)
}

function placed(refusal: string): { line: number; detail: string } | undefined {
  const [, place = '', detail = ''] = /^(line \d+): (.*)$/s.exec(refusal) ?? []
  const line = lineOf(place)
  return line === undefined ? undefined : { line, detail }
}
