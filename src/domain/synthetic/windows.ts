import { drawBelow, type DrawKey, type Row } from './draw.js'

/** Where the values of a column come from. */
export interface Source {
  /** How many different values `at` has. */
  readonly capacity: number
  /** The value of a place, counted from 0, as SQL: another place is another value. */
  at(index: string): string
  /** Any value, which may come twice. */
  free(row: Row): string
}

/** Whole numbers, both ends included. */
export interface Window {
  readonly lo: number
  readonly hi: number
}

/** `allowed` is what the constraints let through; `plausible` what a reader expects, taken where both have something. */
export interface Measured {
  readonly allowed: readonly Window[]
  readonly plausible: Window
  /** Makes the SQL of a value from that of its whole number. */
  readonly render: (number: string) => string
  readonly key: DrawKey
}

export function measuredSource({ allowed, plausible, render, key }: Measured): Source {
  const span = plausible.hi - plausible.lo
  const meeting = allowed
    .map(({ lo, hi }) => ({ lo: Math.max(lo, plausible.lo), hi: Math.min(hi, plausible.hi) }))
    .filter(({ lo, hi }) => lo <= hi)
  const near = ({ lo, hi }: Window): Window =>
    lo > plausible.hi ? { lo, hi: Math.min(hi, lo + span) } : { lo: Math.max(lo, hi - span), hi }
  const likely = meeting.length > 0 ? meeting : allowed.map(near)
  // Unique values begin where the plausible ones do and go as far as they may.
  const whole = allowed.map(({ lo, hi }) => ({ lo: plausible.lo >= lo && plausible.lo <= hi ? plausible.lo : lo, hi }))
  return {
    capacity: sizeOf(whole),
    at: (index) => render(place(whole, index)),
    free: (row) => render(place(likely, drawBelow(sizeOf(likely), key, row))),
  }
}

function sizeOf(windows: readonly Window[]): number {
  return windows.reduce((sum, { lo, hi }) => sum + (hi - lo + 1), 0)
}

function place([first, ...others]: readonly Window[], index: string): string {
  if (!first) return 'NULL'
  const value = `(${first.lo} + ${index})`
  if (others.length === 0) return value
  const size = first.hi - first.lo + 1
  return `CASE WHEN ${index} < ${size} THEN ${value} ELSE ${place(others, `(${index} - ${size})`)} END`
}
