import { clipTensor } from '../clip/tensor.ts'
import type { NetworkConfig } from '../network/config.ts'
import type { Model, StoredModel } from '../network/model-file.ts'
import type { DeviceOptions, DeviceReport } from '../runtime/index.ts'
import type { Image } from '../video/image.ts'
import { type Calibration, calibrationOf, probabilityOf } from './calibration.ts'
import { type ClipProgram, compileNetwork } from './program.ts'
import type { ClipScore } from './score.ts'

export interface ScorerOptions extends DeviceOptions {
  /** Whether scores tell where the evidence is: attention maps and Grad-CAM, for a seventh more time. Default: false. */
  readonly explain?: boolean
}

/** Scores clips with one model. */
export interface Scorer extends AsyncDisposable {
  /** What the model's clips are: how many frames, of which size. */
  readonly input: NetworkConfig['input']
  readonly explains: boolean
  readonly device: DeviceReport
  /**
   * Scores one clip. Calls are queued in order.
   * @param images crops of `input.size`, snippet after snippet, `input.snippets` x `input.frames` of them
   * @throws UnmaskError `tensor-shape`, `device-failed`, `disposed`, or the signal's reason
   */
  clip(images: readonly Image[], options?: { readonly signal?: AbortSignal }): Promise<ClipScore>
}

/**
 * Opens a model for scoring, on a device of its own. Clips are run one by one, in which they are no slower than several
 * at once (27 ms each with one thread for `mrl-lite`, 29 ms in fours), so that a score depends on nothing but its clip.
 * @throws UnmaskError `weights-mismatch`, `model-format`, `device-missing`, `device-failed`, `usage`
 */
export async function openScorer(model: StoredModel | Model, options: ScorerOptions = {}): Promise<Scorer> {
  const { explain = false, ...device } = options
  const calibration = calibrationOf(model.metadata)
  return scorerOf(model.config.input, await compileNetwork(model, explain, device), calibration)
}

/** A scorer that runs a program of any kind; the program becomes its own. */
export function scorerOf(input: NetworkConfig['input'], program: ClipProgram, calibration: Calibration): Scorer {
  return {
    input,
    explains: program.explains,
    device: program.device,
    async clip(images, { signal } = {}) {
      signal?.throwIfAborted()
      const results = await program.run(clipTensor(images, input), signal)
      return { ...results, probability: probabilityOf(results.logits, calibration) }
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  }
}
