import type { Image } from '../../video/image.ts'
import { Layer } from '../../video/sample/layer.ts'
import type { TiltedSquare } from './tilted-square.ts'

/** A picture's red, green and blue apart, one after the other. */
export interface Planes {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

export function rgbPlanes({ width, height, data }: Image): Planes {
  const area = width * height
  const planes = new Uint8Array(3 * area)
  for (let i = 0, at = 0; i < area; i++) {
    planes[i] = data[at++]!
    planes[area + i] = data[at++]!
    planes[2 * area + i] = data[at++]!
  }
  return { width, height, data: planes }
}

const layer = new Layer()

/**
 * A turned square of a picture as a network takes it. First an upright square around it is brought to the size of the
 * result, by the filter of `crop`, so that nothing aliases; of that the turned one is taken by linear interpolation.
 * Beyond the picture its edge repeats.
 * @param size width and height of the result
 * @returns [size, size, 3], red, green and blue of 0 to 1; the same bits in every engine
 */
export function sampleSquare(planes: Planes, square: TiltedSquare, size: number): Float32Array<ArrayBuffer> {
  const [cosine, sine] = square.along
  const half = Math.ceil((size / 2) * (Math.abs(cosine) + Math.abs(sine))) + 1
  const count = 2 * half
  const scale = square.side / size
  const [across, down] = square.centre.map((centre) => ({ start: centre - half * scale, scale, count }))
  const upright = new Float32Array(count * count)
  const result = new Float32Array(3 * size * size)
  for (let channel = 0; channel < 3; channel++) {
    const plane = { data: planes.data, offset: channel * planes.width * planes.height, stride: planes.width }
    layer.prepare(plane, planes, across!, down!)
    for (let y = 0; y < count; y++) upright.set(layer.row(y).subarray(0, count), y * count)
    turn(upright, count, square, result, channel, size)
  }
  return result
}

function turn(
  upright: Float32Array,
  count: number,
  { along: [cosine, sine] }: TiltedSquare,
  result: Float32Array,
  channel: number,
  size: number,
): void {
  const origin = (count - 1) / 2
  let at = channel
  for (let row = 0; row < size; row++) {
    const v = row + 0.5 - size / 2
    for (let column = 0; column < size; column++, at += 3) {
      const u = column + 0.5 - size / 2
      const x = origin + cosine * u - sine * v
      const y = origin + sine * u + cosine * v
      const left = Math.floor(x)
      const top = Math.floor(y)
      const a = x - left
      const b = y - top
      const from = top * count + left
      const upper = upright[from]! + a * (upright[from + 1]! - upright[from]!)
      const lower = upright[from + count]! + a * (upright[from + count + 1]! - upright[from + count]!)
      result[at] = (upper + b * (lower - upper)) / 255
    }
  }
}
