import { blendHeatMap, type HeatMap } from '../../../draw/heat-map.ts'
import type { Rgb } from '../../../draw/image.ts'
import { drawLabel, unitOf } from '../../../draw/label.ts'
import { drawRectangle } from '../../../draw/shapes.ts'
import type { Image, Region } from '../../../video/image.ts'

/** A face to be marked in a picture. */
export interface Mark {
  readonly box: Region
  /** Below each other, over the box. */
  readonly lines: readonly string[]
  readonly colour: Rgb
  /** Whether the model saw this very frame. */
  readonly seen: boolean
  readonly heat?: { readonly map: HeatMap; readonly region: Region; readonly strength: number }
}

/** A box whose frame the model saw has a thick edge. */
export function drawMark(image: Image, { box, lines, colour, seen, heat }: Mark): void {
  if (heat) blendHeatMap(image, heat.map, heat.region, heat.strength)
  drawRectangle(image, box, colour, (seen ? 3 : 1) * unitOf(image))
  drawLabel(image, box, lines, colour)
}
