import { clipTensor } from '../../clip/tensor.ts'
import type { NetworkConfig } from '../../network/config.ts'
import type { Batch } from '../../network/trainer.ts'
import { float32, type Tensor, tensor } from '../../tensor/tensor.ts'
import type { Image } from '../../video/image.ts'

/** A real clip and its fake, as a network sees them; without masks where nothing is known of where it was forged. */
export interface SeenPair {
  readonly real: readonly Image[]
  readonly fake: readonly Image[]
  readonly masks?: readonly Uint8Array[]
}

export interface ClassWeights {
  readonly real: number
  readonly fake: number
}

export interface BatchLayout {
  readonly config: NetworkConfig
  /** Height and width of the feature maps: `featureSize`. */
  readonly cells: { readonly height: number; readonly width: number }
  readonly classWeights: ClassWeights
}

/** Puts pairs together as the trainer takes them: real, fake, real, fake, ... */
export function batchOf(pairs: readonly SeenPair[], { config, cells, classWeights }: BatchLayout): Batch {
  const clips = pairs.flatMap(({ real, fake }) => [clipTensor(real, config.input), clipTensor(fake, config.input)])
  const alternating = (real: number, fake: number) => {
    return float32(
      [clips.length],
      clips.map((_, i) => (i % 2 === 0 ? real : fake)),
    )
  }
  return {
    clip: joined(clips),
    labels: alternating(0, 1),
    weights: alternating(classWeights.real, classWeights.fake),
    ...(config.loss.mask > 0 && { area: areaOf(pairs, config.input.size, cells) }),
  }
}

/** [1, ...] each -> [B, ...] */
function joined(clips: readonly Tensor<'float32'>[]): Tensor<'float32'> {
  const [first] = clips as [Tensor<'float32'>]
  const size = first.data.length
  const data = new Float32Array(clips.length * size)
  for (const [i, clip] of clips.entries()) data.set(clip.data, i * size)
  return tensor('float32', [clips.length, ...first.shape.slice(1)], data)
}

/**
 * The forged share of each cell of the feature maps, [B, frames, H', W']; -1 for fakes of which no mask is known.
 */
function areaOf(pairs: readonly SeenPair[], size: number, { height, width }: BatchLayout['cells']): Tensor<'float32'> {
  const frames = pairs[0]!.real.length
  const cells = height * width
  const data = new Float32Array(2 * pairs.length * frames * cells)
  for (const [i, { masks }] of pairs.entries()) {
    const fake = data.subarray((2 * i + 1) * frames * cells, (2 * i + 2) * frames * cells)
    if (masks === undefined) fake.fill(-1)
    for (const [t, mask] of masks?.entries() ?? []) {
      addShares(fake.subarray(t * cells, (t + 1) * cells), mask, size, { height, width })
    }
  }
  return tensor('float32', [2 * pairs.length, frames, height, width], data)
}

/** Adds up each pixel in the cell that holds it. */
function addShares(
  cells: Float32Array,
  mask: Uint8Array,
  size: number,
  grid: { readonly height: number; readonly width: number },
): void {
  const scale = (grid.height * grid.width) / (255 * size * size)
  for (let y = 0; y < size; y++) {
    const row = Math.floor((y * grid.height) / size) * grid.width
    for (let x = 0; x < size; x++) {
      const cell = row + Math.floor((x * grid.width) / size)
      cells[cell] = cells[cell]! + mask[y * size + x]! * scale
    }
  }
}
