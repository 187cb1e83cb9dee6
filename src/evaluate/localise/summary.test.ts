import { describe, expect, test } from 'vitest'
import { places } from './face-regions.ts'
import { localisationSchema } from './localisation.ts'
import { thresholds } from './overlap.ts'
import { type LocalisedOf, summariseLocalisation } from './summarise-localisation.ts'

/** @param best of the thresholds, at which the overlap is 0.5 and elsewhere 0.1 */
const map = (pointing: number, best: number) => {
  return { pointing, pointingExact: pointing / 2, overlaps: thresholds.map((_, i) => (i === best ? 0.5 : 0.1)) }
}

function video(name: string, subset: string, pointing: number): LocalisedOf {
  return {
    path: name,
    subset,
    found: {
      frames: 20,
      maps: new Map([
        ['cam', map(pointing, 3)],
        ['attention', map(0.25, 5)],
        ['head 1', map(0.1, 0)],
        ['head 2', map(1 - pointing, 1)],
        ['head 3', map(0.2, 2)],
      ]),
      chance: { pointing: 0.4, pointingExact: 0.2, overlap: 0.1 },
      places: new Map(places.map((place) => [place, { forged: Number(place === 'mouth'), peaks: pointing / 2 }])),
    },
  }
}

const videos = [video('c', 'lips', 0.5), video('a', 'swap', 0), video('b', 'swap', 0.25)]

describe('the localisation of a data set', () => {
  const summary = summariseLocalisation(videos, [], { seed: 1, replicates: 200 })

  test('is the mean over its videos, each counting once', () => {
    expect(summary).toMatchObject({
      videos: 3,
      frames: 60,
      chance: { pointing: 0.4, pointingExact: 0.2, overlap: 0.1 },
    })
    expect(summary.maps.cam!.pointing).toMatchObject({ value: 0.25 })
    expect(summary.maps.cam!.pointingExact).toMatchObject({ value: 0.125 })
    expect(summary.places.mouth).toEqual({ forged: 1, peaks: 0.125 })
    expect(summary.places.chin).toEqual({ forged: 0, peaks: 0.125 })
  })

  test('has the threshold and the head that are best for all videos', () => {
    expect(summary.maps.cam).toMatchObject({ threshold: 4 / 16, overlap: { value: 0.5 } })
    expect(summary.maps.bestHead).toMatchObject({ head: 2, threshold: 2 / 16, pointing: { value: 0.75 } })
    expect(Object.keys(summary.maps)).toEqual(['cam', 'attention', 'bestHead'])
    expect(summary.subsets.lips!.maps.bestHead).toMatchObject({ head: 2, threshold: 2 / 16, pointing: { value: 0.5 } })
  })

  test('has intervals around its means, of one video none', () => {
    const { low, high } = summary.maps.cam!.pointing
    expect(low).toBeGreaterThanOrEqual(0)
    expect(low).toBeLessThan(0.25)
    expect(high).toBeGreaterThan(0.25)
    expect(summary.subsets.lips!.maps.cam!.pointing).toEqual({ value: 0.5, low: null, high: null })
  })

  test('does not depend on the order of the videos, and is what the schema says', () => {
    expect(summariseLocalisation(videos.toReversed(), [], { seed: 1, replicates: 200 })).toEqual(summary)
    expect(localisationSchema.parse(summary)).toEqual(summary)
  })

  test('may be of no video at all', () => {
    const failures = [{ path: 'a', subset: '', reason: 'mask-unseen', message: 'nothing' }]
    const empty = summariseLocalisation([], failures, { seed: 0 })
    expect(localisationSchema.parse(empty)).toMatchObject({ videos: 0, maps: {}, failures })
  })
})
