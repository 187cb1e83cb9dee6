import { readFile } from 'node:fs/promises'
import { ALL_FORMATS, BlobSource, EncodedPacketSink, Input } from 'mediabunny'
import { describe, expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../../../test/clips.ts'
import { headerReader, type SequenceHeader } from './headers/index.ts'
import { fromDelimiter } from './headers/units.ts'

const source = picture('64x48', 25, 0.08)
const x265 = (parameters: string) => [
  '-c:v',
  'libx265',
  '-pix_fmt',
  'yuv420p',
  '-x265-params',
  `log-level=none${parameters}`,
]
const x264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p']
const aom = ['-c:v', 'libaom-av1', '-cpu-used', '8', '-pix_fmt', 'yuv420p']
const vpx9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-pix_fmt', 'yuv420p']

/** What is written, by name of the file, and what is to be read. */
const cases: [name: string, ffmpegArguments: string[], header: SequenceHeader][] = [
  ['hevc.mp4', x265(''), { range: 'limited', pixelAspect: 1 }],
  [
    'hevc-described.mp4',
    [...x265(':colormatrix=bt2020nc:range=full:chromaloc=2'), '-vf', 'setsar=40/33'],
    { matrix: 9, range: 'full', chroma: 'top-left', pixelAspect: 40 / 33 },
  ],
  [
    'hevc-extended-aspect.mkv',
    [...x265(':colormatrix=bt709'), '-vf', 'setsar=7/5'],
    { matrix: 1, range: 'limited', pixelAspect: 7 / 5 },
  ],
  [
    'hevc-lists.ts',
    x265(':colormatrix=smpte170m:scaling-list=default:sao=0'),
    { matrix: 6, range: 'limited', pixelAspect: 1 },
  ],
  [
    'hevc-groups.mp4',
    [...x265(':colormatrix=bt709:b-pyramid=1:ref=5:bframes=6'), '-t', '1'],
    { matrix: 1, range: 'limited', pixelAspect: 1 },
  ],
  ['h264.mp4', x264, { pixelAspect: 1 }],
  [
    'h264-described.ts',
    [...x264, '-vf', 'setsar=16/15', '-x264-params', 'colormatrix=bt470bg:fullrange=on:chromaloc=1'],
    { matrix: 5, range: 'full', chroma: 'centre', pixelAspect: 16 / 15 },
  ],
  [
    'h264-lists.mkv',
    [...x264, '-x264-params', 'cqm=jvt:colormatrix=bt709:nal-hrd=cbr:vbv-maxrate=500:vbv-bufsize=500:bitrate=500'],
    { matrix: 1, range: 'limited', pixelAspect: 1 },
  ],
  [
    'h264-444.mp4',
    [...x264, '-pix_fmt', 'yuv444p', '-colorspace', 'bt709'],
    { matrix: 1, range: 'limited', pixelAspect: 1 },
  ],
  ['vp9.webm', vpx9, { range: 'limited' }],
  ['vp9-described.webm', [...vpx9, '-colorspace', 'bt2020nc', '-color_range', 'pc'], { matrix: 9, range: 'full' }],
  ['vp9-deep.webm', [...vpx9, '-pix_fmt', 'yuv422p10le', '-colorspace', 'smpte170m'], { matrix: 6, range: 'limited' }],
  ['vp8.webm', ['-c:v', 'libvpx'], { matrix: 5, range: 'limited' }],
  ['av1.mp4', aom, { range: 'limited' }],
  [
    'av1-described.mkv',
    [...aom, '-pix_fmt', 'yuv420p10le', '-colorspace', 'bt2020nc', '-color_range', 'pc'],
    { matrix: 9, range: 'full' },
  ],
  ['av1-444.mp4', [...aom, '-pix_fmt', 'yuv444p', '-colorspace', 'bt709'], { matrix: 1, range: 'limited' }],
]

const defined = (header: SequenceHeader) =>
  Object.fromEntries(Object.entries(header).filter(([, value]) => value !== undefined))

async function firstPacket(path: string) {
  const input = new Input({ source: new BlobSource(new Blob([await readFile(path)])), formats: ALL_FORMATS })
  const track = (await input.getPrimaryVideoTrack())!
  const { description } = (await track.getDecoderConfig())!
  const packet = (await new EncodedPacketSink(track).getFirstPacket())!
  const codec = (await track.getCodec())!
  return { codec, description: description as Uint8Array | undefined, packet: packet.data }
}

const skipped = ffmpegMissing === undefined ? '' : ` (skipped: ${ffmpegMissing})`

describe.skipIf(skipped !== '')(`headers of coded sequences${skipped}`, () => {
  test.each(cases)('%s', async (name, ffmpegArguments, header) => {
    const { codec, description, packet } = await firstPacket(await clip(name, [...source, ...ffmpegArguments]))
    expect(defined(headerReader(codec, description)(packet))).toEqual(header)
  })

  test('damaged headers say nothing, and end', async () => {
    for (const [name, ffmpegArguments] of cases) {
      const { codec, description, packet } = await firstPacket(await clip(name, [...source, ...ffmpegArguments]))
      for (let length = 0; length < Math.min(packet.length, 80); length++) {
        const header = headerReader(codec, description?.slice(0, length))(packet.slice(0, length))
        expect(header).toBeTypeOf('object')
      }
    }
  })
})

test('of an H.264 packet, what stands before the access unit delimiter is left out', () => {
  const [enhancement, delimiter, slice] = [
    [6, 5, 1, 0, 128],
    [9, 240],
    [101, 136, 132],
  ]
  const lengths = (...units: number[][]) => Uint8Array.from(units.flatMap((unit) => [0, unit.length, ...unit]))
  const startCodes = (...units: number[][]) => Uint8Array.from(units.flatMap((unit) => [0, 0, 1, ...unit]))
  for (const [join, lengthBytes] of [
    [lengths, 2],
    [startCodes, undefined],
  ] as const) {
    const sound = join(delimiter, enhancement, slice)
    expect(fromDelimiter(join(enhancement, delimiter, enhancement, slice), lengthBytes)).toEqual(sound)
    expect(fromDelimiter(sound, lengthBytes)).toEqual(sound)
    expect(fromDelimiter(join(enhancement, slice, delimiter), lengthBytes)).toEqual(join(enhancement, slice, delimiter))
  }
})
