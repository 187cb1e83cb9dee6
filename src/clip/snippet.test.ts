import { describe, expect, test } from 'vitest'
import { Snippet } from './snippet.ts'

const at = (seconds: number) => ({ seconds, cuts: [] })
const times = (snippet: Snippet) => snippet.glimpses.map(({ seconds }) => seconds)

function gather(start: number, wanted: number, seconds: readonly number[]): Snippet {
  const snippet = new Snippet(start, wanted)
  for (const time of seconds) snippet.add(at(time))
  return snippet
}

describe('a snippet', () => {
  test('begins with the frame that is shown at its start and takes the next ones', () => {
    const snippet = gather(1.03, 3, [0.92, 0.96, 1, 1.04, 1.08, 1.12])
    expect(times(snippet)).toEqual([1, 1.04, 1.08])
    expect(snippet.closed).toBe(true)
  })

  test('takes a frame that begins at its start', () => {
    expect(times(gather(1, 2, [0.96, 1, 1.04]))).toEqual([1, 1.04])
    expect(times(gather(1.0000001, 2, [0.96, 1.000001, 1.04]))).toEqual([1.000001, 1.04])
  })

  test('of one frame waits for the one after it', () => {
    expect(gather(1, 1, [0.9, 0.95]).closed).toBe(false)
    expect(times(gather(1, 1, [0.9, 0.95, 1.05]))).toEqual([0.95])
  })

  test('begins with the first frame where that is later', () => {
    expect(times(gather(0, 2, [0.5, 0.6, 0.7]))).toEqual([0.5, 0.6])
  })

  test('repeats its last frame when no more come', () => {
    const snippet = gather(1, 4, [1, 1.04])
    snippet.close()
    expect(times(snippet)).toEqual([1, 1.04, 1.04, 1.04])
    expect(snippet.repeated).toBe(2)
    snippet.add(at(1.08))
    expect(times(snippet)).toEqual([1, 1.04, 1.04, 1.04])
  })

  test('lets go of its frames, and stays closed', () => {
    const snippet = gather(1, 1, [0.9, 0.95, 1.05])
    snippet.forget()
    expect(snippet).toMatchObject({ closed: true, glimpses: [] })
  })

  test('without any frame stays empty', () => {
    const snippet = gather(1, 4, [])
    snippet.close()
    expect(snippet).toMatchObject({ closed: true, glimpses: [], repeated: 0 })
  })
})
