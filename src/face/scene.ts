import { type Frame, planesOf } from '../video/frame.ts'
import { likeness, normalised } from './vectors.ts'

/** What a frame looks like at a glance, brightness and contrast aside: a unit vector. */
export type Scene = Float64Array

const cells = 8
/** Samples taken along each side of a cell: enough that noise does not matter. */
const samples = 12

/** Looks at the whole frame, as stored (turning does not matter for comparing frames of one video). */
export function sceneOf(frame: Frame): Scene {
  const { y, u, v, chromaWidth, chromaHeight } = planesOf(frame)
  const means = new Float64Array(3 * cells * cells)
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const at = 3 * (row * cells + column)
      means[at] = meanOf(y, frame.width, frame.height, column, row)
      means[at + 1] = meanOf(u, chromaWidth, chromaHeight, column, row)
      means[at + 2] = meanOf(v, chromaWidth, chromaHeight, column, row)
    }
  }
  return normalised(means, 3)
}

/** Distance from which on two frames are of different shots; motion and flashes stay below (docs/faces.md). */
export const cut = 0.35

/** How much two frames differ: 0 (alike) to about 1 (nothing in common), at most 2. */
export function sceneDistance(a: Scene, b: Scene): number {
  return 1 - likeness(a, b)
}

function meanOf(plane: Uint8Array, width: number, height: number, column: number, row: number): number {
  let sum = 0
  for (let j = 0; j < samples; j++) {
    const start = width * place(row, j, height)
    for (let i = 0; i < samples; i++) sum += plane[start + place(column, i, width)]!
  }
  return sum / samples ** 2
}

function place(cell: number, sample: number, length: number): number {
  return Math.floor(((cell + (sample + 0.5) / samples) * length) / cells)
}
