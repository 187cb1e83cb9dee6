import { Random } from '../../tensor/random.ts'
import { bootstrap, type Estimate, percentileInterval } from '../metrics/bootstrap.ts'
import type { MapName } from './evidence.ts'
import { places } from './face-regions.ts'
import type { Localisation, LocalisedGroup, LocalisedMap } from './localisation.ts'
import type { LocalisedVideo } from './localise-entry.ts'
import { type Localised, meanLocalised } from './measure-frame.ts'
import { thresholds } from './overlap.ts'

/** A video of a data set with what was found of it. */
export interface LocalisedOf {
  readonly path: string
  readonly subset: string
  readonly found: LocalisedVideo
}

export interface LocalisationOptions {
  readonly seed: number | string
  readonly replicates?: number
}

/** Which of the maps are told, and which of them are chosen once for all videos. */
interface Chosen {
  readonly name: string
  readonly map: MapName
  /** Place in `thresholds`. */
  readonly threshold: number
  readonly head?: number
}

/**
 * Means over videos, each counting once, with intervals; thresholds and the best head are those of all videos.
 */
export function summariseLocalisation(
  videos: readonly LocalisedOf[],
  failures: Localisation['failures'],
  { seed, replicates = 1000 }: LocalisationOptions,
): Localisation {
  const sorted = videos.toSorted((one, other) => (one.path < other.path ? -1 : 1))
  const random = new Random(seed).fork('localisation')
  const chosen = choose(sorted)
  const describe = (group: readonly LocalisedOf[], name: string) =>
    groupOf(group, chosen, { replicates, random: random.fork(name) })
  const names = [...new Set(sorted.map(({ subset }) => subset))].sort()
  return {
    ...describe(sorted, 'all'),
    subsets: Object.fromEntries(
      names.map((name) => [
        name,
        describe(
          sorted.filter(({ subset }) => subset === name),
          `subset ${name}`,
        ),
      ]),
    ),
    places: Object.fromEntries(
      places.map((place) => [
        place,
        {
          forged: mean(sorted, ({ found }) => found.places.get(place)!.forged),
          peaks: mean(sorted, ({ found }) => found.places.get(place)!.peaks),
        },
      ]),
    ),
    failures: failures.toSorted((one, other) => (one.path < other.path ? -1 : 1)),
  }
}

function choose(videos: readonly LocalisedOf[]): Chosen[] {
  const names = [...(videos[0]?.found.maps.keys() ?? [])]
  const heads = names.filter((name) => name.startsWith('head '))
  const of = (map: MapName) => meanLocalised(videos.map(({ found }) => found.maps.get(map)!))
  const told: Omit<Chosen, 'threshold'>[] = names
    .filter((name) => !heads.includes(name))
    .map((map) => ({ name: map, map }))
  if (heads.length > 0) {
    const best = heads.reduce((first, other) => (of(other).pointing > of(first).pointing ? other : first))
    told.push({ name: 'bestHead', map: best, head: heads.indexOf(best) + 1 })
  }
  return told.map((part) => {
    const { overlaps } = of(part.map)
    return { ...part, threshold: overlaps.indexOf(Math.max(...overlaps)) }
  })
}

function groupOf(
  group: readonly LocalisedOf[],
  chosen: readonly Chosen[],
  resampling: { readonly replicates: number; readonly random: Random },
): LocalisedGroup {
  const fields = ['pointing', 'pointingExact', 'overlap'] as const
  const columns = chosen.flatMap(({ map, threshold }) => {
    const videos = group.map(({ found }) => found.maps.get(map)!)
    const of = (field: (typeof fields)[number]) => (one: Localised) =>
      field === 'overlap' ? one.overlaps[threshold]! : one[field]
    return fields.map((field) => videos.map(of(field)))
  })
  const measured = bootstrap(
    [group.map((_, i) => i)],
    (weights) => columns.map((column) => weightedMean(column, weights)),
    resampling,
  ).map((replicated) => rounded(percentileInterval(replicated)))
  const maps = chosen.map(({ name, threshold, head }, i): [string, LocalisedMap] => {
    const [pointing, pointingExact, overlap] = measured.slice(3 * i, 3 * i + 3)
    const at = thresholds[threshold]!
    const told = { pointing: pointing!, pointingExact: pointingExact!, overlap: overlap!, threshold: at }
    return [name, { ...told, ...(head !== undefined && { head }) }]
  })
  return {
    videos: group.length,
    frames: group.reduce((sum, { found }) => sum + found.frames, 0),
    maps: Object.fromEntries(maps),
    chance: {
      pointing: mean(group, ({ found }) => found.chance.pointing),
      pointingExact: mean(group, ({ found }) => found.chance.pointingExact),
      overlap: mean(group, ({ found }) => found.chance.overlap),
    },
  }
}

function weightedMean(values: readonly number[], weights: Float64Array): number {
  let [sum, total] = [0, 0]
  for (const [i, value] of values.entries()) {
    sum += weights[i]! * value
    total += weights[i]!
  }
  return sum / total
}

function mean<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.length === 0 ? 0 : round(items.reduce((sum, item) => sum + of(item), 0) / items.length)
}

function rounded({ value, low, high }: Estimate): LocalisedMap['pointing'] {
  return { value: round(value!), low: low === null ? null : round(low), high: high === null ? null : round(high) }
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
