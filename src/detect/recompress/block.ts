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

/** Rows are frequencies: basis[8 u + x] = c(u) / 2 cos((2 x + 1) u pi / 16), orthonormal. */
const basis = Float64Array.from({ length: side * side }, (_, i) => {
  const [u, x] = [Math.floor(i / side), i % side]
  const turn = ((2 * x + 1) * u) % 32
  const quarter = turn > 16 ? 32 - turn : turn
  const cosine = quarter === 8 ? 0 : quarter < 8 ? cosines[quarter]! : -cosines[16 - quarter]!
  return (u === 0 ? cosines[4]! : 1) * 0.5 * cosine
})

const transposed = basis.map((_, i) => basis[(i % side) * side + Math.floor(i / side)]!)
const rows = new Float64Array(side * side)

/** The cosine transform of a block in place (ITU-T T.81, A.3.3). @param block [8, 8], samples less 128 */
export function forward(block: Float64Array): void {
  product(basis, block, rows)
  product(rows, transposed, block)
}

/** Its inverse. */
export function inverse(block: Float64Array): void {
  product(transposed, block, rows)
  product(rows, basis, block)
}

/** a b of [8, 8] matrices. */
function product(a: Float64Array, b: Float64Array, into: Float64Array): void {
  for (let row = 0; row < side * side; row += side) {
    for (let column = 0; column < side; column++) {
      let sum = 0
      for (let k = 0; k < side; k++) sum += a[row + k]! * b[side * k + column]!
      into[row + column] = sum
    }
  }
}
