import type { Basis, DetectedFace, Detection } from '../detect/result.ts'
import { scoreText } from '../detect/score-text.ts'
import { paragraph, section } from '../page/html.ts'
import { element, escapeMarkup } from '../plot/markup.ts'
import { verdictIcon } from './icons.ts'
import { probabilityScale } from './scale.ts'
import { facePicture } from './still.ts'
import { fakeWords, nameOf, sentence, spanText, verdictWords } from './words.ts'

/** The answer for the whole video, at a glance. */
export function answer(detection: Detection): string {
  const { verdict, probability, reasons, faces, basis } = detection
  const { mark, headline, meaning } = verdictWords[verdict]
  const words = [
    element('p', { class: `verdict ${verdict}` }, `${verdictIcon(verdict, 56)}<strong>${mark}</strong>`),
    element('h2', {}, escapeMarkup(headline)),
    paragraph(meaning),
  ]
  const picture = faces.length === 1 ? facePicture(faces[0]!) : ''
  const head = element('div', { class: 'head' }, element('div', {}, words.join('\n')) + picture)
  const scale =
    probability === null
      ? ''
      : paragraph(`${scoreWords(detection)}: ${scoreText(probability, basis.model)}`, 'scale-title') +
        probabilityScale(fakeWords(basis.model), basis.model, probability) +
        (basis.model.calibrated ? '' : paragraph(notCalibrated, 'warn'))
  const why = reasons.map(({ message, track }) =>
    element(
      'li',
      {},
      escapeMarkup(track === null || faces.length < 2 ? sentence(message) : `Face ${track}: ${message}.`),
    ),
  )
  const content = [head, scale, '<h3>Why</h3>', element('ul', {}, why.join('\n')), overview(faces, basis)]
  return element('section', { class: `answer ${verdict}` }, content.join('\n'))
}

const notCalibrated =
  'The model is not calibrated: its scores are no probabilities. They only tell what looks more like a forgery to it from what looks less so.'

function scoreWords({ verdict, basis }: Detection): string {
  if (verdict === 'uncertain') return 'The score, on which no answer rests'
  const judged = basis.faces.wanted === 'largest' ? 'its largest face' : 'a face in it'
  return `${basis.model.calibrated ? 'Probability' : 'Score for it'} that ${judged} is forged`
}

/** Several faces side by side. */
function overview(faces: readonly DetectedFace[], { model }: Basis): string {
  if (faces.length < 2) return ''
  const cards = faces.map((face) => {
    const { track, verdict, probability, startSeconds, endSeconds, isMain } = face
    const words = [
      element('strong', {}, nameOf(face)),
      element(
        'span',
        { class: `verdict ${verdict}` },
        `${verdictIcon(verdict, 18)} ${verdictWords[verdict].mark}, ${escapeMarkup(scoreText(probability, model))}`,
      ),
      element('span', { class: 'soft' }, `${spanText(startSeconds, endSeconds)}${isMain ? '' : ', in the background'}`),
    ]
    return element(
      'li',
      {},
      element('a', { href: `#face-${track}` }, facePicture(face) + element('span', {}, words.join(''))),
    )
  })
  return element('ul', { class: 'faces' }, cards.join('\n'))
}

/** What a reader can do with the answer. */
export function nextSteps({ verdict }: Detection): string {
  const steps = stepsFor[verdict].map((step) => element('li', {}, escapeMarkup(step)))
  return section('What to do next', [element('ul', {}, steps.join('\n'))])
}

const findOriginal =
  'Find the earliest and largest copy: copies lose what an answer rests on. Ask who made it, when and with what.'

const stepsFor: Readonly<Record<Detection['verdict'], readonly string[]>> = {
  fake: [
    'Look at the marked moments yourself, slowly and large: edges of the face, teeth, eyes, light, lips against the sound.',
    findOriginal,
    'Get a second opinion that does not rest on this model: another method, a forensic expert, or the person shown.',
    'Do not publish or act on this score alone.',
  ],
  real: [
    'Do not take this for a proof of authenticity: check source, place, date and context as for any video.',
    'Voice, text and cut were not examined. Real pictures can be shown under false words.',
    findOriginal,
  ],
  uncertain: [
    'The reasons above say what is missing: often a copy that is larger, longer or less compressed gives an answer.',
    findOriginal,
    'Until then treat the video as not examined.',
  ],
  'no-face': [
    'If there is a face in it, look for a copy in which it is larger, longer in view, or turned to the camera.',
    'Forgeries of other things than faces are not looked for.',
  ],
}
