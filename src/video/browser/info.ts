import type { VideoInfo } from '../video.ts'
import { pixelFormatName } from './names.ts'
import type { FramePicture } from './picture.ts'
import type { Track } from './track.ts'

/** Packets looked at to learn the frame rate. */
const looked = 256

/** What a file says of its video. @param first time stamp of the first frame, seconds */
export async function infoOf(
  track: Track,
  { picture, colourTagged }: FramePicture,
  format: string | null,
  first: number,
): Promise<VideoInfo> {
  const { container, codec, bytes } = track
  const end = await track.track.getDurationFromMetadata()
  const durationSeconds = end === null || end <= first ? undefined : Math.round((end - first) * 1e6) / 1e6
  // Their tables name each frame, and are read anyway; elsewhere counting would be reading the whole file.
  const indexed = (container === 'mp4' || container === 'mov') && durationSeconds !== undefined
  const count = indexed ? await countPackets(track) : undefined
  const frameRate = count === undefined ? await frameRateOf(track) : count / durationSeconds!
  return {
    ...picture,
    container,
    codec,
    pixelFormat: format === null ? undefined : pixelFormatName(format, codec, picture.colour.range),
    colourTagged,
    frameRate,
    durationSeconds,
    framesClaimed: framesClaimed(count, durationSeconds, frameRate),
    bytes,
  }
}

async function countPackets({ track }: Track): Promise<number> {
  const { packetCount } = await track.computePacketStats()
  return packetCount
}

async function frameRateOf({ track }: Track): Promise<number | undefined> {
  const metrics = await track.computeFrameRateMetrics({ targetPacketCount: looked })
  if (metrics.probedPacketCount < 2) return undefined
  return (metrics.frameRateIsConstant ? metrics.underlyingFrameRate : undefined) ?? metrics.averageFrameRate
}

function framesClaimed(count: number | undefined, duration: number | undefined, rate: number | undefined) {
  if (count !== undefined) return { count, exact: true }
  if (duration === undefined || rate === undefined) return undefined
  return { count: Math.round(duration * rate), exact: false }
}
