import type { InferenceSession } from 'onnxruntime-common'
import type { Engine } from './engine.ts'
import type { CompileOptions } from './types.ts'

/** The engine's settings for a model. Outputs that update state stay on a GPU device. */
export function sessionOptions(engine: Engine, options: CompileOptions): InferenceSession.SessionOptions {
  const stay = Object.keys(options.updates ?? {})
  return {
    executionProviders: engine.providers,
    intraOpNumThreads: engine.threads,
    // Training graphs are written the way they run best; the engine's rewriting of transpositions makes them slower.
    graphOptimizationLevel: options.training ? 'disabled' : 'all',
    enableCpuMemArena: true,
    // Planning by pattern takes a third more memory at its peak, twice as much in training, and is no faster.
    enableMemPattern: false,
    // Threads that wait for each other would spin, and take the processor from those that make the next batch.
    ...((options.training || options.sharesProcessor) && { extra: { session: { intra_op: { allow_spinning: '0' } } } }),
    // Warnings are about the engine's own choices, not about anything that a user can change.
    logSeverityLevel: 3,
    ...(engine.state === 'device' && stay.length > 0
      ? { preferredOutputLocation: Object.fromEntries(stay.map((name) => [name, 'gpu-buffer' as const])) }
      : {}),
  }
}
