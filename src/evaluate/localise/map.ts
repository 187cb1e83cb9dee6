import type { Size } from '../../video/image.ts'

/** How much evidence is where in a square crop, [height, width], row after row; what is below 0 counts as 0. */
export interface EvidenceMap extends Size {
  readonly values: Float32Array
}

/** A cell of a map. */
export interface Cell {
  readonly column: number
  readonly row: number
}

/** The cell with the most evidence, of several the first; undefined where there is none. */
export function peakOf({ width, values }: EvidenceMap): Cell | undefined {
  let best = -1
  for (let i = 0; i < values.length; i++) if (values[i]! > Math.max(0, values[best] ?? 0)) best = i
  return best < 0 ? undefined : { column: best % width, row: Math.floor(best / width) }
}

/** The map at another size, bilinear between the middles of its cells, over its largest value: 0 to 1. */
export function stretched({ width, height, values }: EvidenceMap, size: Size): Float32Array {
  const most = values.reduce((largest, value) => Math.max(largest, value), 0)
  const result = new Float32Array(size.width * size.height)
  if (most === 0) return result
  const across = Array.from({ length: size.width }, (_, x) => place(x, size.width, width))
  for (let y = 0; y < size.height; y++) {
    const down = place(y, size.height, height)
    for (let x = 0; x < size.width; x++) {
      const { first, second, share } = across[x]!
      const line = (row: number) => {
        const left = Math.max(values[row * width + first]!, 0)
        return left + share * (Math.max(values[row * width + second]!, 0) - left)
      }
      const above = line(down.first)
      result[y * size.width + x] = (above + down.share * (line(down.second) - above)) / most
    }
  }
  return result
}

/** The two cells that the middle of a pixel lies between, and how far it is from the first to the second. */
function place(pixel: number, pixels: number, cells: number) {
  const at = Math.min(Math.max(((pixel + 0.5) * cells) / pixels - 0.5, 0), cells - 1)
  const first = Math.floor(at)
  return { first, second: Math.min(first + 1, cells - 1), share: at - first }
}
