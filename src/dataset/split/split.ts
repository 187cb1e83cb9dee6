import { z } from 'zod'
import { checkOptions } from '../../options.ts'
import { Random } from '../../tensor/random.ts'
import type { DataEntry, Manifest } from '../entry.ts'
import { type Component, componentsOf } from './components.ts'

const share = z.number().min(0).max(1)

const splitOptions = z
  .strictObject({
    /** Shares of the entries; what is left is for training. */
    validation: share.default(0.1),
    test: share.default(0.1),
    seed: z.union([z.int().min(0), z.string()]).default(0),
  })
  .refine(({ validation, test }) => validation + test <= 1, 'validation and test are more than all there is')

export type SplitOptions = z.input<typeof splitOptions>

/**
 * Gives every entry a split, whatever it had. Entries that share a person, a file or the real video behind them, directly
 * or by others, stay together; each subset, real and fake apart, is divided in the given shares as far as that leaves it.
 * The same for the same seed and entries, whatever their order.
 * @param hashes of contents by path: entries that hold the same stay together too
 * @throws UnmaskError `option-invalid`
 */
export function splitManifest(
  manifest: Manifest,
  options: SplitOptions = {},
  hashes?: ReadonlyMap<string, string>,
): Manifest {
  const { validation, test, seed } = checkOptions(splitOptions, options, 'splitManifest')
  const inOrder = manifest.entries.toSorted((one, other) => (one.path < other.path ? -1 : 1))
  const components = shuffled(componentsOf(inOrder, hashes), new Random(seed).fork('split'))
  // The largest first: small ones then even out what those left.
  components.sort((one, other) => other.length - one.length)
  const shares = { train: 1 - validation - test, validation, test }
  const allotment = new Allotment(manifest.entries, shares)
  const split = new Map(
    components.flatMap((component) => {
      const side = allotment.place(component)
      return component.map((entry) => [entry, side] as const)
    }),
  )
  return { ...manifest, entries: manifest.entries.map((entry) => ({ ...entry, split: split.get(entry)! })) }
}

type Side = NonNullable<DataEntry['split']>

/** What each side has of each subset, and how much it is to have. */
class Allotment {
  readonly #shares: readonly (readonly [Side, number])[]
  readonly #totals: ReadonlyMap<string, number>
  readonly #have = new Map<string, number>()

  constructor(entries: readonly DataEntry[], shares: Readonly<Record<Side, number>>) {
    this.#shares = (Object.entries(shares) as [Side, number][]).filter(([, part]) => part > 0)
    this.#totals = count(entries)
  }

  /** Puts entries on the side that most lacks such. */
  place(component: Component): Side {
    const strata = count(component)
    const [best] = this.#shares
      .map(([side, part]) => ({ side, part, lack: this.#lack(side, part, strata) }))
      .toSorted((one, other) => other.lack - one.lack || other.part - one.part)
    for (const [stratum, number] of strata) {
      const key = `${best!.side} ${stratum}`
      this.#have.set(key, (this.#have.get(key) ?? 0) + number)
    }
    return best!.side
  }

  /** How far a side is from its shares of these subsets, over what it is to have of them: 1 when it has nothing yet. */
  #lack(side: Side, part: number, strata: ReadonlyMap<string, number>): number {
    let lack = 0
    let weights = 0
    for (const [stratum, number] of strata) {
      const wanted = part * this.#totals.get(stratum)!
      const missing = wanted - (this.#have.get(`${side} ${stratum}`) ?? 0)
      // Half of what comes now may be too much.
      lack += number * ((missing - number / 2) / wanted)
      weights += number
    }
    return lack / weights
  }
}

/** How many entries there are of each subset and label. */
function count(entries: readonly DataEntry[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { label, subset } of entries) counts.set(`${label} ${subset}`, (counts.get(`${label} ${subset}`) ?? 0) + 1)
  return counts
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items]
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}
