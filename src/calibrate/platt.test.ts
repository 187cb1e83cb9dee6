import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { fitPlatt, type PlattSample, plattLoss } from './platt.ts'

/** Videos of one to four clips whose margins are those of a model that is `sureness` times too sure and `shift` off. */
function made(random: Random, count: number, sureness: number, shift: number): PlattSample[] {
  return Array.from({ length: count }, (_, i) => {
    const label = i % 3 === 0 ? 'fake' : 'real'
    const of = label === 'fake' ? 1 : -1
    const margins = Array.from({ length: 1 + random.integer(4) }, () => sureness * random.normal(of, 1.5) + shift)
    return { margins, label, group: `${Math.floor(i / 2)}` }
  })
}

describe('fitPlatt', () => {
  test('finds what a search over a grid finds', () => {
    for (const [seed, sureness, shift] of [
      [1, 1, 0],
      [2, 12, 30],
      [3, 0.05, -0.2],
      [4, 3, -5],
    ] as const) {
      const samples = made(new Random(seed), 60, sureness, shift)
      const { scale, offset } = fitPlatt(samples)
      const found = plattLoss(samples, { scale, offset })
      for (let i = -60; i <= 60; i++) {
        for (let j = -60; j <= 60; j++) {
          const other = { scale: scale * 1.1 ** (i / 2), offset: offset + j / 10 }
          expect(plattLoss(samples, other)).toBeGreaterThanOrEqual(found - 1e-12)
        }
      }
      // and so close that no step of a hundredth goes lower
      for (const [across, up] of [
        [0.01, 0],
        [-0.01, 0],
        [0, 0.01],
        [0, -0.01],
      ] as const) {
        expect(plattLoss(samples, { scale: scale * (1 + across), offset: offset + up })).toBeGreaterThan(found)
      }
    }
  })

  test('with one clip a video is logistic regression: the slopes of the log loss are 0', () => {
    const samples = made(new Random(5), 80, 2, 1).map((sample, i) => {
      return { ...sample, margins: sample.margins.slice(0, 1), group: `${i}` }
    })
    const { scale, offset } = fitPlatt(samples)
    const fakes = samples.filter(({ label }) => label === 'fake').length
    const reals = samples.length - fakes
    let [byScale, byOffset] = [0, 0]
    for (const { margins, label } of samples) {
      const p = 1 / (1 + Math.exp(-(scale * margins[0]! + offset)))
      const target = label === 'fake' ? (fakes + 1) / (fakes + 2) : 1 / (reals + 2)
      const weight = 1 / (2 * (label === 'fake' ? fakes : reals))
      byScale += weight * (p - target) * margins[0]!
      byOffset += weight * (p - target)
    }
    expect(byScale).toBeCloseTo(0, 8)
    expect(byOffset).toBeCloseTo(0, 8)
  })

  test('undoes what scale and offset did to the margins', () => {
    const samples = made(new Random(6), 90, 1, 0)
    const plain = fitPlatt(samples)
    const changed = fitPlatt(
      samples.map((sample) => ({ ...sample, margins: sample.margins.map((margin) => 7 * margin - 4) })),
    )
    expect(changed.scale).toBeCloseTo(plain.scale / 7, 6)
    expect(changed.offset).toBeCloseTo(plain.offset + (4 * plain.scale) / 7, 6)
  })

  test('stays finite where classes are apart, and is surer with more videos', () => {
    const apart = (groups: number): PlattSample[] =>
      Array.from({ length: 2 * groups }, (_, i) => {
        return { margins: [i % 2 ? 3 : -3], label: i % 2 ? 'fake' : 'real', group: `${i}` }
      })
    const surety = (groups: number) => {
      const { scale, offset } = fitPlatt(apart(groups))
      return 1 / (1 + Math.exp(-(3 * scale + offset)))
    }
    // All fakes have one margin, so its probability is the target itself.
    expect(surety(10)).toBeCloseTo(11 / 12, 6)
    expect(surety(100)).toBeCloseTo(101 / 102, 6)
  })

  test('views of one video are no new evidence', () => {
    const samples = made(new Random(7), 40, 1, 0)
    const { scale, offset } = fitPlatt(samples)
    const twice = fitPlatt([...samples, ...samples])
    expect(twice.scale).toBeCloseTo(scale, 6)
    expect(twice.offset).toBeCloseTo(offset, 6)
  })

  test('refuses what cannot be calibrated', () => {
    const samples = made(new Random(8), 40, 1, 0)
    const backwards = samples.map((sample) => ({ ...sample, margins: sample.margins.map((margin) => -margin) }))
    expect(() => fitPlatt(backwards)).toThrow('no larger margins')
    expect(() => fitPlatt(samples.filter(({ label }) => label === 'real'))).toThrow('no fake video')
    expect(() => fitPlatt([])).toThrow('no fake video')
  })
})
