import type { NetworkConfig } from '../../src/network/config.ts'
import type { Random } from '../../src/tensor/random.ts'
import { float32, type Tensor, zeros } from '../../src/tensor/tensor.ts'

/** Clips and labels as the trainer takes them. */
export interface GeneratedBatch {
  readonly clip: Tensor<'float32'>
  readonly labels: Tensor<'float32'>
}

/**
 * Clips in which two blobs, above and below, swing from side to side, seen at moments so far apart that each snippet
 * shows a still. In real clips they move in step: the lower follows the upper by a part of a swing, as a chin follows a
 * nod. In fake ones they are out of step: it moves ahead by as much. Each alone looks the same in both (phase, pace,
 * centre, amplitude, brightness and noise are drawn alike), and so does the set of all places in which they are seen
 * together: only how the two change from snippet to snippet tells.
 */
export function generateBatch(config: NetworkConfig, count: number, random: Random): GeneratedBatch {
  const { snippets, frames, size } = config.input
  const length = snippets * frames
  const clip = zeros('float32', [count, 3, length, size, size])
  const labels = Float32Array.from({ length: count }, (_, i) => i % 2)
  for (let i = 0; i < count; i++) {
    const phase = random.uniform(0, 2 * Math.PI)
    const apart = random.uniform(Math.PI / 3, (2 * Math.PI) / 3) * (labels[i] === 1 ? 1 : -1)
    const pace = random.uniform(0.9, 1.5)
    const blobs = [0, apart].map((offset, place) => {
      const centre = random.uniform(0.4, 0.6)
      const amplitude = random.uniform(0.18, 0.28)
      return {
        row: size * (place === 0 ? 0.25 : 0.75),
        at: (frame: number) => {
          const swing = Math.sin(phase + offset + pace * Math.floor(frame / frames))
          return size * (centre + amplitude * swing)
        },
        radius: size * random.uniform(0.08, 0.12),
        brightness: random.uniform(1, 2),
      }
    })
    const tint = [0, 1, 2].map(() => random.uniform(0.7, 1.3))
    for (let frame = 0; frame < length; frame++) {
      for (let p = 0; p < size * size; p++) {
        const [y, x] = [Math.floor(p / size), p % size]
        let value = random.uniform(-0.2, 0.2)
        for (const blob of blobs) {
          const distance = ((x - blob.at(frame)) ** 2 + (y - blob.row) ** 2) / blob.radius ** 2
          if (distance < 6) value += blob.brightness * Math.exp(-distance)
        }
        tint.forEach((gain, channel) => {
          clip.data[((i * 3 + channel) * length + frame) * size * size + p] = value * gain
        })
      }
    }
  }
  return { clip, labels: float32([count], labels) }
}
