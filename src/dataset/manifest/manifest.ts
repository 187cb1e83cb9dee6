import { extname, parse } from 'node:path'
import { UnmaskError } from '../../errors.ts'
import { readBytes } from '../../files/read.ts'
import { replaceFile } from '../../files/replace.ts'
import type { Manifest } from '../entry.ts'
import { formatCsv, parseCsv } from './csv.ts'
import { formatJsonl, parseJsonl } from './jsonl.ts'
import { entriesOf, rowOf } from './rows.ts'

/**
 * Reads a manifest, `.csv` or `.jsonl`; docs/datasets.md has the columns. Paths in it are relative to its folder. Whether
 * the files are there is not looked at.
 * @throws UnmaskError `manifest-format`, with the line; `file-access`
 */
export async function readManifest(path: string): Promise<Manifest> {
  const format = formatOf(path)
  const text = decode(path, await readBytes(path))
  const lines = format === 'csv' ? parseCsv(path, text) : parseJsonl(path, text)
  return { name: parse(path).name, entries: entriesOf(path, lines) }
}

/**
 * Writes a manifest, `.csv` or `.jsonl`, whole or not at all. Its name is not kept: it is that of the file.
 * @throws UnmaskError `manifest-format`, `file-access`
 */
export async function writeManifest(path: string, manifest: Manifest): Promise<void> {
  const format = formatOf(path)
  const rows = manifest.entries.map((entry) => rowOf(path, entry))
  await replaceFile(path, new TextEncoder().encode(format === 'csv' ? formatCsv(path, rows) : formatJsonl(rows)))
}

/** Whether a path is that of a manifest, by its name. */
export function isManifest(path: string): boolean {
  return ['.csv', '.jsonl'].includes(extname(path).toLowerCase())
}

function formatOf(path: string): 'csv' | 'jsonl' {
  if (isManifest(path)) return extname(path).toLowerCase() === '.csv' ? 'csv' : 'jsonl'
  throw new UnmaskError('manifest-format', `${path}: manifests end in .csv or .jsonl`)
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new UnmaskError('manifest-format', `${path}: is no text in UTF-8`, { cause })
  }
}
