import type { ParameterValue } from './rules.js'
import { literal } from './sql-text.js'
import { type Shape, type Transformer, hex, hexBetween, lossy, number } from './transformer.js'

const whole = (value: ParameterValue | undefined, otherwise: number) =>
  value === undefined ? otherwise : Number(value)

const hashLength = ({ parameters, length }: Shape) => Math.min(whole(parameters['length'], 16), length ?? 64)

const hash: Transformer = {
  meaning: 'hex characters of the keyed digest; for bytea its 32 bytes',
  parameters: { length: { meaning: 'characters', type: 'whole number', atLeast: 16, atMost: 64 } },
  kinds: ['text', 'bytes'],
  uniqueness: (shape) => ({ kind: 'preserved', bits: shape.kind === 'bytes' ? 256 : 4 * hashLength(shape) }),
  longest: ({ kind }) => (kind === 'bytes' ? 0 : 16),
  make: (making) => (making.kind === 'bytes' ? making.hmac() : hex(making.hmac(), hashLength(making))),
  proof: (shape) => ({
    kind: 'shape',
    small: false,
    holds: shape.kind === 'bytes' ? (value) => `length(${value}) = 32` : hexBetween({ count: hashLength(shape) }),
  }),
}

const uuid: Transformer = {
  meaning: 'a UUID of version 4 out of the keyed digest',
  parameters: {},
  kinds: ['uuid', 'text'],
  uniqueness: () => ({ kind: 'preserved', bits: 120 }),
  longest: () => 36,
  make: ({ hmac, kind }) => {
    const made = `overlay(overlay(${hex(hmac(), 32)} placing '4' from 13) placing '8' from 17)::uuid`
    return kind === 'text' ? `(${made})::text` : made
  },
  proof: () => ({
    kind: 'shape',
    small: false,
    holds: (value) => `${value}::text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$'`,
  }),
}

/** RFC 2544 and RFC 3849: ranges that no network routes. */
const ipRanges = `inet '198.18.0.0/15', inet '2001:db8::/32'`

const ip: Transformer = {
  meaning: 'an address of 198.18.0.0/15 or 2001:db8::/32; of the same family and prefix length',
  parameters: {},
  kinds: ['inet', 'text'],
  uniqueness: () => ({ kind: 'not_guaranteed', bits: 17 }),
  longest: ({ kind }) => (kind === 'inet' ? 0 : 39),
  make: ({ value, kind, hmac, type }) => {
    const v4 = `(inet '198.18.0.0' + ${number(hmac(), 17)})`
    const v6 = `('2001:db8' || regexp_replace(${hex(hmac(), 24)}, '(....)', ':\\1', 'g'))::inet`
    if (kind === 'text') return `host(CASE WHEN ${value} LIKE '%:%' THEN ${v6} ELSE ${v4} END)`
    const made = `CASE WHEN family(${value}) = 4 THEN ${v4} ELSE ${v6} END`
    // A network wider than the range would leave it; /15 and /32 are its widest.
    const widest = `greatest(masklen(${value}), CASE WHEN family(${value}) = 4 THEN 15 ELSE 32 END)`
    return type.endsWith('cidr') ? `network(set_masklen(${made}, ${widest}))` : `set_masklen(${made}, ${widest})`
  },
  proof: ({ kind }) => ({
    kind: 'shape',
    small: true,
    holds: (value) =>
      kind === 'inet'
        ? `${value}::inet <<= ANY (ARRAY[${ipRanges}])`
        : `CASE WHEN ${value} ~ '^[0-9a-f.:]+$' THEN ${value}::inet <<= ANY (ARRAY[${ipRanges}]) ELSE false END`,
  }),
}

const mac: Transformer = {
  meaning: 'an address that begins with 02:00:00, which no manufacturer has',
  parameters: {},
  kinds: ['mac', 'text'],
  uniqueness: () => ({ kind: 'not_guaranteed', bits: 24 }),
  longest: ({ kind }) => (kind === 'mac' ? 0 : 17),
  make: ({ kind, hmac, type }) => {
    const made = `('020000' || ${hex(hmac(), 6)})::macaddr`
    if (kind === 'text') return `(${made})::text`
    return type.endsWith('macaddr8') ? `(${made})::macaddr8` : made
  },
  proof: () => ({ kind: 'shape', small: true, holds: (value) => `${value}::text LIKE '02:00:00:%'` }),
}

const dateShift: Transformer = {
  meaning: 'earlier by 1 to `days` days, the same for all rows with the same `key`, so that order and gaps stay',
  parameters: {
    days: { meaning: 'largest shift', type: 'whole number', atLeast: 1, atMost: 36_500 },
    key: { meaning: 'column whose rows move together, such as customer_id', type: 'text', column: true },
  },
  kinds: ['date', 'timestamp'],
  uniqueness: ({ parameters }) =>
    parameters['key'] === undefined ? { kind: 'preserved', bits: 256 } : { kind: 'not_guaranteed', bits: 0 },
  reads: (parameters) => (parameters['key'] === undefined ? [] : [String(parameters['key'])]),
  make: ({ value, kind, parameters, hmac, column }) => {
    const key = parameters['key'] === undefined ? `''` : `coalesce(${column(String(parameters['key']))}::text, '')`
    const days = `(1 + mod(${number(hmac('days', key), 28)}, ${whole(parameters['days'], 180)}))`
    return kind === 'date' ? `${value} - ${days}` : `${value} - make_interval(0, 0, 0, ${days})`
  },
  proof: () => ({ kind: 'moved' }),
}

const numberNoise: Transformer = {
  meaning: 'more or less by up to `percent`',
  parameters: { percent: { meaning: 'largest change', type: 'whole number', atLeast: 1, atMost: 100 } },
  kinds: ['number'],
  uniqueness: lossy,
  make: ({ value, parameters, hmac, type }) => {
    const share = `(${number(hmac('noise', `${value}::text`), 28)}::numeric / ${2 ** 27 - 0.5} - 1) * ${whole(parameters['percent'], 10)} / 100`
    return `round(${value}::numeric * (1 + ${share}), greatest(scale(${value}::numeric), 0))::${type}`
  },
  proof: () => ({ kind: 'unproven', why: 'noise may leave a value as it is' }),
}

const units = ['month', 'quarter', 'year', 'decade'] as const

const generalise: Transformer = {
  meaning: 'numbers down to a multiple of `step`, dates to the start of `unit`, texts to their first `keep` characters',
  parameters: {
    step: { meaning: 'width of a range of numbers', type: 'whole number', atLeast: 2 },
    unit: { meaning: 'width of a range of dates', type: units },
    keep: { meaning: 'characters of a text that stay, at most 4', type: 'whole number', atLeast: 0, atMost: 4 },
  },
  kinds: ['number', 'date', 'timestamp', 'text'],
  uniqueness: lossy,
  objection: ({ kind, parameters }) => {
    const needed = kind === 'number' ? 'step' : kind === 'text' ? 'keep' : 'unit'
    return parameters[needed] === undefined ? `needs "${needed}" here` : undefined
  },
  make: ({ value, kind, parameters, type }) => {
    if (kind === 'text') {
      const keep = whole(parameters['keep'], 0)
      // A text no longer than what stays would stay whole.
      return `CASE WHEN length(${value}) <= ${keep} THEN repeat('*', length(${value})) ELSE rpad(left(${value}, ${keep}), length(${value}), '*') END`
    }
    if (kind === 'number') {
      const step = whole(parameters['step'], 2)
      return `(floor(${value}::numeric / ${step}) * ${step})::${type}`
    }
    return `date_trunc('${String(parameters['unit'])}', ${value}::timestamp)::${type}`
  },
  proof: ({ kind, parameters }) => ({
    kind: 'shape',
    small: true,
    holds: (value) => {
      if (kind === 'text') return `${value} ~ '^.{0,${whole(parameters['keep'], 0)}}[*]+$'`
      if (kind === 'number') return `mod(${value}::numeric, ${whole(parameters['step'], 2)}) = 0`
      return `${value}::timestamp = date_trunc('${String(parameters['unit'])}', ${value}::timestamp)`
    },
  }),
}

const constant: Transformer = {
  meaning: 'the same value everywhere',
  parameters: { value: { meaning: 'the value', type: 'text', required: true } },
  kinds: ['text', 'uuid', 'date', 'timestamp', 'number', 'inet', 'mac', 'json', 'bytes', 'enum', 'boolean', 'other'],
  uniqueness: lossy,
  longest: ({ kind, parameters }) => (kind === 'text' ? [...String(parameters['value'] ?? '')].length : 0),
  make: ({ parameters, kind, type }) =>
    `${literal(String(parameters['value'] ?? ''))}::${kind === 'text' ? 'text' : type}`,
  proof: ({ parameters, kind, type }) => ({
    kind: 'shape',
    small: true,
    // Not every type has an equality; all have a text.
    holds: (value) =>
      `${value}::text = (${literal(String(parameters['value'] ?? ''))}::${kind === 'text' ? 'text' : type})::text`,
  }),
}

const nothing: Transformer = {
  meaning: 'NULL',
  parameters: {},
  kinds: constant.kinds,
  // NULLs are never equal to one another.
  uniqueness: () => ({ kind: 'preserved', bits: 256 }),
  empties: true,
  make: () => 'NULL',
  proof: () => ({ kind: 'shape', small: true, holds: (value) => `${value} IS NULL` }),
}

export const typedTransformers = {
  hash,
  uuid,
  ip,
  mac,
  date_shift: dateShift,
  number_noise: numberNoise,
  generalise,
  constant,
  null: nothing,
} as const satisfies Record<string, Transformer>
