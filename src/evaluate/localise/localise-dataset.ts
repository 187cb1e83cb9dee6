import type { DataEntry } from '../../dataset/entry.ts'
import { openScorer } from '../../detect/scorer.ts'
import { UnmaskError } from '../../errors.ts'
import { openFaceDetector } from '../../face/detector.ts'
import { openLandmarker } from '../../face/landmarks/landmarker.ts'
import type { StoredModel } from '../../network/model-file.ts'
import { checkOptions } from '../../options.ts'
import type { DeviceOptions } from '../../runtime/index.ts'
import { type ScoringOptions, scoringOptions } from '../run/options.ts'
import { failedVerdict } from '../run/verdict.ts'
import type { Localisation } from './localisation.ts'
import { localiseEntry } from './localise-entry.ts'
import { type LocalisationOptions, type LocalisedOf, summariseLocalisation } from './summarise-localisation.ts'

export interface LocaliseDatasetOptions extends ScoringOptions, Pick<LocalisationOptions, 'replicates'> {
  readonly model: StoredModel
  /** Where the network runs. */
  readonly device?: DeviceOptions
  /** How a video is called in the results; default: its path. */
  readonly nameOf?: (entry: DataEntry) => string
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: { readonly videos: number; readonly videosPlanned: number }) => void
}

/**
 * Measures on the fakes that have masks whether a model sees its evidence where they were forged.
 * @throws UnmaskError `option-invalid` when no fake has a mask; what opening the model and the devices throws; the
 *   signal's reason
 */
export async function localiseDataset(
  entries: readonly DataEntry[],
  options: LocaliseDatasetOptions,
): Promise<Localisation> {
  const { model, device, nameOf = ({ path }) => path, replicates, signal, onProgress, ...rest } = options
  const scoring = checkOptions(scoringOptions, rest, 'localisation')
  const masked = fakesWithMasks(entries)
  await using scorer = await openScorer(model, { threads: 1, ...device, explain: true })
  await using detector = await openFaceDetector()
  await using landmarker = await openLandmarker()
  const videos: LocalisedOf[] = []
  const failures: Localisation['failures'] = []
  for (const [i, entry] of masked.entries()) {
    const named = { path: nameOf(entry), subset: entry.subset }
    try {
      const found = await localiseEntry(entry, scoring, { scorer, detector, landmarker }, signal)
      if (found) videos.push({ ...named, found })
      else failures.push({ ...named, reason: 'mask-unseen', message: 'no clip of a face shows anything forged' })
    } catch (error) {
      failures.push({ ...named, ...failedVerdict(error, signal) })
    }
    onProgress?.({ videos: i + 1, videosPlanned: masked.length })
  }
  return summariseLocalisation(videos, failures, {
    seed: scoring.seed,
    ...(replicates !== undefined && { replicates }),
  })
}

/** @throws UnmaskError `option-invalid` when there are none */
export function fakesWithMasks(entries: readonly DataEntry[]) {
  const masked = entries.filter(hasMask)
  if (masked.length > 0) return masked
  throw new UnmaskError('option-invalid', 'localisation needs fakes with masks, and none has one')
}

function hasMask(entry: DataEntry): entry is DataEntry & { readonly mask: string } {
  return entry.label === 'fake' && entry.mask !== undefined
}
