import type { ClipScore } from '../../detect/score.ts'
import type { Tensor } from '../../tensor/tensor.ts'
import type { EvidenceMap } from './map.ts'

/** Names of the maps that a model gives of a frame: `cam`, `attention` (of all heads together) and `head 1` to `head N`. */
export type MapName = string

/**
 * The maps of one frame of a clip.
 * @param frame its number in the clip
 * @param perSnippet frames of a snippet, which share its attention
 */
export function evidenceOf(
  { cam, attention }: ClipScore,
  frame: number,
  perSnippet: number,
): Map<MapName, EvidenceMap> {
  const maps = new Map<MapName, EvidenceMap>()
  if (cam) maps.set('cam', plane(cam, frame))
  if (!attention) return maps
  const heads = attention.shape[1]!
  const first = Math.floor(frame / perSnippet) * heads
  const own = Array.from({ length: heads }, (_, head) => plane(attention, first + head))
  maps.set('attention', sumOf(own))
  for (const [head, map] of own.entries()) maps.set(`head ${head + 1}`, map)
  return maps
}

/** One of the planes that the last two axes of a tensor span. */
function plane({ shape, data }: Tensor<'float32'>, number: number): EvidenceMap {
  const [height, width] = shape.slice(-2) as [number, number]
  return { width, height, values: data.subarray(number * width * height, (number + 1) * width * height) }
}

/** Activations below 0, which GELU leaves, are no attention. */
function sumOf(maps: readonly EvidenceMap[]): EvidenceMap {
  const values = new Float32Array(maps[0]!.values.length)
  for (const map of maps) for (let i = 0; i < values.length; i++) values[i] = values[i]! + Math.max(map.values[i]!, 0)
  return { ...maps[0]!, values }
}
