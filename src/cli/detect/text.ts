import { calledAt } from '../../detect/operating-points.ts'
import type { Basis, DetectedFace, Detection, Verdict } from '../../detect/result.ts'
import { pointsText, scoreText } from '../../detect/score-text.ts'
import { clock } from '../../draw/timeline.ts'
import { harmless } from '../text.ts'
import type { Style, Terminal } from './terminal.ts'
import { type Cell, cellCharacter, timelineCells } from './timeline.ts'
import { verdictWords } from './words.ts'

const verdictStyle: Readonly<Record<Verdict, Style | undefined>> = {
  fake: 'red',
  real: 'green',
  uncertain: 'yellow',
  'no-face': undefined,
}

/** What was found out about one file. */
export function detectionLines(
  name: string,
  { verdict, probability, faces, reasons, basis }: Detection,
  terminal: Terminal,
): string[] {
  const style = verdictStyle[verdict]
  const headline = [
    terminal.paint(['bold', ...(style ? [style] : [])], verdictWords[verdict]),
    ...(probability === null ? [] : [terminal.paint(['bold'], scoreText(probability, basis.model))]),
    harmless(name),
  ]
  return [
    headline.join('  '),
    ...timelines(faces, basis, terminal),
    ...reasons.map(
      ({ message, track }) => `  - ${track !== null && faces.length > 1 ? `#${track}: ` : ''}${harmless(message)}`,
    ),
  ]
}

/** That a file which tells more was written. */
export function writtenLine(path: string, terminal: Terminal): string {
  return terminal.paint(['dim'], `  wrote ${harmless(path)}`)
}

const widest = 60

function timelines(faces: readonly DetectedFace[], { model, video }: Basis, terminal: Terminal): string[] {
  if (faces.length === 0) return []
  const end = Math.max(video.durationSeconds ?? 0, ...faces.map(({ endSeconds }) => endSeconds))
  const labels = columnOf(faces.map(({ track }) => `#${track}`))
  const [start, stop] = [clock(0), clock(end)]
  const scores = columnOf(faces.map(({ probability }) => scoreText(probability, model)))
  const taken = 2 + labels.width + 2 + start.length + 2 + 2 + stop.length + 2 + scores.width + 2 + 'UNCERTAIN'.length
  const cells = Math.max(Math.min(terminal.columns - taken, widest), 10)
  return faces.map((face, i) => {
    const bar = end > 0 ? timelineCells(face, end, cells) : [face.probability]
    const words = face.isMain ? verdictWords[face.verdict] : 'in the background'
    return `  ${labels.of(i)}  ${start} |${paintBar(bar, model, terminal)}| ${stop}  ${scores.of(i)}  ${words}`
  })
}

/** Pieces of time of one colour are painted at once. */
function paintBar(cells: readonly Cell[], model: Basis['model'], { blocks, paint }: Terminal): string {
  const runs: { style: Style | undefined; text: string }[] = []
  for (const cell of cells) {
    const style = typeof cell === 'string' ? undefined : verdictStyle[calledAt(cell, model)]
    const last = runs.at(-1)
    const text = cellCharacter(cell, blocks)
    if (last && last.style === style) last.text += text
    else runs.push({ style, text })
  }
  return runs.map(({ style, text }) => (style ? paint([style], text) : text)).join('')
}

function columnOf(texts: readonly string[]) {
  const width = Math.max(...texts.map(({ length }) => length))
  return { width, of: (i: number) => texts[i]!.padStart(width) }
}

/** What all figures mean; said once, after all files. */
export function legendLines({ model, faces }: Basis, terminal: Terminal): string[] {
  const level = terminal.blocks ? 'The higher a bar' : 'The larger a digit (tenths)'
  const unseen = cellCharacter('unseen', terminal.blocks)
  const judged = faces.wanted === 'largest' ? 'the largest face' : 'a face'
  const meaning = model.calibrated
    ? `probability that ${judged} was forged`
    : `a score for ${judged}, no probability: the model is not calibrated`
  return [
    `%: ${meaning}; ${pointsText(model)}. A score is no proof.`,
    `${level}, the more probable at that time; ${unseen} not looked at.`,
  ].map((line) => terminal.paint(['dim'], line))
}

/** How many of several files got which verdict. @param failed how many got none */
export function summaryLine(found: readonly Verdict[], failed: number): string {
  const words = { fake: 'fake', real: 'real', uncertain: 'uncertain', 'no-face': 'without a face' } as const
  const counts = Object.entries(words).map(([verdict, word]) => ({
    count: found.filter((one) => one === verdict).length,
    word,
  }))
  const parts = [...counts, { count: failed, word: 'failed' }].filter(({ count }) => count > 0)
  return `${found.length + failed} files: ${parts.map(({ count, word }) => `${count} ${word}`).join(', ')}`
}
