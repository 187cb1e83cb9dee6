import type { z } from 'zod'
import { UnmaskError } from '../errors.ts'
import { shortened } from '../words.ts'

/**
 * What a model file's metadata hold as JSON under a name.
 * @returns undefined where they have no such name
 * @throws UnmaskError `model-format`
 */
export function metadataOf<Schema extends z.ZodType>(
  metadata: Readonly<Record<string, string>>,
  name: string,
  schema: Schema,
): z.output<Schema> | undefined {
  const text = metadata[name]
  if (text === undefined) return undefined
  const read = schema.safeParse(parsed(text))
  if (read.success) return read.data
  throw new UnmaskError('model-format', `the model's ${name} cannot be read: ${shortened(text, 60)}`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
