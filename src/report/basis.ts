import type { Basis } from '../detect/result.ts'
import { pointsText } from '../detect/score-text.ts'
import { clock } from '../draw/timeline.ts'
import { definitions, paragraph, section } from '../page/html.ts'
import { element, escapeMarkup } from '../plot/markup.ts'
import { countText } from '../words.ts'

/** What the answer rests on, so that it can be had again. */
export function basisSection(name: string, basis: Basis): string {
  const { version, model, video, faces, framesExpected, framesRepeated, framesDecoded, device, seconds } = basis
  const { durationSeconds, width, height } = video
  const length = durationSeconds === undefined ? 'length not told by the file' : clock(durationSeconds, 1)
  const frames = [
    `${countText(framesDecoded, 'frame')} decoded`,
    `${framesExpected.toLocaleString('en')} needed`,
    framesRepeated === 0 ? 'none missing' : `${framesRepeated.toLocaleString('en')} missing, others stand in for them`,
  ]
  const terms: [string, string][] = [
    ['video', element('bdi', {}, escapeMarkup(name))],
    ['picture', escapeMarkup(`${width} × ${height} pixels, ${length}`)],
    ['frames', escapeMarkup(frames.join(', '))],
    ['faces', facesWords(faces)],
    ['model', escapeMarkup(model.name)],
    ['its SHA-256', element('code', {}, escapeMarkup(model.hash))],
    ['its calibration', model.calibrated ? 'its own' : 'none: its scores are no probabilities'],
    ['its verdicts', escapeMarkup(pointsText(model))],
    ['program', escapeMarkup(`Unmask ${version}, ${device.engine}`)],
    ['computed on', escapeMarkup(`${device.kind}, ${countText(device.threads, 'thread')} (${device.why})`)],
    ['time taken', escapeMarkup(`${seconds.toFixed(1)} s`)],
  ]
  const warnings = video.warnings.map(({ message }) => paragraph(`The file: ${message}`, 'warn'))
  return section('What this rests on', [...warnings, definitions(terms)])
}

function facesWords({ wanted, leftOut }: Basis['faces']): string {
  const judged = wanted === 'largest' ? 'only the largest, as was asked for' : 'all that are in view for long enough'
  return leftOut === 0 ? judged : `${judged}; ${countText(leftOut, 'narrower one')} not judged`
}
