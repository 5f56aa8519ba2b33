/** A process that plays the parts it is told, one after the other: see sim/prove/crew.ts. */
import { messageOf } from '../src/errors.js'
import type { PartNumber } from '../sim/prove/crew.js'
import { type Outcome, proofsOf } from '../sim/prove/proofs.js'

const proofs = proofsOf(Number(process.argv[2]))

async function play({ proof, part }: PartNumber): Promise<Outcome> {
  const chosen = proofs[proof]?.parts[part]
  if (!chosen) throw new Error(`there is no part ${part} of proof ${proof}`)
  return chosen
    .play()
    .catch((error: unknown) => ({ counts: {}, violations: [{ play: chosen.name, broken: messageOf(error) }] }))
}

process.on('message', (order: PartNumber) => {
  void play(order).then((outcome) => process.send?.(outcome))
})
// Nobody is left who would hear it.
process.on('disconnect', () => process.exit())
