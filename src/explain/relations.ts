import type { RelationGraph, RelationVertex } from '../detect/result.ts'
import type { Landmarks } from '../face/landmarks/landmarks.ts'
import type { Model } from '../network/model-file.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { normalisedAdjacency } from './adjacency.ts'
import { type ClipEvidence, snippetHeat } from './evidence.ts'
import { evidenceRegionOf, placer } from './place.ts'

/**
 * The regions that a network's attention found in a face, and how they are related.
 * @param clips of the face
 * @param size of the crops, pixels
 * @returns null where the model relates no regions, or was not asked where it looks
 */
export function relationGraph(model: Model, clips: readonly ClipEvidence[], size: number): RelationGraph | null {
  const adjacency = normalisedAdjacency(model)
  const looked = clips.flatMap((clip) => (clip.attention ? [{ ...clip, attention: clip.attention }] : []))
  if (!adjacency || looked.length === 0) return null
  const sums = sumsOf(looked)
  const evidence = sums.reduce((sum, vertex) => sum + vertex.evidence, 0)
  const face = placer(meanLandmarks(looked.flatMap(({ landmarks }) => landmarks)))
  const vertices = sums.map((vertex) => {
    const { x, y, spread } = centreOf(vertex)
    const region = evidenceRegionOf(face(x * size, y * size))
    return { x, y, spread, region, evidence: evidence > 0 ? vertex.evidence / evidence : 0 }
  })
  return { vertices, adjacency }
}

type Looked = ClipEvidence & { readonly attention: Tensor<'float32'> }

/** Of one head: its attention over all clips, [height, width], and the evidence under it. */
interface VertexSums {
  readonly width: number
  readonly height: number
  readonly attention: Float64Array
  evidence: number
}

function sumsOf(clips: readonly Looked[]): VertexSums[] {
  const [, heads, height, width] = clips[0]!.attention.shape as [number, number, number, number]
  const cells = width * height
  const sums: VertexSums[] = Array.from({ length: heads }, () => ({
    width,
    height,
    attention: new Float64Array(cells),
    evidence: 0,
  }))
  for (const { attention, cam } of clips) {
    const snippets = attention.shape[0]!
    for (let snippet = 0; snippet < snippets; snippet++) {
      const heat = snippetHeat(cam, snippet, snippets)
      const maps = sums.map((_, head) => {
        const first = (snippet * heads + head) * cells
        return looking(attention.data.subarray(first, first + cells))
      })
      for (let cell = 0; cell < cells; cell++) addCell(sums, maps, cell, heat.data[cell]!)
    }
  }
  return sums
}

/** The evidence of a cell is divided among the heads as they look at it; what none looks at is nobody's. */
function addCell(sums: readonly VertexSums[], maps: readonly Float64Array[], cell: number, evidence: number): void {
  const all = maps.reduce((sum, map) => sum + map[cell]!, 0)
  for (const [head, map] of maps.entries()) {
    sums[head]!.attention[cell]! += map[cell]!
    if (all > 0) sums[head]!.evidence += (evidence * map[cell]!) / all
  }
}

/** Where a head looks more than elsewhere, 0 in other cells: maps have a floor that says nothing. */
function looking(map: Float32Array): Float64Array {
  const mean = map.reduce((sum, value) => sum + value, 0) / map.length
  return Float64Array.from(map, (value) => Math.max(value - mean, 0))
}

/** Centre and standard deviation along an axis; of a head that looks everywhere alike the middle of the crop. */
function centreOf({ width, height, attention }: VertexSums): Pick<RelationVertex, 'x' | 'y' | 'spread'> {
  const flat = attention.every((value) => value === 0)
  let [sum, x, y, xx, yy] = [0, 0, 0, 0, 0]
  for (const [cell, value] of attention.entries()) {
    const weight = flat ? 1 : value
    const [across, down] = [((cell % width) + 0.5) / width, (Math.floor(cell / width) + 0.5) / height]
    sum += weight
    x += weight * across
    y += weight * down
    xx += weight * across ** 2
    yy += weight * down ** 2
  }
  const variance = (xx - x ** 2 / sum + yy - y ** 2 / sum) / sum / 2
  return { x: x / sum, y: y / sum, spread: Math.sqrt(Math.max(variance, 0)) }
}

function meanLandmarks(all: readonly Landmarks[]): Landmarks {
  return all[0]!.map((_, i) => all.reduce((sum, landmarks) => sum + landmarks[i]!, 0) / all.length)
}
