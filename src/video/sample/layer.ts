import type { Size } from '../image.ts'
import { Axis } from './axis.ts'
import { halve } from './halve.ts'
import { type Plane, weighColumns, weighRows } from './weigh.ts'

/** What is wanted along an axis: where it begins, samples of the plane for each of the result, how many of the result. */
export interface Stretch {
  readonly start: number
  readonly scale: number
  readonly count: number
}

/**
 * A plane on its way to another size, row by row, by the triangle filter (see `Axis`).
 *
 * Where it shrinks to a quarter or less on both axes it is first halved, by means of 2 x 2 samples, until it no longer
 * does (as PIL does with `reducing_gap=2`): faster, and hardly another filter. This belongs to the definition of the
 * result; it is no approximation that depends on the machine.
 *
 * Keeps its buffers from one `prepare` to the next.
 */
export class Layer {
  readonly #across = new Axis()
  readonly #down = new Axis()
  #plane: Plane = { data: new Uint8Array(0), offset: 0, stride: 0 }
  #halved = new Uint8Array(0)
  #sums = new Float64Array(0)
  #row = new Float64Array(0)

  /** @param size of `plane` */
  prepare(plane: Plane, size: Size, across: Stretch, down: Stretch): void {
    let times = 0
    while (Math.min(across.scale, down.scale) / (1 << times) >= 4) times++
    prepareHalved(this.#across, across, size.width, times)
    prepareHalved(this.#down, down, size.height, times)
    this.#plane = this.#halve(plane, size, times)
    const { low, high, room, count } = this.#across
    if (this.#sums.length < high - low + room) this.#sums = new Float64Array(high - low + room)
    if (this.#row.length < count) this.#row = new Float64Array(count)
  }

  /** A row of the result: 0 to 255, not rounded. The same array for each row. */
  row(index: number): Float64Array {
    const { low, high } = this.#across
    weighRows(this.#plane, low, high, this.#down, index, this.#sums)
    weighColumns(this.#sums, this.#across, this.#row)
    return this.#row
  }

  /** The plane halved so many times: of it the part that the axes use. */
  #halve(plane: Plane, { width, height }: Size, times: number): Plane {
    let result = plane
    for (let time = 1; time <= times; time++) {
      const whole = 1 << (time - 1)
      const size = { width: Math.ceil(width / whole), height: Math.ceil(height / whole) }
      const ahead = 1 << (times - time)
      const part = {
        left: 2 * Math.floor(this.#across.low / 2) * ahead,
        right: Math.min(2 * Math.ceil(this.#across.high / 2) * ahead, Math.ceil(size.width / 2)),
        top: this.#down.low * ahead,
        bottom: Math.min(this.#down.high * ahead, Math.ceil(size.height / 2)),
      }
      const bytes = (part.right - part.left) * (part.bottom - part.top)
      if (this.#halved.length < bytes) this.#halved = new Uint8Array(bytes)
      result = halve(result, size, part, this.#halved)
    }
    return result
  }
}

function prepareHalved(axis: Axis, { start, scale, count }: Stretch, size: number, times: number): void {
  const whole = 1 << times
  axis.prepare(start / whole, scale / whole, count, Math.ceil(size / whole))
}
