import { AV_NOPTS_VALUE } from 'node-av/constants'
import type { FormatContext, IRational, Stream } from 'node-av/lib'
import type { VideoInfo } from '../../video.ts'
import type { Container } from './containers.ts'
import type { Demuxer } from './demuxer.ts'
import type { NativePicture } from './picture.ts'

/** What is known of a file beside what its demuxer tells. */
export interface FileFacts {
  /** Time stamp of the first frame. */
  readonly first: bigint
  /** Packets before the first frame that hold none to show. */
  readonly cutOff: number
  readonly bytes: number
  /** Frame rate of a file that is a single picture. */
  readonly stillsRate: number | undefined
}

/** What a file says of its video. */
export function infoOf(demuxer: Demuxer, native: NativePicture, facts: FileFacts): VideoInfo {
  const { codecName, container } = demuxer
  const { picture, pixelFormat, colourTagged } = native
  const { name } = container
  const { bytes } = facts
  return {
    ...picture,
    container: name,
    codec: codecName,
    pixelFormat,
    colourTagged,
    bytes,
    ...extentOf(demuxer, facts),
  }
}

function extentOf({ context, stream, container }: Demuxer, { first, cutOff, stillsRate }: FileFacts) {
  if (stillsRate !== undefined) {
    const framesClaimed = { count: 1, exact: true }
    return { frameRate: stillsRate, durationSeconds: Math.round(1e6 / stillsRate) / 1e6, framesClaimed }
  }
  const begin = first === AV_NOPTS_VALUE ? 0 : Number(first) * value(stream.timeBase)
  const duration = container.lasts ? (streamDuration(stream, begin) ?? fileDuration(context, begin)) : undefined
  const rounded = Math.round((duration ?? 0) * 1e6) / 1e6
  const durationSeconds = rounded > 0 ? rounded : undefined
  const frameRate = frameRateOf(stream)
  const counted = Number(stream.nbFrames) - cutOff
  return { frameRate, durationSeconds, framesClaimed: framesClaimed(counted, container, durationSeconds, frameRate) }
}

/** Above this, frames a second are most likely a unit of time that was taken for them. */
const mostRate = 1000

/** Frames a second on average; where that is unknown, what the codec says, or the least rate that fits all time stamps. */
export function frameRateOf({ avgFrameRate, codecpar, rFrameRate }: Stream): number | undefined {
  const known = [avgFrameRate, codecpar.frameRate, rFrameRate].filter(({ num, den }) => num > 0 && den > 0)
  const rates = known.map(value)
  return rates.find((rate) => rate <= mostRate) ?? rates[0]
}

/** A count in the file, or duration and rate. */
function framesClaimed(
  counted: number,
  container: Container,
  duration: number | undefined,
  frameRate: number | undefined,
): VideoInfo['framesClaimed'] {
  const expected = Math.round((duration ?? 0) * (frameRate ?? 0))
  // An edit list that cuts much off the end does not change the count.
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

/** By how much frames may end before the duration that a file claims, seconds: sound may last longer than pictures. */
export function endTolerance({ context, stream }: Demuxer, { durationSeconds = 0, frameRate = 25 }: VideoInfo): number {
  const own = context.streams.length === 1 || streamDuration(stream, 0) !== undefined
  return Math.max(own ? 0.25 : 1, 3 / frameRate, 0.02 * durationSeconds)
}

/** Of all streams together. */
function fileDuration({ duration, startTime }: FormatContext, begin: number): number | undefined {
  if (duration === AV_NOPTS_VALUE) return undefined
  const start = startTime === AV_NOPTS_VALUE ? 0 : Number(startTime) / 1e6
  return Number(duration) / 1e6 - (begin - start)
}

function value({ num, den }: IRational): number {
  return num / den
}
