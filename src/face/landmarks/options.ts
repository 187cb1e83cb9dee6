import { z } from 'zod'
import type { Image, Region } from '../../video/image.ts'

const region = z.custom<Region>(
  (value) => {
    const { x, y, width, height } = (value ?? {}) as Partial<Region>
    return [x, y, width, height].every(Number.isFinite) && width! > 0 && height! > 0
  },
  { error: 'expected a rectangle with an area, { x, y, width, height }' },
)

export const locateOptions = z.strictObject({
  /**
   * The tight box of the face, pixels of the picture; default: where it is in a crop as `cropRegions` makes it. For one
   * with a margin: `faceBoxInCrop`.
   */
  around: region.optional(),
  signal: z.instanceof(AbortSignal).optional(),
})

/** Where to look for a face's landmarks, and until when. */
export type LocateOptions = z.input<typeof locateOptions>

export const image = z.custom<Image>(
  (value) => {
    const { width, height, data } = (value ?? {}) as Partial<Image>
    const size = Number.isInteger(width) && Number.isInteger(height) && width! > 0 && height! > 0
    return size && data instanceof Uint8Array && data.length === 3 * width! * height!
  },
  { error: 'expected a picture of 3 bytes a pixel, { width, height, data }' },
)
