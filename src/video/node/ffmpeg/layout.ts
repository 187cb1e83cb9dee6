import type { PlaneFormat, PlaneLayout } from '../../planes.ts'

/** How the planes of a pixel format lie. */
export interface PixelLayout {
  readonly format: PlaneFormat
  readonly bits: PlaneLayout['bits']
  readonly bigEndian: boolean
}

/** Formats of several depths: at 8 bits they have this name, else the depth is appended. */
const ofAnyDepth: Readonly<Record<string, PlaneFormat>> = {
  ...subsampled('yuv'),
  ...subsampled('yuvj'),
  ...subsampled('yuva'),
  gray: 'grey',
  gbrp: 'gbr',
  gbrap: 'gbr',
}

function subsampled(family: string): Record<string, PlaneFormat> {
  const kinds = ['420', '422', '444', '440', '411', '410'] as const
  return Object.fromEntries(kinds.map((kind) => [`${family}${kind}p`, `i${kind}` as const]))
}

const ofOneDepth: Readonly<Record<string, readonly [PlaneFormat, PlaneLayout['bits']]>> = {
  nv12: ['nv12', 8],
  nv21: ['nv21', 8],
  nv16: ['nv16', 8],
  nv24: ['nv24', 8],
  // Their samples fill the high bits.
  p010: ['nv12', 16],
  p012: ['nv12', 16],
  p016: ['nv12', 16],
  p210: ['nv16', 16],
  p212: ['nv16', 16],
  p216: ['nv16', 16],
  p410: ['nv24', 16],
  p412: ['nv24', 16],
  p416: ['nv24', 16],
  yuyv422: ['yuyv', 8],
  uyvy422: ['uyvy', 8],
  ya8: ['greya', 8],
  ya16: ['greya', 16],
  rgb24: ['rgb', 8],
  bgr24: ['bgr', 8],
  rgb48: ['rgb', 16],
  bgr48: ['bgr', 16],
  rgba: ['rgba', 8],
  bgra: ['bgra', 8],
  argb: ['argb', 8],
  abgr: ['abgr', 8],
  rgb0: ['rgba', 8],
  bgr0: ['bgra', 8],
  '0rgb': ['argb', 8],
  '0bgr': ['abgr', 8],
  rgba64: ['rgba', 16],
  bgra64: ['bgra', 16],
}

/** Formats that `pixelLayout` does not know, and one of the same subsampling and at least the same depth that it does. */
const inPlanes: Readonly<Record<string, string>> = {
  yvyu422: 'yuv422p',
  uyyvyy411: 'yuv411p',
  nv20: 'yuv422p10le',
  y210: 'yuv422p10le',
  y212: 'yuv422p12le',
  y216: 'yuv422p16le',
  grayf16: 'gray16le',
  grayf32: 'gray16le',
}

/** @param name FFmpeg's, e.g. "yuv420p10le" @returns undefined for formats that have to be unpacked first */
export function pixelLayout(name: string): PixelLayout | undefined {
  const [, plain, end] = /^(.+?)(le|be)?$/.exec(name)!
  const bigEndian = end === 'be'
  const known = ofOneDepth[plain!]
  if (known) return { format: known[0], bits: known[1], bigEndian }
  const [, family, depth] = /^(\D+(?:\d{3}p)?)(9|10|12|14|16)?$/.exec(plain!) ?? []
  const format = family === undefined ? undefined : ofAnyDepth[family]
  return format && { format, bits: Number(depth ?? 8) as PlaneLayout['bits'], bigEndian }
}

/** The format into which FFmpeg unpacks one that `pixelLayout` does not know. */
export function unpackedFormat(name: string): string {
  const deep = /1[0-6]|48|64|96|f32/.test(name)
  const rgb = deep ? 'rgba64le' : 'rgba'
  return inPlanes[name.replace(/(le|be)$/, '')] ?? (isRgb(name) ? rgb : 'yuv444p16le')
}

/** Whether the pixels are red, green and blue, or numbers of such colours. */
export function isRgb(name: string): boolean {
  return /rgb|bgr|gbr|pal|mono|bayer|xyz/.test(name)
}
