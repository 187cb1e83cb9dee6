import type { Image, Size } from '../image.ts'
import { Layer } from './layer.ts'

// A picture is resized in one go, so all can use the same buffers.
const layers = [new Layer(), new Layer(), new Layer()]
let planes = new Uint8Array(0)

/** A whole picture at another size, by the same filter as `crop`. */
export function resize(image: Image, size: Size): Image {
  const { width, height, data } = image
  const area = width * height
  if (planes.length < 3 * area) planes = new Uint8Array(3 * area)
  for (let i = 0, at = 0; i < area; i++) {
    planes[i] = data[at++]!
    planes[area + i] = data[at++]!
    planes[2 * area + i] = data[at++]!
  }
  const across = { start: 0, scale: width / size.width, count: size.width }
  const down = { start: 0, scale: height / size.height, count: size.height }
  const result = new Uint8ClampedArray(3 * size.width * size.height)
  for (const [channel, layer] of layers.entries()) {
    layer.prepare({ data: planes, offset: channel * area, stride: width }, image, across, down)
    for (let y = 0; y < size.height; y++) {
      const row = layer.row(y)
      let at = 3 * y * size.width + channel
      for (let x = 0; x < size.width; x++, at += 3) result[at] = row[x]!
    }
  }
  return { width: size.width, height: size.height, data: new Uint8Array(result.buffer) }
}
