import { extname } from 'node:path'
import {
  AV_CODEC_FLAG_QSCALE,
  AV_PIX_FMT_RGB24,
  AV_PIX_FMT_YUV444P,
  AVCOL_RANGE_JPEG,
  FF_ENCODER_MJPEG,
  FF_ENCODER_PNG,
  FF_QP2LAMBDA,
} from 'node-av/constants'
import { Codec, CodecContext, Frame, Packet, Rational } from 'node-av/lib'
import { UnmaskError } from '../../../errors.ts'
import { replaceFile } from '../../../files/replace.ts'
import type { Image } from '../../image.ts'
import { bits as weightBits, weightsOf } from '../../planes-of-image.ts'
import { checked } from './native.ts'

export type ImageFormat = 'png' | 'jpeg'

/**
 * Encodes a picture: PNG, or JPEG (JFIF: BT.601 in the full range) with chroma in full, so that coloured lines stay sharp.
 * @param quality of JPEG, 1 to 100, about as in other programs; below 26 no further loss
 * @throws UnmaskError `option-invalid`, `video-write`
 */
export async function encodeImage(image: Image, format: ImageFormat, quality = 90): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, data } = image
  if (data.length !== 3 * width * height) {
    throw new UnmaskError('option-invalid', `encodeImage: ${data.length} bytes for ${width} x ${height} pixels`)
  }
  const codec = Codec.findEncoderByName(format === 'png' ? FF_ENCODER_PNG : FF_ENCODER_MJPEG)
  if (!codec) throw new UnmaskError('video-write', `this FFmpeg has no encoder for ${format}`)
  using context = new CodecContext()
  context.allocContext3(codec)
  context.width = width
  context.height = height
  context.timeBase = new Rational(1, 1)
  context.pixelFormat = format === 'png' ? AV_PIX_FMT_RGB24 : AV_PIX_FMT_YUV444P
  if (format === 'jpeg') setQuality(context, quality)
  await checked(context.open2(codec), `encode a picture of ${width} x ${height} as ${format}`)
  const bytes = format === 'png' ? data : planes444(image)
  using frame = Frame.fromVideoBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
    width,
    height,
    format: context.pixelFormat,
    pts: 0n,
  })
  frame.quality = context.globalQuality
  using packet = new Packet()
  packet.alloc()
  await checked(context.sendFrame(frame), `encode a picture as ${format}`)
  await checked(context.receivePacket(packet), `encode a picture as ${format}`)
  return new Uint8Array(packet.data ?? [])
}

function setQuality(context: CodecContext, quality: number): void {
  if (!(quality >= 1 && quality <= 100)) throw new UnmaskError('option-invalid', 'encodeImage: quality: 1 to 100')
  context.colorRange = AVCOL_RANGE_JPEG
  context.qMin = 1
  context.setFlags(AV_CODEC_FLAG_QSCALE)
  context.globalQuality = jpegQuantiser(quality) * FF_QP2LAMBDA
}

/** FFmpeg's scale of the quantisers, 1 to 31, for a quality of 1 to 100. */
export function jpegQuantiser(quality: number): number {
  // The scale as libjpeg has it. At 1 the mean of its luminance table is that of FFmpeg's at 16.
  const scale = quality < 50 ? 50 / quality : 2 - quality / 50
  return Math.min(Math.max(Math.round(16 * scale), 1), 31)
}

/** Luma and chroma of each pixel, plane after plane. */
function planes444({ width, height, data }: Image): Uint8Array<ArrayBuffer> {
  const pixels = width * height
  const planes = new Uint8Array(3 * pixels)
  const { y, u, v } = weightsOf({ matrix: 'bt601', range: 'full', chroma: 'centre' })
  const half = 1 << (weightBits - 1)
  const middle = (128 << weightBits) + half
  for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += 3) {
    const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!]
    planes[pixel] = (y[0] * red + y[1] * green + y[2] * blue + half) >> weightBits
    planes[pixel + pixels] = Math.min((u[0] * red + u[1] * green + u[2] * blue + middle) >> weightBits, 255)
    planes[pixel + 2 * pixels] = Math.min((v[0] * red + v[1] * green + v[2] * blue + middle) >> weightBits, 255)
  }
  return planes
}

/** Writes a picture as its name asks: `.png`, `.jpg` or `.jpeg`. @throws UnmaskError as `encodeImage`; `file-access` */
export async function writeImage(path: string, image: Image, quality?: number): Promise<void> {
  await replaceFile(path, await encodeImage(image, imageFormatOf(path), quality))
}

/** The format that a file name asks for. @throws UnmaskError `option-invalid` */
export function imageFormatOf(path: string): ImageFormat {
  const extension = extname(path).toLowerCase()
  if (extension === '.png') return 'png'
  if (extension === '.jpg' || extension === '.jpeg') return 'jpeg'
  throw new UnmaskError('option-invalid', `${path}: pictures are written as .png or .jpg`)
}
