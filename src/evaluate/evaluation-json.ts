import { UnmaskError } from '../errors.ts'
import { checkOptions } from '../options.ts'
import { type Evaluation, evaluationSchema } from './evaluation.ts'

/** As text: indented, but an estimate, a failure and a video on one line each. */
export function evaluationText(evaluation: Evaluation): string {
  return `${write(evaluation, '')}\n`
}

/**
 * @param name of the file, begins the messages
 * @throws UnmaskError `evaluation-format`
 */
export function parseEvaluation(text: string, name: string): Evaluation {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new UnmaskError('evaluation-format', `${name} is not JSON`)
  }
  if ((json as { format?: unknown } | null)?.format !== 'unmask-evaluation') {
    throw new UnmaskError('evaluation-format', `${name} is not the JSON of an evaluation`)
  }
  return checkOptions(evaluationSchema, json, name, 'evaluation-format')
}

/** What fits into this many characters, and each video, stays on one line. */
const lineLength = 100

function write(value: unknown, indent: string): string {
  const flat = JSON.stringify(value)
  const isVideo = typeof value === 'object' && value !== null && 'path' in value
  if (flat.length <= lineLength || isVideo || typeof value !== 'object' || value === null) return flat
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => inner + write(item, inner)).join(',\n')}\n${indent}]`
  }
  const entries = Object.entries(value).map(([key, item]) => `${inner}${JSON.stringify(key)}: ${write(item, inner)}`)
  return `{\n${entries.join(',\n')}\n${indent}}`
}
