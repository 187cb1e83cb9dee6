import { distinctColour } from '../../draw/colour-map.ts'
import { black, type Rgb, white } from '../../draw/image.ts'
import { drawLabel, unitOf } from '../../draw/label.ts'
import { drawPoint, drawRectangle } from '../../draw/shapes.ts'
import { drawText, measureText } from '../../draw/text.ts'
import { clock } from '../../draw/timeline.ts'
import type { Placed } from '../../face/interpolate.ts'
import type { Image } from '../../video/image.ts'

/** A face to be marked in a frame. */
export interface Mark {
  readonly id: number
  readonly placed: Placed
  /** Of the last look. */
  readonly score: number
  /** Whether the detector looked at this very frame; else the place is interpolated. */
  readonly looked: boolean
}

const ground: Rgb = [16, 18, 20]

/** Draws boxes, keypoints, numbers and scores into the picture as shown, and when it is shown. */
export function drawMarks(image: Image, marks: readonly Mark[], seconds: number, index: number): void {
  const unit = unitOf(image)
  for (const mark of marks) drawMark(image, mark, unit)
  const words = `${clock(seconds, 1)} · frame ${index}`
  const { height, below } = measureText(words, unit)
  drawText(image, words, 4 * unit, image.height - height - below - 2 * unit, {
    colour: white,
    scale: unit,
    background: ground,
  })
}

/** A box that was looked at has a thick edge. */
function drawMark(image: Image, { id, placed, score, looked }: Mark, unit: number): void {
  const colour = distinctColour(id)
  const { box, keypoints } = placed
  drawRectangle(image, box, colour, looked ? 2 * unit : unit)
  for (const point of Object.values(keypoints)) {
    drawPoint(image, point, 2.5 * unit, black)
    drawPoint(image, point, 1.7 * unit, colour)
  }
  drawLabel(image, box, [`#${id}  ${score.toFixed(2)}`], colour)
}
