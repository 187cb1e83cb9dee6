import { decodeModel, type StoredModel } from '../network/model-file.ts'
import { loadShipped } from '../shipped/shipped.ts'

/** SHA-256 of the model in the package, 64 hexadecimal digits. */
export const defaultModelHash = 'cbb8bf90c8541aa8a5aa7214916ef220866f96419ab7d9ce900e322d4479e8b0'

/**
 * The model in the package; see models/detector/README.md.
 * @throws UnmaskError `file-access`, `package-damaged`, `digest-missing`
 */
export async function defaultModel(): Promise<StoredModel> {
  const url = new URL('../../models/detector/detector.safetensors', import.meta.url)
  return decodeModel(await loadShipped({ url, hash: defaultModelHash }), 'the model in the package')
}
