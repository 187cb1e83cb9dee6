/** Pictures for the tests of faces. */
import { rgbColour } from '../../video/colour.ts'
import { displaySize, type Frame } from '../../video/frame.ts'
import type { Image, Size } from '../../video/image.ts'
import { openVideo } from '../../video/open.ts'
import { planesOfImage } from '../../video/planes-of-image.ts'
import { crop } from '../../video/sample/crop.ts'

/** The first frame of a picture or video. */
export async function firstFrame(path: string): Promise<Frame> {
  await using video = await openVideo(path, { isolated: false })
  for await (const frame of video.frames()) return frame
  throw new Error(`${path}: no frame`)
}

/** A picture of one colour, red, green and blue alike. */
export function grey({ width, height }: Size, level: number): Image {
  return { width, height, data: new Uint8Array(3 * width * height).fill(level) }
}

export function frameOf(image: Image, seconds = 0): Frame {
  const { width, height } = image
  const orientation = { rotation: 0, flip: false, pixelAspect: 1 } as const
  return {
    width,
    height,
    colour: rgbColour,
    ...orientation,
    seconds,
    index: undefined,
    data: planesOfImage(image, rgbColour),
  }
}

/** The whole of a frame as shown, at another size. */
export function scaled(frame: Frame, size: Size): Image {
  return crop(frame, { x: 0, y: 0, ...displaySize(frame) }, size)
}

/** Writes a picture into a larger one, its top left corner at x and y, whole numbers. */
export function paste(onto: Image, image: Image, x: number, y: number): void {
  for (let row = 0; row < image.height; row++) {
    const pixels = image.data.subarray(3 * row * image.width, 3 * (row + 1) * image.width)
    onto.data.set(pixels, 3 * ((y + row) * onto.width + x))
  }
}

/** An upright picture as a turned camera stores it: turned, with the rotation that turns it back. */
export function storedTurned(frame: Frame, rotation: 90 | 180 | 270): Frame {
  const turned = { ...frame, rotation: (360 - rotation) as 90 | 180 | 270 }
  return { ...frameOf(scaled(turned, displaySize(turned))), rotation }
}
