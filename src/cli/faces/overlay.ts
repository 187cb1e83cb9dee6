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
  const pixels = new Uint8Array(3 * size.width * size.height)
  /** The frame before this one, which is encoded meanwhile. */
  let encoding: Promise<void> = Promise.resolve()
  return {
    take: async (frame) => {
      const marks = tracks.flatMap((track) => markOf(track, frame) ?? [])
      const image = crop(frame, { x: 0, y: 0, ...displaySize(frame) }, size, { into: pixels })
      drawMarks(image, marks, frame.seconds, frame.index!)
      await encoding
      encoding = writer.write(image, frame.seconds)
      encoding.catch(() => {}) // whoever waits for it next hears of it
    },
    finish: async () => {
      await encoding
      await writer.finish()
    },
    [Symbol.asyncDispose]: async () => {
      await encoding.catch(() => {})
      await writer[Symbol.asyncDispose]()
    },
  }
}

function markOf({ id, frames }: Track, { seconds }: Frame): Mark | undefined {
  const placed = interpolate(frames, seconds)
  if (!placed) return undefined
  const last = frames[Math.max(firstFrom(frames, seconds + 1e-9) - 1, 0)]!
  return { id, placed, score: last.score, looked: last.seconds === seconds }
}
