import { closest } from 'fastest-levenshtein'
import { z } from 'zod'
import { type ErrorCode, UnmaskError } from './errors.ts'

/**
 * Checks options at the public boundary and fills in defaults.
 * @param what whose options they are, e.g. "openVideo"; begins the message
 * @throws UnmaskError of the code, naming every fault by its path; for an unknown key also the nearest known one
 */
export function checkOptions<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  what: string,
  code: ErrorCode = 'option-invalid',
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => describe(schema, issue))
  throw new UnmaskError(code, `${what}: ${faults.join('; ')}`)
}

function describe(schema: z.ZodType, issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.')
  if (issue.code !== 'unrecognized_keys') return path === '' ? issue.message : `${path}: ${issue.message}`
  const known = keysAt(schema, issue.path)
  const keys = issue.keys.map((key) => {
    const nearest = known.length > 0 ? ` (did you mean "${closest(key, known)}"?)` : ''
    return `unknown key "${[...issue.path, key].join('.')}"${nearest}`
  })
  return keys.join('; ')
}

/** The keys that a schema knows at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const shapes = objectShapes(schema)
  const [key, ...rest] = path
  if (key === undefined) return [...new Set(shapes.flatMap((shape) => Object.keys(shape)))]
  return shapes.flatMap((shape) => (shape[key as string] ? keysAt(shape[key as string] as z.ZodType, rest) : []))
}

/** The shape of an object schema, of each option of a union; none for other schemas. */
function objectShapes(schema: unknown): Record<string, unknown>[] {
  if (schema instanceof z.ZodObject) return [schema.shape]
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(objectShapes)
  const wrapped = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional
  return wrapped ? objectShapes(schema.unwrap()) : []
}
