import { treated } from '../../dataset/treatment.ts'
import type { Random } from '../../tensor/random.ts'
import type { Frame } from '../../video/frame.ts'
import { MappedVideo } from '../../video/mapped.ts'
import type { Video } from '../../video/video.ts'
import { addBlocks } from './blocks.ts'
import { blur } from './blur.ts'
import { type Perturbation, type PerturbationKind, perturbationName, perturbations } from './kinds.ts'
import { addNoise } from './noise.ts'
import { pixelate } from './pixelation.ts'
import { scaleContrast, scaleSaturation } from './tone.ts'

export interface PerturbedOptions extends Perturbation {
  /** Where blocks and noise come from: forked for each frame by its time, so that it does not matter how it is come to. */
  readonly random: Random
  readonly signal?: AbortSignal
}

/**
 * A video as the robustness protocol has it: whole frames changed, before anyone looks for faces.
 * @param video becomes the result's own: it is closed with it, also where this fails
 * @throws what decoding throws and UnmaskError `video-write`, of `compression` only, which is done here and now
 */
export async function perturbed(video: Video, { kind, level, random, signal }: PerturbedOptions): Promise<Video> {
  const amount = perturbations[kind][level - 1]!
  if (kind === 'compression') {
    await using original = video
    return await treated(original, { recode: amount }, { isolated: false, ...(signal && { signal }) })
  }
  const stream = random.fork(perturbationName({ kind, level }))
  const change = changes[kind]
  return new MappedVideo(video, (frame) => change(frame, amount, stream.fork(Math.round(frame.seconds * 1e6))))
}

const changes: Readonly<
  Record<Exclude<PerturbationKind, 'compression'>, (frame: Frame, amount: number, random: Random) => void>
> = {
  saturation: scaleSaturation,
  contrast: scaleContrast,
  'block-wise': addBlocks,
  noise: addNoise,
  blur,
  pixelation: pixelate,
}
