import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { openCrew } from '../../sim/prove/crew.js'
import { subjects } from '../../sim/prove/fault-matrix.js'
import { proofsOf } from '../../sim/prove/proofs.js'

/** Dies over part 1, and tells of any other its number and in which process it was. */
const program = `
process.on('message', ({ part }) =>
  part === 1 ? process.exit(3) : process.send({ counts: { part, pid: process.pid }, violations: [] }))
process.on('disconnect', () => process.exit())
`

it('a process that dies over a part is a violation, and the other parts are played', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'crew-'))
  const file = join(directory, 'player.mjs')
  writeFileSync(file, program)
  const crew = openCrew(1, file)
  try {
    const play = (part: number) => crew.play({ proof: 2, part })
    const [first, dead, third] = await Promise.all([play(0), play(1), play(2)])
    expect(dead).toEqual({
      counts: {},
      violations: [{ play: 'part 1 of proof 2', broken: 'the process that played it ended with 3' }],
    })
    const pids = [first, third].map(({ counts }) => counts['pid'])
    expect(new Set(pids).size).toBe(2)
    // A process that is free is taken again.
    expect(pids).toContain((await play(4)).counts['pid'])
  } finally {
    crew.close()
    rmSync(directory, { recursive: true })
  }
})

it('the parts are everything: each work of each server, and no name twice in a proof', () => {
  const [crash, races, faults, garbage] = proofsOf(1).map(({ parts }) => parts.map(({ name }) => name))
  expect(faults).toEqual(subjects.flatMap(({ name, works }) => works.map((work) => `${name}, ${work.name}`)))
  expect([crash, races, garbage].map((names) => names?.length)).toEqual([15, 17, 11])
  for (const names of [crash, races, faults, garbage]) expect(new Set(names).size).toBe(names?.length)
})
