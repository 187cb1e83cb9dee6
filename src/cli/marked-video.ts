import { displaySize, type Frame } from '../video/frame.ts'
import type { Image } from '../video/image.ts'
import { openVideoWriter } from '../video/node/writer/writer.ts'
import { crop } from '../video/sample/crop.ts'
import type { VideoInfo } from '../video/video.ts'

/** A video written again with something drawn into it. */
export interface MarkedVideo extends AsyncDisposable {
  take(frame: Frame): Promise<void>
  finish(): Promise<void>
}

/** Draws into a frame as it is shown, and into the band below it. */
export type DrawMarks = (picture: Image, frame: Frame, band: Image) => void

/**
 * @param path of an .mp4 or .webm; disposed of before `finish`, there is none
 * @param bandHeight pixels by which the pictures grow at their lower edge
 */
export async function openMarkedVideo(
  path: string,
  info: VideoInfo,
  draw: DrawMarks,
  bandHeight = 0,
): Promise<MarkedVideo> {
  const { width, height } = displaySize(info)
  const frameRate = Math.min(Math.max(info.frameRate ?? 25, 0.001), 1000)
  const size = { width, height: height + bandHeight }
  const writer = await openVideoWriter(path, { ...size, frameRate, effort: 'fast' })
  const data = new Uint8Array(3 * size.width * size.height)
  const into = data.subarray(0, 3 * width * height)
  const band = { width, height: bandHeight, data: data.subarray(into.length) }
  /** The frame before this one, which is encoded meanwhile. */
  let encoding: Promise<void> = Promise.resolve()
  return {
    take: async (frame) => {
      const picture = crop(frame, { x: 0, y: 0, ...displaySize(frame) }, { width, height }, { into })
      draw(picture, frame, band)
      await encoding
      encoding = writer.write({ ...size, data }, frame.seconds)
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
