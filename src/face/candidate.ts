import type { Tensors } from '../runtime/index.ts'
import type { Region } from '../video/image.ts'
import { anchors, inputSize } from './anchors.ts'
import type { Point } from './face.ts'

/** What the network takes for a face: in display pixels, not rounded yet. */
export interface Candidate {
  readonly box: Region
  /** In the order of `keypointNames`. */
  readonly points: readonly Point[]
  /** 0 to 1. */
  readonly score: number
  /** Width of the box over the side of the square in which it was found. */
  readonly share: number
}

/** Scores and boxes of the two layers of anchors, and numbers of a box: centre, size, six keypoints. */
const outputs = [
  { scores: 'Identity:0', boxes: 'Identity_2:0' },
  { scores: 'Identity_1:0', boxes: 'Identity_3:0' },
] as const
const numbers = 16

/**
 * What the network found.
 * @param results outputs of one run
 * @param region where in the picture the network looked, a square in display pixels
 * @param least score that counts, above 0 and below 1
 */
export function candidatesOf(results: Tensors, region: Region, least: number): Candidate[] {
  const leastLogit = -Math.log(1 / least - 1)
  return outputs.flatMap(({ scores, boxes }, layer) => {
    const logits = results[scores]!.data as Float32Array
    const raw = results[boxes]!.data as Float32Array
    return anchors[layer]!.flatMap((anchor, i) => {
      if (logits[i]! < leastLogit) return []
      const place = placed(raw.subarray(numbers * i, numbers * (i + 1)), anchor, region)
      return [{ ...place, score: sigmoid(logits[i]!), share: place.box.width / region.width }]
    })
  })
}

/** From pixels of the network's input, relative to an anchor, to display pixels. */
function placed(raw: Float32Array, [anchorX, anchorY]: Point, region: Region): Pick<Candidate, 'box' | 'points'> {
  const scale = region.width / inputSize
  const pointAt = (i: number): Point => [
    region.x + (anchorX + raw[i]!) * scale,
    region.y + (anchorY + raw[i + 1]!) * scale,
  ]
  const [x, y] = pointAt(0)
  const width = raw[2]! * scale
  const height = raw[3]! * scale
  const points = [4, 6, 8, 10, 12, 14].map(pointAt)
  return { box: { x: x - width / 2, y: y - height / 2, width, height }, points }
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
