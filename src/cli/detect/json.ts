import { z } from 'zod'
import type { Detection } from '../../detect/result.ts'
import { UnmaskError } from '../../errors.ts'
import { detectionJson } from '../../report/detection-json.ts'
import { detectionSchema } from '../../report/detection-schema.ts'

const file = z.string().describe('As given, or as found in a given folder; "-" for the standard input')

const failure = z.strictObject({
  file,
  error: z.strictObject({
    code: z.string().describe('Of the table of errors; "internal" for a fault of Unmask'),
    message: z.string(),
    hint: z.string().nullable().describe('What can be done about it'),
  }),
})

/** A line of `unmask detect --json`: what was found out about a file, or why nothing was. */
export const detectLine = z.union([detectionSchema.extend({ file }), failure])

export function detectionLine(file: string, detection: Detection): string {
  return JSON.stringify({ file, ...detectionJson(detection) })
}

export function failureLine(file: string, error: unknown): string {
  const isOurs = error instanceof UnmaskError
  const message = error instanceof Error ? error.message : String(error)
  return JSON.stringify({
    file,
    error: { code: isOurs ? error.code : 'internal', message, hint: isOurs ? error.hint : null },
  })
}
