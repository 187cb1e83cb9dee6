import type { Frame } from '../frame.ts'
import { pace } from '../pace.ts'
import type { Playhead } from './playhead.ts'
import type { Decoded } from './reader.ts'

/** A checked `FramesOptions`. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly rate: number | undefined
}

/** Which frames an iteration gives. */
export type Plan = Range | { readonly times: readonly number[] }

/**
 * The frames of a plan. Only what is given is copied.
 * @param stopped asked before each decoding; once true, the frames end
 */
export function play(playhead: Playhead, plan: Plan, stopped: () => boolean): AsyncGenerator<Frame, void, undefined> {
  return 'times' in plan ? playTimes(playhead, plan.times, stopped) : playRange(playhead, plan, stopped)
}

async function* playRange(playhead: Playhead, { from, to, rate }: Range, stopped: () => boolean) {
  if (from >= to) return
  const wanted = pace(rate)
  let shown: Decoded | undefined = await playhead.at(from)
  while (shown && shown.seconds < to && !stopped()) {
    if (wanted(shown.seconds)) yield shown.copy()
    shown = await playhead.following()
  }
}

async function* playTimes(playhead: Playhead, times: readonly number[], stopped: () => boolean) {
  for (const seconds of times) {
    const shown = stopped() ? undefined : await playhead.at(seconds)
    if (!shown) return
    yield shown.copy()
  }
}
