import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { clip, picture } from '../clips.ts'
import { type Bytes, seed } from './seeds.ts'

/** A file whose headers claim something that is not so. */
export interface Claim {
  readonly name: string
  readonly bytes: Bytes
}

/** Files that claim pictures of 100,000 x 100,000, or the most that their fields can hold. */
export async function hugePictures(): Promise<Claim[]> {
  const wide = await clip('wide.mkv', [...picture('256x256', 25, 0.04), '-c:v', 'ffv1'])
  const matroska = new Uint8Array(await readFile(wide))
  return [
    {
      name: 'mp4: tkhd and avc1',
      bytes: edited(await bytesOf('h264-fast.mp4'), (view, find) => {
        view.setUint32(find('tkhd') + 80, 0xffff0000)
        view.setUint32(find('tkhd') + 84, 0xffff0000)
        view.setUint32(find('avc1', 'stsd') + 28, 0xffffffff)
      }),
    },
    { name: 'h264: SPS', bytes: joined(sequenceHeader(100_000, 100_000), (await bytesOf('h264.h264')).subarray(29)) },
    {
      name: 'mkv: PixelWidth and PixelHeight',
      bytes: edited(matroska, (view, find) => {
        view.setUint16(find('\xb0\x82\x01\x00') + 2, 0xffff)
        view.setUint16(find('\xba\x82\x01\x00') + 2, 0xffff)
      }),
    },
    {
      name: 'avi: strf',
      bytes: edited(await bytesOf('mpeg4.avi'), (view, find) => {
        view.setInt32(find('strf') + 12, 100_000, true)
        view.setInt32(find('strf') + 16, 100_000, true)
      }),
    },
    {
      name: 'wmv: BITMAPINFOHEADER',
      bytes: edited(await bytesOf('wmv2.wmv'), (view, find) => {
        view.setInt32(find('WMV2') - 12, 100_000, true)
        view.setInt32(find('WMV2') - 8, 100_000, true)
      }),
    },
    {
      name: 'flv: onMetaData',
      bytes: edited(await bytesOf('flv1.flv'), (view, find) => {
        view.setFloat64(find('width') + 6, 100_000)
        view.setFloat64(find('height') + 7, 100_000)
      }),
    },
    { name: 'ivf: header', bytes: edited(await bytesOf('vp9.ivf'), (view) => view.setUint32(12, 0xffffffff)) },
    {
      name: 'webm: key frame of VP8',
      bytes: edited(await bytesOf('vp8.webm'), (view, find) => view.setUint32(find('\x9d\x01\x2a') + 3, 0xff3fff3f)),
    },
    { name: 'y4m: header', bytes: text('YUV4MPEG2 W100000 H100000 F25:1 Ip A1:1 C420jpeg\nFRAME\n', 10_000) },
    { name: 'ppm: header', bytes: text('P6\n100000 100000\n255\n', 10_000) },
    {
      name: 'gif: screen and picture',
      bytes: edited(await bytesOf('gif.gif'), (view, find) => {
        view.setUint32(6, 0xffffffff)
        view.setUint32(find('\x2c\0\0\0\0\x40\0\x30\0') + 5, 0xffffffff)
      }),
    },
    {
      name: 'png: IHDR',
      bytes: edited(await bytesOf('picture.png'), (view) => {
        view.setUint32(16, 100_000)
        view.setUint32(20, 100_000)
        view.setUint32(29, crc32(new Uint8Array(view.buffer, 12, 17)))
      }),
    },
    {
      name: 'jpg: SOF',
      bytes: edited(await bytesOf('picture.jpg'), (view, find) => view.setUint32(find('\xff\xc0') + 5, 0xffffffff)),
    },
    {
      name: 'bmp: header',
      bytes: edited(await bytesOf('picture.bmp'), (view) => {
        view.setInt32(18, 100_000, true)
        view.setInt32(22, 100_000, true)
      }),
    },
    {
      name: 'webp: key frame',
      bytes: edited(await bytesOf('picture.webp'), (view, find) =>
        view.setUint32(find('\x9d\x01\x2a') + 3, 0xff3fff3f),
      ),
    },
    {
      name: 'tiff: tags',
      bytes: edited(await bytesOf('picture.tiff'), (view) => {
        const tags = view.getUint32(4, true)
        for (let at = tags + 2; at < view.byteLength - 12; at += 12) {
          const tag = view.getUint16(at, true)
          if (tag !== 256 && tag !== 257) continue
          view.setUint16(at + 2, 4, true)
          view.setUint32(at + 8, 100_000, true)
        }
      }),
    },
    {
      name: 'qoi: header',
      bytes: edited(await bytesOf('picture.qoi'), (view) => {
        view.setUint32(4, 100_000)
        view.setUint32(8, 100_000)
      }),
    },
  ]
}

/** Absurd numbers of frames, durations and units of time, one at a time, in the headers of MPEG-4, AVI and Matroska. */
export async function absurdNumbers(): Promise<Claim[]> {
  const movie = await bytesOf('h264-fast.mp4')
  const avi = await bytesOf('mpeg4.avi')
  const numbers = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff]
  const ofMovie = ['mvhd', 'tkhd', 'mdhd', 'elst', 'stts', 'ctts', 'stsc', 'stsz', 'stco', 'stss'].flatMap((box) =>
    [1, 2, 3, 4, 5].flatMap((word) =>
      numbers.map((number) => ({
        name: `mp4: ${box}[${word}] = ${number}`,
        bytes: edited(movie, (view, find) => view.setUint32(find(box) + 4 * word, number)),
      })),
    ),
  )
  const ofAvi = ['avih', 'strh'].flatMap((chunk) =>
    [2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((word) =>
      numbers.map((number) => ({
        name: `avi: ${chunk}[${word}] = ${number}`,
        bytes: edited(avi, (view, find) => view.setUint32(find(chunk) + 4 * word, number, true)),
      })),
    ),
  )
  return [...ofMovie, ...ofAvi, ...(await absurdMatroska())]
}

async function absurdMatroska(): Promise<Claim[]> {
  const file = await bytesOf('h264.mkv')
  const durations = [0, -1, 1e-300, 1e18, 1e300, Number.POSITIVE_INFINITY, Number.NaN].map((duration) => ({
    name: `mkv: duration ${duration}`,
    bytes: edited(file, (view, find) => view.setFloat64(find('\x44\x89\x88') + 3, duration)),
  }))
  const scales = [0, 1, 0xffffff].map((scale) => ({
    name: `mkv: time stamp scale ${scale}`,
    bytes: edited(file, (view, find) => {
      const at = find('\x2a\xd7\xb1\x83') + 4
      for (let n = 0; n < 3; n++) view.setUint8(at + n, scale >> (8 * (2 - n)))
    }),
  }))
  const frames = [0, 1, 0xffffffff].map((nanoseconds) => ({
    name: `mkv: default duration ${nanoseconds}`,
    bytes: edited(file, (view, find) => view.setUint32(find('\x23\xe3\x83\x84') + 4, nanoseconds)),
  }))
  return [...durations, ...scales, ...frames]
}

async function bytesOf(name: string): Promise<Bytes> {
  return (await seed(name)).bytes
}

type Edit = (view: DataView, find: (text: string, after?: string) => number) => void

/** A changed copy. `find` gives where bytes, written as Latin-1, first occur (after others); it throws where they do not. */
function edited(bytes: Bytes, edit: Edit): Bytes {
  const copy = Buffer.from(bytes)
  edit(new DataView(copy.buffer, copy.byteOffset, copy.length), (wanted, after) => {
    const start = after === undefined ? 0 : copy.indexOf(after, 'latin1')
    const at = copy.indexOf(Buffer.from(wanted, 'latin1'), start)
    if (start < 0 || at < 0) throw new Error(`there is no ${JSON.stringify(wanted)}`)
    return at
  })
  return new Uint8Array(copy)
}

/** A sequence parameter set of H.264 (7.3.2.1), Baseline, of a size that is a multiple of 16. */
function sequenceHeader(width: number, height: number): Bytes {
  const numbers = [0, 0, 2, 1].map(golomb).join('')
  const size = golomb(width / 16 - 1) + golomb(height / 16 - 1)
  const bits = `${numbers}0${size}11001`
  const bytes = bits.match(/.{1,8}/g)!.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2))
  return new Uint8Array([0, 0, 0, 1, 0x67, 66, 0, 31, ...bytes])
}

/** Exp-Golomb code (9.1). */
function golomb(number: number): string {
  const binary = (number + 1).toString(2)
  return '0'.repeat(binary.length - 1) + binary
}

function text(header: string, zeros: number): Bytes {
  return joined(new TextEncoder().encode(header), new Uint8Array(zeros))
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(Buffer.concat(parts))
}
