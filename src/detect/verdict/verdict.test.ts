import { describe, expect, test } from 'vitest'
import type { RegionShares } from '../result.ts'
import { faceVerdict } from './face-verdict.ts'
import type { FaceFindings } from './findings.ts'
import { videoVerdict } from './video-verdict.ts'

const points = { fakeFrom: 0.7, realUpTo: 0.4 }

const regions: RegionShares = {
  forehead: 0.1,
  eyes: 0.1,
  nose: 0.1,
  cheeks: 0.12,
  mouth: 0.48,
  chin: 0.05,
  elsewhere: 0.05,
}

/** A face against which nothing speaks, all of whose clips are equal. */
function face(probability: number, other: Partial<FaceFindings> = {}): FaceFindings {
  return {
    track: 1,
    width: 150,
    probability,
    recompressed: probability,
    clips: Array(5).fill(probability),
    frames: 100,
    framesOfClip: 20,
    regions,
    ...other,
  }
}

/** As `face`, with its mean. */
function faceOf(...clips: number[]): FaceFindings {
  return face(clips.reduce((sum, clip) => sum + clip, 0) / clips.length, { clips })
}

const said = (findings: FaceFindings) => {
  const { verdict, reasons } = faceVerdict(findings, points)
  return [verdict, ...reasons.map(({ code }) => code)]
}

describe('the verdict about a face', () => {
  test('is that of its score', () => {
    expect(said(face(0.7))).toEqual(['fake', 'evidence'])
    expect(said(face(0.69))).toEqual(['uncertain', 'between'])
    expect(said(face(0.41))).toEqual(['uncertain', 'between'])
    expect(said(face(0.4))).toEqual(['real', 'no-evidence'])
  })

  test('says what it is, with numbers, of which face', () => {
    const [reason] = faceVerdict(faceOf(0.9, 0.8, 0.9, 0.65, 0.66), points).reasons
    expect(reason).toEqual({
      code: 'evidence',
      message: 'evidence in 3 of 5 clips, strongest at the mouth (48 %)',
      track: 1,
    })
    const elsewhere = face(0.9, { regions: { ...regions, mouth: 0, elsewhere: 0.53 }, clips: [0.9] })
    expect(faceVerdict(elsewhere, points).reasons[0]!.message).toBe(
      'evidence in 1 of 1 clip, strongest outside the face (53 %)',
    )
    expect(faceVerdict(face(0.9, { regions: null }), points).reasons[0]!.message).toBe('evidence in 5 of 5 clips')
    expect(faceVerdict(face(0.1), points).reasons[0]!.message).toBe('no evidence in 5 clips')
    expect(faceVerdict(faceOf(0.1, 0.1, 0.1, 0.1, 0.8), points).reasons[0]!.message).toBe(
      'evidence in 1 of 5 clips only',
    )
    expect(faceVerdict(face(0.5), points).reasons[0]!.message).toBe(
      'score 50 % decides nothing: fake from 70 %, real up to 40 %',
    )
  })

  test.each(['fake', 'real'] as const)('is uncertain where something speaks against %s', (called) => {
    const probability = called === 'fake' ? 0.9 : 0.1
    const evidence = called === 'fake' ? 'evidence' : 'no-evidence'
    expect(said(face(probability, { width: 63 }))).toEqual(['uncertain', 'small-face', evidence])
    expect(said(face(probability, { width: 64 }))).toEqual([called, evidence])
    expect(said(face(probability, { frames: 9 }))).toEqual(['uncertain', 'few-frames', evidence])
    expect(said(face(probability, { frames: 10 }))).toEqual([called, evidence])
    expect(said(face(probability, { recompressed: 1 - probability }))).toEqual(['uncertain', 'recompression', evidence])
  })

  test('says nothing that contradicts itself by rounding', () => {
    expect(faceVerdict(face(0.696), points).reasons[0]!.message).toBe(
      'score 69.6 % decides nothing: fake from 70 %, real up to 40 %',
    )
    const even = { fakeFrom: 0.5, realUpTo: 0.5 }
    expect(faceVerdict(face(0.503, { recompressed: 0.497 }), even).reasons[0]!.message).toBe(
      'verdict changes under recompression, from 50 % to 49.7 %',
    )
  })

  test('outlives a recompression that stays on its side of the middle', () => {
    expect(said(face(0.9, { recompressed: 0.56 }))).toEqual(['fake', 'evidence'])
    expect(said(face(0.9, { recompressed: 0.54 }))).toEqual(['uncertain', 'recompression', 'evidence'])
    expect(said(face(0.1, { recompressed: 0.54 }))).toEqual(['real', 'no-evidence'])
    expect(said(face(0.1, { recompressed: 0.56 }))).toEqual(['uncertain', 'recompression', 'no-evidence'])
  })

  test('is uncertain where more than a third of the clips contradict it', () => {
    expect(said(faceOf(0.02, 0.02, 0.95))).toEqual(['real', 'no-evidence'])
    expect(said(faceOf(0.02, 0.02, 0.02, 0.75, 0.75))).toEqual(['uncertain', 'clips-disagree', 'no-evidence'])
    expect(said(faceOf(0.99, 0.99, 0.99, 0.99, 0.3, 0.3))).toEqual(['fake', 'evidence'])
    expect(said(faceOf(0.99, 0.99, 0.99, 0.3, 0.3))).toEqual(['uncertain', 'clips-disagree', 'evidence'])
  })

  test('is not shaken by clips that differ little, even across the operating points', () => {
    const close = { fakeFrom: 0.5, realUpTo: 0.5 }
    expect(faceVerdict(faceOf(0.48, 0.49, 0.6, 0.4, 0.56), close)).toMatchObject({ verdict: 'fake' })
    expect(faceVerdict(faceOf(0.48, 0.49, 0.9, 0.2, 0.56), close)).toMatchObject({ verdict: 'fake' })
  })

  test('finds a forged minute in an hour', () => {
    const hour = Array(120).fill(0.05)
    expect(said(faceOf(...hour.with(60, 0.99).with(100, 0.99)))).toEqual(['real', 'no-evidence'])
    const forged = hour.with(60, 0.99).with(61, 0.99).with(62, 0.99)
    expect(said(faceOf(...forged))).toEqual(['uncertain', 'clips-disagree', 'no-evidence'])
    expect(faceVerdict(faceOf(...forged), points).reasons[0]!.message).toBe('clips disagree: 3 of 120 look fake')
  })

  test('tells all that speaks against it, with numbers', () => {
    const { reasons } = faceVerdict(face(0.9, { width: 42.4, frames: 1, recompressed: 0.2 }), points)
    expect(reasons.map(({ message }) => message)).toEqual([
      'face only 42 px wide',
      'only 1 frame of the face',
      'verdict changes under recompression, from 90 % to 20 %',
      'evidence in 5 of 5 clips, strongest at the mouth (48 %)',
    ])
  })
})

describe('the verdict about a video', () => {
  const judged = (track: number, verdict: 'fake' | 'real' | 'uncertain', isMain = true) => ({
    verdict,
    isMain,
    reasons: [{ code: 'between', message: `of ${track}`, track } as const],
  })
  const watched = { facesSeen: 2, framesLooked: 80, choice: { wanted: 'all', leftOut: 0 }, warnings: [] } as const
  const tracks = (faces: Parameters<typeof videoVerdict>[0]) => {
    const { verdict, reasons } = videoVerdict(faces, watched)
    return [verdict, ...reasons.map(({ track }) => track)]
  }

  test('is fake with one fake face, whose reasons come first', () => {
    expect(tracks([judged(1, 'real'), judged(2, 'fake'), judged(3, 'uncertain')])).toEqual(['fake', 2, 1, 3])
  })

  test('is real only where all are', () => {
    expect(tracks([judged(1, 'real'), judged(2, 'real')])).toEqual(['real', 1, 2])
    expect(tracks([judged(1, 'real'), judged(2, 'uncertain')])).toEqual(['uncertain', 2, 1])
  })

  test('leaves out faces that are not main ones, and their reasons', () => {
    expect(tracks([judged(1, 'real'), judged(2, 'fake', false)])).toEqual(['real', 1])
  })

  test('is that there is no face, or only a brief one', () => {
    expect(videoVerdict([], { ...watched, facesSeen: 0 })).toEqual({
      verdict: 'no-face',
      reasons: [{ code: 'no-face', message: 'no face found in 80 frames', track: null }],
    })
    expect(videoVerdict([], { ...watched, facesSeen: 1 })).toEqual({
      verdict: 'no-face',
      reasons: [{ code: 'faces-too-brief', message: '1 face seen, but too briefly to be judged', track: null }],
    })
  })

  test.each([
    ['all', '3 narrower faces not judged: no more than 32 are'],
    ['largest', '3 other faces not counted: only the largest was asked for'],
  ] as const)('tells of faces that were left out (%s)', (wanted, message) => {
    const { verdict, reasons } = videoVerdict([judged(1, 'real')], { ...watched, choice: { wanted, leftOut: 3 } })
    expect(verdict).toBe('real')
    expect(reasons.slice(1)).toEqual([{ code: 'faces-left-out', message, track: null }])
  })

  test('ends with what is wrong with the file', () => {
    const warnings = [{ code: 'data-truncated', message: 'the file ends too early' }] as const
    for (const faces of [[], [judged(1, 'real')]]) {
      const { reasons } = videoVerdict(faces, { ...watched, warnings })
      expect(reasons.at(-1)).toEqual({ code: 'file-damaged', message: 'the file ends too early', track: null })
      expect(reasons).toHaveLength(2)
    }
  })
})
