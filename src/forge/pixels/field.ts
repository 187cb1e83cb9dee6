import type { Bounds } from './bounds.ts'
import type { Warp } from './warp.ts'

/** A warp known at nodes so many pixels apart, between them taken to be bilinear: enough for what is smooth. */
export const pitch = 8

/** Nodes over a rectangle of pixels. Keeps its buffers from one `set` to the next. */
export class Field {
  columns = 0
  rows = 0
  left = 0
  top = 0
  /** Origins of the nodes, row after row. */
  x = new Float32Array(0)
  y = new Float32Array(0)
  readonly #point = new Float64Array(2)

  /** Nodes lie at multiples of the pitch, so that a warp is the same whatever the bounds. */
  set(warp: Warp, bounds: Bounds): this {
    const { right, bottom } = bounds
    const left = pitch * Math.floor(bounds.left / pitch)
    const top = pitch * Math.floor(bounds.top / pitch)
    this.columns = Math.ceil((right - left) / pitch) + 1
    this.rows = Math.ceil((bottom - top) / pitch) + 1
    this.left = left
    this.top = top
    const nodes = this.columns * this.rows
    if (this.x.length < nodes) {
      this.x = new Float32Array(nodes)
      this.y = new Float32Array(nodes)
    }
    const point = this.#point
    for (let row = 0, at = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++, at++) {
        point[0] = left + column * pitch
        point[1] = top + row * pitch
        warp(point)
        this.x[at] = point[0]!
        this.y[at] = point[1]!
      }
    }
    return this
  }
}
