import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { evaluationSchema } from './evaluation.ts'
import { evaluationText, parseEvaluation } from './evaluation-json.ts'
import { metricNames } from './metrics/table.ts'
import { reportHtml } from './report/report.ts'
import { scoreTable } from './score-table.ts'
import type { FailedVideo, ScoredVideo } from './scored.ts'
import { type SummaryOptions, summarise } from './summary.ts'

type Row = [path: string, label: 'real' | 'fake', subset: string, probability: number, faces?: number[][]]

/** A video of faces of clips; by default one face with one clip. */
function video([path, label, subset, probability, faces = [[probability]]]: Row): ScoredVideo {
  return {
    path,
    label,
    subset,
    probability,
    faces: faces.map((clips, i) => ({
      track: i + 1,
      width: 90,
      probability: clips.reduce((sum, clip) => sum + clip, 0) / clips.length,
      clips: clips.map((probability, second) => ({ fromSeconds: second, toSeconds: second + 1, probability })),
    })),
  }
}

const videos = (
  [
    ['set/youtube/r1.mp4', 'real', 'youtube', 0.1],
    ['set/youtube/r2.mp4', 'real', 'youtube', 0.2],
    ['set/youtube/r3.mp4', 'real', 'youtube', 0.4],
    ['set/youtube/r4.mp4', 'real', 'youtube', 0.7],
    ['set/swap/f1.mp4', 'fake', 'swap', 0.9],
    ['set/swap/f2 "of, it".mp4', 'fake', 'swap', 0.8],
    ['set/swap/f3<script>.mp4', 'fake', 'swap', 0.55],
    ['set/mixed/m1.mp4', 'real', 'mixed', 0.3],
    ['set/mixed/m2.mp4', 'fake', 'mixed', 0.65, [[0.6, 0.7], [0.2]]],
  ] as Row[]
).map(video)

const failures: FailedVideo[] = [
  { path: 'set/swap/f4.mp4', label: 'fake', subset: 'swap', reason: 'no-face', message: 'no face in 50 looks' },
]

const options: SummaryOptions = { threshold: 0.6, protocol: { model: 'abc', plan: { clips: 4 } }, replicates: 200 }
const evaluation = summarise(videos, failures, options)

const value = (number: number | null) => (number === null ? null : expect.closeTo(number, 6))
const values = (numbers: Record<string, number | null>) =>
  Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, { value: value(number) }]))

describe('the JSON', () => {
  test('videos: descending F .9 F .8 R .7 F .65 F .55 R .4 R .3 R .2 R .1', () => {
    const surprise = -(2 * Math.log(0.9) + 2 * Math.log(0.8) + Math.log(0.7) + Math.log(0.6) + Math.log(0.3))
    expect(evaluation.video).toMatchObject({
      count: { real: 5, fake: 4 },
      ...values({
        auc: (5 + 5 + 4 + 4) / 20,
        ap: (1 + 1 + 3 / 4 + 4 / 5) / 4,
        eer: 0.2,
        accuracy: 7 / 9,
        accuracyAtHalf: 8 / 9,
        balancedAccuracy: (3 / 4 + 4 / 5) / 2,
        truePositiveRate: 3 / 4,
        falsePositiveRate: 1 / 5,
        tprAtFpr1: 1 / 2,
        tprAtFpr5: 1 / 2,
        brier: (0.01 + 0.04 + 0.09 + 0.16 + 0.49 + 0.01 + 0.04 + 0.1225 + 0.2025) / 9,
        logLoss: (surprise - Math.log(0.65) - Math.log(0.55)) / 9,
        calibrationError: (0.1 + 0.2 + 0.3 + 0.4 + 0.7 + 0.1 + 0.2 + 0.35 + 0.45) / 9,
      }),
    })
    expect(evaluation.failed).toEqual({ real: 0, fake: 1 })
  })

  test('faces and clips are samples of their own, with the label of their video', () => {
    // The second face of m2 has 0.2, which beats one real and ties with one.
    expect(evaluation.face).toMatchObject({ count: { real: 5, fake: 5 }, ...values({ auc: (18 + 1.5) / 25 }) })
    // Clips .6 and .7 instead of .65; .7 ties with a real.
    expect(evaluation.clip).toMatchObject({
      count: { real: 5, fake: 6 },
      ...values({ auc: (5 + 5 + 4 + 4 + 4.5 + 1.5) / 30 }),
    })
  })

  test('subsets say what they are measured against', () => {
    expect(Object.keys(evaluation.subsets)).toEqual(['mixed', 'swap', 'youtube'])
    expect(evaluation.subsets).toMatchObject({
      mixed: { against: 'itself', video: { count: { real: 1, fake: 1 }, auc: { value: 1, low: null, high: null } } },
      swap: {
        against: 'all-reals',
        failed: { real: 0, fake: 1 },
        video: { count: { real: 5, fake: 3 }, ...values({ auc: 14 / 15, truePositiveRate: 2 / 3 }) },
      },
      youtube: {
        against: 'nothing',
        failed: { real: 0, fake: 0 },
        video: { count: { real: 4, fake: 0 }, ...values({ auc: null, falsePositiveRate: 1 / 4, accuracy: 3 / 4 }) },
      },
    })
    const alarms = evaluation.subsets.youtube!.video.falsePositiveRate
    expect(alarms.low).toBe(0)
    expect(alarms.high).toBeGreaterThan(0.4)
  })

  test('every interval holds its value', () => {
    for (const level of [evaluation.clip, evaluation.face, evaluation.video]) {
      for (const name of metricNames) {
        const { value, low, high } = level[name]
        expect(low!, name).toBeLessThanOrEqual(value!)
        expect(high!, name).toBeGreaterThanOrEqual(value!)
      }
    }
  })

  test('is what the schema says, as text and back; the same bytes whatever the order of the videos', () => {
    expect(evaluationSchema.parse(evaluation)).toEqual(evaluation)
    const text = evaluationText(evaluation)
    expect(JSON.parse(text)).toEqual(evaluation)
    expect(parseEvaluation(text, 'a.json')).toEqual(evaluation)
    expect(text.split('\n').filter((line) => line.includes('"path"'))).toHaveLength(10)
    expect(evaluationText(summarise(videos.toReversed(), failures, options))).toBe(text)
    expect(evaluationText(summarise(videos, failures, { ...options, seed: 1 }))).not.toBe(text)
  })

  test('other files are refused in words', () => {
    expect(() => parseEvaluation('{"a": 1', 'a.json')).toThrow(/a\.json is not JSON/)
    expect(() => parseEvaluation('null', 'a.json')).toThrow(/a\.json is not the JSON of an evaluation/)
    const broken = { ...evaluation, threshold: 2 }
    expect(() => parseEvaluation(JSON.stringify(broken), 'a.json')).toThrow(/^a\.json: threshold: /)
  })

  test('a probability that is none is refused', () => {
    const wrong = { ...videos[0]!, probability: Number.NaN }
    expect(() => summarise([wrong], [], options)).toThrow(/scored videos: 0\.probability: /)
  })
})

test('the CSV has every video', () => {
  const rows = parse(scoreTable(videos, failures), { columns: true }) as Record<string, string>[]
  expect(rows).toHaveLength(10)
  expect(rows[5]).toEqual({
    path: 'set/swap/f2 "of, it".mp4',
    label: 'fake',
    subset: 'swap',
    probability: '0.8',
    faces: '1',
    clips: '1',
    status: 'scored',
    message: '',
  })
  expect(rows[8]).toMatchObject({ faces: '2', clips: '3' })
  expect(rows[9]).toMatchObject({ probability: '', faces: '', status: 'no-face', message: 'no face in 50 looks' })
})

describe('the page', () => {
  const html = reportHtml(evaluation)
  const plain = (markup: string) =>
    markup
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
  /** Cells of the table rows that begin with a text. */
  const rows = (first: string) =>
    [...html.matchAll(/<tr>(.*?)<\/tr>/gs)]
      .map(([, row]) => [...row!.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell]) => plain(cell!)))
      .filter((cells) => cells[0] === first)

  test('headline', () => {
    const figure = (name: string) => html.match(new RegExp(`data-metric="${name}".*?<strong>(.*?)</strong>`, 's'))?.[1]
    expect(figure('auc')).toBe('0.900')
    expect(figure('balancedAccuracy')).toBe('77.5 %')
    expect(figure('eer')).toBe('20.0 %')
    expect(figure('truePositiveRate')).toBe('75.0 %')
    expect(figure('falsePositiveRate')).toBe('20.0 %')
    expect(plain(html)).toContain('Of 10 videos 1 has no score and is in no figure (0 real, 1 fake).')
    expect(plain(html)).toContain('With 5 reals and 4 fakes all figures are rough, and intervals')
  })

  test('tables', () => {
    const [auc] = rows('AUC')
    expect(auc!.slice(1, 4).map((cell) => cell.split(' ')[0])).toEqual(['0.800', '0.780', '0.900'])
    expect(rows('samples, real + fake')[0]!.slice(1, 4)).toEqual(['5 + 6', '5 + 5', '5 + 4'])
    expect(rows('swap')[0]!.slice(0, 5)).toEqual(['swap', 'all reals', '5', '3', '1'])
    expect(rows('swap')[0]![5]).toMatch(/^0\.933 \d\.\d+ to 1\.000$/)
    expect(rows('youtube')[0]).toMatchObject(['youtube', 'one class only', '4', '0', '0', '–', '–', '–', /^25\.0 %/])
  })

  test('mistakes, failures, protocol', () => {
    expect(rows('youtube/r4.mp4')[0]).toEqual(['youtube/r4.mp4', 'youtube', '0.700', '1'])
    expect(rows('swap/f3&lt;script&gt;.mp4')[0]).toEqual(['swap/f3&lt;script&gt;.mp4', 'swap', '0.550', '1'])
    expect(rows('set/swap/f4.mp4')[0]).toEqual(['set/swap/f4.mp4', 'fake', 'swap', 'no-face', 'no face in 50 looks'])
    expect(html).toMatch(/<dt>model<\/dt><dd>abc<\/dd>/)
  })

  test('robustness, where it was measured', () => {
    const softer = videos.map((video) => ({ ...video, probability: video.probability / 2 }))
    const cell = (scored: ScoredVideo[]) => {
      const { video, failed } = summarise(scored, failures, options)
      return { video, failed }
    }
    const perturbations = { blur: { 1: cell(videos), 3: cell(softer) } }
    const perturbed = { ...evaluation, perturbations }
    expect(parseEvaluation(evaluationText(perturbed), 'a.json')).toEqual(perturbed)
    const cells = reportHtml(perturbed)
      .match(/<tr><th scope="row">blur<.*?<\/tr>/gs)!
      .map(plain)
    expect(cells[0]).toMatch(/^blur 0\.900 .* 0\.900 .* – 0\.900 .* – – 2$/)
    expect(cells[1]).toMatch(/^blur 20\.0 % .* 20\.0 % .* – 0\.0 % .* – – 2$/)
    expect(html).not.toContain('Robustness')
  })

  test('needs nothing else, and takes no text for markup', () => {
    expect(html).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import/)
    expect(html.match(/<h1/g)).toHaveLength(1)
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, labels] of html.matchAll(/aria-labelledby="([^"]*)"/g)) {
      for (const label of labels!.split(' ')) expect(ids).toContain(label)
    }
  })
})

describe('little to tell', () => {
  test.each([
    ['nothing at all', [], []],
    ['failures only', [], failures],
    ['one video', videos.slice(0, 1), []],
    ['one class', videos.slice(0, 4), failures],
    ['no faces in what was scored', [{ ...videos[0]!, faces: [] }], []],
  ])('%s', (_, videos, failures) => {
    const evaluation = summarise(videos, failures, options)
    expect(evaluationSchema.parse(evaluation)).toEqual(evaluation)
    expect(evaluation.video.auc).toEqual({ value: null, low: null, high: null })
    const html = reportHtml(evaluation)
    expect(html).not.toMatch(/NaN|undefined[^.]|Infinity/)
    expect(html).toContain(failures.length > 0 ? 'no-face' : 'Every video has a score.')
  })
})
