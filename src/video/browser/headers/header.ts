import type { Colour } from '../../frame.ts'

/** What the header of a coded sequence says of its pixels; undefined where it does not. */
export interface SequenceHeader {
  /** Matrix coefficients by the number that ITU-T H.273 gives them; 2 (unspecified) is undefined. */
  readonly matrix?: number | undefined
  readonly range?: Colour['range'] | undefined
  readonly chroma?: Colour['chroma'] | undefined
  readonly pixelAspect?: number | undefined
}

/** 2 is how H.273 writes that it is not said. */
export function specified(code: number): number | undefined {
  return code === 2 ? undefined : code
}
