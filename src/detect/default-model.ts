import { decodeModel, type StoredModel } from '../network/model-file.ts'
import { loadShipped } from '../shipped/shipped.ts'

/** SHA-256 of the model in the package, 64 hexadecimal digits. */
export const defaultModelHash = '41a622a563b3a9f11a38bef5e8025176041ab11f9f052e8665c02ceb144be09e'

/**
 * The model in the package; see models/detector/README.md.
 * @throws UnmaskError `file-access`, `package-damaged`, `digest-missing`
 */
export async function defaultModel(): Promise<StoredModel> {
  const url = new URL('../../models/detector/detector.safetensors', import.meta.url)
  return decodeModel(await loadShipped({ url, hash: defaultModelHash }), 'the model in the package')
}
