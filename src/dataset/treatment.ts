import { z } from 'zod'
import { UnmaskError } from '../errors.ts'
import { checkOptions } from '../options.ts'
import { encodeVideo } from '../video/node/writer/writer.ts'
import { openVideo } from '../video/open.ts'
import type { Video } from '../video/video.ts'
import { pickedFrames, pickedRate } from './picked-frames.ts'
import { shaped, shapeOf } from './shaped-frames.ts'

export const treatment = z.strictObject({
  /** Take so many frames of a video at most, spread evenly over it, and play them one after the other at 25 a second. */
  frames: z.int().positive().optional(),
  /** Pass the frames through H.264 of this constant rate factor, 0 (nothing is lost) to 51. */
  recode: z.int().min(0).max(51).optional(),
  /** Width and height of the frames over what they were. */
  size: z.number().positive().max(4).optional(),
})

/** What is done alike to real and fake videos before they are compared, so that nothing but the forgery differs. */
export type Treatment = z.input<typeof treatment>

/**
 * The video with its frames picked out, resized and re-encoded, in this order. Without `recode` nothing is lost by the
 * encoding. Frames that are coded in other ways than videos are (full range, turned, pixels that are not square) become
 * like them, so that all are then coded alike.
 * @param video stays the caller's; it is not needed any more once this returns
 * @returns a video of its own, in memory; dispose of it
 * @throws UnmaskError `option-invalid`; what decoding and `encodeVideo` throw; or the signal's reason
 */
export async function treated(
  video: Video,
  options: Treatment,
  { signal, isolated = true }: { readonly signal?: AbortSignal; readonly isolated?: boolean } = {},
): Promise<Video> {
  const { frames, recode = 0, size = 1 } = checkOptions(treatment, options, 'treatment')
  const stop = signal ? { signal } : {}
  const taken = frames === undefined ? video.frames({ reuse: true, ...stop }) : pickedFrames(video, frames, stop)
  try {
    const { value: first } = await taken.next()
    if (!first) throw new UnmaskError('video-damaged', 'the treatment found no frame')
    const shape = shapeOf(first, size)
    const frameRate = frames === undefined ? Math.min(Math.max(video.info.frameRate ?? 25, 0.001), 1000) : pickedRate
    const encoded = await encodeVideo('mp4', shaped(first, taken, shape), { ...shape, frameRate, crf: recode })
    return await openVideo(encoded, { isolated, threads: 1, ...stop })
  } finally {
    await taken.return()
  }
}
