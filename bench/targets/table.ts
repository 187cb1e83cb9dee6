import type { CalibrationBasis } from '../../src/calibrate/basis.ts'
import type { Estimate } from '../../src/evaluate/metrics/bootstrap.ts'
import { undefinedMark } from '../../src/evaluate/words.ts'
import { type Figure, holds } from './figure.ts'

/** What was measured of one model. */
export interface MeasuredModel {
  /** How the table calls it. */
  readonly name: string
  readonly figures: readonly Figure[]
  /** What its operating points rest on. */
  readonly basis?: CalibrationBasis
}

/** All figures as a Markdown table, with two columns for each model; models are measured on the same targets. */
export function targetsTable(models: readonly MeasuredModel[]): string[] {
  const several = models.length > 1
  const headings = ['target', 'goal', 'videos', ...models.flatMap(({ name }) => [several ? name : 'measured', 'holds'])]
  const rows = models[0]!.figures.map((figure, row) => {
    const own = models.flatMap(({ figures }) => [measuredText(figures[row]!), holdsText(figures[row]!)])
    return [figure.target, goalText(figure), figure.of, ...own]
  })
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}

/** Lines on what is to be known of figures beside their numbers. */
export function noteLines({ figures }: MeasuredModel): string[] {
  return figures.flatMap(({ target, note }) => (note === undefined ? [] : [`- ${target}: ${note}`]))
}

/** Where points were chosen on the very videos, only people that were held out tell what to expect of others. */
export function basisLines({ basis }: MeasuredModel): string[] {
  if (!basis) return ['- operating points: none of its own']
  const { data, qualities, people, heldOut } = basis
  const wrong = ({ share, low, high }: { share: number; low: number; high: number }) =>
    measuredText({ value: share, low, high, isShare: true })
  const where = `${data.join(', ')}: ${people} people, ${qualities.join(', ')}, forged`
  const held = `real called fake ${wrong(heldOut.real.wrong)}, fakes called real ${wrong(heldOut.fake.wrong)}`
  return [`- operating points chosen on ${where}; people held out: ${held}`]
}

function measuredText({ value, low, high, isShare }: Estimate & Pick<Figure, 'isShare'>): string {
  if (value === null) return undefinedMark
  const text = (number: number) => (isShare ? (100 * number).toFixed(1) : number.toFixed(3))
  const interval = low === null || high === null ? '' : ` (${text(low)} to ${text(high)})`
  return `${text(value)}${isShare ? ' %' : ''}${interval}`
}

function goalText({ goal, isShare }: Figure): string {
  const text = (number: number) => (isShare ? `${100 * number} %` : number.toFixed(2))
  return 'least' in goal ? `>= ${text(goal.least)}` : `<= ${text(goal.most)}`
}

function holdsText(figure: Figure): string {
  const held = holds(figure)
  return held === null ? undefinedMark : held ? 'yes' : '**no**'
}
