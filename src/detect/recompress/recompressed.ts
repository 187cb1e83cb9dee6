import type { Image } from '../../video/image.ts'
import { jpegLoss } from './jpeg-loss.ts'

/** As pictures are that are sent from one to another a few times. */
const quality = 50

/** A recompressed copy of a clip: what JPEG of quality 50 leaves of each frame. An image that is there twice is done once. */
export function recompressed(images: readonly Image[]): Image[] {
  const copies = new Map<Image, Image>()
  for (const image of images) if (!copies.has(image)) copies.set(image, jpegLoss(image, quality))
  return images.map((image) => copies.get(image)!)
}
