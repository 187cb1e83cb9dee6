import type { Size } from '../../video/image.ts'
import { Axis } from '../../video/sample/axis.ts'

const [across, down] = [new Axis(), new Axis()]
let rows = new Float32Array(0)

/** Colours at another size, by the filter of `crop`; not rounded. @param into 3 x width x height numbers of the new size */
export function resample(colours: Float32Array, size: Size, to: Size, into: Float32Array): void {
  across.prepare(0, size.width / to.width, to.width, size.width)
  down.prepare(0, size.height / to.height, to.height, size.height)
  const stride = 3 * size.width
  if (rows.length < stride) rows = new Float32Array(stride)
  for (let y = 0; y < to.height; y++) {
    rows.fill(0, 0, stride)
    for (let tap = 0; tap < down.taps[y]!; tap++) {
      const weight = down.weights[y * down.room + tap]!
      const begin = (down.first[y]! + tap) * stride
      for (let i = 0; i < stride; i++) rows[i]! += weight * colours[begin + i]!
    }
    for (let x = 0, at = 3 * y * to.width; x < to.width; x++, at += 3) {
      let [red, green, blue] = [0, 0, 0]
      let from = 3 * across.first[x]!
      const first = x * across.room
      for (let tap = first; tap < first + across.taps[x]!; tap++, from += 3) {
        const weight = across.weights[tap]!
        red += weight * rows[from]!
        green += weight * rows[from + 1]!
        blue += weight * rows[from + 2]!
      }
      into[at] = red
      into[at + 1] = green
      into[at + 2] = blue
    }
  }
}
