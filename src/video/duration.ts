import type { Video } from './video.ts'

/** Assumed of videos that do not tell how many frames a second they have. */
const usualRate = 25

/**
 * Seconds of a video; where the file does not say, it is decoded to its end.
 * @throws what iterating over the video throws
 */
export async function durationOf(
  video: Video,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<number> {
  const { durationSeconds, frameRate = usualRate } = video.info
  if (durationSeconds !== undefined) return durationSeconds
  let last = 0
  for await (const { seconds } of video.frames({ reuse: true, ...(signal && { signal }) })) last = seconds
  return last + 1 / frameRate
}
