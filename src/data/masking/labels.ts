import { counted } from '../../domain/amounts.js'
import { createHash } from 'node:crypto'
import type { MaskingPlan } from '../../domain/masking/plan.js'
import type { Label } from '../../domain/masking/schema.js'
import type { Sql } from '../../ports.js'

/** Labels stay in the catalog whether or not the extension that reads them is there. */
export function readLabels(sql: Sql): Promise<Label[]> {
  return sql.query(
    `SELECT l.provider, l.objoid::text AS table, l.objsubid AS column, l.label FROM pg_seclabel l
      WHERE l.classoid = 'pg_class'::regclass AND l.provider IN ('anon', 'k_anonymity') ORDER BY l.objoid, l.objsubid, l.provider`,
  )
}

/** Labels change what is masked and stand in no file, so they are told with a hash of their own; empty without any. */
export function labelNotes({ labels }: Pick<MaskingPlan, 'labels'>): string[] {
  if (labels.length === 0) return []
  const hash = createHash('sha256').update(labels.join('\n')).digest('hex').slice(0, 16)
  return [`Security labels ruled ${counted(labels.length, 'column')} (${hash}).`]
}
