import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { planClips, plannedSpans } from './plan.ts'

const lite = { snippets: 5, frames: 4 }
const paper = { snippets: 5, frames: 20 }

describe('a plan', () => {
  test('of a long video spreads its clips over all of it', () => {
    const { clips } = planClips([{ from: 0, to: 400 }], lite, 25)
    expect(clips.length).toBe(4)
    const middles = clips.map(({ starts }) => (starts[0]! + starts[4]! + 4 / 25) / 2)
    for (const [i, middle] of middles.entries()) expect(middle).toBeCloseTo(50 + 100 * i, 6)
  })

  test('puts the snippets of a clip evenly into its seconds', () => {
    const { clips } = planClips([{ from: 10, to: 14 }], lite, 25)
    expect(clips).toEqual([{ starts: [0, 1, 2, 3, 4].map((i) => 10 + ((4 - 0.16) * i) / 4) }])
  })

  test('of the paper needs 100 frames, whatever the seconds asked for', () => {
    const { clips } = planClips([{ from: 0, to: 100 }], paper, 25, { span: 1, clips: 1 })
    expect(clips[0]!.starts.map((start) => start - clips[0]!.starts[0]!)).toEqual(
      [0, 0.8, 1.6, 2.4, 3.2].map((x) => expect.closeTo(x, 9)),
    )
  })

  test('of a video that is too short has its snippets overlap', () => {
    const { clips } = planClips([{ from: 0, to: 0.2 }], lite, 25)
    expect(clips.length).toBe(1)
    expect(clips[0]!.starts[4]).toBeCloseTo(0.04, 9)
    expect(planClips([{ from: 0, to: 0.04 }], lite, 25).clips).toEqual([{ starts: [0, 0, 0, 0, 0] }])
  })

  test('steps over frames of a faster video', () => {
    expect(planClips([{ from: 0, to: 9 }], lite, 60).rate).toBe(30)
    expect(planClips([{ from: 0, to: 9 }], lite, 15).rate).toBe(15)
    expect(planClips([{ from: 0, to: 9 }], lite, undefined).rate).toBe(30)
  })

  test('holds for any spans: within them, in order, clips half apart, as many as there is room for', () => {
    const random = new Random(5)
    for (let round = 0; round < 500; round += 1) {
      const from = random.uniform() * 100
      const seconds = random.uniform() ** 3 * 1000
      const most = 1 + random.integer(16)
      const { clips, rate, frames } = planClips([{ from, to: from + seconds }], lite, 5 + random.integer(55), {
        clips: most,
      })
      expect(clips.length).toBeGreaterThanOrEqual(1)
      expect(clips.length).toBeLessThanOrEqual(most)
      if (seconds >= most * 4) expect(clips.length).toBe(most)
      for (const [i, { starts }] of clips.entries()) {
        expect(starts.toSorted((a, b) => a - b)).toEqual(starts)
        expect(starts[0]).toBeGreaterThanOrEqual(from - 1e-9)
        expect(starts.at(-1)! + Math.min(frames / rate, seconds)).toBeLessThanOrEqual(from + seconds + 1e-9)
        if (i > 0) expect(starts[0]! - clips[i - 1]!.starts[0]!).toBeGreaterThanOrEqual(2 - 1e-9)
      }
    }
  })

  test('of several faces at once is read in the order of time', () => {
    const plan = planClips(
      [
        { from: 5, to: 9 },
        { from: 0, to: 40 },
      ],
      lite,
      25,
    )
    const firsts = plan.clips.map(({ starts }) => starts[0]!)
    expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
    const spans = plannedSpans(plan)
    for (const [i, span] of spans.entries()) if (i > 0) expect(span.from).toBeGreaterThan(spans[i - 1]!.to)
    const needed = plan.clips.flatMap(({ starts }) => starts)
    for (const start of needed) {
      expect(spans.some(({ from, to }) => from <= start && start + 0.16 <= to + 1e-9)).toBe(true)
    }
  })

  test.each([{ clips: 0 }, { span: -1 }, { rates: 3 }])('refuses %j', (options) => {
    expect(() => planClips([{ from: 0, to: 1 }], lite, 25, options as never)).toThrow(/clip plan: /)
  })
})
