import type { Track } from '../../face/face.ts'
import type { Video } from '../../video/video.ts'
import { startProgress } from '../progress.ts'
import { Crops } from './crops.ts'
import { openOverlay } from './overlay.ts'
import type { SheetPicture } from './sheet.ts'

interface PictureOptions {
  /** Where the folders of crops go. */
  readonly folder: string
  readonly size: number
  readonly rate: number
  readonly overlay?: string
  readonly signal: AbortSignal
}

/** What the second pass over a video made. */
export interface Pictures {
  readonly crops: number
  /** Of each track by its number. */
  readonly forSheet: ReadonlyMap<number, readonly SheetPicture[]>
}

/** The second pass over a video: cuts the faces out and, if asked for, writes the video with them marked. */
export async function writePictures(
  video: Video,
  tracks: readonly Track[],
  { folder, size, rate, overlay: path, signal }: PictureOptions,
): Promise<Pictures> {
  const crops = new Crops(tracks, folder, size)
  await using overlay = path === undefined ? undefined : await openOverlay(path, video.info, tracks)
  const { durationSeconds } = video.info
  using progress = startProgress(overlay ? 'writing crops and overlay' : 'writing crops', 'frames')
  let done = 0
  // The frames that were looked at, or all of them.
  const range = overlay ? {} : { rate, to: afterLast(tracks) }
  for await (const frame of video.frames({ ...range, reuse: true, signal })) {
    await crops.take(frame)
    await overlay?.take(frame)
    progress.update(++done, durationSeconds ? frame.seconds / durationSeconds : undefined)
  }
  signal.throwIfAborted()
  await overlay?.finish()
  return { crops: crops.written, forSheet: crops.forSheet }
}

/** A time after all looks that found a face: what comes later need not be decoded again. */
function afterLast(tracks: readonly Track[]): number {
  return Math.max(0, ...tracks.map(({ endSeconds }) => endSeconds + 1e-6))
}
