import { toOnnx } from '../graph/index.ts'
import { judge, judgeWithCam } from './judge.ts'
import type { StoredModel } from './model-file.ts'
import { clipShape } from './network.ts'

export interface ExportOptions {
  /** Clips in a run; default 1. */
  readonly batch?: number
  /** Also `cam`, where in each frame the evidence for fake is; default false. */
  readonly gradCam?: boolean
}

/** What each output is, for the reader of an exported file. */
const meanings: Readonly<Record<string, string>> = {
  logits: '[B, 2]: real, fake',
  probability: '[B]: softmax of the logits at fake, before calibration',
  attention: "[B, T, N, H', W']: where each region head looks in each snippet",
  frames: '[B, T L, 2]: real, fake, of each frame on its own',
  cam: "[B, T L, H', W']: Grad-CAM for the margin (fake less real), >= 0, in logits",
}

/**
 * A model as ONNX for any runtime, weights inside. The metadata say what a user needs besides: `unmask.model` (hash of
 * the model file), `unmask.config`, `unmask.input` (layout, range, normalisation) and `unmask.outputs`.
 * @throws UnmaskError `weights-mismatch`
 */
export function exportModel(model: StoredModel, options: ExportOptions = {}): Uint8Array<ArrayBuffer> {
  const { batch = 1, gradCam: explained = false } = options
  const graph = explained ? judgeWithCam(model, { batch, target: 'margin' }) : judge(model, { batch })
  const outputs = Object.fromEntries(Object.keys(graph).map((name) => [name, meanings[name]]))
  const metadata = {
    'unmask.model': model.hash,
    'unmask.config': JSON.stringify(model.config),
    'unmask.input': JSON.stringify(inputOf(model, batch)),
    'unmask.outputs': JSON.stringify(outputs),
  }
  return toOnnx({ ...graph }, { provider: 'any', metadata })
}

function inputOf({ config }: StoredModel, batch: number) {
  const { snippets, frames, mean, deviation } = config.input
  return {
    name: 'clip',
    shape: clipShape(config, batch),
    layout: 'clip, RGB channel, frame (snippet after snippet), row, column',
    snippets,
    framesPerSnippet: frames,
    normalisation: '(pixel / 255 - mean) / deviation',
    mean,
    deviation,
  }
}
