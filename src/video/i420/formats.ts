/** Where the samples of a component lie: in which plane, from which sample of a row, how many samples apart. */
export interface Component {
  readonly plane: number
  readonly first: number
  readonly step: number
}

type Three = readonly [Component, Component, Component]

/**
 * `yuv`: luma and two chroma components, each chroma sample for `columns` x `rows` pixels. `rgb`: red, green, blue.
 * `grey`: luma. `palette`: numbers of entries of the second plane, of four bytes each: blue, green, red, unused.
 */
export type Format =
  | { readonly kind: 'yuv'; readonly columns: 1 | 2 | 4; readonly rows: 1 | 2 | 4; readonly components: Three }
  | { readonly kind: 'rgb'; readonly components: Three }
  | { readonly kind: 'grey' | 'palette'; readonly components: readonly [Component] }

const at = (plane: number, first: number, step: number): Component => ({ plane, first, step })
const packed = (step: number, red: number, green: number, blue: number): Three => [
  at(0, red, step),
  at(0, green, step),
  at(0, blue, step),
]
const yuvPlanes: Three = [at(0, 0, 1), at(1, 0, 1), at(2, 0, 1)]
const uvTogether: Three = [at(0, 0, 1), at(1, 0, 2), at(1, 1, 2)]
const vuTogether: Three = [at(0, 0, 1), at(1, 1, 2), at(1, 0, 2)]

/**
 * Layouts by the names of WebCodecs and fourcc, in lower case; FFmpeg's in brackets where they differ. An alpha
 * component is passed over: the colour is taken as it is stored.
 */
export const formats = {
  /** yuv420p, yuvj420p, yuva420p */
  i420: { kind: 'yuv', columns: 2, rows: 2, components: yuvPlanes },
  /** yuv422p */
  i422: { kind: 'yuv', columns: 2, rows: 1, components: yuvPlanes },
  /** yuv444p */
  i444: { kind: 'yuv', columns: 1, rows: 1, components: yuvPlanes },
  /** yuv440p */
  i440: { kind: 'yuv', columns: 1, rows: 2, components: yuvPlanes },
  /** yuv411p */
  i411: { kind: 'yuv', columns: 4, rows: 1, components: yuvPlanes },
  /** yuv410p */
  i410: { kind: 'yuv', columns: 4, rows: 4, components: yuvPlanes },
  /** p010 and p016 with `bits: 16`, as their samples fill the high bits. */
  nv12: { kind: 'yuv', columns: 2, rows: 2, components: uvTogether },
  nv21: { kind: 'yuv', columns: 2, rows: 2, components: vuTogether },
  /** p210 with `bits: 16` */
  nv16: { kind: 'yuv', columns: 2, rows: 1, components: uvTogether },
  /** p410 with `bits: 16` */
  nv24: { kind: 'yuv', columns: 1, rows: 1, components: uvTogether },
  /** yuyv422 */
  yuyv: { kind: 'yuv', columns: 2, rows: 1, components: [at(0, 0, 2), at(0, 1, 4), at(0, 3, 4)] },
  /** uyvy422 */
  uyvy: { kind: 'yuv', columns: 2, rows: 1, components: [at(0, 1, 2), at(0, 0, 4), at(0, 2, 4)] },
  /** gray */
  grey: { kind: 'grey', components: [at(0, 0, 1)] },
  /** ya8, ya16 */
  greya: { kind: 'grey', components: [at(0, 0, 2)] },
  /** rgb24, rgb48 */
  rgb: { kind: 'rgb', components: packed(3, 0, 1, 2) },
  /** bgr24, bgr48 */
  bgr: { kind: 'rgb', components: packed(3, 2, 1, 0) },
  /** rgba, rgb0, rgba64; WebCodecs' RGBX */
  rgba: { kind: 'rgb', components: packed(4, 0, 1, 2) },
  /** bgra, bgr0, bgra64; WebCodecs' BGRX */
  bgra: { kind: 'rgb', components: packed(4, 2, 1, 0) },
  /** argb, 0rgb */
  argb: { kind: 'rgb', components: packed(4, 1, 2, 3) },
  /** abgr, 0bgr */
  abgr: { kind: 'rgb', components: packed(4, 3, 2, 1) },
  /** gbrp, gbrap: planes of green, blue, red */
  gbr: { kind: 'rgb', components: [at(2, 0, 1), at(0, 0, 1), at(1, 0, 1)] },
  /** pal8 */
  palette: { kind: 'palette', components: [at(0, 0, 1)] },
} as const satisfies Record<string, Format>

export type PlaneFormat = keyof typeof formats
