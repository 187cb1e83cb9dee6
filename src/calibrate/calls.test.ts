import { describe, expect, test } from 'vitest'
import { wilsonInterval } from '../evaluate/metrics/wilson.ts'
import { callsOf, judge } from './calls.ts'

const video = (path: string, label: 'real' | 'fake', quality: string) => ({ path, label, quality })

describe('callsOf', () => {
  const videos = [
    video('a', 'real', 'plain'),
    video('b', 'real', 'plain'),
    video('c', 'fake', 'plain'),
    video('a', 'real', 'half'),
    video('b', 'real', 'half'),
    video('c', 'fake', 'half'),
  ]
  const judged = judge(videos, [0.1, 0.6, 0.8, 0.4, 0.9, 0.2], { fakeFrom: 0.6, realUpTo: 0.3 })

  test('counts every quality, but is as sure as so many videos', () => {
    const { all, byQuality } = callsOf(judged)
    expect(all).toEqual({
      real: { fake: 2, uncertain: 1, real: 1, videos: 2, wrong: { share: 0.5, ...wilsonInterval(0.5, 2) } },
      fake: { fake: 1, uncertain: 0, real: 1, videos: 1, wrong: { share: 0.5, ...wilsonInterval(0.5, 1) } },
    })
    expect(Object.keys(byQuality)).toEqual(['plain', 'half'])
    expect(byQuality.plain!.real).toMatchObject({ fake: 1, uncertain: 0, real: 1, wrong: { share: 0.5 } })
    expect(byQuality.half!.fake).toMatchObject({ fake: 0, uncertain: 0, real: 1, wrong: { share: 1 } })
  })

  test('says nothing of a class that is not there', () => {
    const { real } = callsOf(judged.filter(({ label }) => label === 'fake')).all
    expect(real).toEqual({ fake: 0, uncertain: 0, real: 0, videos: 0, wrong: { share: 0, low: 0, high: 1 } })
  })
})
