import { pick } from '../../forge/draw.ts'
import type { ForgeryKind } from '../../forge/pair.ts'
import type { ForgeryPlan } from '../../forge/plan/plan.ts'
import type { ForgeRecipe } from '../../forge/recipe.ts'
import type { Resynthesiser } from '../../forge/resynthesiser.ts'
import { Twin } from '../../forge/twin.ts'
import { Random } from '../../tensor/random.ts'
import { openVideo } from '../../video/open.ts'
import { twinNames } from './outputs.ts'
import { donorFor, type PairOptions } from './pairs.ts'
import type { Finders, Source } from './sources.ts'
import { writeTwin } from './twin-video.ts'

export interface TwinTools extends Finders {
  readonly resynthesiser: Resynthesiser | undefined
  readonly signal: AbortSignal
}

/** A twin as told in forge.json. */
export interface TwinJson {
  readonly source: string
  readonly donor: string | null
  readonly files: readonly string[]
  readonly frames: number
  /** Frames with a forged face. */
  readonly forged: number
  readonly parameters: ForgeryPlan
}

/** Writes the forged twins of whole videos, and the real ones encoded likewise. */
export async function writeTwins(
  folder: string,
  videos: readonly Source[],
  inputs: readonly (readonly Source[])[],
  recipe: ForgeRecipe,
  options: PairOptions,
  tools: TwinTools,
): Promise<TwinJson[]> {
  const names = twinNames(videos.map(({ path }) => path))
  const twins: TwinJson[] = []
  for (const [i, source] of videos.entries()) {
    const random = new Random(options.seed).fork('twin').fork(i)
    const donor = donorFor(source, inputs)
    const { resynthesiser } = tools
    const kind = options.kind ?? kindOf(recipe, donor, resynthesiser, random.fork('kind'))
    // One picture of the donor: its own movements would not be those of the video.
    const still = donor && { images: donor.images.slice(0, 1), landmarks: donor.landmarks.slice(0, 1) }
    const twin = new Twin(
      recipe,
      {
        kind,
        ...(options.region && { region: options.region }),
        ...(still && { donor: still }),
        ...(resynthesiser && { resynthesiser }),
      },
      random,
    )
    await using video = await openVideo(source.path, { signal: tools.signal })
    const written = await writeTwin(video, folder, names[i]!, twin, tools)
    const donorPath = kind === 'swap' ? donor!.path : null
    twins.push({ source: source.path, donor: donorPath, ...written, parameters: twin.plan })
  }
  return twins
}

function kindOf(
  { kinds }: ForgeRecipe,
  donor: Source | undefined,
  resynthesiser: Resynthesiser | undefined,
  random: Random,
): ForgeryKind {
  const possible = { ...kinds, swap: donor ? kinds.swap : 0, resynthesis: resynthesiser ? kinds.resynthesis : 0 }
  return pick(random, possible) ?? 'self'
}
