import { Random } from '../../tensor/random.ts'

/** Normal numbers drawn once; fields of noise are stretches of them, each row from another place. */
const count = 2 ** 16
let normals: Float32Array | undefined

/** Adds noise to bytes, fresh for each, rounded. @param deviation levels */
export function addNoise(data: Uint8ClampedArray, rowLength: number, deviation: number, random: Random): void {
  normals ??= drawn()
  const table = normals
  for (let begin = 0; begin < data.length; begin += rowLength) {
    const end = Math.min(begin + rowLength, data.length)
    const offset = (random.integer(count) - begin) | 0
    for (let i = begin; i < end; i++) {
      data[i] = data[i]! + deviation * table[(i + offset) & (count - 1)]!
    }
  }
}

function drawn(): Float32Array {
  const random = new Random('noise')
  return Float32Array.from({ length: count }, () => random.normal())
}
