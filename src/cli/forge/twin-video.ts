import { join } from 'node:path'
import { blankImage } from '../../draw/image.ts'
import { cropRegions, faceBoxInCrop } from '../../face/crop.ts'
import type { Track } from '../../face/face.ts'
import { enlarged } from '../../face/geometry.ts'
import { interpolate } from '../../face/interpolate.ts'
import { trackFaces } from '../../face/track-faces.ts'
import { type Pasted, pasteBack } from '../../forge/paste-back.ts'
import type { Twin } from '../../forge/twin.ts'
import { displaySize, type Frame } from '../../video/frame.ts'
import type { Image, Region } from '../../video/image.ts'
import { openVideoWriter } from '../../video/node/writer/writer.ts'
import { crop } from '../../video/sample/crop.ts'
import type { Video } from '../../video/video.ts'
import { startProgress } from '../progress.ts'
import { type Finders, margin } from './sources.ts'

/** Crops larger than this are forged at this size, pixels. */
const largest = 640

interface Tools extends Finders {
  readonly signal: AbortSignal
}

/**
 * Writes NAME-real.mp4, NAME-forged.mp4 and NAME-mask.mp4: the whole video, without sound, all three from the same encoder
 * with the same settings. Frame after frame: memory does not grow with the length.
 */
export async function writeTwin(video: Video, folder: string, name: string, twin: Twin, tools: Tools) {
  const track = await mainTrack(video, tools)
  const regionAt = track && regionsOf(track)
  const files = [`${name}-real.mp4`, `${name}-forged.mp4`, `${name}-mask.mp4`]
  const size = displaySize(video.info)
  const frameRate = Math.min(Math.max(video.info.frameRate ?? 25, 0.001), 1000)
  await using real = await openVideoWriter(join(folder, files[0]!), { ...size, frameRate, effort: 'fast' })
  await using fake = await openVideoWriter(join(folder, files[1]!), { ...size, frameRate, effort: 'fast' })
  await using mask = await openVideoWriter(join(folder, files[2]!), { ...size, frameRate, effort: 'fast' })
  using progress = startProgress(`forging ${name}`, 'frames')
  const nothing = blankImage(size.width, size.height)
  const { durationSeconds } = video.info
  let [frames, forged] = [0, 0]
  for await (const frame of video.frames({ reuse: true, signal: tools.signal })) {
    const image = crop(frame, { x: 0, y: 0, ...displaySize(frame) }, size)
    const region = regionAt?.(frame.seconds)
    const pasted = region && (await forgedFrame(frame, image, region, twin, tools))
    await Promise.all([
      real.write(image, frame.seconds),
      fake.write(pasted?.fake ?? image, frame.seconds),
      mask.write(pasted?.mask ?? nothing, frame.seconds),
    ])
    frames++
    if (pasted) forged++
    progress.update(frames, durationSeconds ? frame.seconds / durationSeconds : undefined)
  }
  tools.signal.throwIfAborted()
  for (const writer of [real, fake, mask]) await writer.finish()
  return { files, frames, forged }
}

/** The face that is seen most. */
async function mainTrack(video: Video, { detector, signal }: Tools): Promise<Track | undefined> {
  using progress = startProgress('following faces', 'looks')
  const { tracks } = await trackFaces(video, detector, {
    signal,
    onProgress: ({ looked, seconds, durationSeconds }) =>
      progress.update(looked, durationSeconds ? seconds / durationSeconds : undefined),
  })
  const weight = ({ quality }: Track) => quality.found * quality.size
  return tracks.toSorted((a, b) => weight(b) - weight(a))[0]
}

/** Gives the square to forge in, of whole pixels and one size throughout; undefined where the face is not there. */
function regionsOf({ frames }: Track): (seconds: number) => Region | undefined {
  const times = frames.map(({ seconds }) => seconds)
  const side = Math.round(margin * cropRegions(frames, times)[0]!.width)
  return (seconds) => {
    const there = interpolate(frames, seconds) ?? [frames[0]!, frames.at(-1)!].find((frame) => near(frame, seconds))
    if (!there) return undefined
    const here = enlarged(cropRegions(frames, [seconds])[0]!, margin)
    const [x, y] = [here.x + (here.width - side) / 2, here.y + (here.height - side) / 2]
    return { x: Math.round(x), y: Math.round(y), width: side, height: side }
  }
}

/** Between two looks before the first or after the last one a face is still there. */
function near(frame: { readonly seconds: number }, seconds: number): boolean {
  return Math.abs(frame.seconds - seconds) < 0.1
}

async function forgedFrame(
  frame: Frame,
  image: Image,
  region: Region,
  twin: Twin,
  { landmarker, signal }: Tools,
): Promise<Pasted> {
  const side = Math.min(region.width, largest)
  const face = crop(frame, region, { width: side, height: side })
  const landmarks = await landmarker.locate(face, { around: faceBoxInCrop(face, margin), signal })
  return pasteBack(image, await twin.frame(face, landmarks, frame.seconds), region)
}
