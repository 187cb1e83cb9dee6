import { z } from 'zod'
import { displaySize } from '../video/frame.ts'
import type { DecodeReport, VideoInfo, Warning } from '../video/video.ts'

const warning = z.strictObject({
  code: z.enum(['frames-missing', 'data-damaged', 'data-truncated', 'time-disorder', 'limit-reached']),
  message: z.string(),
})
const size = z.strictObject({ width: z.int().positive(), height: z.int().positive() })

/** What commands print of a video as JSON. Unknown is null. */
export const videoJson = z.strictObject({
  /** As given; "-" for the standard input. */
  file: z.string(),
  container: z.string(),
  codec: z.string(),
  pixelFormat: z.string().nullable(),
  /** Size of the pictures as stored and as shown: turned, with square pixels. */
  stored: size,
  shown: size,
  /** Width of a stored pixel over its height. */
  pixelAspect: z.number().positive(),
  /** Degrees clockwise from stored to shown; then mirrored, if `flip`. */
  rotation: z.literal([0, 90, 180, 270]),
  flip: z.boolean(),
  colour: z.strictObject({
    matrix: z.enum(['bt601', 'bt709', 'bt2020']),
    range: z.enum(['limited', 'full']),
    chroma: z.enum(['left', 'centre', 'top-left']),
    /** Whether the file says so, or it is assumed. */
    tagged: z.strictObject({ matrix: z.boolean(), range: z.boolean() }),
  }),
  frameRate: z.number().nullable(),
  durationSeconds: z.number().nullable(),
  framesClaimed: z.strictObject({ count: z.int(), exact: z.boolean() }).nullable(),
  bytes: z.int().nullable(),
  /** What came of decoding all of it; null where it was not decoded. */
  decode: z
    .strictObject({ framesDecoded: z.int(), framesClaimed: z.int().nullable(), warnings: z.array(warning) })
    .nullable(),
})

export type VideoJson = z.output<typeof videoJson>

/** @param report of one iteration over all frames; undefined where there was none */
export function videoAsJson(file: string, info: VideoInfo, report: DecodeReport | undefined): VideoJson {
  const { width, height, pixelAspect, rotation, flip, container, codec } = info
  const warnings = (list: readonly Warning[]) => list.map(({ code, message }) => ({ code, message }))
  return {
    file,
    container,
    codec,
    pixelFormat: info.pixelFormat ?? null,
    stored: { width, height },
    shown: displaySize(info),
    pixelAspect,
    rotation,
    flip,
    colour: { ...info.colour, tagged: info.colourTagged },
    frameRate: info.frameRate ?? null,
    durationSeconds: info.durationSeconds ?? null,
    framesClaimed: info.framesClaimed ?? null,
    bytes: info.bytes ?? null,
    decode: report
      ? {
          framesDecoded: report.framesDecoded,
          framesClaimed: info.framesClaimed?.count ?? null,
          warnings: warnings(report.warnings),
        }
      : null,
  }
}
