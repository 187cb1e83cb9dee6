import { type AVPixelFormat, SWS_POINT } from 'node-av/constants'
import { avGetPixFmtFromName, FFmpegError, Frame as NativeFrame, SoftwareScaleContext } from 'node-av/lib'
import { UnmaskError } from '../../../errors.ts'
import { type Colour, frameBytes } from '../../frame.ts'
import { toI420 } from '../../planes.ts'
import type { Allocate } from '../../reading/reader.ts'
import { pixelLayout, unpackedFormat } from './layout.ts'

/** Copies the pixels of a decoded frame into planes of our own. */
export function copyPixels(
  frame: NativeFrame,
  pixelFormat: string,
  siting: Colour['chroma'],
  allocate: Allocate = (bytes) => new Uint8Array(bytes),
): Uint8Array<ArrayBuffer> {
  const layout = pixelLayout(pixelFormat)
  if (!layout) return unpack(frame, pixelFormat, siting, allocate)
  const { linesize, width, height } = frame
  const planes = (frame.data ?? []).map((data, index) => ({ data, stride: linesize[index]! }))
  return toI420({ ...layout, planes }, width, height, siting, allocate(frameBytes(width, height)))
}

/**
 * FFmpeg knows how nearly all of its formats are packed; size and colours stay as they are.
 * @throws UnmaskError `video-codec`
 */
function unpack(
  frame: NativeFrame,
  pixelFormat: string,
  siting: Colour['chroma'],
  allocate: Allocate,
): Uint8Array<ArrayBuffer> {
  const target = unpackedFormat(pixelFormat)
  using scaler = new SoftwareScaleContext()
  using unpacked = new NativeFrame()
  unpacked.alloc()
  const { width, height } = frame
  try {
    const format = avGetPixFmtFromName(target)
    scaler.getContext(width, height, frame.format as AVPixelFormat, width, height, format, SWS_POINT)
    FFmpegError.throwIfError(scaler.scaleFrameSync(unpacked, frame))
  } catch (cause) {
    throw new UnmaskError('video-codec', `pixels of the format ${pixelFormat} cannot be unpacked`, { cause })
  }
  return copyPixels(unpacked, target, siting, allocate)
}
