import { type FaceMesh, openLandmarker } from '../../src/face/landmarks/landmarker.ts'
import type { DeviceKind } from '../../src/runtime/index.ts'
import type { Image } from '../../src/video/image.ts'

export interface MeshJob {
  readonly images: readonly Image[]
  readonly device?: DeviceKind
}

/** The landmarks of pictures: the same in Node and in a page, within their grid. */
export async function meshesOf({ images, ...options }: MeshJob): Promise<FaceMesh[]> {
  await using landmarker = await openLandmarker(options)
  const meshes: FaceMesh[] = []
  for (const image of images) meshes.push(await landmarker.mesh(image))
  return meshes
}
