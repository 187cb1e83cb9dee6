import type { Detection } from '../../../detect/result.ts'
import { openFaceDetector } from '../../../face/detector.ts'
import { trackFaces } from '../../../face/track-faces.ts'
import type { DeviceKind } from '../../../runtime/index.ts'
import { displaySize } from '../../../video/frame.ts'
import type { Video } from '../../../video/video.ts'
import { openMarkedVideo } from '../../marked-video.ts'
import { startProgress } from '../../progress.ts'
import { Band } from './band.ts'
import { drawMark } from './marks.ts'
import { hottestOf, markOf } from './marks-of-face.ts'
import { type PlacedFace, placeFaces } from './placed-face.ts'

export interface OverlayOptions {
  readonly device: 'auto' | DeviceKind
  readonly signal: AbortSignal
}

/**
 * Writes the video with what was found out drawn into it; without its sound. Faces are followed through all of it first,
 * as the detection looked at some seconds only. Cut short, it leaves nothing.
 */
export async function writeOverlay(
  path: string,
  video: Video,
  detection: Detection,
  { device, signal }: OverlayOptions,
): Promise<void> {
  const placed = await follow(video, detection, { device, signal })
  const { faces, basis } = detection
  const durationSeconds = Math.max(video.info.durationSeconds ?? 0, ...faces.map(({ endSeconds }) => endSeconds), 0.001)
  const band = new Band(displaySize(video.info), faces, basis, durationSeconds)
  const hottest = hottestOf(faces)
  await using marked = await openMarkedVideo(
    path,
    video.info,
    (picture, { seconds }, below) => {
      for (const face of placed) {
        const mark = markOf(face, seconds, hottest)
        if (mark) drawMark(picture, mark)
      }
      band.draw(below, seconds)
    },
    band.height,
  )
  using progress = startProgress('writing the overlay', 'frames')
  let done = 0
  for await (const frame of video.frames({ reuse: true, signal })) {
    await marked.take(frame)
    progress.update(++done, frame.seconds / durationSeconds)
  }
  signal.throwIfAborted()
  await marked.finish()
}

async function follow(video: Video, { faces }: Detection, { device, signal }: OverlayOptions): Promise<PlacedFace[]> {
  await using detector = await openFaceDetector({ device })
  using progress = startProgress('following faces', 'looks')
  const { tracks } = await trackFaces(video, detector, {
    signal,
    onProgress: ({ looked, seconds, durationSeconds }) =>
      progress.update(looked, durationSeconds ? seconds / durationSeconds : undefined),
  })
  return placeFaces(tracks, faces)
}
