/** Faces and generators for tests without data. */

import type { Device } from '../../../runtime/index.ts'
import { Random } from '../../../tensor/random.ts'
import { madeImage, madeLandmarks } from '../../testing/face.ts'
import type { Generator, Generators } from '../generators.ts'
import type { GeneratorShape } from '../shapes.ts'
import { facePoints } from '../square.ts'
import { trainGenerator } from '../train-generator.ts'
import type { TrainingFace } from '../training-face.ts'

export const madeFaces: readonly TrainingFace[] = Array.from({ length: 8 }, (_, i) => {
  const landmarks = madeLandmarks(96, { angle: (i - 4) / 20 })
  return { image: madeImage(96, landmarks, i), points: facePoints(landmarks), width: 40 + i }
})

export const smallShape: GeneratorShape = {
  ...{ part: 'inner', size: 32, encoder: [8, 12], code: 5, decoder: [16, 12, 8] },
  ...{ upsampling: 'transposed-4', adversary: 0 },
}

/** Trains a shape for so many steps. @returns it, and the distance at each step */
export async function trained(device: Device, shape: GeneratorShape, steps: number, seed = 1, signal?: AbortSignal) {
  const distances: number[] = []
  const generator = await trainGenerator(madeFaces, shape, device, {
    ...{ steps, batch: 4, random: new Random(seed) },
    onStep: (_, distance) => distances.push(distance),
    ...(signal && { signal }),
  })
  return { generator, distances }
}

/** Generators by name. */
export function named(generators: Readonly<Record<string, Generator>>): Generators {
  return { generators: new Map(Object.entries(generators)), data: 'made faces' }
}
