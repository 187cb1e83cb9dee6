import { paragraph } from '../../page/html.ts'
import { htmlPage } from '../../page/page.ts'
import { plotStyle } from '../../plot/figure.ts'
import { element } from '../../plot/markup.ts'
import { countText } from '../../words.ts'
import type { Evaluation } from '../evaluation.ts'
import { failures } from './failures.ts'
import { allMetrics, headline } from './headline.ts'
import { localisation } from './localisation.ts'
import { mistakes } from './mistakes.ts'
import { plots } from './plots.ts'
import { protocol } from './protocol.ts'
import { robustness } from './robustness.ts'
import { evaluationStyle } from './style.ts'
import { subsets } from './subsets.ts'

/** One page of HTML that needs nothing else: figures in words, tables, plots, mistakes, and what it all rests on. */
export function reportHtml(evaluation: Evaluation): string {
  const { real, fake } = evaluation.video.count
  const title = 'Evaluation of a deepfake detector'
  const what = `${countText(real, 'real')} and ${countText(fake, 'fake')} with a score, ${countText(evaluation.failures.length, 'failure')}`
  const sections = [headline, subsets, plots, robustness, localisation, allMetrics, mistakes, failures, protocol]
  const body = [
    element('header', {}, element('h1', {}, title) + paragraph(what, 'soft')),
    element('main', {}, sections.map((write) => write(evaluation)).join('\n')),
  ]
  const style = plotStyle + evaluationStyle
  return htmlPage({ title: `${title}: ${what}`, style, body: body.join('\n') })
}
