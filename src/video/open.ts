import { platform } from '#video-platform'
import { checkOptions } from '../options.ts'
import { type OpenOptions, openOptions } from './options.ts'
import type { Video, VideoSource } from './video.ts'

/**
 * Opens a video, or stills as one.
 *
 * @param source Node: a path of a video, of a picture, of a folder of pictures, or a glob of pictures; everywhere: a Blob,
 *   bytes, or a stream of bytes
 * @throws UnmaskError `file-access`, `video-format` (no video in it), `video-codec` (no decoder here), `video-limit`,
 *   `video-damaged` (not one frame of it can be decoded), `video-stalled`, `option-invalid`; or the signal's reason
 */
export function openVideo(
  source: VideoSource,
  options: OpenOptions & { readonly signal?: AbortSignal } = {},
): Promise<Video> {
  const { signal, ...rest } = options
  return platform.open(source, { ...checkOptions(openOptions, rest, 'openVideo'), ...(signal ? { signal } : {}) })
}
