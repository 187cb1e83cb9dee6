import { encode } from 'fast-png'
import type { Image } from '../video/image.ts'

/** A picture as a file, without loss. */
export function pngOf({ width, height, data }: Image): Uint8Array<ArrayBuffer> {
  return new Uint8Array(encode({ width, height, data, channels: 3, depth: 8 }, { zlib: { level: 9 } }))
}

/** A picture as an address that holds it: `data:image/png;base64,...`. */
export function pngUrl(image: Image): string {
  return `data:image/png;base64,${btoa(binaryText(pngOf(image)))}`
}

/** Arguments that a call can have in every engine. */
const most = 0x8000

function binaryText(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += most) text += String.fromCharCode(...bytes.subarray(at, at + most))
  return text
}
