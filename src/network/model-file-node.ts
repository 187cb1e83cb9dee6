/** Model files on disk (Node only). */
import { sha256 } from '../digest.ts'
import { readBytes } from '../files/read.ts'
import { replaceFile } from '../files/replace.ts'
import { decodeModel, encodeModel, type Model, type StoredModel } from './model-file.ts'

/** Reads a model file. @throws UnmaskError `file-access`, and what `decodeModel` throws */
export async function readModel(path: string): Promise<StoredModel> {
  return decodeModel(await readBytes(path), path)
}

/**
 * Writes a model file; a reader sees the old file or the new one, never a part.
 * @throws UnmaskError `file-access`, and what `encodeModel` throws
 */
export async function writeModel(path: string, model: Model): Promise<StoredModel> {
  const bytes = encodeModel(model)
  await replaceFile(path, bytes)
  return { ...model, hash: await sha256(bytes), bytes: bytes.length }
}
