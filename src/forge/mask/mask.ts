import type { Landmarks } from '../../face/landmarks/landmarks.ts'
import type { Size } from '../../video/image.ts'
import type { FacePose } from '../face/pose.ts'
import { type Bounds, boundsOf, isEmpty } from '../pixels/bounds.ts'
import { blurMask, blurReach } from '../pixels/box-blur.ts'
import { fillPolygon } from '../pixels/polygon.ts'
import type { MaskPlan } from './mask-plan.ts'
import { outlinesOn } from './outline.ts'

/** Where a picture is replaced and how much. */
export interface Mask {
  /** 0 to 1, without the plan's strength: [height, width]. Used again for the next mask. */
  readonly share: Float32Array
  /** Beyond them it is 0; undefined where it is 0 everywhere. */
  readonly bounds: Bounds | undefined
}

/** Draws the masks of a clip. */
export class MaskPainter {
  #share = new Float32Array(0)

  /** @param slide by how much the mask is off its place, shares of the face's width */
  paint(
    plan: MaskPlan,
    landmarks: Landmarks,
    face: FacePose,
    size: Size,
    slide: readonly [x: number, y: number] = [0, 0],
  ): Mask {
    const area = size.width * size.height
    if (this.#share.length !== area) this.#share = new Float32Array(area)
    else this.#share.fill(0)
    const share = this.#share
    const polygons = outlinesOn(plan, landmarks, face)
    for (const polygon of polygons) {
      for (let i = 0; i < polygon.length; i++) polygon[i]! += face.width * slide[i % 2 === 0 ? 0 : 1]
    }
    const deviation = plan.blur * face.width
    // Polygons near each other are blurred as one.
    const all = Float32Array.from(polygons.flatMap((polygon) => [...polygon]))
    const bounds = boundsOf(all, blurReach(deviation) + 1, size)
    if (isEmpty(bounds)) return { share, bounds: undefined }
    for (const polygon of polygons) fillPolygon(polygon, share, size, bounds)
    blurMask(share, size, bounds, deviation)
    return { share, bounds }
  }
}
