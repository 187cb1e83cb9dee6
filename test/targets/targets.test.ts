import { describe, expect, test } from 'vitest'
import { parseTargetsArguments } from '../../bench/targets/arguments.ts'
import { type Figure, holds, shareOf } from '../../bench/targets/figure.ts'
import { targetNames } from '../../bench/targets/goals.ts'
import { pairsInOrder } from '../../bench/targets/pairs.ts'
import { basisLines, noteLines, targetsTable } from '../../bench/targets/table.ts'

const video = (path: string, label: 'real' | 'fake', probability: number) => ({ path, label, probability })

describe('pairsInOrder', () => {
  test('matches by file name, and takes a tie for no success', () => {
    const videos = [
      video('real/dfl/a.mp4', 'real', 0.2),
      video('real/dfl/b.mp4', 'real', 0.5),
      video('real/dfl/c.mp4', 'real', 0.1),
      video('real/dfl/alone.mp4', 'real', 0),
      video('fake/dfl/c.mp4', 'fake', 0.9),
      video('fake/dfl/b.mp4', 'fake', 0.5),
      video('fake/dfl/a.mp4', 'fake', 0.1),
      video('fake/dfl/other.mp4', 'fake', 1),
    ]
    expect(pairsInOrder(videos)).toEqual({ above: 1, pairs: 3 })
    expect(pairsInOrder(videos.slice(0, 4))).toEqual({ above: 0, pairs: 0 })
  })
})

describe('figures', () => {
  test('reach goals from below or from above, ends included', () => {
    expect(holds({ value: 0.8, goal: { least: 0.8 } })).toBe(true)
    expect(holds({ value: 0.79, goal: { least: 0.8 } })).toBe(false)
    expect(holds({ value: 0.05, goal: { most: 0.05 } })).toBe(true)
    expect(holds({ value: 0.06, goal: { most: 0.05 } })).toBe(false)
    expect(holds({ value: null, goal: { least: 0.8 } })).toBeNull()
  })

  test('shares have intervals of some width even at their ends', () => {
    const { value, low, high } = shareOf(0, 17)
    expect([value, low]).toEqual([0, 0])
    expect(high).toBeCloseTo(0.184, 3) // 3.84 / (17 + 3.84)
    expect(shareOf(0, 0)).toEqual({ value: null, low: null, high: null })
  })
})

describe('targetsTable', () => {
  const auc: Figure = {
    ...{ target: 'swaps, AUC', goal: { least: 0.8 }, isShare: false, of: '17 + 17' },
    ...{ value: 0.7512, low: 0.6, high: 0.9 },
  }
  const alarms: Figure = {
    ...{ target: 'real called fake', goal: { most: 0.05 }, isShare: true, of: '53', note: 'one 1 of 53' },
    ...{ value: 1 / 53, low: 0.003, high: 0.099 },
  }

  test('is Markdown, a row for each target', () => {
    const model = { name: 'a.model', figures: [auc, alarms, { ...auc, value: null, low: null, high: null }] }
    expect(targetsTable([model])).toEqual([
      '| target | goal | videos | measured | holds |',
      '| --- | --- | --- | --- | --- |',
      '| swaps, AUC | >= 0.80 | 17 + 17 | 0.751 (0.600 to 0.900) | **no** |',
      '| real called fake | <= 5 % | 53 | 1.9 % (0.3 to 9.9) | yes |',
      '| swaps, AUC | >= 0.80 | 17 + 17 | – | – |',
    ])
    expect(noteLines(model)).toEqual(['- real called fake: one 1 of 53'])
  })

  test('tells what the operating points rest on', () => {
    const calls = { fake: 1, uncertain: 2, real: 5, videos: 4 }
    const basis = {
      ...{ data: ['val'], qualities: ['plain', 'half'], people: 4, allowed: { falseAlarms: 0.03, missedFakes: 0.1 } },
      forging: { recipeHash: 'abc', resynthesis: false, seed: 0 },
      heldOut: {
        real: { ...calls, wrong: { share: 0.125, low: 0.02, high: 0.5 } },
        fake: { ...calls, wrong: { share: 0.625, low: 0.2, high: 0.9 } },
      },
    }
    expect(basisLines({ name: 'a.model', figures: [auc], basis })).toEqual([
      '- operating points chosen on val: 4 people, plain, half, forged; people held out: real called fake 12.5 % (2.0 to 50.0), fakes called real 62.5 % (20.0 to 90.0)',
    ])
    expect(basisLines({ name: 'a.model', figures: [auc] })).toEqual(['- operating points: none of its own'])
  })

  test('has columns for each of several models', () => {
    const better = { ...auc, value: 0.9, low: null, high: null }
    const lines = targetsTable([
      { name: 'a.model', figures: [auc] },
      { name: 'b.model', figures: [better] },
    ])
    expect(lines[0]).toBe('| target | goal | videos | a.model | holds | b.model | holds |')
    expect(lines[2]).toBe('| swaps, AUC | >= 0.80 | 17 + 17 | 0.751 (0.600 to 0.900) | **no** | 0.900 | yes |')
  })
})

describe('parseTargetsArguments', () => {
  test('takes several models and names', () => {
    const given = ['--model', 'a', '--model', 'b', '--only', 'dfl,mouth', '--only', 'timit', '--cache', 'kept']
    const { models, only, cache } = parseTargetsArguments(given)
    expect({ models, only, cache }).toEqual({ models: ['a', 'b'], only: ['dfl', 'mouth', 'timit'], cache: 'kept' })
    expect(parseTargetsArguments(['--model', 'a']).only).toEqual(targetNames)
  })

  test('says what it takes', () => {
    expect(() => parseTargetsArguments([])).toThrow('--model FILE')
    expect(() => parseTargetsArguments(['--model', 'a', '--only', 'dlf'])).toThrow('no target is called dlf')
    expect(() => parseTargetsArguments(['--mode', 'a'])).toThrow("Unknown option '--mode'")
  })
})
