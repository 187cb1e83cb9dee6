import { type FaceDetector, openFaceDetector } from './detector.ts'
import { type Landmarker, openLandmarker } from './landmarks/landmarker.ts'
import { openFaceDevice } from './network.ts'

/** What finds faces and their landmarks. */
export interface FaceFinders extends AsyncDisposable {
  readonly faces: FaceDetector
  readonly landmarker: Landmarker
}

/**
 * Opens both on one device: the second would cost a worker of 20 MB, and they are small.
 * @throws as `openFaceDetector`
 */
export async function openFaceFinders(): Promise<FaceFinders> {
  const on = await openFaceDevice()
  try {
    const [faces, landmarker] = await Promise.all([openFaceDetector({ on }), openLandmarker({ on })])
    return { faces, landmarker, [Symbol.asyncDispose]: () => on.dispose() }
  } catch (error) {
    await on.dispose()
    throw error
  }
}
