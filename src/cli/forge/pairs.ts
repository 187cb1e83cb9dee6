import type { AreaName } from '../../face/landmarks/areas.ts'
import { nearestDonor } from '../../forge/donor.ts'
import type { Forger } from '../../forge/forger.ts'
import type { ForgedPair, ForgeryKind } from '../../forge/pair.ts'
import { Random } from '../../tensor/random.ts'
import { startProgress } from '../progress.ts'
import { pairName } from './outputs.ts'
import { writePairVideo, writeStrips } from './pictures.ts'
import { margin, type Source } from './sources.ts'

export interface PairOptions {
  readonly count: number
  readonly size: number
  readonly frames: number
  readonly seed: number
  readonly video: boolean
  readonly kind?: ForgeryKind
  readonly region?: AreaName
}

/** A pair as told in forge.json. */
export interface PairJson {
  readonly source: string
  /** Of the frames it was made of, from the first frame of the video. */
  readonly seconds: readonly number[]
  readonly donor: string | null
  readonly kind: ForgeryKind
  readonly files: readonly string[]
  readonly parameters: ForgedPair['parameters']
}

/** Forges pairs, one of each input in turn, into a folder. @param inputs of each the clips */
export async function writePairs(
  folder: string,
  inputs: readonly (readonly Source[])[],
  forger: Forger,
  options: PairOptions,
  signal: AbortSignal,
): Promise<PairJson[]> {
  const { count, size, frames, seed, video, kind, region } = options
  using progress = startProgress('forging', 'pairs')
  const pairs: PairJson[] = []
  for (let i = 0; i < count; i++) {
    signal.throwIfAborted()
    const clips = inputs[i % inputs.length]!
    const source = clips[Math.floor(i / inputs.length) % clips.length]!
    const random = new Random(seed).fork('pair').fork(i)
    const donor = donorFor(source, inputs)
    const request = {
      ...{ source, margin, size, frames: source.images.length === 1 ? frames : source.images.length },
      ...(donor && { donor }),
      ...(kind && { kind }),
      ...(region && { region }),
    }
    const pair = await forger.pair(request, random)
    const name = pairName(i + 1)
    const files = await writeStrips(folder, name, pair)
    if (video) files.push(...(await writePairVideo(folder, name, pair, forger.recipe.frameRate)))
    const donorPath = pair.kind === 'swap' ? donor!.path : null
    const { path, seconds } = source
    pairs.push({ source: path, seconds, donor: donorPath, kind: pair.kind, files, parameters: pair.parameters })
    progress.update(i + 1, (i + 1) / count)
  }
  return pairs
}

/** Of the faces of other inputs the one that looks most alike; undefined where there is none. */
export function donorFor(source: Source, inputs: readonly (readonly Source[])[]): Source | undefined {
  const others = inputs.flat().filter(({ path }) => path !== source.path)
  return nearestDonor(source.landmarks[0]!, others)
}
