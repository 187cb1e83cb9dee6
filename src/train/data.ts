import type { CropSettings } from '../dataset/cache/settings.ts'
import type { DataEntry } from '../dataset/entry.ts'
import { readData } from '../dataset/read-data.ts'
import { isOneOf } from '../dataset/subset-patterns.ts'
import { UnmaskError } from '../errors.ts'
import type { NetworkConfig } from '../network/config.ts'
import type { Recipe, Source, ValidationSet } from './recipe.ts'

/**
 * The entries of a source that its filters leave.
 * @throws UnmaskError `dataset-missing` where a filter leaves nothing, `dataset-layout`, `manifest-format`, `option-invalid`
 */
export async function entriesOf({ path, kind, label, split, subsets }: Source | ValidationSet): Promise<DataEntry[]> {
  const { entries } = await readData(path, { kind, ...(label && { label }) })
  const ofSplit = entries.filter((entry) => split === null || entry.split === split)
  if (ofSplit.length === 0)
    throw new UnmaskError('dataset-missing', `${path}: nothing in it is of the split "${split}"`)
  if (subsets === null) return ofSplit
  const there = [...new Set(ofSplit.map(({ subset }) => subset))]
  const missing = subsets.find((pattern) => !there.some((subset) => isOneOf(subset, [pattern])))
  if (missing !== undefined || subsets.length === 0) {
    const what = missing === undefined ? 'no subset is asked for' : `nothing in it is of the subset "${missing}"`
    throw new UnmaskError('dataset-missing', `${path}: ${what}; there are ${there.join(', ')}`)
  }
  return ofSplit.filter(({ subset }) => isOneOf(subset, subsets))
}

/** How faces are cut out for training: of the main face, with room around what the network is shown. */
export function trainingCrops({ data }: Recipe, { input }: NetworkConfig): CropSettings {
  const { snippets, frames } = input
  const { clips, span, crop, margin } = data
  return { layout: { snippets, frames }, clips, span, rate: 30, size: crop, margin, landmarks: true, faces: 'largest' }
}

/** How faces are cut out to be measured: as a detection does it. */
export function validationCrops(
  { validation }: Recipe,
  { input }: NetworkConfig,
  { treatment: { frames, recode } }: ValidationSet,
): CropSettings {
  const treatment = { ...(frames !== null && { frames }), ...(recode !== null && { recode }) }
  return {
    layout: { snippets: input.snippets, frames: input.frames },
    clips: validation.clips,
    span: 4,
    rate: 30,
    size: input.size,
    margin: 1,
    landmarks: false,
    faces: 'all',
    ...(Object.keys(treatment).length > 0 && { treatment }),
  }
}
