import { element, escapeMarkup } from '../../plot/markup.ts'
import type { Evaluation } from '../evaluation.ts'
import { section } from './html.ts'

/** What all figures rest on. */
export function protocol({ protocol, threshold, bootstrap }: Evaluation): string {
  return section('Protocol', [definitions({ ...protocol, threshold, bootstrap })])
}

function definitions(values: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(values).map(
    ([key, value]) => `${element('dt', {}, escapeMarkup(key))}${element('dd', {}, written(value))}`,
  )
  return element('dl', {}, entries.join('\n'))
}

function written(value: unknown): string {
  if (typeof value === 'string') return escapeMarkup(value)
  if (typeof value !== 'object' || value === null) return escapeMarkup(JSON.stringify(value))
  if (!Array.isArray(value)) return definitions(value as Record<string, unknown>)
  return value.map(written).join(', ')
}
