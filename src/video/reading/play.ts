import type { Frame } from '../frame.ts'
import { pace } from '../pace.ts'
import type { Playhead } from './playhead.ts'
import type { Allocate, Decoded } from './reader.ts'

/** A checked `FramesOptions`. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly rate: number | undefined
  readonly reuse: boolean
}

/** Which frames an iteration gives. */
export type Plan = Range | { readonly times: readonly number[] }

/**
 * The frames of a plan. Only what is given is copied.
 * @param stopped asked before each decoding; once true, the frames end
 * @param allocate gives the memory for their pixels; default: new memory
 */
export function play(
  playhead: Playhead,
  plan: Plan,
  stopped: () => boolean,
  allocate?: Allocate,
): AsyncGenerator<Frame, void, undefined> {
  const shown = 'times' in plan ? shownAt(playhead, plan.times, stopped) : shownIn(playhead, plan, stopped)
  return copies(shown, allocate)
}

async function* copies(shown: AsyncGenerator<Decoded>, allocate: Allocate | undefined) {
  for await (const frame of shown) yield frame.copy(allocate)
}

async function* shownIn(playhead: Playhead, { from, to, rate }: Range, stopped: () => boolean) {
  if (from >= to) return
  const wanted = pace(rate)
  let shown: Decoded | undefined = await playhead.at(from)
  while (shown && shown.seconds < to && !stopped()) {
    if (wanted(shown.seconds)) yield shown
    shown = await playhead.following()
  }
}

async function* shownAt(playhead: Playhead, times: readonly number[], stopped: () => boolean) {
  for (const seconds of times) {
    const shown = stopped() ? undefined : await playhead.at(seconds)
    if (!shown) return
    yield shown
  }
}
