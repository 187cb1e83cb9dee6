import { z } from 'zod'
import { UnmaskError } from '../../errors.ts'
import { checkOptions } from '../../options.ts'
import { assumedColour, rgbColour } from '../colour.ts'
import type { Frame } from '../frame.ts'
import type { Image } from '../image.ts'
import { planesOfImage } from '../planes-of-image.ts'
import { crop } from '../sample/crop.ts'
import { codecs } from './recode/codecs.ts'
import { Coding } from './recode/coding.ts'

export const recodeOptions = z.discriminatedUnion('codec', [
  z.strictObject({
    codec: z.literal('h264'),
    /** Constant rate factor, 0 (best) to 51. */
    crf: z.int().min(0).max(51).default(23),
    /** How much the encoder tries: `fastest` leaves out most of what H.264 has (no B frames, no CABAC, no deblocking). */
    effort: z.enum(['fastest', 'fast', 'medium']).default('fast'),
    /** Frames a second; guides the encoder. */
    frameRate: z.number().min(0.001).max(1000).default(25),
  }),
  z.strictObject({
    codec: z.literal('jpeg'),
    /** 1 to 100, about as in other programs; each picture on its own, chroma at half the size. */
    quality: z.int().min(1).max(100).default(90),
  }),
])

export type RecodeOptions = z.input<typeof recodeOptions>
export type ResolvedRecodeOptions = z.output<typeof recodeOptions>

/**
 * Encodes pictures one after the other and decodes them again: what a codec leaves of them. All in this thread, which it
 * keeps busy meanwhile; one encoding thread, so that the same comes of it everywhere.
 * @param frames of one size and colour, of even sizes for H.264
 * @returns as many frames, otherwise as they were
 * @throws UnmaskError `option-invalid`, `video-write`
 */
export function recodeFrames(frames: readonly Frame[], options: RecodeOptions): Frame[] {
  const resolved = checkOptions(recodeOptions, options, 'recode')
  const [first] = frames
  if (!first) return []
  const { width, height } = first
  if (frames.some((frame) => frame.width !== width || frame.height !== height)) {
    throw new UnmaskError('option-invalid', 'recode: the pictures are not all of one size')
  }
  using coding = new Coding(codecs(resolved), first)
  const decoded = [...frames.flatMap(({ data }) => coding.take(data)), ...coding.end()]
  if (decoded.length !== frames.length) {
    throw new UnmaskError('video-write', `recode: of ${frames.length} pictures ${decoded.length} came back`)
  }
  return decoded.map((data, i) => ({ ...frames[i]!, data }))
}

/** As `recodeFrames`, of pictures in RGB of any one size. Colours become YUV as such files have it. */
export function recode(images: readonly Image[], options: RecodeOptions): Image[] {
  const frames = images.map((image) => frameOf(even(image), options.codec))
  return recodeFrames(frames, options).map((frame, i) => {
    const { width, height } = images[i]!
    return crop(frame, { x: 0, y: 0, width, height }, { width, height })
  })
}

function frameOf(image: Image, codec: RecodeOptions['codec']): Frame {
  const { width, height } = image
  const colour = codec === 'jpeg' ? rgbColour : assumedColour(width, height)
  const upright = { rotation: 0, flip: false, pixelAspect: 1, seconds: 0, index: undefined } as const
  return { width, height, colour, ...upright, data: planesOfImage(image, colour) }
}

/** With the last column or row once more where there is an odd number of them. */
function even(image: Image): Image {
  const [width, height] = [2 * Math.ceil(image.width / 2), 2 * Math.ceil(image.height / 2)]
  if (width === image.width && height === image.height) return image
  const data = new Uint8Array(3 * width * height)
  for (let y = 0; y < height; y++) {
    const from = 3 * image.width * Math.min(y, image.height - 1)
    data.set(image.data.subarray(from, from + 3 * image.width), 3 * width * y)
    if (width > image.width)
      data.copyWithin(3 * (width * (y + 1) - 1), 3 * (width * (y + 1) - 2), 3 * (width * (y + 1) - 1))
  }
  return { width, height, data }
}
