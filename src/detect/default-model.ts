import { decodeModel, type StoredModel } from '../network/model-file.ts'
import { loadShipped } from '../shipped/shipped.ts'

/** SHA-256 of the model in the package, 64 hexadecimal digits. */
export const defaultModelHash = '0000000000000000000000000000000000000000000000000000000000000000'

/**
 * The model in the package; see models/detector/README.md.
 * @throws UnmaskError `file-access`, `package-damaged`, `digest-missing`
 */
export async function defaultModel(): Promise<StoredModel> {
  const url = new URL('../../models/detector/detector.safetensors', import.meta.url)
  return decodeModel(await loadShipped({ url, hash: defaultModelHash }), 'the model in the package')
}
