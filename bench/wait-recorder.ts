/**
 * Loaded into a process before its program: writes down how long it waits on purpose, to the file that `WAIT_RECORD` names.
 */
import { writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import timers from 'node:timers/promises'

const waits: { at: number; ms: number }[] = []
const { setTimeout: delay } = timers

timers.setTimeout = ((...given: Parameters<typeof delay>) => {
  waits.push({ at: performance.timeOrigin + performance.now(), ms: given[0] ?? 0 })
  return delay(...given)
}) as typeof delay
syncBuiltinESMExports()

process.on('exit', () => writeFileSync(process.env['WAIT_RECORD'] ?? '', JSON.stringify(waits)))
