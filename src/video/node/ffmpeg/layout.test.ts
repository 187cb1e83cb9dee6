import { AV_PIX_FMT_NONE, type AVPixelFormat, SWS_ACCURATE_RND, SWS_POINT } from 'node-av/constants'
import { avGetPixFmtFromName, avGetPixFmtName, avIsHardwarePixelFormat, Frame, SoftwareScaleContext } from 'node-av/lib'
import { beforeAll, expect, test } from 'vitest'
import { isRgb, pixelLayout } from './layout.ts'
import { copyPixels } from './pixels.ts'
import { listen } from './reasons.ts'

const [width, height] = [16, 8]
/** One pixel's Y, U, V, and about the same colour as full-range R, G, B. */
const yuv = [100, 90, 180]
const rgb = [173, 68, 33]

/** A picture of one colour. */
function plain(name: string, pixel: readonly number[]): Frame {
  const frame = Frame.fromVideoBuffer(pixels(name, pixel), { width, height, format: avGetPixFmtFromName(name) })
  frame.pts = 0n
  return frame
}

function pixels(name: string, pixel: readonly number[]): Buffer {
  const count = width * height
  if (name === 'rgb24') return Buffer.from(Array.from({ length: 3 * count }, (_, i) => pixel[i % 3]!))
  return Buffer.concat(pixel.map((value) => Buffer.alloc(count, value)))
}

/** The frame in another format, where FFmpeg can write that. */
function converted(frame: Frame, format: AVPixelFormat): Frame | undefined {
  using scaler = new SoftwareScaleContext()
  const target = new Frame()
  target.alloc()
  try {
    const flags = (SWS_POINT | SWS_ACCURATE_RND) as typeof SWS_POINT
    scaler.getContext(width, height, frame.format as AVPixelFormat, width, height, format, flags)
    return scaler.scaleFrameSync(target, frame) < 0 ? undefined : target
  } catch {
    return undefined
  }
}

const names = Array.from({ length: 300 }, (_, i) => i as AVPixelFormat)
  .filter((format) => format !== AV_PIX_FMT_NONE && !avIsHardwarePixelFormat(format))
  .map((format) => avGetPixFmtName(format))
  .filter((name) => name !== null)

beforeAll(listen) // FFmpeg would write to the terminal what it cannot convert

test('every pixel format that FFmpeg can write is read as the colour that is in it', () => {
  const read: string[] = []
  const unreadable: string[] = []
  for (const name of names) {
    if (/^(mono|bayer|xyz)/.test(name)) continue // not one colour, or not such colours
    const source = isRgb(name) ? plain('rgb24', rgb) : plain(name.startsWith('yuvj') ? 'yuvj444p' : 'yuv444p', yuv)
    const frame = converted(source, avGetPixFmtFromName(name))
    if (!frame) continue
    let data: Uint8Array
    try {
      data = copyPixels(frame, name, 'left')
    } catch (error) {
      expect(error).toMatchObject({ code: 'video-codec' })
      unreadable.push(name)
      continue
    }
    const [y, u, v] = [data[0], data[width * height], data[width * height + (width * height) / 4]]
    const expected = isRgb(name) ? bt601(rgb) : /^(gray|ya)/.test(name) ? [yuv[0]!, 128, 128] : yuv
    // Formats of few bits round; FFmpeg takes grey for full range.
    const tolerance = /gray|^ya/.test(name) ? 20 : /(rgb|bgr)(4|8|444|555|565)/.test(name) ? 40 : 2
    for (const [i, value] of [y, u, v].entries()) {
      expect(Math.abs(value! - expected[i]!), `${name}: ${[y, u, v]} for ${expected}`).toBeLessThanOrEqual(tolerance)
    }
    read.push(name)
  }
  expect(unreadable.sort()).toEqual(['bgr4', 'rgb4']) // two pixels a byte; no decoder gives them
  expect(read.length).toBeGreaterThan(150)
})

test('the formats that decoders give most often are read without FFmpeg', () => {
  const direct = [
    'yuv420p',
    'yuvj420p',
    'yuv422p10le',
    'yuva444p16be',
    'nv12',
    'p010le',
    'gray',
    'gbrp',
    'bgra',
    'rgb24',
  ]
  for (const name of direct) expect(pixelLayout(name), name).toBeDefined()
})

/** Full range, as `rgbColour` says. */
function bt601([r, g, b]: readonly number[]): number[] {
  const y = 0.299 * r! + 0.587 * g! + 0.114 * b!
  return [y, 128 + (b! - y) / 1.772, 128 + (r! - y) / 1.402]
}
