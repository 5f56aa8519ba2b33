import type { Column } from './schema.js'
import type { ValueKind } from './transformer.js'

const kinds: Readonly<Record<string, ValueKind>> = {
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  name: 'text',
  char: 'text',
  citext: 'text',
  uuid: 'uuid',
  date: 'date',
  timestamp: 'timestamp',
  timestamptz: 'timestamp',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  numeric: 'number',
  float4: 'number',
  float8: 'number',
  inet: 'inet',
  cidr: 'inet',
  macaddr: 'mac',
  macaddr8: 'mac',
  json: 'json',
  jsonb: 'json',
  bytea: 'bytes',
  bool: 'boolean',
}

/** Numbers, switches and times of day: they need no rule, though they may have one. Any type not known here needs one. */
const free = new Set(
  `int2 int4 int8 numeric float4 float8 money bool uuid oid interval time timetz bit varbit int4range int8range numrange
   int4multirange int8multirange nummultirange pg_lsn xid xid8 cid tid regclass regtype regproc regprocedure`.split(
    /\s+/,
  ),
)

/** citext is the one type outside pg_catalog that is known; another schema's `text` is not text. */
export function kindOf(column: Column): ValueKind {
  if (column.baseKind === 'e') return 'enum'
  if (column.baseSchema !== 'pg_catalog' && column.base !== 'citext') return 'other'
  return Object.hasOwn(kinds, column.base) ? (kinds[column.base] ?? 'other') : 'other'
}

/** Whether a column may hold personal data by its type and must therefore be classified. Fails closed. */
export function needsRule(column: Column): boolean {
  if (column.baseKind === 'e') return false
  return column.baseSchema !== 'pg_catalog' || !free.has(column.base)
}
