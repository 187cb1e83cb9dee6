import { UnmaskError } from '../../src/errors.ts'
import { frameBytes } from '../../src/video/frame.ts'
import { openVideo } from '../../src/video/open.ts'
import type { OpenOptions } from '../../src/video/options.ts'
import type { Video, VideoSource } from '../../src/video/video.ts'

/** What came of a file: the code of an error, or a count of frames and the codes of warnings. */
export interface Verdict {
  readonly code?: string
  readonly message?: string
  readonly frames: number
  readonly warnings: readonly string[]
}

/** Small frames and little patience: what is broken shows soon. */
const limits = { pixels: 4096 * 4096, stallSeconds: 10, frames: 2000 }

/**
 * Opens a file that may be damaged and goes through all of its frames.
 * @throws what is not an error of ours, or says what is wrong with the frames or the report
 */
export async function judge(source: VideoSource, options: OpenOptions = {}): Promise<Verdict> {
  let frames = 0
  try {
    await using video = await openVideo(source, { ...options, limits: { ...limits, ...options.limits } })
    checkInfo(video)
    frames = await checkFrames(video)
    return { frames, warnings: checkReport(video, frames) }
  } catch (error) {
    if (!(error instanceof UnmaskError && /^(video-|file-access)/.test(error.code))) throw error
    return { code: error.code, message: error.message, frames, warnings: [] }
  }
}

function checkInfo({ info }: Video): void {
  const { width, height, pixelAspect, frameRate = 1, durationSeconds = 1, framesClaimed } = info
  const positive = [width, height, pixelAspect, frameRate, durationSeconds, framesClaimed?.count ?? 1]
  if (positive.every((number) => number > 0 && Number.isFinite(number))) return
  throw new Error(`what it claims has no meaning: ${JSON.stringify(info)}`)
}

async function checkFrames(video: Video): Promise<number> {
  let frames = 0
  let last = -1
  for await (const { width, height, data, seconds, index } of video.frames()) {
    if (data.length !== frameBytes(width, height)) throw new Error(`${data.length} bytes of ${width} x ${height}`)
    if (!(seconds > last && Number.isFinite(seconds))) throw new Error(`${seconds} s comes after ${last} s`)
    if (index !== frames) throw new Error(`frame ${frames} has the number ${index}`)
    last = seconds
    frames++
  }
  return frames
}

/** @returns the codes of its warnings */
function checkReport({ info, report }: Video, frames: number): string[] {
  const codes = report.warnings.map(({ code }) => code)
  if (frames === 0) throw new Error(`no frame and no error; ${JSON.stringify(report)}`)
  if (report.framesDecoded < frames) throw new Error(`${frames} frames given, ${report.framesDecoded} decoded`)
  if (report.warnings.some(({ message }) => message.trim() === '')) throw new Error('a warning without a message')
  if (new Set(codes).size !== codes.length) throw new Error(`a warning twice: ${codes}`)
  const { framesClaimed } = info
  if (framesClaimed?.exact && frames + 2 < framesClaimed.count && codes.length === 0) {
    throw new Error(`${frames} frames of ${framesClaimed.count}, and no warning`)
  }
  return codes
}
