import { UnmaskError } from '../errors.ts'
import { withBackbone } from '../network/backbone-start.ts'
import { type NetworkConfig, networkConfig } from '../network/config.ts'
import { readModel } from '../network/model-file-node.ts'
import { parametersOf } from '../network/parameters.ts'
import { preset } from '../network/presets.ts'
import type { Group } from '../network/scope.ts'
import { trainingStep } from '../network/training-step.ts'
import { initialWeights, type Weights } from '../network/weights.ts'
import { readSafetensors } from '../tensor/safetensors-file.ts'
import type { Recipe } from './recipe.ts'

/** The network of a recipe: its preset with what the recipe changes. @throws UnmaskError `config-invalid` */
export function recipeNetwork({ network }: Recipe): NetworkConfig {
  return networkConfig(merged(preset(network.preset), network.config))
}

/**
 * Refuses stages in which nothing could be learnt, before hours are spent on what comes before them.
 * @throws UnmaskError `config-invalid`, naming the stage
 */
export function checkStages({ stages }: Recipe, config: NetworkConfig): void {
  for (const { name, batch, sees, frozen } of stages) {
    try {
      trainingStep(config, { batch, sees, frozen })
    } catch (error) {
      if (!(error instanceof UnmaskError)) throw error
      throw new UnmaskError(error.code, `stage "${name}": ${error.message}`, { cause: error })
    }
  }
}

/**
 * The weights that a recipe's training begins with.
 * @throws UnmaskError `file-access`, `safetensors-format`, `model-format`, `weights-mismatch`
 */
export async function startWeights({ seed, start }: Recipe, config: NetworkConfig): Promise<Weights> {
  const fresh = initialWeights(config, seed)
  if (start.model !== null) return withParts(fresh, start.model, start.parts, config)
  if (start.backbone === null) return fresh
  return withBackbone(fresh, (await readSafetensors(start.backbone)).tensors, config)
}

/** Takes parts of a model's network; auxiliary heads only as far as it has them. */
async function withParts(
  weights: Weights,
  path: string,
  parts: readonly Group[],
  config: NetworkConfig,
): Promise<Weights> {
  const model = await readModel(path)
  const taken: Record<string, Weights[string]> = { ...weights }
  for (const { name, shape, group } of parametersOf(config)) {
    if (!parts.includes(group)) continue
    const tensor = model.weights[name]
    if (tensor && `${tensor.shape}` === `${shape}`) taken[name] = tensor
    else if (group !== 'auxiliary') {
      const found = tensor ? `is [${tensor.shape}] there` : 'is not there'
      throw new UnmaskError(
        'weights-mismatch',
        `${path}: "${name}" [${shape}] ${found}; leave "${group}" out of start.parts`,
      )
    }
  }
  return taken
}

/** Plain objects merged key by key; anything else is replaced. */
function merged(base: unknown, changes: unknown): unknown {
  if (!isPlain(base) || !isPlain(changes)) return changes
  const entries = Object.entries(changes).map(([key, value]) => [key, key in base ? merged(base[key], value) : value])
  return { ...base, ...Object.fromEntries(entries) }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
