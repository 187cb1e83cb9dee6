import { describe, expect, test } from 'vitest'
import { startProgress } from './progress.ts'

/** Shows work of a hundred units that takes so many milliseconds each, and gives what was written. */
function shown(isTTY: boolean, perUnit: number, total: number | undefined, columns = 80): string[] {
  const written: string[] = []
  let time = 5
  const target = { isTTY, columns, write: (text: string) => written.push(text) }
  using progress = startProgress('finding faces', 'frames', target, () => time)
  for (let done = 1; done <= 100; done++) {
    time += perUnit
    progress.update(done, total === undefined ? undefined : done / total)
  }
  return written
}

describe('on a terminal', () => {
  test('one line that changes and goes away', () => {
    const written = shown(true, 50, 100)
    expect(written[0]).toBe('\rfinding faces: 4 %, 4 frames, 20 frames/s, 5 s left\x1b[K')
    expect(written[1]).toBe('\rfinding faces: 6 %, 6 frames, 20 frames/s, 5 s left\x1b[K')
    for (const text of written) expect(text).not.toContain('\n')
  })

  test('never longer than a line', () => {
    for (const text of shown(true, 50, 100, 20)) expect(text.length).toBeLessThan(20 + '\r\x1b[K'.length)
  })
})

test('a line that stays stands above it', () => {
  const written: string[] = []
  let time = 0
  const target = { isTTY: true, columns: 80, write: (text: string) => written.push(text) }
  using progress = startProgress('training', 'steps', target, () => time)
  time = 1000
  progress.update(10, 0.5)
  progress.say('half of it')
  expect(written).toEqual(['\rtraining: 50 %, 10 steps, 10 steps/s, 1 s left\x1b[K', '\rhalf of it\x1b[K\n'])
})

test('what was done before does not count as quick work', () => {
  const written: string[] = []
  let time = 0
  const target = { isTTY: true, columns: 80, write: (text: string) => written.push(text) }
  using progress = startProgress('training', 'steps', target, () => time, 0.8)
  time = 10_000
  progress.update(10, 0.9, 'loss 0.5')
  expect(written).toEqual(['\rtraining: 90 %, 10 steps, 1.0 steps/s, 10 s left (loss 0.5)\x1b[K'])
})

describe('elsewhere', () => {
  test('now and then a line', () => {
    expect(shown(false, 2500, 200)).toEqual([
      'finding faces: 2 %, 4 frames, 0.4 frames/s, 8 min 10 s left\n',
      'finding faces: 8 %, 16 frames, 0.4 frames/s, 7 min 40 s left\n',
      'finding faces: 14 %, 28 frames, 0.4 frames/s, 7 min 10 s left\n',
      'finding faces: 20 %, 40 frames, 0.4 frames/s, 6 min 40 s left\n',
      'finding faces: 26 %, 52 frames, 0.4 frames/s, 6 min 10 s left\n',
      'finding faces: 32 %, 64 frames, 0.4 frames/s, 5 min 40 s left\n',
      'finding faces: 38 %, 76 frames, 0.4 frames/s, 5 min 10 s left\n',
      'finding faces: 44 %, 88 frames, 0.4 frames/s, 4 min 40 s left\n',
      'finding faces: 50 %, 100 frames, 0.4 frames/s, 4 min 10 s left\n',
    ])
  })

  test('of unknown length', () => {
    expect(shown(false, 200, undefined)).toEqual(['finding faces: 50 frames, 5.0 frames/s\n'])
  })

  test('nothing of what is done at once', () => {
    expect(shown(false, 50, 100)).toEqual([])
    expect(shown(true, 1, 100)).toEqual([])
  })
})
