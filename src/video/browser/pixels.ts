import { UnmaskError } from '../../errors.ts'
import { type Colour, type Frame, frameBytes } from '../frame.ts'
import { type PlaneFormat, type PlaneLayout, toI420 } from '../planes.ts'
import { asVideoError } from './errors.ts'
import { type FramePicture, sizeOf } from './picture.ts'

/** WebCodecs' formats that are not named as ours are. */
const renamed: Readonly<Record<string, PlaneFormat>> = { rgbx: 'rgba', bgrx: 'bgra' }

/** @throws UnmaskError `video-codec` where the browser does not let its pixels be read */
export async function copyFrame(
  frame: VideoFrame,
  { picture, rgb }: Pick<FramePicture, 'picture' | 'rgb'>,
  seconds: number,
  index: number | undefined,
): Promise<Frame> {
  try {
    return { ...picture, seconds, index, data: await copyPixels(frame, rgb, picture.colour.chroma) }
  } catch (error) {
    throw asVideoError(error, 'video-codec', 'a frame cannot be read')
  }
}

/**
 * Copies the pixels of a frame as they are. No canvas and no conversion of the browser's take part: these differ from
 * browser to browser, and some add noise against fingerprinting.
 * @param rgb whether planes of YUV are really of green, blue and red
 */
async function copyPixels(frame: VideoFrame, rgb: boolean, siting: Colour['chroma']): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = sizeOf(frame)
  if (frame.format === 'I420' && !rgb) {
    const data = new Uint8Array(frameBytes(width, height))
    await frame.copyTo(data, { layout: tightLayout(width, height) })
    return data
  }
  const { format, bits } = layoutOf(frame.format)
  const buffer = new Uint8Array(frame.allocationSize())
  const planes = await frame.copyTo(buffer)
  const layout = planes.map(({ offset, stride }) => ({ data: buffer, offset, stride }))
  return toI420({ format: rgb ? 'gbr' : format, bits, planes: layout }, width, height, siting)
}

/** Of the data of a frame. */
function tightLayout(width: number, height: number): { offset: number; stride: number }[] {
  const chromaWidth = Math.ceil(width / 2)
  const luma = width * height
  const chroma = chromaWidth * Math.ceil(height / 2)
  return [
    { offset: 0, stride: width },
    { offset: luma, stride: chromaWidth },
    { offset: luma + chroma, stride: chromaWidth },
  ]
}

function layoutOf(name: string | null): { readonly format: PlaneFormat; readonly bits: PlaneLayout['bits'] } {
  const [, kind, depth] = /^(I4\d\d|NV\d\d|RGB[AX]|BGR[AX])A?(?:P(10|12|14|16))?$/.exec(name ?? '') ?? []
  if (kind === undefined) {
    throw new UnmaskError('video-codec', `this browser does not let the pixels be read (format ${name ?? 'unknown'})`)
  }
  const plain = kind.toLowerCase()
  return { format: renamed[plain] ?? (plain as PlaneFormat), bits: Number(depth ?? 8) as PlaneLayout['bits'] }
}
