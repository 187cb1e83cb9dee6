import { decodeModel, type StoredModel } from '../network/model-file.ts'
import { loadShipped } from '../shipped/shipped.ts'

/** SHA-256 of the model in the package, 64 hexadecimal digits. */
export const defaultModelHash = 'c1faad3cef022bab82f4f9d86eafa30364df282e7171a1f674f621dbac3103be'

/**
 * The model in the package; see models/detector/README.md.
 * @throws UnmaskError `file-access`, `package-damaged`, `digest-missing`
 */
export async function defaultModel(): Promise<StoredModel> {
  const url = new URL('../../models/detector/detector.safetensors', import.meta.url)
  return decodeModel(await loadShipped({ url, hash: defaultModelHash }), 'the model in the package')
}
