/** Samples along a side of a block. */
export const side = 8

/** cos(k pi / 16) for k of 0 to 7, as literals: `Math.cos` may differ between engines in the last bit. */
const cosines = [
  1,
  0.9807852804032304,
  0.9238795325112867,
  0.8314696123025452,
  Math.SQRT1_2,
  0.5555702330196022,
  0.3826834323650898,
  0.19509032201612825,
]

/**
 * Rows are frequencies: half[4 u + x] = c(u) / 2 cos((2 x + 1) u pi / 16) for the first four x, orthonormal. The other four
 * are those mirrored, negative for odd frequencies, which halves the products.
 */
const half = Float64Array.from({ length: side * 4 }, (_, i) => {
  const [u, x] = [i >> 2, i & 3]
  const turn = ((2 * x + 1) * u) % 32
  const quarter = turn > 16 ? 32 - turn : turn
  const cosine = quarter === 8 ? 0 : quarter < 8 ? cosines[quarter]! : -cosines[16 - quarter]!
  return (u === 0 ? cosines[4]! : 1) * 0.5 * cosine
})

const line = new Float64Array(side)

/** The cosine transform of a block in place (ITU-T T.81, A.3.3). @param block [8, 8], samples less 128 */
export function forward(block: Float64Array): void {
  for (let row = 0; row < 64; row += side) forwardLine(block, row, 1)
  for (let column = 0; column < side; column++) forwardLine(block, column, side)
}

/** Its inverse. */
export function inverse(block: Float64Array): void {
  for (let column = 0; column < side; column++) inverseLine(block, column, side)
  for (let row = 0; row < 64; row += side) inverseLine(block, row, 1)
}

function forwardLine(block: Float64Array, start: number, step: number): void {
  for (let x = 0, at = start, mirrored = start + 7 * step; x < 4; x++, at += step, mirrored -= step) {
    line[x] = block[at]! + block[mirrored]!
    line[4 + x] = block[at]! - block[mirrored]!
  }
  const [a, b, c, d] = [line[0]!, line[1]!, line[2]!, line[3]!]
  const [e, f, g, h] = [line[4]!, line[5]!, line[6]!, line[7]!]
  for (let u = 0, at = start; u < 4 * side; u += 8, at += 2 * step) {
    block[at] = half[u]! * a + half[u + 1]! * b + half[u + 2]! * c + half[u + 3]! * d
    block[at + step] = half[u + 4]! * e + half[u + 5]! * f + half[u + 6]! * g + half[u + 7]! * h
  }
}

function inverseLine(block: Float64Array, start: number, step: number): void {
  for (let u = 0, at = start; u < side; u++, at += step) line[u] = block[at]!
  const [a, b, c, d] = [line[0]!, line[2]!, line[4]!, line[6]!]
  const [e, f, g, h] = [line[1]!, line[3]!, line[5]!, line[7]!]
  for (let x = 0, at = start, mirrored = start + 7 * step; x < 4; x++, at += step, mirrored -= step) {
    const even = half[x]! * a + half[8 + x]! * b + half[16 + x]! * c + half[24 + x]! * d
    const odd = half[4 + x]! * e + half[12 + x]! * f + half[20 + x]! * g + half[28 + x]! * h
    block[at] = even + odd
    block[mirrored] = even - odd
  }
}
