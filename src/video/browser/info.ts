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
  const told = await track.track.getDurationFromMetadata()
  const end = told ?? (await track.track.computeDuration())
  const durationSeconds = end > first ? Math.round((end - first) * 1e6) / 1e6 : undefined
  // Their tables name each frame, and are read anyway; elsewhere counting would be reading the whole file.
  const indexed = told !== null && (container === 'mp4' || container === 'mov')
  const { count, rate } = indexed ? await countPackets(track) : { count: undefined, rate: await frameRateOf(track) }
  return {
    ...picture,
    container,
    codec,
    pixelFormat: format === null ? undefined : pixelFormatName(format, codec, picture.colour.range),
    colourTagged,
    frameRate: rate,
    durationSeconds,
    framesClaimed: framesClaimed(count, durationSeconds, rate),
    bytes,
  }
}

async function countPackets({ packets, resolution }: Track) {
  let [count, units] = [0, 0]
  for await (const { duration } of packets.packets(undefined, undefined, { metadataOnly: true })) {
    count++
    units += Math.round(duration * resolution)
  }
  return { count, rate: units > 0 ? (count * resolution) / units : undefined }
}

async function frameRateOf({ track }: Track): Promise<number | undefined> {
  const metrics = await track.computeFrameRateMetrics({ targetPacketCount: looked })
  if (metrics.probedPacketCount < 2) return undefined
  const { underlyingFrameRate, medianFrameRate, averageFrameRate } = metrics
  // Constant but for gaps: time stamps are rounded, and the rate is known better than they are.
  return underlyingFrameRate === medianFrameRate ? underlyingFrameRate : averageFrameRate
}

function framesClaimed(count: number | undefined, duration: number | undefined, rate: number | undefined) {
  if (count !== undefined) return { count, exact: true }
  if (duration === undefined || rate === undefined) return undefined
  return { count: Math.round(duration * rate), exact: false }
}
