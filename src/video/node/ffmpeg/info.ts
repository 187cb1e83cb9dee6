import { AV_NOPTS_VALUE } from 'node-av/constants'
import type { IRational, Stream } from 'node-av/lib'
import type { VideoInfo } from '../../video.ts'
import type { Container } from './containers.ts'
import type { Demuxer } from './demuxer.ts'
import type { NativePicture } from './picture.ts'

/** What a file says of its video. @param first time stamp of the first frame @param stillsRate frame rate of a still */
export function infoOf(
  { context, stream, codecName, container }: Demuxer,
  { picture, pixelFormat, colourTagged }: NativePicture,
  first: bigint,
  file: { readonly bytes: number; readonly stillsRate: number },
): VideoInfo {
  const frameRate = container.still ? file.stillsRate : frameRateOf(stream)
  const endless = context.duration === AV_NOPTS_VALUE ? undefined : Number(context.duration) / 1e6
  const start = context.startTime === AV_NOPTS_VALUE ? 0 : Number(context.startTime) / 1e6
  const begin = first === AV_NOPTS_VALUE ? 0 : Number(first) * value(stream.timeBase)
  const duration = container.still
    ? 1 / file.stillsRate
    : (streamDuration(stream, begin) ?? (endless === undefined ? undefined : endless - (begin - start)))
  const durationSeconds = duration !== undefined && duration > 0 ? Math.round(duration * 1e6) / 1e6 : undefined
  return {
    ...picture,
    container: container.name,
    codec: codecName,
    pixelFormat,
    colourTagged,
    frameRate,
    durationSeconds,
    framesClaimed: container.still
      ? { count: 1, exact: true }
      : framesClaimed(stream, container, durationSeconds, frameRate),
    bytes: file.bytes,
  }
}

/** Frames a second on average; where that is unknown, the least that fits all time stamps seen. */
export function frameRateOf(stream: Stream): number | undefined {
  const rates = [stream.avgFrameRate, stream.rFrameRate].filter(({ num, den }) => num > 0 && den > 0).map(value)
  return rates[0]
}

/** A count in the file, or duration and rate. */
function framesClaimed(
  { nbFrames }: Stream,
  container: Container,
  duration: number | undefined,
  frameRate: number | undefined,
): VideoInfo['framesClaimed'] {
  const counted = Number(nbFrames)
  const expected = Math.round((duration ?? 0) * (frameRate ?? 0))
  // An edit list that cuts much off does not change the count.
  const cut = expected > 0 && counted > expected + Math.max(2, counted / 20)
  if (counted > 0 && !cut) return { count: counted, exact: container.counts }
  return expected > 0 ? { count: expected, exact: false } : undefined
}

/** Of the stream alone, where the file says; @param begin of the first frame, seconds */
function streamDuration(stream: Stream, begin: number): number | undefined {
  if (stream.duration !== AV_NOPTS_VALUE) return Number(stream.duration) * value(stream.timeBase)
  // Matroska's tag: when the track ends.
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d\.\d+)$/.exec(stream.metadata?.get('DURATION') ?? '') ?? []
  return seconds === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) - begin
}

function value({ num, den }: IRational): number {
  return num / den
}
