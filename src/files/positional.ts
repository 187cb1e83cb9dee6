/** Reading and writing whole byte ranges of files (Node only). */
import type { FileHandle } from 'node:fs/promises'
import { UnmaskError } from '../errors.ts'

/** Bytes per system call: Linux ends any at 2 GiB, and smaller ones leave room for others. */
const chunk = 64 * 2 ** 20

/** Fills `target` from `position` on. @returns how many bytes were there; fewer than asked when the file ends. */
export async function readRange(file: FileHandle, target: Uint8Array, position: number): Promise<number> {
  let done = 0
  while (done < target.length) {
    const length = Math.min(chunk, target.length - done)
    const { bytesRead } = await file.read(target, done, length, position + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return done
}

/** Writes all of `source` at `position`. */
export async function writeRange(file: FileHandle, source: Uint8Array, position: number): Promise<void> {
  let done = 0
  while (done < source.length) {
    const length = Math.min(chunk, source.length - done)
    const { bytesWritten } = await file.write(source, done, length, position + done)
    done += bytesWritten
  }
}

/** A system error as `file-access`, in words; anything else as it is. */
export function fileError(path: string, error: unknown): unknown {
  if (error instanceof UnmaskError || !(error instanceof Error) || !('syscall' in error)) return error
  const code = 'code' in error ? String(error.code) : ''
  return new UnmaskError('file-access', `${path}: ${problems[code] ?? error.message}`, { cause: error })
}

const problems: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a folder',
  ENOTDIR: 'a part of the path is not a folder',
  ENOSPC: 'no space left on the disk',
  EROFS: 'the disk is read-only',
}
