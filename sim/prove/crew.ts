import { type ChildProcess, fork } from 'node:child_process'
import type { Outcome } from './proofs.js'

/** Where a part stands in what `proofsOf` gives. */
export interface PartNumber {
  readonly proof: number
  readonly part: number
}

export interface Crew {
  /** Plays one part in a process that is free, or in a new one. A process that dies over it is a violation of its own. */
  play(order: PartNumber): Promise<Outcome>
  close(): void
}

/** Processes that run `program` and play parts, as many as are asked at a time. */
export function openCrew(seed: number, program: string): Crew {
  const free: ChildProcess[] = []
  return {
    async play(order) {
      const player = free.pop() ?? fork(program, [String(seed)])
      const outcome = await outcomeOf(player, order)
      if (player.connected) free.push(player)
      return outcome
    },
    close() {
      for (const player of free.splice(0)) player.disconnect()
    },
  }
}

function outcomeOf(player: ChildProcess, order: PartNumber): Promise<Outcome> {
  return new Promise((resolve) => {
    const told = (outcome: unknown) => {
      player.off('exit', died)
      resolve(outcome as Outcome)
    }
    const died = (code: number | null, signal: string | null) => {
      player.off('message', told)
      const broken = `the process that played it ended with ${code ?? signal ?? 'nothing'}`
      resolve({ counts: {}, violations: [{ play: `part ${order.part} of proof ${order.proof}`, broken }] })
    }
    player.once('message', told).once('exit', died)
    player.send(order)
  })
}
