import { describe, expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import type { DataEntry } from '../entry.ts'
import { componentsOf } from './components.ts'
import { checkSplits } from './leaks.ts'
import { splitManifest } from './split.ts'
import { tieKey, tiesOf } from './ties.ts'

/** Made-up people in real videos of a few subsets, and fakes of them. */
function population(random: Random): DataEntry[] {
  const people = 1 + random.integer(80)
  const person = () => `p${random.integer(people)}`
  const entries: DataEntry[] = []
  for (let i = 0; i < 20 + random.integer(200); i++) {
    const subset = `s${random.integer(3)}`
    const real: DataEntry = { path: `/r/${i}`, label: 'real', subset, identities: [person()], split: null }
    entries.push(random.bernoulli(0.2) ? { ...real, identities: [] } : real)
    if (random.bernoulli(0.5)) continue
    const identities = random.bernoulli(0.3) ? [...real.identities, person()] : real.identities
    const source = random.bernoulli(0.8) ? { source: real.path } : {}
    entries.push({
      path: `/f/${i}`,
      label: 'fake',
      subset: `m${random.integer(2)}`,
      identities,
      split: 'test',
      ...source,
    })
  }
  return entries
}

describe('for any people and videos', () => {
  const random = new Random(11)
  const rounds = Array.from({ length: 60 }, (_, round) => ({ round, entries: population(random.fork(round)) }))

  test('components are what is tied together, and nothing else', () => {
    for (const { entries } of rounds.slice(0, 20)) {
      const components = componentsOf(entries)
      expect(components.flat().length).toBe(entries.length)
      const owner = new Map<string, number>()
      for (const [i, component] of components.entries()) {
        for (const tie of component.flatMap((entry) => tiesOf(entry))) {
          expect(owner.get(tieKey(tie)) ?? i).toBe(i)
          owner.set(tieKey(tie), i)
        }
        // From any entry of it every other is reached, going from one to the next that shares something.
        const reached = new Set([component[0]!])
        for (const entry of reached) {
          const ties = new Set(tiesOf(entry).map(tieKey))
          for (const other of component) if (tiesOf(other).some((tie) => ties.has(tieKey(tie)))) reached.add(other)
        }
        expect(reached.size).toBe(component.length)
      }
    }
  })

  test('no component is cut, shares are near what was asked for, in each subset too', () => {
    for (const { round, entries } of rounds) {
      const [validation, test] = [0.1 + (round % 3) / 10, 0.2]
      const divided = splitManifest({ name: 'm', entries }, { validation, test, seed: round })
      checkSplits(divided)
      expect(divided.entries.map(({ split, ...rest }) => rest)).toEqual(entries.map(({ split, ...rest }) => rest))
      const largest = Math.max(...componentsOf(entries).map((component) => component.length))
      for (const [split, share] of Object.entries({ validation, test, train: 1 - validation - test })) {
        const number = divided.entries.filter((entry) => entry.split === split).length
        if (largest < 0.1 * entries.length) {
          expect(Math.abs(number - share * entries.length)).toBeLessThanOrEqual(largest + 3)
        }
      }
    }
  })

  test('the same seed gives the same split, in whatever order; another seed another', () => {
    const { entries } = rounds.find(({ entries }) => componentsOf(entries).length > 20)!
    const split = (order: readonly DataEntry[], seed: number) =>
      new Map(splitManifest({ name: 'm', entries: order }, { seed }).entries.map((entry) => [entry.path, entry.split]))
    expect(split(entries, 1)).toEqual(split(entries, 1))
    expect([...split(entries.toReversed(), 1)].toSorted()).toEqual([...split(entries, 1)].toSorted())
    expect(split(entries, 2)).not.toEqual(split(entries, 1))
  })
})

test('without ties each subset is divided as asked for', () => {
  const entries = ['a', 'b'].flatMap((subset) =>
    (['real', 'fake'] as const).flatMap((label) =>
      Array.from({ length: 100 }, (_, i) => ({
        path: `/${subset}/${label}/${i}`,
        label,
        subset,
        identities: [],
        split: null,
      })),
    ),
  )
  const divided = splitManifest({ name: 'm', entries }, { validation: 0.15, test: 0.05 }).entries
  for (const group of Map.groupBy(divided, ({ label, subset }) => `${label} ${subset}`).values()) {
    const number = (split: string) => group.filter((entry) => entry.split === split).length
    expect({ validation: number('validation'), test: number('test') }).toEqual({ validation: 15, test: 5 })
  }
})

test('the same contents stay together; nothing goes where nothing was asked for', () => {
  const entry = (path: string): DataEntry => ({ path, label: 'real', subset: '', identities: [], split: null })
  const entries = Array.from({ length: 40 }, (_, i) => entry(`/${i}`))
  const hashes = new Map(entries.map(({ path }, i) => [path, `${i % 20}`]))
  const { entries: divided } = splitManifest({ name: 'm', entries }, { validation: 0.5, test: 0 }, hashes)
  for (let i = 0; i < 20; i++) expect(divided[i]!.split).toBe(divided[i + 20]!.split)
  expect(new Set(divided.map(({ split }) => split))).toEqual(new Set(['train', 'validation']))
})

test.each([{ validation: 1.2 }, { validation: 0.6, test: 0.5 }, { sead: 1 }, { seed: -1 }])('refuses %j', (options) => {
  expect(() => splitManifest({ name: 'm', entries: [] }, options as never)).toThrow(/splitManifest: /)
})
