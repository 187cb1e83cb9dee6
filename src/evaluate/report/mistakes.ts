import { number, paragraph, path, section, tableOf, text } from '../../page/html.ts'
import { countText } from '../../words.ts'
import type { Evaluation } from '../evaluation.ts'
import type { ScoredVideo } from '../scored.ts'
import { commonFolder } from './paths.ts'

/** Of each kind so many are shown. */
const most = 10

/** The videos that the model is most wrong about. */
export function mistakes({ videos, threshold, video }: Evaluation): string {
  const reals = videos.filter(({ label, probability }) => label === 'real' && probability >= threshold)
  const fakes = videos.filter(({ label, probability }) => label === 'fake' && probability < threshold)
  const folder = commonFolder([...reals, ...fakes].map(({ path }) => path))
  return section('Worst mistakes', [
    folder === '' ? '' : paragraph(`Paths are below ${folder}`, 'soft path'),
    list(
      reals.toSorted((one, other) => other.probability - one.probability),
      `${reals.length} of ${countText(video.count.real, 'real')} called fake`,
      'highest',
      folder,
    ),
    list(
      fakes.toSorted((one, other) => one.probability - other.probability),
      `${fakes.length} of ${countText(video.count.fake, 'fake')} called real`,
      'lowest',
      folder,
    ),
  ])
}

function list(wrong: readonly ScoredVideo[], words: string, end: 'highest' | 'lowest', folder: string): string {
  if (wrong.length === 0) return paragraph(`${words}.`)
  const caption = wrong.length > most ? `${words}; those with the ${end} scores` : words
  return tableOf(
    caption,
    ['video', 'subset', 'score', 'faces'],
    wrong
      .slice(0, most)
      .map((video) => [
        path(video.path.slice(folder.length)),
        text(video.subset),
        number(video.probability.toFixed(3)),
        number(video.faces.length),
      ]),
  )
}
