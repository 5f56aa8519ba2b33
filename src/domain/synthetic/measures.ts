import { numbersByName } from './by-name.js'
import type { DrawKey } from './draw.js'
import type { Limits, SeedColumn } from './schema.js'
import { measuredSource, type Source, type Window } from './windows.js'

const integers: Readonly<Record<string, number>> = { int2: 32767, int4: 2147483647, int8: 1e15 }
const decimals = ['numeric', 'float4', 'float8', 'money']

function isNumber({ base }: SeedColumn): boolean {
  return base in integers || decimals.includes(base)
}

/** Undefined where the type is no number. */
export function numberSource(column: SeedColumn, key: DrawKey): Source | undefined {
  if (!isNumber(column)) return undefined
  const whole = integers[column.base]
  const named = numbersByName(column.name)
  const scale = whole === undefined ? Math.min(column.scale ?? named.scale, 6) : 0
  const unit = 10 ** scale
  const most =
    whole ?? Math.min(column.precision === null ? 1e9 : 10 ** (column.precision - (column.scale ?? 0)) - 1 / unit, 1e9)
  const toUnits = (text: string) => Number(text) * unit
  const from = Math.ceil(named.from * unit)
  const to = Math.floor(Math.min(named.to, most) * unit)
  return measuredSource({
    allowed: windowsOf(column.limits, { lo: -most * unit, hi: most * unit }, toUnits),
    // Nothing that the name says fits into numeric(4, 4).
    plausible: { lo: from <= to ? from : 0, hi: to },
    render: (number) => (scale === 0 ? cast(number, column) : decimal(number, { scale, column })),
    key,
  })
}

/** A number of units as one with places behind the point. The quotient of two whole floats is the nearest float there is. */
function decimal(number: string, { scale, column }: { scale: number; column: SeedColumn }): string {
  return column.base.startsWith('float')
    ? `((${number})::float8 / ${10 ** scale})`
    : cast(`${number} * ${(10 ** -scale).toFixed(Math.max(scale, 0))}`, column)
}

/** Money comes from numeric alone. */
function cast(number: string, { base }: SeedColumn): string {
  return base === 'money' ? `(${number})::numeric::money` : number
}

const second = 1
const minute = 60
const day = 24 * 60 * minute
const steps: Readonly<Record<string, number>> = { date: day, timestamp: minute, timestamptz: minute }

/** The two years in which everything happens, whenever the seed runs, and those in which people were born. */
const epoch = ['2024-01-01', '2025-12-31'] as const
const births = ['1950-01-01', '2004-12-31'] as const

/** Undefined where the type is no point in time. */
export function timeSource(column: SeedColumn, key: DrawKey): Source | undefined {
  const step = steps[column.base]
  if (step === undefined) return undefined
  const unit = step === day ? day : second
  const toUnits = (text: string) => secondsOf(text) / unit
  const [from, to] = /birth|dob|born/i.test(column.name) ? births : epoch
  const number = (seconds: string) =>
    column.base === 'date'
      ? `(date '1970-01-01' + (${seconds})::integer)`
      : `(${column.base} '1970-01-01 00:00:00${column.base === 'timestamptz' ? '+00' : ''}' + (${seconds}) * interval '1 second')`
  const furthest = { lo: toUnits('1900-01-01'), hi: toUnits('2999-12-31') }
  return measuredSource({
    allowed: windowsOf(column.limits, furthest, toUnits),
    plausible: { lo: toUnits(from), hi: toUnits(to) },
    render: number,
    key,
  })
}

/** Makes a value that lies behind `earlier`; `below` draws a number from 0. */
export type Later = (earlier: string, below: (most: number) => string) => string

const byMinutes =
  (type: string, most: number): Later =>
  (earlier, below) =>
    `((${earlier})::${type} + (1 + ${below(most)}) * interval '1 minute')`

const laters: Readonly<Record<string, Later>> = {
  date: (earlier, below) => `((${earlier})::date + 1 + (${below(30)})::integer)`,
  timestamp: byMinutes('timestamp', 43200),
  timestamptz: byMinutes('timestamptz', 43200),
  interval: byMinutes('interval', 600),
  // A part of what is left of the day: a sum would begin again at midnight.
  time: (earlier, below) =>
    `((${earlier})::time + (interval '1 day' - (${earlier})::time::interval) / (2 + ${below(8)}))`,
  money: (earlier, below) => `((${earlier}) + (1 + ${below(10)})::numeric::money)`,
}

/** Undefined where it is not known what lies behind a value of the type. */
export function laterOf(column: SeedColumn): Later | undefined {
  const number: Later = (earlier, below) => `((${earlier}) + 1 + ${below(10)})`
  return laters[column.base] ?? (isNumber(column) ? number : undefined)
}

/** A date, or a date and a time, which is UTC unless it names its zone. */
function secondsOf(text: string): number {
  const [, date = '', time, zone] =
    /^(\d{4}-\d\d-\d\d)(?:[ T]([\d:.]+)(Z|[+-]\d\d(?::?\d\d)?)?)?$/.exec(text.trim()) ?? []
  const offset = zone === undefined ? 'Z' : /^[+-]..$/.test(zone) ? `${zone}:00` : zone
  return Date.parse(`${date}T${time ?? '00:00:00'}${offset}`) / 1000
}

/** What the limits leave of everything, in whole units. A limit that is no such value reads as none: the server judges. */
function windowsOf({ min, max, ranges }: Limits, all: Window, toUnits: (text: string) => number): Window[] {
  const units = (text: string | undefined) => {
    const value = text === undefined ? Number.NaN : toUnits(text)
    return Number.isFinite(value) ? value : undefined
  }
  const least = units(min?.value)
  const most = units(max?.value)
  const lo = least === undefined ? all.lo : min?.included ? Math.ceil(least) : Math.floor(least) + 1
  const hi = most === undefined ? all.hi : max?.included ? Math.floor(most) : Math.ceil(most) - 1
  const parts = (ranges ?? [{ from: undefined, to: undefined }]).map(({ from, to }) => ({
    lo: Math.max(lo, all.lo, Math.ceil(units(from) ?? all.lo)),
    hi: Math.min(hi, all.hi, Math.ceil((units(to) ?? all.hi + 1) - 1)),
  }))
  return parts.filter((part) => part.lo <= part.hi).sort((a, b) => a.lo - b.lo)
}
