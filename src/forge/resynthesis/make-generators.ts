import { z } from 'zod'
import { openCropCache } from '../../dataset/cache/cache.ts'
import type { CropSettings } from '../../dataset/cache/settings.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import { UnmaskError } from '../../errors.ts'
import { checkOptions } from '../../options.ts'
import { type DeviceOptions, openDevice, processorKind } from '../../runtime/index.ts'
import { Random } from '../../tensor/random.ts'
import type { Generators } from './generators.ts'
import { generatorSettings, type TrainingProgress, trainGenerators } from './train.ts'
import { generatorCrops, type TrainingFace, trainingFaces } from './training-face.ts'

export const makingSettings = generatorSettings.extend({
  /** Faces to learn from at most; each takes 110 KB of memory at the usual size. */
  faces: z.int().min(1).default(4000),
})

/** How generators are made. */
export type MakingSettings = z.input<typeof makingSettings>

export type MakingProgress =
  | { readonly kind: 'preparing'; readonly done: number; readonly total: number }
  | ({ readonly kind: 'training' } & TrainingProgress)

export interface MakingOptions {
  /** Folder of face crops, see `openCropCache`. */
  readonly cache: string
  /** How faces are cut out, with landmarks, where they are in the cache already; default: `generatorCrops`. */
  readonly crops?: CropSettings
  /** Processes that cut faces out; default: as many as there are cores. */
  readonly workers?: number
  /** Where they are trained; default: on the processor. */
  readonly device?: DeviceOptions
  readonly onProgress?: (progress: MakingProgress) => void
  readonly signal?: AbortSignal
}

/**
 * Trains generators on the authentic faces of a data set.
 * @returns all of them; where the signal comes while they are trained, those that have learnt enough
 * @throws UnmaskError `option-invalid`, `dataset-missing` (no face), `device-missing`, `device-failed`, `file-access`; or,
 *   before training, the signal's reason
 */
export async function makeGenerators(
  entries: readonly DataEntry[],
  settings: MakingSettings,
  options: MakingOptions,
): Promise<Generators> {
  const { faces: most, ...training } = checkOptions(makingSettings, settings, 'generators')
  const real = entries.filter(({ label }) => label === 'real')
  const faces = await facesOf(real, most, training.seed, options)
  if (faces.length === 0) {
    throw new UnmaskError('dataset-missing', `no face was found in ${real.length} authentic videos and pictures`)
  }
  await using device = await openDevice({ device: processorKind(), ...options.device })
  const { onProgress, signal } = options
  return await trainGenerators(faces, `${faces.length} faces of ${real.length} videos and pictures`, training, device, {
    onProgress: (progress) => onProgress?.({ kind: 'training', ...progress }),
    ...(signal && { signal }),
  })
}

async function facesOf(
  real: readonly DataEntry[],
  most: number,
  seed: number,
  { cache: folder, crops = generatorCrops, workers, onProgress, signal }: MakingOptions,
): Promise<TrainingFace[]> {
  await using cache = await openCropCache(folder, crops, workers === undefined ? {} : { workers })
  const { failures } = await cache.prepare(real, {
    onProgress: ({ done, total }) => onProgress?.({ kind: 'preparing', done, total }),
    ...(signal && { signal }),
  })
  const failed = new Set(failures.map(({ entry }) => entry.path))
  const usable = real.filter(({ path }) => !failed.has(path))
  return await trainingFaces(cache, usable, most, new Random(seed).fork('faces'), signal)
}
