import type { VideoInfo } from '../video.ts'
import { pixelFormatName } from './names.ts'
import type { FramePicture } from './picture.ts'
import type { Track } from './track.ts'

/** Of packets without their bytes. */
const bare = { metadataOnly: true }

/** Packets looked at to learn the frame rate. */
const looked = 256

/** What a file says of its video, and whether the frames come steadily, so that missing ones can be told. */
export interface Told {
  readonly info: VideoInfo
  readonly steady: boolean
}

/** @param first time stamp of the first frame, seconds */
export async function infoOf(
  track: Track,
  { picture, colourTagged, rgb }: FramePicture,
  format: string | null,
  first: number,
): Promise<Told> {
  const { container, codec, bytes } = track
  const told = await track.track.getDurationFromMetadata()
  // Matroska without a duration would have to be read to its end.
  const found = told ?? (container === 'matroska' ? Number.NEGATIVE_INFINITY : await track.track.computeDuration())
  const end = Math.min(found, track.shown.to)
  const durationSeconds = end > first ? Math.round((end - first) * 1e6) / 1e6 : undefined
  const indexed = told === null ? undefined : await readIndex(track, told)
  const { rate, steady } = indexed ?? (await frameRateOf(track))
  const info = {
    ...picture,
    container,
    codec,
    pixelFormat: format === null ? undefined : pixelFormatName(format, codec, picture.colour.range, rgb),
    colourTagged,
    frameRate: rate,
    durationSeconds,
    framesClaimed: framesClaimed(indexed?.count, durationSeconds, rate),
    bytes,
  }
  return { info, steady }
}

/** What MPEG-4's tables of all frames say, in files that have them in one place. @param end of the track, seconds */
async function readIndex({ container, packets, resolution, shown }: Track, end: number) {
  if (container !== 'mp4' && container !== 'mov') return undefined
  const [first, latest] = [await packets.getFirstPacket(bare), await packets.getPacket(Number.POSITIVE_INFINITY, bare)]
  // mediabunny numbers packets by these tables, and by their place in the file where there are others.
  if (first?.sequenceNumber !== 0 || !latest) return undefined
  let last = latest
  for (let next: typeof first | null = latest; next; next = await packets.getNextPacket(next, bare)) last = next
  const count = last.sequenceNumber + 1
  const units = Math.round((end - first.timestamp) * resolution)
  const rate = units > 0 ? (count * resolution) / units : undefined
  // Of what an edit list cuts off there are packets too.
  const cutOff = first.timestamp < shown.from || end > shown.to
  return { count: cutOff ? undefined : count, rate, steady: false }
}

async function frameRateOf({ track }: Track): Promise<{ rate: number | undefined; steady: boolean }> {
  const metrics = await track.computeFrameRateMetrics({ targetPacketCount: looked })
  if (metrics.probedPacketCount < 2) return { rate: undefined, steady: false }
  const { underlyingFrameRate, medianFrameRate, averageFrameRate } = metrics
  // Constant but for gaps: time stamps are rounded, and the rate is known better than they are.
  const steady = underlyingFrameRate === medianFrameRate
  return { rate: steady ? medianFrameRate : averageFrameRate, steady }
}

function framesClaimed(count: number | undefined, duration: number | undefined, rate: number | undefined) {
  if (count !== undefined) return { count, exact: true }
  if (duration === undefined || rate === undefined) return undefined
  return { count: Math.round(duration * rate), exact: false }
}
