import { dirname, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import { UnmaskError } from '../../errors.ts'
import { checkOptions } from '../../options.ts'
import type { DataEntry } from '../entry.ts'

/** A line of a manifest: an entry whose paths are relative to the manifest's folder. */
export const row = z.strictObject({
  path: z.string().min(1),
  label: z.enum(['real', 'fake']),
  subset: z.string().default(''),
  identities: z.array(z.string().min(1)).default([]),
  split: z.enum(['train', 'validation', 'test']).nullable().default(null),
  mask: z.string().min(1).optional(),
  source: z.string().min(1).optional(),
})

export type Row = z.output<typeof row>

/** The columns of a table, and the keys of a line of JSON, in the order in which they are written. */
export const columns = Object.keys(row.shape) as readonly (keyof Row)[]

/**
 * The entries of a manifest's lines.
 * @param lines what stands in each, unchecked, with the number of the line
 * @throws UnmaskError `manifest-format`, with file and line
 */
export function entriesOf(file: string, lines: readonly { readonly line: number; readonly value: unknown }[]) {
  const folder = dirname(resolve(file))
  const first = new Map<string, number>()
  const entries = lines.map(({ line, value }): DataEntry => {
    const { path, mask, source, ...rest } = checkOptions(row, value, `${file}:${line}`, 'manifest-format')
    const absolute = resolve(folder, path)
    const before = first.get(absolute)
    if (before !== undefined) throw manifestError(file, line, `${path} stands in line ${before} already`)
    first.set(absolute, line)
    return {
      path: absolute,
      ...rest,
      ...(mask !== undefined && { mask: resolve(folder, mask) }),
      ...(source !== undefined && { source: resolve(folder, source) }),
    }
  })
  if (entries.length === 0) throw new UnmaskError('manifest-format', `${file}: no entry stands in this manifest`)
  return entries
}

/** An entry as it stands in a manifest. */
export function rowOf(file: string, { path, mask, source, ...rest }: DataEntry): Row {
  const folder = dirname(resolve(file))
  const within = (target: string) => relative(folder, target).replaceAll(sep, '/')
  return {
    ...rest,
    path: within(path),
    identities: [...rest.identities],
    ...(mask !== undefined && { mask: within(mask) }),
    ...(source !== undefined && { source: within(source) }),
  }
}

export function manifestError(file: string, line: number, problem: string, cause?: unknown): UnmaskError {
  return new UnmaskError('manifest-format', `${file}:${line}: ${problem}`, { cause })
}
