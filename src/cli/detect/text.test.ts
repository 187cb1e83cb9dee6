import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Terminal } from './terminal.ts'
import { clipOf, detectionOf, faceOf } from './testing/detections.ts'
import { detectionLines, legendLines, summaryLine, writtenLine } from './text.ts'

/** As wide as bars of 20 characters need, half a second each. */
const plain: Terminal = { columns: 55, blocks: false, paint: (_, text) => text }
const blocks: Terminal = { ...plain, blocks: true }
const marked: Terminal = { ...plain, paint: (styles, text) => `<${styles.join(' ')}:${text}>` }

const evidence = {
  code: 'evidence',
  message: 'evidence in 2 of 2 clips, strongest at the mouth (48 %)',
  track: 1,
} as const
const forged = faceOf({
  track: 1,
  verdict: 'fake',
  probability: 0.934,
  clips: [clipOf(1, 4, 0.81), clipOf(6, 9, 0.998)],
})
const fake = detectionOf({ verdict: 'fake', probability: 0.934, reasons: [evidence], faces: [forged] })

describe('a file in words', () => {
  test('fake: verdict, when, why', () => {
    expect(detectionLines('talk.mp4', fake, plain)).toEqual([
      'FAKE  93 %  talk.mp4',
      '  #1  0:00 |..888888....999999..| 0:10  93 %  FAKE',
      '  - evidence in 2 of 2 clips, strongest at the mouth (48 %)',
    ])
  })

  test('what is in the name of a file does nothing to the terminal', () => {
    const name = 'talk.mp4\r\u001b[2KREAL  < 1 %\n\u009b2J\u202egpj.mp4'
    const [headline] = detectionLines(name, fake, plain)
    expect(headline).toBe('FAKE  93 %  talk.mp4\ufffd\ufffd[2KREAL  < 1 %\ufffd\ufffd2J\ufffdgpj.mp4')
    expect(writtenLine(name, plain)).not.toMatch(/[\r\n\u009b\u202e]/)
  })

  test('the same in blocks', () => {
    expect(detectionLines('talk.mp4', fake, blocks)[1]).toBe('  #1  0:00 |··▇▇▇▇▇▇····██████··| 0:10  93 %  FAKE')
  })

  test('real and uncertain', () => {
    const face = (verdict: 'real' | 'uncertain', probability: number) =>
      detectionOf({ verdict, probability, faces: [faceOf({ track: 1, verdict, probability })] })
    expect(detectionLines('a', face('real', 0.004), plain).slice(0, 2)).toEqual([
      'REAL  < 1 %  a',
      expect.stringMatching(/^ {2}#1 {2}0:00 \|\.+0+\.+0+\.+\| 0:10 {2}< 1 % {2}REAL$/),
    ])
    expect(detectionLines('a', face('uncertain', 0.5), plain)[0]).toBe('UNCERTAIN  50 %  a')
  })

  test('no face: no probability, no bar', () => {
    const reason = { code: 'no-face', message: 'no face found in 40 frames', track: null } as const
    const nobody = detectionOf({ verdict: 'no-face', probability: null, reasons: [reason] })
    expect(detectionLines('empty.mp4', nobody, plain)).toEqual(['NO FACE  empty.mp4', '  - no face found in 40 frames'])
  })

  test('two faces: each has its time, and reasons say whose they are', () => {
    const other = faceOf({
      track: 12,
      verdict: 'real',
      probability: 0.1,
      startSeconds: 5,
      isMain: false,
      clips: [clipOf(6, 9, 0.1)],
    })
    expect(detectionLines('a', { ...fake, faces: [forged, other] }, { ...plain, columns: 56 }).slice(1)).toEqual([
      '   #1  0:00 |..888888....999999..| 0:10  93 %  FAKE',
      '  #12  0:00 |          ..111111..| 0:10  10 %  in the background',
      '  - #1: evidence in 2 of 2 clips, strongest at the mouth (48 %)',
    ])
  })

  test('a picture has one cell', () => {
    const still = faceOf({
      track: 1,
      verdict: 'uncertain',
      probability: 0.42,
      endSeconds: 0,
      clips: [clipOf(0, 0, 0.42)],
    })
    const detection = detectionOf({ verdict: 'uncertain', probability: 0.42, faces: [still] })
    const basis = { ...detection.basis, video: { ...detection.basis.video, durationSeconds: undefined } }
    expect(detectionLines('a.png', { ...detection, basis }, plain)[1]).toBe('  #1  0:00 |4| 0:00  42 %  UNCERTAIN')
  })

  test('narrow and wide terminals', () => {
    const barOf = (columns: number) => /\|(.*)\|/.exec(detectionLines('a', fake, { ...plain, columns })[1]!)![1]!
    expect([20, 55, 80, 300].map((columns) => barOf(columns).length)).toEqual([10, 20, 45, 60])
  })
})

describe('colours', () => {
  test('of verdicts, and of each piece of time by the operating points', () => {
    const mixed = { ...forged, clips: [clipOf(0, 3, 0.1), clipOf(3, 6, 0.5), clipOf(6, 9, 0.9)] }
    const [headline, bar] = detectionLines('a', { ...fake, faces: [mixed] }, marked)
    expect(headline).toBe('<bold red:FAKE>  <bold:93 %>  a')
    expect(bar).toMatch(/\|<green:1+><yellow:5+><red:9+>\.+\|/)
  })

  test('carry nothing that is not said without them', () => {
    const red = (text: string) => `\x1b[31m${text}\x1b[39m`
    const coloured = detectionLines('a', fake, { ...plain, paint: (_, text) => red(text) })
    expect(coloured.map(stripVTControlCharacters)).toEqual(detectionLines('a', fake, plain))
  })
})

test('what the figures mean', () => {
  expect(legendLines(fake.basis, plain)).toEqual([
    '%: probability that a face was forged; fake from 70 %, real up to 30 %. A score is no proof.',
    'The larger a digit (tenths), the more probable at that time; . not looked at.',
  ])
  const uncalibrated = { ...fake.basis, model: { ...fake.basis.model, calibrated: false } }
  expect(legendLines(uncalibrated, plain)[0]).toBe(
    '%: a score for a face, no probability: the model is not calibrated; fake from 70 %, real up to 30 %. A score is no proof.',
  )
  const largest = { ...fake.basis, faces: { wanted: 'largest', leftOut: 1 } } as const
  expect(legendLines(largest, plain)[0]).toMatch(/^%: probability that the largest face was forged; /)
  expect(legendLines(fake.basis, blocks)[1]).toMatch(/^The higher a bar, .*; · not looked at\.$/)
})

test('a summary counts what there is', () => {
  expect(summaryLine(['fake', 'real', 'fake', 'no-face'], 2)).toBe(
    '6 files: 2 fake, 1 real, 1 without a face, 2 failed',
  )
  expect(summaryLine(['uncertain', 'uncertain'], 0)).toBe('2 files: 2 uncertain')
})
