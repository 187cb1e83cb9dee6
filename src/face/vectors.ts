/** Contrast, in levels of 0 to 255, below which differences count as noise. */
const noise = 4

/**
 * A unit vector from pixel levels, without what brightness and contrast decide: less the mean of its channel, and scaled.
 * One element more holds the noise, so that two pictures without contrast are alike.
 * @param levels channel after channel, `channels` to a place
 */
export function normalised(levels: Float64Array, channels: number): Float64Array {
  const places = levels.length / channels
  const vector = new Float64Array(levels.length + 1)
  for (let channel = 0; channel < channels; channel++) {
    let mean = 0
    for (let i = channel; i < levels.length; i += channels) mean += levels[i]! / places
    for (let i = channel; i < levels.length; i += channels) vector[i] = levels[i]! - mean
  }
  vector[levels.length] = noise * Math.sqrt(levels.length)
  const length = Math.sqrt(likeness(vector, vector))
  return vector.map((value) => value / length)
}

/** Scalar product: of unit vectors 1 where they are the same. */
export function likeness(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
