import { checkOptions } from '../options.ts'
import { openVideo } from '../video/open.ts'
import type { Video, VideoSource } from '../video/video.ts'
import { analyse } from './analyse.ts'
import { allOpened } from './opened.ts'
import { type DetectOptions, type DetectorOptions, detectOptions } from './options.ts'
import { type DetectorParts, openParts } from './parts.ts'
import type { Detection } from './result.ts'

/** Holds all models ready, to look at one video after another, or at several at once. */
export interface Detector extends AsyncDisposable {
  /**
   * Says whether faces of a video are forged.
   * @param source what `openVideo` takes, or a video that is open and stays so
   * @throws UnmaskError what `openVideo` and iterating over the video throw; `device-failed`, `disposed`,
   *   `option-invalid`; or the signal's reason
   */
  detect(source: VideoSource | Video, options?: DetectOptions): Promise<Detection>
}

/**
 * Opens a detector. The model runs on the processor unless another device is asked for.
 * @throws UnmaskError `model-format`, `weights-mismatch`, `device-missing`, `device-failed`, `usage`, `file-access`,
 *   `package-damaged`, `digest-missing`
 */
export async function openDetector(options: DetectorOptions = {}): Promise<Detector> {
  const parts = await openParts(options)
  return {
    detect: async (source, options = {}) => {
      const begun = performance.now()
      const checked = check(options)
      if (isVideo(source)) return analyse(source, parts, { ...checked, begun })
      await using video = await openVideo(source, checked.signal ? { signal: checked.signal } : {})
      return await analyse(video, parts, { ...checked, begun })
    },
    [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
  }
}

/**
 * Says whether faces of a video are forged; opens what it needs, and disposes of it. For several videos: `openDetector`.
 * @param source what `openVideo` takes, or a video that is open and stays so
 * @throws as `openDetector` and `Detector.detect`
 */
export async function detect(
  source: VideoSource | Video,
  { model, device, threads, ...options }: DetectorOptions & DetectOptions = {},
): Promise<Detection> {
  const begun = performance.now()
  const checked = check(options)
  const { signal } = checked
  signal?.throwIfAborted()
  const wanted = { ...(model && { model }), ...(device && { device }), ...(threads !== undefined && { threads }) }
  if (isVideo(source)) {
    await using parts = await openParts(wanted)
    return await analyse(source, parts, { ...checked, begun })
  }
  const opening = [openParts(wanted), openVideo(source, signal ? { signal } : {})] as const
  const [parts, video] = await allOpened<[DetectorParts & AsyncDisposable, Video]>(opening)
  try {
    return await analyse(video, parts, { ...checked, begun })
  } finally {
    await Promise.all([video[Symbol.asyncDispose](), parts[Symbol.asyncDispose]()])
  }
}

function check({ signal, onProgress, ...rest }: DetectOptions) {
  return { ...checkOptions(detectOptions, rest, 'detect'), signal, onProgress }
}

function isVideo(source: VideoSource | Video): source is Video {
  return typeof source === 'object' && 'frames' in source
}
