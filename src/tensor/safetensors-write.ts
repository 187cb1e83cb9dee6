/** Writes safetensors files (Node only) so that a reader sees the old file or the new one, never a part. */
import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileError, writeRange } from './positional.ts'
import { bytesOf } from './safetensors.ts'
import { type Placeable, planLayout, type SafetensorsLayout } from './safetensors-layout.ts'
import type { Tensor } from './tensor.ts'

/** A tensor that is made when its turn comes, so that not all need be in memory at once. */
export interface TensorSource extends Placeable {
  load(): Tensor | Promise<Tensor>
}

/**
 * Writes a file tensor after tensor: into a temporary file in the same folder, flushed to disk, then renamed to `path`,
 * which replaces what was there. After any failure the temporary file is removed and `path` is as before. (Only a
 * process that is killed can leave a `.name.*.tmp` behind.)
 * @throws UnmaskError `file-access`; `tensor-name` or `tensor-shape` for what cannot be stored; what a `load` throws.
 */
export async function writeSafetensors(
  path: string,
  tensors: Iterable<readonly [string, Tensor | TensorSource]>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const layout = planLayout(tensors, metadata)
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    await writeNew(temporary, layout)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}) // the first error says more
    throw fileError(path, error)
  }
  await flushFolder(dirname(path))
}

async function writeNew(path: string, layout: SafetensorsLayout<Tensor | TensorSource>): Promise<void> {
  const file: FileHandle = await open(path, 'wx')
  try {
    await writeRange(file, layout.head, 0)
    for (const { entry, source } of layout.parts) {
      const tensor = 'load' in source ? await source.load() : source
      await writeRange(file, bytesOf(tensor, entry), entry.start)
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the rename itself outlast a power cut, where the system lets folders be flushed (Windows does not). */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    // The file is whole either way.
  }
}
