import { displaySize } from '../../video/frame.ts'
import type { Region, Size } from '../../video/image.ts'
import { crop } from '../../video/sample/crop.ts'
import type { Video } from '../../video/video.ts'
import type { ForgedPixels } from './pointing.ts'

/** A crop whose mask is wanted. */
export interface WantedMask {
  readonly seconds: number
  readonly region: Region
}

/** From this grey on a mask means forged: lossy masks have no clean edges. */
const middle = 128

/** Times of masks and of their videos may be rounded differently. */
const slack = 0.001

/**
 * What was forged of crops of a video, from the video of its masks; undefined for those later than its last frame.
 * @param masks of any size; stretched over the video
 * @param shown size of the video as shown, to which the regions belong
 * @param size of the results
 * @throws what iterating over the masks throws
 */
export async function forgedPixels(
  masks: Video,
  wanted: readonly WantedMask[],
  { shown, size, signal }: { readonly shown: Size; readonly size: Size; readonly signal?: AbortSignal },
): Promise<(ForgedPixels | undefined)[]> {
  const results: (ForgedPixels | undefined)[] = wanted.map(() => undefined)
  const times = [...new Set(wanted.map(({ seconds }) => seconds))].sort((a, b) => a - b)
  let at = 0
  const stop = signal ? { signal } : {}
  for await (const frame of masks.framesAt(
    times.map((time) => time + slack),
    stop,
  )) {
    const time = times[at++]
    const { width, height } = displaySize(frame)
    const [across, down] = [width / shown.width, height / shown.height]
    for (const [i, { seconds, region }] of wanted.entries()) {
      if (seconds !== time) continue
      const part = {
        x: region.x * across,
        y: region.y * down,
        width: region.width * across,
        height: region.height * down,
      }
      const { data } = crop(frame, part, size, { outside: 'black' })
      const forged = Uint8Array.from({ length: size.width * size.height }, (_, pixel) =>
        data[3 * pixel + 1]! >= middle ? 1 : 0,
      )
      results[i] = { ...size, forged }
    }
  }
  return results
}
