import type { DataEntry } from '../../dataset/entry.ts'
import { Random } from '../../tensor/random.ts'
import { openVideo } from '../../video/open.ts'
import type { Video } from '../../video/video.ts'
import type { Perturbation } from '../perturb/kinds.ts'
import { perturbed } from '../perturb/perturbed.ts'
import type { Scoring } from './options.ts'

/**
 * Opens a video as an evaluation looks at it: encoded anew where the protocol says so, then perturbed.
 * @param digest of its content, from which the random numbers of its perturbation come
 * @throws what opening, iterating and encoding throw
 */
export async function openEntry(
  { path }: DataEntry,
  { recode, seed }: Pick<Scoring, 'recode' | 'seed'>,
  { perturbation, digest, signal }: { perturbation?: Perturbation | undefined; digest: string; signal?: AbortSignal },
): Promise<Video> {
  const stop = signal ? { signal } : {}
  let video = await openVideo(path, stop)
  if (recode !== undefined) {
    const { transcoded } = await import('../../video/node/transcode.ts')
    video = await transcoded(video, { crf: recode, ...stop })
  }
  if (!perturbation) return video
  return perturbed(video, { ...perturbation, random: new Random(seed).fork(digest), ...stop })
}
