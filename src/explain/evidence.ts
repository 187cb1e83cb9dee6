import type { Heat } from '../detect/result.ts'
import type { Landmarks } from '../face/landmarks/landmarks.ts'
import type { Tensor } from '../tensor/tensor.ts'

/** What is known of a clip of a face when it comes to where the evidence is. */
export interface ClipEvidence {
  /** Grad-CAM for fake of each frame, [T L, H', W'], >= 0. */
  readonly cam: Tensor<'float32'>
  /** Where each head looks in each snippet, [T, N, H', W']; undefined where the model has none. */
  readonly attention: Tensor<'float32'> | undefined
  /** Of each snippet the face's landmarks, in pixels of the crop. */
  readonly landmarks: readonly Landmarks[]
}

/** How much evidence a frame of a clip has in all. */
export function frameEvidence(cam: Tensor<'float32'>, frame: number): number {
  return total(frameHeat(cam, frame).data)
}

/** The map of one frame. */
export function frameHeat({ shape, data }: Tensor<'float32'>, frame: number): Heat {
  const [, height, width] = shape as [number, number, number]
  return { width, height, data: data.slice(frame * height * width, (frame + 1) * height * width) }
}

/** The mean of the maps of a snippet's frames. @param snippets of the clip */
export function snippetHeat({ shape, data }: Tensor<'float32'>, snippet: number, snippets: number): Heat {
  const [all, height, width] = shape as [number, number, number]
  const frames = all / snippets
  const mean = new Float32Array(height * width)
  const first = snippet * frames * mean.length
  for (let i = 0; i < frames * mean.length; i++) mean[i % mean.length]! += data[first + i]! / frames
  return { width, height, data: mean }
}

/** The sum of all values. */
export function total(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}
