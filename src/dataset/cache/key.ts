import { createHash } from 'node:crypto'
import { faceModelHashes } from '../../face/model.ts'
import type { ResolvedCropSettings } from './settings.ts'

/**
 * Of the way from a file to crops: decoding, finding, following, cutting out, and the form in which they are kept. It is
 * raised with every change that changes a crop.
 */
export const preprocessingVersion = 2

/** What crops depend on besides the file, as text. */
export function recipeOf(settings: ResolvedCropSettings): string {
  const { detector, landmarks } = faceModelHashes
  const models = settings.landmarks ? { detector, landmarks } : { detector }
  return JSON.stringify({ version: preprocessingVersion, models, settings })
}

/**
 * Name of an entry's crops in the cache.
 * @param content what the entry holds
 * @param still whether it is taken as a picture: by its name, which the content does not tell
 */
export function cropKey(content: string, still: boolean, recipe: string): string {
  return createHash('sha256')
    .update(JSON.stringify([content, still, recipe]))
    .digest('hex')
}
