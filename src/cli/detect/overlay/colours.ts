import type { Verdict } from '../../../detect/result.ts'
import type { Rgb } from '../../../draw/image.ts'

/** Okabe and Ito, "Color Universal Design" (2008): told apart also by colour-blind eyes. */
export const verdictColours: Readonly<Record<Exclude<Verdict, 'no-face'>, Rgb>> = {
  fake: [0xd5, 0x5e, 0x00],
  uncertain: [0xf0, 0xe4, 0x42],
  real: [0x00, 0x9e, 0x73],
}

/** Of faces that no clip showed well enough. */
export const unjudged: Rgb = [0xb4, 0xb8, 0xc0]
