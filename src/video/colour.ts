import type { Colour } from './frame.ts'

/** Of what is decoded as RGB and kept as I420 (`toI420`): as JPEG has it. */
export const rgbColour: Colour = { matrix: 'bt601', range: 'full', chroma: 'centre' }

/**
 * What to assume of video that does not say: BT.709 for high definition, else BT.601; limited range, chroma as in MPEG-2
 * and H.264. High definition begins at 720 rows, as in Chromium (and CSS Color 4), so that a verdict is of the colours
 * that browsers show; 1280 columns also count (as in mpv), for films whose black bars were cut off.
 */
export function assumedColour(width: number, height: number): Colour {
  return { matrix: width >= 1280 || height >= 720 ? 'bt709' : 'bt601', range: 'limited', chroma: 'left' }
}

/** Shares of red and blue in luma: ITU-R BT.601-7, BT.709-6, BT.2020-2 (non-constant luminance). */
export const lumaShares = {
  bt601: { red: 0.299, blue: 0.114 },
  bt709: { red: 0.2126, blue: 0.0722 },
  bt2020: { red: 0.2627, blue: 0.0593 },
} as const

/**
 * 8-bit YUV to RGB of 0 to 255, with y = luma (Y - black), u = U - 128, v = V - 128:
 * R = y + redV v, G = y + greenU u + greenV v, B = y + blueU u.
 */
export interface Conversion {
  readonly black: number
  readonly luma: number
  readonly redV: number
  readonly greenU: number
  readonly greenV: number
  readonly blueU: number
}

export function conversion({ matrix, range }: Colour): Conversion {
  const { red, blue } = lumaShares[matrix]
  const green = 1 - red - blue
  const chroma = range === 'full' ? 1 : 255 / 224
  return {
    black: range === 'full' ? 0 : 16,
    luma: range === 'full' ? 1 : 255 / 219,
    redV: 2 * (1 - red) * chroma,
    greenU: ((-2 * blue * (1 - blue)) / green) * chroma,
    greenV: ((-2 * red * (1 - red)) / green) * chroma,
    blueU: 2 * (1 - blue) * chroma,
  }
}
