import { join } from 'node:path'
import { blankImage, paste } from '../../draw/image.ts'
import type { ForgedPair } from '../../forge/pair.ts'
import { greyOf } from '../../forge/paste-back.ts'
import type { Image } from '../../video/image.ts'
import { writeImage } from '../../video/node/writer/image.ts'
import { openVideoWriter } from '../../video/node/writer/writer.ts'

/** Writes a pair as strips of its frames. @returns the names of the files */
export async function writeStrips(folder: string, name: string, pair: ForgedPair): Promise<string[]> {
  const rows = { real: pair.real, fake: pair.fake, mask: maskImages(pair) }
  const files: string[] = []
  for (const [row, images] of Object.entries(rows)) {
    files.push(`${name}-${row}.png`)
    await writeImage(join(folder, files.at(-1)!), sideBySide(images))
  }
  return files
}

/** Writes a pair as a video: real, fake and mask beside each other. @returns the name of the file */
export async function writePairVideo(
  folder: string,
  name: string,
  pair: ForgedPair,
  frameRate: number,
): Promise<string[]> {
  const masks = maskImages(pair)
  const frames = pair.real.map((real, i) => sideBySide([real, pair.fake[i]!, masks[i]!]))
  const { width, height } = frames[0]!
  await using writer = await openVideoWriter(join(folder, `${name}.mp4`), { width, height, frameRate })
  for (const [i, frame] of frames.entries()) await writer.write(frame, i / frameRate)
  await writer.finish()
  return [`${name}.mp4`]
}

function maskImages({ masks, real }: ForgedPair): Image[] {
  return masks.map((mask) => greyOf(mask, real[0]!.width))
}

/** Pictures of one size in a row. */
function sideBySide(images: readonly Image[]): Image {
  const { width, height } = images[0]!
  const strip = blankImage(width * images.length, height)
  for (const [i, image] of images.entries()) paste(strip, image, i * width, 0)
  return strip
}
