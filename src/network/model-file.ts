import { sha256 } from '../digest.ts'
import { UnmaskError } from '../errors.ts'
import { decodeSafetensors, encodeSafetensors } from '../tensor/safetensors.ts'
import { type NetworkConfig, networkConfig } from './config.ts'
import { checkWeights, type Weights } from './weights.ts'

/** A network with its weights: what a model file holds. */
export interface Model {
  readonly config: NetworkConfig
  readonly weights: Weights
  /** Free text by name, e.g. `name`, `seed`; the names of `reserved` are the file's own. */
  readonly metadata: Readonly<Record<string, string>>
}

/** A model as it stands in a file. */
export interface StoredModel extends Model {
  /** The model's identity: SHA-256 of the file's bytes, 64 hexadecimal digits. */
  readonly hash: string
  /** Length of the file. */
  readonly bytes: number
}

const format = 'unmask-model'
const version = '1'
const reserved = ['format', 'version', 'config']

/**
 * The bytes of a model file: safetensors whose metadata hold format, version and configuration. The same model gives
 * the same bytes.
 * @throws UnmaskError `weights-mismatch`; `tensor-name` for metadata that cannot be stored
 */
export function encodeModel({ config, weights, metadata }: Model): Uint8Array<ArrayBuffer> {
  checkWeights(weights, config)
  const taken = Object.keys(metadata).find((key) => reserved.includes(key))
  if (taken !== undefined) throw new UnmaskError('tensor-name', `metadata "${taken}" is the model file's own`)
  const own = { format, version, config: JSON.stringify(config) }
  return encodeSafetensors(Object.entries(weights), { ...own, ...metadata })
}

/**
 * Reads a model file from memory.
 * @param source what to call the file in errors
 * @throws UnmaskError `safetensors-format`, `model-format` (safetensors, but no model that this version reads),
 *   `weights-mismatch`, `digest-missing`
 */
export async function decodeModel(bytes: Uint8Array<ArrayBuffer>, source = 'the model'): Promise<StoredModel> {
  const { tensors, metadata } = decodeSafetensors(bytes, source)
  const config = readConfig(metadata, source)
  const weights = Object.fromEntries(tensors)
  checkWeights(weights, config, `${source}: its weights`)
  const free = Object.entries(metadata).filter(([key]) => !reserved.includes(key))
  return { config, weights, metadata: Object.fromEntries(free), hash: await sha256(bytes), bytes: bytes.length }
}

function readConfig(metadata: Readonly<Record<string, string>>, source: string): NetworkConfig {
  if (metadata.format !== format) {
    throw new UnmaskError('model-format', `${source}: these are weights, but not a model file of unmask`)
  }
  if (metadata.version !== version) {
    const found = JSON.stringify(metadata.version)
    throw new UnmaskError(
      'model-format',
      `${source}: the model file has version ${found}, this program reads ${version}`,
    )
  }
  try {
    return networkConfig(JSON.parse(metadata.config ?? ''))
  } catch (cause) {
    throw new UnmaskError('model-format', `${source}: in the file, ${(cause as Error).message}`, { cause })
  }
}
