import type { Still } from '../detect/result.ts'
import type { Image } from '../video/image.ts'
import { resize } from '../video/sample/resize.ts'

/** Pixels that a picture is at most wide or high: a page of several is to be small enough to be sent around. */
const most = 192

/** The picture of a still, made smaller where it is large. */
export function pictureOf({ image }: Still): Image {
  const scale = most / Math.max(image.width, image.height)
  if (scale >= 1) return image
  const [width, height] = [image.width, image.height].map((side) => Math.max(Math.round(side * scale), 1))
  return resize(image, { width: width!, height: height! })
}
