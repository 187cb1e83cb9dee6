/** safetensors on disk (Node only): tensors are read one by one, whatever the size of the file. */
import { type FileHandle, open, stat } from 'node:fs/promises'
import { closest } from 'fastest-levenshtein'
import { UnmaskError } from '../errors.ts'
import { fileError, readRange } from '../files/positional.ts'
import { allocate, finish, type Safetensors } from './safetensors.ts'
import { formatError, headerLength, parseHeader, prefixLength, type SafetensorsEntry } from './safetensors-header.ts'
import type { Tensor } from './tensor.ts'

/** An open safetensors file of which only the header was read. Close it, or hold it with `await using`. */
export class SafetensorsFile implements AsyncDisposable {
  readonly path: string
  /** What the file holds, by name, in the order of the bytes. */
  readonly entries: ReadonlyMap<string, SafetensorsEntry>
  readonly metadata: Readonly<Record<string, string>>
  readonly #file: FileHandle

  private constructor(
    path: string,
    file: FileHandle,
    entries: readonly SafetensorsEntry[],
    metadata: SafetensorsFile['metadata'],
  ) {
    this.path = path
    this.#file = file
    this.entries = new Map(entries.map((entry) => [entry.name, entry]))
    this.metadata = metadata
  }

  /** @throws UnmaskError `file-access`, or `safetensors-format` when the header is not right for a file of this length. */
  static async open(path: string): Promise<SafetensorsFile> {
    const file = await openRegular(path)
    try {
      const { size } = await file.stat()
      const prefix = await readExactly(path, file, Math.min(size, prefixLength), 0)
      const length = headerLength(prefix, size, path)
      const header = parseHeader(await readExactly(path, file, length, prefixLength), size, path)
      return new SafetensorsFile(path, file, header.entries, header.metadata)
    } catch (error) {
      await file.close()
      throw fileError(path, error)
    }
  }

  /**
   * Reads one tensor.
   * @throws UnmaskError `tensor-name` when the file has none of that name; `file-access`; `safetensors-format` when the
   * file was cut since it was opened.
   */
  async read(name: string): Promise<Tensor> {
    const entry = this.entries.get(name)
    if (entry === undefined) throw this.#unknown(name)
    const [data, bytes] = allocate(entry)
    await fill(this.path, this.#file, bytes, entry.start)
    return finish(entry, data, this.path)
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #unknown(name: string): UnmaskError {
    const names = [...this.entries.keys()]
    const guess = names.length > 0 ? `; the nearest is ${JSON.stringify(closest(name, names))}` : ''
    return new UnmaskError(
      'tensor-name',
      `${this.path}: no tensor ${JSON.stringify(name)} among ${names.length}${guess}`,
    )
  }
}

/** Reads a whole file. @throws UnmaskError `file-access` or `safetensors-format`. */
export async function readSafetensors(path: string): Promise<Safetensors> {
  await using file = await SafetensorsFile.open(path)
  const tensors = new Map<string, Tensor>()
  for (const name of file.entries.keys()) tensors.set(name, await file.read(name))
  return { tensors, metadata: file.metadata }
}

async function openRegular(path: string): Promise<FileHandle> {
  try {
    // Before opening: the open of a pipe waits until somebody writes to it.
    const found = await stat(path)
    if (!found.isFile()) throw new UnmaskError('file-access', `${path}: is not a regular file`)
    return await open(path, 'r')
  } catch (error) {
    throw fileError(path, error)
  }
}

async function readExactly(path: string, file: FileHandle, length: number, position: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  await fill(path, file, bytes, position)
  return bytes
}

async function fill(path: string, file: FileHandle, target: Uint8Array, position: number): Promise<void> {
  let length: number
  try {
    length = await readRange(file, target, position)
  } catch (error) {
    throw fileError(path, error)
  }
  if (length < target.length) {
    throw formatError(path, `the file ends at byte ${position + length} instead of ${position + target.length}`)
  }
}
