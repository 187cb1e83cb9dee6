import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Frame, planesOf } from '../../src/video/frame.ts'
import { openVideo } from '../../src/video/open.ts'
import { clipFolder, ffmpegMissing } from '../clips.ts'
import { run } from '../command-line.ts'
import {
  clipFrames,
  clipRate,
  containerNames,
  endless,
  type Format,
  fileName,
  formats,
  makeClips,
  source,
} from './formats.ts'

const cases = formats.flatMap((format) => format.containers.map((container) => ({ format, container })))

/** Frames that ffprobe decodes. */
async function countedByFfprobe(path: string): Promise<number> {
  const entries = ['-count_frames', '-select_streams', 'v:0', '-show_entries', 'stream=nb_read_frames']
  const { stdout } = await run('ffprobe', ['-v', 'error', ...entries, '-of', 'csv=p=0', path], clipFolder())
  return Number.parseInt(stdout, 10)
}

const sources = new Map<string, Uint8Array>()

/** Luma of the first frame before it was encoded, of limited range. */
function firstLuma(format: Format): Uint8Array {
  const key = JSON.stringify(format.size)
  const known = sources.get(key) ?? lumaByFfmpeg(format)
  sources.set(key, known)
  return known
}

function lumaByFfmpeg(format: Format): Uint8Array {
  const raw = ['-frames:v', '1', '-pix_fmt', 'yuv420p', '-f', 'rawvideo', '-']
  const { stdout } = spawnSync('ffmpeg', ['-v', 'error', ...source(format), ...raw])
  return stdout.subarray(0, format.size.width * format.size.height)
}

/** How far the luma of a frame is from the picture that was encoded, on average, in levels of limited range. */
function lumaError(frame: Frame, format: Format): number {
  const expected = firstLuma(format)
  const { y } = planesOf(frame)
  const full = frame.colour.range === 'full'
  let sum = 0
  for (let i = 0; i < y.length; i++) sum += Math.abs((full ? 16 + (y[i]! * 219) / 255 : y[i]!) - expected[i]!)
  return sum / y.length
}

describe.skipIf(ffmpegMissing)(`formats (${ffmpegMissing ?? 'clips by ffmpeg'})`, () => {
  beforeAll(async () => {
    for (const format of formats) await makeClips(format, clipFolder())
  })

  test.each(cases)('$format.codec $format.pixelFormat in $container', async ({ format, container }) => {
    const path = join(clipFolder(), fileName(format, container))
    await using video = await openVideo(path, { isolated: false })
    const { info } = video
    expect(info).toMatchObject({
      container: containerNames[container],
      codec: format.codec,
      pixelFormat: format.pixelFormat,
      ...format.size,
      frameRate: clipRate,
    })
    const seconds = clipFrames / clipRate
    if (endless.includes(container)) expect(info.durationSeconds ?? seconds).toBeCloseTo(seconds, 1)
    else {
      // Where only times of packets tell, the last ones may not count.
      expect(info.durationSeconds).toBeGreaterThan(seconds - 3 / clipRate)
      expect(info.durationSeconds).toBeLessThan(seconds + 2.5 / clipRate)
      expect(Math.abs(info.framesClaimed!.count - clipFrames)).toBeLessThanOrEqual(info.framesClaimed!.exact ? 0 : 2)
    }

    const frames: Frame[] = []
    for await (const frame of video.frames()) frames.push(frame)
    expect(frames.length).toBe(clipFrames)
    expect(frames.length).toBe(await countedByFfprobe(path))
    expect(video.report).toEqual({ framesDecoded: clipFrames, warnings: [] })
    expect(frames.map(({ index }) => index)).toEqual(frames.map((_, index) => index))
    const steps = frames.slice(1).map((frame, i) => frame.seconds - frames[i]!.seconds)
    expect(frames[0]!.seconds).toBe(0)
    // MPEG-1 and 2 in containers without times of display: FFmpeg learns the order of its first frames too late.
    for (const step of steps) expect(step).toBeGreaterThan(0.5 / clipRate)
    for (const step of steps) expect(step).toBeLessThan(2.5 / clipRate)
    expect(lumaError(frames[0]!, format)).toBeLessThan(8)
  })
})
