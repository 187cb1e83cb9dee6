import { createHash } from 'node:crypto'
import { UnmaskError } from '../../errors.ts'
import { landmarkCount } from '../../face/landmarks/landmarks.ts'
import { decodeSafetensors, encodeSafetensors } from '../../tensor/safetensors.ts'
import { type DataOf, type DType, type Tensor, tensor } from '../../tensor/tensor.ts'
import type { CachedClip } from '../face-clip.ts'

/**
 * The bytes of a file with the clips of one entry: safetensors, one tensor for each part of all clips, and a SHA-256 over
 * all of them. No clips mean that there is no face.
 * @param recipe what the crops depend on besides the entry; kept for people who look into the file
 */
export function encodeRecord(clips: readonly CachedClip[], recipe: string): Uint8Array<ArrayBuffer> {
  const tensors = new Map(Object.entries(tensorsOf(clips)))
  return encodeSafetensors(tensors, { recipe, sha256: digest(tensors, recipe) })
}

/**
 * @param verify whether to hold the contents against their SHA-256
 * @throws UnmaskError `safetensors-format` when the file is damaged
 */
export function decodeRecord(bytes: Uint8Array, path: string, verify: boolean): CachedClip[] {
  const { tensors, metadata } = decodeSafetensors(bytes, path)
  if (verify && digest(tensors, metadata.recipe ?? '') !== metadata.sha256) {
    throw new UnmaskError('safetensors-format', `${path}: its contents are not what was written`)
  }
  return clipsOf(tensors, path)
}

/** Names in their order, so that the order of the bytes in the file does not matter. */
function digest(tensors: ReadonlyMap<string, Tensor>, recipe: string): string {
  const hash = createHash('sha256').update(recipe)
  for (const name of [...tensors.keys()].sort()) {
    const { dtype, shape, data } = tensors.get(name)!
    hash
      .update(JSON.stringify([name, dtype, shape]))
      .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  }
  return hash.digest('hex')
}

/** All clips of an entry have as many frames of the same size. */
function tensorsOf(clips: readonly CachedClip[]): Record<string, Tensor> {
  const count = clips.length
  const frames = clips[0]?.images.length ?? 0
  const { width = 0, height = 0 } = clips[0]?.images[0] ?? {}
  const points = clips[0]?.landmarks.length ? 2 * landmarkCount : 0
  const images = new Uint8Array(count * frames * height * width * 3)
  const landmarks = new Float32Array(count * frames * points)
  for (const [i, image] of clips.flatMap((clip) => clip.images).entries()) images.set(image.data, i * image.data.length)
  for (const [i, found] of clips.flatMap((clip) => clip.landmarks).entries()) landmarks.set(found, i * points)
  const doubles = (shape: number[], values: number[]) => tensor('float64', shape, Float64Array.from(values))
  const whole = (values: number[]) => tensor('int32', [count], Int32Array.from(values))
  return {
    images: tensor('uint8', [count, frames, height, width, 3], images),
    landmarks: tensor('float32', [count, frames, points], landmarks),
    seconds: doubles(
      [count, frames],
      clips.flatMap((clip) => clip.seconds),
    ),
    regions: doubles(
      [count, frames, 4],
      clips.flatMap((clip) => clip.regions.flatMap(({ x, y, width, height }) => [x, y, width, height])),
    ),
    faceWidth: doubles(
      [count],
      clips.map((clip) => clip.faceWidth),
    ),
    track: whole(clips.map((clip) => clip.track)),
    clip: whole(clips.map((clip) => clip.clip)),
    repeated: whole(clips.map((clip) => clip.repeated)),
  }
}

function clipsOf(tensors: ReadonlyMap<string, Tensor>, path: string): CachedClip[] {
  const part = <D extends DType>(name: string, dtype: D) => {
    const found = tensors.get(name)
    if (found?.dtype === dtype) return found as Tensor<D>
    throw new UnmaskError('safetensors-format', `${path}: there is no ${dtype} tensor ${name}`)
  }
  /** Row i of j of a tensor whose first two axes are clips and frames. */
  const rows = <D extends DType>({ data, shape }: Tensor<D>, clip: number): DataOf<D>[] => {
    const [, frames = 0, ...rest] = shape
    const length = rest.reduce((product, size) => product * size, 1)
    return Array.from({ length: length === 0 ? 0 : frames }, (_, i) => {
      const begin = (clip * frames + i) * length
      return data.subarray(begin, begin + length) as DataOf<D>
    })
  }
  const images = part('images', 'uint8')
  const [count = 0, frames = 0, height = 0, width = 0] = images.shape
  const [seconds, regions] = [part('seconds', 'float64'), part('regions', 'float64')]
  const [landmarks, faceWidth] = [part('landmarks', 'float32'), part('faceWidth', 'float64')]
  const [track, clip, repeated] = [part('track', 'int32'), part('clip', 'int32'), part('repeated', 'int32')]
  return Array.from({ length: count }, (_, i) => ({
    track: track.data[i]!,
    faceWidth: faceWidth.data[i]!,
    clip: clip.data[i]!,
    seconds: [...seconds.data.subarray(i * frames, (i + 1) * frames)],
    regions: rows(regions, i).map(([x = 0, y = 0, width = 0, height = 0]) => ({ x, y, width, height })),
    images: rows(images, i).map((data) => ({ width, height, data })),
    landmarks: rows(landmarks, i),
    repeated: repeated.data[i]!,
  }))
}
