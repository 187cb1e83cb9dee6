import { stat } from 'node:fs/promises'
import { UnmaskError } from '../errors.ts'
import type { Manifest } from './entry.ts'
import { isManifest, readManifest } from './manifest/manifest.ts'
import type { ReadDatasetOptions } from './options.ts'
import { readDataset } from './read-dataset.ts'

/**
 * Lists a data set from its manifest or from its folder.
 * @param options of `readDataset`; a manifest takes none
 * @throws UnmaskError as `readManifest` and `readDataset`
 */
export async function readData(path: string, options: ReadDatasetOptions = {}): Promise<Manifest> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory()
  if (isFolder || !isManifest(path)) return readDataset(path, options)
  const { kind, ...rest } = options
  const given = Object.entries({ ...rest, ...(kind !== 'auto' && { kind }) }).filter(([, value]) => value !== undefined)
  if (given.length === 0) return readManifest(path)
  throw new UnmaskError(
    'option-invalid',
    `${path}: a manifest takes no options, but ${given.map(([key]) => key).join(', ')} is given`,
  )
}
