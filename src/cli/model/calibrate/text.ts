import type { CalibrationResult, Goodness } from '../../../calibrate/calibrate.ts'
import type { CallsOfBoth, Share } from '../../../calibrate/calls.ts'
import type { UnmeasuredVideo } from '../../../calibrate/measure.ts'
import { undefinedMark } from '../../../evaluate/words.ts'
import { table } from '../../text.ts'

/** What a calibration found, for people to read. */
export function calibrationLines(result: CalibrationResult, failures: readonly UnmeasuredVideo[]): string[] {
  const { calibration, operatingPoints, allowed, people, goodness, auc, fitted, heldOut } = result
  const { real, fake } = heldOut.all
  return [
    ...table([
      ['calibration', `scale ${calibration.scale.toPrecision(4)}, offset ${calibration.offset.toPrecision(4)}`],
      ['fake from', `${operatingPoints.fakeFrom.toFixed(3)} (at most ${percent(allowed.falseAlarms)} of the real)`],
      ['real up to', `${operatingPoints.realUpTo.toFixed(3)} (at most ${percent(allowed.missedFakes)} of the fakes)`],
      ['rests on', `${real.videos} real and ${fake.videos} forged videos of ${people} people`],
    ]),
    '',
    ...goodnessTable(goodness),
    '',
    ...callsTable(fitted, heldOut, auc),
    '',
    'Shares of wrong verdicts with 95 % intervals of so many videos; held out: each person judged by the others.',
    ...failureLines(failures),
  ]
}

function goodnessTable({ before, fitted, heldOut }: CalibrationResult['goodness']): string[] {
  const row = (name: string, { logLoss, brier }: Goodness) => [name, logLoss.toFixed(3), brier.toFixed(3)]
  const rows = [row('before', before), row('fitted', fitted), row('held out', heldOut)]
  return table([['', 'log loss', 'Brier'], ...rows], 2)
}

function callsTable(
  fitted: CalibrationResult['fitted'],
  heldOut: CalibrationResult['heldOut'],
  auc: CalibrationResult['auc'],
): string[] {
  const rows = Object.entries(fitted.byQuality).map(([quality, calls]) => [
    quality,
    ...cells(calls),
    areaText(auc[quality]),
  ])
  const headings = ['', 'real called fake', 'uncertain', 'real', 'fakes called fake', 'uncertain', 'real', 'AUC']
  return [
    ...table([headings, ...rows, ['all', ...cells(fitted.all), ''], ['held out', ...cells(heldOut.all), '']]),
    '',
    ...table([
      ['', 'real called fake', 'fakes called real'],
      ['all', shareText(fitted.all.real.wrong), shareText(fitted.all.fake.wrong)],
      ['held out', shareText(heldOut.all.real.wrong), shareText(heldOut.all.fake.wrong)],
    ]),
  ]
}

function cells({ real, fake }: CallsOfBoth): string[] {
  return [real, fake].flatMap((calls) => [`${calls.fake}`, `${calls.uncertain}`, `${calls.real}`])
}

function areaText(area: CalibrationResult['auc'][string] | undefined): string {
  if (!area) return undefinedMark
  const { area: value, low, high } = area
  const interval = low === null || high === null ? '' : ` (${low.toFixed(3)} to ${high.toFixed(3)})`
  return `${value.toFixed(3)}${interval}`
}

function shareText({ share, low, high }: Share): string {
  return `${percent(share)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function failureLines(failures: readonly UnmeasuredVideo[]): string[] {
  if (failures.length === 0) return []
  const rows = failures.map(({ path, quality, message }) => [`  ${path}`, quality, message.split('\n')[0]!])
  return ['', `could not be scored (${failures.length}):`, ...table(rows)]
}
