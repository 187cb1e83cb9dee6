import type { Random } from '../../tensor/random.ts'
import { either } from '../draw.ts'

/** A slow random movement to and fro: known at any time, so that snippets apart in time fit together. */
export interface Wave {
  /** Of each oscillation. */
  readonly amplitudes: readonly number[]
  /** Radians a second. */
  readonly speeds: readonly number[]
  readonly phases: readonly number[]
}

/** Hertz, slowest and fastest, of each oscillation. */
const bands = [
  [0.08, 0.25],
  [0.25, 0.7],
  [0.7, 1.6],
] as const
/** How much of the whole each may have. */
const shares = [0.6, 0.28, 0.12] as const

/** @param most what it never exceeds, to either side */
export function drawWave(random: Random, most: number): Wave {
  return {
    amplitudes: shares.map((share) => share * either(random, most)),
    speeds: bands.map(([slow, fast]) => 2 * Math.PI * random.uniform(slow, fast)),
    phases: bands.map(() => random.uniform(0, 2 * Math.PI)),
  }
}

export function waveAt({ amplitudes, speeds, phases }: Wave, seconds: number): number {
  return amplitudes.reduce((sum, amplitude, i) => sum + amplitude * Math.sin(speeds[i]! * seconds + phases[i]!), 0)
}
