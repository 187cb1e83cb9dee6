import { definitions, section } from '../../page/html.ts'
import { escapeMarkup } from '../../plot/markup.ts'
import type { Evaluation } from '../evaluation.ts'

/** What all figures rest on. */
export function protocol({ protocol, threshold, bootstrap }: Evaluation): string {
  return section('Protocol', [written({ ...protocol, threshold, bootstrap })])
}

function written(value: unknown): string {
  if (typeof value === 'string') return escapeMarkup(value)
  if (typeof value !== 'object' || value === null) return escapeMarkup(JSON.stringify(value))
  if (Array.isArray(value)) return value.map(written).join(', ')
  return definitions(Object.entries(value).map(([term, held]) => [term, written(held)]))
}
