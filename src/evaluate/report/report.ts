import type { Evaluation } from '../evaluation.ts'

/** One page of HTML that needs nothing else: figures in words, tables, plots, mistakes, and what it all rests on. */
export function reportHtml(evaluation: Evaluation): string {
  return `<!doctype html><title>${evaluation.videos.length}</title>`
}
