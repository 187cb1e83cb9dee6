import type { DataEntry } from '../../dataset/entry.ts'
import { treated } from '../../dataset/treatment.ts'
import { Random } from '../../tensor/random.ts'
import { openVideo } from '../../video/open.ts'
import type { Video } from '../../video/video.ts'
import type { Perturbation } from '../perturb/kinds.ts'
import { perturbed } from '../perturb/perturbed.ts'
import type { Scoring } from './options.ts'

export interface OpenEntryOptions {
  readonly perturbation?: Perturbation | undefined
  /** Hash of what the file holds, from which the random numbers of its perturbation come. */
  readonly content: string
  readonly signal?: AbortSignal
}

/**
 * Opens a video as an evaluation looks at it: treated as the protocol says, then perturbed.
 * @throws what opening, decoding and encoding throw
 */
export async function openEntry(
  { path }: DataEntry,
  { treatment, seed }: Pick<Scoring, 'treatment' | 'seed'>,
  { perturbation, content, signal }: OpenEntryOptions,
): Promise<Video> {
  const stop = signal ? { signal } : {}
  const opened = await openVideo(path, { threads: 1, ...stop })
  const video = treatment ? await treatedInstead(opened, treatment, stop) : opened
  if (!perturbation) return video
  return perturbed(video, { ...perturbation, random: new Random(seed).fork(content), ...stop })
}

async function treatedInstead(
  original: Video,
  treatment: NonNullable<Scoring['treatment']>,
  stop: { readonly signal?: AbortSignal },
): Promise<Video> {
  await using video = original
  return await treated(video, treatment, { isolated: false, ...stop })
}
