/** Writes safetensors files (Node only) so that a reader sees the old file or the new one, never a part. */
import { writeRange } from '../files/positional.ts'
import { replaceFile } from '../files/replace.ts'
import { bytesOf } from './safetensors.ts'
import { type Placeable, planLayout } from './safetensors-layout.ts'
import type { Tensor } from './tensor.ts'

/** A tensor that is made when its turn comes, so that not all need be in memory at once. */
export interface TensorSource extends Placeable {
  load(): Tensor | Promise<Tensor>
}

/**
 * Writes a file tensor after tensor, and all of it or nothing (see `replaceFile`).
 * @throws UnmaskError `file-access`; `tensor-name` or `tensor-shape` for what cannot be stored; what a `load` throws.
 */
export async function writeSafetensors(
  path: string,
  tensors: Iterable<readonly [string, Tensor | TensorSource]>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const layout = planLayout(tensors, metadata)
  await replaceFile(path, async (file) => {
    await writeRange(file, layout.head, 0)
    for (const { entry, source } of layout.parts) {
      const tensor = 'load' in source ? await source.load() : source
      await writeRange(file, bytesOf(tensor, entry), entry.start)
    }
  })
}
