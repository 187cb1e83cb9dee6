/** A cell of which less is masked belongs to the surroundings. */
const rim = 0.3

const sweeps = 14
const overrelaxation = 1.6

/**
 * Differences on a grid, known outside of the mask, stretched over its inside like a membrane (Laplace's equation): the
 * solution of Poisson's equation of "gradients of the copy, colours of the surroundings" (Perez et al. 2003), less the
 * copy. Filled in from coarse to fine first, then relaxed.
 * @param values [rows, columns, 3]; unknown ones are written
 * @param known 1 where a value is known, else 0: [rows, columns]
 */
export function stretchMembrane(values: Float32Array, known: Uint8Array, columns: number, rows: number): void {
  fill(values, known, columns, rows)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let y = 0; y < rows; y++) {
      const up = (y > 0 ? -columns : 0) * 3
      const down = (y < rows - 1 ? columns : 0) * 3
      for (let x = 0; x < columns; x++) {
        if (known[y * columns + x] === 1) continue
        const left = x > 0 ? -3 : 0
        const right = x < columns - 1 ? 3 : 0
        const begin = 3 * (y * columns + x)
        for (let i = begin; i < begin + 3; i++) {
          const mean = (values[i + left]! + values[i + right]! + values[i + up]! + values[i + down]!) / 4
          values[i]! += overrelaxation * (mean - values[i]!)
        }
      }
    }
  }
}

/** Unknown values become those of a grid half as fine, whose values are the means of known ones. */
function fill(values: Float32Array, known: Uint8Array, columns: number, rows: number): void {
  if (known.every((value) => value === 1)) return
  if (columns === 1 && rows === 1) {
    values.fill(0)
    return
  }
  const [halfColumns, halfRows] = [Math.ceil(columns / 2), Math.ceil(rows / 2)]
  const halfValues = new Float32Array(3 * halfColumns * halfRows)
  const counts = new Uint8Array(halfColumns * halfRows)
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = y * columns + x
      if (known[at] === 0) continue
      const half = (y >> 1) * halfColumns + (x >> 1)
      counts[half]! += 1
      for (let i = 0; i < 3; i++) halfValues[3 * half + i]! += values[3 * at + i]!
    }
  }
  const halfKnown = counts.map((count) => Math.min(count, 1))
  for (let i = 0; i < halfValues.length; i++) halfValues[i]! /= Math.max(counts[(i / 3) | 0]!, 1)
  fill(halfValues, halfKnown, halfColumns, halfRows)
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const at = y * columns + x
      const half = (y >> 1) * halfColumns + (x >> 1)
      if (known[at] === 0) for (let i = 0; i < 3; i++) values[3 * at + i] = halfValues[3 * half + i]!
    }
  }
}

/** Which cells belong to the surroundings, by the mean of the mask in each. */
export function isKnown(mean: number): 0 | 1 {
  return mean < rim ? 1 : 0
}
