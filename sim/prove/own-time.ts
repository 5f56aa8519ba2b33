/**
 * Time as this process gets it. A beat that comes late counts as one: a machine that is busy with something else slows it
 * down as it slows the runs down, so that nothing is ever too late only because of that.
 */

/** Milliseconds from one beat to the next, where the process comes to it in time. */
const beat = 25

let beats = 0
let users = 0
let timer: NodeJS.Timeout | undefined
const lookers = new Set<() => void>()
/** By the beat at which it ends. */
const patience = new Map<number, AbortController>()

/** Time goes on while the body runs, and only then. */
export async function whileTimeGoesOn<T>(body: () => Promise<T>): Promise<T> {
  users += 1
  timer ??= setInterval(pass, beat)
  try {
    return await body()
  } finally {
    users -= 1
    if (users === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** Milliseconds since the process began to count. */
export const ownTime = (): number => beats * beat

/** Looks at every beat, until what is given back is called. */
export function atEachBeat(look: () => void): () => void {
  lookers.add(look)
  return () => void lookers.delete(look)
}

/** Is aborted after so many milliseconds. Whatever waits for the same beat shares one signal. */
export function abortAfter(milliseconds: number): AbortSignal {
  const due = beats + Math.ceil(milliseconds / beat)
  const controller = patience.get(due) ?? new AbortController()
  patience.set(due, controller)
  return controller.signal
}

function pass(): void {
  beats += 1
  patience.get(beats)?.abort(new DOMException('no answer within the patience of a play', 'TimeoutError'))
  patience.delete(beats)
  for (const look of [...lookers]) look()
}
