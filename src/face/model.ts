import { loadShipped } from '../shipped/shipped.ts'

/** SHA-256 of the models: what is found in a picture depends on them. */
export const faceModelHashes = {
  detector: '427cbbe0fc41448d09e1dc9cfabe2423d997cf2faaeab91fadd09a510b63b8e2',
  landmarks: '209c9024eaf2d43565a78fe28fdddb8d1542bf54a2b8553f039689f7d98a155a',
} as const

/**
 * BlazeFace "back" as ONNX; see models/face/README.md.
 * @throws UnmaskError `file-access`, `package-damaged`, `digest-missing`
 */
export function loadBlazeFace(): Promise<Uint8Array<ArrayBuffer>> {
  return loadShipped({
    url: new URL('../../models/face/blazeface-back.onnx', import.meta.url),
    hash: faceModelHashes.detector,
  })
}

/**
 * MediaPipe's face mesh as ONNX; see models/landmarks/README.md.
 * @throws UnmaskError `file-access`, `package-damaged`, `digest-missing`
 */
export function loadFaceMesh(): Promise<Uint8Array<ArrayBuffer>> {
  return loadShipped({
    url: new URL('../../models/landmarks/face-mesh.onnx', import.meta.url),
    hash: faceModelHashes.landmarks,
  })
}
