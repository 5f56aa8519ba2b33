import type { GitHub } from '../../sim/github/index.js'
import type { Platform } from './scene.js'

interface Writing {
  readonly github: GitHub
  readonly platform: Platform
  /** GitHub's operations that write. */
  readonly sinkWrites: readonly string[]
  /** The platform's calls that write. */
  readonly platformWrites: RegExp
  readonly moment: 'before' | 'after'
}

/** Calls `act` at the k-th write of the platform or of a sink, before or after it is done; with the operation of a sink. */
export function atWrite(
  k: number,
  { github, platform, sinkWrites, platformWrites, moment }: Writing,
  act: (operation: string | undefined) => void,
) {
  let writes = 0
  const count = (operation: string | undefined) => {
    if ((writes += 1) === k) act(operation)
  }
  const offs = sinkWrites.map((operation) => github.on(operation, moment, () => count(operation)))
  platform[moment] = (call) => void (platformWrites.test(call) && count(undefined))
  return {
    count: () => writes,
    off() {
      for (const off of offs) off()
      platform[moment] = () => undefined
    },
  }
}
