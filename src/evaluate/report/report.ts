import { plotStyle } from '../../plot/figure.ts'
import { element, escapeMarkup } from '../../plot/markup.ts'
import type { Evaluation } from '../evaluation.ts'
import { countText } from '../words.ts'
import { failures } from './failures.ts'
import { allMetrics, headline } from './headline.ts'
import { paragraph } from './html.ts'
import { localisation } from './localisation.ts'
import { mistakes } from './mistakes.ts'
import { plots } from './plots.ts'
import { protocol } from './protocol.ts'
import { robustness } from './robustness.ts'
import { pageStyle } from './style.ts'
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
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(`${title}: ${what}`)}</title>
<style>${pageStyle}${plotStyle}</style>
</head>
<body>
${body.join('\n')}
</body>
</html>
`
}
