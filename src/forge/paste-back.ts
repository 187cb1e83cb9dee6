import type { Image, Region } from '../video/image.ts'
import { resize } from '../video/sample/resize.ts'
import type { ForgedFrame } from './forgery.ts'

/** A frame with its forged face, and how much of each pixel was replaced, as grey. */
export interface Pasted {
  readonly fake: Image
  readonly mask: Image
}

/**
 * Puts a forged crop back into the frame it was cut from. Only the difference to the real crop is put back, so that pixels
 * that are not forged stay as they are, and others keep the detail that the crop may have lost.
 * @param region of the crop in the frame: whole pixels
 */
export function pasteBack(frame: Image, forged: ForgedFrame, region: Region): Pasted {
  const side = { width: region.width, height: region.height }
  const [real, fake] = [resize(forged.real, side), resize(forged.fake, side)]
  const share = resize(greyOf(forged.mask, forged.real.width), side)
  const pasted = new Uint8ClampedArray(frame.data)
  const mask = new Uint8Array(frame.data.length)
  const from = Math.max(-region.x, 0)
  const to = Math.min(region.width, frame.width - region.x)
  for (let row = Math.max(-region.y, 0); row < Math.min(region.height, frame.height - region.y); row++) {
    let at = 3 * (row * region.width + from)
    let onto = 3 * ((region.y + row) * frame.width + region.x + from)
    for (const end = onto + 3 * (to - from); onto < end; onto++, at++) {
      if (share.data[at] === 0) continue
      pasted[onto]! += fake.data[at]! - real.data[at]!
      mask[onto] = share.data[at]!
    }
  }
  const { width, height } = frame
  return { fake: { width, height, data: new Uint8Array(pasted.buffer) }, mask: { width, height, data: mask } }
}

/** A mask, [side, side], as a picture. */
export function greyOf(mask: Uint8Array, side: number): Image {
  return { width: side, height: side, data: Uint8Array.from({ length: 3 * mask.length }, (_, i) => mask[(i / 3) | 0]!) }
}
