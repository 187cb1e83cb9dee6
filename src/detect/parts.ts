import type { FaceDetector } from '../face/detector.ts'
import { openFaceFinders } from '../face/finders.ts'
import type { Landmarker } from '../face/landmarks/landmarker.ts'
import type { StoredModel } from '../network/model-file.ts'
import { processorKind } from '../runtime/index.ts'
import { defaultModel } from './default-model.ts'
import { allOpened } from './opened.ts'
import type { DetectorOptions } from './options.ts'
import { openScorer, type Scorer } from './scorer.ts'

/** What a detector keeps ready. */
export interface DetectorParts {
  readonly model: StoredModel
  readonly faces: FaceDetector
  readonly landmarker: Landmarker
  /** One that explains. */
  readonly scorer: Scorer
}

/** Opens them all at once. @throws what opening one of them throws */
export async function openParts({ model, ...device }: DetectorOptions): Promise<DetectorParts & AsyncDisposable> {
  const reading = model ? Promise.resolve(model) : defaultModel()
  // A small network is done on the processor before it is on a GPU.
  const where = { device: processorKind(), ...device }
  const scoring = reading.then((read) => openScorer(read, { ...where, explain: true }))
  const opened = await allOpened([openFaceFinders(), scoring] as const)
  const [{ faces, landmarker }, scorer] = opened
  return {
    model: await reading,
    faces,
    landmarker,
    scorer,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((part) => part[Symbol.asyncDispose]()))
    },
  }
}
