import { number, paragraph, path, section, tableOf, text } from '../../page/html.ts'
import { countText } from '../../words.ts'
import type { Evaluation } from '../evaluation.ts'
import { commonFolder } from './paths.ts'

/** More than this are counted, not listed. */
const most = 100

/** The videos of which nothing could be said. */
export function failures({ failures, videos }: Evaluation): string {
  if (failures.length === 0) return section('Failures', [paragraph('Every video has a score.')])
  const reasons = [...new Set(failures.map(({ reason }) => reason))].sort().map((reason) => {
    const those = failures.filter((failure) => failure.reason === reason)
    const real = those.filter(({ label }) => label === 'real').length
    return [text(reason), number(real), number(those.length - real)]
  })
  const folder = commonFolder(failures.map(({ path }) => path))
  const rows = failures
    .slice(0, most)
    .map((failure) => [
      path(failure.path.slice(folder.length)),
      text(failure.label),
      text(failure.subset),
      text(failure.reason),
      path(failure.message),
    ])
  const all = countText(failures.length + videos.length, 'video')
  return section('Failures', [
    paragraph(
      `${failures.length} of ${all} could not be scored. They are in no metric: if they were easy or hard ones, the figures flatter or wrong the model.`,
    ),
    tableOf('How many of each reason', ['reason', 'real', 'fake'], reasons),
    folder === '' ? '' : paragraph(`Paths are below ${folder}`, 'soft path'),
    tableOf(
      failures.length > most ? `The first ${most}` : 'Each of them',
      ['video', 'label', 'subset', 'reason', 'message'],
      rows,
    ),
  ])
}
