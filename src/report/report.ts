import { z } from 'zod'
import type { Detection } from '../detect/result.ts'
import { checkOptions } from '../options.ts'
import { paragraph } from '../page/html.ts'
import { htmlPage } from '../page/page.ts'
import { plotStyle } from '../plot/figure.ts'
import { element, escapeMarkup } from '../plot/markup.ts'
import { answer, nextSteps } from './answer.ts'
import { basisSection } from './basis.ts'
import { faceSection } from './face.ts'
import { limitsSection } from './limits.ts'
import { stillsOf } from './still.ts'
import { reportStyle } from './style.ts'
import { verdictWords } from './words.ts'

const options = z.strictObject({
  /** What the video is called, e.g. its file name. */
  name: z.string(),
  /** When it was examined; default: not told. */
  date: z.date().optional(),
})

export type ReportOptions = z.input<typeof options>

/**
 * A detection for people: one page of HTML, without scripts, that needs nothing else and asks nothing of the network. The
 * same detection, name and date give the same page.
 * @throws UnmaskError `option-invalid`
 */
export function reportOf(detection: Detection, given: ReportOptions): string {
  const { name, date } = checkOptions(options, given, 'reportOf')
  const { verdict, faces, basis } = detection
  const examined = date ? `, ${date.toISOString().slice(0, 16).replace('T', ' ')} UTC` : ''
  const header = [
    paragraph(`Unmask: report on the faces of a video${examined}`, 'soft'),
    element('h1', {}, element('bdi', {}, escapeMarkup(name))),
  ]
  const sections = [
    answer(detection),
    nextSteps(detection),
    ...faces.map((face) => faceSection(face, basis)),
    basisSection(name, basis),
    limitsSection(basis),
  ]
  const body = [stillsOf(faces), element('header', {}, header.join('\n')), element('main', {}, sections.join('\n'))]
  return htmlPage({
    title: `${verdictWords[verdict].mark}: ${name}`,
    style: plotStyle + reportStyle,
    body: body.join('\n'),
  })
}
