import { AV_PIX_FMT_GRAY8, AV_PIX_FMT_YUV420P, type AVPixelFormat } from 'node-av/constants'
import { FFmpegError, Filter, FilterGraph, Frame as NativeFrame } from 'node-av/lib'
import { describe, expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { type Frame, planesOf } from '../frame.ts'
import type { Size } from '../image.ts'
import { crop } from './crop.ts'
import { noiseFrame, softFrame } from './testing/frames.ts'

// Against FFmpeg's `zscale` (the zimg library), which like `crop` keeps fractions to the end and knows where chroma lies.
// swscale, FFmpeg's other way, converts with tables of its own: its results differ by several levels from both.

/** Runs one picture through `buffer`, the filter, `format` and `buffersink`; returns the planes without padding. */
function throughFilter(input: NativeFrame, source: string, zscale: string, format: string): Uint8Array[] {
  using graph = new FilterGraph()
  graph.alloc()
  const chain = [
    ['buffer', source],
    ['zscale', zscale],
    ['format', `pix_fmts=${format}`],
    ['buffersink', null],
  ] as const
  const filters = chain.map(([name, options]) => graph.createFilter(Filter.getByName(name)!, name, options)!)
  for (const [i, filter] of filters.slice(1).entries()) FFmpegError.throwIfError(filters[i]!.link(0, filter, 0))
  FFmpegError.throwIfError(graph.configSync())
  FFmpegError.throwIfError(filters[0]!.buffersrcAddFrameSync(input))
  using output = new NativeFrame()
  output.alloc()
  FFmpegError.throwIfError(filters.at(-1)!.buffersinkGetFrameSync(output))
  const { width, height, linesize } = output
  const planes = (output.data ?? []).filter((plane) => plane.length > 0)
  return planes.map((plane, i) => {
    const tight = new Uint8Array(width * height)
    for (let y = 0; y < height; y++) {
      tight.set(plane.subarray(y * linesize[i]!, y * linesize[i]! + width), y * width)
    }
    return tight
  })
}

function nativeFrame(data: Uint8Array, { width, height }: Size, format: AVPixelFormat): NativeFrame {
  const frame = new NativeFrame()
  frame.alloc()
  Object.assign(frame, { width, height, format })
  FFmpegError.throwIfError(frame.getBuffer())
  FFmpegError.throwIfError(frame.fromBuffer(Buffer.from(data)))
  frame.pts = 0n
  return frame
}

/** With a last row and column twice where there are odd numbers of them, which zimg refuses; chroma stays as it is. */
function evened(frame: Frame): { readonly size: Size; readonly data: Uint8Array } {
  const { y, u, v } = planesOf(frame)
  const size = { width: 2 * Math.ceil(frame.width / 2), height: 2 * Math.ceil(frame.height / 2) }
  const luma = Uint8Array.from({ length: size.width * size.height }, (_, i) => {
    const [column, row] = [i % size.width, Math.floor(i / size.width)]
    return y[Math.min(row, frame.height - 1) * frame.width + Math.min(column, frame.width - 1)]!
  })
  return { size, data: Uint8Array.of(...luma, ...u, ...v) }
}

const sitings = { left: 'left', centre: 'center', 'top-left': 'topleft' } as const
const matrices = { bt601: ['smpte170m', '170m'], bt709: ['bt709', '709'], bt2020: ['bt2020nc', '2020_ncl'] } as const

/** RGB by FFmpeg: bilinear chroma, nothing but matrix and range converted. */
function zimgRgb(frame: Frame): Uint8Array {
  const { matrix, range, chroma } = frame.colour
  const { size, data } = evened(frame)
  const [tag, name] = matrices[matrix]
  using input = nativeFrame(data, size, AV_PIX_FMT_YUV420P)
  const tags = `colorspace=${tag}:range=${range === 'limited' ? 'tv' : 'pc'}`
  const source = `video_size=${size.width}x${size.height}:pix_fmt=yuv420p:time_base=1/1:${tags}`
  const from = `matrixin=${name}:rangein=${range}:chromalin=${sitings[chroma]}`
  const [green, blue, red] = throughFilter(input, source, `filter=bilinear:${from}:matrix=gbr:range=full`, 'gbrp')
  const result = new Uint8Array(3 * frame.width * frame.height)
  for (let y = 0, at = 0; y < frame.height; y++) {
    for (let x = 0; x < frame.width; x++) {
      for (const plane of [red!, green!, blue!]) result[at++] = plane[y * size.width + x]!
    }
  }
  return result
}

function differences(found: Uint8Array, wanted: Uint8Array): { most: number; share: number } {
  expect(found.length).toBe(wanted.length)
  const all = found.map((value, i) => Math.abs(value - wanted[i]!))
  return { most: Math.max(...all), share: all.filter((difference) => difference > 0).length / all.length }
}

describe.each(['bt601', 'bt709', 'bt2020'] as const)('%s', (matrix) => {
  describe.each(['limited', 'full'] as const)('%s range', (range) => {
    test.each(['left', 'centre', 'top-left'] as const)('chroma %s: the colours of zimg, within one level', (chroma) => {
      const random = new Random(`${matrix} ${range} ${chroma}`)
      for (const [width, height] of [
        [64, 48],
        [63, 47],
        [33, 20],
      ] as const) {
        for (const make of [noiseFrame, softFrame]) {
          const frame = make(random, { width, height, colour: { matrix, range, chroma } })
          const found = crop(frame, { x: 0, y: 0, width, height }, { width, height }).data
          const { most, share } = differences(found, zimgRgb(frame))
          expect(most).toBeLessThanOrEqual(1)
          expect(share).toBeLessThan(0.02)
        }
      }
    })
  })
})

describe('brightness at other sizes', () => {
  const [width, height] = [160, 120]
  const colour = { matrix: 'bt601', range: 'full', chroma: 'left' } as const

  /** Of the middle: at the edges zimg's filter goes on with the mirror image. */
  function compared(make: typeof noiseFrame, to: Size): { most: number; share: number } {
    const frame = make(new Random('grey'), { width, height, colour })
    frame.data.fill(128, width * height)
    using input = nativeFrame(frame.data.subarray(0, width * height), { width, height }, AV_PIX_FMT_GRAY8)
    const source = `video_size=${width}x${height}:pix_fmt=gray:time_base=1/1:range=pc`
    const size = `w=${to.width}:h=${to.height}`
    const [wanted] = throughFilter(input, source, `${size}:filter=bilinear:rangein=full:range=full`, 'gray')
    const found = crop(frame, { x: 0, y: 0, width, height }, to).data
    const middle = (at: (x: number, y: number) => number) => {
      const values = []
      for (let y = 2; y < to.height - 2; y++) for (let x = 2; x < to.width - 2; x++) values.push(at(x, y))
      return Uint8Array.from(values)
    }
    return differences(
      middle((x, y) => found[3 * (y * to.width + x)]!),
      middle((x, y) => wanted![y * to.width + x]!),
    )
  }

  test.each([
    { width: 320, height: 200 },
    { width: 159, height: 119 },
    { width: 97, height: 71 },
    { width: 41, height: 31 },
    { width: 20, height: 113 },
  ])('to $width x $height: that of zimg, within one level', (to) => {
    const { most, share } = compared(noiseFrame, to)
    expect(most).toBeLessThanOrEqual(1)
    expect(share).toBeLessThan(0.05)
  })

  // halving is an average that lets a little more of the finest detail through than the triangle does
  test.each([
    { width: 38, height: 28 },
    { width: 21, height: 15 },
    { width: 13, height: 9 },
  ])('to $width x $height: halving first hardly changes it, even of noise', (to) => {
    expect(compared(softFrame, to).most).toBeLessThanOrEqual(1)
    expect(compared(noiseFrame, to).most).toBeLessThanOrEqual(16)
  })
})
