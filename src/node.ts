/** What Unmask as a library has in Node only, because it reads and writes files: `unmask/node`. */

export { type CropCache, type CropCacheOptions, type FailedEntry, openCropCache } from './dataset/cache/cache.ts'
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
