import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import type { Track } from './face.ts'
import { type Placed, Stage } from './testing/looks.ts'
import { FaceTracker } from './tracker.ts'

type Script = (seconds: number) => readonly Placed[]

/** Tracks of what happens in so many looks, ten a second. @param scene of each look */
function play(looks: number, script: Script, scene: (seconds: number) => number = () => 0, step = 0.1): Track[] {
  const stage = new Stage(looks)
  const tracker = new FaceTracker()
  for (let i = 0; i < looks; i++) tracker.add(stage.look(i * step, script(i * step), scene(i * step)))
  return tracker.tracks()
}

const middle = ({ box }: { box: Placed | { x: number; width: number } }) => box.x + (box.width ?? 0) / 2
const spans = (tracks: readonly Track[]) =>
  tracks.map(({ startSeconds, endSeconds }) => [Number(startSeconds.toFixed(3)), Number(endSeconds.toFixed(3))])

describe('tracks', () => {
  test('follow a face that trembles and moves', () => {
    const random = new Random(1)
    const shake = () => random.normal(0, 3)
    const tracks = play(100, (t) => [
      {
        person: 1,
        x: 400 + 200 * Math.sin(t) + shake(),
        y: 300 + shake(),
        width: 100 + 20 * Math.sin(t / 2) + shake(),
      },
    ])
    expect(tracks).toHaveLength(1)
    expect(tracks[0]).toMatchObject({ id: 1, startSeconds: 0, quality: { found: 100, looked: 100 } })
  })

  test('since a time are what they have from then on, whoever is gone left out', () => {
    const stage = new Stage(60)
    const [whole, often] = [new FaceTracker(), new FaceTracker()]
    for (let i = 0; i < 60; i++) {
      const seconds = i / 10
      const both = [{ person: 1, x: 200, y: 300 }, ...(seconds < 2 ? [{ person: 2, x: 800, y: 310 }] : [])]
      const look = stage.look(seconds, both, 0)
      for (const tracker of [whole, often]) tracker.add(look)
      for (const from of [seconds - 1, seconds, seconds + 1]) {
        const expected = whole.tracks().flatMap(({ id, frames }) => {
          const recent = frames.filter((frame) => frame.seconds >= from)
          return recent.length > 0 ? [{ id, frames: recent }] : []
        })
        expect(often.since(from)).toEqual(expected)
      }
    }
    expect(often.since(3).map(({ id }) => id)).toEqual([1])
    expect(often.since(0).map(({ id }) => id)).toEqual([1, 2])
  })

  test('keep apart two who cross, one hidden by the other for a moment', () => {
    const tracks = play(40, (t) => {
      const [a, b] = [200 + 150 * t, 800 - 150 * t]
      const both = [
        { person: 1, x: a, y: 300 },
        { person: 2, x: b, y: 310 },
      ]
      return Math.abs(a - b) < 60 ? both.slice(0, 1) : both
    })
    expect(tracks).toHaveLength(2)
    const [left, right] = tracks
    expect(left!.frames).toHaveLength(40)
    for (const frame of left!.frames) expect(middle(frame)).toBeCloseTo(200 + 150 * frame.seconds, 3)
    for (const frame of right!.frames) expect(middle(frame)).toBeCloseTo(800 - 150 * frame.seconds, 3)
  })

  test('go on after an occlusion, with the looks counted in which nothing was found', () => {
    const [track, ...rest] = play(60, (t) => (t > 2 && t < 4 ? [] : [{ person: 1, x: 400 + 10 * t, y: 300 }]))
    expect(rest).toEqual([])
    expect(track!.quality).toMatchObject({ found: 41, looked: 60 })
  })

  test('end where another person is in the same place after a cut, and go on when the shot comes back', () => {
    const other = (t: number) => t >= 2 && t < 4
    for (const scene of [(t: number) => (other(t) ? 1 : 0), () => 0]) {
      const tracks = play(60, (t) => [{ person: other(t) ? 2 : 1, x: other(t) ? 406 : 400, y: 300 }], scene)
      expect(spans(tracks)).toEqual([
        [0, 5.9],
        [2, 3.9],
      ])
      expect(tracks.map(({ frames }) => frames.length)).toEqual([40, 20])
    }
  })

  test('go on over a cut when the same person is in the same place', () => {
    expect(
      play(
        40,
        () => [{ person: 1, x: 400, y: 300 }],
        (t) => (t < 2 ? 0 : 1),
      ),
    ).toHaveLength(1)
  })

  test('begin and end when people come and go', () => {
    const tracks = play(50, (t) => [
      { person: 1, x: 200, y: 300 },
      ...(t >= 1 && t < 3 ? [{ person: 2, x: 500, y: 300 }] : []),
      ...(t >= 2 ? [{ person: 3, x: 800, y: 200, width: 60 }] : []),
    ])
    expect(tracks.map(({ id }) => id)).toEqual([1, 2, 3])
    expect(spans(tracks)).toEqual([
      [0, 4.9],
      [1, 2.9],
      [2, 4.9],
    ])
  })

  test('hold over windows of a few frames seconds apart, with another person as another track', () => {
    const stage = new Stage(3)
    const tracker = new FaceTracker()
    for (let window = 0; window < 8; window++) {
      for (let i = 0; i < 4; i++) {
        const t = 3 * window + 0.04 * i
        const who = [
          { person: 1, x: 300 + 20 * (window % 3), y: 300 },
          { person: 2, x: 700, y: 320 + 8 * window },
        ]
        tracker.add(stage.look(t, window < 4 ? who : who.slice(1)))
      }
    }
    expect(tracker.tracks().map(({ frames }) => frames.length)).toEqual([16, 32])
  })

  test('are not made of what is there for a moment only', () => {
    const flicker = play(40, (t) => [
      { person: 1, x: 200, y: 300 },
      ...(t === 2 ? [{ person: 2, x: 700, y: 300 }] : []),
    ])
    expect(flicker).toHaveLength(1)
    expect(play(1, () => [{ person: 1, x: 200, y: 300 }])).toHaveLength(1)
    expect(
      play(
        3,
        (t) => (t === 4 ? [{ person: 1, x: 200, y: 300 }] : []),
        () => 0,
        4,
      ),
    ).toHaveLength(1)
  })

  test('go on with faces that are too uncertain to begin with', () => {
    expect(play(20, () => [{ person: 1, x: 200, y: 300, score: 0.6 }])).toEqual([])
    const [track] = play(20, (t) => [{ person: 1, x: 200, y: 300, score: t < 0.35 ? 0.9 : 0.6 }])
    expect(track!.frames).toHaveLength(20)
    expect(play(40, (t) => [{ person: 1, x: 200, y: 300, score: t < 0.35 ? 0.9 : 0.6 }])).toEqual([])
  })

  test('say where the next faces are to be expected', () => {
    const stage = new Stage(1)
    const tracker = new FaceTracker()
    for (let i = 0; i < 5; i++) tracker.add(stage.look(0.1 * i, [{ person: 1, x: 200 + 10 * i, y: 300 }]))
    const [box, ...rest] = tracker.expectedAt(0.6)
    expect(rest).toEqual([])
    expect(middle({ box: box! })).toBeCloseTo(260, 6)
    expect(tracker.expectedAt(3)).toEqual([])
  })

  test('of a crowd at random are in order, of faces used once, and the same again', () => {
    const random = new Random(8)
    for (let round = 0; round < 6; round++) {
      const stage = new Stage(round, 20)
      const looks = Array.from({ length: 30 }, (_, i) => {
        const faces = Array.from({ length: random.integer(6) }, () => {
          return {
            person: random.integer(5),
            x: random.uniform(0, 900),
            y: random.uniform(0, 500),
            score: random.uniform(0.5, 1),
          }
        })
        return stage.look(0.1 * i, faces, random.integer(3))
      })
      const run = () => {
        const tracker = new FaceTracker()
        for (const look of looks) tracker.add(look)
        return tracker.tracks()
      }
      const tracks = run()
      expect(run()).toEqual(tracks)
      const used = tracks.flatMap(({ frames }) => frames.map(({ seconds, box }) => `${seconds} ${box.x}`))
      expect(new Set(used).size).toBe(used.length)
      expect(tracks.map(({ id }) => id)).toEqual(tracks.map((_, i) => i + 1))
      for (const [i, { frames, startSeconds, endSeconds, quality }] of tracks.entries()) {
        const times = frames.map(({ seconds }) => seconds)
        expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b))
        expect([times[0], times.at(-1)]).toEqual([startSeconds, endSeconds])
        expect(quality.found).toBe(frames.length)
        expect(quality.looked).toBeGreaterThanOrEqual(frames.length)
        if (i > 0) expect(startSeconds).toBeGreaterThanOrEqual(tracks[i - 1]!.startSeconds)
      }
    }
  })
})
