import { calledAt } from '../detect/operating-points.ts'
import type { Basis, DetectedFace } from '../detect/result.ts'
import { scoreText } from '../detect/score-text.ts'
import { clock } from '../draw/timeline.ts'
import { definitions, paragraph } from '../page/html.ts'
import { element, escapeMarkup } from '../plot/markup.ts'
import { verdictIcon } from './icons.ts'
import { moments } from './moments.ts'
import { regionChart } from './regions.ts'
import { relationFigure } from './relations.ts'
import { probabilityScale } from './scale.ts'
import { facePicture } from './still.ts'
import { clipTable, timeline } from './timeline.ts'
import { fakeWords, nameOf, sentence, spanText, verdictWords } from './words.ts'

/** All that was found out about one face. */
export function faceSection(face: DetectedFace, basis: Basis): string {
  const content = [
    element('h2', {}, nameOf(face)),
    element('div', { class: 'face-answer' }, portrait(face) + answer(face, basis)),
    element('h3', {}, 'Score over time'),
    timeline(face, basis),
    paragraph(
      'Each bar is a stretch of time that the model looked at, as high as its score for fake; dots are moments within it, each looked at on its own. The thick line below: the face is in view.',
      'soft note',
    ),
    clipTable(face, basis.model),
    ...evidence(face),
  ]
  return element('section', { class: 'face', id: `face-${face.track}` }, content.join('\n'))
}

function portrait(face: DetectedFace): string {
  const caption = element('figcaption', {}, `Still from ${clock(face.thumbnail.seconds, 1)}`)
  return element('figure', { class: 'portrait' }, facePicture(face) + caption)
}

function answer(face: DetectedFace, { model }: Basis): string {
  const { verdict, probability, recompressed, reasons, isMain } = face
  const stays = calledAt(recompressed, model) === calledAt(probability, model)
  const parts = [
    element(
      'p',
      { class: `verdict ${verdict}` },
      `${verdictIcon(verdict, 28)}<strong>${verdictWords[verdict].mark}</strong>`,
    ),
    isMain ? '' : paragraph('In the background: the answer for the video does not count it.', 'soft'),
    probabilityScale(`${nameOf(face)}: ${fakeWords(model)}`, model, probability, recompressed),
    paragraph(
      `Compressed again (hollow mark): ${scoreText(recompressed, model)}. ${stays ? 'The score alone stays on the same side.' : 'The score alone would lead to another answer.'}`,
      'note',
    ),
    element('ul', {}, reasons.map(({ message }) => element('li', {}, escapeMarkup(sentence(message)))).join('')),
    quality(face),
  ]
  return element('div', {}, parts.join('\n'))
}

function quality({ startSeconds, endSeconds, quality }: DetectedFace): string {
  const { size, sharpness, yaw, roll, found, looked } = quality
  const turned = `${Math.abs(Math.round(yaw))}° to the ${yaw < 0 ? 'left' : 'right'}, tilted ${Math.abs(Math.round(roll))}°`
  return definitions([
    ['in view', spanText(startSeconds, endSeconds)],
    ['found in', `${found} of ${looked} frames looked at`],
    ['width', `${Math.round(size)} pixels`],
    ['sharpness', `${sharpness.toFixed(2)} (0 blurred away, 1 sharp)`],
    ['head turned', turned],
  ])
}

const relationNote = paragraph(
  'Circles: places that the model looks at, larger with more of the evidence. Lines: the strongest of the relations between them that it has learnt, from all videos.',
  'soft note',
)

/** Where the evidence is. Of a face held to be real there is none worth a picture: its maps would show noise as guilt. */
function evidence(face: DetectedFace): string[] {
  const heading = element('h3', {}, 'Where the evidence is')
  if (face.verdict === 'real') {
    return [
      heading,
      paragraph(
        'No heat maps are shown: this face was not called fake, and maps of it would only colour the strongest of what is too weak to count.',
      ),
    ]
  }
  const { regions, relations, moments: frames } = face
  if (!regions || frames.length === 0) return [heading, paragraph('The model found no evidence for fake anywhere.')]
  const caution =
    face.verdict === 'uncertain'
      ? paragraph('No answer rests on these maps: they show the strongest of evidence that does not suffice.', 'warn')
      : ''
  const columns = [
    element('div', {}, `<h4>Parts of the face</h4>${regionChart(nameOf(face), regions)}`),
    relations
      ? element('div', {}, `<h4>What the model compares</h4>${relationFigure(face, relations)}${relationNote}`)
      : '',
  ]
  return [
    heading,
    caution,
    paragraph(
      'The frames with the most evidence, with their times and scores: each as it is in the video, and with a heat map over it. Bright is where the model sees it; look there yourself.',
    ),
    moments(face),
    element('div', { class: 'columns' }, columns.join('\n')),
  ]
}
