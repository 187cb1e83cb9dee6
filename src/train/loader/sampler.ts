import type { DataEntry } from '../../dataset/entry.ts'
import type { CachedClip } from '../../dataset/face-clip.ts'
import { nearestDonor } from '../../forge/donor.ts'
import type { ForgeRequest, Forger } from '../../forge/forger.ts'
import type { FaceFrames, ForgeryKind } from '../../forge/pair.ts'
import type { NetworkConfig } from '../../network/config.ts'
import type { Random } from '../../tensor/random.ts'
import type { Recipe, Stage } from '../recipe.ts'
import type { SeenPair } from './batch.ts'

/** A source of a recipe, its entries by label; entries without a face are left out. */
export interface Pool {
  readonly weight: number
  readonly real: readonly DataEntry[]
  readonly fake: readonly DataEntry[]
  /** Paths of those that are single pictures. */
  readonly stills: ReadonlySet<string>
}

/** Gives the clips of an entry, at least one. */
export type ClipsOf = (entry: DataEntry) => Promise<readonly CachedClip[]>

/** Draws pairs of a real clip (or frame) and a fake. Everything is decided by the random stream that it is given. */
export class Sampler {
  readonly #pools: readonly Pool[]
  readonly #recipe: Recipe
  readonly #stage: Stage
  readonly #input: NetworkConfig['input']
  readonly #forger: Forger
  readonly #clipsOf: ClipsOf
  readonly #bySource: ReadonlyMap<string, DataEntry>

  constructor(
    pools: readonly Pool[],
    recipe: Recipe,
    stage: Stage,
    input: NetworkConfig['input'],
    forger: Forger,
    clipsOf: ClipsOf,
  ) {
    this.#pools = pools
    this.#recipe = recipe
    this.#stage = stage
    this.#input = input
    this.#forger = forger
    this.#clipsOf = clipsOf
    this.#bySource = new Map(pools.flatMap(({ real }) => real.map((entry) => [entry.path, entry] as const)))
  }

  async pair(random: Random): Promise<SeenPair> {
    const given = this.#pools.some(({ fake }) => fake.length > 0) && random.bernoulli(this.#recipe.data.given)
    return given ? this.#given(random) : this.#forged(random)
  }

  async #forged(random: Random): Promise<SeenPair> {
    const pool = chosen(this.#pools, ({ real, weight }) => (real.length > 0 ? weight : 0), random)
    const entry = pool.real[random.integer(pool.real.length)]!
    const clip = await this.#clip(entry, random)
    const kind = this.#kind(random)
    const donor = kind === 'swap' ? await this.#donor(pool, entry, clip, random) : undefined
    const request = { ...this.#request(clip, random), kind: kind === 'swap' && !donor ? 'self' : kind }
    return this.#forger.pair({ ...request, ...(donor && { donor }) } as ForgeRequest, random.fork('forge'))
  }

  /**
   * A fake as the data has it, beside the same part of the real video that it is from, or another real one of its sort
   * where that is not known.
   */
  async #given(random: Random): Promise<SeenPair> {
    const pool = chosen(this.#pools, ({ fake, weight }) => (fake.length > 0 ? weight : 0), random)
    const entry = pool.fake[random.integer(pool.fake.length)]!
    const other = this.#realLike(entry, pool, random)
    const source = (entry.source !== undefined && this.#bySource.get(entry.source)) || other
    const fake = await this.#clip(entry, random)
    const beside = await this.#clipsOf(source)
    const real = beside.find(({ clip }) => clip === fake.clip) ?? beside[random.integer(beside.length)]!
    // the same streams twice: both are cut, degraded and seen alike
    const seen = (clip: CachedClip) => this.#forger.real(this.#request(clip, random.fork('part')), random.fork('seen'))
    return { real: await seen(real), fake: await seen(fake) }
  }

  /** Pictures are given a motion, and videos are not: one beside the other would differ by more than the forgery. */
  #realLike(entry: DataEntry, pool: Pool, random: Random): DataEntry {
    const all = pool.real.length > 0 ? pool.real : this.#pools.flatMap(({ real }) => real)
    const isStill = ({ path }: DataEntry) => this.#pools.some(({ stills }) => stills.has(path))
    const still = isStill(entry)
    const alike = all.filter((real) => isStill(real) === still)
    const reals = alike.length > 0 ? alike : all
    return reals[random.integer(reals.length)]!
  }

  /** Kinds by the recipe's weights, as far as there are generators. */
  #kind(random: Random): ForgeryKind {
    const weights = this.#recipe.forge.kinds
    const kinds: readonly ForgeryKind[] = ['self', 'swap', 'resynthesis']
    const possible = kinds.filter((kind) => kind !== 'resynthesis' || this.#recipe.generators !== null)
    return chosen(possible, (kind) => weights[kind], random)
  }

  /** Of some people drawn from the same source, the one whose face lies most alike. */
  async #donor(pool: Pool, entry: DataEntry, clip: CachedClip, random: Random): Promise<FaceFrames | undefined> {
    const others = pool.real.filter((other) => other !== entry && !isSamePerson(other, entry))
    if (others.length === 0) return undefined
    const drawn = Array.from({ length: this.#recipe.data.donors }, () => others[random.integer(others.length)]!)
    const candidates: FaceFrames[] = []
    for (const other of drawn) candidates.push(await this.#clip(other, random))
    return nearestDonor(clip.landmarks[0]!, candidates)
  }

  async #clip(entry: DataEntry, random: Random): Promise<CachedClip> {
    const clips = await this.#clipsOf(entry)
    return clips[random.integer(clips.length)]!
  }

  #request(clip: CachedClip, random: Random): Omit<ForgeRequest, 'donor' | 'kind'> {
    const { snippets, frames, size } = this.#input
    const { margin } = this.#recipe.data
    if (this.#stage.sees === 'clips') return { source: clip, margin, size, frames: snippets * frames, snippets }
    const at = random.integer(clip.images.length)
    const source = { images: [clip.images[at]!], landmarks: [clip.landmarks[at]!] }
    return { source, margin, size, frames: 1, snippets: 1 }
  }
}

function isSamePerson({ identities }: DataEntry, other: DataEntry): boolean {
  return identities.some((identity) => other.identities.includes(identity))
}

/** One of several, drawn by weight; one weight at least is not 0. */
function chosen<Item>(items: readonly Item[], weight: (item: Item) => number, random: Random): Item {
  const total = items.reduce((sum, item) => sum + weight(item), 0)
  let left = random.uniform(0, total)
  for (const item of items) {
    left -= weight(item)
    if (left < 0) return item
  }
  return items.findLast((item) => weight(item) > 0)!
}
