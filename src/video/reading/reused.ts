import type { Plan } from './play.ts'
import type { Allocate } from './reader.ts'

/** Memory for the frames of a plan; undefined where each is to have its own. */
export function memoryFor(plan: Plan): Allocate | undefined {
  return 'reuse' in plan && plan.reuse ? inTurns() : undefined
}

/** Two pieces of memory in turns: a frame is written while the one before is in use. */
function inTurns(): Allocate {
  let [now, before] = [new Uint8Array(), new Uint8Array()]
  return (bytes) => {
    const [used, last] = [before, now]
    before = last
    now = used.length === bytes ? used : new Uint8Array(bytes)
    return now
  }
}
