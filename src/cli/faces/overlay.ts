import type { Track } from '../../face/face.ts'
import { firstFrom, interpolate } from '../../face/interpolate.ts'
import { displaySize, type Frame } from '../../video/frame.ts'
import { openVideoWriter } from '../../video/node/writer/writer.ts'
import { crop } from '../../video/sample/crop.ts'
import type { VideoInfo } from '../../video/video.ts'
import { drawMarks, type Mark } from './marks.ts'

/** The video with its faces marked. */
export interface Overlay extends AsyncDisposable {
  take(frame: Frame): Promise<void>
  finish(): Promise<void>
}

/** @param path of an .mp4 or .webm; disposed of before `finish`, there is none */
export async function openOverlay(path: string, info: VideoInfo, tracks: readonly Track[]): Promise<Overlay> {
  const size = displaySize(info)
  const frameRate = Math.min(Math.max(info.frameRate ?? 25, 0.001), 1000)
  const writer = await openVideoWriter(path, { ...size, frameRate, effort: 'fast' })
  return {
    take: async (frame) => {
      const marked = tracks.flatMap((track) => markOf(track, frame) ?? [])
      const image = crop(frame, { x: 0, y: 0, ...displaySize(frame) }, size)
      drawMarks(image, marked, frame.seconds, frame.index!)
      await writer.write(image, frame.seconds)
    },
    finish: async () => {
      await writer.finish()
    },
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  }
}

function markOf({ id, frames }: Track, { seconds }: Frame): Mark | undefined {
  const placed = interpolate(frames, seconds)
  if (!placed) return undefined
  const last = frames[Math.max(firstFrom(frames, seconds + 1e-9) - 1, 0)]!
  return { id, placed, score: last.score, looked: last.seconds === seconds }
}
