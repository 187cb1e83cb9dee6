import type {
  Basis,
  DetectedClip,
  DetectedFace,
  Detection,
  Heat,
  RelationGraph,
  Still,
  Verdict,
} from '../../detect/result.ts'
import { blankImage } from '../../draw/image.ts'
import { drawLine, drawPoint } from '../../draw/shapes.ts'
import { Random } from '../../tensor/random.ts'
import type { Image } from '../../video/image.ts'

// Detections as a model could make them, for tests of their forms. No model made them.

/** A face of a few discs and lines. */
export function drawnFace(size = 128): Image {
  const image = blankImage(size, size, [70, 96, 120])
  const at = (x: number, y: number) => [x * size, y * size] as const
  drawPoint(image, at(0.5, 0.52), 0.34 * size, [214, 170, 140])
  for (const x of [0.38, 0.62]) drawPoint(image, at(x, 0.45), 0.045 * size, [40, 32, 30])
  drawLine(image, at(0.5, 0.48), at(0.48, 0.6), [176, 128, 104], 0.02 * size)
  drawLine(image, at(0.38, 0.7), at(0.62, 0.7), [150, 60, 60], 0.04 * size)
  return image
}

/** A hill around a place of the picture, shares of its width and height. */
function hill(x: number, y: number, height: number): Heat {
  const size = 16
  const data = Float32Array.from({ length: size * size }, (_, i) => {
    const [dx, dy] = [((i % size) + 0.5) / size - x, (Math.floor(i / size) + 0.5) / size - y]
    return height * Math.exp(-(dx * dx + 2 * dy * dy) / 0.02)
  })
  return { width: size, height: size, data }
}

const region = { x: 310.5, y: 84, width: 256, height: 256 }

function clipAt(startSeconds: number, probability: number, random: Random): DetectedClip {
  const near = () => Math.min(Math.max(probability + 0.2 * (random.uniform() - 0.5), 0), 1)
  const snippets = [0, 1].map((i) => ({
    startSeconds: startSeconds + 1.2 * i,
    endSeconds: startSeconds + 1.2 * i + 0.16,
    probability: near(),
    evidence: 0.5,
    region,
    heat: hill(0.5, 0.7, 3 * probability),
  }))
  return { startSeconds, endSeconds: startSeconds + 1.36, probability, snippets }
}

function relationsOf(random: Random): RelationGraph {
  const places = [
    [0.38, 0.45, 'eyes'],
    [0.62, 0.45, 'eyes'],
    [0.5, 0.56, 'nose'],
    [0.42, 0.7, 'mouth'],
    [0.58, 0.7, 'mouth'],
    [0.5, 0.82, 'chin'],
    [0.3, 0.62, 'cheeks'],
    [0.7, 0.62, 'cheeks'],
    [0.5, 0.26, 'forehead'],
    [0.9, 0.15, 'elsewhere'],
  ] as const
  const weights = places.map(([, , name]) => (name === 'mouth' ? 6 : 1) * (0.5 + random.uniform()))
  const sum = weights.reduce((total, weight) => total + weight)
  return {
    vertices: places.map(([x, y, name], i) => ({ x, y, spread: 0.1, region: name, evidence: weights[i]! / sum })),
    adjacency: places.map(() => places.map(() => random.uniform())),
  }
}

export interface FaceParts {
  readonly track: number
  readonly verdict: DetectedFace['verdict']
  readonly probability: number
  readonly recompressed?: number
  readonly isMain?: boolean
  readonly image?: Image
  readonly reasons?: DetectedFace['reasons']
}

/** A face of clips around a probability, its evidence about the mouth. */
export function faceOf({ track, verdict, probability, image = drawnFace(), ...rest }: FaceParts): DetectedFace {
  const random = new Random(track)
  const spread = [-0.05, 0.04, 0.06, -0.12, 0.07]
  const clips = spread.map((off, i) => clipAt(0.4 + 2.2 * i, Math.min(Math.max(probability + off, 0), 1), random))
  const still = (seconds: number): Still => ({ seconds, region, image })
  return {
    track,
    startSeconds: 0.2,
    endSeconds: 10.9,
    verdict,
    probability,
    recompressed: rest.recompressed ?? probability,
    isMain: rest.isMain ?? true,
    reasons: rest.reasons ?? [{ code: 'evidence', message: '4 of 5 clips, most of it at the mouth', track }],
    clips,
    thumbnail: still(5.2),
    regions: { forehead: 0.04, eyes: 0.12, nose: 0.1, cheeks: 0.09, mouth: 0.47, chin: 0.14, elsewhere: 0.04 },
    relations: relationsOf(random),
    moments: [2.6, 4.8, 9.2].map((seconds, i) => ({
      ...still(seconds),
      probability: clips[i + 1]!.probability,
      heat: hill(0.5, 0.68 + 0.03 * i, 3 - i),
    })),
    quality: { size: 176.4, sharpness: 0.71, yaw: -8.3, roll: 2.1, score: 0.87, found: 106, looked: 108 },
  }
}

const basis: Basis = {
  version: '0.1.0',
  model: { hash: '0123456789abcdef'.repeat(4), name: 'made-up', calibrated: true, fakeFrom: 0.7, realUpTo: 0.3 },
  video: { durationSeconds: 12, width: 1280, height: 720, warnings: [] },
  faces: { wanted: 'all', leftOut: 0 },
  framesExpected: 40,
  framesRepeated: 0,
  framesDecoded: 300,
  device: { kind: 'cpu', threads: 2, why: 'asked for', rejected: [], engine: 'onnxruntime-node 1.30.0' },
  seconds: 2.4,
}

function detectionOf(verdict: Verdict, faces: readonly DetectedFace[], reasons: Detection['reasons']): Detection {
  const main = faces.filter(({ isMain }) => isMain)
  const probability = main.length === 0 ? null : Math.max(...main.map(({ probability }) => probability))
  return { verdict, probability, reasons, faces, basis }
}

export const fake = (image?: Image): Detection => {
  const face = faceOf({ track: 1, verdict: 'fake', probability: 0.91, recompressed: 0.84, ...(image && { image }) })
  return detectionOf('fake', [face], face.reasons)
}

export const real = (image?: Image): Detection => {
  const reasons = [{ code: 'no-evidence', message: 'no evidence for fake in 5 of 5 clips', track: 1 }] as const
  const face = faceOf({ track: 1, verdict: 'real', probability: 0.08, reasons, ...(image && { image }) })
  return detectionOf('real', [face], reasons)
}

export const uncertain = (image?: Image): Detection => {
  const reasons = [
    { code: 'recompression', message: 'the answer changes when the pictures are compressed again', track: 1 },
    { code: 'small-face', message: 'face only 42 px wide', track: 1 },
  ] as const
  const parts = { track: 1, verdict: 'uncertain', probability: 0.78, recompressed: 0.41, reasons } as const
  const face = faceOf({ ...parts, ...(image && { image }) })
  const warnings = [{ code: 'frames-missing', message: '12 of 300 frames are missing' }] as const
  const detection = detectionOf('uncertain', [face], reasons)
  return { ...detection, basis: { ...basis, framesRepeated: 3, video: { ...basis.video, warnings } } }
}

export const noFace = (): Detection => {
  const reasons = [{ code: 'no-face', message: 'no face was found in 120 frames looked at', track: null }] as const
  const { durationSeconds: _, ...video } = basis.video
  return {
    ...detectionOf('no-face', [], reasons),
    basis: { ...basis, framesExpected: 0, video: { ...video, durationSeconds: undefined } },
  }
}

/** One forged, one real, and a third in the background without any explanation. */
export const several = (images: readonly Image[] = []): Detection => {
  const faces = [
    faceOf({ track: 1, verdict: 'real', probability: 0.12, ...(images[0] && { image: images[0] }) }),
    faceOf({ track: 2, verdict: 'fake', probability: 0.995, ...(images[1] && { image: images[1] }) }),
    {
      ...faceOf({ track: 3, verdict: 'uncertain', probability: 0.5, isMain: false }),
      regions: null,
      relations: null,
      moments: [],
    },
  ]
  return detectionOf('fake', faces, faces[1]!.reasons)
}

/** By a model without a calibration. */
export const uncalibrated = (): Detection => {
  const detection = fake()
  return { ...detection, basis: { ...basis, model: { ...basis.model, calibrated: false } } }
}

/** Of a video with another face, where only the largest was to count. */
export const largest = (): Detection => {
  const detection = fake()
  return { ...detection, basis: { ...basis, faces: { wanted: 'largest', leftOut: 1 } } }
}

/** Texts that would be more than texts if they were not escaped. */
export const hostileText = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&\u202e\u0000 </style>.mp4`

/** With a text wherever a file or a model has a say. */
export const worded = (text: string): Detection => {
  const detection = uncertain()
  const reasons = [{ code: 'evidence', message: text, track: 1 }] as const
  return {
    ...detection,
    reasons,
    faces: detection.faces.map((face) => ({ ...face, reasons })),
    basis: {
      ...basis,
      model: { ...basis.model, name: text, hash: text },
      device: { ...basis.device, why: text, engine: text },
      video: { ...basis.video, warnings: [{ code: 'data-damaged', message: text }] },
    },
  }
}
