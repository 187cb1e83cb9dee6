import type { Basis } from '../detect/result.ts'
import { paragraph, section } from '../page/html.ts'
import { element, escapeMarkup } from '../plot/markup.ts'

const limitsOf = ({ calibrated }: Basis['model']) => [
  'A score is no proof. Some real videos are called fake, and some forged ones real; the card of the model says how often that was measured, and on what.',
  calibrated
    ? 'The probability holds where forged and real videos are about as common as where it was calibrated. Where forgeries are rare, most alarms are false ones.'
    : 'The model is not calibrated: a score of 90 % does not mean that nine in ten such videos are forged.',
  'Only faces are judged: not voices, bodies, backgrounds or captions, and not whether a real scene is shown out of its context.',
  'Forgeries of a kind that the model has not learnt can pass. Small, dark or turned faces, heavy compression, filters, make-up and filmed screens can lead it astray either way.',
  'Heat maps, parts of the face and relations tell what the model looked at, not what a forger changed.',
]

/** How the answer came about, and what it cannot tell. */
export function limitsSection({ model, faces }: Basis): string {
  return section('How it works, and what it cannot tell', [
    paragraph(
      `Unmask finds the faces, follows them, and cuts short clips out of the time that each is in view. A neural network that has learnt how real and forged faces look, and how the parts of a face move together, scores each clip; ${model.calibrated ? 'scores become probabilities by a calibration that belongs to the model' : 'the model has no calibration that would make probabilities of its scores'}. The score of a face is the mean of its clips, that of the video ${faces.wanted === 'largest' ? 'that of its largest face alone' : 'the highest of its main faces, those at least half as wide as the widest'}. All is done once more with the pictures compressed again: where the score then falls on the other side, past the middle between the points for fake and for real, no answer is given.`,
    ),
    element(
      'ul',
      {},
      limitsOf(model)
        .map((words) => element('li', {}, escapeMarkup(words)))
        .join('\n'),
    ),
  ])
}
