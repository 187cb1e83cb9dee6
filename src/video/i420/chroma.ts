import type { Colour } from '../frame.ts'
import type { PlaneLayout } from '../planes.ts'
import type { Component } from './formats.ts'
import { checkPlane, readRow } from './rows.ts'

/**
 * Writes a chroma plane with one sample for 2 x 2 pixels, from one for `columns` x `rows` pixels: weighted means in whole
 * numbers, rounded once together with the depth, so that the samples of the result lie where `siting` says.
 */
export function resampleChroma(
  layout: PlaneLayout,
  component: Component,
  { columns, rows }: { readonly columns: Step; readonly rows: Step },
  { width, height, siting }: { readonly width: number; readonly height: number; readonly siting: Colour['chroma'] },
  into: Uint8Array,
): void {
  const across = axisTaps(width, columns, siting !== 'centre')
  const down = axisTaps(height, rows, siting === 'top-left')
  checkPlane(layout, component, across.sources, down.sources)
  const row = new Uint16Array(across.sources)
  const sums = new Uint32Array(across.sources)
  const shift = layout.bits - 8 + 4 // the weights of either axis sum to 4
  let at = 0
  for (let y = 0; y < down.count; y++) {
    sums.fill(0)
    for (let tap = 3 * y; tap < 3 * y + 3; tap++) {
      const weight = down.weight[tap]!
      if (weight === 0) continue
      readRow(layout, component, down.source[tap]!, row)
      for (let x = 0; x < row.length; x++) sums[x]! += weight * row[x]!
    }
    for (let tap = 0; tap < 3 * across.count; tap += 3) {
      const sum =
        across.weight[tap]! * sums[across.source[tap]!]! +
        across.weight[tap + 1]! * sums[across.source[tap + 1]!]! +
        across.weight[tap + 2]! * sums[across.source[tap + 2]!]!
      into[at++] = Math.min(255, (sum + (1 << (shift - 1))) >> shift)
    }
  }
}

/** How many pixels share a chroma sample. */
type Step = 1 | 2 | 4

interface Taps {
  /** Samples before and after. */
  readonly sources: number
  readonly count: number
  /** Three for each sample of the result: which one before, and how many quarters of it. */
  readonly source: Uint32Array
  readonly weight: Uint8Array
}

/** Along one axis of `pixels`. Sites of samples: the first of the pixels that share one (`first`), or their middle. */
function axisTaps(pixels: number, step: Step, first: boolean): Taps {
  const sources = Math.ceil(pixels / step)
  const count = Math.ceil(pixels / 2)
  const source = new Uint32Array(3 * count)
  const weight = new Uint8Array(3 * count)
  for (let i = 0; i < count; i++) {
    for (const [tap, [index, quarters]] of tapsOf(i, step, first).entries()) {
      source[3 * i + tap] = Math.min(Math.max(index, 0), sources - 1)
      weight[3 * i + tap] = quarters
    }
  }
  return { sources, count, source, weight }
}

function tapsOf(i: number, step: Step, first: boolean): [index: number, quarters: number][] {
  if (step === 2) return [[i, 4]]
  if (step === 1) {
    const triangle: [number, number][] = [
      [2 * i - 1, 1],
      [2 * i, 2],
      [2 * i + 1, 1],
    ]
    return first
      ? triangle
      : [
          [2 * i, 2],
          [2 * i + 1, 2],
        ]
  }
  const near = Math.floor(i / 2)
  const odd = i % 2 === 1
  if (!first) {
    return [
      [near, 3],
      [odd ? near + 1 : near - 1, 1],
    ]
  }
  return odd
    ? [
        [near, 2],
        [near + 1, 2],
      ]
    : [[near, 4]]
}
