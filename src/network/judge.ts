import { type CamTarget, frameGradCam, frameInference, gradCam, type InferenceOptions, inference } from './inference.ts'
import type { Model } from './model-file.ts'

/** Name of the metadata that says what a model has learnt from: `frames` where only single frames judge yet. */
export const seesKey = 'sees'

/** The graph by which a model judges clips, weights inside. */
export function judge({ config, weights, metadata }: Model, options: Omit<InferenceOptions, 'weights'>) {
  const build = metadata[seesKey] === 'frames' ? frameInference : inference
  return build(config, { ...options, weights })
}

/** The same with Grad-CAM. */
export function judgeWithCam(
  { config, weights, metadata }: Model,
  options: Omit<InferenceOptions, 'weights'> & { readonly target: CamTarget },
) {
  const build = metadata[seesKey] === 'frames' ? frameGradCam : gradCam
  return build(config, { ...options, weights })
}
