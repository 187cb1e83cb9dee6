/** What Unmask as a library has in Node only, because it reads and writes files: `unmask/node`. */

export {
  type CropCache,
  type CropCacheOptions,
  type FailedEntry,
  openCropCache,
  type PreparedEntries,
} from './dataset/cache/cache.ts'
export { defaultCacheFolder } from './dataset/cache/folder.ts'
export { type CacheSize, cropCacheSize, trimCropCache } from './dataset/cache/maintenance.ts'
export type { PrepareOptions, PrepareProgress } from './dataset/cache/prepare.ts'
export type { CropSettings } from './dataset/cache/settings.ts'
export { contentHash } from './dataset/content-hash.ts'
export { isManifest, readManifest, writeManifest } from './dataset/manifest/manifest.ts'
export type { DatasetKind, ReadDatasetOptions } from './dataset/options.ts'
export { readData } from './dataset/read-data.ts'
export { readDataset } from './dataset/read-dataset.ts'
export { type Treatment, treated } from './dataset/treatment.ts'
export { openForger } from './forge/forger.ts'
export { type AblateOptions, type Ablation, ablate } from './train/ablate/ablate.ts'
export type { TrainEvent } from './train/events.ts'
export { checkRecipe, type Recipe, type RecipeInput } from './train/recipe.ts'
export { type Override, readRecipe } from './train/recipe-file.ts'
export { type TrainOptions, type TrainResult, train } from './train/train.ts'
